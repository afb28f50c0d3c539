"""Pricing sales that were without and with a promotion: what `dry_run` adds up."""

from __future__ import annotations

from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from pos_app.domain.basket import Basket
from pos_app.domain.dry_run import DryRun, TriedPrices
from pos_app.domain.dry_run_result import DryRunLimits, DryRunResult
from pos_app.domain.item import SellingUnit
from pos_app.domain.offered_lines import facts_of
from pos_app.domain.pricing import price_basket
from pos_app.domain.pricing_result import PricedBasket
from pos_app.domain.promotion.book import PromotionBook, compile_book
from pos_app.domain.promotion.occasion import CouponInHand, Occasion, Shopper, Used
from pos_app.domain.promotion.offers import Offers
from pos_app.domain.promotion.promotion import (
    LimitPeriod,
    Promotion,
    TriggerKind,
)
from pos_app.domain.resold import sold_again
from pos_app.domain.sale import Sale
from pos_app.domain.shop import Shop
from pos_app.errors import UserError
from pos_app.ports.catalog import Catalog
from pos_app.services.dry_run_past import Past, points_of
from pos_app.values.times import BusinessDay, Period

#: The coupon that every customer of the trial has, where the promotion asks for one.
_COUPON = "tried"
_NAMELESS = "tried"


@dataclass(frozen=True, slots=True)
class DryRunRequest:
    """Everything that a dry run needs; made on the till's thread.

    Attributes:
        promotion: as it would go live; it may have no identity yet.
        first, last: business days whose sales are priced.
        shop: its rules, zone and identity.
        limits: of a wrong stack.
    """

    promotion: Promotion
    first: BusinessDay
    last: BusinessDay
    shop: Shop
    limits: DryRunLimits = DryRunLimits()  # noqa: RUF009 - frozen value


class Trial:
    """Prices sales without and with a promotion; keeps what the catalogue said.

    Args:
        catalog: of the thread that calls.
        request: see there.
        past: knows who bought, and what they showed.
    """

    def __init__(self, catalog: Catalog, request: DryRunRequest, past: Past) -> None:
        self._catalog, self._request, self._past = catalog, request, past
        self._tried = _as_tried(request.promotion)
        self._taxed = {x.key for x in request.shop.rules.tax_categories}
        self._units: dict[str, SellingUnit] = {}
        self._looked_up: set[str] = set()
        self._costs: dict[str, int] = {}
        self._books: dict[str, tuple[PromotionBook, PromotionBook]] = {}
        self._uses = _Uses(self._tried)
        self._sums = DryRun(self._tried.promotion_id, self._costs, request.limits)

    @property
    def result(self) -> DryRunResult:
        """Everything so far."""
        return self._sums.result

    def add(self, sale: Sale) -> None:
        """Price a sale twice and add it up."""
        self._look_up(sale)
        basket = sold_again(sale, self._units)
        basket = replace(basket, shopper=self._shopper(sale, basket))
        if not {x.tax_category for x in sale.lines} <= self._taxed:
            self._sums.leave_out()
            return
        if not self._may_touch(sale, basket):
            same = sale.priced
            self._sums.add(sale, TriedPrices(same, same, same))
            return
        try:
            found = self._priced(sale, basket)
        except UserError:  # such as 抹零 beyond what the sale would have come to
            self._sums.leave_out()
            return
        self._sums.add(sale, found)
        used = found.after.promoted.applications
        mine = [x.times for x in used if x.promotion_id == self._tried.promotion_id]
        self._uses.note(sale, sum(mine))

    def _may_touch(self, sale: Sale, basket: Basket) -> bool:
        """Tell whether the promotion, or its version of then, is for any of the goods.

        Where it is not, the sale came to what it would come to again.
        """
        without, with_it = self._book(sale)
        own = self._tried.promotion_id
        if any(x.promotion_id == own for x in without.promotions):
            return True
        return any(
            with_it.promotions[match.index].promotion_id == own
            for line in basket.lines
            if line.unit is not None
            for match in with_it.matching(facts_of(line.unit))
        )

    def _shopper(self, sale: Sale, basket: Basket) -> Shopper | None:
        """Return who bought, at the price level that the sale was sold at."""
        known, then = self._past.shopper(sale), basket.shopper
        if known is None or then is None:
            return known or then
        return replace(known, price_level=then.price_level)

    def _priced(self, sale: Sale, basket: Basket) -> TriedPrices:
        """Price a sale without and with the promotion.

        An offer that the cashier left out then, or that was used up, is not stored
        with a sale: where it comes to another amount, only those hold that did.
        """
        without, with_it = self._offers(sale, basket)
        before = self._price(sale, basket, without)
        if before.total_minor != sale.priced.total_minor:
            without, with_it = self._as_used(sale, without, with_it)
            before = self._price(sale, basket, without)
        after = self._price(sale, basket, with_it)
        bare = after
        if with_it.occasion.points is not None:
            # What a customer gives points for is no cheaper for the shop's deals.
            occasion = replace(with_it.occasion, points=None)
            bare = self._price(sale, basket, replace(with_it, occasion=occasion))
        return TriedPrices(before, after, bare)

    def _price(self, sale: Sale, basket: Basket, offers: Offers) -> PricedBasket:
        return price_basket(basket, self._request.shop.rules, sale.ended_at, offers)

    def _as_used(
        self, sale: Sale, without: Offers, with_it: Offers
    ) -> tuple[Offers, Offers]:
        held = {x.promotion_id for x in sale.priced.promoted.applications}
        others = (x.promotion_id for x in without.book.promotions)
        left_out = tuple(x for x in others if x not in held)
        but_tried = tuple(x for x in left_out if x != self._tried.promotion_id)
        occasion = replace(without.occasion, declined=left_out)
        tried_at = replace(with_it.occasion, declined=but_tried)
        return replace(without, occasion=occasion), replace(with_it, occasion=tried_at)

    def _look_up(self, sale: Sale) -> None:
        fresh = {x.unit_id for x in sale.lines} - self._looked_up
        if not fresh:
            return
        self._looked_up |= fresh
        for unit_id in fresh:
            unit = self._catalog.unit(unit_id, sale.ended_at)
            if unit is not None:
                self._units[unit_id] = unit
        self._costs.update(self._catalog.unit_costs(sorted(fresh)))

    def _offers(self, sale: Sale, basket: Basket) -> tuple[Offers, Offers]:
        """Return what holds at a sale's moment, without and with the promotion."""
        without, with_it = self._book(sale)
        occasion = self._occasion(sale, basket)
        return Offers(without, occasion), Offers(with_it, self._with_it(occasion, sale))

    def _book(self, sale: Sale) -> tuple[PromotionBook, PromotionBook]:
        """Return the promotions of a sale's moment, without and with the one tried."""
        book = self._catalog.promotion_book(sale.started_at)
        if book.version not in self._books:
            own = self._tried.promotion_id
            others = [x for x in book.promotions if x.promotion_id != own]
            parents = book.parents or {
                x.category_id: x.parent_id
                for x in self._catalog.categories()
                if x.parent_id
            }
            more = compile_book([*others, self._tried], parents)
            self._books[book.version] = (book, more)
        return self._books[book.version]

    def _occasion(self, sale: Sale, basket: Basket) -> Occasion:
        uses = sale.priced.promoted.applications
        shop = self._request.shop
        coupons = self._past.coupons(sale)
        return Occasion(
            moment=sale.started_at,
            zone=ZoneInfo(shop.time_zone),
            store=shop.shop_id,
            shopper=basket.shopper,
            coupons=coupons,
            coupon_limit=max(self._past.coupon_limit, len(coupons)),
            points=points_of(sale),
            chosen=tuple(dict.fromkeys(x.promotion_id for x in uses)),
        )

    def _with_it(self, occasion: Occasion, sale: Sale) -> Occasion:
        """Give every customer the coupon, or the choice, that it asks for."""
        promotion_id = self._tried.promotion_id
        used = {promotion_id: self._uses.before(sale)}
        kind = self._tried.trigger.kind
        if kind is TriggerKind.COUPON:
            coupon = CouponInHand(_COUPON, promotion_id)
            shown = (*occasion.coupons, coupon)
            return replace(occasion, coupons=shown, used=used)
        if kind is TriggerKind.MANUAL:
            chosen = (*occasion.chosen, promotion_id)
            return replace(occasion, chosen=chosen, used=used)
        return replace(occasion, used=used)


def _as_tried(promotion: Promotion) -> Promotion:
    """Return a promotion that holds at once, at the hours that it says."""
    return replace(
        promotion,
        promotion_id=promotion.promotion_id or _NAMELESS,
        schedule=replace(promotion.schedule, period=Period()),
    )


class _Uses:
    """Counts uses of a promotion over the trial, so that its limits hold in it."""

    def __init__(self, promotion: Promotion) -> None:
        self._limits = promotion.limits
        self._in_all = 0
        self._in_period: dict[object, int] = {}
        self._by_member: dict[object, int] = {}

    def before(self, sale: Sale) -> Used:
        """Return how often it was used before a sale."""
        period, member = self._keys(sale)
        return Used(
            by_member=self._by_member.get(member, 0),
            in_period=self._in_period.get(period, 0),
            in_all=self._in_all,
        )

    def note(self, sale: Sale, times: int) -> None:
        """Count the uses of a sale."""
        period, member = self._keys(sale)
        self._in_all += times
        self._in_period[period] = self._in_period.get(period, 0) + times
        if sale.member_id:
            self._by_member[member] = self._by_member.get(member, 0) + times

    def _keys(self, sale: Sale) -> tuple[object, object]:
        day = sale.business_day
        of_member = (sale.member_id, _while(day, self._limits.member_period))
        return _while(day, self._limits.period), of_member


def _while(day: BusinessDay, period: LimitPeriod) -> object:
    """Return which day, week or month it is; the same for all of `EVER`."""
    if period is LimitPeriod.DAY:
        return day
    if period is LimitPeriod.WEEK:
        return day.isocalendar()[:2]
    return (day.year, day.month) if period is LimitPeriod.MONTH else None
