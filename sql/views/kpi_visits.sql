-- kpi_visits: Visits of the site: one row for each month, by when they began.
-- month: First day of the month, from that of the first visit until the current one.
-- is_partial: Whether the month is not over yet.
-- visits: Number of visits.
-- visitors: Number of different visitors.
-- converted_visitors: Number of visitors with at least one visit that converted; NULL where the source does not say.
-- conversion: Conversion rate, percent, 0 to 100, higher is better: converted_visitors / visitors. NULL where the source does not say.
-- counted_visits: Number of visits with a number of pages.
-- bounces: Number of those with exactly one page.
-- bounce: Bounce rate, percent, 0 to 100, lower is better: bounces / counted_visits.
WITH visitors AS (
    SELECT date_trunc('month', started_at AT TIME ZONE {zone})::date AS month, visitor_id,
           count(*) AS visits, bool_or(converted) AS converted, {kpi}.rate_agg(pages_viewed = 1) AS bounced
    FROM   visits
    WHERE  started_at > '-infinity' AND started_at <= now()
    GROUP  BY 1, 2
), seen AS (
    SELECT month, sum(visits)::bigint AS visits, count(visitor_id) AS visitors,
           {kpi}.rate_agg(converted) FILTER (WHERE visitor_id IS NOT NULL) AS converted,
           {kpi}.rollup(bounced) AS bounced
    FROM   visitors
    GROUP  BY 1
), months AS (
    SELECT month
    FROM  (SELECT coalesce(min(month), {this_month}) AS first FROM seen) m, {kpi}.kpi_view_months(first, {next_month}) month
)
SELECT month,
       month >= {this_month} AS is_partial,
       coalesce(visits, 0) AS visits,
       coalesce(visitors, 0) AS visitors,
       CASE WHEN {kpi}.total(converted) > 0 THEN {kpi}.hits(converted) END AS converted_visitors,
       {kpi}.conversion_rate(converted) AS conversion,
       coalesce({kpi}.total(bounced), 0) AS counted_visits,
       coalesce({kpi}.hits(bounced), 0) AS bounces,
       {kpi}.bounce_rate(bounced) AS bounce
FROM   months LEFT JOIN seen USING (month)
