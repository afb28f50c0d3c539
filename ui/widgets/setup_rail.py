"""The dark rail of the wizard: what it is, its steps, and how to leave it."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from pos_app.i18n import _
from ui.presenters.setup_state import StepView
from ui.theme.fonts import BOLD, REGULAR, SEMIBOLD, free_font
from ui.theme.host import theme, theme_host
from ui.widgets.drawing import CENTER, draw_icon, draw_text, fill_round
from ui.widgets.ringed_button import RingedButton
from ui.widgets.text_fit import fit_label, line_height

_PITCH, _CIRCLE = 58, 34
_HEAD = 102


def rail_margin() -> int:
    """Return how far the rail's content is from its left edge, pixels."""
    return theme().px(26 if theme().profile.name != "compact" else 16)


class RailKey(RingedButton):
    """A line of the rail that can be pressed."""

    def __init__(self, object_name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(object_name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme_host().changed.connect(self.updateGeometry)

    @override
    def sizeHint(self) -> QSize:
        """Return a line's height."""
        return QSize(theme().px(180), theme().px(_PITCH))

    @override
    def minimumSizeHint(self) -> QSize:
        """Return the same height."""
        return QSize(theme().px(120), theme().px(_PITCH))

    def paint_words(self, painter: QPainter, ink: str, weight: int) -> None:
        """Paint the words right of the mark; in two lines if they must."""
        now = theme()
        left = rail_margin() + now.px(_CIRCLE + 14)
        room = self.width() - left - now.px(10)
        pixels = free_font(now, 18).pixelSize()
        fit = fit_label(now, self.text(), pixels, weight, (room, room, self.height()))
        line = line_height(fit.font)
        top = (self.height() - fit.height) // 2
        for index, words in enumerate(fit.lines):
            row = QRect(left, top + index * line, room, line)
            draw_text(painter, row, words, (fit.font, ink))

    def mark_area(self) -> QRect:
        """Return where the mark stands."""
        edge = theme().px(_CIRCLE)
        return QRect(rail_margin(), (self.height() - edge) // 2, edge, edge)


class StepKey(RailKey):
    """A step: its number, or a check mark, and what it is called."""

    def __init__(self, number: int, parent: QWidget) -> None:
        super().__init__(f"step-{number}", parent)
        self._number = number
        self._view: StepView | None = None

    @property
    def step(self) -> str:
        """The step's key."""
        return self._view.key.value if self._view else ""

    def show_step(self, view: StepView) -> None:
        """Show where the step stands."""
        self._view = view
        self.setText(view.title)
        done = _("done") if view.is_passed else ""
        self.setAccessibleName(f"{self._number} {view.title} {done}".strip())
        self.setEnabled(view.is_passed and not view.is_current)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the mark and the words."""
        del event
        now, c, view = theme(), theme().colours, self._view
        if view is None:
            return
        with QPainter(self) as painter:
            mark = self.mark_area()
            number = free_font(now, 17, SEMIBOLD)
            if view.is_current:
                fill_round(painter, mark, mark.width() / 2, c.mint)
                draw_text(painter, mark, str(self._number), (number, c.display), CENTER)
            elif view.is_passed:
                fill_round(painter, mark, mark.width() / 2, _DEEP)
                pad = now.px(8)
                tick = mark.adjusted(pad, pad, -pad, -pad)
                draw_icon(painter, "check", c.mint, tick)
            else:
                fill_round(painter, mark, mark.width() / 2, _RING)
                edge = now.px(2)
                inner = mark.adjusted(edge, edge, -edge, -edge)
                fill_round(painter, inner, inner.width() / 2, c.display)
                draw_text(
                    painter, mark, str(self._number), (number, c.displaydim), CENTER
                )
            ink = c.displayink if view.is_current else c.displaydim
            self.paint_words(painter, ink, BOLD if view.is_current else REGULAR)


#: On the display's ground in both themes: a passed step, the ring of one to come.
_DEEP, _RING = "#1D4A46", "#47606A"


class LeaveKey(RailKey):
    """Leaves the wizard; what was typed stays."""

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a mark and the words."""
        del event
        with QPainter(self) as painter:
            pad = theme().px(6)
            mark = self.mark_area().adjusted(pad, pad, -pad, -pad)
            draw_icon(painter, "pause-circle", theme().colours.displaydim, mark)
            self.paint_words(painter, theme().colours.displaydim, REGULAR)


class SetupRail(QWidget):
    """Name, steps, and the foot."""

    step_pressed = Signal(str)
    """A passed step was pressed; its key."""
    leave_pressed = Signal()
    """Somebody wants to go on another time."""

    def __init__(self, steps: int) -> None:
        super().__init__()
        self.setObjectName("setupRail")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.steps = [StepKey(number, self) for number in range(1, steps + 1)]
        self.leave = LeaveKey("setupLeave", self)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        for step in self.steps:
            step.clicked.connect(self._on_step)
            self._column.addWidget(step)
        self._column.addStretch(1)
        self._column.addWidget(self.leave)
        self.leave.clicked.connect(self.leave_pressed)
        self._take_sizes()
        theme_host().changed.connect(self._take_sizes)

    def show_steps(self, views: tuple[StepView, ...]) -> None:
        """Show where the steps stand, in the language in use."""
        for step, view in zip(self.steps, views, strict=True):
            step.show_step(view)
        self.leave.setText(_("Leave and go on later"))
        self.leave.setAccessibleName(self.leave.text())
        self.setAccessibleName(_("Setting up a shop"))
        self.update()

    def _on_step(self) -> None:
        sender = self.sender()
        assert isinstance(sender, StepKey)
        self.step_pressed.emit(sender.step)

    def _take_sizes(self) -> None:
        now = theme()
        is_compact = now.profile.name == "compact"
        self.setFixedWidth(now.px(240 if is_compact else 304))
        self._column.setContentsMargins(0, now.px(_HEAD), 0, now.px(58))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground, name and foot."""
        del event
        now, c = theme(), theme().colours
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), c.display)
            edge, left = now.px(46), rail_margin()
            tile = QRect(left, now.px(30), edge, edge)
            fill_round(painter, tile, now.radius("card"), "#006B5E")
            pad = now.px(10)
            draw_icon(
                painter, "storefront", "#FFFFFF", tile.adjusted(pad, pad, -pad, -pad)
            )
            words = left + edge + now.px(12)
            room = self.width() - words - now.px(8)
            self._line(
                painter,
                QRect(words, now.px(28), room, now.px(28)),
                _("Setting up a shop"),
                (20, BOLD, c.displayink),
            )
            self._line(
                painter,
                QRect(words, now.px(55), room, now.px(22)),
                _("About 6 minutes"),
                (15, REGULAR, c.displaydim),
            )
            foot = QRect(left, self.height() - now.px(52), now.px(22), now.px(24))
            draw_icon(painter, "cloud-slash", c.displaydim, foot)
            left += now.px(28)
            place = QRect(
                left, foot.y(), self.width() - left - now.px(8), foot.height()
            )
            self._line(
                painter, place, _("Needs no network"), (16, REGULAR, c.displaydim)
            )

    def _line(
        self, painter: QPainter, area: QRect, words: str, look: tuple[int, int, str]
    ) -> None:
        size, weight, ink = look
        now = theme()
        pixels = free_font(now, size).pixelSize()
        room = (area.width(), area.width(), area.height())
        fit = fit_label(now, words, pixels, weight, room)
        draw_text(painter, area, words, (fit.font, ink))
