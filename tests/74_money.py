#!/usr/bin/env -S python3 -B
"""Amounts of all number types, wherever they come from; what subscriptions pay by month; movements that
balance."""

import unittest

from lib.answers import differences, table
from lib.answers_money import movements
from lib.database import NUMBER_TYPES, Database
from lib.tap import main

MODES = ["force_custom_plan", "force_generic_plan", "auto"]
# The months of two years, in UTC.
MONTHS = "generate_series(timestamp '2023-01-01', '2024-12-01', '1 month') month"


class Money(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.db = Database("t_money")
        cls.elsewhere = Database("t_money_elsewhere", "cskpi")
        cls.db.run(table(50_000))
        cls.elsewhere.run(table(2_000))

    @classmethod
    def tearDownClass(cls):
        cls.db.drop()
        cls.elsewhere.drop()

    def same(self, left, right, exact=False, db=None):
        self.assertEqual(differences(db or self.db, left, right, exact), [])

    def test_number_types_in_every_mix_give_one_summary(self):
        """Whole numbers in all pairs of types; tenths in the types that hold fractions."""
        for types, opening, closing in [(NUMBER_TYPES, "contacts", "i4"),
                                        (["real", "double precision", "numeric"], "tn", "(10 - tn)")]:
            pairs = [(f"{opening}::{a}", f"{closing}::{b}") for a in types for b in types]
            for call in ["mrr_agg({}, {})", "mrr_agg({}, {}, paid_before)", "nrr({}, {})", "churned_mrr({}, {}, hit)"]:
                with self.subTest(call=call, types=types):
                    mixed = ", ".join(f"{call.format(*pair)}::text" for pair in pairs)
                    expected = call.format(f"{opening}::numeric", f"{closing}::numeric")
                    self.assertEqual(self.db.run(f"""SELECT rep FROM (
                        SELECT rep, ARRAY[{mixed}] AS mixed, {expected}::text AS expected FROM answers GROUP BY rep) r
                        WHERE (array_positions(mixed, expected) = ARRAY(SELECT generate_series(1, {len(pairs)}))) IS NOT TRUE"""), [])
            calls = ["subscription_agg({}, began, ended)", "mrr({}, every)", "recurring_revenue_agg({}, every)",
                     "expansion_revenue_agg({}, hit)"]
            for call in calls:
                with self.subTest(call=call, types=types):
                    each = [call.format(f"{opening}::{type_}") + "::text" for type_ in types]
                    self.assertEqual(self.db.value(f"""SELECT count(*) FROM (SELECT FROM answers GROUP BY rep
                        HAVING EXISTS (SELECT FROM unnest(ARRAY[{', '.join(each)}]) e HAVING count(DISTINCT e) > 1)) r"""), "0")

    def test_months_of_subscriptions_equal_plain_sql(self):
        """Of each customer, in UTC: what is paid a moment before a month begins, and whether ever before."""
        plain = f"""SELECT user_id, month::date AS month, o AS opening, c AS closing, p AS paid_before FROM (
            SELECT user_id, month,
                coalesce(sum(price) FILTER (WHERE at < month AND (ended IS NULL OR ended >= month)), 0) AS o,
                coalesce(sum(price) FILTER (WHERE at < next AND (ended IS NULL OR ended >= next)), 0) AS c,
                coalesce(bool_or(at < month AND ended IS DISTINCT FROM at AND price > 0), false) AS p
            FROM (SELECT user_id, at AT TIME ZONE 'UTC' AS at, ended AT TIME ZONE 'UTC' AS ended, price
                  FROM answers) a, (SELECT month, month + interval '1 month' AS next FROM {MONTHS}) m
            GROUP BY 1, 2) s WHERE o > 0 OR c > 0"""
        self.db.run(f"CREATE TABLE plain_months AS {plain}")
        self.assertGreater(int(self.db.value("SELECT count(*) FROM plain_months")), 4000)
        local = "at AT TIME ZONE 'UTC', ended AT TIME ZONE 'UTC'"
        for build, zone in [("price, at, ended", ", 'UTC'"), (f"price::double precision, {local}", "")]:
            with self.subTest(build=build):
                self.same(f"""SELECT user_id, m.* FROM (SELECT user_id, subscription_agg({build}) AS s FROM answers GROUP BY 1) c,
                    mrr_by_month(s, '2023-01-01', '2025-01-01'{zone}) m""", "TABLE plain_months")
        # In days, a part of the months, and out of stored parts.
        self.same("""SELECT user_id, m.* FROM (SELECT user_id, rollup(s) AS s FROM (
                SELECT user_id, channel, subscription_agg(price, date_trunc('day', at, 'UTC'), date_trunc('day', ended, 'UTC')) AS s
                FROM answers GROUP BY 1, 2) parts GROUP BY 1) c, mrr_by_month(s, '2023-06-01', '2023-09-01', 'UTC') m
            WHERE paid_before AND opening > closing""",
                  """SELECT user_id, m.* FROM (SELECT user_id, subscription_agg(price, day, (ended AT TIME ZONE 'UTC')::date) AS s
                FROM answers GROUP BY 1) c, mrr_by_month(s, '2023-01-01', '2025-01-01') m
            WHERE paid_before AND opening > closing AND month BETWEEN '2023-06-01' AND '2023-08-01'""")

    def test_movements_of_subscriptions_balance(self):
        """In each month; and what a month closes with, the next one opens with."""
        zone = "America/New_York"
        self.db.run(f"""CREATE TABLE by_month AS SELECT month, user_id % 3 AS team, mrr_agg(opening, closing, paid_before) AS s
            FROM (SELECT user_id, subscription_agg(price, at, ended) AS s FROM answers GROUP BY 1) c,
                mrr_by_month(s, '2022-12-01', '2025-06-01', '{zone}') GROUP BY 1, 2""")
        found = self.db.run(f"""SELECT count(*), sum(abs({movements(lambda name: f"{name}(s)")})) = 0,
                count(*) FILTER (WHERE closing_mrr(s) <> following), count(*) FILTER (WHERE reactivation_mrr(s) > 0) > 10,
                count(*) FILTER (WHERE closing_mrr(s) <> expected)
            FROM (SELECT *, lead(opening_mrr(s)) OVER (ORDER BY month) AS following FROM (
                SELECT month, rollup(s) AS s FROM by_month GROUP BY month) m) m
            CROSS JOIN LATERAL (SELECT coalesce(sum(price), 0) AS expected FROM answers
                WHERE at < (month + interval '1 month') AT TIME ZONE '{zone}'
                    AND (ended IS NULL OR ended >= (month + interval '1 month') AT TIME ZONE '{zone}')) p""")
        self.assertEqual(found, [["30", "t", "0", "t", "0"]])

    def test_orders_of_customers_equal_plain_sql(self):
        """Amounts of one day are one purchase, and a repeat purchase is one on a later day."""
        for days, call in [("day", "rfm_agg(day, opening)"), ("at::date", "rfm_agg(at, opening, 'UTC')"),
                           ("(at AT TIME ZONE 'Asia/Tokyo')::date", "rfm_agg(at, opening, 'Asia/Tokyo')"),
                           ("(at AT TIME ZONE 'Asia/Tokyo')::date", "rfm_agg(at AT TIME ZONE 'Asia/Tokyo', opening)")]:
            with self.subTest(call=call):
                self.same(
                    f"""SELECT user_id, rfm_frequency(s) AS f, rfm_recency(s) AS r, rfm_t(s, '2025-01-31') AS t, CASE WHEN rfm_revenue(s) < 1e12 THEN round(rfm_monetary_value(s), 9) END AS m,
                           rfm_orders(s) AS o, rfm_revenue(s) AS v, rfm_first_day(s) AS a, rfm_last_day(s) AS b
                       FROM (SELECT user_id, {call} AS s FROM answers GROUP BY 1) c""",
                    f"""SELECT user_id, greatest(count(day) - 1, 0) AS f, max(day) - min(day) AS r, date '2025-01-31' - min(day) AS t,
                           CASE WHEN sum(paid) < 1e12 THEN round((sum(paid) - min(paid) FILTER (WHERE place = 1)) / nullif(count(day) - 1, 0), 9) END AS m,
                           coalesce(sum(orders), 0) AS o, sum(paid) AS v, min(day) AS a, max(day) AS b
                       FROM (SELECT user_id, day, sum(opening) AS paid, count(opening) AS orders,
                                 row_number() OVER (PARTITION BY user_id ORDER BY day) AS place
                             FROM (SELECT user_id, CASE WHEN opening IS NOT NULL THEN {days} END AS day, opening FROM answers) a
                             GROUP BY 1, 2) d GROUP BY 1""")

    def test_quotients_of_very_long_numbers_are_those_of_the_server(self):
        """Which takes seconds for the longest ones; ours go another way from 4,096 digits in base 10,000 on."""
        found = self.db.run("""SELECT a, b FROM (
                SELECT a, b, trim_scale(rpad('1', 20000, a)::numeric * e) AS x, trim_scale(rpad('7', 16500, b)::numeric * f) AS y
                FROM unnest(ARRAY['7', '03', '9']) a, unnest(ARRAY['1', '90', '00']) b,
                    (VALUES (1, 1), (1e-400, 1), (1, 1e-900), (1e-300, 1e-200), (1, 1e100)) m (e, f)) n
            WHERE arpu(x, y) IS DISTINCT FROM trim_scale(x / y) OR arpu(y * 12.5, y) <> 12.5""")
        self.assertEqual(found, [])

    def test_movements_by_row_are_those_of_the_aggregates(self):
        self.same(
            """SELECT rep, count(*) FILTER (WHERE m = 'new') AS a, count(*) FILTER (WHERE m = 'reactivation') AS b,
                   count(*) FILTER (WHERE m = 'expansion') AS c, count(*) FILTER (WHERE m = 'contraction') AS d,
                   count(*) FILTER (WHERE m = 'churn') AS e, sum(closing - opening) FILTER (WHERE m = 'expansion') AS f
               FROM (SELECT *, mrr_movement(opening, closing, paid_before) AS m FROM answers) a GROUP BY rep""",
            """SELECT rep, new_customers(s) AS a, reactivated_customers(s) AS b, expanded_customers(s) AS c,
                   contracted_customers(s) AS d, churned_customers(s) AS e, nullif(expansion_mrr(s), 0) AS f
               FROM (SELECT rep, mrr_agg(opening, closing, paid_before) AS s FROM answers GROUP BY rep) a""")

    def test_amounts_as_parameters(self):
        """Of types that are told, and of types that are found out; two of the latter could also be booleans to churn_rate."""
        for mode in MODES:
            for types in ["(integer, numeric)", "(double precision, smallint)", "(bigint, real)"]:
                with self.subTest(mode=mode, types=types):
                    self.assertEqual(self.db.run(f"""SET plan_cache_mode = {mode};
                        PREPARE q {types} AS SELECT churn_rate($1, $2), mrr_movement($1, $2, true),
                            closing_mrr(s.x + $1::numeric, $2) FROM generate_series(1, 3) s(x);
                        {"EXECUTE q(80, 3);" * 7}"""), [["3.75", "contraction", "9"]] * 7)
                    self.assertEqual(self.db.run(f"""SET plan_cache_mode = {mode};
                        PREPARE q AS SELECT churn_rate($1, 3), mrr_movement($1, $2, true), closing_mrr($1, $2) FROM generate_series(1, 3);
                        {"EXECUTE q(80, 3.25);" * 7}"""), [["3.75", "contraction", "9.75"]] * 7)
            with self.subTest(mode=mode):
                self.assertEqual(
                    self.db.run(f"""SET plan_cache_mode = {mode};
                        PREPARE q AS SELECT nrr(opening, closing * $1, $2), opening_mrr($3, closing), subscription_agg($4, began, ended),
                            mrr($4, $5::interval) FROM answers WHERE rep = $6;
                        {"EXECUTE q(1.5, true, 7.25, 9.95, '1 year', 'rep 7');" * 7}"""),
                    self.db.run("""SELECT nrr(opening, closing * 1.5, true), opening_mrr(7.25, closing), subscription_agg(9.95, began, ended),
                        mrr(9.95, interval '1 year') FROM answers WHERE rep = 'rep 7'""") * 7)

    def test_plain_functions_in_workers(self):
        calls = ["churn_rate(i4, contacts)", "customer_change_rate(contacts, i2)", "retention_rate(i4 + 20::real, i8)",
                 "retention_rate(i4 + 10, i8, contacts)", "mrr(contacts, price)", "arr(opening)", "arpu(opening, f8)", "crc(price, f4)",
                 "cac(price::real, i2)", "ltv_cac_ratio(closing, tn)", "clv(price, i4, tn)", "clv_from_churn(price, t8, 3)",
                 "clv_discounted(price, 95, 1)", "clv_discounted(price, 95, 1.5, contacts)", "monthly_amount(closing, every)"]
        plain = ["100 * contacts::numeric / nullif(i4, 0)", "100 * (i2 - contacts)::numeric / nullif(contacts, 0)",
                 "100 * i8::numeric / (i4 + 20)", "100 * (i8 - contacts)::numeric / (i4 + 10)", "contacts * price", "12 * opening"]
        rows = "FROM answers WHERE contacts < 4 AND i4 > 3"
        named = [", ".join(f"{call} AS c{i}" for i, call in enumerate(all_)) for all_ in (calls[:len(plain)], plain)]
        self.same(f"SELECT id, {named[0]} {rows}", f"SELECT id, {named[1]} {rows}")
        workers = """SET max_parallel_workers_per_gather = 2; SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0;
            SET min_parallel_table_scan_size = 0; SET parallel_leader_participation = off"""
        query = f"""SELECT rep, {', '.join(f'sum({call}) AS c{i}, count(*) FILTER (WHERE {call} > 7) AS n{i}' for i, call in enumerate(calls))}
            {rows} GROUP BY rep"""
        self.assertIn("Partial", self.db.plan(query, workers))
        self.db.run(f"{workers}; CREATE TABLE in_workers AS {query}")
        self.same("TABLE in_workers", query)

    def test_months_as_parameters(self):
        query = """SELECT count(*), sum(closing) FROM (SELECT subscription_agg(price, at, ended) AS s FROM answers GROUP BY user_id) c,
            mrr_by_month(s, {}, {}, {})"""
        expected = self.db.run(query.format("'2023-05-01'", "'2023-07-01'", "'Asia/Tokyo'"))
        for mode in MODES:
            with self.subTest(mode=mode):
                self.assertEqual(self.db.run(f"""SET plan_cache_mode = {mode}; PREPARE q AS {query.format("$1", "$2", "$3")};
                    {"EXECUTE q('2023-05-01', '2023-07-01', 'Asia/Tokyo');" * 3}"""), expected * 3)

    def test_in_a_schema_that_is_not_on_the_path(self):
        """Arguments find their way to kpi_number, and to each other, all the same."""
        db = self.elsewhere
        self.assertEqual(db.sqlstate("SELECT nrr(opening, closing) FROM answers"), "42883")
        for path in ["public", "''", "pg_catalog"]:
            with self.subTest(path=path):
                db.run(f"""SET search_path = {path}; DROP TABLE IF EXISTS public.account CASCADE;
                    CREATE TABLE public.account (i2 smallint, f8 double precision, n numeric,
                        movement text GENERATED ALWAYS AS (cskpi.mrr_movement(i2, f8)) STORED,
                        churn numeric GENERATED ALWAYS AS (cskpi.churn_rate(f8, i2)) STORED,
                        monthly numeric GENERATED ALWAYS AS (cskpi.monthly_amount(n, '1 year')) STORED,
                        CHECK (cskpi.mrr_movement(n, 1.5::real) <> 'unheard of'));
                    INSERT INTO public.account SELECT i2, tn::double precision, opening FROM public.answers WHERE opening IS NOT NULL;
                    CREATE INDEX ON public.account (cskpi.mrr_movement(i2, f8), cskpi.churn_rate(f8, 3));
                    CREATE VIEW public.by_movement AS SELECT movement, cskpi.mrr_agg(n, f8) AS s, cskpi.mrr_agg(DISTINCT i2, n) AS d,
                        cskpi.mrr(n, interval '8 months') AS mrr, sum(churn) AS churn, cskpi.nrr(i2, f8) AS nrr,
                        cskpi.quick_ratio(f8, i2) FILTER (WHERE n > 10) AS quick FROM public.account GROUP BY movement;
                    CREATE FUNCTION pg_temp.lost(a bigint) RETURNS numeric IMMUTABLE
                        BEGIN ATOMIC SELECT cskpi.churn_rate(200, a) + cskpi.churn_rate(200::real, a::smallint); END;""")
                self.same(
                    "SELECT movement, s::text, d::text, mrr, churn, nrr, quick FROM public.by_movement",
                    """SELECT movement, mrr_agg(n, f8)::text AS s, mrr_agg(DISTINCT i2, n)::text AS d, sum(n) * 0.125 AS mrr,
                           sum(churn) AS churn, nrr(i2, f8) AS nrr, quick_ratio(f8, i2) FILTER (WHERE n > 10) AS quick
                       FROM (SELECT mrr_movement(i2, f8) AS movement, 100 * i2 / nullif(n8, 0) AS churn, i2, f8, n
                             FROM (SELECT i2, tn::double precision AS f8, opening AS n, tn AS n8 FROM answers WHERE opening IS NOT NULL) a) a
                       GROUP BY 1""".replace("mrr_", "cskpi.mrr_").replace("nrr(", "cskpi.nrr(").replace("quick_", "cskpi.quick_"), db=db)
                self.assertEqual(db.run(f"""SET search_path = {path};
                    SELECT cskpi.churn_rate(8, 3.5), cskpi.churn_rate('8', 3.5), cskpi.closing_mrr(1, 2.5::real) OVER (),
                        cskpi.nrr(cskpi.rollup(s)) IS NOT NULL, count(DISTINCT s::text) FROM public.by_movement GROUP BY 1, 2"""),
                    [["43.75", "43.75", "2.5", "t", "5"]])


if __name__ == "__main__":
    main()
