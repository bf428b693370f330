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
