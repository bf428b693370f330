"""One real call for each type that the extension gives, with the value that its formula says: what every
client must read, as a value of its own language."""

import dataclasses
import math
import re
import statistics

# What a function gives, what rows of its results hold, and what its tables and views do.
TYPES = """
WITH proc AS (
    SELECT p.* FROM pg_proc p
    JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
    JOIN pg_extension e ON e.oid = d.refobjid AND extname = 'pg_cskpi'
    WHERE coalesce(obj_description(p.oid, 'pg_proc'), '') NOT LIKE 'Support function%' AND prorettype <> 'trigger'::regtype
), given AS (
    SELECT prorettype AS type, proretset FROM proc
    UNION SELECT t, false FROM proc, unnest(proallargtypes, proargmodes) a(t, m) WHERE m IN ('o', 'b', 't')
    UNION SELECT atttypid, false FROM pg_attribute a
    JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = attrelid AND d.deptype = 'e'
    JOIN pg_extension e ON e.oid = d.refobjid AND extname = 'pg_cskpi' JOIN pg_class c ON c.oid = attrelid AND relkind IN ('r', 'v', 'm')
    WHERE attnum > 0 AND NOT attisdropped
)
SELECT DISTINCT CASE WHEN proretset THEN 'SETOF ' ELSE '' END || format_type(type, NULL) FROM given ORDER BY 1
"""


@dataclasses.dataclass
class Case:
    """query has $1, $2 ..; values are (type, text or None); rows are lists of (type, text or None)."""
    type: str
    query: str
    values: list
    rows: list
    null: int = 0  # which value makes the answer NULL if it is, or None

    def constants(self):
        """The query with its values written into it."""
        query = self.query
        for i in reversed(range(len(self.values))):
            text = self.values[i][1]
            query = query.replace(f"${i + 1}", "NULL" if text is None else f"'{text}'")
        return query

    def of_null(self):
        """The same with that value NULL."""
        values = [(type_, None if i == self.null else text) for i, (type_, text) in enumerate(self.values)]
        return dataclasses.replace(self, values=values, rows=[[(type_, None) for type_, _ in self.rows[0]]])


def wilson(hits, total, confidence=0.95):
    """In percent, as a range with both its bounds; ~ because the last digits are those of float."""
    z = statistics.NormalDist().inv_cdf(0.5 + confidence / 2)
    p, n = hits / total, total
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return f"~[{100 * (middle - half)!r},{100 * (middle + half)!r}]"


def pooled(hits_a, total_a, hits_b, total_b):
    """Difference in percent, z and two-sided p of two proportions."""
    p = (hits_a + hits_b) / (total_a + total_b)
    z = (hits_b / total_b - hits_a / total_a) / math.sqrt(p * (1 - p) * (1 / total_a + 1 / total_b))
    return [("numeric", f"~{v!r}") for v in (100 * (hits_b / total_b - hits_a / total_a), z, math.erfc(abs(z) / math.sqrt(2)))]


def one(type_, call, values, expected, null=0):
    return Case(type_, f"SELECT {call} AS answer", values, [[(type_, expected)]], null)


NUMBER = r"-?[0-9.]+(?:e-?[0-9]+)?"

# Their texts as README describes them: what is passed, and what must come back.
SUMMARIES = {
    "survey_summary": '{"version":1,"scores":{"3":1,"9":2,"10":1}}',
    "rate_summary": '{"version":1,"hits":40,"total":50}',
    "duration_summary": '{"version":1,"durations":[0,300000000,86400000000]}',
    "session_summary": '{"version":1,"gap":1800000000,"sessions":[[0,60000000],[9000000000,9000000000]]}',
    "active_users_summary": '{"version":1,"kind":"integer","ids":[1,[5,9],12]}',
    "retention_summary": '{"version":1,"period":[0,86400000000],"at_start":50,"new":10,"churned":4}',
    "mrr_summary": '{"version":1,"rows":3,"customers":{"opening":2,"new":1,"churned":1},"mrr":{"opening":"30","new":"9.75","churned":"10"}}',
    "revenue_summary": '{"version":1,"kind":"recurring","amounts":2,"sum":"100","over":"3"}',
    "subscription_summary": '{"version":1,"kind":"instant","subscriptions":[[0,null,"9.5"]]}',
    "rfm_summary": '{"version":1,"orders":3,"revenue":"60.5","first_day_revenue":"20","days":[9497,9500]}',
    "health_summary": '{"version":1,"bands":[{"band":"red","from":"0","customers":3},{"band":"green","from":"51","customers":1}],"sum":"150.5"}',
    "sentiment_summary": '{"version":1,"positive":2,"neutral":1,"negative":1,"sum":"0.8316"}',
}
METRICS = '{"plan": "pro", "logins": 12}'
WEIGHTS = '{"plan": {"weight": 3, "map": {"pro": 80}}, "logins": {"weight": 1, "min": 0, "max": 30}}'

CASES = [
    # 100 * 64 / 1000; 100 / 7 to the 15 digits that are promised at least; money of 25 digits, exact.
    one("numeric", "churn_rate($1::numeric, $2::numeric)", [("numeric", "1000"), ("numeric", "64")], "6.4"),
    one("numeric", "rate_from_counts($1::numeric, $2::numeric)", [("numeric", "1"), ("numeric", "7")], "14.2857142857142857"),
    one("numeric", "mrr($1::numeric, $2::numeric)", [("numeric", "1234567890123456789012.25"), ("numeric", "4")], "4938271560493827156049"),
    one("numeric", "nps_from_counts($1::numeric, $2::numeric, $3::numeric)", [("numeric", "1"), ("numeric", "0"), ("numeric", "3")], "-50"),
    one("bigint", "total($1::rate_summary)", [("rate_summary", '{"version":1,"hits":1,"total":9007199254740993}')], "9007199254740993"),
    one("integer", "nps_points($1::integer)", [("integer", "3")], "-100"),
    # 300 minutes / 50; longer than a day; parts of a second.
    one("interval", "aht_from_totals($1::interval, $2::numeric)", [("interval", "18000"), ("numeric", "50")], "360"),
    one("interval", "total_duration($1::duration_summary)", [("duration_summary", SUMMARIES["duration_summary"])], "86700"),
    one("interval", "aht_from_totals($1::interval, $2::numeric)", [("interval", "176401.500002"), ("numeric", "2")], "88200.750001"),
    one("boolean", "kpi_target_met($1::text, $2::numeric)", [("text", "nps"), ("numeric", "-3")], "false", null=1),
    one("boolean", "kpi_target_met($1::text, $2::interval)", [("text", "aht"), ("interval", "300")], "true", null=1),
    one("text", "nps_class($1::numeric)", [("numeric", "9")], "promoter"),
    # Day 9497 after 2000-01-01.
    one("date", "rfm_first_day($1::rfm_summary)", [("rfm_summary", SUMMARIES["rfm_summary"])], "2026-01-01"),
    one("numrange", "rate_ci($1::rate_summary)", [("rate_summary", SUMMARIES["rate_summary"])], wilson(40, 50)),
    one("numrange", "rate_ci($1::rate_summary, $2::numeric)", [("rate_summary", SUMMARIES["rate_summary"]), ("numeric", "0.9")], wilson(40, 50, 0.9)),
    Case("record", "SELECT * FROM rate_test($1::rate_summary, $2::rate_summary)",
         [("rate_summary", SUMMARIES["rate_summary"]), ("rate_summary", '{"version":1,"hits":70,"total":80}')], [pooled(40, 50, 70, 80)]),
    Case("SETOF record", "SELECT * FROM score_distribution($1::survey_summary)", [("survey_summary", SUMMARIES["survey_summary"])],
         [[("numeric", "3"), ("bigint", "1"), ("numeric", "25")], [("numeric", "9"), ("bigint", "2"), ("numeric", "50")],
          [("numeric", "10"), ("bigint", "1"), ("numeric", "25")]], null=None),
    # Microseconds since 2000-01-01.
    Case("timestamp with time zone", "SELECT * FROM sessions($1::session_summary)", [("session_summary", SUMMARIES["session_summary"])],
         [[("timestamp with time zone", "2000-01-01T00:00:00Z"), ("timestamp with time zone", "2000-01-01T00:01:00Z")],
          [("timestamp with time zone", "2000-01-01T02:30:00Z"), ("timestamp with time zone", "2000-01-01T02:30:00Z")]], null=None),
    # (3 * 80 + 1 * 100 * 12 / 30) / 4 = 70, of which 60 and 10.
    Case("jsonb", "SELECT metric, value, points, contribution FROM health_breakdown($1::jsonb, $2::jsonb) ORDER BY 1",
         [("jsonb", METRICS), ("jsonb", WEIGHTS)],
         [[("text", "logins"), ("jsonb", "12"), ("numeric", "40"), ("numeric", "10")],
          [("text", "plan"), ("jsonb", '"pro"'), ("numeric", "80"), ("numeric", "60")]], null=None),
    # A metric that is missing, and a list of sessions that has none.
    Case("jsonb", "SELECT value, points FROM health_breakdown($1::jsonb, $2::jsonb)", [("jsonb", "{}"), ("jsonb", '{"plan": 1}')],
         [[("jsonb", None), ("numeric", None)]], null=None),
    Case("timestamp with time zone", "SELECT max(ended_at) AS answer FROM sessions($1::session_summary)", [("session_summary", '{"version":1}')],
         [[("timestamp with time zone", None)]]),
    *(one(type_, f"$1::{type_}", [(type_, text)], text) for type_, text in SUMMARIES.items()),
    # Merged with nothing else, a summary is what it was.
    *(one(type_, f"rollup($1::{type_})", [(type_, text)], text, null=None) for type_, text in SUMMARIES.items()),
]


def equal(expected, got):
    """Whether this is the text that is expected, or after a ~ its numbers to 12 digits."""
    if expected is None or not expected.startswith("~"):
        return expected == got
    shapes = [re.sub(NUMBER, "#", text or "") for text in (expected[1:], got)]
    pairs = zip(re.findall(NUMBER, expected), re.findall(NUMBER, got or ""))
    return shapes[0] == shapes[1] and all(math.isclose(float(a), float(b), rel_tol=1e-12) for a, b in pairs)
