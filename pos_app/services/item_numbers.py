"""Which line of a file said a number first: finds what a file says twice."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pos_app.services.item_values import RowValues
from pos_app.values.gs1.gtin import barcode_key

#: ("sku" | "barcode" | "plu", number in the form in which numbers are compared).
Number = tuple[str, str]


def identity_of(values: RowValues) -> Number:
    """Return by which number a line means its item."""
    return next(iter(numbers_of(values)))


def numbers_of(values: RowValues) -> Iterator[Number]:
    """Yield the numbers of a line that only one item may have, the surest first.

    A PLU counts where it is all there is; else the catalogue alone judges it.
    """
    if values.sku:
        yield "sku", values.sku
    for code in all_codes(values):
        yield "barcode", barcode_key(code)
    if values.plu and not values.sku and not values.barcodes:
        yield "plu", plu_number(values.plu)


def all_codes(values: RowValues) -> tuple[str, ...]:
    """Return every barcode of a line, its box's too."""
    return values.barcodes + values.box_barcodes


def plu_number(plu: str) -> str:
    """Return a PLU as it is compared: without leading zeros."""
    return plu.lstrip("0") or "0"


class SeenNumbers:
    """Remembers the first line of every number; numbers only, never items."""

    def __init__(self) -> None:
        self._lines: dict[Number, int] = {}
        self._said: dict[tuple[object, ...], int] = {}
        # Barcode of a box -> what is in it, what it is called, and who said so.
        self._boxes: dict[str, tuple[Decimal | None, str, int]] = {}

    def __contains__(self, number: Number) -> bool:
        return number in self._lines

    def clash(self, values: RowValues) -> tuple[str, int] | None:
        """Take a line; return (number, line) that said the same before, if any.

        Another line of an item that was named before may add a price for another
        time, or another box; it then counts as part of the item's first line.
        """
        home = self._home(values)
        values.joins_line = 0 if home == values.line else home
        for kind, number in sorted(set(numbers_of(values))):
            first = self._lines.setdefault((kind, number), home)
            if first != home:
                return number, first
        box = (values.box_pieces, values.box_unit_name)
        for code in values.box_barcodes:
            was = self._boxes.setdefault(barcode_key(code), (*box, values.line))
            if was[:2] != box:
                return code, was[2]
        for said in _said(values):
            first = self._said.setdefault((home, *said), values.line)
            if first != values.line:
                return identity_of(values)[1], first
        return None

    def same_item(self, values: RowValues, item_id: str) -> int | None:
        """Return the line that meant this stored item before, by another number."""
        home = self._home(values)
        first = self._lines.setdefault(("item", item_id), home)
        return None if first == home else first

    def _home(self, values: RowValues) -> int:
        """Return the line that this one belongs to: the item's first."""
        first = self._lines.get(identity_of(values), values.line)
        return first if values.is_further else values.line


def _said(values: RowValues) -> Iterator[tuple[object, ...]]:
    """Yield what a line says that another line of its item may not say again."""
    if values.price_minor is not None:
        yield "price", values.period.start
    if values.has_box:
        yield "box", values.box_pieces, values.box_unit_name, values.period.start
        for code in values.box_barcodes:
            yield "box", barcode_key(code), values.period.start
