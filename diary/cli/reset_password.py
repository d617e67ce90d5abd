"""Print a link with which somebody chooses another password: it works once, for one hour."""

from diary.cli._account import for_account
from diary.models import AccountRow
from diary.services.password import reset_token
from diary.settings import Settings


def main(arguments: list[str]) -> int:
    """Print the link for the account with this e-mail address. Returns 1 when there is none, 2 when it is misused."""
    return for_account(arguments, "reset-password", _link)


def _link(settings: Settings, account: AccountRow) -> str:
    token = reset_token(settings.secret_key, account)
    links = [f"{address}/forgotten-password/{token}" for address in settings.addresses]
    return "\n".join([*links, "Open it within one hour. It works once. Until then nothing has changed."])
