-- kpi_overview: The dozen headline KPIs: one row for each month, each beside that of the month before, that of the same month a year before, and its target. Those without a source relation are NULL.
-- month: First day of the month, from the first one with data until the current one.
-- is_partial: Whether the month is not over yet.
-- nps: Net Promoter Score of the answers of kind nps, -100 to 100, higher is better.
-- nps_last_month: The same of the month before.
-- nps_last_year: The same of the month a year before.
-- nps_target: Its target by kpi_targets, KPI nps; NULL without one.
-- csat: Customer satisfaction, percent, 0 to 100, higher is better: share of scores of 4 and above among the answers of kind csat.
-- csat_last_month: The same of the month before.
-- csat_last_year: The same of the month a year before.
-- csat_target: Its target by kpi_targets, KPI csat; NULL without one.
-- ces: Customer Effort Score: mean of the answers of kind ces, on the scale that was asked.
-- ces_last_month: The same of the month before.
-- ces_last_year: The same of the month a year before.
-- ces_target: Its target by kpi_targets, KPI ces; NULL without one.
-- fcr: First contact resolution, percent, 0 to 100, higher is better.
-- fcr_last_month: The same of the month before.
-- fcr_last_year: The same of the month a year before.
-- fcr_target: Its target by kpi_targets, KPI fcr; NULL without one.
-- median_first_response_hours: Median time from creation of a ticket to its first reply, hours, lower is better.
-- median_first_response_hours_last_month: The same of the month before.
-- median_first_response_hours_last_year: The same of the month a year before.
-- median_first_response_hours_target: Its target by kpi_targets, KPI median_first_response_time; NULL without one.
-- median_resolution_hours: Median time from creation of a ticket to its resolution, hours, lower is better.
-- median_resolution_hours_last_month: The same of the month before.
-- median_resolution_hours_last_year: The same of the month a year before.
-- median_resolution_hours_target: Its target by kpi_targets, KPI median_resolution_time; NULL without one.
-- on_time: Orders delivered when promised, percent, 0 to 100, higher is better.
-- on_time_last_month: The same of the month before.
-- on_time_last_year: The same of the month a year before.
-- on_time_target: Its target by kpi_targets, KPI on_time_rate; NULL without one.
-- mrr: Monthly recurring revenue at the end of the month, of the current month now; NULL while there are several currencies.
-- mrr_last_month: The same of the month before.
-- mrr_last_year: The same of the month a year before.
-- mrr_target: Its target by kpi_targets, KPI closing_mrr; NULL without one.
-- nrr: Net revenue retention, percent from 0, higher is better; NULL while there are several currencies.
-- nrr_last_month: The same of the month before.
-- nrr_last_year: The same of the month a year before.
-- nrr_target: Its target by kpi_targets, KPI nrr; NULL without one.
-- churn: Churn rate of the customers, percent from 0, lower is better.
-- churn_last_month: The same of the month before.
-- churn_last_year: The same of the month a year before.
-- churn_target: Its target by kpi_targets, KPI churn_rate; NULL without one.
-- customers: Customers at the end of the month, of the current month now.
-- customers_last_month: The same of the month before.
-- customers_last_year: The same of the month a year before.
-- customers_target: Its target by kpi_targets, KPI customers_at_end; NULL without one.
-- active_users: Different users within the last 30 days of the month, of the current month until today.
-- active_users_last_month: The same of the month before.
-- active_users_last_year: The same of the month a year before.
-- active_users_target: Its target by kpi_targets, KPI active_users; NULL without one.
WITH asked AS (
    SELECT date_trunc('month', answered_at AT TIME ZONE {zone})::date AS month,
           {kpi}.nps(score) FILTER (WHERE lower(kind) = 'nps') AS nps,
           {kpi}.csat(score, 4) FILTER (WHERE lower(kind) = 'csat') AS csat,
           {kpi}.ces(score) FILTER (WHERE lower(kind) = 'ces') AS ces
    FROM   survey_responses
    WHERE  answered_at > '-infinity' AND answered_at <= now() AND lower(kind) IN ('nps', 'csat', 'ces')
    GROUP  BY 1
    -- There are not so many months; without it the planner expects one for each moment, and compiles the query for them.
    LIMIT  100000
), served AS (
    SELECT date_trunc('month', created_at AT TIME ZONE {zone})::date AS month,
           {kpi}.rate(contacts = 1) AS fcr,
           {kpi}.median_duration(CASE WHEN first_reply_at >= created_at THEN created_at END, CASE WHEN first_reply_at <= now() THEN first_reply_at END) AS reply,
           {kpi}.median_duration(CASE WHEN resolved_at >= created_at THEN created_at END, CASE WHEN resolved_at <= now() THEN resolved_at END) AS resolution
    FROM   tickets
    WHERE  created_at > '-infinity' AND created_at <= now()
    GROUP  BY 1
    LIMIT  100000
), earned AS (
    SELECT month, max(closing_mrr) AS mrr, max(nrr) AS nrr
    FROM   kpi_revenue
    GROUP  BY 1
    HAVING count(*) FILTER (WHERE opening_mrr > 0 OR closing_mrr > 0) <= 1
), used AS (
    SELECT DISTINCT ON (1) date_trunc('month', day)::date AS month, mau AS active_users
    FROM   kpi_usage ORDER BY 1, day DESC
), measured (month, kpi, value) AS (
    SELECT month, kpi, value FROM asked, LATERAL (VALUES ('nps', nps), ('csat', csat), ('ces', ces)) k (kpi, value)
    UNION ALL
    SELECT month, kpi, value
    FROM   served, LATERAL (VALUES ('fcr', fcr), ('reply', trim_scale(round(extract(epoch FROM reply) / 3600, 4))),
                                   ('resolution', trim_scale(round(extract(epoch FROM resolution) / 3600, 4)))) k (kpi, value)
    UNION ALL
    SELECT month, kpi, value FROM earned, LATERAL (VALUES ('mrr', mrr), ('nrr', nrr)) k (kpi, value)
    UNION ALL
    SELECT month, kpi, value FROM kpi_retention, LATERAL (VALUES ('churn', churn), ('customers', customers_at_end)) k (kpi, value)
    UNION ALL
    SELECT month, 'active_users', active_users FROM used
    UNION ALL
    SELECT month, 'on_time', on_time FROM kpi_orders
), dense AS (
    SELECT month, kpi, value FROM measured
    UNION ALL
    SELECT month, NULL, NULL
    FROM  (SELECT coalesce(min(month), {this_month}) AS first FROM measured) m, {kpi}.kpi_view_months(first, {next_month}) month
), goals AS MATERIALIZED (
    SELECT {kpi}.kpi_target('nps') AS nps,
           {kpi}.kpi_target('csat') AS csat,
           {kpi}.kpi_target('ces') AS ces,
           {kpi}.kpi_target('fcr') AS fcr,
           trim_scale(round(extract(epoch FROM {kpi}.kpi_target_duration('median_first_response_time')) / 3600, 4)) AS median_first_response_hours,
           trim_scale(round(extract(epoch FROM {kpi}.kpi_target_duration('median_resolution_time')) / 3600, 4)) AS median_resolution_hours,
           {kpi}.kpi_target('on_time_rate') AS on_time,
           {kpi}.kpi_target('closing_mrr') AS mrr,
           {kpi}.kpi_target('nrr') AS nrr,
           {kpi}.kpi_target('churn_rate') AS churn,
           {kpi}.kpi_target('customers_at_end') AS customers,
           {kpi}.kpi_target('active_users') AS active_users
), headline AS (
    SELECT month,
           max(value) FILTER (WHERE kpi = 'nps') AS nps,
           max(value) FILTER (WHERE kpi = 'csat') AS csat,
           max(value) FILTER (WHERE kpi = 'ces') AS ces,
           max(value) FILTER (WHERE kpi = 'fcr') AS fcr,
           max(value) FILTER (WHERE kpi = 'reply') AS median_first_response_hours,
           max(value) FILTER (WHERE kpi = 'resolution') AS median_resolution_hours,
           max(value) FILTER (WHERE kpi = 'on_time') AS on_time,
           max(value) FILTER (WHERE kpi = 'mrr') AS mrr,
           max(value) FILTER (WHERE kpi = 'nrr') AS nrr,
           max(value) FILTER (WHERE kpi = 'churn') AS churn,
           max(value) FILTER (WHERE kpi = 'customers')::bigint AS customers,
           max(value) FILTER (WHERE kpi = 'active_users')::bigint AS active_users
    FROM   dense
    GROUP  BY month
)
SELECT h.month,
       h.month >= {this_month} AS is_partial,
       h.nps,
       lag(h.nps) OVER by_month AS nps_last_month,
       lag(h.nps, 12) OVER by_month AS nps_last_year,
       g.nps AS nps_target,
       h.csat,
       lag(h.csat) OVER by_month AS csat_last_month,
       lag(h.csat, 12) OVER by_month AS csat_last_year,
       g.csat AS csat_target,
       h.ces,
       lag(h.ces) OVER by_month AS ces_last_month,
       lag(h.ces, 12) OVER by_month AS ces_last_year,
       g.ces AS ces_target,
       h.fcr,
       lag(h.fcr) OVER by_month AS fcr_last_month,
       lag(h.fcr, 12) OVER by_month AS fcr_last_year,
       g.fcr AS fcr_target,
       h.median_first_response_hours,
       lag(h.median_first_response_hours) OVER by_month AS median_first_response_hours_last_month,
       lag(h.median_first_response_hours, 12) OVER by_month AS median_first_response_hours_last_year,
       g.median_first_response_hours AS median_first_response_hours_target,
       h.median_resolution_hours,
       lag(h.median_resolution_hours) OVER by_month AS median_resolution_hours_last_month,
       lag(h.median_resolution_hours, 12) OVER by_month AS median_resolution_hours_last_year,
       g.median_resolution_hours AS median_resolution_hours_target,
       h.on_time,
       lag(h.on_time) OVER by_month AS on_time_last_month,
       lag(h.on_time, 12) OVER by_month AS on_time_last_year,
       g.on_time AS on_time_target,
       h.mrr,
       lag(h.mrr) OVER by_month AS mrr_last_month,
       lag(h.mrr, 12) OVER by_month AS mrr_last_year,
       g.mrr AS mrr_target,
       h.nrr,
       lag(h.nrr) OVER by_month AS nrr_last_month,
       lag(h.nrr, 12) OVER by_month AS nrr_last_year,
       g.nrr AS nrr_target,
       h.churn,
       lag(h.churn) OVER by_month AS churn_last_month,
       lag(h.churn, 12) OVER by_month AS churn_last_year,
       g.churn AS churn_target,
       h.customers,
       lag(h.customers) OVER by_month AS customers_last_month,
       lag(h.customers, 12) OVER by_month AS customers_last_year,
       g.customers AS customers_target,
       h.active_users,
       lag(h.active_users) OVER by_month AS active_users_last_month,
       lag(h.active_users, 12) OVER by_month AS active_users_last_year,
       g.active_users AS active_users_target
FROM   headline h CROSS JOIN goals g
WINDOW by_month AS (ORDER BY h.month)
