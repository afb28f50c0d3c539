"""A label: a small sheet of a fixed size with everything at its place.

Lengths are micrometres, so that a label is the same on every printer, whatever its
dots. A label holds what it says, not how goods are named: it can wait in a queue.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

#: Nobody means more labels of one kind than this; a roll has 500 to 2,000.
COPIES_LIMIT = 999
#: The widest and the longest label that a counter's printer takes.
SIDE_LIMIT_UM = 210_000


class Side(StrEnum):
    """Which edge of its box a text keeps to."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


class Symbology(StrEnum):
    """The codes that a label may carry."""

    EAN13 = "ean13"
    EAN8 = "ean8"
    CODE128 = "code128"
    GS1_128 = "gs1_128"  # data is "(01)0...(3103)..."
    QR = "qr"
    GS1_DATA_MATRIX = "gs1_data_matrix"  # data as of GS1-128; small and square


@dataclass(frozen=True, slots=True)
class Box:
    """A place on the label, from its upper left corner; micrometres."""

    left_um: int
    top_um: int
    width_um: int
    height_um: int


@dataclass(frozen=True, slots=True)
class LabelText:
    """A text that is fitted into its box.

    It is written as large as fits between `size_um` and `least_um`, on at most
    `lines` lines; what does not fit then ends in an ellipsis. A text that must be
    whole (a price) is made as small as it takes instead.

    Attributes:
        box: where. text: what.
        size_um, least_um: height of a Chinese character, largest and smallest.
        lines: at most.
        side: which edge it keeps to. bold: heavy strokes.
        is_struck: a line goes through it: a price that holds no more.
        is_whole: never shortened.
    """

    box: Box
    text: str
    size_um: int
    least_um: int
    lines: int = 1
    side: Side = Side.LEFT
    bold: bool = False
    is_struck: bool = False
    is_whole: bool = False


@dataclass(frozen=True, slots=True)
class LabelCode:
    """A barcode or QR code with its quiet zones, as large as its box allows.

    Attributes:
        box: where; holds the quiet zones and the caption, too.
        symbology: which. data: what it carries.
        caption: what people read below the bars; "" for nothing.
    """

    box: Box
    symbology: Symbology
    data: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class LabelRule:
    """A filled bar, such as a line between two parts."""

    box: Box


@dataclass(frozen=True, slots=True)
class Label:
    """One label; a block of a layout, so that the durable queue carries it.

    Attributes:
        width_um, height_um: of the sheet.
        texts, codes, rules: what stands on it; they never overlap.
        copies: how many, from 1.
    """

    width_um: int
    height_um: int
    texts: tuple[LabelText, ...]
    codes: tuple[LabelCode, ...] = ()
    rules: tuple[LabelRule, ...] = ()
    copies: int = 1

    @property
    def boxes(self) -> tuple[Box, ...]:
        """The places of everything on it."""
        texts = tuple(x.box for x in self.texts)
        codes = tuple(x.box for x in self.codes)
        return (*texts, *codes, *(x.box for x in self.rules))
