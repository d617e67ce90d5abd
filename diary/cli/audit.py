"""Check that nobody changed, moved or took out an audit entry: ``diary audit verify [--against FILE]``."""

import re
import sys
from pathlib import Path

from diary.cli._copy import opened, says_what_is_wrong
from diary.domain.audit_chain import ChainEnd
from diary.extensions import db
from diary.services.audit import verify
from diary.settings import Settings

USAGE = "usage: diary audit verify [--against FILE]"
END = re.compile(r"(server|[0-9a-f-]{36}) ([0-9]{1,9}) ([0-9a-f]{64})")


@says_what_is_wrong
def main(arguments: list[str]) -> int:
    """Print each chain's length and last hash, and every fault on standard error.

    The lines may be kept elsewhere and given back with ``--against``: then an end that was cut off or written anew is
    found as well. A receipt for deleting a diary may be given in the same way.

    Returns 0 when every chain is whole, 1 when one is not, 2 when there is nothing to check.
    """
    match arguments:
        case ["verify"]:
            text = ""
        case ["verify", "--against", path]:
            try:
                text = Path(path).read_text(encoding="utf-8")
            except (OSError, UnicodeDecodeError) as error:
                print(f"{path}: cannot be read: {error}", file=sys.stderr)
                return 2
        case _:
            print(USAGE, file=sys.stderr)
            return 2
    return _verify([ChainEnd(chain=found[1], length=int(found[2]), hash=found[3]) for found in ends(text)])


def ends(text: str) -> list[re.Match[str]]:
    """The lines of a text that say how a chain ended; all other lines are for people."""
    return [found for line in text.splitlines() if (found := END.fullmatch(line.strip()))]


def _verify(kept: list[ChainEnd]) -> int:
    faults = 0
    with opened(Settings.from_env()):
        # A long look must not keep anybody from logging.
        db.session.connection(execution_options={"is_reading": True})
        for found in verify(db.session, kept):
            print(found.end)
            faults += len(found.faults)
            for fault in found.faults:
                print(fault, file=sys.stderr)
    return 1 if faults else 0
