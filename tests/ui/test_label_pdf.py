"""Sheets of labels for any office printer: to scale, and read back by a camera."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import pytest
from PIL import Image

from hardware.printer.raster import PillowRasteriser
from pos_app.documents.label import Label
from pos_app.documents.label_forms import ITEM_40, SHELF_70
from pos_app.errors import UserError
from tests.builders_labels import GTIN, codes_in, label
from ui.label_pdf import write_label_pdf

pytestmark = pytest.mark.usefixtures("qapp")


def draw(made: Label) -> bytes:
    return PillowRasteriser().label_png(made, "zh-CN", 300)


def with_copies(made: Label, copies: int) -> Label:
    return Label(made.width_um, made.height_um, made.texts, made.codes, (), copies)


def pages(file: Path, tmp_path: Path) -> list[Image.Image]:
    """Return the pages at 150 dpi, through poppler."""
    tool = shutil.which("pdftoppm")
    if tool is None:
        pytest.skip("pdftoppm is not installed (poppler-utils)")
    wanted = [tool, "-r", "150", "-gray", "-png", str(file), str(tmp_path / "page")]
    subprocess.run(wanted, check=True, timeout=60)
    return [
        Image.open(io.BytesIO(picture.read_bytes()))
        for picture in sorted(tmp_path.glob("page-*.png"))
    ]


def test_labels_lie_in_rows_as_often_as_they_are_wanted(tmp_path: Path):
    file = tmp_path / "labels.pdf"
    made = [with_copies(label(SHELF_70), 3), with_copies(label(ITEM_40), 2)]
    assert write_label_pdf(made, draw, file) == 1
    (page,) = pages(file, tmp_path)
    assert abs(page.width - 1240) <= 1  # A4 at 150 dpi
    assert codes_in(page).count(GTIN) == 5


def test_what_does_not_fit_one_sheet_goes_on_the_next(tmp_path: Path):
    file = tmp_path / "labels.pdf"
    # Two in a row of 194 mm, seven rows of 40 mm on 281 mm.
    assert write_label_pdf([with_copies(label(SHELF_70), 15)], draw, file) == 2
    first, second = pages(file, tmp_path)
    assert (len(codes_in(first)), len(codes_in(second))) == (14, 1)


def test_a_folder_that_refuses_is_said(tmp_path: Path):
    with pytest.raises(UserError, match="report_unwritable"):
        write_label_pdf([], draw, tmp_path / "gone" / "labels.pdf")
