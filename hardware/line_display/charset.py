"""What a display's font can show: text to bytes, one column for one column."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from pos_app.documents.wrapping import clusters, printable, text_columns


@dataclass(frozen=True, slots=True)
class DisplayFont:
    """A font of a display.

    Attributes:
        codec: Python's name of its bytes.
        is_wide: whether it shows Chinese, two bytes in two columns each.
    """

    codec: str
    is_wide: bool = False


#: By the value of the option "charset".
FONTS: dict[str, DisplayFont] = {
    "ascii": DisplayFont("ascii"),
    "cp437": DisplayFont("cp437"),
    "cp858": DisplayFont("cp858"),
    "cp1252": DisplayFont("cp1252"),
    "gb18030": DisplayFont("gb18030", is_wide=True),
    "big5": DisplayFont("big5", is_wide=True),
}


def shown_bytes(text: str, columns: int, font: DisplayFont) -> bytes:
    """Return a line of exactly `columns` bytes: cut, padded, never half a character.

    What the font cannot show is shown as its plain letter (é as e), else as nothing:
    a row of question marks tells a customer less than an empty place does.
    """
    line = b""
    left = columns
    for cluster in clusters(printable(text)):
        shown = _encoded(cluster, font)
        width = text_columns(cluster)
        if width > left:
            break
        # In each font a column is a byte: a double-byte character stands on two.
        line += shown if len(shown) == width else b" " * width
        left -= width
    return line + b" " * left


def _encoded(cluster: str, font: DisplayFont) -> bytes:
    for one in (cluster, _plain(cluster)):
        try:
            data = one.encode(font.codec)
        except UnicodeEncodeError:
            continue
        # GB18030 writes rare signs with four bytes, which no display knows.
        if len(data) == 1 and data[0] >= 0x20:
            return data
        if len(data) == 2 and font.is_wide:
            return data
    return b""


def _plain(cluster: str) -> str:
    """Return the letter without its marks."""
    parts = unicodedata.normalize("NFKD", cluster)
    return "".join(x for x in parts if not unicodedata.combining(x))
