"""Promotions that a little more would reach: "再买 ¥12.00 减 ¥20".

What each would save is a guess here, quickly made from item deals alone; those that are
told are priced with what is missing (domain.nearly_priced).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from pos_app.domain.promotion.application import Promoted
from pos_app.domain.promotion.book import compile_book
from pos_app.domain.promotion.deal import GiftDeal, SpendDeal, UnitDeal
from pos_app.domain.promotion.explanation import Nearly
from pos_app.domain.promotion.holding import holds, uses_left
from pos_app.domain.promotion.missing import (
    Counted,
    Missing,
    may_take,
    missing_for,
    roles_of,
)
from pos_app.domain.promotion.off_amount import taken
from pos_app.domain.promotion.offered import OfferedLine
from pos_app.domain.promotion.offers import Offers
from pos_app.domain.promotion.promotion import Layer, Promotion
from pos_app.domain.promotion.spending import tier_reached
from pos_app.domain.promotion.trial import saving_of, without

#: So many units, or so much of an amount (in hundredths), may be missing at most.
UNITS_MISSING = 2
PART_MISSING = 30
#: So many promotions are tried, by rank, so that the answer is there at once.
_TRIED = 24
_Part = tuple[OfferedLine, int]


def nearly(
    lines: Sequence[OfferedLine],
    offers: Offers,
    promoted: Promoted,
    limit: int = 3,
    others: Sequence[OfferedLine] = (),
) -> tuple[Nearly, ...]:
    """Return the promotions that are nearly reached, the one that saves most first.

    What they save is a guess: for an item deal the missing units are laid into the
    basket and it is dealt with and without the promotion; an amount is taken as
    reached, less what order deals of the same group give already.

    Args:
        lines: of the basket at their L0 prices.
        offers: that it was priced with.
        promoted: what came out.
        limit: so many answers at most.
        others: one unit each of goods that are not in the basket but could be
            offered, such as what else belongs to a bundle.
    """
    basket = _Basket(lines, offers, promoted, others)
    found = [
        near
        for promotion in basket.candidates()
        if (near := basket.nearly(promotion)) and near.saving_minor > 0
    ]
    found.sort(key=lambda x: (-x.saving_minor, x.promotion_id))
    return tuple(found[:limit])


class _Basket:
    """A basket that is looked at for what it lacks."""

    def __init__(
        self,
        lines: Sequence[OfferedLine],
        offers: Offers,
        promoted: Promoted,
        others: Sequence[OfferedLine],
    ) -> None:
        self._lines = lines
        self._offers = offers
        self._promoted = promoted
        self._others = others
        self._counted = Counted(offers.book, promoted)

    def candidates(self) -> list[Promotion]:
        """Return the promotions that hold and name goods of the basket, by rank."""
        book, occasion = self._offers.book, self._offers.occasion
        ranks = {
            match.index for line in self._lines for match in book.matching(line.goods)
        }
        named = (book.promotions[rank] for rank in sorted(ranks))
        wanted = (
            x
            for x in named
            if x.layer in {Layer.ITEM, Layer.ORDER}
            and not isinstance(x.deal, UnitDeal)
            and holds(x, occasion)
        )
        return list(islice(wanted, _TRIED))

    def nearly(self, promotion: Promotion) -> Nearly | None:
        """Return what a promotion lacks and would save; None where it is far away."""
        parts = list(self._parts(promotion))
        missing = missing_for(promotion, parts, self._counted)
        if not is_near(missing):
            return None
        if missing.minor:
            saving = self._by_amount(promotion, missing, parts)
            gift = self._new_gift(promotion, parts)
            unit_id = gift.goods.unit_id if gift is not None else ""
            return told_of(promotion, missing, saving, "", unit_id)
        return self._by_units(promotion, missing, parts)

    def _parts(self, promotion: Promotion) -> Iterator[_Part]:
        for line in self._lines:
            may = line.may_lower
            if promotion.layer is Layer.ITEM:
                may = may_take(promotion, line)
            roles = roles_of(self._offers.book, promotion, line.goods) if may else 0
            if roles:
                yield line, roles

    def _by_units(
        self, promotion: Promotion, missing: Missing, parts: Sequence[_Part]
    ) -> Nearly | None:
        role = 1 << missing.role
        mine = [line for line, roles in parts if roles & role and line.is_counted]
        new = [
            line
            for line in self._others
            if roles_of(self._offers.book, promotion, line.goods) & role
        ]
        best = min(mine or new, key=dearest, default=None)
        if best is None:
            return None
        more = self._with_more(best, missing.units, parts)
        saving = self._beyond(promotion, more)
        used = {one.promotion_id for one in self._promoted.applications}
        if promotion.promotion_id in used:  # it is told what it gives more
            saving -= self._beyond(promotion, self._near(parts))
        line_id = best.line_id if mine else ""
        return told_of(promotion, missing, saving, line_id, best.goods.unit_id)

    def _beyond(self, promotion: Promotion, lines: Sequence[OfferedLine]) -> int:
        """Return what a promotion saves on some lines beyond what others would."""
        others = without(self._offers, promotion)
        return saving_of(lines, self._offers) - saving_of(lines, others)

    def _with_more(
        self, best: OfferedLine, units: int, parts: Sequence[_Part]
    ) -> list[OfferedLine]:
        """Return what a promotion is about, what is dealt with beside, and more of it."""
        found = [x for x in self._near(parts) if x != best]
        count = units if best in self._others else best.count + units
        more = replace(best, count=count, quantity_thousandths=1000 * count)
        return [*found, more]

    def _near(self, parts: Sequence[_Part]) -> list[OfferedLine]:
        """Return the lines that a promotion names, and what is dealt with beside."""
        near = {line.line_id for line, _ in parts}
        for one in self._promoted.applications:
            claimed = {claim.line_id for claim in one.claims}
            if one.layer is Layer.ITEM and claimed & near:
                near |= claimed
        return [x for x in self._lines if x.line_id in near]

    def _new_gift(
        self, promotion: Promotion, parts: Sequence[_Part]
    ) -> OfferedLine | None:
        """Return what would be given, where no such goods lie in the basket."""
        is_gift = isinstance(promotion.deal, GiftDeal)
        if not is_gift or any(roles & 2 for _, roles in parts):
            return None
        book = self._offers.book
        new = (x for x in self._others if roles_of(book, promotion, x.goods) & 2)
        return min(new, key=dearest, default=None)

    def _by_gift(
        self, promotion: Promotion, missing: Missing, parts: Sequence[_Part]
    ) -> int:
        """Return what a gift saves beside all else, once its amount is reached."""
        deal, book = promotion.deal, self._offers.book
        assert isinstance(deal, GiftDeal)
        near, new = self._near(parts), self._new_gift(promotion, parts)
        near += [new] if new is not None else []
        reached = replace(deal, threshold_minor=deal.threshold_minor - missing.minor)
        ranks = {match.index for x in near for match in book.matching(x.goods)}
        named = (book.promotions[rank] for rank in ranks)
        found = (replace(x, deal=reached) if x is promotion else x for x in named)
        as_reached = replace(self._offers, book=compile_book(found, book.parents))
        return saving_of(near, as_reached) - saving_of(near, self._offers)

    def _by_amount(
        self, promotion: Promotion, missing: Missing, parts: Sequence[_Part]
    ) -> int:
        deal = promotion.deal
        if isinstance(deal, GiftDeal):
            return self._by_gift(promotion, missing, parts)
        assert isinstance(deal, SpendDeal)
        rivals = {
            x.promotion_id
            for x in self._offers.book.promotions
            if x.layer is Layer.ORDER and _gives_way(x, promotion)
        }
        given_now = sum(
            x.saving_minor
            for x in self._promoted.applications
            if x.promotion_id in rivals
        )
        left_minor = sum(self._counted.left_minor(promotion, x) for x, _ in parts)
        uses = uses_left(promotion, self._offers.occasion)
        return spend_saving(deal, missing, left_minor, uses) - given_now


def is_near(missing: Missing) -> bool:
    """Tell whether little enough is missing to be told of."""
    if missing.minor:
        return missing.minor * 100 <= missing.of_minor * PART_MISSING
    return 0 < missing.units <= UNITS_MISSING


def spend_saving(
    deal: SpendDeal, missing: Missing, left_minor: int, uses: int | None
) -> int:
    """Return what an order deal gives once the amount is reached, so often at most."""
    base = left_minor + missing.minor
    reached = tier_reached(deal, missing.of_minor)
    if reached is None:
        return 0
    tier, times = reached
    times = times if uses is None else min(times, uses)
    saving = min(base, taken(tier.off, base) * times)
    return saving if deal.most_minor is None else min(saving, deal.most_minor)


def _gives_way(one: Promotion, to: Promotion) -> bool:
    """Tell whether what an order deal gives now is lost once another one holds."""
    if to.exclusive:
        return True
    return not one.exclusive and one.stack_group == to.stack_group


def dearest(line: OfferedLine) -> tuple[int, str]:
    """Return the order in which goods are offered: the dearest first."""
    return -line.unit_minor, line.goods.unit_id


def told_of(
    promotion: Promotion,
    missing: Missing,
    saving_minor: int,
    line_id: str = "",
    unit_id: str = "",
) -> Nearly:
    """Return what is told of a promotion; see `Nearly`."""
    return Nearly(
        promotion.promotion_id,
        promotion.version,
        promotion.name,
        saving_minor,
        promotion.names,
        missing.units,
        missing.minor,
        line_id,
        unit_id,
    )
