"""Reads one line of an item file: values, or what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import tzinfo
from decimal import Decimal
from typing import TypeVar

from pos_app.errors import UserError
from pos_app.services.item_columns import MAY_BE_EMPTIED, Columns, ItemField
from pos_app.services.item_dates import parse_end, parse_start
from pos_app.services.item_file import FileRow
from pos_app.services.item_rules import read_cap, read_returnable
from pos_app.services.item_texts import shown_text, split_tags
from pos_app.services.item_units import read_unit
from pos_app.services.item_values import RowProblem, RowValues
from pos_app.values.gs1.check_digit import has_valid_check_digit, is_digits
from pos_app.values.gs1.gtin import GTIN_LENGTHS, clean_code, has_lost_zeros
from pos_app.values.money import parse_minor
from pos_app.values.quantity import parse_quantity
from pos_app.values.times import Period, Timestamp

NAME_LIMIT = 300
NUMBER_LIMIT = 60
#: The dearest thing a shop sells, in minor units; dearer is a slipped column.
PRICE_LIMIT_MINOR = 10**10

#: Columns of names in other languages -> language tag.
LANGUAGE_OF = {
    ItemField.NAME_EN: "en",
    ItemField.NAME_ZH_CN: "zh-CN",
    ItemField.NAME_ZH_TW: "zh-TW",
}
_TEXTS = (
    ItemField.NAME,
    *LANGUAGE_OF,
    ItemField.CATEGORY,
    ItemField.UNIT,
    ItemField.BOX_UNIT,
    ItemField.VARIANT,
    ItemField.SPEC,
    ItemField.BRAND,
    ItemField.TAGS,
)
_SEPARATORS = str.maketrans(dict.fromkeys(",;、/|，；\n\t", " "))

Parsed = TypeVar("Parsed")


@dataclass(frozen=True, slots=True)
class ShopMoney:
    """What amounts, rates and dates of a file mean in a shop.

    Attributes:
        currency: ISO 4217. tax_keys: name or rate -> tax category.
        zone: whose midnight a day begins at.
    """

    currency: str
    tax_keys: Mapping[str, str]
    zone: tzinfo


class RowReader:
    """Reads the lines of one file."""

    def __init__(self, columns: Columns, shop: ShopMoney) -> None:
        """Take the columns, and what amounts and dates mean in this shop."""
        self._columns = columns
        self._money = shop

    def read(self, row: FileRow) -> RowValues:
        """Return what a line says, with every problem that it has."""
        values = RowValues(row.line)
        texts = {wanted: self._columns.text(row.cells, wanted) for wanted in ItemField}
        for wanted, column in self._columns.positions.items():
            if column in row.uncalculated and wanted not in _TEXTS:
                self._refuse(values, wanted, "", "import_formula")
        self._read_numbers(values, texts)
        self._read_names(values, texts)
        self._read_unit(values, texts)
        self._read_box(values, texts)
        self._read_period(values, texts)
        self._read_tax(values, texts[ItemField.TAX])
        self._read_rules(values, texts)
        if not (values.sku or values.barcodes or values.plu):
            self._refuse(values, ItemField.BARCODE, "", "import_number_missing")
        else:
            self._read_emptied(values, row)
        return values

    # --------------------------------------------------------------- one field

    def _read_emptied(self, values: RowValues, row: FileRow) -> None:
        field_at = {at: wanted for wanted, at in self._columns.positions.items()}
        emptied = {field_at[at] for at in row.emptied if at in field_at}
        for wanted in sorted(emptied - MAY_BE_EMPTIED):
            self._refuse(values, wanted, "", "import_emptied")
        values.emptied = frozenset(emptied & MAY_BE_EMPTIED)

    def _read_numbers(self, values: RowValues, texts: Mapping[ItemField, str]) -> None:
        values.sku = clean_code(texts[ItemField.SKU])
        values.plu = clean_code(texts[ItemField.PLU])
        values.parent_sku = clean_code(texts[ItemField.PARENT_SKU])
        for wanted in (ItemField.SKU, ItemField.PLU, ItemField.PARENT_SKU):
            text = clean_code(texts[wanted])
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
        codes = split_codes(texts[wanted])
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
        for wanted, language in LANGUAGE_OF.items():
            if name := shown_text(texts[wanted]):
                values.names[language] = name
        values.category = shown_text(texts[ItemField.CATEGORY])
        values.variant = shown_text(texts[ItemField.VARIANT]) or None
        values.spec = shown_text(texts[ItemField.SPEC]) or None
        values.brand = shown_text(texts[ItemField.BRAND])
        values.tags = split_tags(texts[ItemField.TAGS])
        for wanted in _TEXTS:
            if len(texts[wanted]) > NAME_LIMIT:
                self._refuse(values, wanted, texts[wanted], "import_text_too_long")

    def _read_unit(self, values: RowValues, texts: Mapping[ItemField, str]) -> None:
        name = texts[ItemField.UNIT]
        said = read_unit(name, texts[ItemField.UNIT_CODE], texts[ItemField.WEIGHED])
        if said.refused:
            self._refuse(values, ItemField.UNIT, name, said.refused)
        values.unit_name, values.unit_code = said.name, said.code
        values.sell_by = said.sell_by
        values.is_unit_code_said = bool(texts[ItemField.UNIT_CODE])
        self._read_amounts(values, texts)
        if said.is_half_kilogram:
            values.price_minor = _doubled(values.price_minor)
            values.cost_minor = _doubled(values.cost_minor)
            values.floor_minor = _doubled(values.floor_minor)
            values.member_minor = _doubled(values.member_minor)
            self._warn(values, ItemField.UNIT, name, "import_unit_half_kilogram")

    def _read_amounts(self, values: RowValues, texts: Mapping[ItemField, str]) -> None:
        price = self._amount(values, ItemField.PRICE, texts)
        cost = self._amount(values, ItemField.COST, texts)
        values.price_minor, values.cost_minor = price, cost
        values.floor_minor = self._amount(values, ItemField.FLOOR, texts)
        values.member_minor = self._amount(values, ItemField.MEMBER_PRICE, texts)
        if price == 0:
            text = texts[ItemField.PRICE]
            self._warn(values, ItemField.PRICE, text, "import_price_zero")
        if price is not None and cost is not None and cost > price:
            text = texts[ItemField.COST]
            self._warn(values, ItemField.COST, text, "import_cost_above_price")

    def _read_period(self, values: RowValues, texts: Mapping[ItemField, str]) -> None:
        start = end = None
        if text := texts[ItemField.VALID_FROM]:
            start = self._parsed(values, ItemField.VALID_FROM, text, self._start)
        if text := texts[ItemField.VALID_UNTIL]:
            end = self._parsed(values, ItemField.VALID_UNTIL, text, self._end)
        if start is not None and end is not None and end <= start:
            self._refuse(values, ItemField.VALID_UNTIL, text, "import_period_backwards")
        has_price = values.price_minor is not None or values.box_price_minor is not None
        if has_price:
            values.period = Period(start, end)

    def _start(self, text: str) -> Timestamp:
        return parse_start(text, self._money.zone)

    def _end(self, text: str) -> Timestamp | None:
        return parse_end(text, self._money.zone)

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
        return parse_minor(text, self._money.currency)

    def _read_box(self, values: RowValues, texts: Mapping[ItemField, str]) -> None:
        values.box_price_minor = self._amount(values, ItemField.BOX_PRICE, texts)
        text = texts[ItemField.BOX_PIECES]
        if text:
            values.box_pieces = self._parsed(
                values, ItemField.BOX_PIECES, text, parse_quantity
            )
        values.box_unit_name = shown_text(texts[ItemField.BOX_UNIT])
        if values.has_box and not text:
            self._refuse(values, ItemField.BOX_PIECES, "", "import_box_pieces_missing")

    def _read_tax(self, values: RowValues, text: str) -> None:
        if not text:
            return
        said = text.casefold().replace(" ", "")
        key = self._money.tax_keys.get(said) or self._money.tax_keys.get(_percent(said))
        if key is None:
            self._refuse(values, ItemField.TAX, text, "import_tax_unknown")
        values.tax_category = key

    def _read_rules(self, values: RowValues, texts: Mapping[ItemField, str]) -> None:
        if text := texts[ItemField.DISCOUNT_CAP]:
            wanted, values.cap_text = ItemField.DISCOUNT_CAP, text
            values.discount_cap = self._parsed(values, wanted, text, read_cap)
        if text := texts[ItemField.RETURNABLE]:
            wanted = ItemField.RETURNABLE
            values.is_returnable = self._parsed(values, wanted, text, read_returnable)

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


def split_codes(cell: str) -> tuple[str, ...]:
    """Return the barcodes that stand in one cell, each once."""
    parts = cell.translate(_SEPARATORS).split()
    return tuple(dict.fromkeys(code for part in parts if (code := clean_code(part))))


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
