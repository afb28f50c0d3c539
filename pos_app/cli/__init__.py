"""The command line: guitai run | replay | import | doctor | backup | bench and more."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from typing_extensions import override

from pos_app import __version__
from pos_app.errors import GuitaiError
from pos_app.i18n import LANGUAGES, use_language

#: Command -> what it does; each lives in a module of its own, loaded when asked.
COMMANDS = {
    "run": "open the till",
    "setup": "make a new shop from a set-up file",
    "replay": "replay what a cashier does from JSON lines",
    "import": "import items, promotions or members from a file",
    "export": "write items, stock, promotions or members to a file",
    "rules": "show, change or try the barcodes that carry a weight or price",
    "verify": "say whether an exported journal is whole",
    "devices": "list drivers and devices, record a device, replay a recording",
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
    parsed = build_parser().parse_args(arguments or ["run"])
    use_language(parsed.language)
    command = import_module(f"pos_app.cli.{_module_of(parsed.command)}")
    try:
        return int(command.run(parsed))
    except GuitaiError as error:
        _explain(error, as_json=getattr(parsed, "json", False))
        return EXIT_REFUSED
    except BrokenPipeError:  # `guitai replay … | head`: nobody reads on
        _stop_speaking()
        return EXIT_REFUSED


def say_json(value: object) -> None:
    """Write a value for programs, as one line of JSON."""
    print(json.dumps(value, ensure_ascii=False))


def say_progress(text: str) -> None:
    """Write a word for a person who waits; standard output is for answers."""
    print(text, file=sys.stderr, flush=True)


def _explain(error: GuitaiError, *, as_json: bool) -> None:
    from ui.messages import explain

    words = explain(error).sentence
    say_progress(words)
    if as_json:
        params = {name: str(value) for name, value in error.params.items()}
        say_json({"error": error.key, "params": params, "words": words})


def _stop_speaking() -> None:
    """Send what is still unwritten nowhere, so that leaving does not fail again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class _CommandParser(argparse.ArgumentParser):
    """Learns a command's options when that command is the one asked for.

    Loading every command's module would cost the till's cold start 0.3 s.
    """

    def __init__(self, *, module: str, prog: str, description: str) -> None:
        super().__init__(prog=prog, description=description)
        self._module: str | None = module

    @override
    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Load the command and parse its options."""
        module, self._module = self._module, None
        if module is not None:
            import_module(f"pos_app.cli.{module}").add_options(self)
        return super().parse_known_args(args, namespace)


def build_parser() -> argparse.ArgumentParser:
    """Return the parser; a command's own options are loaded when it is asked for."""
    parser = argparse.ArgumentParser(prog="guitai", description="Guitai 柜台")
    parser.add_argument("--version", action="version", version=__version__)
    parser.add_argument(
        "--language", default="en", choices=LANGUAGES, help="of what is said"
    )
    commands = parser.add_subparsers(
        dest="command", required=True, parser_class=_CommandParser
    )
    for name, words in COMMANDS.items():
        commands.add_parser(
            name, help=words, module=_module_of(name), description=words
        )
    return parser


def add_folder_option(parser: argparse.ArgumentParser) -> None:
    """Add --shop, the folder of the shop that a command works on."""
    parser.add_argument("--shop", type=Path, help="shop folder (default: this user's)")


def add_json_option(parser: argparse.ArgumentParser) -> None:
    """Add --json, for programs that read the answer."""
    parser.add_argument("--json", action="store_true", help="answer as JSON")


def add_person_options(parser: argparse.ArgumentParser) -> None:
    """Add who does something with members, with whom, and what for."""
    parser.add_argument("--by", help="members: number of whoever does it")
    parser.add_argument("--approved-by", help="members: number of a second person")


def shop_path(parsed: argparse.Namespace) -> Path:
    """Return the shop folder that was named, or this user's."""
    if parsed.shop:
        return Path(parsed.shop)
    from pos_app.config import default_places

    return default_places().shop


def _module_of(command: str) -> str:
    return "import_items" if command == "import" else command


def _speak_utf8() -> None:
    """Write UTF-8 whatever the console's code page says."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")
