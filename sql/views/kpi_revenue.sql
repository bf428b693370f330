-- kpi_revenue: Recurring revenue: one row for each month, and for each currency where the subscriptions have several. opening_mrr + new_mrr + reactivation_mrr + expansion_mrr - contraction_mrr - churned_mrr = closing_mrr. Tells what has happened until now: a start or an end in the future does not count yet.
-- month: First day of the month, from that of the first subscription until the current one.
-- is_partial: Whether the month is not over yet.
-- currency: Currency of all amounts; NULL where the source does not say.
-- opening_mrr: Monthly recurring revenue at the beginning of the month.
-- new_mrr: Monthly recurring revenue of customers who never paid before.
-- reactivation_mrr: Monthly recurring revenue of customers who have paid before, but not at the beginning of the month.
-- expansion_mrr: What customers pay more at the end than at the beginning of the month.
-- contraction_mrr: What customers pay less at the end than at the beginning of the month, and still pay.
-- churned_mrr: Monthly recurring revenue of customers who pay nothing any more.
-- closing_mrr: Monthly recurring revenue at the end of the month; of the current month, now.
-- net_new_mrr: closing_mrr - opening_mrr.
-- arr: Annual recurring revenue: 12 * closing_mrr.
-- nrr: Net revenue retention, percent from 0, higher is better: (opening + expansion - contraction - churned) / opening. NULL without opening_mrr.
-- grr: Gross revenue retention, percent, 0 to 100, higher is better: (opening - contraction - churned) / opening. NULL without opening_mrr.
-- quick_ratio: (new + reactivation + expansion) / (contraction + churned), higher is better; NULL when nothing was lost.
-- paying_customers: Number of customers who pay at the end of the month; of the current month, now.
-- new_customers: Number of customers who pay at the end of the month and never did before.
-- churned_customers: Number of customers who paid at the beginning of the month and do not at its end.
-- logo_churn: Percent, 0 to 100, lower is better: share of the customers who paid at the beginning of the month and do not at its end.
-- arpu: Average revenue per paying customer: closing_mrr / paying_customers.
-- clv: Customer lifetime value, as revenue: arpu / logo_churn of the month. NULL in a month in which nobody left.
-- crc: Customer retention cost: expenses of kind retention / paying_customers. NULL in a month without such expenses, and where there are several currencies.
-- cac: Customer acquisition cost: expenses of kind acquisition / new_customers. NULL in a month without such expenses or new customers, and where there are several currencies.
-- clv_to_cac: clv / cac, higher is better.
WITH begun AS (
    SELECT customer_id, nullif(btrim(currency), '') AS currency, amount, billing_period, started_at,
           CASE WHEN ended_at <= now() THEN ended_at END AS ended_at
    FROM   subscriptions
    WHERE  started_at > '-infinity' AND started_at <= now() AND (ended_at >= started_at) IS NOT FALSE
), customers AS (
    SELECT customer_id, currency, bool_or(amount > 0) AS pays,
           {kpi}.subscription_agg({kpi}.monthly_amount(amount, billing_period), started_at, ended_at) AS bought
    FROM   begun
    GROUP  BY 1, 2
), months AS (
    SELECT greatest(coalesce(date_trunc('month', min(started_at) AT TIME ZONE {zone})::date, {this_month}),
                    {this_month} - interval '1199 months')::date AS first
    FROM   begun
), moved AS (
    SELECT m.month, c.currency, {kpi}.mrr_agg(m.opening, m.closing, m.paid_before) AS mrr
    FROM   customers c, months, {kpi}.mrr_by_month(c.bought, months.first, {next_month}, {zone}) m
    WHERE  c.pays
    GROUP  BY 1, 2
), currencies AS (
    -- What is free is in none.
    SELECT DISTINCT currency FROM customers WHERE pays
    UNION ALL
    SELECT NULL WHERE NOT EXISTS (SELECT FROM customers WHERE pays)
), dense AS (
    SELECT g.month, c.currency, coalesce(m.mrr, none.mrr) AS mrr
    FROM   months CROSS JOIN currencies c
    CROSS  JOIN LATERAL {kpi}.kpi_view_months(months.first, {next_month}) g (month)
    CROSS  JOIN (SELECT {kpi}.mrr_agg(0, 0, false) AS mrr) none
    LEFT   JOIN moved m ON m.month = g.month AND coalesce(m.currency, '') = coalesce(c.currency, '')
), spent AS (
    SELECT date_trunc('month', spent_at AT TIME ZONE {zone})::date AS month,
           sum(amount::{kpi}.kpi_number::numeric) FILTER (WHERE lower(kind COLLATE "C") = 'retention') AS on_retention,
           sum(amount::{kpi}.kpi_number::numeric) FILTER (WHERE lower(kind COLLATE "C") = 'acquisition') AS on_acquisition
    FROM   expenses
    WHERE  spent_at > '-infinity' AND spent_at <= now() AND (SELECT count(*) FROM currencies) = 1
    GROUP  BY 1
), costs AS (
    SELECT d.*, {kpi}.closing_customers(mrr) AS paying,
           {kpi}.arpu({kpi}.closing_mrr(mrr), {kpi}.closing_customers(mrr)) AS arpu,
           {kpi}.cac(CASE WHEN on_acquisition >= 0 THEN on_acquisition END, {kpi}.new_customers(mrr)) AS cac,
           {kpi}.crc(CASE WHEN on_retention >= 0 THEN on_retention END, {kpi}.closing_customers(mrr)) AS crc
    FROM   dense d LEFT JOIN spent USING (month)
), valued AS (
    SELECT *, {kpi}.clv_from_churn(arpu, 100, {kpi}.logo_churn_rate(mrr)) AS clv FROM costs
)
SELECT month,
       month >= {this_month} AS is_partial,
       currency,
       {kpi}.opening_mrr(mrr) AS opening_mrr,
       {kpi}.new_mrr(mrr) AS new_mrr,
       {kpi}.reactivation_mrr(mrr) AS reactivation_mrr,
       {kpi}.expansion_mrr(mrr) AS expansion_mrr,
       {kpi}.contraction_mrr(mrr) AS contraction_mrr,
       {kpi}.churned_mrr(mrr) AS churned_mrr,
       {kpi}.closing_mrr(mrr) AS closing_mrr,
       {kpi}.net_new_mrr(mrr) AS net_new_mrr,
       {kpi}.arr({kpi}.closing_mrr(mrr)) AS arr,
       {kpi}.nrr(mrr) AS nrr,
       {kpi}.grr(mrr) AS grr,
       {kpi}.quick_ratio(mrr) AS quick_ratio,
       paying AS paying_customers,
       {kpi}.new_customers(mrr) AS new_customers,
       {kpi}.churned_customers(mrr) AS churned_customers,
       {kpi}.logo_churn_rate(mrr) AS logo_churn,
       arpu,
       clv,
       crc,
       cac,
       {kpi}.ltv_cac_ratio(clv, cac) AS clv_to_cac
FROM   valued
