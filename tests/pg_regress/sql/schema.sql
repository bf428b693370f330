-- The extension in a schema of its own, under hostile search paths, for users without
-- privileges: in a database of this test's own, since others use the extension in public.
\pset null '(null)'
\set main :DBNAME
CREATE ROLE regress_cskpi_owner;
CREATE ROLE regress_cskpi_reader;
CREATE DATABASE regress_cskpi_schema OWNER regress_cskpi_owner;
\c regress_cskpi_schema

-- Somebody has prepared functions, operators and types with familiar names where the extension
-- will live and be looked for.
CREATE SCHEMA trap;
GRANT ALL ON SCHEMA trap TO PUBLIC;
SET search_path = trap;
CREATE FUNCTION trap.sprung() RETURNS void LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'trapped'; END $$;
CREATE FUNCTION trap.survey_accum(anyelement, anyelement) RETURNS anyelement
    LANGUAGE sql AS 'SELECT trap.sprung(); SELECT $1';
CREATE FUNCTION trap.survey_combine(anyelement, anyelement) RETURNS anyelement
    LANGUAGE sql AS 'SELECT trap.sprung(); SELECT $1';
CREATE FUNCTION trap.nps(anyelement) RETURNS numeric LANGUAGE sql AS 'SELECT trap.sprung(); SELECT 1.0';
CREATE FUNCTION trap.hashvarlena(anyelement) RETURNS integer LANGUAGE sql AS 'SELECT trap.sprung(); SELECT 1';
CREATE FUNCTION trap.same(anyelement, anyelement) RETURNS boolean
    LANGUAGE sql AS 'SELECT trap.sprung(); SELECT true';
CREATE OPERATOR trap.= (LEFTARG = anyelement, RIGHTARG = anyelement, FUNCTION = trap.same);
CREATE OPERATOR trap.>= (LEFTARG = anyelement, RIGHTARG = anyelement, FUNCTION = trap.same);
CREATE DOMAIN trap.numeric AS pg_catalog.text;
CREATE DOMAIN trap.survey_summary AS pg_catalog.text;
RESET search_path;

-- A database owner without superuser rights installs it: the extension is trusted.
GRANT CREATE ON DATABASE regress_cskpi_schema TO regress_cskpi_owner;
SET ROLE regress_cskpi_owner;
CREATE SCHEMA kpi;
-- Among the traps: not beside a type of the same name, but beside functions, which it does not
-- mistake for its own.
\set VERBOSITY terse
CREATE EXTENSION pg_cskpi SCHEMA trap;
\set VERBOSITY default
RESET ROLE;
DROP DOMAIN trap.survey_summary;
SET ROLE regress_cskpi_owner;
CREATE EXTENSION pg_cskpi SCHEMA trap;
SELECT trap.nps(score), trap.csat(score, 7), trap.nps(trap.survey_agg(score)),
    trap.csat(trap.survey_agg(score)) FROM generate_series(0, 10) score;
DROP EXTENSION pg_cskpi;
-- Beside them.
SET search_path = trap, pg_catalog, public;
CREATE EXTENSION pg_cskpi SCHEMA kpi;
SELECT extname, extnamespace::regnamespace AS schema, extrelocatable FROM pg_extension
    WHERE extname OPERATOR(pg_catalog.=) 'pg_cskpi';
-- Everything is in that schema.
SELECT count(*) AS elsewhere FROM pg_depend d JOIN pg_extension e ON e.oid OPERATOR(pg_catalog.=) d.refobjid
    AND e.extname OPERATOR(pg_catalog.=) 'pg_cskpi' JOIN pg_proc p ON p.oid OPERATOR(pg_catalog.=) d.objid
    WHERE d.deptype OPERATOR(pg_catalog.=) 'e' AND d.classid OPERATOR(pg_catalog.=) 'pg_proc'::regclass
        AND p.pronamespace OPERATOR(pg_catalog.<>) 'kpi'::regnamespace;
-- Qualified names work under the hostile path: nothing inside looks anything up.
SELECT kpi.nps(score), kpi.csat(score, 7), kpi.nps(kpi.survey_agg(score)), kpi.survey_agg(score),
    kpi.csat_ci(score, 7) IS NOT NULL AS ci, kpi.ces(score), kpi.responses(score)
    FROM generate_series(0, 10) score;
SELECT score, responses FROM kpi.score_distribution('{"version":1,"scores":{"9":1}}');
SELECT k, kpi.nps(score) OVER (ORDER BY k ROWS 1 PRECEDING) FROM (VALUES (1, 9), (2, 3), (3, 10)) v(k, score)
    ORDER BY k;
SELECT kpi.nps_points(9), kpi.nps_class(9), kpi.nps_from_counts(1, 1, 0), (kpi.nps_test(s, s)).p_value
    FROM (SELECT kpi.survey_agg(score) FROM generate_series(0, 10) score) t(s);
SELECT kpi.nps(99);
SELECT DISTINCT s::text FROM (SELECT DISTINCT s
    FROM (VALUES ('{"version":1,"scores":{"9":1}}'::kpi.survey_summary),
    ('{"version":1,"scores":{"9":1}}')) v(s)) d;
RESET search_path;
-- Without the schema in the path there is no nps.
\set VERBOSITY terse
SELECT nps(score) FROM generate_series(0, 10) score;
\set VERBOSITY default
SET search_path = kpi, public;
SELECT nps(score), csat(score) FROM generate_series(0, 10) score;
RESET ROLE;

-- Anyone who may use the schema may use it, and read the catalog, but not change it.
GRANT USAGE ON SCHEMA kpi TO regress_cskpi_reader;
SET ROLE regress_cskpi_reader;
SELECT nps(score), rate(score > 5) FROM generate_series(0, 10) score;
SELECT name, unit FROM kpi_catalog WHERE name IN ('nps', 'csat', 'ces') ORDER BY name;
DELETE FROM kpi_catalog;
CREATE TEMP TABLE mine AS SELECT survey_agg(score) AS s FROM generate_series(0, 10) score;
SELECT nps(s), csat(s, 9) FROM mine;
RESET ROLE;

-- Moved to another schema; what was built on it moves along.
CREATE SCHEMA elsewhere;
CREATE TABLE stored AS SELECT survey_agg(score) AS s FROM generate_series(0, 10) score;
CREATE VIEW current AS SELECT nps(s), csat(rollup(s), 9) FROM stored GROUP BY s;
ALTER EXTENSION pg_cskpi SET SCHEMA elsewhere;
RESET search_path;
SELECT * FROM kpi.current;
SELECT elsewhere.nps(score), elsewhere.survey_agg(score) OPERATOR(elsewhere.=) (SELECT s
    FROM kpi.stored) AS equal FROM generate_series(0, 10) score;
SET search_path = elsewhere;
SELECT nps(score), survey_agg(score) = (SELECT s FROM kpi.stored) AS equal FROM generate_series(0, 10) score;
RESET search_path;
-- Twice is once too often; dropping it takes what depends on it only by CASCADE.
CREATE EXTENSION pg_cskpi;
\set VERBOSITY terse
DROP EXTENSION pg_cskpi;
\set VERBOSITY default
SET client_min_messages = warning;
DROP EXTENSION pg_cskpi CASCADE;
RESET client_min_messages;
SELECT count(*) FROM pg_proc WHERE pronamespace = 'elsewhere'::regnamespace;
-- And back again, in the default place.
CREATE EXTENSION pg_cskpi;
SELECT nps(score) FROM generate_series(0, 10) score;

\c :main
DROP DATABASE regress_cskpi_schema;
DROP ROLE regress_cskpi_owner, regress_cskpi_reader;
