"""Static files: kept by a phone for as long as they stay the same."""

import re


def test_a_file_with_a_version_in_its_address_is_kept_for_good(nobody):
    addresses = re.findall(r'(?:href|src)="(/static/[^"]+)"', nobody.client.get("/help-now").text)
    versioned = [address for address in addresses if "?v=" in address]
    assert {address.split("?")[0].rsplit(".")[-1] for address in versioned} == {"css", "js", "png", "svg"}
    for address in versioned:
        answer = nobody.client.get(address)
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        answer.close()


def test_the_font_is_asked_for_by_one_address_alone(nobody):
    (address,) = re.findall(r'href="(/static/[^"]+woff2[^"]*)"', nobody.client.get("/help-now").text)
    assert "?" not in address
    answer = nobody.client.get(address)
    assert answer.headers["Cache-Control"] == "public, max-age=3600"
    answer.close()


def test_pages_are_never_kept(alice):
    assert alice.opens().headers["Cache-Control"] == "no-store"
