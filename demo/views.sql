-- Views for BI tools. The tables of the demo are not named and shaped as create_kpi_views expects them, and so are
-- few in real life: a schema of views says what is what, and touches nothing.

CREATE SCHEMA kpi_source;
COMMENT ON SCHEMA kpi_source IS 'The tables of the demo, as create_kpi_views reads them.';

-- One row for each answer, where the table has one for each questionnaire.
CREATE VIEW kpi_source.survey_responses AS
SELECT respondent_id, kind, answer.score, answered_at, rep, customer_id, channel,
       -- The comment is about all of it: only once.
       CASE kind WHEN 'nps' THEN comment END AS comment
FROM   public.survey_responses AS s,
       LATERAL (VALUES ('nps', s.score), ('csat', s.satisfaction), ('ces', s.effort)) AS answer (kind, score);

CREATE VIEW kpi_source.tickets AS
SELECT ticket_id, created_at, first_reply_at, resolved_at, contacts, rep, customer_id, channel, priority, handle_time
FROM   public.tickets;

CREATE VIEW kpi_source.subscriptions AS
SELECT subscription_id, customer_id, monthly_amount AS amount, interval '1 month' AS billing_period,
       started_at, ended_at, plan, rep
FROM   public.subscriptions;

CREATE VIEW kpi_source.customer_metrics AS
SELECT customer_id, as_of, metrics, rep
FROM   public.customer_metrics
-- Who left is no customer to look after.
WHERE  customer_id IN (SELECT customer_id FROM public.subscriptions WHERE ended_at IS NULL);

CREATE VIEW kpi_source.health_weights AS
SELECT jsonb '{
           "usage.logins": {"weight": 35, "min": 0, "max": 60},
           "usage.seats": 15,
           "nps": {"weight": 20, "min": 0, "max": 10},
           "csat": {"weight": 10, "min": 1, "max": 5},
           "tickets": {"weight": 10, "min": 10, "max": 0},
           "plan": {"weight": 5, "map": {"Starter": 30, "Team": 70, "Business": 100, "Analytics": 70}},
           "paid_on_time": 5
       }' AS weights;

CREATE SCHEMA kpi;
COMMENT ON SCHEMA kpi IS 'The KPIs, for tools that read views.';

\echo
\echo
\echo '20. Views for BI tools: create_kpi_views over the tables of the demo.'
\echo
SELECT * FROM create_kpi_views('kpi_source', 'kpi');

\echo
\echo '21. kpi.kpi_surveys by rep and month, as a BI tool would add it up: NPS from the'
\echo '    counts of promoters, detractors and responses.'
\echo
\pset border 0
SELECT coalesce(rep, 'All') AS rep, to_char(month, 'Mon') AS month,
       round(100.0 * (sum(promoters) - sum(detractors)) / nullif(sum(responses), 0), 1) AS nps,
       extract(month FROM month) AS position
FROM   kpi.kpi_surveys
WHERE  kind = 'nps' AND month >= '2025-01-01' AND month < '2026-01-01'
GROUP  BY GROUPING SETS ((rep, month), (month))
ORDER  BY kpi.kpi_surveys.rep
\crosstabview rep month nps position
\pset border 1

\echo
\echo '22. kpi.kpi_overview: the headline of the last months of 2025, each KPI beside the'
\echo '    month before and its target.'
\echo
SELECT to_char(month, 'Mon')                       AS month,
       round(nps, 1)                               AS nps,
       round(nps - nps_last_month, 1)              AS change,
       nps_target                                  AS target,
       round(csat, 1)                              AS csat,
       csat_target                                 AS target,
       round(median_resolution_hours, 1)           AS "h to resolve",
       round(mrr)                                  AS "MRR",
       round(nrr, 1)                               AS nrr,
       round(churn, 1)                             AS churn
FROM   kpi.kpi_overview
WHERE  month BETWEEN '2025-08-01' AND '2025-12-01'
ORDER  BY kpi.kpi_overview.month;
