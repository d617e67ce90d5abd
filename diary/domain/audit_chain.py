"""The chain of audit entries: each holds the hash of the one before it, so that no change goes unseen.

Every diary has a chain of its own; the server has one for what concerns no diary. docs/audit.md says how anybody can
check one.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Final

BEFORE_THE_FIRST: Final = "0" * 64
"""What the first entry of a chain holds in place of the hash before it."""

SERVER: Final = "server"
"""The name of the server's own chain; any other is named by its diary's id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One thing that somebody did. ``seq`` counts from 1 within the chain; ``subject_id`` is an id or a page's name."""

    seq: int
    at: datetime
    event: str
    account_id: str
    role: str
    diary_id: str | None
    subject_id: str | None
    previous_hash: str
    hash: str = ""

    @property
    def at_utc(self) -> str:
        """The moment as it goes into the hash: in UTC, to the microsecond."""
        return self.at.astimezone(UTC).isoformat(timespec="microseconds")

    def sealed(self) -> "AuditEntry":
        """The entry with its own hash: SHA-256 over its values as a JSON array without spaces, in UTF-8."""
        said = (self.seq, self.at_utc, self.event, self.account_id, self.role, self.diary_id, self.subject_id)
        text = json.dumps([*said, self.previous_hash], separators=(",", ":"))
        return replace(self, hash=sha256(text.encode()).hexdigest())


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainEnd:
    """How long a chain is and how it ends: kept elsewhere, it tells later whether the end was cut off or rewritten."""

    chain: str
    length: int
    hash: str

    def __str__(self) -> str:
        return f"{self.chain} {self.length} {self.hash}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Walked:
    """What was found on a walk along one chain: its end, and every fault as a sentence."""

    end: ChainEnd
    faults: tuple[str, ...]


def walk(chain: str, entries: Iterable[AuditEntry], kept: Mapping[int, str]) -> Walked:
    """Walk a chain from its first entry to its last. ``kept`` are hashes that were written down before, by ``seq``."""
    faults: list[str] = []
    length, last = 0, BEFORE_THE_FIRST
    for entry in entries:
        if entry.seq != length + 1:
            faults.append(f"{chain}: between entry {length} and entry {entry.seq}, entries are missing")
        elif entry.previous_hash != last:
            faults.append(f"{chain}: entry {entry.seq} does not follow entry {length}: something was moved or put in")
        if entry.sealed().hash != entry.hash:
            faults.append(f"{chain}: entry {entry.seq} was changed")
        if kept.get(entry.seq, entry.hash) != entry.hash:
            faults.append(f"{chain}: entry {entry.seq} is not the one that was written down before")
        length, last = entry.seq, entry.hash
    if max(kept, default=0) > length:
        faults.append(f"{chain}: ends at entry {length}, but had {max(kept)} entries before")
    return Walked(end=ChainEnd(chain=chain, length=length, hash=last), faults=tuple(faults))
