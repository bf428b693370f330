"""A database in which everything the extension has is used: each public function and aggregate, in each
of its forms, by views, functions, generated columns, constraints and indexes that are made from the
catalogs, so that a new KPI is among them by itself; and a row of every kind of summary."""

from lib.database import Database

# An argument by its name: what a call passes, over the columns of table raw. What must be the same within a
# group is a constant. A type that an overload asks for is added as a cast.
ARGUMENTS = {
    **dict.fromkeys(["score", "contacts", "pages_viewed", "referrals", "promoters", "passives", "detractors"], "score"),
    **dict.fromkeys(["hits", "positive", "renewed", "churned", "retained", "dau"], "few"),
    **dict.fromkeys(["total", "due", "start_count", "end_count", "customers", "new_customers", "mau", "interactions"], "many"),
    **dict.fromkeys(["opening", "amount", "monthly_amount", "revenue", "expenses", "cost", "mrr", "arpu", "clv"], "opening"),
    **dict.fromkeys(["closing", "average_revenue", "avg_purchase_value", "margin_per_period", "cac", "value"], "closing"),
    **dict.fromkeys(["paid_before", "recurring", "active_at_start", "hit", "resolved_on_first_contact", "converted", "correct",
                     "met_target", "used"], "yes"),
    **dict.fromkeys(["duration", "handle", "talk", "wrap"], "lasted"), "hold": "interval '1 minute'",
    **dict.fromkeys(["retention_percent", "gross_margin_percent", "churn_rate_percent"], "few + 1"),
    **dict.fromkeys(["purchase_frequency", "lifespan", "periods"], "few + 2"), "discount_percent": "many * 0.5",
    **dict.fromkeys(["started_at", "at", "ordered_at", "promised_at"], "began"),
    **dict.fromkeys(["ended_at", "delivered_at"], "ended"),
    "as_of": "timestamptz '2024-06-01 00:00+00'", "period_start": "timestamptz '2024-02-01 00:00+00'",
    "period_end": "timestamptz '2024-05-01 00:00+00'", "new_churn": "text 'both'",
    "threshold": "4", "confidence": "0.9", "fraction": "0.75", "within": "interval '8 hours'", '"limit"': "interval '8 hours'",
    "gap": "interval '2 days'", "billing_period": "interval '3 months'", "time_zone": "text 'Europe/Berlin'",
    "schedule": """jsonb '{"mon": ["09:00-17:00"], "thu": ["22:00-24:00"], "holidays": ["2024-01-04"]}'""",
    "metrics": "metrics", "weights": """jsonb '{"nps": 2, "plan": {"weight": 1, "map": {"free": 20, "pro": 80}}, "use.days": {"weight": 0.5, "min": 30, "max": 0}}'""",
    "band": "text 'red'", "feedback": "comment", "kpi": "text 'nps'", "channel": "text ''",
}
# There only to say that they need a time zone, or must not have one.
REFUSED = [("rfm_agg", "timestamp with time zone", 2), ("session_agg", "timestamp without time zone", 2)]
# Where the type decides, too.
TYPED = {
    ("user_id", "bigint"): "id % 17", ("user_id", "text"): "comment", ("user_id", "uuid"): "md5(id::text)::uuid",
    ("churned", "boolean"): "NOT yes", ("renewed", "boolean"): "yes", ("total", "interval"): "lasted * 20",
    ("scheme", "text"): "text 'segments'", ("scheme", "jsonb"): """jsonb '{"low": 0, "high": 49.5}'""",
    ("value", "interval"): "lasted", ("value", "text"): "text '65.5'",
}
# A moment as one of another type, whatever the time zone of the session.
MOMENTS = {"timestamp with time zone": "{}", "timestamp without time zone": "({} AT TIME ZONE 'UTC')",
           "date": "({} AT TIME ZONE 'UTC')::date"}
# Of numbers the type must be named, or another overload would be meant; kpi_number takes them as they are.
NUMBERS = ["smallint", "integer", "bigint", "real", "double precision", "numeric"]

# How each summary is made of raw rows.
SUMMARIES = {
    "survey_summary": "survey_agg(score)", "rate_summary": "rate_agg(yes)", "duration_summary": "duration_agg(lasted)",
    "active_users_summary": "active_users_agg(id::bigint)", "session_summary": "session_agg(began, '2 days')",
    "retention_summary": "retention_agg(began, ended, timestamptz '2024-02-01 00:00+00', timestamptz '2024-05-01 00:00+00')",
    "revenue_summary": "recurring_revenue_agg(opening, interval '3 months')", "expansion": "expansion_revenue_agg(opening, yes)", "mrr_summary": "mrr_agg(opening, closing, yes)",
    "subscription_summary": "subscription_agg(opening, began, ended)", "by_date": "subscription_agg(opening, (began AT TIME ZONE 'UTC')::date, (ended AT TIME ZONE 'UTC')::date)", "rfm_summary": "rfm_agg(began, closing, 'Europe/Berlin')",
    "health_summary": "health_agg(score * 10)", "sentiment_summary": "sentiment_agg(comment)",
}
# Columns that are not called as their type, and who reads them, by the number of arguments.
OTHERS = {"expansion": ("revenue_summary", "expansion_revenue", 1), "by_date": ("subscription_summary", "mrr_by_month", 3)}
# As large as they get, or nearly: most of them are stored out of line.
LARGE = {
    "survey_summary": "survey_agg(i % 5001 * 0.002)", "rate_summary": "'{\"version\":1,\"hits\":9223372036854775807,\"total\":9223372036854775807}'",
    "duration_summary": "duration_agg(interval '1 microsecond' * (i % 999 * i::bigint * 1000))", "active_users_summary": "active_users_agg(hashint8(i))",
    "session_summary": "session_agg(timestamptz '2000-01-01 00:00+00' + i * interval '1 hour', '30 min')",
    "retention_summary": "'{\"version\":1,\"at_start\":9223372036854775806,\"churned\":1}'",
    "revenue_summary": "recurring_revenue_agg(repeat('9', 50)::numeric, '7 days')", "expansion": "expansion_revenue_agg(i * 1e40, i % 2 = 0)",
    "mrr_summary": "mrr_agg(i * 1e-30, i * 1e50)",
    "subscription_summary": "subscription_agg(i * 0.01, timestamptz '1970-01-01 00:00+00' + i * interval '1 hour', NULL) FILTER (WHERE i <= 1000)",
    "by_date": "subscription_agg(i * 1e-30, date '1970-01-01' + i, date '9999-12-31')",
    "rfm_summary": "rfm_agg(date '1970-01-01' + i, i * 1e30)",
    "health_summary": "health_agg(100 - i * 1e-20, (SELECT jsonb_object_agg(b || repeat('é', 60), b * 3) FROM generate_series(0, 31) b))",
    "sentiment_summary": "'{\"version\":1,\"positive\":0,\"neutral\":0,\"negative\":922337203685477,\"sum\":\"-922337203685477\"}'",
}

TABLES = """
CREATE TABLE raw AS
SELECT i AS id, 'team ' || i % 3 AS team, CASE WHEN i % 11 > 0 THEN (i * 7 % 11)::integer END AS score,
       (i % 5)::integer AS few, (i % 5 + i % 7 + 1)::integer AS many, i % 13 > 5 AS yes,
       CASE WHEN i % 9 > 0 THEN i * 7919 % 100000 * 0.01 END AS opening, CASE i % 4 WHEN 0 THEN 0 ELSE i * 104729 % 10000 * 0.1 END AS closing,
       timestamptz '2024-01-01 06:00+00' + i * interval '29 hours' AS began,
       CASE WHEN i % 8 > 0 THEN timestamptz '2024-01-01 06:00+00' + i * interval '29 hours' + i * i % 97 * interval '1 hour' END AS ended,
       i * i % 997 * interval '77 seconds' AS lasted,
       (ARRAY['great, thanks!', 'too slow :(', '', 'Ünïcode 👑', 'it is what it is'])[1 + i % 5] AS comment,
       jsonb_build_object('nps', i % 101, 'plan', (ARRAY['free', 'pro'])[1 + i % 2], 'use', jsonb_build_object('days', i % 31)) AS metrics
FROM generate_series(1, 120) i;
ALTER TABLE raw ADD PRIMARY KEY (id);
"""
EDITS = """
INSERT INTO kpi_targets (kpi, channel, band, comparison, value, is_target, note) VALUES
    ('nps', '', 'fair', '>', -20, false, E'a tab\\t, a "quote" and a back\\\\slash'), ('nps', '', 'our goal', '>=', 30.50, true, NULL),
    ('csat', 'Live-Chat', 'good', '>', 85, true, '');
INSERT INTO kpi_targets (kpi, band, comparison, duration, is_target) VALUES ('aht', 'slow', '<', '1 day 00:00:00.000001', false);
UPDATE kpi_targets SET value = 75, note = 'changed' WHERE kpi = 'fcr';
UPDATE kpi_targets SET duration = NULL WHERE kpi = 'median_resolution_time' AND band = 'acceptable';
"""

CALLS = """
SELECT p.proname, p.prokind, p.proretset, p.provolatile, format_type(p.prorettype, NULL), p.pronargdefaults,
       EXISTS (SELECT FROM pg_opclass o JOIN pg_am a ON a.oid = opcmethod AND amname = 'btree' WHERE opcintype = p.prorettype AND opcdefault),
       (SELECT string_agg(quote_ident(p.proargnames[n]) || ':' || format_type(t, NULL), '|' ORDER BY n)
        FROM unnest(p.proargtypes) WITH ORDINALITY u(t, n))
FROM pg_proc p JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
    AND d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'pg_cskpi')
WHERE obj_description(p.oid, 'pg_proc') !~ '^Support function|support of that aggregate'
  -- What makes statements and runs them is no part of a query.
  AND p.proconfig IS NULL ORDER BY 1, 8
"""


def type_of(column):
    return OTHERS.get(column, [column])[0]


def argument(function, name, type_):
    if type_.endswith("_summary"):
        # Two of them are of different rows.
        return f"(SELECT rollup(o.{type_}) FROM stored o WHERE o.kind = 'typical')" if name == "b" else \
            next((column for column, who in OTHERS.items() if who == (type_, *function)), type_)
    if name == "kpi" and function[0] == "kpi_target_duration":
        return "text 'avg_resolution_time'"
    if name in ("kpi", "value") and type_ == "interval":
        return "lasted"
    value = TYPED.get((name, type_)) or ARGUMENTS.get(name)
    if value is None:
        raise LookupError(f"lib/everything.py has nothing to pass as {name} {type_}: add it to ARGUMENTS")
    if type_ in MOMENTS:
        return MOMENTS[type_].format(value)
    return f"({value})::{type_}" if type_ in NUMBERS or type_ == "kpi_number" and "'" in value else value


class Call:
    """One overload, with its arguments; shorter forms leave out what has a default."""

    def __init__(self, row, left_out=0):
        self.name, kind, set_, volatile, self.result, _, indexable, arguments = row
        pairs = [pair.split(":") for pair in arguments.split("|")]
        pairs = pairs[:len(pairs) - left_out]
        types = [type_ for _, type_ in pairs]
        values = {name: argument((self.name, len(pairs)), name, type_) for name, type_ in pairs}
        if "kpi" in values and "interval" in types:
            values["kpi"] = "text 'aht'"
        self.refused = (self.name, types[0], len(types)) in REFUSED
        self.sql = f"{self.name}({', '.join(values.values())})"
        self.source = "stored" if any(t.endswith("_summary") for t in types) else "raw"
        self.kind = "set" if set_ == "t" else "group" if kind == "a" else "row"
        # May stand in a generated column; other rows must not be looked at.
        self.fixed = self.kind == "row" and volatile == "i" and "SELECT" not in self.sql and self.result != "record"
        self.indexable = self.fixed and indexable == "t"


def calls(db):
    found = []
    for row in db.run(f"SET search_path = {db.schema}, pg_catalog; {CALLS}"):
        found += [Call(row, left_out) for left_out in range(int(row[5]) + 1)]
    return [call for call in found if not call.refused]


UNUSED = """
SELECT p.oid::regprocedure FROM pg_proc p JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
    AND d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'pg_cskpi')
WHERE obj_description(p.oid, 'pg_proc') !~ '^Support function|support of that aggregate'
  -- What makes statements and runs them is no part of a query.
  AND p.proconfig IS NULL
  AND NOT EXISTS (SELECT FROM pg_depend u JOIN pg_rewrite r ON u.classid = 'pg_rewrite'::regclass AND r.oid = u.objid
                  WHERE u.refclassid = 'pg_proc'::regclass AND u.refobjid = p.oid AND r.ev_class::regclass::text ~ '^(public[.])?v_')
"""


def query(kind, source, some):
    """A query of all these calls."""
    rows = {"raw": "raw", "stored": "stored WHERE kind = 'typical'"}[source]
    listed = ", ".join(f"{call.sql}{'::text' if call.result == 'record' else ''} AS c{n}" for n, call in enumerate(some, 1))
    if kind == "group":
        return f"SELECT team, {listed} FROM {rows} GROUP BY team"
    if kind == "set":
        return " UNION ALL ".join(f"SELECT {n} AS n, s::text FROM (SELECT * FROM {rows}) r, {call.sql} s" for n, call in enumerate(some, 1))
    return f"SELECT id, {listed} FROM {rows}"


def groups(all_calls):
    """The calls of one name that one query can have."""
    found = {}
    for call in all_calls:
        found.setdefault((call.name, call.kind, call.source), []).append(call)
    return found


def using(all_calls):
    """Views and functions that use each call, and tables that compute what may be computed."""
    for (name, kind, source), some in groups(all_calls).items():
        select = query(kind, source, some)
        yield f"CREATE VIEW v_{name}_{kind}_{source} AS {select};"
        yield f"""CREATE FUNCTION f_{name}_{kind}_{source}() RETURNS text STABLE
            BEGIN ATOMIC SELECT md5(string_agg(r::text, ';' ORDER BY r::text)) FROM ({select}) r; END;"""
    for source in ["raw", "stored"]:
        fixed = [call for call in all_calls if call.fixed and call.source == source]
        columns = ", ".join(f"c{n} {call.result} GENERATED ALWAYS AS ({call.sql}) STORED" for n, call in enumerate(fixed))
        checks = " AND ".join(f"({call.sql}) IS NOT DISTINCT FROM ({call.sql})" for call in fixed)
        tame = "" if source == "raw" else " WHERE kind = 'typical'"
        names = ", ".join(RAW_COLUMNS if source == "raw" else ["id", "kind", "team", *SUMMARIES])
        yield f"CREATE TABLE computed_{source} (LIKE {source}, {columns}, CHECK ({checks}));"
        yield f"INSERT INTO computed_{source} ({names}) SELECT {names} FROM {source}{tame};"
        indexable = [call for call in fixed if call.indexable]
        for n in range(0, len(indexable), 16):
            listed = ", ".join(f"({call.sql})" for call in indexable[n:n + 16])
            yield f"CREATE INDEX i_{source}_{n} ON computed_{source} ({listed});"


RAW_COLUMNS = ["id", "team", "score", "few", "many", "yes", "opening", "closing", "began", "ended", "lasted", "comment", "metrics"]


def stored():
    """Table stored: a column of each type of summary; typical, empty, NULL and large ones."""
    columns = ", ".join(f"{sql} AS {type_}" for type_, sql in SUMMARIES.items())
    large = ", ".join(sql if "_agg(" in sql else f"{sql}::{type_of(type_)}" for type_, sql in LARGE.items())
    empty = ", ".join(f"""'{{"version":1{EMPTY.get(type_, "")}}}'::{type_of(type_)}""" for type_ in SUMMARIES)
    return f"""
    CREATE TABLE stored AS SELECT 0 AS id, 'typical' AS kind, team, {columns} FROM raw GROUP BY team, id % 4;
    INSERT INTO stored SELECT 0, 'large', 'team 0', {large} FROM generate_series(1, 5000) i;
    INSERT INTO stored SELECT 0, 'empty', 'team 1', {empty};
    INSERT INTO stored VALUES (0, 'null');
    CREATE SEQUENCE stored_id OWNED BY stored.id; ALTER TABLE stored ALTER id SET DEFAULT nextval('stored_id');
    UPDATE stored SET id = nextval('stored_id'); ALTER TABLE stored ADD PRIMARY KEY (id);
    """


EMPTY = {"survey_summary": ',"scores":{}', "rate_summary": ',"hits":0,"total":0', "duration_summary": ',"durations":[]',
         "sentiment_summary": ',"positive":0,"neutral":0,"negative":0,"sum":"0"'}


def objects():
    """What is written by hand: partitions, indexes of summaries, and what is kept up to date."""
    listed = ", ".join(SUMMARIES)
    rollups = ", ".join(f"rollup({type_}) AS {type_}" for type_ in SUMMARIES)
    aggregates = ", ".join(f"{sql} AS {type_}" for type_, sql in SUMMARIES.items())
    hashes = " ".join(f"CREATE INDEX hash_{type_} ON stored USING hash ({type_});" for type_ in SUMMARIES)
    defaults = ", ".join(f"""d_{type_} {type_of(type_)} DEFAULT '{{"version":1{EMPTY.get(type_, "")}}}' CHECK (d_{type_} = '{{"version":1{EMPTY.get(type_, "")}}}')"""
                         for type_ in SUMMARIES)
    return f"""
    {hashes}
    CREATE TABLE by_hash (LIKE stored) PARTITION BY HASH ({listed});
    CREATE TABLE by_hash_0 PARTITION OF by_hash FOR VALUES WITH (MODULUS 2, REMAINDER 0);
    CREATE TABLE by_hash_1 PARTITION OF by_hash FOR VALUES WITH (MODULUS 2, REMAINDER 1);
    INSERT INTO by_hash TABLE stored;
    CREATE TABLE by_class (LIKE raw) PARTITION BY LIST (nps_class(score));
    CREATE TABLE by_class_promoter PARTITION OF by_class FOR VALUES IN ('promoter');
    CREATE TABLE by_class_other PARTITION OF by_class DEFAULT PARTITION BY RANGE (health_score(metrics, '{{"nps": 1}}'));
    CREATE TABLE by_class_low PARTITION OF by_class_other FOR VALUES FROM (MINVALUE) TO (50);
    CREATE TABLE by_class_high PARTITION OF by_class_other DEFAULT;
    INSERT INTO by_class TABLE raw;
    CREATE TABLE defaults (id integer PRIMARY KEY, {defaults}, class text DEFAULT nps_class(9), nps numeric DEFAULT nps('{{"version":1,"scores":{{"10":1}}}}'::survey_summary));
    INSERT INTO defaults SELECT generate_series(1, 3);
    CREATE DOMAIN percent AS numeric CHECK (VALUE >= 0 AND VALUE <= 100 AND nps_points(VALUE / 10) <= 100);
    CREATE TYPE pair AS (name text, summary survey_summary);
    CREATE TABLE nested (id integer, pairs pair[], share percent, many rate_summary[], EXCLUDE USING btree (nps_class(id) WITH =, share WITH =) WHERE (id > 100));
    INSERT INTO nested SELECT n, ARRAY[('a "b"', survey_summary)::pair, NULL], n * 7, ARRAY[rate_summary, NULL] FROM stored s, generate_series(8, 9) n WHERE kind <> 'null';
    CREATE STATISTICS how_often ON nps_class(score), team FROM raw;
    CREATE UNIQUE INDEX one_band ON raw (id, health_band(score * 10), sentiment_label(comment));
    CREATE MATERIALIZED VIEW m_raw AS SELECT team, {aggregates} FROM raw GROUP BY team;
    CREATE MATERIALIZED VIEW m_stored AS SELECT team, {rollups} FROM stored WHERE kind = 'typical' GROUP BY team;
    CREATE UNIQUE INDEX ON m_stored (team);
    CREATE MATERIALIZED VIEW m_m AS SELECT nps(survey_summary), rate(rate_summary), median_duration(duration_summary), kpi_band('nps', nps(survey_summary))
        FROM m_stored WHERE survey_summary OPERATOR($ext.<>) '{{"version":1,"scores":{{}}}}';
    CREATE VIEW moving AS SELECT id, nps(score) OVER w, median_duration(lasted) OVER w AS median, rollup(NULL::survey_summary) OVER w AS nothing,
        mrr_agg(opening, closing) FILTER (WHERE yes) OVER w AS moves FROM raw WINDOW w AS (PARTITION BY team ORDER BY id ROWS 5 PRECEDING);
    CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN OLD; END $$;
    CREATE TRIGGER keep BEFORE UPDATE ON stored FOR EACH ROW WHEN (responses(NEW.survey_summary) < responses(OLD.survey_summary)) EXECUTE FUNCTION keep();
    CREATE RULE one_more AS ON DELETE TO nested WHERE OLD.id < nps_points(9) DO INSTEAD NOTHING;
    ALTER TABLE raw ENABLE ROW LEVEL SECURITY;
    CREATE POLICY own ON raw USING (nps_class(score) <> 'unheard of');
    CREATE AGGREGATE own_nps(score numeric) (SFUNC = $ext.survey_accum, STYPE = survey_summary, FINALFUNC = $ext.nps, INITCOND = '{{"version":1,"scores":{{}}}}');
    """


def everything(name, schema="public", owner="postgres", version=None):
    """Makes the database; the extension in schema, what uses it in public."""
    db = Database(name, schema=None, owner=owner)
    db.schema = schema
    db.run(f"CREATE SCHEMA IF NOT EXISTS {schema}; CREATE EXTENSION pg_cskpi SCHEMA {schema}" + (f" VERSION '{version}'" if version else ""))
    use = "\n".join(using(calls(db)))
    db.run(f"SET search_path = public, {schema}; {EDITS} {TABLES} {stored()} {use} {objects().replace('$ext', schema)}")
    return db


# Whatever a database has as its own defaults.
PRINTED = "SET search_path = pg_catalog; SET TimeZone = 'UTC'; SET DateStyle = 'ISO'; SET IntervalStyle = 'postgres'; SET extra_float_digits = 1"


def relations(db):
    """The tables and views that users see, ours among them."""
    return db.run("""SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
        WHERE relkind IN ('r', 'p', 'm', 'v') AND nspname !~ '^pg_|^information_schema$' ORDER BY 2""")


def contents(db, change="", functions=True):
    """Of each relation how many rows it has, and a checksum of their texts; and what the functions say. After
    a change, which is taken back."""
    each = " UNION ALL ".join(f"SELECT '{name}', count(*), md5(string_agg(r::text, E'\\n' ORDER BY r::text COLLATE \"C\")) FROM \"{schema}\".\"{name}\" r"
                              for schema, name in relations(db))
    if functions:
        names = db.column("SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND proname ~ '^f_' ORDER BY 1")
        each += "".join(f" UNION ALL SELECT '{name}()', 1, public.{name}()" for name in names)
    return {row[0]: row[1:] for row in db.run(f"{PRINTED}; BEGIN; {change}; {each}; ROLLBACK")}
