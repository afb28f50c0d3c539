"""The set-up sheet is drawn, read back, and teaches the till its scanner."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import Image

from hardware.printer.raster import PillowRasteriser
from hardware.scanner.picture import LARGEST_BYTES, read_picture
from hardware.scanner.sheet import makers, save_sheet, sheet_pictures
from pos_app.documents.scanner_sheet import SHEET_CODES, scanner_sheet, sheet_code_in
from pos_app.domain.scanner_learning import RawScan, classify_scans
from pos_app.errors import UserError
from pos_app.i18n import Words
from pos_app.resources import resource_path
from pos_app.values.gs1.check_digit import has_valid_check_digit


def drawn(dots: int) -> bytes:
    layout = scanner_sheet(Words("en"), sheet_pictures(), makers())
    return PillowRasteriser().png(layout, dots)


@pytest.mark.parametrize("dots", [576, 384])
def test_every_code_of_the_sheet_is_read_back_as_a_scanner_sends_it(
    dots: int, tmp_path: Path
) -> None:
    file = tmp_path / "sheet.png"
    save_sheet(drawn(dots), file)
    read = [one.code[3:] for one in read_picture(file)]
    for one in SHEET_CODES:
        assert one.data in read, (one.name, read)


def test_the_sheet_is_written_as_a_pdf_of_one_page(tmp_path: Path) -> None:
    file = tmp_path / "sheet.pdf"
    save_sheet(drawn(576), file)
    assert file.read_bytes().startswith(b"%PDF")
    assert (
        file.read_bytes().count(b"/Type /Page\n")
        + file.read_bytes().count(b"/Type /Page ")
        >= 1
    )


def test_retail_codes_of_the_sheet_have_right_check_digits() -> None:
    for one in SHEET_CODES:
        if one.symbology.startswith("ean"):
            assert has_valid_check_digit(one.data)


def test_three_codes_of_the_sheet_tell_how_a_scanner_sends() -> None:
    sent = [f"99{one.data}#\r" for one in SHEET_CODES]
    samples = [RawScan(text, 5, sheet_code_in(text)) for text in sent]
    found = classify_scans(samples)
    assert (found.prefix, found.suffix, found.terminator) == ("99", "#", "cr")
    assert found.sends_gs is True


def test_what_makers_call_things_names_its_source_and_no_bars() -> None:
    stored = json.loads(resource_path("scanner_setup.json").read_text("utf-8"))
    assert {x["name"] for x in stored["makers"]} >= {"Honeywell", "Datalogic"}
    assert all(x["source"] for x in stored["makers"])
    assert len(makers()) == len(stored["makers"])


def test_a_picture_that_is_none_or_too_large_is_refused_in_words(
    tmp_path: Path,
) -> None:
    rubbish = tmp_path / "a.png"
    rubbish.write_bytes(b"\x89PNG\r\n\x1a\n" + b"x" * 100)
    with pytest.raises(UserError, match="code_picture_unreadable"):
        read_picture(rubbish)
    with pytest.raises(UserError, match="code_picture_unreadable"):
        read_picture(tmp_path / "missing.png")
    with rubbish.open("wb") as large:
        large.truncate(LARGEST_BYTES + 1)
    with pytest.raises(UserError, match="code_picture_too_large"):
        read_picture(rubbish)


def test_a_picture_without_a_code_has_none_and_a_huge_one_is_bounded(
    tmp_path: Path,
) -> None:
    plain = tmp_path / "plain.png"
    Image.new("L", (4000, 4000), 255).save(plain)
    assert read_picture(plain) == ()
    bomb = tmp_path / "bomb.png"
    Image.new("1", (9000, 9000)).save(bomb)
    with pytest.raises(UserError, match="code_picture_too_large"):
        read_picture(bomb)


def test_a_code_photographed_small_turned_and_grey_is_read(tmp_path: Path) -> None:
    file = tmp_path / "sheet.png"
    save_sheet(drawn(576), file)
    with Image.open(file) as sheet:
        turned = sheet.convert("L").rotate(7, expand=True, fillcolor=255)
        turned.point(lambda x: 60 + x * 120 // 255).save(tmp_path / "photo.jpg")
    codes = [one.code for one in read_picture(tmp_path / "photo.jpg")]
    assert "]E09506000134352" in codes
