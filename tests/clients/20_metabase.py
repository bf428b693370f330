#!/usr/bin/env -S python3 -B
"""A database as Metabase sees it: tests/clients/jdbc/Sync.java asks what that asks, as the role of docs/clients.md that only reads."""

import os
import pathlib
import secrets
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from lib.clients import jdbc, page
from lib.database import Database, SqlError
from lib.tap import main

ROLE = "t_bi"
# The types of the server's that Metabase has a type for, which are those of the columns of views of KPIs.
USABLE = {"text", "varchar", "numeric", "int2", "int4", "int8", "float8", "bool", "date", "timestamp", "timestamptz"}

SALES = """
CREATE SCHEMA sales; CREATE SCHEMA secret;
CREATE TABLE sales.customers (id bigint PRIMARY KEY, name text NOT NULL, since date);
CREATE TABLE sales.survey (id bigint, customer_id bigint REFERENCES sales.customers, score integer,
    answered_at timestamptz, took interval) PARTITION BY RANGE (answered_at);
CREATE TABLE sales.daily (day date PRIMARY KEY, scores survey_summary);
CREATE TABLE secret.salaries (id integer); CREATE TABLE sales.hidden (id integer);
COMMENT ON TABLE sales.survey IS 'Answers of customers'; COMMENT ON COLUMN sales.survey.score IS '0 to 10';
INSERT INTO sales.customers SELECT i, 'Customer ' || i, date '2025-01-01' + i FROM generate_series(1, 20) i;
CREATE VIEW sales.kpis AS
    SELECT date_trunc('month', answered_at, 'UTC')::date AS month, nps(score) AS nps, csat(score, 9) AS csat, responses(score) AS responses,
           extract(epoch FROM median_duration(took)) / 60 AS median_minutes, nps_class(avg(score)) AS class, nps(score) > 0 AS good
    FROM sales.survey GROUP BY 1;
COMMENT ON VIEW sales.kpis IS 'KPIs by month'; COMMENT ON COLUMN sales.kpis.nps IS 'Promoters minus detractors';
CREATE VIEW sales.raw AS SELECT nps_ci(score) AS nps_ci, median_duration(took) AS median, survey_agg(score) AS scores FROM sales.survey;
"""
# January has 600 answers of which half are 10 and half 7, February 400 of which all are 3. More than one fetch of 500 rows.
ROWS = """
CREATE TABLE sales.survey_2026 PARTITION OF sales.survey FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
INSERT INTO sales.survey SELECT i, 1 + i % 20, CASE WHEN i % 2 = 0 THEN 10 ELSE 7 END, timestamptz '2026-01-01' + i * interval '1 hour', '6 minutes'
    FROM generate_series(1, 600) i;
INSERT INTO sales.survey SELECT i, 1 + i % 20, 3, timestamptz '2026-02-01' + i * interval '1 hour', '30 minutes' FROM generate_series(1, 400) i;
INSERT INTO sales.daily SELECT answered_at::date, survey_agg(score) FROM sales.survey GROUP BY 1;
CREATE MATERIALIZED VIEW sales.kpis_kept AS SELECT * FROM sales.kpis;
COMMENT ON MATERIALIZED VIEW sales.kpis_kept IS 'KPIs, kept';
"""
FOREIGN = """
CREATE EXTENSION postgres_fdw;
CREATE SERVER here FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '{host}', port '{port}', dbname 't_metabase');
CREATE USER MAPPING FOR PUBLIC SERVER here OPTIONS (user 'postgres', password_required 'false');
CREATE FOREIGN TABLE sales.elsewhere (id bigint, name text) SERVER here OPTIONS (schema_name 'sales', table_name 'customers');
CREATE FOREIGN TABLE sales.forbidden (id integer) SERVER here OPTIONS (schema_name 'sales', table_name 'hidden');
"""
QUESTIONS = [
    # As its editor groups by month, in the zone of the session.
    ("by month", """SELECT CAST(DATE_TRUNC('month', "sales"."survey"."answered_at") AS date) AS "answered_at", AVG(nps_points("sales"."survey"."score")) AS "avg"
        FROM "sales"."survey" GROUP BY CAST(DATE_TRUNC('month', "sales"."survey"."answered_at") AS date) ORDER BY 1 ASC"""),
    ("of a view", """SELECT DATE_TRUNC('month', "sales"."kpis"."month")::date AS "month", SUM("sales"."kpis"."responses") AS "sum", AVG("sales"."kpis"."nps") AS "avg"
        FROM "sales"."kpis" WHERE "sales"."kpis"."nps" > 0 GROUP BY 1 ORDER BY 1"""),
    ("kept", """SELECT "sales"."kpis_kept"."month", "sales"."kpis_kept"."median_minutes" FROM "sales"."kpis_kept" ORDER BY 1"""),
    ("catalog", """SELECT "public"."kpi_catalog"."name" AS "name", COUNT(*) AS "count" FROM "public"."kpi_catalog" WHERE "public"."kpi_catalog"."name" = ? GROUP BY "public"."kpi_catalog"."name" ORDER BY 1""", "nps"),
    ("native", "SELECT name, nps(score), csat(score, ?::numeric), median_duration(took) FROM sales.survey JOIN sales.customers c ON c.id = customer_id WHERE name = ? GROUP BY 1", "9", "Customer 2"),
    ("escaped", "SELECT '{\"nps\": 1}'::jsonb ?? 'nps' AS has, kpi_band('nps', 65)"),
    ("summary", "SELECT nps(rollup(scores)) FROM sales.daily"),
    ("raw", "SELECT * FROM sales.raw"),
    # Its rows come through the cursor in several fetches.
    ("all", "SELECT count(*) FROM (SELECT nps_points(score) FROM sales.survey) s"),
]


class Metabase(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.db = Database("t_metabase")
        cls.db.run(SALES + ROWS)
        cls.foreign = cls.db.value("SELECT count(*) FROM pg_available_extensions WHERE name = 'postgres_fdw'") == "1"
        if cls.foreign:
            cls.db.run(FOREIGN.format(host=os.environ["PGHOST"], port=os.environ["PGPORT"]))
        cls.password = secrets.token_hex(16)
        jdbc.forget(ROLE)
        grants, = page.blocks("sql")
        for ours, theirs in [("change me", cls.password), (" bi", f" {ROLE}"), (" shop", " t_metabase")]:
            if ours not in grants:
                raise AssertionError(f"docs/clients.md no longer says '{ours}'")
            grants = grants.replace(ours, theirs)
        cls.db.run("REVOKE ALL ON DATABASE t_metabase FROM PUBLIC;" + grants + f"REVOKE ALL ON sales.hidden FROM {ROLE};"
                   + (f"REVOKE ALL ON sales.forbidden FROM {ROLE}" if cls.foreign else ""))
        cls.found = cls.sync()

    @classmethod
    def tearDownClass(cls):
        cls.db.drop()
        jdbc.forget(ROLE)

    @classmethod
    def sync(cls):
        """What the program prints, by the word that its lines begin with."""
        jdbc.HOME.mkdir(parents=True, exist_ok=True)
        questions = jdbc.HOME / "questions.tsv"
        questions.write_text("".join("\t".join(" ".join(cell.split()) for cell in question) + "\n" for question in QUESTIONS))
        found = {}
        login = jdbc.Login("t_metabase", ROLE, cls.password)
        for line in login.java("Sync", login.url(), questions).splitlines():
            word, *cells = [None if cell == "\\N" else cell for cell in line.split("\t")]
            found.setdefault(word, []).append(cells)
        return found

    def columns(self, schema, table):
        return {name: (type_, kind, remarks) for s, t, name, type_, kind, remarks, _ in self.found["column"] if (s, t) == (schema, table)}

    def test_schemas(self):
        self.assertEqual(self.found["timezone"], [["Europe/Berlin"]])
        self.assertEqual({row[0] for row in self.found["schema"]}, {"public", "sales", "secret"})

    def test_relations_with_their_kind_and_comment(self):
        wanted = {("customers", "TABLE", None, "true"), ("survey", "PARTITIONED TABLE", "Answers of customers", "true"), ("survey_2026", "TABLE", None, "true"),
                  ("daily", "TABLE", None, "true"), ("hidden", "TABLE", None, "false"), ("kpis", "VIEW", "KPIs by month", "true"), ("raw", "VIEW", None, "true"),
                  ("kpis_kept", "MATERIALIZED VIEW", "KPIs, kept", "true")}
        if self.foreign:
            wanted |= {("elsewhere", "FOREIGN TABLE", None, "true"), ("forbidden", "FOREIGN TABLE", None, "false")}
            self.assertEqual(self.found["refused"], [["sales", "forbidden", "42501"]])
        self.assertEqual({tuple(row[1:]) for row in self.found["relation"] if row[0] == "sales"}, wanted)
        self.assertEqual({tuple(row[1:]) for row in self.found["table"] if row[0] == "sales"}, {row[:3] for row in wanted})

    def test_the_tables_of_the_extension_are_seen_and_explained(self):
        seen = {row[1]: row for row in self.found["relation"] if row[0] == "public"}
        for name in ["kpi_catalog", "kpi_targets"]:
            self.assertEqual(seen[name][2::2], ["TABLE", "true"])
            self.assertTrue(seen[name][3])
            columns = self.columns("public", name)
            self.assertGreater(len(columns), 6)
            self.assertEqual([column for column, (_, _, remarks) in columns.items() if not remarks], [])
        self.assertEqual(self.columns("public", "kpi_targets")["duration"][:2], ("interval", "OTHER"))

    def test_the_role_reads_and_nothing_else(self):
        self.assertNotIn("writable", self.found)
        self.assertEqual({row[0] for row in self.found["relation"] if row[4] == "true"}, {"public", "sales"})
        for sql in ["INSERT INTO sales.daily VALUES (now(), NULL)", "DELETE FROM kpi_targets", "CREATE TABLE sales.x ()", "CREATE TABLE public.x ()",
                    "SELECT * FROM secret.salaries", "SELECT * FROM sales.hidden"]:
            with self.subTest(sql=sql), self.assertRaises(SqlError) as raised:
                self.db.run(f"SET ROLE {ROLE}; SET default_transaction_read_only = off; {sql}")
            self.assertEqual(raised.exception.sqlstate, "42501")

    def test_columns(self):
        kpis = self.columns("sales", "kpis")
        self.assertEqual({name: cells[:2] for name, cells in kpis.items()}, {
            "month": ("date", "DATE"), "nps": ("numeric", "NUMERIC"), "csat": ("numeric", "NUMERIC"), "responses": ("int8", "BIGINT"),
            "median_minutes": ("numeric", "NUMERIC"), "class": ("text", "VARCHAR"), "good": ("bool", "BIT")})
        self.assertEqual(kpis["nps"][2], "Promoters minus detractors")
        # A materialized view has the same, in both ways of asking.
        self.assertEqual({name: cells[:2] for name, cells in self.columns("sales", "kpis_kept").items()}, {name: cells[:2] for name, cells in kpis.items()})
        fields = {(s, t, name): (type_, remarks) for s, t, name, type_, remarks in self.found["field"]}
        for table in ["kpis", "kpis_kept"]:
            self.assertEqual({name: cells[0] for (s, t, name), cells in fields.items() if (s, t) == ("sales", table)}, {n: c[0] for n, c in kpis.items()})
        self.assertEqual(fields["sales", "survey", "score"], ("int4", "0 to 10"))
        # What it has no type for: the page says so.
        self.assertEqual({name: cells[:2] for name, cells in self.columns("sales", "raw").items()},
                         {"nps_ci": ("numrange", "OTHER"), "median": ("interval", "OTHER"), "scores": ("survey_summary", "OTHER")})

    def test_keys(self):
        self.assertIn(["sales", "customers", "id"], self.found["key"])
        self.assertIn(["public", "kpi_catalog", "name"], self.found["key"])
        self.assertIn(["sales", "survey", "customer_id", "customers", "id"], self.found["reference"])

    def test_samples_of_everything_that_it_may_read(self):
        samples = {(s, t): tuple(map(int, rest)) for s, t, *rest in self.found["sample"]}
        self.assertEqual(set(samples), {(row[0], row[1]) for row in self.found["relation"] if row[4] == "true"})
        # Columns, rows, values that are not NULL, and what count(*) says.
        self.assertEqual(samples["sales", "survey"], (5, 1000, 5000, 1000))
        self.assertEqual(samples["sales", "kpis"], (7, 2, 14, 2))
        self.assertEqual(samples["sales", "raw"], (3, 1, 3, 1))
        days = int(self.db.value("SELECT count(*) FROM sales.daily"))
        self.assertEqual(samples["sales", "daily"], (2, days, 2 * days, days))
        self.assertGreater(samples["public", "kpi_catalog"][1], 100)

    def test_answers(self):
        got = {}
        for name, *cells in self.found["answer"]:
            got.setdefault(name, []).append(cells)
        # 300 times 100 and 300 times 0; 400 times -100.
        self.assertEqual([[month, float(points)] for month, points in got["by month"]], [["2026-01-01", 50.0], ["2026-02-01", -100.0]])
        self.assertEqual([[month, count, float(nps)] for month, count, nps in got["of a view"]], [["2026-01-01", "600", 50.0]])
        self.assertEqual([[month, float(minutes)] for month, minutes in got["kept"]], [["2026-01-01", 6.0], ["2026-02-01", 30.0]])
        self.assertEqual(got["catalog"], [["nps", "1"]])
        # Customer 2 has every twentieth answer: 30 sevens of January, as its numbers are odd, and 20 threes.
        (name, nps, csat, median), = got["native"]
        self.assertEqual((name, float(nps), float(csat)), ("Customer 2", -40.0, 0.0))
        self.assertIn("6 mins", median)
        self.assertEqual(got["escaped"], [["true", "excellent"]])
        # 300 promoters less 400 detractors, of 1000.
        self.assertEqual(got["summary"], [["-10"]])
        self.assertEqual(got["all"], [["1000"]])
        self.assertEqual(len(got["raw"][0]), 3)
        self.assertIn('{"version":1,"scores":{"3":400,"7":300,"10":300}}', got["raw"][0])

    def test_views_of_kpis_have_only_types_that_it_knows(self):
        known = [(t, name, type_) for s, t, name, type_, *_ in self.found["column"] if s == "sales" and t in ("kpis", "kpis_kept")]
        self.assertEqual(len(known), 14)
        self.assertEqual([row for row in known if row[2] not in USABLE], [])


if __name__ == "__main__":
    main()
