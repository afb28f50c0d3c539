"""The page for counting: notes, coins, and what waits beside them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from ui.presenters.shift_state import CountView
from ui.theme.host import theme, theme_host
from ui.widgets.check_card import CheckCard
from ui.widgets.counter_frame import spaced
from ui.widgets.piece_card import PieceCard


class CountPage(QWidget):
    """Two columns: notes on the left, coins over the checks on the right."""

    picked = Signal(str)
    """The pad shall type here; the denomination's key."""
    stepped = Signal(str, int)
    """One piece more or less; the denomination's key and the step."""
    check_pressed = Signal(str)
    """The key of a check was pressed; its key."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("countPage")
        self.notes = PieceCard("notesCard", 62)
        self.coins = PieceCard("coinsCard", 56)
        self.checks = CheckCard()
        self._row = QHBoxLayout(self)
        self._side = QVBoxLayout()
        self._side.addWidget(self.coins)
        self._side.addWidget(self.checks, 1)
        self._row.addWidget(self.notes, 1)
        self._row.addLayout(self._side, 1)
        for card in (self.notes, self.coins):
            card.picked.connect(self.picked)
            card.stepped.connect(self.stepped)
        self.checks.pressed.connect(self.check_pressed)
        self._take_sizes()
        theme_host().changed.connect(self._take_sizes)

    def show_count(self, view: CountView) -> None:
        """Show the count so far."""
        self.notes.show_pieces(view.notes, view.hint)
        self.coins.setVisible(view.coins is not None)
        if view.coins is not None:
            self.coins.show_pieces(view.coins)
        self.checks.show_card(view.checks)
        self._share()

    def _share(self) -> None:
        """Give the coins their whole height, unless the checks need it."""
        room = self.height() - 3 * theme().px(12)
        least = self.checks.minimumSizeHint().height()
        if not self.checks.is_brief and room - least < self.coins.whole_height():
            self.checks.be_brief(is_brief=True)
            least = self.checks.minimumSizeHint().height()
        wanted = min(self.coins.whole_height(), max(room - least, theme().px(160)))
        if self.coins.height() != wanted:
            self.coins.setFixedHeight(max(wanted, theme().px(110)))

    @override
    def event(self, event: QEvent) -> bool:
        """Share anew when a card needs more or less."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._share()
        return super().event(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new height."""
        super().resizeEvent(event)
        self._share()

    def _take_sizes(self) -> None:
        spaced(self._row, gap=12, pad=(12, 12, 12, 12))
        spaced(self._side, gap=12, pad=(0, 0, 0, 0))
        self._share()
