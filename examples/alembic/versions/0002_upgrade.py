"""Take the version of pg_cskpi that the server has now."""

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade():
    op.execute("ALTER EXTENSION pg_cskpi UPDATE")


def downgrade():
    """An extension has no way back. The newer version does all that the older did."""
