ALTER TABLE survey_responses ADD channel text;
SELECT * FROM create_kpi_views('public', 'kpi');
