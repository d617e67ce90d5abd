"""The post: a letter, and the one door through which letters leave this machine."""

import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from typing import Final
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

LOOPBACK: Final = ("localhost", "127.0.0.1", "::1")
PATIENCE_SECONDS: Final = 15
"""How long a server may take to answer, before a letter counts as not sent."""


class NotifyError(Exception):
    """A letter could not be sent. Its text holds neither the letter nor whom it was for."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter in plain text. A subject is read on a locked screen: it holds nothing about health."""

    to: str
    subject: str
    text: str


class Notifier:
    """Sends letters through the mail server that the settings name; without one there is no post."""

    def __init__(self, mail_url: str = "", mail_from: str = "") -> None:
        self.mail_url, self.mail_from = mail_url, mail_from

    @property
    def has_mail(self) -> bool:
        """Whether letters can be sent at all."""
        return bool(self.mail_url)

    def send(self, letter: Letter) -> None:
        """Hand the letter to the mail server, and return when it has taken it.

        Raises:
            NotifyError: when there is no post, or the server cannot be reached in time, is not who it says it is, or
                refuses the letter.
        """
        if not self.has_mail:
            raise NotifyError("No mail is set up.")
        try:
            with self._server() as server:
                server.send_message(self._message(letter))
        except (OSError, smtplib.SMTPException, ValueError) as error:
            # The answer of a server may name the reader; the kind of error is enough to go on.
            raise NotifyError(f"A letter could not be sent: {type(error).__name__}.") from None

    def _server(self) -> smtplib.SMTP:
        url = urlsplit(self.mail_url)
        host, context = url.hostname or "", ssl.create_default_context()
        if url.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(host, url.port or 465, timeout=PATIENCE_SECONDS, context=context)
        else:
            server = smtplib.SMTP(host, url.port or 587, timeout=PATIENCE_SECONDS)
        try:
            if url.scheme == "smtp" and needs_tls(url):
                server.starttls(context=context)
            if url.username:
                server.login(unquote(url.username), unquote(url.password or ""))
        except BaseException:
            server.close()
            raise
        return server

    def _message(self, letter: Letter) -> EmailMessage:
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self.mail_from, letter.to, letter.subject
        message["Date"] = formatdate(localtime=False)
        message["Message-ID"] = make_msgid(domain=self.mail_from.rpartition("@")[2].strip("> ") or "localhost")
        # No out-of-office reply to a machine.
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(letter.text)
        return message


def needs_tls(url: SplitResult) -> bool:
    """Whether letters to this server must be encrypted: always, but on this machine or where somebody said no."""
    return url.hostname not in LOOPBACK and parse_qs(url.query).get("tls") != ["no"]
