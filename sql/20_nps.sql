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
