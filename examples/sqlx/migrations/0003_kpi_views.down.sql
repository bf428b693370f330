SELECT * FROM drop_kpi_views('kpi');
