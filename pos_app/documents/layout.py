"""A device-free document: what a slip says, before any printer is known."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pos_app.documents.label import Label


class Align(StrEnum):
    """Where a text stands on its line."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


class Size(StrEnum):
    """How big a text is; printers double, they do not scale."""

    NORMAL = "normal"
    TALL = "tall"  # double height
    LARGE = "large"  # double height and width


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text; wrapped where it is too long, never cut."""

    text: str
    align: Align = Align.LEFT
    size: Size = Size.NORMAL
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Columns:
    """Cells on one line.

    The first takes what is left and wraps; the others are right-aligned and
    never cut.

    Attributes:
        cells: at least one text.
        widths: columns of each cell but the first, in characters (CJK counts
            two); same length as `cells` less one. A cell wider than its width
            takes what it needs.
    """

    cells: tuple[str, ...]
    widths: tuple[int, ...]
    size: Size = Size.NORMAL
    bold: bool = False


class RuleStyle(StrEnum):
    """How a rule is drawn."""

    DASHED = "dashed"
    SOLID = "solid"
    DOUBLE = "double"


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the paper."""

    style: RuleStyle = RuleStyle.DASHED


@dataclass(frozen=True, slots=True)
class Barcode:
    """A one-dimensional barcode.

    Attributes:
        symbology: "code128", "gs1-128", "ean13", "ean8", "upca", "itf14" or "code39".
        data: what it carries; ASCII, the check digit included. Of GS1-128 as people
            read it, "(01)09521234567899(10)ABC", or with GS (0x1D) as FNC1.
        height_dots: of the bars, at 203 dpi.
        with_text: whether the data is printed below.
    """

    symbology: str
    data: str
    height_dots: int = 64
    with_text: bool = True


@dataclass(frozen=True, slots=True)
class QrCode:
    """A QR code (ISO/IEC 18004).

    Attributes:
        data: what it carries.
        module_dots: size of one module, 2 to 10 dots at 203 dpi.
        correction: "L", "M", "Q" or "H".
    """

    data: str
    module_dots: int = 5
    correction: str = "M"


@dataclass(frozen=True, slots=True)
class Image:
    """A picture, such as the shop's logo; centred, scaled down to the paper.

    Attributes:
        png: the bytes of a PNG; dithered to black and white by the renderer.
    """

    png: bytes


@dataclass(frozen=True, slots=True)
class Feed:
    """Empty lines."""

    lines: int = 1


@dataclass(frozen=True, slots=True)
class Cut:
    """Cut the paper, after feeding it past the knife."""


Block = Text | Columns | Rule | Barcode | QrCode | Image | Feed | Cut | Label


@dataclass(frozen=True, slots=True)
class Layout:
    """A whole document.

    Attributes:
        blocks: from top to bottom.
        language: tag that decides glyphs and code pages: zh-CN, zh-TW, en.
    """

    blocks: tuple[Block, ...]
    language: str = "zh-CN"
