"""A real mail server in a thread of its own, and the letters that it took."""

import logging
from email.message import Message
from email.parser import BytesParser
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller

from tests.serving import free_port

# A mail server's own log names whom a letter is for; it is no log of the diary's.
logging.getLogger("mail.log").propagate = False


class PostOffice(Controller):
    """Takes every letter, but those for ``refused@example.org``."""

    def __init__(self, **options: Any) -> None:
        self.letters: list[Message] = []
        super().__init__(self, hostname="127.0.0.1", port=free_port(), **options)

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:  # noqa: N802
        if address == "refused@example.org":
            return "550 There is nobody of the name refused@example.org"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.letters.append(BytesParser(policy=default).parsebytes(envelope.content))
        return "250 OK"

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"
