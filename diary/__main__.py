"""The ``diary`` command: each sub-command is a module of :mod:`diary.cli`, imported only when it is called."""

import os
import sys
from importlib import import_module

_FOLDER = os.path.join(os.path.dirname(__file__), "cli")


def commands() -> list[str]:
    """The names of the sub-commands, such as ``assess`` and ``run-due``."""
    names = [name.removesuffix(".py") for name in os.listdir(_FOLDER) if name.endswith(".py")]
    return sorted(name.replace("_", "-") for name in names if not name.startswith("_"))


def main(arguments: list[str] | None = None) -> int:
    """Run the sub-command named first; 2 when there is none of that name."""
    name, *rest = (sys.argv[1:] if arguments is None else arguments) or ["--help"]
    known = commands()
    if name in known:
        module = import_module(f"diary.cli.{name.replace('-', '_')}")
        try:
            status: int = module.main(rest)
            sys.stdout.flush()
        except BrokenPipeError:
            # Whoever read our output has seen enough; Python must not complain when it closes the pipe.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 0
        return status
    wants_help = name in ("--help", "-h", "help")
    out = sys.stdout if wants_help else sys.stderr
    lines = [
        f"diary {command:<10} {import_module('diary.cli.' + command.replace('-', '_')).__doc__}" for command in known
    ]
    print("\n".join(lines if wants_help else [f"diary: no command “{name}”", *lines]), file=out)
    return 0 if wants_help else 2


if __name__ == "__main__":
    sys.exit(main())
