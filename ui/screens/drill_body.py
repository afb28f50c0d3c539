"""What a scenario card says: goal, steps, codes; on the screen and over a ticket."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from ui.presenters.drill_state import CodeView, DrillState, StepView
from ui.presenters.frame_state import Tone
from ui.presenters.shift_state import CheckView
from ui.theme.fonts import SEMIBOLD, font, free_font
from ui.theme.host import theme, theme_host
from ui.widgets.check_row import CheckRow
from ui.widgets.code_card import CodeCard


class DrillBody(QWidget):
    """Goal, PIN, steps and codes below each other."""

    code_tapped = Signal(str)
    """A code was tapped."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("drillBody")
        self.goal, self.pin, self.help = QLabel(), QLabel(), QLabel()
        for label in (self.goal, self.pin, self.help):
            label.setWordWrap(True)
        self.goal.setObjectName("drillGoal")
        self._steps: list[CheckRow] = []
        self._codes: tuple[CodeView, ...] = ()
        self._cards: list[CodeCard] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.goal)
        self._column.addWidget(self.pin)
        self._column.addWidget(self.help)
        self._rows = QVBoxLayout()
        self._column.addLayout(self._rows)
        self._grid = QGridLayout()
        self._column.addLayout(self._grid)
        self._take_sizes()
        theme_host().changed.connect(self._take_sizes)

    def stand_at_top(self) -> None:
        """Leave what room is left over below the codes, not between the words."""
        self._column.addStretch(1)

    def show_state(self, state: DrillState) -> None:
        """Show a card."""
        self.goal.setText(state.goal)
        self.pin.setText(state.pin_words)
        self.help.setText(state.help)
        self.help.setVisible(bool(state.help))
        self._show_steps(state)
        self._show_codes(state.codes)

    def _show_steps(self, state: DrillState) -> None:
        while len(self._steps) < len(state.steps):
            row = CheckRow(f"drill{len(self._steps)}", 40)
            self._steps.append(row)
            self._rows.addWidget(row)
        for at, row in enumerate(self._steps):
            row.setVisible(at < len(state.steps))
            if at < len(state.steps):
                row.show_check(_check(at, state.steps[at]))

    def _show_codes(self, codes: tuple[CodeView, ...]) -> None:
        if codes == self._codes:
            return
        self._codes = codes
        for old in self._cards:
            self._grid.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._cards = []
        for at, code in enumerate(codes):
            card = CodeCard(code, f"codeCard{at}")
            card.tapped.connect(self.code_tapped)
            self._cards.append(card)
        self._place_codes()

    def _place_codes(self) -> None:
        """Stand the codes side by side where they fit, else below each other."""
        wide = sum(card.sizeHint().width() for card in self._cards[:2])
        in_row = 2 if wide + theme().px(10) <= self.width() else 1
        for card in self._cards:
            self._grid.removeWidget(card)
        for at, card in enumerate(self._cards):
            self._grid.addWidget(card, at // in_row, at % in_row)
        self._grid.setColumnStretch(2, 1)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the codes anew in another width."""
        super().resizeEvent(event)
        self._place_codes()

    def _take_sizes(self) -> None:
        now = theme()
        self._column.setSpacing(now.px(10))
        self._rows.setSpacing(0)
        self._grid.setSpacing(now.px(10))
        self.goal.setFont(free_font(now, 19, SEMIBOLD))
        self.pin.setFont(font(now, "body"))
        self.help.setFont(font(now, "body"))


def _check(at: int, step: StepView) -> CheckView:
    if step.is_done:
        return CheckView(f"drill{at}", step.text, icon="check-circle", tone=Tone.GOOD)
    icon = "arrow-circle-right" if step.is_next else "circle-notch"
    tone = Tone.WARN if step.is_next else Tone.PLAIN
    return CheckView(f"drill{at}", step.text, icon=icon, tone=tone)
