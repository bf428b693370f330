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
