{{ config(materialized='view') }}
select date_trunc('month', day)::date as month, nps(rollup(answers)) as nps, responses(rollup(answers)) as responses
from {{ ref('survey_days') }}
group by 1
