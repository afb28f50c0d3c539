"""Our ZPL as a renderer sees it that nobody of this project wrote (zpl-renderer-js)."""

from __future__ import annotations

import base64
import io
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from hardware.label_printer.media import Media
from hardware.label_printer.zpl import encode_zpl
from hardware.printer.label_drawing import draw_label
from hardware.printer.label_placing import DPI_203, DPI_300
from pos_app.documents.label import Box, Label, LabelCode, LabelText, Symbology
from pos_app.documents.label_forms import FORMS
from pos_app.documents.layout import Layout
from tests.builders_labels import GTIN, codes_in, label

pytestmark = pytest.mark.all
VERSION = "3.4.0"
SCRIPT = Path(__file__).with_name("zpl_to_png.mjs")


@pytest.fixture(scope="session")
def renderer() -> Path:
    """Return where the renderer is installed; fetched once, into the user's cache."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        pytest.skip("Node and npm are not installed")
    base = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))
    folder = base / "guitai-tests" / f"zpl-renderer-js-{VERSION}"
    if not (folder / "node_modules" / "zpl-renderer-js").is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "package.json").write_text("{}")
        wanted = [npm, "install", "--no-audit", "--no-fund"]
        try:
            subprocess.run(
                [*wanted, f"zpl-renderer-js@{VERSION}"],
                cwd=folder,
                check=True,
                capture_output=True,
                timeout=110,
            )
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
            pytest.skip("zpl-renderer-js cannot be fetched from here")
    return folder


def rendered(folder: Path, made: Label, language: str, media: Media) -> Image.Image:
    node = shutil.which("node")
    assert node
    dots = 8 if media.dpi10 == DPI_203 else 12
    job = {
        "zpl": encode_zpl(Layout((made,), language), media).decode("utf-8"),
        "width_mm": made.width_um / 1000,
        "height_mm": made.height_um / 1000,
        "dpmm": dots,
    }
    answer = subprocess.run(
        [node, str(SCRIPT)],
        cwd=folder,
        input=json.dumps([job]),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    png = base64.b64decode(json.loads(answer.stdout)[0])
    return Image.open(io.BytesIO(png)).convert("L")


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("dpi10", [DPI_203, DPI_300])
@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.key)
def test_the_barcode_of_every_form_is_read_back(renderer, form, dpi10, language):
    made = label(form, language)
    assert codes_in(rendered(renderer, made, language, Media(dpi10))) == [GTIN]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.key)
def test_what_is_drawn_is_printed_dot_for_dot(renderer, form):
    whole = label(form)
    made = Label(whole.width_um, whole.height_um, whole.texts)
    ours = draw_label(made, "zh-CN").convert("L")
    theirs = rendered(renderer, made, "zh-CN", Media(own_letters=False))
    theirs = theirs.point(lambda level: 255 if level > 127 else 0)
    assert theirs.size == ours.size
    assert ImageChops.difference(ours, theirs).getbbox() is None


@pytest.mark.parametrize(
    "text", ["¥1,234.50", "SKU 21_00^12~x", "Café Größe ½", "WWWWWWWWWWWWWWWWWWWWWWWW"]
)
def test_the_printers_own_letters_stay_in_their_box(renderer, text):
    box = Box(10_000, 8_000, 40_000, 10_000)
    part = LabelText(box, text, 8_000, 1_000, is_whole=True)
    made = Label(60_000, 26_000, (part,))
    drawn = rendered(renderer, made, "en", Media())
    ink = drawn.point(lambda level: 255 if level < 128 else 0).getbbox()
    assert ink
    assert ink[0] >= 80 - 2
    assert ink[1] >= 64 - 2
    assert ink[2] <= 400 + 2
    assert ink[3] <= 144 + 2


CODES = [
    (Symbology.EAN8, "96385074"),
    (Symbology.CODE128, "AB-12>34^56~7"),
    (Symbology.CODE128, "1234567X"),
    (Symbology.GS1_128, "(01)09521005001379(3103)000500"),
    (Symbology.GS1_128, "(01)09521005001379(10)L7(21)9"),
    (Symbology.QR, "https://x.cn/a?b=1^2~_3"),
    (Symbology.QR, "牛奶 ¥3"),
]


@pytest.mark.parametrize(("symbology", "data"), CODES)
def test_every_symbology_is_read_back_where_it_was_placed(renderer, symbology, data):
    code = LabelCode(Box(1_000, 1_000, 78_000, 28_000), symbology, data)
    made = Label(80_000, 30_000, (), (code,))
    theirs = rendered(renderer, made, "zh-CN", Media())
    assert codes_in(theirs) == [data]
    inks = [
        picture.convert("L").point(lambda level: 255 if level < 128 else 0).getbbox()
        for picture in (theirs, draw_label(made, "zh-CN"))
    ]
    assert inks[0]
    assert inks[1]
    for their, our in zip(inks[0], inks[1], strict=True):
        assert abs(their - our) <= 4  # the printer's own QR may stand a dot lower
