#!/usr/bin/env -S python3 -B
"""A database with a released version works with the new library, and ALTER EXTENSION UPDATE makes of it what a
new installation is, without touching what users have."""

import re
import tempfile
import unittest

from lib.database import ROOT, Database, command
from lib.everything import SUMMARIES, contents, everything, type_of
from lib.kept import kept, ready
from lib.members import differences, members
from lib.tap import main

RELEASED = re.findall(r"  pg_cskpi--(\d[^-]*)\.sql$", (ROOT / "sql/released.sha256").read_text(), re.M)
CURRENT = re.search(r"^default_version = '(.*)'$", (ROOT / "pg_cskpi.control").read_text(), re.M).group(1)
OWNER = "t_upgrade_owner"
VERSION = "SELECT extversion FROM pg_extension WHERE extname = 'pg_cskpi'"
AGAIN = """UPDATE public.computed_raw SET metrics = metrics; UPDATE public.computed_stored SET team = team;
    REFRESH MATERIALIZED VIEW public.m_raw; REFRESH MATERIALIZED VIEW public.m_stored; REFRESH MATERIALIZED VIEW public.m_m"""
# What a version adds to: compared by what users have in it.
SHIPPED = ["kpi_catalog", "kpi_targets"]
OWN_TARGETS = "SELECT t::text FROM {}.kpi_targets t WHERE NOT shipped ORDER BY 1"

# What an upgrade step could leave out or do otherwise, and the fact that tells.
SLIPS = {
    "ALTER EXTENSION pg_cskpi DROP FUNCTION clv_from_churn; DROP FUNCTION clv_from_churn": "function (function,public,,public.clv_from_churn(",
    "CREATE FUNCTION extra() RETURNS integer LANGUAGE sql AS 'SELECT 1'; ALTER EXTENSION pg_cskpi ADD FUNCTION extra()": "public.extra()",
    "ALTER EXTENSION pg_cskpi DROP FUNCTION monthly_amount": "(function,public,,public.monthly_amount(public.kpi_number,interval)) depends by e on",
    "ALTER FUNCTION cac COST 7": "pg_proc (function,public,,public.cac(",
    "ALTER FUNCTION sessions ROWS 7": "pg_proc (function,public,,public.sessions(",
    "ALTER FUNCTION arr PARALLEL RESTRICTED": "pg_proc (function,public,,public.arr(",
    "ALTER FUNCTION sentiment STABLE": "pg_proc (function,public,,public.sentiment(",
    "ALTER FUNCTION crc CALLED ON NULL INPUT": "pg_proc (function,public,,public.crc(",
    "ALTER FUNCTION arpu SET search_path = public": "pg_proc (function,public,,public.arpu(",
    "REVOKE EXECUTE ON FUNCTION clv FROM PUBLIC": "pg_proc (function,public,,public.clv(",
    "CREATE OR REPLACE FUNCTION kpi_targets_known() RETURNS text STABLE PARALLEL SAFE BEGIN ATOMIC SELECT 'none'; END": "function (function,public,,public.kpi_targets_known",
    "CREATE OR REPLACE AGGREGATE nps(score integer) (SFUNC = survey_accum, STYPE = survey_summary, FINALFUNC = nps, INITCOND = '{\"version\":1,\"scores\":{}}')":
        "pg_aggregate (aggregate,public,,public.nps(integer",
    "COMMENT ON AGGREGATE enps(integer) IS 'changed'": "comment of (aggregate,public,,public.enps(integer",
    "ALTER TABLE kpi_targets ALTER channel SET (n_distinct = 7)": "pg_attribute (table column,public,kpi_targets,public.kpi_targets.channel",
    "COMMENT ON COLUMN kpi_targets.note IS NULL": "comment of (table column,public,kpi_targets,public.kpi_targets.note",
    "ALTER OPERATOR = (rate_summary, rate_summary) SET (RESTRICT = NONE)": "pg_operator (operator,public,,public.=(public.rate_summary",
    "ALTER OPERATOR FAMILY rfm_summary_hash_ops USING hash DROP FUNCTION 2 (rfm_summary)": "pg_amproc (function of access method",
    "ALTER TYPE rate_summary SET (STORAGE = main)": "pg_type (type,public,rate_summary",
    "ALTER EXTENSION pg_cskpi DROP CAST (smallint AS kpi_number); DROP CAST (smallint AS kpi_number)": "comment of (cast,,,(smallint AS public.kpi_number)",
    "ALTER TABLE kpi_targets ALTER band SET DEFAULT 'good'": "default (default value,,,for public.kpi_targets.band",
    "ALTER TABLE kpi_targets ALTER is_target DROP NOT NULL": "pg_attribute (table column,public,kpi_targets,public.kpi_targets.is_target",
    "ALTER TABLE kpi_targets ADD CHECK (note <> 'x')": "constraint (table constraint,public,,kpi_targets_note_check on",
    "ALTER TABLE kpi_targets DISABLE TRIGGER kpi_targets_5_delete": "pg_trigger (trigger,,,kpi_targets_5_delete on",
    "ALTER TABLE kpi_catalog ENABLE TRIGGER kpi_catalog_replicated": "pg_trigger (trigger,,,kpi_catalog_replicated on",
    "DROP TRIGGER kpi_targets_2_own ON kpi_targets": "trigger (trigger,,,kpi_targets_2_own on",
    "CREATE INDEX another ON kpi_catalog (family)": "index (index,public,another",
    "ALTER TABLE kpi_catalog SET (fillfactor = 50)": "pg_class (table,public,kpi_catalog",
    "GRANT DELETE ON kpi_targets TO PUBLIC": "pg_class (table,public,kpi_targets",
    "UPDATE pg_extension SET extcondition = '{\"\"}' WHERE extname = 'pg_cskpi'": "pg_extension (extension,,pg_cskpi",
    "UPDATE kpi_catalog SET usage = usage || ' ' WHERE name = 'nps'": "row of kpi_catalog",
    "DELETE FROM kpi_targets WHERE kpi = 'nps' AND band = 'good'": "row of kpi_targets",
}


def chains(db):
    """Every way from a released version to this one, also those that PostgreSQL would not take by itself."""
    steps = [tuple(row) for row in db.run("SELECT source, target FROM pg_extension_update_paths('pg_cskpi') WHERE path = source || '--' || target")]

    def walk(way):
        if way[-1] == CURRENT:
            yield way
        else:
            for source, target in steps:
                if source == way[-1] and target not in way:
                    yield from walk([*way, target])
    return {version: list(walk([version])) for version in RELEASED}


class Upgrade(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.databases = []
        cls.files = tempfile.TemporaryDirectory()
        cls.dir = cls.files.name
        for left_over in ["t_upgrade", "t_upgrade_copy"]:  # by a run that was stopped
            command("dropdb", "--if-exists", "--force", left_over)
        command("psql", "-Xq", "-d", "postgres", "-c", f"DROP ROLE IF EXISTS {OWNER}", "-c", f"CREATE ROLE {OWNER} LOGIN")
        cls.fresh = cls.database("t_upgrade_fresh")
        cls.fresh_members = members(cls.fresh)

    @classmethod
    def tearDownClass(cls):
        for db in cls.databases:
            db.drop()
        cls.files.cleanup()
        command("psql", "-Xq", "-d", "postgres", "-c", f"DROP ROLE {OWNER}")

    @classmethod
    def database(cls, name, version=None, make=Database, **how):
        db = make(name, **how) if version is None else cls.old(name, version, **how)
        cls.databases.append(db)
        return db

    @staticmethod
    def old(name, version, schema="public", **how):
        db = Database(name, schema=None, **how)
        db.run(f"CREATE SCHEMA IF NOT EXISTS {schema}; CREATE EXTENSION pg_cskpi SCHEMA {schema} VERSION '{version}'")
        return db

    def used(self, name, version, **how):
        """A database at a released version in which everything is used."""
        return self.database(name, make=lambda name: everything(name, version=version, **how))

    def same(self, left, right):
        self.assertEqual(dict(list(differences(left, right).items())[:3]), {})

    def only_shipped_rows_differ(self, before, after):
        self.assertLessEqual(set(differences(before, after)), {*SHIPPED})

    def test_every_released_version_is_there(self):
        self.assertIn("0.1.0", RELEASED)
        there = self.fresh.column("SELECT version FROM pg_available_extension_versions WHERE name = 'pg_cskpi'")
        self.assertLessEqual({*RELEASED, CURRENT}, set(there))
        self.assertEqual({version for version, ways in chains(self.fresh).items() if not ways and version != CURRENT}, set())

    def test_every_way_leads_to_what_a_new_installation_is(self):
        for version, ways in chains(self.fresh).items():
            for way in ways:
                with self.subTest(way=" -- ".join(way)):
                    db = self.database("t_upgrade_way", version)
                    for target in way[1:]:
                        db.run(f"ALTER EXTENSION pg_cskpi UPDATE TO '{target}'")
                    self.assertEqual(db.value(VERSION), CURRENT)
                    self.same(members(db), self.fresh_members)

    def test_a_slip_is_seen(self):
        """Otherwise the test above could not fail."""
        found = differences(members(self.fresh, change="; ".join(SLIPS)), self.fresh_members)
        for slip, fact in SLIPS.items():
            with self.subTest(slip=slip):
                self.assertTrue([what for what in found if fact in what.replace('"', "")])
        self.same(members(self.fresh), self.fresh_members)

    def test_each_symbol_is_in_the_library(self):
        for version in RELEASED:
            with self.subTest(version=version):
                db = self.database("t_upgrade_symbols", version)
                self.assertGreater(int(db.value("""SELECT count(pg_catalog.fmgr_c_validator(p.oid)::text) FROM pg_proc p
                    JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND objid = p.oid AND deptype = 'e'
                    WHERE probin = '$libdir/pg_cskpi'""")), 300)

    def test_before_and_after(self):
        """By an owner who is no superuser; with what users have of everything."""
        for version in RELEASED:
            with self.subTest(version=version):
                db = self.used("t_upgrade", version, owner=OWNER)
                self.assertEqual(db.value("SELECT rolsuper FROM pg_roles WHERE rolname = current_user"), "f")
                before, own = contents(db), db.column(OWN_TARGETS.format("public"))
                # The new library under the old catalog, and all that is new: the same answers.
                new = self.used("t_upgrade_new", CURRENT, owner=OWNER)
                answers = contents(new)
                self.same({name: row for name, row in answers.items() if name in before and name not in SHIPPED},
                          {name: row for name, row in before.items() if name not in SHIPPED})
                # Taken back, nothing has changed.
                old_members = members(db)
                db.run("BEGIN; ALTER EXTENSION pg_cskpi UPDATE; ROLLBACK")
                self.assertEqual(db.value(VERSION), version)
                self.same(members(db), old_members)
                db.run("BEGIN; ALTER EXTENSION pg_cskpi UPDATE; SELECT nps(9); COMMIT")
                self.assertEqual(db.value(VERSION), CURRENT)
                self.only_shipped_rows_differ(before, contents(db))
                self.only_shipped_rows_differ(before, contents(db, AGAIN))
                self.assertEqual(db.column(OWN_TARGETS.format("public")), own)
                self.assertGreater(len(own), 3)
                # And then it is dumped and restored as one that was never older.
                copy = self.database("t_upgrade_copy", schema=None, owner=OWNER)
                command("sh", "-c", f"pg_dump -Fc -U {OWNER} {db.name} | pg_restore -U {OWNER} -d {copy.name} --exit-on-error")
                self.only_shipped_rows_differ(before, contents(copy))

    def test_in_a_schema_of_its_own_that_changes(self):
        for version in RELEASED:
            with self.subTest(version=version):
                db = self.used("t_upgrade_apart", version, schema="cskpi")
                before, own = contents(db), db.column(OWN_TARGETS.format("cskpi"))
                db.run("CREATE SCHEMA elsewhere; ALTER EXTENSION pg_cskpi SET SCHEMA elsewhere; SET search_path = pg_catalog; ALTER EXTENSION pg_cskpi UPDATE")
                self.assertEqual(db.value(VERSION), CURRENT)
                self.only_shipped_rows_differ(before, contents(db, AGAIN))
                self.assertEqual(db.column(OWN_TARGETS.format("elsewhere")), own)
                db.run("DROP SCHEMA cskpi; CREATE SCHEMA cskpi; ALTER EXTENSION pg_cskpi SET SCHEMA cskpi")
                self.only_shipped_rows_differ(before, contents(db, AGAIN))
                # As one that was made there. The parts that belong to nobody else are compared.
                db.drop()
                db = self.database("t_upgrade_apart", version, schema="elsewhere")
                db.run("CREATE SCHEMA cskpi; ALTER EXTENSION pg_cskpi UPDATE; ALTER EXTENSION pg_cskpi SET SCHEMA cskpi")
                self.same(members(db, "cskpi"), members(self.database("t_upgrade_made", schema="cskpi"), "cskpi"))

    def test_what_a_release_has_stored_is_read(self):
        """Its bytes in tables and in binary copies are the values that the rows give today."""
        for version in RELEASED:
            db = self.database("t_upgrade_kept", make=ready)
            rows = kept(version)
            self.assertEqual({row[0] for row in rows} - {type_of(column) for column in SUMMARIES}, set())
            self.assertGreater(len(rows), 50)
            db.run("".join(f"CREATE TABLE kept_{type_} (n integer, stored {type_}, made {type_}, sent text);" for type_ in sorted({row[0] for row in rows})))
            db.run("".join(f"INSERT INTO kept_{type_} VALUES ({n}, '\\x{stored}'::bytea::{type_}, {sql}, '{sent}');" for n, (type_, sql, stored, sent) in enumerate(rows)))
            for type_ in sorted({row[0] for row in rows}):
                with self.subTest(version=version, type=type_):
                    # By equality, text, hash and binary output, and merged with others.
                    self.assertEqual(db.column(f"""SELECT n FROM kept_{type_} WHERE (stored = made AND stored::text = made::text AND {type_}_hash(stored) = {type_}_hash(made)
                        AND encode({type_}_send(stored), 'hex') = sent) IS NOT TRUE"""), [])
                    self.psql_copies(db, type_)

    def psql_copies(self, db, type_):
        """What the release would have written by COPY in binary comes in."""
        db.psql(f"""CREATE TEMP TABLE again (s {type_}, n integer);
            \\copy (SELECT decode(sent, 'hex'), n FROM kept_{type_}) TO '{self.dir}/copy' (FORMAT binary)
            \\copy again FROM '{self.dir}/copy' (FORMAT binary)
            DO $$ BEGIN ASSERT (SELECT count(*) = count(*) FILTER (WHERE s = made) FROM again JOIN kept_{type_} USING (n)); ASSERT (SELECT count(*) > 0 FROM again); END $$;
            """)

    def test_others_cannot_update(self):
        db = self.database("t_upgrade_others", RELEASED[0])
        db.user = OWNER
        self.assertEqual(db.sqlstate("ALTER EXTENSION pg_cskpi UPDATE"), "42501")
        db.user = "postgres"

    def test_what_is_prepared_in_the_schema_is_not_called(self):
        """An upgrade step must name what it calls, as the install script does."""
        for version in RELEASED:
            with self.subTest(version=version):
                db = self.database("t_upgrade_trap", version, schema="trap")
                sprung = "LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'trapped'; END $$"
                for arguments, result in [("sprung_n(numeric, integer)", "boolean"), ("sprung_t(text, varchar)", "boolean"), ("lower(varchar)", "text"),
                                          ("cardinality(anyelement)", "integer"), ("pg_extension_config_dump(text, text)", "void"), ("format(text, name, name)", "text")]:
                    db.run(f"CREATE FUNCTION trap.{arguments} RETURNS {result} {sprung}")
                for operator in ["=", "<>", ">="]:
                    db.run(f"CREATE OPERATOR trap.{operator} (LEFTARG = numeric, RIGHTARG = integer, FUNCTION = trap.sprung_n);"
                           f"CREATE OPERATOR trap.{operator} (LEFTARG = text, RIGHTARG = varchar, FUNCTION = trap.sprung_t)")
                db.run("ALTER EXTENSION pg_cskpi UPDATE")
                self.assertEqual(db.value(VERSION), CURRENT)


if __name__ == "__main__":
    main()
