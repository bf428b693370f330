-- Support functions are made for the aggregates, but anyone can call them. A direct
-- call gives the right answer or an error, and never changes the value passed in.
\pset null '(null)'

-- One more, one less, two together, one from the other, finished.
SELECT survey_accum('{"version":1,"scores":{"9":1}}', 9), survey_accum('{"version":1,"scores":{}}', 4.5),
    survey_accum('{"version":1,"scores":{}}', 4.35::real);
SELECT survey_remove('{"version":1,"scores":{"9":2,"4.5":1}}', 9),
    survey_remove('{"version":1,"scores":{"9":1}}', 9),
    survey_remove('{"version":1,"scores":{"9":2,"4.5":1}}', 4.5);
SELECT survey_combine('{"version":1,"scores":{"9":1,"4.5":1}}', '{"version":1,"scores":{"9":2,"4.6":1}}'),
    survey_subtract('{"version":1,"scores":{"9":3,"4.5":1}}', '{"version":1,"scores":{"9":2,"4.5":1}}');
SELECT survey_final('{"version":1,"scores":{"9":3,"4.5":1}}'), survey_combine(s, s) AS doubled,
    survey_subtract(s, s) AS emptied
    FROM (VALUES ('{"version":1,"scores":{"9":3,"4.5":1}}'::survey_summary)) v(s);
-- What a summary does not hold cannot be taken out: NULL.
SELECT survey_remove('{"version":1,"scores":{"9":2}}', 8),
    survey_remove('{"version":1,"scores":{"9":2}}', 4.5),
    survey_subtract('{"version":1,"scores":{"9":1}}', '{"version":1,"scores":{"9":2}}'),
       survey_subtract('{"version":1,"scores":{"4.5":1}}', '{"version":1,"scores":{"4.6":1}}');
-- With parameters.
SELECT survey_accum_threshold('{"version":1,"scores":{}}', 9, 5),
    survey_accum_confidence('{"version":1,"scores":{}}', 9, 0.5),
    survey_accum_both('{"version":1,"scores":{}}', 9, 5, 0.5);
SELECT survey_accum_threshold('{"version":1,"threshold":5,"scores":{"9":1}}', 8, 5),
    survey_remove_threshold('{"version":1,"threshold":5,"scores":{"9":1,"8":1}}', 8, 5),
       survey_remove_confidence('{"version":1,"confidence":0.5,"scores":{"9":1,"8":1}}', 8, 0.5),
           survey_remove_both('{"version":1,"threshold":5,"confidence":0.5,"scores":{"9":1,"8":1}}', 8, 5,
           0.5);
SELECT survey_accum_threshold('{"version":1,"threshold":5,"scores":{"9":1}}', 8, 6);
SELECT survey_accum_threshold('{"version":1,"scores":{"9":1}}', 8, 6);
SELECT survey_accum_threshold('{"version":1,"scores":{}}', 8, 60);
SELECT survey_accum_confidence('{"version":1,"scores":{}}', 8, 1);
SELECT survey_combine('{"version":1,"threshold":5,"scores":{"9":1}}',
    '{"version":1,"threshold":6,"scores":{"9":1}}');
SELECT survey_accum('{"version":1,"scores":{}}', 11);
SELECT survey_remove('{"version":1,"scores":{}}', 'NaN'::float8);
-- NULLs: STRICT, or an empty state where parameters must be looked at.
SELECT survey_accum(NULL, 9), survey_accum('{"version":1,"scores":{}}', NULL::integer),
    survey_remove(NULL, 9), survey_combine(NULL, NULL), survey_subtract(NULL, NULL), survey_final(NULL);
SELECT survey_accum_threshold(NULL, 9, 5), survey_accum_threshold(NULL, NULL::integer, 5) IS NULL AS is_null,
    survey_remove_threshold(NULL, 9, 5), survey_accum_both(NULL, 9, 5, 0.5),
    survey_accum_confidence(NULL, 9, 0.5);
SELECT survey_accum_threshold(NULL, 9, NULL);

-- The value passed in stays the same: a column, with a short and a long header, and a variable.
CREATE TABLE stored (id integer, s survey_summary, r rate_summary);
INSERT INTO stored SELECT 1, survey_agg(9), rate_agg(true) UNION ALL SELECT 2, survey_agg(g / 8.0),
    rate_agg(g > 3) FROM generate_series(0, 40) g UNION ALL SELECT 3, survey_agg(g / 16.0), rate_agg(g > 3)
    FROM generate_series(0, 160) g;
CREATE TABLE before AS SELECT id, s::text, r::text FROM stored;
SELECT id, responses(survey_accum(s, 9)), responses(survey_accum(s, 4.44)), responses(survey_remove(s, 9)),
    responses(survey_combine(s, s)), responses(survey_subtract(s, s)),
    responses(survey_accum_threshold(s, NULL::integer, 5)),
       total(rate_accum(r, true)), total(rate_remove(r, true)), total(rate_combine(r, r)),
           total(rate_subtract(r, r)) FROM stored ORDER BY id;
SELECT id FROM stored JOIN before USING (id) WHERE (stored.s::text, stored.r::text) IS DISTINCT
    FROM (before.s, before.r);
DO $$
DECLARE
    s survey_summary := '{"version":1,"scores":{"9":1}}'; r rate_summary := '{"version":1,"hits":1,"total":1}'; other survey_summary; more rate_summary;
BEGIN
    FOR i IN 1..3 LOOP
        other := survey_accum(s, 9); other := survey_accum(s, 4.5); other := survey_combine(s, other);
        other := survey_remove(s, 9); more := rate_accum(r, true); more := rate_combine(r, r);
    END LOOP;
    RAISE NOTICE '% %', s, r;
    FOR i IN 1..3 LOOP s := survey_accum(s, 9); s := survey_accum(s, i / 4.0); r := rate_accum(r, false);
    END LOOP;
    RAISE NOTICE '% %', s, r;
END $$;
-- Also beside an aggregate in one query, which does change its own state in place.
SELECT id, responses(survey_accum(s, 9)) - responses(s) AS one,
    responses(rollup(survey_accum(s, 9))) - responses(s) AS one_again FROM stored GROUP BY id, s ORDER BY id;

-- Equal summaries have equal hashes, also with room to grow or what is left of it.
SELECT a = b AS equal, survey_summary_hash(a) = survey_summary_hash(b) AS hash,
    survey_summary_hash_extended(a, 7) = survey_summary_hash_extended(b, 7) AS extended
    FROM (VALUES (survey_accum('{"version":1,"scores":{"9":1}}', 4.5),
        '{"version":1,"scores":{"4.5":1,"9":1}}'::survey_summary),
                 (survey_remove('{"version":1,"scores":{"9.5":2,"4.5":1}}', 4.5),
                     '{"version":1,"scores":{"9.5":2}}')) v(a, b);

-- Near 2^63 - 1: the right number or an error, never a wrong one.
SELECT responses(survey_accum('{"version":1,"scores":{"9":9223372036854775806}}', 9)),
    nps(survey_accum('{"version":1,"scores":{"9":9223372036854775806}}', 9));
SELECT survey_combine('{"version":1,"scores":{"9":9223372036854775807}}', '{"version":1,"scores":{"0":1}}');
SELECT rollup(s) FROM (VALUES ('{"version":1,"scores":{"9":9000000000000000000}}'::survey_summary),
    ('{"version":1,"scores":{"9":9000000000000000000}}')) v(s);
SELECT ces(survey_combine('{"version":1,"scores":{"10":9000000000000000000}}',
    '{"version":1,"scores":{"0":3}}'));
SELECT nps(survey_accum('{"version":1,"scores":{"9":9223372036854775807}}', 9));
SELECT survey_accum('{"version":1,"scores":{"9":9223372036854775807}}', 9)::text;
SELECT survey_summary_send(survey_accum('{"version":1,"scores":{"9":9223372036854775807}}', 9));
SELECT rate_accum('{"version":1,"hits":9223372036854775807,"total":9223372036854775807}', true)::text;
SELECT rate(rate_accum('{"version":1,"hits":9223372036854775807,"total":9223372036854775807}', true));
-- As many fractional responses as their sum has room for.
SELECT survey_combine('{"version":1,"scores":{"9.9":10000000000000}}', '{"version":1,"scores":{"9.9":1}}');
SELECT ces(survey_combine('{"version":1,"scores":{"9.9":9999999999999}}',
    '{"version":1,"scores":{"9.9":1}}')),
    responses(survey_combine('{"version":1,"scores":{"9.9":5000000000000}}',
    '{"version":1,"scores":{"9.8":5000000000000}}'));
SELECT survey_combine(s, s)
    FROM (VALUES ('{"version":1,"scores":{},"between":{"9":10000000000000},"fraction_sum":"99000000000000","reached":0}'::survey_summary)) v(s);

DROP TABLE stored, before;
