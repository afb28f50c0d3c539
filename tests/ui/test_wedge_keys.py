"""Real key events through the application: scans come out, typing goes through."""

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ui.scanning.burst import BurstSettings
from ui.scanning.wedge import Wedge

EAN = "6901234567892"


class Time:
    """A clock that moves when told."""

    def __init__(self) -> None:
        self.ms = 10_000

    def __call__(self) -> int:
        return self.ms


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def wedge(qapp, time: Time):
    wedge = Wedge(time, trusts_stamps=False)
    wedge.install()
    wedge.heard = []
    wedge.scanned.connect(wedge.heard.append)
    yield wedge
    wedge.remove()


@pytest.fixture
def window(qtbot):
    window = QWidget()
    layout = QVBoxLayout(window)
    window.field = QLineEdit()
    window.button = QPushButton("Pay")
    window.pressed = []
    window.button.clicked.connect(lambda: window.pressed.append("pay"))
    layout.addWidget(window.field)
    layout.addWidget(window.button)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    window.setFocus()
    return window


def type_at(target, text: str, time: Time, gap: int) -> None:
    named = {
        "\r": Qt.Key.Key_Return,
        "\t": Qt.Key.Key_Tab,
        "\b": Qt.Key.Key_Backspace,
    }
    for char in text:
        key = named.get(char)
        if char == "\x1d":
            ctrl = Qt.KeyboardModifier.ControlModifier
            QTest.keyClick(target, Qt.Key.Key_BracketRight, ctrl)
        elif key is not None:
            QTest.keyClick(target, key)
        else:
            QTest.keyClick(target, char)
        time.ms += gap


def settle(wedge: Wedge, time: Time) -> None:
    time.ms += 500
    wedge.poll()


def test_a_scan_into_a_search_box_writes_nothing_there(wedge, window, time) -> None:
    window.field.setFocus()
    type_at(window.field, EAN + "\r", time, 4)
    assert wedge.heard == [EAN]
    assert window.field.text() == ""


def test_a_scan_does_not_press_the_focused_button(wedge, window, time) -> None:
    window.button.setDefault(True)
    window.button.setFocus()
    type_at(window.button, "ABC 123 456\r\r", time, 4)
    settle(wedge, time)
    assert wedge.heard == ["ABC 123 456"]
    assert window.pressed == []
    assert not window.button.isDown()


def test_a_typed_space_presses_the_focused_button_once(wedge, window, time) -> None:
    window.button.setFocus()
    type_at(window.button, " ", time, 150)
    settle(wedge, time)
    assert window.pressed == ["pay"]
    assert not window.button.isDown()


def test_typed_text_reaches_its_field_in_order(wedge, window, time) -> None:
    window.field.setFocus()
    type_at(window.field, "kkkl 330ML", time, 95)
    settle(wedge, time)
    assert window.field.text() == "kkkl 330ML"
    assert wedge.heard == []


def test_backspace_takes_the_letter_before_it(wedge, window, time) -> None:
    window.field.setFocus()
    type_at(window.field, "ab\bc", time, 60)
    settle(wedge, time)
    assert window.field.text() == "ac"


def test_a_field_is_told_once_that_enter_was_pressed(wedge, window, time) -> None:
    heard = []
    window.field.returnPressed.connect(lambda: heard.append(window.field.text()))
    window.field.setFocus()
    type_at(window.field, "42\r", time, 120)
    assert heard == ["42"]


def test_tab_of_a_scan_moves_no_focus(wedge, window, time) -> None:
    window.field.setFocus()
    type_at(window.field, EAN + "\t", time, 4)
    assert wedge.heard == [EAN]
    assert window.field.hasFocus()


def test_keys_through_the_window_system_with_nothing_focused(
    wedge, window, time
) -> None:
    handle = window.windowHandle()
    type_at(handle, EAN + "\r", time, 4)
    QCoreApplication.processEvents()
    assert wedge.heard == [EAN]


def test_typing_through_the_window_system_reaches_the_field(
    wedge, window, time
) -> None:
    window.field.setFocus()
    type_at(window.windowHandle(), "tea", time, 120)
    QCoreApplication.processEvents()
    settle(wedge, time)
    assert window.field.text() == "tea"


def test_a_scan_inside_a_dialog(wedge, window, time, qtbot) -> None:
    dialog = QDialog(window)
    field = QLineEdit(dialog)
    QPushButton("Yes", dialog).clicked.connect(dialog.accept)
    qtbot.addWidget(dialog)
    dialog.open()
    field.setFocus()
    type_at(field, EAN + "\r", time, 4)
    assert wedge.heard == [EAN]
    assert field.text() == ""
    assert dialog.isVisible()


def test_twenty_scans_a_second_into_a_field(wedge, window, time) -> None:
    codes = [f"69012345{i:05d}" for i in range(60)]
    window.field.setFocus()
    for code in codes:
        start = time.ms
        type_at(window.field, code + "\r", time, 3)
        time.ms = start + 50
    assert wedge.heard == codes
    assert window.field.text() == ""


def test_group_separators_stay_in_the_code(wedge, window, time) -> None:
    type_at(window, "]C110AB\x1d2112345\r", time, 4)
    assert wedge.heard == ["]C110AB\x1d2112345"]


def test_a_shortcut_on_a_character_is_not_fired_by_a_code(wedge, window, time) -> None:
    fired = []
    shortcut = QShortcut(QKeySequence("+"), window)
    shortcut.activated.connect(lambda: fired.append("+"))
    type_at(window, "AB+12345\r", time, 4)
    assert wedge.heard == ["AB+12345"]
    assert fired == []


def test_a_function_key_is_still_a_shortcut(wedge, window, time) -> None:
    fired = []
    QShortcut(QKeySequence("F4"), window).activated.connect(lambda: fired.append("F4"))
    QTest.keyClick(window, Qt.Key.Key_F4)
    assert fired == ["F4"]


def test_an_input_methods_digits_are_a_scan_too(wedge, window, time) -> None:
    window.field.setFocus()
    for char in "６９０１２３４５":
        QCoreApplication.sendEvent(window.field, commit(char))
        time.ms += 4
    type_at(window.field, "\r", time, 4)
    assert wedge.heard == ["69012345"]
    assert window.field.text() == ""


def test_a_code_caught_in_the_composition_is_a_scan(wedge, window, time) -> None:
    window.field.setFocus()
    for end in range(1, 9):
        QCoreApplication.sendEvent(
            window.field, QInputMethodEvent("abc12345"[:end], [])
        )
        time.ms += 4
    QCoreApplication.sendEvent(window.field, commit("abc12345"))
    type_at(window.field, "\r", time, 4)
    assert wedge.heard == ["abc12345"]
    assert window.field.text() == ""


@pytest.mark.parametrize("text", ["可口可乐", "无糖茉莉花茶", "abcdefgh", "茶"])
def test_what_an_input_method_commits_at_once_is_typed(
    wedge, window, time, text: str
) -> None:
    window.field.setFocus()
    QCoreApplication.sendEvent(window.field, commit(text))
    settle(wedge, time)
    assert window.field.text() == text
    assert wedge.heard == []


def test_a_touch_comes_after_what_was_typed_before_it(
    wedge, window, time, qtbot
) -> None:
    seen = []
    window.button.pressed.connect(lambda: seen.append(window.field.text()))
    window.field.setFocus()
    type_at(window.field, "7", time, 10)
    qtbot.mouseClick(window.button, Qt.MouseButton.LeftButton)
    assert seen == ["7"]


def test_the_silence_is_noticed_without_another_key(qapp, window, qtbot) -> None:
    from time import monotonic_ns

    wedge = Wedge(
        lambda: monotonic_ns() // 1_000_000,
        settings=BurstSettings(mean_gap_ms=5_000, max_gap_ms=9_000, idle_ms=10),
        trusts_stamps=False,
    )
    wedge.install()
    try:
        with qtbot.waitSignal(wedge.scanned) as heard:
            QTest.keyClicks(window, EAN)
        assert heard.args == [EAN]
    finally:
        wedge.remove()


def commit(text: str) -> QInputMethodEvent:
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    return event
