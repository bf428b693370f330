-- Rates over rows: 100 * hits / rows, one shared implementation.
\pset null '(null)'
CREATE FUNCTION rounded(r numrange) RETURNS text LANGUAGE sql STRICT AS
    $$ SELECT format('%s%s, %s%s', CASE WHEN lower_inc(r) THEN '[' ELSE '(' END, round(lower(r), 9),
        round(upper(r), 9), CASE WHEN upper_inc(r) THEN ']' ELSE ')' END) $$;

-- 40 of 50 tickets were resolved at the first contact: 80.
CREATE TABLE tickets AS SELECT g AS id, g % 3 AS k, g <= 40 AS resolved FROM generate_series(1, 50) g;
SELECT rate(resolved), rounded(rate_ci(resolved)), rounded(rate_ci(resolved, 0.9)), rate_agg(resolved)
    FROM tickets;
SELECT rate(id <= 64) FROM generate_series(1, 1000) id;
SELECT rate(x), rate(NOT x) FROM (VALUES (true), (false), (false)) v(x);
SELECT pg_typeof(rate(resolved)), pg_typeof(rate_ci(resolved)), pg_typeof(hits(rate_agg(resolved)))
    FROM tickets;
SELECT k, rate(resolved), 100.0 * count(*) FILTER (WHERE resolved) / count(*) = rate(resolved) AS equal
    FROM tickets GROUP BY k ORDER BY k;

-- NULL is neither a hit nor a miss.
SELECT rate(x), rate_agg(x), rounded(rate_ci(x))
    FROM (VALUES (true), (NULL), (false), (NULL), (true), (true)) v(x);
SELECT rate(x), rate_agg(x), rate_ci(x), rate_ci(x, 0.9) FROM (VALUES (NULL::boolean)) v(x);
SELECT rate(x), rate_agg(x), rate_ci(x), rate_ci(x, 0.9), hits(rate_agg(x)), total(rate_agg(x))
    FROM (VALUES (true)) v(x) WHERE false;

-- Accessors of a summary, and rolling up: the same as from the rows.
SELECT rate(s), rounded(rate_ci(s)), rounded(rate_ci(s, 0.5)), hits(s), total(s)
    FROM (SELECT rate_agg(resolved) FROM tickets) t(s);
CREATE TABLE daily AS SELECT k, rate_agg(resolved) AS s FROM tickets GROUP BY k;
SELECT rollup(s) = (SELECT rate_agg(resolved) FROM tickets) AS equal, rate(rollup(s)), rollup(s) FROM daily;
SELECT rollup(s) FROM (VALUES (NULL::rate_summary), ('{"version":1,"hits":1,"total":2}'), (NULL)) v(s);
SELECT rollup(s) FROM daily WHERE false;
SELECT rate(s), rate_ci(s), rate_ci(s, 0.9), hits(s), total(s)
    FROM (VALUES ('{"version":1,"hits":0,"total":0}'::rate_summary), (NULL)) v(s);

-- Is a change real, or noise? The same numbers as csat_test.
SELECT difference, round(z, 9) AS z, round(p_value, 9) AS p_value
    FROM rate_test('{"version":1,"hits":40,"total":50}', '{"version":1,"hits":30,"total":50}');
SELECT * FROM rate_test('{"version":1,"hits":5,"total":5}', '{"version":1,"hits":7,"total":7}');
SELECT * FROM rate_test('{"version":1,"hits":0,"total":0}', '{"version":1,"hits":7,"total":7}');
SELECT rate_test(NULL, '{"version":1,"hits":7,"total":7}') IS NULL AS is_null;

-- Equality and hashing.
SELECT s = s AS eq, s <> s AS ne, s = '{"version":1,"hits":0,"total":17}' AS other FROM daily
    ORDER BY hits(s), total(s);
SELECT count(*) FROM (SELECT s FROM daily UNION SELECT rate_combine(s, '{"version":1,"hits":0,"total":0}')
    FROM daily) u;
SELECT count(*) FROM daily a JOIN daily b USING (s);

-- Moving frames, against plain SQL: no rows. With a NULL now and then.
CREATE TABLE series AS SELECT g AS id, CASE WHEN g % 9 > 0 THEN g * g % 7 < 3 END AS hit
    FROM generate_series(1, 300) g;
SELECT id FROM (SELECT id, rate(hit) OVER w AS rate, rate_ci(hit, 0.9) OVER w AS ci,
    rate_agg(hit) OVER w AS s, count(*) FILTER (WHERE hit) OVER w AS hits, count(hit) OVER w AS total
    FROM series
                WINDOW w AS (ORDER BY id ROWS BETWEEN 7 PRECEDING AND 3 FOLLOWING EXCLUDE CURRENT ROW)) w
    WHERE rate IS DISTINCT FROM 100.0 * hits / nullif(total, 0) OR (hits(s), total(s)) <> (hits, total)
        OR ci IS DISTINCT FROM rate_ci(s, 0.9);
SELECT id FROM (SELECT id, rate(hit) OVER w AS rate, count(*) FILTER (WHERE hit) OVER w AS hits,
    count(hit) OVER w AS total FROM series
    WINDOW w AS (ORDER BY id / 4 GROUPS BETWEEN 2 PRECEDING AND 1 PRECEDING)) w
    WHERE rate IS DISTINCT FROM 100.0 * hits / nullif(total, 0);
SELECT id FROM (SELECT id, rollup(s) OVER w AS s, hits, total
    FROM (SELECT id / 10 AS id, rate_agg(hit) AS s FROM series GROUP BY 1) d JOIN LATERAL
                (SELECT count(*) FILTER (WHERE hit) AS hits, count(hit) AS total FROM series r
                    WHERE r.id / 10 BETWEEN d.id - 3 AND d.id) p ON true
                    WINDOW w AS (ORDER BY id ROWS 3 PRECEDING)) w
    WHERE (hits(s), total(s)) <> (hits, total);

-- Confidence: constant, and between 0 and 1.
SELECT rate_ci(resolved, 1) FROM tickets;
SELECT rate_ci(resolved, NULL) FROM tickets;
SELECT rate_ci(resolved, 'NaN') FROM tickets;
SELECT rate_ci(resolved, id / 100.0) FROM tickets;
SELECT rate_ci(resolved, 0) OVER () FROM tickets;
SELECT rate_ci(rate_agg(resolved), 95) FROM tickets;

-- Support functions, called directly.
SELECT rate_accum(s, true), rate_accum(s, NULL), rate_remove(s, true), rate_combine(s, s),
    rate_subtract(s, s), rate_final(s), rate_accum_confidence(NULL, false, 0.9),
    rate_remove_confidence(s, true, 0.9)
    FROM (VALUES ('{"version":1,"hits":1,"total":1}'::rate_summary)) v(s);

-- What a rate does not hold cannot be taken out: NULL.
SELECT rate_remove('{"version":1,"hits":1,"total":1}', false),
    rate_remove('{"version":1,"hits":0,"total":1}', true),
    rate_remove_confidence('{"version":1,"hits":1,"total":1}', false, 0.9),
       rate_subtract('{"version":1,"hits":1,"total":1}', '{"version":1,"hits":0,"total":1}'),
           rate_subtract('{"version":1,"hits":1,"total":1}', '{"version":1,"hits":0,"total":2}');
SELECT rate_combine('{"version":1,"hits":1,"total":9223372036854775807}', '{"version":1,"hits":0,"total":1}');
SELECT rate_combine('{"version":1,"confidence":0.5,"hits":1,"total":1}',
    '{"version":1,"confidence":0.6,"hits":0,"total":1}');
SELECT rate('{"version":1,"hits":9223372036854775806,"total":9223372036854775807}'::rate_summary),
    total('{"version":1,"hits":1,"total":9223372036854775807}'::rate_summary);

-- Text: lossless, and checked.
SELECT s::text::rate_summary = s AS same, s
    FROM (VALUES (rate_accum_confidence(NULL, true, 0.1 + 0.2)),
    (' {"total":50, "version":1,"hits":40} ')) v(s);
CREATE FUNCTION refused(input text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    problem text; state text;
BEGIN
    RETURN 'ACCEPTED: ' || input::rate_summary::text;
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS problem = MESSAGE_TEXT, state = RETURNED_SQLSTATE;
    RETURN state || ' ' || left(problem, 120) || CASE WHEN length(problem) > 500 THEN ' TOO LONG' ELSE '' END;
END $$;
\pset format unaligned
\pset tuples_only on
SELECT id, refused(input) FROM (VALUES
    (1, ''), (2, '{}'), (3, 'null'), (4, '[1,null,40,50]'), (5, '{"version":1,"hits":1'),
    (6, '{"version":2,"hits":1,"total":2}'), (7, '{"version":1,"hits":3,"total":2}'),
    (8, '{"version":1,"hits":-1,"total":2}'), (9, '{"version":1,"hits":1,"total":9223372036854775808}'),
    (10, '{"version":1,"hits":1,"total":1e3}'), (11, '{"version":1,"hits":1,"hits":1,"total":2}'),
    (12, '{"version":1,"hits":1,"total":2,"more":3}'), (13, '{"version":1,"hits":1,"total":2,"confidence":1}'),
    (14, '{"version":1,"hits":1,"total":2} x'), (15, '{"version":1,"hits":"1","total":2}'),
    (16, '{"version":1,"hits":null,"total":2}'), (17, '{"version":1,"hits":1}'), (18, repeat('[', 1000000)),
    (19, '{"' || repeat('x', 1000000) || '":1}')
    ) v(id, input) ORDER BY id;
\pset format aligned
\pset tuples_only off

-- Binary: version, confidence, hits, rows. Read through COPY in another session.
SELECT rate_summary_send('{"version":1,"hits":40,"total":50}'),
    rate_summary_send('{"version":1,"confidence":0.5,"hits":1,"total":258}');
CREATE TABLE message (bytes bytea);
CREATE TABLE received (s rate_summary);
\setenv PGDATABASE :DBNAME
INSERT INTO message VALUES ('\x01000000000000000028000000000000003201'::bytea);
COPY (SELECT substr(bytes, 1, 18) FROM message) TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY message TO STDOUT (FORMAT binary) \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT substr(bytes, 1, 17) FROM message) TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT ''::bytea) TO STDOUT (FORMAT binary) \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT '\x020000000000000000280000000000000032'::bytea) TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT '\x010000000000000000330000000000000032'::bytea) TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT '\x010000000000000000008000000000000000'::bytea) TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT '\x01017ff800000000000000000000000000280000000000000032'::bytea) TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY message TO STDOUT (FORMAT binary)
    \g |psql -Xq -v VERBOSITY=sqlstate -c 'COPY received FROM STDIN (FORMAT binary)' 2>&1
COPY (SELECT '\x010700000000000000280000000000000032'::bytea) TO STDOUT (FORMAT binary)
    \g |psql -Xqc 'COPY received FROM STDIN (FORMAT binary)' 2>&1
SELECT * FROM received;
DROP FUNCTION refused, rounded;
DROP TABLE tickets, daily, series, message, received;
