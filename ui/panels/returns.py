"""Returns and exchange, in the place of the goods (picture 07)."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pos_app.i18n import _
from ui.presenters.frame_state import Tone
from ui.presenters.return_state import FindView, ReasonView, ReturnPage, ReturnState
from ui.presenters.sale_state import FoundView
from ui.theme.host import theme, theme_host
from ui.widgets.action_button import ActionButton
from ui.widgets.blue_note import BlueNote
from ui.widgets.button_face import Arrangement, ButtonFace, Kind
from ui.widgets.button_grid import ButtonGrid, GridButton
from ui.widgets.found_list import FoundList
from ui.widgets.panel import Panel
from ui.widgets.receipt_list import ReceiptList
from ui.widgets.return_list import ReturnList
from ui.widgets.search_box import SearchBox
from ui.widgets.section_title import SectionTitle

_ROW = Arrangement.ROW


class FindPage(QWidget):
    """A day's receipts, or those that were found."""

    def __init__(self) -> None:
        super().__init__()
        self.before = ActionButton("dayBefore", ButtonFace(icon="arrow-left"))
        self.day = ActionButton("dayChosen", ButtonFace())
        self.after = ActionButton("dayAfter", ButtonFace(icon="arrow-right"))
        self.rows = ReceiptList()
        self.no_receipt = ActionButton("noReceipt", ButtonFace())
        self.days = QHBoxLayout()
        for key, stretch in ((self.before, 1), (self.day, 4), (self.after, 1)):
            self.days.addWidget(key, stretch)
        self.stack = QVBoxLayout(self)
        self.stack.setContentsMargins(0, 0, 0, 0)
        self.stack.addLayout(self.days)
        self.stack.addWidget(self.rows, 1)
        self.stack.addWidget(self.no_receipt)

    def show_find(self, view: FindView) -> None:
        """Show the receipts."""
        hint = _("Type a date first for another day")
        self.day.set_face(ButtonFace(view.heading, hint if view.is_day else ""))
        self.after.set_available(view.can_go_on)
        self.rows.show_rows(view.rows)
        lock = "lock-key" if view.is_locked else ""
        self.no_receipt.set_face(
            ButtonFace(
                _("No receipt"),
                icon="receipt-x",
                arrangement=_ROW,
                trailing_icon=lock,
            )
        )


class ReceiptPage(QWidget):
    """The lines of a receipt; or the goods without one, and their search."""

    def __init__(self) -> None:
        super().__init__()
        self.search = SearchBox("returnSearchBox", "returnSearch")
        self.found = FoundList("returnFound")
        self.rows = ReturnList()
        self.kept = BlueNote("returnKeptBack", "info")
        self.all = ActionButton("returnAll", ButtonFace())
        self.reverse = ActionButton("returnReverse", ButtonFace())
        self.title = SectionTitle("returnReasonTitle")
        self.reasons = ButtonGrid("returnReason", columns=3, height=46)
        self.places = ButtonGrid("returnPlace", columns=2, height=46)
        self.keys = QHBoxLayout()
        for key in (self.all, self.reverse):
            self.keys.addWidget(key, 1)
        self.stack = QVBoxLayout(self)
        self.stack.setContentsMargins(0, 0, 0, 0)
        self.stack.addWidget(self.search)
        self.stack.addWidget(self.found, 1)
        self.stack.addWidget(self.rows, 1)
        self.stack.addWidget(self.kept)
        self.stack.addLayout(self.keys)
        for part in (self.title, self.reasons, self.places):
            self.stack.addWidget(part)

    def show_page(self, state: ReturnState) -> None:
        """Show lines, keys and reasons."""
        is_receipt = state.page is ReturnPage.RECEIPT
        is_search = not is_receipt and not state.rows
        self.search.setVisible(is_search)
        self.found.setVisible(is_search)
        self.rows.setVisible(not is_search)
        self.rows.show_rows(state.rows)
        self.kept.show_note(state.kept_title, state.kept_words, Tone.WARN)
        self._show_keys(state, is_receipt=is_receipt)
        self._show_reasons(state.reasons)

    def _show_keys(self, state: ReturnState, *, is_receipt: bool) -> None:
        self.all.setVisible(is_receipt)
        self.reverse.setVisible(is_receipt)
        self.all.set_face(
            ButtonFace(_("Take all back"), icon="arrow-u-up-left", arrangement=_ROW)
        )
        self.all.set_available(state.can_take_all)
        self.reverse.set_face(
            ButtonFace(
                _("Void sale"),
                icon="receipt-x",
                kind=Kind.DANGER_QUIET,
                arrangement=_ROW,
                trailing_icon="lock-key" if state.is_reverse_locked else "",
            )
        )
        self.reverse.set_available(state.can_reverse)

    def _show_reasons(self, view: ReasonView | None) -> None:
        self.title.setVisible(view is not None)
        shown = view or ReasonView("", ())
        self.title.show_title(shown.title, "")
        self.reasons.show_buttons(
            tuple(
                GridButton(key, ButtonFace(words), key == shown.reason)
                for key, words in shown.reasons
            )
        )
        places: tuple[GridButton, ...] = ()
        if shown.is_sellable is not None:
            stock = ButtonFace(_("Back to stock"), icon="package", arrangement=_ROW)
            broken = ButtonFace(_("Damaged bin"), icon="trash", arrangement=_ROW)
            places = (
                GridButton("stock", stock, shown.is_sellable),
                GridButton("damaged", broken, not shown.is_sellable),
            )
        self.places.show_buttons(places)


class ReturnPanel(Panel):
    """Stands in the goods column; shows a state, emits what is wanted."""

    day_stepped = Signal(int)
    """The day before or after; −1 or +1."""
    day_pressed = Signal()
    """The day itself: the typed one, or today."""
    searched = Signal(str)
    """Somebody typed into the search; the whole text."""

    def __init__(self) -> None:
        super().__init__("returnPanel", icon="arrow-u-up-left")
        self.finder = FindPage()
        self.page = ReceiptPage()
        self._pages = QStackedWidget()
        self._pages.addWidget(self.finder)
        self._pages.addWidget(self.page)
        self.body.addWidget(self._pages, 1)
        self.finder.before.clicked.connect(self._on_before)
        self.finder.after.clicked.connect(self._on_after)
        self.finder.day.clicked.connect(self.day_pressed)
        search = self.page.search
        search.text_edited.connect(self.searched)
        search.moved.connect(self.page.found.choose)
        search.submitted.connect(self.page.found.pick)
        self._take_own_sizes()
        theme_host().changed.connect(self._take_own_sizes)

    def show_state(self, state: ReturnState) -> None:
        """Show where one is."""
        self.set_title(state.title, below=state.below)
        if state.find is not None:
            self.finder.show_find(state.find)
            self._pages.setCurrentWidget(self.finder)
            return
        self.page.show_page(state)
        self._pages.setCurrentWidget(self.page)

    def show_found(self, found: tuple[FoundView, ...], currency: str) -> None:
        """Show what the search found."""
        self.page.found.show_found(found, currency)

    def retranslate(self) -> None:
        """Read the words anew after the language changed."""
        self.page.search.retranslate()

    def _on_before(self) -> None:
        self.day_stepped.emit(-1)

    def _on_after(self) -> None:
        self.day_stepped.emit(1)

    def _take_own_sizes(self) -> None:
        now = theme()
        gap = now.px(6)
        for box in (self.finder.days, self.page.keys):
            box.setSpacing(now.px(8))
        for stack in (self.finder.stack, self.page.stack):
            stack.setSpacing(gap)
        for key in (self.finder.before, self.finder.day, self.finder.after):
            key.set_size(50)
        self.finder.no_receipt.set_size(54)
        for key in (self.page.all, self.page.reverse):
            key.set_size(48)
