#!/usr/bin/env -S python3 -B
"""What distributed PostgreSQL does: each worker aggregates its rows without finishing, the states
travel as text or binary, and the coordinator combines and finishes them."""

import json
import pathlib
import re
import tempfile
import unittest

from lib.answers import differences, table
from lib.database import Database
from lib.tap import main

WORKERS = ["t_states_a", "t_states_b", "t_states"]
# The last worker sees nothing of a channel.
SHARE = "id % 3 = {} AND (channel <> 'channel 4' OR id % 3 < 2)"

# What to aggregate, by the name of the argument and its type.
COLUMNS = {
    "score": {"smallint": "i2", "integer": "i4", "bigint": "i8", "real": "t4",
              "double precision": "fine::double precision", "numeric": "tn", "kpi_number": "health"},
    "scheme": {"text": "'segments'", "jsonb": """'{"critical": 0, "watch 👀": 39.950, "fine": 70}'"""}, "feedback": "comment",
    "contacts": "contacts", "pages_viewed": "contacts", "referrals": "contacts",
    "promised_at": "due", "delivered_at": "ended", "started_at": "at", "ended_at": "ended", "at": "at",
    "duration": "ended - at", "handle": "ended - at", "talk": "ended - at", "hold": "'1 minute'", "wrap": "due - at",
    "user_id": {"bigint": "user_id", "uuid": "user_uuid", "text": "user_text"},
    "opening": "opening", "closing": "closing", "paid_before": "paid_before", "monthly_amount": "price",
    "amount": "opening", "billing_period": "every", "recurring": "hit",
    "active_at_start": "hit", "churned": "paid_before", "period_start": "timestamptz '2024-02-01'",
    "period_end": "timestamptz '2024-05-01'", "new_churn": "'both'", "ordered_at": "at", "time_zone": "'Asia/Tokyo'",
    "threshold": "4", "confidence": "0.9", "fraction": "0.9", "within": "'8 hours'", "gap": "'10 minutes'",
    "as_of": "timestamptz '2024-06-01'",
    "summary": {
        "survey_summary": """format('{"version":1,"scores":{"%s":2}}', i4)""",
        "rate_summary": """format('{"version":1,"hits":%s,"total":10}', contacts)""",
        "duration_summary": """format('{"version":1,"durations":[%s]}', id)""",
        "session_summary": """format('{"version":1,"gap":9,"sessions":[[%s,%s]]}', id * 7, id * 8)""",
        "active_users_summary": """format('{"version":1,"kind":"integer","ids":[%s]}', user_id)""",
        "retention_summary": """format('{"version":1,"period":[0,9],"at_start":%s,"churned":%s}', id, contacts % id)""",
        "rfm_summary": """format('{"version":1,"orders":2,"revenue":"%1$s","first_day_revenue":"%1$s","days":[%2$s]}', trim_scale(price), id)""",
        "revenue_summary": """format('{"version":1,"kind":"recurring","amounts":1,"sum":"%s","over":"7"}', trim_scale(price))""",
        "mrr_summary": """format('{"version":1,"rows":1,"customers":{"opening":1},"mrr":{"opening":"%s"}}', trim_scale(opening))""",
        "health_summary": """format('{"version":1,"bands":[{"band":"a","from":"0","customers":%s},{"band":"b","from":"7.5","customers":1}],"sum":"%s"}',
            id, 7.5 + id * tn * 0.7)""",
        "sentiment_summary": """format('{"version":1,"positive":1,"neutral":%s,"negative":0,"sum":"%s"}', contacts, 0.25 + contacts * 0.01)""",
        "subscription_summary": """format('{"version":1,"kind":"instant","subscriptions":[[%s,%s,"%s"]]}', id * 7, id * 8, price)""",
    },
}
NULL_IN = {"survey_summary": "i4", "rate_summary": "contacts", "active_users_summary": "user_id",
           "mrr_summary": "nullif(opening, 0)", "subscription_summary": "nullif(price, 0)",
           "revenue_summary": "nullif(price, 0)", "retention_summary": "contacts", "rfm_summary": "nullif(price, 0)",
           "health_summary": "tn", "sentiment_summary": "contacts"}

# All aggregates that finish: a summary that depends on a setting is refused.
AGGREGATES = """
SELECT a.aggfnoid::oid, p.proname, a.aggtranstype::regtype, a.agginitval, a.aggtransfn::oid, a.aggtransfn::text,
       a.aggcombinefn::text, a.aggfinalfn::text,
       to_json(p.proargnames), to_json(ARRAY(SELECT format_type(t, NULL) FROM unnest(p.proargtypes) t))
FROM pg_aggregate a JOIN pg_proc p ON p.oid = a.aggfnoid
JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
JOIN pg_extension e ON e.oid = d.refobjid AND extname = 'pg_cskpi'
WHERE a.aggfinalfn::text !~ 'refuse' ORDER BY 1
"""


def argument(name, type_):
    found = COLUMNS.get(name, "hit") if type_ == "boolean" else COLUMNS[name]
    expression = found if isinstance(found, str) else found[type_]
    if name == "summary":
        whole = f"({expression})::{type_}"
        return f"CASE WHEN {NULL_IN[type_]} IS NOT NULL THEN {whole} END" if type_ in NULL_IN else whole
    if type_ == "timestamp without time zone":
        return f"({expression}) AT TIME ZONE 'UTC'"
    return f"({expression})::{type_}"


class Aggregate:
    def __init__(self, oid, name, state, initial, transition, accumulate, combine, final, names, types):
        self.name, self.state, self.initial, self.final = name, state, initial, final
        self.accumulate, self.combine = accumulate, combine
        self.types = json.loads(types)
        self.arguments = ", ".join(map(argument, json.loads(names) or [], self.types))
        # Aggregates with one state share it.
        self.state_name = f"state_{transition}_{re.sub('[^0-9a-z]', '', self.arguments.lower())[:40]}"
        self.result_name = f"{name[:40]}_{oid}"

    def without_final(self):
        return f"""CREATE AGGREGATE {self.state_name}({", ".join(self.types)}) (
            SFUNC = {self.accumulate}, STYPE = {self.state}, INITCOND = '{self.initial}', COMBINEFUNC = {self.combine})"""

    def of_states(self):
        return f"""CREATE AGGREGATE merge_{self.result_name}({self.state}) (
            SFUNC = {self.combine}, STYPE = {self.state}, INITCOND = '{self.initial}', FINALFUNC = {self.final})"""


class PartialStates(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.files = tempfile.TemporaryDirectory()
        cls.workers = [Database(name) for name in WORKERS]
        cls.db = cls.workers[-1]
        for worker in cls.workers:
            worker.run(table(9_000))
        cls.aggregates = [Aggregate(*row) for row in cls.db.run(AGGREGATES)]
        cls.states = {a.state_name: a for a in cls.aggregates}
        columns = ", ".join(f"{name} {a.state}" for name, a in cls.states.items())
        cls.db.run(f"CREATE TABLE states (worker integer, channel text, {columns});" +
                   ";".join(a.of_states() for a in cls.aggregates))
        for worker in cls.workers:
            worker.run(";".join(a.without_final() for a in cls.states.values()))
        cls.once = "SELECT channel, " + ", ".join(
            f"{a.name}({a.arguments}) AS {a.result_name}" for a in cls.aggregates) + " FROM answers GROUP BY channel"

    @classmethod
    def tearDownClass(cls):
        for worker in cls.workers:
            worker.drop()
        cls.files.cleanup()

    def collect(self, format_):
        """Every worker's states of its rows, through files of this format."""
        self.db.run("TRUNCATE states")
        file = pathlib.Path(self.files.name) / "states"
        calls = ", ".join(f"{name}({a.arguments})" for name, a in self.states.items())
        for number, worker in enumerate(self.workers):
            query = f"SELECT {number}, channel, {calls} FROM answers WHERE {SHARE.format(number)} GROUP BY channel"
            worker.psql(f"\\copy ({' '.join(query.split())}) TO '{file}' (FORMAT {format_})\n")
            self.db.psql(f"\\copy states FROM '{file}' (FORMAT {format_})\n")

    def merged(self, order="worker"):
        return "SELECT channel, " + ", ".join(
            f"merge_{a.result_name}({a.state_name} ORDER BY {order}) AS {a.result_name}"
            for a in self.aggregates) + " FROM states GROUP BY channel"

    def seen(self):
        return self.once.replace("FROM answers", "FROM answers WHERE channel <> 'channel 4' OR id % 3 < 2")

    def test_the_states_are_worth_it(self):
        self.assertGreater(len(self.aggregates), 150)
        self.assertGreater(len(self.states), 40)
        self.assertEqual({a.state for a in self.aggregates}, set(COLUMNS["summary"]))
        self.collect("text")
        durations = next(name for name in self.states if "duration_accum" in self.states[name].accumulate)
        self.assertEqual(self.db.run(f"SELECT count(*), count(*) FILTER (WHERE {durations}::text LIKE '%histogram%') > 0 FROM states"),
                         [["14", "t"]])

    def test_states_as_text_or_binary_equal_one_pass(self):
        for format_ in ["text", "binary"]:
            with self.subTest(format=format_):
                self.collect(format_)
                for order in ["worker", "worker DESC"]:
                    self.assertEqual(differences(self.db, self.merged(order), self.seen(), exact=True), [])

    def test_a_state_is_the_same_as_a_finished_summary(self):
        """So it does not matter when it is stored: nothing of how it grew is left in its text or its bytes."""
        rows = "FROM answers WHERE id % 3 = 1 GROUP BY channel"
        for build in ["survey_agg", "rate_agg", "duration_agg", "session_agg", "active_users_agg", "mrr_agg", "subscription_agg",
                      "recurring_revenue_agg", "expansion_revenue_agg", "retention_agg", "rfm_agg", "health_agg",
                      "sentiment_agg"]:
            for a in (a for a in self.aggregates if a.name == build):
                with self.subTest(aggregate=f"{a.name}({a.arguments})"):
                    unfinished, finished = f"{a.state_name}({a.arguments})", f"{a.name}({a.arguments})"
                    self.assertEqual(self.db.value(f"""SELECT count(*) FILTER (WHERE a = b AND a::text = b::text
                        AND {a.state}_send(a) = {a.state}_send(b)) FROM (SELECT {unfinished} AS a, {finished} AS b {rows}) s"""), "5")


if __name__ == "__main__":
    main()
