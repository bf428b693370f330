\if :{?schema} \else \set schema public \endif
-- Never CASCADE: what others have built on the extension would go, too.
SELECT to_regproc(format('%I.drop_kpi_views', :'schema')) IS NOT NULL AS has_views \gset
\if :has_views
SELECT * FROM :"schema".drop_kpi_views('kpi');
\endif
DROP MATERIALIZED VIEW nps_by_month;
DROP VIEW nps_by_rep;
DROP TABLE survey_days, survey_responses;
DROP EXTENSION pg_cskpi;
