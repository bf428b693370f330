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
