"""A test client that proof-reads every page that it is shown."""

import re
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from flask.testing import FlaskClient
from werkzeug.datastructures import Headers
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter, RequestRedirect
from werkzeug.test import TestResponse

from tests.pages import parsed

LABELLED = ("input", "select", "textarea")
OF_ONE_TIME = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?<=value=\")[\w.~-]{30,}(?=\")|\b\d\d?:\d\d\b")
"""What differs each time that a page is drawn: ids, tokens and times."""

_sound: set[int] = set()


class ProofReadingClient(FlaskClient):
    """A browser without scripts that refuses a page with a fault in it."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        response = super().open(*args, **kwargs)
        path = response.request.path
        proofread_headers(response.headers, path, is_https=self.application.config["IS_HTTPS"])
        has_page = response.status_code not in (301, 302, 303) and response.request.method not in ("HEAD", "OPTIONS")
        if response.mimetype == "text/html" and has_page:
            with self.application.test_request_context():
                proofread(response.text, self.application.url_map.bind("localhost"))
        return response


def proofread_headers(headers: Headers, path: str, *, is_https: bool) -> None:
    """Raise ``AssertionError`` when an answer may be kept by others, or sets a cookie that others can read or send."""
    may_be_kept = path.startswith("/static/") or path.endswith(".svg")
    assert may_be_kept or headers.get("Cache-Control") == "no-store", f"{path} may be kept"
    for cookie in headers.getlist("Set-Cookie"):
        name, parts = cookie.split("=")[0], {part.strip().lower() for part in cookie.split(";")[1:]}
        is_secure = "secure" in parts
        is_ours = "path=/" in parts and not any(part.startswith("domain=") for part in parts)
        assert is_ours, f"a cookie for others: {cookie}"
        assert is_secure == is_https or (is_https and "max-age=0" in parts), f"a cookie on the wrong line: {cookie}"
        assert is_secure or not name.startswith("__Host-"), f"a cookie that no browser takes: {cookie}"
        assert {"httponly", "samesite=lax"} <= parts or "max-age=0" in parts, (
            f"a cookie that scripts can read: {cookie}"
        )


def proofread(html: str, routes: MapAdapter) -> None:
    """Raise ``AssertionError`` that names every fault of a page. One that was sound before is not read again."""
    page = hash(OF_ONE_TIME.sub("", html))
    if page not in _sound:
        faults = list(_faults(html, routes))
        assert not faults, "\n".join(faults) + "\n" + html
        _sound.add(page)


def _faults(html: str, routes: MapAdapter) -> Any:
    tree, errors = parsed(html)
    for (line, _), code, _ in errors:
        yield f"line {line}: {code}"
    elements = [element for element in tree.iter() if isinstance(element.tag, str)]
    yield from _structure(tree, elements)
    yield from _references(elements)
    yield from _policy(elements)
    yield from _addresses(elements, routes)
    text = " ".join(tree.find(".//body").itertext())  # type: ignore[union-attr]
    for scrap in ("{{", "}}", "{%", "%(", "None,", "<flask", "undefined", "Decimal("):
        if scrap in text:
            yield f"the text has {scrap!r} in it"


def _structure(tree: Element, elements: list[Element]) -> Any:
    if not tree.get("lang"):
        yield "the page names no language"
    title = tree.find(".//title")
    if title is None or not (title.text or "").strip():
        yield "the page has no title"
    headings = [element for element in elements if re.fullmatch(r"h[1-6]", element.tag)]
    if sum(heading.tag == "h1" for heading in headings) != 1:
        yield "the page has not exactly one h1"
    for element in elements:
        is_named = "".join(element.itertext()).strip() or element.get("aria-label")
        if element.tag in ("a", "button", "legend", *(h.tag for h in headings)) and not is_named:
            yield f"an empty {element.tag}"
        if element.tag == "img" and element.get("alt") is None:
            yield "an image without alt"


def _references(elements: list[Element]) -> Any:
    ids = [element.get("id") for element in elements if element.get("id")]
    for double in {name for name in ids if ids.count(name) > 1}:
        yield f"the id {double!r} stands twice"
    labelled = {element.get("for") for element in elements if element.tag == "label"}
    for element in elements:
        for attribute in ("for", "aria-describedby", "aria-labelledby", "aria-controls"):
            for name in (element.get(attribute) or "").split():
                if name not in ids:
                    yield f"{attribute}={name!r} leads nowhere"
        is_field = element.tag in LABELLED and element.get("type") not in ("hidden", "submit")
        if is_field and element.get("id") not in labelled and not element.get("aria-label"):
            yield f"the field {element.get('name')!r} has no label"
        href = element.get("href") or ""
        if href.startswith("#") and href[1:] not in ids:
            yield f"the link {href!r} leads nowhere"


def _policy(elements: list[Element]) -> Any:
    for element in elements:
        for attribute, value in element.attrib.items():
            if attribute == "style" or attribute.startswith("on"):
                yield f"{attribute}={value!r}: the policy refuses it"
            if attribute in ("src", "href", "action", "srcset", "formaction") and re.match(r"(https?:)?//", value):
                yield f"{attribute}={value!r} leads to another server"
        if element.tag == "script" and not element.get("src"):
            yield "a script stands in the page"
        if element.tag == "form" and (element.get("method") or "get").lower() == "post":
            names = [field.get("name") for field in element.iter() if isinstance(field.tag, str)]
            if "csrf_token" not in names:
                yield f"the form to {element.get('action')!r} has no token"


def _addresses(elements: list[Element], routes: MapAdapter) -> Any:
    for element in elements:
        for attribute, method in (("href", "GET"), ("src", "GET"), ("action", "POST")):
            address = urlsplit(element.get(attribute) or "")
            if address.scheme or not address.path or (attribute == "action" and element.get("method") != "post"):
                continue
            try:
                routes.match(address.path, method=method)
            except RequestRedirect:
                yield f"{attribute}={address.path!r} leads to a redirect"
            except HTTPException:
                yield f"{attribute}={address.path!r} leads to no route"
