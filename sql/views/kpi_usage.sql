-- kpi_usage: Who uses the product: one row for each day, from the first event until today.
-- day: The day.
-- is_partial: Whether the day is not over yet.
-- dau: Daily active users: number of different users on the day.
-- wau: Weekly active users: number of different users on the day and the 6 before.
-- mau: Monthly active users: number of different users on the day and the 29 before.
-- stickiness: Percent, 0 to 100, higher is better: dau / mau. NULL without users.
-- active_customers: Number of different customers on the day and the 29 before.
-- weekly_customers: Number of different customers on the day and the 6 before.
-- usage: Product usage, percent, 0 to 100, higher is better: share of the active_customers who came within the last 7 days. NULL without customers.
WITH users AS (
    SELECT day, lead(day) OVER (PARTITION BY user_id ORDER BY day) AS next
    FROM  (SELECT DISTINCT user_id, (occurred_at AT TIME ZONE {zone})::date AS day
           FROM   usage_events
           WHERE  occurred_at > '-infinity' AND occurred_at <= now() AND user_id IS NOT NULL) u
), customers AS (
    SELECT day, lead(day) OVER (PARTITION BY customer_id ORDER BY day) AS next
    FROM  (SELECT DISTINCT customer_id, (occurred_at AT TIME ZONE {zone})::date AS day
           FROM   usage_events
           WHERE  occurred_at > '-infinity' AND occurred_at <= now() AND customer_id IS NOT NULL) c
), stays (day, until_week, until_month, users, customers) AS (
    -- Who comes on a day counts from then until the window is over, or until the next visit.
    SELECT day, least(day + 7, next), least(day + 30, next), count(*), 0 FROM users GROUP BY 1, 2, 3
    UNION ALL
    SELECT day, least(day + 7, next), least(day + 30, next), 0, count(*) FROM customers GROUP BY 1, 2, 3
), changes AS (
    SELECT c.*
    FROM   stays, LATERAL (VALUES (stays.day, users, users, users, customers, customers),
                                  (until_week, 0, -users, 0, -customers, 0),
                                  (until_month, 0, 0, -users, 0, -customers)) c (day, dau, wau, mau, weekly, monthly)
    UNION ALL SELECT g::date, 0, 0, 0, 0, 0
    FROM   generate_series(least((SELECT min(day) FROM stays), {today}), {today}, '1 day') g
), active AS (
    SELECT day, sum(dau)::bigint AS dau,
           (sum(sum(wau)) OVER so_far)::bigint AS wau, (sum(sum(mau)) OVER so_far)::bigint AS mau,
           (sum(sum(weekly)) OVER so_far)::bigint AS weekly, (sum(sum(monthly)) OVER so_far)::bigint AS monthly
    FROM   changes
    GROUP  BY day
    WINDOW so_far AS (ORDER BY day)
)
SELECT day,
       day >= {today} AS is_partial,
       dau,
       wau,
       mau,
       {kpi}.stickiness(dau, mau) AS stickiness,
       monthly AS active_customers,
       weekly AS weekly_customers,
       {kpi}.usage_rate_from_counts(weekly, monthly) AS usage
FROM   active
WHERE  day <= {today}
