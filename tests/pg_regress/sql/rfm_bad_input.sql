-- Orders of a customer: what is refused, text and binary forms, and direct calls of support functions.
\pset null '(null)'
SET TimeZone = 'UTC';
SET DateStyle = 'ISO, YMD';

-- Amounts and days.
SELECT rfm_agg(date '2026-01-01', -0.01);
SELECT rfm_agg(timestamp '2026-01-01', 'NaN'::numeric);
SELECT rfm_agg(date '2026-01-01', 'NaN'::float8);
SELECT rfm_agg(date '2026-01-01', 'Infinity'::numeric);
SELECT rfm_agg(date '2026-01-01', 1e64);
SELECT rfm_agg(date '2026-01-01', 1e-65);
SELECT rfm_revenue(rfm_agg(date '2026-01-01', a)) FROM (VALUES (9.9e63), (1e-64)) v(a);
SELECT rfm_agg(date 'infinity', 1);
SELECT rfm_agg(date '-infinity', 1);
SELECT rfm_agg(timestamp 'infinity', 1);
SELECT rfm_agg(timestamptz '-infinity', 1, 'UTC');
SELECT rfm_agg(date 'infinity', 1, 'UTC');
SELECT rfm_agg(d, 1) FROM (VALUES (date '4714-11-24 BC'), ('5874897-12-31')) v(d);
SELECT rfm_agg(at, 1, 'Pacific/Kiritimati') FROM (VALUES (timestamptz '4714-11-25 00:00+00 BC'), ('294276-12-31 23:59:59.999999+00')) v(at);
-- A day before the first one that a date can be.
SELECT rfm_agg(timestamptz '4714-11-24 00:00+00 BC', 1, 'Pacific/Kiritimati');

-- The time zone.
SELECT rfm_agg(timestamptz '2026-01-01', 1);
SELECT rfm_agg(at, 1) FROM (VALUES (timestamptz '2026-01-01')) v(at) WHERE false;
SELECT rfm_agg('2026-01-01', 1);
SELECT rfm_agg(timestamptz '2026-01-01', 1, NULL);
SELECT rfm_agg(NULL::timestamptz, 1, NULL);
SELECT rfm_agg(NULL::timestamptz, 1, 'Europe/Atlantis');
SELECT rfm_agg(timestamptz '2026-01-01', 1, 'CET');
SELECT rfm_agg(date '2026-01-01', 1, 'UTC+2');
SELECT rfm_agg(timestamptz '2026-01-01', n, CASE n WHEN 1 THEN 'UTC' ELSE 'Europe/Berlin' END) FROM generate_series(1, 2) n;
SELECT rfm_agg(timestamp '2026-01-01', n, CASE n WHEN 1 THEN 'europe/BERLIN' ELSE 'Europe/Berlin' END) FROM generate_series(1, 2) n;
-- Of a row that is skipped it need not be the others', but must be possible.
SELECT rfm_agg(date '2026-01-01', nullif(n, 2), CASE n WHEN 1 THEN 'UTC' ELSE 'Europe/Berlin' END) FROM generate_series(1, 2) n;
SELECT rfm_agg(date '2026-01-01', nullif(n, 2), CASE n WHEN 1 THEN 'UTC' END) FROM generate_series(1, 2) n;
SELECT rollup(r) FROM (SELECT rfm_agg(date '2026-01-01', 1, zone) AS r FROM (VALUES ('UTC'), ('Europe/Berlin')) v(zone) GROUP BY zone ORDER BY zone) x;
SELECT rollup(r) FROM (SELECT rfm_agg(date '2026-01-01', 1, 'UTC') AS r UNION ALL SELECT rfm_agg(date '2026-01-01', 1)) x;

-- as_of.
CREATE TABLE states AS SELECT '{"version":1,"orders":3,"revenue":"60.5","first_day_revenue":"20","days":[9497,9500]}'::rfm_summary AS r;
SELECT rfm_t(r, rfm_last_day(r)) AS last, rfm_t(r, '5874897-12-31') AS far FROM states;
SELECT rfm_t(r, '2026-01-03') FROM states;
SELECT rfm_t(r, NULL) FROM states;
SELECT rfm_t(r, 'infinity') FROM states;
SELECT rfm_t(NULL, '-infinity');
SELECT rfm_t(NULL, '2026-01-01'), rfm_t('{"version":1}', '2026-01-01');
\set VERBOSITY sqlstate
SELECT rfm_agg(date '2026-01-01', -1);
SELECT rfm_agg(date 'infinity', 1);
SELECT rfm_agg(timestamptz '2026-01-01', 1);
SELECT rfm_agg(timestamptz '2026-01-01', 1, 'x');
SELECT rfm_t(r, '2026-01-03') FROM states;
SELECT rfm_t(r, NULL) FROM states;
\set VERBOSITY default

-- Support functions, called directly: right, and never changing what is passed in.
SELECT rfm_accum(r, date '2025-12-31', 7.25) AS earlier, rfm_accum(r, timestamp '2026-01-01 12:00', 5) AS first_day,
    rfm_accum(r, date '2026-01-02', 0) AS between, rfm_accum(r, NULL::date, 5) AS strict, rfm_combine(r, r) AS doubled,
    rfm_accum(NULL, timestamptz '2026-01-01', 5, 'UTC') AS from_null, rfm_accum('{"version":1}', NULL::date, 5, 'UTC') AS skipped, r FROM states \gx
SELECT rfm_accum(r, date '2026-01-02', 5, 'UTC') FROM states;
SELECT rfm_accum(r, timestamptz '2026-01-02', 5) FROM states;
SELECT rfm_summary_hash(r) = rfm_summary_hash(r::text::rfm_summary) AS hash,
    rfm_summary_hash_extended(r, 3) = rfm_summary_hash_extended(rfm_final(r), 3) AS hash_extended FROM states;
-- A state that has room is equal to one that has none.
CREATE TABLE unfinished AS SELECT rfm_accum(r, date '2026-03-01', 1.25) AS r FROM states;
SELECT r = r::text::rfm_summary AS same, rfm_summary_hash(r) = rfm_summary_hash(rfm_final(r)) AS hash,
    rfm_summary_send(r) = rfm_summary_send(rfm_final(r)) AS sent, pg_column_size(rfm_final(r)) < pg_column_size(r) AS shorter,
    rfm_revenue(r), rollup(r) = r AS rolled FROM unfinished GROUP BY r;

-- Text: lossless, and checked.
SELECT r::text::rfm_summary = r AS same, r FROM (VALUES
    (' {"days":[-2451545, 2145031948], "orders":2,"time_zone":"Etc/GMT-14","revenue":"000.50","version":1} '::rfm_summary),
    ('{"version":1,"orders":9223372036854775807,"revenue":"0","first_day_revenue":"0","days":[0]}')) v(r);
CREATE FUNCTION refused(input text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    problem text; state text;
BEGIN
    RETURN 'ACCEPTED: ' || input::rfm_summary::text;
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS problem = MESSAGE_TEXT, state = RETURNED_SQLSTATE;
    RETURN state || ' ' || left(problem, 140) || CASE WHEN length(problem) > 500 THEN ' TOO LONG' ELSE '' END;
END $$;
\pset format unaligned
\pset tuples_only on
SELECT id, refused(input) FROM (VALUES
    (1, ''), (2, '{}'), (3, 'null'), (4, '[1]'), (5, '{"version":1'), (6, '{"version":2}'), (7, '{"version":1,"orders":1}'),
    (8, '{"version":1,"time_zone":"UTC"}'), (9, '{"version":1,"revenue":"1","first_day_revenue":"1"}'), (10, '{"version":1,"days":[1]}'),
    (11, '{"version":1,"orders":1,"revenue":"1","days":[1]}'), (12, '{"version":1,"orders":1,"revenue":"1","first_day_revenue":"2","days":[1]}'),
    (13, '{"version":1,"orders":2,"revenue":"1","first_day_revenue":"2","days":[1,2]}'),
    (14, '{"version":1,"orders":1,"revenue":"-1","first_day_revenue":"-1","days":[1]}'),
    (15, '{"version":1,"orders":1,"revenue":1,"first_day_revenue":1,"days":[1]}'),
    (16, '{"version":1,"orders":1,"revenue":"NaN","first_day_revenue":"NaN","days":[1]}'),
    (17, '{"version":1,"orders":1,"revenue":"2","first_day_revenue":"1","days":[1,2]}'),
    (18, '{"version":1,"orders":2,"revenue":"2","first_day_revenue":"1","days":[2,1]}'),
    (19, '{"version":1,"orders":2,"revenue":"2","first_day_revenue":"1","days":[1,1]}'),
    (20, '{"version":1,"orders":2,"revenue":"2","first_day_revenue":"1","days":[1,2145031949]}'),
    (21, '{"version":1,"orders":2,"revenue":"2","first_day_revenue":"1","days":[1,1.5]}'),
    (22, '{"version":1,"orders":9223372036854775808,"revenue":"1","first_day_revenue":"1","days":[1]}'),
    (23, '{"version":1,"time_zone":"a b","orders":1,"revenue":"1","first_day_revenue":"1","days":[1]}'),
    (24, '{"version":1,"time_zone":"","orders":1,"revenue":"1","first_day_revenue":"1","days":[1]}'),
    (25, '{"version":1,"orders":1,"revenue":"' || repeat('9', 85) || '","first_day_revenue":"1","days":[1]}'),
    (26, '{"version":1,"more":1}'), (27, '{"version":1} x'), (28, '{"version":1,"orders":1,"revenue":"' || repeat('9', 1000000) || '"}'),
    (29, repeat('[', 1000000)), (30, '{"' || repeat('x', 1000000) || '":1}')
    ) v(id, input) ORDER BY id;
\pset format aligned
\pset tuples_only off

-- Binary: version, zone, orders, amounts as text, days. Read through COPY in another session.
SELECT rfm_summary_send('{"version":1}') AS empty, rfm_summary_send(r) FROM states \gx
CREATE TABLE received (r rfm_summary);
CREATE TABLE sent AS SELECT r FROM states UNION ALL SELECT r FROM unfinished UNION ALL VALUES ('{"version":1}'::rfm_summary),
    ('{"version":1,"time_zone":"UTC","orders":2,"revenue":"0.25","first_day_revenue":"0","days":[-1,258]}');
\setenv PGDATABASE :DBNAME
COPY sent (r) TO STDOUT (FORMAT binary) \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
SELECT count(*) FROM received JOIN sent USING (r);
TRUNCATE received;
CREATE TABLE message AS SELECT rfm_summary_send(r) AS bytes FROM states;
COPY (SELECT bytes FROM message) TO STDOUT (FORMAT binary) \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
SELECT * FROM received;
-- Too short, too long, another version, an amount that is none, more paid first than in all, days in disorder or not sent.
COPY (SELECT substr(bytes, 1, 30) FROM message) TO STDOUT (FORMAT binary) \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT bytes || '\x00' FROM message) TO STDOUT (FORMAT binary) \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT ''::bytea) TO STDOUT (FORMAT binary) \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT set_byte(bytes, 0, 2) FROM message) TO STDOUT (FORMAT binary) \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT set_byte(bytes, 12, 255) FROM message) TO STDOUT (FORMAT binary) \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT set_byte(bytes, 12, 48) FROM message) TO STDOUT (FORMAT binary) \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT set_byte(bytes, length(bytes) - 5, 255) FROM message) TO STDOUT (FORMAT binary) \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT set_byte(bytes, length(bytes) - 10, 255) FROM message) TO STDOUT (FORMAT binary) \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
SELECT count(*) FROM received;

-- The number of orders stays a bigint, so that what is stored can be read.
SELECT rollup(s) FROM (VALUES (rfm_summary '{"version":1,"orders":9223372036854775807,"revenue":"0","first_day_revenue":"0","days":[1]}'),
    ('{"version":1,"orders":1,"revenue":"0","first_day_revenue":"0","days":[1]}')) v(s);
SELECT rfm_accum('{"version":1,"orders":9223372036854775807,"revenue":"0","first_day_revenue":"0","days":[1]}', date '2000-01-02', 5);

DROP FUNCTION refused;
DROP TABLE states, unfinished, sent, received, message;
