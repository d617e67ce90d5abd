"""The one door to the audit entries: they are added here, one after the other, and read."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Select, select, text
from sqlalchemy.orm import Session

from diary.domain.access import Access, Role
from diary.domain.audit import Event
from diary.domain.audit_chain import BEFORE_THE_FIRST, SERVER, AuditEntry, ChainEnd, Walked, walk
from diary.models import AuditRow, DiaryRow
from diary.services import lock

PAGE_LENGTH = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditPage:
    """Entries, the newest first; ``next_before`` leads to the page after, if there is one."""

    entries: Sequence[AuditEntry]
    next_before: int | None


def write(session: Session, event: Event, access: Access, now: datetime, subject_id: str | None = None) -> None:
    """Add what ``access`` did at ``now`` to ``subject_id``, in the transaction that does it."""
    _add(session, event, (access.account_id, access.role), access.diary_id, subject_id, now)


def write_seen(session: Session, access: Access, page: str, now: datetime) -> None:
    """Add that ``access`` saw a page. It waits a second for other writers and no longer, as its reader waits with it.

    On SQLite the wait is for the transaction to begin.
    """
    if session.get_bind().dialect.name != "sqlite":
        session.execute(text("SET LOCAL lock_timeout = '1s'"))
    write(session, Event.DIARY_SEEN, access, now, page)


def write_account(session: Session, event: Event, account_id: str, now: datetime) -> None:
    """Add what an account did outside any diary."""
    _add(session, event, (account_id, Role.ACCOUNT), None, None, now)


def write_receipt(session: Session, event: Event, account_id: str, subject_id: str, now: datetime) -> ChainEnd:
    """Add to the server's chain what outlives its subject, and return what proves it."""
    entry = _add(session, event, (account_id, Role.ACCOUNT), None, subject_id, now)
    return _end(entry)


def find_receipt(session: Session, event: Event, subject_id: str) -> tuple[AuditEntry, ChainEnd] | None:
    """The newest entry of the server's chain about ``subject_id``, and what proves it."""
    row = session.scalars(
        _chain(None).where(AuditRow.event == event, AuditRow.subject_id == subject_id).order_by(AuditRow.seq.desc())
    ).first()
    return None if row is None else (_entry(row), _end(_entry(row)))


def load_page(session: Session, diary_id: str, before: int | None, account_id: str | None) -> AuditPage:
    """The newest entries of a diary, or those before a number; of everybody, or of one account."""
    query = _chain(diary_id).order_by(AuditRow.seq.desc()).limit(PAGE_LENGTH + 1)
    query = query if before is None else query.where(AuditRow.seq < before)
    query = query if account_id is None else query.where(AuditRow.account_id == account_id)
    found = [_entry(row) for row in session.scalars(query)]
    shown = found[:PAGE_LENGTH]
    return AuditPage(entries=shown, next_before=shown[-1].seq if len(found) > len(shown) else None)


def load_all(session: Session, diary_id: str | None) -> Iterator[AuditEntry]:
    """A whole chain in its order, a part at a time; the server's for ``None``."""
    query = _chain(diary_id).order_by(AuditRow.seq).execution_options(yield_per=500)
    return (_entry(row) for row in session.scalars(query))


def verify(session: Session, kept: Sequence[ChainEnd]) -> Iterator[Walked]:
    """Walk every chain there is or should be, the server's last; ``kept`` are ends that were written down before."""
    erased = set(session.scalars(select(AuditRow.subject_id).where(AuditRow.event == Event.DIARY_ERASED)))
    there = dict.fromkeys(session.scalars(select(DiaryRow.id).order_by(DiaryRow.began_at)))
    there |= dict.fromkeys(end.chain for end in kept if end.chain not in erased and end.chain != SERVER)
    for diary_id in there:
        found = walk(diary_id, load_all(session, diary_id), _kept(kept, diary_id))
        if diary_id in erased:
            found = _with_fault(found, "is said to be erased, and is not")
        yield found if found.end.length else _with_fault(found, "has no entries")
    yield walk(SERVER, load_all(session, None), _kept(kept, SERVER))


def _kept(kept: Sequence[ChainEnd], chain: str) -> Mapping[int, str]:
    return {end.length: end.hash for end in kept if end.chain == chain}


def _with_fault(found: Walked, fault: str) -> Walked:
    return Walked(end=found.end, faults=(*found.faults, f"{found.end.chain}: {fault}"))


def _add(
    session: Session,
    event: Event,
    actor: tuple[str, str],
    diary_id: str | None,
    subject_id: str | None,
    now: datetime,
) -> AuditEntry:
    account_id, role = actor
    length, last = _tail(session, diary_id)
    entry = AuditEntry(
        seq=length + 1,
        at=now,
        event=event,
        account_id=account_id,
        role=role,
        diary_id=diary_id,
        subject_id=subject_id,
        previous_hash=last,
    ).sealed()
    session.add(AuditRow(**asdict(entry)))
    return entry


def _tail(session: Session, diary_id: str | None) -> tuple[int, str]:
    """Number and hash of a chain's last entry; from here to the end of the transaction nobody else adds to it."""
    pending = [row for row in session.new if isinstance(row, AuditRow) and row.diary_id == diary_id]
    if pending:
        last = max(pending, key=lambda row: row.seq)
        return last.seq, last.hash
    # What the caller has put together so far is not to be sent in halves.
    with session.no_autoflush:
        if diary_id is None:
            lock.servers_chain(session)
        else:
            lock.diary(session, diary_id)
        newest = select(AuditRow.seq, AuditRow.hash).where(AuditRow.diary_id == diary_id)
        row = session.execute(newest.order_by(AuditRow.seq.desc()).limit(1)).first()
    return (0, BEFORE_THE_FIRST) if row is None else (row.seq, row.hash)


def _chain(diary_id: str | None) -> Select[AuditRow]:
    return select(AuditRow).where(AuditRow.diary_id == diary_id)


def _entry(row: AuditRow) -> AuditEntry:
    return AuditEntry(
        seq=row.seq,
        at=row.at,
        event=row.event,
        account_id=row.account_id,
        role=row.role,
        diary_id=row.diary_id,
        subject_id=row.subject_id,
        previous_hash=row.previous_hash,
        hash=row.hash,
    )


def _end(entry: AuditEntry) -> ChainEnd:
    return ChainEnd(chain=entry.diary_id or SERVER, length=entry.seq, hash=entry.hash)
