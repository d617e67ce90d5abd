"""People: invitations, one role at a time, and the role of whoever wrote an entry."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "invitation",
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("email", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True)),
        sa.Column("accepted_by_id", sa.String(length=36)),
        sa.Column("revoked_at", sa.DateTime(timezone=True)),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("diary_id", sa.String(length=36), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["accepted_by_id"], ["account.id"], name="fk_invitation_accepted_by_id"),
        sa.ForeignKeyConstraint(["author_id"], ["account.id"], name="fk_invitation_author_id"),
        sa.ForeignKeyConstraint(["diary_id"], ["diary.id"], name="fk_invitation_diary_id"),
        sa.PrimaryKeyConstraint("id", name="pk_invitation"),
        sa.UniqueConstraint("fingerprint", name="uq_invitation_fingerprint"),
    )
    op.create_index("ix_invitation_diary_id", "invitation", ["diary_id"])
    op.create_index(
        "uq_membership_open",
        "membership",
        ["diary_id", "account_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    for table in ("check_in", "dose"):
        # Until now nobody but its owner could be let into a diary.
        op.add_column(table, sa.Column("author_role", sa.String(length=16), nullable=False, server_default="owner"))


def downgrade() -> None:
    for table in ("dose", "check_in"):
        op.drop_column(table, "author_role")
    op.drop_index("uq_membership_open", "membership")
    op.drop_table("invitation")
