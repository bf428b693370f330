-- nps_from_counts, csat_from_counts: KPIs from counts that are already there.
\pset null '(null)'

-- 75 promoters, 15 passives, 10 detractors: 65. 50 of 100 satisfied: 50. 40 of 50: 80.
SELECT nps_from_counts(75, 15, 10), csat_from_counts(50, 100), csat_from_counts(40, 50);
SELECT nps_from_counts(0, 0, 5), nps_from_counts(5, 0, 0), nps_from_counts(0, 5, 0), nps_from_counts(3, 0, 3);
SELECT csat_from_counts(0, 5), csat_from_counts(5, 5), csat_from_counts(64, 1000), csat_from_counts(1, 3),
    csat_from_counts(2, 3);
SELECT nps_from_counts(1, 2, 0), 100.0 * (1 - 0) / 3 AS sql, nps_from_counts(1, 5, 2),
    100.0 * (1 - 2) / 8 AS sql;
SELECT pg_typeof(nps_from_counts(1, 1, 1)), pg_typeof(csat_from_counts(1, 1));

-- The same as from rows.
SELECT nps_from_counts(promoters(score), passives(score), detractors(score)) = nps(score) AS nps,
       csat_from_counts(count(*) FILTER (WHERE score >= 7), count(score)) = csat(score, 7) AS csat
    FROM generate_series(0, 10) score;

-- Zero denominators and NULLs: NULL.
SELECT nps_from_counts(0, 0, 0), csat_from_counts(0, 0), csat_from_counts(1, 0), csat_from_counts(0.5, 0.0);
SELECT nps_from_counts(NULL, 1, 1), nps_from_counts(1, NULL, 1), nps_from_counts(1, 1, NULL),
    csat_from_counts(NULL, 1), csat_from_counts(1, NULL);

-- Any mix of number types resolves and gives the same value.
SELECT nps_from_counts(75::smallint, 15::smallint, 10::smallint),
    nps_from_counts(75::integer, 15::bigint, 10::numeric),
       nps_from_counts(75::real, 15::float8, 10::smallint),
       nps_from_counts(75::numeric, 15::real, 10::bigint),
       nps_from_counts(75::bigint, 15::bigint, 10::bigint),
       nps_from_counts(75::numeric, 15::numeric, 10::numeric);
SELECT csat_from_counts(40::smallint, 50::bigint), csat_from_counts(40::real, 50::numeric),
    csat_from_counts(40::float8, 50::integer),
       csat_from_counts(40::numeric, 50::smallint), csat_from_counts(40::integer, 50::real),
           csat_from_counts('40', '50');
DO $$
DECLARE
    types text[] := ARRAY['smallint', 'integer', 'bigint', 'numeric', 'real', 'double precision'];
    a text; b text; c text; nps numeric; csat numeric;
BEGIN
    FOREACH a IN ARRAY types LOOP FOREACH b IN ARRAY types LOOP
        EXECUTE format('SELECT csat_from_counts(40::%s, 50::%s)', a, b) INTO csat;
        IF csat IS DISTINCT FROM 80 THEN RAISE NOTICE 'csat_from_counts(%, %): %', a, b, csat; END IF;
        FOREACH c IN ARRAY types LOOP
            EXECUTE format('SELECT nps_from_counts(75::%s, 15::%s, 10::%s)', a, b, c) INTO nps;
            IF nps IS DISTINCT FROM 65 THEN RAISE NOTICE 'nps_from_counts(%, %, %): %', a, b, c, nps; END IF;
        END LOOP;
    END LOOP; END LOOP;
END $$;

-- Weighted counts may have fractions.
SELECT nps_from_counts(7.5, 1.5, 1.0), csat_from_counts(0.4, 0.5), csat_from_counts(0.1::float8, 0.4::float8),
    csat_from_counts(1e-10, 4e-10);

-- Large counts are exact: bigint to its end, numeric to 28 digits.
SELECT nps_from_counts(9223372036854775807, 0, 0),
    nps_from_counts(9223372036854775807, 0, 9223372036854775807),
       csat_from_counts(9223372036854775806, 9223372036854775807);
SELECT csat_from_counts(5e24, 8e24);
-- A float leaves out whole numbers above 2^53.
SELECT csat_from_counts(1e20::float8, 4e20::float8);

-- Bad input: an error that names what is wrong.
SELECT nps_from_counts(-1, 2, 3);
SELECT nps_from_counts(1, -2, 3);
SELECT nps_from_counts(1, 2, -3::bigint);
SELECT nps_from_counts(1, 2, -0.5);
SELECT nps_from_counts(1, 'NaN'::numeric, 3);
SELECT nps_from_counts('Infinity'::float8, 2, 3);
SELECT csat_from_counts(-1, 5);
SELECT csat_from_counts(6, 5);
SELECT csat_from_counts(1, 'NaN'::float8);
SELECT csat_from_counts(1, '-Infinity'::numeric);
SELECT csat_from_counts(1, 12345678901234567890123456789012345);
SELECT csat_from_counts(0.00000000000000000000000000000000001, 1);
SELECT nps_from_counts(70000000000000000000000000000, 70000000000000000000000000000, 0::numeric);
SELECT csat_from_counts(-0.0, 1), csat_from_counts(float8 '-0', 1);
\set VERBOSITY sqlstate
SELECT nps_from_counts(-1, 2, 3);
SELECT csat_from_counts(6, 5);
SELECT csat_from_counts(1, 'NaN'::float8);
SELECT csat_from_counts(1, 1e300);
SELECT csat_from_counts(1, float8 '1e300');
SELECT csat_from_counts(1, float8 '1e-300');

-- A rate from counts, by the same rules: 40 of 50 are 80 %.
SELECT rate_from_counts(40, 50), rate_from_counts(0, 0) AS nothing, rate_from_counts(NULL, 5) AS unknown,
       rate_from_counts(1.5, 4.0) AS weighted, rate_from_counts(1::real, 8::bigint) AS mixed;
SELECT rate_from_counts(2, 1);
SELECT rate_from_counts(-1, 1);
-- Large counts stay exact, or are refused.
SELECT csat_from_counts(123456792::float8, 200000000::float8) AS float, csat_from_counts(123456792, 200000000) AS int;
SELECT csat_from_counts(9007199254740993::numeric, 9007199254740994::float8);
