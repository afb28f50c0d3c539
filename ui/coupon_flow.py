"""Coupons at the counter: F7, scanned codes, one tap to use one or the best."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from typing_extensions import override

from pos_app.domain.loyalty.ticket_facts import GivenCoupon
from pos_app.errors import GuitaiError, UserError
from pos_app.i18n import _
from ui import tasks
from ui.coupon_look import CouponLook
from ui.guest_feature import GuestFeature
from ui.keymap import Action
from ui.presenters.coupons import CLOSE, PAY, TAKE
from ui.presenters.member_more import FOR_POINTS
from ui.presenters.member_said import price_change, price_said
from ui.presenters.pad_key import PadKey
from ui.presenters.sale_state import SaleFunction, SaleState
from ui.presenters.why_price_state import NearlyView

if TYPE_CHECKING:
    from ui.counter_flow import CounterFlow
    from ui.panels.coupons import CouponsPanel
    from ui.presenters.coupons import CouponsPresenter


class CouponFlow(GuestFeature):
    """Puts coupons into the open sale and takes them back; scans work anywhere."""

    def __init__(self, flow: CounterFlow) -> None:
        super().__init__(flow)
        flow.sale.payment_wanted.connect(self.leave)
        flow.sale.quick_cash_taken.connect(self.leave)
        flow.screens.sale.ticket.nearly.wanted.connect(self._on_strip)
        self.look = CouponLook(flow)
        self._is_offered: bool | None = None
        self._functions: dict[str, Callable[[], None]] = {
            SaleFunction.COUPONS: self.open,
            TAKE: self.on_enter,
            PAY: self.on_enter,
            CLOSE: self.leave,
        }

    @cached_property
    def presenter(self) -> CouponsPresenter:
        """What the panel shows; made once."""
        from ui.presenters.coupons import CouponsPresenter

        made = CouponsPresenter(self.flow.work)
        made.state_changed.connect(self.flow.render)
        return made

    @cached_property
    def panel(self) -> CouponsPanel:
        """The panel; made once, when coupons are first asked for."""
        from ui.panels.coupons import CouponsPanel

        panel = CouponsPanel()
        self.keep(panel)
        panel.closed.connect(self.leave)
        panel.coupon_pressed.connect(self.press)
        panel.best_pressed.connect(self.use_best)
        return panel

    # ------------------------------------------------------------- where one is

    @property
    @override
    def is_shown(self) -> bool:
        return self.is_on_sale

    @override
    def manual_name(self) -> str:
        return "coupons"

    @override
    def open(self) -> None:
        flow = self.flow
        if flow.sale.is_held or flow.payment.is_waiting:
            return
        if flow.window.screen_shown is not flow.screens.sale:
            flow.go_to_sale()
        flow.features.leave(but=self)
        flow.sale.on_escape()
        self.presenter.begin()
        self.enter(self.panel)

    @override
    def show(self) -> None:
        self.panel.show_state(self.presenter.state)

    @override
    def dress(self, state: SaleState) -> SaleState:
        """Add the key and the best offer where the shop has coupons.

        Asked between two customers only: a scan waits for nothing.
        """
        is_between = self.flow.work.counter.sale.basket is None
        if is_between or self._is_offered is None:
            self._is_offered = self.flow.work.counter.coupons.is_offered
        if state.errand is not None:
            return state
        if self.is_shown:
            return self.presenter.dress(state)
        if self._is_offered:
            state = self._with_key(state)
        offer = self.look.offer() if state.problem is None else None
        if offer is None:
            return state
        return replace(state, nearly=offer, has_nearly_place=True)

    def _with_key(self, state: SaleState) -> SaleState:
        """Put the key behind the discount's; locking stands in the top bar, too."""
        before = SaleFunction.SALE_DISCOUNT
        others = tuple(x for x in state.functions if x is not SaleFunction.LOCK)
        at = others.index(before) + 1 if before in others else 0
        keys = (*others[:at], SaleFunction.COUPONS, *others[at:])
        return replace(state, functions=keys)

    def _on_strip(self, view: object) -> None:
        """The offer above the sums was touched: use what it names."""
        assert isinstance(view, NearlyView)
        if view.coupons and not self.flow.sale.is_held:
            self.use_best()

    def forget(self) -> None:
        """Another customer, or other coupons: the panel reads them anew."""
        self.look.forget()
        if self.is_shown:
            self.flow.render()

    # --------------------------------------------------------------- what comes

    @override
    def takes_scan(self, code: str) -> bool:
        coupons = self.flow.work.counter.coupons
        if not coupons.is_coupon_code(code):
            return False
        if self.flow.sale.is_held or self.flow.payment.is_waiting:
            self.flow.frame.refuse(UserError("commit_under_way"))
            return True
        self.show_code(code)
        return True

    @override
    def takes_pad(self, value: str) -> bool:
        if not self.is_shown:
            return False
        if not self.presenter.press(value):
            self.on_enter()
        return True

    @override
    def takes_letter(self, letter: str) -> bool:
        if self.is_shown:
            self.presenter.type_letter(letter)
        return self.is_shown

    @override
    def takes_action(self, action: Action) -> bool:
        if action is Action.COUPONS:
            (self.leave if self.is_shown else self.open)()
            return True
        if not self.is_shown:
            return False
        if action in {Action.PAY, Action.ENTER}:
            self.on_enter()
            return True
        if action is Action.DELETE and self.presenter.typed:
            self.presenter.press(PadKey.CLEAR.value)
            return True
        if action is Action.FIND:
            self.leave()
        return action is Action.ESCAPE and self.presenter.clear()

    @override
    def takes_function(self, key: str) -> bool:
        if key not in self._functions:
            return False
        self._functions[key]()
        return True

    def on_enter(self) -> None:
        """Enter: take the code that is typed, or go to payment."""
        if self.presenter.typed:
            self.show_code(self.presenter.take_typed())
        elif self.flow.sale.state.lines:
            self.flow.sale.on_pay_pressed()
        else:
            self.leave()

    # ------------------------------------------------------------------- using

    def show_code(self, code: str) -> None:
        """The customer shows a coupon: it lies in the basket, if it is good."""
        coupons = self.flow.work.counter.coupons

        def show() -> str:
            return coupons.show(code).name

        self._change(show, _("Coupon taken"))

    def press(self, key: str) -> None:
        """The key of a coupon: use it, take it back, or get it for points."""
        coupons = self.flow.work.counter.coupons
        if key.startswith(FOR_POINTS):
            self._redeem(key.removeprefix(FOR_POINTS))
            return
        offers = {one.coupon_id: one for one in coupons.usable()}
        offer = offers.get(key)
        if offer is None:
            return

        def change() -> str:
            (coupons.take_back if offer.is_used else coupons.use)(key)
            return offer.name

        words = _("Coupon taken back") if offer.is_used else _("Coupon used")
        self._change(change, words)

    def use_best(self) -> None:
        """Use the combination that saves most."""

        def use() -> str:
            self.flow.work.counter.coupons.use_best()
            return ""

        self._change(use, _("Best coupons used"))

    def _change(self, change: Callable[[], str], words: str) -> None:
        """Change the basket's coupons, or say why not; tell what it did to the price."""
        flow = self.flow
        before = flow.work.counter.sale.priced

        def whole() -> None:
            name = change()
            after = flow.work.counter.sale.priced
            was = before.total_minor if before is not None else None
            now = after.total_minor if after is not None else None
            prices = price_change(was, now, flow.work.currency)
            said = _("{what}: {name}", what=words, name=name) if name else words
            flow.frame.say(f"{said} · {prices}" if prices else said)
            heard = price_said(was, now, flow.work.currency)
            flow.announcer.hear_news(", ".join(x for x in (said, heard) if x))
            flow.sale.refresh()
            flow.payment.refresh()
            flow.screens.sale.setFocus()  # the keyboard is the scanner's again

        flow.with_approval(whole)

    def _redeem(self, template_id: str) -> None:
        """Give points for a coupon; it may be used at once."""
        try:
            future = self.flow.work.counter.coupons.redeem_points(template_id)
        except GuitaiError as error:
            self.flow.frame.refuse(error)
            return
        tasks.watch(future).then(self._on_redeemed).otherwise(self.flow.frame.refuse)

    def _on_redeemed(self, given: GivenCoupon) -> None:
        self.flow.frame.say(_("Got for points: {coupon}", coupon=given.name))
        self.flow.features.members.presenter.begin()
        self.flow.render()
