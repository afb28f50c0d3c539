"""Payment and payment-done: what is pressed, what is said, what is readable."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from pos_app.i18n import use_language
from tests.builders_screen import done_state, payment_state
from tests.ui.clipped_words import clipped_words, small_targets
from ui.presenters.pad_key import PadKey
from ui.screens.payment import PaymentScreen
from ui.screens.payment_done import PaymentDoneScreen
from ui.theme.host import theme_host
from ui.theme.theme import Theme

LEFT = Qt.MouseButton.LeftButton
SIZES = [(1024, 768), (1366, 768), (1920, 1080)]


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication):
    host = theme_host()
    host.use(Theme(language="zh-CN").fitted(1366, 768))
    host.dress(qapp)
    yield
    use_language("en")


def shown(qtbot, screen, state, size=(1366, 768)):
    qtbot.addWidget(screen)
    screen.resize(*size)
    with qtbot.waitExposed(screen):
        screen.show()
    screen.render(state)
    qtbot.wait(1)
    return screen


def press(qtbot, screen: QWidget, name: str) -> None:
    button = screen.findChild(QWidget, name)
    assert button is not None, name
    qtbot.mouseClick(button, LEFT)


@pytest.mark.parametrize(
    ("button", "signal", "args"),
    [
        ("tender_card", "tender_selected", ["card"]),
        ("choice_alipay", "choice_selected", ["alipay"]),
        ("cash_3009", "suggestion_pressed", [3009]),
        ("taken0Action", "take_back_pressed", ["taken-1"]),
        ("roundOffAction", "round_off_pressed", []),
        ("referenceEntry", "reference_pressed", []),
        ("entryLine", "amount_pressed", []),
        ("paymentBack", "back_pressed", []),
        ("paymentSlip", "slip_toggled", []),
        ("mainAction", "finish_pressed", []),
        ("padKeyAll", "pad_pressed", [PadKey.ALL.value]),
        ("lockButton", "lock_pressed", []),
    ],
)
def test_payment_press_says_what_was_meant(qtbot, button, signal, args):
    screen = shown(qtbot, PaymentScreen(), payment_state())
    with qtbot.waitSignal(getattr(screen, signal)) as said:
        press(qtbot, screen, button)
    assert said.args == args


def test_unfinished_payment_says_what_is_missing(qtbot):
    state = replace(payment_state(), can_finish=False, blocked_reason="还差 ¥30.09")
    screen = shown(qtbot, PaymentScreen(), state)
    assert screen.pay.main.reason == "还差 ¥30.09"
    with qtbot.assertNotEmitted(screen.finish_pressed):
        press(qtbot, screen, "mainAction")


def test_nothing_can_be_pressed_twice_while_the_sale_is_written(qtbot):
    screen = shown(qtbot, PaymentScreen(), replace(payment_state(), is_waiting=True))
    with (
        qtbot.assertNotEmitted(screen.finish_pressed),
        qtbot.assertNotEmitted(screen.back_pressed),
    ):
        press(qtbot, screen, "mainAction")
        press(qtbot, screen, "paymentBack")


def test_taken_money_shows_its_amount_and_what_goes_back(qtbot):
    screen = shown(qtbot, PaymentScreen(), payment_state())
    assert "¥100.00" in screen.findChild(QWidget, "taken0").accessibleName()
    assert "19.91" in screen.change.accessibleName()
    assert "30.09" in screen.pay.display.accessibleName()
    screen.render(replace(payment_state(), taken=(), taken_minor=0))
    assert screen.findChild(QWidget, "takenList").isVisible()


def test_round_off_can_be_taken_back(qtbot):
    state = payment_state()
    screen = shown(qtbot, PaymentScreen(), state)
    assert state.round_off is not None
    screen.render(replace(state, round_off=replace(state.round_off, taken_minor=9)))
    assert "\u22120.09" in screen.work.round_off.accessibleName()
    screen.render(
        replace(state, round_off=replace(state.round_off, reason="超过你的上限"))
    )
    assert not screen.findChild(QWidget, "roundOffAction").isEnabled()
    screen.render(replace(state, round_off=None))
    assert not screen.work.round_off.isVisible()


@pytest.mark.parametrize(
    ("button", "signal"),
    [
        ("mainAction", "new_sale_pressed"),
        ("doneCopy", "reprint_pressed"),
        ("doneReprint", "reprint_pressed"),
        ("doneCorrect", "correct_tender_pressed"),
        ("doneDrawer", "drawer_pressed"),
        ("padKey3", "pad_pressed"),
    ],
)
def test_done_press_says_what_was_meant(qtbot, button, signal):
    screen = shown(qtbot, PaymentDoneScreen(), done_state())
    with qtbot.waitSignal(getattr(screen, signal)):
        press(qtbot, screen, button)


def test_change_stays_and_the_slip_is_shown_as_printed(qtbot):
    slip = QImage(576, 900, QImage.Format.Format_Grayscale8)
    slip.fill(255)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    slip.save(buffer, "PNG")
    screen = shown(qtbot, PaymentDoneScreen(), done_state(bytes(buffer.data().data())))
    assert "19.91" in screen.pay.display.accessibleName()
    paper = screen.card.slip.widget()
    assert paper.isVisible()
    assert 200 < paper.width() <= 322
    screen.render(done_state())
    assert not paper.isVisible()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["zh-CN", "zh-TW", "en"])
@pytest.mark.parametrize("text_scale", [0.9, 1.0, 1.25])
def test_payment_words_fit_everywhere(qtbot, size, language, text_scale):
    use_language(language)
    theme_host().use(Theme(language=language, text_scale=text_scale).fitted(*size))
    for screen, state in (
        (PaymentScreen(), payment_state()),
        (PaymentDoneScreen(), done_state()),
    ):
        shown(qtbot, screen, state, size)
        assert clipped_words(screen) == []
        assert small_targets(screen) == []
