"""Marks sentences for translation where they stand; the doors translate them when they show them."""


def mark(sentence: str) -> str:
    """Return ``sentence`` unchanged; the catalogue collects every literal that passes through here."""
    return sentence
