#!/usr/bin/env -S python3 -B
"""Sessions and stickiness over random events against pandas."""

import unittest

from lib.database import Database
from lib.oracle import compare, enter_environment
from lib.tap import main

enter_environment()

import numpy
import pandas

ROWS = 40_000
VISITORS = 300
START = pandas.Timestamp("2026-01-01", tz="UTC")
GAPS = ["1 second", "90 seconds", "30 minutes", "6 hours", "3 days"]


def random_events():
    """Visits of a few events each, some of them far apart; a few rows without a time."""
    random = numpy.random.default_rng(11)
    visitor = random.zipf(1.3, ROWS) % VISITORS
    visit = random.integers(0, 120 * 86400, 6000)[random.integers(0, 6000, ROWS)]
    micros = (visit + random.exponential(1500, ROWS)) * 1_000_000
    # Whole seconds now and then, so that some events are exactly one gap apart.
    micros = numpy.where(random.uniform(size=ROWS) < 0.5, micros // 1_000_000 * 1_000_000, micros)
    at = pandas.Series(START + pandas.to_timedelta(micros.astype("int64"), unit="us"))
    at[random.uniform(size=ROWS) < 0.02] = pandas.NaT
    return pandas.DataFrame({"visitor": visitor, "at": at})


def sessions_of(frame, gap):
    """One row a session: visitor, first and last event."""
    ordered = frame.dropna().sort_values(["visitor", "at"])
    fresh = ordered.groupby("visitor")["at"].diff()
    number = (fresh.isna() | (fresh > pandas.Timedelta(gap))).cumsum()
    return ordered.groupby(["visitor", number.rename("number")])["at"].agg(["min", "max"]).reset_index()


def micros_of(times):
    return (times - START) // pandas.Timedelta(microseconds=1)


class Sessions(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.db = Database("t_sessions")
        cls.frame = random_events()
        cls.db.run("CREATE TABLE events (visitor integer, at timestamptz)")
        at = cls.frame["at"].map(lambda t: None if pandas.isna(t) else t.isoformat())
        cls.db.fill("events", zip(cls.frame["visitor"], at))

    @classmethod
    def tearDownClass(cls):
        cls.db.drop()

    def micros(self, expression):
        return f"(extract(epoch FROM {expression} - '{START.isoformat()}'::timestamptz) * 1000000)::bigint"

    def test_every_session_begins_and_ends_where_pandas_says(self):
        for gap in GAPS:
            with self.subTest(gap=gap):
                rows = self.db.run(f"""
                    SELECT visitor, {self.micros("started_at")}, {self.micros("ended_at")}
                    FROM (SELECT visitor, session_agg(at, '{gap}') AS s FROM events GROUP BY visitor) v, sessions(v.s)
                    ORDER BY 1, 2""")
                expected = sessions_of(self.frame, gap)
                expected = zip(expected["visitor"], micros_of(expected["min"]), micros_of(expected["max"]))
                self.assertEqual([tuple(map(int, row)) for row in rows], [tuple(map(int, row)) for row in expected])

    def test_counts_and_means_by_visitor(self):
        for gap in GAPS:
            with self.subTest(gap=gap):
                rows = self.db.run(f"""
                    SELECT visitor, session_count(at, '{gap}'),
                           extract(epoch FROM avg_session_duration(at, '{gap}')) * 1000000
                    FROM events GROUP BY visitor HAVING count(at) > 0 ORDER BY visitor""")
                sessions = sessions_of(self.frame, gap)
                length = (sessions["max"] - sessions["min"]) // pandas.Timedelta(microseconds=1)
                by_visitor = length.groupby(sessions["visitor"])
                self.assertEqual([int(row[0]) for row in rows], list(by_visitor.groups))
                self.assertEqual([int(row[1]) for row in rows], list(by_visitor.size()))
                # Rounded to microseconds.
                compare(self, f"mean with {gap}", list(by_visitor.groups), [row[2] for row in rows],
                        by_visitor.mean(), absolute=0.5001)

    def test_summaries_of_parts_roll_up_to_all(self):
        """Parts of a day, which cut sessions, and parts at random, which are woven into each other."""
        for gap in GAPS:
            expected = sessions_of(self.frame, gap).groupby("visitor").size()
            for part in ["at::date", "extract(minute FROM at)::integer % 7"]:
                with self.subTest(gap=gap, part=part):
                    rows = self.db.run(f"""
                        WITH parts AS (SELECT visitor, session_agg(at, '{gap}') AS s FROM events
                                       WHERE at IS NOT NULL GROUP BY visitor, {part}),
                             rolled AS (SELECT visitor, rollup(s) AS s FROM parts GROUP BY visitor),
                             direct AS (SELECT visitor, session_agg(at, '{gap}') AS s FROM events GROUP BY visitor)
                        SELECT visitor, session_count(r.s), r.s = d.s
                        FROM rolled r JOIN direct d USING (visitor) ORDER BY visitor""")
                    self.assertEqual([int(row[1]) for row in rows], list(expected))
                    self.assertEqual({row[2] for row in rows}, {"t"})

    def test_stickiness_of_each_month(self):
        frame = self.frame.dropna()
        month, day = frame["at"].dt.month, frame["at"].dt.date
        daily = frame.groupby([month.rename("month"), day.rename("day")])["visitor"].nunique()
        expected = 100 * daily.groupby("month").mean() / frame["visitor"].groupby(month).nunique()
        rows = self.db.run("""
            SET TimeZone = 'UTC';
            WITH days AS (SELECT date_trunc('month', at) AS month, count(DISTINCT visitor) AS dau
                          FROM events WHERE at IS NOT NULL GROUP BY 1, at::date),
                 months AS (SELECT date_trunc('month', at) AS month, count(DISTINCT visitor) AS mau
                            FROM events WHERE at IS NOT NULL GROUP BY 1)
            SELECT stickiness(avg(dau), min(mau)) FROM days JOIN months USING (month) GROUP BY month ORDER BY month""")
        compare(self, "stickiness", list(expected.index), [row[0] for row in rows], expected)


if __name__ == "__main__":
    main()
