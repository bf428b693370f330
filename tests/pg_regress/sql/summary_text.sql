-- The text form of a survey_summary is JSON: readable, lossless, and checked when it
-- is read, since a dump may come from anywhere.
\pset null '(null)'

-- What is written can be read: the same summary and the same text.
CREATE TABLE forms (name text, s survey_summary);
INSERT INTO forms
    SELECT 'empty', survey_agg(g) FROM generate_series(1, 0) g UNION ALL
    SELECT 'whole', survey_agg(g) FROM generate_series(0, 10) g UNION ALL
    SELECT 'fractions', survey_agg(x) FROM (VALUES (4.5), (0.000000000000000000000001),
        (9.999999999999999999999999), (7)) v(x) UNION ALL
    SELECT 'hundred fractions', survey_agg(g / 101.0::real) FROM generate_series(1, 100) g UNION ALL
    SELECT 'coarse', survey_agg(g / 16.0) FROM generate_series(0, 160) g UNION ALL
    SELECT 'threshold', survey_accum_threshold('{"version":1,"scores":{}}', 9, 4.1) UNION ALL
    SELECT 'both', survey_accum_both('{"version":1,"scores":{}}', 9, 0.1 + 0.2, 1.0 / 3);
SELECT name, s::text::survey_summary = s AS equal, s::text::survey_summary::text = s::text AS same_text,
    survey_summary_out(s)::text = s::text AS out FROM forms ORDER BY name;
SELECT name, s FROM forms WHERE name NOT LIKE 'hundred%' ORDER BY name;

-- It is valid JSON, and PostgreSQL's own functions can take it apart.
SELECT name, s::text::jsonb ->> 'version' AS version,
    (SELECT sum(value::bigint) FROM jsonb_each_text(s::text::jsonb -> 'scores')) AS listed FROM forms
    ORDER BY name;

-- Read with any spacing and order, and written in one form.
SELECT ' { "scores" : {"10":7, "9" : 12, "4.50":1} ,
  "version":1 } '::survey_summary;
SELECT '{"version":1,"scores":{"9.0":12,"010":1}}'::survey_summary = '{"version":1,"scores":{"10":1,"9":12}}'::survey_summary AS equal;
SELECT '{"version":1,"scores":{"\u0039":1}}'::survey_summary;
SELECT '{"version":1,"threshold":null,"confidence":null,"scores":{}}'::survey_summary;

-- As many responses as a bigint counts.
SELECT responses('{"version":1,"scores":{"10":9223372036854775807}}'::survey_summary),
    nps('{"version":1,"scores":{"10":9223372036854775807}}'::survey_summary);

-- COPY and a cast in both directions.
CREATE TABLE copied (LIKE forms);
COPY copied FROM stdin;
one	{"version":1,"scores":{"9":12,"10":7}}
null	\N
\.
SELECT name, s, nps(s) FROM copied ORDER BY name;
COPY copied FROM stdin;
bad	{"version":1,"scores":{"11":12}}
\.
DROP TABLE copied;

-- Hostile text: each is refused with 22P02 and a reason.
CREATE FUNCTION refused(input text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    problem text; hint text; state text;
BEGIN
    RETURN 'ACCEPTED: ' || input::survey_summary::text;
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS problem = MESSAGE_TEXT, hint = PG_EXCEPTION_HINT, state = RETURNED_SQLSTATE;
    RETURN concat_ws(' ', state, CASE WHEN hint = '' THEN 'NO HINT' END, problem);
END $$;
SELECT ''::survey_summary;
\pset format unaligned
\pset tuples_only on
SELECT id, refused(input) FROM (VALUES
    -- no JSON, cut off, more than one value
    (1, ''), (2, ' '), (3, 'null'), (4, '{'), (5, '{}'), (6, '{"version":1'),
    (7, '{"version":1,"scores":{"9":1'), (8, '{"version":1,"scores":{"9":1}}}'),
    (9, '{"version":1,"scores":{}} {"version":1,"scores":{}}'), (10, '12'), (11, '"text"'), (12, '[]'),
    (13, '[1,null,null,{"9":3},null,null,null]'),
    -- versions and missing, unknown or repeated fields
    (20, '{"scores":{}}'), (21, '{"version":1}'), (22, '{"version":2,"scores":{}}'),
    (23, '{"version":0,"scores":{}}'), (24, '{"version":-1,"scores":{}}'), (25, '{"version":257,"scores":{}}'),
    (26, '{"version":"1","scores":{}}'), (27, '{"version":1.5,"scores":{}}'),
    (28, '{"version":1,"scores":{},"more":1}'), (29, '{"version":1,"version":1,"scores":{}}'),
    (30, '{"version":1,"scores":{},"scores":{"9":1}}'), (31, '{"Version":1,"scores":{}}'),
    -- counts
    (40, '{"version":1,"scores":{"9":-1}}'), (41, '{"version":1,"scores":{"9":0}}'),
    (42, '{"version":1,"scores":{"9":1.5}}'), (43, '{"version":1,"scores":{"9":"1"}}'),
    (44, '{"version":1,"scores":{"9":null}}'), (45, '{"version":1,"scores":{"9":18446744073709551616}}'),
    (46, '{"version":1,"scores":{"9":9223372036854775808}}'),
    (47, '{"version":1,"scores":{"9":9223372036854775807,"10":1}}'),
    (48, '{"version":1,"scores":{"9":18446744073709551615,"10":1}}'), (49, '{"version":1,"scores":{"9":1e3}}'),
    (50, '{"version":1,"scores":{"4.5":0}}'), (51, '{"version":1,"scores":{"4.5":10000000000001}}'),
    (52, '{"version":1,"scores":{"9":true}}'),
    -- scores
    (60, '{"version":1,"scores":{"9":1,"9":1}}'), (61, '{"version":1,"scores":{"9":1,"9.0":1}}'),
    (62, '{"version":1,"scores":{"4.5":1,"4.50":1}}'), (63, '{"version":1,"scores":{"11":1}}'),
    (64, '{"version":1,"scores":{"-1":1}}'), (65, '{"version":1,"scores":{"10.000000000000000000000001":1}}'),
    (66, '{"version":1,"scores":{"":1}}'), (67, '{"version":1,"scores":{"NaN":1}}'),
    (68, '{"version":1,"scores":{"1e1":1}}'), (69, '{"version":1,"scores":{"4.":1}}'),
    (70, '{"version":1,"scores":{".5":1}}'), (71, '{"version":1,"scores":{"+4":1}}'),
    (72, '{"version":1,"scores":{" 4":1}}'), (73, '{"version":1,"scores":{"4.1.1":1}}'),
    (74, '{"version":1,"scores":{"0.0000000000000000000000001":1}}'),
    (75, '{"version":1,"scores":{"99999999999999999999999999999999999999":1}}'),
    (76, '{"version":1,"scores":[9]}'), (77, '{"version":1,"scores":9}'), (78, '{"version":1,"scores":null}')
    ) v(id, input) ORDER BY id;
SELECT id, refused(input) FROM (VALUES
    -- parameters
    (1, '{"version":1,"threshold":11,"scores":{}}'), (2, '{"version":1,"threshold":-0.1,"scores":{}}'),
    (3, '{"version":1,"threshold":"4","scores":{}}'), (4, '{"version":1,"threshold":1e999,"scores":{}}'),
    (5, '{"version":1,"threshold":NaN,"scores":{}}'), (6, '{"version":1,"confidence":0,"scores":{}}'),
    (7, '{"version":1,"confidence":1,"scores":{}}'), (8, '{"version":1,"confidence":-0.5,"scores":{}}'),
    (9, '{"version":1,"threshold":true,"scores":{}}'),
    -- coarse summaries: parts that do not belong together, or cannot be
    (20, '{"version":1,"scores":{},"between":{"4":1}}'),
    (21, '{"version":1,"scores":{},"fraction_sum":"4.5","reached":0}'),
    (22, '{"version":1,"scores":{},"between":{},"fraction_sum":"0","reached":0}'),
    (23, '{"version":1,"scores":{},"between":{"4":1},"fraction_sum":"5","reached":0}'),
    (24, '{"version":1,"scores":{},"between":{"4":1},"fraction_sum":"4","reached":0}'),
    (25, '{"version":1,"scores":{},"between":{"4":1},"fraction_sum":"4.5","reached":2}'),
    (26, '{"version":1,"scores":{},"between":{"10":1},"fraction_sum":"10.5","reached":0}'),
    (27, '{"version":1,"scores":{},"between":{"4":0},"fraction_sum":"4.5","reached":0}'),
    (28, '{"version":1,"scores":{},"between":{"4":1,"4":1},"fraction_sum":"9.5","reached":0}'),
    (29, '{"version":1,"scores":{},"between":{"4.5":1},"fraction_sum":"4.5","reached":0}'),
    (30, '{"version":1,"scores":{},"between":{"4":1},"fraction_sum":"-4.5","reached":0}'),
    (31, '{"version":1,"scores":{},"between":{"4":1},"fraction_sum":4.5,"reached":0}'),
    (32, '{"version":1,"scores":{"4.5":1},"between":{"4":1},"fraction_sum":"4.5","reached":0}'),
    (33, '{"version":1,"scores":{},"between":{"4":18446744073709551615,"5":1},"fraction_sum":"4.5","reached":0}'),
    (34, '{"version":1,"scores":{},"between":{"4":1},"fraction_sum":"4.5","reached":-1}'),
    (35, '{"version":1,"scores":{"9":9223372036854775807},"between":{"4":1},"fraction_sum":"4.5","reached":0}'),
    (36, '{"version":1,"scores":{},"between":{"4":1},"fraction_sum":"999999999999999999999999999999999999999999","reached":0}'),
    (37, '{"version":1,"scores":{},"between":{"-1":1},"fraction_sum":"4.5","reached":0}'),
    (38, '{"version":1,"threshold":5,"scores":{},"between":{"4":2},"fraction_sum":"9.1","reached":2}'),
    (39, '{"version":1,"scores":{},"between":{"4":2},"fraction_sum":"9.1","reached":2}')
    ) v(id, input) ORDER BY id;

-- More fractions than a summary lists one by one.
SELECT refused(format('{"version":1,"scores":{%s}}', string_agg(format('"%s":1', g / 1000.0), ',')))
    FROM generate_series(1, 101) g;

-- Large and deep texts end in an error, and in one of modest length.
SELECT id, left(refused(input), 60), length(refused(input)) < 500 AS short FROM (VALUES
    (1, repeat('x', 1000000)), (2, repeat('[', 1000000)), (3, repeat('{"version":', 100000)),
    (4, '{"version":1,"' || repeat('x', 1000000) || '":1}'),
    (5, '{"version":1,"scores":{"' || repeat('9', 1000000) || '":1}}'),
    (6, '{"version":1,"scores":{"9":' || repeat('[', 1000000)),
    (7, '{"version":' || repeat('9', 1000000) || '}'), (8, '{"version":"' || repeat('x', 1000000) || '"}'),
    (9, '{"version":1,"scores":{"0.' || repeat('1', 1000000) || '":1}}')
    ) v(id, input) ORDER BY id;
\pset tuples_only off

-- A megabyte of spaces around a good summary is harmless.
SELECT (repeat(' ', 500000) || '{"version":1,"scores":{"9":1}}' || repeat(' ', 500000))::survey_summary;
DROP FUNCTION refused;
DROP TABLE forms;
