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
