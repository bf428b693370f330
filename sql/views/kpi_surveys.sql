-- kpi_surveys: Survey answers: one row for each month, rep, kind of survey and channel. NPS, CSAT and CES of several rows are not means of theirs: add up responses, promoters, detractors and satisfied, and divide.
-- month: First day of the month in which the answers came. From the first month of each rep, kind and channel until the current one; a month without answers has 0 responses.
-- is_partial: Whether the month is not over yet.
-- rep: Who was asked about; NULL where the source does not say.
-- kind: What was asked: nps, enps, csat, css or ces.
-- channel: Where the answer came from; NULL where the source does not say.
-- responses: Number of answers with a score.
-- nps: Net Promoter Score, -100 to 100, higher is better: percentage of promoters minus percentage of detractors. Of kinds nps and enps; NULL without answers.
-- nps_low: Lower end of the 95 % confidence interval of nps, -100 to 100.
-- nps_high: Upper end of the 95 % confidence interval of nps, -100 to 100.
-- promoters: Number of scores of 9 and 10; of kinds nps and enps.
-- passives: Number of scores above 6 and below 9; of kinds nps and enps.
-- detractors: Number of scores of 0 to 6; of kinds nps and enps.
-- csat: Customer satisfaction, percent, 0 to 100, higher is better: share of scores of 4 and above, on a scale of 1 to 5. Of kinds csat and css; NULL without answers.
-- csat_low: Lower end of the 95 % confidence interval of csat, 0 to 100.
-- csat_high: Upper end of the 95 % confidence interval of csat, 0 to 100.
-- satisfied: Number of scores of 4 and above; of kinds csat and css.
-- ces: Customer Effort Score: mean of the scores, on the scale that was asked. Of kind ces; NULL without answers.
-- comments: Number of answers with a comment.
-- sentiment: Mean sentiment of the comments, -1 to 1, higher is better; NULL without comments.
WITH answers AS (
    SELECT date_trunc('month', answered_at AT TIME ZONE {zone})::date AS month, rep, lower(kind) AS kind, channel,
           {kpi}.survey_agg(score) AS scores,
           {kpi}.sentiment_agg(nullif(btrim(comment), '')) AS remarks
    FROM   survey_responses
    WHERE  answered_at > '-infinity' AND answered_at <= now() AND lower(kind) IN ('nps', 'enps', 'csat', 'css', 'ces')
    GROUP  BY 1, 2, 3, 4
), dense AS (
    SELECT month, rep, kind, channel, scores, remarks FROM answers
    UNION ALL
    -- The months between two that have answers, and those after the last.
    SELECT gap, rep, kind, channel, NULL, NULL
    FROM  (SELECT month, rep, kind, channel,
                  coalesce(lead(month) OVER (PARTITION BY rep, kind, channel ORDER BY month), {next_month}) AS until
           FROM   answers) a,
           {kpi}.kpi_view_months((month + interval '1 month')::date, until) gap
)
SELECT month,
       month >= {this_month} AS is_partial,
       rep,
       kind,
       channel,
       coalesce({kpi}.responses(scores), 0) AS responses,
       CASE WHEN recommends THEN {kpi}.nps(scores) END AS nps,
       CASE WHEN recommends THEN lower({kpi}.nps_ci(scores)) END AS nps_low,
       CASE WHEN recommends THEN upper({kpi}.nps_ci(scores)) END AS nps_high,
       CASE WHEN recommends THEN coalesce({kpi}.promoters(scores), 0) END AS promoters,
       CASE WHEN recommends THEN coalesce({kpi}.passives(scores), 0) END AS passives,
       CASE WHEN recommends THEN coalesce({kpi}.detractors(scores), 0) END AS detractors,
       CASE WHEN satisfies THEN {kpi}.csat(scores, 4) END AS csat,
       CASE WHEN satisfies THEN lower({kpi}.csat_ci(scores, 4)) END AS csat_low,
       CASE WHEN satisfies THEN upper({kpi}.csat_ci(scores, 4)) END AS csat_high,
       CASE WHEN satisfies THEN
           coalesce(round({kpi}.csat(scores, 4) * {kpi}.responses(scores) / 100), 0)::bigint END AS satisfied,
       CASE WHEN kind = 'ces' THEN {kpi}.ces(scores) END AS ces,
       coalesce({kpi}.comments(remarks), 0) AS comments,
       {kpi}.avg_sentiment(remarks) AS sentiment
FROM   dense, LATERAL (SELECT kind IN ('nps', 'enps') AS recommends, kind IN ('csat', 'css') AS satisfies) k
