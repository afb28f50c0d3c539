"""A template that was understood: its lines as values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from pos_app.documents.layout import Align, RuleStyle, Size


@dataclass(frozen=True, slots=True)
class Path:
    """A name of the slip's facts: `sale.number`.

    Attributes:
        names: its parts. line, column: where it is written, from 1.
    """

    names: tuple[str, ...]
    line: int
    column: int

    @property
    def text(self) -> str:
        """The name as it is written."""
        return ".".join(self.names)


#: A piece of a line: words as written, or a field.
Part: TypeAlias = str | Path
Parts: TypeAlias = tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of text; one that has fields and comes out empty prints nothing."""

    parts: Parts
    align: Align
    size: Size
    bold: bool


@dataclass(frozen=True, slots=True)
class ColumnsLine:
    """Cells on one line; the first wraps, the others stand right."""

    cells: tuple[Parts, ...]
    size: Size
    bold: bool


@dataclass(frozen=True, slots=True)
class WidthsLine:
    """Widths of the cells but the first, from here on; 0 is what a cell needs."""

    widths: tuple[int | Path, ...]


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A line across the paper."""

    style: RuleStyle


@dataclass(frozen=True, slots=True)
class FeedLine:
    """Empty lines."""

    lines: int


@dataclass(frozen=True, slots=True)
class CutLine:
    """Cut the paper."""


@dataclass(frozen=True, slots=True)
class LogoLine:
    """The shop's logo."""


@dataclass(frozen=True, slots=True)
class CodeLine:
    """A bar code or QR code.

    Attributes:
        symbology: "qrcode", "code128" or "ean13".
        parts: what it carries. size: dots of a bar's height or of a module.
        correction: of a QR code. with_text: whether a bar code is written below.
    """

    symbology: str
    parts: Parts
    size: int
    correction: str = "M"
    with_text: bool = True


@dataclass(frozen=True, slots=True)
class SectionLine:
    """A ready-made part."""

    name: str


#: What stands on a side of a comparison.
Operand: TypeAlias = Path | str | int


@dataclass(frozen=True, slots=True)
class Term:
    """One question: is it there, or how does it compare?

    Attributes:
        left, right: what is compared. operator: "" asks whether left is there.
        is_negated: `not` stands before it.
    """

    left: Operand
    operator: str = ""
    right: Operand = ""
    is_negated: bool = False


#: Any of these, each of which is all of those.
Condition: TypeAlias = tuple[tuple[Term, ...], ...]


@dataclass(frozen=True, slots=True)
class If:
    """Branches with their conditions; the last may have none (else)."""

    branches: tuple[tuple[Condition | None, tuple[Node, ...]], ...]


@dataclass(frozen=True, slots=True)
class For:
    """Once for each row of a list."""

    variable: str
    rows: Path
    body: tuple[Node, ...]


#: A node without a body.
Line: TypeAlias = (
    TextLine
    | ColumnsLine
    | WidthsLine
    | RuleLine
    | FeedLine
    | CutLine
    | LogoLine
    | CodeLine
    | SectionLine
)
Node: TypeAlias = Line | If | For


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a template, and where.

    Attributes:
        key: of the words that say it. line, column: from 1.
        params: for the words.
        is_fatal: whether the template cannot be used at all; a field that is
            unknown only prints nothing.
    """

    key: str
    line: int
    column: int
    params: tuple[tuple[str, str], ...] = ()
    is_fatal: bool = True


class TemplateLineError(Exception):
    """Ends the reading of one line; carries its problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.key)
        self.problem = problem


def fault(key: str, line: int, column: int, **params: str) -> TemplateLineError:
    """Return what to raise for a problem of a line."""
    return TemplateLineError(Problem(key, line, column, tuple(params.items())))
