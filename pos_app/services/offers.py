"""The promotions that a basket is priced with: of its one moment, for its customer.

Whoever prices a basket asks here, so that the screen, the slip of a parked sale, a
resumed one and the black box know the same promotions. One that is stopped while a
basket is open goes on holding for it: the basket's moment decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from pos_app.domain.basket import Basket
from pos_app.domain.open_sale import Intent, OpenSale
from pos_app.domain.price import TakePricesOf
from pos_app.domain.promotion.book import EMPTY_BOOK, PromotionBook
from pos_app.domain.promotion.holding import is_time
from pos_app.domain.promotion.occasion import Occasion, Used
from pos_app.domain.promotion.offers import NO_OFFERS, Offers
from pos_app.services.desk import Desk
from pos_app.values.times import BusinessDay, Timestamp


def offers_for(desk: Desk, sale: OpenSale) -> Offers:
    """Return the promotions that a sale is priced with, as they were used until now.

    Args:
        desk: whose catalogue and ledger are asked; on their own thread.
        sale: its moment, its customer, and what was chosen or taken away.
    """
    book = desk.catalog.promotion_book(moment_of(sale))
    if not book.promotions and not _asks(sale.basket):
        return NO_OFFERS
    used = _used(desk, book, sale.basket, sale.business_day)
    return Offers(book, _occasion(desk, sale, used))


def offers_then(desk: Desk, sale: OpenSale) -> Offers:
    """Return the promotions of a sale as they held then, limits apart.

    How often each was used before that sale is not asked for the past.
    """
    book = desk.catalog.promotion_book(moment_of(sale))
    if not book.promotions and not _asks(sale.basket):
        return NO_OFFERS
    return Offers(book, _occasion(desk, sale, {}))


def prices_only(sale: OpenSale | None) -> Offers:
    """Return no deal at all, only the price level of a sale's customer."""
    if sale is None or sale.basket.shopper is None:
        return NO_OFFERS
    return Offers(EMPTY_BOOK, Occasion(moment_of(sale), shopper=sale.basket.shopper))


def moment_of(sale: OpenSale) -> Timestamp:
    """Return the moment whose promotions a sale has: that of its prices."""
    return sale.prices_of or sale.started_at


def taken_anew(desk: Desk, emptied: OpenSale, at: Timestamp) -> tuple[Intent, ...]:
    """Return what gives an emptied sale the prices and deals of now, if others hold."""
    since = moment_of(emptied)
    change = desk.catalog.next_price_change(since)
    has_changed = change is not None and change <= at
    if has_changed or _holding_at(desk, since) != _holding_at(desk, at):
        return (TakePricesOf(at),)
    return ()


def _holding_at(desk: Desk, moment: Timestamp) -> list[tuple[str, int]]:
    occasion = Occasion(moment, ZoneInfo(desk.shop.time_zone))
    return [
        (promotion.promotion_id, promotion.version)
        for promotion in desk.catalog.promotion_book(moment).promotions
        if is_time(promotion.schedule, occasion)
    ]


class OpenOffers:
    """Keeps the promotions of the open sale, so that a scan does not look them up.

    Anew where the book, the moment, the customer, or what was shown, chosen or taken
    away is another; how often promotions were used is asked once for each basket and
    customer: nothing else is sold on this till while it is open.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._made: tuple[_Key, Offers] | None = None
        self._used: tuple[_Uses, Mapping[str, Used]] | None = None

    def of(self, sale: OpenSale) -> Offers:
        """Return the promotions of a sale; the same object while nothing changed."""
        basket = sale.basket
        book = self._desk.catalog.promotion_book(moment_of(sale))
        if not book.promotions and not _asks(basket):
            return NO_OFFERS
        key = _Key(book.version, moment_of(sale), _said(basket))
        uses = _Uses(
            basket.basket_id,
            book.version,
            basket.shopper.member_id if basket.shopper else "",
            sale.business_day,
        )
        if self._used is None or self._used[0] != uses:
            used = _used(self._desk, book, basket, sale.business_day)
            self._used, self._made = (uses, used), None
        if self._made is None or self._made[0] != key:
            occasion = _occasion(self._desk, sale, self._used[1])
            self._made = (key, Offers(book, occasion))
        return self._made[1]

    def forget(self) -> None:
        """Ask anew: a sale has ended, and may have used promotions up."""
        self._made = self._used = None


@dataclass(frozen=True, slots=True)
class _Key:
    book_version: str
    moment: Timestamp
    said: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class _Uses:
    basket_id: str
    book_version: str
    member_id: str
    day: BusinessDay


def _said(basket: Basket) -> tuple[object, ...]:
    """Return what a basket says to promotions beside its goods."""
    return (
        basket.shopper,
        basket.coupons,
        basket.points,
        basket.chosen,
        basket.declined,
    )


def _asks(basket: Basket) -> bool:
    """Tell whether a basket asks for a price level or points, without promotions."""
    return basket.shopper is not None or basket.points is not None


def _occasion(desk: Desk, sale: OpenSale, used: Mapping[str, Used]) -> Occasion:
    shop, basket = desk.shop, sale.basket
    return Occasion(
        moment=moment_of(sale),
        zone=ZoneInfo(shop.time_zone),
        store=shop.shop_id,
        shopper=basket.shopper,
        coupons=basket.coupons,
        points=basket.points,
        chosen=basket.chosen,
        declined=basket.declined,
        used=used,
        coupon_limit=_coupon_limit(desk, basket),
    )


def _coupon_limit(desk: Desk, basket: Basket) -> int:
    """Return how many coupons a basket may use; asked only where it has any."""
    return desk.ledger.points.programme().coupon_limit if basket.coupons else 1


def _used(
    desk: Desk, book: PromotionBook, basket: Basket, day: BusinessDay
) -> Mapping[str, Used]:
    limited = {
        promotion.promotion_id: promotion.limits
        for promotion in book.promotions
        if promotion.limits.looks_back
    }
    if not limited:
        return {}
    member_id = basket.shopper.member_id if basket.shopper else ""
    return desk.ledger.promotion_uses.used(limited, day, member_id)
