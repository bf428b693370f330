-- A column that a view reads cannot be dropped.
SELECT * FROM drop_kpi_views('kpi');
ALTER TABLE survey_responses DROP channel;
SELECT * FROM create_kpi_views('public', 'kpi');
