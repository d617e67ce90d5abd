"""Neuro check and handwriting: what is asked, the usual results, pictures, and what people say of them."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "neuro_plan",
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("diary_id", sa.String(length=36), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["account.id"], name="fk_neuro_plan_author_id"),
        sa.ForeignKeyConstraint(["diary_id"], ["diary.id"], name="fk_neuro_plan_diary_id"),
        sa.PrimaryKeyConstraint("id", name="pk_neuro_plan"),
    )
    op.create_index("ix_neuro_plan_diary_id_written_at", "neuro_plan", ["diary_id", "written_at"])
    op.create_table(
        "usual_result",
        sa.Column("check_in_id", sa.String(length=36), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("diary_id", sa.String(length=36), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["account.id"], name="fk_usual_result_author_id"),
        sa.ForeignKeyConstraint(["check_in_id"], ["check_in.id"], name="fk_usual_result_check_in_id"),
        sa.ForeignKeyConstraint(["diary_id"], ["diary.id"], name="fk_usual_result_diary_id"),
        sa.PrimaryKeyConstraint("id", name="pk_usual_result"),
    )
    op.create_index("ix_usual_result_check_in_id", "usual_result", ["check_in_id"])
    op.create_index("ix_usual_result_diary_id_written_at", "usual_result", ["diary_id", "written_at"])
    op.create_table(
        "picture",
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("jpeg", sa.LargeBinary(), nullable=False),
        sa.Column("sentence", sa.LargeBinary()),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True)),
        sa.Column("withdrawn_by_id", sa.String(length=36)),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("diary_id", sa.String(length=36), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["account.id"], name="fk_picture_author_id"),
        sa.ForeignKeyConstraint(["diary_id"], ["diary.id"], name="fk_picture_diary_id"),
        sa.ForeignKeyConstraint(["withdrawn_by_id"], ["account.id"], name="fk_picture_withdrawn_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_picture"),
    )
    op.create_index("ix_picture_diary_id_kind_at", "picture", ["diary_id", "kind", "at"])
    op.create_table(
        "picture_answer",
        sa.Column("check_in_id", sa.String(length=36), nullable=False),
        sa.Column("picture_id", sa.String(length=36), nullable=False),
        sa.Column("diary_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["check_in_id"], ["check_in.id"], name="fk_picture_answer_check_in_id"),
        sa.ForeignKeyConstraint(["diary_id"], ["diary.id"], name="fk_picture_answer_diary_id"),
        sa.ForeignKeyConstraint(["picture_id"], ["picture.id"], name="fk_picture_answer_picture_id"),
        sa.PrimaryKeyConstraint("check_in_id", name="pk_picture_answer"),
    )
    op.create_index("ix_picture_answer_diary_id_picture_id", "picture_answer", ["diary_id", "picture_id"])


def downgrade() -> None:
    for table in ("picture_answer", "picture", "usual_result", "neuro_plan"):
        op.drop_table(table)
