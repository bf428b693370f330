export const up = (pgm) => {
  pgm.createSchema('kpi');
  pgm.sql("SELECT * FROM cskpi.create_kpi_views('public', 'kpi')");
};

export const down = (pgm) => {
  pgm.sql("SELECT * FROM cskpi.drop_kpi_views('kpi')");
  pgm.dropSchema('kpi');
};
