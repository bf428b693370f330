-- Recency, frequency and monetary value: the orders of one customer.
\pset null '(null)'
SET TimeZone = 'UTC';
SET DateStyle = 'ISO, YMD';

-- Two orders on the first day, one on the 14th, two on the last; what has a NULL is no order. By hand: repeat
-- days 2, with 8.25 + 1.75 and 30, so 20 on average.
CREATE TABLE mine (at timestamp, amount numeric);
INSERT INTO mine VALUES ('2026-01-14 08:00', 30), ('2026-01-10 23:59:59.999999', 5.5), ('2026-02-09', 8.25), (NULL, 100),
    ('2026-01-10', 4.50), ('2026-02-09 12:00', 1.75), ('2026-03-01', NULL);
SELECT rfm_agg(at, amount) AS summary FROM mine;
SELECT rfm_frequency(r), rfm_recency(r), rfm_t(r, '2026-03-31'), rfm_monetary_value(r), rfm_orders(r), rfm_revenue(r),
    rfm_first_day(r), rfm_last_day(r), date '2026-03-31' - '2026-01-10' AS t FROM (SELECT rfm_agg(at, amount) FROM mine) x(r) \gx
SELECT pg_typeof(rfm_frequency(r)), pg_typeof(rfm_recency(r)), pg_typeof(rfm_t(r, '2026-03-31')), pg_typeof(rfm_monetary_value(r)),
    pg_typeof(rfm_orders(r)), pg_typeof(rfm_revenue(r)), pg_typeof(rfm_first_day(r)), pg_typeof(rfm_last_day(r))
    FROM (SELECT rfm_agg(at, amount) FROM mine) x(r) \gx
-- Dates, timestamps, and instants of a zone, in any order; amounts of any type.
SELECT rfm_agg(at::date, amount) = rfm_agg(at, amount) AS dates, rfm_agg(at, amount ORDER BY at DESC) = rfm_agg(at, amount) AS backward,
    rfm_agg(at AT TIME ZONE 'Asia/Tokyo', amount, 'Asia/Tokyo') = rfm_agg(at, amount, 'Asia/Tokyo') AS instants,
    rfm_agg(at::date, amount, 'Asia/Tokyo') = rfm_agg(at, amount, 'asia/tokyo') AS days_of_a_zone,
    rfm_agg(at, amount::float8) = rfm_agg(at, amount) AS float8, rfm_agg(at, amount::real) = rfm_agg(at, amount) AS real,
    rfm_agg(at, amount::int) = rfm_agg(at, amount::smallint::numeric) AS integers FROM mine;
-- One instant, two days.
SELECT zone, rfm_first_day(rfm_agg(at, 1, zone)), rfm_agg(at, 1, zone) FROM (VALUES (timestamptz '2026-03-28 23:30+00')) o(at),
    (VALUES ('America/New_York'), ('UTC'), ('Europe/Berlin'), ('Pacific/Kiritimati')) z(zone) GROUP BY zone ORDER BY zone;
SET TimeZone = 'Pacific/Kiritimati';
SELECT rfm_agg(at, 1, 'Europe/Berlin') FROM (VALUES (timestamptz '2026-03-28 23:30+00')) o(at);
SET TimeZone = 'UTC';

-- One day: no repeat. Free of charge. Nothing, and only NULLs.
SELECT rfm_frequency(r), rfm_recency(r), rfm_t(r, '2026-01-10'), rfm_monetary_value(r), rfm_orders(r), rfm_revenue(r)
    FROM (SELECT rfm_agg(at, amount) FROM mine WHERE at < '2026-01-11') x(r);
SELECT rfm_monetary_value(rfm_agg(d, 0)), rfm_revenue(rfm_agg(d, 0)) FROM (VALUES (date '2026-01-01'), ('2026-01-02')) v(d);
SELECT r, rfm_frequency(r), rfm_recency(r), rfm_t(r, '2026-01-10'), rfm_monetary_value(r), rfm_orders(r), rfm_revenue(r),
    rfm_first_day(r), rfm_last_day(r) FROM (SELECT rfm_agg(at, amount) FROM mine WHERE false
    UNION ALL SELECT rfm_agg(at, amount, 'UTC') FROM mine WHERE at IS NULL OR amount IS NULL UNION ALL SELECT NULL) x(r) \gx

-- Many customers at random against plain SQL, in three zones. No rows: all equal.
CREATE TABLE shop AS SELECT n, abs(hashint4(n)) % 150 AS customer, CASE WHEN n % 89 > 0 THEN timestamptz '2025-01-01' +
    abs(hashint4extended(n, 7)) % 31536000 * interval '1 second' END AS at,
    CASE WHEN n % 97 > 0 THEN abs(hashint4extended(n, 9)) % 100000000 / (ARRAY[1, 100, 1000000])[1 + n % 3]::numeric END AS amount
    FROM generate_series(1, 4000) n;
CREATE TABLE zones AS SELECT unnest(ARRAY['UTC', 'Europe/Berlin', 'America/Los_Angeles']) AS zone;
CREATE VIEW by_hand AS SELECT zone, customer, count(*) - 1 AS frequency, max(day) - min(day) AS recency, date '2026-01-03' - min(day) AS t,
    avg(paid) FILTER (WHERE day > first) AS mean, sum(n) AS orders, sum(paid) AS revenue, min(day) AS first, max(day) AS last
    FROM (SELECT zone, customer, day, sum(amount) AS paid, count(*) AS n, min(day) OVER (PARTITION BY zone, customer) AS first
        FROM (SELECT zone, customer, (at AT TIME ZONE zone)::date AS day, amount FROM shop, zones
            WHERE at IS NOT NULL AND amount IS NOT NULL) o GROUP BY zone, customer, day) d GROUP BY zone, customer;
SELECT h.* FROM by_hand h FULL JOIN (SELECT zone, customer, rfm_agg(at, amount, zone) AS r, rfm_agg(at AT TIME ZONE zone, amount) AS local,
        rfm_agg((at AT TIME ZONE zone)::date, amount ORDER BY at DESC) AS day FROM shop, zones GROUP BY zone, customer) o USING (zone, customer)
    WHERE (frequency, recency, t, orders, revenue, first, last) IS DISTINCT FROM (rfm_frequency(r), rfm_recency(r), rfm_t(r, '2026-01-03'),
            rfm_orders(r), rfm_revenue(r), rfm_first_day(r), rfm_last_day(r))
        OR round(mean, 8) IS DISTINCT FROM round(rfm_monetary_value(r), 8)
        OR local <> day OR local::text <> day::text OR r::text <> replace(day::text, '{"version":1,', '{"version":1,"time_zone":"' || zone || '",');
SELECT count(*), sum(frequency), sum(orders), min(t) FROM by_hand;
-- The mean rounds as numeric does, without trailing zeros.
SELECT rfm_monetary_value(rfm_agg(d, a)), 100.0 / 3 AS sql FROM (VALUES (date '2026-01-01', 1), ('2026-01-02', 50), ('2026-01-03', 25.0), ('2026-01-04', 25.000)) v(d, a);

-- Summaries of a month roll up to what all orders give, in any order.
CREATE TABLE stored AS SELECT customer, date_trunc('month', at) AS month, rfm_agg(at, amount, 'Europe/Berlin') AS r FROM shop GROUP BY 1, 2;
SELECT count(*), bool_and(rolled = direct AND rolled::text = direct::text AND backward = direct) AS equal FROM
    (SELECT customer, rollup(r ORDER BY month) AS rolled, rollup(r ORDER BY month DESC) AS backward FROM stored GROUP BY customer) a JOIN
    (SELECT customer, rfm_agg(at, amount, 'Europe/Berlin') AS direct FROM shop GROUP BY customer) b USING (customer);
SELECT rollup(r) FROM (VALUES (NULL::rfm_summary), ('{"version":1}'),
    ('{"version":1,"orders":3,"revenue":"60.5","first_day_revenue":"20","days":[10,12]}'),
    ('{"version":1,"orders":1,"revenue":"0.005","first_day_revenue":"0.005","days":[10]}'),
    ('{"version":1,"orders":2,"revenue":"100000","first_day_revenue":"1","days":[11,12]}')) v(r);
SELECT rollup(r), rfm_orders(rollup(r)) FROM stored WHERE false;
SELECT count(*), count(DISTINCT r::text), (SELECT count(*) FROM (SELECT r FROM stored UNION
    SELECT rfm_combine(r, '{"version":1}') FROM stored) u) AS union_of_both FROM stored;
SELECT a = b AS eq, a <> b AS ne FROM (VALUES
    ('{"version":1,"orders":1,"revenue":"5","first_day_revenue":"5","days":[1]}'::rfm_summary,
     '{"version":1,"days":[1],"revenue":"05.00","orders":1,"first_day_revenue":"5.0"}'::rfm_summary),
    ('{"version":1,"orders":1,"revenue":"5","first_day_revenue":"5","days":[1]}', '{"version":1,"orders":2,"revenue":"5","first_day_revenue":"5","days":[1]}'),
    ('{"version":1,"orders":1,"revenue":"5","first_day_revenue":"5","days":[1]}',
     '{"version":1,"time_zone":"UTC","orders":1,"revenue":"5","first_day_revenue":"5","days":[1]}')) v(a, b);

-- Parallel: as from one process. DISTINCT, FILTER, windows.
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET max_parallel_workers_per_gather = 2;
CREATE TABLE serial AS SELECT customer, rfm_agg(at, amount, 'Europe/Berlin' ORDER BY n) AS r FROM shop GROUP BY customer;
ALTER TABLE shop SET (parallel_workers = 2);
EXPLAIN (COSTS OFF) SELECT customer, rfm_agg(at, amount, 'Europe/Berlin') FROM shop GROUP BY customer;
SELECT count(*) FROM serial JOIN (SELECT customer, rfm_agg(at, amount, 'Europe/Berlin') AS r FROM shop GROUP BY customer) p USING (customer, r);
RESET parallel_setup_cost;
RESET parallel_tuple_cost;
RESET min_parallel_table_scan_size;
RESET max_parallel_workers_per_gather;
SELECT rfm_agg(DISTINCT at, amount) = (SELECT rfm_agg(at, amount) FROM mine) AS of_distinct, rfm_orders(rfm_agg(at, amount)) AS twice,
    rfm_orders(rfm_agg(at, amount) FILTER (WHERE at < '2026-01-11')) AS first_day FROM (TABLE mine UNION ALL TABLE mine) t;
SELECT n FROM (SELECT n, rfm_agg(at, amount, 'UTC') OVER w AS r FROM shop WHERE n < 200 WINDOW w AS (ORDER BY n ROWS BETWEEN 20 PRECEDING AND 1 FOLLOWING)) x
    WHERE r IS DISTINCT FROM (SELECT rfm_agg(at, amount, 'UTC') FROM shop s WHERE s.n BETWEEN x.n - 20 AND x.n + 1 AND s.n < 200);

-- As many days as a state holds, in order and against it.
SELECT rfm_frequency(rfm_agg(date '1900-01-01' + n, n)) AS forward, rfm_frequency(rfm_agg(date '2100-01-01' - n, 1)) AS backward,
    pg_column_size(rfm_agg(date '1900-01-01' + n, n)) AS bytes FROM generate_series(1, 20000) n;
SELECT rfm_agg(date '1900-01-01' + n, n) FROM generate_series(1, 65537) n;
SELECT rfm_frequency(rfm_agg(date '1900-01-01' + n / 2, n)) FROM generate_series(1, 131071) n;

DROP VIEW by_hand;
DROP TABLE mine, shop, zones, stored, serial;
