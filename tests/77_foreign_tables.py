#!/usr/bin/env -S python3 -B
"""postgres_fdw: with the option extensions 'pg_cskpi' the other server computes our aggregates and
functions, without it this one does; the results are those of a local table with the same rows."""

import os
import re
import unittest

from lib.answers import differences, table
from lib.database import Database
from lib.states import aggregates, argument, expression
from lib.tap import main

CONSTANT = re.compile(r"(?:timestamptz )?('[^']*'|[\d.]+)")
FUNCTIONS = """
SELECT p.oid::regprocedure, p.proname, p.provolatile,
       ARRAY(SELECT 'of_' || t::oid || '::' || format_type(t, NULL) FROM unnest(p.proargtypes) WITH ORDINALITY u(t, n) ORDER BY n)
FROM pg_proc p JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
JOIN pg_extension e ON e.oid = d.refobjid AND extname = 'pg_cskpi'
WHERE p.prokind = 'f' AND p.pronargs > 0 AND p.proconfig IS NULL AND NOT p.proretset AND p.prorettype NOT IN ('internal'::regtype, 'cstring'::regtype, 'trigger'::regtype)
  -- Nor what only functions of ours call.
  AND NOT p.proargtypes::oid[] && ARRAY['internal'::regtype, 'cstring'::regtype, 'kpi_targets[]'::regtype]::oid[]
ORDER BY 1
"""


def servers(remote):
    where = f"host '{os.environ['PGHOST']}', port '{os.environ['PGPORT']}', dbname '{remote}', fdw_tuple_cost '10', fdw_startup_cost '0'"
    return "CREATE EXTENSION postgres_fdw;" + "".join(
        f"""CREATE SERVER {name} FOREIGN DATA WRAPPER postgres_fdw OPTIONS ({where}{option});
            CREATE USER MAPPING FOR CURRENT_USER SERVER {name} OPTIONS (user 'postgres');
            CREATE SCHEMA {name};"""
        for name, option in [("shipping", ", extensions 'pg_cskpi', async_capable 'true'"), ("plain", "")])


class Arguments:
    """A table with a column for everything that the aggregates take, so that nothing but ours is between
    a foreign table and its aggregate."""

    def __init__(self, found):
        self.columns = {}
        self.of = {a: ", ".join(map(self.argument, a.names, a.types)) for a in found}

    def call(self, a, before="", after=""):
        return f"{a.name}({before}{self.of[a]}{after})"

    def argument(self, name, type_):
        value = expression(name, type_, {})
        constant = CONSTANT.fullmatch(value)
        if constant:
            return f"({constant.group(1)})::{type_}"
        # Nobody has columns of kpi_number.
        value = f"({value})::numeric" if type_ == "kpi_number" else argument(name, type_, {})
        column = self.columns.setdefault(value, f"c{len(self.columns)}")
        return f"{column}::{type_}" if type_ == "kpi_number" else column

    @staticmethod
    def of_literal_text(a):
        """Text is ordered and compared by a collation, and postgres_fdw ships a call that might only if the
        collation is that of a foreign column. So these stay here."""
        return any(type_ == "text" and CONSTANT.fullmatch(expression(name, type_, {})) for name, type_ in zip(a.names, a.types))

    def table(self, name):
        columns = ", ".join(f"{value} AS {column}" for value, column in self.columns.items())
        return f"CREATE TABLE {name} AS SELECT id, channel, rep, day, i4, tn, health, hit, at, ended, comment, {columns} FROM answers;"


class ForeignTables(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.remote, cls.db = Database("t_foreign_remote"), Database("t_foreign")
        cls.available = cls.db.value("SELECT count(*) FROM pg_available_extensions WHERE name = 'postgres_fdw'") == "1"
        if not cls.available:
            return
        cls.aggregates = [a for a in aggregates(cls.db) if not a.refuses]
        cls.arguments = Arguments(cls.aggregates)
        cls.functions = cls.db.run(FUNCTIONS)
        for db in (cls.remote, cls.db):
            db.run(table(2_000) + cls.arguments.table("arguments") + """
                CREATE TABLE daily AS SELECT rep, day, survey_agg(tn) AS scores, rate_agg(hit) AS hits, duration_agg(at, ended) AS times
                FROM answers GROUP BY rep, day; CREATE TABLE copied (LIKE daily); ANALYZE arguments (id, channel, rep)""")
        types = dict(argument[1:-1].split("::") for row in cls.functions for argument in re.findall(r'"[^"]*"', cls.quoted(row[3])))
        columns = ", ".join(f"{column} {type_}" for column, type_ in types.items())
        cls.remote.run(f"""CREATE TABLE things ({columns});
            CREATE VIEW kpis AS SELECT rep, day, nps(scores) AS nps, fcr(hits) AS fcr, median_duration(times) AS median FROM daily;
            CREATE TABLE parts_0 AS SELECT * FROM arguments WHERE channel < 'channel 2';
            CREATE TABLE parts_1 AS SELECT * FROM arguments WHERE channel >= 'channel 2'""")
        cls.db.run(servers("t_foreign_remote") + "".join(
            f"IMPORT FOREIGN SCHEMA public LIMIT TO (arguments, daily, copied, kpis, things, parts_0, parts_1) FROM SERVER {name} INTO {name};"
            for name in ("shipping", "plain")) + """
            CREATE SCHEMA parted; CREATE TABLE parted.arguments (LIKE arguments) PARTITION BY RANGE (channel);
            ALTER TABLE parted.arguments ATTACH PARTITION shipping.parts_0 FOR VALUES FROM (MINVALUE) TO ('channel 2');
            ALTER TABLE parted.arguments ATTACH PARTITION shipping.parts_1 FOR VALUES FROM ('channel 2') TO (MAXVALUE)""")

    @classmethod
    def tearDownClass(cls):
        cls.db.drop()
        cls.remote.drop()

    def setUp(self):
        if not self.available:
            self.skipTest("this server has no postgres_fdw")

    @staticmethod
    def quoted(array):
        """An array as text, with all its elements in quotes."""
        return re.sub(r'(?<=[{,])([^",{}]+)(?=[,}])', r'"\1"', array)

    def explained(self, queries):
        """The plan of each query."""
        text = "\n".join(self.db.column("; ".join(f"SELECT '== next'; EXPLAIN (VERBOSE, COSTS OFF) {query}" for query in queries)))
        return text.split("== next\n")[1:]

    def calls(self):
        return ", ".join(f"{self.arguments.call(a)} AS {a.result_name}" for a in self.aggregates)

    def same(self, query):
        """The query, which says @ for the schema, gives by either server what it gives locally."""
        for schema in ["shipping", "plain"]:
            with self.subTest(schema=schema):
                self.assertEqual(differences(self.db, query.replace("@", schema), query.replace("@", "public"), exact=True), [])

    def explained_one(self, query, schema):
        return self.explained([query.replace("@", schema)])[0]

    def shipped(self, plan):
        """What is computed over there, if nothing is left to do here."""
        return plan.partition("Remote SQL: ")[2] if plan.startswith("Foreign Scan") and "Filter:" not in plan else ""

    def test_every_aggregate_is_shipped(self):
        self.assertGreater(len(self.aggregates), 250)
        for source, wanted in [("shipping", True), ("plain", False)]:
            plans = self.explained([f"SELECT channel, {self.arguments.call(a)} FROM {source}.arguments GROUP BY channel"
                                    for a in self.aggregates])
            self.assertEqual([a.signature for a, plan in zip(self.aggregates, plans, strict=True)
                              if (f".{a.name}(" in self.shipped(plan)) != (wanted and not self.arguments.of_literal_text(a))], [], source)

    def test_every_aggregate_equals_the_local_one(self):
        for rest in ["GROUP BY channel", "WHERE id % 3 = 0 GROUP BY ROLLUP (channel)"]:
            self.same(f"SELECT channel, {self.calls()} FROM @.arguments {rest}")
        self.same(f"SELECT {self.calls()} FROM @.arguments WHERE id < 0")

    def test_distinct_order_and_filter(self):
        for word, form in {"DISTINCT": ("DISTINCT ",), "ORDER BY": ("", " ORDER BY at DESC"), "FILTER": ("", ") FILTER (WHERE hit")}.items():
            with self.subTest(word=word):
                # DISTINCT sorts, and summaries have no order.
                chosen = [a for a in self.aggregates if word != "DISTINCT" or a.names != ["summary"]]
                calls = [self.arguments.call(a, *form) for a in chosen]
                plans = self.explained([f"SELECT channel, {call} FROM shipping.arguments GROUP BY channel" for call in calls])
                self.assertEqual([a.signature for a, plan in zip(chosen, plans, strict=True)
                                  if (word in self.shipped(plan)) == self.arguments.of_literal_text(a)], [])
                self.same(f"SELECT channel, {', '.join(f'{call} AS k{i}' for i, call in enumerate(calls))} FROM @.arguments GROUP BY channel")

    def test_every_immutable_function_is_shipped(self):
        for source in ["shipping", "plain"]:
            calls = [f"{name}({', '.join(re.findall(r'of_[0-9]+', types))})" for _, name, _, types in self.functions]
            plans = self.explained([f"SELECT FROM {source}.things WHERE {call} IS NOT NULL" for call in calls])
            found = {row[0] for row, plan in zip(self.functions, plans, strict=True) if self.shipped(plan)}
            wanted = {row[0] for row in self.functions if row[2] == "i" and source == "shipping"}
            self.assertEqual(found, wanted)

    def test_what_reads_targets_stays_here(self):
        """Because everybody has targets of their own. docs/operations.md names these functions."""
        self.assertEqual({row[1] for row in self.functions if row[2] == "s"}, {"kpi_band", "kpi_target", "kpi_target_duration", "kpi_target_met"})
        query = "SELECT rep, kpi_band('nps', nps(tn)) AS band, kpi_target_met('nps', nps(tn)) AS met FROM @.arguments GROUP BY rep"
        remote = self.explained_one(query, "shipping").partition("Remote SQL: ")[2]
        self.assertIn(".nps(", remote)
        self.assertNotIn("kpi_", remote)
        self.same(query)

    def test_conditions(self):
        stays = ["kpi_band('nps', tn) IS NOT NULL",
                 # As of_literal_text says.
                 "business_time(at, ended, '{\"mon\": [\"09:00-17:00\"]}', 'UTC') > '1 hour'", "nps_class(tn) = 'promoter'", "health_band(health, 'segments') = 'Healthy'"]
        for condition in [*stays, "nps_points(tn) = 100", "csat_points(i4, 4) = 100", "sentiment_label(comment) = 'negative'",
                          "within_sla(at, ended, '8 hours')", "sentiment(comment) > 0.5 AND hit"]:
            with self.subTest(condition=condition):
                query = f"SELECT id FROM @.arguments WHERE {condition}"
                self.assertEqual("Filter:" in self.explained_one(query, "shipping"), condition in stays)
                self.assertIn("Filter:", self.explained_one(query, "plain"))
                self.assertGreater(int(self.db.value(f"SELECT count(*) FROM ({query.replace('@', 'public')}) q")), 0)
                self.same(query)

    def test_having_and_joins(self):
        query = "SELECT rep, nps(tn) AS n FROM @.arguments GROUP BY rep HAVING responses(tn) > 40 AND nps(tn) < 0"
        self.assertIn("HAVING", self.shipped(self.explained_one(query, "shipping")))
        self.same(query)
        query = "SELECT a.channel, csat(b.tn, 5) AS c FROM @.arguments a JOIN @.arguments b USING (id) WHERE nps_points(a.tn) = 0 GROUP BY 1"
        self.assertIn(".csat(", self.shipped(self.explained_one(query, "shipping")))
        self.same(query)

    def test_foreign_partitions(self):
        settings = "SET enable_partitionwise_aggregate = on"
        queries = {rest: f"SELECT {{}} FROM parted.arguments {rest}" for rest in ["GROUP BY channel", "GROUP BY rep", ""]}
        plans = {rest: self.db.plan(query.format("nps(tn), median_duration(at, ended)"), settings) for rest, query in queries.items()}
        # Whole groups are made over there, parts of groups here: postgres_fdw sends no states.
        self.assertEqual(re.findall(r"Aggregate$", plans["GROUP BY channel"], re.M), [])
        self.assertEqual(plans["GROUP BY channel"].count("Async Foreign Scan"), 2, plans)
        self.assertIn("Partial", plans["GROUP BY rep"])
        for rest, query in queries.items():
            with self.subTest(rest=rest):
                query = query.format(f"{rest[9:] or 'NULL'} AS k, {self.calls()}")
                self.db.run(f"{settings}; DROP TABLE IF EXISTS merged; CREATE TABLE merged AS {query}")
                self.assertEqual(differences(self.db, "TABLE merged", query.replace("parted.", "public."), exact=True), [])

    def test_summaries_of_the_other_server(self):
        query = "SELECT rep, rollup(scores) AS s, nps(rollup(scores)) AS n, rate(rollup(hits)) AS r, median_duration(rollup(times)) AS m FROM @.daily GROUP BY rep"
        self.assertRegex(self.shipped(self.explained_one(query, "shipping")), r"\.rollup\(")
        self.assertNotIn("rollup", self.explained_one(query, "plain").partition("Remote SQL")[2])
        self.same(query)
        self.same("SELECT * FROM @.daily")
        self.same("SELECT * FROM @.daily WHERE scores = (SELECT min(scores::text)::survey_summary FROM public.daily)")

    def test_summaries_written_to_the_other_server(self):
        self.db.run("INSERT INTO shipping.copied SELECT * FROM daily; INSERT INTO copied SELECT * FROM daily")
        self.same("SELECT * FROM @.copied")
        self.db.run("""UPDATE shipping.copied SET scores = (SELECT rollup(scores) FROM daily) WHERE rep = 'rep 1';
            UPDATE copied SET scores = (SELECT rollup(scores) FROM daily) WHERE rep = 'rep 1'""")
        self.same("SELECT * FROM @.copied")

    def test_imported_views(self):
        self.db.run("CREATE VIEW kpis AS SELECT rep, day, nps(scores) AS nps, fcr(hits) AS fcr, median_duration(times) AS median FROM daily")
        self.same("SELECT * FROM @.kpis")


if __name__ == "__main__":
    main()
