"""Lines as item deals see them, and promotions in as few words as a table allows."""

from __future__ import annotations

from pos_app.domain.promotion.application import Promoted
from pos_app.domain.promotion.book import compile_book
from pos_app.domain.promotion.deal import Deal, Off
from pos_app.domain.promotion.item_deals import item_deals
from pos_app.domain.promotion.occasion import Occasion
from pos_app.domain.promotion.offered import OfferedLine
from pos_app.domain.promotion.offers import Offers
from pos_app.domain.promotion.promotion import Promotion
from pos_app.domain.promotion.selector import (
    ALL_GOODS,
    GoodsFacts,
    GoodsSet,
    Selector,
)
from pos_app.values.percentage import Percentage
from pos_app.values.times import Timestamp

NOW = Timestamp(1_700_000_000_000)
EVERYTHING = Selector(ALL_GOODS)


def counted(name: str, minor: int, count: int = 1, **facts: object) -> OfferedLine:
    """Return a line of whole pieces; its goods are called as the line is."""
    return OfferedLine(
        name, GoodsFacts(name, name), count, minor, 1000 * count, **facts
    )


def weighed(name: str, minor: int, thousandths: int, **facts: object) -> OfferedLine:
    """Return a weighed line that costs `minor` in all."""
    goods = GoodsFacts(name, name)
    return OfferedLine(name, goods, 1, minor, thousandths, by_weight=True, **facts)


def named(*names: str) -> Selector:
    return Selector(GoodsSet(item_ids=names))


def percent(text: str) -> Off:
    return Off(percentage=Percentage.parse(text))


def deal(promotion_id: str, what: Deal, **more: object) -> Promotion:
    return Promotion(promotion_id, 1, promotion_id, what, **more)


def offers(*promotions: Promotion, **occasion: object) -> Offers:
    return Offers(compile_book(promotions, {}), Occasion(NOW, **occasion))


def dealt(lines: list[OfferedLine], *promotions: Promotion) -> Promoted:
    """Return what item deals do, each application checked."""
    promoted = item_deals(lines, offers(*promotions))
    for application in promoted.applications:
        application.check()
    return promoted


def told(promoted: Promoted) -> list[tuple[str, int, int]]:
    """Return (promotion, uses, saving) of each application."""
    return [(x.promotion_id, x.times, x.saving_minor) for x in promoted.applications]


def saved_on(promoted: Promoted) -> dict[str, int]:
    """Return what each line saves."""
    found: dict[str, int] = {}
    for one in promoted.applications:
        for claim in one.claims:
            found[claim.line_id] = found.get(claim.line_id, 0) + claim.saving_minor
    return found
