"""One line of text in dots: which font draws what, how wide it is."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image as Pictures
from PIL import ImageDraw

from hardware.printer.fonts import (
    Face,
    can_draw,
    cjk_face,
    face_with,
    font,
    other_faces,
)
from hardware.printer.writing_order import stretches
from pos_app.documents.wrapping import clusters

#: Widths of letters are whole 64ths of a dot (FreeType's 26.6 numbers), and kept so.
_PARTS = 64


@dataclass(frozen=True, slots=True)
class LineStyle:
    """How a line is set.

    Attributes:
        language: decides the regional glyphs.
        glyph_dots: height of a CJK glyph.
        bold: whether the strokes are heavy.
    """

    language: str
    glyph_dots: int
    bold: bool


def text_width(text: str, style: LineStyle) -> int:
    """Return the width of a text in dots, rounded up."""
    parts = sum(_run_parts(run, face, style) for run, face in _runs(text, style))
    return -(-parts // _PARTS)


def draw_text(
    grey: Pictures.Image, at: tuple[int, int], text: str, style: LineStyle
) -> None:
    """Draw `text` from the left edge `at[0]`, vertically centred on `at[1]`."""
    pen = ImageDraw.Draw(grey)
    left = at[0] * _PARTS
    foot = baseline(at[1], style)
    for run, face in _runs(text, style):
        drawn = font(face, style.glyph_dots)
        dot = (left + _PARTS // 2) // _PARTS
        pen.text((dot, foot), run, font=drawn, fill=0, anchor="ls")
        left += _run_parts(run, face, style)


def baseline(middle: int, style: LineStyle) -> int:
    """Return where letters stand in a line that is centred on `middle`.

    The CJK face has more air above than below; this centres the ideographs.
    """
    return middle + (style.glyph_dots * 88 + 50) // 100 - style.glyph_dots // 2


def _main(style: LineStyle) -> Face:
    return cjk_face(style.language, bold=style.bold)


@lru_cache(maxsize=20_000)
def _run_parts(run: str, face: Face, style: LineStyle) -> int:
    return round(font(face, style.glyph_dots).getlength(run) * _PARTS)


def _runs(text: str, style: LineStyle) -> Iterable[tuple[str, Face]]:
    """Split into pieces of one font, in the order in which they stand on paper."""
    for stretch in stretches(unicodedata.normalize("NFC", text)):
        runs = _runs_of_speech(stretch.text, style)
        yield from reversed(tuple(runs)) if stretch.is_reversed else runs


def _runs_of_speech(text: str, style: LineStyle) -> Iterable[tuple[str, Face]]:
    """Split into pieces of one font; a space stays with what is before it."""
    run, chosen = "", _main(style)
    for cluster in clusters(text):
        face = chosen if cluster == " " and run else _face_for(cluster, style)
        if run and face != chosen:
            yield run, chosen
            run = ""
        chosen = face
        run += cluster
    if run:
        yield run, chosen


def _face_for(cluster: str, style: LineStyle) -> Face:
    main = _main(style)
    base = cluster[0]
    # CJK fonts have the Greek of formulas: no accents, so no words.
    probed = "ή" if "\u0370" <= base <= "\u03ff" else base
    if base.isascii() or can_draw(main, probed):
        return main
    for face in other_faces():
        if can_draw(face, base):
            return face
    return face_with(base) or main
