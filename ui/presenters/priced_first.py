"""Payment that waits for the best price: never the screen, never at a price that changes."""

from __future__ import annotations

from collections.abc import Callable

from pos_app.domain.basket import Basket
from pos_app.errors import UserError
from pos_app.i18n import _
from pos_app.services.refund import refuse_unready
from ui.format import money
from ui.presenters.frame import FramePresenter
from ui.presenters.frame_state import Tone
from ui.presenters.workplace import Workplace


def pricing_words() -> str:
    """Say that the best price is being looked for."""
    return _("Working out the offers…")


class PricedFirst:
    """Does what was asked for once the search for the best price has ended.

    Attributes:
        is_pricing: tells whether a search is under way; nobody searches at first.
    """

    def __init__(self, work: Workplace, frame: FramePresenter) -> None:
        self._work, self._frame = work, frame
        self._then: Callable[[], None] | None = None
        self._basket: Basket | None = None
        self._minor: int | None = None
        self.is_pricing: Callable[[], bool] = lambda: False

    def may_pay(self, then: Callable[[], None]) -> bool:
        """Tell whether payment may begin; if not, somebody reads why.

        Args:
            then: asks once more, when the price is known.
        """
        if self.waits(then):
            return False
        counter = self._work.counter
        try:
            counter.sale.settle_unknown()
            refuse_unready(counter.desk, counter.sale)
        except UserError as error:
            self._frame.refuse(error)
            return False
        return True

    def waits(self, then: Callable[[], None], *, at_this_price: bool = False) -> bool:
        """Tell whether somebody has to wait; `then` is done when they need not.

        Args:
            then: what was asked for; what was asked before is forgotten.
            at_this_price: it is not done where the price is another by then.
        """
        if not self.is_pricing():
            return False
        self._then, self._basket = then, self._work.counter.sale.basket
        self._minor = self._total_minor if at_this_price else None
        self._frame.say(pricing_words(), Tone.INFO)
        return True

    @property
    def _total_minor(self) -> int:
        priced = self._work.counter.sale.priced
        return priced.total_minor if priced else 0

    def go_on(self) -> None:
        """The search has ended: do what waits, unless the basket is another now."""
        then, self._then = self._then, None
        if then is not None:
            self._frame.unsay(pricing_words())
        if then is None or self._basket is not self._work.counter.sale.basket:
            return
        if self._minor is None or self._minor == self._total_minor:
            then()
            return
        total = money(self._total_minor, self._work.currency)
        self._frame.say(_("It comes to {amount} now", amount=total), Tone.INFO)
