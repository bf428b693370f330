-- What customers write, and what is good enough.

\echo
\echo '15. What customers write, by rep: sentiment is -1 to 1; positive and negative'
\echo '    are % of the comments.'
\echo
WITH reps AS (
    SELECT rep, sentiment_agg(comment) AS s, nps(score), count(*) AS answers
    FROM   survey_responses GROUP BY rep
)
SELECT rep, answers,
       comments(s)                                        AS comments,
       round(avg_sentiment(s), 3)                         AS sentiment,
       round(positive_feedback_rate(s), 1)                AS positive,
       round(100.0 * negative_comments(s) / comments(s), 1) AS negative,
       round(nps, 1)                                      AS "NPS"
FROM   reps
ORDER  BY avg_sentiment(s) DESC;

\echo
\echo '16. Is it good? The bands are those of kpi_targets, which users extend and'
\echo '    override.'
\echo
SELECT kpi, value, kpi_band(kpi, value) AS band, kpi_target_met(kpi, value) AS met
FROM  (SELECT round(nps(score), 1), round(csat(satisfaction, 4), 1), round(ces(effort), 2)
       FROM   survey_responses) AS s (nps, csat, ces),
      (SELECT round(fcr(contacts), 1) FROM tickets) AS t (fcr),
       LATERAL (VALUES ('nps', nps), ('csat', csat), ('ces', ces), ('fcr', fcr)) AS k (kpi, value);

SELECT kpi, channel, date_trunc('second', value) AS value,
       kpi_band(kpi, value, channel) AS band, kpi_target_met(kpi, value, channel) AS met
FROM  (SELECT replace(channel, 'phone', 'call') AS channel,
              median_first_response_time(created_at, first_reply_at) AS response,
              aht(handle_time) AS aht, median_resolution_time(created_at, resolved_at) AS resolution
       FROM   tickets GROUP BY 1) AS t,
       LATERAL (VALUES ('median_first_response_time', response), ('aht', aht),
                       ('median_resolution_time', resolution)) AS k (kpi, value)
ORDER  BY kpi DESC, channel;
