"""A scan changes many things and is shown once."""

from PySide6.QtCore import QCoreApplication, QObject
from pytestqt.qtbot import QtBot

from ui.render_turn import RenderTurn


def test_whatever_asks_in_one_turn_is_shown_once_and_at_its_end(qtbot: QtBot) -> None:
    shown: list[int] = []
    owner, count = QObject(), [0]
    turn = RenderTurn(owner, lambda: shown.append(count[0]))
    for _ in range(3):
        count[0] += 1
        turn.ask()
    assert shown == []
    QCoreApplication.processEvents()
    assert shown == [3]
    turn.ask()
    QCoreApplication.processEvents()
    assert shown == [3, 3]


def test_nothing_is_shown_after_the_end(qtbot: QtBot) -> None:
    shown: list[str] = []
    owner = QObject()
    turn = RenderTurn(owner, lambda: shown.append("too late"))
    turn.ask()
    turn.end()
    turn.ask()
    QCoreApplication.processEvents()
    assert shown == []


def test_what_is_shown_may_ask_for_another_turn(qtbot: QtBot) -> None:
    shown: list[str] = []
    owner = QObject()

    def show() -> None:
        shown.append("again" if shown else "first")
        if len(shown) == 1:
            turn.ask()

    turn = RenderTurn(owner, show)
    turn.ask()
    QCoreApplication.processEvents()
    QCoreApplication.processEvents()
    assert shown == ["first", "again"]
