-- mrr_summary: text, binary, equality; support functions called directly; bad input.
\pset null '(null)'

-- Bad input of the aggregates: the name, the argument and the value.
SELECT opening_mrr(o, c) FROM (VALUES (1, 2), (-1.5, 2)) v(o, c);
SELECT nrr(o, c) FROM (VALUES (1, 2), (1, -2)) v(o, c);
SELECT mrr_agg(1, 'NaN'::numeric, true);
SELECT quick_ratio('Infinity'::float8, 2);
SELECT new_customers(NULL, '-Infinity'::real);
SELECT closing_mrr(1, -2) FROM (VALUES (1)) v(x) GROUP BY x;
-- Sums keep 64 digits on either side.
SELECT closing_mrr(1, 10::numeric ^ 64);
SELECT closing_mrr(('0.' || repeat('0', 64) || '1')::numeric, NULL);
SELECT closing_mrr(o, o) = max(o) AS longest FROM (VALUES ((repeat('9', 64) || '.' || repeat('9', 64))::numeric)) v(o);
\set VERBOSITY sqlstate
SELECT nrr(1, -2);
SELECT nrr('NaN'::float8, 2);
SELECT nrr(1, 10::numeric ^ 64);
\set VERBOSITY default

-- Support functions, called directly: right, and never changing what is passed in.
SELECT mrr_accum(NULL, NULL, NULL), mrr_accum(NULL, 5, 7), mrr_accum(NULL, 0, 5, true), mrr_accum(NULL, 0, 5, NULL),
    mrr_accum(s, 100000000000, NULL), mrr_accum(s, NULL, NULL) AS skipped, mrr_accum(s, 0, NULL) AS a_row,
    mrr_combine(s, s), mrr_combine('{"version":1}', s), mrr_final(s), s
    FROM (VALUES ('{"version":1,"rows":1,"customers":{"opening":1,"expansion":1},"mrr":{"opening":"5","expansion":"2"}}'::mrr_summary)) v(s) \gx
SELECT mrr_remove(s, 5, 7), mrr_remove(s, NULL, NULL) = s AS skipped, mrr_subtract(s, s), mrr_subtract(s, '{"version":1}') = s AS nothing,
    mrr_remove(mrr_accum(s, 0, 0.125, true), 0, 0.125, true) = s AS in_and_out,
    mrr_remove(mrr_final(mrr_accum(s, 9998, 10000.5)), 9998, 10000.5) = s AS carried_in_between
    FROM (VALUES ('{"version":1,"rows":1,"customers":{"opening":1,"expansion":1},"mrr":{"opening":"5","expansion":"2"}}'::mrr_summary)) v(s) \gx
SELECT mrr_combine(NULL, s), mrr_combine(s, NULL), mrr_subtract(NULL, s), mrr_final(NULL), mrr_remove(NULL, NULL, NULL),
    mrr_remove(NULL, 1, 2) FROM (VALUES ('{"version":1}'::mrr_summary)) v(s);
-- What a summary does not hold cannot be taken out: NULL.
SELECT mrr_remove(s, 5, 5), mrr_remove(s, 5, NULL), mrr_remove(s, NULL, 5), mrr_remove(s, 5, 8), mrr_remove(s, 4, 6),
    mrr_remove(s, 0, 0) IS NULL AS row_of_nobody, mrr_remove(s, 1e30, 2e30), mrr_subtract(s, mrr_accum(s, 0, 0)),
    mrr_subtract('{"version":1}', s)
    FROM (VALUES ('{"version":1,"rows":1,"customers":{"opening":1,"expansion":1},"mrr":{"opening":"5","expansion":"2"}}'::mrr_summary)) v(s) \gx
SELECT mrr_accum('{"version":1}', -1, 2);
SELECT mrr_remove('{"version":1}', 1, 'NaN'::numeric, true);
SELECT mrr_remove('{"version":1}', 1, 10::numeric ^ 64);
SELECT mrr_accum('{"version":1,"rows":9223372036854775807}', NULL, 1);
SELECT mrr_accum('{"version":1,"rows":9223372036854775807}', NULL, NULL) IS NULL AS skipped;
SELECT mrr_combine('{"version":1,"rows":9223372036854775807}', '{"version":1,"rows":1}');
-- The largest counts and sums, and beyond.
SELECT logo_churn_rate(s), gross_mrr_churn_rate(s), closing_customers(s), opening_mrr(s) = (SELECT repeat('9', 84)::numeric) AS sum
    FROM (VALUES (('{"version":1,"rows":9223372036854775807,"customers":{"opening":9223372036854775807,"churned":9223372036854775806},
        "mrr":{"opening":"' || repeat('9', 84) || '","churned":"1"}}')::mrr_summary)) v(s);
SELECT rollup(s) FROM generate_series(1, 2), (VALUES (('{"version":1,"rows":1,"customers":{"new":1},"mrr":{"new":"'
    || repeat('9', 84) || '"}}')::mrr_summary)) v(s);
SELECT new_mrr(s) - repeat('9', 84)::numeric = repeat('9', 84)::numeric AS exact FROM (SELECT mrr_combine(s, s) FROM
    (VALUES (('{"version":1,"rows":1,"customers":{"new":1},"mrr":{"new":"' || repeat('9', 84) || '"}}')::mrr_summary)) v(s)) c(s);
-- Values in a table and in a variable stay what they are.
CREATE TABLE kept AS SELECT n AS id, mrr_agg(g, g + n) AS s FROM generate_series(1, 3) n, generate_series(1, 5 * n * n) g GROUP BY n;
SELECT id, opening_customers(mrr_accum(s, 1, 1)) - opening_customers(s) AS one_more, closing_mrr(mrr_remove(s, 1, 1 + id)) < closing_mrr(s) AS less,
    opening_mrr(mrr_combine(s, s)) = 2 * opening_mrr(s) AS twice, mrr_subtract(s, s), s FROM kept ORDER BY id;
DO $$
DECLARE
    s mrr_summary := '{"version":1}'; other mrr_summary;
BEGIN
    FOR i IN 1..3 LOOP s := mrr_accum(s, i, 2 * i); other := mrr_accum(s, 1, 1); other := mrr_combine(s, s); END LOOP;
    RAISE NOTICE '%', s;
END $$;

-- A state that is not finished, stored: with room and not carried over, but equal and with the same text.
CREATE TABLE unfinished AS SELECT mrr_accum(mrr_accum(NULL, 9999, 10000), 0.5, 0.25) AS s;
SELECT s, closing_mrr(s), nrr(s) = trim_scale(100 * 10000.25 / 9999.5) AS rate, s = s::text::mrr_summary AS equal, s <> mrr_final(s) AS differs,
    mrr_summary_hash(s) = mrr_summary_hash(mrr_final(s)) AS hash,
    mrr_summary_hash_extended(s, 5) = mrr_summary_hash_extended(s::text::mrr_summary, 5) AS hash_extended,
    mrr_summary_send(s) = mrr_summary_send(mrr_final(s)) AS sent, pg_column_size(mrr_final(s)) < pg_column_size(s) AS shorter,
    rollup(s) = s AS rolled FROM unfinished GROUP BY s \gx
-- Equality tells apart what differs in one customer, one sum, or one row.
SELECT a = b AS eq, a <> b AS ne FROM (VALUES
    ('{"version":1,"rows":1,"customers":{"new":1},"mrr":{"new":"5"}}'::mrr_summary, '{"version":1,"rows":1,"customers":{"new":1},"mrr":{"new":"5.00"}}'::mrr_summary),
    ('{"version":1,"rows":1,"customers":{"new":1},"mrr":{"new":"5"}}', '{"version":1,"rows":2,"customers":{"new":1},"mrr":{"new":"5"}}'),
    ('{"version":1,"rows":2,"customers":{"new":1},"mrr":{"new":"5"}}', '{"version":1,"rows":2,"customers":{"new":2},"mrr":{"new":"5"}}'),
    ('{"version":1,"rows":1,"customers":{"new":1},"mrr":{"new":"5"}}', '{"version":1,"rows":1,"customers":{"new":1},"mrr":{"new":"50000"}}'),
    ('{"version":1,"rows":1,"customers":{"new":1},"mrr":{"new":"5"}}', '{"version":1,"rows":1,"customers":{"reactivation":1},"mrr":{"reactivation":"5"}}')) v(a, b);
SELECT count(*) FROM (SELECT s FROM kept UNION SELECT mrr_combine(s, '{"version":1}') FROM kept) u;

-- Text: lossless, and checked.
SELECT s::text::mrr_summary = s AS same, s FROM (VALUES
    (' {"mrr" : {"churned":"7.50", "opening":"0007.500"},"customers":{"opening":1,"churned":1,"new":0},"rows":1,"version":1} '::mrr_summary),
    ('{"version":1,"rows":3,"customers":{},"mrr":{}}'), ('{"version":1,"rows":0,"mrr":{"new":"-0.0"}}')) v(s);
CREATE FUNCTION refused(input text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    problem text; state text;
BEGIN
    RETURN 'ACCEPTED: ' || input::mrr_summary::text;
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS problem = MESSAGE_TEXT, state = RETURNED_SQLSTATE;
    RETURN state || ' ' || left(problem, 140) || CASE WHEN length(problem) > 500 THEN ' TOO LONG' ELSE '' END;
END $$;
\pset format unaligned
\pset tuples_only on
SELECT id, refused(input) FROM (VALUES
    (1, ''), (2, '{}'), (3, 'null'), (4, '[1,0]'), (5, '{"version":1,"rows":1'), (6, '{"version":2}'),
    (7, '{"version":1,"rows":-1}'), (8, '{"version":1,"rows":9223372036854775808}'), (9, '{"version":1,"rows":1.5}'),
    (10, '{"version":1,"rows":1,"rows":1}'), (11, '{"version":1,"more":1}'), (12, '{"version":1,"rows":1,"customers":{"more":1}}'),
    (13, '{"version":1,"rows":1,"customers":{"new":1}}'), (14, '{"version":1,"rows":1,"mrr":{"new":"1"}}'),
    (15, '{"version":1,"customers":{"new":1},"mrr":{"new":"1"}}'),
    (16, '{"version":1,"rows":1,"customers":{"new":1,"opening":1},"mrr":{"new":"1","opening":"1"}}'),
    (17, '{"version":1,"rows":1,"customers":{"new":1},"mrr":{"new":"-1"}}'),
    (18, '{"version":1,"rows":9,"customers":{"expansion":1},"mrr":{"expansion":"1"}}'),
    (19, '{"version":1,"rows":9,"customers":{"opening":2,"expansion":1,"contraction":1,"churned":1},"mrr":{"opening":"9","expansion":"1","contraction":"1","churned":"1"}}'),
    (20, '{"version":1,"rows":9,"customers":{"opening":2,"churned":1},"mrr":{"opening":"9","churned":"9.5"}}'),
    (21, '{"version":1,"rows":9,"customers":{"opening":2,"churned":1},"mrr":{"opening":"9","churned":"9"}}'),
    (22, '{"version":1,"rows":9,"customers":{"opening":2,"churned":2},"mrr":{"opening":"9","churned":"8"}}'),
    (23, '{"version":1,"rows":9,"customers":{"opening":2,"contraction":1,"churned":1},"mrr":{"opening":"9","contraction":"5","churned":"4"}}'),
    (24, '{"version":1,"rows":1,"customers":{"new":1},"mrr":{"new":1}}'), (25, '{"version":1,"rows":1,"customers":{"new":1},"mrr":{"new":"1e3"}}'),
    (26, '{"version":1,"rows":1,"customers":{"new":1},"mrr":{"new":"NaN"}}'), (27, '{"version":1,"rows":1,"customers":{"new":1},"mrr":{"new":""}}'),
    (28, '{"version":1,"rows":1,"customers":{"new":1},"mrr":{"new":"' || repeat('9', 85) || '"}}'),
    (29, '{"version":1,"rows":1,"customers":{"new":1},"mrr":{"new":"0.' || repeat('0', 64) || '1"}}'),
    (30, '{"version":1,"rows":1,"customers":{"new":1},"mrr":{"new":"' || repeat('9', 1000000) || '"}}'),
    (31, '{"version":1,"rows":1,"customers":{"new":null},"mrr":{}}'), (32, '{"version":1} x'), (33, repeat('[', 1000000)),
    (34, '{"' || repeat('x', 1000000) || '":1}')
    ) v(id, input) ORDER BY id;
\pset format aligned
\pset tuples_only off

-- Binary: version, rows, customers of the six figures, first place, number of places, digits in base 10,000.
-- Read through COPY in another session.
SELECT mrr_summary_send('{"version":1}'), mrr_summary_send(mrr_agg(5, 10007.5));
CREATE TABLE received (s mrr_summary);
\setenv PGDATABASE :DBNAME
COPY kept (s) TO STDOUT (FORMAT binary) \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
SELECT count(*) FROM received r JOIN kept k ON r.s = k.s AND r.s::text = k.s::text;
TRUNCATE received;
-- One of one customer who went from 5 to 7: opening 5, expansion 2.
CREATE TABLE message AS SELECT '\x01'::bytea || int8send(1) || int8send(1) || int8send(0) || int8send(0) || int8send(1) || int8send(0)
    || int8send(0) || int2send(0::int2) || int2send(1::int2) || '\x000500000000000200000000' AS bytes;
COPY message TO STDOUT (FORMAT binary) \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
SELECT * FROM received;
-- Too short, too long, nothing, another version.
COPY (SELECT substr(bytes, 1, 72) FROM message) TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT bytes || '\x00' FROM message) TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT ''::bytea) TO STDOUT (FORMAT binary) \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT set_byte(bytes, 0, 2) FROM message) TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
-- Too many rows, more customers than rows, more places than there are, no such place, no digit.
COPY (SELECT set_byte(bytes, 1, 128) FROM message) TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT set_byte(bytes, 24, 1) FROM message) TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT set_byte(bytes, 59, 255) FROM message) TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT set_byte(bytes, 57, 128) FROM message) TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT set_byte(bytes, 61, 40) FROM message) TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
-- A sum without customers.
COPY (SELECT set_byte(bytes, 64, 1) FROM message) TO STDOUT (FORMAT binary)
    \g |psql -Xq -v VERBOSITY=sqlstate -c 'COPY received FROM STDIN (FORMAT binary)' 2>&1
SELECT count(*) FROM received;

DROP FUNCTION refused;
DROP TABLE kept, unfinished, message, received;
