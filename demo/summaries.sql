-- The same KPIs from a small summary for each day and rep, stored once.

CREATE MATERIALIZED VIEW survey_days AS
SELECT answered_at::date         AS day,
       rep,
       survey_agg(score)         AS score,
       survey_agg(satisfaction)  AS satisfaction,
       survey_agg(effort)        AS effort
FROM   survey_responses
GROUP  BY day, rep;
ANALYZE survey_days;

CREATE VIEW rep_months_from_days AS
SELECT rep,
       date_trunc('month', day) AS month,
       nps(rollup(score)),
       nps_margin(rollup(score)),
       csat(rollup(satisfaction), 4),
       ces(rollup(effort)),
       responses(rollup(score))
FROM   survey_days
GROUP  BY rep, date_trunc('month', day);

SELECT to_char(count(*), 'FM999,999') AS summaries FROM survey_days \gset

\echo
\echo '5. The same from stored summaries, one for each day and rep, rolled up to'
\echo '   months: equal in every digit, and much faster.'
\echo
-- The first call of a new session would also pay for loading the library: run both once before.
SELECT * FROM rep_months \g /dev/null
SELECT * FROM rep_months_from_days \g /dev/null
\echo -n 'from' :answers 'answers     '
\timing on
SELECT * FROM rep_months \g /dev/null
\timing off
\echo -n 'from' :summaries 'summaries     '
\timing on
SELECT * FROM rep_months_from_days \g /dev/null
\timing off
\echo
SELECT (SELECT count(*) FROM rep_months)           AS "rows from answers",
       (SELECT count(*) FROM rep_months_from_days) AS "rows from summaries",
       (SELECT count(*) FROM rep_months r JOIN rep_months_from_days d USING (rep, month)
        WHERE  r = d)                              AS "equal in every column";
