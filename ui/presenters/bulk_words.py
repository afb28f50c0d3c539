"""What bulk changes, their fields, warnings and rows are called on the screen."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from pos_app.domain.bulk_edit import (
    BulkDocument,
    BulkField,
    BulkKind,
    BulkRow,
    BulkWarning,
    Fields,
    Plain,
    PriceEnding,
)
from pos_app.i18n import N_, _, plural
from pos_app.services.item_fields import GONE, NAMES, UNIT
from pos_app.values.percentage import Percentage
from ui.format import MINUS, amount

FIELD_NAMES: Mapping[BulkField, str] = {
    BulkField.PRICE_PERCENT: N_("Price by percent"),
    BulkField.PRICE_AMOUNT: N_("Price by amount"),
    BulkField.PRICE_SET: N_("New price"),
    BulkField.TAX: N_("Tax rate"),
    BulkField.CATEGORY: N_("Category"),
    BulkField.RETURNABLE: N_("May come back"),
    BulkField.DISCOUNT_CAP: N_("Largest discount"),
    BulkField.ACTIVE: N_("On sale"),
}
WARNINGS: Mapping[BulkWarning, str] = {
    BulkWarning.SAME: N_("No change"),
    BulkWarning.ZERO: N_("Price becomes zero"),
    BulkWarning.BELOW_ZERO: N_("Would fall below zero"),
    BulkWarning.BELOW_COST: N_("Below cost"),
    BulkWarning.NO_PRICE: N_("Has no price"),
    BulkWarning.FOR_A_WHILE: N_("Another price for a while"),
    BulkWarning.EMPTIED: N_("A cell was emptied"),
    BulkWarning.CHANGED: N_("Changed by somebody since"),
    BulkWarning.ITEM_GONE: N_("The item was deleted"),
    BulkWarning.CATEGORY_GONE: N_("Its category was deleted"),
    BulkWarning.TAX_GONE: N_("Its tax was deleted"),
    BulkWarning.NUMBER_TAKEN: N_("Another item has its number now"),
    BulkWarning.FIRST_PRICE: N_("A first price cannot be taken away"),
    BulkWarning.COST_STAYS: N_("The cost stays"),
}
_FIELDS: Mapping[str, str] = {
    "sku": N_("SKU"),
    "name": N_("Name of the goods"),
    "variant": N_("Variant"),
    "spec": N_("Size or grade"),
    "icon": N_("Icon"),
    "tax_category": N_("Tax rate"),
    "category_id": N_("Category"),
    "parent_id": N_("Variant of"),
    "is_active": N_("On sale"),
    "is_returnable": N_("May come back"),
    "discount_cap": N_("Largest discount"),
}
_UNIT_FIELDS: Mapping[str, str] = {
    "price": N_("Price"),
    "cost": N_("Cost"),
    "periods": N_("Price for a while"),
    "barcodes": N_("Barcode"),
    "plu": N_("PLU"),
    "name": N_("Unit"),
    "code": N_("Unit code"),
    "pieces": N_("Pieces"),
    "sell_by": N_("Sold by"),
}
_KINDS: Mapping[BulkKind, str] = {
    BulkKind.EDIT: N_("Changed by hand"),
    BulkKind.IMPORT: N_("From a spreadsheet"),
    BulkKind.UNDO: N_("Set back"),
}
_ENDINGS: Mapping[PriceEnding, str] = {
    PriceEnding.ANY: N_("As it comes"),
    PriceEnding.ZERO: N_("Ends in 0"),
    PriceEnding.NINE: N_("Ends in 9"),
}
#: Changes of one row that are told; the rest is counted.
_TOLD = 3


class FieldWords:
    """Writes fields in words; knows what keys of taxes and categories are called."""

    def __init__(
        self, currency: str, taxes: Mapping[str, str], categories: Mapping[str, str]
    ) -> None:
        self._currency = currency
        self._named = {"tax_category": taxes, "category_id": categories}

    def changes(self, row: BulkRow) -> str:
        """Return what becomes of an item: "Price 12.80 → 13.50"."""
        if row.added:
            prices = [v for k, v in row.after.items() if k.endswith(":price")]
            price = prices[0] if prices else None
            told = self._value("price", price)
            return _("New item, price {price}", price=told)
        keys = [key for key in row.after if not _is_less(key, row.after)]
        parts = [self._change(key, row.before, row.after) for key in keys]
        rest = len(parts) - _TOLD
        more = plural("{count} more", "{count} more", rest) if rest > 0 else ""
        return " · ".join([*parts[:_TOLD], *([more] if more else [])])

    def _change(self, key: str, before: Fields, after: Fields) -> str:
        name = key.rpartition(":")[2] if key.startswith(UNIT) else key
        was, will = self._value(name, before.get(key)), self._value(name, after[key])
        if after[key] in GONE and before.get(key) not in GONE:
            return _("{field} {value} is taken away", field=field_name(key), value=was)
        return f"{field_name(key)} {was} → {will}"

    def _value(self, name: str, value: Plain) -> str:  # noqa: PLR0911 - one per sort
        if value in GONE:
            return "–"
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if name in {"price", "cost"} and isinstance(value, int):
            return amount(value, self._currency)
        if name == "discount_cap" and isinstance(value, int):
            return str(Percentage(value))
        if name == "periods" and isinstance(value, tuple):
            told = [amount(int(x.split("|")[0]), self._currency) for x in value]
            return ", ".join(told)
        if isinstance(value, tuple):
            return ", ".join(value)
        if name in self._named:
            return self._named[name].get(str(value), _("deleted"))
        return str(value)


def _is_less(key: str, after: Fields) -> bool:
    """Tell whether a unit's field says less than that the unit comes or goes."""
    if not key.startswith(UNIT) or key.endswith((":pieces", ":price")):
        return False
    pieces = key.rpartition(":")[0] + ":pieces"
    return pieces in after


def field_name(key: str) -> str:
    """Return what a field is called."""
    if key.startswith(UNIT):
        return _(_UNIT_FIELDS.get(key.rpartition(":")[2], N_("Unit")))
    if key.startswith(NAMES):
        words = _("Name of the goods")
        return f"{words} ({key.removeprefix(NAMES)})"
    return _(_FIELDS.get(key, N_("Name of the goods")))


def warning_words(row: BulkRow) -> str:
    """Return what is odd about a row."""
    return " · ".join(_(WARNINGS[warning]) for warning in row.warnings)


def ending_choices() -> tuple[tuple[str, str], ...]:
    """Return what a new price may end in."""
    return tuple((ending.value, _(words)) for ending, words in _ENDINGS.items())


def field_choices() -> tuple[tuple[str, str], ...]:
    """Return what can be changed."""
    return tuple((field.value, _(words)) for field, words in FIELD_NAMES.items())


def document_words(document: BulkDocument, words: FieldWords, currency: str) -> str:
    """Return what a document did: "Price by percent +5%", "items.xlsx"."""
    said = document.said
    if document.kind is BulkKind.UNDO:
        return _(_KINDS[document.kind])
    if document.kind is BulkKind.IMPORT:
        return f"{_(_KINDS[document.kind])}: {said.get('file', '')}"
    field = BulkField(str(said["field"]))
    told = _(FIELD_NAMES[field])
    if "percentage" in said:
        return f"{told} {_signed(str(said['percentage']))}"
    minor = said.get("minor")
    if isinstance(minor, int):
        return f"{told} {amount(minor, currency)}"
    row = BulkRow("", "", "", {}, {k: v for k, v in said.items() if k in _FIELDS})  # type: ignore[misc]
    return f"{told}: {words.changes(row).rpartition('→ ')[2]}"


def _signed(text: str) -> str:
    if text.startswith("-"):
        return MINUS + text[1:]
    return f"+{text}" if Decimal(text.removesuffix("%")) else text


def rows_words(count: int) -> str:
    """Return "3 items"."""
    return plural("{count} item", "{count} items", count)
