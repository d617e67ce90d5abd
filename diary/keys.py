"""Keys: files that their owner alone reads, the newest key first; and the vault that encrypts with them."""

import os
import secrets
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet


def new_cookie_key() -> str:
    """A key that signs cookies and one-time links."""
    return secrets.token_urlsafe(48)


def new_vault_key() -> str:
    """A key that encrypts what people wrote."""
    return Fernet.generate_key().decode()


def read_keys(path: Path, fresh: str) -> tuple[str, ...]:
    """The keys in a file; ``fresh``, which then lies there, when there is no file. Raises ``ValueError`` for no key.

    A file that was left empty, as when the disk was full, would make links and cookies that anybody can forge.
    """
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        keys = keys_in(path)
        if not keys or any(len(key) < len(fresh) for key in keys):
            raise ValueError(f"{path} holds no key; put it back from your backup") from None
        return keys
    _write(handle, (fresh,))
    return (fresh,)


def keys_in(path: Path) -> tuple[str, ...]:
    """The keys in a file, the newest first."""
    return tuple(path.read_text(encoding="ascii").split())


def add_key(path: Path, fresh: str) -> None:
    """Put a key in front of those in a file: what is written from now on is under it, and the old ones still open."""
    _replace(path, (fresh, *keys_in(path)))


def drop_old_keys(path: Path) -> None:
    """Keep the newest key alone."""
    _replace(path, keys_in(path)[:1])


def _replace(path: Path, keys: tuple[str, ...]) -> None:
    """Either the old keys or the new ones lie in the file, whenever the power goes."""
    beside = path.with_suffix(".new")
    beside.unlink(missing_ok=True)
    _write(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), keys)
    beside.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _write(handle: int, keys: tuple[str, ...]) -> None:
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write("\n".join(keys) + "\n")
        file.flush()
        os.fsync(file.fileno())


class Vault:
    """Encrypts with the newest key of a file; every key of it decrypts.

    It looks at the file each time, so that a server that runs while the keys are rotated never writes under an old one.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read: tuple[object, tuple[Fernet, ...]] = (None, ())

    def encrypt(self, text: bytes) -> bytes:
        """``text``, under the newest key."""
        return self._fernets()[0].encrypt(text)

    def decrypt(self, token: bytes) -> bytes:
        """What a token holds. Raises ``InvalidToken`` when no key opens it."""
        return MultiFernet(self._fernets()).decrypt(token)

    def renew(self, token: bytes) -> bytes | None:
        """The token under the newest key; ``None`` when it is so. Raises ``InvalidToken`` when no key opens it."""
        newest, *_ = fernets = self._fernets()
        try:
            newest.decrypt(token)
        except InvalidToken:
            return MultiFernet(fernets).rotate(token)
        return None

    def _fernets(self) -> tuple[Fernet, ...]:
        try:
            found = self._path.stat()
            stamp = found.st_ino, found.st_mtime_ns
            if stamp != self._read[0]:
                self._read = stamp, tuple(Fernet(key) for key in keys_in(self._path))
        except OSError:
            # The folder of keys is away for a moment. What is known opens what was written.
            if not self._read[1]:
                raise
        return self._read[1]
