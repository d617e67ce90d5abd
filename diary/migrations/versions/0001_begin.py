"""Begin: accounts, diaries, check-ins, doses, flags and audit entries."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("email", sa.String(length=255), nullable=False),
        sa.Column("password", sa.String(length=255), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("fs_uniquifier", sa.String(length=64), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_account"),
        sa.UniqueConstraint("email", name="uq_account_email"),
        sa.UniqueConstraint("fs_uniquifier", name="uq_account_fs_uniquifier"),
    )
    op.create_table(
        "diary",
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("born_on", sa.Date()),
        sa.Column("time_zone", sa.String(length=64), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("temperature_unit", sa.String(length=8), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_diary"),
    )
    op.create_table(
        "audit",
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("event", sa.String(length=32), nullable=False),
        sa.Column("account_id", sa.String(length=36), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("diary_id", sa.String(length=36)),
        sa.Column("subject_id", sa.String(length=36)),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_audit_account_id"),
        sa.ForeignKeyConstraint(["diary_id"], ["diary.id"], name="fk_audit_diary_id"),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
    )
    op.create_index("ix_audit_diary_id", "audit", ["diary_id"])
    op.create_table(
        "care_plan",
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("diary_id", sa.String(length=36), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["account.id"], name="fk_care_plan_author_id"),
        sa.ForeignKeyConstraint(["diary_id"], ["diary.id"], name="fk_care_plan_diary_id"),
        sa.PrimaryKeyConstraint("id", name="pk_care_plan"),
    )
    op.create_index("ix_care_plan_diary_id_written_at", "care_plan", ["diary_id", "written_at"])
    op.create_table(
        "check_in",
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=16), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("note", sa.LargeBinary()),
        sa.Column("replaces_id", sa.String(length=36)),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True)),
        sa.Column("withdrawn_by_id", sa.String(length=36)),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("diary_id", sa.String(length=36), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["account.id"], name="fk_check_in_author_id"),
        sa.ForeignKeyConstraint(["diary_id"], ["diary.id"], name="fk_check_in_diary_id"),
        sa.ForeignKeyConstraint(["replaces_id"], ["check_in.id"], name="fk_check_in_replaces_id"),
        sa.ForeignKeyConstraint(["withdrawn_by_id"], ["account.id"], name="fk_check_in_withdrawn_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_check_in"),
        sa.UniqueConstraint("replaces_id", name="uq_check_in_replaces_id"),
    )
    op.create_index("ix_check_in_diary_id_at", "check_in", ["diary_id", "at"])
    op.create_table(
        "contact",
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("diary_id", sa.String(length=36), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["account.id"], name="fk_contact_author_id"),
        sa.ForeignKeyConstraint(["diary_id"], ["diary.id"], name="fk_contact_diary_id"),
        sa.PrimaryKeyConstraint("id", name="pk_contact"),
    )
    op.create_index("ix_contact_diary_id_written_at", "contact", ["diary_id", "written_at"])
    op.create_table(
        "flag",
        sa.Column("rule", sa.String(length=8), nullable=False),
        sa.Column("urgency", sa.SmallInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True)),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("diary_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["diary_id"], ["diary.id"], name="fk_flag_diary_id"),
        sa.PrimaryKeyConstraint("id", name="pk_flag"),
    )
    op.create_index("ix_flag_diary_id_at", "flag", ["diary_id", "at"])
    op.create_index(
        "uq_flag_open",
        "flag",
        ["diary_id", "rule"],
        unique=True,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_table(
        "membership",
        sa.Column("account_id", sa.String(length=36), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("diary_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_membership_account_id"),
        sa.ForeignKeyConstraint(["diary_id"], ["diary.id"], name="fk_membership_diary_id"),
        sa.PrimaryKeyConstraint("id", name="pk_membership"),
    )
    op.create_index("ix_membership_account_id", "membership", ["account_id"])
    op.create_index("ix_membership_diary_id", "membership", ["diary_id"])
    op.create_table(
        "closure",
        sa.Column("flag_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True)),
        sa.Column("told", sa.LargeBinary()),
        sa.Column("said", sa.LargeBinary()),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["account.id"], name="fk_closure_author_id"),
        sa.ForeignKeyConstraint(["flag_id"], ["flag.id"], name="fk_closure_flag_id"),
        sa.PrimaryKeyConstraint("flag_id", name="pk_closure"),
    )
    op.create_table(
        "dose",
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("check_in_id", sa.String(length=36)),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("diary_id", sa.String(length=36), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["account.id"], name="fk_dose_author_id"),
        sa.ForeignKeyConstraint(["check_in_id"], ["check_in.id"], name="fk_dose_check_in_id"),
        sa.ForeignKeyConstraint(["diary_id"], ["diary.id"], name="fk_dose_diary_id"),
        sa.PrimaryKeyConstraint("id", name="pk_dose"),
    )
    op.create_index("ix_dose_check_in_id", "dose", ["check_in_id"])
    op.create_index("ix_dose_diary_id_at", "dose", ["diary_id", "at"])
    op.create_table(
        "finding",
        sa.Column("flag_id", sa.String(length=36), nullable=False),
        sa.Column("check_in_id", sa.String(length=36)),
        sa.Column("dose_id", sa.String(length=36)),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rule", sa.String(length=8), nullable=False),
        sa.Column("urgency", sa.SmallInteger(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("table_version", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("diary_id", sa.String(length=36), nullable=False),
        sa.Column("care_plan_id", sa.String(length=36)),
        sa.ForeignKeyConstraint(["care_plan_id"], ["care_plan.id"], name="fk_finding_care_plan_id"),
        sa.ForeignKeyConstraint(["check_in_id"], ["check_in.id"], name="fk_finding_check_in_id"),
        sa.ForeignKeyConstraint(["diary_id"], ["diary.id"], name="fk_finding_diary_id"),
        sa.ForeignKeyConstraint(["dose_id"], ["dose.id"], name="fk_finding_dose_id"),
        sa.ForeignKeyConstraint(["flag_id"], ["flag.id"], name="fk_finding_flag_id"),
        sa.PrimaryKeyConstraint("id", name="pk_finding"),
    )
    op.create_index("ix_finding_check_in_id", "finding", ["check_in_id"])
    op.create_index("ix_finding_diary_id_at", "finding", ["diary_id", "at"])
    op.create_index("ix_finding_dose_id", "finding", ["dose_id"])
    op.create_index("ix_finding_flag_id", "finding", ["flag_id"])


def downgrade() -> None:
    for table in (
        "finding",
        "dose",
        "closure",
        "membership",
        "flag",
        "contact",
        "check_in",
        "care_plan",
        "audit",
        "diary",
        "account",
    ):
        op.drop_table(table)
