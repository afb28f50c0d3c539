"""The payment-done screen: the change stays until the next scan."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from pos_app.i18n import _
from ui.format import amount, money, symbol_of
from ui.presenters.done_state import DoneState
from ui.presenters.frame_state import FrameState
from ui.screens.pay_column import PayColumn, TwoKeys
from ui.screens.ticket_column import TicketColumn
from ui.theme.host import theme_host
from ui.widgets.action_button import ActionButton
from ui.widgets.amount_display import AmountFace
from ui.widgets.button_face import Arrangement, ButtonFace, Kind
from ui.widgets.counter_frame import Column, CounterFrame, spaced
from ui.widgets.done_card import DoneCard
from ui.widgets.entry_line import EntryFace


class PaymentDoneScreen(QWidget):
    """Change, slip, and what may still be done to a finished sale."""

    new_sale_pressed = Signal()
    """The main key: the next customer."""
    reprint_pressed = Signal()
    """A copy of the slip is wanted."""
    papers_pressed = Signal()
    """A gift receipt, or a copy in another language."""
    correct_tender_pressed = Signal()
    """The tender was wrong: make a correcting document."""
    void_pressed = Signal()
    """The whole sale is to be undone by a mirrored document."""
    drawer_pressed = Signal()
    """The drawer is to open once more."""
    pad_pressed = Signal(str)
    """A key of the pad: the next sale begins; the value of its `PadKey`."""
    lock_pressed = Signal()
    """The lock in the top bar."""
    top_tab_selected = Signal(str)
    """A tab of the top bar; its key."""
    chip_pressed = Signal(str)
    """A chip of the status bar; its key."""
    undo_pressed = Signal()
    """The toast's undo."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("paymentDoneScreen")
        self.copy = ActionButton("doneCopy", ButtonFace())
        self.correct = ActionButton("doneCorrect", ButtonFace())
        self.void = ActionButton("doneVoid", ButtonFace())
        self.papers = ActionButton("donePapers", ButtonFace())
        self.drawer = ActionButton("doneDrawer", ButtonFace())
        self.reprint = ActionButton("doneReprint", ButtonFace())
        below = (self.copy, self.papers, self.correct, self.void)
        self.ticket = TicketColumn([(button, 1) for button in below])
        self.card = DoneCard()
        self.work = Column("columnDone", is_work=True)
        self.work.stack.addWidget(self.card)
        self.pay = PayColumn(TwoKeys(self.drawer, self.reprint))
        self.frame = CounterFrame(self.ticket, self.work, self.pay)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.frame)
        self._connect()
        self.retranslate()
        self._take_sizes()
        theme_host().changed.connect(self._take_sizes)

    @override
    def render(self, state: DoneState) -> None:  # type: ignore[override]
        """Show a state; paints only what differs from the one before."""
        self.render_frame(state.frame)
        self.ticket.ticket.invite(state.invitation, state.invitation_detail)
        self.ticket.show_ticket(state.band, (), -1, state.currency, state.sums)
        self.card.show_done(state.title, state.detail, state.outcomes)
        self.card.slip.show_slip(state.slip_png)
        self._show_change(state)
        self._show_locks(state.locked)
        self.void.set_available(state.can_void)
        self.correct.set_available(state.can_correct)
        self.frame.place_toast(self.ticket.sums)

    def _show_locks(self, locked: frozenset[str]) -> None:
        """Mark the keys for which somebody else must agree."""
        keys = {
            self.copy: "reprint",
            self.reprint: "reprint",
            self.correct: "correct",
            self.void: "void",
            self.drawer: "drawer",
        }
        for button, key in keys.items():
            lock = "lock-key" if key in locked else ""
            button.set_face(replace(button.face, trailing_icon=lock))

    def render_frame(self, state: FrameState) -> None:
        """Show clock, chips, message and toast; the rest stays."""
        self.frame.show_frame(state)

    def retranslate(self) -> None:
        """Read the words anew after the language changed."""
        row = Arrangement.ROW
        self.copy.set_face(ButtonFace(_("Reprint slip"), icon="printer", hint="Ctrl+P"))
        self.papers.set_face(ButtonFace(_("Gift receipt"), icon="gift"))
        self.papers.setAccessibleDescription(_("Another paper for this sale"))
        self.correct.set_face(ButtonFace(_("Change tender"), icon="swap"))
        self.void.set_face(
            ButtonFace(_("Void whole sale"), icon="receipt-x", kind=Kind.DANGER_QUIET)
        )
        self.drawer.set_face(
            ButtonFace(_("Open drawer again"), icon="cash-register", arrangement=row)
        )
        self.reprint.set_face(ButtonFace(_("Reprint"), icon="printer", arrangement=row))
        self.pay.main.set_face(
            ButtonFace(
                _("New sale"),
                icon="plus-circle",
                hint="Enter",
                kind=Kind.PRIMARY,
                arrangement=row,
                text_role="h1",
            )
        )
        self.pay.keypad.retranslate()
        self.ticket.header.update()

    def _connect(self) -> None:
        self.copy.clicked.connect(self.reprint_pressed)
        self.reprint.clicked.connect(self.reprint_pressed)
        self.papers.clicked.connect(self.papers_pressed)
        self.correct.clicked.connect(self.correct_tender_pressed)
        self.void.clicked.connect(self.void_pressed)
        self.drawer.clicked.connect(self.drawer_pressed)
        self.pay.main.clicked.connect(self.new_sale_pressed)
        self.pay.keypad.pressed.connect(self.pad_pressed)
        self.frame.top_bar.lock_pressed.connect(self.lock_pressed)
        self.frame.top_bar.tab_selected.connect(self.top_tab_selected)
        self.frame.status_bar.chip_pressed.connect(self.chip_pressed)
        self.frame.toast.undo_pressed.connect(self.undo_pressed)

    def _show_change(self, state: DoneState) -> None:
        saved = ""
        if state.saved_minor:
            saved = _("Saved {amount}", amount=money(state.saved_minor, state.currency))
        self.pay.display.show_amount(
            AmountFace(
                label=state.change_label or _("Change"),
                amount=amount(state.change_minor, state.currency),
                symbol=symbol_of(state.currency),
                note=state.received_text,
                saved=saved,
                extra=state.extra_text,
                is_change=True,
            )
        )
        hint = state.entry_hint or _("Qty × barcode / SKU")
        self.pay.entry.show_entry(EntryFace(hint, state.entry_text))

    def _take_sizes(self) -> None:
        spaced(self.work.stack, gap=0, pad=(12, 12, 12, 12))
