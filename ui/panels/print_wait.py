"""Why slips wait: a picture of what to do, the slips, and three ways out."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent
from typing_extensions import override

from pos_app.i18n import _, plural
from ui.presenters.print_wait_state import PrintWaitState, TroublePicture
from ui.screens.settings_fields import FactRows
from ui.theme.fonts import BOLD, REGULAR, font
from ui.theme.host import theme
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace, Kind
from ui.widgets.drawing import CENTER, draw_text, fill_round
from ui.widgets.panel import Panel
from ui.widgets.printer_picture import PrinterPicture
from ui.widgets.shrunk_text import shrunk
from ui.widgets.text_fit import fit_label, line_height
from ui.widgets.themed import ThemedWidget

#: Heights in 1366x768 pixels: the title's, and that of a step of up to two lines.
_TITLE, _STEP = 34, 36


class TroubleSteps(ThemedWidget):
    """What is wrong, in large letters, and what to do, step by step."""

    def __init__(self) -> None:
        super().__init__("troubleSteps")
        self._state = PrintWaitState()

    def show_state(self, state: PrintWaitState) -> None:
        """Show another trouble."""
        if (state.title, state.steps) == (self._state.title, self._state.steps):
            return
        self._state = state
        self.setAccessibleName(" ".join((state.title, *state.steps)))
        self.updateGeometry()
        self.update()

    @override
    def design_height(self) -> float:
        """Return the height: a title and up to two lines for each step."""
        return _TITLE + _STEP * max(1, len(self._state.steps))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint title and steps."""
        del event
        now, c, state = theme(), theme().colours, self._state
        with QPainter(self) as painter:
            room = self.width()
            used = shrunk(state.title, font(now, "h2"), BOLD, room)
            draw_text(
                painter,
                QRect(0, 0, room, now.px(_TITLE - 4)),
                state.title,
                (used, c.ink),
            )
            for number, words in enumerate(state.steps):
                top = now.px(_TITLE) + number * now.px(_STEP)
                self._paint_step(painter, top, number, words)

    def _paint_step(self, painter: QPainter, top: int, number: int, words: str) -> None:
        now, c = theme(), theme().colours
        edge = now.px(26)
        dot = QRect(0, top + now.px(3), edge, edge)
        fill_round(painter, dot, edge / 2, c.sunken)
        figure = (font(now, "label", BOLD), c.ink2)
        draw_text(painter, dot, str(number + 1), figure, CENTER)
        left = edge + now.px(10)
        room = self.width() - left
        pixels = now.text_px("body")
        fit = fit_label(now, words, pixels, REGULAR, (room, room, now.px(_STEP)))
        line = line_height(fit.font)
        start = top + (now.px(_STEP - 4) - line * len(fit.lines)) // 2
        for index, shown in enumerate(fit.lines):
            row = QRect(left, start + index * line, room, line)
            draw_text(painter, row, shown, (fit.font, c.ink))


class PrintWaitPanel(Panel):
    """Stands in the work column for as long as somebody wants to look at it."""

    def __init__(self) -> None:
        super().__init__("printWaitPanel", icon="printer")
        self.state = PrintWaitState()
        self.picture = PrinterPicture()
        self.steps = TroubleSteps()
        self.slips = FactRows("waitingSlips")
        row = Arrangement.ROW
        self.try_key = ActionButton(
            "printTryNow", ButtonFace(kind=Kind.PRIMARY, arrangement=row)
        )
        self.other_key = ActionButton("printElsewhere", ButtonFace(arrangement=row))
        self.go_key = ActionButton("printLetGo", ButtonFace(arrangement=row))
        self.body.addWidget(self.picture)
        self.body.addWidget(self.steps)
        self.body.addWidget(self.slips)
        self.body.addStretch(1)
        self.add_action(self.go_key)
        self.add_action(self.other_key)
        self.add_action(self.try_key)
        for key in (self.try_key, self.other_key, self.go_key):
            key.set_size(56)

    def show_state(self, state: PrintWaitState) -> None:
        """Show what is wrong, what waits and what can be done."""
        self.state = state
        note = (
            plural("{count} slip waiting", "{count} slips waiting", state.count)
            if state.count
            else ""
        )
        self.set_title(_("Receipt printer"), note=note)
        self.picture.show_picture(state.picture)
        self.steps.show_state(state)
        self.slips.show_rows([(x.title, x.note) for x in state.slips])
        self.slips.setVisible(bool(state.slips))
        self.try_key.retitle(_("Try now"))
        self.try_key.set_available(state.picture is not TroublePicture.NONE)
        self.other_key.setVisible(bool(state.helper))
        self.other_key.retitle(_("Print at {printer}", printer=state.helper))
        self.go_key.setVisible(bool(state.lets_go))
        self.go_key.retitle(state.lets_go)
