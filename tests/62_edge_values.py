#!/usr/bin/env -S python3 -B
"""Every function of the extension with values at the edge of its arguments' types, in every
combination or in some: no call ends the backend, every error is one of ours and says what it is
about, every result is in its range, and nothing stays behind in memory.

EDGE_CALLS=1000 allows more combinations for each function than a run of all suites does, and as many
damaged summaries for each of its arguments; `EDGE_CALLS=1000 tests/run.sh 62` takes some minutes.
"""

import os
import re
import unittest

from lib import edges
from lib.database import Database
from lib.samples import SUMMARIES
from lib.sweep import MEMORY, Sweep, measured
from lib.tap import main

BOUND = int(os.environ.get("EDGE_CALLS", "25"))
RUNS = 3

# What kpi::Error knows; docs/reference/conventions.md lists them.
OURS = {"22003", "22023", "22P02", "22P03", "53200"}
# Of the server's own functions below kpi_number, of its constraints, and for keys that are too long for an index.
OF_NUMERIC = OURS | {"08P01"}
OF_EDITS = OURS | {"23502", "23505", "23514", "54000"}
# A damaged summary may tell of times that are none.
OF_DAMAGE = OURS | {"22008"}
INTERNALS = re.compile(r"panicked|unwrap|called `|src/|\.rs\b|assert|internal error|out of bounds|attempt to|overflow(?!s numeric)|pgrx", re.I)

# Calls that need no table, each with a number g that changes: of each kind of work.
REPEATED = [
    "nps_class(g % 11)", "arpu(g, 7.0::real)", "csat_from_counts(g % 100, 100)", "clv_discounted(g, 90, 8.5, 36)",
    "health_score(jsonb_build_object('nps', g % 100, 'logins', g), '{\"nps\": 2, \"logins\": {\"weight\": 1, \"min\": 0, \"max\": 30}}')",
    "health_band(g % 101, '{\"low\": 0, \"high\": 50}'::jsonb)", "sentiment('not very good, number ' || g)",
    "business_time(timestamptz '2026-01-01' + g * interval '1 hour', timestamptz '2060-01-01', '{\"thu\": [\"09:00-17:00\"]}', 'Europe/Berlin')",
    "survey_summary_in(textout('{\"version\":1,\"scores\":{\"9\":' || g || '}}'))",
    "duration_combine('{\"version\":1,\"durations\":[5,7]}', duration_summary_in(textout('{\"version\":1,\"durations\":[' || g || ']}')))",
    "subscription_accum('{\"version\":1}', g, date '2026-01-01', date '2026-01-01' + g)",
    "active_users_accum('{\"version\":1}', 'user ' || g)", "rfm_accum('{\"version\":1}', timestamptz '2026-01-01' + g * interval '1 hour', 5, 'Asia/Tokyo')",
]
REFUSED = ["nps_class(11 + g)", "survey_summary_in(textout('{\"version\":1,\"scores\":{\"x' || g || '\":1}}'))",
           "health_score('{\"nps\": \"x\"}', '{\"nps\": 2}')", "kpi_band('aht', 'x', '', ARRAY(SELECT t FROM kpi_targets t WHERE t.kpi = 'aht'), NULL)"]
TIMES = 200_000
# How much larger a backend may be after that, in kB: its allocators keep some pages for later.
TOLERATED = 4096


class EdgeValues(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.db = Database("t_edges")
        cls.sweep = Sweep(cls.db, BOUND)
        cls.memory = cls.sweep.run(RUNS, patience=300 + BOUND)
        cls.error_rows = cls.db.run("""
            SELECT f, bool_and(c.damaged), form, state, message, detail, hint FROM edges.error JOIN edges.calls c USING (f, k)
            GROUP BY 1, 3, 4, 5, 6, 7""")

    @classmethod
    def tearDownClass(cls):
        cls.db.drop()

    def errors(self):
        """Function, and whether damaged, form of the call, SQLSTATE and texts of each different error."""
        return ((self.sweep.functions[int(number)], row) for number, *row in self.error_rows)

    def none(self, found):
        """There should be none; some examples say what is wrong."""
        found = list(found)
        self.assertFalse(found, f"{len(found)} of them, such as\n" + "\n".join(found[:20]))

    def described(self, function, call):
        tables = [function.values[t][1] for t in function.types]
        numbers = map(int, call.strip("{}").split(",")) if call != "{}" else []
        return f"{function.signature} of " + ", ".join(v[n][:60] if n < len(v) else f"damaged {n}" for v, n in zip(tables, numbers))

    def test_every_function_is_called(self):
        """But for triggers and functions that read messages: both are reached in another way below."""
        expected = {f"{t}_recv(internal)" for t in SUMMARIES} | {"kpi_number_recv(internal,oid,integer)"} | {
            f"kpi_targets_{name}()" for name in ("own", "change", "refuse")} | {"kpi_shipped_replicated()"}
        self.assertEqual(set(self.sweep.out_of_reach), expected)
        calls = {int(f): int(n) for f, n in self.db.run("SELECT f, calls FROM edges.done")}
        self.none(f.signature for f in self.sweep.functions.values() if not calls.get(f.number))
        self.assertGreater(len(calls), 750)
        self.assertGreater(sum(calls.values()), 40_000)

    def test_every_value_of_every_argument_is_tried(self):
        used = {(int(f), int(at), int(value)) for f, at, value in self.db.run(
            "SELECT DISTINCT f, at, value FROM edges.calls, unnest(a) WITH ORDINALITY u(value, at)")}
        self.none(f"{f.signature}, argument {at + 1}: {f.values[f.types[at]][1][value]}"
                  for f in self.sweep.functions.values() for at, (tried, _) in enumerate(f.arguments())
                  for value in tried if (f.number, at + 1, value) not in used)

    def test_one_backend_did_it_all(self):
        self.assertEqual(len(self.memory), RUNS)
        self.assertEqual(len({pid for pid, _, _ in self.memory}), 1)

    def test_calls_succeed_and_fail(self):
        """A sweep of which all calls fail would tell nothing."""
        few = self.db.run("SELECT sum(errors) > sum(calls) * 0.1, sum(errors) < sum(calls) * 0.8 FROM edges.done")
        self.assertEqual(few, [["t", "t"]])
        self.none(self.sweep.functions[int(f)].signature
                  for f in self.db.column("SELECT f FROM edges.done WHERE errors = calls") if not self.refuses(self.sweep.functions[int(f)]))

    @staticmethod
    def refuses(function):
        """Some are there to say why they cannot work."""
        return "refuse" in function.signature or function.signature in (
            "session_agg(timestamp without time zone,interval)", "rfm_agg(timestamp with time zone,kpi_number)",
            # Whose sample is a KPI of numbers, and is tried with few rows of targets.
            "kpi_band(text,interval,text,kpi_targets[],text)", "kpi_target_met(text,interval,text,kpi_targets[],text)")

    def test_errors_have_a_documented_sqlstate(self):
        def allowed(function, damaged):
            if function.is_servers:
                return OF_NUMERIC
            return OF_EDITS if function.name == "edges.edit" else OF_DAMAGE if damaged == "t" else OURS
        self.none(f"{f.signature}: {row[2:5]}" for f, row in self.errors() if row[2] not in allowed(f, row[0]))

    def test_errors_name_the_function(self):
        """Or, where a state is larger than a summary can be, what prints it."""
        def named(function, message):
            return message.startswith((f"{function.name}: ", f"{function.result}_out: "))
        self.none(f"{f.signature}: {row[3]}" for f, row in self.errors()
                  if not named(f, row[3]) and not f.is_servers and f.name != "edges.edit" and row[2] != "22008")

    def test_errors_speak_of_no_internals(self):
        self.none(f"{f.signature}: {row[2:6]}" for f, row in self.errors() if INTERNALS.search(" ".join(filter(None, row[3:6]))))

    def test_errors_are_short(self):
        """However long the value that they speak of."""
        self.none(f"{f.signature}: {len(row[3])} characters: {row[3][:200]}" for f, row in self.errors()
                  if max(len(text or "") for text in row[3:6]) > 800 and not f.is_servers)

    def test_results_are_in_their_range(self):
        """That of the unit in kpi_catalog; summaries are read back from their text."""
        rows = self.db.run("SELECT DISTINCT ON (f, form) f, form, result, a FROM edges.wrong JOIN edges.calls USING (f, k)")
        functions = self.sweep.functions
        # What is no number stays so in the type of amounts.
        self.none(f"{self.described(functions[int(f)], a)}: {form}, {result}" for f, form, result, a in rows
                  if functions[int(f)].result != "kpi_number" and not functions[int(f)].is_servers)

    def test_units_have_ranges(self):
        limited = {f.name: f.limits() for f in self.sweep.functions.values()}
        self.assertEqual([limited[name] for name in ["nps", "csat", "churn_rate", "retention_rate", "responses", "sentiment", "nps_ci", "rate_ci", "arpu"]],
                         [(-100, 100), (0, 100), (0, None), (None, 100), (0, None), (-1, 1), (-100, 100), (0, 100), (None, None)])

    def test_memory_does_not_grow(self):
        """The first run fills caches, the others do the same again."""
        (_, contexts, resident), (_, contexts_then, resident_then) = self.memory[1], self.memory[-1]
        self.assertLessEqual(contexts_then, contexts + 256, self.memory)
        self.assertLessEqual(resident_then, resident + TOLERATED, self.memory)

    def test_memory_does_not_grow_within_a_query(self):
        for call in REPEATED:
            with self.subTest(call=call):
                query = "SELECT 1, 1, count({})::int FROM generate_series(1, {}) g;\n"
                self.assert_same_memory(query.format(call, TIMES // 10), query.format(call, TIMES))

    def test_memory_does_not_grow_by_errors(self):
        for call in REFUSED:
            with self.subTest(call=call):
                query = """DO $$ BEGIN FOR g IN 1..{} LOOP
                    BEGIN PERFORM {}; EXCEPTION WHEN data_exception THEN CONTINUE; END;
                    RAISE 'no error'; END LOOP; END $$; SELECT 1, 1, 1;\n"""
                self.assert_same_memory(query.format(TIMES // 40, call), query.format(TIMES // 4, call))

    def assert_same_memory(self, few, many):
        _, (_, contexts, resident), _, (_, contexts_then, resident_then) = measured(self.db, few + MEMORY + many + MEMORY, 120)
        self.assertLessEqual(contexts_then, contexts + 256)
        self.assertLessEqual(resident_then, resident + TOLERATED)

    def test_messages_of_any_bytes(self):
        """What the receive functions read: of a file whose only field is those bytes."""
        types = [*SUMMARIES, "kpi_number"]
        self.db.run(";".join(self.reading(type_) for type_ in types))
        for type_ in types:
            with self.subTest(type=type_):
                (_, _, tried), = measured(self.db, f"SELECT 1, 1, edges.read_{type_}();\n", 60)
                self.assertGreater(tried, 60)
                rows = self.db.run(f"SELECT state, message, detail, hint, count(*) FROM edges.error WHERE f = -1 AND form = '{type_}' GROUP BY 1, 2, 3, 4")
                self.assertGreater(len(rows), 3)
                ours = type_ in SUMMARIES
                self.none(f"{row}" for row in rows if row[0] not in (OURS if ours else OF_NUMERIC)
                          or ours and not row[1].startswith(f"{type_}_recv: ") or INTERNALS.search(" ".join(filter(None, row[1:4]))))
                self.assertEqual(self.db.value(f"SELECT count(*) FROM edges.got_{type_} WHERE v::text::{type_}::text <> v::text"), "0")

    @staticmethod
    def reading(type_):
        """Makes the table of messages, any few of them, and the function that reads each."""
        wire = edges.damaged(type_, "{type}_send({})") if type_ in SUMMARIES else """
            WITH whole(b) AS (SELECT kpi_number_send(n) FROM unnest('{0,-1.5,12345678.9,NaN,Infinity,1e131071}'::numeric[]) n)
            SELECT set_byte(b, at, byte) FROM whole, generate_series(0, length(b) - 1) at, unnest('{0,1,127,128,192,208,255}'::int[]) byte
            UNION ALL SELECT substr(b, 1, len) FROM whole, generate_series(0, length(b)) len"""
        return f"""CREATE TABLE edges.wire_{type_} AS
                SELECT row_number() OVER () AS k, d FROM (SELECT d FROM ({wire}) x(d) ORDER BY md5(d) LIMIT {8 * BOUND}) few;
            CREATE INDEX ON edges.wire_{type_} (k); CREATE TABLE edges.got_{type_} (v {type_});
            CREATE FUNCTION edges.read_{type_}() RETURNS integer LANGUAGE plpgsql AS $f$
            DECLARE
                file text := current_setting('data_directory') || '/edges.bin';
                last integer := (SELECT max(k) FROM edges.wire_{type_}); code text; problem text; more text; advice text;
            BEGIN
                FOR n IN 1..last LOOP
                    EXECUTE format('COPY (SELECT d FROM edges.wire_{type_} WHERE k = %s) TO %L (FORMAT binary)', n, file);
                    BEGIN
                        EXECUTE format('COPY edges.got_{type_} FROM %L (FORMAT binary)', file);
                    EXCEPTION WHEN OTHERS THEN
                        GET STACKED DIAGNOSTICS code = RETURNED_SQLSTATE, problem = MESSAGE_TEXT, more = PG_EXCEPTION_DETAIL, advice = PG_EXCEPTION_HINT;
                        INSERT INTO edges.error (f, k, form, state, message, detail, hint) VALUES (-1, n, '{type_}', code, problem, more, advice);
                    END;
                END LOOP;
                RETURN last;
            END $f$"""


if __name__ == "__main__":
    main()
