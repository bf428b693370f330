export const up = (pgm) => {
  // createExtension knows no version.
  pgm.createSchema('cskpi');
  pgm.sql("CREATE EXTENSION pg_cskpi SCHEMA cskpi VERSION '0.1.0'");
  pgm.createTable('survey_responses', {
    respondent_id: { type: 'bigint', primaryKey: true, sequenceGenerated: { precedence: 'ALWAYS' } },
    kind: { type: 'text', notNull: true },
    score: 'numeric',
    answered_at: { type: 'timestamptz', notNull: true },
    rep: 'text',
  });
  pgm.createTable('survey_days', {
    day: { type: 'date', primaryKey: true },
    rep: { type: 'text', primaryKey: true },
    answers: { type: 'cskpi.survey_summary', notNull: true },
  });
  pgm.createView('nps_by_rep', {},
    "SELECT rep, cskpi.nps(score), cskpi.responses(score) FROM survey_responses WHERE kind = 'nps' GROUP BY rep");
  pgm.createMaterializedView('nps_by_month', {},
    "SELECT date_trunc('month', day)::date AS month, cskpi.nps(cskpi.rollup(answers)) FROM survey_days GROUP BY month");
};

// Never with { cascade: true }: what others have built on the extension would go, too.
export const down = (pgm) => {
  pgm.dropMaterializedView('nps_by_month');
  pgm.dropView('nps_by_rep');
  pgm.dropTable('survey_days');
  pgm.dropTable('survey_responses');
  pgm.dropExtension('pg_cskpi');
  pgm.dropSchema('cskpi');
};
