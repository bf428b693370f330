-- Plain functions for each row, over counts that are already there.

DROP TABLE IF EXISTS account_counts;
CREATE UNLOGGED TABLE account_counts AS
SELECT start, churned, start::numeric AS start_numeric, churned::numeric AS churned_numeric,
       round(revenue / 100.0, 2) AS revenue
FROM   generate_series(1, :rows) AS n,
       LATERAL (SELECT 100 + (hashint4extended(n, 21) & 1023)::integer AS start, (hashint4extended(n, 22) & 63)::integer AS churned,
                       (hashint4extended(n, 23) & 1048575)::integer AS revenue) AS c;
VACUUM (FREEZE, ANALYZE) account_counts;

INSERT INTO pairs (name, ours, other, floor, max_other, same) VALUES
('churn_rate(integer, integer) of each row',
    'SELECT churn_rate(start, churned) FROM account_counts',
    'SELECT round(100.0 * churned / nullif(start, 0), 4) FROM account_counts',
    'SELECT start FROM account_counts', 0.60, NULL),
('churn_rate(numeric, numeric) of each row',
    'SELECT churn_rate(start_numeric, churned_numeric) FROM account_counts',
    'SELECT round(100.0 * churned_numeric / nullif(start_numeric, 0), 4) FROM account_counts',
    'SELECT start_numeric FROM account_counts', 0.60, NULL),
('churn_rate(integer, integer), both rounded',
    'SELECT round(churn_rate(start, churned), 4) FROM account_counts',
    'SELECT round(100.0 * churned / nullif(start, 0), 4) FROM account_counts',
    'SELECT start FROM account_counts', 1.00, true),
('retention_rate of three integers, of each row',
    'SELECT retention_rate(start, start + 10 - churned, 10) FROM account_counts',
    'SELECT round(100.0 * (start + 10 - churned - 10) / nullif(start, 0), 4) FROM account_counts',
    'SELECT start FROM account_counts', 1.00, NULL),
('arpu(numeric, integer) of each row',
    'SELECT arpu(revenue, start) FROM account_counts',
    'SELECT round(revenue / nullif(start, 0), 4) FROM account_counts',
    'SELECT start FROM account_counts', 1.00, NULL),
('clv(numeric, integer, integer) of each row',
    'SELECT clv(revenue, churned, 24) FROM account_counts',
    'SELECT revenue * churned * 24 FROM account_counts',
    'SELECT start FROM account_counts', 1.00, true);
