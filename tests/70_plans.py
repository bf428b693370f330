#!/usr/bin/env -S python3 -B
"""Aggregates in every kind of plan give what plain SQL gives over the same rows."""

import unittest

from lib.answers import FAMILIES, KINDS, PLAIN, ROWS, SCORES, TABLE, differences, ours, plain
from lib.answers_money import PERIOD
from lib.database import Database
from lib.tap import main

EVERYTHING = [*KINDS, *FAMILIES]
SERIAL = "SET max_parallel_workers_per_gather = 0"
SECONDS = "extract(epoch FROM {})"
PARALLEL = """SET max_parallel_workers_per_gather = 2; SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0; SET parallel_leader_participation = off"""


class Plans(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.db = db = Database("t_plans")
        db.run(TABLE)
        # What all other plans are compared with.
        db.run(f"""{SERIAL}; CREATE TABLE serial AS
            SELECT rep, {ours(EVERYTHING)} FROM answers GROUP BY rep""")
        cls.everything = f"SELECT rep, {ours(EVERYTHING)} FROM answers GROUP BY rep"

    @classmethod
    def tearDownClass(cls):
        cls.db.drop()

    def same(self, left, right, exact=False):
        self.assertEqual(differences(self.db, left, right, exact), [])

    def same_as_serial(self, query, settings, *in_plan):
        plan = self.db.plan(query, settings)
        for words in in_plan:
            self.assertIn(words, plan)
        self.db.run(f"{settings}; DROP TABLE IF EXISTS other; CREATE TABLE other AS {query}")
        self.same("TABLE serial", "TABLE other", exact=True)

    def test_the_rows_are_worth_it(self):
        nulls, reps, tenths, fine = map(int, self.db.run("""
            SELECT count(*) - count(i4), count(DISTINCT rep), count(DISTINCT tn), count(DISTINCT fine)
            FROM answers""")[0])
        self.assertTrue(ROWS / 20 < nulls < ROWS / 5 and reps == 42 and tenths == 101 and fine > 9000,
                        (nulls, reps, tenths, fine))

    def test_serial_equals_plain_sql_in_every_type(self):
        for kind in [*SCORES, *PLAIN]:
            with self.subTest(kind=kind):
                self.same(f"SELECT rep, {ours([kind], all_kpis=False)} FROM answers GROUP BY rep",
                          f"SELECT rep, {plain([kind])} FROM answers GROUP BY rep")

    def test_timestamps_without_time_zone_and_intervals_give_one_summary(self):
        local = "at AT TIME ZONE 'UTC', ended AT TIME ZONE 'UTC'"
        self.same("SELECT rep, duration_agg(at, ended) AS a, sla_rate(at, ended, '8 hours') AS b FROM answers GROUP BY rep",
                  f"SELECT rep, duration_agg({local}) AS a, sla_rate({local}, '8 hours') AS b FROM answers GROUP BY rep",
                  exact=True)
        self.same("SELECT rep, duration_agg(at, ended) FROM answers GROUP BY rep",
                  "SELECT rep, duration_agg(ended - at) FROM answers GROUP BY rep", exact=True)

    def test_percentiles_of_small_groups_are_exact(self):
        """Up to 500 durations, as percentile_cont but for the rounding of the last digit."""
        found = self.db.run(f"""SELECT * FROM (
            SELECT day, channel, fraction, count(ended) AS n, {SECONDS.format("duration_percentile(at, ended, fraction)")} AS ours,
                   {SECONDS.format("percentile_cont(fraction) WITHIN GROUP (ORDER BY ended - at)")} AS theirs
            FROM answers, unnest('{{0, 0.1, 0.5, 0.9, 0.99, 1}}'::double precision[]) fraction
            WHERE rep < 'rep 3' GROUP BY GROUPING SETS ((day, fraction), (day, channel, fraction))) p
            WHERE n > 500 OR (ours IS NULL) <> (theirs IS NULL) OR abs(ours - theirs) > 0.000001""")
        self.assertEqual(found, [])

    def test_percentiles_of_large_groups_are_within_1_percent(self):
        fractions = [0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99]
        ours_ = ", ".join(SECONDS.format(f"duration_percentile(at, ended, {f})") for f in fractions)
        theirs = ", ".join(SECONDS.format(f"percentile_cont({f}) WITHIN GROUP (ORDER BY ended - at)") for f in fractions)
        found = self.db.run(f"""SELECT * FROM (
            SELECT rep, count(ended) AS n, ARRAY[{ours_}] AS ours, ARRAY[{theirs}] AS theirs,
                   {SECONDS.format("min(ended - at)")} AS least, {SECONDS.format("max(ended - at)")} AS most
            FROM answers GROUP BY ROLLUP (rep) HAVING count(ended) > 500) p
            CROSS JOIN LATERAL unnest(ours, theirs) u(a, b)
            WHERE abs(a - b) > 0.01 * b OR a NOT BETWEEN least AND most""")
        self.assertEqual(found, [])
        self.assertGreater(int(self.db.value("SELECT count(*) FROM serial WHERE durations > 500")), 35)

    def test_sessions_equal_plain_sql(self):
        for gap in ["10 minutes", "2 hours", "3 days"]:
            with self.subTest(gap=gap):
                self.same(
                    f"""SELECT rep, session_count(at, '{gap}') AS n, avg_session_duration(at, '{gap}') AS mean
                        FROM answers GROUP BY rep""",
                    f"""SELECT rep, count(*) AS n, make_interval(secs => 0) + round(avg({SECONDS.format('b - a')}), 6)
                            * interval '1 second' AS mean
                        FROM (SELECT rep, min(at) AS a, max(at) AS b FROM (
                            SELECT rep, at, count(*) FILTER (WHERE first) OVER (PARTITION BY rep ORDER BY at) AS visit FROM (
                                SELECT rep, at, coalesce(at - lag(at) OVER (PARTITION BY rep ORDER BY at) > '{gap}', true) AS first
                                FROM answers) marked) numbered GROUP BY rep, visit) visits
                        GROUP BY rep""")

    def test_all_types_give_one_summary(self):
        for like, columns in {"i4": ["i2", "i8", "f4", "f8", "n"], "tn": ["t4", "t8"]}.items():
            for column in columns:
                with self.subTest(column=column):
                    for build in ["survey_agg({})", "health_agg({})", "health_agg({}, 'segments')"]:
                        self.same(f"SELECT rep, {build.format(like)} FROM answers GROUP BY rep",
                                  f"SELECT rep, {build.format(column)} FROM answers GROUP BY rep", exact=True)

    def test_active_users_equal_count_distinct(self):
        for sets in ["(rep)", "ROLLUP (channel, rep)", "(day)"]:
            with self.subTest(sets=sets):
                self.same(f"""SELECT rep, channel, day, active_users(user_id) AS a, active_users(user_uuid) AS b, active_users(user_text) AS c
                              FROM answers WHERE id % 4 = 0 GROUP BY GROUPING SETS ({sets}, (rep, channel, day))""",
                          f"""SELECT rep, channel, day, count(DISTINCT user_id) AS a, count(DISTINCT user_id) AS b, count(DISTINCT user_id) AS c
                              FROM answers WHERE id % 4 = 0 GROUP BY GROUPING SETS ({sets}, (rep, channel, day))""")

    def test_without_groups(self):
        for kinds in [SCORES, PLAIN]:
            self.same(f"SELECT {ours(kinds, all_kpis=False)} FROM answers", f"SELECT {plain(kinds)} FROM answers")

    def test_without_rows(self):
        nothing = "FROM answers WHERE id < 0"
        for kinds in [SCORES, PLAIN]:
            self.same(f"SELECT {ours(kinds, all_kpis=False)} {nothing}", f"SELECT {plain(kinds)} {nothing}")
        self.assertEqual(self.db.run(f"SELECT {ours(['i4'], all_kpis=False)} {nothing}")[0][:2], [None, None])
        self.assertEqual(
            self.db.run(f"""SELECT num_durations(at, ended), median_duration(at, ended), duration_agg(at, ended),
                session_count(at, '1 hour'), avg_session_duration(at, '1 hour'), session_agg(at, '1 hour'),
                active_users(user_id), active_users_agg(user_text), health_agg(health, 'segments'), avg_health_score(health),
                band_share(health_agg(health), 'red'), sentiment_agg(comment), avg_sentiment(comment), positive_feedback_rate(comment) {nothing}""")[0],
            ["0", None, '{"version":1,"durations":[]}', "0", None, '{"version":1}', "0", '{"version":1}', '{"version":1}', None, None,
             '{"version":1,"positive":0,"neutral":0,"negative":0,"sum":"0"}', None, None])

    def test_hash_grouping(self):
        self.same_as_serial(self.everything, f"{SERIAL}; SET enable_sort = off", "HashAggregate")

    def test_sort_grouping(self):
        self.same_as_serial(self.everything, f"{SERIAL}; SET enable_hashagg = off", "GroupAggregate")

    def test_parallel_grouping(self):
        self.same_as_serial(self.everything, PARALLEL, "Partial HashAggregate", "Finalize", "Workers Planned: 2")
        self.same_as_serial(self.everything, f"{PARALLEL}; SET enable_hashagg = off",
                            "Partial GroupAggregate", "Finalize GroupAggregate")

    def test_parallel_without_groups(self):
        query = f"SELECT {ours(EVERYTHING)} FROM answers"
        self.assertIn("Partial Aggregate", self.db.plan(query, PARALLEL))
        self.db.run(f"""{SERIAL}; CREATE TABLE total_serial AS {query}; {PARALLEL};
            CREATE TABLE total_parallel AS {query}""")
        self.same("TABLE total_serial", "TABLE total_parallel", exact=True)

    def test_forced_parallel_mode(self):
        mode = "debug_parallel_query" if int(self.db.value("SHOW server_version_num")) >= 160000 \
            else "force_parallel_mode"
        self.same_as_serial(self.everything, f"SET {mode} = on")

    def test_workers_that_see_no_row_of_a_group(self):
        """Partial states without any score, also with a threshold, merge with others."""
        # An expression hides from the planner how few rows there are.
        query = f"SELECT channel, {ours(EVERYTHING)} FROM answers WHERE id + 0 < 40 GROUP BY 1"
        self.assertIn("Partial HashAggregate", self.db.plan(query, PARALLEL))
        self.db.run(f"""{SERIAL}; CREATE TABLE few_serial AS {query}; {PARALLEL};
            CREATE TABLE few_parallel AS {query}""")
        self.same("TABLE few_serial", "TABLE few_parallel", exact=True)

    def test_partitionwise_by_the_group(self):
        self.db.run("""CREATE TABLE by_rep (LIKE answers) PARTITION BY HASH (rep);
            CREATE TABLE by_rep_0 PARTITION OF by_rep FOR VALUES WITH (MODULUS 3, REMAINDER 0);
            CREATE TABLE by_rep_1 PARTITION OF by_rep FOR VALUES WITH (MODULUS 3, REMAINDER 1);
            CREATE TABLE by_rep_2 PARTITION OF by_rep FOR VALUES WITH (MODULUS 3, REMAINDER 2);
            INSERT INTO by_rep TABLE answers; ANALYZE by_rep""")
        query = self.everything.replace("FROM answers", "FROM by_rep")
        settings = f"{SERIAL}; SET enable_partitionwise_aggregate = on"
        plan = self.db.plan(query, settings)
        self.assertEqual(plan.count("HashAggregate"), 3, plan)
        self.same_as_serial(query, settings)

    def test_partitionwise_by_another_key(self):
        """Each partition aggregates its part of every group, and the parts are merged."""
        self.db.run("""CREATE TABLE by_day (LIKE answers) PARTITION BY RANGE (day);
            CREATE TABLE by_day_2023 PARTITION OF by_day FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');
            CREATE TABLE by_day_2024 PARTITION OF by_day FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
            INSERT INTO by_day TABLE answers; ANALYZE by_day""")
        query = self.everything.replace("FROM answers", "FROM by_day")
        settings = "SET enable_partitionwise_aggregate = on"
        self.same_as_serial(query, f"{SERIAL}; {settings}", "Partial HashAggregate", "Finalize")
        self.same_as_serial(query, f"{PARALLEL}; {settings}", "Partial HashAggregate", "Parallel Append")

    def test_hash_aggregate_that_spills(self):
        for column in [*KINDS, *PLAIN]:
            with self.subTest(column=column):
                query = f"SELECT id % 20011 AS g, {{}} FROM answers GROUP BY 1"
                mine = query.format(ours([column], all_kpis=False))
                small = f"{SERIAL}; SET work_mem = '64kB'; SET hash_mem_multiplier = 1; SET enable_sort = off"
                plan = "\n".join(self.db.column(f"{small}; EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) {mine}"))
                self.assertIn("HashAggregate", plan)
                self.assertIn("Disk Usage", plan)
                self.db.run(f"{small}; DROP TABLE IF EXISTS spilled; CREATE TABLE spilled AS {mine}")
                self.same("TABLE spilled", query.format(plain([column])))

    def test_states_that_grow_in_a_hash_aggregate_that_spills(self):
        """Plain SQL has no sessions: they are compared with those of sorted groups."""
        query = f"SELECT id % 20011 AS g, {ours(['visits', 'subscriptions', 'orders'])}, duration_agg(at, ended) AS times FROM answers GROUP BY 1"
        small = f"{SERIAL}; SET work_mem = '64kB'; SET hash_mem_multiplier = 1"
        plan = "\n".join(self.db.column(
            f"{small}; SET enable_sort = off; EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) {query}"))
        self.assertIn("Disk Usage", plan)
        self.db.run(f"""{small}; DROP TABLE IF EXISTS spilled; SET enable_sort = off; CREATE TABLE spilled AS {query};
            RESET enable_sort; SET enable_hashagg = off; CREATE TABLE sorted AS {query}""")
        self.same("TABLE spilled", "TABLE sorted", exact=True)

    def test_filter_that_empties_a_group(self):
        for column in KINDS:
            with self.subTest(column=column):
                only = " FILTER (WHERE channel = 'channel 1' AND rep > 'rep 2')"
                inside = f"{column} IS NOT NULL AND channel = 'channel 1' AND rep > 'rep 2'"
                self.same(
                    f"""SELECT rep, nps({column}){only} AS nps, responses({column}){only} AS n, csat({column}, 5){only} AS csat
                        FROM answers GROUP BY rep""",
                    f"""SELECT rep, 100 * (count(*) FILTER (WHERE {inside} AND {column} >= 9)
                            - count(*) FILTER (WHERE {inside} AND {column} <= 6))::numeric
                            / nullif(count(*) FILTER (WHERE {inside}), 0) AS nps,
                        count(*) FILTER (WHERE {inside}) AS n,
                        100 * count(*) FILTER (WHERE {inside} AND {column} >= 5)::numeric
                            / nullif(count(*) FILTER (WHERE {inside}), 0) AS csat
                        FROM answers GROUP BY rep""")

        only = "FILTER (WHERE channel = 'channel 1' AND rep > 'rep 2')"
        inside = "CASE WHEN channel = 'channel 1' AND rep > 'rep 2' THEN {} END"
        self.same(
            f"""SELECT rep, duration_agg(at, ended) {only} AS times, session_agg(at, '2 hours') {only} AS visits,
                active_users_agg(user_id) {only} AS users, fcr(contacts) {only} AS fcr,
                sla_rate(at, ended, '8 hours') {only} AS sla, mrr_agg(opening, closing, paid_before) {only} AS moves,
                subscription_agg(price, at, ended) {only} AS subs, recurring_revenue_agg(price, every) {only} AS recurring,
                expansion_revenue_agg(price, hit) {only} AS extra, retention_agg(at, ended, {PERIOD}) {only} AS stayed,
                rfm_agg(day, price) {only} AS orders, health_agg(health, 'segments') {only} AS health, avg_health_score(health) {only} AS score,
                sentiment_agg(comment) {only} AS feedback, avg_sentiment(comment) {only} AS sentiment FROM answers GROUP BY rep""",
            f"""SELECT rep, duration_agg({inside.format("at")}, ended) AS times, session_agg({inside.format("at")}, '2 hours') AS visits,
                active_users_agg({inside.format("user_id")}) AS users, fcr({inside.format("contacts")}) AS fcr, sla_rate({inside.format("at")}, ended, '8 hours') AS sla,
                mrr_agg({inside.format("opening")}, {inside.format("closing")}, paid_before) AS moves,
                subscription_agg(price, {inside.format("at")}, ended) AS subs,
                recurring_revenue_agg(price, {inside.format("every")}) AS recurring, expansion_revenue_agg({inside.format("price")}, hit) AS extra,
                retention_agg({inside.format("at")}, ended, {PERIOD}) AS stayed, rfm_agg({inside.format("day")}, price) AS orders,
                health_agg({inside.format("health")}, 'segments') AS health, avg_health_score({inside.format("health")}) AS score,
                sentiment_agg({inside.format("comment")}) AS feedback, avg_sentiment({inside.format("comment")}) AS sentiment
                FROM answers GROUP BY rep""", exact=True)

    def test_distinct(self):
        calls = "duration_agg({0} ended - at), session_agg({0} at, '2 hours'), fcr({0} contacts), avg_duration({0} at, ended), " \
            "active_users_agg({0} user_text)"
        self.same(f"SELECT rep, {calls.format('DISTINCT')} FROM answers GROUP BY rep",
                  """SELECT rep, a, b, c, d, e
                     FROM (SELECT rep, duration_agg(x) AS a FROM (SELECT DISTINCT rep, ended - at AS x FROM answers) q GROUP BY rep) a
                     JOIN (SELECT rep, session_agg(x, '2 hours') AS b FROM (SELECT DISTINCT rep, at AS x FROM answers) q GROUP BY rep) b USING (rep)
                     JOIN (SELECT rep, fcr(x) AS c FROM (SELECT DISTINCT rep, contacts AS x FROM answers) q GROUP BY rep) c USING (rep)
                     JOIN (SELECT rep, avg_duration(x, y) AS d FROM (SELECT DISTINCT rep, at AS x, ended AS y FROM answers) q GROUP BY rep) d USING (rep)
                     JOIN (SELECT rep, active_users_agg(x) AS e FROM (SELECT DISTINCT rep, user_text AS x FROM answers) q GROUP BY rep) e USING (rep)""",
                  exact=True)
        for column in KINDS:
            with self.subTest(column=column):
                self.same(
                    f"""SELECT rep, nps(DISTINCT {column}), ces(DISTINCT {column}), csat(DISTINCT {column}, 4.5),
                        survey_agg(DISTINCT {column})::text FROM answers GROUP BY rep""",
                    f"""SELECT rep, nps({column}), ces({column}), csat({column}, 4.5), survey_agg({column})::text
                        FROM (SELECT DISTINCT rep, {column} FROM answers) d GROUP BY rep""")

    def test_distinct_amounts(self):
        # 1.5 and 1.50 are the same, whatever the type.
        for call, columns in [
                ("mrr_agg({} opening, closing, paid_before)", "opening, closing, paid_before"),
                ("nrr({} opening, closing)", "opening, closing"),
                ("opening_mrr({} opening::real, closing)", "opening::real AS opening, closing"),
                ("new_mrr({} contacts, i2)", "contacts, i2"),
                ("retention_agg({} hit, paid_before)", "hit, paid_before"),
                ("churn_rate({} day, ended::date, '2024-02-01', '2024-05-01')", "day, ended::date AS ended"),
                ("rfm_agg({} day, price::real)", "day, price"),
                ("health_agg({} health)", "health"),
                ("health_agg({} health, 'segments')", "health"),
                ("health_agg({} tn, jsonb_build_object('a', 0, 'b', 4.50))", "tn"),
                ("avg_health_score({} t4)", "t4"),
                ("sentiment_agg({} comment)", "comment"),
                ("positive_feedback_rate({} comment)", "comment"),
                ("expansion_revenue_agg({} price, hit)", "price, hit"),
                ("subscription_agg({} price, day, NULL::date)", "price, day"),
                ("subscription_agg({} price::double precision, began, ended)", "price, began, ended")]:
            with self.subTest(call=call):
                self.same(f"SELECT rep, {call.format('DISTINCT')} FROM answers GROUP BY rep",
                          f"SELECT rep, {call.format('')} FROM (SELECT DISTINCT rep, {columns} FROM answers) d GROUP BY rep",
                          exact=True)

    def test_order_of_input_changes_nothing(self):
        for order in ["id", "at DESC", "{c}", "{c} DESC NULLS LAST", "hashint4(id)"]:
            with self.subTest(order=order):
                columns = ", ".join(
                    f"survey_agg({c} ORDER BY {order.format(c=c)}), csat({c}, 4.5 ORDER BY {order.format(c=c)})"
                    for c in KINDS)
                unordered = ", ".join(f"survey_agg({c}), csat({c}, 4.5)" for c in KINDS)
                self.same(f"SELECT rep, {columns} FROM answers GROUP BY rep",
                          f"SELECT rep, {unordered} FROM answers GROUP BY rep", exact=True)

        events = "duration_agg(at, ended{0}) AS a, session_agg(at, '2 hours'{0}) AS b, session_agg(at, '2 minutes'{0}) AS c, " \
            "active_users_agg(user_id{0}) AS d, active_users_agg(user_uuid{0}) AS e, " \
            "mrr_agg(opening, closing, paid_before{0}) AS f, subscription_agg(price, began, ended{0}) AS g, " \
            "recurring_revenue_agg(opening, every{0}) AS h, expansion_revenue_agg(opening, hit{0}) AS i, rfm_agg(at, opening, 'Asia/Tokyo'{0}) AS j, " \
            "retention_agg(began, ended, " + PERIOD + "{0}) AS k, health_agg(health{0}) AS l, health_agg(health, 'segments'{0}) AS m, " \
            "sentiment_agg(comment{0}) AS n"
        for order in ["id", "at", "at DESC", "ended - at DESC NULLS LAST", "user_id", "hashint4(id)", "opening", "closing DESC",
                      "health", "comment DESC"]:
            with self.subTest(order=order):
                fewer = "FROM answers WHERE id % 9 = 0 GROUP BY ROLLUP (rep)"
                self.same(f"SELECT rep, {events.format(' ORDER BY ' + order)} {fewer}",
                          f"SELECT rep, {events.format('')} {fewer}", exact=True)

    def test_grouping_sets(self):
        for sets in ["ROLLUP (rep, channel)", "CUBE (rep, channel)",
                     "GROUPING SETS ((rep), (channel), (rep, hit), ())"]:
            for setting in ["enable_sort", "enable_hashagg"]:
                with self.subTest(sets=sets, off=setting):
                    query = f"SELECT grouping(rep, channel), rep, channel, {{}} FROM answers GROUP BY {sets}"
                    kinds = PLAIN if sets.startswith("ROLLUP") else ["i4", "fine"]
                    self.db.run(f"""{SERIAL}; SET {setting} = off; DROP TABLE IF EXISTS sets;
                        CREATE TABLE sets AS {query.format(ours(kinds, all_kpis=False))}""")
                    self.same("TABLE sets", query.format(plain(kinds)))

    def test_grouping_sets_of_sessions(self):
        lists, fewer = ours(["visits", "subscriptions", "orders"]), "FROM answers WHERE id % 5 = 0"
        for setting in ["enable_sort", "enable_hashagg"]:
            with self.subTest(off=setting):
                self.db.run(f"""{SERIAL}; SET {setting} = off; DROP TABLE IF EXISTS sets;
                    CREATE TABLE sets AS SELECT rep, channel, {lists} {fewer} GROUP BY ROLLUP (rep, channel)""")
                self.same("TABLE sets", f"""SELECT rep, channel, {lists} {fewer} GROUP BY rep, channel
                    UNION ALL SELECT rep, NULL, {lists} {fewer} GROUP BY rep
                    UNION ALL SELECT NULL, NULL, {lists} {fewer}""", exact=True)

    def test_prepared_statements(self):
        """The threshold and the confidence may be parameters, in custom and generic plans."""
        for mode in ["force_custom_plan", "force_generic_plan", "auto"]:
            for threshold in ["4", "4.5", "9"]:
                with self.subTest(mode=mode, threshold=threshold):
                    rows = self.db.run(f"""SET plan_cache_mode = {mode};
                        PREPARE q AS SELECT csat(tn, $1), csat_ci(tn, $1, $2), nps(tn)
                            FROM answers WHERE rep = $3;
                        {f"EXECUTE q({threshold}, 0.9, 'rep 7');" * 7}""")
                    expected = self.db.run(f"""SELECT csat(tn, {threshold}), csat_ci(tn, {threshold}, 0.9), nps(tn)
                        FROM answers WHERE rep = 'rep 7'""")
                    self.assertEqual(rows, expected * 7)
            with self.subTest(mode=mode):
                rows = self.db.run(f"""SET plan_cache_mode = {mode};
                    PREPARE q AS SELECT duration_percentile(at, ended, $1), sla_rate(at, ended, $2, $3), session_count(at, $2)
                        FROM answers WHERE rep = 'rep 7';
                    {"EXECUTE q(0.9, '8 hours', '2024-06-01');" * 7}""")
                expected = self.db.run("""SELECT duration_percentile(at, ended, 0.9),
                    sla_rate(at, ended, '8 hours', '2024-06-01'), session_count(at, '8 hours') FROM answers WHERE rep = 'rep 7'""")
                self.assertEqual(rows, expected * 7)
            for type_, scheme, lowest in [("text", "segments", "NULL"), ("text", '{"a": 0, "b": 99}', "99"),
                                          ("jsonb", '{"b": 39.95, "a": 0}', "39.95")]:
                with self.subTest(mode=mode, type=type_, scheme=scheme):
                    # In between another scheme, by the same plan.
                    both = f"EXECUTE q('{scheme}', 'b'); " + """EXECUTE q(' {"b": 0}', 'b');"""
                    rows = self.db.run(f"""SET plan_cache_mode = {mode};
                        PREPARE q({type_}, text) AS SELECT health_agg(health, $1), count(*) FILTER (WHERE health_band(health, $1) = $2)
                            FROM answers WHERE rep = 'rep 7';
                        {both * 6}""")
                    expected = self.db.run(f"""SELECT health_agg(health, '{scheme}'::{type_}), count(*) FILTER (WHERE health >= {lowest})
                            FROM answers WHERE rep = 'rep 7';
                        SELECT health_agg(health, jsonb '{{"b": 0}}'), count(health) FROM answers WHERE rep = 'rep 7'""")
                    self.assertEqual(rows, expected * 6)


if __name__ == "__main__":
    main()
