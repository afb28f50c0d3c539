"""guitai rules: the table of barcodes that carry a weight, a price or a count."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

from hardware.system_clock import RandomIds, SystemClock
from pos_app.cli import (
    add_folder_option,
    add_json_option,
    say_json,
    say_progress,
    shop_path,
)
from pos_app.cli.catalog_session import catalog_session
from pos_app.domain.barcode_presets import preset, presets
from pos_app.domain.barcode_rule import BarcodeRule, Measured, MeasureKind, first_match
from pos_app.domain.item import Scanned
from pos_app.domain.journal import EntryKind
from pos_app.errors import UserError
from pos_app.i18n import _
from pos_app.persistence.catalog.opening import open_catalog_reader
from pos_app.persistence.catalog.reader import CatalogReader
from pos_app.persistence.durable_file import file_error
from pos_app.persistence.key_ring import open_key_ring
from pos_app.persistence.shop_folder import ShopFolder
from pos_app.ports.journal_notes import JournalNote
from pos_app.services.rule_table import read_rule_table, rule_to_plain, with_preset
from pos_app.values.gs1.gtin import clean_code
from pos_app.values.gs1.symbology import read_identifier
from pos_app.values.money import format_minor

EXIT_NOT_FOUND = 1


def add_options(parser: argparse.ArgumentParser) -> None:
    """Describe the command's options."""
    what = parser.add_mutually_exclusive_group()
    what.add_argument(
        "--preset", choices=presets(), type=str.upper, help="take a country's table"
    )
    what.add_argument(
        "--set", type=Path, metavar="FILE.json", help="take the table of a file"
    )
    what.add_argument("--try", dest="code", help="say what the table makes of a code")
    parser.add_argument(
        "--append", action="store_true", help="keep the table, add the preset after it"
    )
    add_folder_option(parser)
    add_json_option(parser)


def run(parsed: argparse.Namespace) -> int:
    """List, change or try the table."""
    folder = ShopFolder(shop_path(parsed))
    if parsed.code is not None:
        return _try(folder, parsed.code, as_json=parsed.json)
    if parsed.preset:
        added = preset(parsed.preset)
        rules = with_preset(_stored(folder), added, appends=parsed.append)
        return _store(folder, rules, as_json=parsed.json)
    if parsed.set:
        return _store(folder, _read(parsed.set), as_json=parsed.json)
    _show(_stored(folder), as_json=parsed.json)
    return 0


# ------------------------------------------------------------------ the table


@contextmanager
def _reader(folder: ShopFolder) -> Iterator[CatalogReader]:
    ring = open_key_ring(folder.root)
    engine = open_catalog_reader(folder.catalog, ring.catalog_key)
    reader = CatalogReader(engine)
    try:
        yield reader
    finally:
        reader.close()
        engine.dispose()


def _stored(folder: ShopFolder) -> Sequence[BarcodeRule]:
    with _reader(folder) as reader:
        return reader.barcode_rules()


def _read(file: Path) -> list[BarcodeRule]:
    """Read the rules of a file; every rule that cannot work is said."""
    from ui.messages import explain

    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise UserError("rules_unreadable", line=1) from error
    except FileNotFoundError as error:
        raise UserError("file_missing", file=file.name) from error
    except OSError as error:
        raise file_error(error, file) from error
    rules, problems = read_rule_table(text)
    for problem in problems:
        words = explain(problem.error).sentence
        say_progress(_("line {line}", line=problem.line) + f": {words}")
    if problems:
        lines = ", ".join(str(problem.line) for problem in problems)
        raise UserError("rules_refused", count=len(problems), lines=lines)
    return rules


def _store(folder: ShopFolder, rules: list[BarcodeRule], *, as_json: bool) -> int:
    """Replace the table; the journal gets it before and after."""
    with catalog_session(folder) as session:
        before = session.editor.barcode_rules()
        if list(before) != rules:
            body = {
                "at": str(SystemClock().now()),
                "barcode_rules": {
                    "before": [rule_to_plain(rule) for rule in before],
                    "after": [rule_to_plain(rule) for rule in rules],
                },
            }
            note = JournalNote(RandomIds().new(), EntryKind.SETTINGS_CHANGED, body)
            session.editor.put_barcode_rules(rules, note)
    _show(rules, as_json=as_json)
    if not (as_json or session.is_journalled):
        print(_("The till is running; it will note this in its journal itself."))
    return 0


def _show(rules: Sequence[BarcodeRule], *, as_json: bool) -> None:
    if as_json:
        say_json([rule_to_plain(rule) for rule in rules])
        return
    if not rules:
        print(_("The table is empty: no barcode carries a weight or a price."))
    kinds = {
        MeasureKind.WEIGHT: _("weight"),
        MeasureKind.PRICE: _("price"),
        MeasureKind.COUNT: _("count"),
    }
    for place, rule in enumerate(rules, start=1):
        marks = [] if rule.is_enabled else [_("off")]
        marks += [] if rule.is_verified else [_("unverified")]
        measure = f"{kinds[rule.kind]} ({rule.decimals})"
        line = f"{place:3} {rule.pattern:20} {measure:12} {rule.name}"
        print(f"{line}  [{', '.join(marks)}]" if marks else line)
    if not all(rule.is_verified for rule in rules):
        print(
            _(
                "No published source confirms the unverified rules: try one of your"
                " own labels with --try before you trust them."
            )
        )


# -------------------------------------------------------------------- a trial


def _try(folder: ShopFolder, text: str, *, as_json: bool) -> int:
    """Say what the table and the catalogue make of a code."""
    code = read_identifier(clean_code(text)).data
    with _reader(folder) as reader:
        measured = first_match(reader.barcode_rules(), code)
        found = reader.scan(text, SystemClock().now())
        currency = reader.shop().rules.currency
    if as_json:
        say_json(_plain(code, measured, found, currency))
    else:
        _say_trial(measured, found, currency)
    return 0 if found else EXIT_NOT_FOUND


def _plain(
    code: str, measured: Measured | None, found: Scanned | None, currency: str
) -> dict[str, Any]:
    total = measured.total_minor(currency) if measured else None
    return {
        "code": code,
        "rule": rule_to_plain(measured.rule) if measured else None,
        "item_digits": measured.item_digits if measured else None,
        "quantity": _text(measured.quantity) if measured else None,
        "total": None if total is None else format_minor(total, currency),
        "item": found
        and {
            "sku": found.unit.sku,
            "name": found.unit.name,
            "unit": found.unit.unit_name,
            "source": found.unit.source.value,
            "quantity": _text(found.quantity),
        },
    }


def _say_trial(measured: Measured | None, found: Scanned | None, currency: str) -> None:
    if measured is None:
        print(_("No rule of the table fits this code."))
    else:
        print(_("Rule: {name} {pattern}", **_words(measured.rule)))
        print(_("Item number in the code: {digits}", digits=measured.item_digits))
        if measured.quantity is not None:
            print(_("Quantity: {quantity}", quantity=_text(measured.quantity)))
        total = measured.total_minor(currency)
        if total is not None:
            shown = format_minor(total, currency)
            print(_("Price: {price} {currency}", price=shown, currency=currency))
    if found is None:
        print(_("No item of the catalogue has this number."))
        return
    unit = found.unit
    print(_("Item: {sku} {name} ({unit})", sku=unit.sku, name=unit.name, unit=unit.unit_name))  # fmt: skip
    if measured is not None and found.quantity is None and found.total_minor is None:
        print(_("It has this very barcode, which goes before the rules."))


def _words(rule: BarcodeRule) -> dict[str, object]:
    return {"name": rule.name, "pattern": rule.pattern}


def _text(quantity: Decimal | None) -> str | None:
    return None if quantity is None else f"{quantity:f}"
