"""Where everything on a label stands, in the dots of one printer.

The picture, ZPL and TSPL read the same places, so that a preview is what is printed.
"""

from __future__ import annotations

from dataclasses import dataclass

from hardware.printer.codes import QR_QUIET
from hardware.printer.label_symbols import bars_of, squares_of
from hardware.printer.typesetting import LineStyle, text_width
from pos_app.documents.label import Box, Label, LabelCode, LabelText, Side, Symbology
from pos_app.documents.label_fitting import FittedText, Room, fit_text, pitch_of
from pos_app.errors import DeviceError

#: Dots of the usual print heads, in tenths of a dot per inch.
DPI_203, DPI_300, DPI_600 = 2032, 3000, 6000
_UM_PER_INCH = 25_400
#: The widest module: EAN at 120 %, so that a long label is not all barcode.
_WIDEST_MODULE_UM = 400
#: Glyphs of what people read below the bars, and the gap above them.
_CAPTION_UM, _CAPTION_GAP_UM = 2_300, 300
#: Light modules around square codes (ISO/IEC 16022: one around a Data Matrix).
_QUIET_SQUARES = {Symbology.QR: QR_QUIET, Symbology.GS1_DATA_MATRIX: 1}
#: Lower bars are hard to hit with a hand scanner.
_LEAST_BARS_UM = 3_000


@dataclass(frozen=True, slots=True)
class DotBox:
    """A place in dots."""

    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class PlacedText:
    """A text, fitted.

    Attributes:
        box: where. text: what it was. fitted: its rows. style: how it is set.
    """

    box: DotBox
    text: LabelText
    fitted: FittedText
    style: LineStyle

    @property
    def rows(self) -> tuple[tuple[int, int, str], ...]:
        """Left edge, middle and text of each row; dots from the box's corner."""
        pitch, found = self.fitted.pitch, []
        used = pitch * len(self.fitted.rows)
        top = max(0, (self.box.height - used) // 2) if self.text.lines == 1 else 0
        for index, row in enumerate(self.fitted.rows):
            free = max(0, self.box.width - text_width(row, self.style))
            left = {Side.LEFT: 0, Side.CENTRE: free // 2, Side.RIGHT: free}
            found.append((left[self.text.side], top + pitch * index + pitch // 2, row))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class PlacedBars:
    """A barcode.

    Attributes:
        box: of the bars alone, without quiet zones.
        module: width of one module. modules: "1" for a bar.
        code: what it was.
    """

    box: DotBox
    module: int
    modules: str
    code: LabelCode


@dataclass(frozen=True, slots=True)
class PlacedSquares:
    """A square code; as `PlacedBars`, its quiet zone lies around the box."""

    box: DotBox
    module: int
    rows: tuple[tuple[bool, ...], ...]
    code: LabelCode


@dataclass(frozen=True, slots=True)
class PlacedLabel:
    """A label in dots; the captions of its codes are texts."""

    width: int
    height: int
    texts: tuple[PlacedText, ...]
    bars: tuple[PlacedBars, ...]
    squares: tuple[PlacedSquares, ...]
    rules: tuple[DotBox, ...]


def dots(um: int, dpi10: int) -> int:
    """Return micrometres in whole dots, rounded down."""
    return um * dpi10 // (10 * _UM_PER_INCH)


def place_label(label: Label, language: str, dpi10: int) -> PlacedLabel:
    """Place everything; what no code can hold stands there as text.

    Args:
        label: in micrometres.
        language: decides the glyphs.
        dpi10: of the print head, tenths of a dot per inch.

    Raises:
        DeviceError: "no_cjk_font".
    """
    texts = [_text(text, language, dpi10) for text in label.texts]
    bars: list[PlacedBars] = []
    squares: list[PlacedSquares] = []
    for code in label.codes:
        found = _code(code, dpi10)
        if found is None:
            texts.append(_text(_instead(code), language, dpi10))
        elif isinstance(found, PlacedSquares):
            squares.append(found)
        else:
            bars.append(found)
            if code.caption:
                texts.append(_caption(found, language, dpi10))
    return PlacedLabel(
        dots(label.width_um, dpi10),
        dots(label.height_um, dpi10),
        tuple(texts),
        tuple(bars),
        tuple(squares),
        tuple(_at_least_a_dot(_in_dots(x.box, dpi10)) for x in label.rules),
    )


def _in_dots(box: Box, dpi10: int) -> DotBox:
    left, top = dots(box.left_um, dpi10), dots(box.top_um, dpi10)
    right = dots(box.left_um + box.width_um, dpi10)
    foot = dots(box.top_um + box.height_um, dpi10)
    return DotBox(left, top, right - left, foot - top)


def _at_least_a_dot(box: DotBox) -> DotBox:
    return DotBox(box.left, box.top, max(1, box.width), max(1, box.height))


def _text(text: LabelText, language: str, dpi10: int) -> PlacedText:
    return _fitted(text, _in_dots(text.box, dpi10), language, dpi10)


def _fitted(text: LabelText, box: DotBox, language: str, dpi10: int) -> PlacedText:
    def measure(part: str, size: int) -> int:
        return text_width(part, LineStyle(language, size, bold=text.bold))

    sizes = (max(1, dots(um, dpi10)) for um in (text.size_um, text.least_um))
    fitted = fit_text(text, Room(box.width, box.height, *sizes), measure)
    return PlacedText(
        box, text, fitted, LineStyle(language, fitted.size, bold=text.bold)
    )


def _code(code: LabelCode, dpi10: int) -> PlacedBars | PlacedSquares | None:
    try:
        if code.symbology in _QUIET_SQUARES:
            return _squares(code, dpi10)
        return _bars(code, dpi10)
    except DeviceError:
        return None


def _bars(code: LabelCode, dpi10: int) -> PlacedBars | None:
    box, bars = _in_dots(code.box, dpi10), bars_of(code.symbology, code.data)
    widest = max(1, dots(_WIDEST_MODULE_UM, dpi10))
    module = min(widest, box.width // bars.width)
    caption = _caption_height(dpi10) if code.caption else 0
    height = box.height - caption
    if not module or height < dots(_LEAST_BARS_UM, dpi10):
        return None
    spare = (box.width - module * bars.width) // 2
    left = box.left + spare + module * bars.before
    place = DotBox(left, box.top, module * len(bars.modules), height)
    return PlacedBars(place, module, bars.modules, code)


def _caption_height(dpi10: int) -> int:
    return pitch_of(dots(_CAPTION_UM, dpi10)) + dots(_CAPTION_GAP_UM, dpi10)


def _caption(bars: PlacedBars, language: str, dpi10: int) -> PlacedText:
    whole, code = _in_dots(bars.code.box, dpi10), bars.code
    height = pitch_of(dots(_CAPTION_UM, dpi10))
    top = whole.top + whole.height - height
    text = LabelText(
        code.box, code.caption, _CAPTION_UM, 1_500, side=Side.CENTRE, is_whole=True
    )
    place = DotBox(whole.left, top, whole.width, height)
    return _fitted(text, place, language, dpi10)


def _squares(code: LabelCode, dpi10: int) -> PlacedSquares | None:
    box, rows = _in_dots(code.box, dpi10), squares_of(code.symbology, code.data)
    quiet = _QUIET_SQUARES[code.symbology]
    module = min(box.width, box.height) // (len(rows) + 2 * quiet)
    module = min(module, 10)  # the largest that ZPL and TSPL know
    if not module:
        return None
    side = module * len(rows)
    left = box.left + (box.width - side) // 2
    top = box.top + (box.height - side) // 2
    return PlacedSquares(DotBox(left, top, side, side), module, rows, code)


def _instead(code: LabelCode) -> LabelText:
    """Return what people can type where no scanner will read."""
    return LabelText(
        code.box, code.caption or code.data, 3_000, 1_800, lines=3, side=Side.CENTRE
    )
