-- Customer health: which customers need somebody to call them, and why.

-- Logins count most. Few tickets are better than many, so min is more than max.
CREATE TEMPORARY TABLE health AS
SELECT customer_id, rep, as_of, mrr, metrics, weights,
       health_score(metrics, weights) AS score, health_coverage(metrics, weights) AS coverage
FROM   customer_metrics,
      (SELECT jsonb '{
           "usage.logins": {"weight": 35, "min": 0, "max": 60},
           "usage.seats": 15,
           "nps": {"weight": 20, "min": 0, "max": 10},
           "csat": {"weight": 10, "min": 1, "max": 5},
           "tickets": {"weight": 10, "min": 10, "max": 0},
           "plan": {"weight": 5, "map": {"Starter": 30, "Team": 70, "Business": 100, "Analytics": 70}},
           "paid_on_time": 5
       }' AS weights) AS w;

\echo
\echo '17. Customer health month by month: customers, their mean score, and what share'
\echo '    of them is red (below 51), yellow, and green (from 76).'
\echo
SELECT to_char(as_of, 'Mon')                     AS month,
       customers(h)                              AS customers,
       round(avg_health_score(h), 1)             AS score,
       round(band_share(h, 'red'), 1)            AS red,
       round(band_share(h, 'yellow'), 1)         AS yellow,
       round(band_share(h, 'green'), 1)          AS green
FROM  (SELECT as_of, health_agg(score) AS h FROM health GROUP BY as_of) AS m
ORDER  BY as_of;

\echo
\echo '18. Customers in red by rep and month, in %.'
\echo
\pset border 0
SELECT coalesce(rep, 'All') AS rep, to_char(as_of, 'Mon') AS month,
       round(band_share(health_agg(score), 'red'), 1) AS red,
       extract(month FROM as_of) AS position
FROM   health
GROUP  BY GROUPING SETS ((rep, as_of), (as_of))
ORDER  BY health.rep
\crosstabview rep month red position
\pset border 1

\echo
\echo '19. The ten customers most at risk at the end of 2025: what takes most off their'
\echo '    score of 100, and the last thing they wrote, with its sentiment.'
\echo
WITH at_risk AS (
    SELECT * FROM health
    WHERE  as_of = '2025-12-31' AND coverage >= 60
    ORDER  BY score, mrr DESC, customer_id LIMIT 10
)
SELECT customer_id AS customer, rep, round(mrr) AS "MRR", round(score, 1) AS score,
      (SELECT string_agg(format('%s %s: -%s', replace(metric, 'usage.', ''), value, round(lost, 1)), E'\n' ORDER BY lost DESC)
       FROM  (SELECT * FROM health_breakdown(metrics, weights) ORDER BY lost DESC LIMIT 3) AS b) AS why,
       -- Wrapped at words.
       rtrim(regexp_replace(last.words, '(.{1,24})(?: |$)', E'\\1\n', 'g'), E'\n') AS "last words"
FROM   at_risk LEFT JOIN LATERAL (
           SELECT format('%s (%s)', comment, round(sentiment(comment), 2)) AS words
           FROM   survey_responses AS s
           WHERE  s.customer_id = at_risk.customer_id AND comment IS NOT NULL
           ORDER  BY answered_at DESC LIMIT 1) AS last ON true
ORDER  BY score, mrr DESC, at_risk.customer_id;
