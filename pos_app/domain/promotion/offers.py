"""What pricing is told beside the basket: the promotions, and the occasion."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.domain.promotion.book import EMPTY_BOOK, PromotionBook
from pos_app.domain.promotion.occasion import Occasion
from pos_app.values.times import Timestamp

#: States that the search for the best item deals looks at for one basket; a count,
#: so that a slow till and a fast one give the same answer.
FULL_SEARCH = 20_000

#: As many as fit into a frame of the screen: nearly every basket is done by then, and
#: its answer is the one of the full search. The others are painted at what was found,
#: and searched to the end before money is taken.
FRAME_SEARCH = 500


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
