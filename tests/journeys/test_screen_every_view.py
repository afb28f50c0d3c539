"""On every view: one language, no word cut, none over another, in every dress."""

from __future__ import annotations

import itertools

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QRegion
from PySide6.QtWidgets import QScrollArea, QWidget

from tests.journeys.dresses import dresses
from tests.journeys.painted_words import Painted, painted
from tests.journeys.screen_language import (
    foreign,
    is_data,
    names_in_forms,
    names_on_card,
    shops_own_words,
    unit_names,
)
from tests.journeys.screen_till import ScreenTill
from tests.journeys.screen_views import every_view
from tests.journeys.screen_views_items import CARD_VIEWS
from tests.journeys.screen_views_stock import STOCK_VIEWS
from tests.ui.clipped_words import clipped_words
from ui.widgets.page_key import PageKey


def overlapping(words: list[Painted]) -> list[str]:
    """Name the pairs of texts that are painted over each other."""
    found = []
    for (first, one), (second, other) in itertools.combinations(enumerate(words), 2):
        if one == other:  # a field paints its chosen text once more, over itself
            continue
        shared = one.area.intersected(other.area)
        # Two runs of one text, of two fonts: their widths are measured singly.
        is_one_text = second == first + 1 and shared.height() == one.area.height()
        if shared.width() > (12 if is_one_text else 3) and shared.height() > 3:
            found.append(f"{one.text} / {other.text}")
    return found


def in_sight(till: ScreenTill, words: list[Painted]) -> list[Painted]:
    """Leave out what lies in the part of a list that is moved out of sight.

    What reads the painting knows no clipping; the entries themselves do.
    """
    moved = []
    parts = {
        part
        for area in till.window.findChildren(QScrollArea)
        if area.isVisible() and area.widget() is not None
        for part in (area.widget(), *area.widget().findChildren(QWidget))
    }
    entries = [(x, x.text()) for x in till.window.findChildren(PageKey)]
    entries += [(x, f"{x.accessibleName()} {x.accessibleDescription()}") for x in parts]
    for entry, text in entries:
        if entry.isVisible():
            corner = entry.mapTo(till.window, QPoint())
            whole = QRegion(entry.rect().translated(corner))
            hidden = whole.subtracted(entry.visibleRegion().translated(corner))
            moved.append((text, hidden))
    return [
        word
        for word in words
        if not any(
            word.text.rstrip("…") in text and hidden.contains(word.area.toRect())
            for text, hidden in moved
        )
    ]


def cut_off(till: ScreenTill, words: list[Painted]) -> list[str]:
    """Name the texts that reach out of the window."""
    width, height = till.window.width(), till.window.height()
    return [
        word.text
        for word in words
        if word.area.left() < 0
        or word.area.right() > width + 1
        or word.area.bottom() > height
    ]


@pytest.mark.parametrize(("language", "size", "theme", "percent"), dresses())
def test_every_word_can_be_read(open_till, language, size, theme, percent):
    dress = {"theme": theme, "size_percent": percent}
    till = open_till(size=size, settings=dress)
    own = shops_own_words(till)
    names = names_in_forms(till)
    on_card, units = names_on_card(till), unit_names()
    wrong = {}
    for view in every_view(till, language):
        till.settle()
        words = in_sight(till, painted(till.window))
        faults = [*clipped_words(till.window), *cut_off(till, words)]
        # Under a dialog's scrim the ticket is painted, too.
        top = till.window.open_dialog()
        faults += overlapping(painted(top) if top else words)
        said = [x.text.strip() for x in words]
        also = on_card if view.startswith(CARD_VIEWS) else frozenset[str]()
        counted = view.startswith((*STOCK_VIEWS, "price check"))
        also |= units if counted else frozenset[str]()
        faults += [
            x
            for x in said
            if not is_data(x, names | also) and foreign(x, language, (*also, *own))
        ]
        if faults:
            wrong[view] = faults
    assert not wrong
