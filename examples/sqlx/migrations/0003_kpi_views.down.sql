SELECT * FROM drop_kpi_views('kpi');
DROP SCHEMA kpi;
