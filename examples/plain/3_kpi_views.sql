\if :{?schema} \else \set schema public \endif
CREATE SCHEMA IF NOT EXISTS kpi;
-- Again after each change of a table.
SELECT * FROM :"schema".create_kpi_views('public', 'kpi');
