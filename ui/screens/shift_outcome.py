"""The page after the count: the difference in words, what stays, other tenders."""

from __future__ import annotations

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from ui.presenters.frame_state import Tone
from ui.presenters.shift_state import OutcomeView
from ui.theme.host import theme, theme_host
from ui.widgets.action_button import ActionButton
from ui.widgets.blue_note import BlueNote
from ui.widgets.button_face import Arrangement, ButtonFace
from ui.widgets.counter_frame import spaced
from ui.widgets.drawing import Box, draw_box
from ui.widgets.entry_line import EntryFace, EntryLine
from ui.widgets.section_title import SectionTitle
from ui.widgets.sum_rows import SumRows
from ui.widgets.verdict import Verdict


class ShiftCard(QWidget):
    """A white card with children below each other."""

    def __init__(self, object_name: str) -> None:
        super().__init__()
        self.setObjectName(object_name)
        self.stack = QVBoxLayout(self)
        self._take_sizes()
        theme_host().changed.connect(self._take_sizes)

    def _take_sizes(self) -> None:
        spaced(self.stack, gap=8, pad=(16, 12, 16, 14))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card."""
        del event
        now, c = theme(), theme().colours
        with QPainter(self) as painter:
            area = QRect(0, 0, self.width(), self.height())
            draw_box(
                painter, area, Box(c.surface, c.line, c.line, now.radius("card"), 1)
            )


class OutcomePage(QWidget):
    """Cash on the left; what stays and the other tenders on the right."""

    recount_pressed = Signal()
    """Count the cash once more."""
    bag_pressed = Signal()
    """The pad shall type the number of the bag for the safe."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("outcomePage")
        self.cash_title = SectionTitle("outcomeCashTitle")
        self.verdict = Verdict()
        self.facts = SumRows("outcomeFacts")
        row = Arrangement.ROW
        face = ButtonFace(icon="arrow-counter-clockwise", arrangement=row)
        self.recount = ActionButton("recount", face)
        self.recount.set_size(60)
        self.money = SumRows("outcomeMoney")
        self.bag = EntryLine("bagEntry")
        self.others_title = SectionTitle("othersTitle")
        self.others = SumRows("outcomeOthers")
        self.note = BlueNote("othersNote", "info")
        self._row = QHBoxLayout(self)
        self._left, self._right = ShiftCard("outcomeCash"), ShiftCard("outcomeOther")
        self._fill()
        self.recount.clicked.connect(self.recount_pressed)
        self.bag.pressed.connect(self.bag_pressed)
        self._take_sizes()
        theme_host().changed.connect(self._take_sizes)

    def _fill(self) -> None:
        for part in (self.cash_title, self.verdict, self.facts, self.recount):
            self._left.stack.addWidget(part)
        self._left.stack.addStretch(1)
        for other in (self.money, self.bag, self.others_title, self.others):
            self._right.stack.addWidget(other)
        self._right.stack.addStretch(1)
        self._right.stack.addWidget(self.note)
        self._row.addWidget(self._left, 1)
        self._row.addWidget(self._right, 1)

    def show_outcome(self, view: OutcomeView) -> None:
        """Show how the count came out."""
        self.cash_title.show_title(view.titles[0])
        self.verdict.show_verdict(view.verdict, view.hint, view.verdict_tone)
        self.facts.show_rows(view.facts)
        self.recount.retitle(view.recount)
        self.recount.setVisible(view.can_recount)
        self.money.show_rows(view.money)
        face = EntryFace(view.bag_hint, view.bag, is_active=view.is_bag_active)
        self.bag.show_entry(face)
        self.others_title.show_title(view.titles[1])
        self.others.show_rows(view.others)
        self.note.show_note("", view.note, Tone.INFO)

    def _take_sizes(self) -> None:
        spaced(self._row, gap=12, pad=(12, 12, 12, 12))
