"""Every view of training: one language, no word cut, none over another."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QScrollArea

from pos_app.domain.training.card import CardKey
from tests.journeys.dresses import dresses
from tests.journeys.painted_words import painted
from tests.journeys.screen_language import foreign, shops_own_words
from tests.journeys.screen_training import InTraining, enter_training, leave_training
from tests.journeys.test_screen_every_view import cut_off, in_sight, overlapping
from tests.journeys.test_screen_training import play_sale
from tests.ui.clipped_words import clipped_words


def views(till: InTraining) -> Iterator[str]:
    """Walk through the window of training."""
    for key in CardKey:
        till.drills.choose(key.value)
        till.wait(lambda: till.drills.is_ready)
        yield f"card {key}"
    for key in (CardKey.EXCHANGE, CardKey.PAPER_OUT, CardKey.NETWORK_DOWN):
        till.begin_card(key.value)
        yield f"running {key}"
        till.press("drillCard")
        yield f"card over the ticket {key}"
        till.press("dialogClose")
        till.press("drillStop")
        till.wait(lambda: till.drills.is_ready)
    given = till.begin_card("sale")
    till.press("drillHelp")
    yield "help"
    play_sale(till, given)
    till.wait_for_result()
    yield "finished"
    till.press("drillResult")
    yield "result"
    till.press("lockButton")
    yield "locked"


@pytest.mark.parametrize(("language", "size", "theme", "percent"), dresses())
def test_every_word_of_training_can_be_read(open_till, language, size, theme, percent):
    dress = {"theme": theme, "size_percent": percent, "language": language}
    till = open_till(size=size, settings=dress).sign_on("1005")
    own = shops_own_words(till) if language != "zh-CN" else []
    inside = enter_training(till)
    wrong = {}
    for view in views(inside):
        inside.settle()
        words = painted(inside.window)
        faults = [*clipped_words(inside.window), *cut_off(inside, words)]
        top = inside.window.open_dialog()
        # Beside the strip a row of tiles more lies below the edge of its list.
        seen = [] if inside.shown == "saleScreen" else words
        faults += overlapping(painted(top) if top else seen)
        faults += [x.text for x in words if foreign(x.text.strip(), language, own)]
        if faults:
            wrong[view] = faults
    outside = leave_training(inside)
    outside.sign_on("1005")
    outside.press("tab_office")
    outside.press("go-training")
    for area in outside.window.findChildren(QScrollArea):
        area.verticalScrollBar().setValue(0)  # the title of the list is in sight
    words = in_sight(outside, painted(outside.window))
    wrong["office"] = [*clipped_words(outside.window), *cut_off(outside, words)]
    wrong["office"] += overlapping(words)
    assert not {view: faults for view, faults in wrong.items() if faults}
