"""What the page of the slips shows, whole and frozen."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pos_app.domain.slip_form import SlipKind, SlipStyle


class SlipsMode(StrEnum):
    """The three sides of the page."""

    SIMPLE = "simple"
    LOGO = "logo"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class ProblemView:
    """What is wrong with a line of a template, in words."""

    line: int
    column: int
    words: str


@dataclass(frozen=True, slots=True)
class LogoView:
    """The logo that is chosen or being chosen.

    Attributes:
        ways: (key, PNG) of each way of printing it; none where there is no logo.
        chosen: key of the way. suggested: the one that suits the picture.
        is_new: whether it differs from what is in force.
        is_busy: whether a picture is being read.
    """

    ways: tuple[tuple[str, bytes], ...] = ()
    chosen: str = ""
    suggested: str = ""
    is_new: bool = False
    is_busy: bool = False


@dataclass(frozen=True, slots=True)
class SlipsState:
    """Everything the page shows.

    Attributes:
        mode: which side. kind: of the paper in the preview and in the editor.
        style: the switches in force. shop_footer: where a language has no words.
        text: of the template as typed. problems: in it, by line.
        is_own: whether an own template is in force. is_typed: whether it was
            changed since. can_undo: whether there was another version before.
        fields: (how to write it, what it is) of what the template may name.
        png: the preview; b"" while it is drawn. paper_mm, language, is_own_sale: of
            the preview. has_sale: whether there is a sale of one's own.
        till_paper_mm: what this till prints on.
        logo: see there. is_working: whether a change is being stored.
    """

    mode: SlipsMode
    kind: SlipKind
    style: SlipStyle
    shop_footer: str
    text: str
    problems: tuple[ProblemView, ...]
    is_own: bool
    is_typed: bool
    can_undo: bool
    fields: tuple[tuple[str, str], ...]
    png: bytes
    paper_mm: int
    language: str
    is_own_sale: bool
    has_sale: bool
    till_paper_mm: int
    logo: LogoView
    is_working: bool
