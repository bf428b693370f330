\if :{?schema} \else \set schema public \endif
-- Never CASCADE: what others have built on the extension would go, too.
SELECT * FROM :"schema".drop_kpi_views('kpi');
DROP SCHEMA kpi;
DROP MATERIALIZED VIEW nps_by_month;
DROP VIEW nps_by_rep;
DROP TABLE survey_days, survey_responses;
DROP EXTENSION pg_cskpi;
