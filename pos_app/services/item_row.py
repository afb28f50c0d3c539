"""Reads one line of an item file: values, or what is wrong with them."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TypeVar

from pos_app.domain.item import SellBy
from pos_app.errors import UserError
from pos_app.services.item_columns import Columns, ItemField
from pos_app.services.item_file import FileRow
from pos_app.services.item_values import RowProblem, RowValues
from pos_app.values.gs1.check_digit import has_valid_check_digit, is_digits
from pos_app.values.gs1.gtin import GTIN_LENGTHS, clean_code, has_lost_zeros
from pos_app.values.money import parse_minor
from pos_app.values.quantity import BOX, GRAM, KILOGRAM, PIECE, parse_quantity

NAME_LIMIT = 300
NUMBER_LIMIT = 60
#: The dearest thing a shop sells, in minor units; dearer is a slipped column.
PRICE_LIMIT_MINOR = 10**10

_WEIGHTS = {
    "kg": KILOGRAM, "千克": KILOGRAM, "公斤": KILOGRAM, "kgm": KILOGRAM,
    "g": GRAM, "克": GRAM, "公克": GRAM, "grm": GRAM,
}  # fmt: skip
#: The mainland's 斤 is 500 g: priced by the kilogram, exactly twice.
_HALF_KILOGRAM = frozenset({"斤", "市斤"})
#: Taiwan's 斤 is 600 g; its price per kilogram is no whole amount.
_NOT_METRIC = frozenset({"台斤", "臺斤", "磅", "lb", "lbs", "oz", "盎司"})
_BOXES = frozenset({"箱", "case", "carton", "box", "整箱", "件箱"})
_YES = frozenset(
    {
        "1",
        "y",
        "yes",
        "true",
        "是",
        "称重",
        "稱重",
        "计重",
        "計重",
        "weight",
        "散装",
        "散裝",
    }
)
_TEXTS = (
    ItemField.NAME,
    ItemField.NAME_EN,
    ItemField.CATEGORY,
    ItemField.VARIANT,
    ItemField.SPEC,
)
_SEPARATORS = str.maketrans(dict.fromkeys(",;、/|，；\n\t", " "))

Parsed = TypeVar("Parsed")


class RowReader:
    """Reads the lines of one file."""

    def __init__(
        self, columns: Columns, currency: str, tax_keys: Mapping[str, str]
    ) -> None:
        """Take the columns, the currency and the names of tax categories."""
        self._columns = columns
        self._currency = currency
        self._tax_keys = tax_keys

    def read(self, row: FileRow) -> RowValues:
        """Return what a line says, with every problem that it has."""
        values = RowValues(row.line)
        texts = {wanted: self._columns.text(row.cells, wanted) for wanted in ItemField}
        self._read_numbers(values, texts)
        self._read_names(values, texts)
        self._read_unit(values, texts)
        self._read_amounts(values, texts)
        self._read_box(values, texts)
        self._read_tax(values, texts[ItemField.TAX])
        if not (values.sku or values.barcodes or values.plu):
            self._refuse(values, ItemField.BARCODE, "", "import_number_missing")
        return values

    # --------------------------------------------------------------- one field

    def _read_numbers(self, values: RowValues, texts: Mapping[ItemField, str]) -> None:
        values.sku = clean_code(texts[ItemField.SKU])
        values.plu = clean_code(texts[ItemField.PLU])
        for wanted, text in ((ItemField.SKU, values.sku), (ItemField.PLU, values.plu)):
            if len(text) > NUMBER_LIMIT:
                self._refuse(values, wanted, text, "import_number_too_long")
        values.barcodes = self._codes(values, ItemField.BARCODE, texts)
        values.box_barcodes = self._codes(values, ItemField.BOX_BARCODE, texts)
        if set(values.barcodes) & set(values.box_barcodes):
            text = texts[ItemField.BOX_BARCODE]
            self._refuse(values, ItemField.BOX_BARCODE, text, "import_box_same_barcode")

    def _codes(
        self, values: RowValues, wanted: ItemField, texts: Mapping[ItemField, str]
    ) -> tuple[str, ...]:
        """Return the barcodes of a cell: several may stand in it."""
        parts = texts[wanted].translate(_SEPARATORS).split()
        codes = tuple(
            dict.fromkeys(code for part in parts if (code := clean_code(part)))
        )
        for code in codes:
            if len(code) > NUMBER_LIMIT:
                self._refuse(values, wanted, code, "import_number_too_long")
            elif _is_scientific(code):
                self._refuse(values, wanted, code, "import_barcode_scientific")
            elif _has_wrong_check_digit(code):
                self._warn(values, wanted, code, "import_check_digit")
            elif has_lost_zeros(code):
                self._warn(values, wanted, code, "import_zeros_lost")
        return codes

    def _read_names(self, values: RowValues, texts: Mapping[ItemField, str]) -> None:
        values.name = shown_text(texts[ItemField.NAME])
        values.name_en = shown_text(texts[ItemField.NAME_EN])
        values.category = shown_text(texts[ItemField.CATEGORY])
        values.variant = shown_text(texts[ItemField.VARIANT]) or None
        values.spec = shown_text(texts[ItemField.SPEC]) or None
        for wanted in _TEXTS:
            if len(texts[wanted]) > NAME_LIMIT:
                self._refuse(values, wanted, texts[wanted], "import_text_too_long")

    def _read_unit(self, values: RowValues, texts: Mapping[ItemField, str]) -> None:
        name = shown_text(texts[ItemField.UNIT])
        said = name.casefold()
        if said in _NOT_METRIC:
            self._refuse(values, ItemField.UNIT, name, "import_unit_not_metric")
        elif said in _HALF_KILOGRAM:
            values.unit_name, values.unit_code = "kg", KILOGRAM
        elif name:
            values.unit_name = name
            values.unit_code = _WEIGHTS.get(said, BOX if said in _BOXES else PIECE)
        weighed = texts[ItemField.WEIGHED].casefold() in _YES
        if weighed and values.unit_code not in (KILOGRAM, GRAM):
            values.unit_name, values.unit_code = "kg", KILOGRAM
        if values.unit_code is not None:
            is_weight = values.unit_code in (KILOGRAM, GRAM)
            values.sell_by = SellBy.WEIGHT if is_weight else SellBy.COUNT

    def _read_amounts(self, values: RowValues, texts: Mapping[ItemField, str]) -> None:
        price = self._amount(values, ItemField.PRICE, texts)
        cost = self._amount(values, ItemField.COST, texts)
        if shown_text(texts[ItemField.UNIT]) in _HALF_KILOGRAM:
            price, cost = _doubled(price), _doubled(cost)
            unit = texts[ItemField.UNIT]
            self._warn(values, ItemField.UNIT, unit, "import_unit_half_kilogram")
        values.price_minor, values.cost_minor = price, cost
        if price == 0:
            text = texts[ItemField.PRICE]
            self._warn(values, ItemField.PRICE, text, "import_price_zero")
        if price is not None and cost is not None and cost > price:
            text = texts[ItemField.COST]
            self._warn(values, ItemField.COST, text, "import_cost_above_price")

    def _amount(
        self, values: RowValues, wanted: ItemField, texts: Mapping[ItemField, str]
    ) -> int | None:
        text = texts[wanted]
        if not text:
            return None
        minor = self._parsed(values, wanted, text, self._parse_price)
        if minor is None:
            return None
        if minor < 0:
            self._refuse(values, wanted, text, "import_price_negative")
        elif minor > PRICE_LIMIT_MINOR:
            self._refuse(values, wanted, text, "import_price_absurd")
        return minor

    def _parse_price(self, text: str) -> int:
        return parse_minor(text, self._currency)

    def _read_box(self, values: RowValues, texts: Mapping[ItemField, str]) -> None:
        values.box_price_minor = self._amount(values, ItemField.BOX_PRICE, texts)
        text = texts[ItemField.BOX_PIECES]
        if text:
            values.box_pieces = self._parsed(
                values, ItemField.BOX_PIECES, text, parse_quantity
            )
        has_box = bool(values.box_barcodes) or values.box_price_minor is not None
        if has_box and not text:
            self._refuse(values, ItemField.BOX_PIECES, "", "import_box_pieces_missing")

    def _read_tax(self, values: RowValues, text: str) -> None:
        if not text:
            return
        said = text.casefold().replace(" ", "")
        key = self._tax_keys.get(said) or self._tax_keys.get(_percent(said))
        if key is None:
            self._refuse(values, ItemField.TAX, text, "import_tax_unknown")
        values.tax_category = key

    def _parsed(
        self,
        values: RowValues,
        wanted: ItemField,
        text: str,
        parse: Callable[[str], Parsed],
    ) -> Parsed | None:
        try:
            return parse(text)
        except UserError as error:
            self._refuse(values, wanted, text, error.key)
            return None

    def _refuse(
        self, values: RowValues, wanted: ItemField, value: str, key: str
    ) -> None:
        column = self._columns.header(wanted)
        values.problems.append(RowProblem(values.line, column, value[:80], key))

    def _warn(self, values: RowValues, wanted: ItemField, value: str, key: str) -> None:
        column = self._columns.header(wanted)
        values.problems.append(
            RowProblem(values.line, column, value[:80], key, is_refusal=False)
        )


def shown_text(text: str) -> str:
    """Return a text fit for a screen: no control or direction-override characters.

    Right-to-left names stay as they are; only what could turn a whole line around
    (U+202A to U+202E, U+2066 to U+2069) goes. Joiners of emoji stay.
    """
    if text.isprintable():
        return " ".join(text.split())
    kept = (
        c if unicodedata.category(c) not in ("Cc", "Cs", "Co") else " "
        for c in text
        if not ("\u202a" <= c <= "\u202e" or "\u2066" <= c <= "\u2069")
    )
    return " ".join("".join(kept).split())


def _has_wrong_check_digit(code: str) -> bool:
    is_trade_number = is_digits(code) and len(code) in GTIN_LENGTHS
    return is_trade_number and not has_valid_check_digit(code)


def _is_scientific(code: str) -> bool:
    """Tell whether a spreadsheet has crushed a barcode to 6.90123E+12."""
    mantissa, mark, exponent = code.upper().partition("E+")
    return bool(mark) and exponent.isdecimal() and mantissa.replace(".", "").isdecimal()


def _doubled(amount: int | None) -> int | None:
    return None if amount is None else 2 * amount


def _percent(text: str) -> str:
    """Return 0.13 as 13%, which is how spreadsheets hold a percentage."""
    head, point, decimals = text.partition(".")
    if head in ("0", "") and point and decimals.isdecimal():
        shifted = Decimal(f"0.{decimals}") * 100
        return f"{shifted.normalize():f}%"
    return text
