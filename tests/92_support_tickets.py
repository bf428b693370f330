#!/usr/bin/env -S python3 -B
"""A table that nobody here made: 5,000 support tickets of a year, against pandas.

It is not part of this repository; without it, these tests are skipped.
"""

import unittest

from lib.database import ROOT, Database
from lib.oracle import compare, enter_environment
from lib.tap import main

enter_environment()

import pandas

TICKETS = ROOT.parent / "shared/data/support_tickets.csv"


@unittest.skipUnless(TICKETS.exists(), "there is no ../shared/data/support_tickets.csv")
class SupportTickets(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.frame = pandas.read_csv(TICKETS)
        cls.db = Database("t_tickets")
        columns = ", ".join(
            f"{name} {'double precision' if name == 'csat_score' else 'boolean' if name.endswith('_met') else 'text'}"
            for name in cls.frame.columns)
        cls.db.run(f"CREATE TABLE tickets ({columns});\n\\copy tickets FROM '{TICKETS}' (FORMAT csv, HEADER)\n")

    @classmethod
    def tearDownClass(cls):
        cls.db.drop()

    def by(self, keys, expression):
        rows = self.db.run(f"SELECT {', '.join(keys)}, {expression} FROM tickets GROUP BY {', '.join(keys)}")
        return dict((tuple(row[:-1]), row[-1]) for row in rows)

    def agree(self, keys, expression, expected, relative=1e-12, absolute=1e-13):
        """Our KPI and the series that pandas has computed agree in every group."""
        ours = self.by(keys, expression)
        theirs = {key if isinstance(key, tuple) else (key,): value for key, value in expected.items()}
        self.assertEqual(sorted(ours), sorted(theirs))
        compare(self, f"{expression} by {keys}", sorted(ours), [ours[k] for k in sorted(ours)],
                [theirs[k] for k in sorted(ours)], relative, absolute)

    def test_the_table_is_the_known_one(self):
        self.assertEqual(self.db.run("""SELECT count(*), count(*) - count(csat_score), count(DISTINCT agent),
            count(DISTINCT month) FROM tickets"""), [["5000", "1276", "25", "12"]])

    def test_all_tickets(self):
        scores = self.frame.csat_score.dropna()
        ours = self.db.run("""SELECT csat(csat_score), csat(csat_score, 5), ces(csat_score), responses(csat_score),
            csat(csat_score::int, 4), csat(csat_score::numeric, 4) FROM tickets""")[0]
        csat = 100 * (scores >= 4).mean()
        compare(self, "all tickets", range(6), ours,
                [csat, 100 * (scores >= 5).mean(), scores.mean(), len(scores), csat, csat])

    def test_csat_by_agent_and_month(self):
        for keys in [["agent"], ["month"], ["agent", "month"], ["team", "channel", "priority"]]:
            with self.subTest(keys=keys):
                scores = self.frame.groupby(keys).csat_score
                self.agree(keys, "csat(csat_score, 4)", scores.apply(lambda s: 100 * (s.dropna() >= 4).mean()))
                self.agree(keys, "ces(csat_score)", scores.mean())
                self.agree(keys, "responses(csat_score)", scores.count())

    def test_sla_rates_by_team(self):
        for column in ["response_sla_met", "resolution_sla_met"]:
            with self.subTest(column=column):
                self.agree(["team"], f"rate({column})", 100 * self.frame.groupby("team")[column].mean())

    def test_response_times(self):
        """Up to 500 tickets of a group are exact, as those of an agent are; a team has more."""
        minutes = "first_response_minutes::double precision * interval '1 minute'"
        for keys, tolerance in [(["agent"], 1e-9), (["agent", "month"], 1e-9), (["team"], 0.01), (["channel", "priority"], 0.01)]:
            response = self.frame.groupby(keys).first_response_minutes
            for ours, theirs, allowed in [
                    ("avg_first_response_time({})", response.mean(), 1e-9),
                    ("stddev_duration({})", response.std(), 1e-9),
                    ("max_duration({})", response.max(), 1e-9),
                    ("median_first_response_time({})", response.median(), tolerance),
                    ("first_response_time_percentile({}, 0.9)", response.quantile(0.9), tolerance)]:
                with self.subTest(keys=keys, kpi=ours):
                    self.agree(keys, f"extract(epoch FROM {ours.format(minutes)}) / 60", theirs,
                               relative=allowed, absolute=2e-8)  # results are whole microseconds

    def test_resolution_times_and_limits(self):
        """Tickets that are not resolved are skipped, unless they are late."""
        self.db.run("""ALTER TABLE tickets ALTER created_date TYPE timestamptz USING created_date::timestamptz,
            ALTER resolved_date TYPE timestamptz USING resolved_date::timestamptz""")
        frame = self.frame.assign(opened=pandas.to_datetime(self.frame.created_date, format="ISO8601"),
                                  closed=pandas.to_datetime(self.frame.resolved_date, format="ISO8601"))
        frame = frame.assign(hours=(frame.closed - frame.opened) / pandas.Timedelta(hours=1))
        span, keys = "created_date, resolved_date", ["agent"]
        hours = frame.groupby(keys).hours
        self.agree(keys, f"extract(epoch FROM avg_resolution_time({span})) / 3600", hours.mean(), relative=1e-9)
        self.agree(keys, f"extract(epoch FROM resolution_time_percentile({span}, 0.9)) / 3600", hours.quantile(0.9), relative=1e-9)
        self.agree(keys, f"num_durations({span})", hours.count())
        self.agree(keys, f"sla_rate({span}, interval '24 hours')", hours.apply(lambda h: 100 * (h.dropna() <= 24).mean()))
        # As it stood at the end of June: what was resolved later was still open.
        end = pandas.Timestamp("2024-07-01")
        known = frame[frame.opened <= end]
        done = known.closed <= end
        late = ~done & (end - known.opened > pandas.Timedelta(hours=24))
        met = known.assign(met=done & (known.hours <= 24))[done | late].groupby(keys).met
        self.agree(keys, f"sla_rate({span}, interval '24 hours', timestamptz '2024-07-01')", 100 * met.mean())

    def test_year_from_stored_months_and_agents(self):
        ours = self.db.run("""SELECT csat(rollup(s), 4), ces(rollup(s)), responses(rollup(s))
            FROM (SELECT survey_agg(csat_score) AS s FROM tickets GROUP BY agent, month) stored""")[0]
        scores = self.frame.csat_score.dropna()
        compare(self, "year", range(3), ours, [100 * (scores >= 4).mean(), scores.mean(), len(scores)])


if __name__ == "__main__":
    main()
