"""The items page of the back office: the list on the left, the open card beside it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget
from typing_extensions import override

from pos_app.i18n import _
from ui.presenters.item_state import ItemsState
from ui.screens.back_office_page import BackOfficePage
from ui.screens.item_card import ItemCardPanel
from ui.screens.segmented_choice import SegmentedChoice
from ui.theme.host import theme, theme_host
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace, Kind
from ui.widgets.drawing import brush
from ui.widgets.empty_note import paint_empty
from ui.widgets.item_rows import ItemRowsList
from ui.widgets.panel import Panel
from ui.widgets.search_box import SearchBox


class ItemSearch(SearchBox):
    """The search over all items, those sold no more too."""

    def __init__(self) -> None:
        super().__init__("itemSearch", "item")

    @override
    def hints(self) -> tuple[str, ...]:
        """Return what an empty field says."""
        return (_("Scan, or type a barcode, name or SKU"), _("Scan or type a name"))

    @override
    def chip_words(self) -> str:
        """Return nothing: the list is too narrow for a chip."""
        return ""


class NothingOpen(QWidget):
    """Says what to do while no card is open."""

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the two lines."""
        del event
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), brush(theme().colours.bg))
            detail = _("Or scan it; an unknown barcode begins a new one")
            paint_empty(painter, self.rect(), "package", (_("Choose an item"), detail))


class ItemsPage(BackOfficePage):
    """Search, filters and rows; the card."""

    category_pressed = Signal()
    """The shelf filter was pressed."""

    def __init__(self) -> None:
        super().__init__("items")
        self.search, self.rows = ItemSearch(), ItemRowsList()
        self.standing = SegmentedChoice("itemStanding")
        row = Arrangement.ROW
        self.new = ActionButton(
            "item_new", ButtonFace(icon="plus", kind=Kind.PLAIN, arrangement=row)
        )
        face = ButtonFace(
            arrangement=Arrangement.ROW_LEFT, icon="tag", trailing_icon="caret-down"
        )
        self.shelf = ActionButton("itemShelf", face)
        self.card = ItemCardPanel()
        self.card_place = QStackedWidget()
        self.nothing = NothingOpen()
        self.card_place.addWidget(self.nothing)
        self.card_place.addWidget(self.card)
        self.listed = Panel("itemList", icon="list-magnifying-glass")
        self.listed.set_closable(False)
        for part in (self.search, self.standing, self.shelf):
            self.listed.body.addWidget(part)
        self.listed.body.addWidget(self.rows, 1)
        self.listed.add_action(self.new)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.listed)
        self._row.addWidget(self.card_place, 1)
        self.shelf.clicked.connect(self.category_pressed)
        self._take_room()
        theme_host().changed.connect(self._take_room)

    @override
    def show_state(self, state: object) -> None:
        """Show list and card."""
        assert isinstance(state, ItemsState)
        self.listed.set_title(_("Goods"))
        self.search.show_text(state.words)
        self.standing.set_choices(
            [
                ("all", _("All items"), ""),
                ("on_sale", _("On sale"), ""),
                ("retired", _("Retired"), ""),
            ]
        )
        self.standing.show_chosen(state.standing)
        self.shelf.retitle(state.category)
        self.rows.setAccessibleName(_("Goods"))
        self.rows.has_more = state.has_more
        self.rows.show_rows(
            state.rows, state.chosen, is_searching=bool(state.words.strip())
        )
        self.new.retitle(_("New item"))
        self.new.set_available(not state.is_working)
        if state.card is not None:
            self.card.show_card(state.card, state)
        shown = self.nothing if state.card is None else self.card
        self.card_place.setCurrentWidget(shown)

    @override
    def retranslate(self) -> None:
        """Read all words anew."""
        self.search.retranslate()
        self.nothing.update()

    def start_search(self) -> None:
        """Give the keyboard to the search."""
        self.search.start()

    def start_name(self) -> None:
        """Give the keyboard to the name of a new item."""
        self.card.texts["name"].edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_room(self) -> None:
        now = theme()
        edge = now.px(12)
        is_compact = now.profile.name == "compact"
        self._row.setContentsMargins(edge, edge, edge, edge)
        self._row.setSpacing(edge)
        self.listed.setFixedWidth(now.px(300 if is_compact else 390))
        for key in (self.shelf, self.new):
            key.set_size(50)
