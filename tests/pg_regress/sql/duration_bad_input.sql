-- Durations that are none: errors that name function, argument and value.
\pset null '(null)'
SET intervalstyle = 'postgres';
SET timezone = 'UTC';
CREATE TABLE v (k integer, opened timestamptz, closed timestamptz, d interval, f numeric);
INSERT INTO v VALUES (1, '2026-01-01 10:00', '2026-01-01 12:00', '2 hours', 0.5),
    (2, '2026-01-01 10:00', '2026-01-01 09:00', '-1 hour', 0.9), (3, NULL, NULL, NULL, NULL);
-- 22003: an end before its start, infinite times; in a group, a window, behind a filter.
\set VERBOSITY sqlstate
SELECT avg_resolution_time(opened, closed) FROM v;
\set VERBOSITY default
SELECT avg_resolution_time(opened, closed) FROM v;
SELECT median_resolution_time(opened::timestamp, closed::timestamp) FROM v;
SELECT resolution_time_percentile(opened, closed, 0.9) FROM v;
SELECT k, avg_first_response_time(opened, closed) FROM v GROUP BY k;
SELECT avg_time_to_value(opened, closed) OVER (ORDER BY k) FROM v;
SELECT num_durations(opened, closed) OVER (ORDER BY k ROWS 1 PRECEDING) FROM v;
SELECT avg_resolution_time(opened, closed) FILTER (WHERE closed >= opened) FROM v;
SELECT avg_duration(opened, 'infinity') FROM v;
SELECT avg_duration('-infinity', closed) FROM v;
SELECT avg_duration(timestamp '-infinity', 'infinity') FROM v;
SELECT duration_agg('infinity'::timestamptz, 'infinity') FROM v;
SELECT max_duration('4713-01-01 BC'::timestamptz, '294276-01-01') FROM v;
-- Intervals: negative, with months, too long.
SELECT aht(d) FROM v;
SELECT aht(interval '1 month') FROM v;
SELECT aht(interval '1 year 2 hours') FROM v;
SELECT avg_duration(interval '-1 day 23 hours'), avg_duration(interval '1 day -23 hours');
SELECT avg_duration(interval '2000000000 days') FROM v;
SELECT aht(interval '1 min', interval '-1 s', interval '1 min') FROM v;
SELECT aht(interval '1 min', interval '1 s', interval '1 mon') FROM v;
SELECT aht(interval '106751991 days', interval '1 s', interval '106751991 days') FROM v;
SELECT aht_from_totals('1 month', 5);
SELECT aht_from_totals('-1 s', 5);
SELECT aht_from_totals('1 s', -5);
SELECT aht_from_totals('1 s', 2.5);
SELECT aht_from_totals('1 s', 'NaN'), aht_from_totals('1 s', 1e300);
SELECT aht_from_totals('1 s', 'Infinity');
SELECT avg_duration(interval '106751991 days'), total_duration(interval '106751991 days') FROM generate_series(1, 30);

-- 22023: fractions outside 0 to 1, NULL, not a number, varying; also where nothing is measured.
\set VERBOSITY sqlstate
SELECT duration_percentile(d, 1.5) FROM v WHERE k = 1;
\set VERBOSITY default
SELECT duration_percentile(d, 1.5) FROM v WHERE k = 1;
SELECT duration_percentile(d, -0.1) FROM v WHERE k = 1;
SELECT duration_percentile(d, 90) FROM v WHERE k = 1;
SELECT duration_percentile(d, NULL) FROM v WHERE k = 3;
SELECT duration_percentile(d, 'NaN') FROM v WHERE k = 3;
SELECT resolution_time_percentile(opened, opened, f) FROM v WHERE k < 3;
SELECT f, resolution_time_percentile(opened, opened, f) FROM v WHERE k < 3 GROUP BY f ORDER BY f;
SELECT first_response_time_percentile(d, 2) OVER () FROM v WHERE k = 1;
SELECT duration_percentile(duration_agg(d), 2) FROM v WHERE k = 1;
SELECT duration_percentile(duration_agg(d), NULL) FROM v WHERE k = 1;
SELECT duration_percentile(NULL::duration_summary, 7);
SELECT duration_percentile(duration_agg(d)) FROM v WHERE k = 1;
-- Limits: zero, negative, with months, NULL.
SELECT within_rate(duration_agg(d), '0') FROM v WHERE k = 1;
SELECT within_rate(duration_agg(d), '-1 hour') FROM v WHERE k = 1;
SELECT within_rate(duration_agg(d), '1 month') FROM v WHERE k = 1;
SELECT within_rate(duration_agg(d), NULL) FROM v WHERE k = 1;
SELECT within_rate(NULL::duration_summary, '0');

-- 22P02: texts that no rows could have made.
CREATE TABLE many AS SELECT duration_agg(i * interval '1 s') AS s FROM generate_series(1, 600) i;
CREATE FUNCTION refused(text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    RETURN 'accepted: ' || ($1::duration_summary)::text;
EXCEPTION WHEN OTHERS THEN
    RETURN sqlstate || ' ' || left(sqlerrm, 130);
END $$;
SELECT refused(t) FROM (VALUES (''), ('x'), ('[]'), ('{}'), ('{"version":1}'), ('{"version":9,"durations":[]}'),
    ('{"version":1,"durations":[-5]}'), ('{"version":1,"durations":[1.5]}'), ('{"version":1,"durations":[9223372036854775808]}'),
    ('{"version":1,"durations":[1],"fraction":1.5}'), ('{"version":1,"durations":[1],"more":2}'),
    ('{"version":1,"durations":[1],"durations":[2]}'),
    ('{"version":1,"histogram":{"count":501,"total":"0","squares":"0","min":0,"max":0,"at_min":1,"at_max":1,"buckets":[]}}')) v(t);
SELECT refused(replace(s::text, f, t)) FROM many, (VALUES ('"count":600', '"count":601'), ('"count":600', '"count":0'),
    ('"min":1000000', '"min":1'), ('"max":600000000', '"max":900000000'), ('"total":"', '"total":"1'), ('"total":"', '"total":"-'),
    ('"squares":"', '"squares":"0'), ('"squares":"', '"squares":"999999999999999999999999999999999999999999999999999999999999999'),
    ('"version":1', '"version":2'), ('"buckets":[[', '"buckets":[[1,1],['), ('"buckets":[[', '"buckets":[[65536,1],[')) v(f, t);
-- 22P03: binary that lies about its length, ends early, goes on. COPY frames a bytea just as it
-- frames a summary.
CREATE TABLE received (s duration_summary);
CREATE TABLE message AS SELECT what, payload FROM (SELECT 'whole', duration_summary_send(s) FROM many
    UNION ALL SELECT 'too short', substr(duration_summary_send(s), 1, 70) FROM many
    UNION ALL SELECT 'too long', duration_summary_send(s) || '\x00' FROM many
    UNION ALL SELECT 'more buckets than bytes', overlay(duration_summary_send(s) PLACING '\x7fffffffffffffff' FROM 84) FROM many
    UNION ALL SELECT 'version 2', overlay(duration_summary_send(s) PLACING '\x02' FROM 1) FROM many
    UNION ALL SELECT 'a long list', '\x0100000000000000000fff'::bytea
    UNION ALL SELECT 'a list without end', '\x0100000000000000000005'::bytea
    UNION ALL SELECT 'nothing', '') v(what, payload);
\setenv PGDATABASE :DBNAME
COPY (SELECT payload FROM message WHERE what = 'whole') TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT payload FROM message WHERE what = 'too short') TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT payload FROM message WHERE what = 'too long') TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT payload FROM message WHERE what = 'more buckets than bytes') TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT payload FROM message WHERE what = 'version 2') TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT payload FROM message WHERE what = 'a long list') TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT payload FROM message WHERE what = 'a list without end') TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT payload FROM message WHERE what = 'nothing') TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
SELECT count(*), bool_and(r.s = m.s) AS equal FROM received r, many m;

-- Support functions, called directly: they copy the state, and NULL is an empty one.
SELECT duration_accum(s, interval '1 s'), duration_accum(s, NULL::interval), duration_remove(s, interval '2 s'),
    duration_remove(s, interval '7 s'), duration_combine(s, s), duration_final(s),
    duration_accum_fraction(NULL, interval '5 s', 0.9), duration_remove_fraction(NULL, interval '5 s', 0.9), s
    FROM (VALUES ('{"version":1,"durations":[3000000,2000000]}'::duration_summary)) v(s) \gx
SELECT duration_accum_fraction(s, interval '1 s', 0.9) FROM (VALUES ('{"version":1,"durations":[3]}'::duration_summary)) v(s);
SELECT duration_combine('{"version":1,"fraction":0.5,"durations":[3]}', '{"version":1,"fraction":0.9,"durations":[3]}');
SELECT duration_combine('{"version":1,"durations":[3]}', '{"version":1,"fraction":0.9,"durations":[3]}');

DROP TABLE v, many, message, received;
DROP FUNCTION refused;
