"""Values at the edge of what each type holds, and damaged ones."""

from lib.samples import OF_TYPE, SAMPLES, SUMMARIES

MOST = 9223372036854775807
# As large as a numeric gets, on both sides of the point.
LONGEST = "(repeat('9', 131072) || '.' || repeat('9', 16383))"

INTEGERS = ["0", "1", "-1", "10"]
FLOATS = ["0", "'-0'", "1", "-1", "0.5", "4", "10", "100", "'NaN'", "'Infinity'", "'-Infinity'"]
NUMERICS = [
    "0", "1", "-1", "0.5", "100", "11", "'NaN'", "'Infinity'", "'-Infinity'", "'1e131071'", "'-1e131071'", "'1e-16383'",
    LONGEST, "'-' || " + LONGEST, "79228162514264337593543950335", "79228162514264337593543950336.5", f"{MOST + 1}",
    "0.0000000000000000000000000001", "99.99999999999999999999999999999999", "340282366920938463463374607431768211456",
]
INSTANTS = [
    "'-infinity'", "'infinity'", "'4714-11-24 00:00:00 BC'", "'294276-12-31 23:59:59.999999'", "'2000-01-01'",
    "'1999-12-31 23:59:59.999999'", "'2026-03-29 01:30:00'", "'0001-01-01'",
]
TEXTS = [
    "''", "' '", "'x'", "repeat('a', 1000000)", "repeat('not good! ', 20000)", "repeat('😀 é', 20000)", "'ÄÖ ẞ😀 日本'",
    "E'\\x01\\t\\n'", """'"%s\\''{}$1'""", "'UTC'", "'America/New_York'", "'No/Where'", "'../../etc/passwd'", "'UTC+167:59:59'",
    "'+25'", "repeat('UTC', 200)", "'posixrules'", "'both'", "'exclude'", "'segments'", "'NPS'", "'aht'", "'no such kpi'",
    "'complex call'", "'65'", "'5 minutes'", "'-1'", "'NaN'", "'Infinity'", "'1e400'", "'1e131072'", "'-178000000 years'",
    "'1 month'", "'{'", "'{}'", """'{"a": 1e400}'""", """'{"a": 0, "a": 1}'""",
    """(SELECT json_object_agg('band ' || g, g) FROM generate_series(0, 9999) g)""",
    "repeat('[', 5000) || repeat(']', 5000)",
]
JSON = [
    "'{}'", "'[]'", "'null'", "'1'", "'\"nps\"'", "'true'", "'[1, {}]'", """'{"": 1}'""", """'{"nps": null}'""",
    """'{"nps": "NaN"}'""", """'{"nps": -1}'""", """'{"nps": 1e400}'""", """'{"nps": 1e-400, "logins": 0.1}'""",
    """'{"nps": 1e131071}'""", """('{"nps": ' || repeat('9', 131072) || '.' || repeat('9', 16383) || '}')""",
    """'{"nps": 79228162514264337593543950336, "logins": 0.0000000000000000000000000001}'""",
    """'{"nps": [], "logins": {}}'""", """'{"nps": {"weight": 1, "min": 5, "max": 5}}'""",
    """'{"nps": {"weight": 1e131071, "min": 1e-16383, "max": 1e131071}, "logins": {"weight": 1e-16383}}'""",
    """'{"nps": {"weight": 0}, "logins": 0}'""", """'{"nps": {"weight": 1, "map": {"40": 100, "": 0}}}'""",
    """'{"nps": {"weight": 1, "map": {}, "min": 0}}'""", """'{"a": {"b": {"c": 5}}}'""", """'{"a.b.c": 1, "/a/b": 2}'""",
    "(SELECT jsonb_object_agg('k' || g, g % 101) FROM generate_series(1, 10000) g)",
    "(SELECT jsonb_object_agg('nps' || g, repeat('x', 100)) FROM generate_series(1, 10000) g)",
    """(repeat('{"nps":', 5000) || '1' || repeat('}', 5000))""", "repeat('[', 5000) || repeat(']', 5000)",
    "jsonb_build_object('nps', repeat('x', 1000000))", "jsonb_build_object(repeat('k', 1000000), 1)",
    """'{"mon": ["00:00-24:00"], "sun": ["24:00-24:00"]}'""", """'{"mon": ["17:00-09:00"]}'""", """'{"mon": []}'""",
    """'{"mon": ["09:00-17:00"], "holidays": ["2026-02-30"]}'""",
    """'{"thu": ["00:00-24:00"], "fri": ["00:00-24:00"], "holidays": ["0001-01-01", "9999-12-31"]}'""",
    """'{"mon": ["09:00-09:00", "08:00-10:00"], "x": 1}'""",
]
INTERVALS = [
    "'0'", "'1 microsecond'", "'-1 microsecond'", "'1 month'", "'-1 month'", "'1 month -30 days'", "'1 day -24:00'",
    "'1 day -24:00:00.000001'", "'-1 day 25:00'", "'178000000 years'", "'-178000000 years'", "'106751991 days'",
    "'106751991 days 04:00:54.775807'", "'106751992 days'", "'2562047788:00:54.775807'", "'-2562047788:00:54.775807'",
    "'2147483646 months 2147483646 days 2562047788:00:54.775806'", "'-2147483647 months -2147483647 days -2562047788:00:54.775807'",
    "'2147483647 months -2147483648 days 2562047788:00:54.775807'",
]
OWN_TARGET = "ROW('nps', '', 'mine', '>', 1, NULL, true, NULL, false)::kpi_targets"
ROWS = [
    "'{}'", "'{NULL}'", "ARRAY(SELECT t FROM kpi_targets t WHERE kpi = 'nps')", "ARRAY(SELECT t FROM kpi_targets t)",
    f"ARRAY[ROW(NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)::kpi_targets, {OWN_TARGET}]",
    f"ARRAY[[{OWN_TARGET}], [{OWN_TARGET}]]", f"('[-3:-3]=' || ARRAY[{OWN_TARGET}]::text)", f"('[2147483646:2147483646]=' || ARRAY[{OWN_TARGET}]::text)",
    "ARRAY[ROW('nps', '', '', 'between', 'NaN', '1 month', NULL, NULL, NULL)::kpi_targets]",
    "ARRAY[ROW('nps', '', 'a', '>', 'Infinity', NULL, true, NULL, false)::kpi_targets]",
    f"ARRAY[ROW('nps', '', 'a', '>', {LONGEST}::numeric, NULL, true, NULL, false)::kpi_targets]",
    "ARRAY[ROW('aht', '', 'a', '<', NULL, '-178000000 years', true, NULL, false)::kpi_targets]",
    "ARRAY[ROW('nps', '', 'a', '<', 1, NULL, true, NULL, false)::kpi_targets, ROW('nps', '', 'b', '>', 5, NULL, true, NULL, true)]",
    "(SELECT array_agg(ROW('nps', 'c' || g, repeat('b', 50), '>', g, NULL, true, NULL, false)::kpi_targets) FROM generate_series(1, 10000) g)",
]

EDGES = {
    "boolean": ["true", "false"],
    "smallint": INTEGERS + ["'-32768'", "32767"],
    "integer": INTEGERS + ["'-2147483648'", "2147483647"],
    "bigint": INTEGERS + ["'-9223372036854775808'", f"{MOST}", "9007199254740993"],
    "real": FLOATS + ["'1e-45'", "'3.4028235e38'", "'-3.4028235e38'", "16777217", "4.3"],
    "double precision": FLOATS + ["'5e-324'", "'1.7976931348623157e308'", "'-1.7976931348623157e308'", "9007199254740993",
                                  f"{MOST}", "0.9999999999999999", "10.000000000000002", "1e-17"],
    "numeric": NUMERICS, "kpi_number": NUMERICS,
    "text": TEXTS,
    "jsonb": JSON,
    "uuid": [f"'{digit * 8}-{digit * 4}-{digit * 4}-{digit * 4}-{digit * 12}'" for digit in "0f8"],
    "date": ["'-infinity'", "'infinity'", "'4714-11-24 BC'", "'5874897-12-31'", "'294277-01-01'", "'2000-01-01'", "'1970-01-01'", "'2024-02-29'"],
    "timestamp without time zone": INSTANTS, "timestamp with time zone": [f"{i[:-1]}+00'" if ":" in i and "BC" not in i else i for i in INSTANTS],
    "interval": INTERVALS,
    "oid": ["0", "1", "4294967295"],
    "kpi_targets[]": ROWS,
}
# Since PostgreSQL 17.
INFINITE = ["'infinity'", "'-infinity'"]

# Summaries at their limits, and of other parameters than the sample, so that they do not merge.
LIMITS = {
    "survey_summary": [
        f'{{"version":1,"scores":{{"10":{MOST}}}}}', f'{{"version":1,"scores":{{"0":{MOST - 1},"10":1}}}}',
        f'{{"version":1,"threshold":4.1,"confidence":0.3333333333333333,"scores":{{"9":{MOST}}}}}',
        '{"version":1,"confidence":0.5,"scores":{"9":1,"8":1}}', '{"version":1,"threshold":10,"scores":{"0.5":3,"8.5":1}}'],
    "rate_summary": [
        f'{{"version":1,"hits":{MOST},"total":{MOST}}}', f'{{"version":1,"hits":0,"total":{MOST}}}',
        f'{{"version":1,"confidence":0.9,"hits":{MOST - 1},"total":{MOST}}}', '{"version":1,"confidence":0.3,"hits":1,"total":1}'],
    "duration_summary": [
        f'{{"version":1,"durations":[{MOST},{MOST}]}}', '{"version":1,"durations":[0,0]}', '{"version":1,"fraction":1,"durations":[7]}',
        f'{{"version":1,"fraction":0,"durations":[1,{MOST}]}}'],
    "session_summary": [
        '{"version":1,"gap":1,"sessions":[[0,0]]}', f'{{"version":1,"gap":{MOST},"sessions":[[-211813488000000000,9223371331199999999]]}}',
        '{"version":1,"gap":1,"sessions":[[-211813488000000000,-211813488000000000],[9223371331199999999,9223371331199999999]]}'],
    "mrr_summary": [
        f'{{"version":1,"rows":{MOST},"customers":{{"opening":{MOST},"churned":{MOST - 1}}},'
        f'"mrr":{{"opening":"{"9" * 27}","churned":"{"9" * 26}"}}}}',
        f'{{"version":1,"rows":{MOST}}}', '{"version":1,"rows":1,"customers":{"new":1},"mrr":{"new":"0.00000000000000000001"}}'],
    "revenue_summary": [
        f'{{"version":1,"kind":"recurring","amounts":{MOST},"sum":"0"}}', '{"version":1,"kind":"expansion","amounts":1,"sum":"0"}',
        f'{{"version":1,"kind":"expansion","amounts":{MOST},"sum":"{"9" * 27}"}}',
        '{"version":1,"kind":"recurring","amounts":1,"sum":"1","over":"7"}'],
    "subscription_summary": [
        '{"version":1,"kind":"instant","subscriptions":[[-211813488000000000,9223371331199999999,"0.00001"],[5,null,"1.5"]]}',
        f'{{"version":1,"kind":"local","subscriptions":[[-211813488000000000,null,"{"9" * 26}"],[0,1,"{"9" * 26}"]]}}',
        '{"version":1,"kind":"instant","subscriptions":[[0,null,"1"]]}'],
    "retention_summary": [
        f'{{"version":1,"at_start":{MOST},"churned":{MOST}}}', f'{{"version":1,"new":{MOST},"churned_new":{MOST}}}',
        '{"version":1,"period":[-211813488000000000,9223371331199999999],"new_churn":"exclude","outside":7}',
        '{"version":1,"kind":"instant","period":[0,1],"new_churn":"both","at_start":8,"new":2,"churned":3,"churned_new":1}'],
    "rfm_summary": [
        f'{{"version":1,"orders":{MOST},"revenue":"0","first_day_revenue":"0","days":[0]}}',
        f'{{"version":1,"orders":2,"revenue":"{"9" * 27}","first_day_revenue":"1","days":[-2451545,106751982]}}',
        '{"version":1,"time_zone":"Asia/Tokyo","orders":1,"revenue":"1","first_day_revenue":"1","days":[1]}'],
    "health_summary": [
        f'{{"version":1,"bands":[{{"band":"a","from":"0","customers":{MOST}}}],"sum":"922337203685477580700"}}',
        '{"version":1,"bands":[{"band":"\\u00e4\\ud83d\\ude00","from":"0","customers":0},'
        '{"band":"b","from":"99.99999999999999999999","customers":1}],"sum":"100"}',
        f'{{"version":1,"bands":[{{"band":"red","from":"0","customers":0}},{{"band":"green","from":"51","customers":{MOST}}}],'
        '"sum":"922337203685477580700"}'],
    "sentiment_summary": [
        '{"version":1,"positive":922337203685477,"neutral":0,"negative":0,"sum":"922337203685477"}',
        '{"version":1,"positive":0,"neutral":922337203685477,"negative":0,"sum":"0"}',
        '{"version":1,"positive":0,"neutral":0,"negative":3,"sum":"-3"}'],
    "active_users_summary": [
        f'{{"version":1,"kind":"integer","ids":[{-MOST - 1},{MOST}]}}', '{"version":1,"kind":"text","hashes":[0,18446744073709551615]}',
        '{"version":1,"kind":"uuid","hashes":[]}', '{"version":1,"kind":"integer","ids":[[1,100000]]}'],
}


# Summaries as they grow over many rows.
GROWN = {
    "survey_summary": "SELECT survey_agg(g % 997 / 100.0) FROM generate_series(1, 3000) g",
    "rate_summary": "SELECT rate_agg(g % 3 = 0) FROM generate_series(1, 3000) g",
    "duration_summary": "SELECT duration_agg(g * g * interval '1 millisecond') FROM generate_series(1, 3000) g",
    "session_summary": "SELECT session_agg(timestamptz '2026-01-01' + g * interval '1 hour', '10 minutes') FROM generate_series(1, 3000) g",
    "mrr_summary": "SELECT mrr_agg(g % 7, g % 11 / 3.0, g % 2 = 0) FROM generate_series(1, 3000) g",
    "revenue_summary": "SELECT recurring_revenue_agg(g / 7.0, '1 week') FROM generate_series(1, 3000) g",
    "subscription_summary": "SELECT subscription_agg(g / 7.0, date '2000-01-01' + g, date '2000-02-01' + 2 * g) FROM generate_series(1, 3000) g",
    "retention_summary": "SELECT retention_agg(g % 3 > 0, g % 2 = 0) FROM generate_series(1, 3000) g",
    "rfm_summary": "SELECT rfm_agg(date '2000-01-01' + 3 * g, g / 7.0) FROM generate_series(1, 3000) g",
    "health_summary": "SELECT health_agg(g % 101, (SELECT jsonb_object_agg('band ' || i, i) FROM generate_series(0, 30) i)) FROM generate_series(1, 3000) g",
    "sentiment_summary": "SELECT sentiment_agg('good ' || repeat('bad ', g % 5)) FROM generate_series(1, 300) g",
    "active_users_summary": "SELECT active_users_agg(g * g) FROM generate_series(1, 3000) g",
}


def of_type(type_, server_version):
    """SQL of what a type is tried with; of one that this does not know, a KeyError."""
    if type_ in SUMMARIES:
        # As aggregates begin.
        empty = f"(SELECT min(agginitval) FROM pg_aggregate WHERE aggtranstype = '{type_}'::regtype)"
        return [SUMMARIES[type_], empty, *(f"'{text}'" for text in LIMITS[type_]), f"({GROWN[type_]})"]
    return EDGES[type_] + (INFINITE if type_ == "interval" and server_version >= 170000 else [])


# Columns of kpi_targets that are no arguments of other functions.
COLUMNS = {"comparison": ["'>'", "'<='"], "note": ["'a remark'"]}


def of_name(name, type_):
    """SQL of what an argument of this name takes, or nothing."""
    samples = [] if type_ in SUMMARIES or type_ == "boolean" else OF_TYPE.get((name, type_)) or SAMPLES.get(name) or COLUMNS.get(name, [])
    return [sample for sample in samples if sample != "NULL"][:2]


def damaged(type_, form="{}::bytea"):
    """A query of summaries in their form as bytes with one byte changed, cut off or added."""
    wholes = " UNION ALL ".join(
        "SELECT " + form.format(f"{sql}::{type_}", type=type_) for sql in [SUMMARIES[type_], f"'{LIMITS[type_][0]}'", f"({GROWN[type_]})"])
    return f"""WITH whole(b) AS ({wholes})
        SELECT set_byte(b, at, byte) FROM whole, generate_series(0, least(length(b), 56) - 1) at, unnest('{{0,1,2,3,127,128,255}}'::int[]) byte
        WHERE get_byte(b, at) <> byte
        UNION ALL SELECT substr(b, 1, len) FROM whole, generate_series(0, least(length(b), 64) - 1) len
        UNION ALL SELECT b || '\\x00' FROM whole UNION ALL SELECT b || b FROM whole"""
