"""The lines of a basket as promotions look at them."""

from __future__ import annotations

from collections.abc import Sequence

from pos_app.domain.item import PriceSource, SellBy, SellingUnit
from pos_app.domain.listed_line import ListedLine
from pos_app.domain.promotion.application import Claim
from pos_app.domain.promotion.dealing import UnitLine, UnitRun, add_run
from pos_app.domain.promotion.offered import OfferedLine
from pos_app.domain.promotion.selector import GoodsFacts
from pos_app.domain.unit_split import align, split_evenly
from pos_app.values.quantity import to_thousandths
from pos_app.values.rounding import RoundingMode, divide


def facts_of(unit: SellingUnit) -> GoodsFacts:
    """Return what a selector looks at."""
    return GoodsFacts(
        unit.unit_id,
        unit.item_id,
        unit.parent_id or "",
        unit.category_id or "",
        unit.brand,
        unit.tags,
    )


def offered(line: ListedLine) -> OfferedLine:
    """Return a line as item deals look at it.

    A label's total is for the label's goods as they lie there: one unit, as weighed
    goods are. A label for several pieces cannot be taken apart; one of goods that were
    marked down stands for one piece like any other.
    """
    unit = line.line.unit
    assert unit is not None
    is_labelled = line.line.total_minor is not None
    is_piece = line.line.source is PriceSource.MARKED_DOWN
    thousandths = to_thousandths(line.line.quantity)
    return OfferedLine(
        line_id=line.line.line_id,
        goods=facts_of(unit),
        count=line.count,
        unit_minor=line.asked_minor // line.count,
        quantity_thousandths=thousandths,
        by_weight=(is_labelled and not is_piece) or unit.sell_by is SellBy.WEIGHT,
        floor_minor=_floor(line, unit, thousandths),
        is_open=line.line.override is None and not (is_labelled and line.count > 1),
        is_lowered=line.asked_minor < line.list_minor,
        may_lower=line.may_lower,
    )


def _floor(line: ListedLine, unit: SellingUnit, thousandths: int) -> int:
    """Return what no promotion sells one unit of the line below."""
    if not unit.floor_minor or line.count * 1000 == thousandths:
        return unit.floor_minor
    return divide(unit.floor_minor * thousandths, 1000, RoundingMode.UP)


def undealt(line: ListedLine, goods: OfferedLine, lowered_minor: int) -> UnitLine:
    """Return the units of a line that no deal has touched.

    Args:
        line: at its list price.
        goods: the same, as promotions look at it.
        lowered_minor: what its price, its level and people took off it so far.
    """
    by_hand = line.line.override is not None
    sides = align(
        (
            split_evenly(line.list_minor, line.count),
            split_evenly(lowered_minor, line.count),
            split_evenly(line.asked_minor, line.count),
        )
    )
    runs = tuple(
        UnitRun(
            count,
            price - off,
            price - off,
            asked,
            goods.floor_minor,
            is_lowered=by_hand or off > 0,
        )
        for count, (price, off, asked) in sides
    )
    return _unit_line(goods, runs)


def claimed(
    goods: OfferedLine, claims: Sequence[Claim], closed: Sequence[bool]
) -> UnitLine:
    """Return the units of a line after item deals: the claimed ones, then the others.

    Args:
        goods: the line.
        claims: of its units, in the order in which they are stored.
        closed: of each claim, whether its deal is exclusive.
    """
    each_minor, runs, taken = goods.unit_minor, list[UnitRun](), 0

    def add(count: int, off_minor: int, *, is_closed: bool) -> None:
        run = UnitRun(
            count,
            each_minor - off_minor,
            each_minor,
            each_minor,
            goods.floor_minor,
            goods.is_lowered,
            is_closed,
        )
        add_run(runs, run)

    for claim, is_closed in zip(claims, closed, strict=True):
        assert claim.first == taken, "units of a line are claimed one after the other"
        for count, off_minor in claim.savings:
            add(count, off_minor, is_closed=is_closed)
        taken += claim.count
    if goods.count > taken:
        add(goods.count - taken, 0, is_closed=False)
    return _unit_line(goods, tuple(runs))


def _unit_line(goods: OfferedLine, runs: tuple[UnitRun, ...]) -> UnitLine:
    return UnitLine(
        goods.line_id,
        goods.goods,
        goods.may_lower,
        runs,
        goods.quantity_thousandths if goods.by_weight else 1000,
        goods.is_counted,
    )
