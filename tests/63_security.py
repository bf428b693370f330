#!/usr/bin/env -S python3 -B
"""Who may do what, and what others have prepared: nothing runs that is not the extension's own, and
nobody gets a right by it that he did not have. SECURITY.md promises what this tests."""

from lib.oracle import HOME, enter_environment

enter_environment()

import json
import re
import subprocess
import tempfile
import unittest

from lib import traps
from lib.database import ROOT, Database, SqlError, command
from lib.samples import BOOLEANS, OF_TYPE, SAMPLES, SUMMARIES
from lib.tap import main

ROLES = ["t_security_owner", "t_security_reader"]
HOSTILE = "SET search_path = trap_a, trap_b, pg_catalog, kpi"

FUNCTIONS = """
SELECT proname, prokind, to_json(proargnames[:pronargs]),
       to_json(ARRAY(SELECT json_build_array(format_type(t, NULL), nspname, typname)
                     FROM unnest(proargtypes) WITH ORDINALITY u(t, i) JOIN pg_type y ON y.oid = t JOIN pg_namespace n ON n.oid = typnamespace ORDER BY i))
FROM pg_proc p JOIN pg_depend ON classid = 'pg_proc'::regclass AND objid = p.oid AND deptype = 'e'
WHERE refobjid = (SELECT oid FROM pg_extension WHERE extname = 'pg_cskpi')
  -- What makes statements and runs them is for 89_view_building.
  AND proconfig IS NULL AND obj_description(p.oid, 'pg_proc') NOT LIKE 'Support function%' ORDER BY p.oid::regprocedure::text
"""
# Their samples do not fit together; 61_argument_types.py says why.
REFUSED = ["session_agg(timestamp without time zone,interval)", "rfm_agg(timestamp with time zone,kpi_number)", "expansion_revenue(revenue_summary)",
           "kpi_band(text,interval,text)", "kpi_target_met(text,interval,text)", "mrr_by_month(subscription_summary,date,date,text)"]

# What the objects of a schema are, spelt as its own search path has it.
DEFINITIONS = """
SET search_path = {schema};
SELECT pg_get_functiondef(p.oid) FROM pg_proc p JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND deptype = 'e'
    JOIN pg_extension e ON e.oid = d.refobjid AND extname = 'pg_cskpi' WHERE prokind = 'f'
UNION ALL SELECT a.aggfnoid::regprocedure || ' ' || a.aggtransfn::oid::regprocedure || ' ' || aggfinalfn || aggcombinefn || agginitval
    FROM pg_aggregate a JOIN pg_depend d ON d.objid = a.aggfnoid AND d.classid = 'pg_proc'::regclass AND deptype = 'e'
    JOIN pg_extension e ON e.oid = d.refobjid AND extname = 'pg_cskpi'
UNION ALL SELECT conname || pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid IN ('{schema}.kpi_targets'::regclass, '{schema}.kpi_catalog'::regclass)
UNION ALL SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgrelid = '{schema}.kpi_targets'::regclass
UNION ALL SELECT pg_get_indexdef(indexrelid) FROM pg_index WHERE indrelid IN ('{schema}.kpi_targets'::regclass, '{schema}.kpi_catalog'::regclass)
UNION ALL SELECT t::text FROM {schema}.kpi_targets t UNION ALL SELECT c::text FROM {schema}.kpi_catalog c ORDER BY 1
"""
# What depends on something in these schemas that is no part of the extension, and is not there itself.
BOUND_TO_TRAPS = """
WITH made AS (SELECT classid, objid FROM pg_depend WHERE refclassid = 'pg_extension'::regclass AND deptype = 'e'),
trap AS (
    SELECT 'pg_proc'::regclass AS classid, oid FROM pg_proc WHERE pronamespace = ANY ({schemas}::regnamespace[])
    UNION ALL SELECT 'pg_operator'::regclass, oid FROM pg_operator WHERE oprnamespace = ANY ({schemas}::regnamespace[])
    UNION ALL SELECT 'pg_type'::regclass, oid FROM pg_type WHERE typnamespace = ANY ({schemas}::regnamespace[]) AND typelem = 0
    UNION ALL SELECT 'pg_class'::regclass, oid FROM pg_class WHERE relnamespace = ANY ({schemas}::regnamespace[])
), theirs AS (SELECT * FROM trap EXCEPT SELECT * FROM made)
SELECT pg_describe_object(d.classid, d.objid, d.objsubid) || ': ' || pg_describe_object(d.refclassid, d.refobjid, d.refobjsubid)
FROM pg_depend d JOIN theirs t ON (d.refclassid, d.refobjid) = (t.classid, t.oid)
WHERE (d.classid, d.objid) IN (SELECT * FROM made) OR d.classid IN ('pg_constraint'::regclass, 'pg_trigger'::regclass, 'pg_rewrite'::regclass, 'pg_attrdef'::regclass)
  AND EXISTS (SELECT FROM pg_depend o JOIN made m ON (o.refclassid, o.refobjid) = (m.classid, m.objid) WHERE (o.classid, o.objid) = (d.classid, d.objid))
"""
# Somebody was first with a name that the extension takes: it is an error, not adopted.
TAKEN = ["TABLE {}.kpi_targets (kpi text)", "VIEW {}.kpi_catalog AS SELECT 1 AS name", "DOMAIN {}.survey_summary AS text", "TYPE {}.kpi_number AS ENUM ()",
         "TYPE {}.kpi_targets AS (kpi text)", "FUNCTION {}.kpi_target_key(text) RETURNS bytea LANGUAGE sql IMMUTABLE AS 'SELECT NULL::bytea'",
         "FUNCTION {}.kpi_targets_own() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'", "FUNCTION {}.kpi_targets_known() RETURNS text LANGUAGE sql AS 'SELECT 1::text'",
         "AGGREGATE {}.nps(integer) (SFUNC = int4pl, STYPE = integer)", "TABLE {}.kpi_targets_key (kpi text)"]

# What pgspot may find: it cannot know that the script of an extension runs with its own schema on
# search_path and pg_catalog before it (since CVE-2020-14350). Another finding, or more of one, is an error.
SPOTTED = [
    # The extension is relocatable: what it makes is in the schema that is asked for. Nothing is made
    # OR REPLACE or IF NOT EXISTS, which are rules of their own.
    r"PS017: Unqualified object reference: .*",
    # Its own function, of exactly the type of what it is called with.
    r"PS016: Unqualified function call: (kpi_target_key|kpi_targets_known|kpi_targets_counted|kpi_band|kpi_target_met)",
    # In conditions of tables and triggers and in BEGIN ATOMIC: bound when they are made, to what has
    # exactly these types and so is in pg_catalog, which comes first. BOUND_TO_TRAPS proves it.
    r"PS016: Unqualified function call: (lower|string_agg)",
    r"PS001: Unqualified operator: '(=|<>|BETWEEN)' in .*",
    r"PS009: Unsafe CASE expression: CASE pg_catalog.cardinality\(f.targets\) WHEN 0 THEN kpi_targets_known\(\) END",
    # Bound when made (written as strings here, so that pgspot reads them), or trigger functions that
    # name the schema of all operators and functions that they use.
    r"PS005: Function without explicit search_path: (kpi_targets_(own|change|refuse|known|counted)|kpi_shipped_replicated|kpi_band|kpi_target_met|kpi_target(_duration)?)\(.*\)",
]


class Security(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.databases = []
        for left_over in ["t_security", "t_security_plain", "t_security_first", "t_security_step"]:  # by a run that was stopped
            command("dropdb", "--if-exists", "--force", left_over)
        cls.as_postgres("DROP ROLE IF EXISTS " + ", ".join(ROLES), *(f"CREATE ROLE {role} LOGIN" for role in ROLES))
        cls.plain = cls.owned("t_security_plain")
        cls.plain.run("CREATE SCHEMA kpi; CREATE EXTENSION pg_cskpi SCHEMA kpi; GRANT USAGE ON SCHEMA kpi TO PUBLIC")
        cls.db = cls.owned("t_security")
        cls.db.run(f"{traps.operators('trap_a')}; {traps.relations('trap_b')}; CREATE SCHEMA kpi; GRANT USAGE ON SCHEMA kpi TO PUBLIC")
        cls.db.run(f"{HOSTILE}; CREATE EXTENSION pg_cskpi SCHEMA kpi")
        cls.calls = [cls.call(*row) for row in cls.plain.run(FUNCTIONS)]

    @classmethod
    def tearDownClass(cls):
        for db in cls.databases:
            db.drop()
        cls.as_postgres("DROP ROLE " + ", ".join(ROLES))

    @staticmethod
    def as_postgres(*statements):
        command("psql", "-Xq", "-d", "postgres", "-v", "ON_ERROR_STOP=1", *(part for sql in statements for part in ("-c", sql)))

    @classmethod
    def owned(cls, name):
        """A database of a role that is no superuser."""
        db = Database(name, schema=None, owner="t_security_owner")
        cls.databases.append(db)
        return db

    @staticmethod
    def call(name, kind, names, types):
        """A query with every name qualified, which gives one text."""
        names, types = json.loads(names) or [], json.loads(types)
        signature = f"{name}({','.join(t.removeprefix('kpi.') for t, _, _ in types)})"
        values = []
        for row in range(4 if kind == "a" else 1):
            one = []
            for argument, (type_, schema, base) in zip(names, types):
                samples = [SUMMARIES[base]] if base in SUMMARIES else BOOLEANS if type_ == "boolean" else OF_TYPE.get((argument, type_)) or SAMPLES[argument]
                one.append(f'CAST({samples[row % len(samples)]} AS {schema}."{base}")')
            values.append(f"({', '.join(one)})")
        columns = ", ".join(f"x{i}" for i in range(len(types)))
        return signature, f"SELECT '{signature}', CAST(kpi.{name}({columns}) AS pg_catalog.text) FROM (VALUES {', '.join(values)}) v({columns})"

    def answers(self, db, path):
        return db.run(";\n".join([path, *(query for signature, query in self.calls if signature not in REFUSED)]))

    def test_the_owner_of_a_database_installs_and_removes_it(self):
        """In public or a schema of his own, without a superuser; what others may do is not more than that."""
        self.assertEqual(self.plain.value("SELECT rolsuper FROM pg_roles WHERE rolname = current_user"), "f")
        db = self.owned("t_security_first")
        for schema in ["public", "own"]:
            db.run(f"CREATE SCHEMA IF NOT EXISTS {schema}; CREATE EXTENSION pg_cskpi SCHEMA {schema}")
            self.assertEqual(db.value(f"SELECT {schema}.nps(9)"), "100")
            db.user = "t_security_reader"
            for refused in ["DROP EXTENSION pg_cskpi", "ALTER EXTENSION pg_cskpi UPDATE", "ALTER EXTENSION pg_cskpi SET SCHEMA pg_temp"]:
                self.assertEqual(db.sqlstate(refused), "42501")
            db.user = "t_security_owner"
            db.run("DROP EXTENSION pg_cskpi")
            self.assertEqual(db.value(f"SELECT count(*) FROM pg_class WHERE relnamespace = '{schema}'::regnamespace"), "0")
        db.user = "t_security_reader"
        self.assertEqual(db.sqlstate("CREATE EXTENSION pg_cskpi SCHEMA public"), "42501")
        db.user = "t_security_owner"

    def test_nothing_runs_with_rights_of_others(self):
        for db in [self.plain, self.db]:
            self.assertEqual(db.run("""SELECT count(*) FILTER (WHERE prosecdef), count(*) > 700 FROM pg_proc
                WHERE pronamespace = 'kpi'::regnamespace"""), [["0", "t"]])
            self.assertEqual(db.column("SELECT evtname FROM pg_event_trigger"), [])

    def test_rights_of_everybody(self):
        """To call, and to read both tables; the one who created it edits the targets and nobody the catalog."""
        self.assertEqual(self.plain.run("""SELECT relname, relkind, acl.grantee = 0, privilege_type, count(*)
            FROM pg_class, aclexplode(relacl) acl WHERE relnamespace = 'kpi'::regnamespace AND grantee NOT IN (relowner) GROUP BY 1, 2, 3, 4 ORDER BY 1"""),
            [["kpi_catalog", "r", "t", "SELECT", "1"], ["kpi_targets", "r", "t", "SELECT", "1"]])
        self.assertEqual(self.plain.column("""SELECT proname FROM pg_proc WHERE pronamespace = 'kpi'::regnamespace AND proacl IS NOT NULL
            UNION ALL SELECT typname FROM pg_type WHERE typnamespace = 'kpi'::regnamespace AND typacl IS NOT NULL"""), [])
        self.assertEqual(self.plain.run("""SELECT relname, pg_get_userbyid(relowner) FROM pg_class
            WHERE relnamespace = 'kpi'::regnamespace AND relkind = 'r' ORDER BY 1"""), [["kpi_catalog", "postgres"], ["kpi_targets", "t_security_owner"]])
        edits = ["INSERT INTO kpi.{} SELECT * FROM kpi.{}", "UPDATE kpi.{} SET {} = NULL", "DELETE FROM kpi.{}", "TRUNCATE kpi.{}",
                 "ALTER TABLE kpi.{} DISABLE TRIGGER ALL"]
        for user, table, column in [("t_security_reader", "kpi_targets", "note"), ("t_security_reader", "kpi_catalog", "unit"), ("t_security_owner", "kpi_catalog", "unit")]:
            self.plain.user = user
            for edit in edits:
                with self.subTest(user=user, edit=edit, table=table):
                    self.assertEqual(self.plain.sqlstate(edit.replace("SET {}", f"SET {column}").replace("{}", table)), "42501")
            self.assertEqual(self.plain.value("SELECT count(*) > 10 FROM kpi.kpi_targets"), "t")
        self.plain.user = "t_security_owner"

    def test_everything_is_made_the_same_under_a_hostile_search_path(self):
        ours, theirs = (db.column(DEFINITIONS.format(schema="kpi")) for db in (self.plain, self.db))
        self.assertGreater(len(ours), 900)
        self.assertEqual(ours, theirs)
        self.assertEqual(self.db.column(BOUND_TO_TRAPS.format(schemas="'{trap_a,trap_b}'")), [])

    def test_the_traps_spring(self):
        """Otherwise the tests here would prove nothing."""
        self.assertGreater(int(self.db.value("SELECT count(*) FROM pg_operator WHERE oprnamespace = 'trap_a'::regnamespace")), 300)
        for call in ["1::pg_catalog.numeric = 1::pg_catalog.numeric", "lower('A'::pg_catalog.text)", "(SELECT name FROM kpi_catalog)",
                     "'a'::pg_catalog.text || 'b'::pg_catalog.text", "'x'::bool::pg_catalog.name", "'good'::trap_b.mood::pg_catalog.numeric"]:
            with self.subTest(call=call):
                self.assertIn(self.db.sqlstate(f"{HOSTILE}; SELECT {call}"), ["P0001", "22012", "23514", "42883"])

    def test_every_function_answers_the_same_under_a_hostile_search_path(self):
        expected = self.answers(self.plain, "SET search_path = kpi")
        self.assertGreater(len(expected), 300)
        self.assertGreater(sum(value is not None for _, value in expected), 300)
        self.assertEqual(self.answers(self.db, HOSTILE), expected)

    def test_edits_of_targets_under_a_hostile_search_path(self):
        edits = """INSERT INTO kpi.kpi_targets (kpi, band, comparison, value) VALUES ('nps', 'fair', '>', -9.5);
            UPDATE kpi.kpi_targets SET value = 71 WHERE kpi OPERATOR(pg_catalog.=) 'csat'; UPDATE kpi.kpi_targets SET value = 72 WHERE kpi OPERATOR(pg_catalog.=) 'csat';
            SELECT kpi.kpi_band('nps', '-5'), kpi.kpi_target_met('csat', '71.5'), kpi.kpi_band('nps', 65);
            SELECT pg_catalog.row_to_json(t) FROM kpi.kpi_targets t WHERE NOT t.shipped ORDER BY t.ctid; ROLLBACK"""
        expected = self.plain.run(f"BEGIN; SET LOCAL search_path = kpi; {edits}")
        self.assertEqual(expected[0], ["fair", "f", "excellent"])
        self.assertEqual(len(expected), 3)
        # The comparison of ctid is the query's own.
        self.assertEqual(self.db.run(f"{HOSTILE}; BEGIN; {edits.replace('ORDER BY t.ctid', '')}"), expected)
        for refused in ["DELETE FROM kpi.kpi_targets", "TRUNCATE kpi.kpi_targets"]:
            self.assertEqual(self.db.sqlstate(f"{HOSTILE}; {refused}"), "22023")

    def test_a_schema_full_of_traps_to_live_in(self):
        """Somebody was there before: the schema that the extension is put into is on its search path."""
        self.db.run("DROP EXTENSION pg_cskpi")
        try:
            self.db.run("CREATE EXTENSION pg_cskpi SCHEMA trap_a; ALTER EXTENSION pg_cskpi SET SCHEMA trap_a")
            self.assertEqual(self.db.column(BOUND_TO_TRAPS.format(schemas="'{trap_a,trap_b}'")), [])
            queries = [query.replace("kpi.", "trap_a.").replace('kpi."', 'trap_a."') for signature, query in self.calls if signature not in REFUSED]
            found = self.db.run(";\n".join(["SET search_path = trap_a, pg_catalog", *queries]))
            self.assertEqual(found, self.answers(self.plain, "SET search_path = kpi"))
        finally:
            self.db.run(f"DROP EXTENSION IF EXISTS pg_cskpi; {HOSTILE}; CREATE EXTENSION pg_cskpi SCHEMA kpi")

    def test_what_was_there_before_is_not_adopted(self):
        db = self.owned("t_security_first")
        for taken in TAKEN:
            with self.subTest(taken=taken):
                self.assertIn(db.sqlstate(f"BEGIN; CREATE SCHEMA theirs; CREATE {taken.format('theirs')}; CREATE EXTENSION pg_cskpi SCHEMA theirs"),
                              ["42P07", "42710", "42723", "42809"])
        self.assertEqual(db.column("SELECT nspname FROM pg_namespace WHERE nspname = 'theirs'"), [])

    def test_rows_and_views_of_a_role_without_rights(self):
        """Row security and views hold: our functions see the rows that their caller sees."""
        self.db.run("""CREATE TABLE public.answers (rep text, score integer);
            INSERT INTO public.answers VALUES ('t_security_reader', 10), ('t_security_reader', 9), ('somebody', 0), ('somebody', 1);
            ALTER TABLE public.answers ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON public.answers USING (rep = current_user);
            GRANT SELECT ON public.answers TO t_security_reader;
            CREATE VIEW public.all_answers AS SELECT kpi.nps(score), kpi.kpi_band('nps', kpi.nps(score)) AS band FROM public.answers;
            GRANT SELECT ON public.all_answers TO t_security_reader""")
        self.db.user = "t_security_reader"
        try:
            self.assertEqual(self.db.run("SELECT kpi.nps(score), kpi.responses(score), kpi.kpi_band('nps', kpi.nps(score)) FROM public.answers"), [["100", "2", "world-class"]])
            self.assertEqual(self.db.run("SELECT * FROM public.all_answers"), [["0", "below target"]])
            self.assertEqual(self.db.sqlstate("SELECT kpi.nps(score) FROM kpi.kpi_targets, public.answers a WHERE false UNION SELECT relpages FROM pg_authid, pg_class"), "42501")
        finally:
            self.db.user = "t_security_owner"
            self.db.run("DROP TABLE public.answers CASCADE")

    def test_an_update_runs_nothing_of_the_owner_of_the_targets(self):
        """The scripts of a trusted extension run as superuser. Whoever owns kpi_targets can give it checks,
        triggers and rules: so no script may insert or change a row of it, or read it through them."""
        db = self.owned("t_security_step")
        db.run("""CREATE EXTENSION pg_cskpi VERSION '0.1.0';
            CREATE TABLE public.seen (who text, what text); GRANT INSERT ON public.seen TO PUBLIC;
            CREATE FUNCTION public.spy(what text) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN INSERT INTO public.seen VALUES (current_user, what); RETURN true; END $$;
            CREATE FUNCTION public.spying() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM public.spy('trigger'); RETURN NEW; END $$;
            ALTER TABLE kpi_targets ADD CONSTRAINT spied CHECK (public.spy('check')) NOT VALID;
            CREATE TRIGGER spied BEFORE INSERT OR UPDATE OR DELETE ON kpi_targets FOR EACH STATEMENT EXECUTE FUNCTION public.spying();
            ALTER TABLE kpi_targets ENABLE ALWAYS TRIGGER spied;
            CREATE RULE spied AS ON UPDATE TO kpi_targets DO ALSO SELECT public.spy('rule');
            INSERT INTO kpi_targets (kpi, band, comparison, value) VALUES ('nps', 'mine', '>', 1)""")
        self.assertEqual(db.column("SELECT DISTINCT who FROM public.seen"), ["t_security_owner"])
        db.run("ALTER EXTENSION pg_cskpi UPDATE")
        self.assertEqual(db.value("SELECT extversion FROM pg_extension WHERE extname = 'pg_cskpi'"), self.plain.value(
            "SELECT extversion FROM pg_extension WHERE extname = 'pg_cskpi'"))
        self.assertEqual(db.column("SELECT DISTINCT who || ' by ' || what FROM public.seen WHERE who <> 't_security_owner'"), [])

    def test_the_library_reaches_for_nothing_outside(self):
        """No files, connections, programs, settings or queries of its own, and no hooks of the server's."""
        outside = re.compile(r"std::(fs|net|process|env|os)\b|\bSpi\b|SPI_|set_config|SetConfigOption|DefineCustom\w+|pg_sys::\w+_hook\b|BackgroundWorker|_PG_init|open\w*File")
        sources = list((ROOT / "src").rglob("*.rs"))
        self.assertGreater(len(sources), 150)
        self.assertEqual([f"{path.relative_to(ROOT)}: {found[0]}" for path in sources if "tests" not in path.name
                          for found in outside.finditer(path.read_text())], [])

    def test_pgspot_finds_nothing_else(self):
        """In the install script, as scripts/install.sh joins it, and in every step from a released version."""
        parts = sorted((ROOT / "sql").glob("[0-9][0-9]_*.sql"))
        self.assertGreater(len(parts), 40)
        scripts = {"install": "".join(part.read_text() for part in parts)}
        scripts |= {step.name: step.read_text() for step in (ROOT / "sql").glob("pg_cskpi--*--*.sql")}
        self.assertGreater(len(scripts), 1)
        for name, script in scripts.items():
            with self.subTest(script=name):
                found, summary = self.spotted(script)
                self.assertEqual([line for line in found if not any(re.fullmatch(rule, line) for rule in SPOTTED)], [])
                self.assertRegex(summary, "Unknown: 0")
                if name == "install":
                    self.assertGreater(len(found), 300)

    def test_pgspot_finds_what_is_wrong(self):
        for wrong in ["CREATE OR REPLACE FUNCTION nps(x integer) RETURNS integer LANGUAGE C AS 'x', 'y';", "CREATE TABLE IF NOT EXISTS kpi_targets (kpi text);",
                      "CREATE FUNCTION f() RETURNS void SECURITY DEFINER LANGUAGE sql AS $$ SELECT 1 $$;", "SELECT now();", "SELECT 'a' ~ 'b';"]:
            found, _ = self.spotted(wrong)
            self.assertTrue([line for line in found if not any(re.fullmatch(rule, line) for rule in SPOTTED)], wrong)

    @staticmethod
    def spotted(script):
        """Findings without line numbers, and pgspot's last line. It does not know BEGIN ATOMIC: it gets such bodies as strings."""
        script = re.sub(r"^\\.*$", "", script, flags=re.M).replace("@extowner@", "postgres")
        script = re.sub(r"^BEGIN ATOMIC$(.*?)^END;$", r"AS $body$\1$body$;", script, flags=re.M | re.S)
        with tempfile.NamedTemporaryFile("w", suffix=".sql") as file:
            file.write(script)
            file.flush()
            done = subprocess.run([HOME / "bin/pgspot", file.name], capture_output=True, text=True)
        lines = [re.sub(r" at line \d+$", "", line) for line in done.stdout.splitlines() if line.strip()]
        if done.stderr.strip() or not lines or "Errors:" not in lines[-1]:
            raise SqlError(f"pgspot ended with {done.stderr[-500:]} {lines[-3:]}")
        return lines[:-1], lines[-1]


if __name__ == "__main__":
    main()
