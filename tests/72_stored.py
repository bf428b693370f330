#!/usr/bin/env -S python3 -B
"""Stored summaries: rolled up they tell what the raw rows tell, wherever and however they are kept."""

import unittest

from lib.answers import KINDS, MRR, TABLE, differences, ours, plain
from lib.answers_health import band_of
from lib.answers_money import PERIOD, movements
from lib.database import Database
from lib.tap import main

SUMMARIES = "survey_agg(i4) AS i4, survey_agg(tn) AS tn, survey_agg(fine) AS fine, rate_agg(hit) AS hits, " \
    "duration_agg(at, ended) AS times, session_agg(at, '2 hours') AS visits, active_users_agg(user_id) AS users, " \
    "active_users_agg(user_text) AS names, mrr_agg(opening, closing, paid_before) AS moves, " \
    "subscription_agg(price, began, ended) FILTER (WHERE id % 5 = 0) AS subs, " \
    "recurring_revenue_agg(opening, every) AS recurring, expansion_revenue_agg(opening, hit) AS extra, " \
    f"retention_agg(began, ended, {PERIOD}) AS stayed, rfm_agg(day, opening) AS orders, " \
    "health_agg(health) AS health, health_agg(health, 'segments') AS segments, sentiment_agg(comment) AS feedback"
ROLLUPS = "rollup(i4) AS i4, rollup(tn) AS tn, rollup(fine) AS fine, rollup(hits) AS hits, " \
    "rollup(times) AS times, rollup(visits) AS visits, rollup(users) AS users, rollup(names) AS names, " \
    "rollup(moves) AS moves, rollup(subs) AS subs, rollup(recurring) AS recurring, rollup(extra) AS extra, " \
    "rollup(stayed) AS stayed, rollup(orders) AS orders, rollup(health) AS health, rollup(segments) AS segments, " \
    "rollup(feedback) AS feedback"

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
        cls.db.run(f"CREATE TABLE daily AS SELECT rep, day, {SUMMARIES} FROM answers GROUP BY rep, day; "
                   "CREATE TABLE probe (LIKE daily); ANALYZE daily (rep, day)")

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

    def test_other_accessors_equal_aggregates(self):
        readers = {
            "times": ("at, ended", ["avg_duration({0})", "median_duration({0})", "stddev_duration({0})", "min_duration({0})",
                      "max_duration({0})", "total_duration({0})", "num_durations({0})", "duration_percentile({0}, 0.99)",
                      "avg_resolution_time({0})", "median_first_response_time({0})", "first_response_time_percentile({0}, 0.25)",
                      "median_time_to_value({0})", "avg_time_on_platform({0})"]),
            "visits": ("at, '2 hours'", ["session_count({0})", "avg_session_duration({0})"]),
            "users": ("user_id", ["active_users({0})"]),
            "recurring": ("opening, every", ["mrr({0})"]),
            "extra": ("opening, hit", ["expansion_revenue({0})"]),
            "health": ("health", ["avg_health_score({0})"]),
            "feedback": ("comment", ["avg_sentiment({0})", "positive_feedback_rate({0})"]),
            "stayed": (f"began, ended, {PERIOD}", ["churn_rate({0})", "retention_rate({0})"]),
            "moves": ("opening, closing, paid_before", [call.split("(")[0] + "({0})" for call, _ in MRR.values()
                      if call.endswith("(opening, closing, paid_before){w}") and not call.startswith("mrr_agg")]),
            "hits": ("hit", ["fcr({0})", "renewal_rate({0})", "conversion_rate({0})", "self_service_rate({0})",
                                 "order_accuracy_rate({0})", "usage_rate({0})", "trial_conversion_rate({0})"]),
        }
        for stored, (raw, calls) in readers.items():
            with self.subTest(stored=stored):
                both = [", ".join(f"{call.format(what)} AS k{i}" for i, call in enumerate(calls))
                        for what in (f"rollup({stored})", raw)]
                self.same(f"SELECT rep, {both[0]} FROM daily GROUP BY rep",
                          f"SELECT rep, {both[1]} FROM answers GROUP BY rep")

    def test_bands_and_comments_equal_plain_sql(self):
        segments = ["At-risk", "Unhealthy", "Healthy", "High-value"]
        of_bands = [f"count(*) FILTER (WHERE {band_of('health', 'segments')} = '{band}') AS n{i}" for i, band in enumerate(segments)]
        of_texts = [f"count(*) FILTER (WHERE sentiment_label(comment) = '{label}') AS {label}" for label in ["positive", "neutral", "negative"]]
        of_summary = [f"band_customers(rollup(segments), '{band}') AS n{i}" for i, band in enumerate(segments)]
        for groups in ["rep", "date_trunc('month', day), rep", "()"]:
            with self.subTest(groups=groups):
                keys = "" if groups == "()" else groups + ","
                self.same(f"""SELECT {keys} customers(rollup(health)) AS customers, {", ".join(of_summary)},
                              avg_health_score(rollup(segments)) = avg_health_score(rollup(health)) AS same, comments(rollup(feedback)) AS texts,
                              positive_comments(rollup(feedback)) AS positive, neutral_comments(rollup(feedback)) AS neutral,
                              negative_comments(rollup(feedback)) AS negative FROM daily GROUP BY {groups}""",
                          f"""SELECT {keys} count(health) AS customers, {", ".join(of_bands)}, CASE WHEN count(health) > 0 THEN true END AS same,
                              count(comment) AS texts, {", ".join(of_texts)} FROM answers GROUP BY {groups}""")
        self.same("SELECT rep, b.* FROM (SELECT rep, rollup(segments) AS s FROM daily GROUP BY rep) r, health_bands(s) b",
                  f"""SELECT rep, band, count(*) FILTER (WHERE band = {band_of('health', 'segments')}) AS customers,
                          100 * count(*) FILTER (WHERE band = {band_of('health', 'segments')})::numeric / count(health) AS share
                      FROM answers, unnest(ARRAY{segments}) band GROUP BY 1, 2 HAVING count(health) > 0""", exact=False)

    def test_movements_balance_however_they_are_rolled_up(self):
        for groups in ["rep", "date_trunc('month', day), rep", "day", "()"]:
            with self.subTest(groups=groups):
                self.assertEqual(self.db.run(f"""SELECT count(*) FROM (SELECT rollup(moves) AS s FROM daily GROUP BY {groups}) r
                    WHERE {movements(lambda name: f"{name}(s)")} <> 0 OR net_new_mrr(s) <> closing_mrr(s) - opening_mrr(s)
                        OR closing_customers(s) <> opening_customers(s) + new_customers(s) + reactivated_customers(s) - churned_customers(s)"""),
                    [["0"]])

    def test_share_within_a_limit_equals_sla_rate_for_few(self):
        self.same("SELECT rep, day, within_rate(times, '8 hours') FROM daily",
                  "SELECT rep, day, sla_rate(at, ended, '8 hours') FROM answers GROUP BY rep, day")

    def test_listed_sessions_equal_plain_sql(self):
        self.same("""SELECT rep, started_at, ended_at FROM (SELECT rep, rollup(visits) AS s FROM daily GROUP BY rep) r, sessions(s)""",
                  """SELECT rep, min(at) AS started_at, max(at) AS ended_at FROM (
                         SELECT rep, at, count(*) FILTER (WHERE is_first) OVER (PARTITION BY rep ORDER BY at) AS visit FROM (
                             SELECT rep, at, coalesce(at - lag(at) OVER (PARTITION BY rep ORDER BY at) > '2 hours', true) AS is_first
                             FROM answers) marked) numbered GROUP BY rep, visit""", exact=False)

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
        self.db.run("""INSERT INTO daily (rep, day, i4, tn, fine, hits) SELECT 'rep 0', '2024-06-01', survey_agg(9), survey_agg(9.5), survey_agg(9.75),
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

    def test_generated_columns_of_the_other_families(self):
        self.db.run("""CREATE TABLE cases (id integer, at timestamptz, ended timestamptz, due timestamptz,
                in_time boolean GENERATED ALWAYS AS (within_sla(at, ended, '8 hours')) STORED,
                known_then boolean GENERATED ALWAYS AS (on_time(due, ended, timestamptz '2024-06-01 00:00+00')) STORED,
                worked interval GENERATED ALWAYS AS (business_time(at, ended, '{"mon": ["00:00-24:00"], "sun": ["00:00-24:00"]}', 'UTC')) STORED,
                times duration_summary, median interval GENERATED ALWAYS AS (median_duration(times)) STORED,
                visits session_summary, n bigint GENERATED ALWAYS AS (session_count(visits)) STORED,
                users active_users_summary, a bigint GENERATED ALWAYS AS (active_users(users)) STORED);
            INSERT INTO cases (id, at, ended, due, times, visits, users)
                SELECT id, min(at), min(ended), min(due), duration_agg(at, ended), session_agg(at, '2 hours'), active_users_agg(user_id)
                FROM answers WHERE id <= 20000 GROUP BY id""")
        self.same("SELECT id, in_time, known_then, median, n, a FROM cases",
                  """SELECT id, ended - at <= '8 hours' AS in_time, CASE WHEN ended <= '2024-06-01' THEN ended <= due
                         WHEN due < '2024-06-01' THEN false END AS known_then, ended - at AS median, 1 AS n,
                         num_nonnulls(user_id) AS a
                     FROM answers WHERE id <= 20000""", exact=False)
        # Sundays and Mondays, all day.
        self.same("SELECT id, extract(epoch FROM worked) AS worked FROM cases WHERE ended IS NOT NULL",
                  """SELECT id, sum(extract(epoch FROM greatest(least(ended, d + interval '1 day') - greatest(at, d), '0'))
                         * (extract(isodow FROM d) IN (1, 7))::integer) AS worked
                     FROM answers, generate_series(date_trunc('day', at), ended, '1 day') d
                     WHERE id <= 20000 AND ended IS NOT NULL GROUP BY id""", exact=False)

    def test_generated_columns_of_health_and_feedback(self):
        self.db.run("""CREATE TABLE judged (id integer, health numeric, other real, comment text, scheme text, metrics jsonb,
                rag text GENERATED ALWAYS AS (health_band(health)) STORED, other_rag text GENERATED ALWAYS AS (health_band(other)) STORED,
                own text GENERATED ALWAYS AS (health_band(health, jsonb '{"fine": 70, "low": 0}')) STORED,
                any_scheme text GENERATED ALWAYS AS (health_band(health, scheme)) STORED,
                mood numeric GENERATED ALWAYS AS (sentiment(comment)) STORED, says text GENERATED ALWAYS AS (sentiment_label(comment)) STORED,
                score numeric GENERATED ALWAYS AS (health_score(metrics, '{"a": 3, "b": {"weight": 1, "min": 100, "max": 0}}')) STORED,
                h health_summary, reds bigint GENERATED ALWAYS AS (band_customers(h, 'red')) STORED,
                f sentiment_summary, liked numeric GENERATED ALWAYS AS (positive_feedback_rate(f)) STORED);
            INSERT INTO judged (id, health, other, comment, scheme, metrics, h, f)
                SELECT id, min(health), min(t4), min(comment), CASE id % 2 WHEN 0 THEN 'segments' ELSE '{"all": 0}' END,
                    jsonb_build_object('a', min(health), 'b', min(t4)), health_agg(health), sentiment_agg(comment)
                FROM answers WHERE id <= 20000 GROUP BY id;
            UPDATE judged SET health = 100 - health, other = other * 2, comment = 'not ' || comment,
                metrics = jsonb_build_object('a', 100 - health, 'b', (other * 2)::real) WHERE id % 3 = 0""")
        self.same("""SELECT id, rag, other_rag, own, any_scheme, mood, says, score, reds, liked FROM judged""",
                  f"""SELECT id, {band_of("health", "rag")} AS rag, {band_of("t4", "rag")} AS other_rag, CASE WHEN health >= 70 THEN 'fine' WHEN health >= 0 THEN 'low' END AS own,
                          CASE WHEN id % 2 = 0 THEN {band_of("health", "segments")} WHEN health IS NOT NULL THEN 'all' END AS any_scheme,
                          sentiment(comment) AS mood, CASE WHEN sentiment(comment) >= 0.05 THEN 'positive' WHEN sentiment(comment) <= -0.05 THEN 'negative'
                              WHEN comment IS NOT NULL THEN 'neutral' END AS says,
                          CASE WHEN health IS NULL THEN 100 - t4::text::numeric WHEN t4 IS NULL THEN health ELSE (3 * health + 100 - t4::text::numeric) * 0.25 END AS score,
                          -- Of what was there at first.
                          coalesce(was < 51, false)::integer AS reds, liked
                      FROM (SELECT id, health AS was, CASE WHEN id % 3 = 0 THEN 100 - health ELSE health END AS health,
                                CASE WHEN id % 3 = 0 THEN (t4 * 2)::real ELSE t4 END AS t4, CASE WHEN id % 3 = 0 THEN 'not ' || comment ELSE comment END AS comment,
                                CASE WHEN sentiment(comment) >= 0.05 THEN 100 WHEN comment IS NOT NULL THEN 0 END AS liked
                            FROM answers WHERE id <= 20000) a""", exact=False)

    def test_average_of_points_is_the_kpi(self):
        for column in KINDS:
            with self.subTest(column=column):
                self.same(f"SELECT rep, avg(nps_points({column})) AS a, avg(csat_points({column}, 4.5)) AS b FROM answers GROUP BY 1",
                          f"SELECT rep, nps({column}) AS a, csat({column}, 4.5) AS b FROM answers GROUP BY 1", exact=False)

    def test_expression_index(self):
        self.db.run("CREATE INDEX daily_nps ON daily (nps(i4))")
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

    def test_indexes_on_the_other_summaries(self):
        for column, call, same_in_plain in [
                ("times", "num_durations({}) = 7", "count(ended) = 7"),
                ("times", "median_duration({}) = '08:00'",
                 "percentile_cont(0.5) WITHIN GROUP (ORDER BY ended - at) = '08:00'"),
                ("visits", "session_count({}) = 7", "session_count(at, '2 hours') = 7"),
                ("users", "active_users({}) = 7", "count(DISTINCT user_id) = 7"),
                ("moves", "closing_mrr({}) = 0", "count(coalesce(opening, closing)) > 0 AND coalesce(max(closing), 0) = 0"),
                ("stayed", "customers_at_start({}) = 1", "count(*) FILTER (WHERE began < '2024-02-01' AND coalesce(ended, 'infinity') >= '2024-02-01') = 1"),
                ("orders", "rfm_revenue({}) = 0", "max(opening) = 0"),
                ("recurring", "mrr({}) = 0", "max(opening) = 0"),
                ("extra", "expansion_revenue({}) = 0", "count(*) FILTER (WHERE hit IS NOT NULL AND opening IS NOT NULL) > 0 "
                                                       "AND coalesce(max(opening) FILTER (WHERE NOT hit), 0) = 0"),
                ("health", "band_customers({}, 'red') = 3", "count(*) FILTER (WHERE health < 51) = 3"),
                ("segments", "avg_health_score({}) = 50", "avg(health) = 50"),
                ("feedback", "positive_feedback_rate({}) = 25", "count(*) FILTER (WHERE sentiment(comment) >= 0.05) * 4 = count(comment) AND count(comment) > 0"),
                ("moves", "net_new_mrr({}) = 0", "sum(coalesce(closing, 0)) - sum(coalesce(opening, 0)) = 0 AND count(coalesce(opening, closing)) > 0")]:
            with self.subTest(call=call):
                self.db.run(f"CREATE INDEX by_call ON daily (({call.split(' = ')[0].format(column)}))")
                query = f"SELECT count(*) FROM daily WHERE {call.format(column)}"
                self.assertIn("by_call", self.db.plan(query, "SET enable_seqscan = off"))
                self.assertEqual(self.db.value(f"SET enable_seqscan = off; {query}"),
                                 self.db.value(f"SELECT count(*) FROM (SELECT FROM answers GROUP BY rep, day HAVING {same_in_plain}) d"))
                self.db.run("DROP INDEX by_call")

    def test_hash_indexes_on_the_other_summaries(self):
        self.db.run("INSERT INTO probe SELECT * FROM daily WHERE rep < 'rep 11'")
        for column in ["times", "visits", "users", "moves", "subs", "recurring", "extra", "stayed", "orders", "health", "feedback"]:
            with self.subTest(column=column):
                self.db.run(f"CREATE INDEX by_hash ON probe USING hash ({column})")
                query = f"SELECT count(*) FROM probe WHERE {column} = (SELECT {column} FROM probe WHERE rep = 'rep 1' ORDER BY day LIMIT 1)"
                self.assertIn("by_hash", self.db.plan(query, "SET enable_seqscan = off"))
                self.assertEqual(self.db.value(f"SET enable_seqscan = off; {query}"),
                                 self.db.value(query.replace(f"WHERE {column} =", f"WHERE {column}::text = ")
                                               .replace(f"(SELECT {column} ", f"(SELECT {column}::text ")))
                self.db.run("DROP INDEX by_hash")

    def test_other_summaries_group_and_join_by_hash(self):
        for column in ["times", "visits", "users", "names", "moves", "subs", "recurring", "extra", "stayed", "orders", "health", "feedback"]:
            with self.subTest(column=column):
                self.assertEqual(self.db.value(f"SELECT count(*) FROM (SELECT DISTINCT {column} FROM daily) d"),
                                 self.db.value(f"SELECT count(DISTINCT {column}::text) FROM daily"))
                join = f"FROM daily a JOIN daily b USING (rep, day) WHERE a.{column} = b.{column}"
                self.assertEqual(self.db.value(f"SELECT count(*) {join}"), self.db.value(f"SELECT count({column}) FROM daily"))
                # Of neighbours many are equal, and some of those are NULL.
                self.assertEqual(*self.db.run(f"""SELECT count(*) FILTER (WHERE s IS DISTINCT FROM before),
                    count(*) FILTER (WHERE s::text IS DISTINCT FROM before::text)
                    FROM (SELECT {column} AS s, lag({column}) OVER (ORDER BY rep, day) AS before FROM daily) d""")[0])

    def test_table_partitioned_by_hash_of_a_summary(self):
        self.db.run("""CREATE TABLE parts (LIKE daily) PARTITION BY HASH (i4, hits);
            CREATE TABLE parts_0 PARTITION OF parts FOR VALUES WITH (MODULUS 2, REMAINDER 0) PARTITION BY HASH (times, visits, users, moves, subs, recurring, stayed, orders, health, feedback);
            CREATE TABLE parts_00 PARTITION OF parts_0 FOR VALUES WITH (MODULUS 2, REMAINDER 0);
            CREATE TABLE parts_01 PARTITION OF parts_0 FOR VALUES WITH (MODULUS 2, REMAINDER 1);
            CREATE TABLE parts_1 PARTITION OF parts FOR VALUES WITH (MODULUS 2, REMAINDER 1);
            INSERT INTO parts TABLE daily""")
        sizes = list(map(int, self.db.run("SELECT (SELECT count(*) FROM parts_00), (SELECT count(*) FROM parts_01), (SELECT count(*) FROM parts_1)")[0]))
        self.assertGreater(min(sizes), 1000)
        self.same(f"SELECT rep, {ROLLUPS} FROM parts GROUP BY rep", f"SELECT rep, {SUMMARIES} FROM answers GROUP BY rep")


if __name__ == "__main__":
    main()
