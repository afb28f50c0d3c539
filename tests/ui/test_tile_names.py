"""Names on the quick keys: no word is broken, nothing is below the smallest letters."""

from __future__ import annotations

import pytest

from ui.theme.fonts import BOLD, free_font
from ui.theme.theme import Theme
from ui.widgets.tile_delegate import tile_lines

#: What a name has of a tile at 1024x768.
WIDTH = 75


@pytest.mark.parametrize("text_scale", [0.9, 1.0, 1.25, 1.5])
@pytest.mark.parametrize(
    ("name", "lines"),
    [("Hot latte", ("Hot latte", "Hot")), ("Americano", ("Americano",))],
)
def test_larger_letters_break_no_word(qapp, text_scale, name, lines) -> None:
    now = Theme(text_scale=text_scale).fitted(1024, 768)
    found, used = tile_lines(now, name, WIDTH)
    assert found[0] in lines
    assert " ".join(found) == name
    smallest = free_font(Theme().fitted(1024, 768), 13, BOLD).pixelSize()
    if text_scale >= 1:
        assert used.pixelSize() >= smallest


def test_the_usual_letters_are_as_they_were(qapp) -> None:
    now = Theme().fitted(1024, 768)
    long = "Extraordinarily long names of goods are cut"
    _found, used = tile_lines(now, long, WIDTH)
    assert used.pixelSize() == free_font(now, 13, BOLD).pixelSize()
