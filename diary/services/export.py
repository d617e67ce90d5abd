"""Everything that a diary holds, as the files of one archive. Nothing is read before it is asked for."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from diary.domain.diary import Diary
from diary.domain.diary_file import dump
from diary.domain.record import PatientRecord
from diary.domain.urgency import Urgency
from diary.models import (
    CarePlanRow,
    CheckInRow,
    ClosureRow,
    ContactRow,
    DoseEndRow,
    DoseRow,
    FindingRow,
    InvitationRow,
    MedicineRow,
    MembershipRow,
    NeuroPlanRow,
    PictureAnswerRow,
    PictureRow,
    UsualResultRow,
)
from diary.models.base import Authored
from diary.reports.archive import READINGS, File, Json, diary_file, lines, readings_of, table
from diary.services import audit, care_team
from diary.services.record import to_json

A_PART = 200
"""How many rows are in memory at once."""

_Entry = TypeVar("_Entry", CheckInRow, DoseRow, FindingRow, PictureRow)
_Written = TypeVar("_Written", ContactRow, CarePlanRow, NeuroPlanRow, UsualResultRow, MedicineRow, InvitationRow)

PEOPLE = ("account_id", "name", "role", "began_at", "ended_at")
INVITATIONS = (
    *("id", "role", "email", "author", "written_at", "expires_at"),
    *("accepted_at", "accepted_by", "revoked_at"),
)
CHECK_INS = (
    *("id", "at", "by", "author", "author_role", "written_at", "state", "replaces", "withdrawn_at", "withdrawn_by"),
    *(*READINGS, "neuro_check_score", "signs", "signs_absent", "doses_absent", "picture_id", "note"),
)
DOSES = (
    *("id", "at", "medicine", "name", "status", "reason", "agreed_with_team", "first_dose"),
    *("author", "author_role", "written_at", "check_in_id", "state", "replaced_by", "ended_at", "ended_by"),
)
MEDICINES = (
    *("id", "name", "kind", "hours_apart", "usual_times", "agreed_with_team"),
    *("author", "written_at", "ended_at", "ended_by"),
)
PICTURES = ("id", "file", "at", "kind", "sentence", "author", "written_at", "withdrawn_at", "withdrawn_by")
FLAGS = (
    *("flag_id", "rule", "urgency", "at", "raised_at", "because", "table_version", "check_in_id", "dose_id"),
    *("closed_at", "closed_as", "told_at", "told", "said", "closed_by"),
)


def load(session: Session, diary: Diary, charts: Iterable[tuple[str, bytes]]) -> Iterator[File]:
    """Every file but the one that explains them."""
    names = care_team.names(session, diary.id)
    past, ends = _past(session, diary), _ends(session, diary)
    head = dump(PatientRecord(patient=diary.patient, care_plan=diary.care_plan, id=diary.id))
    # A dose told in a check-in counts for as long as that check-in does; the table of doses holds all.
    counting = (row.content for row in _rows(session, DoseRow, diary) if _state(row, past, ends) == "counts")
    check_ins = (to_json(row) for row in _rows(session, CheckInRow, diary))
    yield "diary.json", diary_file(head, counting, check_ins)
    yield "readings.csv", table(CHECK_INS, _check_ins(session, diary, names, past))
    yield "doses.csv", table(DOSES, _doses(session, diary, names, past, ends))
    yield "medicines.csv", table(MEDICINES, _medicines(session, diary, names))
    yield "flags.csv", table(FLAGS, _findings(session, diary, names))
    yield "care-team.json", [json.dumps(_care_team(session, diary), indent=2).encode()]
    yield "people.csv", table(PEOPLE, _people(session, diary, names))
    yield "invitations.csv", table(INVITATIONS, _invitations(session, diary, names))
    yield "audit.jsonl", lines(asdict(each) | {"at": each.at_utc} for each in audit.load_all(session, diary.id))
    yield "handwriting.csv", table(PICTURES, _pictures(session, diary, names))
    for row in _rows(session, PictureRow, diary):
        # Not by the row, which would keep it: a part of the rows is in memory at once, one picture is enough.
        yield _picture_file(row), [session.scalars(select(PictureRow.jpeg).where(PictureRow.id == row.id)).one()]
    for name, content in charts:
        yield name, [content]


def _rows(session: Session, table: type[_Entry], diary: Diary) -> Iterator[_Entry]:
    """The rows of a diary by their own time, a part at a time."""
    query = select(table).where(table.diary_id == diary.id).order_by(table.at, table.id)
    yield from session.scalars(query.execution_options(yield_per=A_PART))


def _versions(session: Session, table: type[_Written], diary: Diary) -> Iterator[_Written]:
    """The rows of a diary in the order in which they were written."""
    yield from session.scalars(select(table).where(table.diary_id == diary.id).order_by(table.written_at))


def _past(session: Session, diary: Diary) -> dict[str, str]:
    """What became of the check-ins that do not count, by id."""
    own = select(CheckInRow).where(CheckInRow.diary_id == diary.id)
    later = own.with_only_columns(CheckInRow.replaces_id, CheckInRow.continues)
    replaced = session.execute(later.where(CheckInRow.replaces_id.is_not(None)))
    withdrawn = session.scalars(own.with_only_columns(CheckInRow.id).where(CheckInRow.withdrawn_at.is_not(None)))
    past = {str(earlier): "continued" if continues else "corrected" for earlier, continues in replaced}
    return past | dict.fromkeys(withdrawn, "withdrawn")


def _ends(session: Session, diary: Diary) -> dict[str, DoseEndRow]:
    """How the doses ended that were logged by themselves and do not count, by id."""
    ends = select(DoseEndRow).join(DoseRow, DoseRow.id == DoseEndRow.dose_id).where(DoseRow.diary_id == diary.id)
    return {end.dose_id: end for end in session.scalars(ends)}


def _state(dose: DoseRow, past: Mapping[str, str], ends: Mapping[str, DoseEndRow]) -> str:
    if dose.id in ends:
        return "corrected" if ends[dose.id].replaced_by_id else "withdrawn"
    return past.get(dose.check_in_id or "", "counts")


def _check_ins(session: Session, diary: Diary, names: Mapping[str, str], past: Mapping[str, str]) -> Iterator[Json]:
    answers = select(PictureAnswerRow.check_in_id, PictureAnswerRow.picture_id)
    pictures = {
        row.check_in_id: row.picture_id for row in session.execute(answers.where(PictureAnswerRow.diary_id == diary.id))
    }
    for row in _rows(session, CheckInRow, diary):
        check_in = to_json(row)
        yield {
            **check_in,
            **readings_of(check_in),
            "author": names[row.author_id],
            "author_role": row.author_role,
            "state": past.get(row.id, "counts"),
            "withdrawn_at": row.withdrawn_at and row.withdrawn_at.isoformat(),
            "withdrawn_by": row.withdrawn_by_id and names[row.withdrawn_by_id],
            "picture_id": pictures.get(row.id),
        }


def _doses(
    session: Session, diary: Diary, names: Mapping[str, str], past: Mapping[str, str], ends: Mapping[str, DoseEndRow]
) -> Iterator[Json]:
    for row in _rows(session, DoseRow, diary):
        end = ends.get(row.id)
        yield {
            **row.content,
            **_by(row, names),
            "id": row.id,
            "author_role": row.author_role,
            "check_in_id": row.check_in_id,
            "state": _state(row, past, ends),
            "replaced_by": end and end.replaced_by_id,
            "ended_at": end and end.written_at.isoformat(),
            "ended_by": end and names[end.author_id],
        }


def _medicines(session: Session, diary: Diary, names: Mapping[str, str]) -> Iterator[Json]:
    """The person's own list, with what was taken off it."""
    for row in _versions(session, MedicineRow, diary):
        yield {
            **json.loads(row.content),
            **_by(row, names),
            "id": row.id,
            "ended_at": row.ended_at and row.ended_at.isoformat(),
            "ended_by": row.ended_by_id and names[row.ended_by_id],
        }


def _pictures(session: Session, diary: Diary, names: Mapping[str, str]) -> Iterator[Json]:
    """Each picture of handwriting, withdrawn ones too; what people said of one stands in the readings."""
    for row in _rows(session, PictureRow, diary):
        yield {
            **_by(row, names),
            "id": row.id,
            "file": _picture_file(row),
            "at": row.at.isoformat(),
            "kind": row.kind,
            "sentence": row.sentence,
            "withdrawn_at": row.withdrawn_at and row.withdrawn_at.isoformat(),
            "withdrawn_by": row.withdrawn_by_id and names[row.withdrawn_by_id],
        }


def _picture_file(row: PictureRow) -> str:
    return f"handwriting/{row.at:%Y-%m-%d}-{row.kind}-{row.id}.jpg"


def _by(row: Authored, names: Mapping[str, str]) -> Json:
    return {"author": names[row.author_id], "written_at": row.written_at.isoformat()}


def _findings(session: Session, diary: Diary, names: Mapping[str, str]) -> Iterator[Json]:
    """Each time that a rule fired, with what happened to its flag."""
    for row in _rows(session, FindingRow, diary):
        closure = row.flag.closure
        yield {
            "flag_id": row.flag_id,
            "rule": row.rule,
            "urgency": Urgency(row.urgency).word,
            "at": row.at.isoformat(),
            "raised_at": row.raised_at.isoformat(),
            "because": json.dumps(row.reasons),
            "table_version": row.table_version,
            "check_in_id": row.check_in_id,
            "dose_id": row.dose_id,
        } | (_closed(closure, names) if closure else {})


def _closed(closure: ClosureRow, names: Mapping[str, str]) -> Json:
    return {
        "closed_at": closure.written_at.isoformat(),
        "closed_as": closure.kind,
        "told_at": closure.told_at and closure.told_at.isoformat(),
        "told": closure.told,
        "said": closure.said,
        "closed_by": names[closure.author_id],
    }


def _care_team(session: Session, diary: Diary) -> Json:
    """Whom the diary is about, and every version of whom to call and of what was decided, the first one first."""
    patient = {"name": diary.patient_name, "country": diary.country, "temperature_unit": diary.temperature_unit}
    plans = _versions(session, NeuroPlanRow, diary)
    results = _versions(session, UsualResultRow, diary)
    return {
        "patient": patient,
        "contacts": [
            _written(each) | {"contact": json.loads(each.content)} for each in _versions(session, ContactRow, diary)
        ],
        "care_plans": [_written(each) | {"care_plan": each.content} for each in _versions(session, CarePlanRow, diary)],
        "neuro_plans": [_written(each) | {"neuro_plan": json.loads(each.content)} for each in plans],
        "usual_results": [_written(each) | {"check_in_id": each.check_in_id} for each in results],
    }


def _written(row: Authored) -> Json:
    return {"written_at": row.written_at.isoformat(), "author": row.author_id}


def _people(session: Session, diary: Diary, names: Mapping[str, str]) -> Iterator[Json]:
    rows = session.scalars(
        select(MembershipRow).where(MembershipRow.diary_id == diary.id).order_by(MembershipRow.began_at)
    )
    for row in rows:
        yield {
            "account_id": row.account_id,
            "name": names[row.account_id],
            "role": row.role,
            "began_at": row.began_at.isoformat(),
            "ended_at": row.ended_at and row.ended_at.isoformat(),
        }


def _invitations(session: Session, diary: Diary, names: Mapping[str, str]) -> Iterator[Json]:
    """Each invitation; the link itself is kept nowhere."""
    for row in _versions(session, InvitationRow, diary):
        yield {
            **_by(row, names),
            "id": row.id,
            "role": row.role,
            "email": row.email,
            "expires_at": row.expires_at.isoformat(),
            "accepted_at": row.accepted_at and row.accepted_at.isoformat(),
            "accepted_by": row.accepted_by_id and names[row.accepted_by_id],
            "revoked_at": row.revoked_at and row.revoked_at.isoformat(),
        }
