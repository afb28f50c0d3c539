"""What each kind of printer can do, and what a person found out about it."""

import json

import pytest

from hardware.printer.profile import adjusted, load_profile, profile_keys
from pos_app.errors import UserError
from tests import make_printer_models

FONTS = {"gb18030", "big5", "shift_jis", "euc_kr"}


def test_the_models_are_python_escpos_as_it_is_installed() -> None:
    # Otherwise: python -m tests.make_printer_models
    written = json.loads(make_printer_models.FILE.read_text("utf-8"))
    assert written == make_printer_models.models()


@pytest.mark.parametrize("key", profile_keys())
@pytest.mark.parametrize("paper", [58, 80])
def test_every_profile_makes_sense(key: str, paper: int) -> None:
    profile = load_profile(key, paper)
    assert profile.name
    assert profile.paper_mm in (58, 80)
    assert profile.width_dots % 8 == 0
    assert 360 <= profile.width_dots <= 576
    assert profile.columns * 12 <= profile.width_dots + 8
    assert set(profile.cjk) <= FONTS
    assert profile.cutter in ("full", "partial", "none")
    assert profile.answers or not profile.confirms
    assert 1 <= profile.slice_rows <= 255
    numbers = [number for _, number in profile.code_pages]
    assert len(set(numbers)) == len(numbers)
    assert all(0 <= number <= 255 for number in numbers)
    for codec, _ in profile.code_pages:
        for byte in range(0x80, 0x100):
            assert len(bytes([byte]).decode(codec, "replace")) == 1


def test_families_come_before_models() -> None:
    assert profile_keys()[:5] == ("china", "taiwan", "japan", "korea", "epson")
    assert "tm_t88v" in profile_keys()
    assert set(profile_keys("star")) < set(profile_keys())


def test_a_printer_of_one_width_keeps_it() -> None:
    assert load_profile("xprinter_xp58", 80).paper_mm == 58
    assert load_profile("epson_tm_t88", 80).columns == 42
    assert load_profile("epson_tm_t88", 58).width_dots == 360


def test_what_a_person_found_out_comes_before_the_family() -> None:
    family = load_profile("china", 80)
    assert adjusted(family, {}) == family
    options = {
        "font": "big5",
        "dots": 512,
        "columns": 42,
        "pages": "cp437 cp866",
        "codes": "drawn",
        "cutter": "none",
        "raster": "gs_l",
        "feedback": "status",
        "paper_mm": 80,
    }
    own = adjusted(family, options)
    assert own.cjk == ("big5",)
    assert (own.width_dots, own.columns) == (512, 42)
    assert own.code_pages == (("cp437", 0), ("cp866", 17))
    assert not own.has_qr
    assert not own.has_cutter
    assert own.raster == "gs_l"
    assert own.answers
    assert not own.confirms
    assert adjusted(family, {"font": "pictures"}).code_pages == ()


@pytest.mark.parametrize("option", ["font", "dots", "codes", "cutter", "raster"])
def test_an_option_without_sense_is_refused(option: str) -> None:
    with pytest.raises(UserError, match="device_setting_missing"):
        adjusted(load_profile("china", 80), {option: "nonsense"})
