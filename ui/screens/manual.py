"""The manual: search and contents on the left, the page on the right."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSizeF, Qt, QUrl, Signal
from PySide6.QtGui import QImage, QResizeEvent, QTextDocument
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from pos_app.i18n import _
from ui.presenters.frame_state import FrameState
from ui.presenters.manual import ManualState
from ui.theme.fonts import font
from ui.theme.host import theme, theme_host
from ui.widgets.kinetic import make_kinetic
from ui.widgets.manual_list import ManualList
from ui.widgets.panel import Panel, surface
from ui.widgets.search_box import SearchBox
from ui.widgets.status_bar import StatusBar
from ui.widgets.top_bar import TopBar


class ManualSearch(SearchBox):
    """The search of the manual."""

    @override
    def icon(self) -> str:
        """Return the glass: here one does not scan."""
        return "magnifying-glass"

    @override
    def hints(self) -> tuple[str, ...]:
        """Return what an empty field says."""
        return (_("Find in the manual"),)

    @override
    def chip_words(self) -> str:
        """Return no chip."""
        return ""


class ManualText(QTextBrowser):
    """One page; its pictures are as wide as there is room."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("manualText")
        self.setOpenLinks(False)
        self.setProperty("bare", True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._pictures = Path()
        self._text = ""
        make_kinetic(self)

    def show_page(self, text: str, pictures: Path) -> None:
        """Show Markdown; from its beginning where it is another page."""
        is_other = text != self._text
        self._text, self._pictures = text, pictures
        self._lay_out()
        if is_other:
            self.verticalScrollBar().setValue(0)

    def _lay_out(self) -> None:
        now = theme()
        self.document().setDefaultFont(font(now, "body"))
        self.document().setDocumentMargin(now.px(6))
        self.document().setDefaultStyleSheet(
            f"a {{ color: {now.colours.primaryink}; text-decoration: none; }}"
        )
        self.document().setMarkdown(self._text)

    @override
    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Return a picture of the page, scaled to the room; nothing else is read."""
        said = name.toString() if isinstance(name, QUrl) else name
        if kind != QTextDocument.ResourceType.ImageResource.value or "/" in said:
            return None
        image = QImage(str(self._pictures / f"{said}.png"))
        if image.isNull():
            return None
        ratio = self.devicePixelRatioF()
        room = self.viewport().width() - 2 * theme().px(14)
        width = int(min(room * ratio, image.width() * 1.3))
        smooth = Qt.TransformationMode.SmoothTransformation
        scaled = image.scaledToWidth(max(1, width), smooth)
        scaled.setDevicePixelRatio(ratio)
        return scaled

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the pictures out anew."""
        super().resizeEvent(event)
        self.document().setPageSize(QSizeF())
        self._lay_out()


class ManualScreen(QWidget):
    """Reads beside the sale: the basket stays as it is."""

    typed = Signal(str)
    """Words to look for; the whole text."""
    search_left = Signal()
    """The search was given up."""
    moved = Signal(int)
    """Up or down in the list: -1 or +1."""
    linked = Signal(str)
    """A link to another page was touched; its key."""
    closed = Signal()
    """Back to where one came from."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("manualScreen")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        surface(self, "bg")
        self.top_bar, self.status_bar = TopBar(), StatusBar()
        self.search = ManualSearch("manualSearch", "manualSearch")
        self.list, self.text = ManualList(), ManualText()
        self.contents, self.page = Panel("manualContents"), Panel("manualPage")
        self.contents.set_closable(False)
        self.contents.body.addWidget(self.search)
        self.contents.body.addWidget(self.list, 1)
        self.page.body.addWidget(self.text, 1)
        self._middle = QHBoxLayout()
        self._middle.addWidget(self.contents, 4)
        self._middle.addWidget(self.page, 9)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.top_bar)
        outer.addLayout(self._middle, 1)
        outer.addWidget(self.status_bar)
        self._connect()
        self._take_sizes()
        theme_host().changed.connect(self._take_sizes)

    def _connect(self) -> None:
        self.search.text_edited.connect(self.typed)
        self.search.moved.connect(self.moved)
        self.search.left.connect(self.search_left)
        self.text.anchorClicked.connect(self._on_link)
        self.page.closed.connect(self.closed)

    def show_state(self, frame: FrameState, state: ManualState) -> None:
        """Show everything anew."""
        self.top_bar.show_frame(frame)
        self.status_bar.show_frame(frame)
        self.contents.set_title(_("Manual"), "question")
        self.page.set_title(state.title, "file-text")
        self.search.show_text(state.typed)
        self.search.field.setAccessibleName(_("Find in the manual"))
        self.list.show_rows(state.rows, state.nothing)
        self.text.show_page(state.text, state.pictures)

    def retranslate(self) -> None:
        """Read all words anew; the next state brings the page."""
        self.search.retranslate()

    def _on_link(self, url: QUrl) -> None:
        self.linked.emit(url.toString())

    def _take_sizes(self) -> None:
        edge = theme().px(12)
        self._middle.setContentsMargins(edge, edge, edge, edge)
        self._middle.setSpacing(edge)
