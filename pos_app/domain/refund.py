"""Which part of a sold line comes back next, and what it is worth (law 6).

The units of a line come back in their stored order. What the first so many of them
are worth is a fixed sum, so a part is worth the sum after it less the sum before it:
whatever the sizes of the parts, together they are exactly what was paid.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from pos_app.domain.item import SellBy
from pos_app.domain.line_rates import LineRates
from pos_app.domain.pricing_result import PricedLine, TaxTotal
from pos_app.domain.returned_line import ReturnedLine, ReturnOrigin
from pos_app.domain.sale import Sale, SaleLine
from pos_app.errors import UserError
from pos_app.values.quantity import checked_quantity, from_thousandths, to_thousandths
from pos_app.values.rounding import divide

_ONE = 1000  # thousandths of one unit


@dataclass(frozen=True, slots=True)
class ReturnPart:
    """What comes back of one line of a sale.

    Attributes:
        position: of the sale's line, from 1.
        taken_before_thousandths: how much of it came back before.
        quantity: how much comes back now, in units, above zero.
    """

    position: int
    taken_before_thousandths: int
    quantity: Decimal


def sold_thousandths(line: SaleLine) -> int:
    """Return how much of a line was sold, in thousandths of its unit."""
    return to_thousandths(line.priced.quantity)


def comes_by_piece(line: SaleLine) -> bool:
    """Tell whether only whole units of the line can come back."""
    return line.sell_by is SellBy.COUNT and sold_thousandths(line) % _ONE == 0


def returned_part(
    sale: Sale,
    part: ReturnPart,
    line_id: str,
    reason: str = "",
    rates: LineRates | None = None,
) -> ReturnedLine:
    """Return a part of a sold line as goods that come back.

    Args:
        sale: the finished sale.
        part: which part of which of its lines.
        line_id: UUIDv7 of the new line.
        reason: key of the reason; "" where it was not chosen yet.
        rates: of the sale, where many of its lines come back.

    Raises:
        UserError: "quantity_not_whole" for part of a piece, "return_over_sold"
            for more than is left, or what `checked_quantity` raises.
    """
    line = sale.lines[part.position - 1]
    quantity = checked_quantity(part.quantity)
    before, taken = part.taken_before_thousandths, to_thousandths(quantity)
    left = sold_thousandths(line) - before
    assert left >= 0
    if comes_by_piece(line) and taken % _ONE:
        shown = str(quantity)[:20]
        raise UserError("quantity_not_whole", quantity=shown, name=line.name)
    if taken > left:
        raise UserError(
            "return_over_sold", name=line.name, left=str(from_thousandths(left))
        )
    worth = _worth(line, before + taken).less(_worth(line, before))
    tax_minor = sum(worth.taxes_minor)
    priced = line.priced
    carries_tax = priced.total_minor == priced.net_minor + priced.tax_minor
    shelf_minor = worth.net_minor + (tax_minor if carries_tax else 0)
    origin = ReturnOrigin(sale.sale_id, sale.number, part.position, before)
    known = rates or LineRates(sale)
    return ReturnedLine(
        line_id=line_id,
        origin=origin,
        item_id=line.item_id,
        unit_id=line.unit_id,
        sku=line.sku,
        name=line.name,
        variant=line.variant,
        names=line.names,
        barcode=line.barcode,
        unit_code=line.unit_code,
        unit_name=line.unit_name,
        sell_by=line.sell_by,
        category_id=line.category_id,
        tax_category=line.tax_category,
        quantity=quantity,
        pieces_thousandths=worth.pieces_thousandths,
        list_minor=shelf_minor + worth.discount_minor,
        discount_minor=worth.discount_minor,
        net_minor=worth.net_minor,
        taxes=tuple(
            TaxTotal(rate.code, rate.name, rate.percentage, worth.net_minor, minor)
            for rate, minor in zip(known.of(line), worth.taxes_minor, strict=True)
        ),
        rounding_minor=worth.rounding_minor,
        reason=reason,
    )


def paid_of_rest(line: SaleLine, taken_thousandths: int) -> int:
    """Return what was paid for what stays of a line, cash rounding included."""
    whole = _worth(line, sold_thousandths(line))
    rest = whole.less(_worth(line, taken_thousandths))
    return rest.net_minor + sum(rest.taxes_minor) + rest.rounding_minor


@dataclass(frozen=True, slots=True)
class _Worth:
    """What the first so many units of a line are worth; all sums only grow."""

    net_minor: int
    taxes_minor: tuple[int, ...]
    discount_minor: int
    rounding_minor: int
    pieces_thousandths: int

    def less(self, before: _Worth) -> _Worth:
        pairs = zip(self.taxes_minor, before.taxes_minor, strict=True)
        return _Worth(
            self.net_minor - before.net_minor,
            tuple(after - was for after, was in pairs),
            self.discount_minor - before.discount_minor,
            self.rounding_minor - before.rounding_minor,
            self.pieces_thousandths - before.pieces_thousandths,
        )


def _worth(line: SaleLine, thousandths: int) -> _Worth:
    """Add up what the first `thousandths` of a line are worth."""
    sold = sold_thousandths(line)
    pieces = divide(line.pieces_thousandths * thousandths, sold)
    if comes_by_piece(line):
        net, tax, discount, rounding, *by_rate = _first_units(
            line.priced, thousandths // _ONE
        )
    else:
        net, tax, discount, rounding, *by_rate = _share_of_one(
            line.priced, thousandths, sold
        )
    taxes = tuple(by_rate) or _split_tax(tax, line.priced)
    return _Worth(net, taxes, discount, rounding, pieces)


def _first_units(priced: PricedLine, count: int) -> Sequence[int]:
    """Add up whole units in their stored order."""
    assert sum(share.count for share in priced.shares) >= count
    sums = [0] * len(_columns(priced)[0][1])
    for units, amounts in _columns(priced):
        some = min(units, count)
        sums = [x + some * amount for x, amount in zip(sums, amounts, strict=True)]
        count -= some
    return sums


def _share_of_one(priced: PricedLine, taken: int, sold: int) -> Sequence[int]:
    """Take a part of a line that is one unit, such as a weighed one.

    Each amount is rounded for all that came back so far, not for the part alone.
    Rounding follows the amounts as they came out, so that no part is worth less
    than nothing.
    """
    ((_, amounts),) = _columns(priced)
    net, tax, discount, rounding, *by_rate = amounts
    net_part = divide(net * taken, sold)
    rates_part = [divide(each * taken, sold) for each in by_rate]
    tax_part = sum(rates_part) if by_rate else divide(tax * taken, sold)
    gross = net + tax
    dealt = divide(rounding * (net_part + tax_part), gross) if gross else 0
    return net_part, tax_part, divide(discount * taken, sold), dealt, *rates_part


def _columns(priced: PricedLine) -> list[tuple[int, tuple[int, ...]]]:
    """Return (count, (net, tax, discount, rounding, tax by rate …)) of each run.

    A sale from before single units knew their rates has the first four only.
    """
    knows_rates = all(
        len(share.taxes_minor) == len(priced.taxes) for share in priced.shares
    )
    return [
        (
            s.count,
            (s.net_minor, s.tax_minor, s.discount_minor, s.rounding_minor)
            + (s.taxes_minor if knows_rates else ()),
        )
        for s in priced.shares
    ]


def _split_tax(tax_minor: int, priced: PricedLine) -> tuple[int, ...]:
    """Split the tax of the first units by the rates of their line.

    Each rate takes its proportion of what those before it left. So every rate only
    grows with the tax, and in the end each has what the line says.
    """
    split, left, whole = [], tax_minor, priced.tax_minor
    for tax in priced.taxes:
        part = divide(tax.tax_minor * left, whole) if whole else 0
        split.append(part)
        left, whole = left - part, whole - tax.tax_minor
    assert not left
    return tuple(split)
