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
