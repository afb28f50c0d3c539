"""The payment screen's presenter: money in, one commit, the next customer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from pos_app.domain.payment import Payment
from pos_app.domain.sale import Sale
from pos_app.domain.tender import TenderKind, TenderType
from pos_app.errors import GuitaiError, UserError
from pos_app.values.money import format_minor, parse_minor
from ui import tasks
from ui.presenters.deducting import Deducting
from ui.presenters.entry import Entry
from ui.presenters.frame import FramePresenter
from ui.presenters.pad_key import PadKey
from ui.presenters.payment_state import PaymentState
from ui.presenters.payment_view import PaymentDraft, PaymentView, may_end
from ui.presenters.tender_choice import TenderChoice, first_of_group
from ui.presenters.ticket_view import TicketView
from ui.presenters.workplace import Workplace


class PaymentPresenter(QObject):
    """Takes tenders and ends the sale."""

    state_changed = Signal()
    """The screen must show `state` anew."""
    commit_began = Signal()
    """The sale is being committed: scans must wait."""
    sale_ended = Signal(object)
    """The sale is on the disk; the `Sale`."""
    commit_failed = Signal()
    """Nothing was committed; basket and money are as before."""

    coupons_wanted = Signal()
    """The list of coupons is to be opened."""
    commit_refused = Signal(object)
    """Why nothing was committed; the error."""

    def __init__(
        self, work: Workplace, frame: FramePresenter, ticket: TicketView
    ) -> None:
        super().__init__()
        self._work = work
        self._frame = frame
        self._view = PaymentView(work, frame, ticket)
        self._draft = self._fresh()
        self.deducting = Deducting(work, frame)
        self.deducting.changed.connect(self.refresh)
        self.deducting.coupons_wanted.connect(self.coupons_wanted)

    def _fresh(self) -> PaymentDraft:
        prints = self._work.counter.desk.settings.current.print_slips
        first = next(iter(self._types()), None)
        return PaymentDraft(TenderChoice(first.key if first else ""), prints)

    def begin(self) -> None:
        """Open the screen for the open sale; what was deleted stays deleted."""
        self._frame.drop_toast()
        self._draft = self._fresh()
        self.deducting.begin()
        self.refresh()

    @property
    def state(self) -> PaymentState:
        """Return everything the screen shows."""
        return self.deducting.dress(self._view.state(self._draft))

    @property
    def is_waiting(self) -> bool:
        """Tell whether the sale is being committed."""
        return self._draft.is_waiting

    @property
    def tender_key(self) -> str:
        """The key of the tender that is chosen."""
        return self._draft.choice.key

    def refresh(self) -> None:
        """Show the present state."""
        self.state_changed.emit()

    # ----------------------------------------------------------------- choices

    def on_tender_pressed(self, key: str) -> None:
        """Choose a tender, or a provider behind one."""
        chosen = first_of_group(self._types(), key)
        kind = self._type(chosen)
        choice = TenderChoice(
            chosen,
            entry=self._draft.choice.entry,
            in_reference=kind.asks_reference,
        )
        self._change(choice)

    def on_tender_number(self, number: int) -> None:
        """Alt+n: choose the n-th tender."""
        views = self.state.tenders
        if 1 <= number <= len(views):
            self.on_tender_pressed(views[number - 1].key)

    def on_reference_pressed(self) -> None:
        """Type into the reference."""
        self._change(replace(self._draft.choice, in_reference=True))

    def on_amount_pressed(self) -> None:
        """Type into the amount."""
        self._change(replace(self._draft.choice, in_reference=False))

    def on_suggestion_pressed(self, amount_minor: int) -> None:
        """The customer gave this much cash."""
        text = format_minor(amount_minor, self._work.currency)
        cash = next(x.key for x in self._types() if x.kind is TenderKind.CASH)
        entry = Entry(text=text, takes_times=False)
        self._change(TenderChoice(cash, entry))

    def on_pad_pressed(self, value: str) -> None:
        """A key of the pad was pressed."""
        key = PadKey(value)
        if self.deducting.press(key):
            return
        match key:
            case PadKey.ENTER:
                self.on_finish_pressed()
            case PadKey.ALL:
                self._type_everything()
            case _:
                self._change(self._draft.choice.press(key))

    def _type_everything(self) -> None:
        payment = self._payment()
        if payment is None:
            return
        is_cash = self._type(self._draft.choice.key).kind is TenderKind.CASH
        rest = payment.cash_due_minor if is_cash else payment.due_minor
        text = format_minor(rest, self._work.currency)
        entry = Entry(text=text, takes_times=False)
        self._change(replace(self._draft.choice, entry=entry))

    def on_escape(self) -> bool:
        """Clear what is typed; False when there was nothing to clear."""
        if self.deducting.escape():
            return True
        choice = self._draft.choice
        if self.is_waiting or (choice.entry.is_empty and not choice.reference):
            return False
        fresh = TenderChoice(choice.key, in_reference=choice.in_reference)
        self._change(fresh)
        return True

    def on_print_toggled(self) -> None:
        """Print this sale's slip, or not."""
        prints = not self._draft.prints_slip
        self._draft = replace(self._draft, prints_slip=prints)
        self.refresh()

    def on_deduct_pressed(self, key: str) -> None:
        """A row of what is deducted: use all of it, or undo."""
        if not self.is_waiting:
            self.deducting.on_pressed(key)

    def on_deduct_amount(self, key: str) -> None:
        """Another amount of what is deducted."""
        if not self.is_waiting:
            self.deducting.on_amount(key)

    def on_round_off_pressed(self) -> None:
        """抹零: let the odd part go, or take that back."""
        view = self.state.round_off
        if view is None:
            return
        wanted = 0 if view.taken_minor else view.offer_minor
        self._frame.attempt(lambda: self._round_off(wanted))

    def _round_off(self, amount_minor: int) -> None:
        self._work.counter.sale.round_off(amount_minor)
        self.refresh()

    def on_give_back(self, tender_id: str) -> None:
        """Give a tender back."""
        self._try(lambda: self._work.counter.checkout.give_back(tender_id))

    def _try(self, action: Callable[[], object]) -> bool:
        try:
            action()
        except GuitaiError as error:
            self._frame.refuse(error)
            self.refresh()
            return False
        self.refresh()
        return True

    # ---------------------------------------------------------------- the end

    def quick_cash(self, amount_minor: int) -> None:
        """One tap on the sale screen: take this cash and finish."""
        cash = next(x.key for x in self._types() if x.kind is TenderKind.CASH)
        self._draft = self._fresh()
        checkout = self._work.counter.checkout
        if self._try(lambda: checkout.take(cash, amount_minor)):
            self._finish()

    def on_finish_pressed(self) -> None:
        """Take what is typed; if the sale is paid, end it."""
        if self.deducting.press(PadKey.ENTER):
            return
        payment = self._payment()
        if payment is None or self._draft.is_waiting:
            return
        kind = self._type(self._draft.choice.key)
        if not may_end(payment, kind) and not self._try(self._take):
            return
        payment = self._payment()
        if payment is not None and may_end(payment, kind):
            self._finish()

    def _take(self) -> None:
        choice = self._draft.choice
        typed = choice.entry.text
        amount = parse_minor(typed, self._work.currency) if typed else None
        self._work.counter.checkout.take(choice.key, amount, choice.reference)
        self._draft = replace(self._draft, choice=TenderChoice(choice.key))

    def finish_ticket(self) -> None:
        """End a ticket whose money has gone back, or that comes to nothing."""
        self._draft = self._fresh()
        self._finish()

    def _finish(self) -> None:
        checkout = self._work.counter.checkout
        try:
            future = checkout.finish(print_slip=self._draft.prints_slip)
        except GuitaiError as error:
            self._frame.refuse(error)
            return
        self._draft = replace(self._draft, is_waiting=True)
        self.commit_began.emit()
        self.refresh()
        task = tasks.watch(future).then(self._on_ended)
        task.otherwise(self._on_failed).after_bug(self._go_on)

    def _on_ended(self, sale: Sale) -> None:
        self._work.counter.checkout.finished()
        self._draft = self._fresh()
        self._view.sale_ended()
        self._frame.on_stored()
        self.sale_ended.emit(sale)

    def _on_failed(self, error: GuitaiError) -> None:
        if isinstance(error, UserError):
            self._frame.refuse(error)
        else:
            self._frame.on_lost(error)
        self._go_on()
        self.commit_refused.emit(error)

    def _go_on(self) -> None:
        """Let scans and keys go on: basket and money are as before."""
        self._draft = replace(self._draft, is_waiting=False)
        self.commit_failed.emit()
        self.refresh()

    # ------------------------------------------------------------------ inside

    def _change(self, choice: TenderChoice) -> None:
        self._draft = replace(self._draft, choice=choice)
        self.refresh()

    def _types(self) -> tuple[TenderType, ...]:
        return tuple(self._work.counter.desk.catalog.tender_types())

    def _type(self, key: str) -> TenderType:
        return self._work.counter.checkout.tender_type(key)

    def _payment(self) -> Payment | None:
        try:
            return self._work.counter.checkout.payment
        except UserError:
            return None
