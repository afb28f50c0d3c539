"""A manager sets up the shop, the printer and the look; refusals stand at the field."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from pos_app.i18n import use_language
from pos_app.ports.printing import PrinterStatus
from ui.presenters.frame_state import FrameState, Tone
from ui.presenters.settings_state import (
    AboutView,
    CheckView,
    FieldProblem,
    SettingsPage,
    SettingsState,
    ShopView,
    data_size,
    status_words,
)
from ui.screens.settings import SettingsScreen

STATE = SettingsState(
    frame=FrameState("Lakeside", cashier_name="Lin"),
    language="en",
    shop=ShopView("Lakeside", "18 Lake Road", facts=(("Till", "02"),)),
    about=AboutView("0.1.0"),
)


@pytest.fixture(autouse=True)
def english():
    use_language("en")


@pytest.fixture
def screen(qtbot):
    screen = SettingsScreen()
    screen.resize(1366, 768)
    qtbot.addWidget(screen)
    screen.show_state(STATE)
    screen.show()
    screen.changes = []
    screen.setting_changed.connect(
        lambda key, value: screen.changes.append((key, value))
    )
    return screen


def click(qtbot, button) -> None:
    # A page that has just come is laid out when the event loop turns.
    qtbot.waitUntil(lambda: not button.rect().isEmpty())
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def find(screen, name: str):
    found = [x for x in screen.findChildren(object) if x.objectName() == name]
    assert found, name
    return found[0]


def test_the_list_opens_pages(qtbot, screen) -> None:
    for page in SettingsPage:
        click(qtbot, screen.keys[page])
        assert screen.stack.currentWidget() is screen.pages[page]


def test_a_typed_name_is_taken_over_once_with_enter(qtbot, screen) -> None:
    edit = find(screen, "edit-shop_name")
    edit.setFocus()
    edit.selectAll()
    qtbot.keyClicks(edit, "Corner Shop")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    screen.setFocus()
    assert screen.changes == [("shop_name", "Corner Shop")]


def test_an_untouched_field_changes_nothing(qtbot, screen) -> None:
    edit = find(screen, "edit-shop_name")
    edit.setFocus()
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert screen.changes == []


def test_a_refused_value_is_explained_below_its_field(screen) -> None:
    problem = FieldProblem("shop_phone", "That is no number.")
    screen.show_state(replace(STATE, problems=(problem,)))
    label = find(screen, "problem-shop_phone")
    assert "That is no number." in label.text()
    assert not label.isHidden()
    screen.show_state(STATE)
    assert label.isHidden()


def test_choices_speak_the_language_of_the_settings_service(qtbot, screen) -> None:
    screen.go_to(SettingsPage.LOOK)
    click(qtbot, find(screen, "segment-choice-size_percent-125"))
    click(qtbot, find(screen, "segment-choice-theme-dark"))
    click(qtbot, find(screen, "segment-choice-pad-123"))
    screen.go_to(SettingsPage.SALE)
    click(qtbot, find(screen, "segment-choice-auto_lock_minutes-30"))
    click(qtbot, find(screen, "switch-merge_same_items"))
    assert screen.changes == [
        ("size_percent", 125),
        ("theme", "dark"),
        ("pad", "123"),
        ("auto_lock_minutes", 30),
        ("merge_same_items", False),
    ]


def test_work_is_asked_for_and_waits(qtbot, screen) -> None:
    asked = []
    screen.back_up.connect(lambda: asked.append("backup"))
    screen.run_doctor.connect(lambda: asked.append("doctor"))
    for page, name in (
        (SettingsPage.ABOUT, "backUp"),
        (SettingsPage.ABOUT, "checkDatabase"),
    ):
        screen.go_to(page)
        click(qtbot, find(screen, name))
    assert asked == ["backup", "doctor"]
    screen.show_state(replace(STATE, about=AboutView("0.1.0", is_backing_up=True)))
    assert find(screen, "backUp").reason == "Backing up"


def test_a_check_shows_its_findings(screen) -> None:
    check = CheckView(is_sound=False, lines=("Sale 02-17: the sum is wrong.",))
    screen.show_state(replace(STATE, about=AboutView("0.1.0", check=check)))
    assert find(screen, "checkResult").accessibleName() == "Needs attention"
    assert "02-17" in find(screen, "checkFindings").text()


def test_without_permission_all_is_shown_and_nothing_can_be_changed(screen) -> None:
    screen.show_state(replace(STATE, may_change=False))
    assert find(screen, "edit-shop_name").text() == "Lakeside"
    assert not find(screen, "edit-shop_name").isEnabled()
    assert not find(screen, "segment-choice-theme-dark").isEnabled()


def test_esc_goes_back(qtbot, screen) -> None:
    with qtbot.waitSignal(screen.closed):
        qtbot.keyClick(screen, Qt.Key.Key_Escape)


def test_figures_and_states_in_words() -> None:
    assert [data_size(x) for x in (640_000, 214_000_000, 1_250_000_000)] == [
        "640 KB",
        "214 MB",
        "1.2 GB",
    ]
    assert status_words(PrinterStatus.UNREACHABLE) == ("No answer", Tone.BAD)
