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
