"""Every sentence that a person reads is plain: somebody of about eleven understands it.

The count is our own. `textstat` would bring a language toolkit and a word list that it fetches from the network.
"""

import re
from collections.abc import Iterator

import pytest

from tests.test_translation import extracted

GRADE = 6
"""Of Flesch and Kincaid: the class of pupils of about eleven."""
LONGEST = 20
"""Words of one sentence."""
SHORTEST = 5
"""Words of a text below which a grade says nothing: one long word decides there. ``EASY`` guards those."""

EASY = {
    # What everybody says.
    "emergency", "everybody", "everything", "invitation", "invitations", "temperature", "temperatures",
    # What everybody knows who was in this treatment.
    "caregiver", "clinician", "infusion", "medicine", "medicines", "oxygen", "saturation",
    # Names on a packet, in a letter, or in a shop for apps. They are asked for as they are written there.
    "acetaminophen", "anakinra", "antibiotic", "antifungal", "antiviral", "aspirin", "authenticator", "carvykti",
    "dexamethasone", "emapalumab", "ibuprofen", "infection", "kymriah", "levetiracetam", "naproxen", "paracetamol",
    "prednisolone", "ruxolitinib", "siltuximab", "steroid", "tocilizumab", "yescarta",
    # Other sites call them so, too: a person looks for this word on their list of codes.
    "recovery",
    # As the camera of an iPhone calls it.
    "compatible",
}  # fmt: skip
"""Long words that a reader knows. They count like words of two syllables."""

EXCEPTIONS = {
    # The evidence gives these words (docs/clinical-evidence.md): they are changed there, by clinicians, or not at all.
    "Cannot speak, or cannot understand": "the sign as in the evidence",
    "Moving slowly, shuffling, tiny writing or less interest in things": "the sign as in the evidence",
    "Combinations": "the heading of a chapter of the rule table",
    "Ibuprofen, aspirin, naproxen or similar": "names, which are asked for as they stand on the packet",
    "Anakinra, siltuximab, emapalumab or ruxolitinib": "names, as above",
    "anakinra, siltuximab, emapalumab or ruxolitinib": "names, as above",
    "ibuprofen, aspirin or a similar medicine": "names, as above",
    "A medicine against infection (antibiotic, antiviral or antifungal)": "names, as above",
    "Get an authenticator app, such as Aegis, Google Authenticator or Microsoft Authenticator.": "names of apps",
    "Nobody is watching your entries.": "what has to stand on every page",
}
"""What may be harder, with the reason."""

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")
END = re.compile(r"[.!?:;…–](?:\s|$)|\n")
POINT = re.compile(r"(?<=\d)[.:](?=\d)")
WORD = re.compile(r"[A-Za-z][A-Za-z’]*|\d+")
VOWELS = re.compile(r"[aeiouy]+")
SILENT = re.compile(
    r"(?<=[^aeiouyl])es?$|(?<=[aeiouy]l)es?$|(?<=[^aeioudty])ed$|(?<=som)e|(?<=ev)e(?=ry)|(?<=sur)e(?=m)|’s$"
)
"""An *e* that is written and not spoken: some, asked, everything."""


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Every text of the diary, of its letters and of the rule table, in each of its forms."""
    found = extracted(tmp_path_factory.mktemp("words") / "now.pot")
    forms = (message.id if message.pluralizable else (message.id,) for message in found if message.id)
    return [text for each in forms for text in each]


def sentences(text: str) -> Iterator[list[str]]:
    """The words of each sentence. What is filled in later counts as one short word, and so does a number."""
    for sentence in END.split(POINT.sub("", PLACEHOLDER.sub("it", text))):
        if words := WORD.findall(sentence):
            yield words


def syllables(word: str) -> int:
    spoken = len(VOWELS.findall(SILENT.sub("", word.lower())))
    return min(2, spoken) if word.lower() in EASY else max(1, spoken)


def grade(text: str) -> float:
    parts = list(sentences(text))
    words = [word for part in parts for word in part]
    return 0.39 * len(words) / len(parts) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def test_every_text_can_be_read_at_eleven(texts):
    long_enough = (text for text in texts if sum(map(len, sentences(text))) >= SHORTEST)
    hard = {text: round(grade(text), 1) for text in long_enough if round(grade(text)) > GRADE}
    assert hard.keys() <= EXCEPTIONS.keys(), hard


def test_no_sentence_is_long(texts):
    assert [text for text in texts if max(map(len, sentences(text)), default=0) > LONGEST] == []


def test_a_long_word_is_one_that_the_reader_knows(texts):
    words = {word for text in texts if text not in EXCEPTIONS for part in sentences(text) for word in part}
    assert sorted(word for word in words if syllables(word) >= 4) == []


def test_no_exception_is_left_over(texts):
    assert EXCEPTIONS.keys() <= set(texts)


@pytest.mark.parametrize(
    ("word", "spoken"),
    [("some", 1), ("asked", 1), ("table", 2), ("wanted", 2), ("numbers", 2), ("calendar", 3), ("documentation", 5)],
)
def test_the_count_hears_what_is_spoken(word, spoken):
    assert syllables(word) == spoken
