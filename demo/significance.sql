-- Is a change real, or noise? The tests compare two summaries.

CREATE VIEW rep_quarters AS
SELECT rep,
       date_trunc('quarter', day) AS quarter,
       rollup(score)              AS score,
       rollup(satisfaction)       AS satisfaction
FROM   survey_days
GROUP  BY rep, date_trunc('quarter', day);

\echo
\echo '6. From the first quarter to the last: whose NPS and CSAT really changed?'
\echo
SELECT rep,
       round(nps(q1.score), 1)  AS "NPS Q1",
       round(nps(q4.score), 1)  AS "NPS Q4",
       round(nps.difference, 1) AS change,
       round(nps.z, 2) AS z,
       round(nps.p_value, 4) AS p,
       round(csat.difference, 1), round(csat.z,2), round(csat.p_value, 4)
FROM   rep_quarters q1
       JOIN rep_quarters q4 USING (rep)
       CROSS JOIN LATERAL nps_test(q1.score, q4.score) AS nps
       CROSS JOIN LATERAL csat_test(q1.satisfaction, q4.satisfaction, 4) AS csat
WHERE  q1.quarter = '2025-01-01' AND q4.quarter = '2025-10-01'
ORDER BY 1;
