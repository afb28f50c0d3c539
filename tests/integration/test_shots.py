"""`guitai shots` pictures every screen, each in the size that was asked for."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
from PIL import Image

from pos_app.cli import main
from pos_app.cli.shot_index import write_index

SCREENS = {
    "sign_on",
    "sale_empty",
    "sale",
    "sale_unknown",
    "sale_undo",
    "search",
    "price_check",
    "payment",
    "payment_cash",
    "payment_code",
    "payment_split",
    "done",
    "keys",
    "locked",
    "start_problem",
    *(f"dialog_{x}" for x in ("weight", "note", "quantity", "void", "clock")),
    *(f"dialog_{x}" for x in ("correct_tender", "unknown_print")),
    *(
        f"settings_{x}"
        for x in ("shop", "devices", "customer", "language", "look", "sale", "rules")
    ),
    "settings_about",
    *(f"customer_{x}" for x in ("idle", "basket", "code", "payment", "done")),
}
NAME = re.compile(r"^(\d{2,3})_([a-z_]+)_1024x768_dark_zh-TW\.png$")


@pytest.fixture(scope="module")
def shots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shots")
    look = ["--sizes", "1024x768", "--themes", "dark", "--languages", "zh-TW"]
    assert main(["shots", "--out", str(folder), *look]) == 0
    return folder


def test_every_screen_and_dialog_has_its_picture(shots):
    found = [NAME.match(picture.name) for picture in sorted(shots.glob("*.png"))]
    assert all(found)
    assert {match[2] for match in found if match} >= SCREENS
    numbers = sorted(int(match[1]) for match in found if match)
    assert numbers == list(range(1, len(numbers) + 1))


def test_the_pictures_are_dark_different_and_as_large_as_asked(shots):
    pictures = sorted(shots.glob("*.png"))
    assert len({hashlib.sha256(p.read_bytes()).digest() for p in pictures}) == len(
        pictures
    )
    for picture in pictures:
        with Image.open(picture) as image:
            # The customer's screen is another one.
            is_customers = picture.name.split("_")[1] == "customer"
            assert image.size == ((1024, 600) if is_customers else (1024, 768))
            lightness = image.convert("L").resize((1, 1)).getpixel((0, 0))
            assert lightness < 110, picture.name


def test_the_index_shows_every_picture_once(shots):
    page = (shots / "index.html").read_text("utf-8")
    shown = re.findall(r'<img loading=lazy src="([^"]+)"', page)
    assert sorted(shown) == sorted(p.name for p in shots.glob("*.png"))


def test_the_index_groups_the_looks_of_a_screen(tmp_path):
    names = ["02_b_1x1_light_en.png", "01_a_1x1_dark_en.png", "01_a_1x1_light_en.png"]
    page = write_index(tmp_path, names).read_text("utf-8")
    assert re.findall(r"<h2>(\w+)</h2>", page) == ["01_a", "02_b"]


@pytest.mark.parametrize(
    ("option", "word"),
    [("--themes", "pink"), ("--languages", "fr"), ("--sizes", "large")],
)
def test_a_look_that_is_none_is_refused(tmp_path, capsys, option, word):
    assert main(["shots", "--out", str(tmp_path / "out"), option, word]) == 2
    assert word in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
