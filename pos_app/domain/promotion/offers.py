"""What pricing is told beside the basket: the promotions, and the occasion."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.domain.promotion.book import EMPTY_BOOK, PromotionBook
from pos_app.domain.promotion.effort import FULL_SEARCH
from pos_app.domain.promotion.occasion import Occasion
from pos_app.values.times import Timestamp


@dataclass(frozen=True, slots=True)
class Offers:
    """The promotions that may hold, and for whom, when and where.

    Attributes:
        book: the promotions. occasion: for whom, when and where.
        search: states that may be looked at; a sale is stored after `FULL_SEARCH`.
    """

    book: PromotionBook
    occasion: Occasion
    search: int = FULL_SEARCH


#: A shop without promotions.
NO_OFFERS = Offers(EMPTY_BOOK, Occasion(Timestamp(0)))
