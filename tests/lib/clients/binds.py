"""Every function with its arguments as parameters, as programs pass them: which calls find their function."""

import dataclasses

from lib.clients.asking import Error, Question
from lib.clients.cases import METRICS, SUMMARIES, WEIGHTS
from lib.database import NUMBER_TYPES

# One row for each public function, and number and kind of its arguments: all number types are one.
CALLS = f"""
SELECT DISTINCT proname, prokind, array_to_string(proargnames[:pronargs], ','),
       (SELECT string_agg(CASE WHEN name IN {(*NUMBER_TYPES, 'kpi_number')} THEN 'number' ELSE name END, ',' ORDER BY i)
        FROM unnest(proargtypes) WITH ORDINALITY u(t, i), format_type(t, NULL) name)
FROM pg_proc p JOIN pg_depend ON classid = 'pg_proc'::regclass AND objid = p.oid AND deptype = 'e'
WHERE refobjid = (SELECT oid FROM pg_extension WHERE extname = 'pg_cskpi')
  AND obj_description(p.oid, 'pg_proc') NOT LIKE 'Support function%'
  AND provolatile <> 'v' -- what makes and drops views is for administrators
ORDER BY 1, 3, 4
"""
# What is said beside the rows: this is what programs pass as parameters to an aggregate.
SETTINGS = {"threshold", "confidence", "fraction", "within", "gap", "as_of", "period_start", "period_end", "new_churn", "scheme", "time_zone"}

# What to pass, by the argument's name, by its type, or by both.
TEXTS = {
    "scheme": "segments", "band": "red", "kpi": "nps", "channel": "", "feedback": "great", "new_churn": "both", "time_zone": "Europe/Berlin",
    "metrics": METRICS, "weights": WEIGHTS, "schedule": '{"thu": ["09:00-17:00"]}', ("scheme", "jsonb"): '{"low": 0, "high": 5}',
    "confidence": "0.5", "fraction": "0.5", "threshold": "4", "score": "9", "user_id": "7", "boolean": "true", "number": "7",
    "uuid": "0ef1f1c4-5a4b-4a1c-8c53-1f7d0f1f7d0f", "text": "7", "period_end": "2026-03-01", "as_of": "2026-02-01", "ended_at": "2026-01-15",
    "date": "2026-01-01", "timestamp with time zone": "2026-01-01", "timestamp without time zone": "2026-01-01",
    # 5 minutes and a month, for who writes seconds and who writes words.
    "interval": "300", "billing_period": "2592000",
}
# Summaries that answer these, where others do not.
OF_CALLS = {
    **dict.fromkeys(["duration_percentile", "first_response_time_percentile", "resolution_time_percentile"],
                    '{"version":1,"fraction":0.5,"durations":[0,300000000,86400000000]}'),
    "expansion_revenue": '{"version":1,"kind":"expansion","amounts":2,"sum":"100"}',
    "mrr_by_month(subscription_summary, date, date)": '{"version":1,"kind":"local","subscriptions":[[0,null,"9.5"]]}',
}
# Calls whose value is none of those for another reason than its type.
LEFT_OUT = {
    # Wants the KPI of durations.
    "kpi_band(text, interval, text)", "kpi_target_met(text, interval, text)",
    # Only say what to write instead.
    "session_agg(timestamp without time zone, interval)", "rfm_agg(timestamp with time zone, number)",
}


@dataclasses.dataclass
class Call:
    name: str
    aggregate: bool
    names: list
    types: list
    whole: bool = True  # all arguments are parameters, or only the settings

    @property
    def signature(self):
        return f"{self.name}({', '.join(self.types)})"

    def parameters(self):
        """Which of its arguments are parameters."""
        return [i for i, name in enumerate(self.names) if self.whole or name in SETTINGS]

    def text(self, i):
        name, type_ = self.names[i], self.types[i]
        if type_ in SUMMARIES:
            # Of one kind with what follows it.
            alone = len(self.types) == 1 or self.name == "mrr_by_month"
            return (alone and (OF_CALLS.get(self.signature) or OF_CALLS.get(self.name))) or SUMMARIES[type_]
        by_name = [] if name == "user_id" and type_ != "bigint" else [name]
        found = next(TEXTS[key] for key in ((name, type_), *by_name, type_) if key in TEXTS)
        return found + {"timestamp with time zone": "T00:00:00Z", "timestamp without time zone": "T00:00:00"}.get(type_, "")

    def sql(self, write):
        """The call over one row; write(n, type) gives the SQL of the nth parameter."""
        given = self.parameters()
        parts = []
        for i, type_ in enumerate(self.types):
            sql = "numeric" if type_ == "number" else type_
            parts.append(write(given.index(i), sql) if i in given else f"{self.literal(i)}::{sql}")
        return f"SELECT string_agg(answer::text, ' ') AS answer FROM (SELECT {self.name}({', '.join(parts)})) t(answer)"

    def literal(self, i):
        text = self.text(i).replace("'", "''")
        return f"'{text} seconds'" if self.types[i] == "interval" else f"'{text}'"

    def constants(self):
        given = self.parameters()
        return self.sql(lambda n, type_: f"{self.literal(given[n])}::{type_}")

    def question(self, style, cast, bare=False):
        """style(type) gives the kind to bind as. Without casts only summaries have one, or not even they if bare."""
        kinds = []
        for i in self.parameters():
            kind, text = style(self.types[i]), self.text(i)
            kinds.append((kind, f"{text} seconds" if self.types[i] == "interval" and kind == "string" else text))
        return Question(self.sql(lambda n, type_: f"${n + 1}" + (f"::{type_}" if cast or type_ in SUMMARIES and not bare else "")), kinds)


def calls(db):
    """All of them; aggregates also over a column, with parameters for what is beside it."""
    found = [Call(name, kind == "a", names.split(","), types.replace("number", "bigint").split(",") if names == "user_id" else types.split(","))
             for name, kind, names, types in db.run(CALLS)]
    found += [dataclasses.replace(call, whole=False) for call in found if call.aggregate and set(call.names) & SETTINGS]
    return [call for call in found if call.signature not in LEFT_OUT]


def natural(number="numeric"):
    """Each value as the language's type for it; numbers as one of several."""
    return lambda type_: number if type_ == "number" else type_


def strings(type_):
    return "string"


def outcome(answer, right):
    """What a call came to: right, its SQLSTATE, or what it gave instead."""
    if isinstance(answer, Error):
        return answer.sqlstate or answer.message
    value = answer[0][0].text
    return "right" if value == right else f"wrong: {value}"
