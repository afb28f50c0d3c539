"""How many points a sale earns, and which of its units they belong to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import starmap
from math import prod

from pos_app.domain.loyalty.earn_rule import (
    EarnBasis,
    Earning,
    EarnLine,
    EarnOccasion,
    EarnRule,
    FloorOn,
    Multiplier,
    MultiplierKind,
    Stacking,
)
from pos_app.domain.loyalty.unit_points import LinePoints, WeightedLine, split_points
from pos_app.domain.refund import comes_by_piece, sold_thousandths
from pos_app.domain.sale import Sale
from pos_app.values.rounding import RoundingMode, divide

_ONCE = 1_000_000  # a multiplier of 100 %, in millionths


def earn_lines(
    sale: Sale, rule: EarnRule, above: dict[str, tuple[str, ...]] | None = None
) -> tuple[EarnLine, ...]:
    """Return what of a finished sale may earn; cash rounding and 抹零 are no goods.

    Args:
        sale: what ended.
        rule: whose basis counts.
        above: by category those that it lies in, by variant the item that it is one
            of, for multipliers of all of them.
    """
    taxed = rule.basis is EarnBasis.WITH_TAX
    lines: list[EarnLine] = []
    for position, line in enumerate(sale.lines, 1):
        units = tuple(
            (share.count, share.net_minor + (share.tax_minor if taxed else 0))
            for share in line.priced.shares
        )
        goods = WeightedLine(
            position, sold_thousandths(line), comes_by_piece(line), units
        )
        categories = (line.category_id, *(above or {}).get(line.category_id, ()))
        parent = next(iter((above or {}).get(line.item_id, ())), "")
        branch = tuple(filter(None, categories))
        lines.append(EarnLine(goods, line.item_id, branch, parent))
    return tuple(lines)


def excluded_minor(sale: Sale, rule: EarnRule) -> int:
    """Return what of a sale was paid by tenders that earn nothing."""
    keys = rule.excluded_tenders
    return sum(one.amount_minor for one in sale.tenders if one.key in keys)


def carried_minor(worth_minor: int, occasion: EarnOccasion) -> int:
    """Return what of returned goods had been paid by tenders that earn nothing.

    Goods bought by gift card and exchanged for others do not begin to earn.

    Args:
        worth_minor: what the returned goods are worth in the exchange.
        occasion: of the sale that they come from.
    """
    if not occasion.paid_minor:
        return 0
    part = worth_minor * occasion.excluded_minor
    return divide(part, occasion.paid_minor, RoundingMode.UP)


def earn(rule: EarnRule, lines: Sequence[EarnLine], occasion: EarnOccasion) -> Earning:
    """Return the points of a sale, split to its units by the largest remainder."""
    rule.check()
    used = {line.goods.position: _used(rule, line, occasion) for line in lines}
    earning = [
        _weighted(line.goods, _times(rule, used[line.goods.position])) for line in lines
    ]
    included = max(occasion.paid_minor - occasion.excluded_minor, 0)
    eligible = sum(line.goods.weight for line in lines) * included
    whole = occasion.paid_minor
    if not whole or eligible < rule.from_minor * whole:
        return Earning()
    parts = [earning] if rule.floor_on is FloorOn.SALE else [[one] for one in earning]
    each = [_points(rule, part, included, whole) for part in parts]
    capped = _capped(rule, sum(each), occasion)
    if capped == sum(each):
        shares = list(starmap(split_points, zip(each, parts, strict=True)))
        split = tuple(line for share in shares for line in share)
        return Earning(_with_points(split), _told(used))
    return Earning(
        _with_points(split_points(capped, earning)), _told(used), is_capped=True
    )


@dataclass(frozen=True, slots=True)
class LineWorth:
    """What of a line may earn: its amount, minor units, and as its multipliers weigh it."""

    minor: int
    weight: int


def factor_of(rule: EarnRule, line: EarnLine, occasion: EarnOccasion) -> int:
    """Return what the multipliers of a line come to; its amounts do not matter."""
    return _factor(_times(rule, _used(rule, line, occasion)))


def points_of_worths(
    rule: EarnRule, worths: Sequence[LineWorth], occasion: EarnOccasion
) -> int:
    """Return the points that `earn` gives, without splitting them to units.

    An open basket asks after each scan, and only one of its lines is another one.
    """
    included = max(occasion.paid_minor - occasion.excluded_minor, 0)
    whole = occasion.paid_minor
    eligible = sum(one.minor for one in worths) * included
    if not whole or eligible < rule.from_minor * whole:
        return 0
    weights = [one.weight for one in worths]
    parts = [sum(weights)] if rule.floor_on is FloorOn.SALE else weights
    each = sum(_floored(rule, part * included, whole) for part in parts)
    return _capped(rule, each, occasion)


def _used(
    rule: EarnRule, line: EarnLine, occasion: EarnOccasion
) -> tuple[Multiplier, ...]:
    """Return the multipliers of a line that hold."""
    keys = {
        MultiplierKind.TIER: {occasion.tier} - {""},
        MultiplierKind.CAMPAIGN: set(occasion.campaigns),
        MultiplierKind.ITEM: {line.item_id, line.parent_id} - {""},
        MultiplierKind.CATEGORY: set(line.category_ids),
        MultiplierKind.NEWCOMER: {""} if occasion.is_newcomer else set(),
    }
    return tuple(
        one
        for one in rule.multipliers
        if one.period.covers(occasion.moment) and one.key in keys[one.kind]
    )


def _times(rule: EarnRule, used: Sequence[Multiplier]) -> tuple[int, int]:
    """Return what the multipliers of a line come to, as an exact ratio."""
    each = [one.times.millionths for one in used]
    if 0 in each:
        return 0, 1
    if not each:
        return 1, 1
    if rule.stacking is Stacking.HIGHEST:
        return max(each), _ONCE
    if rule.stacking is Stacking.ADD:
        return max(_ONCE + sum(one - _ONCE for one in each), 0), _ONCE
    return prod(each), _ONCE ** len(each)


#: All multipliers are brought to this denominator; four may multiply exactly.
_FINE = _ONCE**4


def _weighted(goods: WeightedLine, times: tuple[int, int]) -> WeightedLine:
    """Return a line whose units weigh what they are worth in points."""
    factor = _factor(times)
    units = tuple((count, each * factor) for count, each in goods.units)
    return WeightedLine(
        goods.position, goods.sold_thousandths, goods.is_by_piece, units
    )


def _factor(times: tuple[int, int]) -> int:
    by, over = times
    return divide(by * _FINE, over, RoundingMode.FLOOR)


def _points(
    rule: EarnRule, lines: Sequence[WeightedLine], included: int, whole: int
) -> int:
    """Return the points of lines, parts of a point dropped once."""
    return _floored(rule, sum(line.weight for line in lines) * included, whole)


def _floored(rule: EarnRule, worth: int, whole: int) -> int:
    if rule.is_whole_steps:
        return rule.points * (worth // (rule.per_minor * _FINE * whole))
    return rule.points * worth // (rule.per_minor * _FINE * whole)


def _capped(rule: EarnRule, points: int, occasion: EarnOccasion) -> int:
    """Return what the caps of a sale and a day leave."""
    if rule.per_sale is not None:
        points = min(points, rule.per_sale)
    if rule.per_day is not None:
        points = min(points, max(rule.per_day - occasion.earned_today, 0))
    return points


def _with_points(lines: tuple[LinePoints, ...]) -> tuple[LinePoints, ...]:
    return tuple(line for line in lines if line.points)


def _told(
    used: dict[int, tuple[Multiplier, ...]],
) -> dict[int, tuple[Multiplier, ...]]:
    return {position: some for position, some in used.items() if some}
