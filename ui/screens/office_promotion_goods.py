"""The card of goods: what a promotion is for and what it is never for."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from pos_app.i18n import _
from ui.presenters.promotions_state import GoodsView
from ui.screens.segmented_choice import SegmentedChoice
from ui.theme.host import theme
from ui.widgets.search_box import SearchBox
from ui.widgets.two_line_list import TwoLineList


class GoodsSearch(SearchBox):
    """Finds goods, categories, brands and tags."""

    @override
    def hints(self) -> tuple[str, ...]:
        return (_("Scan, or type goods, a category, brand or tag"), _("Scan or type"))

    @override
    def chip_words(self) -> str:
        return ""


class GoodsPage(QWidget):
    """Two sides, a search, and rows that are put in by a tap."""

    side_chosen = Signal(str)
    """What is included is shown, or what is excluded."""
    search_edited = Signal(str)
    """What is looked for."""
    tapped = Signal(str)
    """A row was tapped; its key."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("promotionGoods")
        self.sides = SegmentedChoice("promotionSides")
        self.search = GoodsSearch("promotionGoodsSearch", "promotionGoodsSearch")
        self.list = TwoLineList("promotionGoodsRows")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(8))
        for part in (self.sides, self.search):
            column.addWidget(part)
        column.addWidget(self.list, 1)
        self.sides.chosen.connect(self.side_chosen)
        self.search.text_edited.connect(self.search_edited)
        self.search.moved.connect(self._on_moved)
        self.search.submitted.connect(self._on_submitted)
        self.search.left.connect(self._on_left)
        self.list.chosen.connect(self._on_row)
        self._at = ""

    def show_goods(self, view: GoodsView) -> None:
        """Show what is chosen and what is offered."""
        self.sides.set_choices([(key, words, "") for key, words in view.sides])
        self.sides.show_chosen(view.side)
        self.search.show_text(view.search)
        self.list.setAccessibleName(_("Goods"))
        self.list.show_empty(
            "magnifying-glass", _("Nothing found"), _("Try fewer letters")
        )
        keys = [row.key for row in view.rows]
        self._at = self._at if self._at in keys else ""
        self.list.show_rows(view.rows, self._at)

    def step(self, by: int) -> None:
        """Go to the neighbouring row; Enter in the search takes it."""
        keys = [row.key for row in self.list.rows]
        if keys:
            at = keys.index(self._at) + by if self._at in keys else 0
            self._at = keys[max(0, min(len(keys) - 1, at))]
            self.list.show_rows(self.list.rows, self._at)

    def take_marked(self) -> None:
        """Put the marked row in, or take it out."""
        if self._at:
            self.tapped.emit(self._at)

    def _on_moved(self, by: int) -> None:
        self.step(by)

    def _on_submitted(self) -> None:
        keys = [row.key for row in self.list.rows]
        if keys:
            self.tapped.emit(self._at if self._at in keys else keys[0])
            self._at = ""
            self.search.field.clear()
            self.search_edited.emit("")

    def _on_left(self) -> None:
        self.search_edited.emit("")
        self.search.stop()

    def _on_row(self, key: str) -> None:
        self._at = key
        self.tapped.emit(key)
