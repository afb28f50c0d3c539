"""What is drawn in dots can be read: by tesseract, which knows nothing of the till."""

import io
import re
import shutil
import subprocess
import unicodedata
from difflib import SequenceMatcher
from functools import cache

import pytest
from PIL import Image as Pictures

from hardware.printer.raster import PillowRasteriser
from pos_app.documents.layout import Columns, Layout, Size, Text

pytestmark = pytest.mark.all
LINES = {
    ("chi_sim", "zh-CN"): ["合计金额", "茉莉花茶 无糖", "谢谢惠顾 欢迎再来"],
    ("chi_tra", "zh-TW"): ["合計金額", "茉莉花茶 無糖", "謝謝惠顧 歡迎再來"],
    ("jpn", "ja"): ["合計金額", "緑茶とおにぎり", "ありがとうございました"],
    ("kor", "ko"): ["합계 금액", "녹차와 김밥", "감사합니다 또 오세요"],
    ("eng", "en"): ["Total amount 123.45", "Jasmine tea, unsweetened", "Thank you"],
}

#: Of the signs, in order. At 24 dots tesseract misreads 茉莉 now and then; text in a
#: wrong font, order or size has next to nothing in common with what was meant.
LEAST_ALIKE = 0.75


@cache
def known_languages() -> frozenset[str]:
    program = shutil.which("tesseract")
    if program is None:
        return frozenset()
    answer = subprocess.run(
        [program, "--list-langs"], capture_output=True, text=True, check=True
    )
    return frozenset(answer.stdout.split())


def read(png: bytes, language: str) -> str:
    """Return what tesseract reads, without white and width."""
    with Pictures.open(io.BytesIO(png)) as opened:
        page = opened.convert("L")
    larger = page.resize((page.width * 3, page.height * 3), Pictures.Resampling.LANCZOS)
    sent = io.BytesIO()
    larger.save(sent, "PNG", dpi=(600, 600))
    asked = ["tesseract", "stdin", "stdout", "-l", language, "--psm", "6"]
    answer = subprocess.run(
        asked, input=sent.getvalue(), capture_output=True, check=True, timeout=110
    )
    return folded(answer.stdout.decode("utf-8"))


def folded(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


@pytest.mark.parametrize("size", [Size.NORMAL, Size.LARGE])
@pytest.mark.parametrize(("tongue", "lines"), LINES.items(), ids=lambda x: str(x)[:20])
def test_drawn_lines_are_read(
    tongue: tuple[str, str], lines: list[str], size: Size
) -> None:
    ocr, language = tongue
    if ocr not in known_languages():
        pytest.skip(f"tesseract-ocr with {ocr} is not installed")
    layout = Layout(tuple(Text(line, size=size) for line in lines), language)
    seen = read(PillowRasteriser().png(layout, 576), ocr)
    wanted = folded("".join(lines))
    alike = SequenceMatcher(None, wanted, seen, autojunk=False).ratio()
    assert alike >= LEAST_ALIKE, f"{seen} instead of {wanted}"


def test_amounts_in_columns_are_read() -> None:
    if "eng" not in known_languages():
        pytest.skip("tesseract-ocr is not installed")
    rows = [("Coffee", "12.50"), ("Milk 2 x 3.75", "7.50"), ("Total", "20.00")]
    layout = Layout(tuple(Columns(row, (8,), bold=True) for row in rows), "en")
    seen = read(PillowRasteriser().png(layout, 384), "eng")
    for name, amount in rows:
        assert folded(name) + amount in seen
