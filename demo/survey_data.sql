-- A year of survey answers.

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

WITH visitors AS (
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

VACUUM (ANALYZE) survey_responses;
