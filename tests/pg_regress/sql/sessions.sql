-- Sessions: events of one visitor that follow each other without a gap, and stickiness.
\pset null '(null)'
SET TimeZone = 'UTC';
-- The usual way by hand, for comparison: one row a session.
CREATE FUNCTION by_hand(events timestamptz[], gap interval,
    OUT started_at timestamptz, OUT ended_at timestamptz) RETURNS SETOF record LANGUAGE sql AS $$
    SELECT min(at), max(at) FROM (
        SELECT at, count(*) FILTER (WHERE fresh) OVER (ORDER BY at) AS nr FROM (
            SELECT at, at - lag(at) OVER (ORDER BY at) > gap IS NOT FALSE AS fresh FROM unnest(events) at
            WHERE at IS NOT NULL) f) n
    GROUP BY nr ORDER BY 1 $$;

-- Exactly the gap is still the same session, a microsecond more is not. Durations 40 min, 0, 10 s.
CREATE TABLE visits AS SELECT v.at::timestamptz AS at FROM (VALUES ('2026-03-01 10:30'), ('2026-03-01 10:00'),
    ('2026-03-01 10:40'), (NULL), ('2026-03-01 11:10:00.000001'), ('2026-03-02 00:00:10'),
    ('2026-03-02 00:00:00')) v(at);
SELECT session_count(at, '30 minutes'), avg_session_duration(at, '30 minutes'),
    (SELECT count(*) FROM by_hand(array_agg(at), '30 minutes')) AS count_by_hand,
    (SELECT avg(ended_at - started_at) FROM by_hand(array_agg(at), '30 minutes')) AS avg_by_hand FROM visits;
SELECT s.* FROM (SELECT session_agg(at, '30 minutes') AS summary FROM visits) v, sessions(v.summary) s;
SELECT session_agg(at, '30 minutes') FROM visits;
SELECT session_count(at::timestamp, '30 minutes'), avg_session_duration(at::timestamp, '30 minutes') FROM visits;
SELECT pg_typeof(session_count(at, '1 h')), pg_typeof(avg_session_duration(at, '1 h')),
    pg_typeof(session_agg(at, '1 h')) FROM visits;
-- Longer than a day: days of 24 hours, as a difference of timestamps.
SELECT avg_session_duration(at, '10 hours') AS ours, max(at) - min(at) AS sql
    FROM generate_series(timestamptz '2026-03-01', '2026-04-15 05:00', '6 hours') at;
-- Rounded to microseconds, half up.
SELECT avg_session_duration(timestamptz '2026-01-01' + at * interval '1 us', '1 ms')
    FROM unnest(ARRAY[0, 1, 1000000, 2000000]) at;
SELECT avg_session_duration(timestamptz '2026-01-01' + at * interval '1 us', '1 ms')
    FROM unnest(ARRAY[0, 1, 1000000]) at;
-- A gap in days counts 24 hours each, in the night when clocks change, too.
SELECT session_count(at, '1 day'), session_count(at, '24:00:00'), session_count(at, '25:00:00')
    FROM (VALUES (timestamptz '2026-10-24 12:00 Europe/Berlin'), ('2026-10-25 12:00 Europe/Berlin')) v(at);

-- Nothing, and only NULLs.
SELECT session_count(at, '1 h'), avg_session_duration(at, '1 h'), session_agg(at, '1 h') FROM visits WHERE false;
SELECT session_count(at, '1 h'), avg_session_duration(at, '1 h'), session_agg(at, '1 h') FROM visits WHERE at IS NULL;
SELECT session_count(at, '1 h') FROM visits WHERE false GROUP BY at;
SELECT session_count(s), avg_session_duration(s), (SELECT count(*) FROM sessions(s)) AS rows
    FROM (VALUES ('{"version":1}'::session_summary), (NULL)) v(s);

-- Many visitors, at random and in order, against the way by hand. Equal everywhere: no rows.
CREATE TABLE events AS SELECT abs(hashint4(n)) % 50 AS user_id, CASE WHEN n % 97 > 0 THEN timestamptz '2026-01-01'
    + abs(hashint4extended(n, 7)) % 7776000 * interval '1 second' END AS at FROM generate_series(1, 5000) n;
SELECT user_id, gap FROM (VALUES (interval '1 s'), ('30 minutes'), ('10:00:00'), ('2 days'), ('1000 days')) g(gap),
    LATERAL (SELECT user_id, session_agg(at, gap) AS s, session_agg(at, gap ORDER BY at) AS forward,
        session_agg(at, gap ORDER BY at DESC) AS backward, session_agg(DISTINCT at, gap) AS of_distinct,
        array_agg(at) AS all_of_them,
        session_count(at, gap) AS n, avg_session_duration(at, gap) AS mean,
        session_count(at::timestamp, gap) AS local_n, avg_session_duration(at::timestamp, gap) AS local_mean
        FROM events GROUP BY user_id) u,
    LATERAL (SELECT count(*) AS n, avg(ended_at - started_at) AS mean, array_agg((started_at, ended_at)) AS list
        FROM by_hand(all_of_them, gap)) h
    WHERE (u.n, local_n, session_count(s)) IS DISTINCT FROM (h.n, h.n, h.n)
        OR extract(epoch FROM u.mean - h.mean) NOT BETWEEN -0.000001 AND 0.000001
        OR (u.mean, u.mean) IS DISTINCT FROM (local_mean, avg_session_duration(s))
        OR list IS DISTINCT FROM (SELECT array_agg((started_at, ended_at)) FROM sessions(s))
        OR s <> forward OR s <> backward OR s <> of_distinct OR s::text <> backward::text;
-- Sessions of all visitors.
SELECT count(*), avg(ended_at - started_at),
    percentile_cont(0.5) WITHIN GROUP (ORDER BY ended_at - started_at) AS median, sum(session_count(s)) = 0 AS nobody
    FROM (SELECT user_id, session_agg(at, '10 hours') AS s FROM events GROUP BY user_id) u, sessions(u.s);
-- FILTER, and sets of groups.
SELECT user_id, session_count(at, '10 hours'), session_count(at, '10 hours') FILTER (WHERE at < '2026-02-01') AS january,
    avg_session_duration(at, '10 hours') FILTER (WHERE at < '1999-01-01') AS never, (SELECT count(*)
        FROM by_hand((SELECT array_agg(at) FROM events e WHERE e.user_id = g.user_id OR g.user_id IS NULL AND e.user_id < 3),
            '10 hours')) AS by_hand
    FROM events g WHERE user_id < 3 GROUP BY GROUPING SETS ((user_id), ()) ORDER BY user_id;

-- A stored summary by day, rolled up: sessions across midnight become one, as from all raw events.
CREATE TABLE daily AS SELECT user_id, at::date AS day, session_agg(at, '10 hours') AS s FROM events GROUP BY 1, 2;
SELECT count(*), bool_and(rolled = direct) AS equal, bool_and(rolled::text = direct::text) AS same_text,
    sum(session_count(rolled)) AS sessions, sum(parts) AS added_up
    FROM (SELECT user_id, rollup(s) AS rolled, rollup(s ORDER BY day DESC) AS backward, sum(session_count(s)) AS parts
        FROM daily GROUP BY user_id) r
    JOIN (SELECT user_id, session_agg(at, '10 hours') AS direct FROM events GROUP BY user_id) d USING (user_id)
    WHERE rolled = backward;
SELECT rollup(s) FROM (VALUES (NULL::session_summary), ('{"version":1}'),
    ('{"version":1,"gap":10,"sessions":[[0,5],[100,120]]}'), ('{"version":1,"gap":10,"sessions":[[15,90]]}'),
    ('{"version":1,"gap":10,"sessions":[[-11,-11]]}')) v(s);
SELECT rollup(s), session_count(rollup(s)), avg_session_duration(rollup(s)) FROM daily WHERE false;
SELECT rollup(s) FROM (VALUES ('{"version":1,"gap":10,"sessions":[[0,5]]}'::session_summary),
    ('{"version":1,"gap":86400000011,"sessions":[[0,5]]}')) v(s);
-- Equality and hashing.
SELECT a = b AS eq, a <> b AS ne FROM (VALUES
    ('{"version":1,"gap":10,"sessions":[[0,5]]}'::session_summary, '{"version":1,"gap":10,"sessions":[[0,5]]}'::session_summary),
    ('{"version":1,"gap":10,"sessions":[[0,5]]}', '{"version":1,"gap":11,"sessions":[[0,5]]}'),
    ('{"version":1,"gap":10,"sessions":[[0,5]]}', '{"version":1,"gap":10,"sessions":[[0,6]]}')) v(a, b);
SELECT count(*), count(DISTINCT s::text) FROM (SELECT s FROM daily UNION SELECT session_combine(s, '{"version":1}')
    FROM daily) u;

-- Parallel: the same as from one process.
CREATE TABLE serial AS SELECT user_id, session_count(at, '10 hours') AS n, avg_session_duration(at, '10 hours') AS mean,
    session_agg(at, '10 hours') AS s FROM events GROUP BY user_id;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET max_parallel_workers_per_gather = 2;
ALTER TABLE events SET (parallel_workers = 2);
EXPLAIN (COSTS OFF) SELECT user_id, session_count(at, '10 hours') FROM events GROUP BY user_id;
SELECT count(*) FROM serial JOIN (SELECT user_id, session_count(at, '10 hours') AS n,
    avg_session_duration(at, '10 hours') AS mean, session_agg(at, '10 hours') AS s FROM events GROUP BY user_id) p
    USING (user_id, n, mean, s);
SELECT session_agg(at, '1 minute') = (SELECT rollup(s) FROM (SELECT session_agg(at, '1 minute') AS s FROM events
    GROUP BY user_id) u) AS same FROM events;
RESET parallel_setup_cost;
RESET parallel_tuple_cost;
RESET min_parallel_table_scan_size;
RESET max_parallel_workers_per_gather;

-- Windows: recomputed for frames that move. Reading a state leaves it as it is. Against the aggregate
-- over the same rows: no rows.
CREATE TABLE line AS SELECT row_number() OVER () AS id, at FROM events WHERE user_id < 2 LIMIT 150;
SELECT id FROM (SELECT id, session_count(at, '2 days') OVER w AS n, avg_session_duration(at, '2 days') OVER w AS mean,
        session_agg(at, '2 days') OVER w AS s FROM line
        WINDOW w AS (ORDER BY id ROWS BETWEEN 20 PRECEDING AND 1 FOLLOWING EXCLUDE CURRENT ROW)) w
    WHERE (n, mean, s) IS DISTINCT FROM (SELECT ROW(session_count(at, '2 days'), avg_session_duration(at, '2 days'),
        session_agg(at, '2 days')) FROM line l WHERE l.id BETWEEN w.id - 20 AND w.id + 1 AND l.id <> w.id);
SELECT id FROM (SELECT id, session_count(at, '2 days') OVER w AS n, session_agg(at, '2 days') OVER w AS s FROM line
        WINDOW w AS (ORDER BY id)) w
    WHERE (n, s) IS DISTINCT FROM (SELECT ROW(session_count(at, '2 days'), session_agg(at, '2 days'))
        FROM line l WHERE l.id <= w.id);

-- Bad input: the gap.
SELECT session_count(at, NULL) FROM visits;
SELECT session_count(at, '0') FROM visits;
SELECT avg_session_duration(at, '-30 minutes') FROM visits;
SELECT session_agg(at, '1 month') FROM visits;
SELECT session_count(at, '1 year 2 days') FROM visits;
SELECT session_count(at, make_interval(days => 2147483647)) FROM visits;
SELECT session_count(at::timestamp, '00:00:00') FROM visits;
SELECT session_count(at, CASE WHEN at < '2026-03-02' THEN interval '30 minutes' ELSE '1 day 00:00:00.5' END) FROM visits;
SELECT session_count(at, NULL) OVER () FROM visits;
-- Of a row that is skipped the gap need not be the others', but must be possible.
SELECT session_count(at, CASE WHEN at IS NULL THEN interval '2 h' ELSE '30 minutes' END) FROM visits;
SELECT session_count(at, CASE WHEN at IS NULL THEN interval '-2 h' ELSE '30 minutes' END) FROM visits;
-- It may differ between groups.
SELECT gap, session_count(at, gap) FROM visits, (VALUES (interval '30 minutes'), ('1 day')) g(gap)
    GROUP BY gap ORDER BY gap;
-- Bad input: events.
SELECT session_count(timestamptz 'infinity', '1 h');
SELECT avg_session_duration(timestamp '-infinity', '1 h');
SELECT session_count(timestamptz 'infinity', NULL);
-- A timestamp without time zone would make a summary that depends on a setting.
SELECT session_agg(at::timestamp, '1 h') FROM visits;
SELECT session_agg(at::timestamp AT TIME ZONE 'UTC', '30 minutes') = session_agg(at, '30 minutes') AS same FROM visits;
SELECT session_count(session_agg(at::timestamp, '1 h')) FROM visits WHERE false;
-- The result depends on no setting, for timestamps either, in the night when clocks change.
SET TimeZone = 'Europe/Berlin';
SELECT session_count(at, '1 h'), avg_session_duration(at, '1 h') FROM (VALUES (timestamp '2026-03-29 01:30'),
    ('2026-03-29 03:30'), ('2026-03-29 03:40')) v(at);
SET TimeZone = 'UTC';
\set VERBOSITY sqlstate
SELECT session_count(at, NULL) FROM visits;
SELECT session_count(at, '1 month') FROM visits;
SELECT session_count(timestamptz 'infinity', '1 h');
SELECT session_agg(at::timestamp, '1 h') FROM visits;
\set VERBOSITY default

-- The ends of time.
SELECT session_count(at, '100000000 days'), avg_session_duration(at, '100000000 days'), session_count(at, '1 us')
    FROM (VALUES (timestamptz '4714-11-24 00:00:00+00 BC'), ('294276-12-31 23:59:59.999999+00'), ('2000-01-01')) v(at);

-- Support functions, called directly: right, and never changing what is passed in.
SELECT session_accum(NULL, NULL, '1 h'), session_accum(NULL, timestamptz '2000-01-01 00:00:01', '1 h'),
    session_accum(s, timestamptz '2000-01-01 00:00:02', '00:00:01'),
    session_accum(s, timestamptz '2000-01-01 00:00:20', '00:00:01'),
    session_accum(s, timestamp '1999-12-31 23:59:59', '00:00:01'), session_accum(s, NULL, '1 h') AS skipped,
    session_combine(s, s), session_combine(s, '{"version":1,"gap":1000000,"sessions":[[5000000,5000001]]}'),
    session_combine('{"version":1}', s), session_final(s), session_count(s), s
    FROM (VALUES ('{"version":1,"gap":1000000,"sessions":[[0,1000000]]}'::session_summary)) v(s) \gx
SELECT session_combine(NULL, s), session_combine(s, NULL), session_final(NULL)
    FROM (VALUES ('{"version":1}'::session_summary)) v(s);
SELECT session_accum(s, timestamptz '2000-01-01', '2 h')
    FROM (VALUES ('{"version":1,"gap":1000000,"sessions":[[0,1000000]]}'::session_summary)) v(s);
SELECT session_accum(s, timestamptz '2000-01-01', NULL) FROM (VALUES ('{"version":1}'::session_summary)) v(s);
SELECT session_combine(s, '{"version":1,"gap":5,"sessions":[[0,1]]}')
    FROM (VALUES ('{"version":1,"gap":1000000,"sessions":[[0,1000000]]}'::session_summary)) v(s);
SELECT session_refuse_local('{"version":1}');
-- A state that is not finished, stored: with room and out of order, but equal and with the same text.
CREATE TABLE unfinished AS SELECT session_accum(session_accum(session_accum(NULL, timestamptz '2000-01-01 00:00:09', '1 s'),
    timestamptz '2000-01-01 00:00:02', '1 s'), timestamptz '2000-01-01 00:00:03', '1 s') AS s;
SELECT s, session_count(s), avg_session_duration(s), s = s::text::session_summary AS equal,
    session_summary_hash(s) = session_summary_hash(session_final(s)) AS hash,
    session_summary_hash_extended(s, 5) = session_summary_hash_extended(s::text::session_summary, 5) AS hash_extended,
    session_summary_send(s) = session_summary_send(session_final(s)) AS sent,
    pg_column_size(session_final(s)) < pg_column_size(s) AS shorter, session_combine(s, s) = s AS doubled,
    rollup(s) = s AS rolled FROM unfinished GROUP BY s \gx

-- Text: lossless, and checked.
SELECT s::text::session_summary = s AS same, s FROM (VALUES
    (' {"sessions":[[-211813488000000000, 5], [1000 ,9223371331199999999]], "gap":994,"version":1} '::session_summary),
    ('{"version":1,"sessions":[]}')) v(s);
SELECT bool_and(s::text::session_summary::text = s::text AND s::text::session_summary = s) FROM daily;
CREATE FUNCTION refused(input text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    problem text; state text;
BEGIN
    RETURN 'ACCEPTED: ' || input::session_summary::text;
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS problem = MESSAGE_TEXT, state = RETURNED_SQLSTATE;
    RETURN state || ' ' || left(problem, 140) || CASE WHEN length(problem) > 500 THEN ' TOO LONG' ELSE '' END;
END $$;
\pset format unaligned
\pset tuples_only on
SELECT id, refused(input) FROM (VALUES
    (1, ''), (2, '{}'), (3, 'null'), (4, '[1,10,[[0,1]]]'), (5, '{"version":1,"gap":10'), (6, '{"version":2}'),
    (7, '{"version":1,"gap":10}'), (8, '{"version":1,"gap":10,"sessions":[]}'), (9, '{"version":1,"sessions":[[0,1]]}'),
    (10, '{"version":1,"gap":0,"sessions":[[0,1]]}'), (11, '{"version":1,"gap":-1,"sessions":[[0,1]]}'),
    (12, '{"version":1,"gap":9223372036854775808,"sessions":[[0,1]]}'), (13, '{"version":1,"gap":10,"sessions":[[1,0]]}'),
    (14, '{"version":1,"gap":10,"sessions":[[0,1],[11,12]]}'), (15, '{"version":1,"gap":10,"sessions":[[20,21],[0,1]]}'),
    (16, '{"version":1,"gap":10,"sessions":[[0,1],[0,1]]}'), (17, '{"version":1,"gap":10,"sessions":[[0]]}'),
    (18, '{"version":1,"gap":10,"sessions":[[0,1,2]]}'), (19, '{"version":1,"gap":10,"sessions":[[0,1.5]]}'),
    (20, '{"version":1,"gap":10,"sessions":[["0",1]]}'), (21, '{"version":1,"gap":10,"sessions":[[0,9223372036854775807]]}'),
    (22, '{"version":1,"gap":10,"sessions":[[-211813488000000001,0]]}'),
    (23, '{"version":1,"gap":10,"sessions":[[0,1e400]]}'), (24, '{"version":1,"gap":10,"sessions":null}'),
    (25, '{"version":1,"gap":10,"sessions":[[0,1]],"more":3}'), (26, '{"version":1,"gap":10,"gap":10,"sessions":[[0,1]]}'),
    (27, '{"version":1} x'), (28, repeat('[', 1000000)), (29, '{"' || repeat('x', 1000000) || '":1}'),
    (30, '{"version":1,"sessions":' || repeat('[', 100000))
    ) v(id, input) ORDER BY id;
\pset format aligned
\pset tuples_only off

-- Binary: version, gap, number of sessions, first and last of each. Read through COPY in another session.
SELECT session_summary_send('{"version":1}'), session_summary_send('{"version":1,"gap":10,"sessions":[[-1,258]]}');
CREATE TABLE received (s session_summary);
\setenv PGDATABASE :DBNAME
COPY daily (s) TO STDOUT (FORMAT binary) \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
SELECT count(*) AS all_of_them, (SELECT count(*) FROM daily) AS sent FROM received r
    WHERE EXISTS (SELECT FROM daily d WHERE d.s = r.s AND d.s::text = r.s::text);
TRUNCATE received;
CREATE TABLE message (id integer, bytes bytea);
INSERT INTO message VALUES
    (0, '\x0100000000000000000000000000000000'),
    (1, '\x01000000000000000a0000000000000001ffffffffffffffff0000000000000102');
COPY (SELECT bytes FROM message) TO STDOUT (FORMAT binary) \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
SELECT * FROM received;
-- Too short, too long, another version, more sessions announced than sent, too many, none with a gap.
COPY (SELECT substr(bytes, 1, 30) FROM message WHERE id = 1) TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT bytes || '\x00' FROM message) TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT ''::bytea) TO STDOUT (FORMAT binary) \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT set_byte(bytes, 0, 2) FROM message) TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT set_byte(bytes, 15, 1) FROM message WHERE id = 1) TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT set_byte(bytes, 9, 255) FROM message) TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT set_byte(bytes, 8, 10) FROM message WHERE id = 0) TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
-- No gap, a negative gap, an end before its start, no point in time.
COPY (SELECT set_byte(bytes, 8, 0) FROM message WHERE id = 1) TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT set_byte(bytes, 1, 255) FROM message WHERE id = 1) TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT set_byte(bytes, 17, 0) FROM message WHERE id = 1) TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT set_byte(bytes, 25, 128) FROM message WHERE id = 1) TO STDOUT (FORMAT binary)
    \g |psql -Xq -v VERBOSITY=sqlstate -c 'COPY received FROM STDIN (FORMAT binary)' 2>&1
SELECT count(*) FROM received;

-- Stickiness: 100 * dau / mau, of any number types; dau may be a mean.
SELECT stickiness(20, 100), stickiness(0, 7), stickiness(7, 7), stickiness(1, 3), 100.0 * 1 / 3 AS sql;
SELECT stickiness(12.5, 50), stickiness(3::smallint, 8::bigint), stickiness(3::real, 8::numeric),
    stickiness(3::double precision, 8), stickiness('3', '8'), stickiness(avg(n), 8) FROM (VALUES (2), (4)) d(n);
SELECT pg_typeof(stickiness(1, 2)), stickiness(0, 0), stickiness(5, 0), stickiness(NULL, 5), stickiness(5, NULL);
SELECT stickiness(9223372036854775806, 9223372036854775807);
SELECT stickiness(101, 100);
SELECT stickiness(-1, 100);
SELECT stickiness(1, -100.5);
SELECT stickiness('NaN'::numeric, 5);
SELECT stickiness(5, 'Infinity'::float8);
SELECT stickiness(1e17::float8, 1e18::float8);
\set VERBOSITY sqlstate
SELECT stickiness(101, 100);
SELECT stickiness('NaN'::float8, 5);

DROP FUNCTION by_hand, refused;
DROP TABLE visits, events, daily, serial, line, unfinished, received, message;
