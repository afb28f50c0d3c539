"""Column C: amount, entry, keypad, two keys above the main key, the main key."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSpacerItem, QWidget

from ui.presenters.pad_key import PadKey
from ui.theme.host import theme, theme_host
from ui.widgets.action_button import ActionButton
from ui.widgets.amount_display import AmountDisplay
from ui.widgets.button_face import Arrangement, ButtonFace, Kind
from ui.widgets.counter_frame import Column, spaced
from ui.widgets.entry_line import EntryLine
from ui.widgets.keypad import KeyPad

#: Below display, entry, keypad and the two keys; the keypad reaches 4 px below itself.
GAPS = (9, 9, 6, 9)


class PayColumn(Column):
    """What never moves: the same five things in the same places on every screen."""

    def __init__(self, above: QWidget, *, second: PadKey = PadKey.TIMES) -> None:
        super().__init__("columnPay")
        self.display = AmountDisplay()
        self.entry = EntryLine()
        self.keypad = KeyPad(second=second)
        self.above = above
        face = ButtonFace(
            icon="arrow-circle-right",
            kind=Kind.PRIMARY,
            arrangement=Arrangement.ROW,
            text_role="h1",
            hint="F12",
        )
        self.main = ActionButton("mainAction", face)
        self.main.setSizePolicy(
            QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding
        )
        self._gaps: list[QSpacerItem] = []
        for part, gap in zip(
            (self.display, self.entry, self.keypad, above), GAPS, strict=True
        ):
            self.stack.addWidget(part)
            self._gaps.append(QSpacerItem(0, gap))
            self.stack.addItem(self._gaps[-1])
        self.stack.addWidget(self.main, 1)
        self._take_sizes()
        theme_host().changed.connect(self._take_sizes)

    def _take_sizes(self) -> None:
        spaced(self.stack, gap=0, pad=(14, 12, 14, 8))
        fixed = QSizePolicy.Policy.Fixed
        for spacer, gap in zip(self._gaps, GAPS, strict=True):
            spacer.changeSize(0, theme().px(gap), fixed, fixed)
        self.stack.invalidate()
        self.main.set_size(74, below=4)
        self.main.setMinimumHeight(theme().px(64))  # two lines of words


class TwoKeys(QWidget):
    """Two keys side by side above the main key."""

    def __init__(self, first: ActionButton, second: ActionButton) -> None:
        super().__init__()
        self.first, self.second = first, second
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._row = QHBoxLayout(self)
        self._row.addWidget(first, 1)
        self._row.addWidget(second, 1)
        self._take_sizes()
        theme_host().changed.connect(self._take_sizes)

    def _take_sizes(self) -> None:
        spaced(self._row, gap=8, pad=(0, 0, 0, 0))
        self.first.set_size(60)
        self.second.set_size(60)
        # Their room stays when both are hidden: the main key never moves.
        self.setFixedHeight(theme().px(60))
