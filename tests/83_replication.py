#!/usr/bin/env -S python3 -B
"""Summaries travel through logical replication, as text and binary, and a standby reads them as its primary does.

A cluster of its own, because the others have no logical WAL."""

import os
import pathlib
import subprocess
import sys
import time
import unittest

from lib.database import ROOT, Database, command
from lib.everything import EDITS, SUMMARIES, TABLES, contents, everything, stored
from lib.tap import main

SANDBOX = ROOT / "scripts/sandbox.sh"
CLUSTERS = ["replication", "standby"]
SETTINGS = ["wal_level=logical", "max_replication_slots=10", "max_wal_senders=10", "max_logical_replication_workers=8", "max_worker_processes=16"]
LISTED = ", ".join(SUMMARIES)
# A row is known by a summary alone.
KNOWN = "CREATE TABLE known (s survey_summary, d duration_summary); ALTER TABLE known REPLICA IDENTITY FULL"
ROWS = "SELECT id, kind, team, {} FROM public.stored".format(LISTED)


def server_runs(*arguments):
    """As who runs the server, which is never root."""
    who = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    subprocess.run([*who, *arguments], check=True, cwd="/", capture_output=True)


class Replication(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.forget()
        cls.source = Database("t_source")
        cls.source.schema = "public"
        cls.source.run(f"{EDITS} {TABLES} {stored()} {KNOWN}; INSERT INTO known SELECT survey_summary, duration_summary FROM stored")

    @classmethod
    def tearDownClass(cls):
        cls.forget()
        command("dropdb", "--if-exists", "--force", "t_source")

    @staticmethod
    def forget():
        """Subscriptions and slots, also of a run that was stopped: a database with one cannot be dropped."""
        for name in ["t_text", "t_binary", "t_all", "t_targets"]:
            if command("psql", "-XAtq", "-d", "postgres", "-c", f"SELECT 1 FROM pg_database WHERE datname = '{name}'"):
                for sub in command("psql", "-XAtq", "-d", name, "-c", f"SELECT subname FROM pg_subscription s JOIN pg_database d ON d.oid = subdbid WHERE datname = '{name}'").split():
                    command("psql", "-Xq", "-d", name, "-c", f"ALTER SUBSCRIPTION {sub} DISABLE", "-c", f"ALTER SUBSCRIPTION {sub} SET (slot_name = NONE)",
                            "-c", f"DROP SUBSCRIPTION {sub}")
                command("dropdb", "--force", name)
        for _ in range(50):
            command("psql", "-Xq", "-d", "postgres", "-c", "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name ~ '^(t_|pg_[0-9]+_sync)' AND NOT active")
            if command("psql", "-XAtq", "-d", "postgres", "-c", "SELECT count(*) FROM pg_replication_slots WHERE slot_name ~ '^(t_|pg_)'").strip() == "0":
                break
            time.sleep(0.1)

    def subscriber(self, name, publication, tables, options=""):
        """A database that gets what is published; both are in one cluster, so the slot is made beforehand."""
        db = Database(name)
        db.schema = "public"
        db.run(tables)
        self.source.run(f"SELECT pg_create_logical_replication_slot('{name}', 'pgoutput')")
        host, port = os.environ["PGHOST"], os.environ["PGPORT"]
        db.run(f"""CREATE SUBSCRIPTION {name} CONNECTION 'host={host} port={port} user=postgres dbname=t_source' PUBLICATION {publication}
            WITH (create_slot = false, slot_name = '{name}' {options})""")
        return db

    def wait(self, db, what, query="SELECT bool_and(srsubstate IN ('r', 's')) FROM pg_subscription_rel"):
        for _ in range(200):
            if db.value(query) == "t":
                return
            time.sleep(0.1)
        log = pathlib.Path(self.source.value("SHOW data_directory")) / "server.log"
        self.fail(f"{what} does not arrive; the server says\n" + "\n".join(log.read_text().splitlines()[-8:]))

    def arrived(self, db):
        """Waits until all that has been written so far is there."""
        at = self.source.value("SELECT pg_current_wal_insert_lsn()")
        self.wait(db, "a change", f"SELECT confirmed_flush_lsn >= '{at}' FROM pg_replication_slots WHERE slot_name = '{db.name}'")

    def same(self, db, query):
        self.assertEqual(sorted(map(repr, db.run(query))), sorted(map(repr, self.source.run(query))))

    def test_text_and_binary(self):
        """The first copy, and every kind of change of every type of summary."""
        copies = []
        self.source.run("CREATE PUBLICATION t_stored FOR TABLE stored, known")
        types = ", ".join(f"{c} {t}" for c, t in self.source.run(
            "SELECT attname, format_type(atttypid, NULL) FROM pg_attribute WHERE attrelid = 'stored'::regclass AND attnum > 0 ORDER BY attnum"))
        for name, options in [("t_text", ""), ("t_binary", ", binary = true")]:
            copies.append(self.subscriber(name, "t_stored", f"CREATE TABLE stored ({types}, PRIMARY KEY (id)); {KNOWN}", options))
        for db in copies:
            self.wait(db, "the first copy")
            self.same(db, ROWS)
        changed = ", ".join(f"{c} = (SELECT o.{c} FROM stored o WHERE o.kind = 'large')" for c in SUMMARIES)
        rolled = ", ".join(f"rollup({c})" for c in SUMMARIES)
        self.source.run(f"""UPDATE stored SET {changed} WHERE id = 1; UPDATE stored SET team = 'moved' WHERE kind = 'large';
            DELETE FROM stored WHERE id = 2; INSERT INTO stored (kind, team, {LISTED}) SELECT 'rolled up', team, {rolled} FROM stored WHERE kind = 'typical' AND id > 2 GROUP BY team;
            UPDATE stored SET {', '.join(f'{c} = NULL' for c in SUMMARIES)} WHERE id = 3;
            -- Found by the equality of the type, also where the value is a large one, or NULL.
            UPDATE known SET d = duration_agg_of.d FROM (SELECT duration_agg(interval '1 hour') AS d) duration_agg_of WHERE responses(known.s) BETWEEN 3 AND 8;
            DELETE FROM known WHERE s IS NULL; DELETE FROM known WHERE responses(s) = 0;
            DELETE FROM known WHERE responses(s) > 1000""")
        for db in copies:
            self.arrived(db)
            self.same(db, ROWS)
            self.same(db, "SELECT * FROM public.known")
            answers = f"SELECT team, {rolled}, nps(rollup(survey_summary)), median_duration(rollup(duration_summary)), nrr(rollup(mrr_summary)), " \
                "active_users(rollup(active_users_summary)), avg_sentiment(rollup(sentiment_summary)) FROM stored WHERE kind = 'rolled up' GROUP BY team"
            self.same(db, answers)
            self.assertEqual(db.value("SELECT count(*) FROM stored WHERE kind = 'rolled up'"), "3")
            self.assertGreater(int(db.value("SELECT count(*) FROM known")), 5)

    def test_targets(self):
        """Rows of users, and no shipped ones: those are there already."""
        self.source.run("CREATE PUBLICATION t_targets FOR TABLE kpi_targets WHERE (NOT shipped)")
        db = self.subscriber("t_targets", "t_targets", "")
        self.wait(db, "the first copy")
        query = "SELECT t::text FROM kpi_targets t WHERE NOT shipped"
        self.same(db, query)
        self.source.run("""UPDATE kpi_targets SET value = 33 WHERE kpi = 'nps' AND band = 'good'; UPDATE kpi_targets SET value = 31 WHERE band = 'our goal';
            DELETE FROM kpi_targets WHERE band = 'fair'; INSERT INTO kpi_targets (kpi, band, comparison, value) VALUES ('nps', 'bad', '>', -100)""")
        self.arrived(db)
        self.same(db, query)
        self.assertEqual(db.value("SELECT kpi_band('nps', '32')"), "our goal")

    def test_all_tables(self):
        """The extension's own tables are among them; shipped rows are on both sides, whatever the versions."""
        self.source.run("CREATE PUBLICATION t_all FOR ALL TABLES")
        db = self.subscriber("t_all", "t_all", TABLES + stored() + KNOWN + "; TRUNCATE raw, stored, known; UPDATE kpi_targets SET value = 99 WHERE kpi = 'ces'")
        self.wait(db, "the first copy")
        self.same(db, ROWS)
        # As an upgrade step does.
        own = "SELECT t::text FROM kpi_targets t WHERE kpi <> 'ces'"
        self.same(db, own)
        self.source.run("""BEGIN; INSERT INTO kpi_catalog VALUES ('later', 'all', 'm', 'f', 'u', true, 'later()'); UPDATE kpi_catalog SET unit = 'other' WHERE name = 'nps';
            DELETE FROM kpi_catalog WHERE name = 'rollup'; ALTER TABLE kpi_targets DISABLE TRIGGER USER;
            INSERT INTO kpi_targets (kpi, band, comparison, value, shipped) VALUES ('nps', 'superb', '>', 90, true);
            UPDATE kpi_targets SET note = 'changed' WHERE shipped AND kpi = 'nps'; DELETE FROM kpi_targets WHERE shipped AND kpi = 'aht'; ALTER TABLE kpi_targets ENABLE TRIGGER USER;
            ALTER TABLE kpi_targets ENABLE REPLICA TRIGGER kpi_targets_7_replicated, ENABLE REPLICA TRIGGER kpi_targets_8_replicated; COMMIT;
            INSERT INTO kpi_targets (kpi, band, comparison, value) VALUES ('nps', 'all of it', '>', -101); UPDATE kpi_targets SET value = 32 WHERE band = 'our goal'""")
        self.arrived(db)
        plain = Database("t_plain")
        for table, condition in [("kpi_catalog", "true"), ("kpi_targets", "shipped")]:
            query = f"SELECT t::text FROM {table} t WHERE {condition} ORDER BY 1"
            self.assertEqual(db.column(query), plain.column(query))
        plain.drop()
        self.same(db, "SELECT t::text FROM kpi_targets t WHERE NOT shipped AND kpi <> 'ces'")
        self.assertEqual(db.value("SELECT value FROM kpi_targets WHERE kpi = 'ces' AND NOT shipped"), "99")

    def test_standby(self):
        """All that is there, queried on a physical standby: read-only, from files."""
        db = everything("t_primary", schema="cskpi")
        try:
            command("psql", "-Xq", "-d", "postgres", "-c", "SELECT 'CREATE DATABASE standby' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'standby') \\gexec", check=False)
            if not command("psql", "-XAtq", "-d", "postgres", "-c", "SELECT 1 FROM pg_database WHERE datname = 'standby'"):
                command("createdb", "standby")
            home = pathlib.Path(db.value("SHOW data_directory")).parents[1] / "standby"
            subprocess.run([SANDBOX, "stop", "standby"], capture_output=True)
            subprocess.run(["rm", "-rf", home], check=True)
            home.mkdir()
            subprocess.run(["install", "-d", "-m", "700", *(["-o", "postgres"] if os.geteuid() == 0 else []), home / "data"], check=True)
            server_runs(f"{pathlib.Path(os.environ['PG_CONFIG']).parent}/pg_basebackup", "-h", os.environ["PGHOST"], "-p", os.environ["PGPORT"], "-U", "postgres",
                        "-D", str(home / "data"), "-R", "-X", "stream", "--checkpoint=fast")
            (home / "complete").touch()
            subprocess.run([SANDBOX, "start", "standby", *SETTINGS], check=True, capture_output=True)
            expected = contents(db)
            host, port = (home / "address").read_text().split()
            here = {name: os.environ[name] for name in ["PGHOST", "PGPORT"]}
            try:
                os.environ.update(PGHOST=host, PGPORT=port)
                self.assertEqual(db.value("SELECT pg_is_in_recovery()"), "t")
                self.assertEqual(contents(db), expected)
                self.assertEqual(db.run("SET search_path = cskpi; SET enable_sort = off; SELECT count(*) FROM (SELECT rate_summary FROM public.stored GROUP BY 1) s"),
                                 [[str(len({*db.column("SELECT rate_summary::text FROM public.stored")}))]])
            finally:
                os.environ.update(here)
        finally:
            subprocess.run([SANDBOX, "stop", "standby"], capture_output=True)
            db.drop()


def inside():
    """Runs the tests in the cluster, which is made if need be and stopped afterwards."""
    start = subprocess.run([SANDBOX, "start", "replication", *SETTINGS], capture_output=True, text=True)
    if start.returncode != 0:
        sys.exit(start.stderr)
    try:
        return subprocess.run([SANDBOX, "run", "replication", "--", __file__, *sys.argv[1:]], env={**os.environ, "T_REPLICATION": "1"}).returncode
    finally:
        subprocess.run([SANDBOX, "stop", *CLUSTERS], capture_output=True)


if __name__ == "__main__":
    if "T_REPLICATION" in os.environ:
        main()
    sys.exit(inside())
