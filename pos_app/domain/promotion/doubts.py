"""What is sound but perhaps not meant: told before a promotion is started."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pos_app.domain.promotion.deal import (
    Deal,
    NForDeal,
    NthDeal,
    Off,
    SpendDeal,
    TierDeal,
    UnitDeal,
)
from pos_app.domain.promotion.promotion import (
    AudienceKind,
    Promotion,
    TriggerKind,
)
from pos_app.values.rounding import divide

_WHOLE = 1_000_000


@dataclass(frozen=True, slots=True)
class Doubt:
    """A question to whoever makes a promotion.

    Attributes:
        key: "promotion_doubt_…"; words are on the screen.
        blank: of the editor that it is about, as for refusals.
        params: for the words; amounts are minor units.
    """

    key: str
    blank: str
    params: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class GoodsAtStake:
    """A unit that a promotion is for.

    Attributes:
        name: as shown. price_minor: on the shelf, for one unit.
        cost_minor: what it costs the shop; None where nobody knows.
        floor_minor: no promotion sells it for less; the engine sees to that.
    """

    name: str
    price_minor: int
    cost_minor: int | None = None
    floor_minor: int = 0


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What lies around a promotion.

    Attributes:
        goods: units that it is for, those that sell best; of its bundle or gift all
            parts together.
        is_endless: whether the run that is meant has no end.
        is_reached: whether anybody belongs to those it is for.
        is_here: whether it holds at this till: in this shop, and not online alone.
        has_coupons: whether coupons can be shown.
        overlaps: names of promotions for some of the same goods that stand alone,
            where this one does not, or the other way round.
    """

    goods: Sequence[GoodsAtStake] = ()
    is_endless: bool = True
    is_reached: bool = True
    is_here: bool = True
    has_coupons: bool = False
    overlaps: Sequence[str] = ()


def doubts(promotion: Promotion, around: Surroundings) -> tuple[Doubt, ...]:
    """Return what a person should look at before a promotion goes live."""
    return (*_of_whom(promotion, around), *_of_goods(promotion.deal, around.goods))


def _of_whom(promotion: Promotion, around: Surroundings) -> Iterator[Doubt]:
    ends = promotion.schedule.period.end is not None or promotion.limits.in_all
    if around.is_endless and not ends:
        yield Doubt("promotion_doubt_never_ends", "when")
    if not around.is_reached:
        yield Doubt("promotion_doubt_nobody", "audience")
    if not around.is_here:
        yield Doubt("promotion_doubt_elsewhere", "where")
    if promotion.trigger.kind is TriggerKind.COUPON and not around.has_coupons:
        yield Doubt("promotion_doubt_no_coupons", "trigger")
    everyone = promotion.audience.kind is AudienceKind.EVERYONE
    if promotion.limits.per_member is not None and everyone:
        yield Doubt("promotion_doubt_member_limit", "limits")
    for name in around.overlaps:
        yield Doubt("promotion_doubt_exclusive", "goods", {"name": name})


def _of_goods(deal: Deal, goods: Sequence[GoodsAtStake]) -> Iterator[Doubt]:
    if not goods:
        yield Doubt("promotion_doubt_no_goods", "goods")
        return
    found = [(each, lowest_minor(deal, each.price_minor)) for each in goods]
    known = [(each, minor) for each, minor in found if minor is not None]
    dear = [each for each, minor in known if minor >= each.price_minor]
    if dear:
        params: dict[str, str | int] = {"name": dear[0].name, "count": len(dear)}
        yield Doubt("promotion_doubt_saves_nothing", "off", params)
    free = [each for each, minor in known if max(minor, each.floor_minor) <= 0]
    if free:
        params = {"name": free[0].name, "count": len(free)}
        yield Doubt("promotion_doubt_free", "off", params)
    below = [
        (each, max(minor, each.floor_minor))
        for each, minor in known
        if each.cost_minor is not None
        and max(minor, each.floor_minor) < each.cost_minor <= each.price_minor
    ]
    if below:
        each, minor = max(below, key=lambda x: (x[0].cost_minor or 0) - x[1])
        yield Doubt(
            "promotion_doubt_below_cost",
            "off",
            {
                "name": each.name,
                "price_minor": minor,
                "cost_minor": each.cost_minor or 0,
                "count": len(below),
            },
        )


def lowest_minor(  # noqa: PLR0911 - one flat case for each kind
    deal: Deal, price_minor: int
) -> int | None:
    """Return what one unit costs at least under a deal, all of it at this price.

    Of deals over several units the average of the group, rounded half up; None for
    bundles and gifts, whose parts are not alike.
    """
    if isinstance(deal, UnitDeal):
        return _after(deal.off, price_minor)
    if isinstance(deal, TierDeal):
        return min(_after(step.off, price_minor) for step in deal.breaks)
    if isinstance(deal, NthDeal):
        lowered = deal.cheapest * _after(deal.off, price_minor)
        full = (deal.every - deal.cheapest) * price_minor
        return divide(lowered + full, deal.every)
    if isinstance(deal, NForDeal):
        return min(price_minor, divide(deal.price_minor, deal.count))
    if isinstance(deal, SpendDeal):
        return min(
            _share(tier.off, tier.threshold_minor, price_minor) for tier in deal.tiers
        )
    return None


def _after(off: Off, price_minor: int) -> int:
    if off.percentage is not None:
        less = divide(price_minor * off.percentage.millionths, _WHOLE)
        return price_minor - less
    if off.amount_minor is not None:
        return max(0, price_minor - off.amount_minor)
    assert off.price_minor is not None
    return min(price_minor, off.price_minor)


def _share(off: Off, threshold_minor: int, price_minor: int) -> int:
    """Return what a unit costs where the basket just reaches a threshold."""
    if off.amount_minor is None:
        return _after(off, price_minor)
    # Rounded up: whatever is lowered together never comes to nothing.
    return price_minor - price_minor * off.amount_minor // threshold_minor
