-- on_time_rate and sla_rate, and what decides a row of theirs.
\pset null '(null)'
SET TimeZone = 'UTC';

-- Delivered when promised, before, after, not yet; 2 of 3 that were delivered.
CREATE TABLE deliveries (id integer, promised_at timestamptz, delivered_at timestamptz);
INSERT INTO deliveries VALUES (1, '2026-01-10 12:00', '2026-01-10 12:00'), (2, '2026-01-10 12:00', '2026-01-09'),
    (3, '2026-01-10 12:00', '2026-01-10 12:00:00.000001'), (4, '2026-01-20 12:00', NULL), (5, NULL, '2026-01-05'),
    (6, NULL, NULL);
SELECT on_time_rate(promised_at, delivered_at), pg_typeof(on_time_rate(promised_at, delivered_at)) FROM deliveries;
SELECT id, on_time(promised_at, delivered_at) FROM deliveries ORDER BY id;
-- As of a moment: late once overdue, not before; what came later had not come yet.
SELECT as_of, array_agg(on_time(promised_at, delivered_at, as_of) ORDER BY id) AS on_time,
    on_time_rate(promised_at, delivered_at, as_of) FROM deliveries,
    unnest('{2026-01-01,2026-01-09,2026-01-10 12:00,2026-01-10 12:00:00.000001,2026-01-20 12:00,2026-01-20 12:00:01}'::timestamptz[]) as_of
    GROUP BY as_of ORDER BY as_of;

-- Eight hours from the start: to the microsecond.
CREATE TABLE cases (id integer, started_at timestamptz, ended_at timestamptz, within interval);
INSERT INTO cases VALUES (1, '2026-01-10 12:00', '2026-01-10 20:00', '8 hours'), (2, '2026-01-10 12:00', '2026-01-10 12:00', '8 hours'),
    (3, '2026-01-10 12:00', '2026-01-10 20:00:00.000001', '8 hours'), (4, '2026-01-10 12:00', NULL, '1 day'),
    (5, NULL, '2026-01-05', '8 hours'), (6, '2026-01-10', '2026-01-11', NULL), (7, NULL, NULL, NULL);
SELECT sla_rate(started_at, ended_at, within), sla_rate(started_at, ended_at, '4 hours') AS in_4_hours,
    pg_typeof(sla_rate(started_at, ended_at, within)) FROM cases;
SELECT id, within_sla(started_at, ended_at, within) FROM cases ORDER BY id;
SELECT as_of, array_agg(within_sla(started_at, ended_at, within, as_of) ORDER BY id) AS within_sla,
    sla_rate(started_at, ended_at, within, as_of) FROM cases,
    unnest('{2026-01-10 11:59,2026-01-10 12:00,2026-01-10 20:00,2026-01-10 20:00:00.000001,2026-01-11 12:00,2026-01-11 12:00:01}'::timestamptz[]) as_of
    GROUP BY as_of ORDER BY as_of;
-- A day is 24 hours, also where clocks change: elapsed time is absolute.
SET TimeZone = 'Europe/Berlin';
SELECT within_sla('2026-03-28 12:00', '2026-03-29 13:00', '1 day') AS spring, within_sla('2026-10-24 12:00', '2026-10-25 11:30', '1 day') AS autumn,
    within_sla(timestamp '2026-03-28 12:00', '2026-03-29 13:00', '1 day') AS no_zone;
SET TimeZone = 'UTC';

-- timestamp gives what timestamptz gives; dates are their midnight.
SELECT on_time_rate(promised_at::timestamp, delivered_at::timestamp) = on_time_rate(promised_at, delivered_at) AS on_time,
    on_time_rate(promised_at::timestamp, delivered_at::timestamp, '2026-01-21') = on_time_rate(promised_at, delivered_at, '2026-01-21') AS as_of,
    on_time_rate(promised_at::date, delivered_at::date) AS dates FROM deliveries;
SELECT sla_rate(started_at::timestamp, ended_at::timestamp, within) = sla_rate(started_at, ended_at, within) AS sla,
    sla_rate(started_at::timestamp, ended_at::timestamp, within, '2026-01-21') = sla_rate(started_at, ended_at, within, '2026-01-21') AS as_of
    FROM cases;
SELECT sla_rate(started_at, ended_at, within, now()) = sla_rate(started_at, ended_at, within, '2026-02-01') AS now,
    sla_rate(started_at::timestamp, ended_at::timestamp, within, localtimestamp) AS local FROM cases;

-- Many tickets with limits by priority, against plain SQL; rep d has none, some are open.
CREATE TABLE tickets AS SELECT g AS id, substr('abcd', 1 + g % 4, 1) AS rep, opened, closed, within, promised
    FROM generate_series(1, 3000) g, LATERAL (SELECT CASE WHEN g % 4 < 3 THEN timestamptz '2026-01-01' + g * interval '17 minutes' END AS opened) o,
    LATERAL (SELECT CASE WHEN g % 13 > 0 THEN opened + (g * g % 97) * interval '20 minutes' END AS closed,
        CASE WHEN g % 19 > 0 THEN ('{1 hour,8 hours,1 day}'::interval[])[1 + g % 3] END AS within,
        opened + (g % 5) * interval '4 hours' AS promised) c;
SELECT rep, round(sla_rate(opened, closed, within), 6) AS sla, round(100.0 * avg((closed - opened <= within)::integer), 6) AS by_hand,
    round(on_time_rate(promised, closed), 6) AS on_time, round(100.0 * avg((closed <= promised)::integer), 6) AS by_hand
    FROM tickets GROUP BY rep ORDER BY rep;
-- At the end of each of 30 days, in one query: as_of may differ by row.
CREATE VIEW ends AS SELECT timestamptz '2026-01-05' + g * interval '1 day' AS as_of FROM generate_series(0, 29) g;
CREATE VIEW at_ends AS SELECT as_of, CASE WHEN closed <= as_of THEN closed - opened <= within WHEN as_of - opened > within THEN false END AS sla,
    CASE WHEN closed <= as_of THEN closed <= promised WHEN as_of > promised THEN false END AS on_time, opened, closed, within, promised FROM tickets, ends;
SELECT as_of FROM at_ends GROUP BY as_of HAVING sla_rate(opened, closed, within, as_of) IS DISTINCT FROM rate(sla)
    OR sla_rate(opened, closed, within, as_of) IS NULL OR on_time_rate(promised, closed, as_of) IS DISTINCT FROM rate(on_time);
SELECT count(*), count(*) FILTER (WHERE within_sla(opened, closed, within, as_of) IS DISTINCT FROM sla) AS sla_differs,
    count(*) FILTER (WHERE on_time(promised, closed, as_of) IS DISTINCT FROM on_time) AS on_time_differs FROM at_ends;
SELECT round(sla_rate(opened, closed, within, as_of), 6) AS all_ends FROM tickets, ends;
-- A report of the past is not changed by what happened since: the tickets as they were then.
SELECT count(*) FROM ends e WHERE (SELECT sla_rate(opened, closed, within, as_of) FROM tickets)
    IS DISTINCT FROM (SELECT sla_rate(opened, CASE WHEN closed <= as_of THEN closed END, within, as_of) FROM tickets WHERE opened <= as_of);

-- Intervals, filters and summaries come from the row functions.
SELECT rep, rate(within_sla(opened, closed, within)) IS NOT DISTINCT FROM sla_rate(opened, closed, within) AS rate,
    rate_ci(within_sla(opened, closed, within)) IS NULL AS no_ci, total(rate_agg(on_time(promised, closed, '2026-01-20')))
    FROM tickets GROUP BY rep ORDER BY rep;
CREATE TABLE days AS SELECT rep, opened::date AS day, rate_agg(within_sla(opened, closed, within)) AS sla FROM tickets GROUP BY rep, day;
SELECT rep, sla_rate(rollup(sla)) IS NOT DISTINCT FROM (SELECT sla_rate(opened, closed, within) FROM tickets t WHERE t.rep = d.rep) AS rolled
    FROM days d GROUP BY rep ORDER BY rep;
SELECT on_time_rate(s), sla_rate(s) FROM (VALUES ('{"version":1,"hits":40,"total":50}'::rate_summary), ('{"version":1,"hits":0,"total":0}'), (NULL)) v(s);

-- No rows, none that counts.
SELECT on_time_rate(promised, closed), on_time_rate(promised, closed, '2026-01-20'), sla_rate(opened, closed, within),
    sla_rate(opened, closed, within, '2026-01-20') FROM tickets WHERE false;
SELECT on_time_rate(promised, closed), on_time_rate(promised, closed, '2026-01-20'), sla_rate(opened, closed, within),
    sla_rate(opened, closed, within, '2026-01-20') FROM tickets WHERE rep = 'd';
SELECT sla_rate(opened, closed, within, '2025-01-01') FROM tickets;
-- FILTER, DISTINCT, GROUPING SETS.
SELECT rep, round(sla_rate(opened, closed, within) FILTER (WHERE within = '1 hour'), 4) AS urgent,
    sla_rate(opened, closed, within) FILTER (WHERE false) AS none, round(sla_rate(DISTINCT opened, closed, within), 4) AS distinct
    FROM tickets GROUP BY GROUPING SETS ((rep), ()) ORDER BY rep;

-- Moving frames, against plain SQL: no rows.
SELECT id FROM (SELECT id, sla_rate(opened, closed, within) OVER w AS sla, rate(closed - opened <= within) OVER w AS sla_by_hand,
    on_time_rate(promised, closed, '2026-01-20') OVER w AS on_time,
    rate(CASE WHEN closed <= '2026-01-20' THEN closed <= promised WHEN promised < '2026-01-20' THEN false END) OVER w AS by_hand FROM tickets
    WINDOW w AS (PARTITION BY rep ORDER BY id ROWS BETWEEN 6 PRECEDING AND 2 FOLLOWING)) w
    WHERE sla IS DISTINCT FROM sla_by_hand OR on_time IS DISTINCT FROM by_hand;
SELECT id FROM (SELECT id, sla_rate(opened, closed, within, coalesce(opened, '2026-01-01') + interval '5 hours') OVER w AS sla,
    sla_rate(opened, closed, within, coalesce(opened, '2026-01-01') + interval '5 hours') OVER (PARTITION BY rep ORDER BY id ROWS 6 PRECEDING EXCLUDE TIES) AS anew,
    on_time_rate(promised, closed) OVER w AS on_time, rate(closed <= promised) OVER w AS by_hand FROM tickets
    WINDOW w AS (PARTITION BY rep ORDER BY id ROWS 6 PRECEDING)) w
    WHERE sla IS DISTINCT FROM anew OR on_time IS DISTINCT FROM by_hand;

-- In parallel: the same.
CREATE TABLE serial AS SELECT rep, sla_rate(opened, closed, within), sla_rate(opened, closed, within, '2026-01-20') AS as_of,
    on_time_rate(promised, closed), on_time_rate(promised, closed, '2026-01-20') AS on_time FROM tickets GROUP BY rep;
SET max_parallel_workers_per_gather = 2;
SET min_parallel_table_scan_size = 0;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
ALTER TABLE tickets SET (parallel_workers = 2);
ANALYZE tickets;
EXPLAIN (COSTS OFF) SELECT sla_rate(opened, closed, within), on_time_rate(promised, closed, '2026-01-20') FROM tickets;
SELECT round(sla_rate(opened, closed, within), 6) AS sla, round(on_time_rate(promised, closed, '2026-01-20'), 6) AS on_time FROM tickets;
(SELECT rep, sla_rate(opened, closed, within), sla_rate(opened, closed, within, '2026-01-20'), on_time_rate(promised, closed),
    on_time_rate(promised, closed, '2026-01-20') FROM tickets GROUP BY rep EXCEPT ALL TABLE serial) UNION ALL
(TABLE serial EXCEPT ALL SELECT rep, sla_rate(opened, closed, within), sla_rate(opened, closed, within, '2026-01-20'),
    on_time_rate(promised, closed), on_time_rate(promised, closed, '2026-01-20') FROM tickets GROUP BY rep);
RESET max_parallel_workers_per_gather;
RESET min_parallel_table_scan_size;
RESET parallel_setup_cost;
RESET parallel_tuple_cost;

-- From counts.
SELECT sla_rate_from_counts(40, 50), on_time_rate_from_counts(64, 1000::bigint), sla_rate_from_counts(0, 0), on_time_rate_from_counts(NULL, 1);
SELECT sla_rate_from_counts(6, 5);
SELECT on_time_rate_from_counts(1, 9007199254740993);

-- Bad input. The end before its start, of a row that is looked at whenever.
SELECT sla_rate(opened, opened - interval '1 second', '8 hours') FROM tickets WHERE id = 1;
SELECT sla_rate(opened::timestamp, opened::timestamp - interval '1 second', '8 hours') FROM tickets WHERE id = 1;
SELECT sla_rate(opened, opened - interval '1 second', '8 hours', '2026-02-01') FROM tickets WHERE id = 1;
SELECT sla_rate(opened, opened - interval '1 second', '8 hours', '2025-02-01') FROM tickets WHERE id = 1;
SELECT rep, sla_rate(CASE WHEN id = 5 THEN closed ELSE opened END, CASE WHEN id = 5 THEN opened ELSE closed END, within) FROM tickets GROUP BY rep;
SELECT sla_rate(CASE WHEN id = 5 THEN closed ELSE opened END, CASE WHEN id = 5 THEN opened ELSE closed END, within)
    OVER (ORDER BY id ROWS 1 PRECEDING) FROM tickets;
SELECT sla_rate(a, b, '8 hours', '2026-02-01') FILTER (WHERE b >= a OR b IS NULL) FROM (VALUES (timestamptz '2026-01-02', timestamptz '2026-01-01'),
    ('2026-01-02', NULL), ('2026-01-02', '2026-01-02')) v(a, b);
SELECT within_sla('2026-01-02', '2026-01-01', '8 hours');
SELECT within_sla(timestamp '2026-01-02', '2026-01-01', '8 hours', '2026-01-03');
-- Infinity.
SELECT sla_rate('-infinity'::timestamptz, closed, within) FROM tickets;
SELECT sla_rate(opened, 'infinity', within) FROM tickets;
SELECT sla_rate(opened::timestamp, 'infinity', within, '2026-01-20') FROM tickets;
SELECT sla_rate('infinity'::timestamptz, NULL, within, '2026-01-20') FROM tickets;
SELECT on_time_rate('infinity'::timestamptz, closed) FROM tickets;
SELECT on_time_rate(promised::timestamp, '-infinity'::timestamp) FROM tickets;
SELECT on_time('infinity'::timestamp, NULL, '2026-01-20');
SELECT on_time(timestamptz '2026-01-01', 'infinity', '2026-01-20');
-- as_of: NULL and infinity, also where the row would be skipped.
SELECT sla_rate(opened, closed, within, NULL) FROM tickets;
SELECT on_time_rate(promised, closed, NULL) FROM tickets;
SELECT sla_rate(opened, closed, within, 'infinity') FROM tickets;
SELECT on_time_rate(promised::timestamp, closed::timestamp, '-infinity') FROM tickets;
SELECT within_sla(NULL::timestamptz, NULL, NULL, NULL);
SELECT within_sla(NULL::timestamptz, NULL, NULL, 'infinity');
SELECT on_time(NULL::timestamptz, NULL, NULL);
-- The limit: positive, without months, finite.
SELECT sla_rate(opened, closed, '0') FROM tickets;
SELECT sla_rate(opened, closed, '-1 hour') FROM tickets;
SELECT sla_rate(opened, closed, '1 mon') FROM tickets;
SELECT sla_rate(opened, closed, '1 year -8 hours', '2026-01-20') FROM tickets;
SELECT sla_rate(opened, NULL, '0', '2026-01-20') FROM tickets;
SELECT within_sla(timestamptz '2026-01-01', '2026-01-02', '200000000 days');
SELECT within_sla(timestamptz '2026-01-01', '2026-01-02', '1 day -24 hours');
SELECT rep, sla_rate(opened, closed, CASE WHEN id = 6 THEN interval '1 mon' ELSE within END) FROM tickets GROUP BY rep;
-- At the ends of time nothing overflows: 4713 BC to 294276.
SELECT within_sla('4713-01-01 BC', '294276-12-31'::timestamptz, '106751991 days') AS missed,
    within_sla('294276-12-31'::timestamptz, '294276-12-31', '106751991 days') AS met,
    within_sla('4713-01-01 BC', NULL, '1 day', '294276-12-31'::timestamptz) AS overdue, on_time('4713-01-01 BC', '294276-12-31'::timestamptz) AS late;
-- Wrong types are PostgreSQL's own errors; the SQLSTATEs.
\set VERBOSITY terse
SELECT sla_rate(opened, closed, 8) FROM tickets;
SELECT sla_rate(opened, closed) FROM tickets;
SELECT on_time_rate(1, 2) FROM tickets;
\set VERBOSITY sqlstate
SELECT sla_rate(opened, opened - interval '1 second', '8 hours') FROM tickets WHERE id = 1;
SELECT on_time_rate('infinity'::timestamptz, closed) FROM tickets;
SELECT sla_rate(opened, closed, within, NULL) FROM tickets;
SELECT sla_rate(opened, closed, within, 'infinity') FROM tickets;
SELECT sla_rate(opened, closed, '1 mon') FROM tickets;
SELECT sla_rate(opened, closed, '0') FROM tickets;
\set VERBOSITY default

-- Support functions, called directly.
SELECT rate_accum_on_time(s, '2026-01-02', '2026-01-01'::timestamptz), rate_accum_on_time(s, '2026-01-01', '2026-01-02'::timestamp),
    rate_accum_on_time(s, '2026-01-02', NULL, '2026-01-01'::timestamptz), rate_accum_on_time(s, '2026-01-02', NULL, '2026-01-03'::timestamp),
    rate_remove_on_time(s, '2026-01-02', '2026-01-01'::timestamptz), rate_remove_on_time(s, '2026-01-02', NULL, '2026-01-01'::timestamptz), s
    FROM (VALUES ('{"version":1,"hits":1,"total":1}'::rate_summary)) v(s);
SELECT rate_accum_sla(s, '2026-01-01', '2026-01-01'::timestamptz, '1 s'), rate_accum_sla(s, '2026-01-01', '2026-01-02'::timestamp, '1 s'),
    rate_accum_sla(s, '2026-01-01', NULL, '1 s', '2026-01-01'::timestamptz), rate_accum_sla(s, '2026-01-01', NULL, '1 s', '2026-01-02'::timestamp),
    rate_remove_sla(s, '2026-01-01', '2026-01-01'::timestamptz, '1 s'), rate_remove_sla(s, '2026-01-01', NULL, '1 s', '2026-01-01'::timestamptz), s
    FROM (VALUES ('{"version":1,"hits":1,"total":1}'::rate_summary)) v(s);
-- NULL states: STRICT, or an empty one.
SELECT rate_accum_sla(NULL, '2026-01-01', '2026-01-01'::timestamptz, '1 s'), rate_accum_sla(NULL, '2026-01-01', '2026-01-01'::timestamptz, '1 s', '2026-01-02'),
    rate_accum_on_time(NULL, '2026-01-01', NULL, '2026-01-02'::timestamptz), rate_remove_on_time(NULL, '2026-01-01', '2026-01-01', '2026-01-02'::timestamptz) AS not_held,
    rate_remove_sla(NULL, NULL, NULL, NULL, '2026-01-02'::timestamp);
SELECT rate_remove_sla('{"version":1,"hits":1,"total":1}', '2026-01-01', '2026-01-02'::timestamptz, '1 s') AS not_held;
SELECT rate_accum_sla('{"version":1,"hits":1,"total":1}', '2026-01-02', '2026-01-01'::timestamptz, '1 s');
SELECT rate_accum_sla('{"version":1,"hits":1,"total":1}', NULL, NULL, NULL, NULL::timestamptz);
SELECT rate_remove_on_time('{"version":1,"hits":1,"total":1}', 'infinity', '2026-01-01'::timestamp);

DROP VIEW at_ends, ends;
DROP TABLE deliveries, cases, tickets, days, serial;
