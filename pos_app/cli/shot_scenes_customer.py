"""The customer's display in pictures: what the second screen shows through a sale."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pos_app.cli.demo_day_pictures import MANAGER
from pos_app.cli.scripted_cashier import ScriptedCashier
from pos_app.cli.scripted_till import ScriptedTill

if TYPE_CHECKING:
    from ui.hand import Hand

_BASKET = ("9521005001379", "9521001001373", "9521001010962", "710002")


class CustomerScenes:
    """Sells once more and looks at it from the other side of the counter.

    Args:
        place: the till, locked or signed on.
    """

    def __init__(self, place: ScriptedTill) -> None:
        self._place, self._flow = place, place.screen.flow
        self._display = place.screen.customer
        self._cashier = ScriptedCashier(place)

    def play(self) -> Iterator[tuple[str, Hand]]:
        """Yield each scene's name and who can photograph the customer's screen."""
        from ui.hand import Hand
        from ui.second_screen import SecondScreen

        screens = SecondScreen()
        self._display.use_screens(screens)
        window = self._display.window
        assert window is not None
        screens.fill(window)
        hand = Hand(window)
        for scene in self._scenes():
            self._display.show_now()
            yield scene, hand
        self._display.sleep()

    def _scenes(self) -> Iterator[str]:
        self._cashier.lock()
        yield "customer_idle"
        self._cashier.sign_on(*MANAGER)
        if self._place.screen.window.open_dialog() is not None:  # of the clock
            self._place.hand.press("dialogClose")
        if self._flow.sale.state.lines:
            self._cashier.begin_void("customer_left")
            self._cashier.void_sale()
        for code in _BASKET:
            self._cashier.scan(code)
        self._place.hand.press("lineDiscount")
        self._place.hand.key_in("10")
        self._place.hand.press("reductionReason_blemish")
        self._place.hand.press("reductionTake")
        yield "customer_basket"
        self._cashier.go_to_payment()
        self._cashier.offer("wechat", "100", "8821")
        yield "customer_code"
        assert self._cashier.accept() is None
        self._cashier.offer("cash", "100")
        yield "customer_payment"
        assert self._cashier.accept() is not None
        yield "customer_done"
