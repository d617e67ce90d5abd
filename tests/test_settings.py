"""Settings: read from the environment, checked at start, every fault named at once."""

import re
import socket
import stat
import tomllib
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from diary.__main__ import commands
from diary.settings import KNOWN, Settings, SettingsError

ROOT = Path(__file__).parent.parent


def read(folder, **environ):
    named = {f"DIARY_{name.upper()}": value for name, value in environ.items()}
    return Settings.from_env({"DIARY_INSTANCE": str(folder / "instance"), "HOME": str(folder)} | named)


def faults(folder, **environ):
    with pytest.raises(SettingsError) as raised:
        read(folder, **environ)
    return raised.value.faults


def test_it_needs_nothing(tmp_path):
    settings = read(tmp_path)
    assert (settings.bind, settings.port, settings.is_https, settings.is_sample) == ("127.0.0.1", 8000, False, False)
    assert settings.database_url == f"sqlite:///{tmp_path}/instance/diary.sqlite"
    assert settings.trusted_hosts == ["localhost", "127.0.0.1"]


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("port", "http", "DIARY_PORT: 'http' is not a whole number from 1 to 65535."),
        ("port", "0", "not a whole number"),
        ("port", "65536", "not a whole number"),
        ("port", "8000.0", "not a whole number"),
        ("port", "-1", "not a whole number"),
        ("port", "٨٠", "not a whole number"),
        ("port", "9" * 5000, "not a whole number"),
        ("threads", "0", "DIARY_THREADS: '0' is not a whole number from 1 to 64."),
        ("https", "1", "DIARY_HTTPS: '1' is neither yes nor no."),
        ("https", "true", "neither yes nor no"),
        ("sample", "on", "DIARY_SAMPLE: 'on' is neither yes nor no."),
        ("database_url", "mysql://x", "DIARY_DATABASE_URL: give sqlite:///"),
        ("database_url", "diary.sqlite", "DIARY_DATABASE_URL: give sqlite:///"),
        ("bind", "not an address", "DIARY_BIND: 'not an address' is no address of this machine."),
        ("bind", "::1", "DIARY_BIND: '::1' is no address of this machine."),
        ("hosts", "https://diary.example.org", "is no host name. Give names alone"),
        ("hosts", "diary.example.org:8000", "is no host name."),
        ("hosts", "a.example, *", "DIARY_HOSTS: '*' is no host name."),
        ("port", "", "DIARY_PORT: it is empty."),
        ("instance", "", "DIARY_INSTANCE: it is empty."),
        ("database_url", " ", "DIARY_DATABASE_URL: it is empty."),
        ("mail_url", "http://mail.example.org", "DIARY_MAIL_URL: give smtp://user:password@host:587"),
        ("mail_url", "smtp://mail.example.org:x", "DIARY_MAIL_URL: give smtp://"),
        ("mail_url", "smtp://mail.example.org", "DIARY_MAIL_FROM: it is missing."),
        ("mail_from", "diary@example.org", "DIARY_MAIL_URL: it is missing."),
        ("mail_from", "a\r\nBcc: b@example.org", "is no e-mail address."),
        ("prot", "8000", "DIARY_PROT: there is no such setting. The settings are: DIARY_BIND, "),
    ],
)
def test_it_names_a_fault(tmp_path, monkeypatch, name, value, sentence):
    monkeypatch.chdir(tmp_path)
    assert any(sentence in fault for fault in faults(tmp_path, **{name: value}))


def test_it_names_every_fault_at_once(tmp_path):
    named = faults(
        tmp_path,
        port="x",
        threads="x",
        https="x",
        sample="x",
        database_url="x",
        bind="?",
        hosts="/",
        mail_url="x",
        mail_from="x",
        oops="x",
    )
    assert {fault.split(":")[0] for fault in named} == {*KNOWN, "DIARY_OOPS"} - {"DIARY_INSTANCE"}


def test_it_names_a_folder_that_cannot_be_used(tmp_path):
    (tmp_path / "instance").write_text("a file")
    (fault,) = faults(tmp_path)
    assert fault.startswith(f"DIARY_INSTANCE: {tmp_path}/instance cannot be used:")


@pytest.mark.parametrize("scheme", ["postgresql", "postgres"])
def test_it_takes_the_usual_address_of_postgresql(tmp_path, scheme):
    settings = read(tmp_path, database_url=f"{scheme}://diary:secret@db/diary")
    assert settings.database_url == "postgresql+psycopg://diary:secret@db/diary"


@pytest.mark.parametrize("value", ["yes", "YES", "Yes"])
def test_it_takes_yes_in_any_case(tmp_path, value):
    assert read(tmp_path, https=value).is_https


def test_it_answers_to_further_names(tmp_path):
    settings = read(tmp_path, hosts="diary.example.org, other.example")
    assert settings.trusted_hosts == ["localhost", "127.0.0.1", "diary.example.org", "other.example"]


def test_it_answers_to_the_address_that_it_is_bound_to(tmp_path):
    assert "192.0.2.7" in read(tmp_path, bind="192.0.2.7").trusted_hosts
    everywhere = read(tmp_path, bind="0.0.0.0")  # noqa: S104 - read, not bound.
    assert all(socket.inet_aton(address) for address in everywhere.house_addresses)


def test_it_keeps_its_keys_to_itself(tmp_path):
    read(tmp_path)
    keys = tmp_path / "instance" / "keys"
    assert stat.S_IMODE(keys.stat().st_mode) == 0o700
    assert {path.name: stat.S_IMODE(path.stat().st_mode) for path in keys.iterdir()} == {
        "cookies.key": 0o600,
        "vault.key": 0o600,
    }


def test_it_keeps_its_keys_for_good(tmp_path):
    first, second = read(tmp_path), read(tmp_path)
    assert (first.secret_key, first.vault_keys) == (second.secret_key, second.vault_keys)
    assert len(first.secret_key) >= 64


def test_it_makes_other_keys_for_another_copy(tmp_path):
    assert read(tmp_path / "a").secret_key != read(tmp_path / "b").secret_key


def test_it_reads_several_vault_keys_the_newest_first(tmp_path):
    old = read(tmp_path).vault_keys[0]
    new = Fernet.generate_key().decode()
    (tmp_path / "instance" / "keys" / "vault.key").write_text(f"{new}\n{old}\n")
    assert read(tmp_path).vault_keys == (new, old)


@pytest.mark.parametrize("name", ["cookies.key", "vault.key"])
@pytest.mark.parametrize("content", ["", "\n", "short"])
def test_it_never_goes_on_with_a_key_that_is_none(tmp_path, name, content):
    read(tmp_path)
    (tmp_path / "instance" / "keys" / name).write_text(content)
    (fault,) = faults(tmp_path)
    assert name in fault
    assert "put it back from your backup" in fault


def test_it_never_shows_a_key(tmp_path):
    settings = read(tmp_path)
    assert settings.secret_key not in repr(settings)
    assert settings.vault_keys[0] not in repr(settings)


def test_it_never_shows_the_password_of_the_mail_server(tmp_path):
    url = {"mail_url": "smtp://diary:secret-word@mail.example.org", "mail_from": "diary@example.org"}
    assert "secret-word" not in repr(read(tmp_path, **url))
    assert not any("secret-word" in fault for fault in faults(tmp_path, **url | {"mail_url": "ftp://u:secret-word@x"}))


def test_it_is_documented_setting_by_setting():
    documented = set(re.findall(r"^\| `(DIARY_\w+)`", (ROOT / "docs" / "settings.md").read_text(), re.MULTILINE))
    assert documented == KNOWN


def test_it_is_documented_with_its_defaults(tmp_path):
    rows = re.findall(r"^\| `(DIARY_\w+)` \| ([^|]+) \|", (ROOT / "docs" / "settings.md").read_text(), re.MULTILINE)
    defaults = {name: default.strip("` ") for name, default in rows}
    settings = read(tmp_path)
    assert defaults["DIARY_BIND"] == settings.bind
    assert defaults["DIARY_PORT"] == str(settings.port)
    assert defaults["DIARY_THREADS"] == str(settings.threads)
    assert defaults["DIARY_HTTPS"] == defaults["DIARY_SAMPLE"] == "no"


def test_every_command_is_in_the_readme():
    readme = (ROOT / "README.md").read_text()
    missing = [name for name in commands() if f"diary {name}" not in readme and f"make {name}" not in readme]
    assert missing == []


def test_every_make_target_that_people_need_is_in_the_readme():
    readme = (ROOT / "README.md").read_text()
    for target in ("make run", "make test", "make demo", "make check", "make bench"):
        assert target in readme


def test_the_version_of_python_is_the_same_everywhere():
    setup = (ROOT / "setup.cfg").read_text()
    (least,) = re.findall(r"python_requires = >=([\d.]+)", setup)
    ruff = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["ruff"]["target-version"]
    assert ruff == "py" + least.replace(".", "")
    assert f"Python {least} or newer" in (ROOT / "README.md").read_text()
