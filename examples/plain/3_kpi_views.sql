\if :{?schema} \else \set schema public \endif
-- Again after each change of a table.
SELECT * FROM :"schema".create_kpi_views('public', 'kpi');
