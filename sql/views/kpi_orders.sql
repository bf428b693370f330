-- kpi_orders: Orders: one row for each month, by when they were placed.
-- month: First day of the month, from that of the first order until the current one.
-- is_partial: Whether the month is not over yet.
-- orders: Number of orders.
-- customers: Number of different customers with an order.
-- expansion_revenue: Sum of the amounts: revenue beside the subscriptions.
-- mean_order_value: expansion_revenue / orders with an amount.
-- on_time: Percent, 0 to 100, higher is better: share of the due orders that were delivered when promised. Overdue ones without delivery are late, those not yet due do not count. NULL where the source does not say.
-- due_orders: Number of orders that on_time is about.
-- on_time_orders: Number of those that were delivered when promised.
-- accuracy: Order accuracy, percent, 0 to 100, higher is better: share of the checked orders that were correct. NULL where the source does not say.
-- checked_orders: Number of orders that accuracy is about.
-- correct_orders: Number of those that were correct.
WITH placed AS (
    SELECT date_trunc('month', ordered_at AT TIME ZONE {zone})::date AS month,
           count(*) AS orders, count(DISTINCT customer_id) AS customers,
           {kpi}.expansion_revenue(amount, false) AS revenue, count(amount) AS priced,
           {kpi}.rate_agg({kpi}.on_time(nullif(promised_at, 'infinity'), CASE WHEN delivered_at <= now() THEN delivered_at END, now())) AS punctual,
           {kpi}.rate_agg(correct) AS correct
    FROM   orders
    WHERE  ordered_at > '-infinity' AND ordered_at <= now()
    GROUP  BY 1
), months AS (
    SELECT month
    FROM  (SELECT coalesce(min(month), {this_month}) AS first FROM placed) m, {kpi}.kpi_view_months(first, {next_month}) month
)
SELECT month,
       month >= {this_month} AS is_partial,
       coalesce(orders, 0) AS orders,
       coalesce(customers, 0) AS customers,
       coalesce(revenue, 0) AS expansion_revenue,
       {kpi}.arpu(revenue, priced) AS mean_order_value,
       {kpi}.on_time_rate(punctual) AS on_time,
       coalesce({kpi}.total(punctual), 0) AS due_orders,
       coalesce({kpi}.hits(punctual), 0) AS on_time_orders,
       {kpi}.order_accuracy_rate(correct) AS accuracy,
       coalesce({kpi}.total(correct), 0) AS checked_orders,
       coalesce({kpi}.hits(correct), 0) AS correct_orders
FROM   months LEFT JOIN placed USING (month)
