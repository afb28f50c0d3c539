"""The command line: guitai run | replay | import | doctor | backup | bench and more."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from pos_app import __version__
from pos_app.errors import GuitaiError
from pos_app.i18n import use_language

#: Command -> what it does; each lives in a module of its own, loaded when asked.
COMMANDS = {
    "run": "open the till",
    "setup": "make a new shop from a set-up file",
    "replay": "replay what a cashier does from JSON lines",
    "import": "import items from a CSV or Excel file",
    "doctor": "say what is wrong and how to mend it",
    "backup": "back up both databases and the wrapped keys",
    "restore": "restore a backup into a new shop folder",
    "selftest": "sell once in a throw-away shop and verify everything",
    "shots": "take pictures of every screen",
    "bench": "measure the figures of the design",
}

EXIT_REFUSED = 2


def main(arguments: Sequence[str]) -> int:
    """Run one command; errors a person may meet become one plain line."""
    _speak_utf8()
    parser = build_parser()
    parsed = parser.parse_args(arguments or ["run"])
    use_language(parsed.language)
    command = import_module(f"pos_app.cli.{_module(parsed.command)}")
    try:
        return int(command.run(parsed))
    except GuitaiError as error:
        from ui.messages import explain

        sys.stderr.write(explain(error).sentence + "\n")
        return EXIT_REFUSED


def build_parser() -> argparse.ArgumentParser:
    """Return the parser with every command's own options."""
    parser = argparse.ArgumentParser(prog="guitai", description="Guitai 柜台")
    parser.add_argument("--version", action="version", version=__version__)
    parser.add_argument("--language", default="en", help="zh-CN, zh-TW or en")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, words in COMMANDS.items():
        own = commands.add_parser(name, help=words, description=words)
        import_module(f"pos_app.cli.{_module(name)}").add_options(own)
    return parser


def add_folder_option(parser: argparse.ArgumentParser) -> None:
    """Add --shop, the folder of the shop that a command works on."""
    parser.add_argument("--shop", type=Path, help="shop folder (default: this user's)")


def _module(command: str) -> str:
    return "import_items" if command == "import" else command


def _speak_utf8() -> None:
    """Write UTF-8 whatever the console's code page says."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
