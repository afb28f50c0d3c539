"""How a device is: what it said of itself, its test, and the paper beside it."""

from __future__ import annotations

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from pos_app.i18n import _
from pos_app.ports.printing import LABEL_CALIBRATE, LABEL_FEED
from ui.presenters.devices_state import ChosenDevice, TestKind
from ui.screens.settings_fields import FactRows, Note
from ui.screens.settings_page import scrolled
from ui.theme.fonts import REGULAR, font
from ui.theme.host import theme, theme_host
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace, Kind
from ui.widgets.drawing import LEFT, draw_icon, draw_text
from ui.widgets.section_title import SectionTitle
from ui.widgets.shrunk_text import shrunk
from ui.widgets.slip_preview import SlipPreview
from ui.widgets.themed import ThemedWidget

_LINE = 34
#: Codes beside the facts of a scanner need so much; without it they are printed.
_SHEET_ROOM = 440


class AnswerMarks(ThemedWidget):
    """What was read back, two in a row, each with its mark."""

    def __init__(self) -> None:
        super().__init__("deviceAnswers")
        self._answers: tuple[tuple[str, bool], ...] = ()

    def show_answers(self, answers: tuple[tuple[str, bool], ...]) -> None:
        """Show other answers."""
        self._answers = answers
        self.setAccessibleName("; ".join(words for words, _is_well in answers))
        self.setVisible(bool(answers))
        self.updateGeometry()
        self.update()

    @override
    def design_height(self) -> float:
        """Return a line for every two."""
        return _LINE * ((len(self._answers) + 1) // 2)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint marks and words."""
        del event
        now, c = theme(), theme().colours
        with QPainter(self) as painter:
            plain, line = font(now, "cap"), now.px(_LINE)
            half = self.width() // 2
            for at, (words, is_well) in enumerate(self._answers):
                left, top = (at % 2) * half, (at // 2) * line
                mark = QRect(left, top, now.px(18), line)
                icon = "check-circle-fill" if is_well else "warning-fill"
                draw_icon(painter, icon, c.primaryink if is_well else c.warnicon, mark)
                place = QRect(left + now.px(26), top, half - now.px(30), line)
                used = shrunk(words, plain, REGULAR, place.width())
                draw_text(painter, place, words, (used, c.ink2), LEFT)


class DeviceStateView(QWidget):
    """Words, facts and answers on the left; the paper on the right where there is one."""

    test_pressed = Signal()
    """The device is to be tested."""
    drawer_pressed = Signal()
    """The drawer at the printer is to open."""
    roll_pressed = Signal(str)
    """The roll of labels is to be measured (LABEL_CALIBRATE) or moved (LABEL_FEED)."""
    verdict = Signal(bool)
    """The test page was looked at: whether it is right."""

    def __init__(self) -> None:
        super().__init__()
        self.sentence, self.advice = Note("deviceSentence"), Note("deviceAdvice")
        self.facts, self.answers = FactRows("deviceFacts"), AnswerMarks()
        self.lines, self.note = FactRows("deviceTestLines"), Note("deviceTestNote")
        self.answers_title = SectionTitle("deviceAnswersTitle")
        self.lines_title = SectionTitle("deviceTestTitle")
        row = Arrangement.ROW
        self.drawer = ActionButton(
            "deviceDrawer", ButtonFace(icon="cash-register", arrangement=row)
        )
        self.test = ActionButton(
            "deviceTestNow", ButtonFace(kind=Kind.PRIMARY, arrangement=row)
        )
        self.measure = ActionButton("deviceMeasure", ButtonFace(arrangement=row))
        self.feed = ActionButton("deviceFeed", ButtonFace(arrangement=row))
        self.wrong = ActionButton("testWrong", ButtonFace(icon="x", arrangement=row))
        self.right = ActionButton(
            "testRight", ButtonFace(icon="check", kind=Kind.QUICK, arrangement=row)
        )
        self.preview = SlipPreview("testPreview")
        self.preview_note = Note("testPreviewNote")
        self._lay_out()
        self._connect()
        self._take_sizes()
        theme_host().changed.connect(self._take_sizes)

    def _lay_out(self) -> None:
        form = QVBoxLayout()
        self._form = form
        left = QVBoxLayout()
        left.addWidget(scrolled(form), 1)
        roll, keys = QHBoxLayout(), QHBoxLayout()
        roll.addWidget(self.measure)
        roll.addWidget(self.feed)
        left.addLayout(roll)
        keys.addWidget(self.drawer)
        keys.addWidget(self.test)
        left.addLayout(keys)
        parts = (
            self.sentence,
            self.advice,
            self.lines_title,
            self.note,
            self.lines,
            self.facts,
            self.answers_title,
            self.answers,
        )
        for at, part in enumerate(parts):
            form.insertWidget(at, part)
        self._paper = QWidget()
        right = QVBoxLayout(self._paper)
        right.setContentsMargins(0, 0, 0, 0)
        right.addWidget(self.preview_note)
        right.addWidget(self.preview, 1)
        verdicts = QHBoxLayout()
        verdicts.addWidget(self.wrong)
        verdicts.addWidget(self.right)
        right.addLayout(verdicts)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addLayout(left, 5)
        self._row.addWidget(self._paper, 6)
        self._columns = (left, right, roll, keys, verdicts)

    def _connect(self) -> None:
        self.test.clicked.connect(self.test_pressed)
        self.drawer.clicked.connect(self.drawer_pressed)
        self.measure.clicked.connect(self._on_measure)
        self.feed.clicked.connect(self._on_feed)
        self.wrong.clicked.connect(self._on_wrong)
        self.right.clicked.connect(self._on_right)

    def show_device(self, device: ChosenDevice) -> None:
        """Show another device, or the same otherwise."""
        self.sentence.setText(device.sentence)
        self.advice.setText(device.advice)
        self.advice.setVisible(bool(device.advice))
        self.facts.show_rows(device.facts)
        self.answers_title.show_title(_("What it says of itself"))
        self.answers_title.setVisible(bool(device.answers))
        self.answers.show_answers(device.answers)
        self._show_test(device)

    def _show_test(self, device: ChosenDevice) -> None:
        test = device.test
        is_sheet = test.kind is TestKind.SCAN and bool(test.png)
        is_paper = test.kind is TestKind.PAPER or is_sheet
        has_room = self.width() >= theme().px(_SHEET_ROOM)
        self._paper.setVisible(is_paper and (has_room or not is_sheet))
        self.lines_title.show_title(_("Test"))
        self.lines_title.setVisible(bool(test.lines) or bool(test.note))
        self.note.setText(test.note)
        self.note.setVisible(bool(test.note))
        self.lines.show_rows(test.lines)
        self.lines.setVisible(bool(test.lines))
        slip = _("The test slip, as the paper will show it")
        if test.has_roll:
            slip = _("The test label, as it will come out")
        sheet = _("Codes to try the scanner with: scan them from here")
        self.preview_note.setText(sheet if is_sheet else slip)
        self.preview.show_slip(test.png)
        self.test.retitle(test.action)
        self.test.setVisible(bool(test.action) and device.is_on)
        self.test.set_available(not test.is_busy, _("Printing"), icon="circle-notch")
        self.drawer.retitle(_("Open drawer"))
        self.drawer.setVisible(test.has_drawer and device.is_on)
        self.measure.retitle(_("Measure the labels"))
        self.feed.retitle(_("Feed one label"))
        for key in (self.measure, self.feed):
            key.setVisible(test.has_roll and device.is_on)
        self.wrong.retitle(_("Has a problem"))
        self.right.retitle(_("It is right"))
        for key in (self.wrong, self.right):
            key.setVisible(test.asks)

    def _on_measure(self) -> None:
        self.roll_pressed.emit(LABEL_CALIBRATE)

    def _on_feed(self) -> None:
        self.roll_pressed.emit(LABEL_FEED)

    def _on_wrong(self) -> None:
        self.verdict.emit(False)

    def _on_right(self) -> None:
        self.verdict.emit(True)

    def _take_sizes(self) -> None:
        now = theme()
        self._row.setSpacing(now.px(14))
        for column in self._columns:
            column.setSpacing(now.px(8))
        self._form.setSpacing(now.px(6))
        self.sentence.setFont(font(now, "body"))
