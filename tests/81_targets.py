#!/usr/bin/env -S python3 -B
"""Rows that users add to kpi_targets survive dump and restore, and the shipped ones come back as they were."""

import pathlib
import tempfile
import unittest

from lib.database import Database, command
from lib.tap import main

# Bands more, other bounds, own channels, bands that are switched off; shipped rows changed in place.
EDITS = """
INSERT INTO kpi_targets (kpi, channel, band, comparison, value, is_target, note) VALUES
    ('nps', '', 'fair', '>', -20, false, E'a tab\\t, a "quote" and a back\\\\slash'), ('nps', '', 'our goal', '>=', 30.50, true, NULL),
    ('csat', 'Live-Chat', 'good', '>', 85, true, ''), ('tickets_per_rep', '', 'busy', '>=', 1e20, false, NULL);
INSERT INTO kpi_targets (kpi, channel, band, comparison, duration, is_target) VALUES
    ('avg_first_response_time', 'E-Mail', 'good', '<=', '4 hours', true), ('aht', '', 'slow', '<', '1 day 00:00:00.000001', false);
INSERT INTO kpi_targets (kpi, band, comparison) VALUES ('nps', 'World class', '>');
UPDATE kpi_targets SET value = 75, note = 'changed' WHERE kpi = 'fcr';
UPDATE kpi_targets SET duration = '2 days' WHERE kpi = 'avg_resolution_time' AND band = 'good';
UPDATE kpi_targets SET duration = NULL WHERE kpi = 'median_resolution_time' AND band = 'acceptable';
"""
OBJECTS = """
CREATE TABLE public.measured AS SELECT 'rep ' || i % 3 AS rep, (ARRAY['call', 'chat', 'E-Mail', 'live chat'])[1 + i % 4] AS channel,
    i * 7 % 11 AS score, interval '1 second' * (i * i % 101) AS reply FROM generate_series(1, 300) i;
CREATE VIEW public.judged AS
    SELECT rep, kpi_band('nps', nps(score)), kpi_target_met('nps', nps(score)), kpi_band('csat', csat(score, 4), min(channel)) AS csat,
           kpi_band('aht', '5 minutes') AS aht, kpi_target_met('fcr', 74.5) AS fcr
    FROM public.measured GROUP BY rep;
CREATE MATERIALIZED VIEW public.judged_then AS
    SELECT channel, kpi_band('csat', 80, channel), kpi_target_met('avg_resolution_time', avg_resolution_time(reply)),
           kpi_band('nps', '35') AS named
    FROM public.measured GROUP BY channel;
CREATE VIEW public.everything AS
    SELECT value, kpi_band('nps', value), kpi_target_met('nps', value) AS nps_met, kpi_band('fcr', value) AS fcr, kpi_target_met('fcr', value) AS fcr_met,
           kpi_band('csat', value, 'Live Chat') AS csat, kpi_band('avg_first_response_time', value * interval '5 minutes', 'email') AS reply,
           kpi_band('avg_resolution_time', value * interval '2 hours') AS resolution, kpi_target_met('median_resolution_time', value * interval '1 hour') AS solved,
           kpi_band('aht', value * interval '10 minutes') AS aht, kpi_band('tickets_per_rep', value) AS tickets
    FROM generate_series(0, 100) value;
CREATE FUNCTION public.band_of(v numeric) RETURNS text STABLE BEGIN ATOMIC SELECT kpi_band('nps', v); END;
"""
ROWS = "SELECT t::text FROM {}.kpi_targets t ORDER BY kpi, channel, band, shipped"
VIEWS = ["judged", "judged_then", "everything"]


class Targets(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.files = tempfile.TemporaryDirectory()
        cls.dir = pathlib.Path(cls.files.name)
        for left_over in ["t_targets_owned", "t_targets_owned_copy"]:  # by a run that was stopped
            command("dropdb", "--if-exists", "--force", left_over)
        command("psql", "-Xq", "-d", "postgres", "-c", "DROP ROLE IF EXISTS t_targets_owner, t_targets_editor",
                "-c", "CREATE ROLE t_targets_owner LOGIN", "-c", "CREATE ROLE t_targets_editor LOGIN")
        cls.databases = []

    @classmethod
    def tearDownClass(cls):
        for db in cls.databases:
            db.drop()
        command("psql", "-Xq", "-d", "postgres", "-c", "DROP ROLE t_targets_owner, t_targets_editor")
        cls.files.cleanup()

    def database(self, *arguments, **named):
        db = Database(*arguments, **named)
        self.databases.append(db)
        return db

    def edited(self, name, schema, owner="postgres"):
        db = self.database(name, schema, owner=owner)
        db.run(f"SET search_path = {schema}; {EDITS} {OBJECTS}")
        return db

    def restored(self, source, *how):
        """A new database with what pg_dump has written; no error may occur."""
        copy = self.database(f"{source.name}_copy", schema=None, owner=source.user)
        file = self.dir / "dump"
        command("pg_dump", "-U", source.user, "-d", source.name, "-f", file, *how)
        if "-Fc" in how:
            command("pg_restore", "-U", copy.user, "--exit-on-error", "-d", copy.name, file)
        else:
            command("psql", "-Xq", "-U", copy.user, "-v", "ON_ERROR_STOP=1", "-d", copy.name, "-f", file)
        return copy

    def contents(self, db, schema):
        views = {name: sorted(db.column(f"SELECT r::text FROM public.{name} r")) for name in VIEWS}
        return {**views, "kpi_targets": db.column(ROWS.format(schema))}

    def check_copy(self, source, copy, schema):
        before = self.contents(source, schema)
        self.assertEqual({name for name, rows in before.items() if len(rows) < 3}, set())
        self.assertEqual(self.contents(copy, schema), before)
        copy.run("REFRESH MATERIALIZED VIEW public.judged_then")
        self.assertEqual(self.contents(copy, schema), before)
        self.assertEqual(copy.value("SET search_path = pg_catalog; SELECT public.band_of(-5)"), "fair")
        # The triggers are there again.
        self.assertEqual(copy.sqlstate(f"DELETE FROM {schema}.kpi_targets"), "22023")
        self.assertEqual(copy.run(f"""BEGIN; UPDATE {schema}.kpi_targets SET value = 7 WHERE kpi = 'ces';
            SELECT value, shipped FROM {schema}.kpi_targets WHERE kpi = 'ces' ORDER BY 2; ROLLBACK"""), [["7", "f"], ["5", "t"]])

    def test_restore_in_public(self):
        source = self.edited("t_targets", "public")
        for how in [["-Fp"], ["-Fc"], ["-Fp", "--inserts"], ["-Fp", "--clean", "--if-exists"]]:
            with self.subTest(how=how):
                self.check_copy(source, self.restored(source, *how), "public")

    def test_restore_in_a_schema_of_its_own(self):
        source = self.edited("t_targets_schema", "cskpi")
        for how in [["-Fp"], ["-Fc"]]:
            with self.subTest(how=how):
                copy = self.restored(source, *how)
                self.check_copy(source, copy, "cskpi")
                # Once more, from the copy.
                self.check_copy(copy, self.restored(copy, *how), "cskpi")

    def test_only_rows_of_users_are_dumped(self):
        source = self.edited("t_targets_dump", "public")
        command("pg_dump", "-d", source.name, "-f", self.dir / "dump", "--data-only", "--inserts", "-t", "kpi_targets")
        inserted = [line for line in (self.dir / "dump").read_text().splitlines() if line.startswith("INSERT INTO public.kpi_targets")]
        self.assertEqual(len(inserted), int(source.value("SELECT count(*) FROM kpi_targets WHERE NOT shipped")))
        # Without edits there is nothing to dump, and the defaults count.
        plain = self.database("t_targets_plain")
        copy = self.restored(plain, "-Fc")
        self.assertEqual(copy.run("SELECT bool_and(shipped), kpi_band('nps', 65) FROM kpi_targets"), [["t", "excellent"]])

    def test_answers_before_and_after_are_right(self):
        """By hand, so that a restored error would not be taken for right."""
        db = self.restored(self.edited("t_targets_right", "public"), "-Fc")
        self.assertEqual(db.run("""SELECT kpi_band('nps', 75), kpi_target_met('nps', 30.4), kpi_band('fcr', 74), kpi_band('fcr', 75.1),
            kpi_band('avg_resolution_time', '36 h'), kpi_target_met('median_resolution_time', '36 h'), kpi_band('csat', 80, 'livechat'),
            kpi_band('csat', 80, 'call'), kpi_target_met('avg_first_response_time', '4 h', 'email')"""),
            [["excellent", "f", "below target", "above typical", "good", None, "below target", "good", "t"]])

    def test_change_of_schema(self):
        db = self.edited("t_targets_moved", "public")
        before = self.contents(db, "public")
        db.run("CREATE SCHEMA elsewhere; ALTER EXTENSION pg_cskpi SET SCHEMA elsewhere")
        self.assertEqual(self.contents(db, "elsewhere"), before)
        self.assertEqual(db.sqlstate("SELECT kpi_band('nps', 65)"), "42883")
        self.assertEqual(db.value("SELECT elsewhere.kpi_band('nps', 65)"), "excellent")
        self.check_copy(db, self.restored(db, "-Fc"), "elsewhere")

    def test_what_is_prepared_in_the_schema_is_not_called(self):
        """Functions and operators that would suit inexact calls of the install script better than its own."""
        db = self.database("t_targets_trap", schema=None)
        db.run("CREATE SCHEMA trap")
        sprung = "LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'trapped'; END $$"
        for arguments, result in [("sprung_n(numeric, integer)", "boolean"), ("sprung_t(text, varchar)", "boolean"), ("cardinality(anyelement)", "integer"),
                                  ("pg_extension_config_dump(text, text)", "void"), ("kpi_target_key(varchar)", "bytea"),
                                  ("kpi_band(text, numeric, text, anyarray, text)", "text"), ("kpi_target_met(text, numeric, text, anyarray, varchar)", "boolean"),
                                  ("lower(varchar)", "text"), ("format(text, name, name)", "text")]:
            db.run(f"CREATE FUNCTION trap.{arguments} RETURNS {result} {sprung}")
        for operator in ["=", "<>", ">="]:
            db.run(f"CREATE OPERATOR trap.{operator} (LEFTARG = numeric, RIGHTARG = integer, FUNCTION = trap.sprung_n);"
                   f"CREATE OPERATOR trap.{operator} (LEFTARG = text, RIGHTARG = varchar, FUNCTION = trap.sprung_t)")
        db.run("CREATE EXTENSION pg_cskpi SCHEMA trap")
        self.assertEqual(db.run("""SET search_path = trap, pg_catalog;
            INSERT INTO kpi_targets (kpi, band, comparison, value) VALUES ('nps', 'fair', '>', -9.5);
            INSERT INTO kpi_targets (kpi, channel, band, comparison, duration) VALUES ('aht', 'call', 'good', '<', '5 min');
            UPDATE kpi_targets SET value = 71 WHERE kpi = 'csat'; UPDATE kpi_targets SET value = 72 WHERE kpi = 'csat';
            SELECT kpi_band('nps', '-5'), kpi_target_met('csat', '71.5'), kpi_band('aht', '5 min', 'call'), kpi_band('nps', 65), kpi_target_met('aht', interval '5 min')"""),
            [["fair", "f", "below target", "excellent", "t"]])
        self.assertEqual(db.sqlstate("SELECT trap.kpi_band('npss', '5')"), "22023")
        self.assertEqual(db.sqlstate("DELETE FROM trap.kpi_targets"), "22023")

    def test_drop_and_create(self):
        db = self.edited("t_targets_dropped", "public")
        db.run("DROP EXTENSION pg_cskpi CASCADE")
        self.assertEqual(db.value("SELECT to_regclass('public.kpi_targets') IS NULL AND to_regclass('public.judged') IS NULL"), "t")
        db.run("CREATE EXTENSION pg_cskpi")
        self.assertEqual(db.run("SELECT bool_and(shipped), kpi_band('fcr', 71) FROM kpi_targets"), [["t", "typical"]])

    def test_who_creates_the_extension_edits_the_table(self):
        """Also when he is no superuser; and passes the right on."""
        source = self.edited("t_targets_owned", "public", owner="t_targets_owner")
        self.assertEqual(source.value("SELECT rolsuper FROM pg_roles WHERE rolname = current_user"), "f")
        self.assertEqual(source.value("SELECT pg_get_userbyid(relowner) FROM pg_class WHERE relname = 'kpi_targets'"), "t_targets_owner")
        source.run("GRANT INSERT, UPDATE, DELETE ON kpi_targets TO t_targets_editor")
        self.check_copy(source, self.restored(source, "-Fc"), "public")
        for db in self.databases[-2:]:
            db.user = "t_targets_editor"
            self.assertEqual(db.value("""BEGIN; UPDATE kpi_targets SET value = 1 WHERE kpi = 'ces'; DELETE FROM kpi_targets WHERE kpi = 'nps' AND NOT shipped;
                INSERT INTO kpi_targets (kpi, band, comparison, value) VALUES ('nps', 'x', '>', 72);
                SELECT kpi_band('ces', 2) || ' ' || kpi_band('nps', 73); ROLLBACK"""), "good x")
            self.assertEqual(db.sqlstate("TRUNCATE kpi_targets"), "42501")
            db.user = "t_targets_owner"
        # A superuser who restores is the owner then; what was granted stays.
        file = self.dir / "dump"
        command("pg_dump", "-d", source.name, "-Fc", "-f", file)
        copy = self.database("t_targets_owned_copy", schema=None)
        command("pg_restore", "--exit-on-error", "-d", copy.name, file)
        self.assertEqual(self.contents(copy, "public"), self.contents(source, "public"))
        self.assertEqual(copy.value("SELECT has_table_privilege('t_targets_editor', 'kpi_targets', 'INSERT')"), "t")

    def test_the_language_of_the_triggers(self):
        db = self.database("t_targets_language")
        self.assertEqual(db.sqlstate("DROP EXTENSION plpgsql"), "2BP01")
        db.run("DROP EXTENSION plpgsql CASCADE")
        self.assertEqual(db.value("SELECT count(*) FROM pg_extension WHERE extname = 'pg_cskpi'"), "0")
        self.assertEqual(db.sqlstate("CREATE EXTENSION pg_cskpi"), "42704")
        db.run("CREATE EXTENSION pg_cskpi CASCADE")
        self.assertEqual(db.value("SELECT kpi_band('nps', 65)"), "excellent")


if __name__ == "__main__":
    main()
