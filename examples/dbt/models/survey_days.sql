-- A summary for each day: what it is rolled up to later is as exact as the answers themselves.
{{ config(materialized='incremental', unique_key=['day', 'rep']) }}
select answered_at::date as day, rep, survey_agg(score) as answers
from {{ ref('survey_responses') }}
where kind = 'nps'
{% if is_incremental() %} and answered_at >= (select max(day) from {{ this }}) {% endif %}
group by 1, 2
