"""Stored value beside the sale: top up, sell a gift card, look, and pay back."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future

from PySide6.QtCore import QObject, Signal

from pos_app.domain.stored_value.document import ValueDocument
from pos_app.errors import UserError
from pos_app.services.value_view import ValueView
from ui.messages import explain
from ui.presenters.amount_entry import AmountEntry
from ui.presenters.entry import Entry
from ui.presenters.pad_key import PadKey
from ui.presenters.value_money import ValueTill
from ui.presenters.value_pages import (
    CODE_LENGTH,
    MAKE,
    OFFER,
    REFUND,
    TOP_UP,
    UNTAKE,
    Step,
    ValueDraft,
    ValuePages,
)
from ui.presenters.value_state import ValueState
from ui.presenters.workplace import Workplace


class ValueWork(QObject):
    """Knows what is being done, and what is missing for it; stores it at the end."""

    state_changed = Signal()
    """The dialog must be shown anew."""
    pay_wanted = Signal(str)
    """An account is to pay for the open sale; its id."""

    def __init__(self, work: Workplace) -> None:
        super().__init__()
        self._work, self._pages = work, ValuePages(work)
        self.draft = self._blank()

    def _blank(self, step: Step = Step.LOOK) -> ValueDraft:
        return ValueDraft(AmountEntry(self._work.currency), ValueTill(self._work), step)

    # ------------------------------------------------------------------- to begin

    def begin_top_up(self, member_id: str) -> None:
        """Ask how much a member pays in."""
        self.draft = self._blank(Step.AMOUNT)
        self.draft.member_id = member_id
        self.draft.view = self._work.counter.stored_value.wallet(member_id)

    def begin_card(self) -> None:
        """Ask which gift card is sold: a printed one, or one to be made."""
        self.draft = self._blank(Step.CODE)
        self.draft.is_card = True

    def look_at(self, view: ValueView) -> None:
        """Show a wallet or gift card."""
        self.draft = self._blank()
        self.draft.view, self.draft.member_id = view, view.member_id
        self.draft.is_card = not view.member_id

    @property
    def state(self) -> ValueState:
        """Return everything the dialog shows."""
        return self._pages.state(self.draft)

    # -------------------------------------------------------------------- intents

    def on_scan(self, code: str) -> bool:
        """Take a scanned card; False when none is asked for."""
        if self.draft.step is not Step.CODE:
            return False
        self.draft.code = code[:CODE_LENGTH]
        self.on_take()
        return True

    def on_text(self, text: str) -> None:
        """Take characters of a keyboard: a card's number has letters."""
        if self.draft.step is Step.CODE:
            self.draft.code = (self.draft.code + text)[:CODE_LENGTH]
            self._changed()

    def on_pad(self, value: str) -> None:
        """Take a key of the pad."""
        self.draft.problem = ""
        if self.draft.step is Step.CODE:
            if value == PadKey.BACKSPACE:
                self.draft.code = self.draft.code[:-1]
            elif value == PadKey.CLEAR:
                self.draft.code = ""
            else:
                self.on_text(value)
        elif self.draft.step is Step.REFERENCE:
            self.draft.reference = self.draft.reference.press(PadKey(value))
        elif self.draft.step is not Step.LOOK:
            self.draft.amount.press(value)
        self.state_changed.emit()

    def on_choice(self, key: str) -> None:
        """A key of the body: an offer, a tender, a top-up."""
        if key.startswith(OFFER):
            self._to_money(int(key.removeprefix(OFFER)))
        elif self.draft.step is Step.MONEY:
            self._take_with(key)
        elif self.draft.step is Step.LOT:
            view = self.draft.view
            assert view is not None
            lots = self._work.counter.stored_value.lots(view.account_id)
            self.draft.lot = next((x for x in lots if x.lot_id == key), self.draft.lot)
            self.draft.amount.clear()
        self._changed()

    def on_key(self, key: str) -> None:
        """A key beside the main one."""
        if key == MAKE:
            self.draft.code, self.draft.step = "", Step.AMOUNT
        elif key == TOP_UP:
            self.begin_top_up(self.draft.member_id)
        elif key == UNTAKE:
            self.draft.till.give_back()
        elif key == REFUND and self.draft.view is not None:
            lots = self._work.counter.stored_value.lots(self.draft.view.account_id)
            self.draft.lot = next(lot for lot in lots if lot.left_minor)
            self.draft.step = Step.LOT
        self._changed()

    def on_take(self) -> Callable[[], Future[ValueDocument]] | None:
        """The main key: the next step; at the end what is to be stored."""
        if self.state.blocked or not self.state.take:
            return None
        if self.draft.step is Step.LOOK and self.draft.view is not None:
            self.pay_wanted.emit(self.draft.view.account_id)
        elif self.draft.step is Step.CODE:
            self._take_code()
        elif self.draft.step is Step.AMOUNT:
            self._to_money(self.draft.amount.minor or 0)
        elif self.draft.step is Step.REFERENCE:
            self._take_with(self.draft.asked, self.draft.reference.text)
        else:
            return self._store
        self._changed()
        return None

    # ------------------------------------------------------------------- internal

    def _changed(self) -> None:
        self.state_changed.emit()

    def _take_code(self) -> None:
        """Take a card's number; one that was sold shows what is on it."""
        service = self._work.counter.stored_value
        try:
            service.check_new_code(self.draft.code)
        except UserError as error:
            self.draft.problem = explain(error, self._work.currency).text
            return
        self.draft.step, self.draft.problem = Step.AMOUNT, ""

    def _to_money(self, minor: int) -> None:
        self.draft.total_minor = minor
        self.draft.amount.clear()
        self.draft.till.begin(minor)
        self.draft.step, self.draft.problem = Step.MONEY, ""

    def _take_with(self, key: str, reference: str = "") -> None:
        """Take a tender; one with a reference asks for it first."""
        if self.draft.till.type_of(key).asks_reference and not reference:
            self.draft.step, self.draft.asked = Step.REFERENCE, key
            self.draft.reference = Entry(takes_times=False)
            return
        try:
            self.draft.till.take(key, self.draft.amount.minor, reference)
        except UserError as error:
            self.draft.problem = explain(error, self._work.currency).text
            return
        self.draft.amount.clear()
        self.draft.step, self.draft.problem = Step.MONEY, ""

    def _store(self) -> Future[ValueDocument]:
        service, money_taken = self._work.counter.stored_value, self.draft.till.money
        total = self.draft.total_minor
        if self.draft.step is Step.LOT:
            view, lot = self.draft.view, self.draft.lot
            assert view is not None
            assert lot is not None
            minor = self.draft.amount.minor or lot.left_minor
            return service.refund_top_up(
                view.account_id, lot.lot_id, minor, print_slip=True
            )
        if self.draft.is_card:
            return service.sell_gift_card(
                self.draft.code, total, money_taken, print_slip=True
            )
        return service.top_up(self.draft.member_id, total, money_taken, print_slip=True)
