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
from diary.models import CarePlanRow, CheckInRow, ClosureRow, ContactRow, DoseRow, FindingRow, MembershipRow
from diary.reports.archive import READINGS, File, Json, diary_file, lines, readings_of, table
from diary.services import audit, care_team
from diary.services.record import to_json

A_PART = 200
"""How many rows are in memory at once."""

_Entry = TypeVar("_Entry", CheckInRow, DoseRow, FindingRow)

PEOPLE = ("account_id", "name", "role", "began_at", "ended_at")
CHECK_INS = (
    *("id", "at", "by", "author", "written_at", "state", "replaces", *READINGS, "neuro_check_score"),
    *("signs", "signs_absent", "doses_absent", "note"),
)
DOSES = (
    *("id", "at", "medicine", "name", "status", "reason", "agreed_with_team", "first_dose"),
    *("author", "written_at", "check_in_id", "state"),
)
FLAGS = (
    *("flag_id", "rule", "urgency", "at", "raised_at", "because", "table_version", "check_in_id", "dose_id"),
    *("closed_at", "closed_as", "told_at", "told", "said", "closed_by"),
)


def load(session: Session, diary: Diary, pictures: Iterable[tuple[str, bytes]]) -> Iterator[File]:
    """Every file but the one that explains them. ``pictures`` are whatever else is to lie in the archive."""
    names = care_team.names(session, diary.id)
    past = _past(session, diary)
    head = dump(PatientRecord(patient=diary.patient, care_plan=diary.care_plan, id=diary.id))
    # A dose told in a check-in counts for as long as that check-in does; the table of doses holds all.
    counting = (row.content for row in _rows(session, DoseRow, diary) if row.check_in_id not in past)
    check_ins = (to_json(row) for row in _rows(session, CheckInRow, diary))
    yield "diary.json", diary_file(head, counting, check_ins)
    yield "readings.csv", table(CHECK_INS, _check_ins(session, diary, names, past))
    yield "doses.csv", table(DOSES, _doses(session, diary, names, past))
    yield "flags.csv", table(FLAGS, _findings(session, diary, names))
    yield "care-team.json", [json.dumps(_care_team(session, diary), indent=2).encode()]
    yield "people.csv", table(PEOPLE, _people(session, diary, names))
    yield "audit.jsonl", lines(asdict(each) | {"at": each.at_utc} for each in audit.load_all(session, diary.id))
    for name, content in pictures:
        yield name, [content]


def _rows(session: Session, table: type[_Entry], diary: Diary) -> Iterator[_Entry]:
    """The rows of a diary by their own time, a part at a time."""
    query = select(table).where(table.diary_id == diary.id).order_by(table.at, table.id)
    yield from session.scalars(query.execution_options(yield_per=A_PART))


def _past(session: Session, diary: Diary) -> dict[str, str]:
    """What became of the check-ins that do not count, by id."""
    own = select(CheckInRow).where(CheckInRow.diary_id == diary.id)
    replaced = session.scalars(own.with_only_columns(CheckInRow.replaces_id).where(CheckInRow.replaces_id.is_not(None)))
    withdrawn = session.scalars(own.with_only_columns(CheckInRow.id).where(CheckInRow.withdrawn_at.is_not(None)))
    return {str(each): "corrected" for each in replaced} | dict.fromkeys(withdrawn, "withdrawn")


def _check_ins(session: Session, diary: Diary, names: Mapping[str, str], past: Mapping[str, str]) -> Iterator[Json]:
    for row in _rows(session, CheckInRow, diary):
        check_in = to_json(row)
        yield check_in | readings_of(check_in) | {"author": names[row.author_id], "state": past.get(row.id, "counts")}


def _doses(session: Session, diary: Diary, names: Mapping[str, str], past: Mapping[str, str]) -> Iterator[Json]:
    for row in _rows(session, DoseRow, diary):
        columns = {"id": row.id, "check_in_id": row.check_in_id, "written_at": row.written_at.isoformat()}
        yield (
            row.content
            | columns
            | {
                "author": names[row.author_id],
                "state": past.get(row.check_in_id or "", "counts"),
            }
        )


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
    contacts = session.scalars(
        select(ContactRow).where(ContactRow.diary_id == diary.id).order_by(ContactRow.written_at)
    )
    plans = session.scalars(
        select(CarePlanRow).where(CarePlanRow.diary_id == diary.id).order_by(CarePlanRow.written_at)
    )
    return {
        "patient": patient,
        "contacts": [_written(row) | {"contact": json.loads(row.content)} for row in contacts],
        "care_plans": [_written(row) | {"care_plan": row.content} for row in plans],
    }


def _written(row: ContactRow | CarePlanRow) -> Json:
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
