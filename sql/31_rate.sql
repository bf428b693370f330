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
