"""The picture of a slip, read back by somebody else's reader."""

import io

import pytest
import zxingcpp
from PIL import Image as Pictures

from hardware.printer.fonts import cjk_face
from hardware.printer.raster import PillowRasteriser, draw_block
from pos_app.documents.layout import (
    Barcode,
    Block,
    Columns,
    Image,
    Layout,
    QrCode,
    Rule,
    RuleStyle,
    Size,
    Text,
)
from pos_app.documents.receipt import receipt
from pos_app.errors import DeviceError
from tests import builders_slip as make


def opened(layout: Layout, width: int) -> Pictures.Image:
    return Pictures.open(io.BytesIO(PillowRasteriser().png(layout, width)))


def drawn(block: Block, width: int, language: str) -> Pictures.Image:
    strip = draw_block(block, width, language)
    assert strip is not None
    return strip


def ink(picture: Pictures.Image) -> int:
    return picture.convert("L").histogram()[0]


@pytest.mark.parametrize("width", [384, 576])
@pytest.mark.parametrize("language", ["zh-CN", "zh-TW", "en"])
def test_the_codes_of_a_slip_can_be_read(language: str, width: int) -> None:
    layout = receipt(
        make.sale(language=language),
        make.shop(language),
        make.words(language),
        copy_number=1,
        tender_names=make.TENDER_NAMES[language],
        local_time=make.LOCAL_TIME,
    )
    picture = opened(layout, width)
    assert picture.mode == "1"
    assert picture.width == width
    found = {code.text for code in zxingcpp.read_barcodes(picture)}
    assert found == {f"urn:uuid:{make.SALE_ID}", "02-1-000162"}


def test_an_ean13_can_be_read() -> None:
    picture = opened(Layout((Barcode("ean13", "9521234567899"),)), 384)
    (code,) = zxingcpp.read_barcodes(picture)
    assert code.text == "9521234567899"


def test_a_long_qr_code_shrinks_to_the_paper() -> None:
    data = "https://example.org/" + "x" * 300
    (code,) = zxingcpp.read_barcodes(opened(Layout((QrCode(data, 10),)), 384))
    assert code.text == data


def test_a_qr_code_beyond_all_sizes_says_so() -> None:
    with pytest.raises(DeviceError, match="qr_too_long"):
        opened(Layout((QrCode("x" * 8000),)), 576)


def test_simplified_and_traditional_have_their_own_shapes() -> None:
    # 骨 and 直 are written differently on the two sides of the strait.
    simplified = drawn(Text("骨直返"), 384, "zh-CN")
    traditional = drawn(Text("骨直返"), 384, "zh-TW")
    assert simplified.tobytes() != traditional.tobytes()
    assert cjk_face("zh-CN", bold=False) != cjk_face("zh-TW", bold=False)


@pytest.mark.parametrize(
    "text", ["مرحبا", "עברית", "😀", "e\u0301", "\u0301", "龘", "x" * 200, ""]
)
def test_any_text_is_drawn(text: str) -> None:
    strip = drawn(Columns((text, "8.80"), (6,)), 384, "zh-CN")
    assert strip.width == 384
    assert ink(strip) > 0


def test_bold_and_large_have_more_ink() -> None:
    plain, bold, large = (
        ink(drawn(Text("合计", size=size, bold=heavy), 384, "zh-CN"))
        for size, heavy in (
            (Size.NORMAL, False),
            (Size.NORMAL, True),
            (Size.LARGE, True),
        )
    )
    assert plain < bold < large


def test_rules_have_their_styles() -> None:
    dashed, solid, double = (ink(drawn(Rule(s), 384, "en")) for s in RuleStyle)
    assert dashed < solid < double


def test_a_logo_is_dithered_and_never_wider_than_the_paper() -> None:
    png = io.BytesIO()
    Pictures.new("RGB", (1000, 200), (128, 128, 128)).save(png, "PNG")
    strip = drawn(Image(png.getvalue()), 384, "en")
    share = ink(strip) / (384 * 77)
    assert strip.width == 384
    assert 0.65 < share < 0.75  # the light of 128 on paper
