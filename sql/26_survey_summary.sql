-- Summaries to store by day and rep, and to roll up to any month, team or year.
--
-- survey_agg has no moving-window mode: a summary that once held many fractional scores does not
-- become a fine one again when they leave the frame, and results must not depend on that.

CREATE AGGREGATE survey_agg(score smallint) (
    SFUNC = survey_accum, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = survey_final, COMBINEFUNC = survey_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE survey_agg(smallint) IS
    'Summary of survey scores, to be stored and read by nps(summary), csat(summary, threshold), ces(summary), responses(summary) and others. NULL scores are skipped; an empty summary without any score. 22003 for a score outside 0 to 10.';

CREATE AGGREGATE survey_agg(score integer) (
    SFUNC = survey_accum, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = survey_final, COMBINEFUNC = survey_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE survey_agg(integer) IS
    'Summary of survey scores, to be stored and read by nps(summary), csat(summary, threshold), ces(summary), responses(summary) and others. NULL scores are skipped; an empty summary without any score. 22003 for a score outside 0 to 10.';

CREATE AGGREGATE survey_agg(score bigint) (
    SFUNC = survey_accum, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = survey_final, COMBINEFUNC = survey_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE survey_agg(bigint) IS
    'Summary of survey scores, to be stored and read by nps(summary), csat(summary, threshold), ces(summary), responses(summary) and others. NULL scores are skipped; an empty summary without any score. 22003 for a score outside 0 to 10.';

CREATE AGGREGATE survey_agg(score real) (
    SFUNC = survey_accum, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = survey_final, COMBINEFUNC = survey_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE survey_agg(real) IS
    'Summary of survey scores, to be stored and read by nps(summary), csat(summary, threshold), ces(summary), responses(summary) and others. NULL scores are skipped; an empty summary without any score. 22003 for a score outside 0 to 10.';

CREATE AGGREGATE survey_agg(score double precision) (
    SFUNC = survey_accum, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = survey_final, COMBINEFUNC = survey_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE survey_agg(double precision) IS
    'Summary of survey scores, to be stored and read by nps(summary), csat(summary, threshold), ces(summary), responses(summary) and others. NULL scores are skipped; an empty summary without any score. 22003 for a score outside 0 to 10.';

CREATE AGGREGATE survey_agg(score numeric) (
    SFUNC = survey_accum, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = survey_final, COMBINEFUNC = survey_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE survey_agg(numeric) IS
    'Summary of survey scores, to be stored and read by nps(summary), csat(summary, threshold), ces(summary), responses(summary) and others. NULL scores are skipped; an empty summary without any score. 22003 for a score outside 0 to 10.';

CREATE AGGREGATE rollup(summary survey_summary) (
    SFUNC = survey_combine, STYPE = survey_summary, SSPACE = 52, INITCOND = '{"version":1,"scores":{}}',
    FINALFUNC = survey_final, COMBINEFUNC = survey_combine, PARALLEL = SAFE,
    MSFUNC = survey_combine, MINVFUNC = survey_subtract, MSTYPE = survey_summary, MSSPACE = 52,
    MINITCOND = '{"version":1,"scores":{}}', MFINALFUNC = survey_final
);
COMMENT ON AGGREGATE rollup(survey_summary) IS
    'Merges stored survey summaries: the result is the same as from all raw scores. NULL summaries are skipped; an empty summary without any. 22003 beyond 2^63 - 1 responses.';

INSERT INTO kpi_catalog (name, family, measures, formula, unit, higher_is_better, usage) VALUES
    ('nps', 'survey',
     'Loyalty: how many more customers would recommend than warn',
     '% scores >= 9 minus % scores <= 6',
     'points, -100 to 100', true,
     'nps(score), nps(summary)'),
    ('enps', 'survey',
     'Loyalty of employees',
     '% scores >= 9 minus % scores <= 6',
     'points, -100 to 100', true,
     'enps(score), enps(summary)'),
    ('nps_margin', 'survey',
     'How far the NPS may be off by chance',
     'half the width of nps_ci before it is clamped',
     'points', false,
     'nps_margin(score [, confidence]), nps_margin(summary [, confidence])'),
    ('nps_ci', 'survey',
     'Range that holds the true NPS with 95 % (or another) confidence',
     'adjusted Wald, clamped to -100 and 100',
     'points, numrange', NULL,
     'nps_ci(score [, confidence]), nps_ci(summary [, confidence])'),
    ('nps_test', 'survey',
     'Whether a change of NPS is real or noise',
     'two-sided z-test by adjusted Wald',
     'difference in points, z, p_value', NULL,
     'nps_test(summary, summary)'),
    ('nps_from_counts', 'survey',
     'NPS from counts that are already there',
     '100 * (promoters - detractors) / (promoters + passives + detractors)',
     'points, -100 to 100', true,
     'nps_from_counts(promoters, passives, detractors)'),
    ('nps_points', 'survey',
     'What one answer adds to the NPS',
     '100 for a promoter, 0 for a passive, -100 for a detractor',
     'points', true,
     'avg(nps_points(score))'),
    ('nps_class', 'survey',
     'Net-promoter class of one answer',
     'score >= 9 promoter, score <= 6 detractor, otherwise passive',
     'text', NULL,
     'nps_class(score)'),
    ('promoters', 'survey',
     'Customers who would recommend',
     'count of scores >= 9',
     'count', true,
     'promoters(score), promoters(summary)'),
    ('passives', 'survey',
     'Customers who are content but not loyal',
     'count of scores between 6 and 9',
     'count', NULL,
     'passives(score), passives(summary)'),
    ('detractors', 'survey',
     'Customers who would warn others',
     'count of scores <= 6',
     'count', false,
     'detractors(score), detractors(summary)'),
    ('responses', 'survey',
     'Answers given',
     'count of scores that are not NULL',
     'count', NULL,
     'responses(score), responses(summary)'),
    ('csat', 'survey',
     'Customer satisfaction',
     '100 * (scores >= threshold) / (all scores), threshold 4 unless given',
     'percent, 0 to 100', true,
     'csat(score [, threshold]), csat(summary [, threshold])'),
    ('csat_ci', 'survey',
     'Range that holds the true CSAT with 95 % (or another) confidence',
     'Wilson score interval',
     'percent, numrange', NULL,
     'csat_ci(score, threshold [, confidence]), csat_ci(summary, threshold [, confidence])'),
    ('csat_test', 'survey',
     'Whether a change of CSAT is real or noise',
     'pooled two-proportion z-test',
     'difference in percent, z, p_value', NULL,
     'csat_test(summary, summary, threshold)'),
    ('csat_from_counts', 'survey',
     'CSAT from counts that are already there',
     '100 * positive / total',
     'percent, 0 to 100', true,
     'csat_from_counts(positive, total)'),
    ('csat_points', 'survey',
     'What one answer adds to CSAT',
     '100 for score >= threshold, otherwise 0',
     'percent', true,
     'avg(csat_points(score, threshold))'),
    ('css', 'survey',
     'Satisfaction with the service after the sale',
     '100 * (scores >= threshold) / (all scores), threshold 4 unless given',
     'percent, 0 to 100', true,
     'css(score [, threshold]), css(summary [, threshold])'),
    ('ces', 'survey',
     'Effort that a task costs the customer',
     'sum of scores / count of scores',
     'score, on the scale that was asked', NULL,
     'ces(score), ces(summary)'),
    ('ces_easy_rate', 'survey',
     'Customers who found it easy, where high is easy',
     '100 * (scores >= threshold) / (all scores)',
     'percent, 0 to 100', true,
     'ces_easy_rate(score, threshold), ces_easy_rate(summary, threshold)'),
    ('survey_agg', 'survey',
     'Summary of scores to store and roll up',
     'count of each score',
     'survey_summary', NULL,
     'survey_agg(score)'),
    ('score_distribution', 'survey',
     'Histogram of scores',
     'responses of each score and their share of all',
     'score, count, percent', NULL,
     'score_distribution(summary)'),
    ('rollup', 'all',
     'One summary out of many, for any period or team',
     'sum of all counts',
     'summary', NULL,
     'rollup(summary)');
