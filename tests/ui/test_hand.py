"""The hand presses only what a person could press."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton, QScrollArea, QWidget

from ui.hand import Hand


@pytest.fixture
def window(qtbot) -> QWidget:
    window = QWidget()
    window.resize(400, 200)
    qtbot.addWidget(window)
    button = QPushButton("sell", window)
    button.setObjectName("sell")
    button.setGeometry(10, 10, 100, 50)
    window.show()
    return window


def button_of(window: QWidget) -> QPushButton:
    found = window.findChild(QPushButton, "sell")
    assert found is not None
    return found


def test_it_presses_what_is_there(window, qtbot):
    with qtbot.waitSignal(button_of(window).clicked):
        Hand(window).press("sell")


def test_it_presses_nothing_that_is_dead(window):
    button_of(window).setEnabled(False)
    with pytest.raises(AssertionError, match="cannot be pressed"):
        Hand(window).press("sell")


def test_it_presses_nothing_that_is_hidden(window):
    button_of(window).hide()
    with pytest.raises(AssertionError, match="not on show"):
        Hand(window).press("sell")


def test_it_presses_nothing_that_is_covered(window):
    cover = QWidget(window)
    cover.setGeometry(0, 0, 400, 200)
    cover.show()
    with pytest.raises(AssertionError, match="is covered by"):
        Hand(window).press("sell")


def test_what_is_further_down_a_list_is_moved_into_sight_and_pressed(window, qtbot):
    area = QScrollArea(window)
    area.setGeometry(0, 0, 400, 100)
    page = QWidget()
    page.resize(300, 900)
    button = QPushButton("last", page)
    button.setObjectName("last")
    button.setGeometry(10, 800, 100, 50)
    area.setWidget(page)
    area.show()
    with qtbot.waitSignal(button.clicked):
        Hand(window).press("last")


def test_it_does_not_wait_for_ever(window, monkeypatch):
    monkeypatch.setattr("ui.hand.PATIENCE_S", 0.05)
    with pytest.raises(AssertionError, match="in vain for a customer"):
        Hand(window).wait(lambda: False, "a customer")
