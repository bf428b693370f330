"""Install pg_cskpi into a schema of its own, and use it by qualified names."""

from alembic import op

revision = "0001"
down_revision = None


def upgrade():
    # With its version named, these migrations give the same on any server.
    op.execute("CREATE SCHEMA cskpi")
    op.execute("CREATE EXTENSION pg_cskpi SCHEMA cskpi VERSION '0.1.0'")
    op.execute("""
        CREATE TABLE survey_responses (
            respondent_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            kind          text NOT NULL,
            score         numeric,
            answered_at   timestamptz NOT NULL,
            rep           text)""")
    op.execute("""
        CREATE TABLE survey_days (
            day     date,
            rep     text,
            answers cskpi.survey_summary NOT NULL,
            PRIMARY KEY (day, rep))""")
    op.execute("""
        CREATE VIEW nps_by_rep AS
        SELECT rep, cskpi.nps(score), cskpi.responses(score) FROM survey_responses WHERE kind = 'nps' GROUP BY rep""")
    op.execute("""
        CREATE MATERIALIZED VIEW nps_by_month AS
        SELECT date_trunc('month', day)::date AS month, cskpi.nps(cskpi.rollup(answers)) FROM survey_days GROUP BY month""")


def downgrade():
    # Never CASCADE: what others have built on the extension would go, too.
    op.execute("DROP MATERIALIZED VIEW nps_by_month")
    op.execute("DROP VIEW nps_by_rep")
    op.execute("DROP TABLE survey_days, survey_responses")
    op.execute("DROP EXTENSION pg_cskpi")
    op.execute("DROP SCHEMA cskpi")
