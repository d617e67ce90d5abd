"""``diary serve``, end to end: another process, a real network, a real disk."""

import http.client
import signal
import socket
import sqlite3
import stat
import subprocess
import sys
import threading
import time

import pytest

from tests.cast import PASSWORD, fields_in
from tests.serving import Browser, Served, free_port


@pytest.fixture
def served(tmp_path):
    house = Served(tmp_path)
    yield house
    house.stop(signal.SIGKILL)


def set_up(house):
    """Set the diary up as the first visitor does, and return the browser and the diary's address."""
    browser = Browser(house.address)
    link = house.address
    page = browser.get(link)
    account = {"name": "Alice", "email": "alice@example.org", "password": PASSWORD}
    page = browser.post(link, **fields_in(page) | account)
    patient = {"name": "Alice", "born_on": "1966-01-01", "country": "GB", "time_zone": "Europe/London"}
    page = browser.post("/diaries/new", **fields_in(page) | patient)
    page = browser.post(browser.url, **fields_in(page) | {"team_number": "+44 20 7946 0000"})
    browser.post(browser.url, **fields_in(page))
    return browser, browser.url


def test_it_prints_the_link_serves_and_stops(tmp_path, served):
    assert served.lines[0].startswith(
        f"Set up the diary (this link works once): http://127.0.0.1:{served.port}/set-up/"
    )
    assert served.lines[1] == f"Your data lies in {tmp_path}. Press Ctrl+C to stop."
    browser, home = set_up(served)
    assert browser.status == 200
    page = browser.get(home + "check-ins/new")
    page = browser.post(home + "check-ins/new", **fields_in(page) | {"temperature": "38.4", "note": "over the network"})
    assert "You have a fever." in page
    assert "Server" not in browser.headers or "gunicorn" in browser.headers["Server"]
    served.stop()
    assert served.process.returncode == 0
    printed = "\n".join(served.lines)
    assert "38.4" not in printed
    assert "over the network" not in printed


def test_it_keeps_the_database_to_its_owner(tmp_path, served):
    set_up(served)
    for path in tmp_path.rglob("*"):
        if path.is_file():
            assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


def test_it_prints_no_link_once_it_is_set_up(tmp_path, served):
    link = served.address
    set_up(served)
    assert Browser(link).get(link).count("There is no such page.") == 1
    served.stop()
    again = Served(tmp_path, DIARY_PORT=str(served.port))
    try:
        assert again.lines[0] == f"The diary is at: http://127.0.0.1:{served.port}/"
        assert "Sign in" in Browser(again.address).get("/")
    finally:
        again.stop()


def test_it_loses_nothing_that_it_acknowledged_when_it_is_killed(tmp_path, served):
    browser, home = set_up(served)
    form = fields_in(browser.get(home + "check-ins/new"))
    acknowledged = []

    def log():
        for number in range(1000):
            try:
                page = browser.post(home + "check-ins/new", **form | {"pulse": "75", "note": f"{number}"})
            except OSError:
                return
            if "Saved." in page:
                acknowledged.append(browser.url.rsplit("/", 1)[1])

    writer = threading.Thread(target=log)
    writer.start()
    deadline = time.monotonic() + 30
    while len(acknowledged) < 8 and time.monotonic() < deadline:
        time.sleep(0.05)
    served.stop(signal.SIGKILL)
    writer.join(30)
    assert len(acknowledged) >= 8
    with sqlite3.connect(tmp_path / "diary.sqlite") as connection:
        kept = {row[0] for row in connection.execute("SELECT id FROM check_in")}
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
    assert set(acknowledged) <= kept


def test_it_refuses_a_host_that_is_not_its_own(served):
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=10)
    connection.request("GET", "/", headers={"Host": "evil.example"})
    answer = connection.getresponse()
    assert (answer.status, answer.read()) == (400, b"This server does not answer to that name.")
    connection.close()


def test_it_waits_for_nobody_who_has_fallen_silent(served):
    beginnings = (
        b"GET / HTTP/1.1\r\nHost: loc",
        b"POST /help-now/forget HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\na=",
    )
    silent = [socket.create_connection(("127.0.0.1", served.port)) for _ in range(8)]
    for number, connection in enumerate(silent):
        connection.sendall(beginnings[number % 2])
    # Each of the eight threads has one of them for ten seconds; whoever asks next waits no longer than that.
    assert "Help now" in Browser(served.address).get("/help-now")
    for connection in silent:
        connection.close()


def run(tmp_path, **environ):
    command = [sys.executable, "-m", "diary", "serve"]
    environ = {"PATH": "/usr/bin", "DIARY_INSTANCE": str(tmp_path)} | environ
    return subprocess.run(command, env=environ, capture_output=True, text=True, timeout=60, check=False)


def test_it_names_every_fault_of_its_settings_and_stops(tmp_path):
    stopped = run(tmp_path, DIARY_PORT="x", DIARY_HTTPS="x", DIARY_PROT="1")
    assert stopped.returncode == 2
    assert [line.split(":")[0] for line in stopped.stderr.splitlines()] == ["DIARY_PORT", "DIARY_HTTPS", "DIARY_PROT"]
    assert stopped.stdout == ""


def test_it_says_that_a_port_is_in_use(tmp_path, served):
    stopped = run(tmp_path / "other", DIARY_PORT=str(served.port))
    assert stopped.returncode == 2
    assert f"port {served.port} is in use" in stopped.stderr


def test_it_says_that_a_database_cannot_be_reached(tmp_path):
    address = "postgresql://nobody:secret@127.0.0.1:1/none"
    stopped = run(tmp_path, DIARY_PORT=str(free_port()), DIARY_DATABASE_URL=address)
    assert stopped.returncode == 2
    assert "DIARY_DATABASE_URL" in stopped.stderr
    assert "Traceback" not in stopped.stderr
    assert "secret" not in stopped.stderr


def test_it_says_that_a_file_is_no_database(tmp_path):
    (tmp_path / "diary.sqlite").write_text("no database " * 100)
    stopped = run(tmp_path, DIARY_PORT=str(free_port()))
    assert stopped.returncode == 2
    assert stopped.stderr.splitlines() == ["DIARY_DATABASE_URL: the database cannot be used: file is not a database"]


def test_it_does_not_serve_a_database_that_its_keys_do_not_open(tmp_path, served):
    set_up(served)
    served.stop()
    (tmp_path / "keys" / "vault.key").unlink()
    stopped = run(tmp_path, DIARY_PORT=str(free_port()))
    assert stopped.returncode == 2
    assert stopped.stderr.startswith(f"DIARY_INSTANCE: {tmp_path / 'keys'} does not open this database.")


@pytest.mark.parametrize("arguments", [["--help"], ["help"], []])
def test_it_names_the_commands(arguments):
    told = subprocess.run([sys.executable, "-m", "diary", *arguments], capture_output=True, text=True, check=False)
    assert told.returncode == 0
    assert "diary serve" in told.stdout


def test_it_knows_no_other_command():
    told = subprocess.run([sys.executable, "-m", "diary", "srve"], capture_output=True, text=True, check=False)
    assert told.returncode == 2
    assert "no command “srve”" in told.stderr
