-- The same KPIs from small summaries for each day and rep, stored once.

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

CREATE MATERIALIZED VIEW ticket_days AS
SELECT created_at::date                         AS day,
       rep,
       count(*)                                 AS tickets,
       rate_agg(contacts = 1)                   AS first_contact,
       duration_agg(created_at, first_reply_at) AS first_response,
       duration_agg(created_at, resolved_at)    AS resolution,
       rate_agg(within_sla(created_at, resolved_at, resolve_within, '2026-01-01')) AS in_time,
       survey_agg(satisfaction)                 AS satisfaction,
       duration_agg(handle_time)                AS handling
FROM   tickets
GROUP  BY day, rep;
ANALYZE ticket_days;

CREATE VIEW ticket_months_from_days AS
SELECT rep,
       date_trunc('month', day) AS month,
       sum(tickets)::bigint AS tickets,
       fcr(rollup(first_contact)),
       avg_first_response_time(rollup(first_response)),
       median_first_response_time(rollup(first_response)),
       first_response_time_percentile(rollup(first_response), 0.9) AS first_response_time_p90,
       avg_resolution_time(rollup(resolution)),
       median_resolution_time(rollup(resolution)),
       resolution_time_percentile(rollup(resolution), 0.9) AS resolution_time_p90,
       sla_rate(rollup(in_time)),
       csat(rollup(satisfaction), 4),
       aht(rollup(handling))
FROM   ticket_days
GROUP  BY rep, date_trunc('month', day);

SELECT (SELECT to_char(count(*), 'FM999,999') FROM survey_days) AS survey_summaries,
       (SELECT to_char(count(*), 'FM999,999') FROM ticket_days) AS ticket_summaries \gset

\echo
\echo '13. The same from stored summaries, one row for each day and rep, rolled up to'
\echo '    months: equal in every digit, and much faster.'
\echo
-- The first call of a new session would also pay for loading the library: run all once before.
SELECT * FROM rep_months \g /dev/null
SELECT * FROM rep_months_from_days \g /dev/null
SELECT * FROM ticket_months \g /dev/null
SELECT * FROM ticket_months_from_days \g /dev/null
\echo -n 'from' :answers 'answers     '
\timing on
SELECT * FROM rep_months \g /dev/null
\timing off
\echo -n 'from' :survey_summaries 'summaries     '
\timing on
SELECT * FROM rep_months_from_days \g /dev/null
\timing off
\echo -n 'from' :tickets 'tickets     '
\timing on
SELECT * FROM ticket_months \g /dev/null
\timing off
\echo -n 'from' :ticket_summaries 'summaries     '
\timing on
SELECT * FROM ticket_months_from_days \g /dev/null
\timing off
\echo
SELECT 'surveys' AS view,
       (SELECT count(*) FROM rep_months)           AS "rows from raw data",
       (SELECT count(*) FROM rep_months_from_days) AS "rows from summaries",
       (SELECT count(*) FROM rep_months r JOIN rep_months_from_days d USING (rep, month)
        WHERE  r = d)                              AS "equal in every column"
UNION ALL
SELECT 'tickets',
       (SELECT count(*) FROM ticket_months),
       (SELECT count(*) FROM ticket_months_from_days),
       (SELECT count(*) FROM ticket_months r JOIN ticket_months_from_days d USING (rep, month)
        WHERE  r = d)
ORDER  BY 1;
