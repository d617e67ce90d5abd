"""What a reader finds on a page: its words, its errors, its advice and its telephone links."""

from functools import lru_cache

import html5lib
from werkzeug.test import TestResponse


@lru_cache(maxsize=16)
def parsed(html: str):
    """The page as elements, without namespaces, and what is wrong with it. Reading one takes longer than making it."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    return parser.parse(html), parser.errors


def tree_of(page: TestResponse):
    """The page as elements, without namespaces."""
    tree, _ = parsed(page.text)
    return tree


def words(element) -> str:
    """The text of an element, with single spaces."""
    return " ".join("".join(element.itertext()).split())


def all_of_class(page: TestResponse, name: str) -> list:
    """Every element that has the class."""
    return [element for element in tree_of(page).iter() if name in (element.get("class") or "").split()]


def main_words(page: TestResponse) -> str:
    """The words of the main part."""
    return words(tree_of(page).find(".//main"))


def advice(page: TestResponse) -> list[str]:
    """The words of each advice card, the first on the page first."""
    return [words(card) for card in all_of_class(page, "advice")]


def urgencies(page: TestResponse) -> list[str]:
    """The urgency of each advice card, as the page shows it."""
    return [
        name.removeprefix("advice--")
        for card in all_of_class(page, "advice")
        for name in card.get("class").split()
        if name in ("advice--emergency", "advice--call", "advice--today", "advice--watch")
    ]


def errors(page: TestResponse) -> list[str]:
    """The sentences of the error summary."""
    return [words(item) for summary in all_of_class(page, "nhsuk-error-summary") for item in summary.iter("li")]


def error_links(page: TestResponse) -> dict[str, str]:
    """Each error's sentence by the id of the field that it leads to."""
    links = [link for summary in all_of_class(page, "nhsuk-error-summary") for link in summary.iter("a")]
    return {link.get("href", "").removeprefix("#"): words(link) for link in links}


def calls(page: TestResponse) -> list[str]:
    """The numbers that the page can dial, in its order."""
    links = (element.get("href") or "" for element in tree_of(page).iter("a"))
    return [href.removeprefix("tel:") for href in links if href.startswith("tel:")]


def hidden_fields(page: TestResponse) -> list[tuple[str, str]]:
    """Name and value of every hidden field, in order, repeated ones too."""
    return [
        (element.get("name"), element.get("value", ""))
        for element in tree_of(page).iter("input")
        if element.get("type") == "hidden"
    ]
