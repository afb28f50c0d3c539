"""The approval dialog shows what is asked and takes nothing but a PIN."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from pos_app.i18n import use_language
from ui.dialogs.approval import ApprovalDialog
from ui.dialogs.reason import ReasonDialog
from ui.presenters.approval_state import ApprovalState, ApproverView, AskedView
from ui.presenters.pad_key import PadKey
from ui.theme.host import theme

PEOPLE = tuple(ApproverView(f"s{n}", f"Person {n}", f"20{n}") for n in range(1, 7))
STATE = ApprovalState(
    asked=AskedView(
        "pencil-simple",
        "Price change",
        "Socks × 2",
        "Agree to the price",
        before="30.00",
        after="24.00",
        note="−20%, above the cashier's limit of 10%",
    ),
    reasons=(("label", "Label differs"), ("flawed", "Flawed")),
    approvers=PEOPLE[:2],
    chosen="s1",
    asked_by="Asked by Chen (1027)",
    blocked="Type the approver's PIN",
    can_type=True,
)


@pytest.fixture
def window(qtbot) -> QWidget:
    use_language("en")
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.resize(1366, 768)
    widget.show()
    return widget


@pytest.fixture
def dialog(window: QWidget) -> ApprovalDialog:
    made = ApprovalDialog(window)
    made.show_state(STATE)
    made.open()
    return made


def test_it_says_what_is_asked_of_whom(dialog: ApprovalDialog) -> None:
    assert dialog.title.text() == "A manager must agree"
    assert dialog.asked.subject.text() == "Socks × 2"
    assert dialog.asked.amounts.accessibleName() == "30.00 → 24.00"
    assert dialog.column.display.face.name == "Person 1"
    assert dialog.column.agree.shown_face().title == "Type the approver's PIN"
    assert not dialog.column.agree.isEnabled()
    assert "Asked by Chen (1027)" in dialog.foot.text()


def test_the_main_key_names_the_action_once_it_can_be_pressed(dialog, qtbot) -> None:
    dialog.show_state(replace(STATE, blocked="", reason="label", typed=4))
    assert dialog.column.agree.shown_face().title == "Agree to the price"
    assert dialog.reasons.button("label").isChecked()
    with qtbot.waitSignal(dialog.agreed):
        QTest.mouseClick(dialog.column.agree, Qt.MouseButton.LeftButton)


def test_a_reason_and_an_approver_are_touched(dialog, qtbot) -> None:
    with qtbot.waitSignal(dialog.reason_chosen) as reason:
        QTest.mouseClick(dialog.reasons.button("flawed"), Qt.MouseButton.LeftButton)
    assert reason.args == ["flawed"]
    with qtbot.waitSignal(dialog.approver_chosen) as approver:
        QTest.mouseClick(dialog.column.names.button("s2"), Qt.MouseButton.LeftButton)
    assert approver.args == ["s2"]


def test_many_approvers_are_turned_through(dialog: ApprovalDialog) -> None:
    dialog.show_state(replace(STATE, approvers=PEOPLE, chosen=""))
    names = dialog.column.names
    seen = []
    for _page in range(3):
        seen += [key for key in names._buttons if key != "more"]
        QTest.mouseClick(names.button("more"), Qt.MouseButton.LeftButton)
    assert seen == [one.staff_id for one in PEOPLE]
    assert "s1" in names._buttons


@pytest.mark.parametrize(
    ("key", "said"),
    [
        (Qt.Key.Key_4, "4"),
        (Qt.Key.Key_Backspace, PadKey.BACKSPACE.value),
        (Qt.Key.Key_Delete, PadKey.CLEAR.value),
    ],
)
def test_a_keyboard_types_the_pin(dialog, qtbot, key, said) -> None:
    with qtbot.waitSignal(dialog.pad_pressed) as typed:
        QTest.keyClick(dialog, key)
    assert typed.args == [said]


def test_the_pad_takes_digits_only_and_none_while_it_waits(dialog) -> None:
    pad = dialog.column.keypad
    assert pad.button(PadKey.D7).isEnabled()
    for key in (PadKey.D00, PadKey.POINT, PadKey.TIMES):
        assert not pad.button(key).isEnabled()
    dialog.show_state(replace(STATE, can_type=False))
    assert not pad.button(PadKey.D7).isEnabled()


@pytest.mark.parametrize("way", ["refuse", "close", "esc"])
def test_no_closes_it(dialog, qtbot, way) -> None:
    with qtbot.waitSignal(dialog.closed):
        if way == "esc":
            QTest.keyClick(dialog, Qt.Key.Key_Escape)
        else:
            button = dialog.column.refuse if way == "refuse" else dialog.close_key
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not dialog.isVisible()


def test_the_pad_stands_where_the_pay_column_is(dialog, window) -> None:
    now = theme()
    column = dialog.column.geometry()
    assert column.right() == window.width() - 1
    assert column.width() == now.px(now.profile.column_c) - 1
    assert dialog.card.geometry().right() < column.left()


def test_a_problem_is_said_in_the_card(dialog) -> None:
    dialog.show_state(replace(STATE, problem="Wrong PIN; 4 more tries"))
    assert dialog.strip.accessibleName() == "Wrong PIN; 4 more tries"


def test_a_reason_is_one_tap(window, qtbot) -> None:
    dialog = ReasonDialog(window, "noSaleDialog", "cash-register")
    dialog.ask("Why?", "It is written down.", [("change", "Change"), ("look", "Look")])
    with qtbot.waitSignal(dialog.chosen) as chosen:
        QTest.mouseClick(dialog.reasons.button("look"), Qt.MouseButton.LeftButton)
    assert chosen.args == ["look"]
    assert not dialog.isVisible()
