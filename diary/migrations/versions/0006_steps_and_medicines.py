"""A check-in may continue another version; a dose may be corrected and withdrawn; a person has a list of medicines."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("check_in", sa.Column("continues", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table(
        "dose_end",
        sa.Column("dose_id", sa.String(length=36), nullable=False),
        sa.Column("replaced_by_id", sa.String(length=36)),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["account.id"], name="fk_dose_end_author_id"),
        sa.ForeignKeyConstraint(["dose_id"], ["dose.id"], name="fk_dose_end_dose_id"),
        sa.ForeignKeyConstraint(["replaced_by_id"], ["dose.id"], name="fk_dose_end_replaced_by_id"),
        sa.PrimaryKeyConstraint("dose_id", name="pk_dose_end"),
        sa.UniqueConstraint("replaced_by_id", name="uq_dose_end_replaced_by_id"),
    )
    op.create_table(
        "medicine",
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("ended_by_id", sa.String(length=36)),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("diary_id", sa.String(length=36), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["account.id"], name="fk_medicine_author_id"),
        sa.ForeignKeyConstraint(["diary_id"], ["diary.id"], name="fk_medicine_diary_id"),
        sa.ForeignKeyConstraint(["ended_by_id"], ["account.id"], name="fk_medicine_ended_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_medicine"),
    )
    op.create_index("ix_medicine_diary_id", "medicine", ["diary_id"])


def downgrade() -> None:
    op.drop_table("medicine")
    op.drop_table("dose_end")
    op.drop_column("check_in", "continues")
