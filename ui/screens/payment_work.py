"""Column B of the payment: tenders, cash keys, reference, 抹零, money taken."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from pos_app.i18n import _, plural
from ui.format import amount, money, short_money
from ui.presenters.payment_state import (
    DeductView,
    PaymentState,
    ReferenceView,
    RoundOffView,
    TenderView,
)
from ui.presenters.sale_state import QuickCash
from ui.theme.host import theme, theme_host
from ui.widgets.button_face import Arrangement, ButtonFace, Kind
from ui.widgets.button_grid import ButtonGrid, GridButton
from ui.widgets.counter_frame import Column, spaced
from ui.widgets.deduct_card import DeductCard
from ui.widgets.empty_note import paint_empty
from ui.widgets.entry_line import EntryFace, EntryLine
from ui.widgets.kinetic import make_kinetic
from ui.widgets.money_card import MoneyCard, MoneyCardFace
from ui.widgets.section_title import NoteLine, SectionTitle

#: As many deductions leave room for a line more each in the small window.
_FEW = 2


class TakenList(QScrollArea):
    """The money already taken, one card each."""

    take_back_pressed = Signal(str)
    """Money is to be given back; the tender's id."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("takenList")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self._body = QWidget()
        self._stack = QVBoxLayout(self._body)
        self._stack.addStretch(1)
        self.setWidget(self._body)
        self._cards: dict[str, MoneyCard] = {}
        make_kinetic(self)
        self.setMinimumHeight(1)
        self.take_sizes()

    def show_taken(self, state: PaymentState) -> None:
        """Show what was taken so far."""
        wanted = [one.tender_id for one in state.taken]
        if wanted != list(self._cards):
            self._build(wanted)
        for one in state.taken:
            face = MoneyCardFace(
                title=one.name,
                detail=one.detail,
                icon="check-circle-fill" if one.is_verified else "pencil-simple",
                amount=money(one.amount_minor, state.currency),
                action=_("Take back"),
                is_done=True,
            )
            self._cards[one.tender_id].show_card(face)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Say what to do while nothing was taken."""
        super().paintEvent(event)
        if self._cards or self.viewport().height() < theme().px(96):
            return
        with QPainter(self.viewport()) as painter:
            paint_empty(
                painter,
                self.viewport().rect(),
                "hand-coins",
                (_("Nothing taken yet"), _("Choose how, type the amount, press Enter")),
            )

    def take_sizes(self) -> None:
        """Read the spacing anew."""
        spaced(self._stack, gap=8, pad=(0, 0, 0, 0))

    def _build(self, wanted: list[str]) -> None:
        for old in self._cards.values():
            self._stack.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._cards = {}
        # Empty, it needs no room: what stands above may have more lines.
        self.setMinimumHeight(0 if wanted else 1)
        for number, tender_id in enumerate(wanted):
            card = MoneyCard(f"taken{number}", tender_id)
            card.pressed.connect(self.take_back_pressed)
            self._cards[tender_id] = card
            self._stack.insertWidget(number, card)


class Deductions(QWidget):
    """Coupon, points and wallet, one row each; nothing where there is none."""

    pressed = Signal(str)
    """Use all of it, or undo; the row's key."""
    amount_pressed = Signal(str)
    """Another amount is wanted; the row's key."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("deductions")
        self._stack = QVBoxLayout(self)
        self._rows: dict[str, DeductCard] = {}
        self.take_sizes()

    def show_rows(self, views: tuple[DeductView, ...], *, has_room: bool) -> None:
        """Show other rows; where there is room, long words take a line more."""
        self.setVisible(bool(views))
        if [view.key for view in views] != list(self._rows):
            self._build(views)
        for view in views:
            self._rows[view.key].show_row(view, has_room=has_room)

    def take_sizes(self) -> None:
        """Read the spacing anew."""
        spaced(self._stack, gap=6, pad=(0, 0, 0, 0))

    def _build(self, views: tuple[DeductView, ...]) -> None:
        for old in self._rows.values():
            self._stack.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._rows = {}
        for view in views:
            row = DeductCard(view.key)
            row.pressed.connect(self.pressed)
            row.amount_pressed.connect(self.amount_pressed)
            self._rows[view.key] = row
            self._stack.addWidget(row)


class TenderColumn(Column):
    """What is deducted first, and how the customer pays."""

    def __init__(self) -> None:
        super().__init__("columnTenders", is_work=True)
        self.deduct_title = SectionTitle("deductTitle")
        self.deductions = Deductions()
        self.tenders_title = SectionTitle("tendersTitle")
        self.tenders = ButtonGrid("tender", columns=3, height=72)
        self.choices_title = SectionTitle("choicesTitle")
        self.choices = ButtonGrid("choice", columns=3, height=60)
        self.reference = EntryLine("referenceEntry")
        self.reference_note = NoteLine("referenceNote")
        self.cash_title = SectionTitle("cashTitle")
        self.cash = ButtonGrid("cash", columns=4, height=64)
        self.round_off = MoneyCard("roundOff")
        self.taken_title = SectionTitle("takenTitle")
        self.taken = TakenList()
        parts = (
            self.deduct_title,
            self.deductions,
            self.tenders_title,
            self.tenders,
            self.choices_title,
            self.choices,
            self.reference,
            self.reference_note,
            self.cash_title,
            self.cash,
            self.round_off,
            self.taken_title,
        )
        for part in parts:
            self.stack.addWidget(part)
        self.stack.addWidget(self.taken, 1)
        self._take_sizes()
        theme_host().changed.connect(self._take_sizes)

    def show_payment(self, state: PaymentState) -> None:
        """Show tenders and what belongs to the selected one."""
        rows = state.deductions
        is_tight = bool(rows) and theme().profile.name == "compact"
        self.tenders.set_height(56 if is_tight else 72)
        self.cash.set_height(52 if is_tight else 64)
        self.deduct_title.show_title(_("Deduct first") if rows else "")
        has_room = not is_tight or (len(rows) <= _FEW and not state.taken)
        self.deductions.show_rows(rows, has_room=has_room)
        self.tenders_title.show_title(_("How to pay"))
        self.tenders.show_buttons(
            tuple(_tender(number, one) for number, one in enumerate(state.tenders, 1))
        )
        self._show_choices(state)
        self._show_reference(state.reference)
        cash = tuple(_cash(one, state) for one in state.suggestions)
        self.cash_title.show_title(_("Cash given") if cash else "")
        self.cash.show_buttons(cash)
        self._show_round_off(state.round_off, state.currency)
        title = plural("{count} taken", "{count} taken", len(state.taken))
        self.taken_title.show_title(title if state.taken else "")
        self.taken.show_taken(state)

    def _show_choices(self, state: PaymentState) -> None:
        row = Arrangement.ROW
        buttons = tuple(
            GridButton(
                one.key,
                ButtonFace(one.name, icon=one.icon, arrangement=row),
                one.is_selected,
            )
            for one in state.choices
        )
        self.choices_title.show_title(state.choices_label if buttons else "")
        self.choices.show_buttons(buttons)

    def _show_reference(self, view: ReferenceView | None) -> None:
        self.reference.setVisible(view is not None)
        self.reference_note.show_note(view.note if view else "")
        if view is not None:
            face = EntryFace(
                view.label, view.text, problem=view.problem, is_active=view.is_active
            )
            self.reference.show_entry(face)

    def _show_round_off(self, view: RoundOffView | None, currency: str) -> None:
        self.round_off.setVisible(view is not None)
        if view is None:
            return
        is_taken = view.taken_minor > 0
        offer = amount(view.offer_minor, currency)
        self.round_off.show_card(
            MoneyCardFace(
                title=_("Round off"),
                detail=_("Let the odd cents go"),
                icon="coins",
                amount=amount(-view.taken_minor, currency) if is_taken else "",
                action=_("Undo") if is_taken else _("Take {amount} off", amount=offer),
                is_done=is_taken,
                is_raised=not is_taken,
                reason=view.reason,
            )
        )

    def _take_sizes(self) -> None:
        spaced(self.stack, gap=6, pad=(12, 8, 12, 8))
        self.taken.take_sizes()
        self.deductions.take_sizes()
        self.cash.set_columns(2 if theme().profile.name == "compact" else 4)


def _tender(number: int, one: TenderView) -> GridButton:
    hint = f"Alt {number}" if number <= 6 else ""
    face = ButtonFace(one.name, icon=one.icon, hint=hint, text_role="body")
    return GridButton(one.key, face, one.is_selected, one.is_available, one.reason)


def _cash(one: QuickCash, state: PaymentState) -> GridButton:
    given = short_money(one.amount_minor, state.currency)
    change = _("Change {amount}", amount=amount(one.change_minor, state.currency))
    title = _("Exact") if one.is_exact else given
    below = amount(one.amount_minor, state.currency) if one.is_exact else change
    row = Arrangement.ROW
    face = ButtonFace(title, below, kind=Kind.QUICK, arrangement=row, text_role="body")
    is_selected = state.suggested == one.amount_minor
    return GridButton(str(one.amount_minor), face, is_selected)
