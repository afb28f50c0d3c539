"""The payment screen: the same ticket, the tenders, the same pad."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from pos_app.i18n import _
from ui.format import amount, money, symbol_of
from ui.presenters.frame_state import FrameState
from ui.presenters.pad_key import PadKey
from ui.presenters.payment_state import PaymentState
from ui.screens.pay_column import PayColumn
from ui.screens.payment_work import TenderColumn
from ui.screens.ticket_column import TicketColumn
from ui.widgets.action_button import ActionButton
from ui.widgets.amount_display import AmountFace
from ui.widgets.button_face import Arrangement, ButtonFace, Kind
from ui.widgets.change_strip import ChangeStrip
from ui.widgets.counter_frame import CounterFrame
from ui.widgets.entry_line import EntryFace


class PaymentScreen(QWidget):
    """Takes the money; every amount is the presenter's."""

    pad_pressed = Signal(str)
    """A key of the pad was pressed; the value of its `PadKey`."""
    tender_selected = Signal(str)
    """A way to pay was chosen; the tender's key."""
    choice_selected = Signal(str)
    """A provider of the selected tender was chosen; its key."""
    suggestion_pressed = Signal(int)
    """A cash key was pressed; what the customer gave, minor units."""
    take_back_pressed = Signal(str)
    """Money is to be given back; the taken tender's id."""
    deduct_pressed = Signal(str)
    """A row of what is deducted: use all of it, or undo; the row's key."""
    deduct_amount_pressed = Signal(str)
    """Another amount of such a row is wanted; its key."""
    member_pressed = Signal()
    """The member's strip was touched."""
    round_off_pressed = Signal()
    """The 抹零 key: let the odd cents go, or undo that."""
    reference_pressed = Signal()
    """The reference was touched: the pad types there now."""
    amount_pressed = Signal()
    """The entry line was touched: the pad types the amount now."""
    back_pressed = Signal()
    """Back to the sale; what was taken stays taken."""
    slip_toggled = Signal()
    """Print the slip, or not."""
    finish_pressed = Signal()
    """The main key: end the sale."""
    undo_pressed = Signal()
    """The toast's undo."""
    lock_pressed = Signal()
    """The lock in the top bar."""
    top_tab_selected = Signal(str)
    """A tab of the top bar; its key."""
    chip_pressed = Signal(str)
    """A chip of the status bar; its key."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("paymentScreen")
        self.back = ActionButton("paymentBack", ButtonFace())
        self.slip = ActionButton("paymentSlip", ButtonFace())
        self.ticket = TicketColumn([(self.back, 1), (self.slip, 1)])
        self.work = TenderColumn()
        self.change = ChangeStrip()
        self.pay = PayColumn(self.change, second=PadKey.ALL)
        self.frame = CounterFrame(self.ticket, self.work, self.pay)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.frame)
        self._connect()
        self.retranslate()

    @override
    def render(self, state: PaymentState) -> None:  # type: ignore[override]
        """Show a state; paints only what differs from the one before."""
        self.render_frame(state.frame)
        self.ticket.show_ticket(
            state.band, state.lines, state.selected_index, state.currency, state.sums
        )
        self.work.show_payment(state)
        self._show_money(state)
        self.slip.set_selected(state.is_slip_printed)
        self.back.set_available(not state.is_waiting)
        self._show_main(state)
        self.frame.place_toast(self.ticket.sums)

    def render_frame(self, state: FrameState) -> None:
        """Show clock, chips, message and toast; the rest stays."""
        self.frame.show_frame(state)

    def retranslate(self) -> None:
        """Read the words anew after the language changed."""
        row = Arrangement.ROW
        back = ButtonFace(
            _("Back to the sale"),
            icon="arrow-left",
            hint="Esc",
            arrangement=row,
            hint_in_box=True,
        )
        self.back.set_face(back)
        self.slip.set_face(ButtonFace(_("Print slip"), icon="printer"))
        self.pay.keypad.retranslate()
        self.ticket.header.update()

    def _connect(self) -> None:
        self.pay.keypad.pressed.connect(self.pad_pressed)
        self.pay.entry.pressed.connect(self.amount_pressed)
        self.pay.main.clicked.connect(self.finish_pressed)
        self.work.tenders.pressed.connect(self.tender_selected)
        self.work.choices.pressed.connect(self.choice_selected)
        self.work.cash.pressed.connect(self._on_cash)
        self.work.deductions.pressed.connect(self.deduct_pressed)
        self.work.deductions.amount_pressed.connect(self.deduct_amount_pressed)
        self.ticket.band.member_pressed.connect(self.member_pressed)
        self.work.reference.pressed.connect(self.reference_pressed)
        self.work.round_off.pressed.connect(self._on_round_off)
        self.work.taken.take_back_pressed.connect(self.take_back_pressed)
        self.back.clicked.connect(self.back_pressed)
        self.slip.clicked.connect(self.slip_toggled)
        self.frame.top_bar.lock_pressed.connect(self.lock_pressed)
        self.frame.top_bar.tab_selected.connect(self.top_tab_selected)
        self.frame.status_bar.chip_pressed.connect(self.chip_pressed)
        self.frame.toast.undo_pressed.connect(self.undo_pressed)

    def _show_money(self, state: PaymentState) -> None:
        due = amount(state.due_minor, state.currency)
        taken = ""
        if state.taken_minor:
            taken = _("Taken {amount}", amount=money(state.taken_minor, state.currency))
        self.pay.display.show_amount(
            AmountFace(
                label=_("Still to take"),
                amount=amount(state.remaining_minor, state.currency),
                symbol=symbol_of(state.currency),
                note=_("Due {amount}", amount=due),
                saved=taken,
                extra=state.rounding_text or state.points_text,
            )
        )
        hint = state.entry_hint or _("Amount")
        face = EntryFace(
            hint,
            state.entry_text,
            problem=state.entry_problem,
            is_active=state.is_entry_active,
            is_resting=state.reference is not None and state.reference.is_active,
        )
        self.pay.entry.show_entry(face)
        change = amount(state.change_minor, state.currency)
        self.change.show_change(_("Change"), symbol_of(state.currency), change)

    def _show_main(self, state: PaymentState) -> None:
        title = state.finish_title or _("Finish")
        icon = "circle-notch" if state.is_waiting else "check-circle"
        if state.is_waiting:
            title = _("Working")
        face = ButtonFace(
            title,
            "" if state.is_waiting else state.finish_detail,
            icon=icon,
            hint="F12",
            kind=Kind.PRIMARY,
            arrangement=Arrangement.ROW,
            text_role="h1",
        )
        self.pay.main.set_face(face)
        can = state.can_finish and not state.is_waiting
        reason = "" if can else state.blocked_reason
        self.pay.main.set_available(can, reason, state.blocked_detail, "hand-coins")

    def _on_cash(self, key: str) -> None:
        self.suggestion_pressed.emit(int(key))

    def _on_round_off(self, _key: str) -> None:
        self.round_off_pressed.emit()
