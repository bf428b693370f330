#!/usr/bin/env -S python3 -B
"""What distributed PostgreSQL does: each worker aggregates its rows without finishing, the states
travel as text or binary, and the coordinator combines and finishes them."""

import pathlib
import tempfile
import unittest

from lib.answers import differences, table
from lib.database import Database
from lib.states import OTHER, aggregates
from lib.tap import main

WORKERS = ["t_states_a", "t_states_b", "t_states"]
# A shard is part of the rows of one worker. Most are in one of them, some have nothing but NULL, and
# the last two have no row of a channel, or none at all.
ONLY_NULL = "id > 6000"
SHARDS = [(0, f"id % 10 < 8 AND NOT {ONLY_NULL} OR id % 10 = 9 AND channel = 'channel 4' AND NOT {ONLY_NULL}"),
          (1, f"id % 10 = 8 AND NOT {ONLY_NULL}"),
          (1, ONLY_NULL),
          (2, f"id % 10 = 9 AND channel <> 'channel 4' AND NOT {ONLY_NULL}"),
          (0, "id < 0")]
ROWS = table(6_000) + """
INSERT INTO answers (id, channel) SELECT i, 'channel ' || i % 6 FROM generate_series(6001, 6060) i;
"""
TRY = """
CREATE FUNCTION outcome(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE result text;
BEGIN
    EXECUTE query INTO result;
    RETURN result;
EXCEPTION WHEN OTHERS THEN
    RETURN sqlstate;
END $$
"""


def quoted(text):
    return "'" + text.replace("'", "''") + "'"


class PartialStates(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.files = tempfile.TemporaryDirectory()
        cls.workers = [Database(name) for name in WORKERS]
        cls.db = cls.workers[-1]
        for worker in cls.workers:
            worker.run(ROWS)
        cls.all = aggregates(cls.db)
        cls.aggregates = [a for a in cls.all if not a.refuses]
        cls.states = {a.state_name: a for a in cls.aggregates}
        columns = ", ".join(f"{name} {a.state}" for name, a in cls.states.items())
        cls.db.run(f"{TRY}; CREATE TABLE states (shard integer, channel text, {columns}); CREATE TABLE totals (LIKE states);" +
                   ";".join(a.of_states() for a in cls.all))
        for worker in cls.workers:
            worker.run(";".join({a.state_name: a.without_final() for a in cls.all}.values()))
        cls.calls = ", ".join(f"{name}({a.arguments})" for name, a in cls.states.items())

    @classmethod
    def tearDownClass(cls):
        for worker in cls.workers:
            worker.drop()
        cls.files.cleanup()

    def move(self, worker, query, into, format_):
        file = pathlib.Path(self.files.name) / "states"
        worker.psql(f"\\copy ({' '.join(query.split())}) TO '{file}' (FORMAT {format_})\n")
        self.db.psql(f"\\copy {into} FROM '{file}' (FORMAT {format_})\n")

    def collect(self, format_):
        """The states of every shard, by channel and of all its rows, through files of this format."""
        self.db.run("TRUNCATE states, totals")
        for number, (worker, rows) in enumerate(SHARDS):
            part = f"{self.calls} FROM answers WHERE {rows}"
            self.move(self.workers[worker], f"SELECT {number}, channel, {part} GROUP BY channel", "states", format_)
            self.move(self.workers[worker], f"SELECT {number}, 'all', {part}", "totals", format_)

    def once(self):
        return ", ".join(f"{a.call()} AS {a.result_name}" for a in self.aggregates)

    def merged(self, order):
        return ", ".join(f"merge_{a.result_name}({a.state_name} ORDER BY {order}) AS {a.result_name}" for a in self.aggregates)

    def equals_one_pass(self, order):
        for states, rows in [(f"SELECT channel, {self.merged(order)} FROM states GROUP BY channel",
                              f"SELECT channel, {self.once()} FROM answers GROUP BY channel"),
                             (f"SELECT {self.merged(order)} FROM totals", f"SELECT {self.once()} FROM answers")]:
            self.assertEqual(differences(self.db, states, rows, exact=True), [])

    def test_the_states_are_worth_it(self):
        self.assertGreater(len(self.aggregates), 150)
        self.assertGreater(len(self.states), 40)
        self.collect("text")
        durations = next(name for name in self.states if "duration_accum" in self.states[name].accumulate)
        self.assertEqual(
            self.db.run(f"""SELECT string_agg(n::text, ' ' ORDER BY shard), bool_or(wide) FROM (
                SELECT shard, count(*) AS n, bool_or({durations}::text LIKE '%histogram%') AS wide FROM states GROUP BY shard) s"""),
            [["5 5 6 4", "t"]])
        # 'channel 5' has nothing but NULL, and the last shard no row: both states are what the aggregate begins with.
        beginnings = " AND ".join(f"{name} = '{a.initial}'" for name, a in self.states.items() if not self.is_never_null(a))
        self.assertEqual(self.db.column(f"SELECT {beginnings} FROM states WHERE channel = 'channel 5' UNION ALL "
                                        f"SELECT {beginnings} FROM totals WHERE shard = 4"), ["t", "t"])

    @staticmethod
    def is_never_null(a):
        """Whether a row of NULLs still has something for this aggregate: the test's summaries of constants."""
        return a.names == ["summary"]

    def test_states_as_text_or_binary_equal_one_pass(self):
        for format_ in ["text", "binary"]:
            self.collect(format_)
            for order in ["shard", "shard DESC", "hashint4(shard)"]:
                with self.subTest(format=format_, order=order):
                    self.equals_one_pass(order)

    def test_a_state_that_is_null_changes_nothing(self):
        self.collect("binary")
        self.db.run("""INSERT INTO states (shard, channel) SELECT s, 'channel ' || c FROM unnest('{-1, 9}'::integer[]) s, generate_series(0, 5) c;
            INSERT INTO totals (shard) VALUES (-1), (9)""")
        self.equals_one_pass("shard")

    def test_nothing_but_null_states_equals_no_row(self):
        nothing = self.db.run(f"SELECT {self.once()} FROM answers WHERE id < 0")
        self.assertEqual(self.db.run(f"SELECT {self.merged('1')} FROM (SELECT (states).* FROM (SELECT NULL::states AS states FROM generate_series(1, 3)) s) s"),
                         nothing)
        self.assertEqual(self.db.run(f"SELECT {self.merged('1')} FROM states WHERE shard < -100"), nothing)

    def test_a_state_is_the_same_as_a_finished_summary(self):
        """So it does not matter when it is stored: nothing of how it grew is left in its text or its bytes."""
        builders = [a for a in self.aggregates if a.result == a.state]
        self.assertEqual({a.state for a in builders}, {a.state for a in self.all})
        same = ", ".join(f"""count(*) FILTER (WHERE {a.state_name} = {a.result_name} AND {a.state_name}::text = {a.result_name}::text
            AND {a.state}_send({a.state_name}) = {a.state}_send({a.result_name}))""" for a in builders)
        states = ", ".join(dict.fromkeys(f"{a.state_name}({a.arguments}) AS {a.state_name}" for a in builders))
        found = self.db.run(f"SELECT {same} FROM (SELECT {states}, {self.once()} FROM answers GROUP BY channel) s")[0]
        self.assertEqual([a.signature for a, n in zip(builders, found, strict=True) if n != "6"], [])

    def test_what_refuses_whole_rows_refuses_their_states(self):
        refusing = [a for a in self.all if a.refuses]
        self.assertEqual({a.name for a in refusing}, {"session_agg", "rfm_agg"})
        for a in refusing:
            with self.subTest(aggregate=a.signature):
                self.assertEqual(self.db.sqlstate(f"""SELECT merge_{a.result_name}(s)
                    FROM (SELECT channel, {a.state_name}({a.arguments}) AS s FROM answers GROUP BY channel) states"""), "22023")

    def in_two_ways(self):
        """Every aggregate and setting of it, with the states of two shards that do not agree on it."""
        for a in self.aggregates:
            for name in a.settings():
                yield a, name, a.with_settings({name: OTHER[name]})

    def merged_of(self, a, first, second):
        """The outcome of merging the states of rows that two conditions select, the second with other settings."""
        return f"""SELECT merge_{a.result_name}(s)::text FROM (
            SELECT {a.state_name}({a.arguments}) AS s FROM answers WHERE {first[0]}
            UNION ALL SELECT {a.state_name}({second[1]}) FROM answers WHERE {second[0]}) s"""

    def test_shards_that_do_not_agree_on_a_setting_are_refused(self):
        ways = list(self.in_two_ways())
        self.assertEqual({name for _, name, _ in ways}, set(OTHER))
        outcomes = self.db.column("; ".join("SELECT outcome({})".format(quoted(self.merged_of(a, ("id % 2 = 0",), ("id % 2 = 1", other))))
                                            for a, _, other in ways))
        self.assertEqual([f"{a.signature}, {name}: {found}" for (a, name, _), found in zip(ways, outcomes, strict=True) if found != "22023"], [])

    def test_a_shard_without_values_need_not_agree(self):
        ways = list(self.in_two_ways())
        for nothing in ["id < 0", ONLY_NULL]:
            with self.subTest(rows=nothing):
                rows = f"NOT ({ONLY_NULL})"
                pairs = [(self.db_outcome(self.merged_of(a, (rows,), (nothing, other))),
                          self.db_outcome(f"SELECT {a.call()}::text FROM answers WHERE {rows}")) for a, _, other in ways]
                found = self.db.run("; ".join(f"SELECT {merged}, {once}" for merged, once in pairs))
                self.assertEqual([f"{a.signature}, {name}: {pair}" for (a, name, _), pair in zip(ways, found, strict=True)
                                  if pair[0] != pair[1] or pair[1] is None], [])

    @staticmethod
    def db_outcome(query):
        return f"outcome({quoted(query)})"


if __name__ == "__main__":
    main()
