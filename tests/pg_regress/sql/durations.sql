-- Durations: mean, median, percentiles, spread and totals of how long things took.
\pset null '(null)'
SET intervalstyle = 'postgres';
SET timezone = 'UTC';

-- Five tickets, one of them open: 1, 2, 3 and 10 hours.
CREATE TABLE tickets (id integer, opened timestamptz, closed timestamptz);
INSERT INTO tickets SELECT id, t, t + hours * interval '1 hour' FROM (VALUES (1, 1), (2, 2), (3, 3), (4, 10), (5, NULL))
    v(id, hours), LATERAL (SELECT timestamptz '2026-03-02 09:00' + id * interval '1 day') o(t);
SELECT avg_duration(opened, closed) AS avg, median_duration(opened, closed) AS median,
    min_duration(opened, closed) AS min, max_duration(opened, closed) AS max,
    total_duration(opened, closed) AS total, num_durations(opened, closed) AS num FROM tickets;
SELECT stddev_duration(opened, closed) AS ours, stddev(extract(epoch FROM closed - opened)) * interval '1 second' AS plain
    FROM tickets;
SELECT f, duration_percentile(opened, closed, f), percentile_cont(f) WITHIN GROUP (ORDER BY closed - opened)
    FROM tickets, (VALUES (0.0), (0.1), (0.25), (0.5), (0.9), (1.0)) v(f) GROUP BY f ORDER BY f;
-- Under the names of the field, from timestamptz, timestamp and interval: all the same.
SELECT avg_resolution_time(opened, closed), median_resolution_time(opened, closed),
    resolution_time_percentile(opened, closed, 0.9), avg_first_response_time(opened, closed),
    median_first_response_time(opened, closed), first_response_time_percentile(opened, closed, 0.9),
    avg_time_to_value(opened, closed), median_time_to_value(opened, closed), avg_time_on_platform(opened, closed)
    FROM tickets \gx
SELECT avg_resolution_time(o, c), median_resolution_time(o, c),
    resolution_time_percentile(o, c, 0.9), avg_first_response_time(o, c),
    median_first_response_time(o, c), first_response_time_percentile(o, c, 0.9),
    avg_time_to_value(o, c), median_time_to_value(o, c), avg_time_on_platform(o, c)
    FROM (SELECT opened::timestamp, closed::timestamp FROM tickets) t(o, c) \gx
SELECT avg_resolution_time(d), median_resolution_time(d),
    resolution_time_percentile(d, 0.9), avg_first_response_time(d),
    median_first_response_time(d), first_response_time_percentile(d, 0.9),
    avg_time_to_value(d), median_time_to_value(d), avg_time_on_platform(d)
    FROM (SELECT closed - opened FROM tickets) t(d) \gx
SELECT duration_agg(opened, closed) = duration_agg(closed - opened) AS equal,
    duration_agg(opened, closed) = duration_agg(opened::timestamp, closed::timestamp) AS equal FROM tickets;

-- Average handle time: 300 minutes for 50 contacts are 6 minutes.
SELECT aht(h), aht_from_totals('300 minutes', 50), aht_from_totals(sum(h), count(h)), aht_from_totals('1 hour', 0)
    FROM (SELECT interval '6 minutes' * (1 + (i % 2 * 2 - 1) * 0.5) FROM generate_series(1, 50) i) t(h);
SELECT aht(talk, hold, wrap), aht(talk + hold + wrap) FROM (VALUES (interval '4 min', interval '1 min', interval '30 s'),
    ('2 min', '0', '30 s'), ('9 min', NULL, '1 min')) v(talk, hold, wrap);
SELECT aht_from_totals('100 s', 3::smallint), aht_from_totals('100 s', 3.0), aht_from_totals('100 s', 3::real),
    aht_from_totals(NULL, 3), aht_from_totals('1 s', NULL);

-- A day is 24 hours of elapsed time, also where the clocks change.
SET timezone = 'Europe/Berlin';
SELECT avg_duration(t, t + interval '1 day'), avg_duration(t, t + interval '24 hours'), avg_duration(interval '1 day')
    FROM (VALUES (timestamptz '2026-03-28 12:00')) v(t);
SET timezone = 'UTC';

-- Nothing, and nothing but NULL.
SELECT avg_duration(opened, closed), median_duration(opened, closed), stddev_duration(opened, closed),
    min_duration(opened, closed), max_duration(opened, closed), total_duration(opened, closed),
    num_durations(opened, closed), duration_percentile(opened, closed, 0.9), duration_agg(opened, closed)
    FROM tickets WHERE id = 5;
SELECT aht(d), num_durations(d), duration_percentile(d, 0.9), duration_agg(d) FROM (SELECT NULL::interval) v(d);
SELECT aht(d), num_durations(d), duration_percentile(d, 0.9), duration_agg(d) FROM (SELECT NULL::interval) v(d) WHERE false;
SELECT avg_duration(s), median_duration(s), duration_percentile(s), duration_percentile(s, 0.9), within_rate(s, '1 h'),
    num_durations(s), stddev_duration(s) FROM (VALUES ('{"version":1,"durations":[]}'::duration_summary), (NULL)) v(s);
SELECT stddev_duration(interval '1 hour');

-- 3,000 rows of three reps; up to 500 durations everything is exact.
CREATE TABLE rows AS SELECT i AS id, i % 7 % 3 AS rep, timestamptz '2026-01-01' + i * interval '13 min' AS opened,
    CASE WHEN i % 11 > 0 THEN timestamptz '2026-01-01' + i * interval '13 min'
        + (1 + i::bigint * i * 7919 % 100003) * interval '1 second' END AS closed
    FROM generate_series(1, 3000) i;
CREATE FUNCTION near(a interval, b interval) RETURNS boolean LANGUAGE sql RETURN
    abs(extract(epoch FROM a) - extract(epoch FROM b)) <= 0.01 * extract(epoch FROM b);
SELECT id / 500 AS part, median_duration(opened, closed) = percentile_cont(0.5) WITHIN GROUP (ORDER BY closed - opened) AS median,
    duration_percentile(opened, closed, 0.9) = percentile_cont(0.9) WITHIN GROUP (ORDER BY closed - opened) AS p90
    FROM rows GROUP BY 1 ORDER BY 1;
SELECT rep, num_durations(opened, closed), avg_duration(opened, closed) = date_trunc('microsecond', avg(closed - opened)) AS avg,
    min_duration(opened, closed) = min(closed - opened) AS min, max_duration(opened, closed) = max(closed - opened) AS max,
    total_duration(opened, closed) = sum(closed - opened) AS total,
    near(stddev_duration(opened, closed), stddev(extract(epoch FROM closed - opened)) * interval '1 s') AS stddev,
    near(median_duration(opened, closed), percentile_cont(0.5) WITHIN GROUP (ORDER BY closed - opened)) AS median,
    near(duration_percentile(opened, closed, 0.99), percentile_cont(0.99) WITHIN GROUP (ORDER BY closed - opened)) AS p99
    FROM rows GROUP BY rep ORDER BY rep;
-- The share within a limit: exact for few; for many, that of a limit within 1 %.
SELECT within_rate(duration_agg(opened, closed), '2 hours'), within_rate(duration_agg(opened, closed), '2 hours 1 us'),
    within_rate(duration_agg(opened, closed), '1 us'), within_rate(duration_agg(opened, closed), '1 day') FROM tickets;
SELECT rep, r BETWEEN low AND high AS within, within_rate(s, max_duration(s)), within_rate(s, min_duration(s) - interval '1 us')
    FROM (SELECT rep, duration_agg(opened, closed) AS s, within_rate(duration_agg(opened, closed), '8 hours') AS r,
        100.0 * count(*) FILTER (WHERE closed - opened <= interval '8 hours' * 0.99) / count(closed) AS low,
        100.0 * count(*) FILTER (WHERE closed - opened <= interval '8 hours' * 1.01) / count(closed) AS high
        FROM rows GROUP BY rep) t ORDER BY rep;
-- A constant is exact whatever the number of rows.
SELECT median_duration(d), duration_percentile(d, 0.99), stddev_duration(d), avg_duration(d)
    FROM (SELECT interval '1 day 02:03:04.000005' FROM generate_series(1, 5000)) v(d);

-- FILTER, DISTINCT, GROUPING SETS.
SELECT rep, num_durations(opened, closed) FILTER (WHERE id <= 600) AS few, avg_duration(opened, closed) FILTER (WHERE id < 0) AS none,
    num_durations(DISTINCT date_trunc('hour', closed - opened)) AS hours, count(DISTINCT date_trunc('hour', closed - opened))
    FROM rows GROUP BY rep ORDER BY rep;
SELECT rep, num_durations(opened, closed), num_durations(opened, closed) = count(closed) AS equal
    FROM rows GROUP BY ROLLUP (rep) ORDER BY rep NULLS LAST;

-- Stored by day and rep, rolled up to anything: the same as from the rows.
CREATE TABLE days AS SELECT opened::date AS day, rep, duration_agg(opened, closed) AS s FROM rows GROUP BY 1, 2;
SELECT rep, rollup(s) = (SELECT duration_agg(opened, closed) FROM rows r WHERE r.rep = d.rep) AS equal,
    num_durations(rollup(s)), avg_duration(rollup(s)), median_resolution_time(rollup(s)) FROM days d GROUP BY rep ORDER BY rep;
SELECT rollup(s) = (SELECT duration_agg(closed - opened) FROM rows) AS equal, avg_resolution_time(rollup(s)),
    resolution_time_percentile(rollup(s), 0.9), aht(rollup(s)), num_durations(rollup(s)) FROM days;
SELECT rollup(s ORDER BY day DESC) = rollup(s ORDER BY rep, day) AS equal FROM days;
SELECT rollup(s) FROM days WHERE false;
-- Equality, hashing, text and binary.
SELECT s = s::text::duration_summary AS text, s <> s AS ne, count(*) OVER () FROM
    (SELECT rollup(s) FROM days UNION SELECT duration_agg(opened, closed) FROM rows) v(s);
CREATE TABLE copied (LIKE days);
\setenv PGDATABASE :DBNAME
COPY (SELECT * FROM days UNION ALL SELECT NULL, NULL, rollup(s) FROM days) TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY copied FROM STDIN (FORMAT binary)' 2>&1
SELECT count(*), bool_and(c.s = d.s) AS equal, pg_size_pretty(max(pg_column_size(c.s))::bigint) AS largest FROM copied c
    JOIN days d USING (day, rep);
SELECT c.s = (SELECT rollup(s) FROM days) AS equal FROM copied c WHERE rep IS NULL;

-- Moving frames, against an aggregate made anew for each row: no rows.
SELECT id FROM (SELECT id, avg_duration(opened, closed) OVER w AS a, num_durations(opened, closed) OVER w AS n,
    median_duration(opened, closed) OVER w AS m, duration_percentile(opened, closed, 0.9) OVER w AS p,
    min_duration(opened, closed) OVER w AS lo, max_duration(opened, closed) OVER w AS hi,
    stddev_duration(opened, closed) OVER w AS sd, duration_agg(opened, closed) OVER w AS s FROM rows
    WINDOW w AS (ORDER BY id ROWS BETWEEN 9 PRECEDING AND 2 FOLLOWING)) w, LATERAL (SELECT avg_duration(opened, closed),
    num_durations(opened, closed), median_duration(opened, closed), duration_percentile(opened, closed, 0.9), min(closed - opened),
    max(closed - opened), stddev_duration(opened, closed), duration_agg(opened, closed) FROM rows r
    WHERE r.id BETWEEN w.id - 9 AND w.id + 2) fresh(a, n, m, p, lo, hi, sd, s)
    WHERE w.id % 7 = 0 AND (w.a, w.n, w.m, w.p, w.lo, w.hi, w.sd, w.s::text) IS DISTINCT FROM
        (fresh.a, fresh.n, fresh.m, fresh.p, fresh.lo, fresh.hi, fresh.sd, fresh.s::text);
-- Frames that pass the border of 500 durations in both directions.
SELECT id FROM (SELECT id, duration_agg(closed - opened) OVER w AS s FROM rows
    WINDOW w AS (ORDER BY id RANGE BETWEEN 560 PRECEDING AND CURRENT ROW)) w, LATERAL (SELECT duration_agg(closed - opened)
    FROM rows r WHERE r.id BETWEEN w.id - 560 AND w.id) fresh(s) WHERE w.id % 50 = 0 AND w.s <> fresh.s;
SELECT day, rollup(s) OVER (ORDER BY day ROWS 6 PRECEDING) = (SELECT rollup(s) FROM days r WHERE r.rep = 1
    AND r.day BETWEEN d.day - 6 AND d.day) AS equal FROM days d WHERE rep = 1 AND day < '2026-01-11' ORDER BY day;

-- In parallel, with few and with many durations in a part.
SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0; SET min_parallel_table_scan_size = 0;
SET max_parallel_workers_per_gather = 2; SET parallel_leader_participation = off;
ALTER TABLE rows SET (parallel_workers = 2);
EXPLAIN (COSTS OFF) SELECT rep, duration_agg(opened, closed), duration_percentile(opened, closed, 0.9) FROM rows GROUP BY rep;
SELECT rep, duration_agg(opened, closed) = (SELECT rollup(s) FROM days d WHERE d.rep = r.rep) AS equal,
    duration_percentile(opened, closed, 0.9) = duration_percentile(duration_agg(opened, closed), 0.9) AS p90
    FROM rows r GROUP BY rep ORDER BY rep;
RESET ALL;

-- One pass: aggregates over the same columns share their state.
SELECT count(DISTINCT (aggtransfn::oid, agginitval)) AS transitions, count(*) > 10 AS many
    FROM pg_aggregate a JOIN pg_proc p ON p.oid = aggfnoid
    WHERE aggtranstype = 'duration_summary'::regtype AND oidvectortypes(proargtypes)
        = 'timestamp with time zone, timestamp with time zone';

DROP TABLE tickets, rows, days, copied;
DROP FUNCTION near;
