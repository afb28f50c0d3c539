"""The kinds of deals: what has to lie in the basket and what then comes off.

All amounts are minor units of the shop's currency, all rates exact. A deal that
makes no sense is refused by `checks.refuse_unsound` before it is stored; the engine
takes what it is given.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from pos_app.domain.promotion.selector import ALL_GOODS, Selector
from pos_app.values.percentage import Percentage


class DealKind(StrEnum):
    """The kinds by the names that files and documents use."""

    UNIT = "unit"
    TIER = "tier"
    NTH = "nth"
    NFOR = "nfor"
    BUNDLE = "bundle"
    GIFT = "gift"
    SPEND = "spend"


@dataclass(frozen=True, slots=True)
class Off:
    """What comes off; exactly one of the three is given.

    Of several units that a deal lowers together a percentage is taken once of their
    sum, an amount or a price of each; of weighed goods for each unit of measure.
    `BundleDeal.off` and n for a price are for all units together.

    Attributes:
        percentage: off the amount, rounded half up once per application.
        amount_minor: off the amount, never more than it.
        price_minor: what is paid instead; nothing where that is dearer.
    """

    percentage: Percentage | None = None
    amount_minor: int | None = None
    price_minor: int | None = None


@dataclass(frozen=True, slots=True)
class UnitDeal:
    """Each unit for itself: 会员 9 折, 特价 9.90, 面包 7 折. Weighed goods too.

    A price or an amount is for one unit; for weighed goods for one unit of
    measure (a kilogram). One application is one unit (a weighed line is one).
    """

    goods: Selector
    off: Off


class TierCount(StrEnum):
    """What a quantity break counts."""

    LINE = "line"  # units of one item and unit, wherever they lie in the basket
    GOODS = "goods"  # all goods of the deal together


@dataclass(frozen=True, slots=True)
class Break:
    """From this quantity on each unit gets this off.

    Attributes:
        quantity: units; for weighed goods units of measure, to three decimals.
        off: of each unit that takes part (as in `UnitDeal`).
    """

    quantity: Decimal
    off: Off


@dataclass(frozen=True, slots=True)
class TierDeal:
    """Quantity breaks: 满 2 件 9 折, from 3 each 8.00. All units that take part get it.

    Attributes:
        breaks: by rising quantity; the highest one reached holds.
        counts: see there.
    """

    goods: Selector
    breaks: tuple[Break, ...]
    counts: TierCount = TierCount.GOODS


@dataclass(frozen=True, slots=True)
class NthDeal:
    """Of every `every` units the `cheapest` cheapest get `off`: 第二件半价, 买三免一.

    Counted goods only.
    """

    goods: Selector
    every: int
    cheapest: int
    off: Off


@dataclass(frozen=True, slots=True)
class NForDeal:
    """`count` units together cost `price_minor`: 3 for 10.00. Counted goods only."""

    goods: Selector
    count: int
    price_minor: int


@dataclass(frozen=True, slots=True)
class Slot:
    """A part of a bundle.

    Attributes:
        goods: any of these. count: so many units of them.
        off: of each unit of this slot, where the bundle has no price of its own
            (buy A, B at half price: A's slot has none, B's has 50 %).
    """

    goods: Selector
    count: int = 1
    off: Off | None = None


@dataclass(frozen=True, slots=True)
class BundleDeal:
    """One from each slot: 咖啡 + 三明治 19.90. A weighed line fills a slot as one unit.

    Attributes:
        slots: two or more, or one with a count.
        off: of all units of the bundle together; None where the slots have theirs.
    """

    slots: tuple[Slot, ...]
    off: Off | None = None


@dataclass(frozen=True, slots=True)
class GiftDeal:
    """Goods for nothing or for a low price (换购) beside others that are bought.

    Attributes:
        goods: what has to be bought. count: so many units of it, which belong to
            the deal as a bundle's do; 0 where `threshold_minor` decides.
        threshold_minor: or goods for so much (as they cost before any deal); they
            may be in other deals too. Of each such amount once.
        gift: what is given; it has to be scanned like everything else.
        gift_count: so many units for each time.
        price_minor: of one gift; 0 for nothing.
    """

    goods: Selector
    gift: Selector
    count: int = 1
    threshold_minor: int = 0
    gift_count: int = 1
    price_minor: int = 0


class Qualifies(StrEnum):
    """Which amount a threshold is held against."""

    LIST = "list"  # what the goods cost before any item deal: monotone, the default
    NET = "net"  # what is left of it after item deals


@dataclass(frozen=True, slots=True)
class SpendTier:
    """From this amount on, this off. `off` is a percentage or an amount."""

    threshold_minor: int
    off: Off


def flat_threshold(off: Off) -> int:
    """Return the amount from which on a step without one holds: 立减 10.

    Minor units: the least that leaves something to pay.
    """
    return (off.amount_minor or 0) + 1


def is_flat(tier: SpendTier) -> bool:
    """Tell whether no amount but that of the step itself has to be reached."""
    return tier.threshold_minor == flat_threshold(tier.off)


@dataclass(frozen=True, slots=True)
class SpendDeal:
    """满 100 减 20, 满 200 打 9 折, 每满 50 减 5; off what is left after item deals.

    Attributes:
        tiers: by rising threshold; the highest one reached holds.
        goods: what counts, and what it comes off.
        repeats: 每满: the one tier holds as often as it fits (amounts only).
        most_minor: never more than this off; None for no limit.
        qualifies: see there.
    """

    tiers: tuple[SpendTier, ...]
    goods: Selector = Selector(ALL_GOODS)  # noqa: RUF009 - frozen value
    repeats: bool = False
    most_minor: int | None = None
    qualifies: Qualifies = Qualifies.LIST


Deal: TypeAlias = (
    UnitDeal | TierDeal | NthDeal | NForDeal | BundleDeal | GiftDeal | SpendDeal
)

_KINDS: dict[type, DealKind] = {
    UnitDeal: DealKind.UNIT,
    TierDeal: DealKind.TIER,
    NthDeal: DealKind.NTH,
    NForDeal: DealKind.NFOR,
    BundleDeal: DealKind.BUNDLE,
    GiftDeal: DealKind.GIFT,
    SpendDeal: DealKind.SPEND,
}


def kind_of(deal: Deal) -> DealKind:
    """Return the name of a deal's kind."""
    return _KINDS[type(deal)]
