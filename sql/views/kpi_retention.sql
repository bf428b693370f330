-- kpi_retention: Who stays: one row for each month. A customer is there from the start of the first of overlapping or adjoining subscriptions until the end of the last; who comes back after a gap is new again. Tells what has happened until now: a start or an end in the future does not count yet.
-- month: First day of the month, from that of the first subscription until the current one.
-- is_partial: Whether the month is not over yet.
-- customers_at_start: Number of customers at the beginning of the month.
-- new_customers: Number of customers who came in the month.
-- churned_customers: Number of customers of the beginning who left in the month.
-- churned_new_customers: Number of customers who came and left within the month.
-- customers_at_end: Number of customers at the end of the month; of the current month, now.
-- churn: Churn rate, percent from 0, lower is better: (churned_customers + churned_new_customers) / customers_at_start.
-- retention: Retention rate, percent up to 100, higher is better: (customers_at_end - new_customers) / customers_at_start.
-- renewals_due: Number of subscriptions that were due for renewal in the month and of which it is known whether they were renewed.
-- renewals: Number of those that were renewed.
-- renewal: Renewal rate, percent, 0 to 100, higher is better: renewals / renewals_due. NULL where the source does not say.
-- trials: Number of trials that began in the month.
-- trial_conversions: Number of those that have become customers until now.
-- trial_conversion: Trial conversion rate, percent, 0 to 100, higher is better: trial_conversions / trials. Goes on growing for young months; NULL without trials.
-- out_of_order_subscriptions: Number of subscriptions of the month with an end before their start, which count nowhere else. Anything but 0 is a defect of the data.
WITH begun AS (
    SELECT customer_id, started_at, coalesce(CASE WHEN ended_at <= now() THEN ended_at END, 'infinity') AS ended_at
    FROM   subscriptions
    WHERE  started_at > '-infinity' AND started_at <= now() AND (ended_at > started_at) IS NOT FALSE
), ordered AS (
    SELECT *, max(ended_at) OVER (PARTITION BY customer_id ORDER BY started_at
                                  ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
    FROM   begun
), numbered AS (
    -- What begins when all before is over begins a spell.
    SELECT *, count(*) FILTER (WHERE (started_at <= before) IS NOT TRUE) OVER (PARTITION BY customer_id ORDER BY started_at) AS spell
    FROM   ordered
), spells AS (
    SELECT date_trunc('month', min(started_at) AT TIME ZONE {zone})::date AS came,
           date_trunc('month', nullif(max(ended_at), 'infinity') AT TIME ZONE {zone})::date AS went
    FROM   numbered
    GROUP  BY customer_id, spell
), due AS (
    SELECT date_trunc('month', renewal_due_at AT TIME ZONE {zone})::date AS month, {kpi}.rate_agg(renewed) AS renewed
    FROM   subscriptions
    WHERE  renewal_due_at > '-infinity' AND renewal_due_at <= now()
    GROUP  BY 1
), tried AS (
    SELECT date_trunc('month', trial_started_at AT TIME ZONE {zone})::date AS month,
           {kpi}.rate_agg((converted_at <= now()) IS TRUE) AS converted
    FROM   subscriptions
    WHERE  trial_started_at > '-infinity' AND trial_started_at <= now()
    GROUP  BY 1
), counts (month, new, churned, churned_new, reversed, renewed, converted) AS (
    SELECT came, count(*), 0, count(*) FILTER (WHERE went = came), 0, NULL::{kpi}.rate_summary, NULL::{kpi}.rate_summary
    FROM   spells GROUP BY 1
    UNION ALL
    SELECT went, 0, count(*), 0, 0, NULL, NULL FROM spells WHERE went > came GROUP BY 1
    UNION ALL
    SELECT date_trunc('month', started_at AT TIME ZONE {zone})::date, 0, 0, 0, count(*), NULL, NULL
    FROM   subscriptions
    WHERE  started_at > '-infinity' AND started_at <= now() AND ended_at < started_at
    GROUP  BY 1
    UNION ALL
    SELECT month, 0, 0, 0, 0, renewed, NULL FROM due
    UNION ALL
    SELECT month, 0, 0, 0, 0, NULL, converted FROM tried
), dense AS (
    SELECT * FROM counts
    UNION ALL
    SELECT month, 0, 0, 0, 0, NULL, NULL
    FROM  (SELECT coalesce(min(month), {this_month}) AS first FROM counts) c, {kpi}.kpi_view_months(first, {next_month}) month
), counted AS (
    SELECT month, sum(new)::bigint AS new, sum(churned)::bigint AS churned, sum(churned_new)::bigint AS churned_new,
           sum(reversed)::bigint AS reversed, {kpi}.rollup(renewed) AS renewed, {kpi}.rollup(converted) AS converted,
           (sum(sum(new - churned - churned_new)) OVER (ORDER BY month))::bigint AS at_end
    FROM   dense
    GROUP  BY month
), opened AS (
    SELECT *, at_end - new + churned + churned_new AS at_start FROM counted
)
SELECT month,
       month >= {this_month} AS is_partial,
       at_start AS customers_at_start,
       new AS new_customers,
       churned AS churned_customers,
       churned_new AS churned_new_customers,
       at_end AS customers_at_end,
       {kpi}.churn_rate(at_start, churned + churned_new) AS churn,
       {kpi}.retention_rate(at_start, at_end, new) AS retention,
       coalesce({kpi}.total(renewed), 0) AS renewals_due,
       coalesce({kpi}.hits(renewed), 0) AS renewals,
       {kpi}.renewal_rate(renewed) AS renewal,
       coalesce({kpi}.total(converted), 0) AS trials,
       coalesce({kpi}.hits(converted), 0) AS trial_conversions,
       {kpi}.trial_conversion_rate(converted) AS trial_conversion,
       reversed AS out_of_order_subscriptions
FROM   opened
