-- Summaries of health: stored and rolled up, support functions, text and binary forms.
\pset null '(null)'
CREATE TABLE health_by_day AS
    SELECT day, rep, health_agg(score) AS h, count(*) AS n, sum(score) AS sum, count(*) FILTER (WHERE score < 51) AS red
    FROM (SELECT n % 9 AS day, 'rep ' || n % 4 AS rep, (n * 61 % 10001) / 100.0 AS score FROM generate_series(1, 2000) n) g GROUP BY day, rep;
INSERT INTO health_by_day VALUES (9, 'rep 0', '{"version":1}', 0, 0, 0), (9, 'rep 1', NULL, 0, 0, 0);
SELECT rep, customers(h) = n AND band_customers(h, 'red') = red AND round(avg_health_score(h), 9) = round(sum / n, 9) AS same, n, red
    FROM (SELECT rep, rollup(h) AS h, sum(n) AS n, sum(sum) AS sum, sum(red) AS red FROM health_by_day GROUP BY rep) r ORDER BY rep;
SELECT rollup(h) = (SELECT health_agg((n * 61 % 10001) / 100.0) FROM generate_series(1, 2000) n) AS same, rollup(h) AS all FROM health_by_day;
SELECT count(*) AS distinct_summaries FROM (SELECT DISTINCT h FROM health_by_day) d;
SELECT rollup(h) FROM health_by_day WHERE false;
-- Moving frames of stored summaries.
SELECT count(*) AS frames, count(*) FILTER (WHERE customers IS DISTINCT FROM customers(r) OR red IS DISTINCT FROM band_customers(r, 'red')
        OR CASE WHEN customers > 0 THEN round(sum / customers, 9) END IS DISTINCT FROM round(avg_health_score(r), 9)) AS wrong
    FROM (SELECT rollup(h) OVER w AS r, sum(n) OVER w AS customers, sum(red) OVER w AS red, sum(sum) OVER w AS sum
        FROM health_by_day WINDOW w AS (ORDER BY rep, day ROWS BETWEEN 2 PRECEDING AND CURRENT ROW)) f;
-- Schemes by content, not by name; others do not mix.
SELECT rollup(h) FROM (SELECT health_agg(70) UNION ALL SELECT health_agg(71, '{"red":0,"yellow":51.0,"green":76}') UNION ALL SELECT '{"version":1}') v(h);
SELECT rollup(h) FROM (SELECT health_agg(70) UNION ALL SELECT health_agg(71, 'segments')) v(h);
DROP TABLE health_by_day;

-- Right, and never changing what is passed in. NULL where a customer is not among them.
SELECT health_accum(s, 76) AS green, health_accum(s, 51.25, 'rag') AS yellow, health_accum(s, 0, jsonb '{"red":0,"yellow":51,"green":76}') AS red,
    health_accum(s, NULL) AS strict, health_accum(s, NULL, 'rag') AS skipped, health_remove(s, NULL, 'rag') AS skipped_too,
    health_remove(s, 60) AS removed, health_remove(s, 60, 'rag') AS removed_too, health_remove(s, 80) AS nobody_there, health_remove(health_accum('{"version":1}', 60), 61) AS not_that_score,
    health_remove(s, 60, 'segments') AS other_bands, health_remove('{"version":1}', 60) AS of_nothing, health_remove(health_accum('{"version":1}', 60.5), 60.5) AS nothing,
    health_accum(NULL, 60, 'rag') AS of_null, health_combine(s, s), health_subtract(s, s) AS subtracted, health_subtract(s, health_combine(s, s)) AS too_much,
    health_subtract(s, '{"version":1}') AS nothing_off, health_final(s), s
    FROM (VALUES ('{"version":1,"bands":[{"band":"red","from":"0","customers":1},{"band":"yellow","from":"51","customers":1},{"band":"green","from":"76","customers":0}],"sum":"90"}'::health_summary)) v(s) \gx
SELECT health_accum('{"version":1,"bands":[{"band":"a","from":"0","customers":1}],"sum":"90"}', 5);
SELECT health_accum('{"version":1}', 101);
SELECT health_combine(s, health_accum('{"version":1}', 60)) FROM (VALUES ('{"version":1,"bands":[{"band":"a","from":"0","customers":1}],"sum":"90"}'::health_summary)) v(s);
SELECT health_combine(s, s) FROM (VALUES ('{"version":1,"bands":[{"band":"a","from":"0","customers":9223372036854775807}],"sum":"90"}'::health_summary)) v(s);
-- A state that is not finished, stored: with room for more digits.
CREATE TABLE unfinished AS SELECT health_accum(health_accum('{"version":1}', 99.99999), 0.00001) AS s;
SELECT s, avg_health_score(s), s = s::text::health_summary AS equal, s <> s::text::health_summary AS different, health_summary_hash(s) = health_summary_hash(health_final(s)) AS hash,
    health_summary_hash_extended(s, 5) = health_summary_hash_extended(s::text::health_summary, 5) AS hash_extended,
    health_summary_send(s) = health_summary_send(health_final(s)) AS sent, pg_column_size(health_final(s)) < pg_column_size(s) AS shorter, rollup(s) = s AS rolled
    FROM unfinished GROUP BY s \gx

-- Text: lossless, in one form, and checked.
SELECT s::text::health_summary = s AS same, s FROM (VALUES (' {"sum":"100.50","bands":[{"customers":7,"from":"0.0","band":"a \" b"}] ,"version":1} '::health_summary),
    ('{"version":1,"bands":[{"band":"ä\u00f6\ud83d\ude00","from":"0","customers":0},{"band":"b","from":"99.99999999999999999999","customers":1}],"sum":"100"}'),
    ('{"version":1,"bands":[{"band":"a","from":"0","customers":9223372036854775807}],"sum":"922337203685477580700"}')) v(s);
SELECT (health_bands(health_agg(50, '{"Ä": 0, "😀": 20}'))).*, band_share(health_agg(50, '{"Ä": 0, "😀": 20}'), '😀'), health_agg(50, '{"Ä": 0, "😀": 20}')::text::health_summary = health_agg(50, '{"Ä": 0, "😀": 20}') AS same;
CREATE FUNCTION refused(input text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    problem text; state text;
BEGIN
    RETURN 'ACCEPTED: ' || input::health_summary::text;
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS problem = MESSAGE_TEXT, state = RETURNED_SQLSTATE;
    RETURN state || ' ' || left(problem, 140) || CASE WHEN length(problem) > 500 THEN ' TOO LONG' ELSE '' END;
END $$;
\pset format unaligned
\pset tuples_only on
SELECT id, refused(input) FROM (VALUES
    (1, ''), (2, '{}'), (3, 'null'), (4, '[1]'), (5, '{"version":1,"bands":['), (6, '{"version":2}'), (7, '{"version":1,"bands":[]}'),
    (8, '{"version":1,"sum":"1"}'), (9, '{"version":1,"bands":[],"sum":"0"}'), (10, '{"version":1,"bands":[{"band":"a","from":"0","customers":1}]}'),
    (11, '{"version":1,"bands":[{"band":"a","from":"0","customers":0}],"sum":"0"}'), (12, '{"version":1,"bands":[{"band":"a","from":"1","customers":1}],"sum":"5"}'),
    (13, '{"version":1,"bands":[{"band":"a","from":"0","customers":-1}],"sum":"5"}'), (14, '{"version":1,"bands":[{"band":"a","from":"0","customers":9223372036854775808}],"sum":"5"}'),
    (15, '{"version":1,"bands":[{"band":"a","from":"0","customers":1}],"sum":5}'), (16, '{"version":1,"bands":[{"band":"a","from":"0","customers":1}],"sum":"-5"}'),
    (17, '{"version":1,"bands":[{"band":"a","from":"0","customers":1}],"sum":"100.01"}'), (18, '{"version":1,"bands":[{"band":"a","from":"0","customers":1}],"sum":"1e1"}'),
    (19, '{"version":1,"bands":[{"band":"a","from":"0","customers":1},{"band":"a","from":"50","customers":1}],"sum":"60"}'),
    (20, '{"version":1,"bands":[{"band":"a","from":"0","customers":1},{"band":"b","from":"0","customers":1}],"sum":"60"}'),
    (21, '{"version":1,"bands":[{"band":"a","from":"0","customers":1},{"band":"b","from":"50","customers":1}],"sum":"49"}'),
    (22, '{"version":1,"bands":[{"band":"a","from":"0","customers":1},{"band":"b","from":"50","customers":1}],"sum":"150"}'),
    (23, '{"version":1,"bands":[{"band":"b","from":"50","customers":1},{"band":"a","from":"0","customers":1}],"sum":"60"}'),
    (24, '{"version":1,"bands":[{"band":"","from":"0","customers":1}],"sum":"5"}'), (25, '{"version":1,"bands":[{"band":"a\u0000","from":"0","customers":1}],"sum":"5"}'),
    (26, '{"version":1,"bands":[{"band":"' || repeat('x', 64) || '","from":"0","customers":1}],"sum":"5"}'), (27, '{"version":1,"bands":[{"band":"a","from":0,"customers":1}],"sum":"5"}'),
    (28, '{"version":1,"bands":[{"band":"a","from":"0","customers":1,"more":1}],"sum":"5"}'), (29, '{"version":1,"bands":[{"band":"a","from":"0","customers":1}],"sum":"5","more":1}'),
    (30, '{"version":1,"bands":[' || (SELECT string_agg(format('{"band":"%s","from":"%s","customers":1}', n, n), ',') FROM generate_series(0, 32) n) || '],"sum":"1000"}'),
    (31, '{"version":1,"bands":[{"band":"a","from":"0","customers":1}],"sum":"' || repeat('9', 3000) || '"}'), (32, '{"version":1,"bands":[{"band":"a","from":"0","customers":1}],"sum":"0.' || repeat('0', 64) || '1"}')) t(id, input) ORDER BY id;
\pset format aligned
\pset tuples_only off

-- Binary: lossless, and checked.
CREATE TABLE received (s health_summary);
\setenv PGDATABASE :DBNAME
COPY (SELECT s FROM unfinished UNION ALL SELECT '{"version":1}' UNION ALL SELECT health_agg(33.125, '{"😀": 0, "best": 99.5}')) TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
SELECT s FROM received;
TRUNCATE received;
CREATE TABLE message (id integer, bytes bytea);
-- Nothing; and two customers of a, which begins at 0, and one of b, which begins at 50, with 90 together.
INSERT INTO message VALUES (0, '\x0100000000'), (1, '\x010201300161000000000000000202353001620000000000000001000001005a');
COPY (SELECT bytes FROM message) TO STDOUT (FORMAT binary) \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
SELECT * FROM received;
DELETE FROM message WHERE id = 0;
-- Too short, too long, empty, another version, too many bands, bands that do not follow, one that begins nowhere.
COPY (SELECT substr(bytes, 1, 31) FROM message) TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT bytes || '\x00' FROM message) TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT ''::bytea) TO STDOUT (FORMAT binary) \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT set_byte(bytes, 0, 2) FROM message) TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT set_byte(bytes, 1, 33) FROM message) TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT set_byte(bytes, 3, 49) FROM message) TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT set_byte(bytes, 15, 120) FROM message) TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
-- A name twice, one that is no UTF-8, a NUL in it; too many customers, none; a sum that cannot be, its digits.
COPY (SELECT set_byte(bytes, 18, 97) FROM message) TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT set_byte(bytes, 18, 255) FROM message) TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT set_byte(bytes, 18, 0) FROM message) TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT set_byte(bytes, 6, 128) FROM message) TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT set_byte(set_byte(bytes, 13, 0), 26, 0) FROM message) TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT set_byte(bytes, 31, 10) FROM message) TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT set_byte(bytes, 27, 127) FROM message) TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT set_byte(bytes, 29, 99) FROM message) TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT set_byte(bytes, 30, 255) FROM message) TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
SELECT count(*) FROM received;

DROP FUNCTION refused;
DROP TABLE unfinished, received, message;
