"""Pictures of the manual: small, alike at each run, and only those that are named."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageDraw

from pos_app.cli.manual_pictures import (
    WIDTH_PX,
    drop_others,
    keep_picture,
    scenes_named,
    small_png,
)
from pos_app.i18n import LANGUAGES


@pytest.fixture
def screen() -> bytes:
    """Return a picture of a screen with more colours than a palette holds."""
    image = Image.new("RGB", (1366, 768), "#EDF1F2")
    draw = ImageDraw.Draw(image)
    for row in range(300):
        shade = row * 255 // 300
        draw.line((0, row, 600, row), fill=(shade, 107, 255 - shade))
    draw.rectangle((700, 200, 1100, 500), fill="#006B5E")
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def opened(picture: bytes) -> Image.Image:
    return Image.open(io.BytesIO(picture))


def test_a_screen_becomes_as_wide_as_a_page_with_few_colours(screen: bytes):
    made = opened(small_png(screen))
    assert made.size == (WIDTH_PX, 506)
    assert made.mode == "P"
    assert len(made.getcolors() or ()) <= 64


def test_the_same_screen_gives_the_same_bytes(screen: bytes):
    assert small_png(screen) == small_png(screen)


def test_a_dialog_is_shown_alone_and_in_its_own_size(screen: bytes):
    made = opened(small_png(screen, (700, 200, 1101, 501))).convert("RGB")
    assert made.size == (401, 301)
    assert made.getpixel((0, 0)) == (0, 107, 94)


def test_an_unchanged_screen_leaves_its_file_alone(tmp_path, screen: bytes):
    assert keep_picture(tmp_path, "sale", screen)
    before = (tmp_path / "sale.png").stat().st_mtime_ns
    assert not keep_picture(tmp_path, "sale", screen)
    assert (tmp_path / "sale.png").stat().st_mtime_ns == before


def test_what_no_page_names_any_more_is_dropped(tmp_path, screen: bytes):
    for scene in ("sale", "gone"):
        keep_picture(tmp_path, scene, screen)
    assert list(drop_others(tmp_path, frozenset({"sale"}))) == ["gone"]
    assert [file.stem for file in tmp_path.iterdir()] == ["sale"]


def test_all_languages_name_the_same_scenes():
    named = scenes_named()
    assert named
    assert all(scenes_named(language) == named for language in LANGUAGES)
