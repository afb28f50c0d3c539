"""What a person's answers about the guided test page mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from hardware.printer.profile import load_profile
from hardware.printer.test_page import (
    BARCODE_NUMBER,
    LINES,
    PICTURES,
    QR_NUMBER,
    RULER,
)
from pos_app.i18n import N_
from pos_app.ports.devices import OptionValue
from pos_app.ports.printer_guide import GuideAnswers, GuideHeard, GuideResult

#: The family of each double-byte font, by printer language.
_FAMILIES = {
    "escpos": {
        "gb18030": "china",
        "big5": "taiwan",
        "shift_jis": "japan",
        "euc_kr": "korea",
        "": "epson",
        "pictures": "raster",
    },
    "star": {
        "gb18030": "star_china",
        "big5": "star_taiwan",
        "shift_jis": "star_japan",
        "euc_kr": "star_korea",
        "": "star",
        "pictures": "star_raster",
    },
}
_WIDE_DOTS = 460
_CODES = {
    (True, True): "native",
    (True, False): "native_qr",
    (False, True): "native_barcodes",
    (False, False): "drawn",
}
#: What is said of a font that was found.
_FONT_NOTES = {
    "gb18030": N_("It prints simplified Chinese in its own font."),
    "big5": N_("It prints traditional Chinese in its own font."),
    "shift_jis": N_("It prints Japanese in its own font."),
    "euc_kr": N_("It prints Korean in its own font."),
    "": N_("It has no Chinese font: such lines are sent as pictures."),
    "pictures": N_("It reads no letters: every line is sent as a picture."),
}


def profile_from_answers(
    language: str, answers: GuideAnswers, heard: GuideHeard
) -> GuideResult:
    """Return the driver and its options.

    Args:
        language: of the page that was printed, "escpos" or "star".
        answers: by the keys of `hardware.printer.test_page.questions`; what was not
            answered is taken for what most printers do.
        heard: what the printer itself said.
    """
    right = {int(number) for number in answers.get("lines", ())}
    font = _font(right)
    if font is None:
        return GuideResult("")
    key = _FAMILIES[language][font]
    if font == "pictures" and language == "escpos" and not heard.answers:
        key = "silent"
    dots = _number(answers.get("frame", ()), 0)
    columns = RULER.get(_one(answers.get("ruler", ())), 0)
    paper_mm = (
        80 if max(dots, columns * 12) > _WIDE_DOTS or not (dots or columns) else 58
    )
    family = load_profile(key, paper_mm)
    found: dict[str, OptionValue] = {
        "dots": dots or family.width_dots,
        "columns": columns or family.columns,
        "codes": _codes(answers),
        "cutter": _one(answers.get("cut", ())) or family.cutter,
        "feedback": _feedback(heard),
        "raster": _raster(language, right),
        "pages": _pages(right, {codec for codec, _ in family.code_pages}),
    }
    assumed: Mapping[str, OptionValue] = {
        "dots": family.width_dots,
        "columns": family.columns,
        "codes": _CODES[family.has_qr, family.has_barcodes],
        "cutter": family.cutter,
        "feedback": _said(answers=family.answers, confirms=family.confirms),
        "raster": family.raster,
        "pages": "",
    }
    options: dict[str, OptionValue] = {"profile": key, "paper_mm": family.paper_mm}
    options |= {name: x for name, x in found.items() if x != assumed[name]}
    return GuideResult(language, options, tuple(_notes(font, found)))


def _font(right: set[int]) -> str | None:
    """Return the font that the printer has; "" for Latin only; None for nothing."""
    fonts = [line.font for line in LINES if line.font and line.number in right]
    if fonts:
        return fonts[0]
    if LINES[0].number in right:
        return ""
    return "pictures" if right.intersection(PICTURES) else None


def _pages(right: set[int], known: set[str]) -> str:
    """Return the pages of single bytes that came out right; "" for the family's."""
    tried = [line for line in LINES if line.codec in known]
    fine = [line.codec for line in tried if line.number in right]
    if len(fine) == len(tried):
        return ""
    return " ".join(fine) if fine else "none"


def _raster(language: str, right: set[int]) -> str:
    at = 0 if language == "escpos" else 1
    ways = [ways[at] for number, ways in PICTURES.items() if number in right]
    return ways[0] if ways else PICTURES[min(PICTURES)][at]


def _codes(answers: GuideAnswers) -> str:
    seen = {int(number) for number in answers.get("codes", ())}
    return _CODES[QR_NUMBER in seen, BARCODE_NUMBER in seen]


def _feedback(heard: GuideHeard) -> str:
    return _said(answers=heard.answers, confirms=heard.confirms)


def _said(*, answers: bool, confirms: bool) -> str:
    if not answers:
        return "none"
    return "all" if confirms else "status"


def _one(values: tuple[str, ...]) -> str:
    return values[0] if values else ""


def _number(values: tuple[str, ...], default: int) -> int:
    one = _one(values)
    return int(one) if one.isdecimal() else default


def _notes(font: str, found: Mapping[str, OptionValue]) -> Iterable[str]:
    yield _FONT_NOTES[font]
    if found["codes"] == "drawn":
        yield N_("Codes are sent as pictures.")
    if found["cutter"] == "none":
        yield N_("It does not cut: slips are torn off.")
    if found["feedback"] == "all":
        yield N_("It says when a slip is printed.")
    elif found["feedback"] == "status":
        yield N_("It says how it is, but not when a slip is printed.")
    else:
        yield N_("It says nothing: the till can only tell that a slip was sent.")
