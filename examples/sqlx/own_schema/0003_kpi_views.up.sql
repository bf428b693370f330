CREATE SCHEMA kpi;
SELECT * FROM cskpi.create_kpi_views('public', 'kpi');
