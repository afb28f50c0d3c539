"""Tries the customer's coupons behind the paint, and offers the best ones in one tap.

A large basket is tried on another thread; a scan waits for none of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from pos_app.domain.pricing_result import PricedBasket
from pos_app.i18n import _, current_language
from pos_app.services.coupon_list import Looked
from ui.format import amount
from ui.presenters.member_said import saving_words
from ui.presenters.why_price_state import NearlyView

if TYPE_CHECKING:
    from ui.counter_flow import CounterFlow

#: Longer than a frame: a scan is painted before anybody looks for coupons.
BEHIND_MS = 30


class CouponLook(QObject):
    """Knows which coupons are best for the basket that is shown.

    Args:
        flow: the counter.
    """

    def __init__(self, flow: CounterFlow) -> None:
        super().__init__(flow)
        self._flow = flow
        self._of: PricedBasket | None = None
        self._best: tuple[str, ...] = ()
        self._tried: PricedBasket | None = None
        self._is_under_way = False
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(BEHIND_MS)
        self._later.timeout.connect(self._look)
        flow.sale.state_changed.connect(self._put_off)
        flow.rendered.connect(self._on_rendered)

    def forget(self) -> None:
        """There are other coupons: try them anew."""
        self._of, self._best = None, ()

    def offer(self, language: str = "") -> NearlyView | None:
        """Return what one tap would use; None while nothing is known, or is used."""
        counter = self._flow.work.counter
        basket = counter.sale.basket
        is_now = self._of is not None and self._of is counter.sale.priced
        if not self._best or not is_now or basket is None or basket.coupons:
            return None
        chosen = set(self._best)
        offers = counter.coupons.usable(language or current_language())
        names = [one.name for one in offers if one.coupon_id in chosen]
        minor, currency = counter.coupons.best_minor, self._flow.work.currency
        if not names or minor <= 0:
            return None
        return NearlyView(
            title=" + ".join(names),
            detail="",
            key=_("Use {amount}", amount=amount(-minor, currency)),
            icon="ticket",
            short_key=saving_words(minor, currency),
            coupons=self._best,
        )

    # ------------------------------------------------------------------ looking

    def _put_off(self) -> None:
        """Let a scan come first; where nothing is painted after it, look all the same."""
        if self._later.isActive():
            self._later.start()

    def _on_rendered(self) -> None:
        sale = self._flow.work.counter.sale
        basket = sale.basket
        if self._is_under_way or basket is None or sale.priced is self._of:
            return
        if basket.lines and (basket.shopper is not None or basket.coupons):
            self._later.start()

    def _look(self) -> None:
        if self._is_under_way:
            return
        look = self._flow.work.counter.coupons.looking()
        if look is None:
            self._known()
            return
        self._is_under_way, self._tried = True, self._flow.work.counter.sale.priced
        task = self._flow.runner.run(look)
        task.then(self._looked).otherwise(self._failed).after_bug(self._let_go)

    def _looked(self, found: Looked) -> None:
        self._let_go()
        coupons = self._flow.work.counter.coupons
        coupons.looked(found)
        if coupons.looking() is None:  # the basket is still the one that was tried
            self._known()
        self._flow.render()

    def _known(self) -> None:
        counter = self._flow.work.counter
        self._of, self._best = counter.sale.priced, counter.coupons.best()
        if self._best:
            self._flow.render()

    def _failed(self, _error: object) -> None:
        """The basket cannot be priced; the screen has said so already."""
        self._let_go()
        self._of = self._tried
        self._on_rendered()  # the basket may have become another meanwhile

    def _let_go(self) -> None:
        self._is_under_way = False
