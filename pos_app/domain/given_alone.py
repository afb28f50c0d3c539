"""What a promotion gives some goods alone, as the engine says: for returns.

The goods that stay with a customer are asked anew with the one promotion, in the
version of the sale, through the layers of the one pricing function (law 7).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from pos_app.domain.basket import Basket, BasketLine
from pos_app.domain.deal_layers import deals_taken
from pos_app.domain.item import SellBy, SellingUnit
from pos_app.domain.kept_goods import KeptGoods
from pos_app.domain.listed_line import ListedLine, listed
from pos_app.domain.offered_lines import offered
from pos_app.domain.price import UnitPrice
from pos_app.domain.promotion.book import compile_book
from pos_app.domain.promotion.deal import Off, Qualifies, SpendDeal, SpendTier, kind_of
from pos_app.domain.promotion.occasion import Occasion
from pos_app.domain.promotion.offered import OfferedLine
from pos_app.domain.promotion.offers import Offers
from pos_app.domain.promotion.promotion import (
    Audience,
    Layer,
    Limits,
    Promotion,
    Schedule,
    Trigger,
)
from pos_app.domain.promotion.spending import tier_reached
from pos_app.values.quantity import from_thousandths
from pos_app.values.times import Period, Timestamp

#: Savings come off shelf amounts; tax plays no part in them.
_UNTAXED = "untaxed"
_LONG_AGO = Timestamp(0)


@dataclass(frozen=True, slots=True)
class GivenAlone:
    """Asks the engine what one promotion gives goods that stay.

    It may be asked again and again: goods that stay as they did are known.

    Attributes:
        promotion: in the version of the sale.
        times: how often the sale used it: never more often now.
        layer: in which the sale used it.
        units: unit id -> what the catalogue says of it (brand, tags, parent); those
            that are gone are left out.
        parents: category id -> the category above it.
        orphans: unit ids that the promotion names for what they were (`as_sold`).
    """

    promotion: Promotion
    times: int
    layer: Layer
    units: Mapping[str, SellingUnit]
    parents: Mapping[str, str]
    orphans: frozenset[str] = frozenset()
    _known: dict[int, tuple[KeptGoods, tuple[ListedLine, ...]]] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )
    _seen: dict[str, tuple[ListedLine, OfferedLine]] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )

    def __call__(self, goods: Sequence[KeptGoods]) -> Mapping[int, int]:
        """Return line position -> what it lets go on the goods of that line."""
        goods = [kept for kept in goods if kept.was_in or self._may_join(kept)]
        promotion = self._once_more(goods)
        if promotion is None:
            return {}
        lines = [line for kept in goods for line in self._listed(kept)]
        offers = Offers(compile_book([promotion], self.parents), Occasion(_LONG_AGO))
        basket = Basket("kept", tuple(x.line for x in lines))
        found: dict[int, int] = {}
        for use in deals_taken(lines, basket, offers, self._seen).applications:
            for claim in use.claims:
                position = int(claim.line_id.split("-")[0])
                found[position] = found.get(position, 0) + claim.saving_minor
        return found

    def _may_join(self, kept: KeptGoods) -> bool:
        """Tell whether goods that were not in it could have been, as far as is known.

        Goods that are never discounted, or were discounted where the promotion takes
        none that are, make no pair with the one that stays.
        """
        if kept.is_lowered and not self.promotion.accepts_discounted:
            return False
        known = self.units.get(kept.line.unit_id)
        cap = known.discount_cap if known else None
        return cap is None or cap.millionths > 0

    def _once_more(self, goods: Sequence[KeptGoods]) -> Promotion | None:
        """Return the promotion without what was decided when the goods were sold."""
        plain = replace(
            self.promotion,
            schedule=Schedule(),
            audience=Audience(),
            trigger=Trigger(),
            channels=(),
            stores=(),
            exclusive=False,
            accepts_discounted=True,
            limits=Limits(per_basket=self.times),
        )
        if not isinstance(plain.deal, SpendDeal):
            return plain
        deal = _reached(plain.deal, goods, self.times)
        return None if deal is None else replace(plain, deal=deal, limits=Limits())

    def _listed(self, kept: KeptGoods) -> tuple[ListedLine, ...]:
        """Return goods as lines of a basket; those that are as they were, once."""
        known = self._known.get(kept.position)
        if known is not None and known[0] is kept:
            return known[1]
        lines = tuple(map(listed, self._lines(kept)))
        self._seen.update((x.line.line_id, (x, offered(x))) for x in lines)
        self._known[kept.position] = (kept, lines)
        return lines

    def _lines(self, kept: KeptGoods) -> Sequence[BasketLine]:
        runs = kept.amounts
        if self.layer is Layer.ITEM:
            runs = ((kept.count, kept.unit_minor),)
        return [
            self._line(kept, f"{kept.position}-{at}", count, minor)
            for at, (count, minor) in enumerate(runs)
        ]

    def _line(
        self, kept: KeptGoods, line_id: str, count: int, minor: int
    ) -> BasketLine:
        is_one = kept.thousandths != kept.count * 1000 or (
            kept.line.sell_by is SellBy.WEIGHT
        )
        quantity = kept.thousandths if is_one else count * 1000
        return BasketLine(
            line_id=line_id,
            unit=self._unit(kept, None if is_one else minor),
            scanned="",
            quantity=from_thousandths(quantity),
            total_minor=minor if is_one else None,
        )

    def _unit(self, kept: KeptGoods, minor: int | None) -> SellingUnit:
        line = kept.line
        known = self.units.get(line.unit_id)
        is_orphan = line.unit_id in self.orphans
        floor_minor = known.floor_minor if known else 0
        if is_orphan:  # nothing that is said of it now may leave it out again
            known = None
        return SellingUnit(
            item_id="" if is_orphan else line.item_id,
            unit_id=line.unit_id,
            sku=line.sku,
            name=line.name,
            variant=line.variant,
            names=(),
            category_id=None if is_orphan else line.category_id or None,
            unit_code=line.unit_code,
            unit_name=line.unit_name,
            pieces=from_thousandths(1000),
            sell_by=line.sell_by,
            tax_category=_UNTAXED,
            price=None if minor is None else UnitPrice("", minor, Period()),
            source=line.source,
            parent_id=known.parent_id if known else None,
            brand=known.brand if known else "",
            tags=known.tags if known else (),
            floor_minor=floor_minor,
        )


def given_as_known(promotion: Promotion | None, kind: str | None) -> Promotion | None:
    """Return a stored promotion if it is of the kind that the sale used."""
    if promotion is None or kind is None or kind_of(promotion.deal) != kind:
        return None
    return promotion


def _reached(
    deal: SpendDeal, goods: Sequence[KeptGoods], times: int
) -> SpendDeal | None:
    """Return an order deal for what the goods reach, before deals or after them."""
    if deal.qualifies is Qualifies.NET:
        held_minor = sum(n * each for kept in goods for n, each in kept.amounts)
    else:
        held_minor = sum(kept.unit_minor * kept.count for kept in goods)
    reached = tier_reached(deal, held_minor)
    if reached is None:
        return None
    tier, fits = reached
    off = tier.off
    if deal.repeats and off.amount_minor is not None:
        off = Off(amount_minor=off.amount_minor * min(times, fits))
    return replace(deal, tiers=(SpendTier(1, off),), repeats=False)
