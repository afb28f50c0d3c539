"""guitai export: the catalogue as `guitai import` reads it back, or the stock."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TypeVar

from hardware.system_clock import SystemClock
from pos_app.cli import (
    add_folder_option,
    add_json_option,
    add_person_options,
    say_json,
    say_progress,
    shop_path,
)
from pos_app.cli.stock_book import StockBook
from pos_app.errors import UserError
from pos_app.i18n import _, current_language
from pos_app.persistence.catalog.item_stream import ItemStream
from pos_app.persistence.catalog.opening import open_catalog_reader
from pos_app.persistence.durable_file import file_error, sync_file, sync_folder
from pos_app.persistence.key_ring import KeyRing, open_key_ring
from pos_app.persistence.shop_folder import ShopFolder
from pos_app.services.item_export_file import ExportReport, export_items
from pos_app.services.stock_export_file import StockExportReport, export_stock
from pos_app.values.money import format_minor

KINDS = (".csv", ".xlsx")
MEMBERS = ("members", "member")
Report = TypeVar("Report")


def add_options(parser: argparse.ArgumentParser) -> None:
    """Describe the command's options."""
    parser.add_argument(
        "what",
        choices=["items", "stock", "promotions", "members", "member"],
        help="what to write",
    )
    parser.add_argument("file", type=Path, help="CSV or XLSX, by its name, or JSON")
    parser.add_argument("--member", help="member: phone, card or id of the person")
    purposes = "request, contact, correction, dispute or law"
    parser.add_argument("--purpose", help=f"members in full: {purposes}")
    add_folder_option(parser)
    add_json_option(parser)
    add_person_options(parser)


def run(parsed: argparse.Namespace) -> int:
    """Write the items or the stock; the till may go on selling meanwhile."""
    file = parsed.file
    if parsed.what == "promotions":
        from pos_app.cli.promotion_files import export_promotions

        folder = ShopFolder(shop_path(parsed))
        export_promotions(folder, file, is_json=parsed.json)
        return 0
    if parsed.what in MEMBERS:
        from pos_app.cli.member_files import export_member, export_members

        write = export_members if parsed.what == "members" else export_member
        return write(ShopFolder(shop_path(parsed)), parsed)
    if file.suffix.lower() not in KINDS:
        raise UserError("file_kind_unknown", file=file.name)
    folder = ShopFolder(shop_path(parsed))
    tell = _tell_items if parsed.what == "items" else _tell_stock
    tell(folder, file, is_json=parsed.json)
    return 0


def _tell_items(folder: ShopFolder, file: Path, *, is_json: bool) -> None:
    report = _aside(file, lambda aside: _export_items(folder, aside))
    if is_json:
        facts = {"items": report.items, "lines": report.lines}
        say_json({"file": str(file), **facts, "left_out": report.nameless})
        return
    _end_progress()
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


def _tell_stock(folder: ShopFolder, file: Path, *, is_json: bool) -> None:
    report, currency = _aside(file, lambda aside: _export_stock(folder, aside))
    value = format_minor(report.value_minor, currency)
    if is_json:
        facts = {"items": report.items, "below_zero": report.below_zero}
        costs = {"value": value, "currency": currency}
        told = {**facts, **costs, "without_cost": report.without_cost}
        say_json({"file": str(file), **told})
        return
    _end_progress()
    print(_("{count} items: {file}", count=report.items, file=file))
    print(_("On hand at cost: {amount}", amount=f"{value} {currency}"))
    if report.without_cost:
        print(_("{count} of them have no cost", count=report.without_cost))
    if report.below_zero:
        print(_("{count} are below zero", count=report.below_zero))


def _export_items(folder: ShopFolder, aside: Path) -> ExportReport:
    engine = open_catalog_reader(folder.catalog, _ring(folder).catalog_key)
    now = SystemClock().now()
    try:
        with engine.begin() as connection:
            stream = ItemStream(connection)
            return export_items(stream, aside, now, current_language(), _progress)
    finally:
        engine.dispose()


def _export_stock(folder: ShopFolder, aside: Path) -> tuple[StockExportReport, str]:
    """Write the stock; return what was written, and the shop's currency."""
    ring = _ring(folder)
    engine = open_catalog_reader(folder.catalog, ring.catalog_key)
    try:
        with (
            closing(StockBook(folder, ring.ledger_key)) as book,
            engine.begin() as connection,
        ):
            stream = ItemStream(connection, with_retired=True)
            report = export_stock(
                stream, book.figures, aside, current_language(), _progress
            )
            return report, stream.shop().rules.currency
    finally:
        engine.dispose()


def _ring(folder: ShopFolder) -> KeyRing:
    return open_key_ring(folder.root)


def _aside(file: Path, write: Callable[[Path], Report]) -> Report:
    """Write beside the file and put it in its place whole, or not at all."""
    aside = file.with_name(f".{file.stem}.new{file.suffix}")
    try:
        report = write(aside)
        sync_file(aside)
        aside.replace(file)
        sync_folder(file.parent)
    except OSError as error:
        raise file_error(error, file) from error
    finally:
        aside.unlink(missing_ok=True)
    return report


def _end_progress() -> None:
    if sys.stderr.isatty():
        print(file=sys.stderr)


def _progress(items: int) -> None:
    words = _("{count} items", count=items)
    if sys.stderr.isatty():
        print(f"\r{words}", end="", file=sys.stderr, flush=True)
    elif items % 100_000 == 0 and items:
        say_progress(words)
