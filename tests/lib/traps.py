"""Schemas that somebody has prepared: what is found there by mistake raises an error."""

# Types whose operators and functions are imitated.
TYPES = "{bool,bytea,int2,int4,int8,float4,float8,numeric,text,varchar,name,date,timestamp,timestamptz,interval,jsonb,uuid,oid,regclass}"

# Every operator and function of the server's that has only these types, with the same ones: whatever
# resolves a name when it runs, with this schema first, springs it.
OPERATORS = f"""
CREATE SCHEMA {{schema}}; GRANT USAGE ON SCHEMA {{schema}} TO PUBLIC;
DO $do$
DECLARE
    o record; made text;
    body constant text := 'LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION ''trapped''; END $$';
BEGIN
    FOR o IN SELECT p.oid, oprname, oprleft::regtype AS l, oprright::regtype AS r, oprresult::regtype AS result, p.oprleft
             FROM pg_operator p WHERE p.oid < 16384 AND oprright = ANY ('{TYPES}'::regtype[]::oid[])
               AND (oprleft = ANY ('{TYPES}'::regtype[]::oid[]) OR oprleft = 0) LOOP
        made := format('{{schema}}.sprung_%s', o.oid);
        EXECUTE format('CREATE FUNCTION %s(%s) RETURNS %s %s', made, concat_ws(', ', nullif(o.l::text, '-'), o.r), o.result, body);
        EXECUTE format('CREATE OPERATOR {{schema}}.%s (%s RIGHTARG = %s, FUNCTION = %s)', o.oprname,
            CASE WHEN o.oprleft <> 0 THEN format('LEFTARG = %s,', o.l) END, o.r, made);
    END LOOP;
    FOR o IN SELECT DISTINCT ON (proname, proargtypes) proname, oidvectortypes(proargtypes) AS arguments, prorettype::regtype AS result
             FROM pg_proc WHERE oid < 16384 AND prokind = 'f' AND NOT proretset AND provariadic = 0 AND pronargs > 0
               AND proargtypes::oid[] <@ '{TYPES}'::regtype[]::oid[] AND prorettype = ANY ('{TYPES}'::regtype[]::oid[]) LOOP
        EXECUTE format('CREATE FUNCTION {{schema}}.%I(%s) RETURNS %s %s', o.proname, o.arguments, o.result, body);
    END LOOP;
    EXECUTE 'CREATE FUNCTION {{schema}}.cardinality(anyarray) RETURNS integer ' || body;
    EXECUTE 'CREATE FUNCTION {{schema}}.format(text, VARIADIC text[]) RETURNS text ' || body;
    EXECUTE 'CREATE FUNCTION {{schema}}.pg_extension_config_dump(text, text) RETURNS void ' || body;
END $do$;
-- Better for what is passed loosely: untyped, or as another type of text or number.
CREATE FUNCTION {{schema}}.sprung_any(anyelement, anyelement) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'trapped'; END $$;
CREATE OPERATOR {{schema}}.= (LEFTARG = anyelement, RIGHTARG = anyelement, FUNCTION = {{schema}}.sprung_any);
CREATE OPERATOR {{schema}}.<> (LEFTARG = anyelement, RIGHTARG = anyelement, FUNCTION = {{schema}}.sprung_any);
"""

# Relations, types and aggregates with names that are used in the extension, or that it makes.
RELATIONS = """
CREATE SCHEMA {schema}; GRANT USAGE ON SCHEMA {schema} TO PUBLIC;
CREATE TABLE {schema}.kpi_targets (kpi integer, channel integer, band integer, shipped integer);
CREATE VIEW {schema}.kpi_catalog AS SELECT 1 / 0 AS name;
CREATE TABLE {schema}.pg_class (relname text); CREATE TABLE {schema}.pg_extension (extname text);
CREATE FUNCTION {schema}.sprung(state text, value anyelement) RETURNS text LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'trapped'; END $$;
CREATE FUNCTION {schema}.sprung(state text, value text, more text) RETURNS text LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'trapped'; END $$;
CREATE AGGREGATE {schema}.string_agg(text, text) (SFUNC = {schema}.sprung, STYPE = text);
CREATE TYPE {schema}.mood AS ENUM ('good');
CREATE FUNCTION {schema}.of_mood({schema}.mood) RETURNS numeric LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'trapped'; END $$;
CREATE CAST ({schema}.mood AS numeric) WITH FUNCTION {schema}.of_mood AS IMPLICIT;
"""
AGGREGATES = ["count", "sum", "avg", "min", "max", "array_agg", "nps", "csat", "rollup", "survey_agg", "kpi_band"]
DOMAINS = ["numeric", "text", "int4", "int8", "bool", "float8", "interval", "jsonb", "timestamptz", "date", "bytea", "uuid", "numrange"]
SUMMARY_DOMAINS = ["kpi_number", "survey_summary", "rate_summary", "duration_summary"]


def operators(schema):
    return OPERATORS.replace("{schema}", schema)


def relations(schema):
    aggregates = ";".join(f"CREATE AGGREGATE {schema}.{name}(anyelement) (SFUNC = {schema}.sprung, STYPE = text)" for name in AGGREGATES)
    domains = ";".join(f"CREATE DOMAIN {schema}.{name} AS pg_catalog.name CHECK (false)" for name in DOMAINS + SUMMARY_DOMAINS)
    return f"{RELATIONS.replace('{schema}', schema)}{aggregates};{domains}"
