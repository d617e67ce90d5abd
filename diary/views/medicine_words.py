"""What the pages say of medicines: what one counts as, when it was taken last, and that it came too soon."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext, ngettext

from diary.domain.catalogue import SEDATIVE
from diary.domain.diary import Diary
from diary.domain.medicine import Dose, Medicine
from diary.views import words


def listed(
    medicines: Sequence[Medicine], last: Mapping[str, Dose], diary: Diary, now: datetime
) -> list[dict[str, Any]]:
    """The person's own list."""
    return [_listed(medicine, last.get(medicine.id or ""), diary, now) for medicine in medicines]


def _listed(medicine: Medicine, last: Dose | None, diary: Diary, now: datetime) -> dict[str, Any]:
    lines = [_kind(medicine.kind)]
    if medicine.usual_times:
        lines.append(gettext("Usual times: %(times)s", times=medicine.usual_times))
    if medicine.hours_apart is not None:
        lines.append(_apart(medicine.hours_apart))
    if last is not None:
        lines.append(
            gettext("Last taken %(ago)s, %(when)s", ago=words.ago(now - last.at), when=words.lately(last.at, diary))
        )
    is_soon = last is not None and medicine.too_soon_after(medicine.dose(now), [last]) is not None
    return {
        "id": medicine.id,
        "name": medicine.name,
        "lines": lines,
        "too_soon": too_soon(medicine, now, last) if is_soon and last else "",
    }


def too_soon(medicine: Medicine, at: datetime, before: Dose) -> str:
    """That a dose comes sooner than the list says. What to do about it is for the team to say."""
    return gettext(
        "You logged %(logged)s %(ago)s. Your list says for %(name)s: %(apart)s. Ask your team.",
        logged=before.name or medicine.name,
        name=medicine.name,
        ago=words.ago(at - before.at),
        apart=_apart(medicine.hours_apart or 0).lower(),
    )


def counted(name: str, kind: str) -> str:
    """What a name counts as, when that is not what was chosen."""
    return gettext("%(name)s counts as: %(kind)s.", name=name, kind=_kind(kind))


def _apart(hours: int) -> str:
    return ngettext("At least %(num)s hour apart", "At least %(num)s hours apart", hours)


def _kind(kind: str) -> str:
    if kind == SEDATIVE:
        return gettext("medicine for sleep, pain, allergy or sickness")
    return str(words.MEDICINES.get(kind, gettext("another medicine")))
