-- depends_on: {{ ref('survey_responses') }}
{{ config(materialized='view') }}
select rep, sum(responses) as responses, sum(promoters) as promoters, sum(detractors) as detractors
from kpi.kpi_surveys
where kind = 'nps'
group by rep
