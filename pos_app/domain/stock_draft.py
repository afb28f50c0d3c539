"""A stock document being written: scanned, typed, put right, not booked yet."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from pos_app.domain.item import SellBy, SellingUnit
from pos_app.domain.stock_document import (
    LINES_LIMIT,
    StockKind,
    StockLine,
    pieces_of,
)
from pos_app.errors import UserError
from pos_app.values.money import AMOUNT_LIMIT_MINOR
from pos_app.values.quantity import checked_quantity, to_thousandths


@dataclass(frozen=True, slots=True)
class StockDraftLine:
    """A line as it stands.

    Attributes:
        line_id: UUIDv7.
        scanned: the code, for a line that names nothing yet; else as scanned.
        unit: what it names; None for a code that nobody knows (a red line).
        quantity: units, above zero; below zero only where an adjustment takes away.
        cost_minor: what one unit costs, minor units; None where nobody said.
        reason: key of the line's own reason; "" for the document's.
    """

    line_id: str
    scanned: str
    unit: SellingUnit | None
    quantity: Decimal
    cost_minor: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class StockDraft:
    """A document being written.

    Attributes:
        draft_id: UUIDv7; the document's id once it is booked.
        kind: of the document.
        supplier, delivery_note, reason: as in StockDocument.
        lines: in the order they came.
    """

    draft_id: str
    kind: StockKind
    supplier: str = ""
    delivery_note: str = ""
    reason: str = ""
    lines: tuple[StockDraftLine, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was written yet."""
        return not (self.lines or self.supplier or self.delivery_note)

    @property
    def unknown(self) -> tuple[StockDraftLine, ...]:
        """The lines whose code nobody knows yet."""
        return tuple(line for line in self.lines if line.unit is None)

    def line(self, line_id: str) -> StockDraftLine:
        """Return a line.

        Raises:
            UserError: "stock_line_gone".
        """
        for line in self.lines:
            if line.line_id == line_id:
                return line
        raise UserError("stock_line_gone")

    def same(self, unit: SellingUnit | None, scanned: str) -> StockDraftLine | None:
        """Return the line that another scan of the same thing adds to.

        Goods by weight stand in a line of their own for every weighing.
        """
        if unit is not None and unit.sell_by is SellBy.WEIGHT:
            return None
        for line in reversed(self.lines):
            if unit is None and line.unit is None and line.scanned == scanned:
                return line
            if unit and line.unit and line.unit.unit_id == unit.unit_id:
                return line
        return None

    def with_line(self, line: StockDraftLine) -> StockDraft:
        """Return the draft with a line added, or changed where it stands.

        Raises:
            UserError: "stock_too_many_lines", or what `checked_line` refuses.
        """
        checked_line(self.kind, line)
        if any(one.line_id == line.line_id for one in self.lines):
            lines = tuple(line if x.line_id == line.line_id else x for x in self.lines)
        else:
            if len(self.lines) >= LINES_LIMIT:
                raise UserError("stock_too_many_lines", limit=LINES_LIMIT)
            lines = (*self.lines, line)
        return replace(self, lines=lines)

    def without_line(self, line_id: str) -> StockDraft:
        """Return the draft without a line."""
        lines = tuple(line for line in self.lines if line.line_id != line_id)
        return replace(self, lines=lines)


def checked_line(kind: StockKind, line: StockDraftLine) -> None:
    """Refuse what a document could not book.

    Raises:
        UserError: "quantity_absurd", "quantity_too_precise", "quantity_not_whole",
            "amount_absurd".
    """
    quantity = checked_quantity(abs(line.quantity))
    if kind is not StockKind.ADJUSTED and line.quantity < 0:
        raise UserError("quantity_absurd", quantity=str(line.quantity))
    if line.unit is not None:
        is_counted = line.unit.sell_by is SellBy.COUNT
        if is_counted and quantity != quantity.to_integral_value():
            raise UserError("quantity_not_whole", quantity=str(quantity))
        pieces_of(to_thousandths(quantity), line.unit)
    cost = line.cost_minor
    if cost is not None and not 0 <= cost <= AMOUNT_LIMIT_MINOR:
        raise UserError("amount_absurd", text=str(cost))


def booked_lines(draft: StockDraft) -> tuple[StockLine, ...]:
    """Return the lines as they are booked; their balances are not known yet.

    Raises:
        UserError: "stock_no_lines", "stock_unknown_lines".
    """
    if not draft.lines:
        raise UserError("stock_no_lines")
    if draft.unknown:
        raise UserError("stock_unknown_lines", count=len(draft.unknown))
    sign = -1 if draft.kind is StockKind.WASTED else 1
    found = []
    for line in draft.lines:
        assert line.unit is not None
        quantity = sign * to_thousandths(line.quantity)
        found.append(
            StockLine(
                item_id=line.unit.item_id,
                unit_id=line.unit.unit_id,
                sku=line.unit.sku,
                name=line.unit.name,
                variant=line.unit.variant,
                unit_name=line.unit.unit_name,
                quantity_thousandths=quantity,
                pieces_thousandths=pieces_of(quantity, line.unit),
                before_thousandths=0,
                cost_minor=line.cost_minor,
                reason=line.reason,
            )
        )
    return tuple(found)
