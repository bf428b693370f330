-- Movements of MRR by month over three years: 100,000 subscriptions of some 60,000 customers.

DROP TABLE IF EXISTS contracts;

CREATE FUNCTION pg_temp.chance(n integer, stream integer) RETURNS double precision
    LANGUAGE sql IMMUTABLE
    RETURN (hashint4extended(n, stream) & 2147483647) / 2147483648.0::double precision;

-- Five years of starts; a third runs on, the others last two years at most. Some customers come back or
-- have several subscriptions at a time.
CREATE UNLOGGED TABLE contracts AS
SELECT n AS subscription_id, floor(90000 * pg_temp.chance(n, 1))::integer AS customer_id,
       (ARRAY[9.90, 29, 49.50, 99, 250])[1 + floor(5 * pg_temp.chance(n, 2))::integer] AS monthly_amount,
       started_at,
       CASE WHEN pg_temp.chance(n, 3) < 0.65 THEN started_at + 1 + floor(730 * pg_temp.chance(n, 4))::integer END AS ended_at
FROM   generate_series(1, 100000) AS n,
       LATERAL (SELECT date '2021-01-01' + floor(1826 * pg_temp.chance(n, 5))::integer) AS t (started_at);
CREATE INDEX ON contracts (customer_id);
CREATE INDEX ON contracts (started_at);
VACUUM (FREEZE, ANALYZE) contracts;


-- One number out of all movements, so that each of them is computed.
\set movements 'sum(CASE WHEN opening = 0 AND closing > 0 AND NOT paid_before THEN closing ELSE 0 END) + 2 * sum(CASE WHEN opening = 0 AND closing > 0 AND paid_before THEN closing ELSE 0 END) + 3 * sum(CASE WHEN opening > 0 AND closing > opening THEN closing - opening ELSE 0 END) + 5 * sum(CASE WHEN closing > 0 AND closing < opening THEN opening - closing ELSE 0 END) + 7 * sum(CASE WHEN opening > 0 AND closing = 0 THEN opening ELSE 0 END)'
\set first_paid '(SELECT customer_id, min(started_at) AS first_paid FROM contracts WHERE monthly_amount > 0 AND (ended_at IS NULL OR ended_at > started_at) GROUP BY customer_id) AS f'

\set ours 'SELECT new_mrr(opening, closing, paid_before) + 2 * reactivation_mrr(opening, closing, paid_before) + 3 * expansion_mrr(opening, closing, paid_before) + 5 * contraction_mrr(opening, closing, paid_before) + 7 * churned_mrr(opening, closing, paid_before) FROM (SELECT subscription_agg(monthly_amount, started_at, ended_at) AS s FROM contracts GROUP BY customer_id) AS c, mrr_by_month(s, ''2023-01-01'', ''2026-01-01'') GROUP BY month'

INSERT INTO pairs (name, ours, other, floor, max_other, same) VALUES
-- A row for each customer and month, the sum of what was active at its end, and the one of the month before.
('movements by month / customers x months and lag',
    :'ours',
    'SELECT ' || :'movements' || $$
     FROM  (SELECT month, closing, first_paid < month AS paid_before,
                   lag(closing, 1, 0::numeric) OVER (PARTITION BY customer_id ORDER BY month) AS opening
            FROM  (SELECT f.customer_id, first_paid, month, coalesce(sum(monthly_amount), 0) AS closing
                   FROM   $$ || :'first_paid' || $$
                   CROSS  JOIN (SELECT m::date AS month, (m + interval '1 month')::date AS next_month
                                FROM   generate_series(timestamp '2022-12-01', '2025-12-01', '1 month') AS m) AS spine
                   LEFT   JOIN contracts AS k ON k.customer_id = f.customer_id AND started_at < next_month
                                             AND (ended_at IS NULL OR ended_at >= next_month)
                   GROUP  BY f.customer_id, first_paid, month) AS by_month) AS moves
     WHERE month >= '2023-01-01' GROUP BY month$$,
    'SELECT count(monthly_amount) FROM contracts GROUP BY customer_id', 0.30, true),
-- Only months in which a subscription is active, once as the closing and once as the opening of the next.
('movements by month / active months only',
    :'ours',
    'SELECT ' || :'movements' || $$
     FROM  (SELECT month, opening, closing, first_paid < month AS paid_before
            FROM  (SELECT customer_id, month, sum(opening) AS opening, sum(closing) AS closing
                   FROM   contracts,
                          generate_series(greatest(date_trunc('month', started_at::timestamp) + interval '1 month', '2023-01-01'),
                                          least(ended_at::timestamp, '2026-01-01'), '1 month') AS boundary,
                          LATERAL (VALUES (boundary::date, monthly_amount, 0),
                                          ((boundary - interval '1 month')::date, 0, monthly_amount)) AS v (month, opening, closing)
                   GROUP  BY customer_id, month) AS by_month
            JOIN   $$ || :'first_paid' || $$ USING (customer_id)
            WHERE  month >= '2023-01-01' AND month < '2026-01-01') AS moves
     GROUP BY month$$,
    NULL, 0.40, true);
