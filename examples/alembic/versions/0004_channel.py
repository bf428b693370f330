"""A table changes, and so do the views of its KPIs."""

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade():
    op.execute("ALTER TABLE survey_responses ADD channel text")
    op.execute("SELECT * FROM create_kpi_views('public', 'kpi')")


def downgrade():
    # A column that a view reads cannot be dropped.
    op.execute("SELECT * FROM drop_kpi_views('kpi')")
    op.execute("ALTER TABLE survey_responses DROP channel")
    op.execute("SELECT * FROM create_kpi_views('public', 'kpi')")
