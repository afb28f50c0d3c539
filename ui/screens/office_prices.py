"""The page of shelf prices: a list on the left, the prices of one unit on the right."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from pos_app.i18n import _
from ui.presenters.prices_state import PricesState, PricesTab, UnitPricesView
from ui.screens.back_office_page import BackOfficePage
from ui.screens.segmented_choice import SegmentedChoice
from ui.theme.fonts import font
from ui.theme.host import theme, theme_host
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace, Kind
from ui.widgets.panel import Panel
from ui.widgets.search_box import SearchBox
from ui.widgets.two_line_list import TwoLineList


class PricesPage(BackOfficePage):
    """Shows `PricesState`."""

    tab_chosen = Signal(str)
    """Another list; a `PricesTab`."""
    search_edited = Signal(str)
    """What is searched for."""
    unit_chosen = Signal(str)
    """Goods of the list; their unit's id."""
    row_chosen = Signal(str)
    """A price row; its id."""
    row_action = Signal()
    """Cancel or end the chosen row."""
    new_wanted = Signal()
    """A new price."""
    day_stepped = Signal(int)
    """The day of the list moves; 0 for today."""

    def __init__(self) -> None:
        super().__init__("prices")
        self.tabs = SegmentedChoice("pricesTabs")
        self.search = SearchBox("priceSearch", "priceSearch")
        self.list, self.rows = TwoLineList("priceUnits"), TwoLineList("priceRows")
        self.left, self.right = Panel("pricesLeft"), Panel("pricesRight", icon="tag")
        for card in (self.left, self.right):
            card.set_closable(False)
        self.price, self.note = QLabel(), QLabel()
        self.price.setObjectName("priceNow")
        self.note.setObjectName("priceNote")
        self.note.setWordWrap(True)
        self.note.setProperty("tone", "dim")
        row = Arrangement.ROW
        self.new = ActionButton(
            "newPrice", ButtonFace(icon="plus", kind=Kind.PRIMARY, arrangement=row)
        )
        self.action = ActionButton("priceAction", ButtonFace(icon="x", arrangement=row))
        self.day_keys = {
            days: ActionButton(f"priceDay{days}", ButtonFace(icon=icon))
            for days, icon in ((-1, "arrow-left"), (0, ""), (1, "arrow-right"))
        }
        self._lay_out()
        self._connect()
        self._take_sizes()
        theme_host().changed.connect(self._take_sizes)

    def _lay_out(self) -> None:
        self.days = QWidget()
        days = QHBoxLayout(self.days)
        days.setContentsMargins(0, 0, 0, 0)
        for key, button in self.day_keys.items():
            days.addWidget(button, 1 if key == 0 else 0)
        for part in (self.tabs, self.search, self.days):
            self.left.body.addWidget(part)
        self.left.body.addWidget(self.list, 1)
        words = QVBoxLayout()
        words.addWidget(self.price)
        words.addWidget(self.note)
        self.right.body.addLayout(words)
        self.right.body.addWidget(self.rows, 1)
        self.right.add_action(self.action)
        self.right.add_action(self.new)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.left, 10)
        self._row.addWidget(self.right, 11)

    def _connect(self) -> None:
        self.tabs.chosen.connect(self.tab_chosen)
        self.search.text_edited.connect(self.search_edited)
        self.search.moved.connect(self.list.step)
        self.search.left.connect(self._on_search_left)
        self.search.submitted.connect(self._on_submitted)
        self.list.chosen.connect(self.unit_chosen)
        self.rows.chosen.connect(self.row_chosen)
        self.new.clicked.connect(self.new_wanted)
        self.action.clicked.connect(self.row_action)
        for days, button in self.day_keys.items():
            button.setProperty("days", days)
            button.clicked.connect(self._on_day)

    def move_chosen(self, by: int) -> None:
        """Choose the neighbour in the list that has the keyboard."""
        (self.rows if self.rows.hasFocus() else self.list).step(by)

    def seek(self) -> None:
        """Give the keyboard to the search."""
        self.search.start()

    @property
    def is_seeking(self) -> bool:
        """Tell whether the search has the keyboard."""
        return bool(self.search.field.hasFocus())

    @override
    def show_state(self, state: object) -> None:
        assert isinstance(state, PricesState)
        self.tabs.set_choices(
            [
                (PricesTab.ITEM.value, _("One item"), ""),
                (PricesTab.COMING.value, _("To come"), ""),
                (PricesTab.DAY.value, _("By day"), ""),
            ]
        )
        self.tabs.show_chosen(state.tab.value)
        self.left.set_title(_("Prices"), "tag")
        self.search.setVisible(state.tab is PricesTab.ITEM)
        self.search.show_text(state.search)
        self.days.setVisible(state.tab is PricesTab.DAY)
        self.day_keys[0].retitle(state.day)
        self.day_keys[-1].setAccessibleName(_("a day earlier"))
        self.day_keys[1].setAccessibleName(_("a day later"))
        self.list.setAccessibleName(_("Goods"))
        self.list.show_empty("magnifying-glass", *_nothing(state))
        self.list.show_rows(state.rows, state.chosen)
        self._show_unit(state.unit)
        self.new.set_available(state.unit is not None and not state.is_working)

    def _show_unit(self, unit: UnitPricesView | None) -> None:
        self.rows.setAccessibleName(_("Price rows"))
        self.rows.show_empty("tag", _("No prices to show"), _("Choose goods first"))
        title = unit.title if unit else _("Prices")
        self.right.set_title(title, "tag", below=unit.below if unit else "")
        self.price.setText(unit.price if unit else "")
        self.note.setText(unit.note if unit else "")
        self.rows.show_rows(unit.rows if unit else (), unit.chosen if unit else "")
        self.new.retitle(_("New shelf price"))
        action = unit.action if unit else ""
        words = _("Cancel this price") if action == "cancel" else _("End it now")
        self.action.retitle(words)
        self.action.setVisible(bool(action))

    def _on_search_left(self) -> None:
        self.search_edited.emit("")
        self.search.stop()

    def _on_submitted(self) -> None:
        if self.list.rows:
            self.unit_chosen.emit(self.list.rows[0].key)

    def _on_day(self) -> None:
        sender = self.sender()
        assert sender is not None
        self.day_stepped.emit(int(sender.property("days")))

    def _take_sizes(self) -> None:
        now = theme()
        edge = now.px(12)
        self._row.setContentsMargins(edge, edge, edge, edge)
        self._row.setSpacing(edge)
        self.price.setFont(font(now, "h1"))
        self.note.setFont(font(now, "cap"))
        for button in (self.new, self.action):
            button.set_size(60)
        for button in self.day_keys.values():
            button.set_size(48, 56)


def _nothing(state: PricesState) -> tuple[str, str]:
    """Return what an empty list says."""
    if state.tab is PricesTab.COMING:
        return _("No price changes to come"), ""
    if state.tab is PricesTab.DAY:
        return _("No price changes that day"), ""
    if state.search:
        return _("Nothing found"), _(
            "Try fewer letters, or the last digits of the barcode"
        )
    return _("Search by name or number"), _("or scan while the search is open")
