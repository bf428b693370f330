-- The KPIs of the surveys straight from the raw rows.

CREATE VIEW rep_months AS
SELECT rep,
       date_trunc('month', answered_at) AS month,
       nps(score),
       nps_margin(score),
       csat(satisfaction, 4),
       ces(effort),
       responses(score)
FROM   survey_responses
GROUP  BY rep, date_trunc('month', answered_at);

SELECT to_char(count(*), 'FM999,999') AS answers FROM survey_responses \gset

\echo
\echo :answers 'survey answers of 2025 about 20 support reps.'
\echo
\echo 'NPS   -100 to 100: % of promoters (9 and 10) less % of detractors (0 to 6)'
\echo '+/-   margin of the NPS: with 95 % confidence the true one is that close'
\echo 'CSAT  0 to 100: % satisfied (4 and 5 of 5)'
\echo 'CES   1 to 7: mean answer to "you made it easy for me"'

\echo
\echo
\echo '1. The company by month: the Christmas rush brings most answers, and the worst.'
\echo
SELECT coalesce(to_char(date_trunc('month', answered_at), 'Mon'), 'Year') AS month,
       round(nps(score), 1)             AS "NPS",
       round(nps_margin(score), 1)      AS "+/-",
       round(csat(satisfaction, 4), 1)  AS "CSAT",
       round(ces(effort), 2)            AS "CES",
       responses(score)
FROM   survey_responses
GROUP  BY ROLLUP (date_trunc('month', answered_at))
ORDER  BY date_trunc('month', answered_at);

\echo
\echo '2. NPS by rep and month: read along a row. Most reps are level until December,'
\echo '   Nadia climbs all year. Quinn joined in April.'
\echo
\pset border 0
SELECT coalesce(rep, 'All') AS rep,
       coalesce(to_char(date_trunc('month', answered_at), 'Mon'), 'Year') AS month,
       round(nps(score)) AS nps,
       coalesce(extract(month FROM date_trunc('month', answered_at)), 13) AS position
FROM   survey_responses
GROUP  BY CUBE (rep, date_trunc('month', answered_at))
ORDER  BY survey_responses.rep
\crosstabview rep month nps position
\pset border 1

\echo
\echo '3. All KPIs by rep and month, October to December (the view rep_months has the'
\echo '   year): one month of one rep has an NPS that is known to 3 or 4 points.'
\echo
SELECT rep,
       to_char(month, 'Mon')   AS month,
       round(nps, 1)           AS "NPS",
       round(nps_margin, 1)    AS "+/-",
       round(csat, 1)          AS "CSAT",
       round(ces, 2)           AS "CES",
       responses
FROM   rep_months
WHERE  month >= '2025-10-01'
ORDER  BY rep, rep_months.month;

\echo
\echo '4. Nadia''s year: every KPI climbs; her December is better than her June.'
\echo
SELECT to_char(month, 'Mon')   AS month,
       round(nps, 1)           AS "NPS",
       round(nps_margin, 1)    AS "+/-",
       round(csat, 1)          AS "CSAT",
       round(ces, 2)           AS "CES",
       responses
FROM   rep_months
WHERE  rep = 'Nadia'
ORDER  BY rep_months.month;
