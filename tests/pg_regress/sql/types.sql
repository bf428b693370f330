-- A score may come in any number type: each call resolves and gives the same value.
\pset null '(null)'
CREATE TABLE answers (i2 smallint, i4 integer, i8 bigint, f4 real, f8 double precision, n numeric);
INSERT INTO answers SELECT s, s, s, s, s, s FROM (SELECT g * 7 % 11 FROM generate_series(1, 1000) g
    UNION ALL SELECT NULL) v(s);
CREATE TABLE fractions (f4 real, f8 double precision, n numeric);
INSERT INTO fractions SELECT s::real, s::float8, s
    FROM (SELECT g * 37 % 1001 / 100.0 FROM generate_series(1, 1000) g UNION ALL SELECT NULL) v(s);

-- Every survey aggregate over every type, against the one over numeric: no NOTICE. A
-- threshold or confidence may come in any type as well.
DO $$
DECLARE
    types text[] := ARRAY['smallint', 'integer', 'bigint', 'real', 'double precision', 'numeric'];
    calls text[] := ARRAY['nps(%s)', 'enps(%s)', 'csat(%s)', 'css(%s)', 'ces(%s)', 'promoters(%s)',
        'passives(%s)', 'detractors(%s)', 'responses(%s)',
                          'nps_ci(%s)', 'nps_margin(%s)', 'survey_agg(%s)::text', 'sum(nps_points(%s))',
                              'max(nps_class(%s))'];
    with_threshold text[] := ARRAY['csat(%s, %s)', 'css(%s, %s)', 'ces_easy_rate(%s, %s)', 'csat_ci(%s, %s)',
        'csat_ci(%s, %s, 0.9)', 'sum(csat_points(%s, %s))'];
    call text; type text; parameter text; expected text; found text; tried integer := 0;
BEGIN
    FOREACH call IN ARRAY calls LOOP
        EXECUTE 'SELECT ' || format(call, 'n') || ' FROM answers' INTO expected;
        FOREACH type IN ARRAY types LOOP
            EXECUTE 'SELECT ' || format(call, 'n::' || type) || ' FROM answers' INTO found;
            tried := tried + 1;
            IF found IS DISTINCT FROM expected OR found IS NULL THEN RAISE NOTICE '% of %: %, not %', call,
                type, found, expected; END IF;
        END LOOP;
    END LOOP;
    FOREACH call IN ARRAY with_threshold LOOP
        EXECUTE 'SELECT ' || format(call, 'n', '7') || ' FROM answers' INTO expected;
        FOREACH type IN ARRAY types LOOP FOREACH parameter IN ARRAY types LOOP
            EXECUTE 'SELECT ' || format(call, 'n::' || type, '7::' || parameter)
            || ' FROM answers' INTO found;
            tried := tried + 1;
            IF found IS DISTINCT FROM expected OR found IS NULL THEN RAISE NOTICE '% of %, %: %, not %', call,
                type, parameter, found, expected; END IF;
        END LOOP; END LOOP;
    END LOOP;
    RAISE NOTICE '% calls', tried;
END $$;
SELECT nps(i2), nps(i4), nps(i8), nps(f4), nps(f8), nps(n) FROM answers;
SELECT survey_agg(i2) = survey_agg(i4) AS i4, survey_agg(i2) = survey_agg(i8) AS i8,
    survey_agg(i2) = survey_agg(f4) AS f4,
       survey_agg(i2) = survey_agg(f8) AS f8, survey_agg(i2) = survey_agg(n) AS n FROM answers;

-- Fractions: a float counts as the decimal that it prints, so 4.35 is 4.35 in each type.
SELECT survey_agg(4.35::real), survey_agg(4.35::float8), survey_agg(4.35) FROM (VALUES (1)) v;
SELECT csat(4.35::real, 4.35), csat(4.35::float8, 4.35), csat(4.35, 4.35), csat(4.35::real, 4.3500001),
    csat(4.35, 4.3500001);
SELECT ces(4.35::real), ces(4.35::float8), ces(4.35), 4.35::real::float8 AS widened;
SELECT survey_agg(f4) = survey_agg(n) AS f4, survey_agg(f8) = survey_agg(n) AS f8, ces(f4) = ces(n) AS ces4,
    ces(f8) = ces(n) AS ces8,
       csat(f4, 6.66) = csat(n, 6.66) AS csat4, csat(f8, 6.66) = csat(n, 6.66) AS csat8,
           nps(f4) = nps(n) AS nps4, nps(f8) = nps(n) AS nps8 FROM fractions;
-- No setting changes that.
SET extra_float_digits = -15;
SELECT ces(f4) = ces(n) AS ces4, ces(f8) = ces(n) AS ces8, survey_agg(4.35::real) FROM fractions;
RESET extra_float_digits;

-- The ends of the types' precision.
SELECT survey_agg(8.9999999999999982::float8), nps(8.9999999999999982::float8), survey_agg(8.999999::real),
    nps(8.999999::real), nps(9 - 1e-24) AS "numeric";
SELECT survey_agg(x) FROM (VALUES (float8 '0'), (float8 '-0'), (float8 '10'), (0.1 + 0.2::float8),
    (1e-10)) v(x);
SELECT survey_agg(x) FROM (VALUES (0.0000), (-0.0), (10.000000000000000000000000000000), (1e1),
    (0.30000000000000000000000000)) v(x);

-- Literals, parameters and domains.
SELECT nps_points('9.5'), nps_class('3'), csat_points('5', '4');
CREATE DOMAIN stars AS smallint CHECK (VALUE BETWEEN 1 AND 5);
SELECT csat(score::stars), ces(score::stars), nps(score::stars) FROM (VALUES (5), (4), (2)) v(score);
PREPARE ask(numeric, real) AS SELECT csat(score, $2) FROM (VALUES ($1)) v(score);
EXECUTE ask(4, 4);
DEALLOCATE ask;

-- Parameters by position and name, where functions have names.
SELECT nps_from_counts(promoters => 75, passives => 15, detractors => 10),
    csat_points(score => 5, threshold => 4), nps_class(score => 8);

DROP DOMAIN stars;
DROP TABLE answers, fractions;

-- A threshold is the same number in every type, also where it was cast from real.
SELECT csat_points(5.66015625::float8, 5.66015625) AS dyadic, csat_points(4.3, 4.3::real) AS real,
       csat(4.3::real, 4.3) AS of_real, csat(4.35::float8, 4.35::real) AS of_float;
