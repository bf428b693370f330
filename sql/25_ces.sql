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
