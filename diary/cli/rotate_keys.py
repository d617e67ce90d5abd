"""Put new keys in front of the old ones, and encrypt everything anew; --drop-old then forgets the old ones."""

import sys
from argparse import ArgumentParser

from cryptography.fernet import InvalidToken

from diary.cli._copy import opened, says_what_is_wrong
from diary.extensions import db
from diary.keys import add_key, drop_old_keys, keys_in, new_cookie_key, new_vault_key
from diary.services.rotation import renew
from diary.settings import COOKIE_KEYS, VAULT_KEYS, Settings


@says_what_is_wrong
def main(arguments: list[str]) -> int:
    """Rotate the keys. It may be interrupted anywhere, and goes on when it is called again; the diary may be served."""
    parser = ArgumentParser(prog="diary rotate-keys", description=__doc__)
    parser.add_argument("--drop-old", action="store_true", help="forget the old keys, once nothing needs them")
    wants_to_drop = parser.parse_args(arguments).drop_old
    settings = Settings.from_env()
    try:
        return _rotate(settings, wants_to_drop)
    except InvalidToken:
        print("Something in the database is under none of the keys. Every key is kept; nothing is lost.")
        print(f"Put the missing key back, below the others in {settings.instance / VAULT_KEYS}.", file=sys.stderr)
    return 2


def _rotate(settings: Settings, wants_to_drop: bool) -> int:
    vault, cookies = settings.instance / VAULT_KEYS, settings.instance / COOKIE_KEYS
    is_under_way = len(keys_in(vault)) > 1
    if not is_under_way and not wants_to_drop:
        # The cookies first: the two vault keys are what says that a rotation is under way.
        add_key(cookies, new_cookie_key())
        add_key(vault, new_vault_key())
    renewed = 0
    with opened(settings):
        for number in renew(db.session):
            db.session.commit()
            renewed += number
    print(f"{renewed} values were encrypted anew. All are under the newest key.")
    if wants_to_drop:
        drop_old_keys(vault)
        drop_old_keys(cookies)
        print("The old keys are forgotten. A backup from before opens only with the keys that were saved with it.")
        print("Restart the diary, if you have not done so since it got its new keys.")
    else:
        print("Restart the diary, so that it signs cookies with the new key, and save the keys with your next backup.")
        print("The old keys still open what they opened. Forget them with: diary rotate-keys --drop-old")
    return 0
