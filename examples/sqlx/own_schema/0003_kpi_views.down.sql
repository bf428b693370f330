SELECT * FROM cskpi.drop_kpi_views('kpi');
DROP SCHEMA kpi;
