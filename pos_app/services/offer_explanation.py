"""What promotions say of the open basket: what was not used, and what is nearly reached.

Asked on demand, never while a basket is priced.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TypeAlias

from pos_app.domain.coupon.template import Template
from pos_app.domain.held_deals import is_too_large
from pos_app.domain.item import SellBy, SellingUnit
from pos_app.domain.listed_line import listed
from pos_app.domain.nearly_priced import Asked, proving, telling_order
from pos_app.domain.offered_lines import facts_of, offered
from pos_app.domain.pricing_result import PricedBasket
from pos_app.domain.promotion.deal import BundleDeal, GiftDeal
from pos_app.domain.promotion.effort import FRAME_SEARCH
from pos_app.domain.promotion.explanation import Nearly, Refusal
from pos_app.domain.promotion.holding import holds, is_time
from pos_app.domain.promotion.levels import levels_of
from pos_app.domain.promotion.matching import selectors_of
from pos_app.domain.promotion.nearly import nearly
from pos_app.domain.promotion.nearly_coupons import nearly_coupons
from pos_app.domain.promotion.occasion import CouponInHand
from pos_app.domain.promotion.offered import OfferedLine
from pos_app.domain.promotion.offers import Offers
from pos_app.domain.promotion.promotion import Promotion
from pos_app.domain.promotion.refusals import refusals
from pos_app.services.desk import Desk
from pos_app.services.offers import moment_of
from pos_app.services.sale import SaleService
from pos_app.values.times import Timestamp

#: So many are guessed at.
_GUESSED = 8
#: Of so many bundles the missing part is looked for outside the basket.
_BUNDLES = 6
#: So many goods stand for all that a slot may be filled with.
_EXAMPLES = 2


#: The coupons of the open sale and of its customer, with their kinds.
Coupons: TypeAlias = tuple[tuple[CouponInHand, Template], ...]


class OfferExplanation:
    """Explains the open sale; remembers which goods complete a bundle."""

    def __init__(
        self, desk: Desk, sale: SaleService, in_hand: Callable[[], Coupons]
    ) -> None:
        self._desk = desk
        self._sale = sale
        self._in_hand = in_hand
        self._examples: dict[tuple[str, str], tuple[OfferedLine, ...]] = {}
        self._unread: tuple[str, tuple[str, ...]] | None = None

    @property
    def may_speak(self) -> bool:
        """Tell whether there are promotions and goods at all, and no money yet."""
        sale = self._sale
        is_open = sale.current is not None and not sale.current.has_money
        return is_open and bool(sale.offers.book.promotions)

    def refused(self, line_id: str) -> tuple[Refusal, ...]:
        """Return every promotion for a line's goods that gave it nothing, and why."""
        lines, priced = self._lines(), self._sale.priced
        if priced is None or line_id not in {line.line_id for line in lines}:
            return ()
        return refusals(lines, self._sale.offers, priced.promoted, line_id)

    def holds_now(self, promotion_id: str) -> bool:
        """Tell whether a promotion holds by the clock, whatever the sale's moment.

        One that ended while the basket is open goes on holding for it, and one that
        began since does not hold for it yet.
        """
        now = self._desk.clock.now()
        found = (
            promotion
            for promotion in self._desk.catalog.promotion_book(now).promotions
            if promotion.promotion_id == promotion_id
        )
        occasion = replace(self._sale.offers.occasion, moment=now)
        return any(is_time(promotion.schedule, occasion) for promotion in found)

    def begun_since(self, unit: SellingUnit) -> tuple[Promotion, ...]:
        """Return promotions for goods that were started after the sale began."""
        now, offers = self._desk.clock.now(), self._sale.offers
        book = self._desk.catalog.promotion_book(now)
        if book.version == offers.book.version:
            return ()
        known = {promotion.promotion_id for promotion in offers.book.promotions}
        ranks = sorted({match.index for match in book.matching(facts_of(unit))})
        found = (book.promotions[rank] for rank in ranks)
        occasion = replace(offers.occasion, moment=now)
        return tuple(
            promotion
            for promotion in found
            if promotion.promotion_id not in known and holds(promotion, occasion)
        )

    def unreadable(self) -> tuple[str, ...]:
        """Return the names of promotions that hold now and that no one here can read.

        A newer program made them: this till neither applies them nor knows their goods.
        """
        current, offers = self._sale.current, self._sale.offers
        if current is None:
            return ()
        version = offers.book.version
        if self._unread is None or self._unread[0] != version:
            self._unread = (version, self._unreadable(moment_of(current)))
        return self._unread[1]

    def _unreadable(self, moment: Timestamp) -> tuple[str, ...]:
        catalog = self._desk.catalog
        known = {
            promotion.promotion_id
            for promotion in catalog.promotion_book(moment).promotions
        }
        unread = {
            run.promotion_id: run.version
            for run in catalog.promotion_runs()
            if run.promotion_id not in known and run.period.covers(moment)
        }
        return tuple(
            version.name
            for promotion_id, number in unread.items()
            for version in catalog.promotion_versions(promotion_id)
            if version.version == number and version.promotion is None
        )

    def nearest(self, limit: int = 1, line_id: str = "") -> tuple[Nearly, ...]:
        """Return what a little more would reach, what saves most first.

        Args:
            limit: so many at most.
            line_id: of a line, if only more of its goods is asked for.
        """
        found: tuple[Nearly, ...] = ()
        for found in self.nearing(limit, line_id):  # noqa: B007 - the last is the answer
            pass
        return found

    def nearing(
        self, limit: int = 1, line_id: str = ""
    ) -> Iterator[tuple[Nearly, ...]]:
        """Yield what `nearest` returns as far as it is known, step by step.

        What it saves is found by pricing the basket with it (`nearly_priced`); no step
        is longer than that. Of a basket whose deals a frame is too short for nothing is
        told: each trial would take as long as they do.
        """
        sale = self._sale
        basket, priced, pricing = sale.basket, sale.priced, sale.keeper.pricing
        if priced is None or basket is None or len(basket.lines) > FRAME_SEARCH:
            return
        lines, frame = self._lines(), replace(sale.offers, search=FRAME_SEARCH)
        if not lines or pricing is None or is_too_large(lines, frame):
            return
        in_hand = self._in_hand()
        found = [
            near
            for near in self._guessed(lines, frame, priced, in_hand)
            if line_id in {"", near.line_id}
        ]
        coupons = tuple(coupon for coupon, _template in in_hand)
        now = self._desk.clock.now()
        asked = Asked(basket, sale.rules, now, frame, pricing, self.unit, coupons)
        if found:
            yield ()
            yield from proving(found, asked, limit)

    def _guessed(
        self,
        lines: Sequence[OfferedLine],
        offers: Offers,
        priced: PricedBasket,
        in_hand: Coupons,
    ) -> list[Nearly]:
        """Return what may be nearly reached, the best guess first."""
        promoted, others = priced.promoted, self._others(lines)
        found = list(nearly(lines, offers, promoted, _GUESSED, others))
        coupons = [coupon for coupon, _template in in_hand]
        kinds = {coupon.coupon_id: template for coupon, template in in_hand}
        for near in nearly_coupons(lines, offers, promoted, coupons):
            kind = kinds[near.coupon_id]
            found.append(replace(near, name=kind.name, names=kind.names))
        return sorted(found, key=telling_order)

    def unit(self, unit_id: str) -> SellingUnit | None:
        """Return goods that a nearly reached promotion names, at their price now."""
        return self._desk.catalog.unit(unit_id, self._desk.price_moment())

    def _lines(self) -> list[OfferedLine]:
        basket = self._sale.basket
        if basket is None or not self._sale.offers.book.promotions:
            return []
        levels = levels_of(basket.shopper)
        known = (line for line in basket.lines if line.unit is not None)
        return [offered(listed(replace(x, discount=None), levels)) for x in known]

    def _others(self, lines: Sequence[OfferedLine]) -> list[OfferedLine]:
        """Return goods outside the basket that would complete a bundle in it."""
        inside = {line.goods.unit_id for line in lines}
        found: dict[str, OfferedLine] = {}
        for promotion in self._bundles(lines):
            for one in self._examples_of(promotion):
                if one.goods.unit_id not in inside:
                    found.setdefault(one.goods.unit_id, one)
        return list(found.values())

    def _bundles(self, lines: Sequence[OfferedLine]) -> Iterator[Promotion]:
        book, occasion = self._sale.offers.book, self._sale.offers.occasion
        ranks = {match.index for x in lines for match in book.matching(x.goods)}
        left = _BUNDLES
        for rank in sorted(ranks):
            promotion = book.promotions[rank]
            is_bundle = isinstance(promotion.deal, (BundleDeal, GiftDeal))
            if left and is_bundle and holds(promotion, occasion):
                left -= 1
                yield promotion

    def _examples_of(self, promotion: Promotion) -> tuple[OfferedLine, ...]:
        """Return goods for each part of a bundle, best sellers first; kept per book."""
        key = (self._sale.offers.book.version, promotion.promotion_id)
        if key not in self._examples:
            if self._examples and next(iter(self._examples))[0] != key[0]:
                self._examples = {}
            moment = self._desk.price_moment()
            units = (
                unit
                for selector in selectors_of(promotion.deal)
                for unit in self._desk.catalog.units_of(selector, moment, _EXAMPLES)
            )
            self._examples[key] = tuple(
                _one_of(unit)
                for unit in units
                if unit.price is not None and unit.sell_by is SellBy.COUNT
            )
        return self._examples[key]


def _one_of(unit: SellingUnit) -> OfferedLine:
    """Return one unit of goods as if it lay in the basket."""
    assert unit.price is not None
    cap = unit.discount_cap
    return OfferedLine(
        line_id="",
        goods=facts_of(unit),
        count=1,
        unit_minor=unit.price.minor,
        quantity_thousandths=1000,
        floor_minor=unit.floor_minor,
        may_lower=cap is None or cap.millionths > 0,
    )
