"""Prices by hand in believable states: another price, discounts, why this price."""

from __future__ import annotations

from collections.abc import Iterator

from pos_app.cli.scripted_till import ScriptedTill

#: Tea, a T-shirt, two pairs of socks, a bag that keeps its price.
_BASKET = ("9521001001373", "710002", "710020", "710020", "990001")


class PriceScenes:
    """Plays on the sale screen with an empty till; leaves a sale open.

    Args:
        place: an open scripted till with somebody signed on.
    """

    def __init__(self, place: ScriptedTill) -> None:
        self._hand = place.hand

    def play(self) -> Iterator[str]:
        """Play the scenes; the window stands still at each `yield`."""
        for code in _BASKET:
            self._hand.scan(code)
        self._hand.strike("Up")
        yield "sale_line_keys"
        self._hand.press("linePrice")
        self._hand.key_in("25")
        yield "dialog_price"
        self._hand.press("reductionReason_label_differs")
        self._hand.press("reductionTake")
        self._hand.strike("Up")
        self._hand.key_in("20")
        self._hand.press("lineDiscount")
        yield "dialog_discount"
        self._hand.press("reductionReason_regular_customer")
        self._hand.press("reductionTake")
        self._hand.strike("F5")
        self._hand.press("reductionMode_amount")
        self._hand.key_in("15")
        self._hand.press("reductionReason_complaint")
        yield "dialog_sale_discount"
        self._hand.press("reductionTake")
        yield "sale_discounted"
        self._hand.press("lineWhy")
        yield "why_price"
        self._hand.strike("Down")
        yield "why_price_of_two"
        self._hand.strike("Escape")
