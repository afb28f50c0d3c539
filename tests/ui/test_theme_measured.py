"""A screen measured with a bank card: keys one can hit, words one can read."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize

from ui.theme.host import ThemeHost
from ui.theme.theme import Theme, legible_px
from ui.theme.tokens import fitting, key_um, profile


def test_the_pictures_own_screen_keeps_its_sizes():
    chosen, scale = fitting(1366, 768, 253)
    assert (chosen.name, scale) == ("standard", 1.0)
    assert legible_px(253) == 18
    assert Theme(um_per_px=253).fitted(1366, 768).text_px("name") == 18


def test_a_small_sharp_screen_takes_larger_keys():
    assert fitting(1920, 1080)[0].name == "wide"
    chosen, scale = fitting(1920, 1080, 180)  # 15.6 inches
    assert (chosen.name, scale) == ("standard", 1.406)
    assert key_um(chosen, scale, 180) >= 19_400


def test_a_large_screen_keeps_the_room_it_has():
    assert fitting(1920, 1080, 248)[0].name == "wide"  # 21.5 inches


def test_where_no_profile_reaches_20_mm_the_largest_keys_are_taken():
    chosen, scale = fitting(1366, 768, 170)  # 10.5 inches
    wide = key_um(chosen, scale, 170)
    assert all(
        wide >= key_um(profile(name), fitting(1366, 768)[1], 170)
        for name in ("compact", "standard")
    )


@pytest.mark.parametrize("um", [61, 120, 180, 253, 400, 599])
def test_words_grow_but_never_beyond_their_keys(um):
    now = Theme(um_per_px=um).fitted(1366, 768)
    assert 1.0 <= now.legible_scale <= 1.25
    large = Theme(um_per_px=um, text_scale=1.5).fitted(1366, 768)
    assert large.legible_scale == 1.5


def test_a_measure_that_no_screen_has_counts_as_none():
    host = ThemeHost()
    host.fit(QSize(1366, 768))
    host.use_look("light", 100, 5)
    assert host.theme.um_per_px == 0
    host.use_look("light", 100, 180)
    assert host.theme.um_per_px == 180
    assert host.theme.scale == fitting(1366, 768, 180)[1]
