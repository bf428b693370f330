-- Survey scores: ours, the same by hand, and the least work there is on the same rows.

DROP TABLE IF EXISTS typed, moving, days;
-- The same scores in every type that a score may have, and scores with one decimal.
CREATE UNLOGGED TABLE typed AS
SELECT score::smallint AS smallint_score, score::bigint AS bigint_score, score::real AS real_score,
       score::double precision AS float_score, tenths / 10.0::double precision AS float_tenths,
       score::numeric AS numeric_score, tenths / 10.0 AS numeric_tenths
FROM   (SELECT score, greatest(0, score * 10 - customer_id % 10) AS tenths FROM answers) AS a;
ALTER TABLE typed ALTER numeric_tenths TYPE numeric(3, 1);

CREATE UNLOGGED TABLE moving AS SELECT score, answered_at FROM answers LIMIT 200000;

CREATE UNLOGGED TABLE days AS SELECT day, rep, survey_agg(score) AS score FROM answers GROUP BY day, rep;

VACUUM (FREEZE, ANALYZE) typed;
VACUUM (FREEZE, ANALYZE) moving;
VACUUM (FREEZE, ANALYZE) days;

\set nps '100.0 * (count(*) FILTER (WHERE score >= 9) - count(*) FILTER (WHERE score <= 6)) / nullif(count(score), 0)'

INSERT INTO pairs (name, ours, other, floor, max_other, max_floor, same) VALUES
('nps(integer)',
    'SELECT nps(score) FROM answers',
    'SELECT ' || :'nps' || ' FROM answers',
    'SELECT count(score) FROM answers', 0.85, 1.10, true),
('nps by 20 reps and 12 months',
    'SELECT nps(score) FROM answers GROUP BY rep, month',
    'SELECT ' || :'nps' || ' FROM answers GROUP BY rep, month',
    'SELECT count(score) FROM answers GROUP BY rep, month', 1.00, NULL, true),
('nps by customer, 10 rows each',
    'SELECT nps(score) FROM answers GROUP BY customer_id',
    'SELECT ' || :'nps' || ' FROM answers GROUP BY customer_id',
    'SELECT count(score) FROM answers GROUP BY customer_id', 1.00, NULL, true),
('six KPIs at once / nps alone',
    'SELECT ROW(nps(score), nps_margin(score), csat(score), ces(score), promoters(score), responses(score)) FROM answers',
    'SELECT nps(score) FROM answers', NULL, 1.15, NULL, NULL),
('the same with csat(score, 4) / nps',
    'SELECT ROW(nps(score), nps_margin(score), csat(score, 4), ces(score), promoters(score), responses(score)) FROM answers',
    'SELECT nps(score) FROM answers', NULL, NULL, NULL, NULL),
('csat(score, 4)',
    'SELECT csat(score, 4) FROM answers',
    'SELECT 100.0 * count(*) FILTER (WHERE score >= 4) / nullif(count(score), 0) FROM answers',
    'SELECT count(score) FROM answers', NULL, NULL, true),
('ces(score)',
    'SELECT ces(score) FROM answers',
    'SELECT avg(score) FROM answers',
    'SELECT count(score) FROM answers', NULL, NULL, true),
('nps_ci(score), lower bound',
    'SELECT lower(nps_ci(score)) FROM answers',
    'SELECT 100 * ((p - d) / n - 1.959963984540054 * sqrt(((p + d) / n - ((p - d) / n) ^ 2) / n))
     FROM  (SELECT count(*) FILTER (WHERE score >= 9) + 0.75 AS p, count(*) FILTER (WHERE score <= 6) + 0.75 AS d,
                   count(score) + 3 AS n FROM answers) AS counts',
    'SELECT count(score) FROM answers', NULL, NULL, true),
('90-day window, 200,000 rows',
    $$SELECT nps(score) OVER w FROM moving
      WINDOW w AS (ORDER BY answered_at RANGE BETWEEN '90 days' PRECEDING AND CURRENT ROW)$$,
    $$SELECT 100.0 * (count(*) FILTER (WHERE score >= 9) OVER w - count(*) FILTER (WHERE score <= 6) OVER w)
             / nullif(count(score) OVER w, 0) FROM moving
      WINDOW w AS (ORDER BY answered_at RANGE BETWEEN '90 days' PRECEDING AND CURRENT ROW)$$,
    $$SELECT count(score) OVER w FROM moving
      WINDOW w AS (ORDER BY answered_at RANGE BETWEEN '90 days' PRECEDING AND CURRENT ROW)$$, NULL, NULL, true),
('year by rep: days / raw rows',
    'SELECT nps(rollup(score)) FROM days GROUP BY rep',
    'SELECT nps(score) FROM answers GROUP BY rep', NULL, 0.02, NULL, true);

-- Other types of the score, and scores with one decimal.
INSERT INTO pairs (name, ours, other, floor, max_other, same)
SELECT format('nps(%s)', type), 'SELECT nps(score) FROM ' || t, 'SELECT ' || :'nps' || ' FROM ' || t,
       'SELECT count(score) FROM ' || t, target, true
FROM   (VALUES ('smallint',         'smallint_score', 1.00), ('bigint',          'bigint_score',   1.00),
               ('real',             'real_score',     1.00), ('float8',          'float_score',    1.00),
               ('numeric',          'numeric_score',  1.00), ('float8, tenths',  'float_tenths',   1.00),
               ('numeric, tenths',  'numeric_tenths', 1.00)) AS v (type, score_column, target),
       LATERAL format('(SELECT %s AS score FROM typed) AS t', score_column) AS t;

INSERT INTO memory (name, ours, other, max_ratio, max_mb) VALUES
('nps by customer / by hand',
    'SELECT nps(score) FROM answers GROUP BY customer_id',
    'SELECT ' || :'nps' || ' FROM answers GROUP BY customer_id', 2.0, NULL),
('nps of all rows / of a fifth',
    'SELECT nps(score) FROM answers',
    'SELECT nps(score) FROM (SELECT score FROM answers LIMIT (SELECT count(*) / 5 FROM answers)) AS fifth', NULL, 1);
