-- Confidence intervals. NPS: adjusted Wald, 3/4 promoter, 3/2 passive and 3/4 detractor
-- added. Proportions: Wilson score interval. Values are rounded, since the last digits
-- of floating point may differ between machines.
\pset null '(null)'
CREATE FUNCTION rounded(r numrange) RETURNS text LANGUAGE sql STRICT AS
    $$ SELECT format('%s%s, %s%s', CASE WHEN lower_inc(r) THEN '[' ELSE '(' END, round(lower(r), 9),
        round(upper(r), 9),
                     CASE WHEN upper_inc(r) THEN ']' ELSE ')' END) $$;

-- 75 promoters, 15 passives, 10 detractors: 12.832872388 points either way of 100 * 65 / 103.
CREATE TABLE survey AS SELECT CASE WHEN g <= 75 THEN 9 WHEN g <= 90 THEN 8 ELSE 3 END AS score
    FROM generate_series(1, 100) g;
SELECT rounded(nps_ci(score)), round(nps_margin(score), 9) AS margin FROM survey;
SELECT rounded(nps_ci(score, 0.95)), round(nps_margin(score, 0.95), 9) AS margin FROM survey;
SELECT rounded(nps_ci(score, 0.9)), round(nps_margin(score, 0.9), 9) AS margin FROM survey;
SELECT rounded(nps_ci(score, 0.99)), round(nps_margin(score, 0.99), 9) AS margin FROM survey;
SELECT rounded(nps_ci(score, 0.5)), round(nps_margin(score, 0.5), 9) AS margin FROM survey;
SELECT pg_typeof(nps_ci(score)), pg_typeof(nps_margin(score)) FROM survey;

-- The formula in plain SQL, with the 97.5 % quantile of the normal distribution.
WITH adjusted AS (
    SELECT count(*) + 3 AS n,
           (count(*) FILTER (WHERE score >= 9) + 0.75) / (count(*) + 3) AS p,
           (count(*) FILTER (WHERE score <= 6) + 0.75) / (count(*) + 3) AS d
    FROM survey)
SELECT round(100 * (p - d), 9) AS centre, round(100 * 1.959963984540054 * sqrt((p + d - (p - d) ^ 2) / n),
    9) AS margin FROM adjusted;

-- One answer tells little; the interval is clamped to the scale.
SELECT score, rounded(nps_ci(score)), round(nps_margin(score), 9) AS margin FROM (VALUES (0), (7),
    (10)) v(score) GROUP BY score ORDER BY score;
SELECT rounded(nps_ci(score)) AS clamped, round(nps_margin(score), 9) AS margin FROM (VALUES (9), (9), (9),
    (9), (9)) v(score);

-- 40 of 50 reach 6: 80 %, by Wilson 66.96 to 88.76 %.
CREATE TABLE rating AS SELECT CASE WHEN g <= 40 THEN 6 + g % 5 ELSE g % 6 END AS score FROM generate_series(1,
    50) g;
SELECT csat(score, 6), rounded(csat_ci(score, 6)), rounded(csat_ci(score, 6, 0.95)) FROM rating;
SELECT rounded(csat_ci(score, 6, 0.9)), rounded(csat_ci(score, 6, 0.99)), rounded(csat_ci(score, 6, 0.5))
    FROM rating;
-- The formula in plain SQL.
WITH v AS (SELECT 1.959963984540054 AS z, 50.0 AS n, 0.8 AS p)
SELECT round(100 * (p + z * z / (2 * n) - z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))) / (1 + z * z / n),
    9) AS lower,
       round(100 * (p + z * z / (2 * n) + z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))) / (1 + z * z / n),
           9) AS upper FROM v;

-- Nobody, everybody: the bounds at the end of the scale are exact.
SELECT csat_ci(score, 5) @> 0.0 AS zero, lower(csat_ci(score, 5)), rounded(csat_ci(score, 5)) FROM (SELECT 1
    FROM generate_series(1, 10)) v(score);
SELECT csat_ci(score, 5) @> 100.0 AS hundred, upper(csat_ci(score, 5)), rounded(csat_ci(score, 5))
    FROM (SELECT 5 FROM generate_series(1, 10)) v(score);
SELECT rounded(csat_ci(score, 5)) FROM (VALUES (5), (1), (1)) v(score);

-- More confidence is wider, and each interval holds the estimate.
SELECT bool_and(upper(i) - lower(i) > previous) AS wider, bool_and(i @> 80.0) AS holds
    FROM (SELECT i, lag(upper(i) - lower(i), 1, 0) OVER (ORDER BY confidence) AS previous
          FROM (SELECT c / 100.0 AS confidence, csat_ci(score, 6, c / 100.0) AS i
          FROM generate_series(1, 99) c, rating GROUP BY c) a) b;
-- The extremes that a double can hold are still intervals.
SELECT csat_ci(score, 6, 1e-300) <@ numrange(79, 81) AS narrow,
       csat_ci(score, 6, 0.9999999999999999) @> numrange(30, 97) AS wide,
       nps_ci(score, 5e-324) <@ numrange(-100, 100) AS tiny FROM rating;

-- From a summary: the same, with and without parameters.
SELECT nps_ci(s) = (SELECT nps_ci(score) FROM rating) AS nps_ci, nps_ci(s, 0.9) = (SELECT nps_ci(score, 0.9)
    FROM rating) AS nps_ci_90,
       nps_margin(s) = (SELECT nps_margin(score) FROM rating) AS margin,
       nps_margin(s, 0.9) = (SELECT nps_margin(score, 0.9) FROM rating) AS margin_90,
       csat_ci(s, 6) = (SELECT csat_ci(score, 6) FROM rating) AS csat_ci,
       csat_ci(s, 6, 0.9) = (SELECT csat_ci(score, 6, 0.9) FROM rating) AS csat_ci_90,
       csat_ci(s, 4) = csat_ci(s, 4, 0.95) AS at_95
    FROM (SELECT survey_agg(score) FROM rating) t(s);

-- Several confidences side by side do not disturb each other.
SELECT nps_ci(score) = nps_ci(score, 0.95) AS same, nps_ci(score, 0.9) <@ nps_ci(score, 0.99) AS inside,
       nps_margin(score, 0.9) < nps_margin(score) AS less, csat_ci(score, 6) <> csat_ci(score, 8) AS other
           FROM rating;

-- Without answers: NULL.
SELECT nps_ci(score), nps_ci(score, 0.9), nps_margin(score), nps_margin(score, 0.9), csat_ci(score, 6),
    csat_ci(score, 6, 0.9) FROM rating WHERE false;
SELECT nps_ci(score), nps_ci(score, 0.9), nps_margin(score), nps_margin(score, 0.9), csat_ci(score, 6),
    csat_ci(score, 6, 0.9)
    FROM (VALUES (NULL::smallint)) v(score);

-- By group, and with the empty group of a filter.
SELECT score % 2 AS k, rounded(csat_ci(score, 6) FILTER (WHERE score > 9)) FROM rating GROUP BY k ORDER BY k;

DROP TABLE survey, rating;
DROP FUNCTION rounded;
