"""What the set-up sheet needs from outside: makers' words, and a drawn DataMatrix."""

from __future__ import annotations

import json
from functools import cache
from io import BytesIO
from pathlib import Path

from pos_app.documents.scanner_sheet import (
    DATA_MATRIX,
    DATA_MATRIX_TEXT,
    MakerWords,
)
from pos_app.resources import resource_path

#: Dots of one module at 203 dpi: 0.75 mm, which every imager reads.
_MODULE_DOTS = 6


@cache
def makers() -> tuple[MakerWords, ...]:
    """Return what makers call the settings that a till wants."""
    found = json.loads(resource_path("scanner_setup.json").read_text("utf-8"))
    return tuple(
        MakerWords(
            one["name"],
            one["look_for"]["usb_com"],
            one["look_for"]["suffix_cr"],
            one["look_for"]["aim_id"],
        )
        for one in found["makers"]
    )


@cache
def sheet_pictures() -> dict[str, bytes]:
    """Return the pictures of the sheet, PNG; drawn by zxing-cpp."""
    # Late: both are large, and most days nobody sets a scanner up.
    import zxingcpp
    from PIL import Image

    kind = zxingcpp.BarcodeFormat.DataMatrix
    code = zxingcpp.create_barcode(
        DATA_MATRIX_TEXT, kind, gs1=True, options="forcesquare"
    )
    picture = Image.fromarray(code.to_image(scale=_MODULE_DOTS))
    file = BytesIO()
    picture.save(file, "PNG")
    return {DATA_MATRIX: file.getvalue()}


def save_sheet(png: bytes, file: Path) -> None:
    """Write the drawn sheet as a picture, or as a PDF of one page by its name.

    Raises:
        OSError: when the disk refuses.
    """
    if file.suffix.lower() != ".pdf":
        file.write_bytes(png)
        return
    from PIL import Image

    with Image.open(BytesIO(png)) as picture:
        picture.convert("L").save(file, "PDF", resolution=203.0)
