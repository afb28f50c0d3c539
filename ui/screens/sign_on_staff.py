"""Who may sign on: tiles, and the hint that a badge is enough."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget
from typing_extensions import override

from pos_app.i18n import _
from ui.format import initial_of
from ui.presenters.sign_on_state import StaffView
from ui.theme.fonts import BOLD, REGULAR, font, free_font, metrics
from ui.theme.host import theme, theme_host
from ui.widgets.drawing import (
    CENTER,
    LEFT,
    Box,
    draw_box,
    draw_icon,
    draw_text,
    elided,
    fill_round,
    text_width,
)
from ui.widgets.ringed_button import RingedButton
from ui.widgets.shrunk_text import shrunk
from ui.widgets.text_fit import fit_label, line_height
from ui.widgets.themed import ThemedWidget

#: What `chosen` says when somebody wants to type a number.
BY_NUMBER = "#"


class BadgeHint(ThemedWidget):
    """Says that scanning a badge is all it takes."""

    def __init__(self) -> None:
        super().__init__("badgeHint")

    @override
    def design_height(self) -> float:
        """Return the height of the card; large text needs a third line's room."""
        return 74 if theme().text_scale <= 1 else 96

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint card, badge and words."""
        del event
        now, c = theme(), theme().colours
        with QPainter(self) as painter:
            fill_round(painter, self.rect(), now.radius("button"), c.primarysoft)
            edge = now.px(42)
            square = QRect(now.px(16), 0, edge, self.height())
            draw_icon(painter, "identification-badge", c.primaryink, square)
            left = square.right() + now.px(16)
            room = self.width() - left - now.px(8)
            title_words = _("Scan your badge to sign on")
            title = shrunk(title_words, free_font(now, 19, BOLD), BOLD, room)
            words = _("No key needed; or choose your name and type your PIN")
            small = font(now, "cap")
            if text_width(words, small) > room:
                small = free_font(now, 13)
            wrap = LEFT | Qt.TextFlag.TextWordWrap
            needed = metrics(small).boundingRect(QRect(0, 0, room, 999), wrap, words)
            line = line_height(title)
            top = (self.height() - line - needed.height()) // 2
            upper = QRect(left, top, room, line)
            draw_text(painter, upper, title_words, (title, c.primaryink))
            painter.setFont(small)
            painter.setPen(c.primaryink)
            lower = QRect(left, top + line, room, needed.height())
            painter.drawText(lower, wrap, words)


class StaffTile(RingedButton):
    """A person: round initial, name, role."""

    def __init__(self, view: StaffView, parent: QWidget) -> None:
        super().__init__(parent)
        self.view = view
        self.setObjectName(f"staff-{view.number or BY_NUMBER}")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_view(view)

    def show_view(self, view: StaffView) -> None:
        """Show other words for the same person."""
        self.view = view
        self.setText(view.name)
        self.setAccessibleName(f"{view.name}, {view.role}")
        self.update()

    @override
    def sizeHint(self) -> QSize:
        """Return the tile's size; two stand in the column."""
        return QSize(theme().px(120), theme().px(92))

    @override
    def minimumSizeHint(self) -> QSize:
        """Return the least size."""
        return QSize(theme().px(96), theme().px(92))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the tile."""
        del event
        now, c = theme(), theme().colours
        with QPainter(self) as painter:
            fill = c.sel if self.isChecked() else c.key
            fill = c.keydown if self.isDown() else fill
            width = now.px(2) if self.isChecked() else 1
            border = c.primary if self.isChecked() else c.line
            edge = border if self.isChecked() else c.keyedge
            radius = now.radius("card")
            draw_box(
                painter, self.rect(), Box(fill, border, edge, radius, now.px(2), width)
            )
            circle = self._paint_initial(painter)
            left = circle.right() + now.px(12)
            self._paint_words(painter, left, self.width() - left - now.px(8))

    def _paint_initial(self, painter: QPainter) -> QRect:
        now, c = theme(), theme().colours
        is_compact = now.profile.name == "compact"
        edge = now.px(48 if not is_compact else 38)
        pad = now.px(13 if not is_compact else 9)
        circle = QRect(pad, (self.height() - edge) // 2, edge, edge)
        fill = c.primary if self.isChecked() else c.primarysoft
        ink = c.onprimary if self.isChecked() else c.primaryink
        fill_round(painter, circle, edge / 2, fill)
        if not self.view.number:
            inset = edge // 4
            inner = circle.adjusted(inset, inset, -inset, -inset)
            draw_icon(painter, "hash", ink, inner)
        else:
            style = (free_font(now, 20, BOLD), ink)
            draw_text(painter, circle, initial_of(self.view.name), style, CENTER)
        return circle

    def _paint_words(self, painter: QPainter, left: int, room: int) -> None:
        now, c = theme(), theme().colours
        big = font(now, "name")
        half = now.px(44)
        fit = fit_label(now, self.view.name, big.pixelSize(), BOLD, (room, room, half))
        line = line_height(fit.font)
        below_words = self._words_below()
        role = shrunk(below_words, font(now, "cap"), REGULAR, room)
        below = now.px(22)
        top = (self.height() - fit.height - below) // 2
        for index, words in enumerate(fit.lines):
            row = QRect(left, top + index * line, room, line)
            draw_text(painter, row, elided(words, fit.font, room), (fit.font, c.ink))
        lower = QRect(left, top + fit.height + now.px(1), room, below)
        words = elided(below_words, role, room)
        draw_text(painter, lower, words, (role, c.ink2))

    def _words_below(self) -> str:
        """Return the role, or the number of somebody who is named by the role."""
        if self.view.role != self.view.name:
            return self.view.role
        return _("No. {number}", number=self.view.number)

    @override
    def ring_radius(self) -> int:
        """Return the radius of what is painted."""
        return theme().radius("card")


class StaffGrid(QWidget):
    """Two columns of tiles; the last is for a typed number."""

    #: A staff id, or `BY_NUMBER`.
    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("staffGrid")
        self._tiles: list[StaffTile] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._take_sizes()
        theme_host().changed.connect(self._take_sizes)

    def tile(self, staff_id: str) -> StaffTile:
        """Return a person's tile, or the one of `BY_NUMBER`."""
        return next(x for x in self._tiles if x.view.staff_id == staff_id)

    def show_staff(self, staff: Sequence[StaffView], chosen: str) -> None:
        """Show the people and who is chosen."""
        other = StaffView(BY_NUMBER, "", _("Somebody else"), _("By number"))
        views = [*staff, other]
        if [x.view.staff_id for x in self._tiles] != [x.staff_id for x in views]:
            self._rebuild(views)
        for tile, view in zip(self._tiles, views, strict=True):
            tile.show_view(view)
            tile.setChecked(view.staff_id == chosen)

    def _rebuild(self, views: Sequence[StaffView]) -> None:
        for tile in self._tiles:
            tile.deleteLater()
        self._tiles = []
        for index, view in enumerate(views):
            tile = StaffTile(view, self)
            tile.clicked.connect(self._on_clicked)
            self._grid.addWidget(tile, index // 2, index % 2)
            self._tiles.append(tile)
        self._grid.setRowStretch(len(views), 1)

    def _on_clicked(self) -> None:
        sender = self.sender()
        assert isinstance(sender, StaffTile)
        sender.setChecked(True)  # the state says who is chosen, not the touch
        self.chosen.emit(sender.view.staff_id)

    def _take_sizes(self) -> None:
        self._grid.setSpacing(theme().px(10))
        for tile in self._tiles:
            tile.updateGeometry()
