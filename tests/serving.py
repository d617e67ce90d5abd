"""A real server of its own: ``diary serve`` in another process, and a browser that talks to it over the network."""

import http.cookiejar
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

from tests.secrets import secrets_in


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Served:
    """``diary serve``, or another command that serves, from the moment it answers until it is stopped."""

    def __init__(self, folder: Path, command: str = "serve", **environ: str) -> None:
        self.port = int(environ.pop("DIARY_PORT", 0)) or free_port()
        clean = {key: value for key, value in os.environ.items() if not key.startswith("DIARY_")}
        clean |= {"DIARY_INSTANCE": str(folder), "DIARY_PORT": str(self.port)} | environ
        self.log = folder.with_name(f"{folder.name}-{self.port}.log")
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "diary", command], env=clean, stdout=log, stderr=subprocess.STDOUT
            )
        self._wait()

    def _wait(self) -> None:
        """Return when it answers; raise with what it printed when it does not."""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and self.process.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        self.process.kill()
        raise AssertionError(self.log.read_text())

    @property
    def lines(self) -> list[str]:
        """What it has printed."""
        return self.log.read_text().splitlines()

    @property
    def address(self) -> str:
        """The address that it printed first."""
        return next(match.group() for line in self.lines if (match := re.search(r"http://\S+", line)))

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """Stop it, unless it has stopped. Its terminal shows nothing that anybody typed."""
        self.process.send_signal(how)
        self.process.wait(timeout=30)
        assert secrets_in("\n".join(self.lines)) == []


class Browser:
    """Follows redirects, keeps cookies, fills forms in."""

    def __init__(self, base: str) -> None:
        self.base = base
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(cookies)
        self.url = ""

    def get(self, path: str) -> str:
        return self._open(urllib.request.Request(urllib.parse.urljoin(self.base, path)))  # noqa: S310 - http.

    def post(self, path: str, **answers: str) -> str:
        data = urllib.parse.urlencode(answers, doseq=True).encode()
        return self._open(urllib.request.Request(urllib.parse.urljoin(self.base, path), data))  # noqa: S310 - http.

    def _open(self, request: urllib.request.Request) -> str:
        try:
            with self.opener.open(request, timeout=30) as answer:
                self.url, self.status, self.headers = answer.url, answer.status, answer.headers
                return str(answer.read().decode())
        except urllib.error.HTTPError as error:
            with error:
                self.url, self.status, self.headers = error.url, error.code, error.headers
                return str(error.read().decode())
