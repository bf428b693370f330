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


class Looking(unittest.TestCase):
    """A database that the program has looked through."""

    @classmethod
    def tearDownClass(cls):
        cls.db.drop()
        jdbc.forget(ROLE)

    @classmethod
    def sync(cls, asked):
        """What the program prints, by the word that its lines begin with."""
        jdbc.HOME.mkdir(parents=True, exist_ok=True)
        questions = jdbc.HOME / "questions.tsv"
        questions.write_text("".join("\t".join(" ".join(cell.split()) for cell in question) + "\n" for question in asked))
        cls.found = {}
        login = jdbc.Login(cls.db.name, ROLE, cls.password)
        for line in login.java("Sync", login.url(), questions).splitlines():
            word, *cells = [None if cell == "\\N" else cell for cell in line.split("\t")]
            cls.found.setdefault(word, []).append(cells)

    def columns(self, schema, table):
        return {name: (type_, kind, remarks) for s, t, name, type_, kind, remarks, _ in self.found["column"] if (s, t) == (schema, table)}

    def answers(self):
        got = {}
        for name, *cells in self.found["answer"]:
            got.setdefault(name, []).append(cells)
        return got


class Metabase(Looking):
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
        cls.sync(QUESTIONS)

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
        got = self.answers()
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


# What create_kpi_views reads, and rows for two months: 3 promoters and 1 detractor in March, 1 and 1 in April.
SHOP = """
CREATE SCHEMA shop; CREATE SCHEMA reports; CREATE SCHEMA kept;
CREATE TABLE shop.survey_responses AS SELECT i AS respondent_id, 'nps' AS kind, score, at AS answered_at, 'Ana' AS rep, 'e-mail' AS channel, 'great' AS comment
    FROM (VALUES (1, 10, timestamptz '2026-03-02'), (2, 9, '2026-03-03'), (3, 10, '2026-03-04'), (4, 0, '2026-03-05'), (5, 9, '2026-04-02'), (6, 6, '2026-04-03')) v(i, score, at);
CREATE TABLE shop.tickets AS SELECT i AS ticket_id, at AS created_at, at + interval '1 hour' AS first_reply_at, at + interval '4 hours' AS resolved_at, 1 AS contacts,
    'Ana' AS rep, 'e-mail' AS channel FROM (VALUES (1, timestamptz '2026-03-02'), (2, '2026-04-02')) v(i, at);
CREATE TABLE shop.subscriptions AS SELECT i AS subscription_id, i AS customer_id, 30.0 AS amount, interval '1 month' AS billing_period, at AS started_at,
    ended AS ended_at FROM (VALUES (1, timestamptz '2026-02-02', NULL), (2, '2026-02-02', timestamptz '2026-04-10')) v(i, at, ended);
CREATE TABLE shop.orders AS SELECT 1 AS order_id, 1 AS customer_id, 9.5 AS amount, timestamptz '2026-03-02' AS ordered_at;
CREATE TABLE shop.expenses AS SELECT 'acquisition' AS kind, 100.0 AS amount, timestamptz '2026-03-02' AS spent_at;
CREATE TABLE shop.usage_events AS SELECT 1 AS customer_id, 7 AS user_id, timestamptz '2026-03-02' AS occurred_at;
CREATE TABLE shop.visits AS SELECT 1 AS visitor_id, timestamptz '2026-03-02' AS started_at, 2 AS pages_viewed, true AS converted;
CREATE TABLE shop.customer_metrics AS SELECT 1 AS customer_id, timestamptz '2026-03-02' AS as_of, jsonb '{"nps": 40}' AS metrics;
"""
VIEWS = {"kpi_overview", "kpi_surveys", "kpi_support", "kpi_revenue", "kpi_retention", "kpi_usage", "kpi_orders", "kpi_visits", "kpi_customer_health"}


class KpiViews(Looking):
    """The views of create_kpi_views, for a role that has no right on the schema of the extension, nor on the rows."""

    @classmethod
    def setUpClass(cls):
        cls.db = Database("t_metabase_views", schema="kpi")
        cls.db.run(SHOP)
        cls.built = cls.db.run("SELECT view_name, status FROM kpi.create_kpi_views('shop', 'reports', 'Europe/Berlin')")
        cls.db.run("SELECT kpi.create_kpi_views('shop', 'kept', 'Europe/Berlin', true)")
        cls.password = secrets.token_hex(16)
        jdbc.forget(ROLE)
        jdbc.admin(f"CREATE ROLE {ROLE} LOGIN PASSWORD '{cls.password}'")
        cls.db.run(f"GRANT USAGE ON SCHEMA reports, kept TO {ROLE}; GRANT SELECT ON ALL TABLES IN SCHEMA reports, kept TO {ROLE}")
        cls.sync((schema, f"""SELECT CAST(DATE_TRUNC('month', "{schema}"."kpi_surveys"."month") AS date) AS "month", SUM("{schema}"."kpi_surveys"."responses") AS "sum",
            AVG("{schema}"."kpi_surveys"."nps") AS "avg" FROM "{schema}"."kpi_surveys" WHERE "{schema}"."kpi_surveys"."responses" > 0
            GROUP BY CAST(DATE_TRUNC('month', "{schema}"."kpi_surveys"."month") AS date) ORDER BY 1 ASC""") for schema in ("reports", "kept"))

    def test_every_view_is_seen_and_explained(self):
        self.assertEqual({name: status for name, status in self.built}, dict.fromkeys(VIEWS, "built"))
        for schema, kind in [("reports", "VIEW"), ("kept", "MATERIALIZED VIEW")]:
            seen = {row[1]: row[2:] for row in self.found["relation"] if row[0] == schema}
            self.assertEqual({name: (cells[0], cells[2]) for name, cells in seen.items()}, dict.fromkeys(VIEWS, (kind, "true")))
            self.assertEqual([name for name, cells in seen.items() if not cells[1]], [])
            self.assertEqual({row[1] for row in self.found["table"] if row[0] == schema and row[2] == kind and row[3]}, VIEWS)

    def test_every_column_is_explained_and_has_a_type_that_it_knows(self):
        for schema in ("reports", "kept"):
            for view in sorted(VIEWS):
                with self.subTest(view=f"{schema}.{view}"):
                    columns = self.columns(schema, view)
                    self.assertGreater(len(columns), 3)
                    self.assertEqual([(name, type_) for name, (type_, kind, _) in columns.items() if type_ not in USABLE or kind == "OTHER"], [])
                    self.assertEqual([name for name, cells in columns.items() if not cells[2]], [])
                    # Metabase would show these times 100.
                    self.assertEqual([name for name in columns if name.endswith(("_rate", "_percent"))], [])
        # As later versions ask, which leave out the comments of materialized views' columns.
        fields = [row for row in self.found["field"] if row[0] in ("reports", "kept")]
        self.assertEqual([row for row in fields if row[3] not in USABLE or (row[0] == "reports" and not row[4])], [])
        self.assertEqual({row[1] for row in fields if row[0] == "reports"}, VIEWS)

    def test_every_view_has_rows_that_it_reads(self):
        samples = {(s, t): tuple(map(int, rest)) for s, t, *rest in self.found["sample"]}
        self.assertEqual(set(samples), {(schema, view) for schema in ("reports", "kept") for view in VIEWS})
        for place, (columns, rows, values, counted) in samples.items():
            with self.subTest(view=place):
                self.assertGreater(rows, 0)
                self.assertGreater(values, rows)
                self.assertEqual(rows, min(counted, 10_000))

    def test_answers(self):
        # 100 * (3 - 1) / 4, and 100 * (1 - 1) / 2.
        wanted = [["2026-03-01", 4.0, 50.0], ["2026-04-01", 2.0, 0.0]]
        for schema, rows in self.answers().items():
            self.assertEqual([[month, float(responses), float(nps)] for month, responses, nps in rows], wanted, schema)


if __name__ == "__main__":
    main()
