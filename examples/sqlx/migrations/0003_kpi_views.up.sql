CREATE SCHEMA kpi;
SELECT * FROM create_kpi_views('public', 'kpi');
