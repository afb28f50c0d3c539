"""A promotion tried on last week's sales: figures, and the lines to look at."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos_app.i18n import _
from ui.presenters.dry_run_state import DryRunState
from ui.screens.office_stock_list import take_page_sizes
from ui.screens.segmented_choice import SegmentedChoice
from ui.screens.settings_fields import Note
from ui.theme.host import theme, theme_host
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace
from ui.widgets.figure_card import FigureCard
from ui.widgets.page_head import PageHead
from ui.widgets.table_list import TableList

_CARDS = ("cost", "baskets", "margin", "stacks", "below")


class DryRunPage(QWidget):
    """Shows a state, emits what is wanted."""

    closed = Signal()
    """Back, or cancel while it works."""
    table_chosen = Signal(str)
    """Another table; its key."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("dryRunPage")
        self.head, self.note = PageHead("dryRunHead"), Note("dryRunNote")
        self.progress = Note("dryRunProgress")
        face = ButtonFace(icon="x", arrangement=Arrangement.ROW, hint="Esc")
        self.cancel = ActionButton("dryRunCancel", face)
        self.cancel.set_size(60)
        self.cards = [FigureCard(f"dryRun-{name}") for name in _CARDS]
        self.tables = SegmentedChoice("dryRunTables")
        self.table = TableList("dryRunRows")
        self._figures = QHBoxLayout()
        for card in self.cards:
            card.clicked.connect(self._on_card)
            self._figures.addWidget(card)
        self._column = QVBoxLayout(self)
        for part in (self.head, self.note, self.progress):
            self._column.addWidget(part)
        self._column.addLayout(self._figures)
        self._column.addWidget(self.tables)
        self._column.addWidget(self.table, 1)
        self._column.addWidget(self.cancel)
        self.head.closed.connect(self.closed)
        self.cancel.clicked.connect(self.closed)
        self.tables.chosen.connect(self.table_chosen)
        self._take_sizes()
        theme_host().changed.connect(self._take_sizes)

    def show_state(self, state: DryRunState) -> None:
        """Show how far it is, or what came out."""
        self.head.show_title(_("Dry run: {name}", name=state.title))
        self.note.setText(state.note)
        self.progress.setText(state.progress)
        self.cancel.retitle(_("Cancel"))
        for part in (self.progress, self.cancel):
            part.setVisible(state.is_working)
        has_result = state.table is not None
        for card in self.cards:
            card.setVisible(has_result)
        self.tables.setVisible(has_result)
        self.table.setVisible(has_result)
        if state.table is None:
            return
        for card, figure in zip(self.cards, state.cards, strict=True):
            card.show_figure(figure)
        self.tables.set_choices([(key, words, "") for key, words in state.tables])
        self.tables.show_chosen(state.chosen)
        self.table.show_table(state.table)

    def _on_card(self) -> None:
        sender = self.sender()
        assert isinstance(sender, FigureCard)
        self.table_chosen.emit(sender.view.key)

    def _take_sizes(self) -> None:
        take_page_sizes(self._column)
        self._figures.setSpacing(theme().px(10))
