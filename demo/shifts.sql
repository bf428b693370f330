-- Whom and what the sample data are about: 20 support reps and their working days of 2025, the same
-- on every machine. The surveys and the tickets are made from these days, the subscriptions
-- from how good the reps are on them, and the metrics of the customers from all three.

-- The extension too is made anew, so that the demo always shows what has just been installed.
DROP TABLE IF EXISTS survey_responses, tickets, subscriptions, customer_metrics CASCADE;
DROP SCHEMA IF EXISTS kpi, kpi_source CASCADE;
DROP EXTENSION IF EXISTS pg_cskpi CASCADE;
CREATE EXTENSION pg_cskpi;

-- From 0 to 1, evenly spread. Hash partitions rely on this hash function, so it never changes.
CREATE FUNCTION pg_temp.chance(key bigint, question integer) RETURNS double precision
    LANGUAGE sql IMMUTABLE
    RETURN (hashint8extended(key, question) & 65535) / 65536.0::double precision;

CREATE TEMPORARY TABLE shifts AS
WITH reps (id, rep, skill, growth, answers_a_day, first_day) AS (
    -- Nadia gets better all year; Quinn joins in April.
    VALUES ( 1, 'Amara',   0.6, 0.0, 48, date '2025-01-01'),
           ( 2, 'Ben',    -0.2, 0.1, 52, '2025-01-01'),
           ( 3, 'Chloe',   0.2, 0.0, 45, '2025-01-01'),
           ( 4, 'Daniel', -0.6, 0.3, 60, '2025-01-01'),
           ( 5, 'Elif',    0.9, 0.0, 40, '2025-01-01'),
           ( 6, 'Farid',   0.1, 0.2, 55, '2025-01-01'),
           ( 7, 'Grace',   0.4, 0.1, 50, '2025-01-01'),
           ( 8, 'Hiro',    0.7, 0.0, 38, '2025-01-01'),
           ( 9, 'Ines',    0.0, 0.0, 58, '2025-01-01'),
           (10, 'Jonas',  -0.7, 0.1, 62, '2025-01-01'),
           (11, 'Keiko',   0.5, 0.2, 44, '2025-01-01'),
           (12, 'Liam',    0.1, 0.0, 57, '2025-01-01'),
           (13, 'Mateo',   0.3, 0.1, 49, '2025-01-01'),
           (14, 'Nadia',  -0.8, 1.7, 53, '2025-01-01'),
           (15, 'Olga',    0.8, 0.0, 42, '2025-01-01'),
           (16, 'Priya',   0.4, 0.0, 51, '2025-01-01'),
           (17, 'Quinn',  -0.4, 0.5, 46, '2025-04-01'),
           (18, 'Rosa',    0.2, 0.1, 54, '2025-01-01'),
           (19, 'Samuel',  0.0, 0.1, 56, '2025-01-01'),
           (20, 'Tomas',  -0.3, 0.0, 59, '2025-01-01')
), months (month, volume, mood) AS (
    -- Before Christmas there is more to do than people to do it, in summer less.
    VALUES ( 1, 1.05,  0.00), ( 2, 0.90,  0.05), ( 3, 0.92,  0.05), ( 4, 0.95,  0.05),
           ( 5, 0.95,  0.10), ( 6, 0.92,  0.10), ( 7, 0.80,  0.15), ( 8, 0.78,  0.15),
           ( 9, 0.98,  0.05), (10, 1.05,  0.00), (11, 1.30, -0.10), (12, 1.60, -0.35)
)
SELECT rep, day,
       skill + growth * extract(doy FROM day)::float / 365 + mood AS mood,
       answers_a_day * volume * CASE WHEN extract(isodow FROM day) > 5 THEN 0.35 ELSE 1 END
           * (0.8 + 0.4 * pg_temp.chance(id, doy)) AS answers,
       (volume ^ 1.5)::float AS delay,
       1000 * (100 * doy + id)::bigint AS key
FROM   reps, generate_series(first_day::timestamp, '2025-12-31', '1 day') AS day
       CROSS JOIN LATERAL (SELECT extract(doy FROM day)::integer) AS d (doy)
       JOIN months ON month = extract(month FROM day);
ANALYZE shifts;
