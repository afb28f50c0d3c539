"""Every view for those who do not see it, and for thick fingers: names and sizes."""

from __future__ import annotations

from collections import defaultdict

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from tests.journeys.accessible_targets import (
    LEAST_PX,
    foreign_names,
    label,
    out_of_reach,
    small,
    targets,
    unnamed,
)
from tests.journeys.screen_language import (
    foreign,
    is_data,
    names_in_forms,
    names_on_card,
    shops_own_words,
)
from tests.journeys.screen_till import ScreenTill
from tests.journeys.screen_training import InTraining, enter_training
from tests.journeys.screen_views import every_view
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import ButtonFace

LANGUAGE = "zh-CN"


class Faults:
    """What is wrong, and on which views."""

    def __init__(self, till: ScreenTill | InTraining) -> None:
        self.till = till
        self.found: dict[str, list[str]] = defaultdict(list)
        self.own: list[str] = []
        self.names: frozenset[str] = frozenset()

    def look(self, view: str) -> None:
        """Look at what is shown: the dialog, or else the whole window."""
        self.till.settle()
        top = self.till.window.open_dialog() or self.till.window
        for what, named in (
            ("no name", unnamed(top)),
            (f"below {LEAST_PX} px", small(top)),
            ("not by keyboard", out_of_reach(top)),
            ("in another language", foreign_names(top, self.is_foreign)),
        ):
            for name in named:
                self.found[f"{what}: {name}"].append(view)

    def is_foreign(self, words: str) -> bool:
        """Tell whether a spoken name is no name of data, and in no Chinese."""
        return not is_data(words, self.names) and foreign(words, LANGUAGE, self.own)


def test_every_view_can_be_heard_touched_and_reached(open_till):
    till = open_till(size=(1366, 768))
    faults = Faults(till)
    faults.own += shops_own_words(till)
    faults.names = names_in_forms(till) | names_on_card(till)
    for view in every_view(till, LANGUAGE):
        faults.look(view)
    assert dict(faults.found) == {}


def test_training_can_be_heard_touched_and_reached(open_till):
    till = open_till(size=(1366, 768), settings={"language": LANGUAGE})
    inside = enter_training(till.sign_on("1005"))
    faults = Faults(inside)
    faults.look("cards")
    inside.begin_card("sale")
    faults.look("a card runs")
    inside.press("drillCard")
    faults.look("the card over the ticket")
    inside.press("dialogClose")
    inside.press("lockButton")
    faults.look("locked")
    assert dict(faults.found) == {}


@pytest.fixture
def page(qtbot) -> QWidget:
    """Return an empty page that is shown."""
    made = QWidget()
    made.resize(600, 400)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


def shown_key(page: QWidget, face: ButtonFace) -> ActionButton:
    key = ActionButton("someKey", face, page)
    key.setGeometry(10, 10, 100, 60)
    key.show()
    return key


def test_a_key_without_words_is_found_until_it_has_a_name(page):
    key = shown_key(page, ButtonFace(icon="x"))
    assert unnamed(page) == [label(key)]
    key.setAccessibleName("Close")
    key.set_face(ButtonFace(icon="check"))
    assert unnamed(page) == []
    assert foreign_names(page, lambda words: foreign(words, LANGUAGE)) == [
        f"{label(key)}: Close"
    ]


def test_a_small_key_and_one_beyond_tab_are_found(page):
    key = shown_key(page, ButtonFace("Keep"))
    assert [*small(page), *out_of_reach(page)] == []
    key.resize(100, 40)
    key.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    assert small(page) == [f"{label(key)} 100x40"]
    assert out_of_reach(page) == [label(key)]
    key.setEnabled(False)
    assert list(targets(page)) == []
