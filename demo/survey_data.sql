-- A year of survey answers.

CREATE TABLE survey_responses (
    respondent_id bigint GENERATED ALWAYS AS IDENTITY,
    rep           text NOT NULL,
    customer_id   integer NOT NULL,
    channel       text NOT NULL,
    answered_at   timestamptz NOT NULL,
    score         integer,
    satisfaction  integer,
    effort        integer,
    comment       text
);
COMMENT ON TABLE survey_responses IS 'One row for each returned questionnaire; NULL is a question that was skipped.';
COMMENT ON COLUMN survey_responses.score IS 'How likely are you to recommend us? 0 (not at all) to 10 (extremely).';
COMMENT ON COLUMN survey_responses.satisfaction IS 'How satisfied are you with our help? 1 (not at all) to 5 (very).';
COMMENT ON COLUMN survey_responses.comment IS 'In their own words, where they left some.';
COMMENT ON COLUMN survey_responses.effort IS 'We made it easy for you: 1 (strongly disagree) to 7 (strongly agree).';

-- What people write, from the worst mood to the best: how it was, and what about it.
CREATE TEMPORARY TABLE words (mood integer PRIMARY KEY, openings text[], details text[]);
INSERT INTO words VALUES
    (0, '{"Terrible.","What a WASTE of time!!","Very disappointed :(","Never again.","I am really angry."}',
        '{"Nobody answered for days and the problem is still there.","The bug destroyed our report, and {rep} was no help at all.","We are cancelling, your competitor is cheaper and works.","Three calls, three different answers. Awful.","Your price went up and the service got worse."}'),
    (1, '{"Not great.","Meh.","Could be better.","Hmm, not what I expected.","A bit slow, to be honest."}',
        '{"{rep} tried to help, but the answer did not work for us.","The import fails every second time.","It took four days, which is too long.","The new menu is confusing.","I had to explain everything twice."}'),
    (2, '{"OK.","Fine.","It works.","Quick enough.","As usual."}',
        '{"We got our answer in the end.","The report runs now, though nobody told us why it failed.","{rep} sent me a link.","Still waiting for the export to be finished.","Not bad at all."}'),
    (3, '{"Good service.","Thanks!","Nice work :)","Very friendly.","Happy with it."}',
        '{"{rep} found the mistake within an hour.","The new dashboard is really useful.","Quick and polite, no complaints.","The answer was clear and it solved our problem.","Would like a dark mode, but otherwise great."}'),
    (4, '{"Fantastic!","LOVE it!!","Best support I have ever had.","Wow 😍","Absolutely brilliant."}',
        '{"{rep} was amazing and so patient.","Solved in five minutes, incredible.","Our whole team enjoys working with it.","I recommend you to everybody.","Thank you, you saved our day!"}');

WITH visitors AS (
    -- Most people are in a mood close to the rep's average; some are angry whatever one does, on
    -- that day or all year.
    SELECT rep, day, key + n AS key, customer_id,
           mood + 3.6 * (pg_temp.chance(key + n, 1) + pg_temp.chance(key + n, 2) + pg_temp.chance(key + n, 3) - 1.5)
                - CASE WHEN pg_temp.chance(key + n, 4) < 0.02 THEN 5 ELSE 0 END
                - CASE WHEN pg_temp.chance(customer_id, 19) < 0.02 THEN 5 ELSE 0 END AS mood
    FROM   shifts, generate_series(1, answers::integer) AS n,
           LATERAL (SELECT 1 + floor(8000 * pg_temp.chance(key + n, 5) * pg_temp.chance(key + n, 6))::integer) AS c (customer_id)
)
INSERT INTO survey_responses (rep, customer_id, channel, answered_at, score, satisfaction, effort, comment)
SELECT rep, customer_id,
       (ARRAY['email', 'email', 'chat', 'chat', 'chat', 'phone'])[1 + floor(6 * pg_temp.chance(key, 7))::integer],
       day AT TIME ZONE 'UTC' + make_interval(secs => floor(28800 + 43200 * pg_temp.chance(key, 8))) AS answered_at,
       CASE WHEN pg_temp.chance(key, 9) > 0.04 THEN
           least(10, greatest(0, round(8.4 + mood))) END,
       CASE WHEN pg_temp.chance(key, 10) > 0.15 THEN
           least(5, greatest(1, round(3.9 + 0.5 * mood + pg_temp.chance(key, 11) - 0.5))) END,
       CASE WHEN pg_temp.chance(key, 12) > 0.35 THEN
           least(7, greatest(1, round(5.1 + 0.7 * mood + pg_temp.chance(key, 13) - 0.5))) END,
       CASE WHEN pg_temp.chance(key, 14) < 0.12 THEN
           (SELECT openings[1 + floor(5 * pg_temp.chance(key, 15))::integer] || ' '
                   || replace(details[1 + floor(5 * pg_temp.chance(key, 16))::integer], '{rep}', rep)
            FROM   words
            WHERE  words.mood = least(4, greatest(0, round(2.6 + 0.9 * visitors.mood)))) END
FROM   visitors
ORDER  BY answered_at, key;

DROP TABLE words;
VACUUM (ANALYZE) survey_responses;
