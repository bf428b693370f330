-- Never CASCADE: what others have built on the extension would go, too.
DROP MATERIALIZED VIEW nps_by_month;
DROP VIEW nps_by_rep;
DROP TABLE survey_days, survey_responses;
DROP EXTENSION pg_cskpi;
