"""A dialog of the till: inside the window, over A and B, never the system's own."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QHideEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from pos_app.i18n import _
from ui.theme.fonts import font
from ui.theme.host import theme, theme_host
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import ButtonFace, Kind
from ui.widgets.drawing import Box, draw_box, draw_icon, hairline

#: Design section 6: flat, and a shadow of 28 px, 10 px down, at 30 %.
_SCRIM = QColor(6, 18, 22, 140)
_SHADOW_STEPS, _SHADOW_DOWN = 14, 10


class Dialog(QWidget):
    """Scrim, card, head and a body that the kinds of dialogs fill.

    It covers the window but for the bars and the pay column, so that pad and
    amount stay where they are; the pad's keys are given to `press`.
    """

    closed = Signal()
    """The person left without an answer."""

    def __init__(self, window: QWidget, name: str, icon: str, width: int = 640) -> None:
        super().__init__(window)
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._icon, self._width, self._followed = icon, width, window
        self._covers_all = False
        self._covers_top = False
        self._beside: QWidget | None = None
        self._before: QWidget | None = None
        self.card = QWidget(self)
        self.card.setObjectName("dialogCard")
        self.title = QLabel()
        self.title.setObjectName("dialogTitle")
        self.title.setWordWrap(True)
        self.close_key = ActionButton(
            "dialogClose", ButtonFace(icon="x", kind=Kind.LINK)
        )
        self.body, self.key_row = QVBoxLayout(), QHBoxLayout()
        self._head = QHBoxLayout()
        self._head.addWidget(self.title, 1)
        self._head.addWidget(self.close_key)
        self._column = QVBoxLayout(self.card)
        self._column.addLayout(self._head)
        self._column.addLayout(self.body, 1)
        self._column.addLayout(self.key_row)
        self.close_key.clicked.connect(self.leave)
        theme_host().changed.connect(self.take_sizes)
        self.hide()

    def cover_all(self) -> None:
        """Cover the pay column, too: for what needs no pad."""
        self._covers_all = True

    def cover_top(self, is_covered: bool) -> None:
        """Cover what stands where other screens have their top bar, or leave it."""
        self._covers_top = is_covered

    def stand_beside(self, column: QWidget) -> None:
        """Stand a column of one's own where the pay column is, pad and all."""
        column.setParent(self)
        self._beside = column

    def open(self) -> None:
        """Show the dialog and take the keyboard."""
        self.close_key.setAccessibleName(_("Close"))
        self.setAccessibleName(self.title.text())
        self.take_sizes()
        if not self._has_keyboard():
            self._before = self.window().focusWidget()
        self.show()
        self.raise_()
        self.setFocus()

    def _has_keyboard(self) -> bool:
        focused: QWidget | None = self.window().focusWidget()
        return focused is not None and (focused is self or self.isAncestorOf(focused))

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Follow the window from now on: twenty that do so unseen slow every paint."""
        super().showEvent(event)
        self._place()
        self._followed.installEventFilter(self)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        """Give the keyboard back: keys must not go to what nobody sees."""
        super().hideEvent(event)
        self._followed.removeEventFilter(self)
        before, self._before = self._before, None
        if before is None or not self._has_keyboard():
            return
        if shiboken6.isValid(before) and before.isVisible():
            before.setFocus()

    def leave(self) -> None:
        """Close without an answer."""
        self.hide()
        self.closed.emit()

    def press(self, key: str) -> None:
        """Take a key of the pad in the pay column; a `PadKey`'s value."""

    def take_sizes(self) -> None:
        """Read the sizes of the theme and stand over the ticket."""
        now = theme()
        pad = now.px(24)
        self._column.setContentsMargins(pad, now.px(8), pad, pad)
        self._column.setSpacing(now.px(16))
        self.body.setContentsMargins(0, now.px(6), 0, 0)
        self.body.setSpacing(now.px(12))
        self.key_row.setSpacing(now.px(10))
        self.title.setFont(font(now, "h2"))
        self.title.setMinimumHeight(now.px(58))
        self.title.setContentsMargins(now.px(42) if self._icon else 0, 0, 0, 0)
        self.close_key.setFixedWidth(now.px(52))
        self.close_key.set_size(52)
        self._place()

    def _place(self) -> None:
        now = theme()
        window = self.parentWidget()
        if window is None:
            return
        whole = self._covers_all or self._beside is not None
        pay = 0 if whole else now.px(now.profile.column_c)
        top, below = now.px(now.profile.top), now.px(now.profile.status)
        top = 0 if self._covers_top else top
        height = window.height() - top - below
        self.setGeometry(0, top, window.width() - pay, height)
        if self._beside is not None:
            wide = now.px(now.profile.column_c) - 1
            self._beside.setGeometry(window.width() - wide, 0, wide, height)
        self._place_card()

    def _room(self) -> int:
        """Return the width in which the card stands."""
        return self.width() if self._beside is None else self._beside.x() - 1

    def _place_card(self) -> None:
        edge = theme().px(16)
        # Unseen it follows no window, and may be as small as it was made.
        width = max(0, min(theme().px(self._width), self._room() - 2 * edge))
        self.card.setFixedWidth(width)
        height = self._column.totalHeightForWidth(width)
        height = max(height, self.card.sizeHint().height())
        height = max(0, min(height, self.height() - 2 * edge))
        left, top = (self._room() - width) // 2, (self.height() - height) // 2
        self.card.setGeometry(left, max(edge, top), width, height)
        self.update()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay over the ticket when the window changes its size."""
        if event.type() == QEvent.Type.Resize and watched is self.parentWidget():
            self._place()
        return False

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the card in the middle."""
        super().resizeEvent(event)
        self._place_card()

    @override
    def event(self, event: QEvent) -> bool:
        """Follow the body when it grows."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._place_card()
        return super().event(event)

    @override
    def focusNextPrevChild(self, forward: bool) -> bool:
        """Keep Tab inside the dialog; the sale waits behind the scrim."""
        inside = [
            widget
            for widget in self.findChildren(QWidget)
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            and widget.isEnabled()
            and widget.isVisible()
        ]
        if not inside:
            return True
        inside.sort(key=self._reading_order)
        now = self.focusWidget()
        at = inside.index(now) if now in inside else (-1 if forward else 0)
        reason = Qt.FocusReason.TabFocusReason
        back = Qt.FocusReason.BacktabFocusReason
        step = 1 if forward else -1
        inside[(at + step) % len(inside)].setFocus(reason if forward else back)
        return True

    def _reading_order(self, widget: QWidget) -> tuple[bool, int, int]:
        corner = widget.mapTo(self, QPoint(0, 0))
        return corner.x() > self._room(), corner.y(), corner.x()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with Esc; other keys end here, the sale is behind the scrim."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        event.accept()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint scrim, shadow, card and head."""
        del event
        now, c = theme(), theme().colours
        with QPainter(self) as painter:
            painter.fillRect(0, 0, self._room(), self.height(), _SCRIM)
            hairline(painter, QRect(self._room(), 0, 1, self.height()), c.line)
            card = self.card.geometry()
            radius = now.radius("dialog")
            self._paint_shadow(painter, card, radius)
            # In the dark a shadow cannot be seen; the hairline keeps the card apart.
            draw_box(painter, card, Box(c.surface, c.line, c.line, radius, 1))
            head = card.y() + now.px(74)
            hairline(painter, QRect(card.x(), head, card.width(), 1), c.line)
            if self._icon:
                edge = now.px(30)
                left = card.x() + now.px(24)
                square = QRect(left, card.y() + now.px(8), edge, now.px(58))
                draw_icon(painter, self._icon, c.primaryink, square)

    def _paint_shadow(self, painter: QPainter, card: QRect, radius: int) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(0, 0, 0, 4))
        down = theme().px(_SHADOW_DOWN)
        for step in range(1, _SHADOW_STEPS + 1):
            out = theme().px(step * 2)
            ring = card.adjusted(-out, -out, out, out).translated(0, down)
            painter.drawRoundedRect(ring, radius + out, radius + out)


def open_dialog(window: QWidget) -> Dialog | None:
    """Return the dialog that is open in a window; keys of the sale then wait."""
    for dialog in window.findChildren(Dialog):
        if dialog.isVisible():
            return dialog
    return None


class DialogText(QLabel):
    """A paragraph of a dialog; wraps."""

    def __init__(self, object_name: str, role: str = "body", tone: str = "") -> None:
        super().__init__()
        self.setObjectName(object_name)
        self.setWordWrap(True)
        self._role = role
        if tone:
            self.setProperty("tone", tone)
        self.take_sizes()
        theme_host().changed.connect(self.take_sizes)

    def take_sizes(self) -> None:
        """Read the size of the theme."""
        self.setFont(font(theme(), self._role))
