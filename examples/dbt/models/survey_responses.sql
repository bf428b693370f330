-- dbt drops the table of the last run with CASCADE, and with it the views of its KPIs:
-- they are made again in the transaction that makes the new one.
{{ config(
    materialized='table',
    post_hook="select * from " ~ var('cskpi_schema') ~ ".create_kpi_views('public', 'kpi')"
) }}
select respondent_id, kind, score::numeric as score, answered_at::timestamptz as answered_at, rep
from {{ ref('survey_answers') }}
