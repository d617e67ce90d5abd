"""The settings of a command that the terminal calls."""

import os
import sys
from collections.abc import Mapping

from diary.settings import Settings, SettingsError


def read_settings(environ: Mapping[str, str] = os.environ) -> Settings | None:
    """The settings, or ``None`` once every fault of them stands on the terminal."""
    try:
        return Settings.from_env(environ)
    except SettingsError as error:
        print(*error.faults, sep="\n", file=sys.stderr)
        return None
