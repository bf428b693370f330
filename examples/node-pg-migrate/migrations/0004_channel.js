export const up = (pgm) => {
  pgm.addColumn('survey_responses', { channel: 'text' });
  pgm.sql("SELECT * FROM create_kpi_views('public', 'kpi')");
};

export const down = (pgm) => {
  // A column that a view reads cannot be dropped.
  pgm.sql("SELECT * FROM drop_kpi_views('kpi')");
  pgm.dropColumn('survey_responses', 'channel');
  pgm.sql("SELECT * FROM create_kpi_views('public', 'kpi')");
};
