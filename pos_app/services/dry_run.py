"""A promotion tried on sales that were, before it goes live.

Every finished sale is priced again as it was sold, under the promotions that held
then, without and with the one that is tried. Nothing is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from pos_app.domain.basket import Basket
from pos_app.domain.dry_run import DryRun
from pos_app.domain.dry_run_result import DryRunLimits, DryRunResult
from pos_app.domain.item import SellingUnit
from pos_app.domain.pricing import price_basket
from pos_app.domain.promotion.book import PromotionBook, compile_book
from pos_app.domain.promotion.occasion import CouponInHand, Occasion, Used
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
from pos_app.ports.ledger import Ledger
from pos_app.services.desk import Desk
from pos_app.values.times import BusinessDay, Period

#: "Last week": this day and the six before it.
DAYS = 7
#: More receipts than any till gives out in a day.
_A_DAY = 100_000
#: So many sales are priced between two words about how far it is.
_STEP = 20
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


def last_week(desk: Desk, promotion: Promotion, days: int = DAYS) -> DryRunRequest:
    """Ask for the sales of the last days, this one included."""
    today = desk.business_day()
    return DryRunRequest(promotion, today - timedelta(days=days - 1), today, desk.shop)


def dry_run(
    desk: Desk,
    request: DryRunRequest,
    went_on: Callable[[int], None],
    is_unwanted: Callable[[], bool],
) -> DryRunResult | None:
    """Try a promotion on this till's own sales; on any thread, it may take a while.

    Args:
        desk: its ledger is read; its catalogue is opened beside the till's own.
        request: see there.
        went_on: told now and then how many sales were priced.
        is_unwanted: asked after each sale whether nobody waits any more.

    Returns:
        What came out; None where nobody waits for it.
    """
    with desk.catalog.beside() as catalog:
        trial = Trial(catalog, request)
        sales = own_sales(desk.ledger, request.first, request.last)
        for number, sale in enumerate(sales, 1):
            if is_unwanted():
                return None
            trial.add(sale)
            if number % _STEP == 0:
                went_on(number)
        return trial.result


def own_sales(ledger: Ledger, first: BusinessDay, last: BusinessDay) -> Iterator[Sale]:
    """Yield the finished sales of some days; those that were mirrored never were."""
    day = first
    while day <= last:
        found = list(ledger.returns.receipts_of_day(day, _A_DAY))
        gone = {each.reverses for each in found if each.reverses}
        for each in reversed(found):
            if each.sale_id in gone or each.reverses:
                continue
            sale = ledger.sale(each.sale_id)
            if sale is not None and sale.lines:
                yield sale
        day += timedelta(days=1)


class Trial:
    """Prices sales without and with a promotion; keeps what the catalogue said.

    Args:
        catalog: of the thread that calls.
        request: see there.
    """

    def __init__(self, catalog: Catalog, request: DryRunRequest) -> None:
        self._catalog, self._request = catalog, request
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
        rules = self._request.shop.rules
        if not {x.tax_category for x in sale.lines} <= self._taxed:
            self._sums.leave_out()
            return
        without, with_it = self._offers(sale, basket)
        try:
            before = price_basket(basket, rules, sale.ended_at, without)
            after = price_basket(basket, rules, sale.ended_at, with_it)
        except UserError:  # such as 抹零 beyond what the sale would have come to
            self._sums.leave_out()
            return
        self._sums.add(sale, before, after)
        used = after.promoted.applications
        mine = [x.times for x in used if x.promotion_id == self._tried.promotion_id]
        self._uses.note(sale, sum(mine))

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
        book = self._catalog.promotion_book(sale.started_at)
        if book.version not in self._books:
            others = [
                x for x in book.promotions if x.promotion_id != self._tried.promotion_id
            ]
            parents = book.parents or {
                x.category_id: x.parent_id
                for x in self._catalog.categories()
                if x.parent_id
            }
            more = compile_book([*others, self._tried], parents)
            self._books[book.version] = (book, more)
        without, with_it = self._books[book.version]
        occasion = self._occasion(sale, basket)
        return Offers(without, occasion), Offers(with_it, self._with_it(occasion, sale))

    def _occasion(self, sale: Sale, basket: Basket) -> Occasion:
        uses = sale.priced.promoted.applications
        shop = self._request.shop
        return Occasion(
            moment=sale.started_at,
            zone=ZoneInfo(shop.time_zone),
            store=shop.shop_id,
            shopper=basket.shopper,
            coupons=tuple(
                CouponInHand(x.coupon_id, x.promotion_id, is_chosen=True)
                for x in uses
                if x.coupon_id
            ),
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


def tried_on(
    catalog: Catalog, request: DryRunRequest, sales: Iterable[Sale]
) -> DryRunResult:
    """Try a promotion on any sales, such as those of a replay."""
    trial = Trial(catalog, request)
    for sale in sales:
        trial.add(sale)
    return trial.result
