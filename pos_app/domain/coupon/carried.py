"""On which units of a sale a coupon's saving lies: what a returned part carries.

The units of a line come back in their stored order, so what the first so many carry is
a fixed sum: whatever the sizes and the order of the parts, together they are the whole.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pos_app.domain.coupon.returning import GoodsBack
from pos_app.domain.promotion.application import Claim
from pos_app.domain.refund import comes_by_piece, sold_thousandths
from pos_app.domain.sale import Sale
from pos_app.values.rounding import Run, divide

_ONE = 1000  # thousandths of one unit


@dataclass(frozen=True, slots=True)
class CarriedLine:
    """A line on which a coupon's saving lies.

    Attributes:
        position: of the sale's line, from 1. first: units of it before these.
        sold_thousandths: of the whole line, in thousandths of its unit.
        is_by_piece: whether only whole units come back; others are one unit.
        savings: of the units, as runs.
    """

    position: int
    first: int
    sold_thousandths: int
    is_by_piece: bool
    savings: tuple[Run, ...]

    @property
    def units(self) -> int:
        """How many units the coupon took part in."""
        return sum(count for count, _ in self.savings)

    @property
    def saving_minor(self) -> int:
        """What all of them save; minor units."""
        return sum(count * each for count, each in self.savings)

    def back_minor(self, taken: int) -> int:
        """Return what came back with the first so many thousandths of the line."""
        if not self.is_by_piece:
            taken = min(taken, self.sold_thousandths)
            return divide(self.saving_minor * taken, self.sold_thousandths)
        left, minor = self._own(taken), 0
        for count, each in self.savings:
            some = min(count, left)
            minor, left = minor + some * each, left - some
        return minor

    def units_left(self, taken: int) -> int:
        """Return how many of its units the customer still has."""
        if not self.is_by_piece:
            return 0 if taken >= self.sold_thousandths else self.units
        return self.units - self._own(taken)

    def _own(self, taken: int) -> int:
        """Return how many of these units lie among the first so many thousandths."""
        return min(self.units, max(0, taken // _ONE - self.first))


def carried_lines(sale: Sale, coupon_id: str) -> tuple[CarriedLine, ...]:
    """Return on which units a coupon's saving lies in a sale that has ended."""
    position = {line.priced.line_id: at for at, line in enumerate(sale.lines, 1)}
    return tuple(
        _carried(sale, position[claim.line_id], claim)
        for application in sale.priced.promoted.applications
        if application.coupon_id == coupon_id
        for claim in application.claims
    )


def _carried(sale: Sale, position: int, claim: Claim) -> CarriedLine:
    line = sale.lines[position - 1]
    return CarriedLine(
        position,
        claim.first,
        sold_thousandths(line),
        comes_by_piece(line),
        claim.savings,
    )


def goods_back(
    return_id: str,
    lines: Sequence[CarriedLine],
    before: Mapping[int, int],
    after: Mapping[int, int],
) -> GoodsBack:
    """Return what of a coupon's saving comes back with a return.

    Args:
        return_id: of the return's document.
        lines: on which the saving lies.
        before: thousandths by line that had come back before.
        after: the same with this return.
    """
    was = sum(line.back_minor(before.get(line.position, 0)) for line in lines)
    now = sum(line.back_minor(after.get(line.position, 0)) for line in lines)
    left = sum(line.units_left(after.get(line.position, 0)) for line in lines)
    return GoodsBack(return_id, now - was, was, left)
