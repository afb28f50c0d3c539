"""Pages of the shift: its menu, cash in and out, a report on paper, a list."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from ui.presenters.shift_state import (
    ListView,
    MenuKey,
    MenuView,
    MoveView,
    PaperView,
    RowView,
)
from ui.screens.shift_outcome import ShiftCard
from ui.theme.host import theme, theme_host
from ui.widgets.blue_note import BlueNote
from ui.widgets.button_face import Arrangement, ButtonFace
from ui.widgets.button_grid import ButtonGrid, GridButton
from ui.widgets.counter_frame import spaced
from ui.widgets.done_card import DoneCard
from ui.widgets.empty_note import paint_empty
from ui.widgets.entry_line import EntryFace, EntryLine
from ui.widgets.kinetic import make_kinetic
from ui.widgets.money_card import MoneyCard, MoneyCardFace
from ui.widgets.section_title import SectionTitle
from ui.widgets.sum_rows import SumRows


class MenuPage(QWidget):
    """What can be done with the shift, and what it is."""

    pressed = Signal(str)
    """A key of the menu; its key."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("shiftMenuPage")
        self.keys = ButtonGrid("shiftKey", columns=3, height=96)
        self.facts = SumRows("shiftFacts")
        self.note = BlueNote("shiftNote", "info")
        self._stack = QVBoxLayout(self)
        self._card = ShiftCard("shiftCard")
        self._card.stack.addWidget(self.facts)
        self._stack.addWidget(self.keys)
        self._stack.addWidget(self._card)
        self._stack.addWidget(self.note)
        self._stack.addStretch(1)
        self.keys.pressed.connect(self.pressed)
        self._take_sizes()
        theme_host().changed.connect(self._take_sizes)

    def show_menu(self, view: MenuView) -> None:
        """Show keys and facts."""
        self.keys.show_buttons(tuple(_menu_button(one) for one in view.keys))
        self.facts.show_rows(view.facts)
        self._card.setVisible(bool(view.facts))
        self.note.show_note("", view.note)

    def _take_sizes(self) -> None:
        spaced(self._stack, gap=12, pad=(12, 12, 12, 12))
        self.keys.set_columns(2 if theme().profile.name == "compact" else 3)


def _menu_button(one: MenuKey) -> GridButton:
    face = ButtonFace(
        one.title,
        one.detail,
        icon=one.icon,
        arrangement=Arrangement.ROW_LEFT,
        trailing_icon="lock-key" if one.needs_approval else "",
    )
    return GridButton(one.key, face)


class MovePage(QWidget):
    """Why cash comes or goes; the amount is on the pad."""

    reason_pressed = Signal(str)
    """A reason was chosen; its key."""
    reference_pressed = Signal()
    """The pad shall type the reference."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("cashMovePage")
        self.title = SectionTitle("moveReasonsTitle")
        self.reasons = ButtonGrid("moveReason", columns=3, height=64)
        self.reference = EntryLine("moveReference")
        self.note = BlueNote("moveNote", "info")
        self._card = ShiftCard("moveCard")
        for part in (self.title, self.reasons, self.reference):
            self._card.stack.addWidget(part)
        self._stack = QVBoxLayout(self)
        self._stack.addWidget(self._card)
        self._stack.addWidget(self.note)
        self._stack.addStretch(1)
        self.reasons.pressed.connect(self.reason_pressed)
        self.reference.pressed.connect(self.reference_pressed)
        self._take_sizes()
        theme_host().changed.connect(self._take_sizes)

    def show_move(self, view: MoveView) -> None:
        """Show reasons and reference."""
        self.title.show_title(view.reasons_title)
        buttons = tuple(
            GridButton(key, ButtonFace(words), key == view.reason)
            for key, words in view.reasons
        )
        self.reasons.show_buttons(buttons)
        face = EntryFace(
            view.reference_hint, view.reference, is_active=view.is_reference_active
        )
        self.reference.show_entry(face)
        self.note.show_note("", view.note)

    def _take_sizes(self) -> None:
        spaced(self._stack, gap=12, pad=(12, 12, 12, 12))


class PaperPage(QWidget):
    """A report as it was printed, and its sums beside it."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("shiftPaperPage")
        self.card = DoneCard("shiftPaper")
        self.facts = SumRows("paperFacts")
        self.note = BlueNote("paperNote", "info")
        self._side = ShiftCard("paperSide")
        self._side.stack.addWidget(self.facts)
        self._side.stack.addWidget(self.note)
        self._side.stack.addStretch(1)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.card, 1)
        self._row.addWidget(self._side, 1)
        self._take_sizes()
        theme_host().changed.connect(self._take_sizes)

    def show_paper(self, view: PaperView) -> None:
        """Show another report."""
        self.card.show_done(view.title, view.detail, ())
        self.card.slip.show_slip(view.png)
        self.facts.show_rows(view.facts)
        self.note.show_note("", view.note, view.note_tone)
        self._side.setVisible(bool(view.facts or view.note))

    def _take_sizes(self) -> None:
        spaced(self._row, gap=12, pad=(12, 12, 12, 12))


class ListPage(QScrollArea):
    """A card for each Z or each close; thrown by finger."""

    pressed = Signal(str)
    """The key of a line; the line's key."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("shiftListPage")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self._body = QWidget()
        self._stack = QVBoxLayout(self._body)
        self._stack.addStretch(1)
        self.setWidget(self._body)
        self._cards: dict[str, MoneyCard] = {}
        self._empty = ""
        make_kinetic(self)
        self._take_sizes()
        theme_host().changed.connect(self._take_sizes)

    def show_rows(self, view: ListView) -> None:
        """Show other lines."""
        if [one.key for one in view.rows] != list(self._cards):
            self._build(view.rows)
        self._empty = view.empty
        for one in view.rows:
            face = MoneyCardFace(
                title=one.title,
                detail=one.detail,
                icon=one.icon,
                amount=one.amount,
                action=one.action,
                is_raised=True,
            )
            self._cards[one.key].show_card(face)
        self.viewport().update()

    def _build(self, rows: tuple[RowView, ...]) -> None:
        for old in self._cards.values():
            self._stack.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._cards = {}
        for number, one in enumerate(rows):
            card = MoneyCard(f"shiftRow{number}", one.key)
            card.pressed.connect(self.pressed)
            self._cards[one.key] = card
            self._stack.insertWidget(number, card)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Say so when the list is empty."""
        super().paintEvent(event)
        if self._cards or not self._empty:
            return
        with QPainter(self.viewport()) as painter:
            area = self.viewport().rect()
            paint_empty(painter, area, "check-circle", (self._empty, ""))

    def _take_sizes(self) -> None:
        spaced(self._stack, gap=8, pad=(12, 12, 12, 12))
