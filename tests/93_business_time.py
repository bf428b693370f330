#!/usr/bin/env -S python3 -B
"""business_time against Python's zoneinfo, minute by minute, and pandas' business hours."""

import datetime
import json
import random
import unittest
import zoneinfo

from lib.database import Database
from lib.oracle import compare, enter_environment
from lib.tap import main

enter_environment()

import numpy
import pandas

DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
MINUTE = datetime.timedelta(minutes=1)
# Where clocks change by an hour at night, by half an hour, at midnight, for Ramadan, by a day, never.
ZONES = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Beirut", "America/Havana",
         "Africa/Casablanca", "Antarctica/Troll", "Pacific/Apia", "Asia/Kolkata", "Etc/GMT+12"]


def clock(minute):
    return f"{minute // 60:02}:{minute % 60:02}"


def random_schedule(dice):
    """Hours as pairs of minutes for each weekday, and days of the year 2011 or 2024 as holidays."""
    week = []
    for _ in DAYS:
        marks = sorted(dice.sample(range(0, 1441, 5), 2 * dice.randint(0, 3)))
        week.append(list(zip(marks[::2], marks[1::2])))
    week[0] = week[0] or [(540, 1020)]
    holidays = [datetime.date(dice.choice([2011, 2024]), 1, 1) + datetime.timedelta(days=dice.randrange(365))
                for _ in range(dice.choice([0, 0, 40]))]
    return week, set(holidays)


def as_json(week, holidays):
    hours = {day: [f"{clock(a)}-{clock(b)}" for a, b in pairs] for day, pairs in zip(DAYS, week)}
    return json.dumps(hours | {"holidays": [str(day) for day in holidays]})


def changes(zone, year):
    """The days of a year after whose midnight in UTC the offset of a zone is another one than before."""
    days = [datetime.datetime(year, 1, 1, tzinfo=datetime.timezone.utc) + datetime.timedelta(days=n) for n in range(365)]
    return [a for a, b in zip(days, days[1:]) if a.astimezone(zone).utcoffset() != b.astimezone(zone).utcoffset()]


def minutes_worked(start, end, week, holidays, zone):
    count = 0
    while start < end:
        local = start.astimezone(zone)
        minute = 60 * local.hour + local.minute
        if local.date() not in holidays and any(a <= minute < b for a, b in week[local.weekday()]):
            count += 1
        start += MINUTE
    return count


class BusinessTime(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.db = Database("t_business_time")

    @classmethod
    def tearDownClass(cls):
        cls.db.drop()

    def ask(self, cases):
        """The seconds of each case (start, end, schedule, zone)."""
        self.db.run("""DROP TABLE IF EXISTS cases;
            CREATE TABLE cases (i serial, a timestamptz, b timestamptz, schedule jsonb, zone text)""")
        self.db.fill("cases (a, b, schedule, zone)", cases)
        return self.db.column("SELECT extract(epoch FROM business_time(a, b, schedule, zone)) FROM cases ORDER BY i")

    def test_minutes_counted_one_by_one(self):
        dice = random.Random(93)
        cases, expected = [], []
        for name in ZONES:
            zone = zoneinfo.ZoneInfo(name)
            for year in (2011, 2024):
                anywhere = datetime.datetime(year, 6, 1, tzinfo=datetime.timezone.utc)
                for around in changes(zone, year) + [anywhere]:
                    for _ in range(6):
                        week, holidays = random_schedule(dice)
                        start = around + datetime.timedelta(minutes=dice.randint(-3000, 1500))
                        end = start + datetime.timedelta(minutes=dice.randint(0, 5000))
                        cases.append((start, end, as_json(week, holidays), name))
                        expected.append(60 * minutes_worked(start, end, week, holidays, zone))
        self.assertGreater(len(cases), 200)
        self.assertGreater(sum(seconds > 0 for seconds in expected), 150)
        compare(self, "seconds", cases, self.ask(cases), expected, relative=0)

    def test_whole_years_of_pandas_business_hours(self):
        """pandas knows working hours of business days, a time zone and holidays."""
        holidays = ["2024-01-01", "2024-05-01", "2024-12-25", "2024-12-26", "2024-06-01"]
        schedule = {day: ["09:00-17:30"] for day in DAYS[:5]} | {"holidays": holidays}
        offset = pandas.offsets.CustomBusinessHour(start="09:00", end="17:30", holidays=holidays)
        cases, expected = [], []
        random_hours = numpy.random.default_rng(94).integers(0, 8000, 40)
        for name in ["Europe/Berlin", "America/New_York", "Asia/Kolkata"]:
            for hours in random_hours:
                start = pandas.Timestamp("2024-01-02 09:00", tz=name)
                # The time after so many working hours: exactly these must be measured.
                end = start + int(hours % 1900) * offset
                cases.append((start.isoformat(), end.isoformat(), json.dumps(schedule), name))
                expected.append(3600 * int(hours % 1900))
        compare(self, "seconds", cases, self.ask(cases), expected, relative=0)

    def test_local_times_as_instants(self):
        dice = random.Random(95)
        week, holidays = random_schedule(dice)
        rows = self.db.run(f"""SELECT zone, count(*), count(*) FILTER (WHERE
                business_time(a, b, s, zone) = business_time(a AT TIME ZONE zone, b AT TIME ZONE zone, s, zone))
            FROM (SELECT unnest('{{{",".join(ZONES)}}}'::text[]) AS zone) AS z,
                 (SELECT a, a + interval '30 days' AS b FROM
                  generate_series(timestamp '2024-01-01 00:15', '2024-12-31', '30 minutes') AS a) AS t,
                 (SELECT '{as_json(week, holidays)}'::jsonb AS s) AS j
            GROUP BY zone""")
        self.assertEqual(len(rows), len(ZONES))
        for zone, count, same in rows:
            self.assertEqual(count, same, zone)


if __name__ == "__main__":
    main()
