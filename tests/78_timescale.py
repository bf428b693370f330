#!/usr/bin/env -S python3 -B
"""TimescaleDB: aggregates over the chunks of a hypertable, summaries kept by day and rolled up.

It has to be loaded when the server starts, so these tests have a cluster of their own. Continuous
aggregates and compression are only in the edition of its maker ('timescale'), not in what Debian has
('apache', see scripts/server.sh): there their tests are skipped.
"""

import os
import subprocess
import sys
import unittest

from lib.answers import differences, table
from lib.database import ROOT, Database, command
from lib.states import aggregates
from lib.tap import main

SANDBOX, CLUSTER = ROOT / "scripts/sandbox.sh", "timescale"
AVAILABLE = "SELECT count(*) FROM pg_available_extensions WHERE name = 'timescaledb'"
PARALLEL = """SET max_parallel_workers_per_gather = 2; SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0; SET parallel_leader_participation = off"""
# Rows that come late, for months that were summarized before: twice what some reps have.
LATE = "SELECT * FROM answers WHERE rep IN ('rep 1', 'rep 2') AND id % 3 = 0"


class Timescale(unittest.TestCase):
    """A table with the rows, and a hypertable with the same."""

    @classmethod
    def setUpClass(cls):
        cls.db = db = Database("t_timescale")
        # In a session of its own: nothing else may have been done before.
        db.run("CREATE EXTENSION timescaledb")
        cls.edition = db.value("SHOW timescaledb.license")
        # Compression keeps one of '30 days' and '1 month', which are equal as intervals, for both.
        db.run(table(6_000) + """UPDATE answers SET every = '1 month' WHERE every = '30 days';
            ALTER TABLE answers ALTER at SET NOT NULL; CREATE TABLE events (LIKE answers INCLUDING ALL);
            SELECT create_hypertable('events', 'at', chunk_time_interval => interval '1 month'); INSERT INTO events SELECT * FROM answers;
            ANALYZE events""")
        cls.aggregates = [a for a in aggregates(db) if not a.refuses]
        # One that builds a summary for each kind of it; a date made of a moment depends on a setting.
        cls.builders = {a.state_name: a for a in cls.aggregates
                        if a.result == a.state and a.names != ["summary"] and "date" not in a.types}
        cls.summaries = ", ".join(f"{a.call()} AS {name}" for name, a in cls.builders.items())
        cls.rollups = ", ".join(f"rollup({name}) AS {name}" for name in cls.builders)

    @classmethod
    def tearDownClass(cls):
        cls.db.drop()

    def same(self, left, right):
        self.assertEqual(differences(self.db, left, right, exact=True), [])

    def by(self, unit, source):
        return f"SELECT date_trunc('{unit}', at, 'UTC') AS bucket, rep, {self.summaries} FROM {source} GROUP BY 1, 2"


class Hypertables(Timescale):
    def test_there_is_a_builder_for_every_summary(self):
        self.assertEqual({a.state for a in self.builders.values()}, {a.state for a in self.aggregates})
        self.assertGreater(int(self.db.value("SELECT count(*) FROM show_chunks('events')")), 20)

    def test_every_aggregate_by_chunks_and_in_parallel(self):
        calls = ", ".join(f"{a.call()} AS {a.result_name}" for a in self.aggregates)
        for groups in ["GROUP BY channel", ""]:
            for settings in ["SET max_parallel_workers_per_gather = 0", PARALLEL]:
                with self.subTest(groups=groups, parallel=settings == PARALLEL):
                    query = f"SELECT {groups[9:] or 'NULL'} AS k, {calls} FROM events {groups}"
                    plan = self.db.plan(query, settings)
                    self.assertGreater(plan.count("_chunk"), 20)
                    self.assertEqual("Partial" in plan and "Gather" in plan, settings == PARALLEL, plan)
                    self.db.run(f"{settings}; DROP TABLE IF EXISTS merged; CREATE TABLE merged AS {query}")
                    self.same("TABLE merged", query.replace("FROM events", "FROM answers"))

    def test_buckets_equal_days(self):
        self.same(f"SELECT time_bucket('1 day', at) AS bucket, rep, {self.summaries} FROM events GROUP BY 1, 2", self.by("day", "answers"))

    def test_a_hypertable_of_summaries(self):
        """Kept by day as a continuous aggregate keeps them: what has changed is replaced, and nothing else."""
        fresh = f"SELECT time_bucket('1 day', at) AS bucket, rep, {self.summaries} FROM late GROUP BY 1, 2"
        columns = ", ".join(self.builders)
        self.db.run(f"""CREATE TABLE late (LIKE answers); INSERT INTO late SELECT * FROM events;
            CREATE TABLE daily AS {fresh}; ALTER TABLE daily ALTER bucket SET NOT NULL;
            SELECT create_hypertable('daily', 'bucket', chunk_time_interval => interval '3 months', migrate_data => true);
            ALTER TABLE daily ADD UNIQUE (bucket, rep)""")
        self.same("TABLE daily", self.by("day", "answers"))
        self.db.run(f"INSERT INTO late {LATE}")
        changed = self.db.run(f"""CREATE TABLE before AS SELECT bucket, rep, xmin AS written FROM daily;
            MERGE INTO daily d USING ({fresh}) f ON d.bucket = f.bucket AND d.rep = f.rep
            WHEN MATCHED AND ROW({columns.replace("state_", "d.state_")}) IS DISTINCT FROM ROW({columns.replace("state_", "f.state_")})
                THEN UPDATE SET ({columns}) = ROW({columns.replace("state_", "f.state_")})
            WHEN NOT MATCHED THEN INSERT VALUES (f.bucket, f.rep, {columns.replace("state_", "f.state_")});
            SELECT count(*), string_agg(DISTINCT d.rep, ' ' ORDER BY d.rep) FROM daily d JOIN before b USING (bucket, rep) WHERE d.xmin <> b.written""")
        self.assertEqual(changed, [[self.db.value(f"SELECT count(DISTINCT (rep, at::date)) FROM ({LATE}) late"), "rep 1 rep 2"]])
        self.same("TABLE daily", self.by("day", "(TABLE late) l"))
        self.same(f"SELECT time_bucket('1 month', bucket) AS bucket, rep, {self.rollups} FROM daily GROUP BY 1, 2", self.by("month", "late"))

    def test_chunks_that_are_dropped(self):
        self.db.run("SELECT drop_chunks('events', timestamptz '2023-07-01 00:00+00')")
        first = self.db.value("SELECT min(range_start) FROM timescaledb_information.chunks WHERE hypertable_name = 'events'")
        self.assertGreater(int(self.db.value(f"SELECT count(*) FROM answers WHERE at < '{first}'")), 500)
        self.same(f"SELECT channel, {self.summaries} FROM events GROUP BY 1", f"SELECT channel, {self.summaries} FROM answers WHERE at >= '{first}' GROUP BY 1")
        self.db.run(f"INSERT INTO events SELECT * FROM answers WHERE at < '{first}'")


class ContinuousAggregates(Timescale):
    def setUp(self):
        if self.edition != "timescale":
            self.skipTest(f"this TimescaleDB is the edition '{self.edition}', which has no continuous aggregates and no compression")

    def continuous(self, name, query):
        self.db.run(f"CREATE MATERIALIZED VIEW {name} WITH (timescaledb.continuous, timescaledb.materialized_only = false) AS {query} WITH NO DATA")

    def refresh(self, name, until="NULL"):
        self.db.run(f"CALL refresh_continuous_aggregate('{name}', NULL, {until})")

    def test_in_all_that_happens_to_it(self):
        self.continuous("daily", f"SELECT time_bucket('1 day', at) AS bucket, rep, {self.summaries} FROM events GROUP BY 1, 2")
        self.continuous("monthly", f"SELECT time_bucket('1 month', bucket) AS bucket, rep, {self.rollups} FROM daily GROUP BY 1, 2")
        rolled_up = f"SELECT time_bucket('1 month', bucket) AS bucket, rep, {self.rollups} FROM daily GROUP BY 1, 2"
        steps = {
            "nothing refreshed, all computed now": lambda: None,
            "refreshed up to a day, the rest computed now": lambda: self.refresh("daily", "timestamptz '2024-05-15 00:00+00'"),
            "both refreshed": lambda: (self.refresh("daily"), self.refresh("monthly")),
            "late rows, refreshed again": lambda: (self.db.run(f"INSERT INTO events {LATE}; INSERT INTO answers {LATE}"),
                                                   self.refresh("daily"), self.refresh("monthly")),
            "compressed": lambda: self.db.run("""ALTER TABLE events SET (timescaledb.compress, timescaledb.compress_segmentby = 'rep');
                SELECT compress_chunk(c) FROM show_chunks('events') c"""),
        }
        for step, do in steps.items():
            with self.subTest(step=step):
                do()
                self.same("TABLE daily", self.by("day", "answers"))
                for months in ["TABLE monthly", rolled_up]:
                    self.same(months, self.by("month", "answers"))
                self.same(self.by("day", "events"), self.by("day", "answers"))
        self.db.run(f"{PARALLEL}; DROP TABLE IF EXISTS merged; CREATE TABLE merged AS {rolled_up}")
        self.same("TABLE merged", self.by("month", "answers"))


class NoTimescale(unittest.TestCase):
    def test_timescaledb(self):
        self.skipTest("this server has no TimescaleDB; 'scripts/server.sh timescaledb 17' builds it")


def in_own_cluster():
    """Runs this suite again in a cluster that loads TimescaleDB."""
    run = [SANDBOX, "run", CLUSTER, "--", *sys.argv]
    command(SANDBOX, "start", CLUSTER, "shared_preload_libraries=timescaledb", "timescaledb.telemetry_level=off", "max_locks_per_transaction=256")
    try:
        return subprocess.call(run, env={**os.environ, "PG_CSKPI_TIMESCALE": "loaded"})
    finally:
        command(SANDBOX, "stop", CLUSTER)


if __name__ == "__main__":
    there = command("psql", "-XqAt", "-d", "postgres", "-c", AVAILABLE).strip() == "1"
    if there and "PG_CSKPI_TIMESCALE" not in os.environ:
        sys.exit(in_own_cluster())
    for name in ["Timescale", *(["NoTimescale"] if there else ["Hypertables", "ContinuousAggregates"])]:
        del globals()[name]
    main()
