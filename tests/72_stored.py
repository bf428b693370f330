#!/usr/bin/env -S python3 -B
"""Stored summaries: rolled up they tell what the raw rows tell, wherever and however they are kept."""

import unittest

from lib.answers import KINDS, TABLE, differences, ours, plain
from lib.database import Database
from lib.tap import main

SUMMARIES = "survey_agg(i4) AS i4, survey_agg(tn) AS tn, survey_agg(fine) AS fine, rate_agg(hit) AS hits"
ROLLUPS = "rollup(i4) AS i4, rollup(tn) AS tn, rollup(fine) AS fine, rollup(hits) AS hits"

# Accessors of a stored summary; as aggregates over the scores they are called the same way.
READERS = ["nps", "enps", "csat", "css", "ces", "promoters", "passives", "detractors", "responses",
           "nps_ci", "nps_margin"]
WITH_PARAMETERS = ["csat({}, 5)", "csat({}, 5::numeric)", "css({}, 7)", "ces_easy_rate({}, 5)",
                   "csat_ci({}, 4)", "csat_ci({}, 9, 0.9)", "nps_ci({}, 0.9)", "nps_margin({}, 0.99)"]


class Stored(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.db = Database("t_stored")
        cls.db.run(TABLE)
        cls.db.run(f"CREATE TABLE daily AS SELECT rep, day, {SUMMARIES} FROM answers GROUP BY rep, day; ANALYZE")

    @classmethod
    def tearDownClass(cls):
        cls.db.drop()

    def same(self, left, right, exact=True):
        self.assertEqual(differences(self.db, left, right, exact), [])

    def test_days_rolled_up_to_any_period_and_team_equal_raw_rows(self):
        for groups in ["rep", "date_trunc('month', day), rep", "date_trunc('month', day)",
                       "date_trunc('year', day)", "right(rep, 1)", "()"]:
            with self.subTest(groups=groups):
                keys = "" if groups == "()" else groups + ","
                self.same(f"SELECT {keys} {ROLLUPS} FROM daily GROUP BY {groups}",
                          f"SELECT {keys} {SUMMARIES} FROM answers GROUP BY {groups}")

    def test_rollups_of_rollups(self):
        self.same(f"""SELECT date_trunc('year', month), {ROLLUPS} FROM (
                        SELECT rep, date_trunc('month', day) AS month, {ROLLUPS} FROM daily GROUP BY 1, 2) months
                      GROUP BY 1""",
                  f"SELECT date_trunc('year', day), {SUMMARIES} FROM answers GROUP BY 1")

    def test_rollup_in_parallel(self):
        settings = """SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0; SET min_parallel_table_scan_size = 0;
            SET parallel_leader_participation = off"""
        query = f"SELECT rep, {ROLLUPS} FROM daily GROUP BY rep"
        self.assertIn("Partial", self.db.plan(query, settings))
        self.db.run(f"{settings}; CREATE TABLE parallel_rollup AS {query}")
        self.same("TABLE parallel_rollup", f"SELECT rep, {SUMMARIES} FROM answers GROUP BY rep")

    def test_accessors_equal_aggregates(self):
        calls = [f"{name}({{}})" for name in READERS] + WITH_PARAMETERS
        for column in KINDS:
            with self.subTest(column=column):
                both = [", ".join(f"{call.format(what)} AS k{i}" for i, call in enumerate(calls))
                        for what in (f"rollup({column})", column)]
                self.same(f"SELECT rep, {both[0]} FROM daily GROUP BY rep",
                          f"SELECT rep, {both[1]} FROM answers GROUP BY rep")

    def test_rate_accessors_equal_aggregates(self):
        self.same("""SELECT rep, rate(rollup(hits)) AS a, rate_ci(rollup(hits)) AS b, rate_ci(rollup(hits), 0.8) AS c,
                        hits(rollup(hits)) AS h, total(rollup(hits)) AS t FROM daily GROUP BY rep""",
                  """SELECT rep, rate(hit) AS a, rate_ci(hit) AS b, rate_ci(hit, 0.8) AS c,
                        count(*) FILTER (WHERE hit) AS h, count(hit) AS t FROM answers GROUP BY rep""")

    def test_months_from_days_equal_plain_sql(self):
        rolled = ", ".join(f"nps(rollup({c})) AS nps_{c}, ces(rollup({c})) AS ces_{c}, csat(rollup({c}), 5) AS csat_{c}"
                           for c in KINDS)
        raw = ", ".join(f"""100 * (count(*) FILTER (WHERE {c} >= 9) - count(*) FILTER (WHERE {c} <= 6))::numeric
                / nullif(count({c}), 0) AS nps_{c}, avg({c}::numeric) AS ces_{c},
                100 * count(*) FILTER (WHERE {c} >= 5)::numeric / nullif(count({c}), 0) AS csat_{c}""" for c in KINDS)
        self.same(f"SELECT rep, date_trunc('month', day) AS month, {rolled} FROM daily GROUP BY 1, 2",
                  f"SELECT rep, date_trunc('month', day) AS month, {raw} FROM answers GROUP BY 1, 2", exact=False)

    def test_fractional_threshold_of_a_stored_summary(self):
        self.same("SELECT rep, csat(rollup(tn), 4.5) AS csat FROM daily GROUP BY rep",
                  "SELECT rep, csat(tn, 4.5) AS csat FROM answers GROUP BY rep")
        # More than 100 distinct fractions: an error, never an estimate.
        self.assertEqual(self.db.sqlstate("SELECT csat(rollup(fine), 4.5) FROM daily"), "22023")

    def test_score_distribution_equals_plain_sql(self):
        self.same("SELECT d.* FROM (SELECT rollup(tn) AS s FROM daily) r, score_distribution(s) d",
                  """SELECT tn, count(*), 100 * count(*)::numeric / sum(count(*)) OVER ()
                     FROM answers WHERE tn IS NOT NULL GROUP BY tn""", exact=False)

    def test_summaries_group_join_and_deduplicate_by_hash(self):
        by_text = self.db.value("SELECT count(DISTINCT i4::text) FROM daily")
        self.assertEqual(self.db.value("SELECT count(*) FROM (SELECT DISTINCT i4 FROM daily) d"), by_text)
        self.assertEqual(self.db.value("SELECT count(*) FROM (SELECT i4 FROM daily GROUP BY i4) d"), by_text)
        join = "FROM daily a JOIN daily b USING (rep, day) WHERE a.tn = b.tn"
        self.assertEqual(self.db.value(f"SELECT count(*) {join}"), self.db.value("SELECT count(*) FROM daily"))
        self.assertEqual(self.db.value("SELECT count(*) FROM daily a JOIN daily b ON a.rep = b.rep AND a.day = b.day "
                                       "WHERE a.tn <> b.tn OR a.hits IS DISTINCT FROM b.hits"), "0")

    def test_materialized_view(self):
        self.db.run(f"""CREATE MATERIALIZED VIEW monthly AS
                SELECT rep, date_trunc('month', day)::date AS month, {ROLLUPS} FROM daily GROUP BY 1, 2;
            CREATE UNIQUE INDEX ON monthly (rep, month)""")
        expected = f"SELECT rep, date_trunc('month', day)::date AS month, {SUMMARIES} FROM answers GROUP BY 1, 2"
        self.same("TABLE monthly", expected)
        self.db.run("""INSERT INTO daily SELECT 'rep 0', '2024-06-01', survey_agg(9), survey_agg(9.5), survey_agg(9.75),
                rate_agg(true); REFRESH MATERIALIZED VIEW CONCURRENTLY monthly""")
        now = self.db.value("SELECT responses(i4) FROM monthly WHERE rep = 'rep 0' AND month = '2024-06-01'")
        self.db.run("""DELETE FROM daily WHERE ctid = (SELECT max(ctid) FROM daily WHERE rep = 'rep 0' AND day = '2024-06-01'
                AND responses(i4) = 1); REFRESH MATERIALIZED VIEW CONCURRENTLY monthly""")
        before = self.db.value("SELECT responses(i4) FROM monthly WHERE rep = 'rep 0' AND month = '2024-06-01'")
        self.assertEqual(int(now), int(before) + 1)
        self.same("TABLE monthly", expected)

    def test_generated_columns(self):
        self.db.run("""CREATE TABLE generated (score numeric, class text GENERATED ALWAYS AS (nps_class(score)) STORED,
                points integer GENERATED ALWAYS AS (nps_points(score)) STORED,
                csat integer GENERATED ALWAYS AS (csat_points(score, 4)) STORED,
                s survey_summary, nps numeric GENERATED ALWAYS AS (nps(s)) STORED);
            INSERT INTO generated (score, s) SELECT tn, survey_agg(tn) FROM answers GROUP BY tn""")
        self.same("SELECT class, points, csat, nps FROM generated",
                  """SELECT CASE WHEN tn >= 9 THEN 'promoter' WHEN tn <= 6 THEN 'detractor' WHEN tn > 6 THEN 'passive' END,
                       CASE WHEN tn >= 9 THEN 100 WHEN tn <= 6 THEN -100 WHEN tn > 6 THEN 0 END,
                       CASE WHEN tn >= 4 THEN 100 WHEN tn < 4 THEN 0 END,
                       CASE WHEN tn >= 9 THEN 100 WHEN tn <= 6 THEN -100 WHEN tn > 6 THEN 0 END
                     FROM (SELECT DISTINCT tn FROM answers) a""")

    def test_average_of_points_is_the_kpi(self):
        for column in KINDS:
            with self.subTest(column=column):
                self.same(f"SELECT rep, avg(nps_points({column})) AS a, avg(csat_points({column}, 4.5)) AS b FROM answers GROUP BY 1",
                          f"SELECT rep, nps({column}) AS a, csat({column}, 4.5) AS b FROM answers GROUP BY 1", exact=False)

    def test_expression_index(self):
        self.db.run("CREATE INDEX daily_nps ON daily (nps(i4)); ANALYZE daily")
        query = "SELECT count(*) FROM daily WHERE nps(i4) = 100"
        self.assertIn("daily_nps", self.db.plan(query, "SET enable_seqscan = off"))
        self.assertEqual(self.db.value(f"SET enable_seqscan = off; {query}"),
                         self.db.value("""SELECT count(*) FROM (SELECT FROM answers GROUP BY rep, day
                             HAVING min(i4) >= 9 AND count(i4) > 0) d"""))

    def test_hash_index_on_a_summary(self):
        self.db.run("CREATE INDEX daily_hash ON daily USING hash (tn)")
        query = "SELECT count(*) > 0 FROM daily WHERE tn = (SELECT tn FROM daily LIMIT 1)"
        self.assertIn("daily_hash", self.db.plan(query, "SET enable_seqscan = off"))
        self.assertEqual(self.db.value(f"SET enable_seqscan = off; {query}"), "t")

    def test_table_partitioned_by_hash_of_a_summary(self):
        self.db.run("""CREATE TABLE parts (LIKE daily) PARTITION BY HASH (i4, hits);
            CREATE TABLE parts_0 PARTITION OF parts FOR VALUES WITH (MODULUS 2, REMAINDER 0);
            CREATE TABLE parts_1 PARTITION OF parts FOR VALUES WITH (MODULUS 2, REMAINDER 1);
            INSERT INTO parts TABLE daily""")
        sizes = list(map(int, self.db.run("SELECT (SELECT count(*) FROM parts_0), (SELECT count(*) FROM parts_1)")[0]))
        self.assertGreater(min(sizes), 1000)
        self.same(f"SELECT rep, {ROLLUPS} FROM parts GROUP BY rep", f"SELECT rep, {SUMMARIES} FROM answers GROUP BY rep")


if __name__ == "__main__":
    main()
