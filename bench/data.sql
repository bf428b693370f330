-- The rows that several families use, the same in every run: as many as the variable rows says.

DROP TABLE IF EXISTS answers, pairs, samples, memory CASCADE;
DROP EXTENSION IF EXISTS pg_cskpi CASCADE;
CREATE EXTENSION pg_cskpi;

-- From 0 to 1, evenly spread.
CREATE FUNCTION pg_temp.chance(n integer, stream integer) RETURNS double precision
    LANGUAGE sql IMMUTABLE
    RETURN (hashint4extended(n, stream) & 2147483647) / 2147483648.0::double precision;

-- A year, 20 reps, ten answers of each customer.
CREATE UNLOGGED TABLE answers AS
SELECT floor(10.999 - 9 * pg_temp.chance(n, 1) * pg_temp.chance(n, 2))::integer  AS score,
       floor(:rows / 10 * pg_temp.chance(n, 3))::integer                         AS customer_id,
       answered_at,
       answered_at::date                                                         AS day,
       date_trunc('month', answered_at)::date                                    AS month,
       'rep ' || floor(20 * pg_temp.chance(n, 4))                                AS rep,
       pg_temp.chance(n, 5) < 0.7                                                AS ok
FROM   generate_series(1, :rows) AS n,
       LATERAL (SELECT timestamptz '2025-01-01' + 365 * pg_temp.chance(n, 6) * interval '1 day') AS t (answered_at);

-- A settled table: no pair pays for hint bits, and the plans know the number of groups.
VACUUM (FREEZE, ANALYZE) answers;
