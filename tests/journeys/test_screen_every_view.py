"""On every view: one language, no word cut, none over another, in every dress."""

from __future__ import annotations

import itertools

import pytest

from tests.journeys.painted_words import Painted, painted
from tests.journeys.screen_language import (
    foreign,
    names_in_forms,
    shops_own_words,
)
from tests.journeys.screen_till import ScreenTill
from tests.journeys.screen_views import every_view
from tests.ui.clipped_words import clipped_words

LANGUAGES = ("zh-CN", "zh-TW", "en")
SIZES = ((1024, 768), (1366, 768), (1920, 1080))
#: Each language in each size; light and dark, normal and large in turn.
DRESSES = [
    (language, size, theme, percent)
    for (language, size), (theme, percent) in zip(
        itertools.product(LANGUAGES, SIZES),
        itertools.cycle([("light", 100), ("dark", 125)]),
        strict=False,
    )
]


def overlapping(words: list[Painted]) -> list[str]:
    """Name the pairs of texts that are painted over each other."""
    found = []
    for (first, one), (second, other) in itertools.combinations(enumerate(words), 2):
        shared = one.area.intersected(other.area)
        # Two runs of one text, of two fonts: their widths are measured singly.
        is_one_text = second == first + 1 and shared.height() == one.area.height()
        if shared.width() > (12 if is_one_text else 3) and shared.height() > 3:
            found.append(f"{one.text} / {other.text}")
    return found


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


@pytest.mark.parametrize(("language", "size", "theme", "percent"), DRESSES)
def test_every_word_can_be_read(open_till, language, size, theme, percent):
    dress = {"theme": theme, "size_percent": percent}
    till = open_till(size=size, settings=dress)
    own = shops_own_words(till)
    names = names_in_forms(till)
    wrong = {}
    for view in every_view(till, language):
        till.settle()
        words = painted(till.window)
        faults = [*clipped_words(till.window), *cut_off(till, words)]
        # Under a dialog's scrim the ticket is painted, too.
        top = till.window.open_dialog()
        faults += overlapping(painted(top) if top else words)
        said = [x.text.strip() for x in words]
        faults += [x for x in said if x not in names and foreign(x, language, own)]
        if faults:
            wrong[view] = faults
    assert not wrong
