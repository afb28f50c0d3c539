"""guitai export items: the catalogue as a file that `guitai import` reads back."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from hardware.system_clock import SystemClock
from pos_app.cli import (
    add_folder_option,
    add_json_option,
    say_json,
    say_progress,
    shop_path,
)
from pos_app.errors import UserError
from pos_app.i18n import _, current_language
from pos_app.persistence.catalog.item_stream import ItemStream
from pos_app.persistence.catalog.opening import open_catalog_reader
from pos_app.persistence.durable_file import file_error, sync_file, sync_folder
from pos_app.persistence.key_ring import open_key_ring
from pos_app.persistence.shop_folder import ShopFolder
from pos_app.services.item_export_file import ExportReport, export_items

KINDS = (".csv", ".xlsx")


def add_options(parser: argparse.ArgumentParser) -> None:
    """Describe the command's options."""
    parser.add_argument("what", choices=["items"], help="what to write")
    parser.add_argument("file", type=Path, help="CSV or XLSX, by its name")
    add_folder_option(parser)
    add_json_option(parser)


def run(parsed: argparse.Namespace) -> int:
    """Write the items; the till may go on selling meanwhile."""
    file = parsed.file
    if file.suffix.lower() not in KINDS:
        raise UserError("file_kind_unknown", file=file.name)
    report = _export(ShopFolder(shop_path(parsed)), file)
    if parsed.json:
        facts = {"items": report.items, "lines": report.lines}
        say_json({"file": str(file), **facts, "left_out": report.nameless})
        return 0
    if sys.stderr.isatty():
        print(file=sys.stderr)
    print(
        _(
            "{items} items in {lines} lines: {file}",
            items=report.items,
            lines=report.lines,
            file=file,
        )
    )
    if report.nameless:
        count = report.nameless
        print(_("{count} items have no number and were left out", count=count))
    return 0


def _export(folder: ShopFolder, file: Path) -> ExportReport:
    """Write beside the file and put it in its place whole, or not at all."""
    aside = file.with_name(f".{file.stem}.new{file.suffix}")
    engine = open_catalog_reader(folder.catalog, open_key_ring(folder.root).catalog_key)
    now = SystemClock().now()
    try:
        with engine.begin() as connection:
            stream = ItemStream(connection)
            report = export_items(stream, aside, now, current_language(), _progress)
        sync_file(aside)
        aside.replace(file)
        sync_folder(file.parent)
    except OSError as error:
        raise file_error(error, file) from error
    finally:
        aside.unlink(missing_ok=True)
        engine.dispose()
    return report


def _progress(items: int) -> None:
    words = _("{count} items", count=items)
    if sys.stderr.isatty():
        print(f"\r{words}", end="", file=sys.stderr, flush=True)
    elif items % 100_000 == 0 and items:
        say_progress(words)
