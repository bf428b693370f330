-- Churn and retention: what is refused, text and binary forms, and direct calls of support functions.
\pset null '(null)'
SET TimeZone = 'UTC';
SET DateStyle = 'ISO, YMD';
CREATE TABLE subs (s timestamp, e timestamp);
INSERT INTO subs VALUES ('2026-01-01', NULL), ('2026-01-05', '2026-02-10'), ('2026-02-03', NULL), (NULL, NULL);

-- The period.
SELECT churn_rate(s, e, NULL, '2026-03-01') FROM subs;
SELECT retention_rate(s, e, '2026-02-01', NULL) FROM subs;
SELECT retention_agg(s, e, '-infinity', '2026-03-01') FROM subs;
SELECT retention_agg(s, e, '2026-02-01', 'infinity') FROM subs;
SELECT churn_rate(s, e, '2026-02-01', '2026-02-01') FROM subs;
SELECT churn_rate(s, e, '2026-03-01 10:00', '2026-02-01') FROM subs;
SELECT churn_rate(s::date, e::date, '2026-03-01', '2026-02-01') FROM subs;
SELECT churn_rate(s::date, e::date, '2026-03-01', 'infinity') FROM subs;
SELECT churn_rate(s::date, e::date, '2026-03-01', '294278-01-01') FROM subs;
SET TimeZone = 'Europe/Berlin';
SELECT churn_rate(s::timestamptz, e, '2026-03-01', '2026-02-01') FROM subs;
-- It must not vary, not even where the row counts nowhere.
SELECT churn_rate(s::timestamptz, e, '2026-02-01', CASE WHEN e IS NULL THEN timestamptz '2026-03-01' ELSE '2026-03-02' END) FROM subs;
SET TimeZone = 'UTC';
SELECT churn_rate(s, e, '2025-02-01', CASE WHEN e IS NULL THEN timestamp '2025-03-01' ELSE '2025-03-01 00:00:00.5' END) FROM subs;
SELECT churn_rate(s::date, e::date, p, p + 28) FROM subs, (VALUES (date '2026-02-01'), ('2026-02-02')) v(p);
SELECT churn_rate(s, e, p, p + interval '1 day') OVER (ORDER BY p) FROM subs, (VALUES (timestamp '2026-02-01'), ('2026-02-02')) v(p) WHERE s < '2026-01-02';
-- Of a row that is skipped it need not be the others', but must be possible.
SELECT churn_rate(s, e, '2026-02-01', CASE WHEN s IS NULL THEN timestamp '2026-03-02' ELSE '2026-03-01' END) FROM subs;
SELECT churn_rate(s, e, '2026-02-01', CASE WHEN s IS NOT NULL THEN timestamp '2026-03-02' END) FROM subs;
SELECT churn_rate(s, e, '2026-02-01', CASE WHEN s IS NULL THEN timestamp '2026-02-01' ELSE '2026-03-01' END) FROM subs;

-- new_churn.
SELECT churn_rate(s, e, '2026-02-01', '2026-03-01', NULL) FROM subs;
SELECT churn_rate(s, e, '2026-02-01', '2026-03-01', 'Include') FROM subs;
SELECT retention_rate(s, e, '2026-02-01', '2026-03-01', '') FROM subs;
SELECT churn_rate(s, e, '2026-02-01', '2026-03-01', repeat('both ', 1000)) FROM subs;
SELECT churn_rate(s, e, '2026-02-01', '2026-03-01', CASE WHEN e IS NULL THEN 'both' ELSE 'exclude' END) FROM subs;
SELECT churn_rate(s, e, '2026-02-01', '2026-03-01', CASE WHEN s IS NULL THEN 'all' ELSE 'both' END) FROM subs;
SELECT churn_rate(s, e, '2026-02-01', '2026-03-01', CASE WHEN s IS NULL THEN 'include' ELSE 'both' END) FROM subs;
SELECT churn_rate('{"version":1}'::retention_summary, NULL);
SELECT retention_rate(NULL::retention_summary, 'no');
SELECT new_churn, churn_rate(s, e, '2026-02-01', '2026-03-01', new_churn) FROM subs, (VALUES ('include'), ('exclude'), ('both')) v(new_churn)
    GROUP BY new_churn ORDER BY new_churn;

-- Rows.
SELECT churn_rate(timestamp '2026-02-03', '2026-02-02 23:00', '2026-02-01', '2026-03-01');
SELECT retention_agg(date '2020-02-03', '2020-02-02', '2026-02-01', '2026-03-01');
SELECT churn_rate(timestamp 'infinity', NULL, '2026-02-01', '2026-03-01');
SELECT churn_rate(date '-infinity', NULL, '2026-02-01', '2026-03-01');
SELECT churn_rate(timestamptz '2026-02-01', 'infinity', '2026-02-01', '2026-03-01');
SELECT churn_rate(date '2026-02-01', 'infinity', '2026-02-01', '2026-03-01');
SELECT churn_rate(date '2026-02-01', '294278-01-01', '2026-02-01', '2026-03-01');
SELECT retention_agg(date '2026-02-01', '9999-12-31', '2026-02-01', '2026-03-01');
SELECT churn_rate(timestamp '2026-02-03', '2026-02-02', '2026-02-01', '2026-03-01') OVER ();
-- What is skipped is not looked at.
SELECT churn_rate(NULL::timestamp, 'infinity', '2026-02-01', '2026-03-01');
\set VERBOSITY sqlstate
SELECT churn_rate(s, e, NULL, '2026-03-01') FROM subs;
SELECT churn_rate(s, e, '2026-02-01', '2026-02-01') FROM subs;
SELECT churn_rate(s, e, '2026-02-01', '2026-03-01', 'x') FROM subs;
SELECT churn_rate(timestamp '2026-02-03', '2026-02-02 23:00', '2026-02-01', '2026-03-01');
SELECT churn_rate(timestamp '2026-02-01', 'infinity', '2026-02-01', '2026-03-01');
\set VERBOSITY default

-- Summaries that are no parts of one.
SELECT rollup(r) FROM (SELECT retention_agg(s, e, p, p + interval '1 month') AS r FROM subs,
    (VALUES (timestamp '2026-01-01'), ('2026-02-01')) v(p) GROUP BY p ORDER BY p) m;
SELECT rollup(r) FROM (SELECT retention_agg(s::timestamptz, e::timestamptz, p, p + interval '1 month') AS r FROM subs,
    (VALUES (timestamptz '2026-01-01'), ('2026-02-01')) v(p) GROUP BY p ORDER BY p) m;
SELECT rollup(r) FROM (VALUES ('{"version":1,"period":[0,1],"new":1}'::retention_summary), ('{"version":1,"new":1}')) v(r);
-- Local times, whether dates or timestamps, are one kind; points in time are another, also of the same figures.
SELECT rollup(r), count(DISTINCT r::text) AS texts FROM (SELECT retention_agg(s, e, '2026-02-01', '2026-03-01') FROM subs
    UNION ALL SELECT retention_agg(s::date, e::date, '2026-02-01', '2026-03-01') FROM subs) v(r);
SELECT rollup(r) AS instants FROM (SELECT retention_agg(s::timestamptz, e::timestamptz, '2026-02-01', '2026-03-01') FROM subs) v(r);
SELECT rollup(r) FROM (SELECT retention_agg(s, e, '2026-02-01', '2026-03-01') FROM subs
    UNION ALL SELECT retention_agg(s::timestamptz, e::timestamptz, '2026-02-01', '2026-03-01') FROM subs) v(r);
SELECT a = b AS equal, retention_subtract(a, b) AS not_in_it FROM (SELECT retention_agg(s, e, '2026-02-01', '2026-03-01') AS a,
    retention_agg(s::timestamptz, e::timestamptz, '2026-02-01', '2026-03-01') AS b FROM subs) v;
SELECT rollup(r) FROM (VALUES ('{"version":1,"new_churn":"both","new":1}'::retention_summary), ('{"version":1,"new":1}')) v(r);
SELECT rollup(r) FROM (VALUES ('{"version":1,"new":9223372036854775807}'::retention_summary), ('{"version":1,"new":1}')) v(r);
SELECT churn_rate(r), churn_rate(r, 'both') FROM (VALUES
    ('{"version":1,"at_start":4611686018427387903,"new":4611686018427387904,"churned":3}'::retention_summary)) v(r);

-- Support functions, called directly: right, and never changing what is passed in.
CREATE TABLE states AS SELECT '{"version":1,"period":[0,86400000000],"at_start":2,"churned":1}'::retention_summary AS r;
SELECT retention_accum(r, date '1999-01-01', NULL, '2000-01-01', '2000-01-02') AS added,
    retention_accum(NULL, timestamp '1999-01-01', NULL, '2000-01-01', '2000-01-02', 'both') AS from_null,
    retention_accum(r, NULL::date, NULL, '2000-01-01', '2000-01-02') AS skipped, r FROM states \gx
SELECT retention_remove(r, date '1999-01-01', NULL, '2000-01-01', '2000-01-02') AS removed,
    retention_remove(r, date '2000-01-01', NULL, '2000-01-01', '2000-01-02') AS never_there,
    retention_remove(r, date '1999-01-01', NULL, '2000-01-01', '2000-01-03') AS other_period,
    retention_remove(NULL, date '1999-01-01', NULL, '2000-01-01', '2000-01-03') AS from_null,
    retention_subtract(r, r) AS nothing, retention_subtract('{"version":1}', r) AS too_much, r FROM states \gx
SELECT retention_accum('{"version":1,"new":1}', true, true), retention_remove('{"version":1,"new":1}', false, false),
    retention_remove('{"version":1,"new":1}', true, false) AS never_there, retention_accum(NULL, true, true) AS strict;
SELECT retention_accum(r, true, true) FROM states;
SELECT retention_accum(r, date '1999-01-01', NULL, '2000-01-01', '2000-01-03') FROM states;
SELECT retention_accum(r, timestamptz '1999-01-01', NULL, '2000-01-01', '2000-01-02') FROM states;
SELECT retention_summary_hash(r) = retention_summary_hash(r::text::retention_summary) AS hash,
    retention_summary_hash_extended(r, 3) = retention_summary_hash_extended(retention_final(r), 3) AS hash_extended FROM states;

-- Text: lossless, and checked.
SELECT r::text::retention_summary = r AS same, r FROM (VALUES (' { "churned":1, "at_start":2,"version":1} '::retention_summary),
    ('{"version":1,"period":[-211813488000000000,9223371331199999999],"new_churn":"exclude","outside":7}'),
    ('{"version":1,"kind":"instant","period":[0,1],"new":7}'), ('{"version":1,"kind":"local","period":[0,1],"new":7}')) v(r);
CREATE FUNCTION refused(input text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    problem text; state text;
BEGIN
    RETURN 'ACCEPTED: ' || input::retention_summary::text;
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS problem = MESSAGE_TEXT, state = RETURNED_SQLSTATE;
    RETURN state || ' ' || left(problem, 140) || CASE WHEN length(problem) > 500 THEN ' TOO LONG' ELSE '' END;
END $$;
\pset format unaligned
\pset tuples_only on
SELECT id, refused(input) FROM (VALUES
    (1, ''), (2, '{}'), (3, 'null'), (4, '[1,[0,1],null,1,1,1,1,1]'), (5, '{"version":1'), (6, '{"version":2}'),
    (7, '{"version":1,"at_start":1,"churned":2}'), (8, '{"version":1,"new":1,"churned_new":2}'), (9, '{"version":1,"at_start":-1}'),
    (10, '{"version":1,"at_start":1.5}'), (11, '{"version":1,"outside":1}'), (12, '{"version":1,"period":[0,1]}'),
    (13, '{"version":1,"period":[1,1],"new":1}'), (14, '{"version":1,"period":[2,1],"new":1}'), (15, '{"version":1,"period":[0],"new":1}'),
    (16, '{"version":1,"period":[0,9223372036854775807],"new":1}'), (17, '{"version":1,"period":[0,9223372036854775808],"new":1}'),
    (18, '{"version":1,"period":["0",1],"new":1}'), (19, '{"version":1,"new_churn":"both"}'), (20, '{"version":1,"new_churn":"Both","new":1}'),
    (21, '{"version":1,"new_churn":1,"new":1}'), (22, '{"version":1,"new":1,"more":1}'), (23, '{"version":1,"new":1,"new":1}'),
    (24, '{"version":1,"new":9223372036854775808}'), (25, '{"version":1,"new":9223372036854775807,"at_start":1}'), (26, '{"version":1} x'),
    (30, '{"version":1,"kind":"instant","new":1}'), (31, '{"version":1,"kind":"utc","period":[0,1],"new":1}'), (32, '{"version":1,"period":[0,1],"kind":"local","new":1}'),
    (27, repeat('[', 1000000)), (28, '{"' || repeat('x', 1000000) || '":1}')
    ) v(id, input) ORDER BY id;
\pset format aligned
\pset tuples_only off

-- Binary: version, period, new_churn, counts. Read through COPY in another session.
SELECT retention_summary_send('{"version":1}') AS empty;
SELECT retention_summary_send('{"version":1,"period":[-1,258],"new_churn":"both","at_start":5,"new":4,"churned":3,"churned_new":2,"outside":1}');
CREATE TABLE received (r retention_summary);
CREATE TABLE sent AS SELECT r FROM states UNION ALL VALUES ('{"version":1}'::retention_summary),
    ('{"version":1,"period":[-1,258],"new_churn":"both","at_start":5,"new":4,"churned":3,"churned_new":2,"outside":1}'), ('{"version":1,"kind":"instant","period":[-1,258],"new":1}');
\setenv PGDATABASE :DBNAME
COPY sent (r) TO STDOUT (FORMAT binary) \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
SELECT count(*) FROM received JOIN sent USING (r);
TRUNCATE received;
CREATE TABLE message AS SELECT retention_summary_send(r) AS bytes FROM states;
COPY (SELECT bytes FROM message) TO STDOUT (FORMAT binary) \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
SELECT * FROM received;
-- Too short, too long, another version, an unknown kind, an unknown treatment, more churned than there, no period.
COPY (SELECT substr(bytes, 1, 30) FROM message) TO STDOUT (FORMAT binary) \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT bytes || '\x00' FROM message) TO STDOUT (FORMAT binary) \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT ''::bytea) TO STDOUT (FORMAT binary) \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT set_byte(bytes, 0, 2) FROM message) TO STDOUT (FORMAT binary) \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT set_byte(bytes, 1, 3) FROM message) TO STDOUT (FORMAT binary) \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT set_byte(bytes, 18, 4) FROM message) TO STDOUT (FORMAT binary) \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT set_byte(bytes, 42, 3) FROM message) TO STDOUT (FORMAT binary) \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT set_byte(bytes, 10, 255) FROM message) TO STDOUT (FORMAT binary) \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
SELECT count(*) FROM received;

DROP FUNCTION refused;
DROP TABLE subs, states, sent, received, message;
