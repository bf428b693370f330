-- Recurring revenue, churn and retention straight from the subscriptions.

CREATE VIEW mrr_months AS
SELECT customer_id, rep, month, opening, closing, paid_before
FROM  (SELECT customer_id, rep, subscription_agg(monthly_amount, started_at, ended_at) AS s
       FROM   subscriptions GROUP BY customer_id, rep) AS c,
       mrr_by_month(s, '2025-01-01', '2026-01-01');
COMMENT ON VIEW mrr_months IS
    'What each customer paid at the beginning and at the end of each month of 2025; paid_before is whether that was not the first time.';

-- What a customer paid on the first and after the last day of the year.
CREATE VIEW mrr_years AS
SELECT customer_id, rep,
       sum(monthly_amount) FILTER (WHERE started_at < '2025-01-01' AND (ended_at >= '2025-01-01') IS NOT FALSE) AS opening,
       sum(monthly_amount) FILTER (WHERE started_at < '2026-01-01' AND (ended_at >= '2026-01-01') IS NOT FALSE) AS closing,
       min(started_at) < '2025-01-01' AS paid_before,
       min(started_at) AS joined,
       CASE WHEN bool_and(ended_at IS NOT NULL) THEN max(ended_at) END AS ended
FROM   subscriptions
GROUP  BY customer_id, rep;

SELECT to_char(count(*), 'FM999,999') AS subscriptions,
       to_char(count(DISTINCT customer_id), 'FM999,999') AS subscribers FROM subscriptions \gset

\echo
\echo
\echo :subscriptions 'subscriptions of' :subscribers 'customers, each looked after by one of the reps.'
\echo
\echo 'MRR   monthly recurring revenue, in thousands; the movements of a month balance:'
\echo '      opening + new + back + expansion - contraction - churned = closing,'
\echo '      where back is the MRR of customers who had left and came back'
\echo 'NRR   net revenue retention: % of the opening MRR that the same customers pay at'
\echo '      the end; GRR is without their expansion, so it is never above 100'
\echo 'logo  logo churn: % of the paying customers who left, whatever they paid'
\echo 'quick quick ratio: MRR gained for each 1 that was lost'

\echo
\echo
\echo '10. MRR movements by month: churn costs 2 to 3 % of the MRR each month, and'
\echo '    expansion wins half of it back. The growth is new business.'
\echo
\pset border 0
WITH months AS (
    SELECT month, mrr_agg(opening, closing, paid_before) AS s FROM mrr_months GROUP BY month
)
SELECT to_char(month, 'Mon') AS month,
       round(opening_mrr(s) / 1000, 1)                  AS opening,
       round(new_mrr(s) / 1000, 1)                      AS "+new",
       round(reactivation_mrr(s) / 1000, 1)             AS "+back",
       round(expansion_mrr(s) / 1000, 1)                AS "+exp",
       round(contraction_mrr(s) / 1000, 1)              AS "-contr",
       round(churned_mrr(s) / 1000, 1)                  AS "-churn",
       round(closing_mrr(s) / 1000, 1)                  AS "=closing",
       trim_scale(opening_mrr(s) + new_mrr(s) + reactivation_mrr(s) + expansion_mrr(s)
                  - contraction_mrr(s) - churned_mrr(s) - closing_mrr(s)) AS rest,
       round(nrr(s), 1)                                 AS "NRR",
       round(grr(s), 1)                                 AS "GRR"
FROM   months
ORDER  BY months.month;
\pset border 1

\echo
\echo '11. The reps in 2025, best GRR first, by what their customers paid on the first'
\echo '    and after the last day of the year. Churn counts customers, also those who'
\echo '    came and left within the year, so it is higher than logo churn.'
\echo
SELECT rep,
       opening_customers(s)                    AS customers,
       round(opening_mrr(s) / 1000, 1)         AS opening,
       round(closing_mrr(s) / 1000, 1)         AS closing,
       round(nrr(s), 1)                        AS "NRR",
       round(grr(s), 1)                        AS "GRR",
       round(logo_churn_rate(s), 1)            AS logo,
       round(churn, 1)                         AS churn,
       round(quick_ratio(s), 1)                AS quick
FROM  (SELECT rep, mrr_agg(opening, closing, paid_before) AS s,
              churn_rate(joined, ended, '2025-01-01', '2026-01-01') AS churn
       FROM   mrr_years GROUP BY rep) AS r
ORDER  BY grr(s) DESC, rep;

\echo
\echo '12. Churned MRR by rep and month, in % of the opening MRR of the month.'
\echo
\pset border 0
SELECT coalesce(rep, 'All') AS rep,
       coalesce(to_char(month, 'Mon'), 'Mean') AS month,
       round(gross_mrr_churn_rate(opening, closing, paid_before), 1) AS churn,
       coalesce(extract(month FROM month), 13) AS position
FROM   mrr_months
GROUP  BY CUBE (rep, month)
ORDER  BY mrr_months.rep
\crosstabview rep month churn position
\pset border 1
