"""How many points a member may give for a basket, what they are worth, and where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pos_app.domain.loyalty.ledger import Balance
from pos_app.domain.loyalty.unit_points import LinePoints, WeightedLine, split_points
from pos_app.domain.promotion.application import Application
from pos_app.domain.promotion.occasion import PointsBurn
from pos_app.domain.promotion.promotion import Layer
from pos_app.domain.refund import comes_by_piece, sold_thousandths
from pos_app.domain.sale import Sale
from pos_app.errors import UserError
from pos_app.values.percentage import Percentage
from pos_app.values.rounding import Run

_HUNDRED_PERCENT = 1_000_000


class BurnAs(StrEnum):
    """What points are in the sale."""

    DISCOUNT = "discount"  # layer L4: lowers the price and its tax
    TENDER = "tender"  # pays, as money does


class BurnBound(StrEnum):
    """What holds a burn down."""

    NONE = ""
    BALANCE = "balance"
    OTHER_BASKETS = "other_baskets"
    PER_SALE = "per_sale"
    PER_DAY = "per_day"
    SHARE = "share"
    AMOUNT = "amount"
    RECOGNITION = "recognition"  # the customer has to prove more
    LEAST = "least"  # what is left is below the least burn


@dataclass(frozen=True, slots=True)
class BurnRule:
    """What points are worth, and how many of them at once.

    Attributes:
        step_points, step_minor: so many points are worth so much; no parts of it.
        burn_as: discount or tender.
        least_points: fewer are not taken.
        per_sale, per_day: caps in points; None for none.
        share: at most this part of the sale.
    """

    step_points: int
    step_minor: int
    burn_as: BurnAs = BurnAs.DISCOUNT
    least_points: int = 0
    per_sale: int | None = None
    per_day: int | None = None
    share: Percentage = Percentage(_HUNDRED_PERCENT)  # noqa: RUF009 - frozen value

    def burn_of(self, points: int) -> PointsBurn:
        """Return whole steps of points with what they are worth."""
        steps = points // self.step_points
        return PointsBurn(steps * self.step_points, steps * self.step_minor)


@dataclass(frozen=True, slots=True)
class BurnOccasion:
    """What a burn is measured by.

    Attributes:
        balance: at the basket's moment. held: points in the member's other open
            baskets. burned_today: given on this day, less what came back.
        amount_minor: of the goods that points may pay, after layers L1 to L3.
    """

    balance: Balance
    amount_minor: int
    held: int = 0
    burned_today: int = 0
    allowed: int | None = None  # what the recognition is good for; None for any


@dataclass(frozen=True, slots=True)
class Burnable:
    """The most that can be given: points, their worth, and what stops more."""

    burn: PointsBurn
    bound: BurnBound


def burnable(rule: BurnRule, occasion: BurnOccasion) -> Burnable:
    """Return the most that a member may give for a basket.

    Never more than the amount: the last step is left out, not lost.
    """
    share_minor = occasion.amount_minor * rule.share.millionths // _HUNDRED_PERCENT
    free = max(occasion.balance.active - occasion.held, 0)
    bounds = [
        (free, BurnBound.OTHER_BASKETS if occasion.held else BurnBound.BALANCE),
        (_points_for(rule, occasion.amount_minor), BurnBound.AMOUNT),
        (_points_for(rule, share_minor), BurnBound.SHARE),
    ]
    if rule.per_sale is not None:
        bounds.append((rule.per_sale, BurnBound.PER_SALE))
    if rule.per_day is not None:
        left = max(rule.per_day - occasion.burned_today, 0)
        bounds.append((left, BurnBound.PER_DAY))
    if occasion.allowed is not None:
        bounds.append((occasion.allowed, BurnBound.RECOGNITION))
    points, bound = min(bounds, key=lambda one: one[0])
    burn = rule.burn_of(points)
    if burn.points < max(rule.least_points, 1):
        told = BurnBound.LEAST if points else bound
        return Burnable(PointsBurn(0, 0), told)
    return Burnable(burn, bound)


def asked_burn(rule: BurnRule, occasion: BurnOccasion, points: int) -> PointsBurn:
    """Return a burn that the customer asked for.

    Raises:
        UserError: "points_not_whole_step" (points, step), "points_too_few" (points,
            least) or "points_too_many" (points, most, bound).
    """
    if points <= 0 or points % rule.step_points:
        raise UserError("points_not_whole_step", points=points, step=rule.step_points)
    if points < rule.least_points:
        raise UserError("points_too_few", points=points, least=rule.least_points)
    most = burnable(rule, occasion)
    if points > most.burn.points:
        raise UserError(
            "points_too_many",
            points=points,
            most=most.burn.points,
            bound=str(most.bound),
        )
    return rule.burn_of(points)


def discount_points(sale: Sale) -> tuple[LinePoints, ...]:
    """Split points that were given as a discount to the units that they lowered.

    Returns:
        Points by line for `Burned`; none for a sale without them.
    """
    burns = [
        one for one in sale.priced.promoted.applications if one.layer is Layer.POINTS
    ]
    assert len(burns) <= 1
    return _of_application(sale, burns[0]) if burns else ()


def points_by_line(burn: Application) -> Mapping[str, int]:
    """Return how many of the points that lowered a basket lie on each of its lines.

    They are those of `discount_points`, known before the basket is sold.

    Args:
        burn: of the layer of points.
    """
    runs: dict[str, list[Run]] = {}
    for claim in burn.claims:
        runs.setdefault(claim.line_id, []).extend(claim.savings)
    lines = [
        WeightedLine(at, 0, is_by_piece=True, units=tuple(units))
        for at, units in enumerate(runs.values(), 1)
    ]
    ids = list(runs)
    split = split_points(burn.points, lines)
    return {ids[line.position - 1]: line.points for line in split}


def _of_application(sale: Sale, burn: Application) -> tuple[LinePoints, ...]:
    lines: list[WeightedLine] = []
    for position, line in enumerate(sale.lines, 1):
        claims = sorted(
            (one for one in burn.claims if one.line_id == line.priced.line_id),
            key=lambda one: one.first,
        )
        units: list[Run] = []
        told = 0
        for claim in claims:
            if claim.first > told:
                units.append((claim.first - told, 0))
            units += claim.savings
            told = claim.first + claim.count
        whole = sum(share.count for share in line.priced.shares)
        if whole > told:
            units.append((whole - told, 0))
        sold, by_piece = sold_thousandths(line), comes_by_piece(line)
        lines.append(WeightedLine(position, sold, by_piece, tuple(units)))
    return _split(burn.points, lines)


def _split(points: int, lines: Sequence[WeightedLine]) -> tuple[LinePoints, ...]:
    return tuple(line for line in split_points(points, lines) if line.points)


def _points_for(rule: BurnRule, amount_minor: int) -> int:
    """Return the points of the whole steps that an amount holds."""
    return max(amount_minor, 0) // rule.step_minor * rule.step_points
