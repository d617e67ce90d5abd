"""What people of the tests type and are called: none of it belongs into a log or onto the server's terminal."""

PLANTED = (
    *("Alice", "Bob", "Vera", "Claire", "Charlie", "Dora", "Xanthippe", "Quagmire", "@example.org"),
    *("+44 20 7946", "+442079460", "secret words", "-secret", "over the network", "three plain words"),
    *("38.4", "38,4", "38.6", "39.7", "40.1", "steroid"),
)


def secrets_in(text: str) -> list[str]:
    """What of it stands in a text."""
    return [secret for secret in PLANTED if secret in text]
