"""Number the versions of whom to call and of the care plan: the highest counts, whatever the clock said."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

TABLES = ("contact", "care_plan")


def upgrade() -> None:
    for table in TABLES:
        op.add_column(table, sa.Column("version", sa.Integer(), nullable=False, server_default="0"))
        earlier = f"(other.written_at, other.id) <= ({table}.written_at, {table}.id)"
        op.execute(
            f"UPDATE {table} SET version = (SELECT count(*) FROM {table} AS other"  # noqa: S608 - our own words.
            f" WHERE other.diary_id = {table}.diary_id AND {earlier})"
        )
        op.create_index(f"uq_{table}_version", table, ["diary_id", "version"], unique=True)
        op.drop_index(f"ix_{table}_diary_id_written_at", table)


def downgrade() -> None:
    for table in TABLES:
        op.create_index(f"ix_{table}_diary_id_written_at", table, ["diary_id", "written_at"])
        op.drop_index(f"uq_{table}_version", table)
        op.drop_column(table, "version")
