"""Somebody signs on: by tile and PIN, by number, by keyboard; and waits when locked."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from pos_app.i18n import use_language
from pos_app.ports.printing import PrinterStatus
from ui.presenters.frame_state import FrameState, Tone
from ui.presenters.pad_key import PadKey
from ui.presenters.sign_on_state import (
    KeptBasket,
    SignOnState,
    StaffView,
    printer_health,
)
from ui.screens.sign_on import SignOnScreen
from ui.screens.sign_on_staff import BY_NUMBER

STAFF = (
    StaffView("s-chen", "1027", "Chen", "Cashier"),
    StaffView("s-lin", "1001", "Lin", "Manager"),
)
STATE = SignOnState(
    shop_name="Lakeside",
    till_label="Till 02",
    clock_text="14:32",
    date_text="Saturday",
    language="en",
    staff=STAFF,
    frame=FrameState("Lakeside"),
    rule="PIN of 4 to 6 digits",
)


@pytest.fixture(autouse=True)
def english():
    use_language("en")


@pytest.fixture
def screen(qtbot):
    screen = SignOnScreen()
    screen.resize(1366, 768)
    qtbot.addWidget(screen)
    screen.show_state(STATE)
    screen.show()
    return screen


def click(qtbot, button) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def press(qtbot, screen, digits: str) -> None:
    for digit in digits:
        click(qtbot, screen.pad.button(PadKey(digit)))


def test_a_tile_says_who_and_the_pad_gives_the_pin(qtbot, screen) -> None:
    chosen, pins = [], []
    screen.staff_chosen.connect(chosen.append)
    screen.pin_entered.connect(pins.append)
    click(qtbot, screen.staff.tile("s-chen"))
    assert chosen == ["s-chen"]
    screen.show_state(replace(STATE, chosen="s-chen"))
    press(qtbot, screen, "1234")
    assert screen.display.face.typed == 4
    click(qtbot, screen.sign_on)
    assert pins == ["1234"]
    assert screen.display.face.typed == 0


def test_nothing_is_typed_before_somebody_is_chosen(qtbot, screen) -> None:
    press(qtbot, screen, "1234")
    assert not screen.sign_on.isEnabled()
    assert screen.sign_on.reason == "Choose your name"
    assert screen.display.face.typed == 0


def test_a_short_pin_is_not_sent(qtbot, screen) -> None:
    pins = []
    screen.pin_entered.connect(pins.append)
    screen.show_state(replace(STATE, chosen="s-chen"))
    press(qtbot, screen, "123")
    click(qtbot, screen.sign_on)
    assert pins == []
    assert screen.display.face.typed == 3


def test_backspace_and_clear_take_digits_back(qtbot, screen) -> None:
    screen.show_state(replace(STATE, chosen="s-chen"))
    press(qtbot, screen, "12345")
    click(qtbot, screen.pad.button(PadKey.BACKSPACE))
    assert screen.display.face.typed == 4
    click(qtbot, screen.pad.button(PadKey.CLEAR))
    assert screen.display.face.typed == 0


def test_the_keyboard_does_what_the_pad_does(qtbot, screen) -> None:
    pins = []
    screen.pin_entered.connect(pins.append)
    screen.show_state(replace(STATE, chosen="s-chen"))
    screen.setFocus()
    qtbot.keyClicks(screen, "98765")
    qtbot.keyClick(screen, Qt.Key.Key_Backspace)
    qtbot.keyClick(screen, Qt.Key.Key_Return)
    assert pins == ["9876"]


def test_somebody_else_types_a_number_first(qtbot, screen) -> None:
    numbers = []
    screen.number_entered.connect(numbers.append)
    click(qtbot, screen.staff.tile(BY_NUMBER))
    press(qtbot, screen, "1001")
    assert screen.display.face.number == "1001"
    assert screen.sign_on.face.title == "Next"
    click(qtbot, screen.sign_on)
    assert numbers == ["1001"]
    screen.show_state(replace(STATE, chosen="s-lin"))
    assert screen.display.face.name == "Lin"
    assert screen.staff.tile("s-lin").isChecked()


def test_a_refused_pin_clears_the_dots_and_says_why(qtbot, screen) -> None:
    screen.show_state(replace(STATE, chosen="s-chen"))
    press(qtbot, screen, "12")
    refused = replace(STATE, chosen="s-chen", problem="Wrong PIN.", attempt=1)
    screen.show_state(refused)
    assert screen.display.face.typed == 0
    assert screen.notice.label.text() == "Wrong PIN."


def test_a_locked_person_sees_how_long_and_another_may_come(qtbot, screen) -> None:
    chosen = []
    screen.staff_chosen.connect(chosen.append)
    screen.show_state(replace(STATE, chosen="s-chen", locked_seconds=72))
    assert screen.notice.label.text() == "Locked. Try again in 1:12."
    assert not screen.pad.button(PadKey.D1).isEnabled()
    click(qtbot, screen.staff.tile("s-lin"))
    assert chosen == ["s-lin"]


def test_the_language_is_one_touch_away(qtbot, screen) -> None:
    tags = []
    screen.language_chosen.connect(tags.append)
    click(qtbot, screen.language.segment("zh-TW"))
    assert tags == ["zh-TW"]


def test_a_lock_says_that_the_basket_is_kept(screen) -> None:
    screen.show_state(replace(STATE, kept=KeptBasket("8 items", "¥180.10")))
    assert screen.title.text() == "Locked"
    assert screen.kept.text() == "Basket kept: 8 items · ¥180.10"
    assert screen.sign_on.face.title == "Unlock"


def test_health_says_only_what_the_printer_said() -> None:
    assert printer_health(PrinterStatus.READY, 0).tone is Tone.GOOD
    trouble = printer_health(PrinterStatus.PAPER_OUT, 2)
    assert (trouble.tone, trouble.detail) == (Tone.WARN, "2 slips waiting")
