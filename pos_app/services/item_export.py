"""Writes items as the lines that the importer reads: export, edit, import.

Importing an export changes nothing. The first line of an item says everything of it
and its standing price; a price for a time, a price to come and a second box each have
a line of their own with the item's number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import tzinfo

from pos_app.domain.item import MEMBER_LEVEL, SellBy
from pos_app.domain.price import UnitPrice
from pos_app.ports.catalog_editing import ItemDraft, UnitDraft
from pos_app.services.item_columns import ItemField
from pos_app.services.item_dates import show_end, show_start
from pos_app.services.item_prices import prices_to_come, standing_price
from pos_app.services.item_row import LANGUAGE_OF, NUMBER_LIMIT, split_codes
from pos_app.services.item_rules import show_cap
from pos_app.services.item_texts import shown_text
from pos_app.values.gs1.gtin import clean_code
from pos_app.values.money import format_minor
from pos_app.values.times import Timestamp

#: The cells of one line; a field that is not there is empty.
Line = dict[ItemField, str]


@dataclass(frozen=True, slots=True)
class ExportContext:
    """What turns an item into text.

    Attributes:
        currency: ISO 4217. zone: whose days the periods are written in.
        now: prices that ended before are left out.
        categories: category id -> name. yes, no: words of the reader's language.
    """

    currency: str
    zone: tzinfo
    now: Timestamp
    categories: Mapping[str, str]
    yes: str = "yes"
    no: str = "no"


def lines_of(item: ItemDraft, parent_sku: str, context: ExportContext) -> list[Line]:
    """Return the lines of an item; none when it has no number to be known by."""
    base = item.units[0]
    number = _number(item)
    if not number:
        return []
    first = {**_described(item, parent_sku, context), **_unit(base, context)}
    first |= _price(ItemField.PRICE, standing_price(base.prices, context.now), context)
    boxes = [_box(unit, context) for unit in item.units[1:]]
    first |= boxes[0] if boxes else {}
    lines = [first, *({**number, **box} for box in boxes[1:])]
    lines += (
        {**number, **_price(ItemField.PRICE, row, context)}
        for row in prices_to_come(base.prices, context.now)
    )
    for unit, box in zip(item.units[1:], boxes, strict=True):
        for row in prices_to_come(unit.prices, context.now):
            price = _price(ItemField.BOX_PRICE, row, context)
            lines.append({**number, **box, **price})
    return lines


def _number(item: ItemDraft) -> Line:
    """Return the one number by which further lines mean the item."""
    codes = _codes(item.units[0])
    if sku := _plain(item.sku):
        return {ItemField.SKU: sku}
    if codes:
        return {ItemField.BARCODE: codes[0]}
    plu = item.units[0].plu
    return {ItemField.PLU: plu} if plu else {}


def _described(item: ItemDraft, parent_sku: str, context: ExportContext) -> Line:
    names = dict(item.names)
    return {
        ItemField.SKU: _plain(item.sku),
        ItemField.NAME: shown_text(item.name),
        **{
            column: shown_text(names.get(language, ""))
            for column, language in LANGUAGE_OF.items()
        },
        ItemField.VARIANT: shown_text(item.variant),
        ItemField.SPEC: shown_text(item.spec),
        ItemField.CATEGORY: context.categories.get(item.category_id or "", ""),
        ItemField.TAX: item.tax_category,
        ItemField.PARENT_SKU: _plain(parent_sku),
        ItemField.DISCOUNT_CAP: show_cap(item.discount_cap),
        ItemField.RETURNABLE: context.yes if item.is_returnable else context.no,
        ItemField.BRAND: shown_text(item.brand),
        ItemField.TAGS: ";".join(item.tags),
    }


def _unit(unit: UnitDraft, context: ExportContext) -> Line:
    cost = unit.cost_minor
    return {
        ItemField.BARCODE: ";".join(_codes(unit)),
        ItemField.PLU: unit.plu,
        ItemField.UNIT: shown_text(unit.unit_name),
        ItemField.UNIT_CODE: unit.unit_code,
        ItemField.WEIGHED: context.yes if unit.sell_by is SellBy.WEIGHT else context.no,
        ItemField.COST: "" if cost is None else format_minor(cost, context.currency),
        ItemField.FLOOR: _amount(unit.floor_minor or None, context),
        ItemField.MEMBER_PRICE: _amount(
            dict(unit.level_prices).get(MEMBER_LEVEL), context
        ),
    }


def _amount(minor: int | None, context: ExportContext) -> str:
    return "" if minor is None else format_minor(minor, context.currency)


def _box(unit: UnitDraft, context: ExportContext) -> Line:
    return {
        ItemField.BOX_UNIT: shown_text(unit.unit_name),
        ItemField.BOX_PIECES: f"{unit.pieces:f}",
        ItemField.BOX_BARCODE: ";".join(_codes(unit)),
        **_price(
            ItemField.BOX_PRICE, standing_price(unit.prices, context.now), context
        ),
    }


def _price(column: ItemField, row: UnitPrice | None, context: ExportContext) -> Line:
    """Return a price with its period; the standing price has no dates."""
    if row is None:
        return {column: ""}
    line = {column: format_minor(row.minor, context.currency)}
    start, end = row.period.start, row.period.end
    is_standing = end is None and (start is None or start <= context.now)
    if start is not None and not is_standing:
        line[ItemField.VALID_FROM] = show_start(start, context.zone)
    if end is not None:
        line[ItemField.VALID_UNTIL] = show_end(end, context.zone)
    return line


def _codes(unit: UnitDraft) -> list[str]:
    """Return the barcodes that a cell can hold; a separator in one would cut it."""
    return [code for code in unit.barcodes if split_codes(code) == (code,)]


def _plain(number: str) -> str:
    """Return a number that is read back as it stands; else nothing."""
    is_plain = clean_code(number) == number and len(number) <= NUMBER_LIMIT
    return number if is_plain else ""
