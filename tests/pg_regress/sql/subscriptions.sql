-- Subscriptions of a customer, and what they pay at the beginning and at the end of each month.
\pset null '(null)'
SET TimeZone = 'UTC';
SET DateStyle = 'ISO, MDY';
-- The definition in plain SQL, month by month, for dates and local timestamps.
CREATE FUNCTION by_hand(amounts numeric[], starts timestamp[], ends timestamp[], period_start date, period_end date,
    OUT month date, OUT opening numeric, OUT closing numeric, OUT paid_before boolean) RETURNS SETOF record LANGUAGE sql AS $$
    WITH s AS (SELECT * FROM unnest(amounts, starts, ends) AS s (amount, started_at, ended_at)
               WHERE amount > 0 AND started_at IS NOT NULL AND (ended_at IS NULL OR started_at < ended_at)),
         m AS (SELECT m, m + interval '1 month' AS next
               FROM generate_series(period_start, period_end - interval '1 month', interval '1 month') m)
    SELECT m::date, opening, closing, paid_before FROM m, LATERAL (SELECT
        coalesce(sum(amount) FILTER (WHERE started_at < m AND (ended_at IS NULL OR ended_at >= m)), 0),
        coalesce(sum(amount) FILTER (WHERE started_at < next AND (ended_at IS NULL OR ended_at >= next)), 0),
        coalesce(bool_or(started_at < m), false) FROM s) AS x (opening, closing, paid_before)
    WHERE opening > 0 OR closing > 0 ORDER BY m $$;

-- New in January, more from April on, two at a time in June, less, gone in September, back in November.
CREATE TABLE one (monthly_amount numeric, started_at date, ended_at date);
INSERT INTO one VALUES (100, '2025-11-20', NULL), (20, '2025-01-10', '2025-04-15'), (50.50, '2025-04-15', '2025-08-02'),
    (9.5, '2025-06-10', '2025-09-30'), (NULL, '2020-01-01', NULL), (7, NULL, '2025-02-01'), (0, '2020-01-01', NULL),
    (1000, '2019-05-05', '2019-05-05');
SELECT m.* FROM (SELECT subscription_agg(monthly_amount, started_at, ended_at) AS s FROM one) c,
    mrr_by_month(s, '2025-01-01', '2026-01-01') m;
SELECT subscription_agg(monthly_amount, started_at, ended_at) FROM one;
SELECT count(*) AS months, sum(opening), sum(closing), min(month), max(month), bool_or(NOT paid_before)
    FROM (SELECT subscription_agg(monthly_amount, started_at, ended_at) AS s FROM one) c,
    mrr_by_month(s, '2025-01-01', '2026-01-01');
SELECT pg_typeof(s), pg_typeof(month), pg_typeof(opening), pg_typeof(closing), pg_typeof(paid_before)
    FROM (SELECT subscription_agg(monthly_amount, started_at, ended_at) AS s FROM one) c,
    mrr_by_month(s, '2025-04-01', '2025-05-01');

-- At the borders of months: what happens at the first instant of a month belongs to that month.
CREATE FUNCTION shown(s subscription_summary) RETURNS SETOF text LANGUAGE sql AS $$
    SELECT concat_ws(' ', month, opening, closing, paid_before) FROM mrr_by_month(s, '2025-01-01', '2025-07-01') $$;
SELECT shown(subscription_agg(10, date '2025-02-01', date '2025-04-01')) AS "starts and ends on the first";
SELECT shown(subscription_agg(10, timestamp '2025-01-31 23:59:59.999999', '2025-03-31 23:59:59.999999')) AS "just before";
SELECT shown(subscription_agg(10, s, e)) AS "renewed without a gap"
    FROM (VALUES (date '2025-02-01', date '2025-04-01'), ('2025-04-01', '2025-06-01')) v(s, e);
-- A column with the last paid day: what was meant becomes a churn and a reactivation, and + 1 mends it.
SELECT shown(subscription_agg(10, s, e)) AS "renewed, last paid days"
    FROM (VALUES (date '2025-02-01', date '2025-03-31'), ('2025-04-01', '2025-05-31')) v(s, e);
SELECT shown(subscription_agg(10, s, e + 1)) AS "renewed, last paid days + 1"
    FROM (VALUES (date '2025-02-01', date '2025-03-31'), ('2025-04-01', '2025-05-31')) v(s, e);
SELECT shown(subscription_agg(a, s, e)) AS "plan changed with a gap of days"
    FROM (VALUES (10, date '2025-02-10', date '2025-04-03'), (15, '2025-04-20', '2025-06-01')) v(a, s, e);
SELECT shown(subscription_agg(a, s, e)) AS "gap over a border"
    FROM (VALUES (10, date '2025-02-10', date '2025-03-30'), (15, '2025-04-02', NULL)) v(a, s, e);
-- Within one month: in no opening and no closing, but paid before.
SELECT shown(subscription_agg(10, date '2025-02-03', date '2025-02-27')) AS "within a month";
SELECT shown(subscription_agg(a, s, e)) AS "within a month, and back"
    FROM (VALUES (10, date '2025-02-03', date '2025-02-27'), (15, '2025-04-02', NULL)) v(a, s, e);
SELECT shown(subscription_agg(a, s, e)) AS "paid before the range, and free or never before"
    FROM (VALUES (10, date '2011-02-03', date '2011-02-04'), (15, '2025-04-02', '2025-05-02')) v(a, s, e);
SELECT shown(subscription_agg(a, s, e)) AS "free or never before"
    FROM (VALUES (0, date '2011-02-03', date '2025-02-04'), (5, '2011-02-03', '2011-02-03'), (15, '2025-04-02', '2025-05-02')) v(a, s, e);

-- Nothing, and only NULLs.
SELECT subscription_agg(1, started_at, ended_at) FROM one WHERE false;
SELECT subscription_agg(NULL, started_at, ended_at), subscription_agg(1, NULL::date, ended_at) FROM one;
SELECT count(*) FROM mrr_by_month('{"version":1}', '2025-01-01', '2026-01-01');
SELECT count(*) FROM mrr_by_month('{"version":1}', '2025-01-01', '2026-01-01', 'Europe/Berlin');
SELECT count(*) FROM mrr_by_month(NULL, '2025-01-01', '2026-01-01');
SELECT count(*) FROM mrr_by_month(NULL, '2025-01-01', '2026-01-01', 'UTC');
SELECT count(*) FROM mrr_by_month(NULL, NULL, '2026-01-01');
SELECT count(*) FROM mrr_by_month('{"version":1}', '2025-01-01', NULL);
SELECT count(*) FROM mrr_by_month('{"version":1}', '2025-01-01', '2026-01-01', NULL);

-- 300 customers at random, dense at borders of months, against plain SQL: no rows.
CREATE TABLE contracts AS SELECT n AS id, abs(hashint4(n)) % 300 AS customer_id,
    CASE WHEN n % 97 > 0 THEN (ARRAY[9.90, 29, 49.5, 0, 1e-20, 123456789012345678901234567890])[1 + abs(hashint4(n + 1)) % 6] END AS amount,
    d AS started_at, CASE abs(hashint4(n + 2)) % 6 WHEN 0 THEN NULL WHEN 1 THEN d
        WHEN 2 THEN (date_trunc('month', d) + interval '3 months')::date ELSE d + abs(hashint4(n + 3)) % 400 END AS ended_at
    FROM generate_series(1, 2000) n, LATERAL (SELECT CASE abs(hashint4(n + 4)) % 3
        WHEN 0 THEN (date '2022-01-01' + abs(hashint4(n + 5)) % 48 * interval '1 month')::date
        ELSE date '2022-01-01' + abs(hashint4(n + 5)) % 1461 END) t (d);
CREATE TABLE customers AS SELECT customer_id, subscription_agg(amount, started_at, ended_at) AS s,
    subscription_agg(amount, started_at, ended_at ORDER BY started_at) AS forward,
    subscription_agg(amount, started_at, ended_at ORDER BY id DESC) AS backward,
    subscription_agg(amount, started_at::timestamp, ended_at::timestamp) AS of_timestamps,
    subscription_agg(amount, started_at::timestamp AT TIME ZONE 'America/New_York', ended_at::timestamp AT TIME ZONE 'America/New_York') AS of_instants,
    array_agg(amount) AS amounts, array_agg(started_at::timestamp) AS starts, array_agg(ended_at::timestamp) AS ends
    FROM contracts GROUP BY customer_id;
SELECT count(*), bool_and(s = forward AND s = backward AND s = of_timestamps AND s::text = backward::text) AS same,
    bool_or(s = of_instants) FILTER (WHERE s <> '{"version":1}') AS others FROM customers;
SELECT customer_id, a, b FROM customers, LATERAL (VALUES (date '2023-01-01', date '2025-06-01'), ('2021-01-01', '2027-01-01'),
        ('2024-02-01', '2024-03-01'), ('1950-01-01', '2050-01-01')) p(a, b),
    LATERAL (SELECT array_agg((month, trim_scale(opening), trim_scale(closing), paid_before) ORDER BY month) AS hand
        FROM by_hand(amounts, starts, ends, a, b)) h,
    LATERAL (SELECT array_agg((month, opening, closing, paid_before)) AS ours FROM mrr_by_month(s, a, b)) o,
    LATERAL (SELECT array_agg((month, opening, closing, paid_before)) AS zoned
        FROM mrr_by_month(of_instants, a, b, 'America/New_York')) z
    WHERE ours::text IS DISTINCT FROM hand::text OR zoned IS DISTINCT FROM ours;
-- What closes a month opens the next one.
SELECT count(*) FILTER (WHERE before IS NOT NULL) AS pairs, bool_and(adjacent AND opening = before) AS balanced FROM (
    SELECT opening, lag(closing) OVER w AS before, lag(month) OVER w + interval '1 month' = month AS adjacent
    FROM customers, mrr_by_month(s, '2021-01-01', '2026-01-01') WINDOW w AS (PARTITION BY customer_id ORDER BY month)) m
    WHERE adjacent OR opening > 0;
-- By month, in one query.
SELECT month, count(*) AS customers, sum(opening) AS opening, sum(closing) AS closing,
    coalesce(sum(closing) FILTER (WHERE opening = 0 AND NOT paid_before), 0) AS new
    FROM customers, mrr_by_month(s, '2025-01-01', '2025-04-01') WHERE customer_id < 30 GROUP BY month ORDER BY month;
SELECT sum(opening) FILTER (WHERE month = '2025-01-01') AS january, (SELECT sum(amount) FROM contracts
        WHERE customer_id < 30 AND started_at < '2025-01-01' AND (ended_at IS NULL OR ended_at >= '2025-01-01')) AS in_sql
    FROM customers, mrr_by_month(s, '2025-01-01', '2025-02-01') WHERE customer_id < 30;

-- Time zones: a month begins at midnight there, in summer time and out of it.
CREATE TABLE instants (started_at timestamptz, ended_at timestamptz);
INSERT INTO instants VALUES ('2025-03-31 21:59:59.999999+00', '2025-10-31 23:00:00+00'), ('2025-03-31 22:00:00+00', '2025-10-31 22:59:59.999999+00');
SELECT zone, started_at, month, opening, closing FROM (SELECT started_at, subscription_agg(10, started_at, ended_at) AS s FROM instants GROUP BY started_at) c,
    unnest(ARRAY['UTC', 'Europe/Berlin']) zone, mrr_by_month(s, '2025-01-01', '2026-01-01', zone)
    WHERE opening <> closing ORDER BY zone, started_at, month;
-- Clocks go back at one o'clock to midnight of the first: AT TIME ZONE takes the second midnight, and so do we.
SELECT at, (SELECT string_agg(month::text, ' ') FROM mrr_by_month(subscription_agg(1, at, NULL), '2020-10-01', '2020-12-01', 'America/Havana') WHERE opening = 0) AS month,
    timestamp '2020-11-01' AT TIME ZONE 'America/Havana' <= at AS november
    FROM (VALUES (timestamptz '2020-11-01 03:59:59+00'), ('2020-11-01 04:30:00+00'), ('2020-11-01 05:00:00+00')) v(at) GROUP BY at ORDER BY at;
-- Clocks go forward at midnight of the first, in 2017: there is no midnight, the day begins at one.
SELECT at, (SELECT string_agg(month::text, ' ') FROM mrr_by_month(subscription_agg(1, at, NULL), '2017-09-01', '2017-11-01', 'America/Asuncion') WHERE opening = 0) AS month,
    timestamp '2017-10-01' AT TIME ZONE 'America/Asuncion' <= at AS october
    FROM (VALUES (timestamptz '2017-10-01 03:59:59+00'), ('2017-10-01 04:00:00+00')) v(at) GROUP BY at ORDER BY at;
-- Every month of a century begins when AT TIME ZONE says: no rows.
SELECT zone, b FROM unnest(ARRAY['Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'Pacific/Apia', 'America/Havana', 'UTC']) zone,
    generate_series(timestamp '1950-01-01', '2049-11-01', '1 month') b, LATERAL (SELECT b + interval '1 month') n (next),
    subscription_accum(NULL, 1, b AT TIME ZONE zone, next AT TIME ZONE zone) s,
    LATERAL (SELECT array_agg((month, opening, closing)::text) AS ours FROM mrr_by_month(s, '1950-01-01', '2050-01-01', zone)) o
    WHERE ours IS DISTINCT FROM ARRAY[(b::date, 0, 1)::text, (next::date, 1, 0)::text];
-- The same in every setting.
SET TimeZone = 'Asia/Tokyo';
SELECT month, opening, closing FROM (SELECT subscription_agg(10, started_at, ended_at) AS s FROM instants) c,
    mrr_by_month(s, '2025-01-01', '2026-01-01', 'Europe/Berlin') WHERE opening <> closing;
SET TimeZone = 'UTC';

-- Number types, exact sums, and the ends of what is kept.
SELECT subscription_agg(a, date '2025-01-01', NULL) AS real FROM (VALUES (9.99::real), (0.1::real)) v(a);
SELECT subscription_agg(a, date '2025-01-01', NULL) AS double FROM (VALUES (9.99::float8), (1e-7::float8), (1e20)) v(a);
SELECT subscription_agg('5', date '2025-01-01', NULL), subscription_agg(5::smallint, '2025-01-01', NULL);
SELECT opening, closing FROM (SELECT subscription_agg(a, date '2025-01-05', date '2026-01-05') AS s FROM (VALUES
    (99999999999999999999999999999999999999), (99999999999999999999999999999999999999), (1e-60)) v(a)) c,
    mrr_by_month(s, '2025-01-01', '2025-02-01');
SELECT closing FROM (SELECT subscription_agg(0.1, date '2025-01-05', NULL) AS s FROM generate_series(1, 30)) c,
    mrr_by_month(s, '2025-01-01', '2025-02-01');
SELECT subscription_agg(123456789012345678901234567890123456789, date '2025-01-01', NULL);
SELECT subscription_agg(1e64, date '2025-01-01', NULL);
SELECT subscription_agg(1e-65, date '2025-01-01', NULL);
SELECT month FROM mrr_by_month((SELECT subscription_agg(1, date '4713-01-01 BC', NULL)), '4713-02-01 BC', '4713-04-01 BC');
SELECT month FROM mrr_by_month((SELECT subscription_agg(1, '4713-01-01 BC', timestamp '294276-12-31 23:59:59.999999')), '2025-01-01', '2025-02-01');
SELECT subscription_agg(1, date '300000-01-01', NULL);

-- Parts of one customer's subscriptions, stored and rolled up.
CREATE TABLE parts AS SELECT customer_id, id % 3 AS part, subscription_agg(amount, started_at, ended_at) AS s FROM contracts GROUP BY 1, 2;
SELECT count(*), bool_and(rolled = s AND rolled::text = s::text AND rolled = backward_parts) AS equal FROM customers
    JOIN (SELECT customer_id, rollup(s) AS rolled, rollup(s ORDER BY part DESC) AS backward_parts FROM parts GROUP BY customer_id) r USING (customer_id);
SELECT rollup(s) FROM parts WHERE false;
SELECT rollup(s) FROM (VALUES (NULL::subscription_summary), ('{"version":1}')) v(s);
SELECT a = b AS eq, a <> b AS ne FROM (VALUES
    ('{"version":1,"kind":"local","subscriptions":[[0,5,"1"]]}'::subscription_summary, '{"version":1,"kind":"local","subscriptions":[[0,5,"1.00"]]}'::subscription_summary),
    ('{"version":1,"kind":"local","subscriptions":[[0,5,"1"]]}', '{"version":1,"kind":"instant","subscriptions":[[0,5,"1"]]}'),
    ('{"version":1,"kind":"local","subscriptions":[[0,5,"1"]]}', '{"version":1,"kind":"local","subscriptions":[[0,null,"1"]]}')) v(a, b);
SELECT count(*) = (SELECT count(DISTINCT s::text) FROM customers) AS distinct_by_hash FROM (SELECT s FROM customers UNION SELECT backward FROM customers) u;

-- Parallel, FILTER and windows: the same as from one process.
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET max_parallel_workers_per_gather = 2;
ALTER TABLE contracts SET (parallel_workers = 2);
EXPLAIN (COSTS OFF) SELECT customer_id, subscription_agg(amount, started_at, ended_at) FROM contracts GROUP BY customer_id;
SELECT count(*) FROM customers JOIN (SELECT customer_id, subscription_agg(amount, started_at, ended_at) AS s
    FROM contracts GROUP BY customer_id) p USING (customer_id, s);
RESET parallel_setup_cost;
RESET parallel_tuple_cost;
RESET min_parallel_table_scan_size;
RESET max_parallel_workers_per_gather;
SELECT subscription_agg(5, date '2025-01-01', NULL) FILTER (WHERE false) AS none;
SELECT n, s = (SELECT subscription_agg(n2, date '2025-01-01', NULL) FROM generate_series(greatest(n - 1, 1), n) n2) AS same
    FROM (SELECT n, subscription_agg(n, date '2025-01-01', NULL) OVER (ORDER BY n ROWS 1 PRECEDING) AS s FROM generate_series(1, 4) n) w;

DROP FUNCTION by_hand, shown;
DROP TABLE one, contracts, customers, instants, parts;
