-- A year of survey answers of 20 support reps, the same on every machine.

-- The extension too is made anew, so that the demo always shows what has just been installed.
DROP TABLE IF EXISTS survey_responses CASCADE;
DROP EXTENSION IF EXISTS pg_cskpi CASCADE;
CREATE EXTENSION pg_cskpi;

CREATE TABLE survey_responses (
    respondent_id bigint GENERATED ALWAYS AS IDENTITY,
    rep           text NOT NULL,
    customer_id   integer NOT NULL,
    channel       text NOT NULL,
    answered_at   timestamptz NOT NULL,
    score         integer,
    satisfaction  integer,
    effort        integer
);
COMMENT ON TABLE survey_responses IS 'One row for each returned questionnaire; NULL is a question that was skipped.';
COMMENT ON COLUMN survey_responses.score IS 'How likely are you to recommend us? 0 (not at all) to 10 (extremely).';
COMMENT ON COLUMN survey_responses.satisfaction IS 'How satisfied are you with our help? 1 (not at all) to 5 (very).';
COMMENT ON COLUMN survey_responses.effort IS 'We made it easy for you: 1 (strongly disagree) to 7 (strongly agree).';

-- From 0 to 1, evenly spread. Hash partitions rely on this hash function, so it never changes.
CREATE FUNCTION pg_temp.chance(key bigint, question integer) RETURNS double precision
    LANGUAGE sql IMMUTABLE
    RETURN (hashint8extended(key, question) & 65535) / 65536.0::double precision;

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
), shifts AS (
    SELECT rep, day, month,
           skill + growth * extract(doy FROM day)::float / 365 + mood AS mood,
           answers_a_day * volume * CASE WHEN extract(isodow FROM day) > 5 THEN 0.35 ELSE 1 END
               * (0.8 + 0.4 * pg_temp.chance(id, doy)) AS answers,
           1000 * (100 * doy + id)::bigint AS key
    FROM   reps, generate_series(first_day::timestamp, '2025-12-31', '1 day') AS day
           CROSS JOIN LATERAL (SELECT extract(doy FROM day)::integer) AS d (doy)
           JOIN months ON month = extract(month FROM day)
), visitors AS (
    -- Most people are in a mood close to the rep's average; one in 25 is angry whatever one does.
    SELECT rep, day, key + n AS key,
           mood + 3.6 * (pg_temp.chance(key + n, 1) + pg_temp.chance(key + n, 2) + pg_temp.chance(key + n, 3) - 1.5)
                - CASE WHEN pg_temp.chance(key + n, 4) < 0.04 THEN 5 ELSE 0 END AS mood
    FROM   shifts, generate_series(1, answers::integer) AS n
)
INSERT INTO survey_responses (rep, customer_id, channel, answered_at, score, satisfaction, effort)
SELECT rep,
       1 + floor(8000 * pg_temp.chance(key, 5) * pg_temp.chance(key, 6)),
       (ARRAY['email', 'email', 'chat', 'chat', 'chat', 'phone'])[1 + floor(6 * pg_temp.chance(key, 7))::integer],
       day AT TIME ZONE 'UTC' + make_interval(secs => floor(28800 + 43200 * pg_temp.chance(key, 8))) AS answered_at,
       CASE WHEN pg_temp.chance(key, 9) > 0.04 THEN
           least(10, greatest(0, round(8.4 + mood))) END,
       CASE WHEN pg_temp.chance(key, 10) > 0.15 THEN
           least(5, greatest(1, round(3.9 + 0.5 * mood + pg_temp.chance(key, 11) - 0.5))) END,
       CASE WHEN pg_temp.chance(key, 12) > 0.35 THEN
           least(7, greatest(1, round(5.1 + 0.7 * mood + pg_temp.chance(key, 13) - 0.5))) END
FROM   visitors
ORDER  BY answered_at, key;

DROP FUNCTION pg_temp.chance(bigint, integer);
VACUUM (ANALYZE) survey_responses;
