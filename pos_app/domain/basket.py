"""The open basket and the intents that change it (law 10).

A basket is the fold of its intents: `reduce(apply, intents, empty)`. The till
stores each accepted intent and can rebuild the basket after a crash.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from pos_app.domain.item import PriceSource, SellingUnit
from pos_app.domain.member.recognition import Recognition
from pos_app.domain.promotion.occasion import CouponInHand, PointsBurn, Shopper
from pos_app.domain.reduction import ManualDiscount, OverrideCause, PriceOverride
from pos_app.domain.returned_line import ReturnedLine
from pos_app.domain.trace import NO_TRACE, Trace
from pos_app.errors import UserError
from pos_app.values.quantity import checked_quantity

#: A basket is kept workable even when somebody scans a warehouse.
LINES_LIMIT = 10_000


@dataclass(frozen=True, slots=True)
class BasketLine:
    """One line of the open basket.

    Attributes:
        line_id: UUIDv7.
        unit: what is sold; None for a barcode that nobody knows (a red line).
        scanned: the code as scanned or typed; empty for a tile.
        quantity: in units of `unit`; above zero.
        total_minor: the line total a price label carried; None to compute.
        source: where the price comes from.
        note: words of the cashier for this line.
        override: another price than the shelf's; None for none.
        discount: given by hand on this line; None for none.
        exchange_for: line id of the returned line whose price this one keeps.
        trace: lot, serial number and dates, where the code said them.
    """

    line_id: str
    unit: SellingUnit | None
    scanned: str
    quantity: Decimal
    total_minor: int | None = None
    source: PriceSource = PriceSource.SHELF
    note: str = ""
    override: PriceOverride | None = None
    discount: ManualDiscount | None = None
    exchange_for: str = ""
    trace: Trace = NO_TRACE

    @property
    def is_unknown(self) -> bool:
        """Tell whether this is a red line that payment waits for."""
        return self.unit is None


@dataclass(frozen=True, slots=True)
class Basket:
    """What the customer is about to buy.

    Attributes:
        basket_id: UUIDv7; becomes the sale's id.
        lines: in the order of the first scan.
        selected: line id of the selected line; None only when empty.
        round_off_minor: 抹零, what the cashier lets go of the amount to pay,
            tax included; zero or more.
        round_off_by: staff id of who lets it go; "" for nobody.
        round_off_approved_by: staff id of who approved it; "" for nobody.
        returns: goods that come back in the same ticket.
        discount: given by hand on the whole sale; None for none.
        reverses: id of the finished sale that this one mirrors; "" for none.
        shopper: what promotions know of the customer; None for somebody unknown.
        coupons: shown by the customer. points: given as a discount.
        chosen: ids of promotions that somebody chose for it (trigger MANUAL).
        declined: ids of promotions that were taken away from it.
        recognition: how the customer was recognised; it fades (`RecognitionPolicy`).
    """

    basket_id: str
    lines: tuple[BasketLine, ...] = ()
    selected: str | None = None
    round_off_minor: int = 0
    round_off_by: str = ""
    returns: tuple[ReturnedLine, ...] = ()
    discount: ManualDiscount | None = None
    reverses: str = ""
    round_off_approved_by: str = ""
    shopper: Shopper | None = None
    coupons: tuple[CouponInHand, ...] = ()
    points: PointsBurn | None = None
    chosen: tuple[str, ...] = ()
    declined: tuple[str, ...] = ()
    recognition: Recognition | None = None

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing is sold and nothing comes back."""
        return not self.lines and not self.returns

    def line(self, line_id: str) -> BasketLine:
        """Return the line of `line_id`; asking for a missing one is a bug."""
        found = [line for line in self.lines if line.line_id == line_id]
        assert found, line_id
        return found[0]

    @property
    def unknown_lines(self) -> tuple[int, ...]:
        """Positions (from 1) of the lines that payment waits for."""
        return tuple(i for i, line in enumerate(self.lines, 1) if line.is_unknown)


def add_line(basket: Basket, line: BasketLine, *, merge: bool) -> Basket:
    """Add a line, or raise the quantity of an equal one.

    Lines merge when the setting says so, the same unit is sold at the same
    price row by count, and neither carries a label's total nor a note.

    Raises:
        UserError: "basket_full" or what `checked_quantity` raises.
    """
    line = replace(line, quantity=checked_quantity(line.quantity))
    twin = _twin(basket, line) if merge else None
    if twin is not None:
        return set_quantity(basket, twin.line_id, twin.quantity + line.quantity)
    return add_lines(basket, (line,))


def add_lines(basket: Basket, lines: Iterable[BasketLine]) -> Basket:
    """Add lines that look for no equal ones, as `add_line` adds each of them."""
    found = list(basket.lines)
    for line in lines:
        found.append(replace(line, quantity=checked_quantity(line.quantity)))
        if len(found) > LINES_LIMIT:
            raise UserError("basket_full", limit=LINES_LIMIT)
    selected = found[-1].line_id
    return replace(asked_in_full(basket), lines=tuple(found), selected=selected)


def let_go(basket: Basket, amount_minor: int, by: str, approved_by: str = "") -> Basket:
    """抹零: let an amount go, or take it back with zero; staff ids say who."""
    return replace(
        basket,
        round_off_minor=amount_minor,
        round_off_by=by if amount_minor else "",
        round_off_approved_by=approved_by if amount_minor else "",
    )


def asked_in_full(basket: Basket) -> Basket:
    """Take back what was let go: the amounts it was meant for have changed."""
    return let_go(basket, 0, "")


def _twin(basket: Basket, line: BasketLine) -> BasketLine | None:
    for other in reversed(basket.lines):
        if _mergeable(other, line):
            return other
    return None


def _mergeable(one: BasketLine, other: BasketLine) -> bool:
    if one.unit is None or other.unit is None:
        same_code = one.scanned == other.scanned and one.note == other.note
        same_code = same_code and not one.trace.serial
        return one.unit is other.unit and same_code
    if one.unit.unit_id != other.unit.unit_id:  # the cheap test first: 10,000 lines
        return False
    plain = one.total_minor is None and other.total_minor is None
    by_count = one.source in {PriceSource.SHELF, PriceSource.UNIT_FACTOR}
    same_price = (
        one.unit.price == other.unit.price
        and one.source == other.source
        and one.override == other.override
        and one.discount == other.discount
        and one.exchange_for == other.exchange_for
        and one.trace == other.trace
        and not one.trace.serial
    )
    counted = by_count and one.unit.sell_by == "count"
    return plain and counted and same_price and one.note == other.note


def set_quantity(basket: Basket, line_id: str, quantity: Decimal) -> Basket:
    """Give a line another quantity and select it.

    Raises:
        UserError: "quantity_fixed_by_label" for price labels, or what
            `checked_quantity` raises.
    """
    line = basket.line(line_id)
    if line.total_minor is not None:
        raise UserError("quantity_fixed_by_label", name=_label(line))
    fresh = replace(line, quantity=checked_quantity(quantity))
    return _with(basket, fresh)


def set_note(basket: Basket, line_id: str, note: str) -> Basket:
    """Give a line a note of at most 80 characters; an empty one clears it.

    A note changes no amount, so what was let go stays let go.
    """
    line = replace(basket.line(line_id), note=note.strip()[:80])
    noted = _with(basket, line)
    return let_go(
        noted,
        basket.round_off_minor,
        basket.round_off_by,
        basket.round_off_approved_by,
    )


def resolve_line(basket: Basket, line_id: str, unit: SellingUnit) -> Basket:
    """Turn a red line into a real one: the cashier found the item by name."""
    line = basket.line(line_id)
    assert line.is_unknown
    return _with(basket, replace(line, unit=unit, source=unit.source))


def remove_line(basket: Basket, line_id: str) -> Basket:
    """Take a line out; the neighbour above becomes selected."""
    index = basket.lines.index(basket.line(line_id))
    lines = basket.lines[:index] + basket.lines[index + 1 :]
    neighbour = lines[max(0, index - 1)].line_id if lines else None
    return replace(asked_in_full(basket), lines=lines, selected=neighbour)


def restore_line(basket: Basket, line: BasketLine, position: int) -> Basket:
    """Put a line back where it was (undo of `remove_line`).

    The price kept in an exchange comes back only with the goods it was kept for.
    """
    is_kept = line.override and line.override.cause is OverrideCause.EXCHANGE
    if is_kept and line.exchange_for not in {x.line_id for x in basket.returns}:
        line = replace(line, override=None, exchange_for="")
    at = min(position, len(basket.lines))
    lines = (*basket.lines[:at], line, *basket.lines[at:])
    return replace(asked_in_full(basket), lines=lines, selected=line.line_id)


def select_line(basket: Basket, line_id: str) -> Basket:
    """Select another line."""
    return replace(basket, selected=basket.line(line_id).line_id)


def _with(basket: Basket, line: BasketLine) -> Basket:
    lines = tuple(line if x.line_id == line.line_id else x for x in basket.lines)
    return replace(asked_in_full(basket), lines=lines, selected=line.line_id)


def _label(line: BasketLine) -> str:
    return line.unit.name if line.unit else line.scanned
