"""What is painted in part, at each scan, looks as if it had been painted whole."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from ui.dialogs.dialog import Dialog
from ui.paint_count import PaintCount
from ui.presenters.frame_state import ChipView, FrameState, KeyHint, MessageView, Tone
from ui.presenters.ticket_state import BandView
from ui.theme.host import theme_host
from ui.widgets.action_button import ActionButton
from ui.widgets.amount_display import AmountDisplay, AmountFace
from ui.widgets.band import Band
from ui.widgets.counter_frame import Column
from ui.widgets.status_bar import StatusBar

PRINTER = ChipView("printer", "Printer", "printer")
SCALE = ChipView("scale", "Scale does not answer", "warning", Tone.WARN, "Scale")
HINTS = (KeyHint("F1", "Help"), KeyHint("Esc", "Back"))


@pytest.fixture
def ground(qapp: QApplication):
    theme_host().dress(qapp)
    made = QWidget()
    made.resize(900, 80)
    yield made
    made.close()


def seen(ground: QWidget) -> QImage:
    """What stands on the screen, painted bit by bit."""
    QApplication.processEvents()
    return ground.screen().grabWindow(ground.winId()).toImage()


def painted_whole(ground: QWidget) -> QImage:
    return ground.grab().toImage()


def test_another_message_leaves_chips_and_hints_as_they_were(ground: QWidget) -> None:
    bar = StatusBar()
    bar.setParent(ground)
    bar.setGeometry(0, 0, 900, 48)
    ground.show()
    for chips, words in (
        ((PRINTER,), "Added: rice crackers, a whole box of them"),
        ((PRINTER,), "Added: milk"),
        ((PRINTER, SCALE), "Added: milk, twice"),
        ((SCALE,), "Added: a very long name " * 12),
        ((SCALE,), "Added: tea"),
    ):
        bar.show_frame(
            FrameState("", chips=chips, message=MessageView(words), hints=HINTS)
        )
        assert seen(ground) == painted_whole(ground)
    bar.show_frame(FrameState("", chips=(SCALE,), hints=HINTS))
    assert seen(ground) == painted_whole(ground)


def test_another_count_of_lines_leaves_the_keys_of_the_strip_alone(
    ground: QWidget,
) -> None:
    band = Band()
    band.setParent(ground)
    band.setGeometry(0, 0, 560, 66)
    ground.show()
    band.show_band(BandView("This sale · 9 lines", "Begun", member_key="Member"))
    seen(ground)
    key = band.findChild(ActionButton, "bandMember")
    paints = PaintCount(key)
    band.show_band(BandView("This sale · 10 lines", "Begun", member_key="Member"))
    assert seen(ground) == painted_whole(ground)
    asked_by_grab = 1
    assert paints.count == asked_by_grab, "the key was painted with the title"
    for view in (
        BandView("This sale", chips=("Exchange",), member_key="Member"),
        BandView("Wang *", "1,200 points", initial="W", member_key="Wang *"),
        BandView("Wang *", "1,210 points", initial="W", member_key="Wang *"),
        BandView("Last sale", action="Show", action_icon="receipt"),
    ):
        band.show_band(view)
        assert seen(ground) == painted_whole(ground)


def test_what_stands_in_a_column_is_painted_on_the_column_alone(
    ground: QWidget,
) -> None:
    column = Column("columnPay")
    column.setParent(ground)
    column.setGeometry(0, 0, 400, 80)
    display = AmountDisplay()
    column.stack.addWidget(display)
    ground.show()
    seen(ground)
    below = PaintCount(ground)
    display.show_amount(AmountFace("To pay", "12.50", "¥"))
    shown = seen(ground)
    assert not below.count, "the window was painted below a column that hides it"
    assert shown == painted_whole(ground)


def test_a_dialog_nobody_sees_hears_nothing_and_stands_right_when_opened(
    ground: QWidget,
) -> None:
    heard: list[QObject] = []

    class Listening(Dialog):
        def eventFilter(self, watched, event) -> bool:  # noqa: N802 - Qt's name
            heard.append(watched)
            return super().eventFilter(watched, event)

    dialog = Listening(ground, "listening", "info")
    ground.show()
    ground.resize(1000, 700)
    QApplication.processEvents()
    assert not heard
    dialog.cover_all()
    dialog.open()
    assert dialog.width() == 1000
    ground.resize(1200, 700)
    QApplication.processEvents()
    assert dialog.geometry() == QRect(0, dialog.y(), 1200, dialog.height())
    dialog.leave()
    heard.clear()
    ground.resize(1100, 700)
    QApplication.processEvents()
    assert not heard
