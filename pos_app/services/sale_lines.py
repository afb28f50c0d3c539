"""Basket lines from what was scanned or tapped; refuses what cannot be sold."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from pos_app.domain.basket import Basket, BasketLine
from pos_app.domain.item import PriceSource, Scanned, SellBy, SellingUnit
from pos_app.domain.pricing_result import PricedBasket
from pos_app.errors import UserError
from pos_app.values.quantity import checked_quantity

ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class RemovedLine:
    """A voided line that can be put back where it was."""

    basket_id: str
    line: BasketLine
    position: int


def unknown_line(line_id: str, code: str, quantity: Decimal | None) -> BasketLine:
    """Return the red line of a code that nobody knows; whole pieces only.

    Raises:
        UserError: "quantity_not_whole" or what `checked_quantity` raises.
    """
    count = checked_quantity(ONE if quantity is None else quantity)
    refuse_part_of_piece(None, count)
    return BasketLine(line_id, None, code, count)


def scanned_line(
    line_id: str, found: Scanned | None, code: str, quantity: Decimal | None
) -> BasketLine:
    """Return the line of a label, or the red line of a code that nobody knows.

    Raises:
        UserError: what `label_line` and `unknown_line` raise.
    """
    if found is None:
        return unknown_line(line_id, code, quantity)
    return label_line(line_id, found, code, quantity)


def refuse_unsettled(basket: Basket) -> None:
    """Refuse to go on with nothing, or while a red line waits.

    Raises:
        UserError: "basket_empty", "basket_only_member" while nothing was scanned for
            the customer who was recognised, or "unknown_lines" with the first position.
    """
    if basket.is_empty:
        raise UserError("basket_only_member" if basket.shopper else "basket_empty")
    if basket.unknown_lines:
        raise UserError("unknown_lines", line=basket.unknown_lines[0])


def unit_line(
    line_id: str, unit: SellingUnit, quantity: Decimal | None, code: str
) -> BasketLine:
    """Return the line of a unit at its own price.

    Raises:
        UserError: "item_without_price", "quantity_not_whole" or what
            `checked_quantity` raises.
    """
    refuse_without_price(unit)
    count = checked_quantity(ONE if quantity is None else quantity)
    refuse_part_of_piece(unit, count)
    return BasketLine(line_id, unit, code or unit.barcode, count, source=unit.source)


def label_line(
    line_id: str, found: Scanned, code: str, prefix: Decimal | None
) -> BasketLine:
    """Return the line of a label that carries its own weight, count or price.

    Args:
        line_id: of the new line.
        found: what the label names and says.
        code: as scanned.
        prefix: of `3 ×`; a label is one package, so anything but one is refused.

    Raises:
        UserError: "label_needs_own_scan", "item_without_price",
            "quantity_not_whole", or "quantity_absurd" for a label of no weight.
    """
    unit = found.unit
    if prefix is not None and prefix != ONE:
        raise UserError("label_needs_own_scan", name=unit.name)
    by_price = found.total_minor is not None
    if not by_price:
        refuse_without_price(unit)
    count = checked_quantity(ONE if found.quantity is None else found.quantity)
    if not by_price:
        refuse_part_of_piece(unit, count)
    source = PriceSource.EMBEDDED_PRICE if by_price else PriceSource.EMBEDDED_WEIGHT
    if unit.source is PriceSource.MARKED_DOWN:
        source = unit.source
    return BasketLine(
        line_id, unit, code, count, total_minor=found.total_minor, source=source
    )


def refuse_without_price(unit: SellingUnit) -> None:
    """Refuse to sell what has no price in force.

    Raises:
        UserError: "item_without_price".
    """
    if unit.price is None:
        raise UserError("item_without_price", name=unit.name)


def refuse_part_of_piece(unit: SellingUnit | None, quantity: Decimal) -> None:
    """Refuse half a piece; what nobody knows yet counts as pieces.

    Raises:
        UserError: "quantity_not_whole".
    """
    counted = unit is None or unit.sell_by is SellBy.COUNT
    if counted and quantity != quantity.to_integral_value():
        name = unit.name if unit else ""
        raise UserError("quantity_not_whole", quantity=str(quantity)[:20], name=name)


def line_body(
    basket_id: str,
    line: BasketLine,
    total_minor: int | None,
    becomes: Decimal | None = None,
) -> dict[str, object]:
    """Return what the journal says of a line voided, put back or made smaller.

    Args:
        basket_id: of the open sale.
        line: as it was.
        total_minor: what it came to, minor units; None where nobody asks.
        becomes: the smaller quantity; None where the line goes or comes whole.
    """
    body: dict[str, object] = {
        "sale": basket_id,
        "line": line.line_id,
        "code": line.scanned,
        "sku": line.unit.sku if line.unit else "",
        "quantity": str(line.quantity),
        "total_minor": total_minor,
    }
    return body if becomes is None else body | {"becomes": str(becomes)}


def line_total(priced: PricedBasket | None, line_id: str) -> int:
    """Return what a line of the open sale comes to; minor units."""
    assert priced is not None
    return sum(line.total_minor for line in priced.lines if line.line_id == line_id)
