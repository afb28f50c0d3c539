"""Returns and exchange: keys, scans, the panel and the refund (picture 07)."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from typing_extensions import override

from pos_app.domain.item import Scanned
from pos_app.domain.permission import Permission
from pos_app.domain.sale import Sale
from pos_app.i18n import _, plural
from ui.keymap import Action
from ui.presenters.frame_state import TabView, Tone
from ui.presenters.pad_key import PadKey
from ui.presenters.refund_keys import REFUND, TAKE_BACK, WAY, refund_errand
from ui.presenters.return_state import ReturnPage
from ui.presenters.sale_state import SaleState
from ui.return_parts import ReturnParts

if TYPE_CHECKING:
    from ui.counter_flow import CounterFlow
    from ui.panels.returns import ReturnPanel

_RECEIPT = re.compile(r"[0-9A-Z]+-[A-Z]+-[0-9]+|URN:UUID:[0-9A-F-]{36}")
#: Keys that change the price of a line, which a returned one keeps.
_PRICES = frozenset({Action.PRICE_OVERRIDE, Action.DISCOUNT, Action.WHY_PRICE})


class ReturnFlow(ReturnParts):
    """Shows the panel and has its say while goods come back."""

    def __init__(self, flow: CounterFlow) -> None:
        super().__init__(flow)
        self.ticket = flow.sale.view.ticket
        self._searched = ""
        self._basket_id = ""
        flow.screens.done.void_pressed.connect(self._on_void_done)

    @override
    def connect_panel(self, panel: ReturnPanel) -> None:
        actions = self.actions
        panel.closed.connect(self.leave)
        panel.day_stepped.connect(self.presenter.step_day)
        panel.day_pressed.connect(self._on_day)
        panel.searched.connect(self._on_searched)
        panel.finder.rows.chosen.connect(actions.begin)
        panel.finder.no_receipt.clicked.connect(self._on_no_receipt)
        panel.page.rows.stepped.connect(actions.step)
        panel.page.rows.touched.connect(actions.touch)
        panel.page.all.clicked.connect(actions.take_all)
        panel.page.reverse.clicked.connect(self._on_reverse)
        panel.page.reasons.pressed.connect(actions.on_reason)
        panel.page.places.pressed.connect(actions.on_place)
        panel.page.found.picked.connect(self._on_picked)
        panel.page.search.left.connect(self._on_search_left)

    # ------------------------------------------------------------- where one is

    @override
    def manual_name(self) -> str:
        return "returns"

    @override
    def tab(self) -> TabView | None:
        staff = self.flow.work.counter.desk.session.staff
        if staff is None or not staff.may(Permission.SELL):
            return None
        return TabView("returns", _("Returns"), "arrow-u-up-left")

    @override
    def open(self) -> None:
        """Show the receipt that goods come back from, or look for one."""
        if not self.show_panel():
            return
        basket = self.flow.work.counter.sale.basket
        origins = [x.origin for x in (basket.returns if basket else ()) if x.origin]
        if origins:
            found = self.flow.work.counter.returns.look(origins[-1].sale_id)
            self.presenter.show_receipt(found)
        else:
            self.presenter.find_day()
        self.flow.render()

    def show_panel(self) -> bool:
        """Put the panel in its place; False while something else must end first."""
        flow = self.flow
        if flow.sale.is_held or flow.payment.is_waiting:
            return False
        if flow.window.screen_shown is not flow.screens.sale:
            flow.go_to_sale()
        flow.features.leave(but=self)
        flow.sale.on_escape()
        basket = flow.work.counter.sale.basket
        self._basket_id = basket.basket_id if basket else ""
        flow.screens.sale.goods.show_guest(self.panel, is_whole=True)
        flow.screens.sale.setFocus()
        return True

    @override
    def leave(self) -> None:
        if self.is_shown:
            self.flow.screens.sale.goods.show_guest(None)
            self._on_search_left()
            self.flow.render()

    def _follow_basket(self) -> None:
        """Leave with the ticket: the next customer's goods are sold."""
        basket = self.flow.work.counter.sale.basket
        now = basket.basket_id if basket else ""
        if self._basket_id and now != self._basket_id and self.is_shown:
            self.leave()
        self._basket_id = now

    @override
    def show(self) -> None:
        self._follow_basket()
        if not self.is_shown:
            return
        state = self.presenter.state
        self.panel.show_state(state)
        if state.page is ReturnPage.LOOSE and not state.rows:
            goods = self.flow.sale.view.goods
            found = goods.search(self._searched) if self._searched else ()
            self.panel.show_found(found, self.flow.work.currency)

    @override
    def retranslate(self) -> None:
        if self.has_made("policy"):
            self.policy.forget()
        if self.has_made("panel"):
            self.panel.retranslate()

    @override
    def dress(self, state: SaleState) -> SaleState:
        basket = self.flow.work.counter.sale.basket
        if self.is_shown and not state.problem:
            from ui.presenters.return_invite import invited

            state = invited(state, self.presenter)
        if basket is None or not basket.returns or self.flow.features.park.is_shown:
            return state
        chosen = self.refunds.chosen
        return replace(
            state,
            errand=state.errand or refund_errand(self.flow.work, basket, chosen),
            policy=self.policy.view(basket, self.refunds.off_the_way),
            count_text=plural("{count} line", "{count} lines", len(state.lines)),
            saved_minor=0,
            tax_text="",
        )

    # --------------------------------------------------------------- what comes

    @override
    def takes_scan(self, code: str) -> bool:
        self._follow_basket()
        text = code.strip()
        if _RECEIPT.fullmatch(text.upper()):
            return self.scans.on_receipt(text)
        if not self.is_shown or self.flow.sale.is_held:
            return False
        self._on_search_left()  # its field goes: the keyboard is the scanner's
        return self.scans.on_goods(text)

    @override
    def takes_pad(self, value: str) -> bool:
        if PadKey(value) is not PadKey.ENTER or not self._is_selling:
            return False
        typed = self.flow.sale.typed
        if not typed:
            return self._refund_if_due()
        if not self.is_shown:
            return False
        self.flow.sale.take_number()  # only to clear it: it may be a long code
        if not self.scans.takes_quantity(typed) and not self.takes_scan(typed):
            self.flow.sale.on_scanned(typed)
        return True

    @override
    def takes_action(self, action: Action) -> bool:
        if action is Action.RETURNS:
            (self.leave if self.is_shown else self.open)()
            return True
        if not self._is_selling:
            return False
        if action is Action.ENTER and self.flow.sale.typed:
            return self.takes_pad(PadKey.ENTER.value)
        if action in {Action.PAY, Action.ENTER}:
            return self._refund_if_due()
        is_served = action in _PRICES and self.ticket.chosen_return is not None
        if is_served:
            words = _("What comes back is worth what was paid for it")
            self.flow.frame.say(words, Tone.INFO)
        elif action is Action.FIND:
            self.leave()
        elif action is Action.ESCAPE and self.is_shown:
            is_served = self.presenter.step_back()
        return is_served

    @override
    def takes_function(self, key: str) -> bool:
        if key.startswith(WAY):
            self.refunds.on_way(key.removeprefix(WAY))
        elif key == REFUND:
            self.refunds.refund()
        elif key == TAKE_BACK:
            self.refunds.take_back()
        else:
            return False
        return True

    def _refund_if_due(self) -> bool:
        """F12 and Enter: end a ticket on which nothing is to be paid."""
        basket = self.flow.work.counter.sale.basket
        if basket is None or not basket.returns or self.flow.features.park.is_shown:
            return False
        if refund_errand(self.flow.work, basket, self.refunds.chosen) is None:
            return False
        self.refunds.refund()
        return True

    @property
    def _is_selling(self) -> bool:
        return self.flow.window.screen_shown is self.flow.screens.sale

    # ----------------------------------------------------------------- the panel

    def _on_day(self) -> None:
        """Go to the typed day: 1118, 20261118 or 2026.1118; to today without one."""
        typed = self.flow.sale.typed.replace(".", "")
        self.flow.sale.take_number()
        today = self.flow.work.counter.desk.business_day()
        from ui.return_scans import typed_day

        try:
            self.presenter.find_day(typed_day(typed, today) if typed else None)
        except ValueError:
            self.flow.frame.say(_("Type the date as 1118 or 20261118"), Tone.INFO)

    def _on_no_receipt(self) -> None:
        self.presenter.begin_loose()
        self.panel.page.search.start()

    def _on_searched(self, text: str) -> None:
        self._searched = text.strip()
        self.flow.render()

    def _on_search_left(self) -> None:
        self._searched = ""
        self.panel.page.search.stop()
        self.panel.page.search.show_text("")
        self.flow.screens.sale.setFocus()

    def _on_picked(self, key: str) -> None:
        unit = self.flow.sale.view.goods.unit(key)
        self._on_search_left()
        if unit is not None:
            self.actions.choose_loose(Scanned(unit))

    def _on_reverse(self) -> None:
        found = self.presenter.found
        if found is not None:
            self.reversal.ask(found.sale)

    def _on_void_done(self) -> None:
        if self.flow.done.sale is not None:
            self.reversal.ask(self.flow.done.sale)

    @override
    def on_reversed(self, mirror: Sale) -> None:
        self.leave()
        self.flow.on_sale_ended(mirror)
