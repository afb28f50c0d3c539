"""Stored value at the counter: wallets, gift cards, and scanning one to pay."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from typing_extensions import override

from pos_app.domain.permission import Permission
from pos_app.domain.stored_value.document import ValueDocument, ValueKind
from pos_app.errors import GuitaiError, UserError
from pos_app.i18n import _
from ui import tasks
from ui.feature import Feature
from ui.format import money
from ui.presenters.approval_state import ApprovalWords
from ui.presenters.sale_state import SaleFunction, SaleState

if TYPE_CHECKING:
    from ui.counter_flow import CounterFlow
    from ui.dialogs.value import ValueDialog
    from ui.presenters.value_work import ValueWork


class ValueFlow(Feature):
    """One dialog for all that is done with stored value beside paying."""

    def __init__(self, flow: CounterFlow) -> None:
        super().__init__(flow)
        self._is_working = self._has_cards = False
        self._stored: Callable[[], None] | None = None

    @cached_property
    def work(self) -> ValueWork:
        """What the dialog shows; made once."""
        from ui.presenters.value_work import ValueWork

        made = ValueWork(self.flow.work)
        made.state_changed.connect(self.show)
        made.pay_wanted.connect(self.pay)
        return made

    @cached_property
    def dialog(self) -> ValueDialog:
        """The dialog; made when stored value is first asked for."""
        from ui.dialogs.value import ValueDialog

        dialog, work = ValueDialog(self.flow.window), self.work
        dialog.pad_pressed.connect(work.on_pad)
        dialog.text_typed.connect(work.on_text)
        dialog.choice_pressed.connect(work.on_choice)
        dialog.key_pressed.connect(work.on_key)
        dialog.taken.connect(self._on_taken)
        return dialog

    # ------------------------------------------------------------- the feature

    @property
    @override
    def is_shown(self) -> bool:
        return self.has_made("dialog") and self.dialog.isVisible()

    @override
    def manual_name(self) -> str:
        return "stored_value"

    @override
    def leave(self) -> None:
        if self.is_shown:
            self.dialog.leave()

    @override
    def show(self) -> None:
        if self.has_made("dialog"):
            self.dialog.show_state(self.work.state)

    @override
    def dress(self, state: SaleState) -> SaleState:
        """Add the key that sells gift cards, where the shop has any.

        Asked between two customers only: a scan waits for nothing.
        """
        counter = self.flow.work.counter
        if counter.sale.basket is None:
            self._has_cards = counter.stored_value.has_gift_cards
        if not self._has_cards or state.errand is not None:
            return state
        functions = (*state.functions, SaleFunction.GIFT_CARD)
        is_locked = counter.desk.needs_approval(Permission.STORED_VALUE)
        locked = {SaleFunction.GIFT_CARD} if is_locked else set()
        return replace(state, functions=functions, locked=state.locked | locked)

    @override
    def takes_function(self, key: str) -> bool:
        if key != SaleFunction.GIFT_CARD:
            return False
        self.open_gift_card()
        return True

    @override
    def takes_scan(self, code: str) -> bool:
        """A gift card pays, or shows what is on it; a new one is being sold."""
        service = self.flow.work.counter.stored_value
        if self.is_shown:
            if not self.work.on_scan(code):
                self.flow.work.beep()
            return True
        if not service.is_gift_card_code(code):
            return False
        try:
            view = service.gift_card(code)
        except UserError as error:
            self.flow.frame.refuse(error)
            return True
        if self.flow.window.screen_shown is self.flow.screens.payment:
            self.pay(view.account_id)
        else:
            self._open(lambda: self.work.look_at(view))
        return True

    # ---------------------------------------------------------------- to open it

    def open_top_up(self, member_id: str) -> None:
        """Ask how much a member pays in."""
        self._open(lambda: self.work.begin_top_up(member_id))

    def open_gift_card(self) -> None:
        """Ask which gift card is sold."""
        if self.flow.work.counter.stored_value.has_gift_cards:
            self._open(self.work.begin_card)

    def open_wallet(self, member_id: str) -> None:
        """Show a member's wallet; one who has none is asked to fill it."""
        view = self.flow.work.counter.stored_value.wallet(member_id)
        if view is None:
            self.open_top_up(member_id)
        else:
            self._open(lambda: self.work.look_at(view))

    def open_account(self, account_id: str, stored: Callable[[], None]) -> None:
        """Show an account.

        Args:
            account_id: a wallet or a gift card.
            stored: called once something was done with it.
        """
        view = self.flow.work.counter.stored_value.account(account_id)
        self._open(lambda: self.work.look_at(view))
        self._stored = stored

    def _open(self, begin: Callable[[], None]) -> None:
        flow, self._stored = self.flow, None
        if self._is_working or flow.payment.is_waiting:
            flow.frame.refuse(UserError("commit_under_way"))
            return
        begin()
        self.show()
        self.dialog.show_state(self.work.state)
        self.dialog.open()

    # ------------------------------------------------------------------- to pay

    def pay(self, account_id: str) -> None:
        """Take what an account may pay of the open sale."""
        flow = self.flow
        if self.is_shown:
            self.dialog.hide()
        if flow.payment.is_waiting:
            flow.frame.refuse(UserError("commit_under_way"))
            return
        before = flow.work.counter.checkout.payment
        try:
            after = flow.work.counter.stored_value.pay(account_id)
        except GuitaiError as error:
            flow.frame.refuse(error)
            return
        taken = after.tenders[-1].amount_minor
        words = _("{amount} taken", amount=money(taken, flow.work.currency))
        flow.frame.say(words)
        if before is not None and flow.window.screen_shown is flow.screens.payment:
            flow.payment.refresh()
        else:
            flow.go_to_payment()

    # ----------------------------------------------------------------- to store

    def _on_taken(self) -> None:
        store = self.work.on_take()
        if store is None or self._is_working:
            return
        title = self.work.state.take

        def whole() -> None:
            self._watch(store())

        self.flow.with_approval(whole, ApprovalWords(title=title))

    def _watch(self, future: Future[ValueDocument]) -> None:
        self._is_working = True
        task = tasks.watch(future).then(self._on_stored)
        task.otherwise(self._on_refused).after_bug(self._let_go)

    def _let_go(self) -> None:
        self._is_working = False

    def _on_refused(self, error: GuitaiError) -> None:
        self._let_go()
        self.flow.frame.refuse(error)

    def _on_stored(self, document: ValueDocument) -> None:
        self._let_go()
        self.dialog.hide()
        currency = self.flow.work.currency
        left = money(document.balance_minor, currency)
        words = {
            ValueKind.TOP_UP: _("Topped up · balance {amount}", amount=left),
            ValueKind.GIFT_CARD: _("Gift card sold · {amount}", amount=left),
            ValueKind.REFUND: _("Paid back · balance {amount}", amount=left),
        }[document.kind]
        if document.change_minor:
            change = money(document.change_minor, currency)
            words = f"{_('Change')} {change} · {words}"
        self.flow.frame.say(words)
        if self._stored is not None:
            self._stored()
        self.flow.render()
