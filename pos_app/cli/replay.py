"""guitai replay: what a cashier does in, finished documents out."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pos_app.bootstrap import Options, Till, create_shop
from pos_app.cli.demo_shop import prepare_demo
from pos_app.errors import UserError
from pos_app.persistence.key_store import FileKeyStore
from pos_app.persistence.shop_folder import ShopFolder
from pos_app.services.replay import Replay, ReplayClock
from pos_app.services.replay_commands import schema
from pos_app.services.replay_documents import as_line
from pos_app.services.setup_file import read_setup


def add_options(parser: argparse.ArgumentParser) -> None:
    """Describe the command's options."""
    parser.add_argument("file", nargs="?", type=Path, help="JSON lines; - is stdin")
    parser.add_argument("--setup", type=Path, help="throw-away shop from this file")
    parser.add_argument(
        "--schema", action="store_true", help="print the JSON Schema of a line"
    )
    parser.add_argument("--shop", type=Path, help="sell in this shop folder")
    parser.add_argument(
        "--refusals", action="store_true", help="refusals to standard output too"
    )
    parser.add_argument(
        "--what-if",
        type=Path,
        metavar="PROMOTION.json",
        help="say what a promotion would have done to these baskets",
    )
    parser.add_argument(
        "--json", action="store_true", help="documents always are; --what-if as JSON"
    )


def run(parsed: argparse.Namespace) -> int:
    """Replay the file; exit code 1 when any line was refused."""
    if parsed.schema:
        print(json.dumps(schema(), ensure_ascii=False))
        return 0
    clock = ReplayClock()
    if parsed.what_if:
        return _what_if(parsed, clock)
    with _till(parsed, clock) as till, _lines(parsed.file) as lines:
        return _replay(Replay(till.counter, clock), lines, refusals=parsed.refusals)


def _what_if(parsed: argparse.Namespace, clock: ReplayClock) -> int:
    """Try a promotion; a real shop's own sales where no file is named."""
    from pos_app.cli.what_if import say_result, what_if

    with _till(parsed, clock) as till, _lines(parsed.file) as lines:
        replay = None if parsed.shop else Replay(till.counter, clock)
        own = parsed.shop is not None and parsed.file is None
        tried = what_if(parsed.what_if, till, replay, None if own else lines)
        currency = till.counter.desk.shop.rules.currency
        say_result(tried, currency, as_json=parsed.json)
    return 1 if tried.refused else 0


def _replay(replay: Replay, lines: Iterator[str], *, refusals: bool) -> int:
    refused = 0
    for document in replay.run(lines):
        is_refusal = "refused" in document
        refused += is_refusal
        stream = sys.stderr if is_refusal and not refusals else sys.stdout
        stream.write(as_line(document) + "\n")
        stream.flush()
    return 1 if refused else 0


@contextmanager
def _till(parsed: argparse.Namespace, clock: ReplayClock) -> Iterator[Till]:
    options = Options(clock=clock, with_printer=False)
    if parsed.shop and parsed.what_if:  # its own days, by its own clock
        options = Options(with_printer=False)
    if parsed.shop:
        with Till(ShopFolder(parsed.shop), options) as till:
            yield till
        return
    with tempfile.TemporaryDirectory(prefix="guitai-replay-") as name:
        folder = ShopFolder(Path(name) / "shop")
        if parsed.setup:
            create_shop(folder, read_setup(parsed.setup), FileKeyStore(folder.root))
        else:
            prepare_demo(folder)  # with its members, as `run --demo` has it
        with Till(folder, options) as till:
            yield till


@contextmanager
def _lines(file: Path | None) -> Iterator[Iterator[str]]:
    if file is None or str(file) == "-":
        # Bytes that are no UTF-8 spoil their own line only.
        with open(0, encoding="utf-8-sig", errors="replace", closefd=False) as lines:
            yield iter(lines)
        return
    if not file.is_file():
        raise UserError("replay_missing", file=file.name)
    with file.open(encoding="utf-8-sig", errors="replace") as handle:
        yield iter(handle)
