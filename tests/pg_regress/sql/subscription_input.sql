-- Subscriptions: what is refused, support functions called directly, text and binary forms.
\pset null '(null)'
SET TimeZone = 'UTC';
SET DateStyle = 'ISO, MDY';
-- Rows that cannot be.
SELECT subscription_agg(-1, date '2025-01-01', NULL);
SELECT subscription_agg('NaN'::numeric, date '2025-01-01', NULL);
SELECT subscription_agg('Infinity'::float8, date '2025-01-01', NULL);
SELECT subscription_agg(1, date '2025-02-01', date '2025-01-31');
SELECT subscription_agg(1, timestamp '2025-02-01', '2025-01-31 23:59:59');
SELECT subscription_agg(1, timestamptz '2025-02-01', '2025-01-31 23:59:59+00');
SELECT subscription_agg(1, s, e) FILTER (WHERE e IS NULL OR e >= s) FROM (VALUES (date '2025-02-01', date '2025-01-31'),
    ('2025-03-01', NULL), ('2025-04-01', '2025-04-02')) v(s, e);
SELECT subscription_agg(1, date '2025-02-01', date 'infinity');
SELECT subscription_agg(1, date '-infinity', NULL);
SELECT subscription_agg(1, timestamp '2025-02-01', 'infinity');
SELECT subscription_agg(1, timestamptz '-infinity', NULL);
-- What never pays is checked, too; what is skipped is not.
SELECT subscription_agg(0, date '2025-02-01', date '2025-01-31');
SELECT subscription_agg(0, date '2025-02-01', date 'infinity');
SELECT subscription_agg(-1, date '2025-02-01', date '2025-02-01');
SELECT subscription_agg(NULL, date '2025-02-01', date '2025-01-31'), subscription_agg(-1, NULL, date '2025-01-31');
\set VERBOSITY sqlstate
SELECT subscription_agg(-1, date '2025-01-01', NULL);
SELECT subscription_agg(1, date '2025-02-01', date '2025-01-31');
SELECT subscription_agg(1, date '2025-02-01', date 'infinity');
SELECT subscription_agg(123456789012345678901234567890123456789, date '2025-01-01', NULL);
\set VERBOSITY default

-- Periods that are none.
CREATE TABLE local AS SELECT subscription_agg(1, date '2025-01-01', NULL) AS s;
CREATE TABLE instant AS SELECT subscription_agg(1, timestamptz '2025-01-01', NULL) AS s;
SELECT m.* FROM local, mrr_by_month(s, '2025-01-15', '2026-01-01') m;
SELECT m.* FROM local, mrr_by_month(s, '2025-01-01', '2025-12-31') m;
SELECT m.* FROM local, mrr_by_month(s, '-infinity', '2026-01-01') m;
SELECT m.* FROM local, mrr_by_month(s, '2025-01-01', 'infinity') m;
SELECT m.* FROM local, mrr_by_month(s, '2025-01-01', '2025-01-01') m;
SELECT m.* FROM local, mrr_by_month(s, '2025-02-01', '2025-01-01') m;
SELECT m.* FROM local, mrr_by_month(s, '1925-01-01', '2025-02-01') m;
SELECT count(*) FROM local, mrr_by_month(s, '1925-02-01', '2025-02-01') m;
SELECT m.* FROM local, mrr_by_month(s, '2025-01-01', '5874897-01-01') m;
SELECT m.* FROM mrr_by_month('{"version":1}', '2025-01-02', '2026-01-01') m;
-- Local times and points in time.
SELECT m.* FROM local, mrr_by_month(s, '2025-01-01', '2025-02-01', 'UTC') m;
SELECT m.* FROM instant, mrr_by_month(s, '2025-01-01', '2025-02-01') m;
SELECT m.* FROM instant, mrr_by_month(s, '2025-01-01', '2025-02-01', 'UTC') m;
SELECT m.* FROM instant, mrr_by_month(s, '2025-01-01', '2025-02-01', 'Mars/Olympus') m;
SELECT m.* FROM instant, mrr_by_month(s, '2025-01-01', '2025-02-01', 'CET') m;
SELECT m.* FROM instant, mrr_by_month(s, '2025-01-01', '2025-02-01', '') m;
SELECT rollup(s) FROM (SELECT s FROM local UNION ALL SELECT s FROM instant) u;
SELECT subscription_combine(i.s, l.s) FROM local l, instant i;
SELECT subscription_accum(s, 1, timestamptz '2025-01-01', NULL) FROM local;
\set VERBOSITY sqlstate
SELECT m.* FROM local, mrr_by_month(s, '2025-01-15', '2026-01-01') m;
SELECT m.* FROM local, mrr_by_month(s, '2025-01-01', '2025-02-01', 'UTC') m;
SELECT m.* FROM instant, mrr_by_month(s, '2025-01-01', '2025-02-01') m;
SELECT m.* FROM instant, mrr_by_month(s, '2025-01-01', '2025-02-01', 'Mars/Olympus') m;
\set VERBOSITY default
-- One call site, several periods and zones.
SELECT zone, year, count(*), min(month), sum(closing) FROM instant, unnest(ARRAY['UTC', 'Asia/Tokyo', 'America/New_York']) zone,
    generate_series(2024, 2026) year, mrr_by_month(s, make_date(year, 1, 1), make_date(year + 1, 1, 1), zone)
    GROUP BY 1, 2 ORDER BY 1, 2;
-- In a SELECT list, and as one column.
SELECT mrr_by_month(s, '2024-12-01', '2025-03-01') FROM local;
SELECT (mrr_by_month(s, '2024-12-01', '2025-03-01')).closing FROM local;

-- Support functions, called directly: right, and never changing what is passed in.
SELECT subscription_accum(NULL, NULL, NULL::date, NULL), subscription_accum(NULL, 5, date '2000-01-02', NULL),
    subscription_accum(s, 5, date '1999-12-31', date '2000-01-01'), subscription_accum(s, NULL, date '1999-12-31', NULL) AS skipped,
    subscription_accum(s, 0, date '1999-12-31', NULL) AS free, subscription_combine(s, s), subscription_combine('{"version":1}', s),
    subscription_combine(s, '{"version":1}'), subscription_final(s), s
    FROM (VALUES ('{"version":1,"kind":"local","subscriptions":[[0,null,"9.5"]]}'::subscription_summary)) v(s) \gx
SELECT subscription_combine(NULL, s), subscription_combine(s, NULL), subscription_final(NULL)
    FROM (VALUES ('{"version":1}'::subscription_summary)) v(s);
SELECT subscription_accum(NULL, -5, date '2000-01-02', NULL);
SELECT subscription_accum(NULL, 5, date '2000-01-02', '2000-01-01');
-- A state that is not finished, stored: with room and out of order, but equal and with the same text.
CREATE TABLE unfinished AS SELECT subscription_accum(subscription_accum(NULL, 2, date '2025-03-01', NULL), 1.50, date '2025-01-01', '2025-02-01') AS s;
SELECT s, s = s::text::subscription_summary AS equal,
    subscription_summary_hash(s) = subscription_summary_hash(subscription_final(s)) AS hash,
    subscription_summary_hash_extended(s, 5) = subscription_summary_hash_extended(s::text::subscription_summary, 5) AS hash_extended,
    subscription_summary_send(s) = subscription_summary_send(subscription_final(s)) AS sent,
    pg_column_size(subscription_final(s)) < pg_column_size(s) AS shorter, rollup(s) = s AS rolled,
    (SELECT array_agg(closing) FROM mrr_by_month(s, '2025-01-01', '2025-05-01')) AS closing FROM unfinished GROUP BY s \gx

-- Text: lossless, and checked.
SELECT s::text::subscription_summary = s AS same, s FROM (VALUES
    (' {"subscriptions":[[5,null,"1.50"], [-211813488000000000 ,9223371331199999999, "0.00001"]],"kind":"instant","version":1} '::subscription_summary),
    ('{"version":1,"subscriptions":[]}')) v(s);
CREATE FUNCTION refused(input text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    problem text; state text;
BEGIN
    RETURN 'ACCEPTED: ' || input::subscription_summary::text;
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS problem = MESSAGE_TEXT, state = RETURNED_SQLSTATE;
    RETURN state || ' ' || left(problem, 150) || CASE WHEN length(problem) > 500 THEN ' TOO LONG' ELSE '' END;
END $$;
\pset format unaligned
\pset tuples_only on
SELECT id, refused(input) FROM (VALUES
    (1, ''), (2, '{}'), (3, 'null'), (4, '[1]'), (5, '{"version":1,"kind":"local"'), (6, '{"version":2}'),
    (7, '{"version":1,"kind":"local"}'), (8, '{"version":1,"kind":"local","subscriptions":[]}'), (9, '{"version":1,"subscriptions":[[0,1,"1"]]}'),
    (10, '{"version":1,"kind":"utc","subscriptions":[[0,1,"1"]]}'), (11, '{"version":1,"kind":"local","subscriptions":[[0,1,"1"]],"more":1}'),
    (12, '{"version":1,"kind":"local","subscriptions":[[0,1]]}'), (13, '{"version":1,"kind":"local","subscriptions":[[0,1,"1",2]]}'),
    (14, '{"version":1,"kind":"local","subscriptions":[[0,1,1]]}'), (15, '{"version":1,"kind":"local","subscriptions":[[0,0,"1"]]}'),
    (16, '{"version":1,"kind":"local","subscriptions":[[1,0,"1"]]}'), (17, '{"version":1,"kind":"local","subscriptions":[[null,1,"1"]]}'),
    (18, '{"version":1,"kind":"local","subscriptions":[[0,1.5,"1"]]}'), (19, '{"version":1,"kind":"local","subscriptions":[[0,1,"0.00"]]}'),
    (20, '{"version":1,"kind":"local","subscriptions":[[0,1,"-1"]]}'), (21, '{"version":1,"kind":"local","subscriptions":[[0,1,"1e5"]]}'),
    (22, '{"version":1,"kind":"local","subscriptions":[[0,1,"NaN"]]}'), (23, '{"version":1,"kind":"local","subscriptions":[[0,9223372036854775807,"1"]]}'),
    (24, '{"version":1,"kind":"local","subscriptions":[[0,9223371331200000000,"1"]]}'), (25, '{"version":1,"kind":"local","subscriptions":[[-9223372036854775808,0,"1"]]}'),
    (26, '{"version":1,"kind":"local","subscriptions":[[0,1,"' || repeat('9', 39) || '"]]}'), (27, '{"version":1,"kind":"local","subscriptions":[[0,1,"' || repeat('x', 3000) || '"]]}'),
    (28, '{"version":1,"kind":"local","subscriptions":[[0,99999999999999999999,"1"]]}')) t(id, input) ORDER BY id;
\pset format aligned
\pset tuples_only off

-- Binary: lossless, and checked.
CREATE TABLE received (s subscription_summary);
\setenv PGDATABASE :DBNAME
COPY (SELECT s FROM local UNION ALL SELECT s FROM instant UNION ALL SELECT s FROM unfinished) TO STDOUT (FORMAT binary) \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
SELECT s FROM received;
TRUNCATE received;
CREATE TABLE message (id integer, bytes bytea);
INSERT INTO message VALUES (0, '\x01000000000000000000'),
    (1, '\x01010000000000000001000000000000000000000000000000050000000000000000000000000000005fffff');
COPY (SELECT bytes FROM message) TO STDOUT (FORMAT binary) \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
SELECT * FROM received;
-- Too short, too long, empty, another version or kind, more announced than sent, too many, none with a kind.
COPY (SELECT substr(bytes, 1, 30) FROM message WHERE id = 1) TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT bytes || '\x00' FROM message) TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT ''::bytea) TO STDOUT (FORMAT binary) \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT set_byte(bytes, 0, 2) FROM message) TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT set_byte(bytes, 1, 3) FROM message) TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT set_byte(bytes, 9, 2) FROM message WHERE id = 1) TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT set_byte(bytes, 2, 255) FROM message) TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT set_byte(bytes, 1, 1) FROM message WHERE id = 0) TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT set_byte(bytes, 1, 0) FROM message WHERE id = 1) TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
-- An end before its start, no point in time, a negative amount, an exponent of no amount.
COPY (SELECT set_byte(bytes, 17, 9) FROM message WHERE id = 1) TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT set_byte(bytes, 10, 128) FROM message WHERE id = 1) TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT set_byte(bytes, 26, 255) FROM message WHERE id = 1) TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT set_byte(bytes, 42, 127) FROM message WHERE id = 1) TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
SELECT count(*) FROM received;

DROP FUNCTION refused;
DROP TABLE local, instant, unfinished, received, message;
