"""The bulk part's page: choose items, say what changes, look, confirm."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from pos_app.i18n import _
from ui.presenters.bulk import BulkPart
from ui.presenters.bulk_state import BulkPage, BulkPartState
from ui.screens.back_office_page import BackOfficePage
from ui.screens.office_bulk_change import BulkChangePage
from ui.screens.office_bulk_choose import BulkChoosePage
from ui.screens.office_bulk_preview import BulkDocumentsPage, BulkPreviewPage
from ui.theme.host import theme, theme_host
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace


class BulkOfficePage(BackOfficePage):
    """Shows one of the part's pages; each is made when first used."""

    def __init__(self, part: BulkPart) -> None:
        super().__init__("bulk")
        self._part = part
        self._stack = QStackedWidget()
        self._made: dict[BulkPage, QWidget] = {}
        face = ButtonFace(icon="circle-notch", arrangement=Arrangement.ROW)
        self.progress = ActionButton("bulkProgress", face)
        self.progress.set_size(52)
        self.progress.setEnabled(False)
        self._outer = QVBoxLayout(self)
        self._outer.setSpacing(0)
        self._outer.addWidget(self._stack, 1)
        self._outer.addWidget(self.progress)
        self._take_sizes()
        theme_host().changed.connect(self._take_sizes)

    @override
    def show_state(self, state: object) -> None:
        """Show the part's present state."""
        assert isinstance(state, BulkPartState)
        page = self._page(state.page)
        if isinstance(page, BulkChoosePage) and state.choose:
            page.show_view(state.choose)
        elif isinstance(page, BulkChangePage) and state.change:
            page.show_view(state.change)
        elif isinstance(page, BulkPreviewPage) and state.preview:
            page.show_view(state.preview, is_working=state.is_working)
        elif isinstance(page, BulkDocumentsPage) and state.documents:
            page.show_view(state.documents)
        self._stack.setCurrentWidget(page)
        page.setEnabled(not state.is_working)
        self.progress.setVisible(state.is_working)
        self.progress.set_available(
            False, state.progress or _("At work"), icon="circle-notch"
        )

    @override
    def retranslate(self) -> None:
        """Read all words anew."""
        for page in self._made.values():
            if isinstance(page, BulkChoosePage):
                page.search.retranslate()
            elif isinstance(page, BulkChangePage):
                page.pad.retranslate()

    def _page(self, key: BulkPage) -> QWidget:
        if key not in self._made:
            self._made[key] = {
                BulkPage.CHOOSE: self._make_choose,
                BulkPage.CHANGE: self._make_change,
                BulkPage.PREVIEW: self._make_preview,
                BulkPage.DOCUMENTS: self._make_documents,
            }[key]()
            self._stack.addWidget(self._made[key])
        return self._made[key]

    def _make_choose(self) -> QWidget:
        page, part = BulkChoosePage(), self._part
        page.text_edited.connect(part.on_words)
        page.shelf_chosen.connect(part.on_shelf)
        page.row_chosen.connect(part.on_row)
        page.key_pressed.connect(self._on_key)
        return page

    def _make_change(self) -> QWidget:
        page, part = BulkChangePage(), self._part
        value = part.value
        page.closed.connect(part.back)
        page.field_chosen.connect(
            lambda x: part.on_value(lambda: value.choose_field(x))
        )
        page.sign_chosen.connect(lambda x: part.on_value(lambda: value.choose_sign(x)))
        page.ending_chosen.connect(
            lambda x: part.on_value(lambda: value.choose_ending(x))
        )
        page.option_chosen.connect(
            lambda x: part.on_value(lambda: value.choose_option(x))
        )
        page.pad_pressed.connect(part.takes_pad)
        page.preview_pressed.connect(part.look_ahead)
        return page

    def _make_preview(self) -> QWidget:
        page, part = BulkPreviewPage(), self._part
        page.closed.connect(part.back)
        page.filter_chosen.connect(part.on_filter)
        page.row_chosen.connect(part.on_preview_row)
        page.confirmed.connect(part.confirm)
        return page

    def _make_documents(self) -> QWidget:
        page, part = BulkDocumentsPage(), self._part
        page.closed.connect(part.back)
        page.row_chosen.connect(part.look_back)
        return page

    def _on_key(self, key: str) -> None:
        part = self._part
        keys: dict[str, Callable[[], None]] = {
            "all": part.tick_found,
            "none": part.tick_none,
            "change": part.go_change,
            "documents": part.go_documents,
            "labels": part.go_labels,
            "write": lambda: part.file_wanted.emit(True),
            "read": lambda: part.file_wanted.emit(False),
        }
        keys[key]()

    def _take_sizes(self) -> None:
        edge = theme().px(12)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self.progress.setContentsMargins(edge, 0, edge, edge)
