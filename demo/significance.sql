-- Is a change real, or noise? The tests compare two summaries.

\echo
\echo '14. From the first quarter to the last: p is the chance to see such a change'
\echo '    if nothing had changed. Below 0.05 it is commonly called significant.'
\echo
WITH quarters AS (
    SELECT rep,
           rollup(score)        FILTER (WHERE day <  '2025-04-01') AS score_q1,
           rollup(score)        FILTER (WHERE day >= '2025-10-01') AS score_q4,
           rollup(satisfaction) FILTER (WHERE day <  '2025-04-01') AS satisfaction_q1,
           rollup(satisfaction) FILTER (WHERE day >= '2025-10-01') AS satisfaction_q4
    FROM   survey_days
    WHERE  rep IN ('Daniel', 'Nadia')
    GROUP  BY rep
), ticket_quarters AS (
    SELECT rep,
           rollup(first_contact) FILTER (WHERE day <  '2025-04-01') AS first_contact_q1,
           rollup(first_contact) FILTER (WHERE day >= '2025-10-01') AS first_contact_q4
    FROM   ticket_days
    WHERE  rep IN ('Daniel', 'Nadia')
    GROUP  BY rep
), tests AS (
    SELECT rep, 'NPS' AS kpi, nps(score_q1) AS q1, nps(score_q4) AS q4, difference, z, p_value
    FROM   quarters, nps_test(score_q1, score_q4)
    UNION ALL
    SELECT rep, 'CSAT', csat(satisfaction_q1, 4), csat(satisfaction_q4, 4), difference, z, p_value
    FROM   quarters, csat_test(satisfaction_q1, satisfaction_q4, 4)
    UNION ALL
    SELECT rep, 'FCR', fcr(first_contact_q1), fcr(first_contact_q4), difference, z, p_value
    FROM   ticket_quarters, rate_test(first_contact_q1, first_contact_q4)
)
SELECT rep, kpi,
       round(q1, 1)          AS "Q1",
       round(q4, 1)          AS "Q4",
       round(difference, 1)  AS change,
       round(z, 2)           AS z,
       round(p_value, 4)     AS p
FROM   tests
ORDER  BY rep DESC, kpi DESC;

\echo 'Nadia:  chance never makes a change of this size; she really got better.'
\echo 'Daniel: chance alone often makes changes of this size; nothing to see here.'
\echo
