"""Views of all KPIs of the tables in public, for BI tools."""

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade():
    op.execute("CREATE SCHEMA kpi")
    op.execute("SELECT * FROM create_kpi_views('public', 'kpi')")


def downgrade():
    op.execute("SELECT * FROM drop_kpi_views('kpi')")
    op.execute("DROP SCHEMA kpi")
