"""Goods that move without a sale: received, wasted, adjusted (law 3).

A document is whole or not there, and never changes. A mistake is put right by its
mirror: the same lines the other way round, pointing to what they undo.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from pos_app.domain.item import SellingUnit
from pos_app.domain.sale import DocumentKind
from pos_app.errors import UserError
from pos_app.values.quantity import from_thousandths
from pos_app.values.rounding import divide
from pos_app.values.times import BusinessDay, Timestamp

#: No delivery has more lines than this; a document is one transaction.
LINES_LIMIT = 2_000


class StockKind(StrEnum):
    """Why goods move without a sale."""

    RECEIVED = "received"  # from a supplier
    WASTED = "wasted"  # expired, broken, used up
    ADJUSTED = "adjusted"  # the books were wrong, up or down


#: The number series of each kind.
SERIES_OF = {
    StockKind.RECEIVED: DocumentKind.GOODS_RECEIVED,
    StockKind.WASTED: DocumentKind.GOODS_WASTED,
    StockKind.ADJUSTED: DocumentKind.STOCK_ADJUSTED,
}
#: What the shop's reasons of a kind are for (`Catalog.reasons`).
REASON_USE = {
    StockKind.WASTED: "stock_waste",
    StockKind.ADJUSTED: "stock_adjust",
}


@dataclass(frozen=True, slots=True)
class StockLine:
    """What one line moved.

    Attributes:
        item_id, unit_id, sku, name, variant, unit_name: as they were then.
        quantity_thousandths: of the unit, plus onto the shelf, minus off it.
        pieces_thousandths: the same in base units: what the balance moved by.
        before_thousandths: the balance before this line, base units.
        cost_minor: what one unit cost, minor units; None where nobody said.
        reason: key of the line's own reason; "" for the document's.
    """

    item_id: str
    unit_id: str
    sku: str
    name: str
    variant: str
    unit_name: str
    quantity_thousandths: int
    pieces_thousandths: int
    before_thousandths: int
    cost_minor: int | None = None
    reason: str = ""

    @property
    def after_thousandths(self) -> int:
        """The balance after this line, base units."""
        return self.before_thousandths + self.pieces_thousandths


@dataclass(frozen=True, slots=True)
class StockDocument:
    """One finished document.

    Attributes:
        document_id: UUIDv7. number: from the series of its kind.
        kind: why the goods moved.
        till, staff_id, staff_name, business_day, at: who, when.
        approved_by: staff id of who agreed; "" for nobody.
        supplier: the supplier's words. delivery_note: the number on their paper.
        reason: key of the reason; "" where the lines say it or none is asked.
        mirrors: id of the document that this one undoes; "" for none.
        mirrored_number: the number of that document; "" for none.
        lines: at least one.
    """

    document_id: str
    number: str
    kind: StockKind
    till: str
    staff_id: str
    staff_name: str
    business_day: BusinessDay
    at: Timestamp
    lines: tuple[StockLine, ...]
    approved_by: str = ""
    supplier: str = ""
    delivery_note: str = ""
    reason: str = ""
    mirrors: str = ""
    mirrored_number: str = ""

    @property
    def cost_minor(self) -> int:
        """What all lines with a cost are worth, minor units, rounded per line."""
        return sum(line_cost_minor(line) for line in self.lines)

    def check(self) -> None:
        """Prove that the document says what its kind may say (law 7)."""
        assert 0 < len(self.lines) <= LINES_LIMIT
        sign = {StockKind.RECEIVED: 1, StockKind.WASTED: -1}.get(self.kind)
        turned = -1 if self.mirrors else 1
        for line in self.lines:
            assert line.quantity_thousandths
            same = (line.quantity_thousandths > 0) == (line.pieces_thousandths > 0)
            assert same
            if sign is not None:
                assert line.pieces_thousandths * sign * turned > 0


def line_cost_minor(line: StockLine) -> int:
    """Return what a line cost, minor units, half away from zero; signed as it moved."""
    if line.cost_minor is None:
        return 0
    return divide(line.quantity_thousandths * line.cost_minor, 1000)


def pieces_of(quantity_thousandths: int, unit: SellingUnit) -> int:
    """Return thousandths of base units of a quantity of a unit, exactly.

    Raises:
        UserError: "quantity_too_precise" where that is not whole thousandths.
    """
    numerator, denominator = unit.pieces.as_integer_ratio()
    pieces, rest = divmod(quantity_thousandths * numerator, denominator)
    if rest:
        quantity = from_thousandths(abs(quantity_thousandths))
        raise UserError("quantity_too_precise", quantity=str(quantity))
    return pieces


def with_balances(
    lines: Iterable[StockLine], balances: Mapping[str, int]
) -> tuple[StockLine, ...]:
    """Return the lines with the balance before each, one after the other.

    Args:
        lines: in order.
        balances: thousandths of base units by item, before the document.
    """
    now = dict(balances)
    found = []
    for line in lines:
        before = now.get(line.item_id, 0)
        now[line.item_id] = before + line.pieces_thousandths
        found.append(replace(line, before_thousandths=before))
    return tuple(found)


def mirrored_lines(document: StockDocument) -> tuple[StockLine, ...]:
    """Return the lines that undo a document; their balances are not known yet."""
    return tuple(
        replace(
            line,
            quantity_thousandths=-line.quantity_thousandths,
            pieces_thousandths=-line.pieces_thousandths,
            before_thousandths=0,
        )
        for line in document.lines
    )
