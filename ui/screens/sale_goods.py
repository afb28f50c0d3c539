"""Column B of the sale: search, categories, quick keys, function keys."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QVBoxLayout, QWidget

from pos_app.i18n import _, plural
from ui.presenters.sale_state import SaleFunction, SaleState
from ui.theme.host import theme, theme_host
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import ButtonFace, Kind
from ui.widgets.category_tabs import CategoryTabs
from ui.widgets.counter_frame import Column, spaced
from ui.widgets.found_list import FoundList
from ui.widgets.panel import Panel
from ui.widgets.search_box import SearchBox
from ui.widgets.tile_grid import TileGrid


def function_face(function: SaleFunction) -> ButtonFace:
    """Return what a function key shows, in the language in use."""
    return {
        SaleFunction.PRICE_CHECK: ButtonFace(
            _("Price check"), icon="barcode", hint="F4"
        ),
        SaleFunction.PARK: ButtonFace(_("Park"), icon="pause-circle", hint="F8"),
        SaleFunction.SALE_DISCOUNT: ButtonFace(
            _("Sale discount"), icon="percent", hint="F5"
        ),
        SaleFunction.DRAWER: ButtonFace(
            _("Open drawer"), icon="cash-register", hint="F11"
        ),
        SaleFunction.REPRINT: ButtonFace(
            _("Reprint slip"), icon="printer", hint="Ctrl+P"
        ),
        SaleFunction.VOID_SALE: ButtonFace(
            _("Void sale"), icon="receipt-x", kind=Kind.DANGER_QUIET
        ),
        SaleFunction.LOCK: ButtonFace(_("Lock"), icon="lock-key", hint="Ctrl+L"),
        SaleFunction.SETTINGS: ButtonFace(_("Settings"), icon="dots-three-circle"),
        SaleFunction.CORRECT_TENDER: ButtonFace(_("Change tender"), icon="swap"),
        SaleFunction.COUPONS: ButtonFace(_("Coupons"), icon="ticket", hint="F7"),
        SaleFunction.GIFT_CARD: ButtonFace(_("Gift card"), icon="gift"),
        SaleFunction.MORE: ButtonFace(_("More"), icon="dots-three-circle"),
    }[function]


class GoodsColumn(Column):
    """Finds goods: by name, by category, by tile."""

    function_pressed = Signal(str)
    """A function key was pressed; the value of its `SaleFunction`."""

    def __init__(self) -> None:
        super().__init__("columnGoods", is_work=True)
        self.search = SearchBox()
        self.tabs = CategoryTabs()
        self.tiles = TileGrid()
        self.found = FoundList()
        self.panel = Panel("searchPanel", icon="magnifying-glass")
        self.panel.body.addWidget(self.found)
        self._browse = QWidget()
        self._browse_stack = QVBoxLayout(self._browse)
        self._tabs_row = QVBoxLayout()
        self._tabs_row.addWidget(self.tabs)
        self._browse_stack.addLayout(self._tabs_row)
        self._browse_stack.addWidget(self.tiles, 1)
        self._found_page = QWidget()
        self._found_stack = QVBoxLayout(self._found_page)
        self._found_stack.addWidget(self.panel)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._browse)
        self._pages.addWidget(self._found_page)
        self._guest: QWidget | None = None
        self._is_whole = False
        self._functions: tuple[SaleFunction, ...] = ()
        self._locked: frozenset[SaleFunction] = frozenset()
        self._keys: list[ActionButton] = []
        self._lay_out()
        self.search.moved.connect(self.found.choose)
        self.search.submitted.connect(self.found.pick)
        self._take_sizes()
        theme_host().changed.connect(self._take_sizes)

    def _lay_out(self) -> None:
        self._grid = QGridLayout()
        self._search_row = QVBoxLayout()
        self._search_row.addWidget(self.search)
        self.stack.addLayout(self._search_row)
        self.stack.addWidget(self._pages, 1)
        self.stack.addLayout(self._grid)

    def show_goods(self, state: SaleState) -> None:
        """Show categories and tiles, or the search results, and the functions."""
        self.tabs.show_tabs(state.tabs, state.tab)
        self.tiles.show_tiles(state.tiles, state.currency)
        self._show_functions(state.functions)
        self._show_locks(state.locked)
        results = state.search_results
        if self._guest is not None:
            self._pages.setCurrentWidget(self._found_page)
            return
        if results is None:
            self._pages.setCurrentWidget(self._browse)
            return
        self.found.show_found(results, state.currency)
        title = plural("{count} found", "{count} found", len(results))
        self.panel.set_title(title, note=state.search_note)
        self._pages.setCurrentWidget(self._found_page)

    @property
    def guest(self) -> QWidget | None:
        """The panel shown in the place of tiles and results."""
        return self._guest

    def show_guest(self, panel: QWidget | None, *, is_whole: bool = False) -> None:
        """Show another panel in the place of tiles and results, or none again.

        Args:
            panel: the guest; None for the goods again.
            is_whole: whether it takes the whole column, search and keys too.
        """
        if self._guest is not None and self._guest is not panel:
            self._guest.hide()
        self._is_whole = is_whole
        self.search.setVisible(not is_whole)
        self._take_sizes()
        if panel is not None:
            self._found_stack.addWidget(panel)
            panel.show()
        self._guest = panel
        self.panel.setVisible(panel is None)
        self._pages.setCurrentWidget(self._found_page if panel else self._browse)

    def function_key(self, function: SaleFunction) -> ActionButton:
        """Return the button of a function that is shown."""
        return self._keys[self._functions.index(function)]

    def retranslate(self) -> None:
        """Read the words anew after the language changed."""
        self.search.retranslate()
        for function, key in zip(self._functions, self._keys, strict=True):
            key.set_face(self._face(function))

    def _face(self, function: SaleFunction) -> ButtonFace:
        face = function_face(function)
        lock = "lock-key" if function in self._locked else ""
        return replace(face, trailing_icon=lock)

    def _show_locks(self, locked: frozenset[SaleFunction]) -> None:
        """Mark the keys for which somebody else must agree."""
        if locked == self._locked:
            return
        self._locked = locked
        for function, key in zip(self._functions, self._keys, strict=True):
            key.set_face(self._face(function))

    def _show_functions(self, functions: tuple[SaleFunction, ...]) -> None:
        if functions == self._functions:
            return
        for old in self._keys:
            self._grid.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._functions = functions
        self._keys = [self._key(function) for function in functions]
        columns = 4 if len(functions) in {4, 7, 8} else 3
        for number, key in enumerate(self._keys):
            self._grid.addWidget(key, number // columns, number % columns)
        self._take_sizes()

    def _key(self, function: SaleFunction) -> ActionButton:
        key = ActionButton(f"function_{function.value}", self._face(function))
        key.setProperty("function", function.value)
        key.clicked.connect(self._on_function)
        return key

    def _on_function(self) -> None:
        sender = self.sender()
        assert sender is not None
        self.function_pressed.emit(str(sender.property("function")))

    def _take_sizes(self) -> None:
        now = theme()
        whole = self._is_whole
        spaced(self._search_row, gap=0, pad=(12, 12, 12, 0 if whole else 10))
        spaced(self._tabs_row, gap=0, pad=(12, 0, 12, 6))
        spaced(self._browse_stack, gap=0, pad=(0, 0, 0, 0))
        spaced(self._found_stack, gap=0, pad=(12, 0, 12, 8))
        self._grid.setContentsMargins(now.px(12), 0, now.px(12), now.px(8))
        self._grid.setHorizontalSpacing(now.px(8))
        self._grid.setVerticalSpacing(now.px(4))
        for key in self._keys:
            key.setVisible(not whole)
            key.set_size(56, below=4)
