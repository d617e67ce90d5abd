"""The chain of audit entries: whatever is done to it shows."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from diary.domain.audit_chain import BEFORE_THE_FIRST, AuditEntry, walk

BEGAN_AT = datetime(2026, 3, 14, 8, tzinfo=UTC)


def chain(length: int = 6, diary_id: str | None = "diary") -> list[AuditEntry]:
    entries: list[AuditEntry] = []
    for seq in range(1, length + 1):
        entry = AuditEntry(
            seq=seq,
            at=BEGAN_AT + timedelta(seconds=seq),
            event="diary.seen",
            account_id="alice",
            role="owner",
            diary_id=diary_id,
            subject_id="home.diary",
            previous_hash=entries[-1].hash if entries else BEFORE_THE_FIRST,
        )
        entries.append(entry.sealed())
    return entries


def faults(entries: list[AuditEntry], kept: dict[int, str] | None = None) -> list[str]:
    return [fault.removeprefix("diary: ") for fault in walk("diary", entries, kept or {}).faults]


def renumbered(entries: list[AuditEntry]) -> list[AuditEntry]:
    """The entries with numbers, links and hashes made to fit: what somebody does who can write to the database."""
    fitting: list[AuditEntry] = []
    for seq, entry in enumerate(entries, start=1):
        previous = fitting[-1].hash if fitting else BEFORE_THE_FIRST
        fitting.append(replace(entry, seq=seq, previous_hash=previous).sealed())
    return fitting


def test_a_whole_chain_has_no_fault():
    entries = chain()
    found = walk("diary", entries, {4: entries[3].hash, 6: entries[5].hash})
    assert found.faults == ()
    assert str(found.end) == f"diary 6 {entries[-1].hash}"
    assert faults([]) == []


@pytest.mark.parametrize(
    "change",
    [
        {"event": "diary.exported"},
        {"at": BEGAN_AT},
        {"account_id": "bob"},
        {"role": "viewer"},
        {"subject_id": None},
        {"diary_id": "another"},
    ],
)
def test_it_finds_what_was_changed(change):
    entries = chain()
    entries[2] = replace(entries[2], **change)
    assert faults(entries) == ["entry 3 was changed"]
    entries[2] = entries[2].sealed()
    assert faults(entries) == ["entry 4 does not follow entry 3: something was moved or put in"]


def test_it_finds_what_was_taken_out():
    entries = chain()
    del entries[2:4]
    assert faults(entries) == ["between entry 2 and entry 5, entries are missing"]
    assert faults(chain()[1:]) == ["between entry 0 and entry 2, entries are missing"]


def test_it_finds_what_was_moved():
    entries = chain()
    entries[2], entries[3] = replace(entries[3], seq=3), replace(entries[2], seq=4)
    assert {"entry 3 was changed", "entry 4 was changed"} < set(faults(entries))
    assert "entry 3 does not follow entry 2: something was moved or put in" in faults(entries)


def test_it_finds_what_was_put_in():
    entries = chain()
    forged = replace(entries[2], event="diary.exported").sealed()
    later = [replace(entry, seq=entry.seq + 1).sealed() for entry in entries[2:]]
    assert faults([*entries[:2], forged, *later])


def test_it_finds_an_end_that_was_cut_off_when_the_end_was_kept():
    entries = chain()
    kept = {6: entries[-1].hash}
    assert faults(entries[:4]) == []
    assert faults(entries[:4], kept) == ["ends at entry 4, but had 6 entries before"]
    assert faults([], kept) == ["ends at entry 0, but had 6 entries before"]


def test_it_finds_an_end_that_was_written_anew_when_the_end_was_kept():
    entries = chain()
    forged = renumbered([*entries[:2], *entries[3:], entries[2]])
    assert faults(forged) == []
    assert faults(forged, {6: entries[-1].hash}) == ["entry 6 is not the one that was written down before"]


def test_the_hash_does_not_depend_on_where_the_clock_stands():
    entry = chain()[0]
    elsewhere = replace(entry, at=entry.at.astimezone(timezone(timedelta(hours=5))))
    assert elsewhere.sealed().hash == entry.hash


def test_anybody_can_check_a_chain_with_what_the_docs_say():
    text = (Path(__file__).parents[2] / "docs" / "audit.md").read_text()
    (program,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    keys = ("seq", "at", "event", "account_id", "role", "diary_id", "subject_id", "previous_hash", "hash")
    lines = [{key: getattr(entry, key) for key in keys} | {"at": entry.at_utc} for entry in chain()]
    space: dict[str, object] = {}
    exec(program, space)  # noqa: S102 - the program that our own docs show.
    assert space["first_fault"](lines) is None
    lines[3]["event"] = "diary.exported"
    assert space["first_fault"](lines) == 4
