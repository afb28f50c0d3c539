"""The rules of earning: what earns, how much, and when more."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from pos_app.domain.loyalty.unit_points import LinePoints, WeightedLine, points_of
from pos_app.values.percentage import Percentage
from pos_app.values.times import Period, Timestamp


class EarnBasis(StrEnum):
    """What of the price earns; always after item, order, coupon and point deals."""

    WITH_TAX = "with_tax"
    WITHOUT_TAX = "without_tax"


class FloorOn(StrEnum):
    """Where parts of a point are dropped."""

    SALE = "sale"
    LINE = "line"


class MultiplierKind(StrEnum):
    """What a multiplier asks for."""

    TIER = "tier"
    CAMPAIGN = "campaign"
    ITEM = "item"
    CATEGORY = "category"
    NEWCOMER = "newcomer"


class Stacking(StrEnum):
    """What several multipliers of one line come to."""

    HIGHEST = "highest"
    ADD = "add"  # ×2 and ×3 add one and two: ×4
    MULTIPLY = "multiply"  # ×2 and ×3: ×6


@dataclass(frozen=True, slots=True)
class Multiplier:
    """More points, fewer or none.

    Attributes:
        kind: what it asks for. key: of the tier, campaign, item (with all its
            variants) or category; "" for a newcomer.
        times: 200 % doubles, 0 % earns nothing (and nothing stacks on it).
        period: when it holds.
    """

    kind: MultiplierKind
    key: str
    times: Percentage
    period: Period = Period()  # noqa: RUF009 - frozen value


@dataclass(frozen=True, slots=True)
class EarnRule:
    """How a programme earns: `points` for each `per_minor` of what is eligible.

    Attributes:
        points, per_minor: 1 for each 100 fen.
        is_whole_steps: ¥199 at 10 for each ¥100 earn 10; otherwise 19.
        basis: with or without tax. floor_on: where parts of a point are dropped.
        excluded_tenders: keys of tenders that earn nothing (gift cards, points).
        multipliers, stacking: see there.
        from_minor: a sale earns only from this eligible amount on.
        per_sale, per_day: caps in points; None for none.
    """

    points: int
    per_minor: int
    is_whole_steps: bool = False
    basis: EarnBasis = EarnBasis.WITH_TAX
    floor_on: FloorOn = FloorOn.SALE
    excluded_tenders: tuple[str, ...] = ()
    multipliers: tuple[Multiplier, ...] = ()
    stacking: Stacking = Stacking.HIGHEST
    from_minor: int = 0
    per_sale: int | None = None
    per_day: int | None = None

    def check(self) -> None:
        """Assert that the rule means something."""
        assert self.points >= 0
        assert self.per_minor > 0
        assert all(one.times.millionths >= 0 for one in self.multipliers)


@dataclass(frozen=True, slots=True)
class EarnLine:
    """A line that may earn.

    Attributes:
        goods: its units with their amounts by the rule's basis, minor units.
        item_id: what it is. category_ids: its category and those above it.
        parent_id: the item that it is a variant of; "" for none.
    """

    goods: WeightedLine
    item_id: str = ""
    category_ids: tuple[str, ...] = ()
    parent_id: str = ""


@dataclass(frozen=True, slots=True)
class EarnOccasion:
    """What beside the goods decides what a sale earns.

    Attributes:
        moment: the sale's price moment. tier: key before the sale; "" for none.
        campaigns: keys of those that the member takes part in.
        is_newcomer: this is the first sale of the member.
        paid_minor: what the goods came to, tax included.
        excluded_minor: of that, paid by excluded tenders, and what goods returned in
            exchange were worth by such tenders (`carried_minor`).
        earned_today: points that the member earned on this day already.
    """

    moment: Timestamp
    tier: str = ""
    campaigns: frozenset[str] = frozenset()
    is_newcomer: bool = False
    paid_minor: int = 0
    excluded_minor: int = 0
    earned_today: int = 0


@dataclass(frozen=True, slots=True)
class Earning:
    """What a sale earns.

    Attributes:
        lines: points by line and unit, for `Earned`.
        used: multipliers by position of the line, for the words on the slip.
        is_capped: whether a cap took some.
    """

    lines: tuple[LinePoints, ...] = ()
    used: dict[int, tuple[Multiplier, ...]] = field(default_factory=dict)
    is_capped: bool = False

    @property
    def points(self) -> int:
        """All points of the sale."""
        return points_of(self.lines)
