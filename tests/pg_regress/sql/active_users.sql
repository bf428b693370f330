-- Active users: distinct ids, in one step, or by day and rolled up.
\pset null '(null)'
CREATE TABLE visits AS
SELECT date '2026-01-01' + g / 200 AS day, g % 7 AS k, (g * 7919 % 1009 + g / 40)::integer AS user_id,
    md5((g * 7919 % 1009)::text)::uuid AS user_uuid, 'user ' || g * 7919 % 1009 AS user_name,
    hashint8extended(g * 7919 % 1009, 5) AS scattered
    FROM generate_series(0, 19999) g;
INSERT INTO visits SELECT '2026-01-02', g % 7 FROM generate_series(1, 50) g;
ANALYZE visits;

-- The types of ids, against count(DISTINCT).
SELECT active_users(user_id) AS i4, active_users(user_id::smallint) AS i2, active_users(user_id::bigint) AS i8,
    active_users(user_uuid) AS uuid, active_users(user_name) AS text, active_users(user_name::varchar(20)) AS varchar,
    active_users(scattered) AS scattered, pg_typeof(active_users(user_id)) FROM visits;
SELECT count(DISTINCT user_id) AS i4, count(DISTINCT user_uuid) AS uuid, count(DISTINCT user_name) AS text,
    count(DISTINCT scattered) AS scattered FROM visits;
SELECT active_users(id) FROM (VALUES ('-9223372036854775808'::bigint), (9223372036854775807), (0), (-1), (0)) v(id);
SELECT active_users(id), active_users_agg(id)
    FROM (VALUES ('-9223372036854775808'::bigint), (9223372036854775807), (0), (-1), (0), (1)) v(id);
-- Text byte by byte; '' is an id.
SELECT active_users(id) FROM (VALUES ('ada'), ('Ada'), ('ada '), (''), (''), ('ada')) v(id);
-- The same hash in every release and on every machine.
SELECT active_users_agg(id) FROM (VALUES (''), ('ada@example.org')) v(id);
SELECT active_users_agg(id) FROM (VALUES ('00010203-0405-0607-0809-0a0b0c0d0e0f'::uuid)) v(id);
-- Long ids, also compressed and out of line.
CREATE TABLE long (id text);
ALTER TABLE long ALTER id SET STORAGE external;
INSERT INTO long SELECT repeat('x', 5000 + g % 3) FROM generate_series(1, 9) g;
ALTER TABLE long ALTER id SET STORAGE extended;
INSERT INTO long SELECT repeat('x', 50000 + g % 3) FROM generate_series(0, 8) g;
INSERT INTO long SELECT repeat('x', 5000);
SELECT active_users(id), count(DISTINCT id) FROM long;

-- NULL is nobody; nobody is 0.
SELECT active_users(id), active_users_agg(id) FROM (VALUES (1), (NULL), (2), (NULL), (1)) v(id);
SELECT active_users(id), active_users_agg(id), active_users(active_users_agg(id)) FROM (VALUES (NULL::uuid)) v(id);
SELECT active_users(user_name), active_users_agg(user_name), active_users(active_users_agg(user_id)) FROM visits
    WHERE false;
SELECT active_users(s) FROM (VALUES ('{"version":1}'::active_users_summary), (NULL)) v(s);

-- Each way to aggregate, against count(DISTINCT): no rows.
SELECT day FROM visits GROUP BY day HAVING active_users(user_id) <> count(DISTINCT user_id)
    OR active_users(user_uuid) <> count(DISTINCT user_uuid) OR active_users(user_name) <> count(DISTINCT user_name)
    OR active_users(scattered) <> count(DISTINCT scattered);
SELECT k FROM visits GROUP BY k HAVING active_users(user_id) FILTER (WHERE user_id % 2 = 0)
    <> count(DISTINCT user_id) FILTER (WHERE user_id % 2 = 0) OR active_users(DISTINCT user_id) <> count(DISTINCT user_id)
    OR active_users(user_id) FILTER (WHERE k > 99) <> 0;
SELECT day, k FROM visits GROUP BY GROUPING SETS ((day), (day, k), (k), ())
    HAVING active_users(user_id) <> count(DISTINCT user_id) OR active_users(user_name) <> count(DISTINCT user_name);
SELECT k FROM visits GROUP BY k HAVING active_users_agg(scattered ORDER BY scattered)
    <> active_users_agg(scattered ORDER BY user_name DESC);
-- A moving window, which count(DISTINCT) cannot do.
CREATE TABLE few AS SELECT row_number() OVER (ORDER BY day, k, user_id) AS n, day, user_id, user_name FROM visits
    WHERE day < '2026-01-04';
SELECT n FROM (SELECT n, active_users(user_id) OVER w AS ids, active_users(user_name) OVER w AS names,
    active_users_agg(user_id) OVER w AS s FROM few
    WINDOW w AS (ORDER BY n ROWS BETWEEN 30 PRECEDING AND 2 FOLLOWING)) o,
    LATERAL (SELECT count(DISTINCT user_id) AS ids, count(DISTINCT user_name) AS names FROM few i
    WHERE i.n BETWEEN o.n - 30 AND o.n + 2) p WHERE (o.ids, o.names, active_users(s)) <> (p.ids, p.names, p.ids);
SELECT n FROM (SELECT n, active_users(user_id) OVER (ORDER BY n) AS ids, active_users(user_name) OVER (ORDER BY n) AS names
    FROM few) o, LATERAL (SELECT count(DISTINCT user_id) AS ids, count(DISTINCT user_name) AS names FROM few i
    WHERE i.n <= o.n) p WHERE (o.ids, o.names) <> (p.ids, p.names);

-- Daily summaries, rolled up: the same as from the rows.
CREATE MATERIALIZED VIEW user_days AS SELECT day, k, active_users_agg(user_id) AS ids, active_users_agg(user_uuid) AS uuids,
    active_users_agg(user_name) AS names, active_users_agg(scattered) AS scattered FROM visits GROUP BY day, k;
CREATE VIEW rolled AS SELECT date_trunc('week', day)::date AS week, k, active_users(rollup(ids)) AS ids,
    active_users(rollup(uuids)) AS uuids, active_users(rollup(names)) AS names, active_users(rollup(scattered)) AS scattered
    FROM user_days GROUP BY GROUPING SETS ((1, k), (1), (k), ());
CREATE VIEW raw AS SELECT date_trunc('week', day)::date AS week, k, count(DISTINCT user_id) AS ids,
    count(DISTINCT user_uuid) AS uuids, count(DISTINCT user_name) AS names, count(DISTINCT scattered) AS scattered
    FROM visits GROUP BY GROUPING SETS ((1, k), (1), (k), ());
SELECT count(*) FROM rolled;
(TABLE rolled EXCEPT ALL TABLE raw) UNION ALL (TABLE raw EXCEPT ALL TABLE rolled);
SELECT rollup(ids) = (SELECT active_users_agg(user_id) FROM visits) AS ids,
    rollup(names) = (SELECT active_users_agg(user_name) FROM visits) AS names,
    rollup(uuids) = (SELECT active_users_agg(user_uuid) FROM visits) AS uuids,
    rollup(scattered) = (SELECT active_users_agg(scattered) FROM visits) AS scattered FROM user_days;
SELECT rollup(w) = (SELECT rollup(ids) FROM user_days) AS of_rollups
    FROM (SELECT rollup(ids) FROM user_days GROUP BY date_trunc('week', day)) o(w);
SELECT rollup(s) FROM (VALUES (NULL::active_users_summary), ('{"version":1,"kind":"integer","ids":[[3,9]]}'), (NULL),
    ('{"version":1}'), ('{"version":1,"kind":"integer","ids":[1,2,7]}')) v(s);
SELECT rollup(ids) FROM user_days WHERE false;
-- DAU, WAU and MAU of a day.
CREATE VIEW usage AS SELECT day, active_users(rollup(ids)) AS dau,
    active_users(rollup(rollup(ids)) OVER (ORDER BY day RANGE BETWEEN '6 days' PRECEDING AND CURRENT ROW)) AS wau,
    active_users(rollup(rollup(ids)) OVER (ORDER BY day RANGE BETWEEN '29 days' PRECEDING AND CURRENT ROW)) AS mau
    FROM user_days GROUP BY day;
SELECT * FROM usage WHERE day IN ('2026-01-01', '2026-02-15', '2026-04-10') ORDER BY day;
SELECT day FROM usage u, LATERAL (SELECT count(DISTINCT user_id) FILTER (WHERE v.day = u.day) AS dau,
    count(DISTINCT user_id) FILTER (WHERE v.day > u.day - 7) AS wau, count(DISTINCT user_id) AS mau
    FROM visits v WHERE v.day BETWEEN u.day - 29 AND u.day) r
    WHERE (u.dau, u.wau, u.mau) <> (r.dau, r.wau, r.mau);

-- In parallel: the same.
CREATE TABLE serial AS SELECT k, active_users(user_id) AS n, active_users_agg(user_name)::text AS names FROM visits GROUP BY k;
CREATE TABLE serial_rolled AS TABLE rolled;
SET min_parallel_table_scan_size = 0;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
ALTER TABLE visits SET (parallel_workers = 3);
EXPLAIN (COSTS OFF) SELECT active_users(user_id), active_users_agg(user_name) FROM visits;
SELECT active_users(user_id), active_users(user_name), active_users(user_uuid), active_users(scattered) FROM visits;
TABLE serial EXCEPT ALL SELECT k, active_users(user_id), active_users_agg(user_name)::text FROM visits GROUP BY k;
TABLE serial_rolled EXCEPT ALL TABLE rolled;
SET parallel_leader_participation = off;
TABLE serial EXCEPT ALL SELECT k, active_users(user_id), active_users_agg(user_name)::text FROM visits GROUP BY k;
RESET parallel_leader_participation;
RESET min_parallel_table_scan_size;
RESET parallel_setup_cost;
RESET parallel_tuple_cost;

-- Equality and hashing.
SELECT count(*), count(*) FILTER (WHERE a.ids = b.ids), count(*) FILTER (WHERE a.ids <> b.ids)
    FROM user_days a JOIN user_days b ON a.day = b.day;
SELECT count(*) FROM (SELECT ids FROM user_days UNION SELECT active_users_combine(ids, '{"version":1}') FROM user_days) u;
SELECT count(DISTINCT ids::text) FROM user_days;
SELECT s = '{"version":1,"kind":"integer","ids":[1,2,3,4]}' AS same, s FROM
    (SELECT active_users_accum(active_users_accum(active_users_agg(g), 2), 2) FROM unnest(ARRAY[4, 1, 3]) g) o(s);
SELECT active_users_accum('{"version":1}', 5::bigint) = active_users_accum('{"version":1}', md5('5')::uuid) AS kinds_differ;

-- Support functions, called directly: right, and the value passed in stays as it is.
SELECT active_users_accum(s, 3), active_users_accum(s, NULL::bigint), active_users_combine(s, s), active_users_final(s),
    active_users_combine(s, '{"version":1,"kind":"integer","ids":[[2,6]]}'), s
    FROM (VALUES ('{"version":1,"kind":"integer","ids":[1,3]}'::active_users_summary)) v(s);
SELECT active_users_accum('{"version":1}', 'x'::text), active_users_accum(NULL, 3), active_users_combine(NULL, NULL);

-- One type of ids a group.
SELECT active_users_accum('{"version":1,"kind":"integer","ids":[1]}', 'x'::text);
SELECT active_users_combine(active_users_agg(user_uuid), active_users_agg(user_name)) FROM visits;
SELECT rollup(s) FROM (SELECT ids FROM user_days UNION ALL SELECT names FROM user_days) o(s);
SELECT active_users(1.5);
SELECT active_users(user_id::numeric) FROM visits;

-- Text: lossless, and checked.
SELECT count(*) FROM user_days WHERE (ids::text::active_users_summary, names::text::active_users_summary,
    uuids::text::active_users_summary, scattered::text::active_users_summary) IS DISTINCT FROM (ids, names, uuids, scattered);
SELECT s FROM (VALUES (' { "ids" : [ -2, [0,3] , 5 ], "kind":"integer", "version":1 } '::active_users_summary),
    ('{"version":1,"kind":"text","hashes":[0,18446744073709551615]}'), ('{"version":1,"kind":"uuid","hashes":[]}')) v(s);
SELECT active_users('{"version":1,"kind":"integer","ids":[[-1000000,1000000]]}'::active_users_summary),
    pg_column_size('{"version":1,"kind":"integer","ids":[[-1000000,1000000]]}'::active_users_summary);
CREATE FUNCTION refused(input text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    problem text; state text;
BEGIN
    RETURN 'ACCEPTED: ' || input::active_users_summary::text;
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS problem = MESSAGE_TEXT, state = RETURNED_SQLSTATE;
    RETURN state || ' ' || left(problem, 150) || CASE WHEN length(problem) > 500 THEN ' TOO LONG' ELSE '' END;
END $$;
\pset format unaligned
\pset tuples_only on
SELECT id, refused(input) FROM (VALUES
    (1, ''), (2, '{}'), (3, 'null'), (4, '[1,"integer",[1]]'), (5, '{"version":1,"kind":"integer","ids":[1'),
    (6, '{"version":2,"kind":"integer","ids":[1]}'), (7, '{"version":1,"kind":"float","ids":[1]}'),
    (8, '{"version":1,"kind":"integer","ids":[2,1]}'), (9, '{"version":1,"kind":"integer","ids":[1,1]}'),
    (10, '{"version":1,"kind":"integer","ids":[[5,1]]}'), (11, '{"version":1,"kind":"integer","ids":[[1,5],[5,6]]}'),
    (12, '{"version":1,"kind":"integer","ids":[[1]]}'), (13, '{"version":1,"kind":"integer","ids":[[1,2,3]]}'),
    (14, '{"version":1,"kind":"integer","ids":[1.5]}'), (15, '{"version":1,"kind":"integer","ids":["1"]}'),
    (16, '{"version":1,"kind":"integer","ids":[9223372036854775808]}'), (17, '{"version":1,"kind":"uuid","hashes":[-1]}'),
    (18, '{"version":1,"kind":"uuid","ids":[1]}'), (19, '{"version":1,"kind":"integer","hashes":[1]}'),
    (20, '{"version":1,"ids":[1]}'), (21, '{"version":1,"kind":"integer"}'), (22, '{"version":1,"more":1}'),
    (23, '{"version":1,"kind":"integer","ids":[[-9223372036854775808,9223372036854775807]]}'),
    (24, '{"version":1,"kind":"integer","ids":[[0,9000000000]]}'), (25, '{"version":1} x'), (26, repeat('[', 1000000)),
    (27, '{"version":1,"kind":"integer","ids":' || repeat('[', 1000000)),
    (28, '{"version":1,"kind":"integer","ids":[[1,"2"]]}'), (29, '{"version":1,"kind":"integer","ids":1}'),
    (30, '{"version":1,"kind":"integer","ids":[null]}')
    ) v(id, input) ORDER BY id;
\pset format aligned
\pset tuples_only off
SELECT '{"version":1,"kind":"integer","ids":[[0,9000000000]]}'::active_users_summary;

-- Binary: version, kind, chunks, listed ids; the chunks; the list. Read through COPY in another session.
SELECT active_users_summary_send('{"version":1}'), active_users_summary_send('{"version":1,"kind":"text","hashes":[258]}');
SELECT active_users_summary_send('{"version":1,"kind":"integer","ids":[[0,3],70000]}');
CREATE TABLE received (LIKE user_days);
\setenv PGDATABASE :DBNAME
COPY (TABLE user_days) TO STDOUT (FORMAT binary) \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
SELECT count(*) FROM user_days JOIN received USING (day, k, ids, uuids, names, scattered);
CREATE TABLE dense (s active_users_summary);
COPY (SELECT active_users_agg(g * 3) FROM generate_series(1, 100000) g) TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY dense FROM STDIN (FORMAT binary)' 2>&1
SELECT active_users(s), s = (SELECT active_users_agg(g * 3) FROM generate_series(1, 100000) g) AS equal FROM dense;
CREATE TABLE broken (s active_users_summary);
COPY (SELECT ''::bytea) TO STDOUT (FORMAT binary) \g |psql -Xqc 'COPY broken FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT '\x0200'::bytea) TO STDOUT (FORMAT binary) \g |psql -Xqc 'COPY broken FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT '\x010400000000000000000000000000000000'::bytea) TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY broken FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT '\x010100000000000000000000000000000000'::bytea) TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY broken FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT '\x0100000000000000000000000000000000010000000000000001'::bytea) TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY broken FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT '\x01010000000000000000000000000000000100000000000000'::bytea) TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY broken FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT '\x01010000000000000000000000000000000200000000000000010000000000000001'::bytea) TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY broken FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT '\x0101000000000000000100000000000000000000000000000007000000000000000300010002000300'::bytea)
    TO STDOUT (FORMAT binary) \g |psql -Xqc 'COPY broken FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT '\x01010000000000000001000000000000000000000000000000070000000000000004000100020003000300'::bytea)
    TO STDOUT (FORMAT binary) \g |psql -Xqc 'COPY broken FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT '\x01017fffffffffffffff00000000000000000000000000000007'::bytea) TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY broken FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT active_users_summary_send('{"version":1,"kind":"integer","ids":[7]}') || '\x00') TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY broken FROM STDIN (FORMAT binary)' 2>&1
SELECT * FROM broken;

-- States of any bytes: an error, or a wrong count, and the server lives on.
CREATE CAST (bytea AS active_users_summary) WITHOUT FUNCTION;
CREATE CAST (active_users_summary AS bytea) WITHOUT FUNCTION;
SELECT active_users('\x'::bytea::active_users_summary);
SELECT active_users_final('\x0201000000000000000000000000000000000000000000000000000000'::bytea::active_users_summary);
SELECT active_users_accum('\x01'::bytea::active_users_summary, 1);
SELECT active_users_combine('{"version":1}', '\x0101'::bytea::active_users_summary);
SELECT rollup(s) FROM (VALUES ('\x00112233'::bytea::active_users_summary)) v(s);
CREATE FUNCTION attacked(state bytea) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    s active_users_summary := state::active_users_summary; problem text; code text;
BEGIN
    PERFORM active_users(s), active_users_final(s), s = s, active_users_summary_hash(s), s::text,
        active_users_summary_send(s);
    PERFORM active_users_accum(s, 3), active_users_combine(s, s),
        active_users_combine('{"version":1,"kind":"integer","ids":[[1,7],99]}', s);
    PERFORM active_users(rollup(t)) FROM unnest(ARRAY[s, s, '{"version":1,"kind":"integer","ids":[[1,7],99]}', s]) t;
    RETURN 'no error';
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS problem = MESSAGE_TEXT, code = RETURNED_SQLSTATE;
    RETURN code || CASE WHEN problem ~* 'panic|unwrap|index|overflow|slice' THEN ' ' || problem ELSE '' END;
END $$;
CREATE TABLE states AS SELECT active_users_agg(g)::bytea AS state FROM generate_series(1, 5) g
    UNION ALL SELECT active_users_agg(g * 50)::bytea FROM generate_series(1, 2000) g
    UNION ALL SELECT active_users_agg(g)::bytea FROM generate_series(1, 5000) g
    UNION ALL SELECT active_users_agg(hashint8extended(g, 1))::bytea FROM generate_series(1, 20) g
    UNION ALL SELECT active_users_accum(active_users_accum(active_users_agg(g), 7), 700000)::bytea FROM generate_series(1, 3) g;
SELECT DISTINCT attacked(substr(state, 1, len)) FROM states, generate_series(0, 120) len ORDER BY 1;
SELECT DISTINCT attacked(set_byte(state, at, value)) FROM states, generate_series(0, 43) at,
    unnest(ARRAY[0, 1, 2, 3, 127, 128, 255]) value WHERE at < length(state) ORDER BY 1;
DROP CAST (bytea AS active_users_summary);
DROP CAST (active_users_summary AS bytea);

DROP FUNCTION refused, attacked;
DROP VIEW usage, rolled, raw;
DROP MATERIALIZED VIEW user_days;
DROP TABLE visits, long, few, serial, serial_rolled, received, dense, broken, states;
