"""Reads a line of properties: `{width:*,8,7}`, `{code:...;option:qrcode,4}`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from pos_app.documents.layout import RuleStyle
from pos_app.documents.template.tree import (
    CodeLine,
    FeedLine,
    LogoLine,
    Node,
    Part,
    Parts,
    Path,
    RuleLine,
    SectionLine,
    WidthsLine,
    fault,
)

WIDTH_LIMIT = 24
FEED_LIMIT = 10
_HEIGHTS = range(24, 241)
_MODULES = range(2, 11)
_RULES = {style.value: style for style in RuleStyle}


@dataclass(frozen=True, slots=True)
class Piece:
    """A sign of a line, or a field.

    Attributes:
        part: one character, or the field. column: from 1.
        is_escaped: whether it is a plain sign whatever it looks like.
    """

    part: Part
    column: int
    is_escaped: bool = False

    def is_sign(self, sign: str) -> bool:
        """Tell whether it is this sign of the markup."""
        return self.part == sign and not self.is_escaped

    @property
    def is_blank(self) -> bool:
        """Tell whether it is white and may be trimmed."""
        is_sign = isinstance(self.part, str) and not self.is_escaped
        return is_sign and str(self.part) in " \t\u3000"


@dataclass(frozen=True, slots=True)
class _Value:
    """What stands behind the colon."""

    pieces: tuple[Piece, ...]
    line: int
    column: int

    @property
    def text(self) -> str:
        """The words, fields left out."""
        said = [x.part for x in self.pieces if isinstance(x.part, str)]
        return "".join(said).strip()

    @property
    def parts(self) -> Parts:
        """Words and fields."""
        found: list[Part] = []
        for piece in self.pieces:
            last = found[-1] if found else None
            if isinstance(piece.part, str) and isinstance(last, str):
                found[-1] = last + piece.part
            else:
                found.append(piece.part)
        return tuple(found)

    def split(self) -> tuple[_Value, ...]:
        """Split at the commas."""
        groups: list[list[Piece]] = [[]]
        for piece in self.pieces:
            if piece.is_sign(","):
                groups.append([])
            else:
                groups[-1].append(piece)
        return tuple(_Value(tuple(x), self.line, self.column) for x in groups)


def property_line(pieces: Sequence[Piece], line: int) -> Node | None:
    """Understand a line of properties; None for a comment.

    Raises:
        TemplateLineError: for what this till does not know.
    """
    values = _values(pieces, line)
    name = next(iter(values))
    if name not in _READERS:
        column = pieces[0].column if pieces else 1
        raise fault("template_property_unknown", line, column, name=name[:20])
    known = {name, "option"} if name == "code" else {name}
    other = next((key for key in values if key not in known), None)
    if other is not None:
        column = values[other].column
        raise fault("template_property_unknown", line, column, name=other[:20])
    return _READERS[name](values)


def _values(pieces: Sequence[Piece], line: int) -> dict[str, _Value]:
    found: dict[str, _Value] = {}
    groups: list[list[Piece]] = [[]]
    for piece in pieces:
        if piece.is_sign(";"):
            groups.append([])
        else:
            groups[-1].append(piece)
    for group in groups:
        colon = next((i for i, x in enumerate(group) if x.is_sign(":")), len(group))
        said = [x.part for x in group[:colon] if isinstance(x.part, str)]
        column = group[0].column if group else 1
        value = _Value(tuple(group[colon + 1 :]), line, column)
        found["".join(said).strip().lower()] = value
    return found


def _wrong(value: _Value, name: str) -> Exception:
    return fault("template_property_wrong", value.line, value.column, name=name)


def _widths(values: Mapping[str, _Value]) -> Node:
    value = values["width"]
    first, *others = value.split()
    if first.text != "*" or any(isinstance(x, Path) for x in first.parts):
        raise _wrong(value, "width")
    widths: list[int | Path] = []
    for other in others:
        fields = [x for x in other.parts if isinstance(x, Path)]
        if len(fields) == 1 and not other.text:
            widths.append(fields[0])
        elif other.text == "auto":
            widths.append(0)
        else:
            widths.append(_number(other, "width", range(WIDTH_LIMIT + 1)))
    return WidthsLine(tuple(widths))


def _number(value: _Value, name: str, allowed: range) -> int:
    text = value.text
    is_number = text.isascii() and text.isdigit() and len(text) < 4
    if not is_number or int(text) not in allowed:
        raise _wrong(value, name)
    return int(text)


def _rule(values: Mapping[str, _Value]) -> Node:
    value = values["rule"]
    if value.text not in _RULES:
        raise _wrong(value, "rule")
    return RuleLine(_RULES[value.text])


def _feed(values: Mapping[str, _Value]) -> Node:
    return FeedLine(_number(values["feed"], "feed", range(1, FEED_LIMIT + 1)))


def _section(values: Mapping[str, _Value]) -> Node:
    return SectionLine(values["section"].text)


def _image(values: Mapping[str, _Value]) -> Node:
    if values["image"].text != "logo":
        raise _wrong(values["image"], "image")
    return LogoLine()


def _comment(values: Mapping[str, _Value]) -> None:
    """Leave out what is only for whoever reads the template."""
    del values


def _code(values: Mapping[str, _Value]) -> Node:
    """Understand a code as ReceiptLine names its options, in any order."""
    value = values["code"]
    option = values.get("option")
    words = [x.text.lower() for x in option.split()] if option else ["code128"]
    symbology = next((x for x in words if x in ("qrcode", "code128", "ean13")), "")
    sizes = [int(x) for x in words if x.isascii() and x.isdigit() and len(x) < 4]
    levels = [x.upper() for x in words if x in ("l", "m", "q", "h")]
    known = len(sizes) + len(levels) + sum(x in _CODE_WORDS for x in words)
    is_qr = symbology == "qrcode"
    allowed = _MODULES if is_qr else _HEIGHTS
    size = sizes[0] if sizes else (4 if is_qr else 64)
    if not symbology or known != len(words) or size not in allowed or not value.parts:
        raise _wrong(option or value, "code")
    is_written = "nohri" not in words
    return CodeLine(symbology, value.parts, size, (levels or ["M"])[0], is_written)


_CODE_WORDS = frozenset({"qrcode", "code128", "ean13", "hri", "nohri"})
_READERS: Mapping[str, Callable[[Mapping[str, _Value]], Node | None]] = {
    "width": _widths,
    "rule": _rule,
    "feed": _feed,
    "section": _section,
    "image": _image,
    "comment": _comment,
    "code": _code,
}
