"""Which goods a running promotion makes cheaper by the piece: a small mark on their tile.

A page of tiles is built once, so this is asked again only where the promotions, the
minute, or the customer are others; a scan compares three values.
"""

from __future__ import annotations

from zoneinfo import ZoneInfo

from pos_app.domain.item import SellingUnit
from pos_app.domain.offered_lines import facts_of
from pos_app.domain.promotion.book import EMPTY_BOOK, PromotionBook
from pos_app.domain.promotion.deal import UnitDeal
from pos_app.domain.promotion.holding import holds
from pos_app.domain.promotion.occasion import Occasion
from pos_app.domain.promotion.promotion import Layer, Promotion
from pos_app.services.desk import Desk
from pos_app.services.sale import SaleService

_MINUTE_MS = 60_000


class LoweredGoods:
    """Knows the promotions that lower a piece by itself, now and for this customer."""

    def __init__(self, desk: Desk, sale: SaleService) -> None:
        self._desk, self._sale = desk, sale
        self._zone = ZoneInfo(desk.shop.time_zone)
        self._key: tuple[object, ...] = ()
        self._book: PromotionBook = EMPTY_BOOK
        self._holding: frozenset[int] = frozenset()
        self._ids: frozenset[str] = frozenset()

    def look_again(self) -> frozenset[str]:
        """Return the ids of those promotions; the same while nothing changed."""
        moment, basket = self._desk.price_moment(), self._sale.basket
        shopper = basket.shopper if basket else None
        book = self._desk.catalog.promotion_book(moment)
        key = (book.version, moment.unix_ms // _MINUTE_MS, shopper)
        if key != self._key:
            self._key, self._book = key, book
            occasion = Occasion(
                moment, self._zone, self._desk.shop.shop_id, shopper=shopper
            )
            self._holding = frozenset(
                rank
                for rank, promotion in enumerate(book.promotions)
                if _is_plain(promotion) and holds(promotion, occasion)
            )
            self._ids = frozenset(
                book.promotions[x].promotion_id for x in self._holding
            )
        return self._ids

    def has(self, unit: SellingUnit) -> bool:
        """Tell whether one piece of goods costs less than the shelf says."""
        if not self._holding or unit.price is None:
            return False
        cap = unit.discount_cap
        if cap is not None and cap.millionths <= 0:
            return False
        matches = self._book.matching(facts_of(unit))
        return any(match.index in self._holding for match in matches)


def _is_plain(promotion: Promotion) -> bool:
    """Tell whether it is for a piece by itself, as often as one likes."""
    is_unit = isinstance(promotion.deal, UnitDeal) and promotion.layer is Layer.ITEM
    return is_unit and not promotion.limits.looks_back
