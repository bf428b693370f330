-- Bad input is an error that names function, argument and value: 22003 for scores,
-- 22023 for parameters.
CREATE TABLE v (k integer, score integer, threshold numeric, confidence numeric);
\pset null '(null)'
INSERT INTO v VALUES (1, 9, 5, 0.9), (2, 4, 5, 0.9), (3, NULL, 5, 0.9);

-- Scores outside 0 to 10, whatever the aggregate and the type.
SELECT nps(11) FROM v;
SELECT nps(score - 10) FROM v;
SELECT enps(10.01) FROM v;
SELECT csat(-1) FROM v;
SELECT csat(10.000000000000000000000001, 5) FROM v;
SELECT css('-0.0001'::real) FROM v;
SELECT ces(1e9::float8) FROM v;
SELECT ces_easy_rate(32767::smallint, 5) FROM v;
SELECT promoters(9223372036854775807) FROM v;
SELECT passives((-9223372036854775808)::bigint) FROM v;
SELECT detractors(-2147483648) FROM v;
SELECT responses(100) FROM v;
SELECT nps_ci(11) FROM v;
SELECT nps_ci(11, 0.9) FROM v;
SELECT nps_margin(11) FROM v;
SELECT csat_ci(11, 5) FROM v;
SELECT csat_ci(11, 5, 0.9) FROM v;
SELECT survey_agg(11) FROM v;
-- No numbers.
SELECT nps('NaN'::numeric), nps('NaN'::real) FROM v;
SELECT csat('NaN'::float8) FROM v;
SELECT ces('Infinity'::numeric) FROM v;
SELECT survey_agg('-Infinity'::numeric) FROM v;
SELECT nps('Infinity'::float8) FROM v;
SELECT csat('-Infinity'::real, 4) FROM v;
-- Very small and very large numbers: refused, and not spelt out to the last digit.
SELECT nps(1e-300::float8) FROM v;
SELECT nps(1e-25) FROM v;
SELECT nps(1e-38::real) FROM v;
SELECT nps(1e300::float8) FROM v;
SELECT nps(-1e38::real) FROM v;
SELECT nps(123456789012345678901234567890) FROM v;
-- One bad row of many, in a group, a window, a filter that lets it through.
SELECT k, nps(CASE WHEN k = 2 THEN 77 ELSE score END) FROM v GROUP BY k;
SELECT nps(CASE WHEN k = 2 THEN 77 ELSE score END) OVER (ORDER BY k) FROM v;
SELECT csat(CASE WHEN k = 2 THEN 77 ELSE score END, 5) OVER (ORDER BY k ROWS 1 PRECEDING) FROM v;
-- The hint helps.
SELECT nps(score) FILTER (WHERE score BETWEEN 0 AND 10) FROM (VALUES (9), (-1), (11), (99), (NULL)) v(score);

-- Thresholds: NULL, outside the scale, not a number.
SELECT csat(score, NULL) FROM v;
SELECT csat(score, 10.5) FROM v;
SELECT css(score, -1) FROM v;
SELECT ces_easy_rate(score, 'NaN') FROM v;
SELECT csat(score, 'NaN') FROM v;
SELECT csat_ci(score, 'Infinity') FROM v;
SELECT csat_ci(score, NULL, 0.9) FROM v;
SELECT csat(score, NULL) OVER () FROM v;
SELECT csat(survey_agg(score), NULL) FROM v;
SELECT csat(survey_agg(score), 10.5) FROM v;
SELECT ces_easy_rate(survey_agg(score), 'NaN') FROM v;
-- Varying within a group, not across groups.
SELECT csat(score, k) FROM v;
SELECT csat_ci(score, k, 0.9) FROM v;
SELECT k, csat(score, k) FROM v GROUP BY k ORDER BY k;
-- Of a row that is skipped because its score is NULL, the parameters need not agree with
-- the others', but must be possible.
SELECT csat(score, CASE WHEN k = 3 THEN 6 ELSE 5 END) FROM v;
SELECT css(score, CASE WHEN k = 3 THEN NULL ELSE 5 END) FROM v;
SELECT csat(NULL::integer, 11) FROM v;
SELECT csat(NULL::integer, NULL) FROM v;
SELECT nps_ci(NULL::integer, 2) FROM v;
SELECT csat_ci(NULL::integer, 5, 2) FROM v;
SELECT rate_ci(NULL::boolean, 2) FROM v;
SELECT csat(score, 1e-300) FROM v;

-- Confidences: 0, 1, outside, NULL, not a number, varying.
SELECT nps_ci(score, 0) FROM v;
SELECT nps_ci(score, 1) FROM v;
SELECT nps_margin(score, 1.5) FROM v;
SELECT nps_margin(score, -1) FROM v;
SELECT csat_ci(score, 5, 95) FROM v;
SELECT nps_ci(score, NULL) FROM v;
SELECT csat_ci(score, 5, NULL) FROM v;
SELECT nps_ci(score, 'NaN') FROM v;
SELECT nps_margin(score, k / 10.0) FROM v;
SELECT csat_ci(score, 5, k / 10.0) FROM v;
SELECT nps_ci(survey_agg(score), 1) FROM v;
SELECT nps_margin(survey_agg(score), NULL) FROM v;
SELECT csat_ci(survey_agg(score), 5, 'Infinity') FROM v;

-- Wrong types and numbers of arguments are PostgreSQL's own errors.
\set VERBOSITY terse
SELECT nps() FROM v;
SELECT nps(true) FROM v;
SELECT nps('9'::text) FROM v;
SELECT nps(score, 5) FROM v;
SELECT nps(current_date) FROM v;
SELECT csat(score, 5, 0.9) FROM v;
-- The SQLSTATEs.
\set VERBOSITY sqlstate
SELECT nps(11) FROM v;
SELECT nps('NaN'::float8) FROM v;
SELECT nps(1e-25) FROM v;
SELECT csat(score, NULL) FROM v;
SELECT csat(score, 11) FROM v;
SELECT csat(score, k) FROM v;
SELECT nps_ci(score, 1) FROM v;
SELECT nps_ci(score, 'NaN') FROM v;
SELECT nps_ci(score, NULL) FROM v;
-- The session is as good as before.
\set VERBOSITY default
SELECT nps(score) FROM v;
DROP TABLE v;
-- A bad parameter is refused even where the other argument is NULL.
SELECT csat(NULL::survey_summary, 99);
SELECT csat_points(NULL::integer, 99);
SELECT rate_ci(NULL::rate_summary, 5);
-- Two aggregates of one window: either may have met the score.
SELECT ces(s) OVER w, nps(s) OVER w FROM (VALUES (20)) v(s) WINDOW w AS ();
-- csat_ci of a summary needs a threshold.
SELECT csat_ci(survey_agg(s)) FROM (VALUES (4)) v(s);
