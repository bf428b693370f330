\echo Use "CREATE EXTENSION pg_cskpi" to load this file. \quit
-- What there is: one row for every KPI and for what goes with it. Each family adds
-- its rows at the end of its own file.

CREATE TABLE kpi_catalog (
    name             text PRIMARY KEY,
    family           text NOT NULL,
    measures         text NOT NULL,
    formula          text NOT NULL,
    unit             text NOT NULL,
    higher_is_better boolean,
    usage            text NOT NULL
);
GRANT SELECT ON kpi_catalog TO PUBLIC;

COMMENT ON TABLE kpi_catalog IS
    'Every KPI of pg_cskpi: what it measures, its formula, its unit and how to call it.';
COMMENT ON COLUMN kpi_catalog.name IS
    'Name of the SQL function or aggregate.';
COMMENT ON COLUMN kpi_catalog.family IS
    'Group of KPIs: survey, rate, duration, usage, retention, revenue, value, health, sentiment, target; all for what every family has.';
COMMENT ON COLUMN kpi_catalog.measures IS
    'What the number tells.';
COMMENT ON COLUMN kpi_catalog.formula IS
    'How the number is computed.';
COMMENT ON COLUMN kpi_catalog.unit IS
    'Unit and range: percent is 0 to 100, points are -100 to 100.';
COMMENT ON COLUMN kpi_catalog.higher_is_better IS
    'Whether a higher value is better; NULL where that depends on the scale, or where neither is.';
COMMENT ON COLUMN kpi_catalog.usage IS
    'How to call it.';
-- kpi_number: the argument type of amounts and counts, so that each function takes any number type, also mixed.
--
-- It is numeric under another name: a value of any number type becomes one by itself, exactly, and a
-- function that is declared once resolves for every mix. With overloads for numeric and double
-- precision alone, a call with both would turn the numeric into binary floating point.

CREATE TYPE kpi_number;

CREATE FUNCTION kpi_number_in(cstring, oid, integer) RETURNS kpi_number
    LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'numeric_in';
COMMENT ON FUNCTION kpi_number_in(cstring, oid, integer) IS
    'Support function: reads a kpi_number, as numeric is read.';

CREATE FUNCTION kpi_number_out(kpi_number) RETURNS cstring
    LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'numeric_out';
COMMENT ON FUNCTION kpi_number_out(kpi_number) IS
    'Support function: writes a kpi_number, as numeric is written.';

CREATE FUNCTION kpi_number_recv(internal, oid, integer) RETURNS kpi_number
    LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'numeric_recv';
COMMENT ON FUNCTION kpi_number_recv(internal, oid, integer) IS
    'Support function: reads the binary form of a kpi_number, which is that of numeric.';

CREATE FUNCTION kpi_number_send(kpi_number) RETURNS bytea
    LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'numeric_send';
COMMENT ON FUNCTION kpi_number_send(kpi_number) IS
    'Support function: writes the binary form of a kpi_number, which is that of numeric.';

CREATE TYPE kpi_number (
    INPUT = kpi_number_in, OUTPUT = kpi_number_out,
    RECEIVE = kpi_number_recv, SEND = kpi_number_send,
    LIKE = numeric
);
COMMENT ON TYPE kpi_number IS
    'Argument type of amounts and counts: smallint, integer, bigint, numeric, real and double precision become one by themselves. A numeric stays what it is; a real or double precision is taken as the shortest decimal that reads back as the same value, so that 49.99 is 49.99. Not meant for columns: use numeric.';

CREATE FUNCTION kpi_number(value smallint) RETURNS kpi_number
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_number_int2';
COMMENT ON FUNCTION kpi_number(smallint) IS
    'Support function of the cast from smallint to kpi_number.';

CREATE FUNCTION kpi_number(value integer) RETURNS kpi_number
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_number_int4';
COMMENT ON FUNCTION kpi_number(integer) IS
    'Support function of the cast from integer to kpi_number.';

CREATE FUNCTION kpi_number(value bigint) RETURNS kpi_number
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_number_int8';
COMMENT ON FUNCTION kpi_number(bigint) IS
    'Support function of the cast from bigint to kpi_number.';

CREATE FUNCTION kpi_number(value real) RETURNS kpi_number
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_number_float4';
COMMENT ON FUNCTION kpi_number(real) IS
    'Support function of the cast from real to kpi_number: the shortest decimal that reads back as the same real.';

CREATE FUNCTION kpi_number(value double precision) RETURNS kpi_number
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_number_float8';
COMMENT ON FUNCTION kpi_number(double precision) IS
    'Support function of the cast from double precision to kpi_number: the shortest decimal that reads back as the same value.';

CREATE CAST (smallint AS kpi_number) WITH FUNCTION kpi_number(smallint) AS IMPLICIT;
COMMENT ON CAST (smallint AS kpi_number) IS
    'Lets a smallint be passed as an amount or a count.';
CREATE CAST (integer AS kpi_number) WITH FUNCTION kpi_number(integer) AS IMPLICIT;
COMMENT ON CAST (integer AS kpi_number) IS
    'Lets an integer be passed as an amount or a count.';
CREATE CAST (bigint AS kpi_number) WITH FUNCTION kpi_number(bigint) AS IMPLICIT;
COMMENT ON CAST (bigint AS kpi_number) IS
    'Lets a bigint be passed as an amount or a count.';
CREATE CAST (real AS kpi_number) WITH FUNCTION kpi_number(real) AS IMPLICIT;
COMMENT ON CAST (real AS kpi_number) IS
    'Lets a real be passed as an amount or a count: the shortest decimal that reads back as the same real.';
CREATE CAST (double precision AS kpi_number) WITH FUNCTION kpi_number(double precision) AS IMPLICIT;
COMMENT ON CAST (double precision AS kpi_number) IS
    'Lets a double precision be passed as an amount or a count: the shortest decimal that reads back as the same value.';
CREATE CAST (numeric AS kpi_number) WITHOUT FUNCTION AS IMPLICIT;
COMMENT ON CAST (numeric AS kpi_number) IS
    'Lets a numeric be passed as an amount or a count, as it is.';
CREATE CAST (kpi_number AS numeric) WITHOUT FUNCTION AS IMPLICIT;
COMMENT ON CAST (kpi_number AS numeric) IS
    'Gives a kpi_number back as numeric, as it is; and lets it be compared as one, which DISTINCT needs.';
-- survey_summary: how often each score was given. The state of every survey aggregate,
-- and a column type for stored summaries.

CREATE TYPE survey_summary;

CREATE FUNCTION survey_summary_in(cstring) RETURNS survey_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_survey_summary_in';
COMMENT ON FUNCTION survey_summary_in(cstring) IS
    'Support function: reads the text form of a survey_summary, such as {"version":1,"scores":{"9":12,"10":7}}. 22P02 for anything else.';

CREATE FUNCTION survey_summary_out(survey_summary) RETURNS cstring
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_survey_summary_out';
COMMENT ON FUNCTION survey_summary_out(survey_summary) IS
    'Support function: writes the text form of a survey_summary, without loss.';

CREATE FUNCTION survey_summary_recv(internal) RETURNS survey_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_survey_summary_recv';
COMMENT ON FUNCTION survey_summary_recv(internal) IS
    'Support function: reads the binary form of a survey_summary. 22P03 for anything else.';

CREATE FUNCTION survey_summary_send(survey_summary) RETURNS bytea
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_survey_summary_send';
COMMENT ON FUNCTION survey_summary_send(survey_summary) IS
    'Support function: writes the binary form of a survey_summary, without loss.';

CREATE TYPE survey_summary (
    INPUT = survey_summary_in, OUTPUT = survey_summary_out,
    RECEIVE = survey_summary_recv, SEND = survey_summary_send,
    INTERNALLENGTH = VARIABLE, ALIGNMENT = int4, STORAGE = extended
);
COMMENT ON TYPE survey_summary IS
    'How often each survey score from 0 to 10 was given: about 50 bytes for whole scores, and the fractional scores one by one. Built by survey_agg(score), merged by rollup(summary), read by nps(summary), csat(summary, threshold), ces(summary), responses(summary) and others. As text it is JSON: {"version":1,"scores":{"9":12,"10":7}}.';

CREATE FUNCTION survey_summary_eq(survey_summary, survey_summary) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_survey_summary_eq';
COMMENT ON FUNCTION survey_summary_eq(survey_summary, survey_summary) IS
    'Support function of =: whether two summaries hold the same answers.';

CREATE FUNCTION survey_summary_ne(survey_summary, survey_summary) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_survey_summary_ne';
COMMENT ON FUNCTION survey_summary_ne(survey_summary, survey_summary) IS
    'Support function of <>: the opposite of =.';

CREATE FUNCTION survey_summary_hash(survey_summary) RETURNS integer
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_survey_summary_hash';
COMMENT ON FUNCTION survey_summary_hash(survey_summary) IS
    'Support function of hash joins, hash aggregates and hash indexes: equal summaries have equal hashes.';

CREATE FUNCTION survey_summary_hash_extended(survey_summary, bigint) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_survey_summary_hash_extended';
COMMENT ON FUNCTION survey_summary_hash_extended(survey_summary, bigint) IS
    'Support function of hash partitions: equal summaries have equal hashes.';

CREATE OPERATOR = (
    LEFTARG = survey_summary, RIGHTARG = survey_summary, FUNCTION = survey_summary_eq,
    COMMUTATOR = =, NEGATOR = <>, RESTRICT = eqsel, JOIN = eqjoinsel, HASHES
);
COMMENT ON OPERATOR = (survey_summary, survey_summary) IS
    'Whether two summaries are equal.';

CREATE OPERATOR <> (
    LEFTARG = survey_summary, RIGHTARG = survey_summary, FUNCTION = survey_summary_ne,
    COMMUTATOR = <>, NEGATOR = =, RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (survey_summary, survey_summary) IS
    'Whether two summaries differ.';

CREATE OPERATOR CLASS survey_summary_hash_ops DEFAULT FOR TYPE survey_summary USING hash AS
    OPERATOR 1 =,
    FUNCTION 1 survey_summary_hash(survey_summary),
    FUNCTION 2 survey_summary_hash_extended(survey_summary, bigint);
COMMENT ON OPERATOR CLASS survey_summary_hash_ops USING hash IS
    'Lets summaries be grouped, made distinct and compared by hash.';
COMMENT ON OPERATOR FAMILY survey_summary_hash_ops USING hash IS
    'Lets summaries be grouped, made distinct and compared by hash.';

CREATE FUNCTION survey_combine(state survey_summary, summary survey_summary) RETURNS survey_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_survey_combine';
COMMENT ON FUNCTION survey_combine(survey_summary, survey_summary) IS
    'Support function of the survey aggregates: adds the answers of a partial or stored summary. 22003 beyond 2^63 - 1 responses, 22023 for summaries with different parameters.';

CREATE FUNCTION survey_subtract(state survey_summary, summary survey_summary) RETURNS survey_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_survey_subtract';
COMMENT ON FUNCTION survey_subtract(survey_summary, survey_summary) IS
    'Support function of rollup over a moving window: takes the answers of a summary out again, or NULL when that cannot be done exactly.';

CREATE FUNCTION survey_final(state survey_summary) RETURNS survey_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_survey_final';
COMMENT ON FUNCTION survey_final(survey_summary) IS
    'Support function of survey_agg and rollup: the summary without spare room.';
-- Row by row. All aggregates over the same arguments share one of these functions, so that
-- PostgreSQL runs it once for all of them. A NULL score is skipped; a score outside 0 to 10 is an error.
--
-- The functions with parameters are not STRICT: a NULL threshold or confidence is an error.

CREATE FUNCTION survey_accum(state survey_summary, score smallint) RETURNS survey_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_survey_accum_int2';
COMMENT ON FUNCTION survey_accum(survey_summary, smallint) IS
    'Support function of the survey aggregates over smallint scores: counts one more score.';

CREATE FUNCTION survey_accum(state survey_summary, score integer) RETURNS survey_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_survey_accum_int4';
COMMENT ON FUNCTION survey_accum(survey_summary, integer) IS
    'Support function of the survey aggregates over integer scores: counts one more score.';

CREATE FUNCTION survey_accum(state survey_summary, score bigint) RETURNS survey_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_survey_accum_int8';
COMMENT ON FUNCTION survey_accum(survey_summary, bigint) IS
    'Support function of the survey aggregates over bigint scores: counts one more score.';

CREATE FUNCTION survey_accum(state survey_summary, score real) RETURNS survey_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_survey_accum_float4';
COMMENT ON FUNCTION survey_accum(survey_summary, real) IS
    'Support function of the survey aggregates over real scores: counts one more score.';

CREATE FUNCTION survey_accum(state survey_summary, score double precision) RETURNS survey_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_survey_accum_float8';
COMMENT ON FUNCTION survey_accum(survey_summary, double precision) IS
    'Support function of the survey aggregates over double precision scores: counts one more score.';

CREATE FUNCTION survey_accum(state survey_summary, score numeric) RETURNS survey_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_survey_accum_numeric';
COMMENT ON FUNCTION survey_accum(survey_summary, numeric) IS
    'Support function of the survey aggregates over numeric scores: counts one more score.';

CREATE FUNCTION survey_remove(state survey_summary, score smallint) RETURNS survey_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_survey_remove_int2';
COMMENT ON FUNCTION survey_remove(survey_summary, smallint) IS
    'Support function of the survey aggregates over smallint scores: takes one score back when a window frame moves on.';

CREATE FUNCTION survey_remove(state survey_summary, score integer) RETURNS survey_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_survey_remove_int4';
COMMENT ON FUNCTION survey_remove(survey_summary, integer) IS
    'Support function of the survey aggregates over integer scores: takes one score back when a window frame moves on.';

CREATE FUNCTION survey_remove(state survey_summary, score bigint) RETURNS survey_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_survey_remove_int8';
COMMENT ON FUNCTION survey_remove(survey_summary, bigint) IS
    'Support function of the survey aggregates over bigint scores: takes one score back when a window frame moves on.';

CREATE FUNCTION survey_remove(state survey_summary, score real) RETURNS survey_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_survey_remove_float4';
COMMENT ON FUNCTION survey_remove(survey_summary, real) IS
    'Support function of the survey aggregates over real scores: takes one score back when a window frame moves on.';

CREATE FUNCTION survey_remove(state survey_summary, score double precision) RETURNS survey_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_survey_remove_float8';
COMMENT ON FUNCTION survey_remove(survey_summary, double precision) IS
    'Support function of the survey aggregates over double precision scores: takes one score back when a window frame moves on.';

CREATE FUNCTION survey_remove(state survey_summary, score numeric) RETURNS survey_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_survey_remove_numeric';
COMMENT ON FUNCTION survey_remove(survey_summary, numeric) IS
    'Support function of the survey aggregates over numeric scores: takes one score back when a window frame moves on.';

CREATE FUNCTION survey_accum_threshold(
    state survey_summary,
    score smallint,
    threshold double precision
) RETURNS survey_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_survey_accum_threshold_int2';
COMMENT ON FUNCTION survey_accum_threshold(survey_summary, smallint, double precision) IS
    'Support function of the survey aggregates over smallint scores with a threshold: counts one more score.';

CREATE FUNCTION survey_accum_threshold(
    state survey_summary,
    score integer,
    threshold double precision
) RETURNS survey_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_survey_accum_threshold_int4';
COMMENT ON FUNCTION survey_accum_threshold(survey_summary, integer, double precision) IS
    'Support function of the survey aggregates over integer scores with a threshold: counts one more score.';

CREATE FUNCTION survey_accum_threshold(
    state survey_summary,
    score bigint,
    threshold double precision
) RETURNS survey_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_survey_accum_threshold_int8';
COMMENT ON FUNCTION survey_accum_threshold(survey_summary, bigint, double precision) IS
    'Support function of the survey aggregates over bigint scores with a threshold: counts one more score.';

CREATE FUNCTION survey_accum_threshold(
    state survey_summary,
    score real,
    threshold double precision
) RETURNS survey_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_survey_accum_threshold_float4';
COMMENT ON FUNCTION survey_accum_threshold(survey_summary, real, double precision) IS
    'Support function of the survey aggregates over real scores with a threshold: counts one more score.';

CREATE FUNCTION survey_accum_threshold(
    state survey_summary,
    score double precision,
    threshold double precision
) RETURNS survey_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_survey_accum_threshold_float8';
COMMENT ON FUNCTION survey_accum_threshold(survey_summary, double precision, double precision) IS
    'Support function of the survey aggregates over double precision scores with a threshold: counts one more score.';

CREATE FUNCTION survey_accum_threshold(
    state survey_summary,
    score numeric,
    threshold double precision
) RETURNS survey_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_survey_accum_threshold_numeric';
COMMENT ON FUNCTION survey_accum_threshold(survey_summary, numeric, double precision) IS
    'Support function of the survey aggregates over numeric scores with a threshold: counts one more score.';

CREATE FUNCTION survey_remove_threshold(
    state survey_summary,
    score smallint,
    threshold double precision
) RETURNS survey_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_survey_remove_threshold_int2';
COMMENT ON FUNCTION survey_remove_threshold(survey_summary, smallint, double precision) IS
    'Support function of the survey aggregates over smallint scores with a threshold: takes one score back when a window frame moves on.';

CREATE FUNCTION survey_remove_threshold(
    state survey_summary,
    score integer,
    threshold double precision
) RETURNS survey_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_survey_remove_threshold_int4';
COMMENT ON FUNCTION survey_remove_threshold(survey_summary, integer, double precision) IS
    'Support function of the survey aggregates over integer scores with a threshold: takes one score back when a window frame moves on.';

CREATE FUNCTION survey_remove_threshold(
    state survey_summary,
    score bigint,
    threshold double precision
) RETURNS survey_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_survey_remove_threshold_int8';
COMMENT ON FUNCTION survey_remove_threshold(survey_summary, bigint, double precision) IS
    'Support function of the survey aggregates over bigint scores with a threshold: takes one score back when a window frame moves on.';

CREATE FUNCTION survey_remove_threshold(
    state survey_summary,
    score real,
    threshold double precision
) RETURNS survey_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_survey_remove_threshold_float4';
COMMENT ON FUNCTION survey_remove_threshold(survey_summary, real, double precision) IS
    'Support function of the survey aggregates over real scores with a threshold: takes one score back when a window frame moves on.';

CREATE FUNCTION survey_remove_threshold(
    state survey_summary,
    score double precision,
    threshold double precision
) RETURNS survey_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_survey_remove_threshold_float8';
COMMENT ON FUNCTION survey_remove_threshold(survey_summary, double precision, double precision) IS
    'Support function of the survey aggregates over double precision scores with a threshold: takes one score back when a window frame moves on.';

CREATE FUNCTION survey_remove_threshold(
    state survey_summary,
    score numeric,
    threshold double precision
) RETURNS survey_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_survey_remove_threshold_numeric';
COMMENT ON FUNCTION survey_remove_threshold(survey_summary, numeric, double precision) IS
    'Support function of the survey aggregates over numeric scores with a threshold: takes one score back when a window frame moves on.';

CREATE FUNCTION survey_accum_confidence(
    state survey_summary,
    score smallint,
    confidence double precision
) RETURNS survey_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_survey_accum_confidence_int2';
COMMENT ON FUNCTION survey_accum_confidence(survey_summary, smallint, double precision) IS
    'Support function of the survey aggregates over smallint scores with a confidence: counts one more score.';

CREATE FUNCTION survey_accum_confidence(
    state survey_summary,
    score integer,
    confidence double precision
) RETURNS survey_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_survey_accum_confidence_int4';
COMMENT ON FUNCTION survey_accum_confidence(survey_summary, integer, double precision) IS
    'Support function of the survey aggregates over integer scores with a confidence: counts one more score.';

CREATE FUNCTION survey_accum_confidence(
    state survey_summary,
    score bigint,
    confidence double precision
) RETURNS survey_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_survey_accum_confidence_int8';
COMMENT ON FUNCTION survey_accum_confidence(survey_summary, bigint, double precision) IS
    'Support function of the survey aggregates over bigint scores with a confidence: counts one more score.';

CREATE FUNCTION survey_accum_confidence(
    state survey_summary,
    score real,
    confidence double precision
) RETURNS survey_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_survey_accum_confidence_float4';
COMMENT ON FUNCTION survey_accum_confidence(survey_summary, real, double precision) IS
    'Support function of the survey aggregates over real scores with a confidence: counts one more score.';

CREATE FUNCTION survey_accum_confidence(
    state survey_summary,
    score double precision,
    confidence double precision
) RETURNS survey_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_survey_accum_confidence_float8';
COMMENT ON FUNCTION survey_accum_confidence(survey_summary, double precision, double precision) IS
    'Support function of the survey aggregates over double precision scores with a confidence: counts one more score.';

CREATE FUNCTION survey_accum_confidence(
    state survey_summary,
    score numeric,
    confidence double precision
) RETURNS survey_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_survey_accum_confidence_numeric';
COMMENT ON FUNCTION survey_accum_confidence(survey_summary, numeric, double precision) IS
    'Support function of the survey aggregates over numeric scores with a confidence: counts one more score.';

CREATE FUNCTION survey_remove_confidence(
    state survey_summary,
    score smallint,
    confidence double precision
) RETURNS survey_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_survey_remove_confidence_int2';
COMMENT ON FUNCTION survey_remove_confidence(survey_summary, smallint, double precision) IS
    'Support function of the survey aggregates over smallint scores with a confidence: takes one score back when a window frame moves on.';

CREATE FUNCTION survey_remove_confidence(
    state survey_summary,
    score integer,
    confidence double precision
) RETURNS survey_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_survey_remove_confidence_int4';
COMMENT ON FUNCTION survey_remove_confidence(survey_summary, integer, double precision) IS
    'Support function of the survey aggregates over integer scores with a confidence: takes one score back when a window frame moves on.';

CREATE FUNCTION survey_remove_confidence(
    state survey_summary,
    score bigint,
    confidence double precision
) RETURNS survey_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_survey_remove_confidence_int8';
COMMENT ON FUNCTION survey_remove_confidence(survey_summary, bigint, double precision) IS
    'Support function of the survey aggregates over bigint scores with a confidence: takes one score back when a window frame moves on.';

CREATE FUNCTION survey_remove_confidence(
    state survey_summary,
    score real,
    confidence double precision
) RETURNS survey_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_survey_remove_confidence_float4';
COMMENT ON FUNCTION survey_remove_confidence(survey_summary, real, double precision) IS
    'Support function of the survey aggregates over real scores with a confidence: takes one score back when a window frame moves on.';

CREATE FUNCTION survey_remove_confidence(
    state survey_summary,
    score double precision,
    confidence double precision
) RETURNS survey_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_survey_remove_confidence_float8';
COMMENT ON FUNCTION survey_remove_confidence(survey_summary, double precision, double precision) IS
    'Support function of the survey aggregates over double precision scores with a confidence: takes one score back when a window frame moves on.';

CREATE FUNCTION survey_remove_confidence(
    state survey_summary,
    score numeric,
    confidence double precision
) RETURNS survey_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_survey_remove_confidence_numeric';
COMMENT ON FUNCTION survey_remove_confidence(survey_summary, numeric, double precision) IS
    'Support function of the survey aggregates over numeric scores with a confidence: takes one score back when a window frame moves on.';

CREATE FUNCTION survey_accum_both(
    state survey_summary,
    score smallint,
    threshold double precision,
    confidence double precision
) RETURNS survey_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_survey_accum_both_int2';
COMMENT ON FUNCTION survey_accum_both(survey_summary, smallint, double precision, double precision) IS
    'Support function of the survey aggregates over smallint scores with a threshold and a confidence: counts one more score.';

CREATE FUNCTION survey_accum_both(
    state survey_summary,
    score integer,
    threshold double precision,
    confidence double precision
) RETURNS survey_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_survey_accum_both_int4';
COMMENT ON FUNCTION survey_accum_both(survey_summary, integer, double precision, double precision) IS
    'Support function of the survey aggregates over integer scores with a threshold and a confidence: counts one more score.';

CREATE FUNCTION survey_accum_both(
    state survey_summary,
    score bigint,
    threshold double precision,
    confidence double precision
) RETURNS survey_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_survey_accum_both_int8';
COMMENT ON FUNCTION survey_accum_both(survey_summary, bigint, double precision, double precision) IS
    'Support function of the survey aggregates over bigint scores with a threshold and a confidence: counts one more score.';

CREATE FUNCTION survey_accum_both(
    state survey_summary,
    score real,
    threshold double precision,
    confidence double precision
) RETURNS survey_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_survey_accum_both_float4';
COMMENT ON FUNCTION survey_accum_both(survey_summary, real, double precision, double precision) IS
    'Support function of the survey aggregates over real scores with a threshold and a confidence: counts one more score.';

CREATE FUNCTION survey_accum_both(
    state survey_summary,
    score double precision,
    threshold double precision,
    confidence double precision
) RETURNS survey_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_survey_accum_both_float8';
COMMENT ON FUNCTION survey_accum_both(survey_summary, double precision, double precision, double precision) IS
    'Support function of the survey aggregates over double precision scores with a threshold and a confidence: counts one more score.';

CREATE FUNCTION survey_accum_both(
    state survey_summary,
    score numeric,
    threshold double precision,
    confidence double precision
) RETURNS survey_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_survey_accum_both_numeric';
COMMENT ON FUNCTION survey_accum_both(survey_summary, numeric, double precision, double precision) IS
    'Support function of the survey aggregates over numeric scores with a threshold and a confidence: counts one more score.';

CREATE FUNCTION survey_remove_both(
    state survey_summary,
    score smallint,
    threshold double precision,
    confidence double precision
) RETURNS survey_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_survey_remove_both_int2';
COMMENT ON FUNCTION survey_remove_both(survey_summary, smallint, double precision, double precision) IS
    'Support function of the survey aggregates over smallint scores with a threshold and a confidence: takes one score back when a window frame moves on.';

CREATE FUNCTION survey_remove_both(
    state survey_summary,
    score integer,
    threshold double precision,
    confidence double precision
) RETURNS survey_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_survey_remove_both_int4';
COMMENT ON FUNCTION survey_remove_both(survey_summary, integer, double precision, double precision) IS
    'Support function of the survey aggregates over integer scores with a threshold and a confidence: takes one score back when a window frame moves on.';

CREATE FUNCTION survey_remove_both(
    state survey_summary,
    score bigint,
    threshold double precision,
    confidence double precision
) RETURNS survey_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_survey_remove_both_int8';
COMMENT ON FUNCTION survey_remove_both(survey_summary, bigint, double precision, double precision) IS
    'Support function of the survey aggregates over bigint scores with a threshold and a confidence: takes one score back when a window frame moves on.';

CREATE FUNCTION survey_remove_both(
    state survey_summary,
    score real,
    threshold double precision,
    confidence double precision
) RETURNS survey_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_survey_remove_both_float4';
COMMENT ON FUNCTION survey_remove_both(survey_summary, real, double precision, double precision) IS
    'Support function of the survey aggregates over real scores with a threshold and a confidence: takes one score back when a window frame moves on.';

CREATE FUNCTION survey_remove_both(
    state survey_summary,
    score double precision,
    threshold double precision,
    confidence double precision
) RETURNS survey_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_survey_remove_both_float8';
COMMENT ON FUNCTION survey_remove_both(survey_summary, double precision, double precision, double precision) IS
    'Support function of the survey aggregates over double precision scores with a threshold and a confidence: takes one score back when a window frame moves on.';

CREATE FUNCTION survey_remove_both(
    state survey_summary,
    score numeric,
    threshold double precision,
    confidence double precision
) RETURNS survey_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_survey_remove_both_numeric';
COMMENT ON FUNCTION survey_remove_both(survey_summary, numeric, double precision, double precision) IS
    'Support function of the survey aggregates over numeric scores with a threshold and a confidence: takes one score back when a window frame moves on.';
-- What a stored summary tells. These functions have the names of the aggregates over raw scores,
-- and are their final functions.

CREATE FUNCTION nps(summary survey_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_nps';
COMMENT ON FUNCTION nps(survey_summary) IS
    'Net Promoter Score: % promoters (score >= 9) minus % detractors (score <= 6). Points from -100 to 100, higher is better. NULL for an empty summary.';

CREATE FUNCTION enps(summary survey_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_nps';
COMMENT ON FUNCTION enps(survey_summary) IS
    'Employee Net Promoter Score: as nps, for answers of employees. Points from -100 to 100, higher is better. NULL for an empty summary.';

CREATE FUNCTION nps_ci(summary survey_summary) RETURNS numrange
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_nps_ci';
COMMENT ON FUNCTION nps_ci(survey_summary) IS
    'Confidence interval of the NPS in points, as a closed numrange: adjusted Wald (3/4 promoter, 3/2 passive and 3/4 detractor added), clamped to -100 and 100. Its centre is n / (n + 3) of the NPS. At 95 %. NULL for an empty summary.';

CREATE FUNCTION nps_ci(summary survey_summary, confidence double precision) RETURNS numrange
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_nps_ci';
COMMENT ON FUNCTION nps_ci(survey_summary, double precision) IS
    'Confidence interval of the NPS in points, as a closed numrange: adjusted Wald (3/4 promoter, 3/2 passive and 3/4 detractor added), clamped to -100 and 100. Its centre is n / (n + 3) of the NPS. Confidence between 0 and 1, both excluded, such as 0.9. NULL for an empty summary; 22023 for another confidence.';

CREATE FUNCTION nps_margin(summary survey_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_nps_margin';
COMMENT ON FUNCTION nps_margin(survey_summary) IS
    'Margin of error of the NPS in points: half the width of its confidence interval, before that is clamped to -100 and 100, by adjusted Wald (3/4 promoter, 3/2 passive and 3/4 detractor added), z * sqrt((p + d - (p - d)^2) / (n + 3)) * 100 with the adjusted shares p and d. At 95 %. NULL for an empty summary.';

CREATE FUNCTION nps_margin(summary survey_summary, confidence double precision) RETURNS numeric
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_nps_margin';
COMMENT ON FUNCTION nps_margin(survey_summary, double precision) IS
    'Margin of error of the NPS in points: half the width of its confidence interval, before that is clamped to -100 and 100, by adjusted Wald (3/4 promoter, 3/2 passive and 3/4 detractor added), z * sqrt((p + d - (p - d)^2) / (n + 3)) * 100 with the adjusted shares p and d. Confidence between 0 and 1, both excluded, such as 0.9. NULL for an empty summary; 22023 for another confidence.';

CREATE FUNCTION promoters(summary survey_summary) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_promoters';
COMMENT ON FUNCTION promoters(survey_summary) IS
    'Number of promoters: scores of 9 and more. 0 for an empty summary.';

CREATE FUNCTION passives(summary survey_summary) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_passives';
COMMENT ON FUNCTION passives(survey_summary) IS
    'Number of passives: scores between 6 and 9, both excluded. 0 for an empty summary.';

CREATE FUNCTION detractors(summary survey_summary) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_detractors';
COMMENT ON FUNCTION detractors(survey_summary) IS
    'Number of detractors: scores of 6 and less. 0 for an empty summary.';

CREATE FUNCTION responses(summary survey_summary) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_responses';
COMMENT ON FUNCTION responses(survey_summary) IS
    'Number of answers. 0 for an empty summary.';

CREATE FUNCTION csat(summary survey_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_csat';
COMMENT ON FUNCTION csat(survey_summary) IS
    'Customer satisfaction: 100 * (scores >= threshold) / (all scores). Percent from 0 to 100, higher is better. Threshold 4, of a scale of 1 to 5. NULL for an empty summary.';

CREATE FUNCTION csat(summary survey_summary, threshold double precision) RETURNS numeric
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_csat';
COMMENT ON FUNCTION csat(survey_summary, double precision) IS
    'Customer satisfaction: 100 * (scores >= threshold) / (all scores). Percent from 0 to 100, higher is better. NULL for an empty summary. 22023 for a threshold outside 0 to 10, and for a fractional one that the summary cannot answer exactly because it holds more than 100 distinct fractional scores.';

CREATE FUNCTION css(summary survey_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_csat';
COMMENT ON FUNCTION css(survey_summary) IS
    'Customer service satisfaction, asked after a sale: as csat, 100 * (scores >= threshold) / (all scores). Percent from 0 to 100, higher is better. Threshold 4, of a scale of 1 to 5. NULL for an empty summary.';

CREATE FUNCTION css(summary survey_summary, threshold double precision) RETURNS numeric
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_csat';
COMMENT ON FUNCTION css(survey_summary, double precision) IS
    'Customer service satisfaction, asked after a sale: as csat, 100 * (scores >= threshold) / (all scores). Percent from 0 to 100, higher is better. NULL for an empty summary. 22023 for a threshold outside 0 to 10, and for a fractional one that the summary cannot answer exactly because it holds more than 100 distinct fractional scores.';

CREATE FUNCTION csat_ci(summary survey_summary) RETURNS numrange
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_csat_ci';
COMMENT ON FUNCTION csat_ci(survey_summary) IS
    'Support function of the csat_ci aggregates: the interval at the threshold that the aggregate was called with. 22023 for a summary without one; use csat_ci(summary, threshold).';

CREATE FUNCTION csat_ci(summary survey_summary, threshold double precision) RETURNS numrange
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_csat_ci';
COMMENT ON FUNCTION csat_ci(survey_summary, double precision) IS
    'Confidence interval of CSAT in percent, as a closed numrange: Wilson score interval of (scores >= threshold) in (all scores). At 95 %. NULL for an empty summary. 22023 for a threshold outside 0 to 10, and for a fractional one that the summary cannot answer exactly because it holds more than 100 distinct fractional scores.';

CREATE FUNCTION csat_ci(
    summary survey_summary,
    threshold double precision,
    confidence double precision
) RETURNS numrange
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_csat_ci';
COMMENT ON FUNCTION csat_ci(survey_summary, double precision, double precision) IS
    'Confidence interval of CSAT in percent, as a closed numrange: Wilson score interval of (scores >= threshold) in (all scores). Confidence between 0 and 1, both excluded. NULL for an empty summary. 22023 for a threshold outside 0 to 10, and for a fractional one that the summary cannot answer exactly because it holds more than 100 distinct fractional scores. 22023 also for another confidence.';

CREATE FUNCTION ces(summary survey_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_ces';
COMMENT ON FUNCTION ces(survey_summary) IS
    'Customer Effort Score: mean effort rating, sum / count, on the scale that was asked. Whether high is easy depends on the question; nothing is flipped. NULL for an empty summary.';

CREATE FUNCTION ces_easy_rate(summary survey_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_ces_easy_rate';
COMMENT ON FUNCTION ces_easy_rate(survey_summary) IS
    'Support function of the ces_easy_rate aggregates: the share at the threshold that the aggregate was called with. 22023 for a summary without one; use ces_easy_rate(summary, threshold).';

CREATE FUNCTION ces_easy_rate(summary survey_summary, threshold double precision) RETURNS numeric
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_ces_easy_rate';
COMMENT ON FUNCTION ces_easy_rate(survey_summary, double precision) IS
    'Share of easy experiences, for scales where high is easy: 100 * (scores >= threshold) / (all scores). Percent from 0 to 100, higher is better. NULL for an empty summary. 22023 for a threshold outside 0 to 10, and for a fractional one that the summary cannot answer exactly because it holds more than 100 distinct fractional scores.';

CREATE FUNCTION score_distribution(
    summary survey_summary,
    OUT score numeric,
    OUT responses bigint,
    OUT share numeric
) RETURNS SETOF record
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_score_distribution';
COMMENT ON FUNCTION score_distribution(survey_summary) IS
    'Histogram: each score that was given, its responses and their share of all in percent, in order of the score. No rows for an empty summary; 22023 for one with more than 100 distinct fractional scores.';

CREATE FUNCTION nps_test(
    a survey_summary,
    b survey_summary,
    OUT difference numeric,
    OUT z numeric,
    OUT p_value numeric
)
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_nps_test';
COMMENT ON FUNCTION nps_test(survey_summary, survey_summary) IS
    'Is the change of NPS from a to b real, or noise? difference = nps(b) - nps(a) in points; z and the two-sided p_value by adjusted Wald (3/4 promoter, 3/2 passive, 3/4 detractor added on each side). A p_value below 0.05 is commonly called significant. NULL when a side is empty; z and p_value are NULL when so few answers are there that the adjusted scores differ the other way round. Source: Lewis and Sauro (2020).';

CREATE FUNCTION csat_test(
    a survey_summary,
    b survey_summary,
    threshold double precision,
    OUT difference numeric,
    OUT z numeric,
    OUT p_value numeric
)
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_csat_test';
COMMENT ON FUNCTION csat_test(survey_summary, survey_summary, double precision) IS
    'Is the change of CSAT from a to b real, or noise? difference = csat(b) - csat(a) in percentage points; z and the two-sided p_value of the pooled two-proportion z-test. NULL when a side is empty; z and p_value are NULL when all answers of both sides fall on one side of the threshold. 22023 for a threshold outside 0 to 10, and for a fractional one that the summary cannot answer exactly because it holds more than 100 distinct fractional scores.';
-- Plain functions: from counts that are already there, and row by row for tools that can only
-- average a column.

CREATE FUNCTION nps_from_counts(
    promoters bigint,
    passives bigint,
    detractors bigint
) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_nps_from_counts_int8';
COMMENT ON FUNCTION nps_from_counts(bigint, bigint, bigint) IS
    'NPS from counts: 100 * (promoters - detractors) / (promoters + passives + detractors). Points from -100 to 100, higher is better. NULL when a count is NULL or all are 0; 22003 for a negative count, NaN or infinity.';

CREATE FUNCTION nps_from_counts(
    promoters double precision,
    passives double precision,
    detractors double precision
) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_nps_from_counts_float8';
COMMENT ON FUNCTION nps_from_counts(double precision, double precision, double precision) IS
    'NPS from counts: 100 * (promoters - detractors) / (promoters + passives + detractors). Points from -100 to 100, higher is better. NULL when a count is NULL or all are 0; 22003 for a negative count, NaN or infinity.';

CREATE FUNCTION nps_from_counts(
    promoters numeric,
    passives numeric,
    detractors numeric
) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_nps_from_counts_numeric';
COMMENT ON FUNCTION nps_from_counts(numeric, numeric, numeric) IS
    'NPS from counts: 100 * (promoters - detractors) / (promoters + passives + detractors). Points from -100 to 100, higher is better. NULL when a count is NULL or all are 0; 22003 for a negative count, NaN or infinity.';

CREATE FUNCTION csat_from_counts(positive bigint, total bigint) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_csat_from_counts_int8';
COMMENT ON FUNCTION csat_from_counts(bigint, bigint) IS
    'CSAT from counts: 100 * positive / total. Percent from 0 to 100, higher is better. NULL when a count is NULL or total is 0; 22003 for a negative count, positive above total, NaN or infinity.';

CREATE FUNCTION csat_from_counts(positive double precision, total double precision) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_csat_from_counts_float8';
COMMENT ON FUNCTION csat_from_counts(double precision, double precision) IS
    'CSAT from counts: 100 * positive / total. Percent from 0 to 100, higher is better. NULL when a count is NULL or total is 0; 22003 for a negative count, positive above total, NaN or infinity.';

CREATE FUNCTION csat_from_counts(positive numeric, total numeric) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_csat_from_counts_numeric';
COMMENT ON FUNCTION csat_from_counts(numeric, numeric) IS
    'CSAT from counts: 100 * positive / total. Percent from 0 to 100, higher is better. NULL when a count is NULL or total is 0; 22003 for a negative count, positive above total, NaN or infinity.';

CREATE FUNCTION nps_points(score smallint) RETURNS integer
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_nps_points_int2';
COMMENT ON FUNCTION nps_points(smallint) IS
    '100 for a promoter (score >= 9), -100 for a detractor (score <= 6), 0 for a passive, so that avg(nps_points(score)) is the NPS. NULL for NULL; 22003 for a score outside 0 to 10.';

CREATE FUNCTION nps_points(score integer) RETURNS integer
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_nps_points_int4';
COMMENT ON FUNCTION nps_points(integer) IS
    '100 for a promoter (score >= 9), -100 for a detractor (score <= 6), 0 for a passive, so that avg(nps_points(score)) is the NPS. NULL for NULL; 22003 for a score outside 0 to 10.';

CREATE FUNCTION nps_points(score bigint) RETURNS integer
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_nps_points_int8';
COMMENT ON FUNCTION nps_points(bigint) IS
    '100 for a promoter (score >= 9), -100 for a detractor (score <= 6), 0 for a passive, so that avg(nps_points(score)) is the NPS. NULL for NULL; 22003 for a score outside 0 to 10.';

CREATE FUNCTION nps_points(score real) RETURNS integer
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_nps_points_float4';
COMMENT ON FUNCTION nps_points(real) IS
    '100 for a promoter (score >= 9), -100 for a detractor (score <= 6), 0 for a passive, so that avg(nps_points(score)) is the NPS. NULL for NULL; 22003 for a score outside 0 to 10.';

CREATE FUNCTION nps_points(score double precision) RETURNS integer
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_nps_points_float8';
COMMENT ON FUNCTION nps_points(double precision) IS
    '100 for a promoter (score >= 9), -100 for a detractor (score <= 6), 0 for a passive, so that avg(nps_points(score)) is the NPS. NULL for NULL; 22003 for a score outside 0 to 10.';

CREATE FUNCTION nps_points(score numeric) RETURNS integer
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_nps_points_numeric';
COMMENT ON FUNCTION nps_points(numeric) IS
    '100 for a promoter (score >= 9), -100 for a detractor (score <= 6), 0 for a passive, so that avg(nps_points(score)) is the NPS. NULL for NULL; 22003 for a score outside 0 to 10.';

CREATE FUNCTION csat_points(score smallint, threshold double precision) RETURNS integer
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_csat_points_int2';
COMMENT ON FUNCTION csat_points(smallint, double precision) IS
    '100 for a score that reaches the threshold, otherwise 0, so that avg(csat_points(score, threshold)) is the CSAT. NULL for a NULL score; 22003 for a score and 22023 for a threshold outside 0 to 10.';

CREATE FUNCTION csat_points(score integer, threshold double precision) RETURNS integer
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_csat_points_int4';
COMMENT ON FUNCTION csat_points(integer, double precision) IS
    '100 for a score that reaches the threshold, otherwise 0, so that avg(csat_points(score, threshold)) is the CSAT. NULL for a NULL score; 22003 for a score and 22023 for a threshold outside 0 to 10.';

CREATE FUNCTION csat_points(score bigint, threshold double precision) RETURNS integer
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_csat_points_int8';
COMMENT ON FUNCTION csat_points(bigint, double precision) IS
    '100 for a score that reaches the threshold, otherwise 0, so that avg(csat_points(score, threshold)) is the CSAT. NULL for a NULL score; 22003 for a score and 22023 for a threshold outside 0 to 10.';

CREATE FUNCTION csat_points(score real, threshold double precision) RETURNS integer
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_csat_points_float4';
COMMENT ON FUNCTION csat_points(real, double precision) IS
    '100 for a score that reaches the threshold, otherwise 0, so that avg(csat_points(score, threshold)) is the CSAT. NULL for a NULL score; 22003 for a score and 22023 for a threshold outside 0 to 10.';

CREATE FUNCTION csat_points(score double precision, threshold double precision) RETURNS integer
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_csat_points_float8';
COMMENT ON FUNCTION csat_points(double precision, double precision) IS
    '100 for a score that reaches the threshold, otherwise 0, so that avg(csat_points(score, threshold)) is the CSAT. NULL for a NULL score; 22003 for a score and 22023 for a threshold outside 0 to 10.';

CREATE FUNCTION csat_points(score numeric, threshold double precision) RETURNS integer
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_csat_points_numeric';
COMMENT ON FUNCTION csat_points(numeric, double precision) IS
    '100 for a score that reaches the threshold, otherwise 0, so that avg(csat_points(score, threshold)) is the CSAT. NULL for a NULL score; 22003 for a score and 22023 for a threshold outside 0 to 10.';

CREATE FUNCTION nps_class(score smallint) RETURNS text
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_nps_class_int2';
COMMENT ON FUNCTION nps_class(smallint) IS
    'Class of one answer: ''promoter'' (score >= 9), ''detractor'' (score <= 6) or ''passive''. NULL for NULL; 22003 for a score outside 0 to 10.';

CREATE FUNCTION nps_class(score integer) RETURNS text
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_nps_class_int4';
COMMENT ON FUNCTION nps_class(integer) IS
    'Class of one answer: ''promoter'' (score >= 9), ''detractor'' (score <= 6) or ''passive''. NULL for NULL; 22003 for a score outside 0 to 10.';

CREATE FUNCTION nps_class(score bigint) RETURNS text
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_nps_class_int8';
COMMENT ON FUNCTION nps_class(bigint) IS
    'Class of one answer: ''promoter'' (score >= 9), ''detractor'' (score <= 6) or ''passive''. NULL for NULL; 22003 for a score outside 0 to 10.';

CREATE FUNCTION nps_class(score real) RETURNS text
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_nps_class_float4';
COMMENT ON FUNCTION nps_class(real) IS
    'Class of one answer: ''promoter'' (score >= 9), ''detractor'' (score <= 6) or ''passive''. NULL for NULL; 22003 for a score outside 0 to 10.';

CREATE FUNCTION nps_class(score double precision) RETURNS text
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_nps_class_float8';
COMMENT ON FUNCTION nps_class(double precision) IS
    'Class of one answer: ''promoter'' (score >= 9), ''detractor'' (score <= 6) or ''passive''. NULL for NULL; 22003 for a score outside 0 to 10.';

CREATE FUNCTION nps_class(score numeric) RETURNS text
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_nps_class_numeric';
COMMENT ON FUNCTION nps_class(numeric) IS
    'Class of one answer: ''promoter'' (score >= 9), ''detractor'' (score <= 6) or ''passive''. NULL for NULL; 22003 for a score outside 0 to 10.';
-- Net Promoter Score: one-step aggregates over raw scores.

CREATE AGGREGATE nps(score smallint) (
    SFUNC = survey_accum, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = nps, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum, MINVFUNC = survey_remove, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = nps
);
COMMENT ON AGGREGATE nps(smallint) IS
    'Net Promoter Score: % promoters (score >= 9) minus % detractors (score <= 6). Points from -100 to 100, higher is better. NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10.';

CREATE AGGREGATE nps(score integer) (
    SFUNC = survey_accum, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = nps, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum, MINVFUNC = survey_remove, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = nps
);
COMMENT ON AGGREGATE nps(integer) IS
    'Net Promoter Score: % promoters (score >= 9) minus % detractors (score <= 6). Points from -100 to 100, higher is better. NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10.';

CREATE AGGREGATE nps(score bigint) (
    SFUNC = survey_accum, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = nps, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum, MINVFUNC = survey_remove, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = nps
);
COMMENT ON AGGREGATE nps(bigint) IS
    'Net Promoter Score: % promoters (score >= 9) minus % detractors (score <= 6). Points from -100 to 100, higher is better. NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10.';

CREATE AGGREGATE nps(score real) (
    SFUNC = survey_accum, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = nps, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum, MINVFUNC = survey_remove, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = nps
);
COMMENT ON AGGREGATE nps(real) IS
    'Net Promoter Score: % promoters (score >= 9) minus % detractors (score <= 6). Points from -100 to 100, higher is better. NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10.';

CREATE AGGREGATE nps(score double precision) (
    SFUNC = survey_accum, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = nps, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum, MINVFUNC = survey_remove, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = nps
);
COMMENT ON AGGREGATE nps(double precision) IS
    'Net Promoter Score: % promoters (score >= 9) minus % detractors (score <= 6). Points from -100 to 100, higher is better. NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10.';

CREATE AGGREGATE nps(score numeric) (
    SFUNC = survey_accum, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = nps, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum, MINVFUNC = survey_remove, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = nps
);
COMMENT ON AGGREGATE nps(numeric) IS
    'Net Promoter Score: % promoters (score >= 9) minus % detractors (score <= 6). Points from -100 to 100, higher is better. NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10.';

CREATE AGGREGATE enps(score smallint) (
    SFUNC = survey_accum, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = enps, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum, MINVFUNC = survey_remove, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = enps
);
COMMENT ON AGGREGATE enps(smallint) IS
    'Employee Net Promoter Score: as nps, for answers of employees. Points from -100 to 100, higher is better. NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10.';

CREATE AGGREGATE enps(score integer) (
    SFUNC = survey_accum, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = enps, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum, MINVFUNC = survey_remove, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = enps
);
COMMENT ON AGGREGATE enps(integer) IS
    'Employee Net Promoter Score: as nps, for answers of employees. Points from -100 to 100, higher is better. NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10.';

CREATE AGGREGATE enps(score bigint) (
    SFUNC = survey_accum, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = enps, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum, MINVFUNC = survey_remove, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = enps
);
COMMENT ON AGGREGATE enps(bigint) IS
    'Employee Net Promoter Score: as nps, for answers of employees. Points from -100 to 100, higher is better. NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10.';

CREATE AGGREGATE enps(score real) (
    SFUNC = survey_accum, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = enps, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum, MINVFUNC = survey_remove, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = enps
);
COMMENT ON AGGREGATE enps(real) IS
    'Employee Net Promoter Score: as nps, for answers of employees. Points from -100 to 100, higher is better. NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10.';

CREATE AGGREGATE enps(score double precision) (
    SFUNC = survey_accum, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = enps, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum, MINVFUNC = survey_remove, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = enps
);
COMMENT ON AGGREGATE enps(double precision) IS
    'Employee Net Promoter Score: as nps, for answers of employees. Points from -100 to 100, higher is better. NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10.';

CREATE AGGREGATE enps(score numeric) (
    SFUNC = survey_accum, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = enps, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum, MINVFUNC = survey_remove, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = enps
);
COMMENT ON AGGREGATE enps(numeric) IS
    'Employee Net Promoter Score: as nps, for answers of employees. Points from -100 to 100, higher is better. NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10.';
-- How sure the NPS is: its confidence interval and margin of error.

CREATE AGGREGATE nps_ci(score smallint) (
    SFUNC = survey_accum, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = nps_ci, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum, MINVFUNC = survey_remove, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = nps_ci
);
COMMENT ON AGGREGATE nps_ci(smallint) IS
    'Confidence interval of the NPS in points, as a closed numrange: adjusted Wald (3/4 promoter, 3/2 passive and 3/4 detractor added), clamped to -100 and 100. Its centre is n / (n + 3) of the NPS. At 95 %. NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10.';

CREATE AGGREGATE nps_ci(score integer) (
    SFUNC = survey_accum, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = nps_ci, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum, MINVFUNC = survey_remove, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = nps_ci
);
COMMENT ON AGGREGATE nps_ci(integer) IS
    'Confidence interval of the NPS in points, as a closed numrange: adjusted Wald (3/4 promoter, 3/2 passive and 3/4 detractor added), clamped to -100 and 100. Its centre is n / (n + 3) of the NPS. At 95 %. NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10.';

CREATE AGGREGATE nps_ci(score bigint) (
    SFUNC = survey_accum, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = nps_ci, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum, MINVFUNC = survey_remove, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = nps_ci
);
COMMENT ON AGGREGATE nps_ci(bigint) IS
    'Confidence interval of the NPS in points, as a closed numrange: adjusted Wald (3/4 promoter, 3/2 passive and 3/4 detractor added), clamped to -100 and 100. Its centre is n / (n + 3) of the NPS. At 95 %. NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10.';

CREATE AGGREGATE nps_ci(score real) (
    SFUNC = survey_accum, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = nps_ci, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum, MINVFUNC = survey_remove, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = nps_ci
);
COMMENT ON AGGREGATE nps_ci(real) IS
    'Confidence interval of the NPS in points, as a closed numrange: adjusted Wald (3/4 promoter, 3/2 passive and 3/4 detractor added), clamped to -100 and 100. Its centre is n / (n + 3) of the NPS. At 95 %. NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10.';

CREATE AGGREGATE nps_ci(score double precision) (
    SFUNC = survey_accum, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = nps_ci, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum, MINVFUNC = survey_remove, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = nps_ci
);
COMMENT ON AGGREGATE nps_ci(double precision) IS
    'Confidence interval of the NPS in points, as a closed numrange: adjusted Wald (3/4 promoter, 3/2 passive and 3/4 detractor added), clamped to -100 and 100. Its centre is n / (n + 3) of the NPS. At 95 %. NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10.';

CREATE AGGREGATE nps_ci(score numeric) (
    SFUNC = survey_accum, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = nps_ci, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum, MINVFUNC = survey_remove, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = nps_ci
);
COMMENT ON AGGREGATE nps_ci(numeric) IS
    'Confidence interval of the NPS in points, as a closed numrange: adjusted Wald (3/4 promoter, 3/2 passive and 3/4 detractor added), clamped to -100 and 100. Its centre is n / (n + 3) of the NPS. At 95 %. NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10.';

CREATE AGGREGATE nps_ci(score smallint, confidence double precision) (
    SFUNC = survey_accum_confidence, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = nps_ci, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum_confidence, MINVFUNC = survey_remove_confidence, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = nps_ci
);
COMMENT ON AGGREGATE nps_ci(smallint, double precision) IS
    'Confidence interval of the NPS in points, as a closed numrange: adjusted Wald (3/4 promoter, 3/2 passive and 3/4 detractor added), clamped to -100 and 100. Its centre is n / (n + 3) of the NPS. NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10. 22023 for a confidence that is NULL, not between 0 and 1, or varies within a group.';

CREATE AGGREGATE nps_ci(score integer, confidence double precision) (
    SFUNC = survey_accum_confidence, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = nps_ci, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum_confidence, MINVFUNC = survey_remove_confidence, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = nps_ci
);
COMMENT ON AGGREGATE nps_ci(integer, double precision) IS
    'Confidence interval of the NPS in points, as a closed numrange: adjusted Wald (3/4 promoter, 3/2 passive and 3/4 detractor added), clamped to -100 and 100. Its centre is n / (n + 3) of the NPS. NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10. 22023 for a confidence that is NULL, not between 0 and 1, or varies within a group.';

CREATE AGGREGATE nps_ci(score bigint, confidence double precision) (
    SFUNC = survey_accum_confidence, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = nps_ci, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum_confidence, MINVFUNC = survey_remove_confidence, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = nps_ci
);
COMMENT ON AGGREGATE nps_ci(bigint, double precision) IS
    'Confidence interval of the NPS in points, as a closed numrange: adjusted Wald (3/4 promoter, 3/2 passive and 3/4 detractor added), clamped to -100 and 100. Its centre is n / (n + 3) of the NPS. NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10. 22023 for a confidence that is NULL, not between 0 and 1, or varies within a group.';

CREATE AGGREGATE nps_ci(score real, confidence double precision) (
    SFUNC = survey_accum_confidence, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = nps_ci, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum_confidence, MINVFUNC = survey_remove_confidence, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = nps_ci
);
COMMENT ON AGGREGATE nps_ci(real, double precision) IS
    'Confidence interval of the NPS in points, as a closed numrange: adjusted Wald (3/4 promoter, 3/2 passive and 3/4 detractor added), clamped to -100 and 100. Its centre is n / (n + 3) of the NPS. NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10. 22023 for a confidence that is NULL, not between 0 and 1, or varies within a group.';

CREATE AGGREGATE nps_ci(score double precision, confidence double precision) (
    SFUNC = survey_accum_confidence, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = nps_ci, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum_confidence, MINVFUNC = survey_remove_confidence, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = nps_ci
);
COMMENT ON AGGREGATE nps_ci(double precision, double precision) IS
    'Confidence interval of the NPS in points, as a closed numrange: adjusted Wald (3/4 promoter, 3/2 passive and 3/4 detractor added), clamped to -100 and 100. Its centre is n / (n + 3) of the NPS. NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10. 22023 for a confidence that is NULL, not between 0 and 1, or varies within a group.';

CREATE AGGREGATE nps_ci(score numeric, confidence double precision) (
    SFUNC = survey_accum_confidence, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = nps_ci, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum_confidence, MINVFUNC = survey_remove_confidence, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = nps_ci
);
COMMENT ON AGGREGATE nps_ci(numeric, double precision) IS
    'Confidence interval of the NPS in points, as a closed numrange: adjusted Wald (3/4 promoter, 3/2 passive and 3/4 detractor added), clamped to -100 and 100. Its centre is n / (n + 3) of the NPS. NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10. 22023 for a confidence that is NULL, not between 0 and 1, or varies within a group.';

CREATE AGGREGATE nps_margin(score smallint) (
    SFUNC = survey_accum, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = nps_margin, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum, MINVFUNC = survey_remove, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = nps_margin
);
COMMENT ON AGGREGATE nps_margin(smallint) IS
    'Margin of error of the NPS in points: half the width of its confidence interval, before that is clamped to -100 and 100, by adjusted Wald (3/4 promoter, 3/2 passive and 3/4 detractor added), z * sqrt((p + d - (p - d)^2) / (n + 3)) * 100 with the adjusted shares p and d. At 95 %. NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10.';

CREATE AGGREGATE nps_margin(score integer) (
    SFUNC = survey_accum, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = nps_margin, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum, MINVFUNC = survey_remove, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = nps_margin
);
COMMENT ON AGGREGATE nps_margin(integer) IS
    'Margin of error of the NPS in points: half the width of its confidence interval, before that is clamped to -100 and 100, by adjusted Wald (3/4 promoter, 3/2 passive and 3/4 detractor added), z * sqrt((p + d - (p - d)^2) / (n + 3)) * 100 with the adjusted shares p and d. At 95 %. NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10.';

CREATE AGGREGATE nps_margin(score bigint) (
    SFUNC = survey_accum, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = nps_margin, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum, MINVFUNC = survey_remove, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = nps_margin
);
COMMENT ON AGGREGATE nps_margin(bigint) IS
    'Margin of error of the NPS in points: half the width of its confidence interval, before that is clamped to -100 and 100, by adjusted Wald (3/4 promoter, 3/2 passive and 3/4 detractor added), z * sqrt((p + d - (p - d)^2) / (n + 3)) * 100 with the adjusted shares p and d. At 95 %. NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10.';

CREATE AGGREGATE nps_margin(score real) (
    SFUNC = survey_accum, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = nps_margin, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum, MINVFUNC = survey_remove, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = nps_margin
);
COMMENT ON AGGREGATE nps_margin(real) IS
    'Margin of error of the NPS in points: half the width of its confidence interval, before that is clamped to -100 and 100, by adjusted Wald (3/4 promoter, 3/2 passive and 3/4 detractor added), z * sqrt((p + d - (p - d)^2) / (n + 3)) * 100 with the adjusted shares p and d. At 95 %. NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10.';

CREATE AGGREGATE nps_margin(score double precision) (
    SFUNC = survey_accum, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = nps_margin, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum, MINVFUNC = survey_remove, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = nps_margin
);
COMMENT ON AGGREGATE nps_margin(double precision) IS
    'Margin of error of the NPS in points: half the width of its confidence interval, before that is clamped to -100 and 100, by adjusted Wald (3/4 promoter, 3/2 passive and 3/4 detractor added), z * sqrt((p + d - (p - d)^2) / (n + 3)) * 100 with the adjusted shares p and d. At 95 %. NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10.';

CREATE AGGREGATE nps_margin(score numeric) (
    SFUNC = survey_accum, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = nps_margin, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum, MINVFUNC = survey_remove, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = nps_margin
);
COMMENT ON AGGREGATE nps_margin(numeric) IS
    'Margin of error of the NPS in points: half the width of its confidence interval, before that is clamped to -100 and 100, by adjusted Wald (3/4 promoter, 3/2 passive and 3/4 detractor added), z * sqrt((p + d - (p - d)^2) / (n + 3)) * 100 with the adjusted shares p and d. At 95 %. NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10.';

CREATE AGGREGATE nps_margin(score smallint, confidence double precision) (
    SFUNC = survey_accum_confidence, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = nps_margin, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum_confidence, MINVFUNC = survey_remove_confidence, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = nps_margin
);
COMMENT ON AGGREGATE nps_margin(smallint, double precision) IS
    'Margin of error of the NPS in points: half the width of its confidence interval, before that is clamped to -100 and 100, by adjusted Wald (3/4 promoter, 3/2 passive and 3/4 detractor added), z * sqrt((p + d - (p - d)^2) / (n + 3)) * 100 with the adjusted shares p and d. NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10. 22023 for a confidence that is NULL, not between 0 and 1, or varies within a group.';

CREATE AGGREGATE nps_margin(score integer, confidence double precision) (
    SFUNC = survey_accum_confidence, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = nps_margin, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum_confidence, MINVFUNC = survey_remove_confidence, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = nps_margin
);
COMMENT ON AGGREGATE nps_margin(integer, double precision) IS
    'Margin of error of the NPS in points: half the width of its confidence interval, before that is clamped to -100 and 100, by adjusted Wald (3/4 promoter, 3/2 passive and 3/4 detractor added), z * sqrt((p + d - (p - d)^2) / (n + 3)) * 100 with the adjusted shares p and d. NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10. 22023 for a confidence that is NULL, not between 0 and 1, or varies within a group.';

CREATE AGGREGATE nps_margin(score bigint, confidence double precision) (
    SFUNC = survey_accum_confidence, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = nps_margin, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum_confidence, MINVFUNC = survey_remove_confidence, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = nps_margin
);
COMMENT ON AGGREGATE nps_margin(bigint, double precision) IS
    'Margin of error of the NPS in points: half the width of its confidence interval, before that is clamped to -100 and 100, by adjusted Wald (3/4 promoter, 3/2 passive and 3/4 detractor added), z * sqrt((p + d - (p - d)^2) / (n + 3)) * 100 with the adjusted shares p and d. NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10. 22023 for a confidence that is NULL, not between 0 and 1, or varies within a group.';

CREATE AGGREGATE nps_margin(score real, confidence double precision) (
    SFUNC = survey_accum_confidence, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = nps_margin, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum_confidence, MINVFUNC = survey_remove_confidence, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = nps_margin
);
COMMENT ON AGGREGATE nps_margin(real, double precision) IS
    'Margin of error of the NPS in points: half the width of its confidence interval, before that is clamped to -100 and 100, by adjusted Wald (3/4 promoter, 3/2 passive and 3/4 detractor added), z * sqrt((p + d - (p - d)^2) / (n + 3)) * 100 with the adjusted shares p and d. NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10. 22023 for a confidence that is NULL, not between 0 and 1, or varies within a group.';

CREATE AGGREGATE nps_margin(score double precision, confidence double precision) (
    SFUNC = survey_accum_confidence, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = nps_margin, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum_confidence, MINVFUNC = survey_remove_confidence, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = nps_margin
);
COMMENT ON AGGREGATE nps_margin(double precision, double precision) IS
    'Margin of error of the NPS in points: half the width of its confidence interval, before that is clamped to -100 and 100, by adjusted Wald (3/4 promoter, 3/2 passive and 3/4 detractor added), z * sqrt((p + d - (p - d)^2) / (n + 3)) * 100 with the adjusted shares p and d. NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10. 22023 for a confidence that is NULL, not between 0 and 1, or varies within a group.';

CREATE AGGREGATE nps_margin(score numeric, confidence double precision) (
    SFUNC = survey_accum_confidence, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = nps_margin, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum_confidence, MINVFUNC = survey_remove_confidence, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = nps_margin
);
COMMENT ON AGGREGATE nps_margin(numeric, double precision) IS
    'Margin of error of the NPS in points: half the width of its confidence interval, before that is clamped to -100 and 100, by adjusted Wald (3/4 promoter, 3/2 passive and 3/4 detractor added), z * sqrt((p + d - (p - d)^2) / (n + 3)) * 100 with the adjusted shares p and d. NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10. 22023 for a confidence that is NULL, not between 0 and 1, or varies within a group.';
-- Counts of answers and of net-promoter classes.

CREATE AGGREGATE promoters(score smallint) (
    SFUNC = survey_accum, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = promoters, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum, MINVFUNC = survey_remove, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = promoters
);
COMMENT ON AGGREGATE promoters(smallint) IS
    'Number of promoters: scores of 9 and more. NULL scores are skipped; 0 without any score. 22003 for a score outside 0 to 10.';

CREATE AGGREGATE promoters(score integer) (
    SFUNC = survey_accum, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = promoters, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum, MINVFUNC = survey_remove, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = promoters
);
COMMENT ON AGGREGATE promoters(integer) IS
    'Number of promoters: scores of 9 and more. NULL scores are skipped; 0 without any score. 22003 for a score outside 0 to 10.';

CREATE AGGREGATE promoters(score bigint) (
    SFUNC = survey_accum, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = promoters, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum, MINVFUNC = survey_remove, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = promoters
);
COMMENT ON AGGREGATE promoters(bigint) IS
    'Number of promoters: scores of 9 and more. NULL scores are skipped; 0 without any score. 22003 for a score outside 0 to 10.';

CREATE AGGREGATE promoters(score real) (
    SFUNC = survey_accum, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = promoters, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum, MINVFUNC = survey_remove, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = promoters
);
COMMENT ON AGGREGATE promoters(real) IS
    'Number of promoters: scores of 9 and more. NULL scores are skipped; 0 without any score. 22003 for a score outside 0 to 10.';

CREATE AGGREGATE promoters(score double precision) (
    SFUNC = survey_accum, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = promoters, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum, MINVFUNC = survey_remove, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = promoters
);
COMMENT ON AGGREGATE promoters(double precision) IS
    'Number of promoters: scores of 9 and more. NULL scores are skipped; 0 without any score. 22003 for a score outside 0 to 10.';

CREATE AGGREGATE promoters(score numeric) (
    SFUNC = survey_accum, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = promoters, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum, MINVFUNC = survey_remove, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = promoters
);
COMMENT ON AGGREGATE promoters(numeric) IS
    'Number of promoters: scores of 9 and more. NULL scores are skipped; 0 without any score. 22003 for a score outside 0 to 10.';

CREATE AGGREGATE passives(score smallint) (
    SFUNC = survey_accum, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = passives, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum, MINVFUNC = survey_remove, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = passives
);
COMMENT ON AGGREGATE passives(smallint) IS
    'Number of passives: scores between 6 and 9, both excluded. NULL scores are skipped; 0 without any score. 22003 for a score outside 0 to 10.';

CREATE AGGREGATE passives(score integer) (
    SFUNC = survey_accum, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = passives, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum, MINVFUNC = survey_remove, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = passives
);
COMMENT ON AGGREGATE passives(integer) IS
    'Number of passives: scores between 6 and 9, both excluded. NULL scores are skipped; 0 without any score. 22003 for a score outside 0 to 10.';

CREATE AGGREGATE passives(score bigint) (
    SFUNC = survey_accum, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = passives, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum, MINVFUNC = survey_remove, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = passives
);
COMMENT ON AGGREGATE passives(bigint) IS
    'Number of passives: scores between 6 and 9, both excluded. NULL scores are skipped; 0 without any score. 22003 for a score outside 0 to 10.';

CREATE AGGREGATE passives(score real) (
    SFUNC = survey_accum, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = passives, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum, MINVFUNC = survey_remove, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = passives
);
COMMENT ON AGGREGATE passives(real) IS
    'Number of passives: scores between 6 and 9, both excluded. NULL scores are skipped; 0 without any score. 22003 for a score outside 0 to 10.';

CREATE AGGREGATE passives(score double precision) (
    SFUNC = survey_accum, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = passives, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum, MINVFUNC = survey_remove, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = passives
);
COMMENT ON AGGREGATE passives(double precision) IS
    'Number of passives: scores between 6 and 9, both excluded. NULL scores are skipped; 0 without any score. 22003 for a score outside 0 to 10.';

CREATE AGGREGATE passives(score numeric) (
    SFUNC = survey_accum, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = passives, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum, MINVFUNC = survey_remove, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = passives
);
COMMENT ON AGGREGATE passives(numeric) IS
    'Number of passives: scores between 6 and 9, both excluded. NULL scores are skipped; 0 without any score. 22003 for a score outside 0 to 10.';

CREATE AGGREGATE detractors(score smallint) (
    SFUNC = survey_accum, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = detractors, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum, MINVFUNC = survey_remove, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = detractors
);
COMMENT ON AGGREGATE detractors(smallint) IS
    'Number of detractors: scores of 6 and less. NULL scores are skipped; 0 without any score. 22003 for a score outside 0 to 10.';

CREATE AGGREGATE detractors(score integer) (
    SFUNC = survey_accum, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = detractors, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum, MINVFUNC = survey_remove, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = detractors
);
COMMENT ON AGGREGATE detractors(integer) IS
    'Number of detractors: scores of 6 and less. NULL scores are skipped; 0 without any score. 22003 for a score outside 0 to 10.';

CREATE AGGREGATE detractors(score bigint) (
    SFUNC = survey_accum, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = detractors, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum, MINVFUNC = survey_remove, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = detractors
);
COMMENT ON AGGREGATE detractors(bigint) IS
    'Number of detractors: scores of 6 and less. NULL scores are skipped; 0 without any score. 22003 for a score outside 0 to 10.';

CREATE AGGREGATE detractors(score real) (
    SFUNC = survey_accum, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = detractors, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum, MINVFUNC = survey_remove, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = detractors
);
COMMENT ON AGGREGATE detractors(real) IS
    'Number of detractors: scores of 6 and less. NULL scores are skipped; 0 without any score. 22003 for a score outside 0 to 10.';

CREATE AGGREGATE detractors(score double precision) (
    SFUNC = survey_accum, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = detractors, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum, MINVFUNC = survey_remove, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = detractors
);
COMMENT ON AGGREGATE detractors(double precision) IS
    'Number of detractors: scores of 6 and less. NULL scores are skipped; 0 without any score. 22003 for a score outside 0 to 10.';

CREATE AGGREGATE detractors(score numeric) (
    SFUNC = survey_accum, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = detractors, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum, MINVFUNC = survey_remove, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = detractors
);
COMMENT ON AGGREGATE detractors(numeric) IS
    'Number of detractors: scores of 6 and less. NULL scores are skipped; 0 without any score. 22003 for a score outside 0 to 10.';

CREATE AGGREGATE responses(score smallint) (
    SFUNC = survey_accum, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = responses, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum, MINVFUNC = survey_remove, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = responses
);
COMMENT ON AGGREGATE responses(smallint) IS
    'Number of answers. NULL scores are skipped; 0 without any score. 22003 for a score outside 0 to 10.';

CREATE AGGREGATE responses(score integer) (
    SFUNC = survey_accum, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = responses, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum, MINVFUNC = survey_remove, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = responses
);
COMMENT ON AGGREGATE responses(integer) IS
    'Number of answers. NULL scores are skipped; 0 without any score. 22003 for a score outside 0 to 10.';

CREATE AGGREGATE responses(score bigint) (
    SFUNC = survey_accum, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = responses, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum, MINVFUNC = survey_remove, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = responses
);
COMMENT ON AGGREGATE responses(bigint) IS
    'Number of answers. NULL scores are skipped; 0 without any score. 22003 for a score outside 0 to 10.';

CREATE AGGREGATE responses(score real) (
    SFUNC = survey_accum, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = responses, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum, MINVFUNC = survey_remove, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = responses
);
COMMENT ON AGGREGATE responses(real) IS
    'Number of answers. NULL scores are skipped; 0 without any score. 22003 for a score outside 0 to 10.';

CREATE AGGREGATE responses(score double precision) (
    SFUNC = survey_accum, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = responses, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum, MINVFUNC = survey_remove, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = responses
);
COMMENT ON AGGREGATE responses(double precision) IS
    'Number of answers. NULL scores are skipped; 0 without any score. 22003 for a score outside 0 to 10.';

CREATE AGGREGATE responses(score numeric) (
    SFUNC = survey_accum, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = responses, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum, MINVFUNC = survey_remove, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = responses
);
COMMENT ON AGGREGATE responses(numeric) IS
    'Number of answers. NULL scores are skipped; 0 without any score. 22003 for a score outside 0 to 10.';
-- Satisfaction with the product (CSAT) and with the service after the sale (CSS).

CREATE AGGREGATE csat(score smallint) (
    SFUNC = survey_accum, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = csat, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum, MINVFUNC = survey_remove, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = csat
);
COMMENT ON AGGREGATE csat(smallint) IS
    'Customer satisfaction: 100 * (scores >= threshold) / (all scores). Percent from 0 to 100, higher is better. Threshold 4, of a scale of 1 to 5. NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10.';

CREATE AGGREGATE csat(score integer) (
    SFUNC = survey_accum, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = csat, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum, MINVFUNC = survey_remove, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = csat
);
COMMENT ON AGGREGATE csat(integer) IS
    'Customer satisfaction: 100 * (scores >= threshold) / (all scores). Percent from 0 to 100, higher is better. Threshold 4, of a scale of 1 to 5. NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10.';

CREATE AGGREGATE csat(score bigint) (
    SFUNC = survey_accum, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = csat, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum, MINVFUNC = survey_remove, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = csat
);
COMMENT ON AGGREGATE csat(bigint) IS
    'Customer satisfaction: 100 * (scores >= threshold) / (all scores). Percent from 0 to 100, higher is better. Threshold 4, of a scale of 1 to 5. NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10.';

CREATE AGGREGATE csat(score real) (
    SFUNC = survey_accum, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = csat, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum, MINVFUNC = survey_remove, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = csat
);
COMMENT ON AGGREGATE csat(real) IS
    'Customer satisfaction: 100 * (scores >= threshold) / (all scores). Percent from 0 to 100, higher is better. Threshold 4, of a scale of 1 to 5. NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10.';

CREATE AGGREGATE csat(score double precision) (
    SFUNC = survey_accum, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = csat, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum, MINVFUNC = survey_remove, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = csat
);
COMMENT ON AGGREGATE csat(double precision) IS
    'Customer satisfaction: 100 * (scores >= threshold) / (all scores). Percent from 0 to 100, higher is better. Threshold 4, of a scale of 1 to 5. NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10.';

CREATE AGGREGATE csat(score numeric) (
    SFUNC = survey_accum, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = csat, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum, MINVFUNC = survey_remove, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = csat
);
COMMENT ON AGGREGATE csat(numeric) IS
    'Customer satisfaction: 100 * (scores >= threshold) / (all scores). Percent from 0 to 100, higher is better. Threshold 4, of a scale of 1 to 5. NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10.';

CREATE AGGREGATE csat(score smallint, threshold double precision) (
    SFUNC = survey_accum_threshold, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = csat, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum_threshold, MINVFUNC = survey_remove_threshold, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = csat
);
COMMENT ON AGGREGATE csat(smallint, double precision) IS
    'Customer satisfaction: 100 * (scores >= threshold) / (all scores). Percent from 0 to 100, higher is better. NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10. 22023 for a threshold that is NULL, outside 0 to 10, or varies within a group.';

CREATE AGGREGATE csat(score integer, threshold double precision) (
    SFUNC = survey_accum_threshold, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = csat, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum_threshold, MINVFUNC = survey_remove_threshold, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = csat
);
COMMENT ON AGGREGATE csat(integer, double precision) IS
    'Customer satisfaction: 100 * (scores >= threshold) / (all scores). Percent from 0 to 100, higher is better. NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10. 22023 for a threshold that is NULL, outside 0 to 10, or varies within a group.';

CREATE AGGREGATE csat(score bigint, threshold double precision) (
    SFUNC = survey_accum_threshold, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = csat, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum_threshold, MINVFUNC = survey_remove_threshold, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = csat
);
COMMENT ON AGGREGATE csat(bigint, double precision) IS
    'Customer satisfaction: 100 * (scores >= threshold) / (all scores). Percent from 0 to 100, higher is better. NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10. 22023 for a threshold that is NULL, outside 0 to 10, or varies within a group.';

CREATE AGGREGATE csat(score real, threshold double precision) (
    SFUNC = survey_accum_threshold, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = csat, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum_threshold, MINVFUNC = survey_remove_threshold, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = csat
);
COMMENT ON AGGREGATE csat(real, double precision) IS
    'Customer satisfaction: 100 * (scores >= threshold) / (all scores). Percent from 0 to 100, higher is better. NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10. 22023 for a threshold that is NULL, outside 0 to 10, or varies within a group.';

CREATE AGGREGATE csat(score double precision, threshold double precision) (
    SFUNC = survey_accum_threshold, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = csat, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum_threshold, MINVFUNC = survey_remove_threshold, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = csat
);
COMMENT ON AGGREGATE csat(double precision, double precision) IS
    'Customer satisfaction: 100 * (scores >= threshold) / (all scores). Percent from 0 to 100, higher is better. NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10. 22023 for a threshold that is NULL, outside 0 to 10, or varies within a group.';

CREATE AGGREGATE csat(score numeric, threshold double precision) (
    SFUNC = survey_accum_threshold, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = csat, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum_threshold, MINVFUNC = survey_remove_threshold, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = csat
);
COMMENT ON AGGREGATE csat(numeric, double precision) IS
    'Customer satisfaction: 100 * (scores >= threshold) / (all scores). Percent from 0 to 100, higher is better. NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10. 22023 for a threshold that is NULL, outside 0 to 10, or varies within a group.';

CREATE AGGREGATE css(score smallint) (
    SFUNC = survey_accum, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = css, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum, MINVFUNC = survey_remove, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = css
);
COMMENT ON AGGREGATE css(smallint) IS
    'Customer service satisfaction, asked after a sale: as csat, 100 * (scores >= threshold) / (all scores). Percent from 0 to 100, higher is better. Threshold 4, of a scale of 1 to 5. NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10.';

CREATE AGGREGATE css(score integer) (
    SFUNC = survey_accum, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = css, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum, MINVFUNC = survey_remove, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = css
);
COMMENT ON AGGREGATE css(integer) IS
    'Customer service satisfaction, asked after a sale: as csat, 100 * (scores >= threshold) / (all scores). Percent from 0 to 100, higher is better. Threshold 4, of a scale of 1 to 5. NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10.';

CREATE AGGREGATE css(score bigint) (
    SFUNC = survey_accum, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = css, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum, MINVFUNC = survey_remove, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = css
);
COMMENT ON AGGREGATE css(bigint) IS
    'Customer service satisfaction, asked after a sale: as csat, 100 * (scores >= threshold) / (all scores). Percent from 0 to 100, higher is better. Threshold 4, of a scale of 1 to 5. NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10.';

CREATE AGGREGATE css(score real) (
    SFUNC = survey_accum, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = css, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum, MINVFUNC = survey_remove, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = css
);
COMMENT ON AGGREGATE css(real) IS
    'Customer service satisfaction, asked after a sale: as csat, 100 * (scores >= threshold) / (all scores). Percent from 0 to 100, higher is better. Threshold 4, of a scale of 1 to 5. NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10.';

CREATE AGGREGATE css(score double precision) (
    SFUNC = survey_accum, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = css, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum, MINVFUNC = survey_remove, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = css
);
COMMENT ON AGGREGATE css(double precision) IS
    'Customer service satisfaction, asked after a sale: as csat, 100 * (scores >= threshold) / (all scores). Percent from 0 to 100, higher is better. Threshold 4, of a scale of 1 to 5. NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10.';

CREATE AGGREGATE css(score numeric) (
    SFUNC = survey_accum, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = css, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum, MINVFUNC = survey_remove, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = css
);
COMMENT ON AGGREGATE css(numeric) IS
    'Customer service satisfaction, asked after a sale: as csat, 100 * (scores >= threshold) / (all scores). Percent from 0 to 100, higher is better. Threshold 4, of a scale of 1 to 5. NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10.';

CREATE AGGREGATE css(score smallint, threshold double precision) (
    SFUNC = survey_accum_threshold, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = css, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum_threshold, MINVFUNC = survey_remove_threshold, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = css
);
COMMENT ON AGGREGATE css(smallint, double precision) IS
    'Customer service satisfaction, asked after a sale: as csat, 100 * (scores >= threshold) / (all scores). Percent from 0 to 100, higher is better. NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10. 22023 for a threshold that is NULL, outside 0 to 10, or varies within a group.';

CREATE AGGREGATE css(score integer, threshold double precision) (
    SFUNC = survey_accum_threshold, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = css, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum_threshold, MINVFUNC = survey_remove_threshold, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = css
);
COMMENT ON AGGREGATE css(integer, double precision) IS
    'Customer service satisfaction, asked after a sale: as csat, 100 * (scores >= threshold) / (all scores). Percent from 0 to 100, higher is better. NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10. 22023 for a threshold that is NULL, outside 0 to 10, or varies within a group.';

CREATE AGGREGATE css(score bigint, threshold double precision) (
    SFUNC = survey_accum_threshold, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = css, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum_threshold, MINVFUNC = survey_remove_threshold, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = css
);
COMMENT ON AGGREGATE css(bigint, double precision) IS
    'Customer service satisfaction, asked after a sale: as csat, 100 * (scores >= threshold) / (all scores). Percent from 0 to 100, higher is better. NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10. 22023 for a threshold that is NULL, outside 0 to 10, or varies within a group.';

CREATE AGGREGATE css(score real, threshold double precision) (
    SFUNC = survey_accum_threshold, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = css, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum_threshold, MINVFUNC = survey_remove_threshold, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = css
);
COMMENT ON AGGREGATE css(real, double precision) IS
    'Customer service satisfaction, asked after a sale: as csat, 100 * (scores >= threshold) / (all scores). Percent from 0 to 100, higher is better. NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10. 22023 for a threshold that is NULL, outside 0 to 10, or varies within a group.';

CREATE AGGREGATE css(score double precision, threshold double precision) (
    SFUNC = survey_accum_threshold, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = css, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum_threshold, MINVFUNC = survey_remove_threshold, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = css
);
COMMENT ON AGGREGATE css(double precision, double precision) IS
    'Customer service satisfaction, asked after a sale: as csat, 100 * (scores >= threshold) / (all scores). Percent from 0 to 100, higher is better. NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10. 22023 for a threshold that is NULL, outside 0 to 10, or varies within a group.';

CREATE AGGREGATE css(score numeric, threshold double precision) (
    SFUNC = survey_accum_threshold, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = css, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum_threshold, MINVFUNC = survey_remove_threshold, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = css
);
COMMENT ON AGGREGATE css(numeric, double precision) IS
    'Customer service satisfaction, asked after a sale: as csat, 100 * (scores >= threshold) / (all scores). Percent from 0 to 100, higher is better. NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10. 22023 for a threshold that is NULL, outside 0 to 10, or varies within a group.';
-- How sure CSAT is: its confidence interval.

CREATE AGGREGATE csat_ci(score smallint, threshold double precision) (
    SFUNC = survey_accum_threshold, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = csat_ci, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum_threshold, MINVFUNC = survey_remove_threshold, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = csat_ci
);
COMMENT ON AGGREGATE csat_ci(smallint, double precision) IS
    'Confidence interval of CSAT in percent, as a closed numrange: Wilson score interval of (scores >= threshold) in (all scores). At 95 %. NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10. 22023 for a threshold that is NULL, outside 0 to 10, or varies within a group.';

CREATE AGGREGATE csat_ci(score integer, threshold double precision) (
    SFUNC = survey_accum_threshold, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = csat_ci, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum_threshold, MINVFUNC = survey_remove_threshold, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = csat_ci
);
COMMENT ON AGGREGATE csat_ci(integer, double precision) IS
    'Confidence interval of CSAT in percent, as a closed numrange: Wilson score interval of (scores >= threshold) in (all scores). At 95 %. NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10. 22023 for a threshold that is NULL, outside 0 to 10, or varies within a group.';

CREATE AGGREGATE csat_ci(score bigint, threshold double precision) (
    SFUNC = survey_accum_threshold, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = csat_ci, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum_threshold, MINVFUNC = survey_remove_threshold, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = csat_ci
);
COMMENT ON AGGREGATE csat_ci(bigint, double precision) IS
    'Confidence interval of CSAT in percent, as a closed numrange: Wilson score interval of (scores >= threshold) in (all scores). At 95 %. NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10. 22023 for a threshold that is NULL, outside 0 to 10, or varies within a group.';

CREATE AGGREGATE csat_ci(score real, threshold double precision) (
    SFUNC = survey_accum_threshold, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = csat_ci, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum_threshold, MINVFUNC = survey_remove_threshold, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = csat_ci
);
COMMENT ON AGGREGATE csat_ci(real, double precision) IS
    'Confidence interval of CSAT in percent, as a closed numrange: Wilson score interval of (scores >= threshold) in (all scores). At 95 %. NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10. 22023 for a threshold that is NULL, outside 0 to 10, or varies within a group.';

CREATE AGGREGATE csat_ci(score double precision, threshold double precision) (
    SFUNC = survey_accum_threshold, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = csat_ci, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum_threshold, MINVFUNC = survey_remove_threshold, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = csat_ci
);
COMMENT ON AGGREGATE csat_ci(double precision, double precision) IS
    'Confidence interval of CSAT in percent, as a closed numrange: Wilson score interval of (scores >= threshold) in (all scores). At 95 %. NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10. 22023 for a threshold that is NULL, outside 0 to 10, or varies within a group.';

CREATE AGGREGATE csat_ci(score numeric, threshold double precision) (
    SFUNC = survey_accum_threshold, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = csat_ci, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum_threshold, MINVFUNC = survey_remove_threshold, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = csat_ci
);
COMMENT ON AGGREGATE csat_ci(numeric, double precision) IS
    'Confidence interval of CSAT in percent, as a closed numrange: Wilson score interval of (scores >= threshold) in (all scores). At 95 %. NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10. 22023 for a threshold that is NULL, outside 0 to 10, or varies within a group.';

CREATE AGGREGATE csat_ci(score smallint, threshold double precision, confidence double precision) (
    SFUNC = survey_accum_both, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = csat_ci, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum_both, MINVFUNC = survey_remove_both, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = csat_ci
);
COMMENT ON AGGREGATE csat_ci(smallint, double precision, double precision) IS
    'Confidence interval of CSAT in percent, as a closed numrange: Wilson score interval of (scores >= threshold) in (all scores). NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10. 22023 for a threshold outside 0 to 10, a confidence not between 0 and 1, or one that is NULL or varies within a group.';

CREATE AGGREGATE csat_ci(score integer, threshold double precision, confidence double precision) (
    SFUNC = survey_accum_both, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = csat_ci, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum_both, MINVFUNC = survey_remove_both, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = csat_ci
);
COMMENT ON AGGREGATE csat_ci(integer, double precision, double precision) IS
    'Confidence interval of CSAT in percent, as a closed numrange: Wilson score interval of (scores >= threshold) in (all scores). NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10. 22023 for a threshold outside 0 to 10, a confidence not between 0 and 1, or one that is NULL or varies within a group.';

CREATE AGGREGATE csat_ci(score bigint, threshold double precision, confidence double precision) (
    SFUNC = survey_accum_both, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = csat_ci, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum_both, MINVFUNC = survey_remove_both, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = csat_ci
);
COMMENT ON AGGREGATE csat_ci(bigint, double precision, double precision) IS
    'Confidence interval of CSAT in percent, as a closed numrange: Wilson score interval of (scores >= threshold) in (all scores). NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10. 22023 for a threshold outside 0 to 10, a confidence not between 0 and 1, or one that is NULL or varies within a group.';

CREATE AGGREGATE csat_ci(score real, threshold double precision, confidence double precision) (
    SFUNC = survey_accum_both, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = csat_ci, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum_both, MINVFUNC = survey_remove_both, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = csat_ci
);
COMMENT ON AGGREGATE csat_ci(real, double precision, double precision) IS
    'Confidence interval of CSAT in percent, as a closed numrange: Wilson score interval of (scores >= threshold) in (all scores). NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10. 22023 for a threshold outside 0 to 10, a confidence not between 0 and 1, or one that is NULL or varies within a group.';

CREATE AGGREGATE csat_ci(score double precision, threshold double precision, confidence double precision) (
    SFUNC = survey_accum_both, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = csat_ci, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum_both, MINVFUNC = survey_remove_both, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = csat_ci
);
COMMENT ON AGGREGATE csat_ci(double precision, double precision, double precision) IS
    'Confidence interval of CSAT in percent, as a closed numrange: Wilson score interval of (scores >= threshold) in (all scores). NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10. 22023 for a threshold outside 0 to 10, a confidence not between 0 and 1, or one that is NULL or varies within a group.';

CREATE AGGREGATE csat_ci(score numeric, threshold double precision, confidence double precision) (
    SFUNC = survey_accum_both, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = csat_ci, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum_both, MINVFUNC = survey_remove_both, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = csat_ci
);
COMMENT ON AGGREGATE csat_ci(numeric, double precision, double precision) IS
    'Confidence interval of CSAT in percent, as a closed numrange: Wilson score interval of (scores >= threshold) in (all scores). NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10. 22023 for a threshold outside 0 to 10, a confidence not between 0 and 1, or one that is NULL or varies within a group.';
-- Customer effort.

CREATE AGGREGATE ces(score smallint) (
    SFUNC = survey_accum, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = ces, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum, MINVFUNC = survey_remove, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = ces
);
COMMENT ON AGGREGATE ces(smallint) IS
    'Customer Effort Score: mean effort rating, sum / count, on the scale that was asked. Whether high is easy depends on the question; nothing is flipped. NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10.';

CREATE AGGREGATE ces(score integer) (
    SFUNC = survey_accum, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = ces, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum, MINVFUNC = survey_remove, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = ces
);
COMMENT ON AGGREGATE ces(integer) IS
    'Customer Effort Score: mean effort rating, sum / count, on the scale that was asked. Whether high is easy depends on the question; nothing is flipped. NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10.';

CREATE AGGREGATE ces(score bigint) (
    SFUNC = survey_accum, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = ces, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum, MINVFUNC = survey_remove, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = ces
);
COMMENT ON AGGREGATE ces(bigint) IS
    'Customer Effort Score: mean effort rating, sum / count, on the scale that was asked. Whether high is easy depends on the question; nothing is flipped. NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10.';

CREATE AGGREGATE ces(score real) (
    SFUNC = survey_accum, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = ces, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum, MINVFUNC = survey_remove, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = ces
);
COMMENT ON AGGREGATE ces(real) IS
    'Customer Effort Score: mean effort rating, sum / count, on the scale that was asked. Whether high is easy depends on the question; nothing is flipped. NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10.';

CREATE AGGREGATE ces(score double precision) (
    SFUNC = survey_accum, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = ces, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum, MINVFUNC = survey_remove, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = ces
);
COMMENT ON AGGREGATE ces(double precision) IS
    'Customer Effort Score: mean effort rating, sum / count, on the scale that was asked. Whether high is easy depends on the question; nothing is flipped. NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10.';

CREATE AGGREGATE ces(score numeric) (
    SFUNC = survey_accum, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = ces, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum, MINVFUNC = survey_remove, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = ces
);
COMMENT ON AGGREGATE ces(numeric) IS
    'Customer Effort Score: mean effort rating, sum / count, on the scale that was asked. Whether high is easy depends on the question; nothing is flipped. NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10.';

CREATE AGGREGATE ces_easy_rate(score smallint, threshold double precision) (
    SFUNC = survey_accum_threshold, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = ces_easy_rate, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum_threshold, MINVFUNC = survey_remove_threshold, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = ces_easy_rate
);
COMMENT ON AGGREGATE ces_easy_rate(smallint, double precision) IS
    'Share of easy experiences, for scales where high is easy: 100 * (scores >= threshold) / (all scores). Percent from 0 to 100, higher is better. NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10. 22023 for a threshold that is NULL, outside 0 to 10, or varies within a group.';

CREATE AGGREGATE ces_easy_rate(score integer, threshold double precision) (
    SFUNC = survey_accum_threshold, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = ces_easy_rate, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum_threshold, MINVFUNC = survey_remove_threshold, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = ces_easy_rate
);
COMMENT ON AGGREGATE ces_easy_rate(integer, double precision) IS
    'Share of easy experiences, for scales where high is easy: 100 * (scores >= threshold) / (all scores). Percent from 0 to 100, higher is better. NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10. 22023 for a threshold that is NULL, outside 0 to 10, or varies within a group.';

CREATE AGGREGATE ces_easy_rate(score bigint, threshold double precision) (
    SFUNC = survey_accum_threshold, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = ces_easy_rate, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum_threshold, MINVFUNC = survey_remove_threshold, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = ces_easy_rate
);
COMMENT ON AGGREGATE ces_easy_rate(bigint, double precision) IS
    'Share of easy experiences, for scales where high is easy: 100 * (scores >= threshold) / (all scores). Percent from 0 to 100, higher is better. NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10. 22023 for a threshold that is NULL, outside 0 to 10, or varies within a group.';

CREATE AGGREGATE ces_easy_rate(score real, threshold double precision) (
    SFUNC = survey_accum_threshold, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = ces_easy_rate, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum_threshold, MINVFUNC = survey_remove_threshold, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = ces_easy_rate
);
COMMENT ON AGGREGATE ces_easy_rate(real, double precision) IS
    'Share of easy experiences, for scales where high is easy: 100 * (scores >= threshold) / (all scores). Percent from 0 to 100, higher is better. NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10. 22023 for a threshold that is NULL, outside 0 to 10, or varies within a group.';

CREATE AGGREGATE ces_easy_rate(score double precision, threshold double precision) (
    SFUNC = survey_accum_threshold, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = ces_easy_rate, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum_threshold, MINVFUNC = survey_remove_threshold, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = ces_easy_rate
);
COMMENT ON AGGREGATE ces_easy_rate(double precision, double precision) IS
    'Share of easy experiences, for scales where high is easy: 100 * (scores >= threshold) / (all scores). Percent from 0 to 100, higher is better. NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10. 22023 for a threshold that is NULL, outside 0 to 10, or varies within a group.';

CREATE AGGREGATE ces_easy_rate(score numeric, threshold double precision) (
    SFUNC = survey_accum_threshold, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = ces_easy_rate, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_accum_threshold, MINVFUNC = survey_remove_threshold, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = ces_easy_rate
);
COMMENT ON AGGREGATE ces_easy_rate(numeric, double precision) IS
    'Share of easy experiences, for scales where high is easy: 100 * (scores >= threshold) / (all scores). Percent from 0 to 100, higher is better. NULL scores are skipped; NULL without any score. 22003 for a score outside 0 to 10. 22023 for a threshold that is NULL, outside 0 to 10, or varies within a group.';
-- Summaries to store by day and rep, and to roll up to any month, team or year.
--
-- survey_agg has no moving-window mode: a summary that once held many fractional scores does not
-- become a fine one again when they leave the frame, and results must not depend on that.

CREATE AGGREGATE survey_agg(score smallint) (
    SFUNC = survey_accum, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = survey_final, COMBINEFUNC = survey_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE survey_agg(smallint) IS
    'Summary of survey scores, to be stored and read by nps(summary), csat(summary, threshold), ces(summary), responses(summary) and others. NULL scores are skipped; an empty summary without any score. 22003 for a score outside 0 to 10.';

CREATE AGGREGATE survey_agg(score integer) (
    SFUNC = survey_accum, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = survey_final, COMBINEFUNC = survey_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE survey_agg(integer) IS
    'Summary of survey scores, to be stored and read by nps(summary), csat(summary, threshold), ces(summary), responses(summary) and others. NULL scores are skipped; an empty summary without any score. 22003 for a score outside 0 to 10.';

CREATE AGGREGATE survey_agg(score bigint) (
    SFUNC = survey_accum, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = survey_final, COMBINEFUNC = survey_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE survey_agg(bigint) IS
    'Summary of survey scores, to be stored and read by nps(summary), csat(summary, threshold), ces(summary), responses(summary) and others. NULL scores are skipped; an empty summary without any score. 22003 for a score outside 0 to 10.';

CREATE AGGREGATE survey_agg(score real) (
    SFUNC = survey_accum, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = survey_final, COMBINEFUNC = survey_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE survey_agg(real) IS
    'Summary of survey scores, to be stored and read by nps(summary), csat(summary, threshold), ces(summary), responses(summary) and others. NULL scores are skipped; an empty summary without any score. 22003 for a score outside 0 to 10.';

CREATE AGGREGATE survey_agg(score double precision) (
    SFUNC = survey_accum, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = survey_final, COMBINEFUNC = survey_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE survey_agg(double precision) IS
    'Summary of survey scores, to be stored and read by nps(summary), csat(summary, threshold), ces(summary), responses(summary) and others. NULL scores are skipped; an empty summary without any score. 22003 for a score outside 0 to 10.';

CREATE AGGREGATE survey_agg(score numeric) (
    SFUNC = survey_accum, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = survey_final, COMBINEFUNC = survey_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE survey_agg(numeric) IS
    'Summary of survey scores, to be stored and read by nps(summary), csat(summary, threshold), ces(summary), responses(summary) and others. NULL scores are skipped; an empty summary without any score. 22003 for a score outside 0 to 10.';

CREATE AGGREGATE rollup(summary survey_summary) (
    SFUNC = survey_combine, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = survey_final, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_combine, MINVFUNC = survey_subtract, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = survey_final
);
COMMENT ON AGGREGATE rollup(survey_summary) IS
    'Merges stored survey summaries: the result is the same as from all raw scores. NULL summaries are skipped; an empty summary without any. 22003 beyond 2^63 - 1 responses.';

INSERT INTO kpi_catalog (name, family, measures, formula, unit, higher_is_better, usage) VALUES
    ('nps', 'survey',
     'Loyalty: how many more customers would recommend than warn',
     '% scores >= 9 minus % scores <= 6',
     'points, -100 to 100', true,
     'nps(score), nps(summary)'),
    ('enps', 'survey',
     'Loyalty of employees',
     '% scores >= 9 minus % scores <= 6',
     'points, -100 to 100', true,
     'enps(score), enps(summary)'),
    ('nps_margin', 'survey',
     'How far the NPS may be off by chance',
     'half the width of nps_ci before it is clamped',
     'points', false,
     'nps_margin(score [, confidence]), nps_margin(summary [, confidence])'),
    ('nps_ci', 'survey',
     'Range that holds the true NPS with 95 % (or another) confidence',
     'adjusted Wald, clamped to -100 and 100',
     'points, numrange', NULL,
     'nps_ci(score [, confidence]), nps_ci(summary [, confidence])'),
    ('nps_test', 'survey',
     'Whether a change of NPS is real or noise',
     'two-sided z-test by adjusted Wald',
     'difference in points, z, p_value', NULL,
     'nps_test(summary, summary)'),
    ('nps_from_counts', 'survey',
     'NPS from counts that are already there',
     '100 * (promoters - detractors) / (promoters + passives + detractors)',
     'points, -100 to 100', true,
     'nps_from_counts(promoters, passives, detractors)'),
    ('nps_points', 'survey',
     'What one answer adds to the NPS',
     '100 for a promoter, 0 for a passive, -100 for a detractor',
     'points', true,
     'avg(nps_points(score))'),
    ('nps_class', 'survey',
     'Net-promoter class of one answer',
     'score >= 9 promoter, score <= 6 detractor, otherwise passive',
     'text', NULL,
     'nps_class(score)'),
    ('promoters', 'survey',
     'Customers who would recommend',
     'count of scores >= 9',
     'count', true,
     'promoters(score), promoters(summary)'),
    ('passives', 'survey',
     'Customers who are content but not loyal',
     'count of scores between 6 and 9',
     'count', NULL,
     'passives(score), passives(summary)'),
    ('detractors', 'survey',
     'Customers who would warn others',
     'count of scores <= 6',
     'count', false,
     'detractors(score), detractors(summary)'),
    ('responses', 'survey',
     'Answers given',
     'count of scores that are not NULL',
     'count', NULL,
     'responses(score), responses(summary)'),
    ('csat', 'survey',
     'Customer satisfaction',
     '100 * (scores >= threshold) / (all scores), threshold 4 unless given',
     'percent, 0 to 100', true,
     'csat(score [, threshold]), csat(summary [, threshold])'),
    ('csat_ci', 'survey',
     'Range that holds the true CSAT with 95 % (or another) confidence',
     'Wilson score interval',
     'percent, numrange', NULL,
     'csat_ci(score, threshold [, confidence]), csat_ci(summary, threshold [, confidence])'),
    ('csat_test', 'survey',
     'Whether a change of CSAT is real or noise',
     'pooled two-proportion z-test',
     'difference in percent, z, p_value', NULL,
     'csat_test(summary, summary, threshold)'),
    ('csat_from_counts', 'survey',
     'CSAT from counts that are already there',
     '100 * positive / total',
     'percent, 0 to 100', true,
     'csat_from_counts(positive, total)'),
    ('csat_points', 'survey',
     'What one answer adds to CSAT',
     '100 for score >= threshold, otherwise 0',
     'percent', true,
     'avg(csat_points(score, threshold))'),
    ('css', 'survey',
     'Satisfaction with the service after the sale',
     '100 * (scores >= threshold) / (all scores), threshold 4 unless given',
     'percent, 0 to 100', true,
     'css(score [, threshold]), css(summary [, threshold])'),
    ('ces', 'survey',
     'Effort that a task costs the customer',
     'sum of scores / count of scores',
     'score, on the scale that was asked', NULL,
     'ces(score), ces(summary)'),
    ('ces_easy_rate', 'survey',
     'Customers who found it easy, where high is easy',
     '100 * (scores >= threshold) / (all scores)',
     'percent, 0 to 100', true,
     'ces_easy_rate(score, threshold), ces_easy_rate(summary, threshold)'),
    ('survey_agg', 'survey',
     'Summary of scores to store and roll up',
     'count of each score',
     'survey_summary', NULL,
     'survey_agg(score)'),
    ('score_distribution', 'survey',
     'Histogram of scores',
     'responses of each score and their share of all',
     'score, count, percent', NULL,
     'score_distribution(summary)'),
    ('rollup', 'all',
     'One summary out of many, for any period or team',
     'sum of all counts',
     'summary', NULL,
     'rollup(summary)');
-- rate_summary: hits in rows. The state of every rate, and a column type for stored rates.

CREATE TYPE rate_summary;

CREATE FUNCTION rate_summary_in(cstring) RETURNS rate_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate_summary_in';
COMMENT ON FUNCTION rate_summary_in(cstring) IS
    'Support function: reads the text form of a rate_summary, such as {"version":1,"hits":40,"total":50}. 22P02 for anything else.';

CREATE FUNCTION rate_summary_out(rate_summary) RETURNS cstring
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate_summary_out';
COMMENT ON FUNCTION rate_summary_out(rate_summary) IS
    'Support function: writes the text form of a rate_summary, without loss.';

CREATE FUNCTION rate_summary_recv(internal) RETURNS rate_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate_summary_recv';
COMMENT ON FUNCTION rate_summary_recv(internal) IS
    'Support function: reads the binary form of a rate_summary. 22P03 for anything else.';

CREATE FUNCTION rate_summary_send(rate_summary) RETURNS bytea
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate_summary_send';
COMMENT ON FUNCTION rate_summary_send(rate_summary) IS
    'Support function: writes the binary form of a rate_summary, without loss.';

CREATE TYPE rate_summary (
    INPUT = rate_summary_in, OUTPUT = rate_summary_out,
    RECEIVE = rate_summary_recv, SEND = rate_summary_send,
    INTERNALLENGTH = VARIABLE, ALIGNMENT = int4, STORAGE = extended
);
COMMENT ON TYPE rate_summary IS
    'Hits in rows: 32 bytes. Built by rate_agg(hit), merged by rollup(summary), read by rate(summary), rate_ci(summary), hits(summary) and total(summary). As text it is JSON: {"version":1,"hits":40,"total":50}.';

CREATE FUNCTION rate_summary_eq(rate_summary, rate_summary) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate_summary_eq';
COMMENT ON FUNCTION rate_summary_eq(rate_summary, rate_summary) IS
    'Support function of =: whether two summaries hold the same counts.';

CREATE FUNCTION rate_summary_ne(rate_summary, rate_summary) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate_summary_ne';
COMMENT ON FUNCTION rate_summary_ne(rate_summary, rate_summary) IS
    'Support function of <>: the opposite of =.';

CREATE FUNCTION rate_summary_hash(rate_summary) RETURNS integer
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate_summary_hash';
COMMENT ON FUNCTION rate_summary_hash(rate_summary) IS
    'Support function of hash joins, hash aggregates and hash indexes: equal summaries have equal hashes.';

CREATE FUNCTION rate_summary_hash_extended(rate_summary, bigint) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate_summary_hash_extended';
COMMENT ON FUNCTION rate_summary_hash_extended(rate_summary, bigint) IS
    'Support function of hash partitions: equal summaries have equal hashes.';

CREATE OPERATOR = (
    LEFTARG = rate_summary, RIGHTARG = rate_summary, FUNCTION = rate_summary_eq,
    COMMUTATOR = =, NEGATOR = <>, RESTRICT = eqsel, JOIN = eqjoinsel, HASHES
);
COMMENT ON OPERATOR = (rate_summary, rate_summary) IS
    'Whether two summaries are equal.';

CREATE OPERATOR <> (
    LEFTARG = rate_summary, RIGHTARG = rate_summary, FUNCTION = rate_summary_ne,
    COMMUTATOR = <>, NEGATOR = =, RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (rate_summary, rate_summary) IS
    'Whether two summaries differ.';

CREATE OPERATOR CLASS rate_summary_hash_ops DEFAULT FOR TYPE rate_summary USING hash AS
    OPERATOR 1 =,
    FUNCTION 1 rate_summary_hash(rate_summary),
    FUNCTION 2 rate_summary_hash_extended(rate_summary, bigint);
COMMENT ON OPERATOR CLASS rate_summary_hash_ops USING hash IS
    'Lets summaries be grouped, made distinct and compared by hash.';
COMMENT ON OPERATOR FAMILY rate_summary_hash_ops USING hash IS
    'Lets summaries be grouped, made distinct and compared by hash.';

CREATE FUNCTION rate_accum(state rate_summary, hit boolean) RETURNS rate_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate_accum';
COMMENT ON FUNCTION rate_accum(rate_summary, boolean) IS
    'Support function of the rate aggregates: counts one more row.';

CREATE FUNCTION rate_remove(state rate_summary, hit boolean) RETURNS rate_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate_remove';
COMMENT ON FUNCTION rate_remove(rate_summary, boolean) IS
    'Support function of the rate aggregates: takes one row back when a window frame moves on.';

CREATE FUNCTION rate_accum_confidence(
    state rate_summary,
    hit boolean,
    confidence double precision
) RETURNS rate_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate_accum_confidence';
COMMENT ON FUNCTION rate_accum_confidence(rate_summary, boolean, double precision) IS
    'Support function of the rate aggregates with a confidence: counts one more row.';

CREATE FUNCTION rate_remove_confidence(
    state rate_summary,
    hit boolean,
    confidence double precision
) RETURNS rate_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate_remove_confidence';
COMMENT ON FUNCTION rate_remove_confidence(rate_summary, boolean, double precision) IS
    'Support function of the rate aggregates with a confidence: takes one row back when a window frame moves on.';

CREATE FUNCTION rate_combine(state rate_summary, summary rate_summary) RETURNS rate_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate_combine';
COMMENT ON FUNCTION rate_combine(rate_summary, rate_summary) IS
    'Support function of the rate aggregates: adds the rows of a partial or stored summary. 22003 beyond 2^63 - 1 rows, 22023 for summaries with different confidences.';

CREATE FUNCTION rate_subtract(state rate_summary, summary rate_summary) RETURNS rate_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate_subtract';
COMMENT ON FUNCTION rate_subtract(rate_summary, rate_summary) IS
    'Support function of rollup over a moving window: takes the rows of a summary out again.';

CREATE FUNCTION rate_final(state rate_summary) RETURNS rate_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate_final';
COMMENT ON FUNCTION rate_final(rate_summary) IS
    'Support function of rate_agg and rollup: the finished summary.';
-- Rates over rows: accessors of a stored summary, and one-step aggregates.

CREATE FUNCTION rate(summary rate_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate';
COMMENT ON FUNCTION rate(rate_summary) IS
    '100 * hits / rows. Percent from 0 to 100. NULL for an empty summary.';

CREATE FUNCTION rate_ci(summary rate_summary) RETURNS numrange
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate_ci';
COMMENT ON FUNCTION rate_ci(rate_summary) IS
    'Confidence interval of a rate in percent, as a closed numrange: Wilson score interval. At 95 %. NULL for an empty summary.';

CREATE FUNCTION rate_ci(summary rate_summary, confidence double precision) RETURNS numrange
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate_ci';
COMMENT ON FUNCTION rate_ci(rate_summary, double precision) IS
    'Confidence interval of a rate in percent, as a closed numrange: Wilson score interval. Confidence between 0 and 1, both excluded. NULL for an empty summary; 22023 for another confidence.';

CREATE FUNCTION hits(summary rate_summary) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_hits';
COMMENT ON FUNCTION hits(rate_summary) IS
    'Number of rows that are hits. 0 for an empty summary.';

CREATE FUNCTION total(summary rate_summary) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_total';
COMMENT ON FUNCTION total(rate_summary) IS
    'Number of rows with a known outcome. 0 for an empty summary.';

CREATE FUNCTION rate_test(
    a rate_summary,
    b rate_summary,
    OUT difference numeric,
    OUT z numeric,
    OUT p_value numeric
)
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate_test';
COMMENT ON FUNCTION rate_test(rate_summary, rate_summary) IS
    'Is the change of a rate from a to b real, or noise? difference = rate(b) - rate(a) in percentage points; z and the two-sided p_value of the pooled two-proportion z-test. NULL when a side is empty; z and p_value are NULL when both sides are all hits or all misses.';

CREATE FUNCTION rate_from_counts(hits bigint, total bigint) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate_from_counts_int8';
COMMENT ON FUNCTION rate_from_counts(bigint, bigint) IS
    'Rate from counts: 100 * hits / total. Percent from 0 to 100. NULL when a count is NULL or total is 0; 22003 for a negative count, hits above total, NaN or infinity.';

CREATE FUNCTION rate_from_counts(hits double precision, total double precision) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate_from_counts_float8';
COMMENT ON FUNCTION rate_from_counts(double precision, double precision) IS
    'Rate from counts: 100 * hits / total. Percent from 0 to 100. NULL when a count is NULL or total is 0; 22003 for a negative count, hits above total, NaN or infinity.';

CREATE FUNCTION rate_from_counts(hits numeric, total numeric) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate_from_counts_numeric';
COMMENT ON FUNCTION rate_from_counts(numeric, numeric) IS
    'Rate from counts: 100 * hits / total. Percent from 0 to 100. NULL when a count is NULL or total is 0; 22003 for a negative count, hits above total, NaN or infinity.';

CREATE AGGREGATE rate(hit boolean) (
    SFUNC = rate_accum, STYPE = rate_summary, SSPACE = 32, INITCOND = '{"version":1,"hits":0,"total":0}',
    FINALFUNC = rate, COMBINEFUNC = rate_combine, PARALLEL = SAFE,
    MSFUNC = rate_accum, MINVFUNC = rate_remove, MSTYPE = rate_summary, MSSPACE = 32,
    MINITCOND = '{"version":1,"hits":0,"total":0}', MFINALFUNC = rate
);
COMMENT ON AGGREGATE rate(boolean) IS
    '100 * hits / rows. Percent from 0 to 100. Rows with NULL are skipped; NULL without any other.';

CREATE AGGREGATE rate_ci(hit boolean) (
    SFUNC = rate_accum, STYPE = rate_summary, SSPACE = 32, INITCOND = '{"version":1,"hits":0,"total":0}',
    FINALFUNC = rate_ci, COMBINEFUNC = rate_combine, PARALLEL = SAFE,
    MSFUNC = rate_accum, MINVFUNC = rate_remove, MSTYPE = rate_summary, MSSPACE = 32,
    MINITCOND = '{"version":1,"hits":0,"total":0}', MFINALFUNC = rate_ci
);
COMMENT ON AGGREGATE rate_ci(boolean) IS
    'Confidence interval of a rate in percent, as a closed numrange: Wilson score interval. At 95 %. Rows with NULL are skipped; NULL without any other.';

CREATE AGGREGATE rate_ci(hit boolean, confidence double precision) (
    SFUNC = rate_accum_confidence, STYPE = rate_summary, SSPACE = 32, INITCOND = '{"version":1,"hits":0,"total":0}',
    FINALFUNC = rate_ci, COMBINEFUNC = rate_combine, PARALLEL = SAFE,
    MSFUNC = rate_accum_confidence, MINVFUNC = rate_remove_confidence, MSTYPE = rate_summary, MSSPACE = 32,
    MINITCOND = '{"version":1,"hits":0,"total":0}', MFINALFUNC = rate_ci
);
COMMENT ON AGGREGATE rate_ci(boolean, double precision) IS
    'Confidence interval of a rate in percent, as a closed numrange: Wilson score interval. Rows with NULL are skipped; NULL without any other. 22023 for a confidence that is NULL, not between 0 and 1, or varies within a group.';

CREATE AGGREGATE rate_agg(hit boolean) (
    SFUNC = rate_accum, STYPE = rate_summary, SSPACE = 32, INITCOND = '{"version":1,"hits":0,"total":0}',
    FINALFUNC = rate_final, COMBINEFUNC = rate_combine, PARALLEL = SAFE,
    MSFUNC = rate_accum, MINVFUNC = rate_remove, MSTYPE = rate_summary, MSSPACE = 32,
    MINITCOND = '{"version":1,"hits":0,"total":0}', MFINALFUNC = rate_final
);
COMMENT ON AGGREGATE rate_agg(boolean) IS
    'Summary of a rate, to be stored and read by rate(summary), rate_ci(summary), hits(summary) and total(summary). Rows with NULL are skipped; an empty summary without any other.';

CREATE AGGREGATE rollup(summary rate_summary) (
    SFUNC = rate_combine, STYPE = rate_summary, SSPACE = 32, INITCOND = '{"version":1,"hits":0,"total":0}',
    FINALFUNC = rate_final, COMBINEFUNC = rate_combine, PARALLEL = SAFE,
    MSFUNC = rate_combine, MINVFUNC = rate_subtract, MSTYPE = rate_summary, MSSPACE = 32,
    MINITCOND = '{"version":1,"hits":0,"total":0}', MFINALFUNC = rate_final
);
COMMENT ON AGGREGATE rollup(rate_summary) IS
    'Merges stored rate summaries: the result is the same as from all raw rows. NULL summaries are skipped; an empty summary without any. 22003 beyond 2^63 - 1 rows.';

INSERT INTO kpi_catalog (name, family, measures, formula, unit, higher_is_better, usage) VALUES
    ('rate', 'rate',
     'Share of rows that are hits',
     '100 * hits / rows',
     'percent, 0 to 100', NULL,
     'rate(hit), rate(summary)'),
    ('rate_ci', 'rate',
     'Range that holds the true rate with 95 % (or another) confidence',
     'Wilson score interval',
     'percent, numrange', NULL,
     'rate_ci(hit [, confidence]), rate_ci(summary [, confidence])'),
    ('rate_test', 'rate',
     'Whether a change of a rate is real or noise',
     'pooled two-proportion z-test',
     'difference in percent, z, p_value', NULL,
     'rate_test(summary, summary)'),
    ('rate_from_counts', 'rate',
     'Rate from counts that are already there',
     '100 * hits / total',
     'percent, 0 to 100', NULL,
     'rate_from_counts(hits, total)'),
    ('hits', 'rate',
     'Rows that are hits',
     'count of rows that are true',
     'count', NULL,
     'hits(summary)'),
    ('total', 'rate',
     'Rows with a known outcome',
     'count of rows that are not NULL',
     'count', NULL,
     'total(summary)'),
    ('rate_agg', 'rate',
     'Summary of a rate to store and roll up',
     'hits and rows',
     'rate_summary', NULL,
     'rate_agg(hit)');
-- Rates with names of their own. One more rate of a boolean is one more accessor, aggregate and
-- function for counts, all of which call what is there already.

CREATE FUNCTION fcr(summary rate_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate';
COMMENT ON FUNCTION fcr(rate_summary) IS
    'First contact resolution: 100 * cases resolved at the first contact / cases received. Percent from 0 to 100, higher is better. NULL for an empty summary.';

CREATE AGGREGATE fcr(resolved_on_first_contact boolean) (
    SFUNC = rate_accum, STYPE = rate_summary, SSPACE = 32, INITCOND = '{"version":1,"hits":0,"total":0}',
    FINALFUNC = fcr, COMBINEFUNC = rate_combine, PARALLEL = SAFE,
    MSFUNC = rate_accum, MINVFUNC = rate_remove, MSTYPE = rate_summary, MSSPACE = 32,
    MINITCOND = '{"version":1,"hits":0,"total":0}', MFINALFUNC = fcr
);
COMMENT ON AGGREGATE fcr(boolean) IS
    'First contact resolution: 100 * cases resolved at the first contact / cases received. Percent from 0 to 100, higher is better. Rows with NULL are skipped; NULL without any other.';

CREATE FUNCTION fcr_from_counts(hits double precision, total double precision) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_named_rate_from_counts';
COMMENT ON FUNCTION fcr_from_counts(double precision, double precision) IS
    'First contact resolution from counts: 100 * hits / total. Percent from 0 to 100. NULL when a count is NULL or total is 0; 22003 for a negative count, hits above total, NaN, infinity, or a count of 2^53 and more, which rate_from_counts takes.';

CREATE FUNCTION renewal_rate(summary rate_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate';
COMMENT ON FUNCTION renewal_rate(rate_summary) IS
    'Renewal rate: 100 * renewed / due, where the rows are the subscriptions that were due. Percent from 0 to 100, higher is better. NULL for an empty summary.';

CREATE AGGREGATE renewal_rate(renewed boolean) (
    SFUNC = rate_accum, STYPE = rate_summary, SSPACE = 32, INITCOND = '{"version":1,"hits":0,"total":0}',
    FINALFUNC = renewal_rate, COMBINEFUNC = rate_combine, PARALLEL = SAFE,
    MSFUNC = rate_accum, MINVFUNC = rate_remove, MSTYPE = rate_summary, MSSPACE = 32,
    MINITCOND = '{"version":1,"hits":0,"total":0}', MFINALFUNC = renewal_rate
);
COMMENT ON AGGREGATE renewal_rate(boolean) IS
    'Renewal rate: 100 * renewed / due, where the rows are the subscriptions that were due. Percent from 0 to 100, higher is better. Rows with NULL are skipped; NULL without any other.';

CREATE FUNCTION renewal_rate_from_counts(renewed double precision, due double precision) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_renewal_rate_from_counts';
COMMENT ON FUNCTION renewal_rate_from_counts(double precision, double precision) IS
    'Renewal rate from counts: 100 * renewed / due. Percent from 0 to 100. NULL when a count is NULL or due is 0; 22003 for a negative count, renewed above due, NaN, infinity, or a count of 2^53 and more, which rate_from_counts takes.';

CREATE FUNCTION trial_conversion_rate(summary rate_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate';
COMMENT ON FUNCTION trial_conversion_rate(rate_summary) IS
    'Trial conversion rate: 100 * converted / trials, where the rows are the trials. Percent from 0 to 100, higher is better. NULL for an empty summary.';

CREATE AGGREGATE trial_conversion_rate(converted boolean) (
    SFUNC = rate_accum, STYPE = rate_summary, SSPACE = 32, INITCOND = '{"version":1,"hits":0,"total":0}',
    FINALFUNC = trial_conversion_rate, COMBINEFUNC = rate_combine, PARALLEL = SAFE,
    MSFUNC = rate_accum, MINVFUNC = rate_remove, MSTYPE = rate_summary, MSSPACE = 32,
    MINITCOND = '{"version":1,"hits":0,"total":0}', MFINALFUNC = trial_conversion_rate
);
COMMENT ON AGGREGATE trial_conversion_rate(boolean) IS
    'Trial conversion rate: 100 * converted / trials, where the rows are the trials. Percent from 0 to 100, higher is better. Rows with NULL are skipped; NULL without any other.';

CREATE FUNCTION trial_conversion_rate_from_counts(hits double precision, total double precision) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_named_rate_from_counts';
COMMENT ON FUNCTION trial_conversion_rate_from_counts(double precision, double precision) IS
    'Trial conversion rate from counts: 100 * hits / total. Percent from 0 to 100. NULL when a count is NULL or total is 0; 22003 for a negative count, hits above total, NaN, infinity, or a count of 2^53 and more, which rate_from_counts takes.';

CREATE FUNCTION conversion_rate(summary rate_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate';
COMMENT ON FUNCTION conversion_rate(rate_summary) IS
    'Conversion rate: 100 * converted / visitors, where the rows are the visitors, or the visits. Percent from 0 to 100, higher is better. NULL for an empty summary.';

CREATE AGGREGATE conversion_rate(converted boolean) (
    SFUNC = rate_accum, STYPE = rate_summary, SSPACE = 32, INITCOND = '{"version":1,"hits":0,"total":0}',
    FINALFUNC = conversion_rate, COMBINEFUNC = rate_combine, PARALLEL = SAFE,
    MSFUNC = rate_accum, MINVFUNC = rate_remove, MSTYPE = rate_summary, MSSPACE = 32,
    MINITCOND = '{"version":1,"hits":0,"total":0}', MFINALFUNC = conversion_rate
);
COMMENT ON AGGREGATE conversion_rate(boolean) IS
    'Conversion rate: 100 * converted / visitors, where the rows are the visitors, or the visits. Percent from 0 to 100, higher is better. Rows with NULL are skipped; NULL without any other.';

CREATE FUNCTION conversion_rate_from_counts(hits double precision, total double precision) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_named_rate_from_counts';
COMMENT ON FUNCTION conversion_rate_from_counts(double precision, double precision) IS
    'Conversion rate from counts: 100 * hits / total. Percent from 0 to 100. NULL when a count is NULL or total is 0; 22003 for a negative count, hits above total, NaN, infinity, or a count of 2^53 and more, which rate_from_counts takes.';

CREATE FUNCTION self_service_rate(summary rate_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate';
COMMENT ON FUNCTION self_service_rate(rate_summary) IS
    'Self-service rate: 100 * used self-service / rows. Percent from 0 to 100, higher is better. NULL for an empty summary.';

CREATE AGGREGATE self_service_rate(used boolean) (
    SFUNC = rate_accum, STYPE = rate_summary, SSPACE = 32, INITCOND = '{"version":1,"hits":0,"total":0}',
    FINALFUNC = self_service_rate, COMBINEFUNC = rate_combine, PARALLEL = SAFE,
    MSFUNC = rate_accum, MINVFUNC = rate_remove, MSTYPE = rate_summary, MSSPACE = 32,
    MINITCOND = '{"version":1,"hits":0,"total":0}', MFINALFUNC = self_service_rate
);
COMMENT ON AGGREGATE self_service_rate(boolean) IS
    'Self-service rate: 100 * used self-service / rows. Percent from 0 to 100, higher is better. Rows with NULL are skipped; NULL without any other.';

CREATE FUNCTION self_service_rate_from_counts(hits double precision, total double precision) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_named_rate_from_counts';
COMMENT ON FUNCTION self_service_rate_from_counts(double precision, double precision) IS
    'Self-service rate from counts: 100 * hits / total. Percent from 0 to 100. NULL when a count is NULL or total is 0; 22003 for a negative count, hits above total, NaN, infinity, or a count of 2^53 and more, which rate_from_counts takes.';

CREATE FUNCTION order_accuracy_rate(summary rate_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate';
COMMENT ON FUNCTION order_accuracy_rate(rate_summary) IS
    'Order accuracy rate: 100 * correct orders / orders. Percent from 0 to 100, higher is better. NULL for an empty summary.';

CREATE AGGREGATE order_accuracy_rate(correct boolean) (
    SFUNC = rate_accum, STYPE = rate_summary, SSPACE = 32, INITCOND = '{"version":1,"hits":0,"total":0}',
    FINALFUNC = order_accuracy_rate, COMBINEFUNC = rate_combine, PARALLEL = SAFE,
    MSFUNC = rate_accum, MINVFUNC = rate_remove, MSTYPE = rate_summary, MSSPACE = 32,
    MINITCOND = '{"version":1,"hits":0,"total":0}', MFINALFUNC = order_accuracy_rate
);
COMMENT ON AGGREGATE order_accuracy_rate(boolean) IS
    'Order accuracy rate: 100 * correct orders / orders. Percent from 0 to 100, higher is better. Rows with NULL are skipped; NULL without any other.';

CREATE FUNCTION order_accuracy_rate_from_counts(hits double precision, total double precision) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_named_rate_from_counts';
COMMENT ON FUNCTION order_accuracy_rate_from_counts(double precision, double precision) IS
    'Order accuracy rate from counts: 100 * hits / total. Percent from 0 to 100. NULL when a count is NULL or total is 0; 22003 for a negative count, hits above total, NaN, infinity, or a count of 2^53 and more, which rate_from_counts takes.';

CREATE FUNCTION usage_rate(summary rate_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate';
COMMENT ON FUNCTION usage_rate(rate_summary) IS
    'Product usage rate: 100 * customers who reached the intended usage frequency / customers. Percent from 0 to 100, higher is better. NULL for an empty summary.';

CREATE AGGREGATE usage_rate(met_target boolean) (
    SFUNC = rate_accum, STYPE = rate_summary, SSPACE = 32, INITCOND = '{"version":1,"hits":0,"total":0}',
    FINALFUNC = usage_rate, COMBINEFUNC = rate_combine, PARALLEL = SAFE,
    MSFUNC = rate_accum, MINVFUNC = rate_remove, MSTYPE = rate_summary, MSSPACE = 32,
    MINITCOND = '{"version":1,"hits":0,"total":0}', MFINALFUNC = usage_rate
);
COMMENT ON AGGREGATE usage_rate(boolean) IS
    'Product usage rate: 100 * customers who reached the intended usage frequency / customers. Percent from 0 to 100, higher is better. Rows with NULL are skipped; NULL without any other.';

CREATE FUNCTION usage_rate_from_counts(hits double precision, total double precision) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_named_rate_from_counts';
COMMENT ON FUNCTION usage_rate_from_counts(double precision, double precision) IS
    'Product usage rate from counts: 100 * hits / total. Percent from 0 to 100. NULL when a count is NULL or total is 0; 22003 for a negative count, hits above total, NaN, infinity, or a count of 2^53 and more, which rate_from_counts takes.';

-- Rates of a count: it may come as any number type.

CREATE FUNCTION rate_accum_contacts(state rate_summary, contacts double precision) RETURNS rate_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate_accum_contacts';
COMMENT ON FUNCTION rate_accum_contacts(rate_summary, double precision) IS
    'Support function of the rates of contacts: counts one more row; a row is a hit when contacts = 1.';

CREATE FUNCTION rate_remove_contacts(state rate_summary, contacts double precision) RETURNS rate_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate_remove_contacts';
COMMENT ON FUNCTION rate_remove_contacts(rate_summary, double precision) IS
    'Support function of the rates of contacts: takes one row back when a window frame moves on.';

CREATE FUNCTION rate_accum_pages_viewed(state rate_summary, pages_viewed double precision) RETURNS rate_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate_accum_pages';
COMMENT ON FUNCTION rate_accum_pages_viewed(rate_summary, double precision) IS
    'Support function of the rates of pages_viewed: counts one more row; a row is a hit when pages_viewed = 1.';

CREATE FUNCTION rate_remove_pages_viewed(state rate_summary, pages_viewed double precision) RETURNS rate_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate_remove_pages';
COMMENT ON FUNCTION rate_remove_pages_viewed(rate_summary, double precision) IS
    'Support function of the rates of pages_viewed: takes one row back when a window frame moves on.';

CREATE FUNCTION rate_accum_referrals(state rate_summary, referrals double precision) RETURNS rate_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate_accum_referrals';
COMMENT ON FUNCTION rate_accum_referrals(rate_summary, double precision) IS
    'Support function of the rates of referrals: counts one more row; a row is a hit when referrals >= 1.';

CREATE FUNCTION rate_remove_referrals(state rate_summary, referrals double precision) RETURNS rate_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate_remove_referrals';
COMMENT ON FUNCTION rate_remove_referrals(rate_summary, double precision) IS
    'Support function of the rates of referrals: takes one row back when a window frame moves on.';

CREATE AGGREGATE fcr(contacts double precision) (
    SFUNC = rate_accum_contacts, STYPE = rate_summary, SSPACE = 32, INITCOND = '{"version":1,"hits":0,"total":0}',
    FINALFUNC = fcr, COMBINEFUNC = rate_combine, PARALLEL = SAFE,
    MSFUNC = rate_accum_contacts, MINVFUNC = rate_remove_contacts, MSTYPE = rate_summary, MSSPACE = 32,
    MINITCOND = '{"version":1,"hits":0,"total":0}', MFINALFUNC = fcr
);
COMMENT ON AGGREGATE fcr(double precision) IS
    'First contact resolution: 100 * cases with contacts = 1 / cases received; 0 contacts are received and not resolved. Percent from 0 to 100, higher is better. Rows with NULL are skipped; NULL without any other. 22003 for contacts below 0, with a fraction, NaN or infinite.';

CREATE FUNCTION bounce_rate(summary rate_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate';
COMMENT ON FUNCTION bounce_rate(rate_summary) IS
    'Bounce rate: 100 * visits of one page / visits. Percent from 0 to 100, lower is better. NULL for an empty summary.';

CREATE AGGREGATE bounce_rate(pages_viewed double precision) (
    SFUNC = rate_accum_pages_viewed, STYPE = rate_summary, SSPACE = 32, INITCOND = '{"version":1,"hits":0,"total":0}',
    FINALFUNC = bounce_rate, COMBINEFUNC = rate_combine, PARALLEL = SAFE,
    MSFUNC = rate_accum_pages_viewed, MINVFUNC = rate_remove_pages_viewed, MSTYPE = rate_summary, MSSPACE = 32,
    MINITCOND = '{"version":1,"hits":0,"total":0}', MFINALFUNC = bounce_rate
);
COMMENT ON AGGREGATE bounce_rate(double precision) IS
    'Bounce rate: 100 * visits with pages_viewed = 1 / visits. Percent from 0 to 100, lower is better. Rows with NULL are skipped; NULL without any other. 22003 for pages_viewed below 0, with a fraction, NaN or infinite.';

CREATE FUNCTION bounce_rate_from_counts(hits double precision, total double precision) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_named_rate_from_counts';
COMMENT ON FUNCTION bounce_rate_from_counts(double precision, double precision) IS
    'Bounce rate from counts: 100 * hits / total. Percent from 0 to 100. NULL when a count is NULL or total is 0; 22003 for a negative count, hits above total, NaN, infinity, or a count of 2^53 and more, which rate_from_counts takes.';

CREATE FUNCTION advocacy_rate(summary rate_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate';
COMMENT ON FUNCTION advocacy_rate(rate_summary) IS
    'Advocacy rate: 100 * customers who referred somebody / customers. Percent from 0 to 100, higher is better. NULL for an empty summary.';

CREATE AGGREGATE advocacy_rate(referrals double precision) (
    SFUNC = rate_accum_referrals, STYPE = rate_summary, SSPACE = 32, INITCOND = '{"version":1,"hits":0,"total":0}',
    FINALFUNC = advocacy_rate, COMBINEFUNC = rate_combine, PARALLEL = SAFE,
    MSFUNC = rate_accum_referrals, MINVFUNC = rate_remove_referrals, MSTYPE = rate_summary, MSSPACE = 32,
    MINITCOND = '{"version":1,"hits":0,"total":0}', MFINALFUNC = advocacy_rate
);
COMMENT ON AGGREGATE advocacy_rate(double precision) IS
    'Advocacy rate: 100 * customers with referrals >= 1 / customers. Percent from 0 to 100, higher is better. Rows with NULL are skipped; NULL without any other. 22003 for referrals below 0, with a fraction, NaN or infinite.';

CREATE FUNCTION advocacy_rate_from_counts(hits double precision, total double precision) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_named_rate_from_counts';
COMMENT ON FUNCTION advocacy_rate_from_counts(double precision, double precision) IS
    'Advocacy rate from counts: 100 * hits / total. Percent from 0 to 100. NULL when a count is NULL or total is 0; 22003 for a negative count, hits above total, NaN, infinity, or a count of 2^53 and more, which rate_from_counts takes.';

CREATE FUNCTION advocates(summary rate_summary) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_hits';
COMMENT ON FUNCTION advocates(rate_summary) IS
    'Number of customers who referred somebody, higher is better. 0 for an empty summary.';

CREATE AGGREGATE advocates(referrals double precision) (
    SFUNC = rate_accum_referrals, STYPE = rate_summary, SSPACE = 32, INITCOND = '{"version":1,"hits":0,"total":0}',
    FINALFUNC = advocates, COMBINEFUNC = rate_combine, PARALLEL = SAFE,
    MSFUNC = rate_accum_referrals, MINVFUNC = rate_remove_referrals, MSTYPE = rate_summary, MSSPACE = 32,
    MINITCOND = '{"version":1,"hits":0,"total":0}', MFINALFUNC = advocates
);
COMMENT ON AGGREGATE advocates(double precision) IS
    'Number of customers with referrals >= 1, higher is better. Rows with NULL are skipped; 0 without any other. 22003 for referrals below 0, with a fraction, NaN or infinite.';

INSERT INTO kpi_catalog (name, family, measures, formula, unit, higher_is_better, usage) VALUES
    ('fcr', 'rate',
     'Cases resolved at the first contact; the goal is 70 to 90',
     '100 * (contacts = 1) / rows',
     'percent, 0 to 100', true,
     'fcr(contacts), fcr(resolved_on_first_contact), fcr(summary)'),
    ('renewal_rate', 'rate',
     'Subscriptions that were renewed, of those that were due',
     '100 * renewed / due',
     'percent, 0 to 100', true,
     'renewal_rate(renewed), renewal_rate(summary)'),
    ('trial_conversion_rate', 'rate',
     'Trials that became paying customers',
     '100 * converted / trials',
     'percent, 0 to 100', true,
     'trial_conversion_rate(converted), trial_conversion_rate(summary)'),
    ('conversion_rate', 'rate',
     'Visitors who bought, or did what they were meant to do',
     '100 * converted / visitors',
     'percent, 0 to 100', true,
     'conversion_rate(converted), conversion_rate(summary)'),
    ('self_service_rate', 'rate',
     'Customers or cases that self-service was enough for',
     '100 * used self-service / rows',
     'percent, 0 to 100', true,
     'self_service_rate(used), self_service_rate(summary)'),
    ('order_accuracy_rate', 'rate',
     'Orders that were delivered as ordered',
     '100 * correct / orders',
     'percent, 0 to 100', true,
     'order_accuracy_rate(correct), order_accuracy_rate(summary)'),
    ('usage_rate', 'rate',
     'Customers who use the product as often as intended',
     '100 * reached the intended frequency / customers',
     'percent, 0 to 100', true,
     'usage_rate(met_target), usage_rate(summary)'),
    ('bounce_rate', 'rate',
     'Visits that ended after the first page',
     '100 * (pages_viewed = 1) / visits',
     'percent, 0 to 100', false,
     'bounce_rate(pages_viewed), bounce_rate(summary)'),
    ('advocacy_rate', 'rate',
     'Customers who referred somebody',
     '100 * (referrals >= 1) / customers',
     'percent, 0 to 100', true,
     'advocacy_rate(referrals), advocacy_rate(summary)'),
    ('advocates', 'rate',
     'How many customers referred somebody',
     'count of referrals >= 1',
     'count', true,
     'advocates(referrals), advocates(summary)'),
    ('fcr_from_counts', 'rate',
     'First contact resolution, from counts that are already there',
     '100 * hits / total',
     'percent, 0 to 100', true,
     'fcr_from_counts(hits, total)'),
    ('renewal_rate_from_counts', 'rate',
     'Renewal rate, from counts that are already there',
     '100 * renewed / due',
     'percent, 0 to 100', true,
     'renewal_rate_from_counts(renewed, due)'),
    ('trial_conversion_rate_from_counts', 'rate',
     'Trial conversion rate, from counts that are already there',
     '100 * hits / total',
     'percent, 0 to 100', true,
     'trial_conversion_rate_from_counts(hits, total)'),
    ('conversion_rate_from_counts', 'rate',
     'Conversion rate, from counts that are already there',
     '100 * hits / total',
     'percent, 0 to 100', true,
     'conversion_rate_from_counts(hits, total)'),
    ('self_service_rate_from_counts', 'rate',
     'Self-service rate, from counts that are already there',
     '100 * hits / total',
     'percent, 0 to 100', true,
     'self_service_rate_from_counts(hits, total)'),
    ('order_accuracy_rate_from_counts', 'rate',
     'Order accuracy rate, from counts that are already there',
     '100 * hits / total',
     'percent, 0 to 100', true,
     'order_accuracy_rate_from_counts(hits, total)'),
    ('usage_rate_from_counts', 'rate',
     'Product usage rate, from counts that are already there',
     '100 * hits / total',
     'percent, 0 to 100', true,
     'usage_rate_from_counts(hits, total)'),
    ('bounce_rate_from_counts', 'rate',
     'Bounce rate, from counts that are already there',
     '100 * hits / total',
     'percent, 0 to 100', false,
     'bounce_rate_from_counts(hits, total)'),
    ('advocacy_rate_from_counts', 'rate',
     'Advocacy rate, from counts that are already there',
     '100 * hits / total',
     'percent, 0 to 100', true,
     'advocacy_rate_from_counts(hits, total)');
-- Rates of promises kept: delivered as promised, ended within the limit.
--
-- With as_of a report is as it stood at that moment: what ended later had not ended yet, and what
-- had not ended is missed once it was overdue. Without as_of only rows that ended count.

CREATE FUNCTION on_time(promised_at timestamptz, delivered_at timestamptz) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_on_time';
COMMENT ON FUNCTION on_time(timestamptz, timestamptz) IS
    'Whether a delivery was on time: delivered_at <= promised_at. NULL, which is not known, when an argument is NULL. 22003 for infinity.';

CREATE FUNCTION on_time(promised_at timestamp, delivered_at timestamp) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_on_time';
COMMENT ON FUNCTION on_time(timestamp, timestamp) IS
    'Whether a delivery was on time: delivered_at <= promised_at. NULL, which is not known, when an argument is NULL. 22003 for infinity.';

CREATE FUNCTION on_time(
    promised_at timestamptz,
    delivered_at timestamptz,
    as_of timestamptz
) RETURNS boolean
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_on_time';
COMMENT ON FUNCTION on_time(timestamptz, timestamptz, timestamptz) IS
    'Whether a delivery was on time: delivered_at <= promised_at. As it stood at as_of: what was delivered later was not delivered yet, false when overdue (as_of > promised_at), otherwise NULL. NULL without promised_at. 22003 for infinity, 22023 for a NULL as_of.';

CREATE FUNCTION on_time(
    promised_at timestamp,
    delivered_at timestamp,
    as_of timestamp
) RETURNS boolean
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_on_time';
COMMENT ON FUNCTION on_time(timestamp, timestamp, timestamp) IS
    'Whether a delivery was on time: delivered_at <= promised_at. As it stood at as_of: what was delivered later was not delivered yet, false when overdue (as_of > promised_at), otherwise NULL. NULL without promised_at. 22003 for infinity, 22023 for a NULL as_of.';

CREATE FUNCTION rate_accum_on_time(
    state rate_summary,
    promised_at timestamptz,
    delivered_at timestamptz
) RETURNS rate_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate_accum_on_time';
COMMENT ON FUNCTION rate_accum_on_time(rate_summary, timestamptz, timestamptz) IS
    'Support function of on_time_rate: counts one more row, if on_time knows its outcome.';

CREATE FUNCTION rate_accum_on_time(
    state rate_summary,
    promised_at timestamp,
    delivered_at timestamp
) RETURNS rate_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate_accum_on_time';
COMMENT ON FUNCTION rate_accum_on_time(rate_summary, timestamp, timestamp) IS
    'Support function of on_time_rate: counts one more row, if on_time knows its outcome.';

CREATE FUNCTION rate_accum_on_time(
    state rate_summary,
    promised_at timestamptz,
    delivered_at timestamptz,
    as_of timestamptz
) RETURNS rate_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate_accum_on_time';
COMMENT ON FUNCTION rate_accum_on_time(rate_summary, timestamptz, timestamptz, timestamptz) IS
    'Support function of on_time_rate: counts one more row, if on_time knows its outcome.';

CREATE FUNCTION rate_accum_on_time(
    state rate_summary,
    promised_at timestamp,
    delivered_at timestamp,
    as_of timestamp
) RETURNS rate_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate_accum_on_time';
COMMENT ON FUNCTION rate_accum_on_time(rate_summary, timestamp, timestamp, timestamp) IS
    'Support function of on_time_rate: counts one more row, if on_time knows its outcome.';

CREATE FUNCTION rate_remove_on_time(
    state rate_summary,
    promised_at timestamptz,
    delivered_at timestamptz
) RETURNS rate_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate_remove_on_time';
COMMENT ON FUNCTION rate_remove_on_time(rate_summary, timestamptz, timestamptz) IS
    'Support function of on_time_rate: takes one row back when a window frame moves on.';

CREATE FUNCTION rate_remove_on_time(
    state rate_summary,
    promised_at timestamp,
    delivered_at timestamp
) RETURNS rate_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate_remove_on_time';
COMMENT ON FUNCTION rate_remove_on_time(rate_summary, timestamp, timestamp) IS
    'Support function of on_time_rate: takes one row back when a window frame moves on.';

CREATE FUNCTION rate_remove_on_time(
    state rate_summary,
    promised_at timestamptz,
    delivered_at timestamptz,
    as_of timestamptz
) RETURNS rate_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate_remove_on_time';
COMMENT ON FUNCTION rate_remove_on_time(rate_summary, timestamptz, timestamptz, timestamptz) IS
    'Support function of on_time_rate: takes one row back when a window frame moves on.';

CREATE FUNCTION rate_remove_on_time(
    state rate_summary,
    promised_at timestamp,
    delivered_at timestamp,
    as_of timestamp
) RETURNS rate_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate_remove_on_time';
COMMENT ON FUNCTION rate_remove_on_time(rate_summary, timestamp, timestamp, timestamp) IS
    'Support function of on_time_rate: takes one row back when a window frame moves on.';

CREATE FUNCTION on_time_rate(summary rate_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate';
COMMENT ON FUNCTION on_time_rate(rate_summary) IS
    'On-time rate: 100 * deliveries on time / deliveries. Percent from 0 to 100, higher is better. NULL for an empty summary.';

CREATE AGGREGATE on_time_rate(promised_at timestamptz, delivered_at timestamptz) (
    SFUNC = rate_accum_on_time, STYPE = rate_summary, SSPACE = 32, INITCOND = '{"version":1,"hits":0,"total":0}',
    FINALFUNC = on_time_rate, COMBINEFUNC = rate_combine, PARALLEL = SAFE,
    MSFUNC = rate_accum_on_time, MINVFUNC = rate_remove_on_time, MSTYPE = rate_summary, MSSPACE = 32,
    MINITCOND = '{"version":1,"hits":0,"total":0}', MFINALFUNC = on_time_rate
);
COMMENT ON AGGREGATE on_time_rate(timestamptz, timestamptz) IS
    'On-time rate: 100 * deliveries with delivered_at <= promised_at / deliveries. Percent from 0 to 100, higher is better. Rows with NULL are skipped; NULL without any other. 22003 for infinity.';

CREATE AGGREGATE on_time_rate(promised_at timestamp, delivered_at timestamp) (
    SFUNC = rate_accum_on_time, STYPE = rate_summary, SSPACE = 32, INITCOND = '{"version":1,"hits":0,"total":0}',
    FINALFUNC = on_time_rate, COMBINEFUNC = rate_combine, PARALLEL = SAFE,
    MSFUNC = rate_accum_on_time, MINVFUNC = rate_remove_on_time, MSTYPE = rate_summary, MSSPACE = 32,
    MINITCOND = '{"version":1,"hits":0,"total":0}', MFINALFUNC = on_time_rate
);
COMMENT ON AGGREGATE on_time_rate(timestamp, timestamp) IS
    'On-time rate: 100 * deliveries with delivered_at <= promised_at / deliveries. Percent from 0 to 100, higher is better. Rows with NULL are skipped; NULL without any other. 22003 for infinity.';

CREATE AGGREGATE on_time_rate(promised_at timestamptz, delivered_at timestamptz, as_of timestamptz) (
    SFUNC = rate_accum_on_time, STYPE = rate_summary, SSPACE = 32, INITCOND = '{"version":1,"hits":0,"total":0}',
    FINALFUNC = on_time_rate, COMBINEFUNC = rate_combine, PARALLEL = SAFE,
    MSFUNC = rate_accum_on_time, MINVFUNC = rate_remove_on_time, MSTYPE = rate_summary, MSSPACE = 32,
    MINITCOND = '{"version":1,"hits":0,"total":0}', MFINALFUNC = on_time_rate
);
COMMENT ON AGGREGATE on_time_rate(timestamptz, timestamptz, timestamptz) IS
    'On-time rate: 100 * deliveries with delivered_at <= promised_at / deliveries. Percent from 0 to 100, higher is better. As it stood at as_of: what was delivered later was not delivered yet, late when overdue (as_of > promised_at), otherwise skipped. Rows without promised_at are skipped; NULL without any other. 22003 for infinity, 22023 for a NULL as_of; as_of may differ by row.';

CREATE AGGREGATE on_time_rate(promised_at timestamp, delivered_at timestamp, as_of timestamp) (
    SFUNC = rate_accum_on_time, STYPE = rate_summary, SSPACE = 32, INITCOND = '{"version":1,"hits":0,"total":0}',
    FINALFUNC = on_time_rate, COMBINEFUNC = rate_combine, PARALLEL = SAFE,
    MSFUNC = rate_accum_on_time, MINVFUNC = rate_remove_on_time, MSTYPE = rate_summary, MSSPACE = 32,
    MINITCOND = '{"version":1,"hits":0,"total":0}', MFINALFUNC = on_time_rate
);
COMMENT ON AGGREGATE on_time_rate(timestamp, timestamp, timestamp) IS
    'On-time rate: 100 * deliveries with delivered_at <= promised_at / deliveries. Percent from 0 to 100, higher is better. As it stood at as_of: what was delivered later was not delivered yet, late when overdue (as_of > promised_at), otherwise skipped. Rows without promised_at are skipped; NULL without any other. 22003 for infinity, 22023 for a NULL as_of; as_of may differ by row.';

CREATE FUNCTION on_time_rate_from_counts(hits double precision, total double precision) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_named_rate_from_counts';
COMMENT ON FUNCTION on_time_rate_from_counts(double precision, double precision) IS
    'On-time rate from counts: 100 * hits / total. Percent from 0 to 100. NULL when a count is NULL or total is 0; 22003 for a negative count, hits above total, NaN, infinity, or a count of 2^53 and more, which rate_from_counts takes.';

CREATE FUNCTION within_sla(
    started_at timestamptz,
    ended_at timestamptz,
    within interval
) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_within_sla';
COMMENT ON FUNCTION within_sla(timestamptz, timestamptz, interval) IS
    'Whether something ended within its limit: ended_at - started_at <= within. NULL, which is not known, when an argument is NULL. 22003 for infinity or an end before the start; 22023 for a limit that is not positive or has months.';

CREATE FUNCTION within_sla(
    started_at timestamp,
    ended_at timestamp,
    within interval
) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_within_sla';
COMMENT ON FUNCTION within_sla(timestamp, timestamp, interval) IS
    'Whether something ended within its limit: ended_at - started_at <= within. NULL, which is not known, when an argument is NULL. 22003 for infinity or an end before the start; 22023 for a limit that is not positive or has months.';

CREATE FUNCTION within_sla(
    started_at timestamptz,
    ended_at timestamptz,
    within interval,
    as_of timestamptz
) RETURNS boolean
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_within_sla';
COMMENT ON FUNCTION within_sla(timestamptz, timestamptz, interval, timestamptz) IS
    'Whether something ended within its limit: ended_at - started_at <= within. As it stood at as_of: what ended later had not ended yet, false when past its limit (as_of - started_at > within), otherwise NULL. NULL without started_at or within, and when it started after as_of. 22003 for infinity or an end before the start; 22023 for a NULL as_of, a limit that is not positive or has months.';

CREATE FUNCTION within_sla(
    started_at timestamp,
    ended_at timestamp,
    within interval,
    as_of timestamp
) RETURNS boolean
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_within_sla';
COMMENT ON FUNCTION within_sla(timestamp, timestamp, interval, timestamp) IS
    'Whether something ended within its limit: ended_at - started_at <= within. As it stood at as_of: what ended later had not ended yet, false when past its limit (as_of - started_at > within), otherwise NULL. NULL without started_at or within, and when it started after as_of. 22003 for infinity or an end before the start; 22023 for a NULL as_of, a limit that is not positive or has months.';

CREATE FUNCTION rate_accum_sla(
    state rate_summary,
    started_at timestamptz,
    ended_at timestamptz,
    within interval
) RETURNS rate_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate_accum_sla';
COMMENT ON FUNCTION rate_accum_sla(rate_summary, timestamptz, timestamptz, interval) IS
    'Support function of sla_rate: counts one more row, if within_sla knows its outcome.';

CREATE FUNCTION rate_accum_sla(
    state rate_summary,
    started_at timestamp,
    ended_at timestamp,
    within interval
) RETURNS rate_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate_accum_sla';
COMMENT ON FUNCTION rate_accum_sla(rate_summary, timestamp, timestamp, interval) IS
    'Support function of sla_rate: counts one more row, if within_sla knows its outcome.';

CREATE FUNCTION rate_accum_sla(
    state rate_summary,
    started_at timestamptz,
    ended_at timestamptz,
    within interval,
    as_of timestamptz
) RETURNS rate_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate_accum_sla';
COMMENT ON FUNCTION rate_accum_sla(rate_summary, timestamptz, timestamptz, interval, timestamptz) IS
    'Support function of sla_rate: counts one more row, if within_sla knows its outcome.';

CREATE FUNCTION rate_accum_sla(
    state rate_summary,
    started_at timestamp,
    ended_at timestamp,
    within interval,
    as_of timestamp
) RETURNS rate_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate_accum_sla';
COMMENT ON FUNCTION rate_accum_sla(rate_summary, timestamp, timestamp, interval, timestamp) IS
    'Support function of sla_rate: counts one more row, if within_sla knows its outcome.';

CREATE FUNCTION rate_remove_sla(
    state rate_summary,
    started_at timestamptz,
    ended_at timestamptz,
    within interval
) RETURNS rate_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate_remove_sla';
COMMENT ON FUNCTION rate_remove_sla(rate_summary, timestamptz, timestamptz, interval) IS
    'Support function of sla_rate: takes one row back when a window frame moves on.';

CREATE FUNCTION rate_remove_sla(
    state rate_summary,
    started_at timestamp,
    ended_at timestamp,
    within interval
) RETURNS rate_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate_remove_sla';
COMMENT ON FUNCTION rate_remove_sla(rate_summary, timestamp, timestamp, interval) IS
    'Support function of sla_rate: takes one row back when a window frame moves on.';

CREATE FUNCTION rate_remove_sla(
    state rate_summary,
    started_at timestamptz,
    ended_at timestamptz,
    within interval,
    as_of timestamptz
) RETURNS rate_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate_remove_sla';
COMMENT ON FUNCTION rate_remove_sla(rate_summary, timestamptz, timestamptz, interval, timestamptz) IS
    'Support function of sla_rate: takes one row back when a window frame moves on.';

CREATE FUNCTION rate_remove_sla(
    state rate_summary,
    started_at timestamp,
    ended_at timestamp,
    within interval,
    as_of timestamp
) RETURNS rate_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate_remove_sla';
COMMENT ON FUNCTION rate_remove_sla(rate_summary, timestamp, timestamp, interval, timestamp) IS
    'Support function of sla_rate: takes one row back when a window frame moves on.';

CREATE FUNCTION sla_rate(summary rate_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rate';
COMMENT ON FUNCTION sla_rate(rate_summary) IS
    'SLA rate: 100 * rows that ended within their limit / rows. Percent from 0 to 100, higher is better. NULL for an empty summary.';

CREATE AGGREGATE sla_rate(started_at timestamptz, ended_at timestamptz, within interval) (
    SFUNC = rate_accum_sla, STYPE = rate_summary, SSPACE = 32, INITCOND = '{"version":1,"hits":0,"total":0}',
    FINALFUNC = sla_rate, COMBINEFUNC = rate_combine, PARALLEL = SAFE,
    MSFUNC = rate_accum_sla, MINVFUNC = rate_remove_sla, MSTYPE = rate_summary, MSSPACE = 32,
    MINITCOND = '{"version":1,"hits":0,"total":0}', MFINALFUNC = sla_rate
);
COMMENT ON AGGREGATE sla_rate(timestamptz, timestamptz, interval) IS
    'SLA rate: 100 * rows with ended_at - started_at <= within / rows. Percent from 0 to 100, higher is better. Rows with NULL are skipped; NULL without any other. 22003 for infinity or an end before the start; 22023 for a limit that is not positive or has months. The limit may differ by row.';

CREATE AGGREGATE sla_rate(started_at timestamp, ended_at timestamp, within interval) (
    SFUNC = rate_accum_sla, STYPE = rate_summary, SSPACE = 32, INITCOND = '{"version":1,"hits":0,"total":0}',
    FINALFUNC = sla_rate, COMBINEFUNC = rate_combine, PARALLEL = SAFE,
    MSFUNC = rate_accum_sla, MINVFUNC = rate_remove_sla, MSTYPE = rate_summary, MSSPACE = 32,
    MINITCOND = '{"version":1,"hits":0,"total":0}', MFINALFUNC = sla_rate
);
COMMENT ON AGGREGATE sla_rate(timestamp, timestamp, interval) IS
    'SLA rate: 100 * rows with ended_at - started_at <= within / rows. Percent from 0 to 100, higher is better. Rows with NULL are skipped; NULL without any other. 22003 for infinity or an end before the start; 22023 for a limit that is not positive or has months. The limit may differ by row.';

CREATE AGGREGATE sla_rate(started_at timestamptz, ended_at timestamptz, within interval, as_of timestamptz) (
    SFUNC = rate_accum_sla, STYPE = rate_summary, SSPACE = 32, INITCOND = '{"version":1,"hits":0,"total":0}',
    FINALFUNC = sla_rate, COMBINEFUNC = rate_combine, PARALLEL = SAFE,
    MSFUNC = rate_accum_sla, MINVFUNC = rate_remove_sla, MSTYPE = rate_summary, MSSPACE = 32,
    MINITCOND = '{"version":1,"hits":0,"total":0}', MFINALFUNC = sla_rate
);
COMMENT ON AGGREGATE sla_rate(timestamptz, timestamptz, interval, timestamptz) IS
    'SLA rate: 100 * rows with ended_at - started_at <= within / rows. Percent from 0 to 100, higher is better. As it stood at as_of: what ended later had not ended yet, missed when past its limit (as_of - started_at > within), otherwise skipped, as is what started after as_of. Rows without started_at or within are skipped; NULL without any other. 22003 for infinity or an end before the start; 22023 for a NULL as_of, a limit that is not positive or has months. Limit and as_of may differ by row.';

CREATE AGGREGATE sla_rate(started_at timestamp, ended_at timestamp, within interval, as_of timestamp) (
    SFUNC = rate_accum_sla, STYPE = rate_summary, SSPACE = 32, INITCOND = '{"version":1,"hits":0,"total":0}',
    FINALFUNC = sla_rate, COMBINEFUNC = rate_combine, PARALLEL = SAFE,
    MSFUNC = rate_accum_sla, MINVFUNC = rate_remove_sla, MSTYPE = rate_summary, MSSPACE = 32,
    MINITCOND = '{"version":1,"hits":0,"total":0}', MFINALFUNC = sla_rate
);
COMMENT ON AGGREGATE sla_rate(timestamp, timestamp, interval, timestamp) IS
    'SLA rate: 100 * rows with ended_at - started_at <= within / rows. Percent from 0 to 100, higher is better. As it stood at as_of: what ended later had not ended yet, missed when past its limit (as_of - started_at > within), otherwise skipped, as is what started after as_of. Rows without started_at or within are skipped; NULL without any other. 22003 for infinity or an end before the start; 22023 for a NULL as_of, a limit that is not positive or has months. Limit and as_of may differ by row.';

CREATE FUNCTION sla_rate_from_counts(hits double precision, total double precision) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_named_rate_from_counts';
COMMENT ON FUNCTION sla_rate_from_counts(double precision, double precision) IS
    'SLA rate from counts: 100 * hits / total. Percent from 0 to 100. NULL when a count is NULL or total is 0; 22003 for a negative count, hits above total, NaN, infinity, or a count of 2^53 and more, which rate_from_counts takes.';

INSERT INTO kpi_catalog (name, family, measures, formula, unit, higher_is_better, usage) VALUES
    ('on_time', 'rate',
     'Whether one delivery was on time',
     'delivered_at <= promised_at',
     'boolean, NULL while not known', NULL,
     'on_time(promised_at, delivered_at [, as_of])'),
    ('on_time_rate', 'rate',
     'Deliveries that were on time',
     '100 * (delivered_at <= promised_at) / deliveries',
     'percent, 0 to 100', true,
     'on_time_rate(promised_at, delivered_at [, as_of]), on_time_rate(summary)'),
    ('within_sla', 'rate',
     'Whether something ended within its limit',
     'ended_at - started_at <= within',
     'boolean, NULL while not known', NULL,
     'within_sla(started_at, ended_at, within [, as_of])'),
    ('sla_rate', 'rate',
     'Cases that ended within the limit of the service level agreement',
     '100 * (ended_at - started_at <= within) / rows',
     'percent, 0 to 100', true,
     'sla_rate(started_at, ended_at, within [, as_of]), sla_rate(summary)'),
    ('on_time_rate_from_counts', 'rate',
     'On-time rate, from counts that are already there',
     '100 * hits / total',
     'percent, 0 to 100', true,
     'on_time_rate_from_counts(hits, total)'),
    ('sla_rate_from_counts', 'rate',
     'SLA rate, from counts that are already there',
     '100 * hits / total',
     'percent, 0 to 100', true,
     'sla_rate_from_counts(hits, total)');
-- duration_summary: how long things took. The state of every duration aggregate, and a column type
-- for stored durations.

CREATE TYPE duration_summary;

CREATE FUNCTION duration_summary_in(cstring) RETURNS duration_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_duration_summary_in';
COMMENT ON FUNCTION duration_summary_in(cstring) IS
    'Support function: reads the text form of a duration_summary, such as {"version":1,"durations":[300000000,1200000000]} (microseconds). 22P02 for anything else.';

CREATE FUNCTION duration_summary_out(duration_summary) RETURNS cstring
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_duration_summary_out';
COMMENT ON FUNCTION duration_summary_out(duration_summary) IS
    'Support function: writes the text form of a duration_summary, without loss.';

CREATE FUNCTION duration_summary_recv(internal) RETURNS duration_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_duration_summary_recv';
COMMENT ON FUNCTION duration_summary_recv(internal) IS
    'Support function: reads the binary form of a duration_summary. 22P03 for anything else.';

CREATE FUNCTION duration_summary_send(duration_summary) RETURNS bytea
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_duration_summary_send';
COMMENT ON FUNCTION duration_summary_send(duration_summary) IS
    'Support function: writes the binary form of a duration_summary, without loss.';

CREATE TYPE duration_summary (
    INPUT = duration_summary_in, OUTPUT = duration_summary_out,
    RECEIVE = duration_summary_recv, SEND = duration_summary_send,
    INTERNALLENGTH = VARIABLE, ALIGNMENT = int4, STORAGE = extended
);
COMMENT ON TYPE duration_summary IS
    'Durations: up to 500 one by one, with more their exact count, total, sum of squares, minimum and maximum, and a histogram that knows every duration to 0.8 %. Built by duration_agg(started_at, ended_at) or duration_agg(duration), merged by rollup(summary), read by avg_duration(summary), median_duration(summary), duration_percentile(summary, fraction), within_rate(summary, limit) and more. As text it is JSON, in microseconds: {"version":1,"durations":[300000000,1200000000]}.';

CREATE FUNCTION duration_summary_eq(duration_summary, duration_summary) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_duration_summary_eq';
COMMENT ON FUNCTION duration_summary_eq(duration_summary, duration_summary) IS
    'Support function of =: whether two summaries hold the same durations.';

CREATE FUNCTION duration_summary_ne(duration_summary, duration_summary) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_duration_summary_ne';
COMMENT ON FUNCTION duration_summary_ne(duration_summary, duration_summary) IS
    'Support function of <>: the opposite of =.';

CREATE FUNCTION duration_summary_hash(duration_summary) RETURNS integer
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_duration_summary_hash';
COMMENT ON FUNCTION duration_summary_hash(duration_summary) IS
    'Support function of hash joins, hash aggregates and hash indexes: equal summaries have equal hashes.';

CREATE FUNCTION duration_summary_hash_extended(duration_summary, bigint) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_duration_summary_hash_extended';
COMMENT ON FUNCTION duration_summary_hash_extended(duration_summary, bigint) IS
    'Support function of hash partitions: equal summaries have equal hashes.';

CREATE OPERATOR = (
    LEFTARG = duration_summary, RIGHTARG = duration_summary, FUNCTION = duration_summary_eq,
    COMMUTATOR = =, NEGATOR = <>, RESTRICT = eqsel, JOIN = eqjoinsel, HASHES
);
COMMENT ON OPERATOR = (duration_summary, duration_summary) IS
    'Whether two summaries are equal.';

CREATE OPERATOR <> (
    LEFTARG = duration_summary, RIGHTARG = duration_summary, FUNCTION = duration_summary_ne,
    COMMUTATOR = <>, NEGATOR = =, RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (duration_summary, duration_summary) IS
    'Whether two summaries differ.';

CREATE OPERATOR CLASS duration_summary_hash_ops DEFAULT FOR TYPE duration_summary USING hash AS
    OPERATOR 1 =,
    FUNCTION 1 duration_summary_hash(duration_summary),
    FUNCTION 2 duration_summary_hash_extended(duration_summary, bigint);
COMMENT ON OPERATOR CLASS duration_summary_hash_ops USING hash IS
    'Lets summaries be grouped, made distinct and compared by hash.';
COMMENT ON OPERATOR FAMILY duration_summary_hash_ops USING hash IS
    'Lets summaries be grouped, made distinct and compared by hash.';
-- Row by row: the transition functions of all duration aggregates.

CREATE FUNCTION duration_accum(
    state duration_summary,
    started_at timestamptz,
    ended_at timestamptz
) RETURNS duration_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_duration_accum_span';
COMMENT ON FUNCTION duration_accum(duration_summary, timestamptz, timestamptz) IS
    'Support function of the duration aggregates: one more duration.';

CREATE FUNCTION duration_accum(
    state duration_summary,
    started_at timestamp,
    ended_at timestamp
) RETURNS duration_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_duration_accum_span';
COMMENT ON FUNCTION duration_accum(duration_summary, timestamp, timestamp) IS
    'Support function of the duration aggregates: one more duration.';

CREATE FUNCTION duration_accum(state duration_summary, duration interval) RETURNS duration_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_duration_accum_length';
COMMENT ON FUNCTION duration_accum(duration_summary, interval) IS
    'Support function of the duration aggregates: one more duration.';

CREATE FUNCTION duration_accum(
    state duration_summary,
    talk interval,
    hold interval,
    wrap interval
) RETURNS duration_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_duration_accum_handling';
COMMENT ON FUNCTION duration_accum(duration_summary, interval, interval, interval) IS
    'Support function of the duration aggregates: one more duration.';

CREATE FUNCTION duration_remove(
    state duration_summary,
    started_at timestamptz,
    ended_at timestamptz
) RETURNS duration_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_duration_remove_span';
COMMENT ON FUNCTION duration_remove(duration_summary, timestamptz, timestamptz) IS
    'Support function of the duration aggregates: takes one duration back when a window frame moves on; NULL where the rest has to be read again.';

CREATE FUNCTION duration_remove(
    state duration_summary,
    started_at timestamp,
    ended_at timestamp
) RETURNS duration_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_duration_remove_span';
COMMENT ON FUNCTION duration_remove(duration_summary, timestamp, timestamp) IS
    'Support function of the duration aggregates: takes one duration back when a window frame moves on; NULL where the rest has to be read again.';

CREATE FUNCTION duration_remove(state duration_summary, duration interval) RETURNS duration_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_duration_remove_length';
COMMENT ON FUNCTION duration_remove(duration_summary, interval) IS
    'Support function of the duration aggregates: takes one duration back when a window frame moves on; NULL where the rest has to be read again.';

CREATE FUNCTION duration_remove(
    state duration_summary,
    talk interval,
    hold interval,
    wrap interval
) RETURNS duration_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_duration_remove_handling';
COMMENT ON FUNCTION duration_remove(duration_summary, interval, interval, interval) IS
    'Support function of the duration aggregates: takes one duration back when a window frame moves on; NULL where the rest has to be read again.';

CREATE FUNCTION duration_accum_fraction(
    state duration_summary,
    started_at timestamptz,
    ended_at timestamptz,
    fraction double precision
) RETURNS duration_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_duration_accum_fraction_span';
COMMENT ON FUNCTION duration_accum_fraction(duration_summary, timestamptz, timestamptz, double precision) IS
    'Support function of the percentile aggregates: one more duration.';

CREATE FUNCTION duration_accum_fraction(
    state duration_summary,
    started_at timestamp,
    ended_at timestamp,
    fraction double precision
) RETURNS duration_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_duration_accum_fraction_span';
COMMENT ON FUNCTION duration_accum_fraction(duration_summary, timestamp, timestamp, double precision) IS
    'Support function of the percentile aggregates: one more duration.';

CREATE FUNCTION duration_accum_fraction(
    state duration_summary,
    duration interval,
    fraction double precision
) RETURNS duration_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_duration_accum_fraction_length';
COMMENT ON FUNCTION duration_accum_fraction(duration_summary, interval, double precision) IS
    'Support function of the percentile aggregates: one more duration.';

CREATE FUNCTION duration_remove_fraction(
    state duration_summary,
    started_at timestamptz,
    ended_at timestamptz,
    fraction double precision
) RETURNS duration_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_duration_remove_fraction_span';
COMMENT ON FUNCTION duration_remove_fraction(duration_summary, timestamptz, timestamptz, double precision) IS
    'Support function of the percentile aggregates: takes one duration back when a window frame moves on; NULL where the rest has to be read again.';

CREATE FUNCTION duration_remove_fraction(
    state duration_summary,
    started_at timestamp,
    ended_at timestamp,
    fraction double precision
) RETURNS duration_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_duration_remove_fraction_span';
COMMENT ON FUNCTION duration_remove_fraction(duration_summary, timestamp, timestamp, double precision) IS
    'Support function of the percentile aggregates: takes one duration back when a window frame moves on; NULL where the rest has to be read again.';

CREATE FUNCTION duration_remove_fraction(
    state duration_summary,
    duration interval,
    fraction double precision
) RETURNS duration_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_duration_remove_fraction_length';
COMMENT ON FUNCTION duration_remove_fraction(duration_summary, interval, double precision) IS
    'Support function of the percentile aggregates: takes one duration back when a window frame moves on; NULL where the rest has to be read again.';

CREATE FUNCTION duration_combine(
    state duration_summary,
    summary duration_summary
) RETURNS duration_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_duration_combine';
COMMENT ON FUNCTION duration_combine(duration_summary, duration_summary) IS
    'Support function of the duration aggregates: adds the durations of a partial or stored summary. 22003 beyond 2^63 - 1 durations, 22023 for summaries with different fractions.';

CREATE FUNCTION duration_final(state duration_summary) RETURNS duration_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_duration_final';
COMMENT ON FUNCTION duration_final(duration_summary) IS
    'Support function of duration_agg and rollup: the finished summary.';
-- What can be read of a duration_summary. The aggregates use these as their final functions.

CREATE FUNCTION avg_duration(summary duration_summary) RETURNS interval
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_avg_duration';
COMMENT ON FUNCTION avg_duration(duration_summary) IS
    'Mean duration: total time / durations, rounded to microseconds. Interval in days of 24 hours and time. NULL for an empty summary.';

CREATE FUNCTION median_duration(summary duration_summary) RETURNS interval
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_median_duration';
COMMENT ON FUNCTION median_duration(duration_summary) IS
    'Median duration: the middle one, or the mean of the middle two, as percentile_cont(0.5). Exact up to 500 durations, with more within 1 %. Interval in days of 24 hours and time. NULL for an empty summary.';

CREATE FUNCTION stddev_duration(summary duration_summary) RETURNS interval
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_stddev_duration';
COMMENT ON FUNCTION stddev_duration(duration_summary) IS
    'Spread of durations: sample standard deviation, as stddev(), of exact sums; NULL for a single duration. Interval in days of 24 hours and time. NULL for an empty summary.';

CREATE FUNCTION min_duration(summary duration_summary) RETURNS interval
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_min_duration';
COMMENT ON FUNCTION min_duration(duration_summary) IS
    'Shortest duration: the shortest, exactly. Interval in days of 24 hours and time. NULL for an empty summary.';

CREATE FUNCTION max_duration(summary duration_summary) RETURNS interval
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_max_duration';
COMMENT ON FUNCTION max_duration(duration_summary) IS
    'Longest duration: the longest, exactly. Interval in days of 24 hours and time. NULL for an empty summary.';

CREATE FUNCTION total_duration(summary duration_summary) RETURNS interval
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_total_duration';
COMMENT ON FUNCTION total_duration(duration_summary) IS
    'Time in all: the sum, exactly. Interval in days of 24 hours and time. NULL for an empty summary.';

CREATE FUNCTION num_durations(summary duration_summary) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_num_durations';
COMMENT ON FUNCTION num_durations(duration_summary) IS
    'Number of durations: how many, exactly. Count. 0 for an empty summary.';

CREATE FUNCTION duration_percentile(summary duration_summary) RETURNS interval
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_duration_percentile';
COMMENT ON FUNCTION duration_percentile(duration_summary) IS
    'Percentile of durations: what a share of fraction (0 to 1) of them stays below, as percentile_cont. Exact up to 500 durations, with more within 1 %. Interval in days of 24 hours and time. The fraction is the one that the summary carries from a one-step percentile: support of that aggregate. NULL for an empty summary. 22023 for a summary without fraction.';

CREATE FUNCTION duration_percentile(
    summary duration_summary,
    fraction double precision
) RETURNS interval
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_duration_percentile';
COMMENT ON FUNCTION duration_percentile(duration_summary, double precision) IS
    'Percentile of durations: what a share of fraction (0 to 1) of them stays below, as percentile_cont. Exact up to 500 durations, with more within 1 %. Interval in days of 24 hours and time. NULL for an empty summary. 22023 for a fraction that is NULL or not between 0 and 1.';

CREATE FUNCTION within_rate(summary duration_summary, "limit" interval) RETURNS numeric
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_within_rate';
COMMENT ON FUNCTION within_rate(duration_summary, interval) IS
    'Share of durations up to limit: 100 * durations <= limit / durations. Percent from 0 to 100. Exact up to 500 durations; with more, durations up to 0.8 % longer than the limit may count, too (sla_rate is always exact). NULL for an empty summary; 22023 for a limit that is NULL, not longer than 0, or has months.';
-- Durations of anything: one state for all aggregates over the same columns, so that the mean, the
-- median and the rest cost one pass.

CREATE AGGREGATE avg_duration(started_at timestamptz, ended_at timestamptz) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = avg_duration, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = avg_duration
);
COMMENT ON AGGREGATE avg_duration(timestamptz, timestamptz) IS
    'Mean duration: total time / durations, rounded to microseconds. Interval in days of 24 hours and time. Rows without start or end are skipped; NULL without any other. 22003 for an end before its start or an infinite time.';

CREATE AGGREGATE avg_duration(started_at timestamp, ended_at timestamp) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = avg_duration, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = avg_duration
);
COMMENT ON AGGREGATE avg_duration(timestamp, timestamp) IS
    'Mean duration: total time / durations, rounded to microseconds. Interval in days of 24 hours and time. Rows without start or end are skipped; NULL without any other. 22003 for an end before its start or an infinite time.';

CREATE AGGREGATE avg_duration(duration interval) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = avg_duration, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = avg_duration
);
COMMENT ON AGGREGATE avg_duration(interval) IS
    'Mean duration: total time / durations, rounded to microseconds. Interval in days of 24 hours and time. Rows with NULL are skipped; NULL without any other. 22003 for a negative or infinite interval or one with months.';

CREATE AGGREGATE median_duration(started_at timestamptz, ended_at timestamptz) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = median_duration, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = median_duration
);
COMMENT ON AGGREGATE median_duration(timestamptz, timestamptz) IS
    'Median duration: the middle one, or the mean of the middle two, as percentile_cont(0.5). Exact up to 500 durations, with more within 1 %. Interval in days of 24 hours and time. Rows without start or end are skipped; NULL without any other. 22003 for an end before its start or an infinite time.';

CREATE AGGREGATE median_duration(started_at timestamp, ended_at timestamp) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = median_duration, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = median_duration
);
COMMENT ON AGGREGATE median_duration(timestamp, timestamp) IS
    'Median duration: the middle one, or the mean of the middle two, as percentile_cont(0.5). Exact up to 500 durations, with more within 1 %. Interval in days of 24 hours and time. Rows without start or end are skipped; NULL without any other. 22003 for an end before its start or an infinite time.';

CREATE AGGREGATE median_duration(duration interval) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = median_duration, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = median_duration
);
COMMENT ON AGGREGATE median_duration(interval) IS
    'Median duration: the middle one, or the mean of the middle two, as percentile_cont(0.5). Exact up to 500 durations, with more within 1 %. Interval in days of 24 hours and time. Rows with NULL are skipped; NULL without any other. 22003 for a negative or infinite interval or one with months.';

CREATE AGGREGATE stddev_duration(started_at timestamptz, ended_at timestamptz) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = stddev_duration, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = stddev_duration
);
COMMENT ON AGGREGATE stddev_duration(timestamptz, timestamptz) IS
    'Spread of durations: sample standard deviation, as stddev(), of exact sums; NULL for a single duration. Interval in days of 24 hours and time. Rows without start or end are skipped; NULL without any other. 22003 for an end before its start or an infinite time.';

CREATE AGGREGATE stddev_duration(started_at timestamp, ended_at timestamp) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = stddev_duration, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = stddev_duration
);
COMMENT ON AGGREGATE stddev_duration(timestamp, timestamp) IS
    'Spread of durations: sample standard deviation, as stddev(), of exact sums; NULL for a single duration. Interval in days of 24 hours and time. Rows without start or end are skipped; NULL without any other. 22003 for an end before its start or an infinite time.';

CREATE AGGREGATE stddev_duration(duration interval) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = stddev_duration, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = stddev_duration
);
COMMENT ON AGGREGATE stddev_duration(interval) IS
    'Spread of durations: sample standard deviation, as stddev(), of exact sums; NULL for a single duration. Interval in days of 24 hours and time. Rows with NULL are skipped; NULL without any other. 22003 for a negative or infinite interval or one with months.';

CREATE AGGREGATE min_duration(started_at timestamptz, ended_at timestamptz) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = min_duration, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = min_duration
);
COMMENT ON AGGREGATE min_duration(timestamptz, timestamptz) IS
    'Shortest duration: the shortest, exactly. Interval in days of 24 hours and time. Rows without start or end are skipped; NULL without any other. 22003 for an end before its start or an infinite time.';

CREATE AGGREGATE min_duration(started_at timestamp, ended_at timestamp) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = min_duration, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = min_duration
);
COMMENT ON AGGREGATE min_duration(timestamp, timestamp) IS
    'Shortest duration: the shortest, exactly. Interval in days of 24 hours and time. Rows without start or end are skipped; NULL without any other. 22003 for an end before its start or an infinite time.';

CREATE AGGREGATE min_duration(duration interval) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = min_duration, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = min_duration
);
COMMENT ON AGGREGATE min_duration(interval) IS
    'Shortest duration: the shortest, exactly. Interval in days of 24 hours and time. Rows with NULL are skipped; NULL without any other. 22003 for a negative or infinite interval or one with months.';

CREATE AGGREGATE max_duration(started_at timestamptz, ended_at timestamptz) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = max_duration, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = max_duration
);
COMMENT ON AGGREGATE max_duration(timestamptz, timestamptz) IS
    'Longest duration: the longest, exactly. Interval in days of 24 hours and time. Rows without start or end are skipped; NULL without any other. 22003 for an end before its start or an infinite time.';

CREATE AGGREGATE max_duration(started_at timestamp, ended_at timestamp) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = max_duration, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = max_duration
);
COMMENT ON AGGREGATE max_duration(timestamp, timestamp) IS
    'Longest duration: the longest, exactly. Interval in days of 24 hours and time. Rows without start or end are skipped; NULL without any other. 22003 for an end before its start or an infinite time.';

CREATE AGGREGATE max_duration(duration interval) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = max_duration, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = max_duration
);
COMMENT ON AGGREGATE max_duration(interval) IS
    'Longest duration: the longest, exactly. Interval in days of 24 hours and time. Rows with NULL are skipped; NULL without any other. 22003 for a negative or infinite interval or one with months.';

CREATE AGGREGATE total_duration(started_at timestamptz, ended_at timestamptz) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = total_duration, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = total_duration
);
COMMENT ON AGGREGATE total_duration(timestamptz, timestamptz) IS
    'Time in all: the sum, exactly. Interval in days of 24 hours and time. Rows without start or end are skipped; NULL without any other. 22003 for an end before its start or an infinite time.';

CREATE AGGREGATE total_duration(started_at timestamp, ended_at timestamp) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = total_duration, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = total_duration
);
COMMENT ON AGGREGATE total_duration(timestamp, timestamp) IS
    'Time in all: the sum, exactly. Interval in days of 24 hours and time. Rows without start or end are skipped; NULL without any other. 22003 for an end before its start or an infinite time.';

CREATE AGGREGATE total_duration(duration interval) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = total_duration, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = total_duration
);
COMMENT ON AGGREGATE total_duration(interval) IS
    'Time in all: the sum, exactly. Interval in days of 24 hours and time. Rows with NULL are skipped; NULL without any other. 22003 for a negative or infinite interval or one with months.';

CREATE AGGREGATE num_durations(started_at timestamptz, ended_at timestamptz) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = num_durations, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = num_durations
);
COMMENT ON AGGREGATE num_durations(timestamptz, timestamptz) IS
    'Number of durations: how many, exactly. Count. Rows without start or end are skipped; 0 without any other. 22003 for an end before its start or an infinite time.';

CREATE AGGREGATE num_durations(started_at timestamp, ended_at timestamp) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = num_durations, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = num_durations
);
COMMENT ON AGGREGATE num_durations(timestamp, timestamp) IS
    'Number of durations: how many, exactly. Count. Rows without start or end are skipped; 0 without any other. 22003 for an end before its start or an infinite time.';

CREATE AGGREGATE num_durations(duration interval) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = num_durations, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = num_durations
);
COMMENT ON AGGREGATE num_durations(interval) IS
    'Number of durations: how many, exactly. Count. Rows with NULL are skipped; 0 without any other. 22003 for a negative or infinite interval or one with months.';

CREATE AGGREGATE duration_percentile(started_at timestamptz, ended_at timestamptz, fraction double precision) (
    SFUNC = duration_accum_fraction, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = duration_percentile, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum_fraction, MINVFUNC = duration_remove_fraction, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = duration_percentile
);
COMMENT ON AGGREGATE duration_percentile(timestamptz, timestamptz, double precision) IS
    'Percentile of durations: what a share of fraction (0 to 1) of them stays below, as percentile_cont. Exact up to 500 durations, with more within 1 %. Interval in days of 24 hours and time. Rows without start or end are skipped; NULL without any other. 22003 for an end before its start or an infinite time, 22023 for a fraction that is NULL, not between 0 and 1, or varies within a group.';

CREATE AGGREGATE duration_percentile(started_at timestamp, ended_at timestamp, fraction double precision) (
    SFUNC = duration_accum_fraction, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = duration_percentile, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum_fraction, MINVFUNC = duration_remove_fraction, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = duration_percentile
);
COMMENT ON AGGREGATE duration_percentile(timestamp, timestamp, double precision) IS
    'Percentile of durations: what a share of fraction (0 to 1) of them stays below, as percentile_cont. Exact up to 500 durations, with more within 1 %. Interval in days of 24 hours and time. Rows without start or end are skipped; NULL without any other. 22003 for an end before its start or an infinite time, 22023 for a fraction that is NULL, not between 0 and 1, or varies within a group.';

CREATE AGGREGATE duration_percentile(duration interval, fraction double precision) (
    SFUNC = duration_accum_fraction, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = duration_percentile, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum_fraction, MINVFUNC = duration_remove_fraction, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = duration_percentile
);
COMMENT ON AGGREGATE duration_percentile(interval, double precision) IS
    'Percentile of durations: what a share of fraction (0 to 1) of them stays below, as percentile_cont. Exact up to 500 durations, with more within 1 %. Interval in days of 24 hours and time. Rows with NULL are skipped; NULL without any other. 22003 for a negative or infinite interval or one with months, 22023 for a fraction that is NULL, not between 0 and 1, or varies within a group.';

CREATE AGGREGATE duration_agg(started_at timestamptz, ended_at timestamptz) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = duration_final, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = duration_final
);
COMMENT ON AGGREGATE duration_agg(timestamptz, timestamptz) IS
    'Summary of durations, to be stored and read by avg_duration(summary), median_duration(summary), duration_percentile(summary, fraction), within_rate(summary, limit) and more. Rows without start or end are skipped; an empty summary without any other. 22003 for an end before its start or an infinite time.';

CREATE AGGREGATE duration_agg(started_at timestamp, ended_at timestamp) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = duration_final, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = duration_final
);
COMMENT ON AGGREGATE duration_agg(timestamp, timestamp) IS
    'Summary of durations, to be stored and read by avg_duration(summary), median_duration(summary), duration_percentile(summary, fraction), within_rate(summary, limit) and more. Rows without start or end are skipped; an empty summary without any other. 22003 for an end before its start or an infinite time.';

CREATE AGGREGATE duration_agg(duration interval) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = duration_final, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = duration_final
);
COMMENT ON AGGREGATE duration_agg(interval) IS
    'Summary of durations, to be stored and read by avg_duration(summary), median_duration(summary), duration_percentile(summary, fraction), within_rate(summary, limit) and more. Rows with NULL are skipped; an empty summary without any other. 22003 for a negative or infinite interval or one with months.';

CREATE AGGREGATE rollup(summary duration_summary) (
    SFUNC = duration_combine, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = duration_final, COMBINEFUNC = duration_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(duration_summary) IS
    'Merges stored duration summaries: the result is the same as from all raw rows. NULL summaries are skipped; an empty summary without any. 22003 beyond 2^63 - 1 durations.';

INSERT INTO kpi_catalog (name, family, measures, formula, unit, higher_is_better, usage) VALUES
    ('avg_duration', 'duration',
     'Mean duration',
     'total / durations',
     'interval', NULL,
     'avg_duration(started_at, ended_at), avg_duration(duration), avg_duration(summary)'),
    ('median_duration', 'duration',
     'Duration that half of them stay below',
     'percentile_cont(0.5), exact up to 500 durations, else within 1 %',
     'interval', NULL,
     'median_duration(started_at, ended_at), median_duration(duration), median_duration(summary)'),
    ('duration_percentile', 'duration',
     'Duration that a share of them stays below',
     'percentile_cont(fraction), exact up to 500 durations, else within 1 %',
     'interval', NULL,
     'duration_percentile(started_at, ended_at, fraction), duration_percentile(duration, fraction), duration_percentile(summary, fraction)'),
    ('stddev_duration', 'duration',
     'Spread of durations',
     'sample standard deviation',
     'interval', false,
     'stddev_duration(started_at, ended_at), stddev_duration(duration), stddev_duration(summary)'),
    ('min_duration', 'duration',
     'Shortest duration',
     'minimum',
     'interval', NULL,
     'min_duration(started_at, ended_at), min_duration(duration), min_duration(summary)'),
    ('max_duration', 'duration',
     'Longest duration',
     'maximum',
     'interval', NULL,
     'max_duration(started_at, ended_at), max_duration(duration), max_duration(summary)'),
    ('total_duration', 'duration',
     'Time in all',
     'sum',
     'interval', NULL,
     'total_duration(started_at, ended_at), total_duration(duration), total_duration(summary)'),
    ('num_durations', 'duration',
     'Number of durations',
     'count of rows with a duration',
     'count', NULL,
     'num_durations(started_at, ended_at), num_durations(duration), num_durations(summary)'),
    ('within_rate', 'duration',
     'Share of durations up to a limit',
     '100 * durations <= limit / durations; above 500 durations those up to 0.8 % longer may count, too',
     'percent, 0 to 100', true,
     'within_rate(summary, limit)'),
    ('duration_agg', 'duration',
     'Summary of durations to store and roll up',
     'durations one by one, or totals and a histogram',
     'duration_summary', NULL,
     'duration_agg(started_at, ended_at), duration_agg(duration)');
-- The clocks of a help desk: first response, resolution, handling. Durations under the names of the
-- field.

CREATE FUNCTION avg_resolution_time(summary duration_summary) RETURNS interval
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_avg_duration';
COMMENT ON FUNCTION avg_resolution_time(duration_summary) IS
    'Mean resolution time, from opened to resolved: total time / durations, rounded to microseconds. Interval in days of 24 hours and time. NULL for an empty summary.';

CREATE AGGREGATE avg_resolution_time(started_at timestamptz, ended_at timestamptz) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = avg_resolution_time, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = avg_resolution_time
);
COMMENT ON AGGREGATE avg_resolution_time(timestamptz, timestamptz) IS
    'Mean resolution time, from opened to resolved: total time / durations, rounded to microseconds. Interval in days of 24 hours and time. Rows without start or end are skipped; NULL without any other. 22003 for an end before its start or an infinite time.';

CREATE AGGREGATE avg_resolution_time(started_at timestamp, ended_at timestamp) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = avg_resolution_time, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = avg_resolution_time
);
COMMENT ON AGGREGATE avg_resolution_time(timestamp, timestamp) IS
    'Mean resolution time, from opened to resolved: total time / durations, rounded to microseconds. Interval in days of 24 hours and time. Rows without start or end are skipped; NULL without any other. 22003 for an end before its start or an infinite time.';

CREATE AGGREGATE avg_resolution_time(duration interval) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = avg_resolution_time, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = avg_resolution_time
);
COMMENT ON AGGREGATE avg_resolution_time(interval) IS
    'Mean resolution time, from opened to resolved: total time / durations, rounded to microseconds. Interval in days of 24 hours and time. Rows with NULL are skipped; NULL without any other. 22003 for a negative or infinite interval or one with months.';

CREATE FUNCTION median_resolution_time(summary duration_summary) RETURNS interval
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_median_duration';
COMMENT ON FUNCTION median_resolution_time(duration_summary) IS
    'Median resolution time, from opened to resolved: the middle one, or the mean of the middle two, as percentile_cont(0.5). Exact up to 500 durations, with more within 1 %. Interval in days of 24 hours and time. NULL for an empty summary.';

CREATE AGGREGATE median_resolution_time(started_at timestamptz, ended_at timestamptz) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = median_resolution_time, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = median_resolution_time
);
COMMENT ON AGGREGATE median_resolution_time(timestamptz, timestamptz) IS
    'Median resolution time, from opened to resolved: the middle one, or the mean of the middle two, as percentile_cont(0.5). Exact up to 500 durations, with more within 1 %. Interval in days of 24 hours and time. Rows without start or end are skipped; NULL without any other. 22003 for an end before its start or an infinite time.';

CREATE AGGREGATE median_resolution_time(started_at timestamp, ended_at timestamp) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = median_resolution_time, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = median_resolution_time
);
COMMENT ON AGGREGATE median_resolution_time(timestamp, timestamp) IS
    'Median resolution time, from opened to resolved: the middle one, or the mean of the middle two, as percentile_cont(0.5). Exact up to 500 durations, with more within 1 %. Interval in days of 24 hours and time. Rows without start or end are skipped; NULL without any other. 22003 for an end before its start or an infinite time.';

CREATE AGGREGATE median_resolution_time(duration interval) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = median_resolution_time, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = median_resolution_time
);
COMMENT ON AGGREGATE median_resolution_time(interval) IS
    'Median resolution time, from opened to resolved: the middle one, or the mean of the middle two, as percentile_cont(0.5). Exact up to 500 durations, with more within 1 %. Interval in days of 24 hours and time. Rows with NULL are skipped; NULL without any other. 22003 for a negative or infinite interval or one with months.';

CREATE FUNCTION resolution_time_percentile(summary duration_summary) RETURNS interval
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_duration_percentile';
COMMENT ON FUNCTION resolution_time_percentile(duration_summary) IS
    'Percentile of the resolution time, from opened to resolved: what a share of fraction (0 to 1) of them stays below, as percentile_cont. Exact up to 500 durations, with more within 1 %. Interval in days of 24 hours and time. The fraction is the one that the summary carries from a one-step percentile: support of that aggregate. NULL for an empty summary. 22023 for a summary without fraction.';

CREATE FUNCTION resolution_time_percentile(
    summary duration_summary,
    fraction double precision
) RETURNS interval
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_duration_percentile';
COMMENT ON FUNCTION resolution_time_percentile(duration_summary, double precision) IS
    'Percentile of the resolution time, from opened to resolved: what a share of fraction (0 to 1) of them stays below, as percentile_cont. Exact up to 500 durations, with more within 1 %. Interval in days of 24 hours and time. NULL for an empty summary. 22023 for a fraction that is NULL or not between 0 and 1.';

CREATE AGGREGATE resolution_time_percentile(started_at timestamptz, ended_at timestamptz, fraction double precision) (
    SFUNC = duration_accum_fraction, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = resolution_time_percentile, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum_fraction, MINVFUNC = duration_remove_fraction, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = resolution_time_percentile
);
COMMENT ON AGGREGATE resolution_time_percentile(timestamptz, timestamptz, double precision) IS
    'Percentile of the resolution time, from opened to resolved: what a share of fraction (0 to 1) of them stays below, as percentile_cont. Exact up to 500 durations, with more within 1 %. Interval in days of 24 hours and time. Rows without start or end are skipped; NULL without any other. 22003 for an end before its start or an infinite time, 22023 for a fraction that is NULL, not between 0 and 1, or varies within a group.';

CREATE AGGREGATE resolution_time_percentile(started_at timestamp, ended_at timestamp, fraction double precision) (
    SFUNC = duration_accum_fraction, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = resolution_time_percentile, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum_fraction, MINVFUNC = duration_remove_fraction, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = resolution_time_percentile
);
COMMENT ON AGGREGATE resolution_time_percentile(timestamp, timestamp, double precision) IS
    'Percentile of the resolution time, from opened to resolved: what a share of fraction (0 to 1) of them stays below, as percentile_cont. Exact up to 500 durations, with more within 1 %. Interval in days of 24 hours and time. Rows without start or end are skipped; NULL without any other. 22003 for an end before its start or an infinite time, 22023 for a fraction that is NULL, not between 0 and 1, or varies within a group.';

CREATE AGGREGATE resolution_time_percentile(duration interval, fraction double precision) (
    SFUNC = duration_accum_fraction, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = resolution_time_percentile, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum_fraction, MINVFUNC = duration_remove_fraction, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = resolution_time_percentile
);
COMMENT ON AGGREGATE resolution_time_percentile(interval, double precision) IS
    'Percentile of the resolution time, from opened to resolved: what a share of fraction (0 to 1) of them stays below, as percentile_cont. Exact up to 500 durations, with more within 1 %. Interval in days of 24 hours and time. Rows with NULL are skipped; NULL without any other. 22003 for a negative or infinite interval or one with months, 22023 for a fraction that is NULL, not between 0 and 1, or varies within a group.';

CREATE FUNCTION avg_first_response_time(summary duration_summary) RETURNS interval
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_avg_duration';
COMMENT ON FUNCTION avg_first_response_time(duration_summary) IS
    'Mean first response time, from opened to first reply: total time / durations, rounded to microseconds. Interval in days of 24 hours and time. NULL for an empty summary.';

CREATE AGGREGATE avg_first_response_time(started_at timestamptz, ended_at timestamptz) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = avg_first_response_time, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = avg_first_response_time
);
COMMENT ON AGGREGATE avg_first_response_time(timestamptz, timestamptz) IS
    'Mean first response time, from opened to first reply: total time / durations, rounded to microseconds. Interval in days of 24 hours and time. Rows without start or end are skipped; NULL without any other. 22003 for an end before its start or an infinite time.';

CREATE AGGREGATE avg_first_response_time(started_at timestamp, ended_at timestamp) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = avg_first_response_time, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = avg_first_response_time
);
COMMENT ON AGGREGATE avg_first_response_time(timestamp, timestamp) IS
    'Mean first response time, from opened to first reply: total time / durations, rounded to microseconds. Interval in days of 24 hours and time. Rows without start or end are skipped; NULL without any other. 22003 for an end before its start or an infinite time.';

CREATE AGGREGATE avg_first_response_time(duration interval) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = avg_first_response_time, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = avg_first_response_time
);
COMMENT ON AGGREGATE avg_first_response_time(interval) IS
    'Mean first response time, from opened to first reply: total time / durations, rounded to microseconds. Interval in days of 24 hours and time. Rows with NULL are skipped; NULL without any other. 22003 for a negative or infinite interval or one with months.';

CREATE FUNCTION median_first_response_time(summary duration_summary) RETURNS interval
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_median_duration';
COMMENT ON FUNCTION median_first_response_time(duration_summary) IS
    'Median first response time, from opened to first reply: the middle one, or the mean of the middle two, as percentile_cont(0.5). Exact up to 500 durations, with more within 1 %. Interval in days of 24 hours and time. NULL for an empty summary.';

CREATE AGGREGATE median_first_response_time(started_at timestamptz, ended_at timestamptz) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = median_first_response_time, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = median_first_response_time
);
COMMENT ON AGGREGATE median_first_response_time(timestamptz, timestamptz) IS
    'Median first response time, from opened to first reply: the middle one, or the mean of the middle two, as percentile_cont(0.5). Exact up to 500 durations, with more within 1 %. Interval in days of 24 hours and time. Rows without start or end are skipped; NULL without any other. 22003 for an end before its start or an infinite time.';

CREATE AGGREGATE median_first_response_time(started_at timestamp, ended_at timestamp) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = median_first_response_time, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = median_first_response_time
);
COMMENT ON AGGREGATE median_first_response_time(timestamp, timestamp) IS
    'Median first response time, from opened to first reply: the middle one, or the mean of the middle two, as percentile_cont(0.5). Exact up to 500 durations, with more within 1 %. Interval in days of 24 hours and time. Rows without start or end are skipped; NULL without any other. 22003 for an end before its start or an infinite time.';

CREATE AGGREGATE median_first_response_time(duration interval) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = median_first_response_time, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = median_first_response_time
);
COMMENT ON AGGREGATE median_first_response_time(interval) IS
    'Median first response time, from opened to first reply: the middle one, or the mean of the middle two, as percentile_cont(0.5). Exact up to 500 durations, with more within 1 %. Interval in days of 24 hours and time. Rows with NULL are skipped; NULL without any other. 22003 for a negative or infinite interval or one with months.';

CREATE FUNCTION first_response_time_percentile(summary duration_summary) RETURNS interval
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_duration_percentile';
COMMENT ON FUNCTION first_response_time_percentile(duration_summary) IS
    'Percentile of the first response time, from opened to first reply: what a share of fraction (0 to 1) of them stays below, as percentile_cont. Exact up to 500 durations, with more within 1 %. Interval in days of 24 hours and time. The fraction is the one that the summary carries from a one-step percentile: support of that aggregate. NULL for an empty summary. 22023 for a summary without fraction.';

CREATE FUNCTION first_response_time_percentile(
    summary duration_summary,
    fraction double precision
) RETURNS interval
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_duration_percentile';
COMMENT ON FUNCTION first_response_time_percentile(duration_summary, double precision) IS
    'Percentile of the first response time, from opened to first reply: what a share of fraction (0 to 1) of them stays below, as percentile_cont. Exact up to 500 durations, with more within 1 %. Interval in days of 24 hours and time. NULL for an empty summary. 22023 for a fraction that is NULL or not between 0 and 1.';

CREATE AGGREGATE first_response_time_percentile(started_at timestamptz, ended_at timestamptz, fraction double precision) (
    SFUNC = duration_accum_fraction, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = first_response_time_percentile, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum_fraction, MINVFUNC = duration_remove_fraction, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = first_response_time_percentile
);
COMMENT ON AGGREGATE first_response_time_percentile(timestamptz, timestamptz, double precision) IS
    'Percentile of the first response time, from opened to first reply: what a share of fraction (0 to 1) of them stays below, as percentile_cont. Exact up to 500 durations, with more within 1 %. Interval in days of 24 hours and time. Rows without start or end are skipped; NULL without any other. 22003 for an end before its start or an infinite time, 22023 for a fraction that is NULL, not between 0 and 1, or varies within a group.';

CREATE AGGREGATE first_response_time_percentile(started_at timestamp, ended_at timestamp, fraction double precision) (
    SFUNC = duration_accum_fraction, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = first_response_time_percentile, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum_fraction, MINVFUNC = duration_remove_fraction, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = first_response_time_percentile
);
COMMENT ON AGGREGATE first_response_time_percentile(timestamp, timestamp, double precision) IS
    'Percentile of the first response time, from opened to first reply: what a share of fraction (0 to 1) of them stays below, as percentile_cont. Exact up to 500 durations, with more within 1 %. Interval in days of 24 hours and time. Rows without start or end are skipped; NULL without any other. 22003 for an end before its start or an infinite time, 22023 for a fraction that is NULL, not between 0 and 1, or varies within a group.';

CREATE AGGREGATE first_response_time_percentile(duration interval, fraction double precision) (
    SFUNC = duration_accum_fraction, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = first_response_time_percentile, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum_fraction, MINVFUNC = duration_remove_fraction, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = first_response_time_percentile
);
COMMENT ON AGGREGATE first_response_time_percentile(interval, double precision) IS
    'Percentile of the first response time, from opened to first reply: what a share of fraction (0 to 1) of them stays below, as percentile_cont. Exact up to 500 durations, with more within 1 %. Interval in days of 24 hours and time. Rows with NULL are skipped; NULL without any other. 22003 for a negative or infinite interval or one with months, 22023 for a fraction that is NULL, not between 0 and 1, or varies within a group.';

INSERT INTO kpi_catalog (name, family, measures, formula, unit, higher_is_better, usage) VALUES
    ('avg_resolution_time', 'duration',
     'Mean time from opened to resolved',
     'total / durations',
     'interval', false,
     'avg_resolution_time(started_at, ended_at), avg_resolution_time(duration), avg_resolution_time(summary)'),
    ('median_resolution_time', 'duration',
     'Time from opened to resolved that half stay below',
     'percentile_cont(0.5), exact up to 500 durations, else within 1 %',
     'interval', false,
     'median_resolution_time(started_at, ended_at), median_resolution_time(duration), median_resolution_time(summary)'),
    ('resolution_time_percentile', 'duration',
     'Time from opened to resolved that a share stays below',
     'percentile_cont(fraction), exact up to 500 durations, else within 1 %',
     'interval', false,
     'resolution_time_percentile(started_at, ended_at, fraction), resolution_time_percentile(duration, fraction), resolution_time_percentile(summary, fraction)'),
    ('avg_first_response_time', 'duration',
     'Mean time from opened to first reply',
     'total / durations',
     'interval', false,
     'avg_first_response_time(started_at, ended_at), avg_first_response_time(duration), avg_first_response_time(summary)'),
    ('median_first_response_time', 'duration',
     'Time from opened to first reply that half stay below',
     'percentile_cont(0.5), exact up to 500 durations, else within 1 %',
     'interval', false,
     'median_first_response_time(started_at, ended_at), median_first_response_time(duration), median_first_response_time(summary)'),
    ('first_response_time_percentile', 'duration',
     'Time from opened to first reply that a share stays below',
     'percentile_cont(fraction), exact up to 500 durations, else within 1 %',
     'interval', false,
     'first_response_time_percentile(started_at, ended_at, fraction), first_response_time_percentile(duration, fraction), first_response_time_percentile(summary, fraction)');
-- Average handle time of contacts, and the clocks of the product: time to value, time on the platform.

CREATE FUNCTION aht(summary duration_summary) RETURNS interval
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_avg_duration';
COMMENT ON FUNCTION aht(duration_summary) IS
    'Average handle time: total time / durations, rounded to microseconds. Interval in days of 24 hours and time. NULL for an empty summary.';

CREATE AGGREGATE aht(handle interval) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = aht, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = aht
);
COMMENT ON AGGREGATE aht(interval) IS
    'Average handle time: total time / contacts, rounded to microseconds. Interval in days of 24 hours and time. Rows with NULL are skipped; NULL without any other. 22003 for a negative or infinite interval or one with months.';

CREATE AGGREGATE aht(talk interval, hold interval, wrap interval) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = aht, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = aht
);
COMMENT ON AGGREGATE aht(interval, interval, interval) IS
    'Average handle time: total of talk, hold and wrap-up time / contacts, rounded to microseconds. Interval in days of 24 hours and time. Rows with any NULL are skipped; NULL without any other. 22003 for a negative or infinite interval or one with months.';

CREATE FUNCTION aht_from_totals(total interval, interactions double precision) RETURNS interval
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_aht_from_totals';
COMMENT ON FUNCTION aht_from_totals(interval, double precision) IS
    'Average handle time from totals: total / interactions, rounded to microseconds: 300 minutes / 50 is 6 minutes. Interval in days of 24 hours and time. NULL for 0 interactions. 22003 for a negative total or one with months, and for interactions that are negative or no whole number.';

CREATE FUNCTION avg_time_to_value(summary duration_summary) RETURNS interval
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_avg_duration';
COMMENT ON FUNCTION avg_time_to_value(duration_summary) IS
    'Mean time to value, from signing up to the first success: total time / durations, rounded to microseconds. Interval in days of 24 hours and time. NULL for an empty summary.';

CREATE AGGREGATE avg_time_to_value(started_at timestamptz, ended_at timestamptz) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = avg_time_to_value, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = avg_time_to_value
);
COMMENT ON AGGREGATE avg_time_to_value(timestamptz, timestamptz) IS
    'Mean time to value, from signing up to the first success: total time / durations, rounded to microseconds. Interval in days of 24 hours and time. Rows without start or end are skipped; NULL without any other. 22003 for an end before its start or an infinite time.';

CREATE AGGREGATE avg_time_to_value(started_at timestamp, ended_at timestamp) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = avg_time_to_value, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = avg_time_to_value
);
COMMENT ON AGGREGATE avg_time_to_value(timestamp, timestamp) IS
    'Mean time to value, from signing up to the first success: total time / durations, rounded to microseconds. Interval in days of 24 hours and time. Rows without start or end are skipped; NULL without any other. 22003 for an end before its start or an infinite time.';

CREATE AGGREGATE avg_time_to_value(duration interval) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = avg_time_to_value, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = avg_time_to_value
);
COMMENT ON AGGREGATE avg_time_to_value(interval) IS
    'Mean time to value, from signing up to the first success: total time / durations, rounded to microseconds. Interval in days of 24 hours and time. Rows with NULL are skipped; NULL without any other. 22003 for a negative or infinite interval or one with months.';

CREATE FUNCTION median_time_to_value(summary duration_summary) RETURNS interval
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_median_duration';
COMMENT ON FUNCTION median_time_to_value(duration_summary) IS
    'Median time to value, from signing up to the first success: the middle one, or the mean of the middle two, as percentile_cont(0.5). Exact up to 500 durations, with more within 1 %. Interval in days of 24 hours and time. NULL for an empty summary.';

CREATE AGGREGATE median_time_to_value(started_at timestamptz, ended_at timestamptz) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = median_time_to_value, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = median_time_to_value
);
COMMENT ON AGGREGATE median_time_to_value(timestamptz, timestamptz) IS
    'Median time to value, from signing up to the first success: the middle one, or the mean of the middle two, as percentile_cont(0.5). Exact up to 500 durations, with more within 1 %. Interval in days of 24 hours and time. Rows without start or end are skipped; NULL without any other. 22003 for an end before its start or an infinite time.';

CREATE AGGREGATE median_time_to_value(started_at timestamp, ended_at timestamp) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = median_time_to_value, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = median_time_to_value
);
COMMENT ON AGGREGATE median_time_to_value(timestamp, timestamp) IS
    'Median time to value, from signing up to the first success: the middle one, or the mean of the middle two, as percentile_cont(0.5). Exact up to 500 durations, with more within 1 %. Interval in days of 24 hours and time. Rows without start or end are skipped; NULL without any other. 22003 for an end before its start or an infinite time.';

CREATE AGGREGATE median_time_to_value(duration interval) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = median_time_to_value, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = median_time_to_value
);
COMMENT ON AGGREGATE median_time_to_value(interval) IS
    'Median time to value, from signing up to the first success: the middle one, or the mean of the middle two, as percentile_cont(0.5). Exact up to 500 durations, with more within 1 %. Interval in days of 24 hours and time. Rows with NULL are skipped; NULL without any other. 22003 for a negative or infinite interval or one with months.';

CREATE FUNCTION avg_time_on_platform(summary duration_summary) RETURNS interval
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_avg_duration';
COMMENT ON FUNCTION avg_time_on_platform(duration_summary) IS
    'Mean time on the platform, from coming to leaving: total time / durations, rounded to microseconds. Interval in days of 24 hours and time. NULL for an empty summary.';

CREATE AGGREGATE avg_time_on_platform(started_at timestamptz, ended_at timestamptz) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = avg_time_on_platform, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = avg_time_on_platform
);
COMMENT ON AGGREGATE avg_time_on_platform(timestamptz, timestamptz) IS
    'Mean time on the platform, from coming to leaving: total time / durations, rounded to microseconds. Interval in days of 24 hours and time. Rows without start or end are skipped; NULL without any other. 22003 for an end before its start or an infinite time.';

CREATE AGGREGATE avg_time_on_platform(started_at timestamp, ended_at timestamp) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = avg_time_on_platform, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = avg_time_on_platform
);
COMMENT ON AGGREGATE avg_time_on_platform(timestamp, timestamp) IS
    'Mean time on the platform, from coming to leaving: total time / durations, rounded to microseconds. Interval in days of 24 hours and time. Rows without start or end are skipped; NULL without any other. 22003 for an end before its start or an infinite time.';

CREATE AGGREGATE avg_time_on_platform(duration interval) (
    SFUNC = duration_accum, STYPE = duration_summary, SSPACE = 256, INITCOND = '{"version":1,"durations":[]}',
    FINALFUNC = avg_time_on_platform, COMBINEFUNC = duration_combine, PARALLEL = SAFE,
    MSFUNC = duration_accum, MINVFUNC = duration_remove, MSTYPE = duration_summary, MSSPACE = 256,
    MINITCOND = '{"version":1,"durations":[]}', MFINALFUNC = avg_time_on_platform
);
COMMENT ON AGGREGATE avg_time_on_platform(interval) IS
    'Mean time on the platform, from coming to leaving: total time / durations, rounded to microseconds. Interval in days of 24 hours and time. Rows with NULL are skipped; NULL without any other. 22003 for a negative or infinite interval or one with months.';

INSERT INTO kpi_catalog (name, family, measures, formula, unit, higher_is_better, usage) VALUES
    ('aht', 'duration',
     'Average handle time of a contact',
     '(talk + hold + wrap) / contacts',
     'interval', false,
     'aht(handle), aht(talk, hold, wrap), aht(summary)'),
    ('aht_from_totals', 'duration',
     'Average handle time, from totals',
     'total / interactions',
     'interval', false,
     'aht_from_totals(total, interactions)'),
    ('avg_time_to_value', 'duration',
     'Mean time from signing up to the first success',
     'total / durations',
     'interval', false,
     'avg_time_to_value(started_at, ended_at), avg_time_to_value(duration), avg_time_to_value(summary)'),
    ('median_time_to_value', 'duration',
     'Time to value that half stay below',
     'percentile_cont(0.5), exact up to 500 durations, else within 1 %',
     'interval', false,
     'median_time_to_value(started_at, ended_at), median_time_to_value(duration), median_time_to_value(summary)'),
    ('avg_time_on_platform', 'duration',
     'Mean time from coming to leaving',
     'total / durations',
     'interval', true,
     'avg_time_on_platform(started_at, ended_at), avg_time_on_platform(duration), avg_time_on_platform(summary)');
-- Working time between two points in time.

CREATE FUNCTION business_time(started_at timestamptz, ended_at timestamptz, schedule jsonb, time_zone text) RETURNS interval
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_business_time';
COMMENT ON FUNCTION business_time(timestamptz, timestamptz, jsonb, text) IS
    'The part of [started_at, ended_at) inside working hours, as an interval of hours, minutes and seconds, never of days. schedule: {"mon": ["09:00-12:30", "13:30-18:00"], ..., "sun": [...], "holidays": ["2026-12-25"]}, by the clocks of time_zone; a missing day and a holiday have no hours. Absolute time: a shift is an hour shorter or longer when clocks change within it. NULL when started_at or ended_at is NULL; 22003 when ended_at is before started_at or one is infinite; 22023 for an impossible schedule, an unknown time zone, or NULL as either.';

CREATE FUNCTION business_time(started_at timestamp, ended_at timestamp, schedule jsonb, time_zone text) RETURNS interval
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_business_time_local';
COMMENT ON FUNCTION business_time(timestamp, timestamp, jsonb, text) IS
    'The same for local times of time_zone: business_time(started_at AT TIME ZONE time_zone, ended_at AT TIME ZONE time_zone, schedule, time_zone). NULL when started_at or ended_at is NULL; 22003 when ended_at is before started_at or one is infinite; 22023 for an impossible schedule, an unknown time zone, or NULL as either.';

INSERT INTO kpi_catalog (name, family, measures, formula, unit, higher_is_better, usage) VALUES
    ('business_time', 'duration',
     'Time between two points that lies inside working hours',
     'length of [started_at, ended_at) within the hours of the schedule, without holidays',
     'interval of hours, minutes and seconds', NULL,
     'business_time(started_at, ended_at, schedule, time_zone)');
-- active_users_summary: a set of user ids. The state of active_users, and a column type for stored sets.

CREATE TYPE active_users_summary;

CREATE FUNCTION active_users_summary_in(cstring) RETURNS active_users_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_active_users_summary_in';
COMMENT ON FUNCTION active_users_summary_in(cstring) IS
    'Support function: reads the text form of an active_users_summary, such as {"version":1,"kind":"integer","ids":[1,[5,9],12]}, where [5,9] are all ids from 5 to 9. 22P02 for anything else, 22003 for more ids than fit into 1 GB.';

CREATE FUNCTION active_users_summary_out(active_users_summary) RETURNS cstring
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_active_users_summary_out';
COMMENT ON FUNCTION active_users_summary_out(active_users_summary) IS
    'Support function: writes the text form of an active_users_summary, without loss. 22003 for a text that does not fit into 1 GB.';

CREATE FUNCTION active_users_summary_recv(internal) RETURNS active_users_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_active_users_summary_recv';
COMMENT ON FUNCTION active_users_summary_recv(internal) IS
    'Support function: reads the binary form of an active_users_summary. 22P03 for anything else.';

CREATE FUNCTION active_users_summary_send(active_users_summary) RETURNS bytea
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_active_users_summary_send';
COMMENT ON FUNCTION active_users_summary_send(active_users_summary) IS
    'Support function: writes the binary form of an active_users_summary, without loss.';

CREATE TYPE active_users_summary (
    INPUT = active_users_summary_in, OUTPUT = active_users_summary_out,
    RECEIVE = active_users_summary_recv, SEND = active_users_summary_send,
    INTERNALLENGTH = VARIABLE, ALIGNMENT = int4, STORAGE = extended
);
COMMENT ON TYPE active_users_summary IS
    'A set of user ids: integers exactly, uuid and text ids as 64-bit hashes. Built by active_users_agg(user_id), merged by rollup(summary), read by active_users(summary). Between 1 bit (dense integers) and 8 bytes (hashes, scattered integers) an id. As text it is JSON: {"version":1,"kind":"integer","ids":[1,[5,9],12]}';

CREATE FUNCTION active_users_summary_eq(active_users_summary, active_users_summary) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_active_users_summary_eq';
COMMENT ON FUNCTION active_users_summary_eq(active_users_summary, active_users_summary) IS
    'Support function of =: whether two summaries hold the same ids.';

CREATE FUNCTION active_users_summary_ne(active_users_summary, active_users_summary) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_active_users_summary_ne';
COMMENT ON FUNCTION active_users_summary_ne(active_users_summary, active_users_summary) IS
    'Support function of <>: the opposite of =.';

CREATE FUNCTION active_users_summary_hash(active_users_summary) RETURNS integer
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_active_users_summary_hash';
COMMENT ON FUNCTION active_users_summary_hash(active_users_summary) IS
    'Support function of hash joins, hash aggregates and hash indexes: equal summaries have equal hashes.';

CREATE FUNCTION active_users_summary_hash_extended(active_users_summary, bigint) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_active_users_summary_hash_extended';
COMMENT ON FUNCTION active_users_summary_hash_extended(active_users_summary, bigint) IS
    'Support function of hash partitions: equal summaries have equal hashes.';

CREATE OPERATOR = (
    LEFTARG = active_users_summary, RIGHTARG = active_users_summary, FUNCTION = active_users_summary_eq,
    COMMUTATOR = =, NEGATOR = <>, RESTRICT = eqsel, JOIN = eqjoinsel, HASHES
);
COMMENT ON OPERATOR = (active_users_summary, active_users_summary) IS
    'Whether two summaries are equal.';

CREATE OPERATOR <> (
    LEFTARG = active_users_summary, RIGHTARG = active_users_summary, FUNCTION = active_users_summary_ne,
    COMMUTATOR = <>, NEGATOR = =, RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (active_users_summary, active_users_summary) IS
    'Whether two summaries differ.';

CREATE OPERATOR CLASS active_users_summary_hash_ops DEFAULT FOR TYPE active_users_summary USING hash AS
    OPERATOR 1 =,
    FUNCTION 1 active_users_summary_hash(active_users_summary),
    FUNCTION 2 active_users_summary_hash_extended(active_users_summary, bigint);
COMMENT ON OPERATOR CLASS active_users_summary_hash_ops USING hash IS
    'Lets summaries be grouped, made distinct and compared by hash.';
COMMENT ON OPERATOR FAMILY active_users_summary_hash_ops USING hash IS
    'Lets summaries be grouped, made distinct and compared by hash.';

CREATE FUNCTION active_users_accum(state active_users_summary, user_id bigint) RETURNS active_users_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_active_users_accum_int8';
COMMENT ON FUNCTION active_users_accum(active_users_summary, bigint) IS
    'Support function of the active_users aggregates: adds one integer id. 22003 when the ids do not fit into 1 GB, 22023 for a set of other ids.';

CREATE FUNCTION active_users_accum(state active_users_summary, user_id uuid) RETURNS active_users_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_active_users_accum_uuid';
COMMENT ON FUNCTION active_users_accum(active_users_summary, uuid) IS
    'Support function of the active_users aggregates: adds one uuid. 22003 when the ids do not fit into 1 GB, 22023 for a set of other ids.';

CREATE FUNCTION active_users_accum(state active_users_summary, user_id text) RETURNS active_users_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_active_users_accum_text';
COMMENT ON FUNCTION active_users_accum(active_users_summary, text) IS
    'Support function of the active_users aggregates: adds one text id. 22003 when the ids do not fit into 1 GB, 22023 for a set of other ids.';

CREATE FUNCTION active_users_combine(
    state active_users_summary,
    summary active_users_summary
) RETURNS active_users_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_active_users_combine';
COMMENT ON FUNCTION active_users_combine(active_users_summary, active_users_summary) IS
    'Support function of the active_users aggregates: adds the ids of a partial or stored summary. 22003 when the ids do not fit into 1 GB, 22023 for ids of another type.';

CREATE FUNCTION active_users_final(state active_users_summary) RETURNS active_users_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_active_users_final';
COMMENT ON FUNCTION active_users_final(active_users_summary) IS
    'Support function of active_users_agg and rollup: the finished summary.';
-- Active users: the accessor of a stored summary, and aggregates over ids.

CREATE FUNCTION active_users(summary active_users_summary) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_active_users';
COMMENT ON FUNCTION active_users(active_users_summary) IS
    'Number of distinct users in a summary. 0 for an empty one.';

CREATE AGGREGATE active_users(user_id bigint) (
    SFUNC = active_users_accum, STYPE = active_users_summary, SSPACE = 128, INITCOND = '{"version":1}',
    FINALFUNC = active_users, COMBINEFUNC = active_users_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE active_users(bigint) IS
    'Number of distinct users, as count(DISTINCT user_id). Exact. Rows with NULL are skipped; 0 without any other. 22003 when the ids do not fit into 1 GB.';

CREATE AGGREGATE active_users(user_id uuid) (
    SFUNC = active_users_accum, STYPE = active_users_summary, SSPACE = 128, INITCOND = '{"version":1}',
    FINALFUNC = active_users, COMBINEFUNC = active_users_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE active_users(uuid) IS
    'Number of distinct users, as count(DISTINCT user_id). Ids are kept as 64-bit hashes: two count as one with a probability of about n^2 / 2^65 among n ids (one in 37 million for a million). Rows with NULL are skipped; 0 without any other. 22003 when the ids do not fit into 1 GB.';

CREATE AGGREGATE active_users(user_id text) (
    SFUNC = active_users_accum, STYPE = active_users_summary, SSPACE = 128, INITCOND = '{"version":1}',
    FINALFUNC = active_users, COMBINEFUNC = active_users_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE active_users(text) IS
    'Number of distinct users, as count(DISTINCT user_id). Ids are kept as 64-bit hashes of their bytes: two count as one with a probability of about n^2 / 2^65 among n ids (one in 37 million for a million). Upper and lower case differ, whatever the collation. Rows with NULL are skipped; 0 without any other. 22003 when the ids do not fit into 1 GB.';

CREATE AGGREGATE active_users_agg(user_id bigint) (
    SFUNC = active_users_accum, STYPE = active_users_summary, SSPACE = 128, INITCOND = '{"version":1}',
    FINALFUNC = active_users_final, COMBINEFUNC = active_users_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE active_users_agg(bigint) IS
    'Summary of distinct users, to be stored by day and rolled up to weeks and months; read by active_users(summary). Exact. Rows with NULL are skipped; an empty summary without any other. 22003 when the ids do not fit into 1 GB.';

CREATE AGGREGATE active_users_agg(user_id uuid) (
    SFUNC = active_users_accum, STYPE = active_users_summary, SSPACE = 128, INITCOND = '{"version":1}',
    FINALFUNC = active_users_final, COMBINEFUNC = active_users_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE active_users_agg(uuid) IS
    'Summary of distinct users, to be stored by day and rolled up to weeks and months; read by active_users(summary). Ids are kept as 64-bit hashes: two count as one with a probability of about n^2 / 2^65 among n ids (one in 37 million for a million). Rows with NULL are skipped; an empty summary without any other. 22003 when the ids do not fit into 1 GB.';

CREATE AGGREGATE active_users_agg(user_id text) (
    SFUNC = active_users_accum, STYPE = active_users_summary, SSPACE = 128, INITCOND = '{"version":1}',
    FINALFUNC = active_users_final, COMBINEFUNC = active_users_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE active_users_agg(text) IS
    'Summary of distinct users, to be stored by day and rolled up to weeks and months; read by active_users(summary). Ids are kept as 64-bit hashes of their bytes: two count as one with a probability of about n^2 / 2^65 among n ids (one in 37 million for a million). Upper and lower case differ, whatever the collation. Rows with NULL are skipped; an empty summary without any other. 22003 when the ids do not fit into 1 GB.';

CREATE AGGREGATE rollup(summary active_users_summary) (
    SFUNC = active_users_combine, STYPE = active_users_summary, SSPACE = 128, INITCOND = '{"version":1}',
    FINALFUNC = active_users_final, COMBINEFUNC = active_users_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(active_users_summary) IS
    'Merges stored summaries of users: who is in several of them counts once, as from all raw rows. NULL summaries are skipped; an empty summary without any. 22003 when the ids do not fit into 1 GB, 22023 for ids of different types.';

INSERT INTO kpi_catalog (name, family, measures, formula, unit, higher_is_better, usage) VALUES
    ('active_users', 'usage',
     'Distinct users of a day (DAU), a week (WAU), a month (MAU) or any group',
     'count of distinct user ids',
     'count', true,
     'active_users(user_id), active_users(summary)'),
    ('active_users_agg', 'usage',
     'Summary of distinct users to store by day and roll up',
     'set of distinct user ids',
     'active_users_summary', NULL,
     'active_users_agg(user_id)');
-- session_summary: the sessions of one visitor. The state of the session aggregates, and a column type for stored sessions.

CREATE TYPE session_summary;

CREATE FUNCTION session_summary_in(cstring) RETURNS session_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_session_summary_in';
COMMENT ON FUNCTION session_summary_in(cstring) IS
    'Support function: reads the text form of a session_summary, such as {"version":1,"gap":1800000000,"sessions":[[0,60000000]]}. 22P02 for anything else.';

CREATE FUNCTION session_summary_out(session_summary) RETURNS cstring
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_session_summary_out';
COMMENT ON FUNCTION session_summary_out(session_summary) IS
    'Support function: writes the text form of a session_summary, without loss.';

CREATE FUNCTION session_summary_recv(internal) RETURNS session_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_session_summary_recv';
COMMENT ON FUNCTION session_summary_recv(internal) IS
    'Support function: reads the binary form of a session_summary. 22P03 for anything else.';

CREATE FUNCTION session_summary_send(session_summary) RETURNS bytea
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_session_summary_send';
COMMENT ON FUNCTION session_summary_send(session_summary) IS
    'Support function: writes the binary form of a session_summary, without loss.';

CREATE TYPE session_summary (
    INPUT = session_summary_in, OUTPUT = session_summary_out,
    RECEIVE = session_summary_recv, SEND = session_summary_send,
    INTERNALLENGTH = VARIABLE, ALIGNMENT = int4, STORAGE = extended
);
COMMENT ON TYPE session_summary IS
    'Sessions of one visitor: 16 bytes a session. Built by session_agg(at, gap), merged by rollup(summary), read by session_count(summary), avg_session_duration(summary) and sessions(summary). As text it is JSON: {"version":1,"gap":1800000000,"sessions":[[0,60000000]]}, the gap in microseconds, the first and the last event of each session in microseconds since 2000-01-01 00:00 UTC.';

CREATE FUNCTION session_summary_eq(session_summary, session_summary) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_session_summary_eq';
COMMENT ON FUNCTION session_summary_eq(session_summary, session_summary) IS
    'Support function of =: whether two summaries hold the same sessions, with the same gap.';

CREATE FUNCTION session_summary_ne(session_summary, session_summary) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_session_summary_ne';
COMMENT ON FUNCTION session_summary_ne(session_summary, session_summary) IS
    'Support function of <>: the opposite of =.';

CREATE FUNCTION session_summary_hash(session_summary) RETURNS integer
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_session_summary_hash';
COMMENT ON FUNCTION session_summary_hash(session_summary) IS
    'Support function of hash joins, hash aggregates and hash indexes: equal summaries have equal hashes.';

CREATE FUNCTION session_summary_hash_extended(session_summary, bigint) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_session_summary_hash_extended';
COMMENT ON FUNCTION session_summary_hash_extended(session_summary, bigint) IS
    'Support function of hash partitions: equal summaries have equal hashes.';

CREATE OPERATOR = (
    LEFTARG = session_summary, RIGHTARG = session_summary, FUNCTION = session_summary_eq,
    COMMUTATOR = =, NEGATOR = <>, RESTRICT = eqsel, JOIN = eqjoinsel, HASHES
);
COMMENT ON OPERATOR = (session_summary, session_summary) IS
    'Whether two summaries are equal.';

CREATE OPERATOR <> (
    LEFTARG = session_summary, RIGHTARG = session_summary, FUNCTION = session_summary_ne,
    COMMUTATOR = <>, NEGATOR = =, RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (session_summary, session_summary) IS
    'Whether two summaries differ.';

CREATE OPERATOR CLASS session_summary_hash_ops DEFAULT FOR TYPE session_summary USING hash AS
    OPERATOR 1 =,
    FUNCTION 1 session_summary_hash(session_summary),
    FUNCTION 2 session_summary_hash_extended(session_summary, bigint);
COMMENT ON OPERATOR CLASS session_summary_hash_ops USING hash IS
    'Lets summaries be grouped, made distinct and compared by hash.';
COMMENT ON OPERATOR FAMILY session_summary_hash_ops USING hash IS
    'Lets summaries be grouped, made distinct and compared by hash.';

CREATE FUNCTION session_accum(
    state session_summary,
    at timestamp with time zone,
    gap interval
) RETURNS session_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_session_accum';
COMMENT ON FUNCTION session_accum(session_summary, timestamp with time zone, interval) IS
    'Support function of the session aggregates: takes in one more event.';

CREATE FUNCTION session_accum(
    state session_summary,
    at timestamp without time zone,
    gap interval
) RETURNS session_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_session_accum';
COMMENT ON FUNCTION session_accum(session_summary, timestamp without time zone, interval) IS
    'Support function of the session aggregates: takes in one more event.';

CREATE FUNCTION session_combine(state session_summary, summary session_summary) RETURNS session_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_session_combine';
COMMENT ON FUNCTION session_combine(session_summary, session_summary) IS
    'Support function of the session aggregates: takes in a partial or stored summary, and joins sessions that are not more than the gap apart. 22023 for summaries with different gaps, 22003 beyond 16777216 sessions.';

CREATE FUNCTION session_final(state session_summary) RETURNS session_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_session_final';
COMMENT ON FUNCTION session_final(session_summary) IS
    'Support function of session_agg and rollup: the finished summary.';

CREATE FUNCTION session_refuse_local(state session_summary) RETURNS session_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_session_refuse_local';
COMMENT ON FUNCTION session_refuse_local(session_summary) IS
    'Support function of session_agg over timestamp without time zone: always 22023, because a summary that depended on the setting TimeZone would not merge with others.';
-- Sessions of one visitor: accessors of a stored summary, and one-step aggregates.

CREATE FUNCTION session_count(summary session_summary) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_session_count';
COMMENT ON FUNCTION session_count(session_summary) IS
    'Number of sessions. 0 for an empty summary.';

CREATE FUNCTION avg_session_duration(summary session_summary) RETURNS interval
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_avg_session_duration';
COMMENT ON FUNCTION avg_session_duration(session_summary) IS
    'Sum of (last event - first event) of each session / number of sessions, rounded to microseconds. Interval of days of 24 hours and time; a session of one event lasts 0. NULL for an empty summary.';

CREATE FUNCTION sessions(
    summary session_summary,
    OUT started_at timestamp with time zone,
    OUT ended_at timestamp with time zone
) RETURNS SETOF record
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_sessions';
COMMENT ON FUNCTION sessions(session_summary) IS
    'All sessions in order of time, one row each: started_at is the first event, ended_at the last; they are equal in a session of one event. No rows for an empty summary.';

CREATE AGGREGATE session_count(at timestamp with time zone, gap interval) (
    SFUNC = session_accum, STYPE = session_summary, SSPACE = 128, INITCOND = '{"version":1}',
    FINALFUNC = session_count, COMBINEFUNC = session_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE session_count(timestamp with time zone, interval) IS
    'Number of sessions. Events of one visitor, in any order: GROUP BY the visitor. A new session begins when more than gap has passed since the event before. Rows with a NULL at are skipped; 0 without any other. 22003 for an infinite at; 22023 for a gap that is NULL, not positive, has months, or varies within a group.';

CREATE AGGREGATE session_count(at timestamp without time zone, gap interval) (
    SFUNC = session_accum, STYPE = session_summary, SSPACE = 128, INITCOND = '{"version":1}',
    FINALFUNC = session_count, COMBINEFUNC = session_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE session_count(timestamp without time zone, interval) IS
    'Number of sessions. Events of one visitor, in any order: GROUP BY the visitor. A new session begins when more than gap has passed since the event before. Rows with a NULL at are skipped; 0 without any other. 22003 for an infinite at; 22023 for a gap that is NULL, not positive, has months, or varies within a group.';

CREATE AGGREGATE avg_session_duration(at timestamp with time zone, gap interval) (
    SFUNC = session_accum, STYPE = session_summary, SSPACE = 128, INITCOND = '{"version":1}',
    FINALFUNC = avg_session_duration, COMBINEFUNC = session_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE avg_session_duration(timestamp with time zone, interval) IS
    'Sum of (last event - first event) of each session / number of sessions, rounded to microseconds. Interval of days of 24 hours and time; a session of one event lasts 0. Events of one visitor, in any order: GROUP BY the visitor. A new session begins when more than gap has passed since the event before. Rows with a NULL at are skipped; NULL without any other. 22003 for an infinite at; 22023 for a gap that is NULL, not positive, has months, or varies within a group.';

CREATE AGGREGATE avg_session_duration(at timestamp without time zone, gap interval) (
    SFUNC = session_accum, STYPE = session_summary, SSPACE = 128, INITCOND = '{"version":1}',
    FINALFUNC = avg_session_duration, COMBINEFUNC = session_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE avg_session_duration(timestamp without time zone, interval) IS
    'Sum of (last event - first event) of each session / number of sessions, rounded to microseconds. Interval of days of 24 hours and time; a session of one event lasts 0. Events of one visitor, in any order: GROUP BY the visitor. A new session begins when more than gap has passed since the event before. Rows with a NULL at are skipped; NULL without any other. 22003 for an infinite at; 22023 for a gap that is NULL, not positive, has months, or varies within a group.';

CREATE AGGREGATE session_agg(at timestamp with time zone, gap interval) (
    SFUNC = session_accum, STYPE = session_summary, SSPACE = 128, INITCOND = '{"version":1}',
    FINALFUNC = session_final, COMBINEFUNC = session_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE session_agg(timestamp with time zone, interval) IS
    'Summary of sessions, to be stored and read by session_count(summary), avg_session_duration(summary) and sessions(summary). Events of one visitor, in any order: GROUP BY the visitor. A new session begins when more than gap has passed since the event before. Rows with a NULL at are skipped; an empty summary without any other. 22003 for an infinite at; 22023 for a gap that is NULL, not positive, has months, or varies within a group.';

CREATE AGGREGATE session_agg(at timestamp without time zone, gap interval) (
    SFUNC = session_accum, STYPE = session_summary, SSPACE = 128, INITCOND = '{"version":1}',
    FINALFUNC = session_refuse_local, COMBINEFUNC = session_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE session_agg(timestamp without time zone, interval) IS
    'Always 22023: without a time zone the events are no points in time. Write session_agg(at AT TIME ZONE zone, gap).';

CREATE AGGREGATE rollup(summary session_summary) (
    SFUNC = session_combine, STYPE = session_summary, SSPACE = 128, INITCOND = '{"version":1}',
    FINALFUNC = session_final, COMBINEFUNC = session_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(session_summary) IS
    'Merges summaries of the same visitor: the result is the same as from all raw events, so sessions that are not more than the gap apart become one. NULL summaries are skipped; an empty summary without any. Not for summaries of different visitors, whose sessions would become one, too: read those with sessions(summary). 22023 for summaries with different gaps; 22003 beyond 16777216 sessions.';

INSERT INTO kpi_catalog (name, family, measures, formula, unit, higher_is_better, usage) VALUES
    ('session_count', 'usage',
     'How often a visitor came',
     '1 + number of events that come more than gap after the one before',
     'count', NULL,
     'session_count(at, gap), session_count(summary), by visitor'),
    ('avg_session_duration', 'usage',
     'How long a visitor stays',
     'sum of (last event - first event) / sessions',
     'interval', NULL,
     'avg_session_duration(at, gap), avg_session_duration(summary), by visitor'),
    ('session_agg', 'usage',
     'Summary of the sessions of a visitor, to store and roll up',
     'first and last event of each session',
     'session_summary', NULL,
     'session_agg(at, gap), by visitor'),
    ('sessions', 'usage',
     'The sessions of a visitor',
     'first and last event of each',
     'timestamps', NULL,
     'sessions(summary)');
-- Stickiness: how many of the users of a month come on a day.

CREATE FUNCTION stickiness(dau bigint, mau bigint) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_stickiness_int8';
COMMENT ON FUNCTION stickiness(bigint, bigint) IS
    'Stickiness: 100 * daily active users / monthly active users; dau may be a mean of several days. Percent from 0 to 100, higher is better. NULL when a count is NULL or mau is 0; 22003 for a negative count, dau above mau, NaN or infinity.';

CREATE FUNCTION stickiness(dau double precision, mau double precision) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_stickiness_float8';
COMMENT ON FUNCTION stickiness(double precision, double precision) IS
    'Stickiness: 100 * daily active users / monthly active users; dau may be a mean of several days. Percent from 0 to 100, higher is better. NULL when a count is NULL or mau is 0; 22003 for a negative count, dau above mau, NaN or infinity.';

CREATE FUNCTION stickiness(dau numeric, mau numeric) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_stickiness_numeric';
COMMENT ON FUNCTION stickiness(numeric, numeric) IS
    'Stickiness: 100 * daily active users / monthly active users; dau may be a mean of several days. Percent from 0 to 100, higher is better. NULL when a count is NULL or mau is 0; 22003 for a negative count, dau above mau, NaN or infinity.';

INSERT INTO kpi_catalog (name, family, measures, formula, unit, higher_is_better, usage) VALUES
    ('stickiness', 'usage',
     'How many of the users of a month come on a day',
     '100 * daily active users / monthly active users',
     'percent, 0 to 100', true,
     'stickiness(dau, mau)');
-- Churn and retention from counts that are already there.

CREATE FUNCTION churn_rate(start_count kpi_number, churned kpi_number) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_churn_rate';
COMMENT ON FUNCTION churn_rate(kpi_number, kpi_number) IS
    'Customers lost of those there at the start: 100 * churned / start_count. Percent from 0; above 100 when more left than there were at the start, because new customers who leave count as churned. NULL when an argument is NULL or start_count is 0; 22003 for a negative count, NaN or infinity.';

CREATE FUNCTION customer_change_rate(start_count kpi_number, end_count kpi_number) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_customer_change_rate';
COMMENT ON FUNCTION customer_change_rate(kpi_number, kpi_number) IS
    'Growth of the number of customers: 100 * (end_count - start_count) / start_count. Percent from -100; negative when there are fewer. NULL when an argument is NULL or start_count is 0; 22003 for a negative count, NaN or infinity.';

CREATE FUNCTION retention_rate(
    start_count kpi_number,
    end_count kpi_number,
    new_customers kpi_number
) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_retention_rate_of_end';
COMMENT ON FUNCTION retention_rate(kpi_number, kpi_number, kpi_number) IS
    'Customers kept of those there at the start: 100 * (end_count - new_customers) / start_count. Percent up to 100; negative when more new customers came than there are at the end, because some of them left again. NULL when an argument is NULL or start_count is 0; 22003 for a negative count, NaN or infinity, and for an end_count above start_count + new_customers.';

CREATE FUNCTION retention_rate(start_count kpi_number, retained kpi_number) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_retention_rate_of_retained';
COMMENT ON FUNCTION retention_rate(kpi_number, kpi_number) IS
    'Customers kept of those there at the start: 100 * retained / start_count. Percent from 0 to 100. NULL when an argument is NULL or start_count is 0; 22003 for a negative count, NaN or infinity, and for more retained than there were.';

INSERT INTO kpi_catalog (name, family, measures, formula, unit, higher_is_better, usage) VALUES
    ('customer_change_rate', 'retention',
     'Growth of the number of customers, new ones included',
     '100 * (end - start) / start',
     'percent, from -100', true,
     'customer_change_rate(start_count, end_count)');
-- retention_summary: the customers of a period. The state of the retention aggregates, and a column type for stored ones.

CREATE TYPE retention_summary;

CREATE FUNCTION retention_summary_in(cstring) RETURNS retention_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_retention_summary_in';
COMMENT ON FUNCTION retention_summary_in(cstring) IS
    'Support function: reads the text form of a retention_summary, such as {"version":1,"period":[0,2678400000000],"at_start":1000,"new":80,"churned":64}. 22P02 for anything else.';

CREATE FUNCTION retention_summary_out(retention_summary) RETURNS cstring
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_retention_summary_out';
COMMENT ON FUNCTION retention_summary_out(retention_summary) IS
    'Support function: writes the text form of a retention_summary, without loss.';

CREATE FUNCTION retention_summary_recv(internal) RETURNS retention_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_retention_summary_recv';
COMMENT ON FUNCTION retention_summary_recv(internal) IS
    'Support function: reads the binary form of a retention_summary. 22P03 for anything else.';

CREATE FUNCTION retention_summary_send(retention_summary) RETURNS bytea
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_retention_summary_send';
COMMENT ON FUNCTION retention_summary_send(retention_summary) IS
    'Support function: writes the binary form of a retention_summary, without loss.';

CREATE TYPE retention_summary (
    INPUT = retention_summary_in, OUTPUT = retention_summary_out,
    RECEIVE = retention_summary_recv, SEND = retention_summary_send,
    INTERNALLENGTH = VARIABLE, ALIGNMENT = int4, STORAGE = extended
);
COMMENT ON TYPE retention_summary IS
    'Customers of one period: at its start, new in it, and churned of either: 64 bytes. Built by retention_agg(started_at, ended_at, period_start, period_end) or retention_agg(active_at_start, churned), merged by rollup(summary), read by churn_rate(summary), retention_rate(summary), customers_at_start(summary), new_customers(summary), churned_customers(summary), churned_new_customers(summary) and customers_at_end(summary). As text it is JSON: {"version":1,"period":[0,2678400000000],"at_start":1000,"new":80,"churned":64}, the period in microseconds since 2000-01-01 00:00, in UTC with "kind":"instant", which says that it came as timestamptz, and otherwise in local time; what is 0 is left out, and outside are rows that do not touch the period.';

CREATE FUNCTION retention_summary_eq(retention_summary, retention_summary) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_retention_summary_eq';
COMMENT ON FUNCTION retention_summary_eq(retention_summary, retention_summary) IS
    'Support function of =: whether two summaries hold the same counts, of the same period.';

CREATE FUNCTION retention_summary_ne(retention_summary, retention_summary) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_retention_summary_ne';
COMMENT ON FUNCTION retention_summary_ne(retention_summary, retention_summary) IS
    'Support function of <>: the opposite of =.';

CREATE FUNCTION retention_summary_hash(retention_summary) RETURNS integer
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_retention_summary_hash';
COMMENT ON FUNCTION retention_summary_hash(retention_summary) IS
    'Support function of hash joins, hash aggregates and hash indexes: equal summaries have equal hashes.';

CREATE FUNCTION retention_summary_hash_extended(retention_summary, bigint) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_retention_summary_hash_extended';
COMMENT ON FUNCTION retention_summary_hash_extended(retention_summary, bigint) IS
    'Support function of hash partitions: equal summaries have equal hashes.';

CREATE OPERATOR = (
    LEFTARG = retention_summary, RIGHTARG = retention_summary, FUNCTION = retention_summary_eq,
    COMMUTATOR = =, NEGATOR = <>, RESTRICT = eqsel, JOIN = eqjoinsel, HASHES
);
COMMENT ON OPERATOR = (retention_summary, retention_summary) IS
    'Whether two summaries are equal.';

CREATE OPERATOR <> (
    LEFTARG = retention_summary, RIGHTARG = retention_summary, FUNCTION = retention_summary_ne,
    COMMUTATOR = <>, NEGATOR = =, RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (retention_summary, retention_summary) IS
    'Whether two summaries differ.';

CREATE OPERATOR CLASS retention_summary_hash_ops DEFAULT FOR TYPE retention_summary USING hash AS
    OPERATOR 1 =,
    FUNCTION 1 retention_summary_hash(retention_summary),
    FUNCTION 2 retention_summary_hash_extended(retention_summary, bigint);
COMMENT ON OPERATOR CLASS retention_summary_hash_ops USING hash IS
    'Lets summaries be grouped, made distinct and compared by hash.';
COMMENT ON OPERATOR FAMILY retention_summary_hash_ops USING hash IS
    'Lets summaries be grouped, made distinct and compared by hash.';

CREATE FUNCTION retention_accum(
    state retention_summary,
    started_at timestamptz,
    ended_at timestamptz,
    period_start timestamptz,
    period_end timestamptz
) RETURNS retention_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_retention_accum_timestamptz';
COMMENT ON FUNCTION retention_accum(retention_summary, timestamptz, timestamptz, timestamptz, timestamptz) IS
    'Support function of the retention aggregates: counts one more subscription.';

CREATE FUNCTION retention_accum(
    state retention_summary,
    started_at timestamp,
    ended_at timestamp,
    period_start timestamp,
    period_end timestamp
) RETURNS retention_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_retention_accum_timestamp';
COMMENT ON FUNCTION retention_accum(retention_summary, timestamp, timestamp, timestamp, timestamp) IS
    'Support function of the retention aggregates: counts one more subscription.';

CREATE FUNCTION retention_accum(
    state retention_summary,
    started_at date,
    ended_at date,
    period_start date,
    period_end date
) RETURNS retention_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_retention_accum_date';
COMMENT ON FUNCTION retention_accum(retention_summary, date, date, date, date) IS
    'Support function of the retention aggregates: counts one more subscription.';

CREATE FUNCTION retention_accum(
    state retention_summary,
    started_at timestamptz,
    ended_at timestamptz,
    period_start timestamptz,
    period_end timestamptz,
    new_churn text
) RETURNS retention_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_retention_accum_timestamptz';
COMMENT ON FUNCTION retention_accum(retention_summary, timestamptz, timestamptz, timestamptz, timestamptz, text) IS
    'Support function of the retention aggregates: counts one more subscription.';

CREATE FUNCTION retention_accum(
    state retention_summary,
    started_at timestamp,
    ended_at timestamp,
    period_start timestamp,
    period_end timestamp,
    new_churn text
) RETURNS retention_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_retention_accum_timestamp';
COMMENT ON FUNCTION retention_accum(retention_summary, timestamp, timestamp, timestamp, timestamp, text) IS
    'Support function of the retention aggregates: counts one more subscription.';

CREATE FUNCTION retention_accum(
    state retention_summary,
    started_at date,
    ended_at date,
    period_start date,
    period_end date,
    new_churn text
) RETURNS retention_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_retention_accum_date';
COMMENT ON FUNCTION retention_accum(retention_summary, date, date, date, date, text) IS
    'Support function of the retention aggregates: counts one more subscription.';

CREATE FUNCTION retention_accum(state retention_summary, active_at_start boolean, churned boolean) RETURNS retention_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_retention_accum_flags';
COMMENT ON FUNCTION retention_accum(retention_summary, boolean, boolean) IS
    'Support function of the retention aggregates: counts one more customer.';

CREATE FUNCTION retention_remove(
    state retention_summary,
    started_at timestamptz,
    ended_at timestamptz,
    period_start timestamptz,
    period_end timestamptz
) RETURNS retention_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_retention_remove_timestamptz';
COMMENT ON FUNCTION retention_remove(retention_summary, timestamptz, timestamptz, timestamptz, timestamptz) IS
    'Support function of the retention aggregates: takes one subscription back when a window frame moves on.';

CREATE FUNCTION retention_remove(
    state retention_summary,
    started_at timestamp,
    ended_at timestamp,
    period_start timestamp,
    period_end timestamp
) RETURNS retention_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_retention_remove_timestamp';
COMMENT ON FUNCTION retention_remove(retention_summary, timestamp, timestamp, timestamp, timestamp) IS
    'Support function of the retention aggregates: takes one subscription back when a window frame moves on.';

CREATE FUNCTION retention_remove(
    state retention_summary,
    started_at date,
    ended_at date,
    period_start date,
    period_end date
) RETURNS retention_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_retention_remove_date';
COMMENT ON FUNCTION retention_remove(retention_summary, date, date, date, date) IS
    'Support function of the retention aggregates: takes one subscription back when a window frame moves on.';

CREATE FUNCTION retention_remove(
    state retention_summary,
    started_at timestamptz,
    ended_at timestamptz,
    period_start timestamptz,
    period_end timestamptz,
    new_churn text
) RETURNS retention_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_retention_remove_timestamptz';
COMMENT ON FUNCTION retention_remove(retention_summary, timestamptz, timestamptz, timestamptz, timestamptz, text) IS
    'Support function of the retention aggregates: takes one subscription back when a window frame moves on.';

CREATE FUNCTION retention_remove(
    state retention_summary,
    started_at timestamp,
    ended_at timestamp,
    period_start timestamp,
    period_end timestamp,
    new_churn text
) RETURNS retention_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_retention_remove_timestamp';
COMMENT ON FUNCTION retention_remove(retention_summary, timestamp, timestamp, timestamp, timestamp, text) IS
    'Support function of the retention aggregates: takes one subscription back when a window frame moves on.';

CREATE FUNCTION retention_remove(
    state retention_summary,
    started_at date,
    ended_at date,
    period_start date,
    period_end date,
    new_churn text
) RETURNS retention_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_retention_remove_date';
COMMENT ON FUNCTION retention_remove(retention_summary, date, date, date, date, text) IS
    'Support function of the retention aggregates: takes one subscription back when a window frame moves on.';

CREATE FUNCTION retention_remove(state retention_summary, active_at_start boolean, churned boolean) RETURNS retention_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_retention_remove_flags';
COMMENT ON FUNCTION retention_remove(retention_summary, boolean, boolean) IS
    'Support function of the retention aggregates: takes one customer back when a window frame moves on.';

CREATE FUNCTION retention_combine(state retention_summary, summary retention_summary) RETURNS retention_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_retention_combine';
COMMENT ON FUNCTION retention_combine(retention_summary, retention_summary) IS
    'Support function of the retention aggregates: adds the rows of a partial or stored summary. 22023 for summaries of different periods, of local times and of points in time, of a period and of booleans, or with different new_churn; 22003 beyond 2^63 - 1 rows.';

CREATE FUNCTION retention_subtract(state retention_summary, summary retention_summary) RETURNS retention_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_retention_subtract';
COMMENT ON FUNCTION retention_subtract(retention_summary, retention_summary) IS
    'Support function of rollup over a moving window: takes the rows of a summary out again.';

CREATE FUNCTION retention_final(state retention_summary) RETURNS retention_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_retention_final';
COMMENT ON FUNCTION retention_final(retention_summary) IS
    'Support function of retention_agg and rollup: the finished summary.';
-- Churn and retention over rows: accessors of a stored summary, and one-step aggregates.
--
-- A period is half-open: what happens in its first instant belongs to it, what happens at period_end to the
-- next one. A subscription is there at the start when it started before and had not ended before.

CREATE FUNCTION churn_rate(summary retention_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_retention_churn_rate';
COMMENT ON FUNCTION churn_rate(retention_summary) IS
    'Churn rate: 100 * (churned of start + churned of new) / start; with new_churn ''exclude'' 100 * churned of start / start, with ''both'' 100 * (both churned) / (start + new). Percent from 0, lower is better; may exceed 100 unless new_churn is ''exclude'' or ''both''. new_churn is the one that the rows came with, or else ''include''. NULL when nobody is in the denominator.';

CREATE FUNCTION churn_rate(summary retention_summary, new_churn text) RETURNS numeric
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_retention_churn_rate';
COMMENT ON FUNCTION churn_rate(retention_summary, text) IS
    'Churn rate with new_churn ''include'', ''exclude'' or ''both'', whatever the summary was built with: 100 * (churned of start + churned of new) / start; with new_churn ''exclude'' 100 * churned of start / start, with ''both'' 100 * (both churned) / (start + new). Percent from 0, lower is better; may exceed 100 unless new_churn is ''exclude'' or ''both''. NULL when nobody is in the denominator; 22023 for any other new_churn, or NULL.';

CREATE FUNCTION retention_rate(summary retention_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_retention_retention_rate';
COMMENT ON FUNCTION retention_rate(retention_summary) IS
    'Retention rate: 100 * (end - new) / start, which is 100 minus the churn rate; with new_churn ''exclude'' 100 * (start - churned of start) / start, with ''both'' 100 * end / (start + new). Percent up to 100, higher is better; may be negative unless new_churn is ''exclude'' or ''both''. new_churn is the one that the rows came with, or else ''include''. NULL when nobody is in the denominator.';

CREATE FUNCTION retention_rate(summary retention_summary, new_churn text) RETURNS numeric
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_retention_retention_rate';
COMMENT ON FUNCTION retention_rate(retention_summary, text) IS
    'Retention rate with new_churn ''include'', ''exclude'' or ''both'', whatever the summary was built with: 100 * (end - new) / start, which is 100 minus the churn rate; with new_churn ''exclude'' 100 * (start - churned of start) / start, with ''both'' 100 * end / (start + new). Percent up to 100, higher is better; may be negative unless new_churn is ''exclude'' or ''both''. NULL when nobody is in the denominator; 22023 for any other new_churn, or NULL.';

CREATE FUNCTION customers_at_start(summary retention_summary) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_retention_at_start';
COMMENT ON FUNCTION customers_at_start(retention_summary) IS
    'Customers at the start of the period: started before it, and not ended before it. 0 for an empty summary.';

CREATE FUNCTION new_customers(summary retention_summary) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_retention_new';
COMMENT ON FUNCTION new_customers(retention_summary) IS
    'Customers who came within the period. 0 for an empty summary.';

CREATE FUNCTION churned_customers(summary retention_summary) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_retention_churned';
COMMENT ON FUNCTION churned_customers(retention_summary) IS
    'Customers who were there at the start and left within the period. 0 for an empty summary.';

CREATE FUNCTION churned_new_customers(summary retention_summary) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_retention_churned_new';
COMMENT ON FUNCTION churned_new_customers(retention_summary) IS
    'Customers who came and left within the period. 0 for an empty summary.';

CREATE FUNCTION customers_at_end(summary retention_summary) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_retention_at_end';
COMMENT ON FUNCTION customers_at_end(retention_summary) IS
    'Customers at the end of the period, which are those at the start of the next: start + new - churned of start - churned of new. 0 for an empty summary.';

CREATE AGGREGATE churn_rate(started_at timestamptz, ended_at timestamptz, period_start timestamptz, period_end timestamptz) (
    SFUNC = retention_accum, STYPE = retention_summary, SSPACE = 64, INITCOND = '{"version":1}',
    FINALFUNC = churn_rate, COMBINEFUNC = retention_combine, PARALLEL = SAFE,
    MSFUNC = retention_accum, MINVFUNC = retention_remove, MSTYPE = retention_summary, MSSPACE = 64,
    MINITCOND = '{"version":1}', MFINALFUNC = churn_rate
);
COMMENT ON AGGREGATE churn_rate(timestamptz, timestamptz, timestamptz, timestamptz) IS
    'Churn rate of the period [period_start, period_end): 100 * (churned of start + churned of new) / start. Percent from 0, lower is better; above 100 when more left than were there. One row a subscription, ended_at is NULL while it runs. Rows with a NULL started_at are skipped; NULL when nobody is in the denominator. 22003 for ended_at before started_at, or infinity; 22023 for a period that is NULL, infinite, not positive, or varies within a group.';

CREATE AGGREGATE churn_rate(started_at timestamp, ended_at timestamp, period_start timestamp, period_end timestamp) (
    SFUNC = retention_accum, STYPE = retention_summary, SSPACE = 64, INITCOND = '{"version":1}',
    FINALFUNC = churn_rate, COMBINEFUNC = retention_combine, PARALLEL = SAFE,
    MSFUNC = retention_accum, MINVFUNC = retention_remove, MSTYPE = retention_summary, MSSPACE = 64,
    MINITCOND = '{"version":1}', MFINALFUNC = churn_rate
);
COMMENT ON AGGREGATE churn_rate(timestamp, timestamp, timestamp, timestamp) IS
    'Churn rate of the period [period_start, period_end): 100 * (churned of start + churned of new) / start. Percent from 0, lower is better; above 100 when more left than were there. One row a subscription, ended_at is NULL while it runs. Rows with a NULL started_at are skipped; NULL when nobody is in the denominator. 22003 for ended_at before started_at, or infinity; 22023 for a period that is NULL, infinite, not positive, or varies within a group.';

CREATE AGGREGATE churn_rate(started_at date, ended_at date, period_start date, period_end date) (
    SFUNC = retention_accum, STYPE = retention_summary, SSPACE = 64, INITCOND = '{"version":1}',
    FINALFUNC = churn_rate, COMBINEFUNC = retention_combine, PARALLEL = SAFE,
    MSFUNC = retention_accum, MINVFUNC = retention_remove, MSTYPE = retention_summary, MSSPACE = 64,
    MINITCOND = '{"version":1}', MFINALFUNC = churn_rate
);
COMMENT ON AGGREGATE churn_rate(date, date, date, date) IS
    'Churn rate of the period [period_start, period_end): 100 * (churned of start + churned of new) / start. Percent from 0, lower is better; above 100 when more left than were there. One row a subscription, ended_at is NULL while it runs and otherwise the first day not paid for. Rows with a NULL started_at are skipped; NULL when nobody is in the denominator. 22003 for ended_at before started_at, or infinity; 22023 for a period that is NULL, infinite, not positive, or varies within a group.';

CREATE AGGREGATE churn_rate(started_at timestamptz, ended_at timestamptz, period_start timestamptz, period_end timestamptz, new_churn text) (
    SFUNC = retention_accum, STYPE = retention_summary, SSPACE = 64, INITCOND = '{"version":1}',
    FINALFUNC = churn_rate, COMBINEFUNC = retention_combine, PARALLEL = SAFE,
    MSFUNC = retention_accum, MINVFUNC = retention_remove, MSTYPE = retention_summary, MSSPACE = 64,
    MINITCOND = '{"version":1}', MFINALFUNC = churn_rate
);
COMMENT ON AGGREGATE churn_rate(timestamptz, timestamptz, timestamptz, timestamptz, text) IS
    'Churn rate of the period [period_start, period_end): 100 * (churned of start + churned of new) / start; with new_churn ''exclude'' 100 * churned of start / start, with ''both'' 100 * (both churned) / (start + new). Percent from 0, lower is better; may exceed 100 unless new_churn is ''exclude'' or ''both''. One row a subscription, ended_at is NULL while it runs. Rows with a NULL started_at are skipped; NULL when nobody is in the denominator. 22003 for ended_at before started_at, or infinity; 22023 for a period that is NULL, infinite, not positive, or varies within a group; 22023 for a new_churn that is NULL, unknown or varies.';

CREATE AGGREGATE churn_rate(started_at timestamp, ended_at timestamp, period_start timestamp, period_end timestamp, new_churn text) (
    SFUNC = retention_accum, STYPE = retention_summary, SSPACE = 64, INITCOND = '{"version":1}',
    FINALFUNC = churn_rate, COMBINEFUNC = retention_combine, PARALLEL = SAFE,
    MSFUNC = retention_accum, MINVFUNC = retention_remove, MSTYPE = retention_summary, MSSPACE = 64,
    MINITCOND = '{"version":1}', MFINALFUNC = churn_rate
);
COMMENT ON AGGREGATE churn_rate(timestamp, timestamp, timestamp, timestamp, text) IS
    'Churn rate of the period [period_start, period_end): 100 * (churned of start + churned of new) / start; with new_churn ''exclude'' 100 * churned of start / start, with ''both'' 100 * (both churned) / (start + new). Percent from 0, lower is better; may exceed 100 unless new_churn is ''exclude'' or ''both''. One row a subscription, ended_at is NULL while it runs. Rows with a NULL started_at are skipped; NULL when nobody is in the denominator. 22003 for ended_at before started_at, or infinity; 22023 for a period that is NULL, infinite, not positive, or varies within a group; 22023 for a new_churn that is NULL, unknown or varies.';

CREATE AGGREGATE churn_rate(started_at date, ended_at date, period_start date, period_end date, new_churn text) (
    SFUNC = retention_accum, STYPE = retention_summary, SSPACE = 64, INITCOND = '{"version":1}',
    FINALFUNC = churn_rate, COMBINEFUNC = retention_combine, PARALLEL = SAFE,
    MSFUNC = retention_accum, MINVFUNC = retention_remove, MSTYPE = retention_summary, MSSPACE = 64,
    MINITCOND = '{"version":1}', MFINALFUNC = churn_rate
);
COMMENT ON AGGREGATE churn_rate(date, date, date, date, text) IS
    'Churn rate of the period [period_start, period_end): 100 * (churned of start + churned of new) / start; with new_churn ''exclude'' 100 * churned of start / start, with ''both'' 100 * (both churned) / (start + new). Percent from 0, lower is better; may exceed 100 unless new_churn is ''exclude'' or ''both''. One row a subscription, ended_at is NULL while it runs and otherwise the first day not paid for. Rows with a NULL started_at are skipped; NULL when nobody is in the denominator. 22003 for ended_at before started_at, or infinity; 22023 for a period that is NULL, infinite, not positive, or varies within a group; 22023 for a new_churn that is NULL, unknown or varies.';

CREATE AGGREGATE churn_rate(active_at_start boolean, churned boolean) (
    SFUNC = retention_accum, STYPE = retention_summary, SSPACE = 64, INITCOND = '{"version":1}',
    FINALFUNC = churn_rate, COMBINEFUNC = retention_combine, PARALLEL = SAFE,
    MSFUNC = retention_accum, MINVFUNC = retention_remove, MSTYPE = retention_summary, MSSPACE = 64,
    MINITCOND = '{"version":1}', MFINALFUNC = churn_rate
);
COMMENT ON AGGREGATE churn_rate(boolean, boolean) IS
    'Churn rate: 100 * (churned of start + churned of new) / start. Percent from 0, lower is better; above 100 when more left than were there. One row a customer who was there in the period; who was not active at its start came within it. Rows with NULL are skipped; NULL when nobody was there at the start.';

CREATE AGGREGATE retention_rate(started_at timestamptz, ended_at timestamptz, period_start timestamptz, period_end timestamptz) (
    SFUNC = retention_accum, STYPE = retention_summary, SSPACE = 64, INITCOND = '{"version":1}',
    FINALFUNC = retention_rate, COMBINEFUNC = retention_combine, PARALLEL = SAFE,
    MSFUNC = retention_accum, MINVFUNC = retention_remove, MSTYPE = retention_summary, MSSPACE = 64,
    MINITCOND = '{"version":1}', MFINALFUNC = retention_rate
);
COMMENT ON AGGREGATE retention_rate(timestamptz, timestamptz, timestamptz, timestamptz) IS
    'Retention rate of the period [period_start, period_end): 100 * (end - new) / start, which is 100 minus the churn rate. Percent up to 100, higher is better; negative when more left than were there. One row a subscription, ended_at is NULL while it runs. Rows with a NULL started_at are skipped; NULL when nobody is in the denominator. 22003 for ended_at before started_at, or infinity; 22023 for a period that is NULL, infinite, not positive, or varies within a group.';

CREATE AGGREGATE retention_rate(started_at timestamp, ended_at timestamp, period_start timestamp, period_end timestamp) (
    SFUNC = retention_accum, STYPE = retention_summary, SSPACE = 64, INITCOND = '{"version":1}',
    FINALFUNC = retention_rate, COMBINEFUNC = retention_combine, PARALLEL = SAFE,
    MSFUNC = retention_accum, MINVFUNC = retention_remove, MSTYPE = retention_summary, MSSPACE = 64,
    MINITCOND = '{"version":1}', MFINALFUNC = retention_rate
);
COMMENT ON AGGREGATE retention_rate(timestamp, timestamp, timestamp, timestamp) IS
    'Retention rate of the period [period_start, period_end): 100 * (end - new) / start, which is 100 minus the churn rate. Percent up to 100, higher is better; negative when more left than were there. One row a subscription, ended_at is NULL while it runs. Rows with a NULL started_at are skipped; NULL when nobody is in the denominator. 22003 for ended_at before started_at, or infinity; 22023 for a period that is NULL, infinite, not positive, or varies within a group.';

CREATE AGGREGATE retention_rate(started_at date, ended_at date, period_start date, period_end date) (
    SFUNC = retention_accum, STYPE = retention_summary, SSPACE = 64, INITCOND = '{"version":1}',
    FINALFUNC = retention_rate, COMBINEFUNC = retention_combine, PARALLEL = SAFE,
    MSFUNC = retention_accum, MINVFUNC = retention_remove, MSTYPE = retention_summary, MSSPACE = 64,
    MINITCOND = '{"version":1}', MFINALFUNC = retention_rate
);
COMMENT ON AGGREGATE retention_rate(date, date, date, date) IS
    'Retention rate of the period [period_start, period_end): 100 * (end - new) / start, which is 100 minus the churn rate. Percent up to 100, higher is better; negative when more left than were there. One row a subscription, ended_at is NULL while it runs and otherwise the first day not paid for. Rows with a NULL started_at are skipped; NULL when nobody is in the denominator. 22003 for ended_at before started_at, or infinity; 22023 for a period that is NULL, infinite, not positive, or varies within a group.';

CREATE AGGREGATE retention_rate(started_at timestamptz, ended_at timestamptz, period_start timestamptz, period_end timestamptz, new_churn text) (
    SFUNC = retention_accum, STYPE = retention_summary, SSPACE = 64, INITCOND = '{"version":1}',
    FINALFUNC = retention_rate, COMBINEFUNC = retention_combine, PARALLEL = SAFE,
    MSFUNC = retention_accum, MINVFUNC = retention_remove, MSTYPE = retention_summary, MSSPACE = 64,
    MINITCOND = '{"version":1}', MFINALFUNC = retention_rate
);
COMMENT ON AGGREGATE retention_rate(timestamptz, timestamptz, timestamptz, timestamptz, text) IS
    'Retention rate of the period [period_start, period_end): 100 * (end - new) / start, which is 100 minus the churn rate; with new_churn ''exclude'' 100 * (start - churned of start) / start, with ''both'' 100 * end / (start + new). Percent up to 100, higher is better; may be negative unless new_churn is ''exclude'' or ''both''. One row a subscription, ended_at is NULL while it runs. Rows with a NULL started_at are skipped; NULL when nobody is in the denominator. 22003 for ended_at before started_at, or infinity; 22023 for a period that is NULL, infinite, not positive, or varies within a group; 22023 for a new_churn that is NULL, unknown or varies.';

CREATE AGGREGATE retention_rate(started_at timestamp, ended_at timestamp, period_start timestamp, period_end timestamp, new_churn text) (
    SFUNC = retention_accum, STYPE = retention_summary, SSPACE = 64, INITCOND = '{"version":1}',
    FINALFUNC = retention_rate, COMBINEFUNC = retention_combine, PARALLEL = SAFE,
    MSFUNC = retention_accum, MINVFUNC = retention_remove, MSTYPE = retention_summary, MSSPACE = 64,
    MINITCOND = '{"version":1}', MFINALFUNC = retention_rate
);
COMMENT ON AGGREGATE retention_rate(timestamp, timestamp, timestamp, timestamp, text) IS
    'Retention rate of the period [period_start, period_end): 100 * (end - new) / start, which is 100 minus the churn rate; with new_churn ''exclude'' 100 * (start - churned of start) / start, with ''both'' 100 * end / (start + new). Percent up to 100, higher is better; may be negative unless new_churn is ''exclude'' or ''both''. One row a subscription, ended_at is NULL while it runs. Rows with a NULL started_at are skipped; NULL when nobody is in the denominator. 22003 for ended_at before started_at, or infinity; 22023 for a period that is NULL, infinite, not positive, or varies within a group; 22023 for a new_churn that is NULL, unknown or varies.';

CREATE AGGREGATE retention_rate(started_at date, ended_at date, period_start date, period_end date, new_churn text) (
    SFUNC = retention_accum, STYPE = retention_summary, SSPACE = 64, INITCOND = '{"version":1}',
    FINALFUNC = retention_rate, COMBINEFUNC = retention_combine, PARALLEL = SAFE,
    MSFUNC = retention_accum, MINVFUNC = retention_remove, MSTYPE = retention_summary, MSSPACE = 64,
    MINITCOND = '{"version":1}', MFINALFUNC = retention_rate
);
COMMENT ON AGGREGATE retention_rate(date, date, date, date, text) IS
    'Retention rate of the period [period_start, period_end): 100 * (end - new) / start, which is 100 minus the churn rate; with new_churn ''exclude'' 100 * (start - churned of start) / start, with ''both'' 100 * end / (start + new). Percent up to 100, higher is better; may be negative unless new_churn is ''exclude'' or ''both''. One row a subscription, ended_at is NULL while it runs and otherwise the first day not paid for. Rows with a NULL started_at are skipped; NULL when nobody is in the denominator. 22003 for ended_at before started_at, or infinity; 22023 for a period that is NULL, infinite, not positive, or varies within a group; 22023 for a new_churn that is NULL, unknown or varies.';

CREATE AGGREGATE retention_rate(active_at_start boolean, churned boolean) (
    SFUNC = retention_accum, STYPE = retention_summary, SSPACE = 64, INITCOND = '{"version":1}',
    FINALFUNC = retention_rate, COMBINEFUNC = retention_combine, PARALLEL = SAFE,
    MSFUNC = retention_accum, MINVFUNC = retention_remove, MSTYPE = retention_summary, MSSPACE = 64,
    MINITCOND = '{"version":1}', MFINALFUNC = retention_rate
);
COMMENT ON AGGREGATE retention_rate(boolean, boolean) IS
    'Retention rate: 100 * (end - new) / start, which is 100 minus the churn rate. Percent up to 100, higher is better; negative when more left than were there. One row a customer who was there in the period; who was not active at its start came within it. Rows with NULL are skipped; NULL when nobody was there at the start.';

CREATE AGGREGATE retention_agg(started_at timestamptz, ended_at timestamptz, period_start timestamptz, period_end timestamptz) (
    SFUNC = retention_accum, STYPE = retention_summary, SSPACE = 64, INITCOND = '{"version":1}',
    FINALFUNC = retention_final, COMBINEFUNC = retention_combine, PARALLEL = SAFE,
    MSFUNC = retention_accum, MINVFUNC = retention_remove, MSTYPE = retention_summary, MSSPACE = 64,
    MINITCOND = '{"version":1}', MFINALFUNC = retention_final
);
COMMENT ON AGGREGATE retention_agg(timestamptz, timestamptz, timestamptz, timestamptz) IS
    'Summary of the period [period_start, period_end), to be stored. Read by churn_rate(summary [, new_churn]), retention_rate(summary [, new_churn]), customers_at_start(summary), new_customers(summary), churned_customers(summary), churned_new_customers(summary) and customers_at_end(summary). One row a subscription, ended_at is NULL while it runs. Rows with a NULL started_at are skipped; an empty summary without any other. 22003 for ended_at before started_at, or infinity; 22023 for a period that is NULL, infinite, not positive, or varies within a group.';

CREATE AGGREGATE retention_agg(started_at timestamp, ended_at timestamp, period_start timestamp, period_end timestamp) (
    SFUNC = retention_accum, STYPE = retention_summary, SSPACE = 64, INITCOND = '{"version":1}',
    FINALFUNC = retention_final, COMBINEFUNC = retention_combine, PARALLEL = SAFE,
    MSFUNC = retention_accum, MINVFUNC = retention_remove, MSTYPE = retention_summary, MSSPACE = 64,
    MINITCOND = '{"version":1}', MFINALFUNC = retention_final
);
COMMENT ON AGGREGATE retention_agg(timestamp, timestamp, timestamp, timestamp) IS
    'Summary of the period [period_start, period_end), to be stored. Read by churn_rate(summary [, new_churn]), retention_rate(summary [, new_churn]), customers_at_start(summary), new_customers(summary), churned_customers(summary), churned_new_customers(summary) and customers_at_end(summary). One row a subscription, ended_at is NULL while it runs. Rows with a NULL started_at are skipped; an empty summary without any other. 22003 for ended_at before started_at, or infinity; 22023 for a period that is NULL, infinite, not positive, or varies within a group.';

CREATE AGGREGATE retention_agg(started_at date, ended_at date, period_start date, period_end date) (
    SFUNC = retention_accum, STYPE = retention_summary, SSPACE = 64, INITCOND = '{"version":1}',
    FINALFUNC = retention_final, COMBINEFUNC = retention_combine, PARALLEL = SAFE,
    MSFUNC = retention_accum, MINVFUNC = retention_remove, MSTYPE = retention_summary, MSSPACE = 64,
    MINITCOND = '{"version":1}', MFINALFUNC = retention_final
);
COMMENT ON AGGREGATE retention_agg(date, date, date, date) IS
    'Summary of the period [period_start, period_end), to be stored. Read by churn_rate(summary [, new_churn]), retention_rate(summary [, new_churn]), customers_at_start(summary), new_customers(summary), churned_customers(summary), churned_new_customers(summary) and customers_at_end(summary). One row a subscription, ended_at is NULL while it runs and otherwise the first day not paid for. Rows with a NULL started_at are skipped; an empty summary without any other. 22003 for ended_at before started_at, or infinity; 22023 for a period that is NULL, infinite, not positive, or varies within a group.';

CREATE AGGREGATE retention_agg(active_at_start boolean, churned boolean) (
    SFUNC = retention_accum, STYPE = retention_summary, SSPACE = 64, INITCOND = '{"version":1}',
    FINALFUNC = retention_final, COMBINEFUNC = retention_combine, PARALLEL = SAFE,
    MSFUNC = retention_accum, MINVFUNC = retention_remove, MSTYPE = retention_summary, MSSPACE = 64,
    MINITCOND = '{"version":1}', MFINALFUNC = retention_final
);
COMMENT ON AGGREGATE retention_agg(boolean, boolean) IS
    'Summary of a period, to be stored. Read by churn_rate(summary [, new_churn]), retention_rate(summary [, new_churn]), customers_at_start(summary), new_customers(summary), churned_customers(summary), churned_new_customers(summary) and customers_at_end(summary). One row a customer who was there in the period; who was not active at its start came within it. Rows with NULL are skipped; an empty summary without any other.';

CREATE AGGREGATE rollup(summary retention_summary) (
    SFUNC = retention_combine, STYPE = retention_summary, SSPACE = 64, INITCOND = '{"version":1}',
    FINALFUNC = retention_final, COMBINEFUNC = retention_combine, PARALLEL = SAFE,
    MSFUNC = retention_combine, MINVFUNC = retention_subtract, MSTYPE = retention_summary, MSSPACE = 64,
    MINITCOND = '{"version":1}', MFINALFUNC = retention_final
);
COMMENT ON AGGREGATE rollup(retention_summary) IS
    'Adds segments of one period, such as plans or regions: the result is the same as from all rows. NULL summaries are skipped; an empty summary without any. 22023 for summaries of different periods, because customers at the end of one are those at the start of the next: build a longer period from the rows. 22023 also for summaries of which some came from booleans, which know no period; 22003 beyond 2^63 - 1 rows.';

INSERT INTO kpi_catalog (name, family, measures, formula, unit, higher_is_better, usage) VALUES
    ('churn_rate', 'retention',
     'Customers lost in a period, of those there at its start',
     '100 * (churned of start + churned of new) / start; new_churn exclude: 100 * churned of start / start; both: 100 * (both churned) / (start + new)',
     'percent, from 0', false,
     'churn_rate(start_count, churned), churn_rate(started_at, ended_at, period_start, period_end [, new_churn]), churn_rate(active_at_start, churned), churn_rate(summary [, new_churn])'),
    ('retention_rate', 'retention',
     'Customers kept over a period, of those there at its start',
     '100 * (end - new) / start, which is 100 minus the churn rate',
     'percent, up to 100', true,
     'retention_rate(start_count, end_count, new_customers), retention_rate(start_count, retained), retention_rate(started_at, ended_at, period_start, period_end [, new_churn]), retention_rate(active_at_start, churned), retention_rate(summary [, new_churn])'),
    ('retention_agg', 'retention',
     'Summary of who was there, came and left in a period, to store and roll up',
     'counts of customers at start, new, churned of start, churned of new',
     'retention_summary', NULL,
     'retention_agg(started_at, ended_at, period_start, period_end), retention_agg(active_at_start, churned)'),
    ('customers_at_start', 'retention',
     'Customers at the start of a period',
     'started_at < period_start and not ended before period_start',
     'count', NULL,
     'customers_at_start(summary)'),
    ('churned_new_customers', 'retention',
     'Customers who came and left within a period',
     'started_at and ended_at both in [period_start, period_end)',
     'count', false,
     'churned_new_customers(summary)'),
    ('customers_at_end', 'retention',
     'Customers at the end of a period, who are those at the start of the next',
     'start + new - churned of start - churned of new',
     'count', true,
     'customers_at_end(summary)');
-- Revenue and customer value from figures that are already there.

CREATE FUNCTION mrr(customers kpi_number, average_revenue kpi_number) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_mrr_of_customers';
COMMENT ON FUNCTION mrr(kpi_number, kpi_number) IS
    'Monthly recurring revenue: customers * average_revenue, the average a customer pays a month. Money, from 0. NULL when an argument is NULL; 22003 for a negative argument, NaN or infinity, and for more digits than numeric holds.';

CREATE FUNCTION arr(mrr kpi_number) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_arr';
COMMENT ON FUNCTION arr(kpi_number) IS
    'Annual recurring revenue: 12 * mrr. Money, from 0. NULL when mrr is NULL; 22003 for a negative mrr, NaN or infinity, and for more digits than numeric holds.';

CREATE FUNCTION arpu(revenue kpi_number, customers kpi_number) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_arpu';
COMMENT ON FUNCTION arpu(kpi_number, kpi_number) IS
    'Average revenue per customer (or user): revenue / customers, both of one period. Money, from 0. NULL when an argument is NULL or customers is 0; 22003 for a negative argument, NaN or infinity.';

CREATE FUNCTION crc(expenses kpi_number, customers kpi_number) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_crc';
COMMENT ON FUNCTION crc(kpi_number, kpi_number) IS
    'Customer retention cost: expenses / customers, both of one period. Money per customer, from 0; compare it with arpu of the same period. NULL when an argument is NULL or customers is 0; 22003 for a negative argument, NaN or infinity.';

CREATE FUNCTION cac(cost kpi_number, new_customers kpi_number) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_cac';
COMMENT ON FUNCTION cac(kpi_number, kpi_number) IS
    'Customer acquisition cost: cost / new_customers, both of one period. Money per new customer, from 0. NULL when an argument is NULL or new_customers is 0; 22003 for a negative argument, NaN or infinity.';

CREATE FUNCTION ltv_cac_ratio(clv kpi_number, cac kpi_number) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_ltv_cac_ratio';
COMMENT ON FUNCTION ltv_cac_ratio(kpi_number, kpi_number) IS
    'What a customer is worth for each unit of money that winning one costs: clv / cac. Ratio, 1 is break-even; negative for a negative clv. NULL when an argument is NULL or cac is 0; 22003 for a negative cac, NaN or infinity.';

CREATE FUNCTION clv(
    avg_purchase_value kpi_number,
    purchase_frequency kpi_number,
    lifespan kpi_number
) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_clv';
COMMENT ON FUNCTION clv(kpi_number, kpi_number, kpi_number) IS
    'Customer lifetime value: avg_purchase_value * purchase_frequency * lifespan, frequency and lifespan in one unit of time. Money, from 0. NULL when an argument is NULL; 22003 for a negative argument, NaN or infinity, and for more digits than numeric holds.';

CREATE FUNCTION clv_from_churn(
    arpu kpi_number,
    gross_margin_percent kpi_number,
    churn_rate_percent kpi_number
) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_clv_from_churn';
COMMENT ON FUNCTION clv_from_churn(kpi_number, kpi_number, kpi_number) IS
    'Customer lifetime value: arpu * gross_margin_percent / churn_rate_percent, arpu and churn of periods of one length. Money; negative for a negative margin. NULL when an argument is NULL or churn_rate_percent is 0; 22003 for a negative arpu or churn, a margin above 100, NaN or infinity.';

CREATE FUNCTION clv_discounted(
    margin_per_period kpi_number,
    retention_percent kpi_number,
    discount_percent kpi_number
) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_clv_discounted';
COMMENT ON FUNCTION clv_discounted(kpi_number, kpi_number, kpi_number) IS
    'Customer lifetime value without end: sum of margin_per_period * (retention_percent / (100 + discount_percent))^t for t = 0, 1, 2 and so on, which is margin * (100 + discount) / (100 + discount - retention). Money. NULL when an argument is NULL, or for a retention of 100 without discount; 22003 for a retention that is not 0 to 100, a negative discount, NaN or infinity.';

CREATE FUNCTION clv_discounted(
    margin_per_period kpi_number,
    retention_percent kpi_number,
    discount_percent kpi_number,
    periods kpi_number
) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_clv_discounted_of_periods';
COMMENT ON FUNCTION clv_discounted(kpi_number, kpi_number, kpi_number, kpi_number) IS
    'Customer lifetime value within a number of periods: sum of margin_per_period * (retention_percent / (100 + discount_percent))^t for t = 0 to periods - 1. Money; 0 for no periods. NULL when an argument is NULL; 22003 for a retention that is not 0 to 100, a negative discount, NaN or infinity, and for periods that are not a whole number from 0 to 2147483647.';

INSERT INTO kpi_catalog (name, family, measures, formula, unit, higher_is_better, usage) VALUES
    ('arr', 'revenue',
     'Annual recurring revenue',
     '12 * mrr',
     'money a year', true,
     'arr(mrr)'),
    ('arpu', 'revenue',
     'Average revenue per customer',
     'revenue / customers',
     'money per customer and period', true,
     'arpu(revenue, customers)'),
    ('crc', 'revenue',
     'Customer retention cost: what is spent to keep a customer',
     'expenses / customers',
     'money per customer and period', false,
     'crc(expenses, customers)'),
    ('cac', 'revenue',
     'Customer acquisition cost: what is spent to win a customer',
     'cost / new customers',
     'money per new customer', false,
     'cac(cost, new_customers)'),
    ('ltv_cac_ratio', 'value',
     'What a customer is worth for each unit of money that winning one costs',
     'clv / cac',
     'ratio, 1 is break-even', true,
     'ltv_cac_ratio(clv, cac)'),
    ('clv', 'value',
     'Customer lifetime value: what a customer brings in over the years',
     'average purchase value * purchase frequency * lifespan',
     'money', true,
     'clv(avg_purchase_value, purchase_frequency, lifespan)'),
    ('clv_from_churn', 'value',
     'Customer lifetime value, where the lifespan follows from churn',
     'arpu * gross margin % / churn %',
     'money', true,
     'clv_from_churn(arpu, gross_margin_percent, churn_rate_percent)'),
    ('clv_discounted', 'value',
     'Customer lifetime value in money of today',
     'sum of margin * (retention / (100 + discount))^t for t = 0, 1, 2 and so on',
     'money', true,
     'clv_discounted(margin_per_period, retention_percent, discount_percent [, periods])');
-- revenue_summary: a sum of money. The state of the revenue aggregates, and a column type for stored sums.

CREATE TYPE revenue_summary;

CREATE FUNCTION revenue_summary_in(cstring) RETURNS revenue_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_revenue_summary_in';
COMMENT ON FUNCTION revenue_summary_in(cstring) IS
    'Support function: reads the text form of a revenue_summary, such as {"version":1,"kind":"recurring","amounts":2,"sum":"100","over":"3"}. 22P02 for anything else.';

CREATE FUNCTION revenue_summary_out(revenue_summary) RETURNS cstring
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_revenue_summary_out';
COMMENT ON FUNCTION revenue_summary_out(revenue_summary) IS
    'Support function: writes the text form of a revenue_summary, without loss.';

CREATE FUNCTION revenue_summary_recv(internal) RETURNS revenue_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_revenue_summary_recv';
COMMENT ON FUNCTION revenue_summary_recv(internal) IS
    'Support function: reads the binary form of a revenue_summary. 22P03 for anything else.';

CREATE FUNCTION revenue_summary_send(revenue_summary) RETURNS bytea
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_revenue_summary_send';
COMMENT ON FUNCTION revenue_summary_send(revenue_summary) IS
    'Support function: writes the binary form of a revenue_summary, without loss.';

CREATE TYPE revenue_summary (
    INPUT = revenue_summary_in, OUTPUT = revenue_summary_out,
    RECEIVE = revenue_summary_recv, SEND = revenue_summary_send,
    INTERNALLENGTH = VARIABLE, ALIGNMENT = int4, STORAGE = extended
);
COMMENT ON TYPE revenue_summary IS
    'An exact sum of money, some 60 bytes: of monthly amounts, built by recurring_revenue_agg(amount, billing_period) and read by mrr(summary), or of what is paid once, built by expansion_revenue_agg(amount, recurring) and read by expansion_revenue(summary). Merged by rollup(summary). As text it is JSON: {"version":1,"kind":"recurring","amounts":2,"sum":"100","over":"3"}, which is 100 / 3 from two amounts; the kind is recurring or expansion.';

CREATE FUNCTION revenue_summary_eq(revenue_summary, revenue_summary) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_revenue_summary_eq';
COMMENT ON FUNCTION revenue_summary_eq(revenue_summary, revenue_summary) IS
    'Support function of =: whether two summaries hold the same sum of as many amounts.';

CREATE FUNCTION revenue_summary_ne(revenue_summary, revenue_summary) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_revenue_summary_ne';
COMMENT ON FUNCTION revenue_summary_ne(revenue_summary, revenue_summary) IS
    'Support function of <>: the opposite of =.';

CREATE FUNCTION revenue_summary_hash(revenue_summary) RETURNS integer
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_revenue_summary_hash';
COMMENT ON FUNCTION revenue_summary_hash(revenue_summary) IS
    'Support function of hash joins, hash aggregates and hash indexes: equal summaries have equal hashes.';

CREATE FUNCTION revenue_summary_hash_extended(revenue_summary, bigint) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_revenue_summary_hash_extended';
COMMENT ON FUNCTION revenue_summary_hash_extended(revenue_summary, bigint) IS
    'Support function of hash partitions: equal summaries have equal hashes.';

CREATE OPERATOR = (
    LEFTARG = revenue_summary, RIGHTARG = revenue_summary, FUNCTION = revenue_summary_eq,
    COMMUTATOR = =, NEGATOR = <>, RESTRICT = eqsel, JOIN = eqjoinsel, HASHES
);
COMMENT ON OPERATOR = (revenue_summary, revenue_summary) IS
    'Whether two summaries are equal.';

CREATE OPERATOR <> (
    LEFTARG = revenue_summary, RIGHTARG = revenue_summary, FUNCTION = revenue_summary_ne,
    COMMUTATOR = <>, NEGATOR = =, RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (revenue_summary, revenue_summary) IS
    'Whether two summaries differ.';

CREATE OPERATOR CLASS revenue_summary_hash_ops DEFAULT FOR TYPE revenue_summary USING hash AS
    OPERATOR 1 =,
    FUNCTION 1 revenue_summary_hash(revenue_summary),
    FUNCTION 2 revenue_summary_hash_extended(revenue_summary, bigint);
COMMENT ON OPERATOR CLASS revenue_summary_hash_ops USING hash IS
    'Lets summaries be grouped, made distinct and compared by hash.';
COMMENT ON OPERATOR FAMILY revenue_summary_hash_ops USING hash IS
    'Lets summaries be grouped, made distinct and compared by hash.';

CREATE FUNCTION recurring_revenue_accum(
    state revenue_summary,
    amount kpi_number,
    billing_period interval
) RETURNS revenue_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_recurring_revenue_accum';
COMMENT ON FUNCTION recurring_revenue_accum(revenue_summary, kpi_number, interval) IS
    'Support function of the recurring revenue aggregates: adds one more monthly amount.';

CREATE FUNCTION recurring_revenue_remove(
    state revenue_summary,
    amount kpi_number,
    billing_period interval
) RETURNS revenue_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_recurring_revenue_remove';
COMMENT ON FUNCTION recurring_revenue_remove(revenue_summary, kpi_number, interval) IS
    'Support function of the recurring revenue aggregates: takes one amount back when a window frame moves on.';

CREATE FUNCTION expansion_revenue_accum(
    state revenue_summary,
    amount kpi_number,
    recurring boolean
) RETURNS revenue_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_expansion_revenue_accum';
COMMENT ON FUNCTION expansion_revenue_accum(revenue_summary, kpi_number, boolean) IS
    'Support function of the expansion revenue aggregates: adds one more amount.';

CREATE FUNCTION expansion_revenue_remove(
    state revenue_summary,
    amount kpi_number,
    recurring boolean
) RETURNS revenue_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_expansion_revenue_remove';
COMMENT ON FUNCTION expansion_revenue_remove(revenue_summary, kpi_number, boolean) IS
    'Support function of the expansion revenue aggregates: takes one amount back when a window frame moves on.';

CREATE FUNCTION revenue_combine(state revenue_summary, summary revenue_summary) RETURNS revenue_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_revenue_combine';
COMMENT ON FUNCTION revenue_combine(revenue_summary, revenue_summary) IS
    'Support function of the revenue aggregates: adds a partial or stored summary. 22023 for recurring with expansion revenue, 22003 for a sum that is too large or has too many different billing periods.';

CREATE FUNCTION revenue_subtract(state revenue_summary, summary revenue_summary) RETURNS revenue_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_revenue_subtract';
COMMENT ON FUNCTION revenue_subtract(revenue_summary, revenue_summary) IS
    'Support function of rollup over a moving window: takes a summary out again.';

CREATE FUNCTION revenue_final(state revenue_summary) RETURNS revenue_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_revenue_final';
COMMENT ON FUNCTION revenue_final(revenue_summary) IS
    'Support function of recurring_revenue_agg, expansion_revenue_agg and rollup: the finished summary.';
-- Monthly amounts of any billing period, recurring and expansion revenue.

CREATE FUNCTION monthly_amount(amount kpi_number, billing_period interval) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_monthly_amount';
COMMENT ON FUNCTION monthly_amount(kpi_number, interval) IS
    'What a price for billing_period is a month, money: amount / months for a period of months and years; amount * 52 / (12 * weeks) for one of whole weeks; amount * 365 / (12 * days) for any other length, days of 24 hours. NULL when an argument is NULL; 22003 for a negative amount, NaN or infinity; 22023 for a billing_period that is not longer than 0, or has months and also days or time.';

CREATE FUNCTION mrr(summary revenue_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_mrr_of_summary';
COMMENT ON FUNCTION mrr(revenue_summary) IS
    'Monthly recurring revenue: sum of the monthly amounts, money from 0. NULL for an empty summary; 22023 for one of expansion revenue.';

CREATE FUNCTION expansion_revenue(summary revenue_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_expansion_revenue';
COMMENT ON FUNCTION expansion_revenue(revenue_summary) IS
    'Expansion revenue: sum of the amounts that do not recur, money from 0. NULL for an empty summary; 22023 for one of recurring revenue.';

CREATE AGGREGATE mrr(amount kpi_number, billing_period interval) (
    SFUNC = recurring_revenue_accum, STYPE = revenue_summary, SSPACE = 96, INITCOND = '{"version":1}',
    FINALFUNC = mrr, COMBINEFUNC = revenue_combine, PARALLEL = SAFE,
    MSFUNC = recurring_revenue_accum, MINVFUNC = recurring_revenue_remove, MSTYPE = revenue_summary, MSSPACE = 96,
    MINITCOND = '{"version":1}', MFINALFUNC = mrr
);
COMMENT ON AGGREGATE mrr(kpi_number, interval) IS
    'Monthly recurring revenue: sum of monthly_amount(amount, billing_period) of all rows, without rounding on the way; money from 0. Rows with a NULL in either are skipped; NULL without any other. 22003 for a negative amount, NaN or infinity, and for sums that are too large or have too many different billing periods; 22023 for a billing_period that is not longer than 0, or is neither a number of months nor of days.';

CREATE AGGREGATE expansion_revenue(amount kpi_number, recurring boolean) (
    SFUNC = expansion_revenue_accum, STYPE = revenue_summary, SSPACE = 96, INITCOND = '{"version":1}',
    FINALFUNC = expansion_revenue, COMBINEFUNC = revenue_combine, PARALLEL = SAFE,
    MSFUNC = expansion_revenue_accum, MINVFUNC = expansion_revenue_remove, MSTYPE = revenue_summary, MSSPACE = 96,
    MINITCOND = '{"version":1}', MFINALFUNC = expansion_revenue
);
COMMENT ON AGGREGATE expansion_revenue(kpi_number, boolean) IS
    'Revenue beyond the subscriptions, such as add-ons and cross-sells: sum of the amounts with recurring = false; money from 0. Rows with a NULL in either are skipped; 0 when all others recur, NULL without any other. 22003 for a negative amount, NaN or infinity.';

CREATE AGGREGATE recurring_revenue_agg(amount kpi_number, billing_period interval) (
    SFUNC = recurring_revenue_accum, STYPE = revenue_summary, SSPACE = 96, INITCOND = '{"version":1}',
    FINALFUNC = revenue_final, COMBINEFUNC = revenue_combine, PARALLEL = SAFE,
    MSFUNC = recurring_revenue_accum, MINVFUNC = recurring_revenue_remove, MSTYPE = revenue_summary, MSSPACE = 96,
    MINITCOND = '{"version":1}', MFINALFUNC = revenue_final
);
COMMENT ON AGGREGATE recurring_revenue_agg(kpi_number, interval) IS
    'Summary of monthly amounts, to be stored and read by mrr(summary). Rows with a NULL in either are skipped; an empty summary without any other. 22003 for a negative amount, NaN or infinity, and for sums that are too large or have too many different billing periods; 22023 for a billing_period that is not longer than 0, or is neither a number of months nor of days.';

CREATE AGGREGATE expansion_revenue_agg(amount kpi_number, recurring boolean) (
    SFUNC = expansion_revenue_accum, STYPE = revenue_summary, SSPACE = 96, INITCOND = '{"version":1}',
    FINALFUNC = revenue_final, COMBINEFUNC = revenue_combine, PARALLEL = SAFE,
    MSFUNC = expansion_revenue_accum, MINVFUNC = expansion_revenue_remove, MSTYPE = revenue_summary, MSSPACE = 96,
    MINITCOND = '{"version":1}', MFINALFUNC = revenue_final
);
COMMENT ON AGGREGATE expansion_revenue_agg(kpi_number, boolean) IS
    'Summary of expansion revenue, to be stored and read by expansion_revenue(summary). Rows with a NULL in either are skipped; an empty summary without any other. 22003 for a negative amount, NaN or infinity.';

CREATE AGGREGATE rollup(summary revenue_summary) (
    SFUNC = revenue_combine, STYPE = revenue_summary, SSPACE = 96, INITCOND = '{"version":1}',
    FINALFUNC = revenue_final, COMBINEFUNC = revenue_combine, PARALLEL = SAFE,
    MSFUNC = revenue_combine, MINVFUNC = revenue_subtract, MSTYPE = revenue_summary, MSSPACE = 96,
    MINITCOND = '{"version":1}', MFINALFUNC = revenue_final
);
COMMENT ON AGGREGATE rollup(revenue_summary) IS
    'Adds up stored sums of money of one kind: the result is the same as from all raw rows. NULL summaries are skipped; an empty summary without any. 22023 for recurring with expansion revenue; 22003 for a sum that is too large or has too many different billing periods.';

INSERT INTO kpi_catalog (name, family, measures, formula, unit, higher_is_better, usage) VALUES
    ('monthly_amount', 'revenue',
     'What a price for any billing period is a month',
     'amount / months, or amount * 52 / (12 * weeks), or amount * 365 / (12 * days)',
     'money', NULL,
     'monthly_amount(amount, billing_period)'),
    ('mrr', 'revenue',
     'Monthly recurring revenue',
     'sum of monthly amounts, or customers * average_revenue',
     'money', true,
     'mrr(amount, billing_period), mrr(summary), mrr(customers, average_revenue)'),
    ('expansion_revenue', 'revenue',
     'Revenue beyond the subscriptions: add-ons, cross-sells',
     'sum of amounts that do not recur',
     'money', true,
     'expansion_revenue(amount, recurring), expansion_revenue(summary)'),
    ('recurring_revenue_agg', 'revenue',
     'Summary of monthly recurring revenue to store and roll up',
     'exact sum of monthly amounts',
     'revenue_summary', NULL,
     'recurring_revenue_agg(amount, billing_period)'),
    ('expansion_revenue_agg', 'revenue',
     'Summary of expansion revenue to store and roll up',
     'sum of amounts that do not recur',
     'revenue_summary', NULL,
     'expansion_revenue_agg(amount, recurring)');
-- mrr_summary: how recurring revenue moved. The state of the MRR aggregates, and a column type for stored movements.

CREATE TYPE mrr_summary;

CREATE FUNCTION mrr_summary_in(cstring) RETURNS mrr_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_mrr_summary_in';
COMMENT ON FUNCTION mrr_summary_in(cstring) IS
    'Support function: reads the text form of an mrr_summary, such as {"version":1,"rows":2,"customers":{"opening":1,"new":1},"mrr":{"opening":"1000","new":"49.5"}}. 22P02 for anything else.';

CREATE FUNCTION mrr_summary_out(mrr_summary) RETURNS cstring
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_mrr_summary_out';
COMMENT ON FUNCTION mrr_summary_out(mrr_summary) IS
    'Support function: writes the text form of an mrr_summary, without loss.';

CREATE FUNCTION mrr_summary_recv(internal) RETURNS mrr_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_mrr_summary_recv';
COMMENT ON FUNCTION mrr_summary_recv(internal) IS
    'Support function: reads the binary form of an mrr_summary. 22P03 for anything else.';

CREATE FUNCTION mrr_summary_send(mrr_summary) RETURNS bytea
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_mrr_summary_send';
COMMENT ON FUNCTION mrr_summary_send(mrr_summary) IS
    'Support function: writes the binary form of an mrr_summary, without loss.';

CREATE TYPE mrr_summary (
    INPUT = mrr_summary_in, OUTPUT = mrr_summary_out,
    RECEIVE = mrr_summary_recv, SEND = mrr_summary_send,
    INTERNALLENGTH = VARIABLE, ALIGNMENT = int4, STORAGE = extended
);
COMMENT ON TYPE mrr_summary IS
    'How recurring revenue moved: customers and exact sums of opening, new, reactivation, expansion, contraction and churned, some 200 bytes. Built by mrr_agg(opening, closing [, paid_before]), merged by rollup(summary), read by nrr(summary) and all other MRR KPIs. As text it is JSON, amounts as strings, what is 0 left out: {"version":1,"rows":2,"customers":{"opening":1,"new":1},"mrr":{"opening":"1000","new":"49.5"}}.';

CREATE FUNCTION mrr_summary_eq(mrr_summary, mrr_summary) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_mrr_summary_eq';
COMMENT ON FUNCTION mrr_summary_eq(mrr_summary, mrr_summary) IS
    'Support function of =: whether two summaries hold the same customers and sums.';

CREATE FUNCTION mrr_summary_ne(mrr_summary, mrr_summary) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_mrr_summary_ne';
COMMENT ON FUNCTION mrr_summary_ne(mrr_summary, mrr_summary) IS
    'Support function of <>: the opposite of =.';

CREATE FUNCTION mrr_summary_hash(mrr_summary) RETURNS integer
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_mrr_summary_hash';
COMMENT ON FUNCTION mrr_summary_hash(mrr_summary) IS
    'Support function of hash joins, hash aggregates and hash indexes: equal summaries have equal hashes.';

CREATE FUNCTION mrr_summary_hash_extended(mrr_summary, bigint) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_mrr_summary_hash_extended';
COMMENT ON FUNCTION mrr_summary_hash_extended(mrr_summary, bigint) IS
    'Support function of hash partitions: equal summaries have equal hashes.';

CREATE OPERATOR = (
    LEFTARG = mrr_summary, RIGHTARG = mrr_summary, FUNCTION = mrr_summary_eq,
    COMMUTATOR = =, NEGATOR = <>, RESTRICT = eqsel, JOIN = eqjoinsel, HASHES
);
COMMENT ON OPERATOR = (mrr_summary, mrr_summary) IS
    'Whether two summaries are equal.';

CREATE OPERATOR <> (
    LEFTARG = mrr_summary, RIGHTARG = mrr_summary, FUNCTION = mrr_summary_ne,
    COMMUTATOR = <>, NEGATOR = =, RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (mrr_summary, mrr_summary) IS
    'Whether two summaries differ.';

CREATE OPERATOR CLASS mrr_summary_hash_ops DEFAULT FOR TYPE mrr_summary USING hash AS
    OPERATOR 1 =,
    FUNCTION 1 mrr_summary_hash(mrr_summary),
    FUNCTION 2 mrr_summary_hash_extended(mrr_summary, bigint);
COMMENT ON OPERATOR CLASS mrr_summary_hash_ops USING hash IS
    'Lets summaries be grouped, made distinct and compared by hash.';
COMMENT ON OPERATOR FAMILY mrr_summary_hash_ops USING hash IS
    'Lets summaries be grouped, made distinct and compared by hash.';

CREATE FUNCTION mrr_accum(state mrr_summary, opening kpi_number, closing kpi_number) RETURNS mrr_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_mrr_accum';
COMMENT ON FUNCTION mrr_accum(mrr_summary, kpi_number, kpi_number) IS
    'Support function of the MRR aggregates: counts one more customer and month.';

CREATE FUNCTION mrr_accum(
    state mrr_summary,
    opening kpi_number,
    closing kpi_number,
    paid_before boolean
) RETURNS mrr_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_mrr_accum';
COMMENT ON FUNCTION mrr_accum(mrr_summary, kpi_number, kpi_number, boolean) IS
    'Support function of the MRR aggregates: counts one more customer and month.';

CREATE FUNCTION mrr_remove(state mrr_summary, opening kpi_number, closing kpi_number) RETURNS mrr_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_mrr_remove';
COMMENT ON FUNCTION mrr_remove(mrr_summary, kpi_number, kpi_number) IS
    'Support function of the MRR aggregates: takes one row back when a window frame moves on. NULL when the state does not hold it.';

CREATE FUNCTION mrr_remove(
    state mrr_summary,
    opening kpi_number,
    closing kpi_number,
    paid_before boolean
) RETURNS mrr_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_mrr_remove';
COMMENT ON FUNCTION mrr_remove(mrr_summary, kpi_number, kpi_number, boolean) IS
    'Support function of the MRR aggregates: takes one row back when a window frame moves on. NULL when the state does not hold it.';

CREATE FUNCTION mrr_combine(state mrr_summary, summary mrr_summary) RETURNS mrr_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_mrr_combine';
COMMENT ON FUNCTION mrr_combine(mrr_summary, mrr_summary) IS
    'Support function of the MRR aggregates: adds the rows of a partial or stored summary. 22003 beyond 2^63 - 1 rows.';

CREATE FUNCTION mrr_subtract(state mrr_summary, summary mrr_summary) RETURNS mrr_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_mrr_subtract';
COMMENT ON FUNCTION mrr_subtract(mrr_summary, mrr_summary) IS
    'Support function of rollup over a moving window: takes the rows of a summary out again. NULL when the state does not hold them.';

CREATE FUNCTION mrr_final(state mrr_summary) RETURNS mrr_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_mrr_final';
COMMENT ON FUNCTION mrr_final(mrr_summary) IS
    'Support function of mrr_agg and rollup: the finished summary.';
-- The movement of one customer and month, accessors of a stored summary, and the summary itself.

CREATE FUNCTION mrr_movement(opening kpi_number, closing kpi_number) RETURNS text
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_mrr_movement';
COMMENT ON FUNCTION mrr_movement(kpi_number, kpi_number) IS
    'What a customer''s recurring revenue did: new (not paying at the opening, paying at the end), expansion (paying more than at the opening), contraction (still paying, but less), churn (no longer paying), or none (unchanged, or never paying). NULL and 0 both mean not paying. Nobody is known to have paid before, so nobody is reactivated. 22003 for an amount that is negative, NaN or infinite.';

CREATE FUNCTION mrr_movement(opening kpi_number, closing kpi_number, paid_before boolean) RETURNS text
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_mrr_movement';
COMMENT ON FUNCTION mrr_movement(kpi_number, kpi_number, boolean) IS
    'What a customer''s recurring revenue did: new (not paying at the opening, paying at the end; reactivation instead, if paid_before), expansion (paying more than at the opening), contraction (still paying, but less), churn (no longer paying), or none (unchanged, or never paying). NULL and 0 both mean not paying. paid_before is whether the customer ever paid before the opening; NULL is false. 22003 for an amount that is negative, NaN or infinite.';

CREATE FUNCTION opening_mrr(summary mrr_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_mrr_opening';
COMMENT ON FUNCTION opening_mrr(mrr_summary) IS
    'MRR at the beginning of the month: sum of opening. NULL for an empty summary.';

CREATE FUNCTION new_mrr(summary mrr_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_mrr_new';
COMMENT ON FUNCTION new_mrr(mrr_summary) IS
    'New MRR: sum of closing of those who pay at the end, not at the opening, and never before. NULL for an empty summary.';

CREATE FUNCTION reactivation_mrr(summary mrr_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_mrr_reactivation';
COMMENT ON FUNCTION reactivation_mrr(mrr_summary) IS
    'Reactivation MRR: sum of closing of those who pay at the end, not at the opening, but have paid before. NULL for an empty summary.';

CREATE FUNCTION expansion_mrr(summary mrr_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_mrr_expansion';
COMMENT ON FUNCTION expansion_mrr(mrr_summary) IS
    'Expansion MRR: sum of closing - opening of those who pay more than at the opening. NULL for an empty summary.';

CREATE FUNCTION contraction_mrr(summary mrr_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_mrr_contraction';
COMMENT ON FUNCTION contraction_mrr(mrr_summary) IS
    'Contraction MRR: sum of opening - closing of those who still pay, but less than at the opening. NULL for an empty summary.';

CREATE FUNCTION churned_mrr(summary mrr_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_mrr_churned';
COMMENT ON FUNCTION churned_mrr(mrr_summary) IS
    'Churned MRR: sum of opening of those who no longer pay. NULL for an empty summary.';

CREATE FUNCTION closing_mrr(summary mrr_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_mrr_closing';
COMMENT ON FUNCTION closing_mrr(mrr_summary) IS
    'MRR at the end of the month: opening + new + reactivation + expansion - contraction - churned, which is the sum of closing. NULL for an empty summary.';

CREATE FUNCTION net_new_mrr(summary mrr_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_mrr_net_new';
COMMENT ON FUNCTION net_new_mrr(mrr_summary) IS
    'Net new MRR: new + reactivation + expansion - contraction - churned, which is closing - opening. Negative when more was lost than won. NULL for an empty summary.';

CREATE FUNCTION opening_customers(summary mrr_summary) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_mrr_opening_customers';
COMMENT ON FUNCTION opening_customers(mrr_summary) IS
    'Customers who pay at the opening. 0 for an empty summary.';

CREATE FUNCTION new_customers(summary mrr_summary) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_mrr_new_customers';
COMMENT ON FUNCTION new_customers(mrr_summary) IS
    'Customers who pay at the end, not at the opening, and never before. 0 for an empty summary.';

CREATE FUNCTION reactivated_customers(summary mrr_summary) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_mrr_reactivated_customers';
COMMENT ON FUNCTION reactivated_customers(mrr_summary) IS
    'Customers who pay at the end, not at the opening, but have paid before. 0 for an empty summary.';

CREATE FUNCTION expanded_customers(summary mrr_summary) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_mrr_expanded_customers';
COMMENT ON FUNCTION expanded_customers(mrr_summary) IS
    'Customers who pay more than at the opening. 0 for an empty summary.';

CREATE FUNCTION contracted_customers(summary mrr_summary) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_mrr_contracted_customers';
COMMENT ON FUNCTION contracted_customers(mrr_summary) IS
    'Customers who still pay, but less than at the opening. 0 for an empty summary.';

CREATE FUNCTION churned_customers(summary mrr_summary) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_mrr_churned_customers';
COMMENT ON FUNCTION churned_customers(mrr_summary) IS
    'Customers who paid at the opening and no longer do. 0 for an empty summary.';

CREATE FUNCTION closing_customers(summary mrr_summary) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_mrr_closing_customers';
COMMENT ON FUNCTION closing_customers(mrr_summary) IS
    'Customers who pay at the end: opening + new + reactivated - churned. 0 for an empty summary.';

CREATE FUNCTION gross_mrr_churn_rate(summary mrr_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_mrr_gross_churn_rate';
COMMENT ON FUNCTION gross_mrr_churn_rate(mrr_summary) IS
    'Gross MRR churn: 100 * (contraction + churned) / opening. Percent from 0 to 100, lower is better. NULL when nobody paid at the opening.';

CREATE FUNCTION net_mrr_churn_rate(summary mrr_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_mrr_net_churn_rate';
COMMENT ON FUNCTION net_mrr_churn_rate(mrr_summary) IS
    'Net MRR churn: 100 * (contraction + churned - expansion - reactivation) / opening. Percent up to 100, lower is better; below 0 when more was added than lost. NULL when nobody paid at the opening.';

CREATE FUNCTION nrr(summary mrr_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_mrr_nrr';
COMMENT ON FUNCTION nrr(mrr_summary) IS
    'Net revenue retention: 100 * (opening + expansion - contraction - churned) / opening. Percent from 0, higher is better; above 100 when more was added than lost. NULL when nobody paid at the opening.';

CREATE FUNCTION grr(summary mrr_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_mrr_grr';
COMMENT ON FUNCTION grr(mrr_summary) IS
    'Gross revenue retention: 100 * (opening - contraction - churned) / opening. Percent from 0 to 100, higher is better. NULL when nobody paid at the opening.';

CREATE FUNCTION quick_ratio(summary mrr_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_mrr_quick_ratio';
COMMENT ON FUNCTION quick_ratio(mrr_summary) IS
    'Quick ratio: (new + reactivation + expansion) / (contraction + churned). A ratio from 0, higher is better. NULL when nothing was lost.';

CREATE FUNCTION logo_churn_rate(summary mrr_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_mrr_logo_churn_rate';
COMMENT ON FUNCTION logo_churn_rate(mrr_summary) IS
    'Logo churn: 100 * customers lost / customers at opening. Percent from 0 to 100, lower is better. NULL when nobody paid at the opening.';

CREATE AGGREGATE mrr_agg(opening kpi_number, closing kpi_number) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = mrr_final, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = mrr_final
);
COMMENT ON AGGREGATE mrr_agg(kpi_number, kpi_number) IS
    'Summary of MRR movements, to be stored, rolled up, and read by nrr(summary) and all other MRR KPIs. One row a customer and month; NULL and 0 both mean not paying. Without paid_before, who comes back counts as new. Rows where both are NULL are skipped; an empty summary without any other. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE mrr_agg(opening kpi_number, closing kpi_number, paid_before boolean) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = mrr_final, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = mrr_final
);
COMMENT ON AGGREGATE mrr_agg(kpi_number, kpi_number, boolean) IS
    'Summary of MRR movements, to be stored, rolled up, and read by nrr(summary) and all other MRR KPIs. One row a customer and month; NULL and 0 both mean not paying. Rows where both are NULL are skipped; an empty summary without any other. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE rollup(summary mrr_summary) (
    SFUNC = mrr_combine, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = mrr_final, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_combine, MINVFUNC = mrr_subtract, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = mrr_final
);
COMMENT ON AGGREGATE rollup(mrr_summary) IS
    'Merges stored MRR summaries, of segments or of months: the result is the same as from all raw rows, so opening MRR is that of all of them together. NULL summaries are skipped; an empty summary without any. 22003 beyond 2^63 - 1 rows.';
-- Amounts of MRR and the customers behind them: one-step aggregates.

CREATE AGGREGATE opening_mrr(opening kpi_number, closing kpi_number) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = opening_mrr, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = opening_mrr
);
COMMENT ON AGGREGATE opening_mrr(kpi_number, kpi_number) IS
    'MRR at the beginning of the month: sum of opening. One row a customer and month; NULL and 0 both mean not paying. Rows where both are NULL are skipped; NULL without any other. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE opening_mrr(opening kpi_number, closing kpi_number, paid_before boolean) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = opening_mrr, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = opening_mrr
);
COMMENT ON AGGREGATE opening_mrr(kpi_number, kpi_number, boolean) IS
    'MRR at the beginning of the month: sum of opening. One row a customer and month; NULL and 0 both mean not paying. Rows where both are NULL are skipped; NULL without any other. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE new_mrr(opening kpi_number, closing kpi_number) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = new_mrr, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = new_mrr
);
COMMENT ON AGGREGATE new_mrr(kpi_number, kpi_number) IS
    'New MRR: sum of closing of those who pay at the end, not at the opening, and never before. One row a customer and month; NULL and 0 both mean not paying. Without paid_before, who comes back counts as new. Rows where both are NULL are skipped; NULL without any other. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE new_mrr(opening kpi_number, closing kpi_number, paid_before boolean) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = new_mrr, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = new_mrr
);
COMMENT ON AGGREGATE new_mrr(kpi_number, kpi_number, boolean) IS
    'New MRR: sum of closing of those who pay at the end, not at the opening, and never before. One row a customer and month; NULL and 0 both mean not paying. Rows where both are NULL are skipped; NULL without any other. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE reactivation_mrr(opening kpi_number, closing kpi_number) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = reactivation_mrr, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = reactivation_mrr
);
COMMENT ON AGGREGATE reactivation_mrr(kpi_number, kpi_number) IS
    'Reactivation MRR: sum of closing of those who pay at the end, not at the opening, but have paid before. One row a customer and month; NULL and 0 both mean not paying. Always 0 without paid_before: who comes back counts as new. Rows where both are NULL are skipped; NULL without any other. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE reactivation_mrr(opening kpi_number, closing kpi_number, paid_before boolean) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = reactivation_mrr, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = reactivation_mrr
);
COMMENT ON AGGREGATE reactivation_mrr(kpi_number, kpi_number, boolean) IS
    'Reactivation MRR: sum of closing of those who pay at the end, not at the opening, but have paid before. One row a customer and month; NULL and 0 both mean not paying. Rows where both are NULL are skipped; NULL without any other. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE expansion_mrr(opening kpi_number, closing kpi_number) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = expansion_mrr, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = expansion_mrr
);
COMMENT ON AGGREGATE expansion_mrr(kpi_number, kpi_number) IS
    'Expansion MRR: sum of closing - opening of those who pay more than at the opening. One row a customer and month; NULL and 0 both mean not paying. Rows where both are NULL are skipped; NULL without any other. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE expansion_mrr(opening kpi_number, closing kpi_number, paid_before boolean) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = expansion_mrr, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = expansion_mrr
);
COMMENT ON AGGREGATE expansion_mrr(kpi_number, kpi_number, boolean) IS
    'Expansion MRR: sum of closing - opening of those who pay more than at the opening. One row a customer and month; NULL and 0 both mean not paying. Rows where both are NULL are skipped; NULL without any other. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE contraction_mrr(opening kpi_number, closing kpi_number) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = contraction_mrr, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = contraction_mrr
);
COMMENT ON AGGREGATE contraction_mrr(kpi_number, kpi_number) IS
    'Contraction MRR: sum of opening - closing of those who still pay, but less than at the opening. One row a customer and month; NULL and 0 both mean not paying. Rows where both are NULL are skipped; NULL without any other. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE contraction_mrr(opening kpi_number, closing kpi_number, paid_before boolean) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = contraction_mrr, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = contraction_mrr
);
COMMENT ON AGGREGATE contraction_mrr(kpi_number, kpi_number, boolean) IS
    'Contraction MRR: sum of opening - closing of those who still pay, but less than at the opening. One row a customer and month; NULL and 0 both mean not paying. Rows where both are NULL are skipped; NULL without any other. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE churned_mrr(opening kpi_number, closing kpi_number) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = churned_mrr, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = churned_mrr
);
COMMENT ON AGGREGATE churned_mrr(kpi_number, kpi_number) IS
    'Churned MRR: sum of opening of those who no longer pay. One row a customer and month; NULL and 0 both mean not paying. Rows where both are NULL are skipped; NULL without any other. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE churned_mrr(opening kpi_number, closing kpi_number, paid_before boolean) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = churned_mrr, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = churned_mrr
);
COMMENT ON AGGREGATE churned_mrr(kpi_number, kpi_number, boolean) IS
    'Churned MRR: sum of opening of those who no longer pay. One row a customer and month; NULL and 0 both mean not paying. Rows where both are NULL are skipped; NULL without any other. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE closing_mrr(opening kpi_number, closing kpi_number) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = closing_mrr, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = closing_mrr
);
COMMENT ON AGGREGATE closing_mrr(kpi_number, kpi_number) IS
    'MRR at the end of the month: opening + new + reactivation + expansion - contraction - churned, which is the sum of closing. One row a customer and month; NULL and 0 both mean not paying. Rows where both are NULL are skipped; NULL without any other. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE closing_mrr(opening kpi_number, closing kpi_number, paid_before boolean) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = closing_mrr, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = closing_mrr
);
COMMENT ON AGGREGATE closing_mrr(kpi_number, kpi_number, boolean) IS
    'MRR at the end of the month: opening + new + reactivation + expansion - contraction - churned, which is the sum of closing. One row a customer and month; NULL and 0 both mean not paying. Rows where both are NULL are skipped; NULL without any other. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE net_new_mrr(opening kpi_number, closing kpi_number) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = net_new_mrr, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = net_new_mrr
);
COMMENT ON AGGREGATE net_new_mrr(kpi_number, kpi_number) IS
    'Net new MRR: new + reactivation + expansion - contraction - churned, which is closing - opening. Negative when more was lost than won. One row a customer and month; NULL and 0 both mean not paying. Rows where both are NULL are skipped; NULL without any other. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE net_new_mrr(opening kpi_number, closing kpi_number, paid_before boolean) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = net_new_mrr, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = net_new_mrr
);
COMMENT ON AGGREGATE net_new_mrr(kpi_number, kpi_number, boolean) IS
    'Net new MRR: new + reactivation + expansion - contraction - churned, which is closing - opening. Negative when more was lost than won. One row a customer and month; NULL and 0 both mean not paying. Rows where both are NULL are skipped; NULL without any other. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE opening_customers(opening kpi_number, closing kpi_number) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = opening_customers, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = opening_customers
);
COMMENT ON AGGREGATE opening_customers(kpi_number, kpi_number) IS
    'Customers who pay at the opening. One row a customer and month; NULL and 0 both mean not paying. Rows where both are NULL are skipped; 0 without any other. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE opening_customers(opening kpi_number, closing kpi_number, paid_before boolean) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = opening_customers, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = opening_customers
);
COMMENT ON AGGREGATE opening_customers(kpi_number, kpi_number, boolean) IS
    'Customers who pay at the opening. One row a customer and month; NULL and 0 both mean not paying. Rows where both are NULL are skipped; 0 without any other. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE new_customers(opening kpi_number, closing kpi_number) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = new_customers, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = new_customers
);
COMMENT ON AGGREGATE new_customers(kpi_number, kpi_number) IS
    'Customers who pay at the end, not at the opening, and never before. One row a customer and month; NULL and 0 both mean not paying. Without paid_before, who comes back counts as new. Rows where both are NULL are skipped; 0 without any other. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE new_customers(opening kpi_number, closing kpi_number, paid_before boolean) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = new_customers, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = new_customers
);
COMMENT ON AGGREGATE new_customers(kpi_number, kpi_number, boolean) IS
    'Customers who pay at the end, not at the opening, and never before. One row a customer and month; NULL and 0 both mean not paying. Rows where both are NULL are skipped; 0 without any other. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE reactivated_customers(opening kpi_number, closing kpi_number) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = reactivated_customers, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = reactivated_customers
);
COMMENT ON AGGREGATE reactivated_customers(kpi_number, kpi_number) IS
    'Customers who pay at the end, not at the opening, but have paid before. One row a customer and month; NULL and 0 both mean not paying. Always 0 without paid_before: who comes back counts as new. Rows where both are NULL are skipped; 0 without any other. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE reactivated_customers(opening kpi_number, closing kpi_number, paid_before boolean) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = reactivated_customers, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = reactivated_customers
);
COMMENT ON AGGREGATE reactivated_customers(kpi_number, kpi_number, boolean) IS
    'Customers who pay at the end, not at the opening, but have paid before. One row a customer and month; NULL and 0 both mean not paying. Rows where both are NULL are skipped; 0 without any other. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE expanded_customers(opening kpi_number, closing kpi_number) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = expanded_customers, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = expanded_customers
);
COMMENT ON AGGREGATE expanded_customers(kpi_number, kpi_number) IS
    'Customers who pay more than at the opening. One row a customer and month; NULL and 0 both mean not paying. Rows where both are NULL are skipped; 0 without any other. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE expanded_customers(opening kpi_number, closing kpi_number, paid_before boolean) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = expanded_customers, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = expanded_customers
);
COMMENT ON AGGREGATE expanded_customers(kpi_number, kpi_number, boolean) IS
    'Customers who pay more than at the opening. One row a customer and month; NULL and 0 both mean not paying. Rows where both are NULL are skipped; 0 without any other. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE contracted_customers(opening kpi_number, closing kpi_number) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = contracted_customers, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = contracted_customers
);
COMMENT ON AGGREGATE contracted_customers(kpi_number, kpi_number) IS
    'Customers who still pay, but less than at the opening. One row a customer and month; NULL and 0 both mean not paying. Rows where both are NULL are skipped; 0 without any other. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE contracted_customers(opening kpi_number, closing kpi_number, paid_before boolean) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = contracted_customers, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = contracted_customers
);
COMMENT ON AGGREGATE contracted_customers(kpi_number, kpi_number, boolean) IS
    'Customers who still pay, but less than at the opening. One row a customer and month; NULL and 0 both mean not paying. Rows where both are NULL are skipped; 0 without any other. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE churned_customers(opening kpi_number, closing kpi_number) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = churned_customers, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = churned_customers
);
COMMENT ON AGGREGATE churned_customers(kpi_number, kpi_number) IS
    'Customers who paid at the opening and no longer do. One row a customer and month; NULL and 0 both mean not paying. Rows where both are NULL are skipped; 0 without any other. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE churned_customers(opening kpi_number, closing kpi_number, paid_before boolean) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = churned_customers, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = churned_customers
);
COMMENT ON AGGREGATE churned_customers(kpi_number, kpi_number, boolean) IS
    'Customers who paid at the opening and no longer do. One row a customer and month; NULL and 0 both mean not paying. Rows where both are NULL are skipped; 0 without any other. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE closing_customers(opening kpi_number, closing kpi_number) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = closing_customers, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = closing_customers
);
COMMENT ON AGGREGATE closing_customers(kpi_number, kpi_number) IS
    'Customers who pay at the end: opening + new + reactivated - churned. One row a customer and month; NULL and 0 both mean not paying. Rows where both are NULL are skipped; 0 without any other. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE closing_customers(opening kpi_number, closing kpi_number, paid_before boolean) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = closing_customers, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = closing_customers
);
COMMENT ON AGGREGATE closing_customers(kpi_number, kpi_number, boolean) IS
    'Customers who pay at the end: opening + new + reactivated - churned. One row a customer and month; NULL and 0 both mean not paying. Rows where both are NULL are skipped; 0 without any other. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';
-- Rates of MRR: one-step aggregates.

CREATE AGGREGATE gross_mrr_churn_rate(opening kpi_number, closing kpi_number) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = gross_mrr_churn_rate, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = gross_mrr_churn_rate
);
COMMENT ON AGGREGATE gross_mrr_churn_rate(kpi_number, kpi_number) IS
    'Gross MRR churn: 100 * (contraction + churned) / opening. Percent from 0 to 100, lower is better. One row a customer and month; NULL and 0 both mean not paying. Rows where both are NULL are skipped; NULL when nobody paid at the opening. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE gross_mrr_churn_rate(opening kpi_number, closing kpi_number, paid_before boolean) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = gross_mrr_churn_rate, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = gross_mrr_churn_rate
);
COMMENT ON AGGREGATE gross_mrr_churn_rate(kpi_number, kpi_number, boolean) IS
    'Gross MRR churn: 100 * (contraction + churned) / opening. Percent from 0 to 100, lower is better. One row a customer and month; NULL and 0 both mean not paying. Rows where both are NULL are skipped; NULL when nobody paid at the opening. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE net_mrr_churn_rate(opening kpi_number, closing kpi_number) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = net_mrr_churn_rate, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = net_mrr_churn_rate
);
COMMENT ON AGGREGATE net_mrr_churn_rate(kpi_number, kpi_number) IS
    'Net MRR churn: 100 * (contraction + churned - expansion - reactivation) / opening. Percent up to 100, lower is better; below 0 when more was added than lost. One row a customer and month; NULL and 0 both mean not paying. Without paid_before nobody is reactivated. Rows where both are NULL are skipped; NULL when nobody paid at the opening. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE net_mrr_churn_rate(opening kpi_number, closing kpi_number, paid_before boolean) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = net_mrr_churn_rate, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = net_mrr_churn_rate
);
COMMENT ON AGGREGATE net_mrr_churn_rate(kpi_number, kpi_number, boolean) IS
    'Net MRR churn: 100 * (contraction + churned - expansion - reactivation) / opening. Percent up to 100, lower is better; below 0 when more was added than lost. One row a customer and month; NULL and 0 both mean not paying. Rows where both are NULL are skipped; NULL when nobody paid at the opening. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE nrr(opening kpi_number, closing kpi_number) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = nrr, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = nrr
);
COMMENT ON AGGREGATE nrr(kpi_number, kpi_number) IS
    'Net revenue retention: 100 * (opening + expansion - contraction - churned) / opening. Percent from 0, higher is better; above 100 when more was added than lost. One row a customer and month; NULL and 0 both mean not paying. Rows where both are NULL are skipped; NULL when nobody paid at the opening. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE nrr(opening kpi_number, closing kpi_number, paid_before boolean) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = nrr, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = nrr
);
COMMENT ON AGGREGATE nrr(kpi_number, kpi_number, boolean) IS
    'Net revenue retention: 100 * (opening + expansion - contraction - churned) / opening. Percent from 0, higher is better; above 100 when more was added than lost. One row a customer and month; NULL and 0 both mean not paying. Rows where both are NULL are skipped; NULL when nobody paid at the opening. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE grr(opening kpi_number, closing kpi_number) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = grr, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = grr
);
COMMENT ON AGGREGATE grr(kpi_number, kpi_number) IS
    'Gross revenue retention: 100 * (opening - contraction - churned) / opening. Percent from 0 to 100, higher is better. One row a customer and month; NULL and 0 both mean not paying. Rows where both are NULL are skipped; NULL when nobody paid at the opening. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE grr(opening kpi_number, closing kpi_number, paid_before boolean) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = grr, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = grr
);
COMMENT ON AGGREGATE grr(kpi_number, kpi_number, boolean) IS
    'Gross revenue retention: 100 * (opening - contraction - churned) / opening. Percent from 0 to 100, higher is better. One row a customer and month; NULL and 0 both mean not paying. Rows where both are NULL are skipped; NULL when nobody paid at the opening. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE quick_ratio(opening kpi_number, closing kpi_number) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = quick_ratio, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = quick_ratio
);
COMMENT ON AGGREGATE quick_ratio(kpi_number, kpi_number) IS
    'Quick ratio: (new + reactivation + expansion) / (contraction + churned). A ratio from 0, higher is better. One row a customer and month; NULL and 0 both mean not paying. Rows where both are NULL are skipped; NULL when nothing was lost. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE quick_ratio(opening kpi_number, closing kpi_number, paid_before boolean) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = quick_ratio, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = quick_ratio
);
COMMENT ON AGGREGATE quick_ratio(kpi_number, kpi_number, boolean) IS
    'Quick ratio: (new + reactivation + expansion) / (contraction + churned). A ratio from 0, higher is better. One row a customer and month; NULL and 0 both mean not paying. Rows where both are NULL are skipped; NULL when nothing was lost. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE logo_churn_rate(opening kpi_number, closing kpi_number) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = logo_churn_rate, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = logo_churn_rate
);
COMMENT ON AGGREGATE logo_churn_rate(kpi_number, kpi_number) IS
    'Logo churn: 100 * customers lost / customers at opening. Percent from 0 to 100, lower is better. One row a customer and month; NULL and 0 both mean not paying. Rows where both are NULL are skipped; NULL when nobody paid at the opening. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

CREATE AGGREGATE logo_churn_rate(opening kpi_number, closing kpi_number, paid_before boolean) (
    SFUNC = mrr_accum, STYPE = mrr_summary, SSPACE = 224, INITCOND = '{"version":1}',
    FINALFUNC = logo_churn_rate, COMBINEFUNC = mrr_combine, PARALLEL = SAFE,
    MSFUNC = mrr_accum, MINVFUNC = mrr_remove, MSTYPE = mrr_summary, MSSPACE = 224,
    MINITCOND = '{"version":1}', MFINALFUNC = logo_churn_rate
);
COMMENT ON AGGREGATE logo_churn_rate(kpi_number, kpi_number, boolean) IS
    'Logo churn: 100 * customers lost / customers at opening. Percent from 0 to 100, lower is better. One row a customer and month; NULL and 0 both mean not paying. Rows where both are NULL are skipped; NULL when nobody paid at the opening. 22003 for an amount that is negative, NaN, infinite, or has more than 64 digits before or after the decimal point.';

INSERT INTO kpi_catalog (name, family, measures, formula, unit, higher_is_better, usage) VALUES
    ('mrr_movement', 'revenue',
     'What the recurring revenue of a customer did',
     'new, reactivation, expansion, contraction, churn or none',
     'text', NULL,
     'mrr_movement(opening, closing [, paid_before])'),
    ('mrr_agg', 'revenue',
     'Summary of MRR movements, to store and roll up',
     'customers and sums of opening and of each movement',
     'mrr_summary', NULL,
     'mrr_agg(opening, closing [, paid_before])'),
    ('opening_mrr', 'revenue',
     'What customers paid a month at the beginning',
     'sum of opening',
     'money', NULL,
     'opening_mrr(opening, closing [, paid_before]), opening_mrr(summary)'),
    ('new_mrr', 'revenue',
     'What new customers brought',
     'sum of closing of movement new',
     'money', true,
     'new_mrr(opening, closing [, paid_before]), new_mrr(summary)'),
    ('reactivation_mrr', 'revenue',
     'What customers who came back brought',
     'sum of closing of movement reactivation',
     'money', true,
     'reactivation_mrr(opening, closing [, paid_before]), reactivation_mrr(summary)'),
    ('expansion_mrr', 'revenue',
     'What customers added',
     'sum of (closing - opening) of movement expansion',
     'money', true,
     'expansion_mrr(opening, closing [, paid_before]), expansion_mrr(summary)'),
    ('contraction_mrr', 'revenue',
     'What customers who stayed took away',
     'sum of (opening - closing) of movement contraction',
     'money', false,
     'contraction_mrr(opening, closing [, paid_before]), contraction_mrr(summary)'),
    ('churned_mrr', 'revenue',
     'What customers who left took away',
     'sum of opening of movement churn',
     'money', false,
     'churned_mrr(opening, closing [, paid_before]), churned_mrr(summary)'),
    ('closing_mrr', 'revenue',
     'What customers pay a month at the end',
     'opening + new + reactivation + expansion - contraction - churned',
     'money', true,
     'closing_mrr(opening, closing [, paid_before]), closing_mrr(summary)'),
    ('net_new_mrr', 'revenue',
     'By how much recurring revenue grew',
     'closing MRR - opening MRR',
     'money, may be negative', true,
     'net_new_mrr(opening, closing [, paid_before]), net_new_mrr(summary)'),
    ('opening_customers', 'revenue',
     'Customers at the beginning',
     'count of opening above 0',
     'count', NULL,
     'opening_customers(opening, closing [, paid_before]), opening_customers(summary)'),
    ('new_customers', 'revenue',
     'Customers won',
     'count of movement new',
     'count', true,
     'new_customers(opening, closing [, paid_before]), new_customers(summary) of an mrr_summary or a retention_summary'),
    ('reactivated_customers', 'revenue',
     'Customers who came back',
     'count of movement reactivation',
     'count', true,
     'reactivated_customers(opening, closing [, paid_before]), reactivated_customers(summary)'),
    ('expanded_customers', 'revenue',
     'Customers who pay more than before',
     'count of movement expansion',
     'count', true,
     'expanded_customers(opening, closing [, paid_before]), expanded_customers(summary)'),
    ('contracted_customers', 'revenue',
     'Customers who pay less than before',
     'count of movement contraction',
     'count', false,
     'contracted_customers(opening, closing [, paid_before]), contracted_customers(summary)'),
    ('churned_customers', 'revenue',
     'Customers lost',
     'count of movement churn',
     'count', false,
     'churned_customers(opening, closing [, paid_before]), churned_customers(summary) of an mrr_summary or a retention_summary'),
    ('closing_customers', 'revenue',
     'Customers at the end',
     'count of closing above 0',
     'count', true,
     'closing_customers(opening, closing [, paid_before]), closing_customers(summary)'),
    ('gross_mrr_churn_rate', 'revenue',
     'Share of recurring revenue that was lost',
     '100 * (contraction + churned) / opening',
     'percent, 0 to 100', false,
     'gross_mrr_churn_rate(opening, closing [, paid_before]), gross_mrr_churn_rate(summary)'),
    ('net_mrr_churn_rate', 'revenue',
     'Share of recurring revenue that was lost and not made good by those who were customers before',
     '100 * (contraction + churned - expansion - reactivation) / opening',
     'percent, up to 100, may be negative', false,
     'net_mrr_churn_rate(opening, closing [, paid_before]), net_mrr_churn_rate(summary)'),
    ('nrr', 'revenue',
     'What became of the recurring revenue of those who were customers',
     '100 * (opening + expansion - contraction - churned) / opening',
     'percent, from 0', true,
     'nrr(opening, closing [, paid_before]), nrr(summary)'),
    ('grr', 'revenue',
     'Share of recurring revenue that was kept, without what was added',
     '100 * (opening - contraction - churned) / opening',
     'percent, 0 to 100', true,
     'grr(opening, closing [, paid_before]), grr(summary)'),
    ('quick_ratio', 'revenue',
     'How much was won for each unit of money lost',
     '(new + reactivation + expansion) / (contraction + churned)',
     'ratio, from 0', true,
     'quick_ratio(opening, closing [, paid_before]), quick_ratio(summary)'),
    ('logo_churn_rate', 'revenue',
     'Share of customers who were lost',
     '100 * churned customers / opening customers',
     'percent, 0 to 100', false,
     'logo_churn_rate(opening, closing [, paid_before]), logo_churn_rate(summary)');
-- subscription_summary: the subscriptions of a customer, and what they pay by month.

CREATE TYPE subscription_summary;

CREATE FUNCTION subscription_summary_in(cstring) RETURNS subscription_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_subscription_summary_in';
COMMENT ON FUNCTION subscription_summary_in(cstring) IS
    'Support function: reads the text form of a subscription_summary, such as {"version":1,"kind":"local","subscriptions":[[0,null,"9.5"]]}. 22P02 for anything else.';

CREATE FUNCTION subscription_summary_out(subscription_summary) RETURNS cstring
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_subscription_summary_out';
COMMENT ON FUNCTION subscription_summary_out(subscription_summary) IS
    'Support function: writes the text form of a subscription_summary, without loss.';

CREATE FUNCTION subscription_summary_recv(internal) RETURNS subscription_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_subscription_summary_recv';
COMMENT ON FUNCTION subscription_summary_recv(internal) IS
    'Support function: reads the binary form of a subscription_summary. 22P03 for anything else.';

CREATE FUNCTION subscription_summary_send(subscription_summary) RETURNS bytea
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_subscription_summary_send';
COMMENT ON FUNCTION subscription_summary_send(subscription_summary) IS
    'Support function: writes the binary form of a subscription_summary, without loss.';

CREATE TYPE subscription_summary (
    INPUT = subscription_summary_in, OUTPUT = subscription_summary_out,
    RECEIVE = subscription_summary_recv, SEND = subscription_summary_send,
    INTERNALLENGTH = VARIABLE, ALIGNMENT = int4, STORAGE = extended
);
COMMENT ON TYPE subscription_summary IS
    'Subscriptions of one customer: 36 bytes a subscription. Built by subscription_agg(monthly_amount, started_at, ended_at), merged by rollup(summary), read by mrr_by_month(summary, period_start, period_end [, time_zone]). As text it is JSON: {"version":1,"kind":"local","subscriptions":[[0,null,"9.5"]]}, start, end and monthly amount of each; the times are microseconds since 2000-01-01 00:00, by the clock on the wall if kind is local, and UTC if it is instant.';

CREATE FUNCTION subscription_summary_eq(subscription_summary, subscription_summary) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_subscription_summary_eq';
COMMENT ON FUNCTION subscription_summary_eq(subscription_summary, subscription_summary) IS
    'Support function of =: whether two summaries hold the same subscriptions.';

CREATE FUNCTION subscription_summary_ne(subscription_summary, subscription_summary) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_subscription_summary_ne';
COMMENT ON FUNCTION subscription_summary_ne(subscription_summary, subscription_summary) IS
    'Support function of <>: the opposite of =.';

CREATE FUNCTION subscription_summary_hash(subscription_summary) RETURNS integer
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_subscription_summary_hash';
COMMENT ON FUNCTION subscription_summary_hash(subscription_summary) IS
    'Support function of hash joins, hash aggregates and hash indexes: equal summaries have equal hashes.';

CREATE FUNCTION subscription_summary_hash_extended(subscription_summary, bigint) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_subscription_summary_hash_extended';
COMMENT ON FUNCTION subscription_summary_hash_extended(subscription_summary, bigint) IS
    'Support function of hash partitions: equal summaries have equal hashes.';

CREATE OPERATOR = (
    LEFTARG = subscription_summary, RIGHTARG = subscription_summary, FUNCTION = subscription_summary_eq,
    COMMUTATOR = =, NEGATOR = <>, RESTRICT = eqsel, JOIN = eqjoinsel, HASHES
);
COMMENT ON OPERATOR = (subscription_summary, subscription_summary) IS
    'Whether two summaries are equal.';

CREATE OPERATOR <> (
    LEFTARG = subscription_summary, RIGHTARG = subscription_summary, FUNCTION = subscription_summary_ne,
    COMMUTATOR = <>, NEGATOR = =, RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (subscription_summary, subscription_summary) IS
    'Whether two summaries differ.';

CREATE OPERATOR CLASS subscription_summary_hash_ops DEFAULT FOR TYPE subscription_summary USING hash AS
    OPERATOR 1 =,
    FUNCTION 1 subscription_summary_hash(subscription_summary),
    FUNCTION 2 subscription_summary_hash_extended(subscription_summary, bigint);
COMMENT ON OPERATOR CLASS subscription_summary_hash_ops USING hash IS
    'Lets summaries be grouped, made distinct and compared by hash.';
COMMENT ON OPERATOR FAMILY subscription_summary_hash_ops USING hash IS
    'Lets summaries be grouped, made distinct and compared by hash.';

CREATE FUNCTION subscription_accum(
    state subscription_summary,
    monthly_amount kpi_number,
    started_at date,
    ended_at date
) RETURNS subscription_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_subscription_accum_date';
COMMENT ON FUNCTION subscription_accum(subscription_summary, kpi_number, date, date) IS
    'Support function of subscription_agg: takes in one more subscription.';

CREATE FUNCTION subscription_accum(
    state subscription_summary,
    monthly_amount kpi_number,
    started_at timestamp without time zone,
    ended_at timestamp without time zone
) RETURNS subscription_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_subscription_accum_timestamp';
COMMENT ON FUNCTION subscription_accum(subscription_summary, kpi_number, timestamp without time zone, timestamp without time zone) IS
    'Support function of subscription_agg: takes in one more subscription.';

CREATE FUNCTION subscription_accum(
    state subscription_summary,
    monthly_amount kpi_number,
    started_at timestamp with time zone,
    ended_at timestamp with time zone
) RETURNS subscription_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_subscription_accum_timestamptz';
COMMENT ON FUNCTION subscription_accum(subscription_summary, kpi_number, timestamp with time zone, timestamp with time zone) IS
    'Support function of subscription_agg: takes in one more subscription.';

CREATE FUNCTION subscription_combine(state subscription_summary, summary subscription_summary) RETURNS subscription_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_subscription_combine';
COMMENT ON FUNCTION subscription_combine(subscription_summary, subscription_summary) IS
    'Support function of subscription_agg and rollup: takes in a partial or stored summary. 22023 for summaries of local times and of points in time, 22003 beyond 8388608 subscriptions.';

CREATE FUNCTION subscription_final(state subscription_summary) RETURNS subscription_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_subscription_final';
COMMENT ON FUNCTION subscription_final(subscription_summary) IS
    'Support function of subscription_agg and rollup: the finished summary.';

CREATE FUNCTION mrr_by_month(
    summary subscription_summary,
    period_start date,
    period_end date,
    OUT month date,
    OUT opening numeric,
    OUT closing numeric,
    OUT paid_before boolean
) RETURNS SETOF record
    LANGUAGE C IMMUTABLE PARALLEL SAFE ROWS 20 AS 'MODULE_PATHNAME', 'cskpi_mrr_by_month';
COMMENT ON FUNCTION mrr_by_month(subscription_summary, date, date) IS
    'What one customer pays a month, at the beginning and at the end of each month from period_start until before period_end: the arguments of mrr_agg(opening, closing, paid_before). opening is the sum of the monthly amounts of all subscriptions with started_at < the first moment of the month and ended_at NULL or not before it; closing is the opening of the next month; paid_before says whether anything was paid before the month. In order of month; no row for a month in which both are 0, none for a NULL or empty summary. For subscriptions of type date or timestamp. 22023 for a period_start or period_end that is NULL or not the first day of a month, for no or more than 1200 months, and for subscriptions of type timestamptz.';

CREATE FUNCTION mrr_by_month(
    summary subscription_summary,
    period_start date,
    period_end date,
    time_zone text,
    OUT month date,
    OUT opening numeric,
    OUT closing numeric,
    OUT paid_before boolean
) RETURNS SETOF record
    LANGUAGE C IMMUTABLE PARALLEL SAFE ROWS 20 AS 'MODULE_PATHNAME', 'cskpi_mrr_by_month';
COMMENT ON FUNCTION mrr_by_month(subscription_summary, date, date, text) IS
    'As mrr_by_month(summary, period_start, period_end), for subscriptions of type timestamptz: months begin at midnight in time_zone, such as Europe/Berlin. 22023 also for a time zone that is NULL or that pg_timezone_names does not list, and for subscriptions of type date or timestamp.';

CREATE AGGREGATE subscription_agg(
    monthly_amount kpi_number,
    started_at date,
    ended_at date
) (
    SFUNC = subscription_accum, STYPE = subscription_summary, SSPACE = 128, INITCOND = '{"version":1}',
    FINALFUNC = subscription_final, COMBINEFUNC = subscription_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE subscription_agg(kpi_number, date, date) IS
    'Summary of the subscriptions of one customer, to be stored and read by mrr_by_month(summary, period_start, period_end). GROUP BY the customer; any order. A subscription pays monthly_amount a month from started_at until before ended_at, which is NULL while it runs. Rows with a NULL monthly_amount or started_at are skipped, those that never pay (amount 0, or ended_at = started_at) leave no trace; an empty summary without any other. 22003 for a negative amount, NaN or infinity, an amount of more than 38 significant digits, an infinite time, an ended_at before started_at.';

CREATE AGGREGATE subscription_agg(
    monthly_amount kpi_number,
    started_at timestamp without time zone,
    ended_at timestamp without time zone
) (
    SFUNC = subscription_accum, STYPE = subscription_summary, SSPACE = 128, INITCOND = '{"version":1}',
    FINALFUNC = subscription_final, COMBINEFUNC = subscription_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE subscription_agg(kpi_number, timestamp without time zone, timestamp without time zone) IS
    'Summary of the subscriptions of one customer, to be stored and read by mrr_by_month(summary, period_start, period_end). GROUP BY the customer; any order. A subscription pays monthly_amount a month from started_at until before ended_at, which is NULL while it runs. Rows with a NULL monthly_amount or started_at are skipped, those that never pay (amount 0, or ended_at = started_at) leave no trace; an empty summary without any other. 22003 for a negative amount, NaN or infinity, an amount of more than 38 significant digits, an infinite time, an ended_at before started_at.';

CREATE AGGREGATE subscription_agg(
    monthly_amount kpi_number,
    started_at timestamp with time zone,
    ended_at timestamp with time zone
) (
    SFUNC = subscription_accum, STYPE = subscription_summary, SSPACE = 128, INITCOND = '{"version":1}',
    FINALFUNC = subscription_final, COMBINEFUNC = subscription_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE subscription_agg(kpi_number, timestamp with time zone, timestamp with time zone) IS
    'Summary of the subscriptions of one customer, to be stored and read by mrr_by_month(summary, period_start, period_end, time_zone). GROUP BY the customer; any order. A subscription pays monthly_amount a month from started_at until before ended_at, which is NULL while it runs. Rows with a NULL monthly_amount or started_at are skipped, those that never pay (amount 0, or ended_at = started_at) leave no trace; an empty summary without any other. 22003 for a negative amount, NaN or infinity, an amount of more than 38 significant digits, an infinite time, an ended_at before started_at.';

CREATE AGGREGATE rollup(summary subscription_summary) (
    SFUNC = subscription_combine, STYPE = subscription_summary, SSPACE = 128, INITCOND = '{"version":1}',
    FINALFUNC = subscription_final, COMBINEFUNC = subscription_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(subscription_summary) IS
    'Merges summaries of parts of the same customer''s subscriptions: the result is the same as from all raw rows. NULL summaries are skipped; an empty summary without any. Not for summaries of different customers, who would become one. 22023 for summaries of local times and of points in time; 22003 beyond 8388608 subscriptions.';

INSERT INTO kpi_catalog (name, family, measures, formula, unit, higher_is_better, usage) VALUES
    ('subscription_agg', 'revenue',
     'Summary of the subscriptions of a customer, to store and roll up',
     'start, end and monthly amount of each',
     'subscription_summary', NULL,
     'subscription_agg(monthly_amount, started_at, ended_at), by customer'),
    ('mrr_by_month', 'revenue',
     'What a customer pays a month, at the beginning and at the end of each month',
     'sums of monthly amounts with started_at < t and (ended_at is null or ended_at >= t)',
     'rows of month, opening, closing, paid_before', NULL,
     'mrr_by_month(summary, period_start, period_end [, time_zone])');
-- rfm_summary: the orders of a customer. The state of rfm_agg, and a column type for stored ones.

CREATE TYPE rfm_summary;

CREATE FUNCTION rfm_summary_in(cstring) RETURNS rfm_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rfm_summary_in';
COMMENT ON FUNCTION rfm_summary_in(cstring) IS
    'Support function: reads the text form of a rfm_summary, such as {"version":1,"orders":3,"revenue":"60.5","first_day_revenue":"20","days":[9497,9500]}. 22P02 for anything else.';

CREATE FUNCTION rfm_summary_out(rfm_summary) RETURNS cstring
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rfm_summary_out';
COMMENT ON FUNCTION rfm_summary_out(rfm_summary) IS
    'Support function: writes the text form of a rfm_summary, without loss.';

CREATE FUNCTION rfm_summary_recv(internal) RETURNS rfm_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rfm_summary_recv';
COMMENT ON FUNCTION rfm_summary_recv(internal) IS
    'Support function: reads the binary form of a rfm_summary. 22P03 for anything else.';

CREATE FUNCTION rfm_summary_send(rfm_summary) RETURNS bytea
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rfm_summary_send';
COMMENT ON FUNCTION rfm_summary_send(rfm_summary) IS
    'Support function: writes the binary form of a rfm_summary, without loss.';

CREATE TYPE rfm_summary (
    INPUT = rfm_summary_in, OUTPUT = rfm_summary_out,
    RECEIVE = rfm_summary_recv, SEND = rfm_summary_send,
    INTERNALLENGTH = VARIABLE, ALIGNMENT = int4, STORAGE = extended
);
COMMENT ON TYPE rfm_summary IS
    'Orders of one customer, by day: 4 bytes a day with orders, and what was paid in all and on the first of them. Built by rfm_agg(ordered_at, amount [, time_zone]), merged by rollup(summary), read by rfm_frequency(summary), rfm_recency(summary), rfm_t(summary, as_of), rfm_monetary_value(summary), rfm_orders(summary), rfm_revenue(summary), rfm_first_day(summary) and rfm_last_day(summary). As text it is JSON: {"version":1,"orders":3,"revenue":"60.5","first_day_revenue":"20","days":[9497,9500]}, amounts in quotes, days since 2000-01-01; with the time_zone of its days where there is one.';

CREATE FUNCTION rfm_summary_eq(rfm_summary, rfm_summary) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rfm_summary_eq';
COMMENT ON FUNCTION rfm_summary_eq(rfm_summary, rfm_summary) IS
    'Support function of =: whether two summaries hold the same orders, in the same time zone.';

CREATE FUNCTION rfm_summary_ne(rfm_summary, rfm_summary) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rfm_summary_ne';
COMMENT ON FUNCTION rfm_summary_ne(rfm_summary, rfm_summary) IS
    'Support function of <>: the opposite of =.';

CREATE FUNCTION rfm_summary_hash(rfm_summary) RETURNS integer
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rfm_summary_hash';
COMMENT ON FUNCTION rfm_summary_hash(rfm_summary) IS
    'Support function of hash joins, hash aggregates and hash indexes: equal summaries have equal hashes.';

CREATE FUNCTION rfm_summary_hash_extended(rfm_summary, bigint) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rfm_summary_hash_extended';
COMMENT ON FUNCTION rfm_summary_hash_extended(rfm_summary, bigint) IS
    'Support function of hash partitions: equal summaries have equal hashes.';

CREATE OPERATOR = (
    LEFTARG = rfm_summary, RIGHTARG = rfm_summary, FUNCTION = rfm_summary_eq,
    COMMUTATOR = =, NEGATOR = <>, RESTRICT = eqsel, JOIN = eqjoinsel, HASHES
);
COMMENT ON OPERATOR = (rfm_summary, rfm_summary) IS
    'Whether two summaries are equal.';

CREATE OPERATOR <> (
    LEFTARG = rfm_summary, RIGHTARG = rfm_summary, FUNCTION = rfm_summary_ne,
    COMMUTATOR = <>, NEGATOR = =, RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (rfm_summary, rfm_summary) IS
    'Whether two summaries differ.';

CREATE OPERATOR CLASS rfm_summary_hash_ops DEFAULT FOR TYPE rfm_summary USING hash AS
    OPERATOR 1 =,
    FUNCTION 1 rfm_summary_hash(rfm_summary),
    FUNCTION 2 rfm_summary_hash_extended(rfm_summary, bigint);
COMMENT ON OPERATOR CLASS rfm_summary_hash_ops USING hash IS
    'Lets summaries be grouped, made distinct and compared by hash.';
COMMENT ON OPERATOR FAMILY rfm_summary_hash_ops USING hash IS
    'Lets summaries be grouped, made distinct and compared by hash.';

CREATE FUNCTION rfm_accum(state rfm_summary, ordered_at date, amount kpi_number) RETURNS rfm_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rfm_accum_date';
COMMENT ON FUNCTION rfm_accum(rfm_summary, date, kpi_number) IS
    'Support function of rfm_agg: takes in one more order.';

CREATE FUNCTION rfm_accum(state rfm_summary, ordered_at timestamp, amount kpi_number) RETURNS rfm_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rfm_accum_timestamp';
COMMENT ON FUNCTION rfm_accum(rfm_summary, timestamp, kpi_number) IS
    'Support function of rfm_agg: takes in one more order.';

CREATE FUNCTION rfm_accum(
    state rfm_summary,
    ordered_at date,
    amount kpi_number,
    time_zone text
) RETURNS rfm_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rfm_accum_date_zone';
COMMENT ON FUNCTION rfm_accum(rfm_summary, date, kpi_number, text) IS
    'Support function of rfm_agg: takes in one more order.';

CREATE FUNCTION rfm_accum(
    state rfm_summary,
    ordered_at timestamp,
    amount kpi_number,
    time_zone text
) RETURNS rfm_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rfm_accum_timestamp_zone';
COMMENT ON FUNCTION rfm_accum(rfm_summary, timestamp, kpi_number, text) IS
    'Support function of rfm_agg: takes in one more order.';

CREATE FUNCTION rfm_accum(
    state rfm_summary,
    ordered_at timestamptz,
    amount kpi_number,
    time_zone text
) RETURNS rfm_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rfm_accum_timestamptz_zone';
COMMENT ON FUNCTION rfm_accum(rfm_summary, timestamptz, kpi_number, text) IS
    'Support function of rfm_agg: takes in one more order.';

CREATE FUNCTION rfm_accum(state rfm_summary, ordered_at timestamptz, amount kpi_number) RETURNS rfm_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rfm_refuse_instant';
COMMENT ON FUNCTION rfm_accum(rfm_summary, timestamptz, kpi_number) IS
    'Support function of rfm_agg over timestamptz without a zone: always 22023, because the day would depend on the setting TimeZone.';

CREATE FUNCTION rfm_refuse_instant(state rfm_summary) RETURNS rfm_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rfm_refuse_instant';
COMMENT ON FUNCTION rfm_refuse_instant(rfm_summary) IS
    'Support function of rfm_agg over timestamptz without a zone: always 22023, also without rows.';

CREATE FUNCTION rfm_combine(state rfm_summary, summary rfm_summary) RETURNS rfm_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rfm_combine';
COMMENT ON FUNCTION rfm_combine(rfm_summary, rfm_summary) IS
    'Support function of rfm_agg and rollup: takes in the orders of a partial or stored summary. 22023 for summaries of different time zones, 22003 beyond 65536 days with orders.';

CREATE FUNCTION rfm_final(state rfm_summary) RETURNS rfm_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rfm_final';
COMMENT ON FUNCTION rfm_final(rfm_summary) IS
    'Support function of rfm_agg and rollup: the finished summary.';
-- Recency, frequency and monetary value of a customer: accessors and rfm_agg.

CREATE FUNCTION rfm_frequency(summary rfm_summary) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rfm_frequency';
COMMENT ON FUNCTION rfm_frequency(rfm_summary) IS
    'Repeat purchase days: days with orders - 1. 0 for a customer who ordered on one day, and for an empty summary.';

CREATE FUNCTION rfm_recency(summary rfm_summary) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rfm_recency';
COMMENT ON FUNCTION rfm_recency(rfm_summary) IS
    'Days from the first to the last day with orders: the age of the customer at the last order. 0 for a customer who ordered on one day; NULL for an empty summary.';

CREATE FUNCTION rfm_t(summary rfm_summary, as_of date) RETURNS bigint
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rfm_t';
COMMENT ON FUNCTION rfm_t(rfm_summary, date) IS
    'T: days from the first day with orders to as_of, the age of the customer. NULL for an empty summary; 22003 for an as_of before the last day with orders, or infinite; 22023 for a NULL as_of.';

CREATE FUNCTION rfm_monetary_value(summary rfm_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rfm_monetary_value';
COMMENT ON FUNCTION rfm_monetary_value(rfm_summary) IS
    'Mean of what was paid on each repeat purchase day: amounts after the first day / repeat purchase days. NULL without a repeat purchase day.';

CREATE FUNCTION rfm_orders(summary rfm_summary) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rfm_orders';
COMMENT ON FUNCTION rfm_orders(rfm_summary) IS
    'Number of orders, also of several on one day. 0 for an empty summary.';

CREATE FUNCTION rfm_revenue(summary rfm_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rfm_revenue';
COMMENT ON FUNCTION rfm_revenue(rfm_summary) IS
    'Sum of all amounts, those of the first day too. NULL for an empty summary.';

CREATE FUNCTION rfm_first_day(summary rfm_summary) RETURNS date
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rfm_first_day';
COMMENT ON FUNCTION rfm_first_day(rfm_summary) IS
    'First day with orders. NULL for an empty summary.';

CREATE FUNCTION rfm_last_day(summary rfm_summary) RETURNS date
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_rfm_last_day';
COMMENT ON FUNCTION rfm_last_day(rfm_summary) IS
    'Last day with orders. NULL for an empty summary.';

CREATE AGGREGATE rfm_agg(ordered_at date, amount kpi_number) (
    SFUNC = rfm_accum, STYPE = rfm_summary, SSPACE = 128, INITCOND = '{"version":1}',
    FINALFUNC = rfm_final, COMBINEFUNC = rfm_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE rfm_agg(date, kpi_number) IS
    'Summary of one customer''s orders, in any order: GROUP BY the customer. Read by rfm_frequency(summary), rfm_recency(summary), rfm_t(summary, as_of), rfm_monetary_value(summary), rfm_orders(summary), rfm_revenue(summary), rfm_first_day(summary) and rfm_last_day(summary). Rows with NULL are skipped; an empty summary without any other. 22003 for a negative amount, one with more than 64 digits before or after the point, NaN, infinity, or more than 65536 days.';

CREATE AGGREGATE rfm_agg(ordered_at timestamp, amount kpi_number) (
    SFUNC = rfm_accum, STYPE = rfm_summary, SSPACE = 128, INITCOND = '{"version":1}',
    FINALFUNC = rfm_final, COMBINEFUNC = rfm_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE rfm_agg(timestamp, kpi_number) IS
    'Summary of one customer''s orders, in any order: GROUP BY the customer. The day of an order is that of its local time. Read by rfm_frequency(summary), rfm_recency(summary), rfm_t(summary, as_of), rfm_monetary_value(summary), rfm_orders(summary), rfm_revenue(summary), rfm_first_day(summary) and rfm_last_day(summary). Rows with NULL are skipped; an empty summary without any other. 22003 for a negative amount, one with more than 64 digits before or after the point, NaN, infinity, or more than 65536 days.';

CREATE AGGREGATE rfm_agg(ordered_at date, amount kpi_number, time_zone text) (
    SFUNC = rfm_accum, STYPE = rfm_summary, SSPACE = 128, INITCOND = '{"version":1}',
    FINALFUNC = rfm_final, COMBINEFUNC = rfm_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE rfm_agg(date, kpi_number, text) IS
    'Summary of one customer''s orders, in any order: GROUP BY the customer. ordered_at is a day of time_zone already. Read by rfm_frequency(summary), rfm_recency(summary), rfm_t(summary, as_of), rfm_monetary_value(summary), rfm_orders(summary), rfm_revenue(summary), rfm_first_day(summary) and rfm_last_day(summary). Rows with a NULL ordered_at or amount are skipped; an empty summary without any other. 22003 for a negative amount, one with more than 64 digits before or after the point, NaN, infinity, or more than 65536 days; 22023 for a time_zone that is NULL, unknown, ambiguous, or varies within a group.';

CREATE AGGREGATE rfm_agg(ordered_at timestamp, amount kpi_number, time_zone text) (
    SFUNC = rfm_accum, STYPE = rfm_summary, SSPACE = 128, INITCOND = '{"version":1}',
    FINALFUNC = rfm_final, COMBINEFUNC = rfm_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE rfm_agg(timestamp, kpi_number, text) IS
    'Summary of one customer''s orders, in any order: GROUP BY the customer. ordered_at is local time of time_zone already. Read by rfm_frequency(summary), rfm_recency(summary), rfm_t(summary, as_of), rfm_monetary_value(summary), rfm_orders(summary), rfm_revenue(summary), rfm_first_day(summary) and rfm_last_day(summary). Rows with a NULL ordered_at or amount are skipped; an empty summary without any other. 22003 for a negative amount, one with more than 64 digits before or after the point, NaN, infinity, or more than 65536 days; 22023 for a time_zone that is NULL, unknown, ambiguous, or varies within a group.';

CREATE AGGREGATE rfm_agg(ordered_at timestamptz, amount kpi_number, time_zone text) (
    SFUNC = rfm_accum, STYPE = rfm_summary, SSPACE = 128, INITCOND = '{"version":1}',
    FINALFUNC = rfm_final, COMBINEFUNC = rfm_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE rfm_agg(timestamptz, kpi_number, text) IS
    'Summary of one customer''s orders, in any order: GROUP BY the customer. The day of an order is that in time_zone. Read by rfm_frequency(summary), rfm_recency(summary), rfm_t(summary, as_of), rfm_monetary_value(summary), rfm_orders(summary), rfm_revenue(summary), rfm_first_day(summary) and rfm_last_day(summary). Rows with a NULL ordered_at or amount are skipped; an empty summary without any other. 22003 for a negative amount, one with more than 64 digits before or after the point, NaN, infinity, or more than 65536 days; 22023 for a time_zone that is NULL, unknown, ambiguous, or varies within a group.';

CREATE AGGREGATE rfm_agg(ordered_at timestamptz, amount kpi_number) (
    SFUNC = rfm_accum, STYPE = rfm_summary, SSPACE = 128, INITCOND = '{"version":1}',
    FINALFUNC = rfm_refuse_instant, COMBINEFUNC = rfm_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE rfm_agg(timestamptz, kpi_number) IS
    'Always 22023: the day of an instant depends on the time zone. Write rfm_agg(ordered_at, amount, time_zone).';

CREATE AGGREGATE rollup(summary rfm_summary) (
    SFUNC = rfm_combine, STYPE = rfm_summary, SSPACE = 128, INITCOND = '{"version":1}',
    FINALFUNC = rfm_final, COMBINEFUNC = rfm_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(rfm_summary) IS
    'Merges summaries of the same customer: the result is the same as from all orders. NULL summaries are skipped; an empty summary without any. Not for summaries of different customers, who would become one. 22023 for summaries of different time zones; 22003 beyond 65536 days with orders.';

INSERT INTO kpi_catalog (name, family, measures, formula, unit, higher_is_better, usage) VALUES
    ('rfm_agg', 'value',
     'Summary of the orders of a customer, to store and roll up',
     'days with orders, what was paid in all and on the first day',
     'rfm_summary', NULL,
     'rfm_agg(ordered_at, amount [, time_zone]), by customer'),
    ('rfm_frequency', 'value',
     'How often a customer came back',
     'days with orders - 1',
     'count', true,
     'rfm_frequency(summary)'),
    ('rfm_recency', 'value',
     'How old the customer was at the last order',
     'last day with orders - first day with orders',
     'days', NULL,
     'rfm_recency(summary)'),
    ('rfm_t', 'value',
     'How old the customer is',
     'as_of - first day with orders',
     'days', NULL,
     'rfm_t(summary, as_of)'),
    ('rfm_monetary_value', 'value',
     'What a customer pays on a day of coming back',
     'sum of amounts after the first day / repeat purchase days',
     'money', true,
     'rfm_monetary_value(summary)'),
    ('rfm_orders', 'value',
     'Orders of a customer',
     'number of orders',
     'count', true,
     'rfm_orders(summary)'),
    ('rfm_revenue', 'value',
     'What a customer has paid',
     'sum of amounts',
     'money', true,
     'rfm_revenue(summary)'),
    ('rfm_first_day', 'value',
     'When the customer ordered first',
     'first day with orders',
     'date', NULL,
     'rfm_first_day(summary)'),
    ('rfm_last_day', 'value',
     'When the customer ordered last',
     'last day with orders',
     'date', NULL,
     'rfm_last_day(summary)');
-- Customer health: a weighted mean of metrics, and what it is made of.

CREATE FUNCTION health_score(metrics jsonb, weights jsonb) RETURNS numeric
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_health_score';
COMMENT ON FUNCTION health_score(jsonb, jsonb) IS
    'Health of one customer, 0 to 100, higher is better: sum of weight * points / sum of weight, over the metrics that are there. weights: {"nps": 2, "logins": {"weight": 1, "min": 0, "max": 30}, "plan": {"weight": 1, "map": {"free": 20, "pro": 80}}}; points are the metric itself (0 to 100; true is 100, false 0), or 100 * (metric - min) / (max - min) within 0 to 100, where max < min means that less is better, or those of its category. A key with dots that metrics does not have is a path: "usage.logins". A missing metric, or null, hands its weight to the others; metrics without a weight are ignored. NULL when metrics is NULL or null, when all are missing, and when all weights are 0. 22023 for metrics or weights that are no object, weights that are NULL, negative or have unknown fields, a string without a map, a category outside its map, an array or object as a metric; 22003 for a number outside 0 to 100 without min and max, or with more than 64 digits after the point.';

CREATE FUNCTION health_coverage(metrics jsonb, weights jsonb) RETURNS numeric
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_health_coverage';
COMMENT ON FUNCTION health_coverage(jsonb, jsonb) IS
    'How much of the weight a health_score(metrics, weights) rests on, percent, 0 to 100: 100 * sum of weight of the metrics that are there / sum of all weight. 0 when all metrics are missing; NULL when metrics is NULL or null, and when all weights are 0. Errors as health_score(metrics, weights).';

CREATE FUNCTION health_breakdown(
    metrics jsonb,
    weights jsonb,
    OUT metric text,
    OUT value jsonb,
    OUT points numeric,
    OUT weight numeric,
    OUT weight_used numeric,
    OUT contribution numeric,
    OUT lost numeric,
    OUT coverage numeric
) RETURNS SETOF record
    LANGUAGE C IMMUTABLE PARALLEL SAFE ROWS 10 AS 'MODULE_PATHNAME', 'cskpi_health_breakdown';
COMMENT ON FUNCTION health_breakdown(jsonb, jsonb) IS
    'Why health_score(metrics, weights) is what it is, a row for each weight, those that cost most first, then by metric. value as it is stored and points, 0 to 100: NULL for a missing metric. weight as given; weight_used is its percentage of the weight that has data, 0 for a missing metric, in all exactly 100. contribution = weight_used * points / 100, in all exactly the score; lost = weight_used - contribution, in all exactly 100 - score. coverage = health_coverage(metrics, weights), the same in each row. Where these have no end as decimals, they are rounded to a common number of places. weight_used, contribution and lost are NULL where there is no score. No row when metrics is NULL or null, and without weights. Errors as health_score(metrics, weights).';

INSERT INTO kpi_catalog (name, family, measures, formula, unit, higher_is_better, usage) VALUES
    ('health_score', 'health',
     'How well a customer is doing, from metrics of any kind',
     'sum of weight * points / sum of weight, over the metrics that are there',
     'points, 0 to 100', true,
     'health_score(metrics, weights)'),
    ('health_coverage', 'health',
     'How much of the weight a health score rests on',
     '100 * sum of weight of the metrics that are there / sum of weight',
     'percent, 0 to 100', true,
     'health_coverage(metrics, weights)'),
    ('health_breakdown', 'health',
     'What each metric adds to a health score, and what it takes off 100',
     'contribution = weight_used * points / 100; lost = weight_used - contribution',
     'rows of metric, value, points, weight, weight_used, contribution, lost, coverage', NULL,
     'FROM health_breakdown(metrics, weights)');
-- health_summary: customers in each band of health. The state of health_agg, and a column type.

CREATE TYPE health_summary;

CREATE FUNCTION health_summary_in(cstring) RETURNS health_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_health_summary_in';
COMMENT ON FUNCTION health_summary_in(cstring) IS
    'Support function: reads the text form of a health_summary, such as {"version":1,"bands":[{"band":"red","from":"0","customers":3},{"band":"green","from":"51","customers":1}],"sum":"150.5"}. 22P02 for anything else.';

CREATE FUNCTION health_summary_out(health_summary) RETURNS cstring
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_health_summary_out';
COMMENT ON FUNCTION health_summary_out(health_summary) IS
    'Support function: writes the text form of a health_summary, without loss.';

CREATE FUNCTION health_summary_recv(internal) RETURNS health_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_health_summary_recv';
COMMENT ON FUNCTION health_summary_recv(internal) IS
    'Support function: reads the binary form of a health_summary. 22P03 for anything else.';

CREATE FUNCTION health_summary_send(health_summary) RETURNS bytea
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_health_summary_send';
COMMENT ON FUNCTION health_summary_send(health_summary) IS
    'Support function: writes the binary form of a health_summary, without loss.';

CREATE TYPE health_summary (
    INPUT = health_summary_in, OUTPUT = health_summary_out,
    RECEIVE = health_summary_recv, SEND = health_summary_send,
    INTERNALLENGTH = VARIABLE, ALIGNMENT = int4, STORAGE = extended
);
COMMENT ON TYPE health_summary IS
    'Customers in each band of health, and the exact sum of their scores: some 80 bytes for three bands. Built by health_agg(score [, scheme]), merged by rollup(summary), read by customers(summary), health_bands(summary), band_customers(summary, band), band_share(summary, band) and avg_health_score(summary). It keeps the bands themselves, with the lowest score of each. As text it is JSON: {"version":1,"bands":[{"band":"red","from":"0","customers":3},{"band":"green","from":"51","customers":1}],"sum":"150.5"}.';

CREATE FUNCTION health_summary_eq(health_summary, health_summary) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_health_summary_eq';
COMMENT ON FUNCTION health_summary_eq(health_summary, health_summary) IS
    'Support function of =: whether two summaries hold the same bands with as many customers, and the same sum of scores.';

CREATE FUNCTION health_summary_ne(health_summary, health_summary) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_health_summary_ne';
COMMENT ON FUNCTION health_summary_ne(health_summary, health_summary) IS
    'Support function of <>: the opposite of =.';

CREATE FUNCTION health_summary_hash(health_summary) RETURNS integer
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_health_summary_hash';
COMMENT ON FUNCTION health_summary_hash(health_summary) IS
    'Support function of hash joins, hash aggregates and hash indexes: equal summaries have equal hashes.';

CREATE FUNCTION health_summary_hash_extended(health_summary, bigint) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_health_summary_hash_extended';
COMMENT ON FUNCTION health_summary_hash_extended(health_summary, bigint) IS
    'Support function of hash partitions: equal summaries have equal hashes.';

CREATE OPERATOR = (
    LEFTARG = health_summary, RIGHTARG = health_summary, FUNCTION = health_summary_eq,
    COMMUTATOR = =, NEGATOR = <>, RESTRICT = eqsel, JOIN = eqjoinsel, HASHES
);
COMMENT ON OPERATOR = (health_summary, health_summary) IS
    'Whether two summaries are equal.';

CREATE OPERATOR <> (
    LEFTARG = health_summary, RIGHTARG = health_summary, FUNCTION = health_summary_ne,
    COMMUTATOR = <>, NEGATOR = =, RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (health_summary, health_summary) IS
    'Whether two summaries differ.';

CREATE OPERATOR CLASS health_summary_hash_ops DEFAULT FOR TYPE health_summary USING hash AS
    OPERATOR 1 =,
    FUNCTION 1 health_summary_hash(health_summary),
    FUNCTION 2 health_summary_hash_extended(health_summary, bigint);
COMMENT ON OPERATOR CLASS health_summary_hash_ops USING hash IS
    'Lets summaries be grouped, made distinct and compared by hash.';
COMMENT ON OPERATOR FAMILY health_summary_hash_ops USING hash IS
    'Lets summaries be grouped, made distinct and compared by hash.';

CREATE FUNCTION health_accum(state health_summary, score kpi_number) RETURNS health_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_health_accum';
COMMENT ON FUNCTION health_accum(health_summary, kpi_number) IS
    'Support function of the health score aggregates: counts one more customer.';

CREATE FUNCTION health_accum(state health_summary, score kpi_number, scheme text) RETURNS health_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_health_accum_text';
COMMENT ON FUNCTION health_accum(health_summary, kpi_number, text) IS
    'Support function of health_agg: counts one more customer.';

CREATE FUNCTION health_accum(state health_summary, score kpi_number, scheme jsonb) RETURNS health_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_health_accum_jsonb';
COMMENT ON FUNCTION health_accum(health_summary, kpi_number, jsonb) IS
    'Support function of health_agg: counts one more customer.';

CREATE FUNCTION health_remove(state health_summary, score kpi_number) RETURNS health_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_health_remove';
COMMENT ON FUNCTION health_remove(health_summary, kpi_number) IS
    'Support function of the health score aggregates: takes one customer back when a window frame moves on.';

CREATE FUNCTION health_remove(state health_summary, score kpi_number, scheme text) RETURNS health_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_health_remove_text';
COMMENT ON FUNCTION health_remove(health_summary, kpi_number, text) IS
    'Support function of health_agg: takes one customer back when a window frame moves on.';

CREATE FUNCTION health_remove(state health_summary, score kpi_number, scheme jsonb) RETURNS health_summary
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_health_remove_jsonb';
COMMENT ON FUNCTION health_remove(health_summary, kpi_number, jsonb) IS
    'Support function of health_agg: takes one customer back when a window frame moves on.';

CREATE FUNCTION health_combine(state health_summary, summary health_summary) RETURNS health_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_health_combine';
COMMENT ON FUNCTION health_combine(health_summary, health_summary) IS
    'Support function of the health score aggregates: adds the customers of a partial or stored summary. 22023 for summaries of different schemes; 22003 beyond 2^63 - 1 customers.';

CREATE FUNCTION health_subtract(state health_summary, summary health_summary) RETURNS health_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_health_subtract';
COMMENT ON FUNCTION health_subtract(health_summary, health_summary) IS
    'Support function of rollup over a moving window: takes the customers of a summary out again.';

CREATE FUNCTION health_final(state health_summary) RETURNS health_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_health_final';
COMMENT ON FUNCTION health_final(health_summary) IS
    'Support function of health_agg and rollup: the finished summary.';
-- Bands of health scores, and how many customers are in each.

CREATE FUNCTION health_band(score kpi_number) RETURNS text
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_health_band';
COMMENT ON FUNCTION health_band(kpi_number) IS
    'Band of a health score: red from 0, yellow from 51, green from 76 to 100. The band is the best one whose lowest score is reached, so 50.9 is red. NULL for a NULL score; 22003 for one that is not between 0 and 100.';

CREATE FUNCTION health_band(score kpi_number, scheme text) RETURNS text
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_health_band_text';
COMMENT ON FUNCTION health_band(kpi_number, text) IS
    'Band of a health score, the best one whose lowest score is reached. Scheme rag: red 0, yellow 51, green 76; segments: At-risk 0, Unhealthy 25, Healthy 50, High-value 75; or JSON with the lowest score of each band, such as {"critical": 0, "watch": 40, "fine": 70}. NULL for a NULL score; 22003 for one that is not between 0 and 100; 22023 for an unknown or impossible scheme, or NULL as scheme.';

CREATE FUNCTION health_band(score kpi_number, scheme jsonb) RETURNS text
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_health_band_jsonb';
COMMENT ON FUNCTION health_band(kpi_number, jsonb) IS
    'Band of a health score, the best one whose lowest score is reached. The scheme has the lowest score of each band, such as {"critical": 0, "watch": 40, "fine": 70}: 1 to 32 bands, the lowest from 0, all different. NULL for a NULL score; 22003 for one that is not between 0 and 100; 22023 for an impossible scheme, or NULL as scheme.';

CREATE FUNCTION customers(summary health_summary) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_health_customers';
COMMENT ON FUNCTION customers(health_summary) IS
    'Number of customers with a health score, of all bands. 0 for an empty summary.';

CREATE FUNCTION health_bands(
    summary health_summary,
    OUT band text,
    OUT customers bigint,
    OUT share numeric
) RETURNS SETOF record
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_health_bands';
COMMENT ON FUNCTION health_bands(health_summary) IS
    'Each band of the scheme from the worst to the best, also without customers: its customers, and their share of all in percent. No rows for an empty summary, which has no scheme.';

CREATE FUNCTION band_customers(summary health_summary, band text) RETURNS bigint
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_band_customers';
COMMENT ON FUNCTION band_customers(health_summary, text) IS
    'Number of customers in one band of health. 0 for an empty summary; 22023 for a band that the summary does not have, or NULL as band.';

CREATE FUNCTION band_share(summary health_summary, band text) RETURNS numeric
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_band_share';
COMMENT ON FUNCTION band_share(health_summary, text) IS
    'Share of the customers that are in one band of health: 100 * customers of the band / all customers, percent from 0 to 100. NULL for an empty summary; 22023 for a band that the summary does not have, or NULL as band.';

CREATE FUNCTION avg_health_score(summary health_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_avg_health_score';
COMMENT ON FUNCTION avg_health_score(health_summary) IS
    'Mean health score: sum of scores / customers, 0 to 100, higher is better. NULL for an empty summary.';

CREATE AGGREGATE health_agg(score kpi_number) (
    SFUNC = health_accum, STYPE = health_summary, SSPACE = 128, INITCOND = '{"version":1}',
    FINALFUNC = health_final, COMBINEFUNC = health_combine, PARALLEL = SAFE,
    MSFUNC = health_accum, MINVFUNC = health_remove, MSTYPE = health_summary, MSSPACE = 128,
    MINITCOND = '{"version":1}', MFINALFUNC = health_final
);
COMMENT ON AGGREGATE health_agg(kpi_number) IS
    'Summary of customers by band of health, one row a customer: how many are red (from 0), yellow (from 51) and green (from 76), and the sum of their scores. Read by customers(summary), health_bands(summary), band_customers(summary, band), band_share(summary, band) and avg_health_score(summary). Rows with a NULL score are skipped; an empty summary without any other. 22003 for a score that is not between 0 and 100.';

CREATE AGGREGATE health_agg(score kpi_number, scheme text) (
    SFUNC = health_accum, STYPE = health_summary, SSPACE = 128, INITCOND = '{"version":1}',
    FINALFUNC = health_final, COMBINEFUNC = health_combine, PARALLEL = SAFE,
    MSFUNC = health_accum, MINVFUNC = health_remove, MSTYPE = health_summary, MSSPACE = 128,
    MINITCOND = '{"version":1}', MFINALFUNC = health_final
);
COMMENT ON AGGREGATE health_agg(kpi_number, text) IS
    'Summary of customers by band of health, one row a customer, to be stored. The scheme is rag, segments, or JSON with the lowest score of each band, as in health_band(score, scheme). Rows with a NULL score are skipped; an empty summary without any other. 22003 for a score that is not between 0 and 100; 22023 for an unknown or impossible scheme, for NULL as scheme, and for one that varies within a group.';

CREATE AGGREGATE health_agg(score kpi_number, scheme jsonb) (
    SFUNC = health_accum, STYPE = health_summary, SSPACE = 128, INITCOND = '{"version":1}',
    FINALFUNC = health_final, COMBINEFUNC = health_combine, PARALLEL = SAFE,
    MSFUNC = health_accum, MINVFUNC = health_remove, MSTYPE = health_summary, MSSPACE = 128,
    MINITCOND = '{"version":1}', MFINALFUNC = health_final
);
COMMENT ON AGGREGATE health_agg(kpi_number, jsonb) IS
    'Summary of customers by band of health, one row a customer, to be stored. The scheme has the lowest score of each band, as in health_band(score, scheme). Rows with a NULL score are skipped; an empty summary without any other. 22003 for a score that is not between 0 and 100; 22023 for an impossible scheme, for NULL as scheme, and for one that varies within a group.';

CREATE AGGREGATE avg_health_score(score kpi_number) (
    SFUNC = health_accum, STYPE = health_summary, SSPACE = 128, INITCOND = '{"version":1}',
    FINALFUNC = avg_health_score, COMBINEFUNC = health_combine, PARALLEL = SAFE,
    MSFUNC = health_accum, MINVFUNC = health_remove, MSTYPE = health_summary, MSSPACE = 128,
    MINITCOND = '{"version":1}', MFINALFUNC = avg_health_score
);
COMMENT ON AGGREGATE avg_health_score(kpi_number) IS
    'Mean health score: sum of scores / customers, 0 to 100, higher is better; exact where it terminates. Rows with a NULL score are skipped; NULL without any other. 22003 for a score that is not between 0 and 100.';

CREATE AGGREGATE rollup(summary health_summary) (
    SFUNC = health_combine, STYPE = health_summary, SSPACE = 128, INITCOND = '{"version":1}',
    FINALFUNC = health_final, COMBINEFUNC = health_combine, PARALLEL = SAFE,
    MSFUNC = health_combine, MINVFUNC = health_subtract, MSTYPE = health_summary, MSSPACE = 128,
    MINITCOND = '{"version":1}', MFINALFUNC = health_final
);
COMMENT ON AGGREGATE rollup(health_summary) IS
    'Adds up stored summaries of one scheme: the result is the same as from all raw scores. NULL and empty summaries are skipped; an empty summary without any other. 22023 for summaries of different schemes.';

INSERT INTO kpi_catalog (name, family, measures, formula, unit, higher_is_better, usage) VALUES
    ('health_band', 'health',
     'Band of a health score',
     'the best band whose lowest score is reached: red 0, yellow 51, green 76, or a scheme of your own',
     'name of a band', NULL,
     'health_band(score [, scheme])'),
    ('health_agg', 'health',
     'Summary of customers by band of health to store and roll up',
     'customers of each band, sum of scores',
     'health_summary', NULL,
     'health_agg(score [, scheme])'),
    ('customers', 'health',
     'Customers with a health score',
     'count of scores',
     'customers', NULL,
     'customers(summary)'),
    ('health_bands', 'health',
     'Each band with its customers, from the worst to the best',
     'customers of the band, and 100 * customers of the band / all customers',
     'set of band, customers, share in percent', NULL,
     'health_bands(summary)'),
    ('band_customers', 'health',
     'Customers in one band of health',
     'count of scores in the band',
     'customers', NULL,
     'band_customers(summary, band)'),
    ('band_share', 'health',
     'Share of the customers that are in one band of health',
     '100 * customers of the band / all customers',
     'percent, 0 to 100', NULL,
     'band_share(summary, band)'),
    ('avg_health_score', 'health',
     'Mean health score',
     'sum of scores / customers',
     'score, 0 to 100', true,
     'avg_health_score(score), avg_health_score(summary)');
-- sentiment_summary: what texts say on average. The state of the aggregates over texts, and a column type.

CREATE TYPE sentiment_summary;

CREATE FUNCTION sentiment_summary_in(cstring) RETURNS sentiment_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_sentiment_summary_in';
COMMENT ON FUNCTION sentiment_summary_in(cstring) IS
    'Support function: reads the text form of a sentiment_summary, such as {"version":1,"positive":2,"neutral":1,"negative":1,"sum":"0.8316"}. 22P02 for anything else.';

CREATE FUNCTION sentiment_summary_out(sentiment_summary) RETURNS cstring
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_sentiment_summary_out';
COMMENT ON FUNCTION sentiment_summary_out(sentiment_summary) IS
    'Support function: writes the text form of a sentiment_summary, without loss.';

CREATE FUNCTION sentiment_summary_recv(internal) RETURNS sentiment_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_sentiment_summary_recv';
COMMENT ON FUNCTION sentiment_summary_recv(internal) IS
    'Support function: reads the binary form of a sentiment_summary. 22P03 for anything else.';

CREATE FUNCTION sentiment_summary_send(sentiment_summary) RETURNS bytea
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_sentiment_summary_send';
COMMENT ON FUNCTION sentiment_summary_send(sentiment_summary) IS
    'Support function: writes the binary form of a sentiment_summary, without loss.';

CREATE TYPE sentiment_summary (
    INPUT = sentiment_summary_in, OUTPUT = sentiment_summary_out,
    RECEIVE = sentiment_summary_recv, SEND = sentiment_summary_send,
    INTERNALLENGTH = VARIABLE, ALIGNMENT = int4, STORAGE = extended
);
COMMENT ON TYPE sentiment_summary IS
    'How many texts are positive, neutral and negative, and the sum of their sentiments: 40 bytes. Built by sentiment_agg(feedback), merged by rollup(summary), read by avg_sentiment(summary), positive_feedback_rate(summary), comments(summary), positive_comments(summary), neutral_comments(summary) and negative_comments(summary). As text it is JSON: {"version":1,"positive":2,"neutral":1,"negative":1,"sum":"0.8316"}.';

CREATE FUNCTION sentiment_summary_eq(sentiment_summary, sentiment_summary) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_sentiment_summary_eq';
COMMENT ON FUNCTION sentiment_summary_eq(sentiment_summary, sentiment_summary) IS
    'Support function of =: whether two summaries hold the same counts.';

CREATE FUNCTION sentiment_summary_ne(sentiment_summary, sentiment_summary) RETURNS boolean
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_sentiment_summary_ne';
COMMENT ON FUNCTION sentiment_summary_ne(sentiment_summary, sentiment_summary) IS
    'Support function of <>: the opposite of =.';

CREATE FUNCTION sentiment_summary_hash(sentiment_summary) RETURNS integer
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_sentiment_summary_hash';
COMMENT ON FUNCTION sentiment_summary_hash(sentiment_summary) IS
    'Support function of hash joins, hash aggregates and hash indexes: equal summaries have equal hashes.';

CREATE FUNCTION sentiment_summary_hash_extended(sentiment_summary, bigint) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_sentiment_summary_hash_extended';
COMMENT ON FUNCTION sentiment_summary_hash_extended(sentiment_summary, bigint) IS
    'Support function of hash partitions: equal summaries have equal hashes.';

CREATE OPERATOR = (
    LEFTARG = sentiment_summary, RIGHTARG = sentiment_summary, FUNCTION = sentiment_summary_eq,
    COMMUTATOR = =, NEGATOR = <>, RESTRICT = eqsel, JOIN = eqjoinsel, HASHES
);
COMMENT ON OPERATOR = (sentiment_summary, sentiment_summary) IS
    'Whether two summaries are equal.';

CREATE OPERATOR <> (
    LEFTARG = sentiment_summary, RIGHTARG = sentiment_summary, FUNCTION = sentiment_summary_ne,
    COMMUTATOR = <>, NEGATOR = =, RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (sentiment_summary, sentiment_summary) IS
    'Whether two summaries differ.';

CREATE OPERATOR CLASS sentiment_summary_hash_ops DEFAULT FOR TYPE sentiment_summary USING hash AS
    OPERATOR 1 =,
    FUNCTION 1 sentiment_summary_hash(sentiment_summary),
    FUNCTION 2 sentiment_summary_hash_extended(sentiment_summary, bigint);
COMMENT ON OPERATOR CLASS sentiment_summary_hash_ops USING hash IS
    'Lets summaries be grouped, made distinct and compared by hash.';
COMMENT ON OPERATOR FAMILY sentiment_summary_hash_ops USING hash IS
    'Lets summaries be grouped, made distinct and compared by hash.';

CREATE FUNCTION sentiment_accum(state sentiment_summary, feedback text) RETURNS sentiment_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_sentiment_accum';
COMMENT ON FUNCTION sentiment_accum(sentiment_summary, text) IS
    'Support function of the sentiment aggregates: counts one more text.';

CREATE FUNCTION sentiment_remove(state sentiment_summary, feedback text) RETURNS sentiment_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_sentiment_remove';
COMMENT ON FUNCTION sentiment_remove(sentiment_summary, text) IS
    'Support function of the sentiment aggregates: takes one text back when a window frame moves on.';

CREATE FUNCTION sentiment_combine(state sentiment_summary, summary sentiment_summary) RETURNS sentiment_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_sentiment_combine';
COMMENT ON FUNCTION sentiment_combine(sentiment_summary, sentiment_summary) IS
    'Support function of the sentiment aggregates: adds the texts of a partial or stored summary. 22003 beyond 922337203685477 texts.';

CREATE FUNCTION sentiment_subtract(state sentiment_summary, summary sentiment_summary) RETURNS sentiment_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_sentiment_subtract';
COMMENT ON FUNCTION sentiment_subtract(sentiment_summary, sentiment_summary) IS
    'Support function of rollup over a moving window: takes the texts of a summary out again.';

CREATE FUNCTION sentiment_final(state sentiment_summary) RETURNS sentiment_summary
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_sentiment_final';
COMMENT ON FUNCTION sentiment_final(sentiment_summary) IS
    'Support function of sentiment_agg and rollup: the finished summary.';
-- What customers say: VADER sentiment of one text and of many.

CREATE FUNCTION sentiment(feedback text) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_sentiment';
COMMENT ON FUNCTION sentiment(text) IS
    'Sentiment of an English text: the compound score of VADER (rules and lexicon of vaderSentiment 3.3.2), sum / sqrt(sum^2 + 15) of what its words count. From -1 (most negative) to 1 (most positive), at most 4 decimals, higher is better. 0 for an empty text and for one without any word that VADER knows; other languages are not understood. NULL for NULL.';

CREATE FUNCTION sentiment_label(feedback text) RETURNS text
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_sentiment_label';
COMMENT ON FUNCTION sentiment_label(text) IS
    'What an English text says: ''positive'' for a sentiment of 0.05 and more, ''negative'' for -0.05 and less, otherwise ''neutral'', which includes an empty text. NULL for NULL.';

CREATE FUNCTION avg_sentiment(summary sentiment_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_avg_sentiment';
COMMENT ON FUNCTION avg_sentiment(sentiment_summary) IS
    'Average sentiment: sum of sentiments / texts. From -1 to 1, higher is better. NULL for an empty summary.';

CREATE FUNCTION positive_feedback_rate(summary sentiment_summary) RETURNS numeric
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_positive_feedback_rate';
COMMENT ON FUNCTION positive_feedback_rate(sentiment_summary) IS
    'Positive feedback rate: 100 * positive texts / texts. Percent from 0 to 100, higher is better. NULL for an empty summary.';

CREATE FUNCTION comments(summary sentiment_summary) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_comments';
COMMENT ON FUNCTION comments(sentiment_summary) IS
    'Number of texts, whatever they say. 0 for an empty summary.';

CREATE FUNCTION positive_comments(summary sentiment_summary) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_positive_comments';
COMMENT ON FUNCTION positive_comments(sentiment_summary) IS
    'Number of texts with a sentiment of 0.05 and more. 0 for an empty summary.';

CREATE FUNCTION neutral_comments(summary sentiment_summary) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_neutral_comments';
COMMENT ON FUNCTION neutral_comments(sentiment_summary) IS
    'Number of texts with a sentiment between -0.05 and 0.05, both excluded. 0 for an empty summary.';

CREATE FUNCTION negative_comments(summary sentiment_summary) RETURNS bigint
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_negative_comments';
COMMENT ON FUNCTION negative_comments(sentiment_summary) IS
    'Number of texts with a sentiment of -0.05 and less. 0 for an empty summary.';

CREATE AGGREGATE avg_sentiment(feedback text) (
    SFUNC = sentiment_accum, STYPE = sentiment_summary, SSPACE = 40, INITCOND = '{"version":1,"positive":0,"neutral":0,"negative":0,"sum":"0"}',
    FINALFUNC = avg_sentiment, COMBINEFUNC = sentiment_combine, PARALLEL = SAFE,
    MSFUNC = sentiment_accum, MINVFUNC = sentiment_remove, MSTYPE = sentiment_summary, MSSPACE = 40,
    MINITCOND = '{"version":1,"positive":0,"neutral":0,"negative":0,"sum":"0"}', MFINALFUNC = avg_sentiment
);
COMMENT ON AGGREGATE avg_sentiment(text) IS
    'Average sentiment of English texts: sum of sentiment(feedback) / texts. From -1 to 1, higher is better. Rows with NULL are skipped, an empty text counts as neutral; NULL without any other.';

CREATE AGGREGATE positive_feedback_rate(feedback text) (
    SFUNC = sentiment_accum, STYPE = sentiment_summary, SSPACE = 40, INITCOND = '{"version":1,"positive":0,"neutral":0,"negative":0,"sum":"0"}',
    FINALFUNC = positive_feedback_rate, COMBINEFUNC = sentiment_combine, PARALLEL = SAFE,
    MSFUNC = sentiment_accum, MINVFUNC = sentiment_remove, MSTYPE = sentiment_summary, MSSPACE = 40,
    MINITCOND = '{"version":1,"positive":0,"neutral":0,"negative":0,"sum":"0"}', MFINALFUNC = positive_feedback_rate
);
COMMENT ON AGGREGATE positive_feedback_rate(text) IS
    'Positive feedback rate: 100 * texts with a sentiment of 0.05 and more / texts. Percent from 0 to 100, higher is better. Rows with NULL are skipped, an empty text counts as neutral; NULL without any other.';

CREATE AGGREGATE sentiment_agg(feedback text) (
    SFUNC = sentiment_accum, STYPE = sentiment_summary, SSPACE = 40, INITCOND = '{"version":1,"positive":0,"neutral":0,"negative":0,"sum":"0"}',
    FINALFUNC = sentiment_final, COMBINEFUNC = sentiment_combine, PARALLEL = SAFE,
    MSFUNC = sentiment_accum, MINVFUNC = sentiment_remove, MSTYPE = sentiment_summary, MSSPACE = 40,
    MINITCOND = '{"version":1,"positive":0,"neutral":0,"negative":0,"sum":"0"}', MFINALFUNC = sentiment_final
);
COMMENT ON AGGREGATE sentiment_agg(text) IS
    'Summary of what texts say, to be stored and read by avg_sentiment(summary), positive_feedback_rate(summary), comments(summary), positive_comments(summary), neutral_comments(summary) and negative_comments(summary). Rows with NULL are skipped; an empty summary without any other.';

CREATE AGGREGATE rollup(summary sentiment_summary) (
    SFUNC = sentiment_combine, STYPE = sentiment_summary, SSPACE = 40, INITCOND = '{"version":1,"positive":0,"neutral":0,"negative":0,"sum":"0"}',
    FINALFUNC = sentiment_final, COMBINEFUNC = sentiment_combine, PARALLEL = SAFE,
    MSFUNC = sentiment_combine, MINVFUNC = sentiment_subtract, MSTYPE = sentiment_summary, MSSPACE = 40,
    MINITCOND = '{"version":1,"positive":0,"neutral":0,"negative":0,"sum":"0"}', MFINALFUNC = sentiment_final
);
COMMENT ON AGGREGATE rollup(sentiment_summary) IS
    'Merges stored sentiment summaries: the result is the same as from all texts. NULL summaries are skipped; an empty summary without any. 22003 beyond 922337203685477 texts.';

INSERT INTO kpi_catalog (name, family, measures, formula, unit, higher_is_better, usage) VALUES
    ('sentiment', 'sentiment',
     'What one English text says, by VADER',
     'compound score: s / sqrt(s^2 + 15), s being the sum of what its words count',
     '-1 to 1', true,
     'sentiment(feedback)'),
    ('sentiment_label', 'sentiment',
     'What one English text says, in a word',
     'positive from 0.05 on, negative from -0.05 on down, otherwise neutral',
     'positive, neutral or negative', NULL,
     'sentiment_label(feedback)'),
    ('avg_sentiment', 'sentiment',
     'Average sentiment of texts',
     'sum of sentiments / texts',
     '-1 to 1', true,
     'avg_sentiment(feedback), avg_sentiment(summary)'),
    ('positive_feedback_rate', 'sentiment',
     'Share of texts that are positive',
     '100 * positive texts / texts',
     'percent, 0 to 100', true,
     'positive_feedback_rate(feedback), positive_feedback_rate(summary)'),
    ('comments', 'sentiment',
     'Texts, whatever they say',
     'count of texts that are not NULL',
     'count', NULL,
     'comments(summary)'),
    ('positive_comments', 'sentiment',
     'Texts that are positive',
     'count of texts with a sentiment of 0.05 and more',
     'count', true,
     'positive_comments(summary)'),
    ('neutral_comments', 'sentiment',
     'Texts that are neither positive nor negative',
     'count of texts with a sentiment between -0.05 and 0.05',
     'count', NULL,
     'neutral_comments(summary)'),
    ('negative_comments', 'sentiment',
     'Texts that are negative',
     'count of texts with a sentiment of -0.05 and less',
     'count', false,
     'negative_comments(summary)'),
    ('sentiment_agg', 'sentiment',
     'Summary of what texts say to store and roll up',
     'positive, neutral and negative texts, and the sum of sentiments',
     'sentiment_summary', NULL,
     'sentiment_agg(feedback)');
-- What is good: bands and targets of KPIs, which users extend and override.
--
-- The rows that come with the extension are always there: who changes one gets a row of his own, which
-- counts instead. So pg_dump has to keep the rows of users only, and a restored database tells the same.
--
-- Somebody may have prepared functions and operators in the schema of the extension: every call here
-- has exactly the types of what it means, or names its schema.

CREATE TABLE kpi_targets (
    kpi        text COLLATE "C" NOT NULL
               CHECK (kpi <> '' AND kpi = lower(kpi)),
    channel    text COLLATE "C" NOT NULL DEFAULT '',
    band       text COLLATE "C" NOT NULL,
    comparison text COLLATE "C" NOT NULL
               CHECK (comparison IN ('>', '>=', '<', '<=')),
    value      numeric
               CHECK (value NOT IN ('NaN', 'Infinity', '-Infinity')),
    duration   interval
               -- Without months, and not longer than what is measured.
               CHECK (duration BETWEEN '0' AND '106751991 days'
                      AND extract(year FROM duration) = '0' AND extract(month FROM duration) = '0'),
    is_target  boolean NOT NULL DEFAULT false,
    note       text,
    shipped    boolean NOT NULL DEFAULT false,
    PRIMARY KEY (kpi, channel, band, shipped),
    CHECK (value IS NULL OR duration IS NULL)
);
-- Of who creates the extension, also where the server installs it as a trusted one: he edits the table.
ALTER TABLE kpi_targets OWNER TO @extowner@;
GRANT SELECT ON kpi_targets TO PUBLIC;

COMMENT ON TABLE kpi_targets IS
    'What is good: one row for each band of a KPI, a bound and the side of it that is in the band. Rows of your own add bands, replace shipped ones of the same kpi, channel and band, or switch them off (neither value nor duration); kpi_band and kpi_target_met read them. Names of channels and bands are compared without case, blanks, hyphens and underscores. pg_dump keeps your rows.';
COMMENT ON COLUMN kpi_targets.kpi IS
    'Name of the KPI in lower case: of its function, as in kpi_catalog, or any other for a KPI of your own.';
COMMENT ON COLUMN kpi_targets.channel IS
    'Channel that the band is for, such as chat or email; empty for any channel that has no rows of its own.';
COMMENT ON COLUMN kpi_targets.band IS
    'Name of the band, such as good: what kpi_band returns.';
COMMENT ON COLUMN kpi_targets.comparison IS
    'How a value in the band compares with the bound: >, >=, < or <=. The bands of one KPI and channel all look to one side.';
COMMENT ON COLUMN kpi_targets.value IS
    'The bound, in the unit of the KPI; NULL where it is a duration, or the band is switched off.';
COMMENT ON COLUMN kpi_targets.duration IS
    'The bound of a KPI that is a duration, a day as 24 hours and without months; NULL where it is a number, or the band is switched off.';
COMMENT ON COLUMN kpi_targets.is_target IS
    'Whether a value has to be in this band to reach its target, which kpi_target_met tells. Your own targets of a KPI and channel count instead of shipped ones.';
COMMENT ON COLUMN kpi_targets.note IS
    'Where the bound comes from, or any other remark.';
COMMENT ON COLUMN kpi_targets.shipped IS
    'Whether the row comes with the extension; always false for rows of your own.';

CREATE FUNCTION kpi_target_key(name text) RETURNS bytea
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_target_key';
COMMENT ON FUNCTION kpi_target_key(text) IS
    'Support function of kpi_targets: equal for names of channels or bands that differ in case, blanks, hyphens and underscores only.';

CREATE UNIQUE INDEX kpi_targets_key ON kpi_targets (kpi, kpi_target_key(channel), kpi_target_key(band), shipped);
COMMENT ON INDEX kpi_targets_key IS
    'One row for each band, however its name and that of the channel are written.';
-- A name of its own, and not the one that says that there is no band.
ALTER TABLE kpi_targets ADD CONSTRAINT kpi_targets_band_check
    CHECK (kpi_target_key(band) NOT IN (kpi_target_key(''::text), kpi_target_key('below target'::text)));

SELECT pg_catalog.pg_extension_config_dump('kpi_targets', 'WHERE NOT shipped');

INSERT INTO kpi_targets (kpi, channel, band, comparison, value, duration, is_target, note, shipped) VALUES
    ('nps', '', 'good', '>', 0, NULL, true, 'more promoters than detractors', true),
    ('nps', '', 'excellent', '>', 50, NULL, false, NULL, true),
    ('nps', '', 'world-class', '>', 70, NULL, false, NULL, true),
    ('csat', '', 'good', '>', 70, NULL, true, NULL, true),
    ('ces', '', 'good', '>=', 5, NULL, true, 'of 7, where high is easy', true),
    ('fcr', '', 'typical', '>=', 70, NULL, true, '70 to 90 is the usual goal', true),
    ('fcr', '', 'above typical', '>', 90, NULL, false, NULL, true),
    ('avg_first_response_time', 'call', 'good', '<=', NULL, '30 seconds', true, NULL, true),
    ('avg_first_response_time', 'complex call', 'good', '<=', NULL, '90 seconds', true, 'complex industries, such as healthcare', true),
    ('avg_first_response_time', 'chat', 'good', '<=', NULL, '30 seconds', true, NULL, true),
    ('avg_first_response_time', 'email', 'good', '<', NULL, '1 hour', true, 'under 1 hour', true),
    ('median_first_response_time', 'call', 'good', '<=', NULL, '30 seconds', true, NULL, true),
    ('median_first_response_time', 'complex call', 'good', '<=', NULL, '90 seconds', true, 'complex industries, such as healthcare', true),
    ('median_first_response_time', 'chat', 'good', '<=', NULL, '30 seconds', true, NULL, true),
    ('median_first_response_time', 'email', 'good', '<', NULL, '1 hour', true, 'under 1 hour', true),
    ('aht', '', 'good', '<=', NULL, '6 minutes', true, '4 to 6 minutes is usual for simple inquiries', true),
    ('aht', '', 'quick', '<', NULL, '4 minutes', false, 'quality first: look whether FCR and CSAT hold', true),
    ('avg_resolution_time', '', 'good', '<=', NULL, '24 hours', false, 'e-commerce', true),
    ('avg_resolution_time', '', 'acceptable', '<=', NULL, '5 days', true, 'complex industries', true),
    ('median_resolution_time', '', 'good', '<=', NULL, '24 hours', false, 'e-commerce', true),
    ('median_resolution_time', '', 'acceptable', '<=', NULL, '5 days', true, 'complex industries', true);

-- Edits. Nothing here depends on search_path: conditions are bound when they are created, and the
-- functions below name all that they call, and use no operator.

CREATE FUNCTION kpi_targets_own() RETURNS trigger
    LANGUAGE plpgsql VOLATILE PARALLEL SAFE AS $$
BEGIN
    NEW.shipped := false;
    RETURN NEW;
END $$;
COMMENT ON FUNCTION kpi_targets_own() IS
    'Support function of kpi_targets: a row that a user adds or changes is his own.';

CREATE FUNCTION kpi_targets_change() RETURNS trigger
    LANGUAGE plpgsql VOLATILE PARALLEL SAFE AS $$
DECLARE
    has_own boolean;
BEGIN
    EXECUTE pg_catalog.format('SELECT EXISTS (SELECT FROM %I.%I t WHERE t.kpi OPERATOR(pg_catalog.=) $1.kpi AND NOT t.shipped '
        'AND %1$I.kpi_target_key(t.channel) OPERATOR(pg_catalog.=) %1$I.kpi_target_key($1.channel) '
        'AND %1$I.kpi_target_key(t.band) OPERATOR(pg_catalog.=) %1$I.kpi_target_key($1.band))', TG_TABLE_SCHEMA, TG_TABLE_NAME)
        INTO has_own USING OLD;
    IF has_own THEN
        -- That one counts; a statement that means both changes it, too.
        RETURN NULL;
    END IF;
    NEW.shipped := false;
    EXECUTE pg_catalog.format('INSERT INTO %I.%I SELECT $1.*', TG_TABLE_SCHEMA, TG_TABLE_NAME) USING NEW;
    RETURN OLD;
END $$;
COMMENT ON FUNCTION kpi_targets_change() IS
    'Support function of kpi_targets: a change of a shipped row goes into a row of the user''s own beside it, unless there is one.';

CREATE FUNCTION kpi_targets_refuse() RETURNS trigger
    LANGUAGE plpgsql VOLATILE PARALLEL SAFE AS $$
BEGIN
    RAISE EXCEPTION 'kpi_targets: %', TG_ARGV[0] USING ERRCODE = 'invalid_parameter_value', HINT = TG_ARGV[1];
END $$;
COMMENT ON FUNCTION kpi_targets_refuse() IS
    'Support function of kpi_targets: shipped rows would be back in a restored database, so they cannot go.';

-- In the order of their names.
CREATE TRIGGER kpi_targets_1_own BEFORE INSERT ON kpi_targets FOR EACH ROW
    WHEN (NEW.shipped) EXECUTE FUNCTION kpi_targets_own();
COMMENT ON TRIGGER kpi_targets_1_own ON kpi_targets IS
    'A new row is the user''s own.';
CREATE TRIGGER kpi_targets_2_own BEFORE UPDATE ON kpi_targets FOR EACH ROW
    WHEN (NEW.shipped AND NOT OLD.shipped) EXECUTE FUNCTION kpi_targets_own();
COMMENT ON TRIGGER kpi_targets_2_own ON kpi_targets IS
    'A row of the user''s own stays so.';
CREATE TRIGGER kpi_targets_3_name BEFORE UPDATE ON kpi_targets FOR EACH ROW
    WHEN (OLD.shipped AND (OLD.kpi, OLD.channel, OLD.band) <> (NEW.kpi, NEW.channel, NEW.band))
    EXECUTE FUNCTION kpi_targets_refuse('kpi, channel and band of a shipped row cannot be changed',
        'Insert a row of your own, and switch the shipped band off by one with its name, without value and duration.');
COMMENT ON TRIGGER kpi_targets_3_name ON kpi_targets IS
    'A shipped row keeps its name.';
CREATE TRIGGER kpi_targets_4_change BEFORE UPDATE ON kpi_targets FOR EACH ROW
    WHEN (OLD.shipped) EXECUTE FUNCTION kpi_targets_change();
COMMENT ON TRIGGER kpi_targets_4_change ON kpi_targets IS
    'A shipped row stays as it is, beside the row of the user''s own that says what was changed.';
CREATE TRIGGER kpi_targets_5_delete BEFORE DELETE ON kpi_targets FOR EACH ROW
    WHEN (OLD.shipped) EXECUTE FUNCTION kpi_targets_refuse('a shipped row cannot be deleted',
        'Switch the band off by a row of your own with its name, without value and duration; DELETE ... WHERE NOT shipped deletes your own rows.');
COMMENT ON TRIGGER kpi_targets_5_delete ON kpi_targets IS
    'A shipped row cannot be deleted.';
CREATE TRIGGER kpi_targets_6_truncate BEFORE TRUNCATE ON kpi_targets
    EXECUTE FUNCTION kpi_targets_refuse('shipped rows cannot be deleted',
        'DELETE FROM kpi_targets WHERE NOT shipped deletes your own rows.');
COMMENT ON TRIGGER kpi_targets_6_truncate ON kpi_targets IS
    'Shipped rows cannot be deleted.';

-- Judging rows: what reads the table passes the rows of the KPI, and, where there is none, for which
-- KPIs there are some.

CREATE FUNCTION kpi_band(kpi text, value kpi_number, channel text, targets kpi_targets[], known text) RETURNS text
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_band_of_number';
COMMENT ON FUNCTION kpi_band(text, kpi_number, text, kpi_targets[], text) IS
    'Support function of kpi_band: the band of a number by these rows.';

CREATE FUNCTION kpi_band(kpi text, value interval, channel text, targets kpi_targets[], known text) RETURNS text
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_band_of_duration';
COMMENT ON FUNCTION kpi_band(text, interval, text, kpi_targets[], text) IS
    'Support function of kpi_band: the band of a duration by these rows.';

-- STABLE, because what an interval's text means may depend on a setting.
CREATE FUNCTION kpi_band(kpi text, value text, channel text, targets kpi_targets[], known text) RETURNS text
    LANGUAGE C STABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_band_of_text';
COMMENT ON FUNCTION kpi_band(text, text, text, kpi_targets[], text) IS
    'Support function of kpi_band: the band of a number or a duration, as these rows are, by these rows.';

CREATE FUNCTION kpi_target_met(kpi text, value kpi_number, channel text, targets kpi_targets[], known text) RETURNS boolean
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_target_met_by_number';
COMMENT ON FUNCTION kpi_target_met(text, kpi_number, text, kpi_targets[], text) IS
    'Support function of kpi_target_met: whether a number reaches the target that is among these rows.';

CREATE FUNCTION kpi_target_met(kpi text, value interval, channel text, targets kpi_targets[], known text) RETURNS boolean
    LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_target_met_by_duration';
COMMENT ON FUNCTION kpi_target_met(text, interval, text, kpi_targets[], text) IS
    'Support function of kpi_target_met: whether a duration reaches the target that is among these rows.';

CREATE FUNCTION kpi_target_met(kpi text, value text, channel text, targets kpi_targets[], known text) RETURNS boolean
    LANGUAGE C STABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_target_met_by_text';
COMMENT ON FUNCTION kpi_target_met(text, text, text, kpi_targets[], text) IS
    'Support function of kpi_target_met: whether a number or a duration, as these rows are, reaches the target that is among them.';

CREATE FUNCTION kpi_targets_known() RETURNS text
    LANGUAGE SQL STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT string_agg(DISTINCT t.kpi, ', '::text ORDER BY t.kpi) FROM kpi_targets t;
END;
COMMENT ON FUNCTION kpi_targets_known() IS
    'Support function: the KPIs that have targets, for hints.';

CREATE FUNCTION kpi_band(kpi text, value kpi_number, channel text DEFAULT '') RETURNS text
    LANGUAGE SQL STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT kpi_band(kpi_band.kpi, kpi_band.value, kpi_band.channel, f.targets,
                    CASE pg_catalog.cardinality(f.targets) WHEN 0 THEN kpi_targets_known() END)
    FROM (SELECT ARRAY(SELECT t FROM kpi_targets t WHERE t.kpi = lower(kpi_band.kpi COLLATE "C")) AS targets OFFSET 0) f;
END;
COMMENT ON FUNCTION kpi_band(text, kpi_number, text) IS
    'The best band of kpi_targets that holds a KPI which is a number: its name, or ''below target'' where none does. Rows of the channel, or without any those for any channel; your own rows replace shipped ones of the same name. NULL for a NULL value, or when all bands are switched off. 22023 for a kpi or channel that is NULL or has no rows, a KPI of durations, and bands that look in opposite directions; 22003 for NaN or infinity.';

CREATE FUNCTION kpi_band(kpi text, value interval, channel text DEFAULT '') RETURNS text
    LANGUAGE SQL STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT kpi_band(kpi_band.kpi, kpi_band.value, kpi_band.channel, f.targets,
                    CASE pg_catalog.cardinality(f.targets) WHEN 0 THEN kpi_targets_known() END)
    FROM (SELECT ARRAY(SELECT t FROM kpi_targets t WHERE t.kpi = lower(kpi_band.kpi COLLATE "C")) AS targets OFFSET 0) f;
END;
COMMENT ON FUNCTION kpi_band(text, interval, text) IS
    'The best band of kpi_targets that holds a KPI which is a duration: its name, or ''below target'' where none does, because it takes longer. Rows of the channel, or without any those for any channel; your own rows replace shipped ones of the same name. A day has 24 hours. NULL for a NULL value, or when all bands are switched off. 22023 for a kpi or channel that is NULL or has no rows, a KPI of numbers, and bands that look in opposite directions; 22003 for an interval that is negative or has months.';

CREATE FUNCTION kpi_band(kpi text, value text, channel text DEFAULT '') RETURNS text
    LANGUAGE SQL STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT kpi_band(kpi_band.kpi, kpi_band.value, kpi_band.channel, f.targets,
                    CASE pg_catalog.cardinality(f.targets) WHEN 0 THEN kpi_targets_known() END)
    FROM (SELECT ARRAY(SELECT t FROM kpi_targets t WHERE t.kpi = lower(kpi_band.kpi COLLATE "C")) AS targets OFFSET 0) f;
END;
COMMENT ON FUNCTION kpi_band(text, text, text) IS
    'The same for a value without a type, such as ''65'' or ''5 minutes'': an interval where the KPI has durations in kpi_targets, otherwise a number. NULL for a NULL value; 22P02 for a text that is none.';

CREATE FUNCTION kpi_target_met(kpi text, value kpi_number, channel text DEFAULT '') RETURNS boolean
    LANGUAGE SQL STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT kpi_target_met(kpi_target_met.kpi, kpi_target_met.value, kpi_target_met.channel, f.targets,
                          CASE pg_catalog.cardinality(f.targets) WHEN 0 THEN kpi_targets_known() END)
    FROM (SELECT ARRAY(SELECT t FROM kpi_targets t WHERE t.kpi = lower(kpi_target_met.kpi COLLATE "C")) AS targets OFFSET 0) f;
END;
COMMENT ON FUNCTION kpi_target_met(text, kpi_number, text) IS
    'Whether a KPI which is a number reaches its target: all bands of kpi_targets that are marked as target hold it, your own ones if there are any, otherwise the shipped ones. Rows of the channel, or without any those for any channel. NULL for a NULL value, or without a target. 22023 for a kpi or channel that is NULL or has no rows, a KPI of durations, and bands that look in opposite directions; 22003 for NaN or infinity.';

CREATE FUNCTION kpi_target_met(kpi text, value interval, channel text DEFAULT '') RETURNS boolean
    LANGUAGE SQL STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT kpi_target_met(kpi_target_met.kpi, kpi_target_met.value, kpi_target_met.channel, f.targets,
                          CASE pg_catalog.cardinality(f.targets) WHEN 0 THEN kpi_targets_known() END)
    FROM (SELECT ARRAY(SELECT t FROM kpi_targets t WHERE t.kpi = lower(kpi_target_met.kpi COLLATE "C")) AS targets OFFSET 0) f;
END;
COMMENT ON FUNCTION kpi_target_met(text, interval, text) IS
    'Whether a KPI which is a duration reaches its target: all bands of kpi_targets that are marked as target hold it, your own ones if there are any, otherwise the shipped ones. Rows of the channel, or without any those for any channel. A day has 24 hours. NULL for a NULL value, or without a target. 22023 for a kpi or channel that is NULL or has no rows, a KPI of numbers, and bands that look in opposite directions; 22003 for an interval that is negative or has months.';

CREATE FUNCTION kpi_target_met(kpi text, value text, channel text DEFAULT '') RETURNS boolean
    LANGUAGE SQL STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT kpi_target_met(kpi_target_met.kpi, kpi_target_met.value, kpi_target_met.channel, f.targets,
                          CASE pg_catalog.cardinality(f.targets) WHEN 0 THEN kpi_targets_known() END)
    FROM (SELECT ARRAY(SELECT t FROM kpi_targets t WHERE t.kpi = lower(kpi_target_met.kpi COLLATE "C")) AS targets OFFSET 0) f;
END;
COMMENT ON FUNCTION kpi_target_met(text, text, text) IS
    'The same for a value without a type, such as ''65'' or ''5 minutes'': an interval where the KPI has durations in kpi_targets, otherwise a number. NULL for a NULL value; 22P02 for a text that is none.';

INSERT INTO kpi_catalog (name, family, measures, formula, unit, higher_is_better, usage) VALUES
    ('kpi_band', 'target',
     'How good a value of a KPI is, by the bands of table kpi_targets',
     'the best band whose bound it reaches, below target if none',
     'text', NULL,
     'kpi_band(kpi, value [, channel])'),
    ('kpi_target_met', 'target',
     'Whether a value of a KPI reaches its target in table kpi_targets',
     'every band that is a target holds it',
     'boolean', NULL,
     'kpi_target_met(kpi, value [, channel])');
