"""Published promotions priced as a shop of ours could have them, or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pos_app.domain.basket import BasketLine
from pos_app.domain.pricing_result import PricedBasket
from pos_app.domain.promotion.checks import refuse_unsound
from pos_app.domain.promotion.deal import Off, SpendDeal, flat_threshold
from pos_app.domain.promotion.promotion import Promotion
from pos_app.errors import UserError
from tests.builders_promotions import price_with, spend
from tests.contract.published_tax_rates import NotExpressibleError


def price_accepted(
    lines: Sequence[BasketLine], *promotions: Promotion, **facts: Any
) -> PricedBasket:
    """Price under promotions that the back office lets somebody store."""
    for each in promotions:
        try:
            refuse_unsound(each)
        except UserError as error:
            raise NotExpressibleError(f"the till refuses it: {error.key}") from None
    return price_with(lines, *promotions, **facts)


def off_everything(off: Off, **facts: Any) -> SpendDeal:
    """So much off whatever is bought (立减): an amount leaves something to pay."""
    return spend((flat_threshold(off), off), **facts)
