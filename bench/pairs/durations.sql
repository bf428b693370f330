-- Durations: the clocks of tickets, by rep and by customer.

DROP TABLE IF EXISTS clocks, clock_days;
CREATE UNLOGGED TABLE clocks AS
SELECT 'rep ' || n % 20                                                  AS rep,
       (hashint4extended(n, 1) & 2147483647) % (:rows / 10)              AS customer_id,
       opened,
       -- Log-normal, as such times are: four hours in the middle, a tail of weeks.
       opened + exp(1.5 * (u[1] + u[2] + u[3] + u[4] - 2) * sqrt(3)) * interval '4 hours' AS closed
FROM   generate_series(1, :rows) AS n,
       LATERAL (SELECT timestamptz '2025-01-01' + n * interval '6 seconds' AS opened,
                       ARRAY(SELECT (hashint4extended(n, seed) & 2147483647) / 2147483648.0::double precision
                             FROM generate_series(2, 5) AS seed) AS u) AS o;
CREATE UNLOGGED TABLE clock_days AS
SELECT opened::date AS day, rep, duration_agg(opened, closed) AS took FROM clocks GROUP BY day, rep;
VACUUM (FREEZE, ANALYZE) clocks;
VACUUM (FREEZE, ANALYZE) clock_days;

INSERT INTO pairs (name, ours, other, floor, max_other, same) VALUES
('avg_resolution_time',
    'SELECT extract(epoch FROM avg_resolution_time(opened, closed)) FROM clocks',
    'SELECT extract(epoch FROM avg(closed - opened)) FROM clocks',
    'SELECT count(closed) FROM clocks', 0.70, true),
('avg_resolution_time by rep',
    'SELECT extract(epoch FROM avg_resolution_time(opened, closed)) FROM clocks GROUP BY rep',
    'SELECT extract(epoch FROM avg(closed - opened)) FROM clocks GROUP BY rep',
    'SELECT count(closed) FROM clocks GROUP BY rep', 0.70, NULL),
('median and p90 by rep',
    'SELECT ROW(median_resolution_time(opened, closed), resolution_time_percentile(opened, closed, 0.9)) FROM clocks GROUP BY rep',
    'SELECT percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY closed - opened) FROM clocks GROUP BY rep',
    'SELECT count(closed) FROM clocks GROUP BY rep', 0.40, NULL),
('the same from one duration_agg',
    'SELECT ROW(median_duration(s), duration_percentile(s, 0.9))
     FROM (SELECT duration_agg(opened, closed) AS s FROM clocks GROUP BY rep) AS q',
    'SELECT percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY closed - opened) FROM clocks GROUP BY rep',
    'SELECT count(closed) FROM clocks GROUP BY rep', 0.40, NULL),
('median and p90 by customer, 10 rows',
    'SELECT ROW(median_resolution_time(opened, closed), resolution_time_percentile(opened, closed, 0.9)) FROM clocks GROUP BY customer_id',
    'SELECT percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY closed - opened) FROM clocks GROUP BY customer_id',
    'SELECT count(closed) FROM clocks GROUP BY customer_id', 1.00, NULL),
('by customer, from one duration_agg',
    'SELECT ROW(median_duration(s), duration_percentile(s, 0.9))
     FROM (SELECT duration_agg(opened, closed) AS s FROM clocks GROUP BY customer_id) AS q',
    'SELECT percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY closed - opened) FROM clocks GROUP BY customer_id',
    'SELECT count(closed) FROM clocks GROUP BY customer_id', 1.00, NULL),
('median by customer, exact',
    'SELECT extract(epoch FROM median_resolution_time(opened, closed)) FROM clocks GROUP BY customer_id',
    'SELECT extract(epoch FROM percentile_cont(0.5) WITHIN GROUP (ORDER BY closed - opened)) FROM clocks GROUP BY customer_id',
    'SELECT count(closed) FROM clocks GROUP BY customer_id', 1.00, NULL),
('mean, median, max, spread / mean',
    'SELECT ROW(avg_resolution_time(opened, closed), median_resolution_time(opened, closed), max_duration(opened, closed),
                stddev_duration(opened, closed)) FROM clocks GROUP BY rep',
    'SELECT avg_resolution_time(opened, closed) FROM clocks GROUP BY rep', NULL, 1.15, NULL),
('p90 of a year by rep: days / raw rows',
    'SELECT resolution_time_percentile(rollup(took), 0.9) FROM clock_days GROUP BY rep',
    'SELECT resolution_time_percentile(opened, closed, 0.9) FROM clocks GROUP BY rep', NULL, 0.05, NULL);

INSERT INTO memory (name, ours, other, max_ratio, max_mb, warm) VALUES
('median and p90 by customer / percentile_cont',
    'SELECT ROW(median_resolution_time(opened, closed), resolution_time_percentile(opened, closed, 0.9)) FROM clocks GROUP BY customer_id',
    'SELECT percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY closed - opened) FROM clocks GROUP BY customer_id', 1.0, NULL,
    'SELECT count(closed) + num_durations(interval ''0'') FROM clocks'),
('median of all rows / of a fifth',
    'SELECT median_resolution_time(opened, closed) FROM clocks',
    'SELECT median_resolution_time(opened, closed) FROM (SELECT * FROM clocks LIMIT (SELECT count(*) / 5 FROM clocks)) AS fifth', NULL, 1,
    'SELECT count(closed) + num_durations(interval ''0'') FROM clocks');
