"""The list of promotions tells whole sentences, also in the small window."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from tests.journeys.screen_members import PROGRAMME, open_programme
from tests.journeys.screen_promotions import PromotionMaker
from tests.journeys.screen_till import ScreenTill
from tests.journeys.test_screen_promotions_shops import BLACK, SENTENCES
from tests.journeys.test_screen_room import cut_words
from ui.presenters.promotions_state import PromotionsTab

MANAGER = "1005"
DOWN, UP = Qt.Key.Key_Down, Qt.Key.Key_Up


def manager(open_till, size: tuple[int, int], language: str) -> ScreenTill:
    """Return a manager's till whose screen speaks a language."""
    till: ScreenTill = open_till(size=size)
    till.press(f"segment-languageSwitch-{language}")
    return till.sign_on(MANAGER)


def walk(till: ScreenTill, key: Qt.Key) -> list[str]:
    """Go through the list with the arrows; return what was cut on the way."""
    rows, cut = till.find("promotionRows"), []
    for _row in rows.rows:
        till.key(key)
        till.settle()
        keys = [row.key for row in rows.rows]
        at = keys.index(rows.itemDelegate().chosen)
        area = rows.visualRect(rows.model().index(at))
        assert rows.viewport().rect().contains(area)
        cut += cut_words(till.window)
    return cut


@pytest.mark.parametrize("size", [(1024, 768), (1366, 768)], ids=str)
@pytest.mark.parametrize("language", ["en", "zh-CN", "zh-TW"])
def test_no_sentence_of_the_sample_shop_is_cut(open_till, size, language) -> None:
    till = manager(open_till, size, language)
    PromotionMaker(till, by_touch=True).go()
    for tab in PromotionsTab:
        till.press(f"segment-promotionTabs-{tab.value}")
        assert not cut_words(till.window)
        assert not walk(till, DOWN)
        assert not walk(till, UP)


def test_a_row_of_more_lines_is_touched_anywhere(open_till) -> None:
    till = manager(open_till, (1024, 768), "en")
    make = PromotionMaker(till, by_touch=True)
    make.go()
    rows = till.find("promotionRows")
    heights = {rows.visualRect(rows.model().index(n)).height() for n in range(4)}
    assert len(heights) > 1
    for at in range(4):
        area = rows.visualRect(rows.model().index(at))
        for place in (area.topLeft(), area.bottomRight()):
            inside = area.center()
            inside.setY(place.y() + (3 if place == area.topLeft() else -3))
            till.touch(rows.viewport(), inside)
            assert make.part.state.chosen == rows.rows[at].key


@pytest.mark.slow
def test_no_sentence_that_shops_write_is_cut(open_till) -> None:
    till = manager(open_till, (1024, 768), "zh-CN")
    open_programme(till, replace(PROGRAMME, tiers=(*PROGRAMME.tiers, BLACK)))
    make = PromotionMaker(till, by_touch=True)
    make.go()
    for write, _words in SENTENCES:
        write(make)
        make.start()
    assert len(till.find("promotionRows").rows) > len(SENTENCES)
    for language in ("en", "zh-TW", "zh-CN"):
        till.press("lockButton")
        till.press(f"segment-languageSwitch-{language}")
        till.sign_on(MANAGER)
        make.go()
        assert not cut_words(till.window)
        assert not walk(till, UP)
        assert not walk(till, DOWN)
