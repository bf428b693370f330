"""The aggregates of the extension with something to aggregate for each, and their states as aggregates of
their own: what a database that distributes its rows makes on each machine, and what it makes of that."""

import json
import re

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

# What else a setting may be. One group with both is refused, because the answer would be to neither.
OTHER = {
    "threshold": "5", "confidence": "0.8", "fraction": "0.25", "gap": "'20 minutes'", "new_churn": "'include'",
    "period_start": "timestamptz '2024-01-01'", "period_end": "timestamptz '2024-06-01'",
    "scheme": {"text": "'rag'", "jsonb": """'{"a": 0, "b": 50}'"""},
}

AGGREGATES = """
SELECT a.aggfnoid::oid, p.proname, a.aggtranstype::regtype, a.agginitval, a.aggtransfn::oid, a.aggtransfn::text,
       a.aggcombinefn::text, a.aggfinalfn::text, a.aggfinalextra, p.prorettype::regtype,
       to_json(p.proargnames), to_json(ARRAY(SELECT format_type(t, NULL) FROM unnest(p.proargtypes) t))
FROM pg_aggregate a JOIN pg_proc p ON p.oid = a.aggfnoid
JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
JOIN pg_extension e ON e.oid = d.refobjid AND extname = 'pg_cskpi'
ORDER BY 1
"""


def expression(name, type_, settings):
    found = settings.get(name, COLUMNS.get(name, "hit") if type_ == "boolean" else COLUMNS[name])
    return found if isinstance(found, str) else found[type_]


def argument(name, type_, settings):
    """SQL for an argument over the rows of answers; settings say which are not as usual."""
    found = expression(name, type_, settings)
    if name == "summary":
        whole = f"({found})::{type_}"
        return f"CASE WHEN {NULL_IN[type_]} IS NOT NULL THEN {whole} END" if type_ in NULL_IN else whole
    if type_ == "timestamp without time zone":
        return f"({found}) AT TIME ZONE 'UTC'"
    return f"({found})::{type_}"


class Aggregate:
    def __init__(self, oid, name, state, initial, transition, accumulate, combine, final, extra, result, names, types):
        self.name, self.state, self.initial, self.final, self.result = name, state, initial, final, result
        self.accumulate, self.combine, self.extra = accumulate, combine, extra == "t"
        self.names, self.types = json.loads(names) or [], json.loads(types)
        self.signature = f"{name}({', '.join(self.types)})"
        self.arguments = self.with_settings({})
        # Aggregates with one state share it.
        self.state_name = f"state_{transition}_{re.sub('[^0-9a-z]', '', self.arguments.lower())[:40]}"
        self.result_name = f"{name[:40]}_{oid}"
        # Some only exist to say what to write instead.
        self.refuses = "refuse" in final

    def with_settings(self, settings):
        return ", ".join(argument(name, type_, settings) for name, type_ in zip(self.names, self.types, strict=True))

    def settings(self):
        """The names of its arguments that must not vary within a group."""
        return [name for name in self.names if name in OTHER]

    def call(self):
        return f"{self.name}({self.arguments})"

    def without_final(self):
        return f"""CREATE AGGREGATE {self.state_name}({", ".join(self.types)}) (
            SFUNC = {self.accumulate}, STYPE = {self.state}, INITCOND = '{self.initial}', COMBINEFUNC = {self.combine})"""

    def of_states(self):
        return f"""CREATE AGGREGATE merge_{self.result_name}({self.state}) (
            SFUNC = {self.combine}, STYPE = {self.state}, INITCOND = '{self.initial}', FINALFUNC = {self.final})"""


def aggregates(db):
    """All of them. One that COLUMNS has no arguments for is an error: it would never be tried."""
    found, unknown = [], []
    for row in db.run(AGGREGATES):
        try:
            found.append(Aggregate(*row))
        except (KeyError, ValueError) as error:
            unknown.append(f"{row[1]}({row[-1]}): {error}")
    if unknown:
        raise AssertionError("not covered, add the arguments to COLUMNS in tests/lib/states.py: " + "; ".join(unknown))
    return found
