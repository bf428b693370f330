#!/usr/bin/env -S python3 -B
"""Python's clients, and what docs/clients.md says of all: every result type arrives as a value of the language, every
function is found with parameters. Those of other languages are in tests/clients (make test-clients)."""

import os
import subprocess
import sys
import unittest

from lib.clients import page, suite
from lib.clients.asking import Question
from lib.clients.cases import CASES, SUMMARIES, TYPES
from lib.clients.python import Psycopg, Psycopg2, PsycopgBinary
from lib.database import ROOT, Database
from lib.oracle import enter_environment
from lib.tap import main

enter_environment("tests/clients/requirements.txt", ROOT / "target/tests/clients/venv")

EXAMPLES = ROOT / "tests/clients"
FILES = {"java": ["jdbc/Example.java"], "python": ["examples/with_psycopg3.py", "examples/with_psycopg2.py", "examples/with_sqlalchemy.py"],
         "javascript": ["examples/node_postgres.js"], "rust": ["sqlx/examples/kpis.rs"]}


tearDownModule = suite.finish


def dsn(database):
    return f"host={os.environ['PGHOST']} port={os.environ['PGPORT']} user=postgres dbname={database}"


class WithPsycopg(suite.Shared):
    column = "psycopg 3"

    def ask(self, questions):
        client = Psycopg(dsn(self.db.name), self.types)
        try:
            return client.ask(questions)
        finally:
            client.connection.close()

    def test_prepared_statements(self):
        client = Psycopg(dsn(self.db.name), self.types, prepare=True)
        questions = [Question(case.query, case.values) for case in CASES]
        for case, first, second in zip(CASES, client.ask(questions), client.ask(questions), strict=True):
            with self.subTest(type=case.type):
                self.check(case, first)
                self.check(case, second)
        client.connection.close()

    def test_the_period_of_prices(self):
        """A year's price of 120 is 10 a month; without its type the period is taken for a number."""
        self.db.run("DROP TABLE IF EXISTS prices; CREATE TABLE prices AS SELECT 120 AS price")
        got = self.ask([Question(f"SELECT mrr(price, {period}) FROM prices", [("string", "1 year")]) for period in ("$1::interval", "$1")])
        self.assertEqual(got[0][0][0].text, "10")
        self.assertEqual(got[1].sqlstate, "22P02")

    def test_one_cast_is_enough(self):
        """For the calls that the page lists."""
        rows = page.table("Parameters without a type")
        self.assertGreater(len(rows), 1)
        for row in rows:
            write = page.code(row["write"])[0]
            got, = self.ask([Question(f"SELECT {write} AS answer", [("string", "1000"), ("string", "64")])])
            self.assertEqual(got[0][0].text, self.db.value(f"SELECT {write.replace('$1', '1000').replace('$2', '64')}"))


class WithPsycopgInBinary(suite.Shared):
    column = "psycopg 3"
    # Parameters are the same as with text.
    test_parameters_with_casts = test_parameters_without_casts = test_strings_for_everything = test_summaries_without_casts = None

    def expected_class(self, type_):
        return "bytes" if type_ in SUMMARIES else super().expected_class(type_)

    def expected_text(self, type_, text):
        """Bytes are those that the type's own function sends."""
        if type_ in SUMMARIES and text is not None:
            return self.db.value(f"SELECT encode({type_}_send('{text}'), 'hex')")
        return text

    def ask(self, questions):
        client = PsycopgBinary(dsn(self.db.name), self.types)
        try:
            return client.ask(questions)
        finally:
            client.connection.close()

    def test_summaries_copied_in_binary(self):
        import psycopg
        with psycopg.connect(dsn(self.db.name)) as connection:
            for type_, text in SUMMARIES.items():
                with self.subTest(type=type_):
                    connection.execute(f"CREATE TEMP TABLE a_{type_} (s {type_}); CREATE TEMP TABLE b_{type_} (s {type_})")
                    connection.execute(f"INSERT INTO a_{type_} VALUES (%s::{type_}), (NULL)", [text])
                    with connection.cursor() as cursor:
                        with cursor.copy(f"COPY a_{type_} TO STDOUT (FORMAT binary)") as copy:
                            data = b"".join(copy)
                        with cursor.copy(f"COPY b_{type_} FROM STDIN (FORMAT binary)") as copy:
                            copy.write(data)
                    same = connection.execute(f"SELECT count(*), count(s), bool_and(s = %s::{type_}) FROM b_{type_}", [text]).fetchone()
                    self.assertEqual(same, (2, 1, True))


class WithPsycopg2(suite.Shared):
    column = "psycopg2"

    def ask(self, questions):
        client = Psycopg2(dsn(self.db.name), self.types)
        try:
            return client.ask(questions)
        finally:
            client.connection.close()


class WithSqlAlchemy(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        import sqlalchemy
        cls.db = Database("t_alchemy")
        cls.db.run(suite.ANSWERS + """
            CREATE TABLE daily (rep text PRIMARY KEY, scores survey_summary NOT NULL);
            COMMENT ON TABLE daily IS 'Answers by rep'; COMMENT ON COLUMN daily.scores IS 'Read it with nps(scores)';
            INSERT INTO daily SELECT rep, survey_agg(score) FROM answers GROUP BY rep;
            CREATE VIEW kpis AS SELECT rep, nps(score) AS nps, promoters(score) AS promoters, nps_ci(score) AS nps_ci,
                median_duration(asked_at, answered_at) AS median FROM answers GROUP BY rep""")
        host, port = os.environ["PGHOST"], os.environ["PGPORT"]
        cls.engines = [sqlalchemy.create_engine(f"postgresql+{driver}://postgres@/t_alchemy?host={host}&port={port}")
                       for driver in ("psycopg", "psycopg2")]

    @classmethod
    def tearDownClass(cls):
        for engine in cls.engines:
            engine.dispose()
        cls.db.drop()

    def test_views_and_tables_of_the_extension_are_reflected(self):
        import sqlalchemy
        for engine in self.engines:
            with self.subTest(driver=engine.driver):
                found = sqlalchemy.inspect(engine)
                self.assertLessEqual({"kpi_catalog", "kpi_targets", "answers", "daily"}, set(found.get_table_names()))
                columns = {name: {c["name"]: type(c["type"]).__name__ for c in found.get_columns(name)} for name in ("kpis", "kpi_targets")}
                self.assertEqual(columns["kpis"], {"rep": "TEXT", "nps": "NUMERIC", "promoters": "BIGINT", "nps_ci": "NUMRANGE", "median": "INTERVAL"})
                self.assertEqual({columns["kpi_targets"][name] for name in ("value", "duration", "is_target")}, {"NUMERIC", "INTERVAL", "BOOLEAN"})
                self.assertEqual(found.get_pk_constraint("kpi_catalog")["constrained_columns"], ["name"])
                self.assertIn("Name of the SQL function", found.get_columns("kpi_catalog")[0]["comment"])

    def test_a_summary_is_reflected_with_a_warning(self):
        import sqlalchemy
        with self.assertWarnsRegex(sqlalchemy.exc.SAWarning, "Did not recognize type 'survey_summary'"):
            columns = {c["name"]: c for c in sqlalchemy.inspect(self.engines[0]).get_columns("daily")}
        self.assertEqual(type(columns["scores"]["type"]).__name__, "NullType")
        self.assertEqual(columns["scores"]["comment"], "Read it with nps(scores)")

    def test_a_reflected_view_is_read(self):
        import datetime
        import decimal

        import sqlalchemy
        for engine in self.engines:
            with self.subTest(driver=engine.driver), engine.connect() as connection:
                kpis = sqlalchemy.Table("kpis", sqlalchemy.MetaData(), autoload_with=engine)
                row = connection.execute(sqlalchemy.select(kpis).where(kpis.c.nps > -50)).one()
                self.assertEqual((row.rep, row.nps, row.promoters, row.median), ("Ana", decimal.Decimal(25), 2, datetime.timedelta(minutes=7)))
                self.assertIn(decimal.Decimal(25), row.nps_ci)

    def test_functions_are_called_with_parameters(self):
        import sqlalchemy
        from sqlalchemy import func
        for engine in self.engines:
            with self.subTest(driver=engine.driver), engine.connect() as connection:
                answers = sqlalchemy.Table("answers", sqlalchemy.MetaData(), autoload_with=engine)
                got = connection.execute(sqlalchemy.select(
                    func.csat(answers.c.score, 9), func.churn_rate(1000, 64), func.nps(answers.c.score).filter(answers.c.score > 3),
                    func.kpi_band("nps", func.nps(answers.c.score))).where(answers.c.rep == "Ana")).one()
                # 2 of 4; 64 of 1000; 2 of 3; above 0 and not above 50.
                self.assertEqual([str(v)[:12] for v in got], ["50", "6.4", "66.666666666", "good"])
                with self.assertRaises(sqlalchemy.exc.DataError) as raised:
                    connection.scalar(sqlalchemy.select(func.nps(11)))
                self.assertEqual(getattr(raised.exception.orig, "sqlstate", None) or raised.exception.orig.pgcode, "22003")


    def test_strings_are_no_numbers(self):
        """As the page tells of this client's drivers."""
        import sqlalchemy
        from sqlalchemy import func
        told = {"psycopg": "42883", "psycopg2": "42725"}
        for engine in self.engines:
            with self.subTest(driver=engine.driver), engine.connect() as connection, self.assertRaises(sqlalchemy.exc.ProgrammingError) as raised:
                connection.scalar(sqlalchemy.select(func.churn_rate("1000", "64")))
            self.assertEqual(getattr(raised.exception.orig, "sqlstate", None) or raised.exception.orig.pgcode, told[engine.driver])


class Page(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.db = Database("t_page")
        cls.db.run(suite.ANSWERS)

    @classmethod
    def tearDownClass(cls):
        cls.db.drop()

    def test_every_result_type_has_a_case(self):
        """A type that a new function gives needs a call in tests/lib/clients/cases.py, and a row in docs/clients.md."""
        types = set(self.db.column(TYPES))
        self.assertGreater(len(types), 20)
        covered = {case.type for case in CASES} | {type_ for case in CASES for row in case.rows for type_, _ in row}
        self.assertEqual(types ^ covered, set())
        told = {page.code(row["type"])[0] if page.code(row["type"]) else row["type"] for row in page.table("How each type arrives")}
        self.assertEqual({"a summary" if t in SUMMARIES else t for t in types} - {"record", "SETOF record"}, told)

    def test_every_scalar_type_has_a_null(self):
        nulls = {case.type for case in CASES if case.null is not None} | {
            type_ for case in CASES for row in case.rows for type_, text in row if text is None}
        self.assertEqual({case.type for case in CASES} - nulls, {"SETOF record"})

    def test_the_code_on_the_page_is_that_of_the_examples(self):
        for language, files in FILES.items():
            blocks = page.blocks(language)
            self.assertEqual(len(blocks), len(files), language)
            for block, file in zip(blocks, files):
                with self.subTest(file=file):
                    self.assertTrue(page.has((EXAMPLES / file).read_text(), block), "the page differs")

    def test_the_examples_in_python(self):
        for file in FILES["python"]:
            with self.subTest(file=file):
                done = subprocess.run([sys.executable, "-B", EXAMPLES / file], capture_output=True, text=True,
                                      env={**os.environ, "PGDATABASE": "t_page"})
                self.assertEqual((done.stdout.strip(), done.stderr), (suite.PRINTED, ""))

    def test_no_operator_has_a_question_mark(self):
        """JDBC takes it for a parameter."""
        operators = self.db.column("""SELECT oprname FROM pg_operator o JOIN pg_depend d ON classid = 'pg_operator'::regclass AND objid = o.oid
            JOIN pg_extension e ON e.oid = refobjid AND extname = 'pg_cskpi'""")
        self.assertGreater(len(operators), 10)
        self.assertEqual([name for name in operators if "?" in name], [])


if __name__ == "__main__":
    main()
