"""A diary with something in every table that belongs to it, put there through the doors that people use."""

from typing import Any

from tests.cast import Person, fields_of
from tests.pictures import a_photo
from tests.views.test_flags import closes
from tests.views.test_neuro_check import ALL_RIGHT, checks, chooses


def fill(owner: Person, caregiver: Person) -> None:
    """Log, correct, withdraw, call, list, invite and draw; some of it would run in a spreadsheet."""
    path = _path(owner, owner.logs(temperature="38.4", note='=HYPERLINK("http://x")', fever_medicine="antipyretic"))
    closes(owner, told="@nurse-secret", said="said-secret")
    owner.logs(page=f"{path}/correct", temperature="38.6", neuro_score="9", note="other-secret")
    path = _path(caregiver, caregiver.logs(temperature="39.9", by="caregiver", signs_nerves="tremor"))
    _presses(caregiver, f"{path}/withdraw")
    caregiver.logs(page="doses/new", medicine="other", name="+Secretomycin")
    path = _path(owner, owner.logs(page="doses/new", medicine="tocilizumab"))
    path = _path(owner, owner.logs(page=f"{path}/correct", medicine="steroid"))
    _presses(owner, f"{path}/withdraw")
    owner.logs(page="medicines/new", name="Calpol-secret", hours_apart="6")
    chooses(owner, checks(owner, **ALL_RIGHT | {"sentence": "not_possible"}), "/usual")
    owner.logs(page="handwriting/new/sentence", picture=a_photo(), patient="no")
    owner.logs(page="people/invite", role="viewer", their_email="vera-secret@example.org")


def _path(person: Person, outcome: Any) -> str:
    """The page of what was logged, within its diary."""
    return str(outcome.request.path).removeprefix(person.at())


def _presses(person: Person, page: str) -> None:
    person.client.post(person.at(page), data=fields_of(person.opens(page)))
