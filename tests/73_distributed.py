#!/usr/bin/env -S python3 -B
"""As 73_partial_states, but with the calls that an extension like Citus makes: tests/lib/distributed.c."""

import os
import pathlib
import shutil
import tempfile
import unittest

from lib.answers import differences, table
from lib.database import ROOT, Database, SqlError, command
from lib.states import aggregates
from lib.tap import main

WORKERS = ["t_distributed_a", "t_distributed"]
ROWS = table(1_800) + "INSERT INTO answers (id, channel) SELECT i, 'channel ' || i % 6 FROM generate_series(1801, 1820) i;"
# Skewed, one with nothing but NULL and one without a row.
SHARDS = [(0, "id % 10 < 8 AND id <= 1800"), (1, "id % 10 >= 8 AND id <= 1800"), (1, "id > 1800"), (0, "id < 0")]
FUNCTIONS = """
CREATE FUNCTION partial_step(internal, regprocedure, record) RETURNS internal LANGUAGE C AS '{0}';
CREATE FUNCTION partial_text(internal) RETURNS text LANGUAGE C AS '{0}';
CREATE FUNCTION partial_binary(internal) RETURNS bytea LANGUAGE C AS '{0}';
CREATE FUNCTION merge_text_step(internal, regprocedure, text, anyelement) RETURNS internal LANGUAGE C AS '{0}';
CREATE FUNCTION merge_binary_step(internal, regprocedure, bytea, anyelement) RETURNS internal LANGUAGE C AS '{0}';
CREATE FUNCTION merge_final(internal, regprocedure, text, anyelement) RETURNS anyelement LANGUAGE C AS '{0}';
CREATE FUNCTION merge_final(internal, regprocedure, bytea, anyelement) RETURNS anyelement LANGUAGE C AS '{0}';
CREATE AGGREGATE worker_text(regprocedure, record) (SFUNC = partial_step, STYPE = internal, FINALFUNC = partial_text);
CREATE AGGREGATE worker_binary(regprocedure, record) (SFUNC = partial_step, STYPE = internal, FINALFUNC = partial_binary);
CREATE AGGREGATE coordinator_text(regprocedure, text, anyelement)
    (SFUNC = merge_text_step, STYPE = internal, FINALFUNC = merge_final, FINALFUNC_EXTRA);
CREATE AGGREGATE coordinator_binary(regprocedure, bytea, anyelement)
    (SFUNC = merge_binary_step, STYPE = internal, FINALFUNC = merge_final, FINALFUNC_EXTRA);
"""


def build(directory):
    """Compiles the library to where the server can read it."""
    library = pathlib.Path(directory) / "distributed.so"
    headers = command(os.environ["PG_CONFIG"], "--includedir-server").strip()
    command(os.environ.get("CC", "cc"), "-shared", "-fPIC", "-O1", "-Wall", "-Werror", "-Wno-declaration-after-statement",
            f"-I{headers}", "-o", library, ROOT / "tests/lib/distributed.c")
    os.chmod(directory, 0o755)
    os.chmod(library, 0o755)
    return library


class Distributed(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.directory = tempfile.mkdtemp(prefix="pg_cskpi-")
        library = build(cls.directory)
        cls.workers = [Database(name) for name in WORKERS]
        cls.db = cls.workers[-1]
        for worker in cls.workers:
            worker.run(ROWS + FUNCTIONS.format(library))
        cls.all = aggregates(cls.db)
        cls.aggregates = [a for a in cls.all if not a.refuses]
        # A state is made for each aggregate, also where PostgreSQL itself would share it, but stored only once.
        cls.columns = {f"s{i}": a for i, a in enumerate(cls.aggregates)}

    @classmethod
    def tearDownClass(cls):
        for worker in cls.workers:
            worker.drop()
        shutil.rmtree(cls.directory)

    def collect(self, form, type_):
        columns = ", ".join(f"{name} {type_}" for name in self.columns)
        self.db.run(f"DROP TABLE IF EXISTS states; CREATE TABLE states (shard integer, channel text, {columns})")
        calls = ", ".join(f"worker_{form}('{a.signature}', ROW({a.arguments}))" for a in self.columns.values())
        file = pathlib.Path(self.directory) / "states"
        for number, (worker, rows) in enumerate(SHARDS):
            for channel, group in [("channel", "GROUP BY channel"), ("'all'", "")]:
                query = f"SELECT {number}, {channel}, {calls} FROM answers WHERE {rows} {group}"
                self.workers[worker].psql(f"\\copy ({' '.join(query.split())}) TO '{file}' (FORMAT binary)\n")
                self.db.psql(f"\\copy states FROM '{file}' (FORMAT binary)\n")

    def merged(self, form, source):
        return "SELECT channel, " + ", ".join(
            f"coordinator_{form}('{a.signature}', {name}, NULL::{a.result}) AS {a.result_name}" for name, a in self.columns.items()
        ) + f" FROM {source} GROUP BY channel"

    def test_every_aggregate_as_text_and_as_binary_equals_one_pass(self):
        calls = ", ".join(f"{a.call()} AS {a.result_name}" for a in self.aggregates)
        once = f"SELECT channel, {calls} FROM answers GROUP BY channel UNION ALL SELECT 'all', {calls} FROM answers"
        self.assertGreater(len(self.aggregates), 250)
        for form, type_ in [("text", "text"), ("binary", "bytea")]:
            self.collect(form, type_)
            for source in ["states", "(SELECT * FROM states ORDER BY shard DESC) s",
                           # A state may not come at all.
                           "(TABLE states UNION ALL SELECT (n).* FROM (SELECT DISTINCT 9, channel FROM states) c(shard, name), "
                           "LATERAL jsonb_populate_record(NULL::states, jsonb_build_object('channel', name)) n) s"]:
                with self.subTest(form=form, source=source[:40]):
                    self.assertEqual(differences(self.db, self.merged(form, source), once, exact=True), [])

    def test_no_row_and_no_state_at_all(self):
        for form, type_ in [("text", "text"), ("binary", "bytea")]:
            with self.subTest(form=form):
                found = ", ".join(f"coordinator_{form}('{a.signature}', NULL::{type_}, NULL::{a.result})" for a in self.aggregates)
                usual = self.db.run(f"SELECT {', '.join(a.call() for a in self.aggregates)} FROM answers WHERE false")
                self.assertEqual(self.db.run(f"SELECT {found} WHERE false"), usual)
                self.assertEqual(self.db.run(f"SELECT {found}"), usual)

    def test_errors_name_our_aggregate_and_show_what_it_got(self):
        day, moment = "date '2024-02-03', date '2024-02-01'", "timestamp '2024-02-03 10:00', timestamp '2024-02-01'"
        local = "SET TimeZone = 'Asia/Tokyo'; "
        scores = """(VALUES ('{"version":1,"threshold":4.0,"scores":{"1":1}}'), ('{"version":1,"threshold":5.0,"scores":{"1":1}}')) v(s)"""
        for query, message in {
                "SELECT worker_text('nps(integer)', ROW(11))": "22003: nps: score 11 is outside the scale of 0 to 10",
                "SELECT worker_binary('enps(numeric)', ROW(10.5))": "22003: enps: score 10.5 is outside the scale of 0 to 10",
                f"SELECT worker_text('subscription_agg(kpi_number, date, date)', ROW(1::kpi_number, {day}))":
                    "22003: subscription_agg: ended_at 2024-02-01 is before started_at 2024-02-03",
                f"{local}SELECT worker_text('avg_duration(timestamp, timestamp)', ROW({moment}))":
                    "22003: avg_duration: ended_at 2024-02-01 00:00:00 is before started_at 2024-02-03 10:00:00",
                "SELECT worker_text('rfm_agg(date, kpi_number)', ROW(date 'infinity', 1::kpi_number))":
                    "22003: rfm_agg: ordered_at infinity is no day",
                f"SELECT coordinator_text('csat(integer, float8)', s, NULL::numeric) FROM {scores}":
                    "22023: csat: threshold varies within a group: 4 and 5",
                "SELECT coordinator_text('nps(integer)', '{}', NULL::numeric)":
                    "22P02: survey_summary_in: invalid survey_summary: "}.items():
            with self.subTest(query=query):
                with self.assertRaises(SqlError) as raised:
                    self.db.run(query)
                self.assertIn(f"ERROR:  {message}", str(raised.exception))

    def test_what_refuses_whole_rows_refuses_here(self):
        for a in self.all:
            if a.refuses:
                with self.subTest(aggregate=a.signature):
                    self.assertEqual(self.db.sqlstate(f"""SELECT coordinator_text('{a.signature}', s, NULL::{a.result})
                        FROM (SELECT worker_text('{a.signature}', ROW({a.arguments})) AS s FROM answers) s"""), "22023")


if __name__ == "__main__":
    main()
