-- Customer Effort Score: the mean effort rating, on the scale that was asked.
-- ces_easy_rate: % of scores >= threshold, where high is easy.
\pset null '(null)'

SELECT ces(score) FROM (VALUES (1), (2), (3), (4), (5), (6), (7)) v(score);
SELECT ces(score) FROM (VALUES (5), (6)) v(score);
-- Nothing is flipped: a high rating gives a high CES.
SELECT ces(score) FROM (VALUES (7), (7), (7)) v(score);
SELECT ces(score) AS zero FROM (VALUES (0), (0)) v(score);

-- Exact where it terminates, otherwise as avg.
SELECT ces(score) AS "6.4" FROM (VALUES (6), (6), (6), (7), (7)) v(score);
SELECT ces(score), avg(score), ces(score) = avg(score) AS equal FROM (VALUES (5), (5), (6)) v(score);
SELECT ces(score), avg(score), ces(score) = avg(score) AS equal FROM (VALUES (1), (0), (0), (0), (0), (0),
    (0)) v(score);

-- Fractions are summed exactly: 0.1 + 0.2 + 0.3 is 0.6.
SELECT ces(score), avg(score) FROM (VALUES (0.1), (0.2), (0.3)) v(score);
SELECT ces(score) AS "0.2 exactly" FROM (VALUES (float8 '0.1'), (0.2), (0.3)) v(score);
SELECT ces(score) FROM (VALUES (4.25), (4.75), (6), (0.0001)) v(score);
SELECT ces(score) FROM (VALUES (0.000000000000000000000001), (9.999999999999999999999999)) v(score);

-- More than 100 distinct fractions still have an exact mean: of 0.001 to 1.000 it is 0.5005.
SELECT ces(g / 1000.0), avg(g / 1000.0) FROM generate_series(1, 1000) g;

-- Against avg over many values and groups: no rows.
SELECT g % 13 AS k, ces(g * 7919 % 1001 / 100.0), avg(g * 7919 % 1001 / 100.0)
    FROM generate_series(1, 5000) g GROUP BY k
    HAVING abs(ces(g * 7919 % 1001 / 100.0) - avg(g * 7919 % 1001 / 100.0)) > 1e-15;

-- 5 of 7 and more is easy: 3 of 4 answers.
SELECT ces_easy_rate(score, 5) FROM (VALUES (5), (6), (7), (4)) v(score);
SELECT ces_easy_rate(score, 0), ces_easy_rate(score, 10), ces_easy_rate(score, 5.5) FROM (VALUES (5), (6),
    (7), (4)) v(score);
SELECT ces_easy_rate(s, 5), ces(s) FROM (SELECT survey_agg(score) FROM (VALUES (5), (6), (7),
    (4)) v(score)) t(s);
-- The threshold has no default: what is easy depends on the scale.
\set VERBOSITY terse
SELECT ces_easy_rate(score) FROM (VALUES (5)) v(score);
\set VERBOSITY default
SELECT ces_easy_rate(survey_agg(score)) FROM (VALUES (5)) v(score);

-- NULLs are skipped; without answers both are NULL.
SELECT ces(score), ces_easy_rate(score, 5) FROM (VALUES (NULL), (4), (6)) v(score);
SELECT ces(score), ces_easy_rate(score, 5) FROM (VALUES (NULL::integer)) v(score);
SELECT ces(score), ces_easy_rate(score, 5) FROM (VALUES (1)) v(score) WHERE false;
SELECT k, ces_easy_rate(score, 5) FILTER (WHERE score > 5) FROM (VALUES ('a', 1), ('b', 6)) v(k, score)
    GROUP BY k ORDER BY k;
