-- What is known of each customer at the end of each month of 2025: the metrics of customer health.

CREATE TABLE customer_metrics (
    customer_id integer NOT NULL,
    rep         text NOT NULL,
    as_of       date NOT NULL,
    mrr         numeric NOT NULL,
    metrics     jsonb NOT NULL,
    PRIMARY KEY (customer_id, as_of)
);
COMMENT ON TABLE customer_metrics IS 'One row for each paying customer and month end.';
COMMENT ON COLUMN customer_metrics.rep IS 'Who looks after the customer.';
COMMENT ON COLUMN customer_metrics.mrr IS 'What the customer pays for a month.';
COMMENT ON COLUMN customer_metrics.metrics IS 'usage: logins of the last 30 days and, where it is known, percentage of seats in use; nps and csat: what the customer answered in the last 30 days, 0 to 10 and 1 to 5 on average; tickets of the last 90 days; plan; whether the last invoice was paid on time.';

WITH paying AS (
    SELECT customer_id, rep, as_of, sum(monthly_amount) AS mrr,
           (array_agg(plan ORDER BY plan = 'Analytics', monthly_amount DESC))[1] AS plan,
           -- Who is about to leave does less from month to month.
           least(1, greatest(0, max(coalesce(ended_at, '2026-03-01')) - as_of) / 150.0
                    + CASE WHEN max(coalesce(ended_at, '2026-03-01')) >= '2026-03-01' THEN
                          pg_temp.chance(customer_id, 51) ^ 0.3 ELSE 0 END)::float AS interest
    FROM   subscriptions,
           generate_series(timestamp '2025-01-31', '2025-12-31', '1 day') AS day, LATERAL (SELECT day::date) AS d (as_of)
    WHERE  extract(day FROM day + interval '1 day') = 1
    AND    started_at <= as_of AND (ended_at IS NULL OR ended_at > as_of)
    GROUP  BY customer_id, rep, as_of
), answered AS (
    SELECT customer_id, as_of,
           (array_agg(score ORDER BY answered_at DESC) FILTER (WHERE score IS NOT NULL))[1] AS nps,
           round(avg(satisfaction), 2) AS csat
    FROM   paying JOIN survey_responses USING (customer_id)
    WHERE  answered_at >= as_of - 30 AND answered_at < as_of + 1
    GROUP  BY customer_id, as_of
), asked AS (
    SELECT customer_id, as_of, count(*) AS tickets
    FROM   paying JOIN tickets USING (customer_id)
    WHERE  created_at >= as_of - 90 AND created_at < as_of + 1
    GROUP  BY customer_id, as_of
)
INSERT INTO customer_metrics
SELECT customer_id, p.rep, as_of, mrr, jsonb_build_object(
           'usage', jsonb_build_object(
               'logins', round(interest * (12 + 90 * pg_temp.chance(customer_id, 52)) * (0.8 + 0.4 * pg_temp.chance(key, 53))),
               'seats', CASE WHEN pg_temp.chance(customer_id, 56) > 0.1 THEN round((100 * least(1, interest * (0.45 + 0.6 * pg_temp.chance(customer_id, 54))))::numeric, 1) END),
           'nps', nps, 'csat', csat, 'tickets', coalesce(tickets, 0), 'plan', plan,
           'paid_on_time', pg_temp.chance(key, 55) < 0.8 + 0.18 * interest)
FROM   paying AS p
       LEFT JOIN answered USING (customer_id, as_of)
       LEFT JOIN asked USING (customer_id, as_of),
       LATERAL (SELECT 1000000 * extract(month FROM as_of)::bigint + customer_id) AS k (key)
ORDER  BY as_of, customer_id;

DROP TABLE shifts;
DROP FUNCTION pg_temp.chance(bigint, integer);
VACUUM (ANALYZE) customer_metrics;
