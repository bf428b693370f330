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
