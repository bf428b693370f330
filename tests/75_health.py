#!/usr/bin/env -S python3 -B
"""Health scores whose weights differ by row, by call and by execution; metrics and weights of any size;
why a score is what it is, as rows; bands of targets in plans and prepared statements."""

import unittest

from lib.answers import differences
from lib.database import Database
from lib.tap import main

SERIAL = "SET max_parallel_workers_per_gather = 0"
PARALLEL = """SET max_parallel_workers_per_gather = 2; SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0; SET parallel_leader_participation = off"""
MODES = ["force_custom_plan", "force_generic_plan", "auto"]
CUSTOMERS = 20_000

# A hundred segments, each with its weights: more than a query remembers at a time. Those of some are
# long. Each weight is there as a number, too, for plain SQL.
TABLES = f"""
CREATE TABLE segments AS
SELECT segment, w.*, most, worst, free_points,
    jsonb_build_object('nps', w_nps, 'logins', jsonb_build_object('weight', w_logins, 'min', 0, 'max', most),
        'tickets', jsonb_build_object('weight', w_tickets, 'min', worst, 'max', 0), 'paying', w_paying,
        'plan', jsonb_build_object('weight', w_plan, 'map', jsonb_build_object('free', free_points, 'pro', 70.5, 'team 👥', 100)
            || CASE WHEN segment % 9 = 0 THEN (SELECT jsonb_object_agg(md5(segment || ' ' || i), i % 101) FROM generate_series(1, 100 + segment) i) ELSE '{{}}' END),
        'usage.depth', w_depth, 'unknown', 0) AS weights
FROM generate_series(0, 99) segment
CROSS JOIN LATERAL (SELECT segment * 7 % 5 AS w_nps, (segment * 3 % 11) * 0.25 AS w_logins, 1 + segment % 2 * 0.001 AS w_tickets, segment * 13 % 4 * 1.50 AS w_plan,
    segment / 10 AS w_paying, CASE WHEN segment = 42 THEN 0 ELSE 1000000 / (1 + segment) END AS w_depth) w
CROSS JOIN LATERAL (SELECT (ARRAY[10, 20, 25, 40, 64])[1 + segment % 5] AS most, (ARRAY[4, 8, 5])[1 + segment % 3] AS worst, segment % 50 AS free_points) s;
CREATE TABLE customers AS
SELECT id, r[1] % 100 AS segment, nps, logins, tickets, plan, paying, depth,
    CASE WHEN id % 97 = 0 THEN NULL WHEN id % 101 = 0 THEN 'null' ELSE
        CASE id % 2 WHEN 0 THEN jsonb_strip_nulls(metrics) ELSE metrics END END AS metrics
FROM generate_series(1, {CUSTOMERS}) id
CROSS JOIN LATERAL (SELECT array_agg(abs(hashint8extended(id, seed)) ORDER BY seed) AS r FROM generate_series(1, 6) seed) random
CROSS JOIN LATERAL (SELECT CASE WHEN r[2] % 5 > 0 THEN r[2] / 5 % 1001 * 0.10 END AS nps, CASE WHEN r[3] % 7 > 0 THEN r[3] / 7 % 90 - 10 END AS logins,
    CASE WHEN r[4] % 6 > 0 THEN r[4] / 6 % 11 END AS tickets, (ARRAY['free', 'pro', 'team 👥', NULL])[1 + r[5] % 4] AS plan,
    (ARRAY[true, false, NULL])[1 + r[5] / 4 % 3] AS paying, CASE WHEN r[6] % 3 > 0 THEN r[6] / 3 % 10000001 * 0.00001 END AS depth) m
CROSS JOIN LATERAL (SELECT jsonb_build_object('nps', nps, 'logins', logins, 'tickets', tickets, 'plan', plan, 'paying', paying,
    'usage', CASE WHEN depth IS NOT NULL OR id % 3 = 0 THEN jsonb_build_object('depth', depth, 'nps', 7) END, 'zone', 'Europe/Berlin') AS metrics) j;
CREATE TABLE plain AS
SELECT id, CASE WHEN metrics <> 'null' THEN round(sum(w * points)::numeric(60, 40) / nullif(sum(w) FILTER (WHERE points IS NOT NULL), 0), 10) END AS score,
    CASE WHEN metrics <> 'null' THEN round(100 * coalesce(sum(w) FILTER (WHERE points IS NOT NULL), 0)::numeric(60, 40) / sum(w), 10) END AS covered,
    CASE WHEN metrics <> 'null' THEN 7 ELSE 0 END AS parts
FROM customers JOIN segments USING (segment)
CROSS JOIN LATERAL (VALUES (w_nps, nps), (w_logins, CASE WHEN logins IS NOT NULL THEN least(greatest(100.0 * logins / most, 0), 100) END),
    (w_tickets, CASE WHEN tickets IS NOT NULL THEN greatest(100 - 100.0 * tickets / worst, 0) END),
    (w_plan, CASE plan WHEN 'free' THEN free_points WHEN 'pro' THEN 70.5 WHEN 'team 👥' THEN 100 END),
    (w_paying, CASE WHEN paying THEN 100 WHEN NOT paying THEN 0 END), (w_depth, depth)) v(w, points)
GROUP BY id, metrics;
CREATE INDEX ON customers (segment); CREATE INDEX ON segments (segment); ANALYZE customers, segments, plain;
"""
BOTH = "round(health_score(metrics, weights), 10) AS score, round(health_coverage(metrics, weights), 10) AS covered"
JOINED = "customers JOIN segments USING (segment)"
PLAIN = "SELECT id, score, covered FROM plain"
# All that a breakdown promises of its sums.
SUMS = """count(*) AS n, sum(contribution) AS score, 100 - sum(lost) AS kept, sum(weight_used) AS used, min(coverage) AS low, max(coverage) AS high"""
PROMISED = "CASE WHEN metrics <> 'null' THEN 7 ELSE 0 END AS n, s AS score, s AS kept, CASE WHEN s IS NOT NULL THEN 100 END AS used, c AS low, c AS high"
EXPECTED = f"""SELECT id, {PROMISED} FROM {JOINED}
    CROSS JOIN LATERAL (SELECT health_score(metrics, weights) AS s, health_coverage(metrics, weights) AS c OFFSET 0) k"""


class Health(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.db = Database("t_health")
        cls.db.run(f"{SERIAL}; {TABLES}")

    @classmethod
    def tearDownClass(cls):
        cls.db.drop()

    def same(self, left, right, exact=False):
        self.assertEqual(differences(self.db, left, right, exact), [])

    def made(self, query, settings, *in_plan):
        """A table of what a query gives by a plan with these words."""
        plan = self.db.plan(query, settings)
        for words in in_plan:
            self.assertIn(words, plan)
        self.db.run(f"{settings}; DROP TABLE IF EXISTS made; CREATE TABLE made AS {query}")
        return "TABLE made"

    def test_the_rows_are_worth_it(self):
        self.assertEqual(self.db.run(f"""SELECT (SELECT count(DISTINCT weights) FROM segments), (SELECT max(length(weights::text)) > 5000 FROM segments),
            count(*) FILTER (WHERE score IS NULL) BETWEEN 300 AND 3000, count(*) FILTER (WHERE covered = 100) > 500, count(*) FILTER (WHERE covered = 0 AND score IS NULL) > 0,
            count(*) FILTER (WHERE score = 0) > 0, count(*) FILTER (WHERE score = 100) > 0, count(DISTINCT score) > {CUSTOMERS // 2}
            FROM plain"""), [["100", "t", "t", "t", "t", "t", "t", "t"]])

    def test_weights_of_another_table_in_every_join(self):
        query = f"SELECT id, {BOTH} FROM {JOINED}"
        for kind, settings in {
                "Hash Join": "SET enable_mergejoin = off; SET enable_nestloop = off",
                "Merge Join": "SET enable_hashjoin = off; SET enable_nestloop = off; SET enable_indexscan = off; SET enable_bitmapscan = off",
                "Nested Loop": "SET enable_hashjoin = off; SET enable_mergejoin = off; SET enable_memoize = off"}.items():
            with self.subTest(join=kind):
                self.same(self.made(query, f"{SERIAL}; {settings}", kind), PLAIN)
            with self.subTest(join=kind, workers=2):
                self.same(self.made(query, f"{PARALLEL}; {settings}", kind, "Workers Planned: 2"), PLAIN)
        with self.subTest(join="Memoize"):
            self.same(self.made(query.replace("JOIN", "LEFT JOIN"), f"{SERIAL}; SET enable_hashjoin = off; SET enable_mergejoin = off", "Memoize"), PLAIN)

    def test_weights_in_any_order_of_rows(self):
        """Each row has others than the one before; or many rows have the same; 64, 65 and 100 in turn."""
        for order in ["id", "segment", "weights", "metrics", "hashint4(id)"]:
            with self.subTest(order=order):
                self.same(f"SELECT id, {BOTH} FROM (SELECT id, metrics, weights FROM {JOINED} ORDER BY {order} OFFSET 0) o", PLAIN)
        for some in [64, 65, 100]:
            with self.subTest(weights=some):
                rows = f"(SELECT id, metrics, weights FROM {JOINED} WHERE segment < {some} ORDER BY row_number() OVER (PARTITION BY segment ORDER BY id), segment OFFSET 0)"
                self.same(f"SELECT id, {BOTH} FROM {rows} o", f"{PLAIN} WHERE id IN (SELECT id FROM customers WHERE segment < {some})")
        # None twice.
        self.assertEqual(self.db.run("""SELECT count(*), count(DISTINCT w), count(*) FILTER (WHERE round(health_score('{"a": 10, "b": 90.5}', w), 9)
                = round((10 * i + 90.5 * 0.5) / (i + 0.5), 9) AND health_coverage('{"a": 1}', w) = health_coverage('{"a": 0}', w))
            FROM (SELECT i, jsonb_build_object('a', i, 'b', 0.5) AS w FROM generate_series(1, 5000) i) w"""), [["5000", "5000", "5000"]])

    def test_scores_that_are_grouped_and_sorted(self):
        grouped = "SELECT segment, count({0}) AS n, min({0}) AS worst, max({0}) AS best, band_customers(health_agg({0}), 'red') AS red FROM {1} GROUP BY segment"
        expected = grouped.format("score", "(SELECT segment, score FROM plain JOIN customers USING (id)) p").replace(
            "band_customers(health_agg(score), 'red')", "count(*) FILTER (WHERE score < 51)")
        query = grouped.format("round(health_score(metrics, weights), 10)", JOINED)
        self.same(self.made(query, f"{SERIAL}; SET enable_sort = off", "HashAggregate"), expected)
        self.same(self.made(query, f"{SERIAL}; SET enable_hashagg = off", "GroupAggregate"), expected)
        self.same(self.made(query, PARALLEL, "Partial HashAggregate", "Finalize", "Workers Planned: 2"), expected)
        self.assertEqual(self.db.run(f"SELECT id FROM {JOINED} ORDER BY round(health_score(metrics, weights), 10) DESC NULLS LAST, id LIMIT 50"),
                         self.db.run("SELECT id FROM plain ORDER BY score DESC NULLS LAST, id LIMIT 50"))
        self.same(f"""SELECT id, round(avg(health_score(metrics, weights)) OVER w, 6) AS a, min(round(health_score(metrics, weights), 10)) OVER w AS b
                      FROM {JOINED} WINDOW w AS (ORDER BY id ROWS 5 PRECEDING)""",
                  "SELECT id, round(avg(score) OVER w, 6) AS a, min(score) OVER w AS b FROM plain WINDOW w AS (ORDER BY id ROWS 5 PRECEDING)")

    def test_expression_indexes(self):
        weights = self.db.value("SELECT weights FROM segments WHERE segment = 37")
        score = f"health_score(metrics, '{weights}')"
        count = f"SELECT count(*) FROM customers WHERE {score} BETWEEN 20 AND 21"
        self.db.run(f"CREATE INDEX by_score ON customers ({score}) WHERE health_coverage(metrics, '{weights}') > 1")
        count += f" AND health_coverage(metrics, '{weights}') > 1"
        without = self.db.value(f"{SERIAL}; SET enable_indexscan = off; SET enable_bitmapscan = off; {count}")
        self.assertIn("by_score", self.db.plan(count, "SET enable_seqscan = off"))
        self.assertEqual(self.db.value(f"SET enable_seqscan = off; {count}"), without)
        self.assertGreater(int(without), 10)
        self.db.run("DROP INDEX by_score")

    def test_prepared_statements_with_weights_as_a_parameter(self):
        weights = dict(self.db.run("SELECT segment, weights FROM segments WHERE segment IN (9, 10, 42)"))
        for mode in MODES:
            with self.subTest(mode=mode):
                # Other weights each time, by the same plan; an error in between.
                calls = "; ".join(f"EXECUTE q('{weight}', {segment})" for segment, weight in weights.items())
                rows = self.db.run(f"""SET plan_cache_mode = {mode};
                    PREPARE q(jsonb, integer) AS SELECT count(*), sum(round(health_score(metrics, $1), 10)), sum(round(health_coverage(metrics, $1), 10)),
                        sum((SELECT count(*) FROM health_breakdown(metrics, $1))) FROM customers WHERE segment = $2;
                    {calls}; \\set ON_ERROR_STOP off\n EXECUTE q('{{"nps": -1}}', 9); \\set ON_ERROR_STOP on\n {f"{calls};" * 4}""")
                expected = [self.db.run(f"SELECT count(*), sum(score), sum(covered), sum(parts) FROM plain JOIN customers USING (id) WHERE segment = {segment}")[0]
                            for segment in weights]
                self.assertEqual(rows, expected * 5)

    def test_loops_of_a_procedure(self):
        """Each call site remembers for itself; errors that are caught leave it right."""
        self.db.run(f"""CREATE FUNCTION one_by_one() RETURNS TABLE (id integer, score numeric, covered numeric) LANGUAGE plpgsql AS $$
            DECLARE c record;
            BEGIN
                FOR c IN SELECT * FROM {JOINED} ORDER BY hashint4(customers.id) LOOP
                    id := c.id;
                    FOR attempt IN 1..2 LOOP
                        BEGIN
                            score := health_score(c.metrics, CASE WHEN attempt = 1 AND c.id % 10 = 0 THEN '{{"nps": -1}}' ELSE c.weights END);
                            IF attempt = 1 AND c.id % 7 = 0 THEN
                                covered := health_coverage('{{"nps": "many"}}', c.weights);
                            END IF;
                        EXCEPTION WHEN invalid_parameter_value THEN
                            score := -1;
                        END;
                    END LOOP;
                    score := round(score, 10);
                    covered := round(health_coverage(c.metrics, c.weights), 10);
                    RETURN NEXT;
                END LOOP;
            END $$""")
        self.same("SELECT * FROM one_by_one()", PLAIN)

    def test_long_metrics_wherever_they_are_kept(self):
        """Compressed, out of line, or both, with other keys before, between and behind."""
        random = "(SELECT string_agg(md5(id || ' ' || i), '') FROM generate_series(1, {}) i)"
        pads = {"short": "''", "2 kB": random.format(65), "compressed": "repeat('all the same ', 2000)", "9 kB": random.format(280), "100 kB": random.format(3200)}
        few = "id % 400 = 7"
        self.db.run("CREATE TABLE long (id integer, pad text, storage text, metrics jsonb) PARTITION BY LIST (storage)")
        for storage in ["plain", "main", "extended", "external"]:
            self.db.run(f"CREATE TABLE long_{storage} PARTITION OF long FOR VALUES IN ('{storage}'); ALTER TABLE long_{storage} ALTER metrics SET STORAGE {storage}")
        for pad, expression in pads.items():
            rows = f"""SELECT id, '{pad}', storage, CASE WHEN metrics <> 'null' THEN metrics || jsonb_build_object('a', {expression}, 'plam', {expression}, 'zz', {expression}) ELSE metrics END
                FROM customers, unnest(ARRAY['plain', 'main', 'extended', 'external']) storage
                WHERE {few} {"AND storage <> 'plain'" if pad in ["9 kB", "100 kB", "compressed"] else ""}"""
            self.db.run(f"INSERT INTO long {rows if pad != '100 kB' else rows + ' AND id % 5 = 2'}")
        # A thousand keys more.
        self.db.run(f"""INSERT INTO long SELECT id, 'keys', 'extended', metrics || (SELECT jsonb_object_agg(repeat(chr(97 + i % 26), 1 + i % 7) || i, i) FROM generate_series(1, 1000) i)
            FROM customers WHERE {few} AND id % 5 = 2 AND metrics <> 'null'""")
        self.assertEqual(self.db.run("""SELECT count(DISTINCT pad), max(pg_column_size(metrics)) > 200000, count(DISTINCT pg_column_compression(metrics)),
                count(*) FILTER (WHERE length(metrics::text) > 20000 AND pg_column_size(metrics) < 2000) > 50 FROM long"""), [["6", "t", "1", "t"]])
        weights = "long JOIN customers c USING (id) JOIN segments USING (segment)"
        self.same(f"SELECT pad, storage, id, {BOTH.replace('metrics', 'long.metrics')} FROM {weights}",
                  "SELECT pad, storage, id, score, covered FROM long JOIN plain USING (id)")
        for_all = "LEFT JOIN LATERAL health_breakdown({}.metrics, weights) b ON true GROUP BY pad, storage, id, weights"
        self.same(f"SELECT pad, storage, id, {SUMS} FROM {weights} {for_all.format('long')}",
                  f"SELECT pad, storage, id, {SUMS} FROM (SELECT id, pad, storage FROM {weights}) l JOIN {JOINED.replace('customers', 'customers c')} USING (id) {for_all.format('c')}")

    def test_breakdown_in_a_lateral_join(self):
        query = f"SELECT id, {SUMS} FROM {JOINED} CROSS JOIN LATERAL health_breakdown(metrics, weights) b GROUP BY id"
        expected = f"SELECT * FROM ({EXPECTED}) e WHERE n > 0"
        for settings, words in [(SERIAL, "Function Scan"), (PARALLEL, "Workers Planned: 2"), (f"{SERIAL}; SET enable_hashjoin = off; SET enable_mergejoin = off", "Nested Loop")]:
            with self.subTest(plan=words):
                self.same(self.made(query, settings, words), expected)
        self.same(f"SELECT id, count(metric) AS n FROM {JOINED} LEFT JOIN LATERAL health_breakdown(metrics, weights) b ON true GROUP BY id",
                  "SELECT id, parts AS n FROM plain")

    def test_breakdown_in_the_select_list(self):
        """The same rows in the same order as from a lateral join, also of two calls in step."""
        some = f"{JOINED} WHERE id % 10 = 3"
        columns = "metric, value, points, weight, weight_used, contribution, lost, coverage"
        call = f"LATERAL health_breakdown(metrics, weights) WITH ORDINALITY b({columns}, place)"
        lateral = f"SELECT id, place, to_jsonb(b) - 'place' AS part FROM {some.replace(' WHERE', f' CROSS JOIN {call} WHERE')}"
        listed = f"SELECT id, row_number() OVER (PARTITION BY id) AS place, to_jsonb(part) AS part FROM (SELECT id, health_breakdown(metrics, weights) AS part FROM {some}) p"
        self.same(listed, lateral)
        starred = f"""SELECT id, row_number() OVER (PARTITION BY id) AS place, to_jsonb(p) - 'id' AS part FROM (
            SELECT id, (health_breakdown(metrics, weights)).* FROM {some}) p"""
        self.same(starred, lateral)
        self.same(f"""SELECT id, count(*) AS n, count(a) AS a, count(b) AS b, sum(i) AS i FROM (
                SELECT id, health_breakdown(metrics, weights) AS a, health_breakdown(metrics, '{{"nps": 1}}') AS b, generate_series(1, 3) AS i
                FROM {some}) p GROUP BY id""",
                  """SELECT id, greatest(parts, 3) AS n, parts AS a, (parts > 0)::integer AS b, 6 AS i FROM plain WHERE id % 10 = 3""")

    def test_breakdown_with_limit(self):
        """The metric that costs most, of each customer; and the first rows of all."""
        ranked = f"SELECT id, metric, lost, row_number() OVER (PARTITION BY id ORDER BY lost DESC NULLS LAST, metric COLLATE \"C\") AS place FROM {JOINED}, health_breakdown(metrics, weights) b"
        self.same(f"SELECT id, metric, lost FROM {JOINED} CROSS JOIN LATERAL (SELECT metric, lost FROM health_breakdown(metrics, weights) LIMIT 2) b",
                  f"SELECT id, metric, lost FROM ({ranked}) r WHERE place <= 2")
        for query in [f"SELECT id, (health_breakdown(metrics, weights)).metric FROM (SELECT * FROM {JOINED} ORDER BY id) o",
                      f"SELECT id, metric FROM (SELECT * FROM {JOINED} ORDER BY id) o, health_breakdown(metrics, weights)"]:
            with self.subTest(query=query):
                everything = self.db.run(query)
                for limit, offset in [(1, 0), (10, 3), (7, 700), (5, len(everything) - 2), (0, 0)]:
                    self.assertEqual(self.db.run(f"{query} LIMIT {limit} OFFSET {offset}"), everything[offset:offset + limit])

    def test_breakdown_in_a_cursor(self):
        query = f"SELECT id, metric, lost FROM {JOINED}, health_breakdown(metrics, weights) WHERE id BETWEEN 90 AND 110 ORDER BY id, metric"
        listed = f"SELECT id, (health_breakdown(metrics, weights)).metric FROM (SELECT * FROM {JOINED} WHERE id BETWEEN 90 AND 110 ORDER BY id) o"
        plain = "SELECT id, metric, lost FROM health_breakdown('{\"a\": 1, \"b\": 40, \"c\": 3}', '{\"a\": 1, \"b\": 2, \"c\": 3, \"d\": 4}'), (VALUES (1)) v(id)"
        for query in [query, listed, plain]:
            rows = self.db.run(query)
            last = len(rows)
            for hold in ["", "WITH HOLD"]:
                with self.subTest(query=query, hold=hold):
                    moves = [("FIRST", rows[:1]), ("NEXT", rows[1:2]), ("PRIOR", rows[:1]), ("FORWARD 2", rows[1:3]), ("BACKWARD 2", rows[1::-1]), ("LAST", rows[-1:]),
                             ("BACKWARD ALL", rows[-2::-1]), ("ALL", rows), ("NEXT", []), ("PRIOR", rows[-1:]), ("ABSOLUTE 3", rows[2:3]), (f"ABSOLUTE {last}", rows[-1:]),
                             ("RELATIVE -2", rows[-3:-2]), ("ABSOLUTE 0", []), ("NEXT", rows[:1])]
                    found = self.db.run(f"""BEGIN; DECLARE c SCROLL CURSOR {hold} FOR {query}; {"COMMIT;" if hold else ""}
                        {" ".join(f"FETCH {move} FROM c; SELECT '--';" for move, _ in moves)} CLOSE c; {"" if hold else "ROLLBACK;"}""")
                    expected = [row for _, part in moves for row in [*part, ["--"]]]
                    self.assertEqual(found, expected)
        # Left in the middle, by an end or an error.
        self.assertEqual(self.db.run(f"BEGIN; DECLARE c CURSOR FOR {listed}; MOVE 5 IN c; COMMIT; SELECT 1"), [["1"]])
        self.assertEqual(self.db.sqlstate(f"SELECT (health_breakdown(metrics, CASE WHEN id = 77 THEN '[]' ELSE weights END)).* FROM {JOINED}"), "22023")

    def test_memory_does_not_grow(self):
        """Between the 20,000th and the 100,000th row, with more weights than are remembered."""
        self.db.run(r"""CREATE FUNCTION kb_used() RETURNS bigint VOLATILE LANGUAGE SQL AS
            $$ SELECT (regexp_match(pg_read_file('/proc/self/status'), 'RssAnon:\s+(\d+)'))[1]::bigint $$""")
        metrics = "jsonb_build_object('nps', i % 101, 'logins', i % 40, 'plan', 'pro', 'pad', repeat('x', i % 300))"
        rest = "\"logins\": {\"weight\": 1, \"min\": 0, \"max\": 30}, \"plan\": {\"weight\": 1, \"map\": {\"free\": 20, \"pro\": 80}}, \"none\": 3"
        weights = f"'{{{rest}}}'::jsonb || jsonb_build_object('nps', 1 + i % 97)"
        for name, query in {
                "score": "SELECT i, health_score({m}, {w}) FROM {rows}",
                "coverage": "SELECT i, health_coverage({m}, {w}) FROM {rows}",
                "lateral": "SELECT i, lost FROM (SELECT i, {m} AS m, {w} AS w FROM {rows} OFFSET 0) r, health_breakdown(m, w)",
                "listed": "SELECT i, (b).lost FROM (SELECT i, health_breakdown({m}, {w}) AS b FROM {rows} OFFSET 0) r",
                "bands": "SELECT i, health_band(i % 101, jsonb_build_object('a', 0, 'b', 1 + i % 97)) FROM {rows}"}.items():
            with self.subTest(call=name):
                rows = query.format(m=metrics, w=weights, rows="(SELECT generate_series(1, 100000) AS i) s")
                before, after = map(int, self.db.run(f"""SELECT min(kb), max(kb) FROM (
                    SELECT CASE WHEN i IN (20000, 100000) THEN kb_used() END AS kb, q.* FROM ({rows} OFFSET 0) q) k""")[0])
                self.assertLess(after - before, 1000, "kB")

    def test_bands_of_targets_in_plans(self):
        """Read for each row, in workers, too; a statement that is prepared sees what has changed."""
        query = "SELECT kpi_band('nps', nps - 10) AS band, kpi_target_met('csat', nps) AS met, count(*) AS n FROM customers WHERE kpi_band('csat', nps) <> 'good' OR id % 3 > 0 GROUP BY 1, 2"
        expected = """SELECT CASE WHEN nps > 80 THEN 'world-class' WHEN nps > 60 THEN 'excellent' WHEN nps > 10 THEN 'good' WHEN nps <= 10 THEN 'below target' END AS band,
            nps > 70 AS met, count(*) AS n FROM customers WHERE nps <= 70 OR id % 3 > 0 GROUP BY 1, 2"""
        self.same(self.made(query, SERIAL), expected)
        self.same(self.made(query, PARALLEL, "Filter: ((kpi_band", "Workers Planned: 2"), expected)
        for mode in MODES:
            with self.subTest(mode=mode):
                execute = "EXECUTE q(42.5, '');" * 7 + "EXECUTE q(42.5, 'chat');"
                rows = self.db.run(f"""SET plan_cache_mode = {mode}; BEGIN; PREPARE q(numeric, text) AS SELECT kpi_band('nps', $1, $2), kpi_target_met('nps', $1, $2);
                    {execute} INSERT INTO kpi_targets (kpi, channel, band, comparison, value, is_target) VALUES ('nps', '', 'fine', '>', 40, false), ('nps', '', 'ours', '>=', 42.6, true),
                        ('nps', 'Chat', 'quick', '>', 42, true); {execute} ROLLBACK; {execute}""")
                before, after = [["good", "t"]] * 8, [["fine", "f"]] * 7 + [["quick", "t"]]
                self.assertEqual(rows, [*before, *after, *before])


if __name__ == "__main__":
    main()
