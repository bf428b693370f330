"""Calls of every function of the extension with values at the edge, run inside the server: one
session, one plpgsql function for each function, which keeps what was wrong in tables."""

import itertools
import os
import random
import re
import signal
import threading

from lib import edges
from lib.samples import SUMMARIES

FUNCTIONS = """
SELECT proname, prokind, proretset, format_type(prorettype, NULL), coalesce(unit, ''), oid::regprocedure,
       coalesce(array_to_string(proargnames[:pronargs], ','), repeat(',', pronargs - 1)),
       (SELECT string_agg(format_type(t, NULL), ',' ORDER BY i) FROM unnest(proargtypes) WITH ORDINALITY u(t, i)), prosrc
FROM pg_proc p JOIN pg_depend ON classid = 'pg_proc'::regclass AND objid = p.oid AND deptype = 'e'
LEFT JOIN kpi_catalog ON name = proname
WHERE refobjid = (SELECT oid FROM pg_extension WHERE extname = 'pg_cskpi')
  -- What makes statements and runs them is for 89_view_building.
  AND proconfig IS NULL ORDER BY p.oid::regprocedure::text
"""
# What is wrong is kept here; calls are numbered within their function.
TABLES = """
CREATE SCHEMA edges;
CREATE UNLOGGED TABLE edges.calls (f integer, k integer, damaged boolean, a integer[], b integer[]);
CREATE UNLOGGED TABLE edges.done (f integer, calls integer, errors integer);
CREATE UNLOGGED TABLE edges.wrong (f integer, k integer, form text, result text);
CREATE UNLOGGED TABLE edges.error (f integer, k integer, form text, state text, message text, detail text, hint text, context text);
"""
# What is no number: no KPI is.
NO_NUMBER = "~* 'nan|infinity'"
# A value is printed for a report only; the longest have a megabyte.
SHOWN = 200


def tables(types, server_version):
    """A table of values for each type, and the names that say how to call them: {type: (table, tried, damaged)}.

    The first value is NULL. Damaged ones come last."""
    made, sql = {}, [f"CREATE CAST (bytea AS {t}) WITHOUT FUNCTION; CREATE CAST ({t} AS bytea) WITHOUT FUNCTION" for t in SUMMARIES]
    for number, (type_, samples) in enumerate(sorted(types.items())):
        stored = "text" if type_ == "cstring" else type_
        values = ["NULL", *cstrings(samples)] if type_ == "cstring" else ["NULL", *edges.of_type(type_, server_version), *samples]
        rows = ", ".join(f"({i}, ({value})::{stored})" for i, value in enumerate(values))
        sql.append(f"CREATE TABLE edges.t{number} (i integer PRIMARY KEY, v {stored}); INSERT INTO edges.t{number} VALUES {rows}")
        if type_ in SUMMARIES:
            sql.append(f"INSERT INTO edges.t{number} SELECT {len(values) - 1} + row_number() OVER (), d::{type_} FROM ({edges.damaged(type_)}) x(d)")
        made[type_] = (f"edges.t{number}", values)
    return made, sql


def cstrings(samples):
    """What input functions read: what summaries and texts look like, and the same cut short."""
    summaries = [edges.of_type(type_, 0) for type_ in SUMMARIES]
    whole = [f"({value})::{type_}::text" for type_, values in zip(SUMMARIES, summaries) for value in values]
    cut = [f"left({value}, -1)" for value in whole[::3]]
    return edges.TEXTS + edges.NUMERICS[:12] + whole + cut + samples


class Function:
    def __init__(self, number, row, values, damaged):
        self.name, self.kind, returns_set, self.result, self.unit, self.signature, names, types, source = row
        self.number, self.set, self.is_servers = number, returns_set == "t", source.startswith("numeric_")
        self.types = types.split(",") if types else []
        self.names = names.split(",") if self.types else []
        self.values, self.damaged = values, damaged

    def arguments(self):
        """Of each argument: the values that it must take, and those that are right for it."""
        for name, type_ in zip(self.names, self.types):
            values = self.values[type_][1]
            own = [values.index(sample) for sample in edges.of_name(name, type_)]
            tried = range(1 + len(edges.of_type(type_, 170000))) if type_ != "cstring" else range(len(values))
            tried = [i for i in tried if i < len(values)]
            yield list(dict.fromkeys([*own, *tried])), own or [1, min(2, len(values) - 1)]

    def calls(self, bound):
        """At most so many combinations, always the same ones, with every value if so many are allowed."""
        chance = random.Random(self.signature)
        choices = list(self.arguments())
        every = [tried for tried, _ in choices]
        whole = 1
        for tried in every:
            whole *= len(tried)
        calls = dict.fromkeys(itertools.product(*every)) if whole <= bound else self.sample(choices, bound, chance)
        rows = [(call, False) for call in calls]
        for at, type_ in enumerate(self.types):
            rows += [(call, True) for call in self.harmed(at, type_, choices, bound, chance)]
        return [(k, damaged, call, self.other(call, every, chance)) for k, (call, damaged) in enumerate(rows)]

    def sample(self, choices, bound, chance):
        """Every value once where all others are right, and then any, half of them right."""
        right = [own[0] for _, own in choices]
        calls = {(*right[:at], value, *right[at + 1:]): None for at, (tried, _) in enumerate(choices) for value in tried}
        while len(calls) < bound:
            calls[tuple(chance.choice(own if chance.random() < 0.5 else tried) for tried, own in choices)] = None
        return calls

    def harmed(self, at, type_, choices, bound, chance):
        if type_ not in self.damaged:
            return
        first, count = self.damaged[type_]
        for value in chance.sample(range(first, first + count), min(count, bound)):
            right = [own[0] for _, own in choices]
            yield (*right[:at], value, *right[at + 1:])

    @staticmethod
    def other(call, every, chance):
        """What an aggregate reads as its second row: mostly with the same parameters."""
        if not call:
            return ()
        if chance.random() < 0.25:
            return tuple(chance.choice(tried) for tried in every)
        return (chance.choice(every[0]), *call[1:])

    def limits(self):
        """The least and the largest value that the unit allows."""
        if re.search("count|customers", self.unit) or self.name == "nps_margin":  # which is not clamped
            return 0, None
        if "numrange" in self.unit or self.unit in ("percent", "points"):
            return (0, 100) if "percent" in self.unit else (-100, 100)
        both = re.search(r"(-?\d+) to (-?\d+)", self.unit)
        least = re.search(r"from (-?\d+)", self.unit)
        most = re.search(r"up to (-?\d+)", self.unit)
        if both:
            return int(both[1]), int(both[2])
        return int(least[1]) if least else None, int(most[1]) if most else None

    def wrong(self):
        """When a result is wrong, in SQL; None if every one is right."""
        least, most = self.limits()
        if self.set or self.result in ("record", "jsonb"):
            return f"result::text {NO_NUMBER}"
        if self.result in SUMMARIES:
            return f"result::text::{self.result} IS DISTINCT FROM result"
        if self.result in ("numeric", "bigint", "integer"):
            low = f" OR result < {least}" if least is not None else ""
            high = f" OR result > {most}" if most is not None else ""
            nothing = "result IN ('NaN', 'Infinity', '-Infinity')" if self.result == "numeric" else "false"
            return f"{nothing}{low}{high}"
        if self.result == "numrange":
            return f"NOT result <@ numrange({least}, {most}, '[]') OR result::text {NO_NUMBER}"
        if self.result == "interval":
            return f"result < '0' OR result::text {NO_NUMBER}"
        if self.result == "date":
            return "NOT isfinite(result)"
        return "result::text IS NULL AND result IS NOT NULL"

    def expressions(self):
        """SQL of the forms of this call, for the row r of values."""
        columns = [f"x{i}" for i in range(len(self.types))]
        first, second = ([self.passed(f"r.{letter}{i}", t) for i, t in enumerate(self.types)] for letter in "ab")
        if self.kind == "f" and self.set:
            yield "set", f"(SELECT string_agg(t::text, ' ') FROM {self.name}({', '.join(first)}) t)"
        elif self.kind == "f":
            yield "plain", f"{self.name}({', '.join(first)})"
        else:
            call = f"{self.name}({', '.join(columns)})"
            rows = f"(VALUES (1, {', '.join(first)}), (2, {', '.join(second)}), (3, {', '.join(first)})) v(n, {', '.join(columns)})"
            yield "one row", f"(SELECT {self.name}({', '.join(first)}))"
            yield "aggregate", f"(SELECT {call} FROM {rows})"
            yield "window", f"(SELECT o FROM (SELECT n, {call} OVER (ORDER BY n ROWS BETWEEN CURRENT ROW AND 1 FOLLOWING) o FROM {rows}) w WHERE n = 2)"

    @staticmethod
    def passed(expression, type_):
        return f"textout({expression})" if type_ == "cstring" else expression

    def code(self):
        """Makes the function that does all these calls."""
        result = "text" if self.set or self.result in ("record", "cstring") else self.result
        inner = "\n".join(self.attempt(form, sql, result) for form, sql in self.expressions())
        joins = "".join(
            f" JOIN {self.values[type_][0]} {letter}{i} ON {letter}{i}.i = c.{letter}[{i + 1}]"
            for i, type_ in enumerate(self.types) for letter in ("ab" if self.kind == "a" else "a"))
        columns = "".join(f", {letter}{i}.v AS {letter}{i}" for i in range(len(self.types)) for letter in ("ab" if self.kind == "a" else "a"))
        return f"""CREATE FUNCTION edges.f{self.number}() RETURNS void LANGUAGE plpgsql AS $f$
DECLARE
    r record; result {result}; code text; problem text; more text; advice text; place text; calls integer := 0; errors integer := 0;
BEGIN
    FOR r IN SELECT c.k, c.damaged{columns} FROM edges.calls c{joins} WHERE c.f = {self.number} LOOP
{inner}
    END LOOP;
    INSERT INTO edges.done VALUES ({self.number}, calls, errors);
END $f$"""

    def attempt(self, form, sql, result):
        if self.result == "record" and not self.set:
            sql = f"(SELECT t::text FROM {sql} t)"
        check = self.wrong().replace("::text", "") if result == "text" else self.wrong()
        return f"""        BEGIN
            calls := calls + 1;
            result := {sql};
            IF NOT r.damaged AND ({check}) THEN
                INSERT INTO edges.wrong VALUES ({self.number}, r.k, '{form}', left(result::text, {SHOWN}));
            END IF;
        EXCEPTION WHEN OTHERS THEN
            GET STACKED DIAGNOSTICS code = RETURNED_SQLSTATE, problem = MESSAGE_TEXT, more = PG_EXCEPTION_DETAIL,
                advice = PG_EXCEPTION_HINT, place = PG_EXCEPTION_CONTEXT;
            INSERT INTO edges.error VALUES ({self.number}, r.k, '{form}', code, problem, more, advice, place);
            errors := errors + 1;
        END;"""


# Edits of the table of targets, and what they do to its readers.
EDIT = """CREATE FUNCTION edges.edit(kpi text, channel text, band text, comparison text, value numeric, duration interval,
    is_target boolean, note text, shipped boolean) RETURNS text LANGUAGE plpgsql AS $f$
BEGIN
    -- A bound is one of both.
    INSERT INTO kpi_targets VALUES ($1, $2, $3, $4, CASE WHEN $7 THEN $5 END, CASE WHEN NOT $7 THEN $6 END, $7, $8, $9);
    PERFORM kpi_band($1, $5, $2), kpi_target_met($1, $5, $2), kpi_band($1, $5::text, $2);
    UPDATE kpi_targets t SET value = CASE WHEN $7 THEN $5 END, duration = CASE WHEN NOT $7 THEN $6 END, note = $8 WHERE t.kpi IN ($1, 'nps');
    PERFORM kpi_band($1, $6, $2), kpi_target_met('nps', $5);
    DELETE FROM kpi_targets t WHERE NOT t.shipped;
    -- As what is replicated arrives.
    PERFORM set_config('session_replication_role', 'replica', true);
    INSERT INTO kpi_targets VALUES ($1, $2, $3, $4, CASE WHEN $7 THEN $5 END, CASE WHEN NOT $7 THEN $6 END, $7, $8, true);
    UPDATE kpi_targets t SET note = $8 WHERE t.kpi = $1;
    PERFORM set_config('session_replication_role', 'origin', true);
    RETURN '';
END $f$"""
EDITED = ["edges.edit", "f", "f", "text", "", "edges.edit", "kpi,channel,band,comparison,value,duration,is_target,note,shipped",
          "text,text,text,text,numeric,interval,boolean,text,boolean", ""]


class Sweep:
    """All calls of a database's extension; several runs are done by one backend."""

    def __init__(self, db, bound):
        self.db = db
        rows = [*db.run(FUNCTIONS), EDITED]
        types = {}
        for *_, names, listed, _ in rows:
            for name, type_ in zip(names.split(","), (listed or "").split(",")):
                if type_ not in ("", "internal"):
                    known = types.setdefault(type_, [])
                    known += [sample for sample in edges.of_name(name, type_) if sample not in known]
        values, sql = tables(types, int(db.value("SHOW server_version_num")))
        db.run(f"{TABLES}; {EDIT}; " + ";\n".join(sql))
        self.functions = {}
        self.out_of_reach = []
        damaged = {t: self.range(*values[t]) for t in SUMMARIES}
        for number, row in enumerate(rows):
            function = Function(number, row, values, damaged)
            if "internal" in function.types or function.result == "trigger":
                self.out_of_reach.append(function.signature)
            else:
                self.functions[number] = function
        self.fill(bound)

    def range(self, table, values):
        """The first damaged value of a type, and how many there are."""
        return len(values), int(self.db.value(f"SELECT count(*) FROM {table} WHERE i >= {len(values)}"))

    def fill(self, bound):
        self.db.run(";\n".join(f.code() for f in self.functions.values()))
        array = lambda numbers: "{%s}" % ",".join(map(str, numbers))
        self.db.fill("edges.calls", [
            (f.number, k, damaged, array(call), array(other))
            for f in self.functions.values() for k, damaged, call, other in f.calls(bound)])
        self.db.run("CREATE INDEX ON edges.calls (f); ANALYZE edges.calls")

    def run(self, times, patience):
        """The process and its memory after each run: (pid, kB of all contexts, kB resident)."""
        once = "TRUNCATE edges.done, edges.wrong, edges.error;\n" + "".join(
            f"SELECT edges.f{number}() \\g /dev/null\n" for number in self.functions)
        return measured(self.db, (once + MEMORY) * times, patience)


# Without shared memory, of which a backend maps what it has touched.
MEMORY = """SELECT pg_backend_pid(), (SELECT sum(total_bytes) / 1024 FROM pg_backend_memory_contexts)::bigint,
    substring(pg_read_file('/proc/self/status') FROM 'RssAnon:\\s*(\\d+)');\n"""


def measured(db, sql, patience):
    """The rows of numbers that sql gives. A backend that does not answer within so many seconds, not
    even to a request to stop, is killed: the statement is in the error."""
    guard = threading.Timer(patience, kill, [db])
    guard.start()
    try:
        output = db.psql(f"SET statement_timeout = '{patience // 2}s';\n" + sql, "-At", "--echo-errors")
    finally:
        guard.cancel()
    return [tuple(map(int, row.split("|"))) for row in output.splitlines()]


def kill(db):
    for pid in db.column(f"SELECT pid FROM pg_stat_activity WHERE datname = '{db.name}' AND pid <> pg_backend_pid() AND state = 'active'"):
        os.kill(int(pid), signal.SIGKILL)
