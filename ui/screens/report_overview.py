"""The first page of a report: cards, the chart, lists with bars (picture 16)."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.presenters.report_state import OverviewView
from ui.theme.host import theme, theme_host
from ui.widgets.bar_chart import BarChart
from ui.widgets.bar_list import BarList
from ui.widgets.figure_card import FigureCard

_CARDS = ("sales", "tickets", "average", "refunds", "discounts")
_LISTS = ("items", "tenders", "categories", "cashiers", "exceptions")


class ReportOverview(QWidget):
    """Everything can be tapped: a figure opens its documents, a head its page."""

    figure_chosen = Signal(str, str)
    """A figure was tapped: its key, and what it is called."""
    page_chosen = Signal(str)
    """The head of a list was tapped; its page's key."""

    def __init__(self) -> None:
        super().__init__()
        self.cards = [FigureCard(f"figure-{name}") for name in _CARDS]
        self.chart = BarChart("salesChart")
        self.lists = [BarList(f"bars-{name}") for name in _LISTS]
        self._rows = (QHBoxLayout(), QHBoxLayout(), QHBoxLayout())
        for card in self.cards:
            card.clicked.connect(self._on_card)
            self._rows[0].addWidget(card)
        self._rows[1].addWidget(self.chart, 8)
        self._rows[1].addWidget(self.lists[0], 5)
        for each in self.lists[1:]:
            self._rows[2].addWidget(each)
        for each in self.lists:
            each.chosen.connect(self._on_row)
            each.opened.connect(self.page_chosen)
        self.chart.chosen.connect(self._on_bar)
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        for row, stretch in zip(self._rows, (0, 6, 5), strict=True):
            self._outer.addLayout(row, stretch)
        self._take_sizes()
        theme_host().changed.connect(self._take_sizes)

    def show_overview(self, view: OverviewView) -> None:
        """Show other figures."""
        for card, figure in zip(self.cards, view.cards, strict=True):
            card.show_figure(figure)
        self.chart.show_chart(view.chart)
        for each, shown in zip(self.lists, view.lists, strict=True):
            each.show_list(shown)

    def _on_card(self) -> None:
        sender = self.sender()
        assert isinstance(sender, FigureCard)
        self.figure_chosen.emit(sender.view.key, sender.view.title)

    def _on_bar(self, key: str) -> None:
        self.figure_chosen.emit(key, self.chart.words_of(key))

    def _on_row(self, key: str) -> None:
        sender = self.sender()
        assert isinstance(sender, BarList)
        self.figure_chosen.emit(key, sender.words_of(key))

    def _take_sizes(self) -> None:
        gap = theme().px(10)
        self._outer.setSpacing(gap)
        for row in self._rows:
            row.setSpacing(gap)
