"""Promotions at the counter: the strip, the panel that explains, what asks about them."""

from __future__ import annotations

from collections.abc import Iterator

from tests.journeys.screen_offers import SHIRT, end_offers, open_offers
from tests.journeys.screen_till import AMERICANO, COLA, ScreenTill


def offer_views(till: ScreenTill) -> Iterator[str]:
    """Show a basket under promotions; leaves an empty one and no promotion.

    Args:
        till: somebody is signed on, and no sale is open.
    """
    found = open_offers(till)
    till.scan(AMERICANO, SHIRT, COLA, COLA, COLA)
    offers = till.flow.features.offers
    till.wait(lambda: offers.nearest is not None)
    yield "sale, promotions"
    till.press("lineWhy")
    yield "why this price, promotions"
    till.select(till.flow.sale.state.lines[1].name)
    yield "why this price, several promotions"
    till.press("whyDecline")
    yield "which offer is to go"
    till.press("dialogClose")
    offers._on_which(offers.flow.features.price.why.state.offers[0].promotion_id)
    yield "why an offer is left out"
    till.press("dialogClose")
    till.press("panelClose")
    for code in (SHIRT, COLA):
        till.press("function_price_check")
        till.scan(code)
        yield f"price check, promotions of {code}"
        till.press("priceCheckBack")
    till.press("function_sale_discount")
    yield "discount dialog, promotions"
    till.press("reductionOffers")
    yield "promotions to choose"
    till.press("dialogClose")
    for line in till.lines:
        till.work.counter.sale.remove_line(line.line_id)
    end_offers(till, found)
    till.flow.sale.refresh()
