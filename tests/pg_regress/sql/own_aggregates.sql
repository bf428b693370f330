-- Aggregates that users build from the support functions, sensibly or not: the right
-- answer or an error.
\pset null '(null)'
CREATE TABLE scores AS SELECT g AS id, g % 11 AS score, (g % 41) / 4.0 AS fine, g % 3 AS k
    FROM generate_series(1, 300) g;
CREATE TABLE daily AS SELECT k, survey_agg(score) AS s, survey_agg(fine) AS f FROM scores GROUP BY k;

-- Without INITCOND the first summary becomes the state. It comes from a table, and must not change there.
CREATE AGGREGATE merged(survey_summary) (SFUNC = survey_combine, STYPE = survey_summary);
SELECT merged(s) = rollup(s) AS whole, merged(f) = rollup(f) AS fractions, nps(merged(f)) FROM daily;
SELECT k, merged(s) = rollup(s) AS same FROM daily GROUP BY k ORDER BY k;
SELECT merged(s) FROM daily WHERE false;
SELECT responses(rollup(s)), responses(rollup(f)) FROM daily;
SELECT k, responses(merged(s) OVER (ORDER BY k)) FROM daily ORDER BY k;
-- A summary without a final function may have room to grow; it equals the one without.
CREATE AGGREGATE roomy(numeric) (SFUNC = survey_accum, STYPE = survey_summary,
    INITCOND = '{"version":1,"scores":{}}');
SELECT roomy(fine) = survey_agg(fine) AS equal, roomy(fine)::text = survey_agg(fine)::text AS text,
    count(*) AS groups FROM scores;
SELECT count(*) AS groups FROM (SELECT roomy(fine) AS s FROM scores UNION SELECT survey_agg(fine)
    FROM scores) u;
-- A state that starts as NULL, since its function is not STRICT.
CREATE AGGREGATE from_null(integer, double precision) (SFUNC = survey_accum_threshold, STYPE = survey_summary,
    FINALFUNC = csat);
SELECT from_null(score, 7), csat(score, 7) FROM scores;
SELECT from_null(score, 7) FROM scores WHERE false;
SELECT k, from_null(score, k) FROM scores GROUP BY k ORDER BY k;
-- Own INITCOND: starting from answers that are there already; a bad one is an error.
CREATE AGGREGATE started(integer) (SFUNC = survey_accum, STYPE = survey_summary, FINALFUNC = responses,
    INITCOND = '{"version":1,"scores":{"10":1000}}');
SELECT started(score) FROM scores;
CREATE AGGREGATE bad_start(integer) (SFUNC = survey_accum, STYPE = survey_summary,
    INITCOND = '{"version":9,"scores":{}}');
-- Another final function, and one with extra arguments, which are always NULL.
CREATE AGGREGATE histogram(integer) (SFUNC = survey_accum, STYPE = survey_summary,
    FINALFUNC = survey_summary_send, INITCOND = '{"version":1,"scores":{}}');
SELECT length(histogram(score)) FROM scores;
CREATE AGGREGATE asked(integer, double precision) (SFUNC = survey_accum_threshold, STYPE = survey_summary,
    FINALFUNC = survey_remove_threshold, FINALFUNC_EXTRA);
SELECT asked(score, 5) FROM scores;
-- An ordered-set aggregate passes its direct argument to the final function, which changes the
-- state in place.
CREATE AGGREGATE and_one(integer ORDER BY integer) (SFUNC = survey_accum, STYPE = survey_summary,
    FINALFUNC = survey_accum, INITCOND = '{"version":1,"scores":{}}');
SELECT and_one(10) WITHIN GROUP (ORDER BY score), and_one(0) WITHIN GROUP (ORDER BY score), count(*)
    FROM scores WHERE id <= 2;
-- The wrong functions for the job.
CREATE AGGREGATE taken(integer) (SFUNC = survey_remove, STYPE = survey_summary,
    INITCOND = '{"version":1,"scores":{"0":100,"5":10}}');
SELECT taken(score) FROM scores WHERE score = 0;
SELECT taken(score) FROM scores WHERE score IN (0, 3);
CREATE AGGREGATE backwards(integer) (SFUNC = survey_accum, STYPE = survey_summary,
    INITCOND = '{"version":1,"scores":{}}',
    MSFUNC = survey_remove, MINVFUNC = survey_accum, MSTYPE = survey_summary,
        MINITCOND = '{"version":1,"scores":{"9":5,"8":5}}');
SELECT backwards(9) OVER (ORDER BY id ROWS 1 PRECEDING) FROM scores WHERE id <= 4;
CREATE AGGREGATE forward(integer) (SFUNC = survey_accum, STYPE = survey_summary,
    INITCOND = '{"version":1,"scores":{}}',
    MSFUNC = survey_accum, MINVFUNC = survey_accum, MSTYPE = survey_summary,
        MINITCOND = '{"version":1,"scores":{}}');
SELECT id, forward(score) OVER (ORDER BY id ROWS 1 PRECEDING) FROM scores WHERE id <= 3 ORDER BY id;
CREATE AGGREGATE difference(survey_summary) (SFUNC = survey_subtract, STYPE = survey_summary,
    COMBINEFUNC = survey_subtract, PARALLEL = SAFE);
SELECT difference(s) FROM daily;
SELECT difference(s) FROM (VALUES ('{"version":1,"scores":{"9":3,"8.5":1}}'::survey_summary),
    ('{"version":1,"scores":{"9":1,"8.5":1}}')) v(s);
-- One aggregate's state under another name in one query: shared where the functions agree, and
-- each result right.
CREATE AGGREGATE my_nps(integer) (SFUNC = survey_accum, STYPE = survey_summary, FINALFUNC = nps,
    INITCOND = '{"version":1,"scores":{}}');
SELECT my_nps(score), nps(score), responses(score), started(score), my_nps(score) FILTER (WHERE score > 5)
    FROM scores;
-- Error messages name the aggregate.
SELECT my_nps(score + 5) FROM scores;
SELECT my_nps(score + 5) OVER () FROM scores;
SELECT from_null(score, NULL) FROM scores;
-- Within other functions, and from row to row of a recursive query.
CREATE FUNCTION add_twice(survey_summary, integer) RETURNS survey_summary
    LANGUAGE sql IMMUTABLE STRICT AS 'SELECT survey_accum(survey_accum($1, $2), $2)';
CREATE AGGREGATE twice(integer) (SFUNC = add_twice, STYPE = survey_summary,
    INITCOND = '{"version":1,"scores":{}}');
SELECT twice(score) = survey_combine(survey_agg(score), survey_agg(score)) AS equal FROM scores;
WITH RECURSIVE steps(n, s) AS (SELECT 0, '{"version":1,"scores":{}}'::survey_summary UNION ALL SELECT n + 1,
    survey_accum(s, n / 2.0) FROM steps WHERE n < 6)
SELECT n, s FROM steps ORDER BY n;

DROP AGGREGATE merged(survey_summary), roomy(numeric), from_null(integer, double precision), started(integer),
    histogram(integer), asked(integer, double precision),
    and_one(integer ORDER BY integer), taken(integer), backwards(integer), forward(integer),
        difference(survey_summary), my_nps(integer), twice(integer);
DROP FUNCTION add_twice(survey_summary, integer);
DROP TABLE scores, daily;
