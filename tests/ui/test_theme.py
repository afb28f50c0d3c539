"""The theme: profiles, contrast, icons, fonts, and a change without a restart."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLineEdit

from ui.theme.fonts import font
from ui.theme.host import theme_host
from ui.theme.icons import icon_pixmap
from ui.theme.theme import Theme
from ui.theme.tokens import colours, fitting


@pytest.fixture
def host(qapp: QApplication):
    found = theme_host()
    before = found.theme
    found.dress(qapp)
    yield found
    found.use(before)


@pytest.mark.parametrize(
    ("width", "height", "profile", "scale"),
    [
        pytest.param(1024, 768, "compact", 1.0, id="small square screen"),
        pytest.param(1366, 768, "standard", 1.0, id="the usual till"),
        pytest.param(1600, 900, "wide", 1.0, id="wide"),
        pytest.param(1920, 1080, "wide", 1.2, id="full HD is wide at 1.2"),
    ],
)
def test_window_size_chooses_the_profile(width, height, profile, scale):
    chosen, found = fitting(width, height)
    assert (chosen.name, found) == (profile, scale)


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        ("ink", "surface"), ("ink2", "surface"), ("ink3", "surface"), ("ink", "bg"),
        ("onprimary", "primary"), ("primaryink", "primarysoft"), ("save", "surface"),
        ("displayink", "display"), ("displaydim", "display"), ("mint", "display"),
        ("displayamber", "display"), ("warnink", "warnfill"), ("danger", "dangersoft"),
        ("onnotice", "notice"), ("ink2", "disabledbg"), ("danger", "key"),
    ],
)  # fmt: skip
def test_words_reach_the_contrast_of_wcag_aa(name, ink, ground):
    palette = colours(name)
    assert contrast(getattr(palette, ink), getattr(palette, ground)) >= 4.5


def contrast(one: str, other: str) -> float:
    """WCAG 2.2 contrast ratio of two colours."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(code: str) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue, _ = QColor(code).getRgbF()
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)


def test_every_icon_that_ships_can_be_drawn_in_a_colour(qapp, repository: Path):
    names = [file.stem for file in (repository / "resources/icons").glob("*.svg")]
    assert len(names) > 100
    for name in names:
        image = icon_pixmap(name, "#B3123B", 24, 2.0).toImage()
        shades = {image.pixelColor(x, y).name() for x in range(48) for y in range(48)
                  if image.pixelColor(x, y).alpha() == 255}  # fmt: skip
        assert "#b3123b" in shades, name


def test_icons_and_fonts_ship_with_their_licences(repository: Path):
    assert (repository / "resources/icons/LICENSE-phosphor-MIT.txt").is_file()
    assert (repository / "resources/fonts/LICENSE-inter-OFL.txt").is_file()


def test_theme_changes_without_a_restart(host, qtbot):
    field = QLineEdit()
    qtbot.addWidget(field)
    host.use(Theme(name="light"))
    light = field.palette().color(field.foregroundRole())
    with qtbot.waitSignal(host.changed):
        host.use_colours("dark")
    field.ensurePolished()
    assert field.palette().color(field.foregroundRole()) != light


def test_same_theme_twice_says_nothing(host, qtbot):
    host.use(Theme(name="dark"))
    with qtbot.assertNotEmitted(host.changed):
        host.use(Theme(name="dark"))


def test_text_scale_changes_text_and_leaves_targets(host):
    large = Theme(text_scale=1.25)
    assert large.text_px("body") == 21
    assert large.px(48) == 48
    assert font(large, "body").pixelSize() == 21


def test_figures_are_tabular(host):
    from ui.theme.fonts import metrics

    used = font(Theme(), "num")
    widths = {metrics(used).horizontalAdvance(digit) for digit in "0123456789"}
    assert len(widths) == 1


def test_traditional_chinese_asks_for_its_own_glyphs_first(host):
    from ui.theme.fonts import families

    traditional = [
        name for name in families("zh-TW") if name.startswith("Noto Sans CJK")
    ]
    if not traditional:
        pytest.skip("no Noto CJK on this machine")
    assert traditional[0] == "Noto Sans CJK TC"
