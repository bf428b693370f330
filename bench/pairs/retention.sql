-- Churn over rows of subscriptions, the orders of customers, monthly amounts of any billing period.

DROP TABLE IF EXISTS memberships, purchases;

CREATE FUNCTION pg_temp.chance(n integer, stream integer) RETURNS double precision
    LANGUAGE sql IMMUTABLE
    RETURN (hashint4extended(n, stream) & 2147483647) / 2147483648.0::double precision;

-- Five years of starts; a third runs on.
CREATE UNLOGGED TABLE memberships AS
SELECT 'rep ' || n % 20 AS rep, started_on,
       CASE WHEN pg_temp.chance(n, 1) < 0.65 THEN started_on + 1 + floor(730 * pg_temp.chance(n, 2))::integer END AS ended_on,
       started_on::timestamptz AS started_at,
       (ARRAY[9.90, 29, 49.50, 99, 250])[1 + floor(5 * pg_temp.chance(n, 3))::integer] AS price,
       (ARRAY[interval '1 month', '1 month', '3 months', '1 year'])[1 + floor(4 * pg_temp.chance(n, 4))::integer] AS period
FROM   generate_series(1, :rows) AS n,
       LATERAL (SELECT date '2021-01-01' + floor(1826 * pg_temp.chance(n, 5))::integer) AS t (started_on);
ALTER TABLE memberships ADD ended_at timestamptz;
UPDATE memberships SET ended_at = ended_on;

-- Twenty orders of each customer within two years.
CREATE UNLOGGED TABLE purchases AS
SELECT floor(:rows / 20 * pg_temp.chance(n, 6))::integer AS customer_id,
       date '2024-01-01' + floor(730 * pg_temp.chance(n, 7))::integer AS ordered_on,
       round((5 + 95 * pg_temp.chance(n, 8))::numeric, 2) AS amount
FROM   generate_series(1, :rows) AS n;
VACUUM (FREEZE, ANALYZE) memberships, purchases;

INSERT INTO pairs (name, ours, other, floor, max_other, same) VALUES
('churn_rate of a month by rep, dates',
    $$SELECT churn_rate(started_on, ended_on, '2025-03-01', '2025-04-01') FROM memberships GROUP BY rep$$,
    $$SELECT 100.0 * count(*) FILTER (WHERE ended_on >= '2025-03-01' AND ended_on < '2025-04-01')
           / nullif(count(*) FILTER (WHERE started_on < '2025-03-01' AND (ended_on IS NULL OR ended_on >= '2025-03-01')), 0)
      FROM memberships GROUP BY rep$$,
    'SELECT count(started_on) FROM memberships GROUP BY rep', 1.00, true),
('churn_rate of a month by rep, timestamptz',
    $$SELECT churn_rate(started_at, ended_at, '2025-03-01', '2025-04-01') FROM memberships GROUP BY rep$$,
    $$SELECT 100.0 * count(*) FILTER (WHERE ended_at >= '2025-03-01' AND ended_at < '2025-04-01')
           / nullif(count(*) FILTER (WHERE started_at < '2025-03-01' AND (ended_at IS NULL OR ended_at >= '2025-03-01')), 0)
      FROM memberships GROUP BY rep$$,
    'SELECT count(started_at) FROM memberships GROUP BY rep', 1.00, true),
('churn, retention and the customers at both ends',
    $$SELECT ROW(churn_rate(r), retention_rate(r), customers_at_start(r), customers_at_end(r))
      FROM (SELECT retention_agg(started_on, ended_on, '2025-03-01', '2025-04-01') AS r FROM memberships GROUP BY rep) s$$,
    $$SELECT ROW(100.0 * count(*) FILTER (WHERE ended_on >= '2025-03-01' AND ended_on < '2025-04-01')
                  / nullif(count(*) FILTER (WHERE started_on < '2025-03-01' AND (ended_on IS NULL OR ended_on >= '2025-03-01')), 0),
                 100 - 100.0 * count(*) FILTER (WHERE ended_on >= '2025-03-01' AND ended_on < '2025-04-01')
                  / nullif(count(*) FILTER (WHERE started_on < '2025-03-01' AND (ended_on IS NULL OR ended_on >= '2025-03-01')), 0),
                 count(*) FILTER (WHERE started_on < '2025-03-01' AND (ended_on IS NULL OR ended_on >= '2025-03-01')),
                 count(*) FILTER (WHERE started_on < '2025-04-01' AND (ended_on IS NULL OR ended_on >= '2025-04-01')))
      FROM memberships GROUP BY rep$$,
    NULL, 1.00, NULL),
('mrr(amount, billing_period) by rep',
    'SELECT mrr(price, period) FROM memberships GROUP BY rep',
    $$SELECT sum(price / (12 * extract(year FROM period) + extract(month FROM period))) FROM memberships GROUP BY rep$$,
    'SELECT count(price) FROM memberships GROUP BY rep', 0.50, true),
('frequency and monetary value of each customer / by days',
    $$SELECT rfm_frequency(s) * rfm_monetary_value(s) FROM (SELECT rfm_agg(ordered_on, amount) AS s FROM purchases GROUP BY customer_id) c$$,
    $$SELECT CASE WHEN count(*) > 1 THEN (count(*) - 1) * (avg(paid) FILTER (WHERE ordered_on > first_day)) END
      FROM (SELECT customer_id, ordered_on, sum(amount) AS paid, min(ordered_on) OVER (PARTITION BY customer_id) AS first_day
            FROM purchases GROUP BY customer_id, ordered_on) d
      GROUP BY customer_id$$,
    'SELECT sum(amount) FROM purchases GROUP BY customer_id', 0.50, true);
