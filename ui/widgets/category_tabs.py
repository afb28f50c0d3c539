"""The categories above the tiles, thrown sideways when there are many."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QScrollArea, QWidget
from typing_extensions import override

from ui.presenters.sale_state import CategoryView
from ui.theme.fonts import BOLD, font, free_font
from ui.theme.host import theme, theme_host
from ui.widgets.drawing import CENTER, LEFT, draw_text, fill_round, text_width
from ui.widgets.focus_ring import focus_came, focus_went
from ui.widgets.kinetic import make_kinetic


class CategoryTabs(QScrollArea):
    """One button per category; the chosen one is dark."""

    tab_selected = Signal(str)
    """A category was pressed; its key."""

    def __init__(
        self, object_name: str = "categoryTabs", prefix: str = "category"
    ) -> None:
        super().__init__()
        self._prefix = prefix
        self.setObjectName(object_name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self._row = QWidget()
        self._layout = QHBoxLayout(self._row)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self.setWidget(self._row)
        self._shown: tuple[CategoryView, ...] = ()
        self._tabs: dict[str, CategoryTab] = {}
        make_kinetic(self)
        self.horizontalScrollBar().valueChanged.connect(self._on_scrolled)
        self._take_sizes()
        theme_host().changed.connect(self._take_sizes)

    def show_tabs(self, tabs: tuple[CategoryView, ...], chosen: str) -> None:
        """Show categories and which one is chosen."""
        if tabs != self._shown:
            self._build(tabs)
        for key, tab in self._tabs.items():
            tab.set_chosen(key == chosen)

    @override
    def sizeHint(self) -> QSize:
        """Return one row."""
        return QSize(theme().px(300), theme().px(48))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the tabs the room that is left over."""
        super().resizeEvent(event)
        self._spread()

    def _build(self, tabs: tuple[CategoryView, ...]) -> None:
        for old in self._tabs.values():
            self._layout.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._shown, self._tabs = tabs, {}
        for view in tabs:
            tab = CategoryTab(view, self._row, f"{self._prefix}_{view.key}")
            tab.clicked.connect(self._on_clicked)
            self._layout.addWidget(tab)
            self._tabs[view.key] = tab
        self._spread()

    def _take_sizes(self) -> None:
        self.setFixedHeight(theme().px(48))
        self._spread()

    def _spread(self) -> None:
        """Share spare width out; when there is none, keep 48 px and scroll."""
        now = theme()
        for pad in (17, 14, 10, 7):
            if self._natural(pad) <= self.width():
                break
        else:
            pad = 11  # cuts the last one, so that one sees there are more
        spare = max(0, self.width() - self._natural(pad)) // max(1, len(self._tabs))
        for tab in self._tabs.values():
            tab.setFixedSize(tab.natural(pad) + min(spare, now.px(40)), now.px(48))

    def _natural(self, pad: float) -> int:
        return sum(tab.natural(pad) for tab in self._tabs.values())

    def _on_scrolled(self) -> None:
        """Paint the tabs whole that came into sight."""
        self._row.update()

    def _on_clicked(self) -> None:
        sender = self.sender()
        assert isinstance(sender, CategoryTab)
        self.tab_selected.emit(sender.view.key)


class CategoryTab(QAbstractButton):
    """One category."""

    def __init__(self, view: CategoryView, parent: QWidget, object_name: str) -> None:
        super().__init__(parent)
        self.view = view
        self._is_chosen = False
        self.setObjectName(object_name)
        self.setText(view.name)
        self.setAccessibleName(view.name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def set_chosen(self, is_chosen: bool) -> None:
        """Show whether the tiles are of this category."""
        if is_chosen != self._is_chosen:
            self._is_chosen = is_chosen
            self.update()

    def natural(self, pad: float) -> int:
        """Return the width with `pad` on both sides; never below 48 px."""
        now = theme()
        words = text_width(self.view.name, font(now, "label", BOLD))
        return max(now.px(48), words + 2 * now.px(pad))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the name, on dark when chosen."""
        del event
        now, c = theme(), theme().colours
        with QPainter(self) as painter:
            if self._is_chosen or self.isDown():
                fill = c.ink if self._is_chosen else c.keydown
                fill_round(painter, self.rect(), now.radius("button"), fill)
            used = font(now, "label", BOLD)
            if text_width(self.view.name, used) > self.width() - now.px(8):
                used = free_font(now, 13.5, BOLD)
            ink = c.surface if self._is_chosen else c.ink2
            self._paint_name(painter, used, ink)

    def _paint_name(self, painter: QPainter, used: QFont, ink: str) -> None:
        """Paint the letters that are in sight: the last tab may be cut."""
        words, seen = self.view.name, self.visibleRegion().boundingRect()
        left = (self.width() - text_width(words, used)) // 2
        while words and left + text_width(words, used) > seen.right() + 1:
            words = words[:-1]
        if words == self.view.name:
            draw_text(painter, self.rect(), words, (used, ink), CENTER)
        elif words:
            area = self.rect().adjusted(left, 0, 0, 0)
            draw_text(painter, area, words, (used, ink), LEFT)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus ring when the keyboard came here."""
        super().focusInEvent(event)
        focus_came(self, event, self.rect(), theme().radius("button"))

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the focus ring away."""
        super().focusOutEvent(event)
        focus_went(self)
