#!/usr/bin/env -S python3 -B
"""The examples of migration tools do what they promise, run by the owner of a database who is no superuser."""

import re
import unittest
from concurrent.futures import ThreadPoolExecutor

from lib.database import ROOT, Database, command
from lib.members import differences, members
from lib.migrations import ALL, LATER, TOOLS, Alembic, Plain, ToolError
from lib.tap import main

CURRENT = re.search(r"^default_version = '(.*)'$", (ROOT / "pg_cskpi.control").read_text(), re.M).group(1)
OLD = "0.1.0"
PAGE = ROOT / "docs/migrations.md"
OWNER, OTHER = "t_migrations_owner", "t_migrations_other"
INSTALLED = "SELECT extversion, nspname FROM pg_extension JOIN pg_namespace n ON extnamespace = n.oid WHERE extname = 'pg_cskpi'"
MEMBERS = """SELECT pg_identify_object(classid, objid, 0), pg_describe_object(classid, objid, 0) || coalesce(obj_description(objid, classid::regclass::text), '')
    FROM pg_depend WHERE refclassid = 'pg_extension'::regclass AND deptype = 'e' AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'pg_cskpi')"""
# What a user has put into the tables of the first step.
ROWS = """
    INSERT INTO survey_responses (kind, score, answered_at, rep)
    SELECT 'nps', nullif(i * 7919 % 12, 11), timestamptz '2026-01-01 12:00+00' + i * interval '1 day', (ARRAY['ada', 'ben', 'cem'])[1 + i % 3]
    FROM generate_series(1, 120) i;
    SET search_path = public, cskpi;
    INSERT INTO survey_days (day, rep, answers)
    SELECT answered_at::date, rep, survey_agg(score) FROM survey_responses GROUP BY 1, 2;
    REFRESH MATERIALIZED VIEW nps_by_month"""
SHARE = "round((100.0 * (count(*) FILTER (WHERE score >= 9) - count(*) FILTER (WHERE score <= 6)) / count(score))::numeric, 10)"
BY_REP = f"SELECT rep, {SHARE}, count(score) FROM survey_responses GROUP BY rep ORDER BY rep"
BY_MONTH = f"SELECT date_trunc('month', answered_at)::date AS month, {SHARE} FROM survey_responses GROUP BY 1 ORDER BY 1"
# What the views of each step show, and the same by plain SQL.
SHOWN = {
    1: [("SELECT rep, round(nps, 10), responses FROM nps_by_rep ORDER BY rep", BY_REP),
        ("SELECT month, round(nps, 10) FROM nps_by_month ORDER BY month", BY_MONTH)],
    3: [("SELECT month, rep, sum(promoters), sum(detractors), sum(responses) FROM kpi.kpi_surveys GROUP BY 1, 2 HAVING sum(responses) > 0 ORDER BY 1, 2",
         """SELECT date_trunc('month', answered_at)::date, rep, count(*) FILTER (WHERE score >= 9), count(*) FILTER (WHERE score <= 6), count(score)
            FROM survey_responses GROUP BY 1, 2 ORDER BY 1, 2""")],
    4: [("SELECT coalesce(channel, ''), sum(responses) FROM kpi.kpi_surveys GROUP BY 1 ORDER BY 1",
         "SELECT coalesce(channel, ''), count(score) FROM survey_responses GROUP BY 1 ORDER BY 1")],
}
# Somebody else's, in neither of which the migrations' own tables are.
THEIRS = {
    "CREATE VIEW theirs AS SELECT {}.nps(score) FROM generate_series(0, 10) score": "DROP VIEW theirs",
    "CREATE TABLE theirs (kept {}.survey_summary)": "DROP TABLE theirs",
}


def dump(db, *options):
    """The database as text, without what differs by chance or tells when a step was done."""
    text = command("pg_dump", "-U", db.user, "--exclude-table-data=*migrations", *options, db.name)
    return [line for line in text.splitlines() if not re.match(r"\\(un)?restrict |-- Dumped |SELECT pg_catalog.setval\('public.\w*migrations_id_seq", line)]


def relations(db):
    """What is left of relations and types, without the tool's own."""
    return db.column("""SELECT relname FROM pg_class WHERE relnamespace NOT IN ('pg_catalog'::regnamespace, 'pg_toast'::regnamespace, 'information_schema'::regnamespace)
        AND relname !~ '^(alembic_version|(django_|pg|_sqlx_)migrations)' ORDER BY 1""") + db.column(
        "SELECT nspname FROM pg_namespace WHERE nspname IN ('cskpi', 'kpi')")


class Migrations(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.remove()
        command("psql", "-Xq", "-d", "postgres", "-c", f"CREATE ROLE {OWNER} LOGIN", "-c", f"CREATE ROLE {OTHER} LOGIN")

    @classmethod
    def tearDownClass(cls):
        cls.remove()

    @staticmethod
    def remove():
        for name in ["t_migrations", "t_migrations_copy"]:
            command("dropdb", "--if-exists", "--force", name)
        command("psql", "-Xq", "-d", "postgres", "-c", "SET client_min_messages = error", *(part for role in [OWNER, OTHER] for part in ["-c", f"DROP ROLE IF EXISTS {role}"]))

    def tool(self, kind, schema):
        if kind.slow and not ALL:
            self.skipTest(LATER)
        if kind.missing():
            self.skipTest(kind.missing())
        self.db = Database("t_migrations", schema=None, owner=OWNER)
        self.assertEqual(self.db.value("SELECT rolsuper FROM pg_roles WHERE rolname = current_user"), "f")
        return kind(self.db, schema)

    def at(self, tool, step, version):
        self.assertEqual(tool.recorded(), [*range(1, step + 1)])
        self.assertEqual(self.db.run(INSTALLED), [[version, tool.schema]] if version else [])
        self.shows(step)

    def shows(self, step):
        pairs = [pair for since, views in SHOWN.items() if since <= step for pair in views]
        rows = iter(self.db.run("".join(f"{query}; SELECT 'that was all';" for pair in pairs for query in pair)))
        for pair in pairs:
            shown, expected = ([*iter(rows.__next__, ["that was all"])] for _ in pair)
            self.assertEqual(shown, expected)
            self.assertGreater(len(shown), 0)

    def fails(self, text, call, *arguments):
        with self.assertRaises(ToolError) as caught:
            call(*arguments)
        self.assertIn(text, str(caught.exception))

    def there_and_back(self, kind, schema):
        tool = self.tool(kind, schema)
        last = tool.last[schema]
        if not tool.pins[schema]:
            # What is there is taken as it is.
            self.db.run(f"CREATE EXTENSION pg_cskpi VERSION '{OLD}'")
        tool.up(1)
        self.db.run(ROWS)
        self.at(tool, 1, OLD)
        for step in range(2, last + 1) if ALL else [2, last] if schema == "public" else [last]:
            tool.up(step)
            if step == 4:
                self.db.run("UPDATE survey_responses SET channel = 'mail' WHERE respondent_id % 4 = 0")
            self.at(tool, step, CURRENT)
        before = self.made(tool)
        # The steps back, with data in the tables.
        for step in range(last - 1, 0, -1) if ALL else [1] if schema == "public" else []:
            tool.down(step)
            self.at(tool, step, CURRENT)
        if schema == "public":
            self.kept_if_used(tool)
        tool.down(0)
        self.assertEqual(tool.recorded(), [])
        self.assertEqual(self.db.run(INSTALLED), [])
        self.assertEqual(relations(self.db), [])
        if schema == "cskpi" and not ALL:
            return
        # And again, all steps at once.
        tool.up(last)
        self.db.run(ROWS)
        self.at(tool, last, CURRENT)
        self.assertEqual(differences(before, self.made(tool)), {})
        if kind is Alembic and schema == "public":
            self.restored(tool, last)

    def made(self, tool):
        """What belongs to the extension; in all detail where there is time."""
        return members(self.db) if ALL and tool.schema == "public" else dict(self.db.run(MEMBERS))

    def restored(self, tool, last):
        """The database is dumped and restored by its owner, and says the same."""
        copy = Database("t_migrations_copy", schema=None, owner=OWNER)
        command("sh", "-c", f"pg_dump -Fc -U {OWNER} {self.db.name} | pg_restore -U {OWNER} -d {copy.name} --exit-on-error")
        # Names of columns that nobody sees are not kept in views; what these show is compared below.
        self.assertEqual(*(dump(db, "--exclude-schema=kpi") for db in [copy, self.db]))
        original, self.db, tool.db = self.db, copy, copy
        self.at(tool, last, CURRENT)
        self.db, tool.db = original, original
        copy.drop()

    def kept_if_used(self, tool):
        """Back from the first step, while somebody uses the extension, is an error that says so, and all is as before."""
        before = dump(self.db)
        for make, drop in list(THEIRS.items())[:len(THEIRS) if ALL else 1]:
            self.db.run(make.format(tool.schema))
            self.fails("cannot drop extension pg_cskpi because other objects depend on it", tool.down, 0)
            self.at(tool, 1, CURRENT)
            self.db.run(drop)
            self.assertEqual(dump(self.db), before)

    def failed(self, kind, schema):
        tool = self.tool(kind, schema)
        good = tool.file(1).read_text()
        tool.spoil(1)
        self.fails("division by zero", tool.up, 1)
        self.at(tool, 0, None)
        self.assertEqual(relations(self.db), [])
        tool.file(1).write_text(good)
        if not tool.pins[schema]:
            self.db.run(f"CREATE EXTENSION pg_cskpi VERSION '{OLD}'")
        tool.up(1)
        self.db.run(ROWS)
        before = dump(self.db)
        tool.spoil(2)
        self.fails("division by zero", tool.up, 2)
        self.at(tool, 1, OLD)
        self.assertEqual(dump(self.db), before)

    def at_once(self, kind):
        """Two runs at the same time, with a lock of the tool's or without: what they leave is what one leaves."""
        tool = self.tool(kind, "public")
        last = tool.last["public"]
        with ThreadPoolExecutor() as pool:
            runs = [pool.submit(tool.up, last) for _ in range(2)]
        errors = [run.exception() for run in runs if run.exception()]
        for error in errors:
            self.assertIsInstance(error, ToolError)
            self.assertRegex(str(error), kind.refusal)
        if kind.locks:
            self.assertLess(len(errors), 2)
        elif len(tool.recorded()) < last:
            # One may stop the other and fail later. Again, it goes on from there.
            tool.up(last)
        self.db.run(ROWS)
        self.at(tool, last, CURRENT)

    def test_django_has_no_changes_of_models(self):
        tool = self.tool(next(kind for kind in TOOLS if kind.example == "django"), "public")
        self.assertIn("No changes detected", tool.manage("makemigrations", "--check", "--dry-run"))

    def plain(self, schema):
        tool = self.tool(Plain, schema)
        files = tool.files()
        tool.spoil("1_install.sql")
        self.fails("division by zero", tool.psql, "1_install.sql")
        self.assertEqual(self.db.run(INSTALLED), [])
        self.assertLessEqual(set(relations(self.db)), {"cskpi"})
        tool.write(files)
        for _ in range(2 if schema == "public" else 1):
            tool.psql("1_install.sql")
            self.db.run(ROWS)
            self.assertEqual(self.db.run(INSTALLED), [[OLD, schema]])
            self.shows(1)
            tool.psql("2_upgrade.sql")
            self.assertEqual(self.db.run(INSTALLED), [[CURRENT, schema]])
            tool.psql("3_kpi_views.sql")
            tool.psql("3_kpi_views.sql")
            self.shows(3)
            before = dump(self.db)
            for make, drop in THEIRS.items():
                self.db.run(make.format(schema))
                self.fails("cannot drop extension pg_cskpi because other objects depend on it\nDETAIL:  ", tool.psql, "9_drop.sql")
                self.db.run(drop)
            self.assertEqual(dump(self.db), before)
            tool.psql("9_drop.sql")
            self.assertEqual(self.db.run(INSTALLED), [])
            self.assertLessEqual(set(relations(self.db)), {"cskpi"})

    def test_each_part_of_the_page_is_one_of_its_file(self):
        blocks = re.findall(r"(?:^\[(\S+)\]\(\.\./(\S+)\)\n\n)?^```(\w*)\n(.*?\n)```$", PAGE.read_text(), re.M | re.S)
        self.assertEqual(len(blocks), PAGE.read_text().count("```") / 2)
        for path, target, _, part in blocks:
            with self.subTest(path=path, part=part.splitlines()[0]):
                self.assertEqual(path, target)
                self.assertIn(f"\n{part}", "\n" + (ROOT / path).read_text())
        # Of each example something is shown.
        self.assertEqual({path.split("/")[1] for path, *_ in blocks}, {path.name for path in (ROOT / "examples").iterdir()})

    def test_who_is_not_the_owner(self):
        tool = self.tool(Alembic, "public")
        dba = Database.__new__(Database)
        dba.name, dba.user = self.db.name, "postgres"
        dba.run(f"GRANT CREATE ON SCHEMA public TO {OTHER}")
        self.db.user = OTHER
        self.fails('permission denied to create extension "pg_cskpi"\nHINT:  Must have CREATE privilege on current database to create this extension.', tool.up, 1)
        self.at(tool, 0, None)
        # Either the right to create it is granted,
        dba.run(f"GRANT CREATE ON DATABASE {self.db.name} TO {OTHER}")
        tool.up(2)
        self.db.run(ROWS)
        self.at(tool, 2, CURRENT)
        tool.down(0)
        # or somebody else creates it, and keeps it up to date.
        dba.run(f"REVOKE CREATE ON DATABASE {self.db.name} FROM {OTHER}; CREATE EXTENSION pg_cskpi VERSION '{OLD}'")
        path = tool.file(1)
        path.write_text(path.read_text().replace(f"EXTENSION pg_cskpi VERSION '{OLD}'", "EXTENSION IF NOT EXISTS pg_cskpi"))
        tool.up(1)
        self.db.run(ROWS)
        self.at(tool, 1, OLD)
        self.fails("must be owner of extension pg_cskpi", tool.up, 2)
        self.at(tool, 1, OLD)
        dba.run("ALTER EXTENSION pg_cskpi UPDATE")
        self.at(tool, 1, CURRENT)
        # Back, it does not drop what is not its own.
        if ALL:
            self.fails("must be owner of extension pg_cskpi", tool.down, 0)
            self.at(tool, 1, CURRENT)


for kind in TOOLS:
    name = kind.example.replace("-", "_")
    for schema in ["public", "cskpi"]:
        setattr(Migrations, f"test_{name}_there_and_back_in_{schema}", lambda self, kind=kind, schema=schema: self.there_and_back(kind, schema))
    if kind is Alembic or ALL:
        setattr(Migrations, f"test_{name}_that_fails_leaves_nothing", lambda self, kind=kind: self.failed(kind, "public"))
    if ALL:
        setattr(Migrations, f"test_{name}_twice_at_once", lambda self, kind=kind: self.at_once(kind))
for schema in ["public", "cskpi"]:
    setattr(Migrations, f"test_plain_in_{schema}", lambda self, schema=schema: self.plain(schema))

if __name__ == "__main__":
    main()
