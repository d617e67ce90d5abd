"""Chain the audit entries, refuse to change them, and note when a diary is to be erased."""

import json
from datetime import UTC, datetime
from hashlib import sha256

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("diary", sa.Column("erase_at", sa.DateTime(timezone=True)))
    for name, kind in (("seq", sa.Integer()), ("previous_hash", sa.String(64)), ("hash", sa.String(64))):
        op.add_column("audit", sa.Column(name, kind))
    _chain_what_is_there()
    with op.batch_alter_table("audit") as audit:
        for name, kind in (("seq", sa.Integer()), ("previous_hash", sa.String(64)), ("hash", sa.String(64))):
            audit.alter_column(name, existing_type=kind, nullable=False)
        audit.drop_index("ix_audit_diary_id")
        audit.create_index("uq_audit_diary_id_seq", ["diary_id", "seq"], unique=True)
    op.create_index(
        "uq_audit_server_seq",
        "audit",
        ["seq"],
        unique=True,
        sqlite_where=sa.text("diary_id IS NULL"),
        postgresql_where=sa.text("diary_id IS NULL"),
    )
    op.create_index(
        "ix_audit_erased",
        "audit",
        ["subject_id"],
        sqlite_where=sa.text("event = 'diary.erased'"),
        postgresql_where=sa.text("event = 'diary.erased'"),
    )
    for statement in ON_SQLITE if _is_sqlite() else ON_POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    if _is_sqlite():
        for name in ("audit_no_update", "audit_no_delete", "audit_no_replace"):
            op.execute(f"DROP TRIGGER {name}")
    else:
        op.execute("DROP FUNCTION audit_refuse() CASCADE")
    for name in ("uq_audit_server_seq", "ix_audit_erased"):
        op.drop_index(name, "audit")
    with op.batch_alter_table("audit") as audit:
        audit.drop_index("uq_audit_diary_id_seq")
        audit.create_index("ix_audit_diary_id", ["diary_id"])
        for name in ("seq", "previous_hash", "hash"):
            audit.drop_column(name)
    op.drop_column("diary", "erase_at")


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _chain_what_is_there() -> None:
    """Number and hash the entries that were written before there were chains, each chain in its order of time."""
    audit = sa.table(
        "audit",
        sa.column("at", sa.DateTime(timezone=True)),
        *map(
            sa.column, ("id", "event", "account_id", "role", "diary_id", "subject_id", "seq", "previous_hash", "hash")
        ),
    )
    ends: dict[str | None, tuple[int, str]] = {}
    for row in op.get_bind().execute(sa.select(audit).order_by(audit.c.at, audit.c.id)).all():
        length, last = ends.get(row.diary_id, (0, "0" * 64))
        said = [length + 1, _utc(row.at), row.event, row.account_id, row.role, row.diary_id, row.subject_id, last]
        digest = sha256(json.dumps(said, separators=(",", ":")).encode()).hexdigest()
        values = {"seq": length + 1, "previous_hash": last, "hash": digest}
        op.get_bind().execute(sa.update(audit).where(audit.c.id == row.id).values(values))
        ends[row.diary_id] = (length + 1, digest)


def _utc(at: datetime) -> str:
    """SQLite keeps no offset; what was stored was UTC."""
    aware = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    return aware.isoformat(timespec="microseconds")


ONLY_ADDED = "audit entries are only ever added"
IS_ERASED = (
    "EXISTS (SELECT 1 FROM audit AS server WHERE server.diary_id IS NULL"
    " AND server.event = 'diary.erased' AND server.subject_id = OLD.diary_id)"
)
ON_SQLITE = (
    f"CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, '{ONLY_ADDED}'); END",
    f"CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit WHEN NOT {IS_ERASED} "
    f"BEGIN SELECT RAISE(ABORT, '{ONLY_ADDED}'); END",
    # INSERT OR REPLACE deletes what is in its way, and asks no trigger on deletion.
    f"""
    CREATE TRIGGER audit_no_replace BEFORE INSERT ON audit
    WHEN EXISTS (SELECT 1 FROM audit WHERE id = NEW.id)
        OR EXISTS (SELECT 1 FROM audit WHERE seq = NEW.seq AND diary_id = NEW.diary_id)
        OR NEW.diary_id IS NULL AND EXISTS (SELECT 1 FROM audit WHERE seq = NEW.seq AND diary_id IS NULL)
    BEGIN SELECT RAISE(ABORT, '{ONLY_ADDED}'); END
    """,  # noqa: S608 - nothing that anybody typed goes into it.
)
ON_POSTGRESQL = (
    f"""
    CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' THEN
            IF {IS_ERASED} THEN
                RETURN OLD;
            END IF;
        END IF;
        RAISE EXCEPTION '{ONLY_ADDED}' USING ERRCODE = 'integrity_constraint_violation';
    END
    $$
    """,
    "CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
    "CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()",
)
