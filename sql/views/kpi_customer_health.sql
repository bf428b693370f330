-- kpi_customer_health: How each customer is doing: one row for each customer, by the latest metrics. The weights are those in relation health_weights beside customer_metrics, one row with a column weights of type jsonb; without it each metric that is a boolean, or a number from 0 to 100 for all customers, counts as much as any other.
-- customer_id: The customer.
-- as_of: Date of the latest metrics.
-- rep: Who looks after the customer; NULL where the source does not say.
-- score: Health, points, 0 to 100, higher is better: weighted mean of the metrics. NULL without metrics.
-- band: red below 51, yellow from 51, green from 76.
-- coverage: Percent, 0 to 100, higher is better: share of the weight that has data.
-- lowers_most: The metric that takes most points off 100; NULL where none does.
-- lowers_second: The metric that takes the second most points off 100.
-- lowers_third: The metric that takes the third most points off 100.
-- previous_as_of: Date of the metrics before the latest ones.
-- previous_score: Health at that date, by the same weights.
-- trend: score - previous_score, points: negative when it gets worse.
WITH dated AS (
    SELECT customer_id, (as_of AT TIME ZONE {zone})::date AS as_of, rep, metrics,
           row_number() OVER latest_first AS age,
           lead((as_of AT TIME ZONE {zone})::date) OVER latest_first AS previous_as_of,
           lead(metrics) OVER latest_first AS previous_metrics
    FROM   customer_metrics
    WHERE  as_of > '-infinity' AND as_of <= now() AND customer_id IS NOT NULL
    WINDOW latest_first AS (PARTITION BY customer_id ORDER BY as_of DESC, metrics DESC NULLS LAST)
), latest AS MATERIALIZED (
    SELECT * FROM dated WHERE age = 1
), plain AS (
    -- Metrics that are points as they stand.
    SELECT jsonb_object_agg(key, 1) AS weights
    FROM  (SELECT key
           FROM   latest, jsonb_each(CASE jsonb_typeof(metrics) WHEN 'object' THEN metrics END)
           GROUP  BY key
           HAVING bool_and(CASE jsonb_typeof(value) WHEN 'number' THEN value::numeric BETWEEN 0 AND 100
                                ELSE jsonb_typeof(value) IN ('boolean', 'null') END)
                  AND bool_or(jsonb_typeof(value) <> 'null')) k
), chosen AS MATERIALIZED (
    SELECT coalesce(given, weights, '{}') AS weights, given IS NULL AS is_plain
    FROM   plain, LATERAL (SELECT (SELECT weights FROM health_weights WHERE jsonb_typeof(weights) <> 'null') AS given) g
), comparable AS (
    -- A metric that is points now may have been something else before.
    SELECT latest.*, weights,
           CASE WHEN is_plain AND jsonb_typeof(previous_metrics) = 'object' THEN (
               SELECT jsonb_object_agg(key, value)
               FROM   jsonb_each(previous_metrics)
               WHERE  CASE jsonb_typeof(value) WHEN 'number' THEN value::numeric BETWEEN 0 AND 100
                           ELSE jsonb_typeof(value) IN ('boolean', 'null') END)
           ELSE previous_metrics END AS points_before
    FROM   latest CROSS JOIN chosen
), scored AS (
    SELECT customer_id, as_of, rep, {kpi}.health_score(metrics, weights) AS score,
           {kpi}.health_coverage(metrics, weights) AS coverage, previous_as_of,
           {kpi}.health_score(points_before, weights) AS previous_score,
           ARRAY(SELECT metric FROM {kpi}.health_breakdown(metrics, weights) WHERE lost > 0 ORDER BY lost DESC, metric) AS worst
    FROM   comparable
)
SELECT customer_id,
       as_of,
       rep,
       score,
       {kpi}.health_band(score) AS band,
       coverage,
       worst[1] AS lowers_most,
       worst[2] AS lowers_second,
       worst[3] AS lowers_third,
       previous_as_of,
       previous_score,
       score - previous_score AS trend
FROM   scored
