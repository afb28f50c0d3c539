"""The strip below the screens while a scenario card runs: next step, codes, help."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget
from typing_extensions import override

from pos_app.i18n import _
from ui.presenters.drill_state import CodeView, StripView
from ui.presenters.frame_state import Tone
from ui.theme.fonts import BOLD, SEMIBOLD, font, free_font
from ui.theme.host import theme, theme_host
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace, Kind
from ui.widgets.drawing import brush, draw_icon, draw_text, hairline, text_width
from ui.widgets.text_fit import fit_label, line_height

_HEIGHT = 48


class DrillStrip(QWidget):
    """One row; it stands below every screen, so nothing of them moves up or down."""

    code_tapped = Signal(str)
    """A code was tapped instead of scanned."""
    card_pressed = Signal()
    help_pressed = Signal()
    paper_pressed = Signal()
    stop_pressed = Signal()
    next_pressed = Signal()
    result_pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("drillStrip")
        self._words = _StripWords()
        self._codes: tuple[CodeView, ...] = ()
        self._code_keys: list[ActionButton] = []
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._words, 1)
        self.paper = self._key("drillPaper", self.paper_pressed)
        self.card = self._key("drillCard", self.card_pressed)
        self.help = self._key("drillHelp", self.help_pressed)
        self.stop = self._key("drillStop", self.stop_pressed)
        self.result = self._key("drillResult", self.result_pressed)
        self.next = self._key("drillNext", self.next_pressed)
        self._take_sizes()
        theme_host().changed.connect(self._take_sizes)
        self.hide()

    def show_strip(self, strip: StripView) -> None:
        """Show where the card stands."""
        self._words.show_strip(strip)
        self._show_codes(strip.codes)
        self._name_keys(leads_back=strip.leads_back)
        self.paper.setVisible(strip.needs_paper)
        for key in (self.card, self.help, self.stop):
            key.setVisible(not strip.is_over)
        for key in (self.result, self.next):
            key.setVisible(strip.is_over)

    def _name_keys(self, *, leads_back: bool) -> None:
        row = Arrangement.ROW
        faces = {
            self.paper: ButtonFace(
                _("Put paper in"), icon="printer", arrangement=row, kind=Kind.PRIMARY
            ),
            self.card: ButtonFace(_("The card"), icon="barcode", arrangement=row),
            self.help: ButtonFace(_("Help me"), icon="question", arrangement=row),
            self.stop: ButtonFace(_("Stop"), icon="x", arrangement=row),
            self.result: ButtonFace(_("Result"), icon="chart-bar", arrangement=row),
            self.next: ButtonFace(
                _("To the real till") if leads_back else _("Next card"),
                icon="arrow-circle-right",
                arrangement=row,
                kind=Kind.PRIMARY,
            ),
        }
        for key, face in faces.items():
            if key.face != face:
                key.set_face(face)
                _fit(key)

    def _show_codes(self, codes: tuple[CodeView, ...]) -> None:
        if codes == self._codes:
            return
        self._codes = codes
        for old in self._code_keys:
            self._row.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._code_keys = []
        for at, code in enumerate(codes):
            words = f"{code.name} {code.note}".strip()
            face = ButtonFace(
                _shortened(words), icon="barcode", arrangement=Arrangement.ROW
            )
            key = ActionButton(f"drillCode{at}", face)
            key.setAccessibleName(words)
            key.setProperty("code", code.code)
            key.clicked.connect(self._on_code)
            self._code_keys.append(key)
            self._row.insertWidget(1 + at, key)
        self._take_sizes()

    def _on_code(self) -> None:
        sender = self.sender()
        assert sender is not None
        self.code_tapped.emit(str(sender.property("code")))

    def _key(self, name: str, pressed: object) -> ActionButton:
        key = ActionButton(name, ButtonFace(arrangement=Arrangement.ROW))
        key.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        key.clicked.connect(pressed)
        self._row.addWidget(key)
        return key

    def _take_sizes(self) -> None:
        now = theme()
        self.setFixedHeight(now.px(_HEIGHT))
        edge = now.px(2)
        self._row.setContentsMargins(now.px(8), edge, now.px(6), edge)
        self._row.setSpacing(now.px(6))
        keys = (self.paper, self.card, self.help, self.stop, self.result, self.next)
        for key in (*keys, *self._code_keys):
            _fit(key)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground of training."""
        del event
        c = theme().colours
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), brush(c.trainsoft))
            hairline(painter, QRect(0, 0, self.width(), 1), c.train)


class _StripWords(QWidget):
    """Place and next step, in at most two lines."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("drillWords")
        self._strip: StripView | None = None
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)

    def show_strip(self, strip: StripView) -> None:
        """Show other words."""
        self._strip = strip
        self.setAccessibleName(f"{strip.title} {strip.place} {strip.text}")
        self.update()

    @override
    def sizeHint(self) -> QSize:
        """Take what the keys leave."""
        return QSize(theme().px(160), theme().px(48))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint cap, place and words."""
        del event
        if self._strip is None:
            return
        now, c = theme(), theme().colours
        with QPainter(self) as painter:
            icons = {Tone.GOOD: "check-circle", Tone.WARN: "question"}
            icon = icons.get(self._strip.tone, "graduation-cap")
            edge = now.px(22)
            draw_icon(painter, icon, c.train, QRect(now.px(2), 0, edge, self.height()))
            left, used = now.px(32), free_font(now, 16, BOLD)
            place = QRect(left, 0, now.px(60), self.height())
            draw_text(painter, place, self._strip.place, (used, c.train))
            left += text_width(self._strip.place, used) + now.px(10)
            room = max(1, self.width() - left - now.px(4))
            fit = fit_label(
                now, self._strip.text, now.text_px("body"), SEMIBOLD,
                (room, room, self.height()),
            )  # fmt: skip
            line = line_height(fit.font)
            top = (self.height() - fit.height) // 2
            for index, words in enumerate(fit.lines):
                area = QRect(left, top + index * line, room, line)
                draw_text(painter, area, words, (fit.font, c.ink))


def _fit(key: ActionButton) -> None:
    """Give a key the width of its words; 48 px is the touch minimum."""
    now = theme()
    words = text_width(key.face.title, font(now, "label", SEMIBOLD))
    wide = (words + now.px(52)) / now.px(100) * 100
    key.set_size(48, max(48, wide))
    key.setFixedWidth(now.px(max(48, wide)))


def _shortened(words: str) -> str:
    """Return a name that fits a key of the strip; its code stands on the card."""
    return words if len(words) <= 12 else f"{words[:11]}…"
