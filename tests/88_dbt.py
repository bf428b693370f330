#!/usr/bin/env -S python3 -B
"""The example of dbt, run by the owner of a database who is no superuser: from nothing, again, and in a schema of its own."""

import re
import unittest

from lib.database import ROOT, Database, command
from lib.migrations import ALL, LATER, Tool, ToolError, python
from lib.tap import main

CURRENT = re.search(r"^default_version = '(.*)'$", (ROOT / "pg_cskpi.control").read_text(), re.M).group(1)
OWNER, OTHER = "t_dbt_owner", "t_dbt_other"
INSTALLED = "SELECT extversion, nspname FROM pg_extension JOIN pg_namespace n ON extnamespace = n.oid WHERE extname = 'pg_cskpi'"
MODELS = {
    "survey_responses": "SELECT respondent_id, kind, score::numeric, answered_at::timestamptz, rep FROM survey_answers ORDER BY 1",
    "survey_days": "",
    "nps_by_month": """SELECT date_trunc('month', answered_at::timestamptz)::date, 100.0 * (count(*) FILTER (WHERE score >= 9) - count(*) FILTER (WHERE score <= 6)) / count(score),
        count(score) FROM survey_answers GROUP BY 1 ORDER BY 1""",
    "surveys_by_rep": """SELECT rep, count(score), count(*) FILTER (WHERE score >= 9), count(*) FILTER (WHERE score <= 6) FROM survey_answers GROUP BY 1 ORDER BY 1""",
}


class Dbt(Tool):
    example = "dbt"

    def prepare(self):
        self.program = python("dbt") / "dbt"

    def dbt(self, *arguments):
        in_schema = ["--vars", "cskpi_schema: cskpi"] if self.schema == "cskpi" else []
        return self.run(self.program, "--no-send-anonymous-usage-stats", "--no-use-colors", *arguments, *in_schema)


class Example(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        if not ALL:
            return
        cls.remove()
        command("psql", "-Xq", "-d", "postgres", "-c", f"CREATE ROLE {OWNER} LOGIN", "-c", f"CREATE ROLE {OTHER} LOGIN")

    @classmethod
    def tearDownClass(cls):
        if ALL:
            cls.remove()

    @staticmethod
    def remove():
        command("dropdb", "--if-exists", "--force", "t_dbt")
        command("psql", "-Xq", "-d", "postgres", "-c", "SET client_min_messages = error", *(part for role in [OWNER, OTHER] for part in ["-c", f"DROP ROLE IF EXISTS {role}"]))

    def setUp(self):
        if not ALL:
            self.skipTest(LATER)
        self.db = Database("t_dbt", schema=None, owner=OWNER)

    def rows(self, relation):
        return self.db.run(f"SELECT * FROM {relation} t ORDER BY t::text")

    def check(self, schema):
        self.assertEqual(self.db.run(INSTALLED), [[CURRENT, schema]])
        number = lambda rows: [[float(cell) if re.fullmatch(r"-?[\d.]+", cell or "") else cell for cell in row] for row in rows]
        for model, expected in MODELS.items():
            if expected:
                self.assertEqual(number(self.rows(model)), number(sorted(self.db.run(expected))))
        self.assertGreater(len(self.rows("survey_days")), 5)
        # The view reads the table of the last run, not one that is gone.
        self.assertEqual(self.db.value("SELECT sum(responses) FROM kpi.kpi_surveys"), self.db.value("SELECT count(score) FROM survey_answers"))

    def again_and_again(self, schema):
        tool = Dbt(self.db, schema)
        # Hooks bring an older version up to date.
        self.db.run(f"CREATE SCHEMA IF NOT EXISTS {schema}; CREATE EXTENSION pg_cskpi SCHEMA {schema} VERSION '0.1.0'")
        tool.dbt("build")
        self.check(schema)
        before = {model: self.rows(model) for model in MODELS}
        tool.dbt("build")
        self.check(schema)
        self.assertEqual({model: self.rows(model) for model in MODELS}, before)
        # More answers: the month that has begun is not lost, and no day counts twice.
        with open(tool.dir / "seeds/survey_answers.csv", "a") as seed:
            seed.write("9,nps,0,2026-02-04 18:00:00+00,ben\n10,nps,10,2026-02-05 18:00:00+00,ada\n")
        tool.dbt("build")
        self.check(schema)
        self.assertNotEqual(self.rows("nps_by_month"), before["nps_by_month"])
        # The table is made anew by itself, and what reads the views over it stays.
        tool.dbt("run", "--select", "survey_responses")
        self.check(schema)
        # There is no way down: what dbt has made is in the way, and stays.
        before = {model: self.rows(model) for model in MODELS}
        self.assertEqual(self.db.sqlstate("DROP EXTENSION pg_cskpi"), "2BP01")
        self.assertEqual({model: self.rows(model) for model in MODELS}, before)
        self.db.run(f"DROP VIEW nps_by_month, surveys_by_rep; DROP TABLE survey_days; SELECT * FROM {schema}.drop_kpi_views('kpi'); DROP EXTENSION pg_cskpi")
        tool.dbt("build")
        self.check(schema)

    def test_in_public(self):
        self.again_and_again("public")

    def test_in_a_schema_of_its_own(self):
        self.again_and_again("cskpi")

    def test_a_model_that_fails_leaves_what_was_there(self):
        tool = Dbt(self.db, "public")
        tool.dbt("build")
        before = {model: self.rows(model) for model in [*MODELS, "kpi.kpi_surveys"]}
        path = tool.dir / "models/survey_responses.sql"
        path.write_text(path.read_text().replace("score::numeric as score", "score / 0 as score"))
        with self.assertRaises(ToolError) as caught:
            tool.dbt("run")
        self.assertIn("division by zero", str(caught.exception))
        self.assertEqual({model: self.rows(model) for model in before}, before)

    def test_who_is_not_the_owner(self):
        dba = Database.__new__(Database)
        dba.name, dba.user = self.db.name, "postgres"
        dba.run(f"GRANT CREATE ON SCHEMA public TO {OTHER}; CREATE SCHEMA kpi AUTHORIZATION {OTHER}")
        self.db.user = OTHER
        tool = Dbt(self.db, "public")
        with self.assertRaises(ToolError) as caught:
            tool.dbt("build")
        self.assertIn("permission denied", str(caught.exception))
        self.assertEqual(self.db.run(INSTALLED), [])
        # The DBA creates it, and the hooks go.
        dba.run("CREATE EXTENSION pg_cskpi")
        path = tool.dir / "dbt_project.yml"
        path.write_text(path.read_text().split("on-run-start:")[0])
        tool.dbt("build")
        self.check("public")


if __name__ == "__main__":
    main()
