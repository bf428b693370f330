-- Sums of money: support functions called directly, text and binary forms.
\pset null '(null)'
SET IntervalStyle = 'postgres';
-- Right, and never changing what is passed in. NULL where an amount is not in the sum.
SELECT recurring_revenue_accum(s, 5, '1 month') AS month, recurring_revenue_accum(s, 1, '7 months') AS other, recurring_revenue_accum(s, NULL, '1 year') AS skipped,
    recurring_revenue_remove(s, 100, '1 year') AS removed, recurring_revenue_remove(s, 300, '1 year') AS not_there,
    recurring_revenue_remove('{"version":1}', 1, '1 year') AS of_nothing, revenue_combine(s, s), revenue_subtract(s, s) AS subtracted,
    revenue_subtract(s, revenue_combine(s, s)) AS too_much, revenue_final(s), expansion_revenue_accum('{"version":1}', 2.50, false) AS expansion,
    expansion_revenue_remove(expansion_revenue_accum('{"version":1}', 2.50, false), 2.5, false) AS nothing, s
    FROM (VALUES ('{"version":1,"kind":"recurring","amounts":2,"sum":"200","over":"12"}'::revenue_summary)) v(s) \gx
SELECT recurring_revenue_remove('{"version":1,"kind":"recurring","amounts":1,"sum":"5"}', 4, '1 month') AS another_amount,
    expansion_revenue_remove('{"version":1,"kind":"recurring","amounts":1,"sum":"5"}', 5, false) AS another_kind,
    revenue_subtract('{"version":1,"kind":"recurring","amounts":1,"sum":"5"}', '{"version":1,"kind":"expansion","amounts":1,"sum":"5"}') AS other_kind;
SELECT expansion_revenue_accum('{"version":1,"kind":"recurring","amounts":1,"sum":"5"}', 5, false);
SELECT revenue_combine('{"version":1,"kind":"recurring","amounts":1,"sum":"5"}', '{"version":1,"kind":"expansion","amounts":1,"sum":"5"}');
SELECT revenue_combine(s, s) FROM (VALUES ('{"version":1,"kind":"recurring","amounts":9223372036854775807,"sum":"5"}'::revenue_summary)) v(s);
SELECT revenue_combine(s, s) FROM (VALUES (('{"version":1,"kind":"recurring","amounts":1,"sum":"' || repeat('9', 84) || '"}')::revenue_summary)) v(s);
SELECT recurring_revenue_accum('{"version":1}', 5, '0');
-- A state that is not finished, stored: with room, and not in lowest terms.
CREATE TABLE unfinished AS SELECT recurring_revenue_accum(recurring_revenue_accum('{"version":1}', 100, '1 year'), 100, '6 months') AS s;
SELECT s, mrr(s), s = s::text::revenue_summary AS equal, revenue_summary_hash(s) = revenue_summary_hash(revenue_final(s)) AS hash,
    revenue_summary_hash_extended(s, 5) = revenue_summary_hash_extended(s::text::revenue_summary, 5) AS hash_extended,
    revenue_summary_send(s) = revenue_summary_send(revenue_final(s)) AS sent, pg_column_size(revenue_final(s)) < pg_column_size(s) AS shorter,
    rollup(s) = s AS rolled FROM unfinished GROUP BY s \gx

-- Text: lossless, in lowest terms, and checked.
SELECT s::text::revenue_summary = s AS same, s FROM (VALUES (' {"sum":"100.50","amounts":7,"kind":"recurring","over":"120" ,"version":1} '::revenue_summary),
    ('{"version":1,"kind":"recurring","amounts":1,"sum":"0","over":"12"}'), ('{"version":1,"kind":"expansion","amounts":9223372036854775807,"sum":"0.00001"}'),
    ('{"version":1,"kind":"recurring","amounts":1,"sum":"1","over":"9999999999999999999999999"}')) v(s);
CREATE FUNCTION refused(input text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    problem text; state text;
BEGIN
    RETURN 'ACCEPTED: ' || input::revenue_summary::text;
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS problem = MESSAGE_TEXT, state = RETURNED_SQLSTATE;
    RETURN state || ' ' || left(problem, 140) || CASE WHEN length(problem) > 500 THEN ' TOO LONG' ELSE '' END;
END $$;
\pset format unaligned
\pset tuples_only on
SELECT id, refused(input) FROM (VALUES
    (1, ''), (2, '{}'), (3, 'null'), (4, '[1]'), (5, '{"version":1,"kind":"recurring"'), (6, '{"version":2}'), (7, '{"version":1,"amounts":1}'),
    (8, '{"version":1,"sum":"1"}'), (9, '{"version":1,"over":"3"}'), (10, '{"version":1,"kind":"both","amounts":1,"sum":"1"}'),
    (11, '{"version":1,"kind":"expansion","amounts":1,"sum":"1","over":"3"}'), (12, '{"version":1,"kind":"recurring","amounts":1}'),
    (13, '{"version":1,"kind":"recurring","sum":"1"}'), (14, '{"version":1,"kind":"recurring","amounts":0,"sum":"1"}'),
    (15, '{"version":1,"kind":"recurring","amounts":-1,"sum":"1"}'), (16, '{"version":1,"kind":"recurring","amounts":9223372036854775808,"sum":"1"}'),
    (17, '{"version":1,"kind":"recurring","amounts":1,"sum":1}'), (18, '{"version":1,"kind":"recurring","amounts":1,"sum":"-1"}'),
    (19, '{"version":1,"kind":"recurring","amounts":1,"sum":"1e5"}'), (20, '{"version":1,"kind":"recurring","amounts":1,"sum":"1","over":"0"}'),
    (21, '{"version":1,"kind":"recurring","amounts":1,"sum":"1","over":"+3"}'), (22, '{"version":1,"kind":"recurring","amounts":1,"sum":"1","over":3}'),
    (23, '{"version":1,"kind":"recurring","amounts":1,"sum":"1","over":"10000000000000000000000001"}'), (24, '{"version":1,"kind":"recurring","amounts":1,"sum":"' || repeat('9', 85) || '"}'),
    (25, '{"version":1,"kind":"recurring","amounts":1,"sum":"1","more":1}'), (26, '{"version":1,"kind":"recurring","amounts":1,"sum":"' || repeat('x', 3000) || '"}')) t(id, input) ORDER BY id;
\pset format aligned
\pset tuples_only off

-- Binary: lossless, and checked.
CREATE TABLE received (s revenue_summary);
\setenv PGDATABASE :DBNAME
COPY (SELECT s FROM unfinished UNION ALL SELECT '{"version":1}' UNION ALL SELECT '{"version":1,"kind":"expansion","amounts":3,"sum":"1000.05"}') TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
SELECT s FROM received;
TRUNCATE received;
CREATE TABLE message (id integer, bytes bytea);
INSERT INTO message VALUES (0, '\x0100000000000000000000000000000000000000000000000001000000'),
    (1, '\x0101000000000000000200000000000000000000000000000003000001000a');
COPY (SELECT bytes FROM message) TO STDOUT (FORMAT binary) \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
SELECT * FROM received;
-- Too short, too long, empty, another version or kind, none, no amounts, too many, no divisor, a large one.
COPY (SELECT substr(bytes, 1, 28) FROM message) TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT bytes || '\x00' FROM message) TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT ''::bytea) TO STDOUT (FORMAT binary) \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT set_byte(bytes, 0, 2) FROM message) TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT set_byte(bytes, 1, 3) FROM message) TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT set_byte(bytes, 1, 0) FROM message WHERE id = 1) TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT set_byte(bytes, 9, 0) FROM message WHERE id = 1) TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT set_byte(bytes, 2, 128) FROM message WHERE id = 1) TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT set_byte(bytes, 25, 0) FROM message WHERE id = 1) TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT set_byte(bytes, 10, 1) FROM message WHERE id = 1) TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
-- A divisor of what is paid once; a weight, a number of digits and a digit that cannot be.
COPY (SELECT set_byte(bytes, 1, 2) FROM message WHERE id = 1) TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT set_byte(bytes, 26, 1) FROM message WHERE id = 1) TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT set_byte(bytes, 28, 99) FROM message WHERE id = 1) TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT set_byte(bytes, 29, 255) FROM message WHERE id = 1) TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
SELECT count(*) FROM received;

DROP FUNCTION refused;
DROP TABLE unfinished, received, message;
