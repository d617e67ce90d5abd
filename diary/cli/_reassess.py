"""``diary rules reassess``: show which past moments the table of today would judge differently."""

from diary.cli._copy import opened, says_what_is_wrong
from diary.domain.urgency import Urgency
from diary.extensions import db
from diary.rules import load_table
from diary.services.reassess import differences
from diary.settings import Settings


@says_what_is_wrong
def main() -> int:
    """Print a line for each difference, with ids only, and change nothing. Returns 2 when a setting cannot be used."""
    table, count = load_table(), 0
    with opened(Settings.from_env()):
        for diary_id, difference in differences(db.session, table):
            count += 1
            was, now = (_word(urgency) for urgency in (difference.was, difference.is_now))
            print(f"{diary_id}  {difference.at.isoformat()}  {difference.rule}: was {was}, now {now}")
    print(f"{count} differences under rules {table.version}. Nothing was changed.")
    return 0


def _word(urgency: Urgency | None) -> str:
    return Urgency.NONE.word if urgency is None else urgency.word
