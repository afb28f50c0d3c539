"""What a button shows and which colours each kind of button has."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from ui.theme.theme import Theme
from ui.theme.tokens import Colours
from ui.widgets.drawing import Box


class Kind(StrEnum):
    """The kinds of buttons (design system picture)."""

    PRIMARY = "primary"  # the next step; one solid green object per screen
    PLAIN = "plain"
    QUICK = "quick"  # one-tap money
    DANGER = "danger"  # outline and bin, never solid beside the green
    DANGER_SOLID = "danger_solid"  # cannot be undone; held for a second
    DANGER_QUIET = "danger_quiet"  # among plain keys: crimson words, plain border
    KEY = "key"  # a digit
    KEY_AUX = "key_aux"  # backspace, C, ×
    LINK = "link"  # words only, inside a card
    GHOST = "ghost"  # an icon only: lock, close
    GHOST_TRAINING = "ghost_training"  # the same, on the violet bar


#: Kinds without a box at rest.
FLAT = frozenset({Kind.LINK, Kind.GHOST, Kind.GHOST_TRAINING})
CLEAR = "#00000000"


class Arrangement(StrEnum):
    """Where the icon stands."""

    STACK = "stack"  # icon above the title
    ROW = "row"  # icon left, title and subtitle right of it, centred
    ROW_LEFT = "row_left"  # the same, from the left edge


@dataclass(frozen=True, slots=True)
class ButtonFace:
    """What a button shows.

    Attributes:
        title: the words; never cut.
        subtitle: a second, smaller line.
        icon: an icon's name, or "".
        hint: its key on the keyboard, small in the corner ("F12").
        kind: decides the colours.
        arrangement: where the icon stands.
        hint_in_box: the hint stands as a key cap behind the title.
        text_role: text role of the title.
        trailing_icon: a mark behind the title ("lock-key": needs a manager).
    """

    title: str = ""
    subtitle: str = ""
    icon: str = ""
    hint: str = ""
    kind: Kind = Kind.PLAIN
    arrangement: Arrangement = Arrangement.STACK
    hint_in_box: bool = False
    text_role: str = "label"
    trailing_icon: str = ""


@dataclass(frozen=True, slots=True)
class ButtonState:
    """What is happening to a button right now."""

    is_enabled: bool = True
    is_down: bool = False
    is_selected: bool = False
    has_reason: bool = False


@dataclass(frozen=True, slots=True)
class ButtonColours:
    """The colours of a button in one state: its box, title, subtitle, hint."""

    box: Box
    title: str
    subtitle: str
    hint: str


@lru_cache(maxsize=512)
def button_colours(theme: Theme, kind: Kind, state: ButtonState) -> ButtonColours:
    """Return how a kind of button looks in a state."""
    if not state.is_enabled:
        return _disabled(theme, kind, state)
    if state.is_selected and kind is not Kind.DANGER:
        return _selected(theme, kind)
    return _normal(theme, kind, state)


def _radius(theme: Theme, kind: Kind) -> int:
    return theme.radius("key" if kind in {Kind.KEY, Kind.KEY_AUX} else "button")


def _disabled(theme: Theme, kind: Kind, state: ButtonState) -> ButtonColours:
    c = theme.colours
    ink = c.ink2 if state.has_reason else c.disabledink
    fill = CLEAR if kind in FLAT else c.disabledbg
    box = Box(fill, fill, fill, _radius(theme, kind), edge_height=0)
    return ButtonColours(box, ink, ink, ink)


def _selected(theme: Theme, kind: Kind) -> ButtonColours:
    c = theme.colours
    width = theme.px(2)
    box = Box(c.sel, c.primary, c.primary, _radius(theme, kind), width, width)
    return ButtonColours(box, c.primaryink, c.primaryink, c.ink3)


def _rest(c: Colours, kind: Kind) -> tuple[str, str, str, str, str, str]:
    """Return fill, border, edge, title, subtitle and hint of a kind at rest."""
    return {
        Kind.PRIMARY: (c.primary, c.primary, c.primarydown, *(c.onprimary,) * 3),
        Kind.PLAIN: (c.key, c.line, c.keyedge, c.ink, c.ink2, c.ink3),
        Kind.QUICK: (c.primarysoft, c.primarysoft, c.primary, *(c.primaryink,) * 3),
        Kind.DANGER: (c.key, c.danger, c.danger, *(c.danger,) * 3),
        Kind.DANGER_QUIET: (c.key, c.line, c.keyedge, c.danger, c.danger, c.ink3),
        Kind.DANGER_SOLID: (c.danger, c.danger, c.dangerdown, *(c.ondanger,) * 3),
        Kind.KEY: (c.key, c.line, c.keyedge, c.ink, c.ink2, c.ink3),
        Kind.KEY_AUX: (c.sunken, c.line, c.keyedge, c.ink2, c.ink2, c.ink3),
        Kind.LINK: (CLEAR, CLEAR, CLEAR, c.primaryink, c.primaryink, c.ink3),
        Kind.GHOST: (CLEAR, CLEAR, CLEAR, c.ink2, c.ink2, c.ink3),
        Kind.GHOST_TRAINING: (CLEAR, CLEAR, CLEAR, *(c.ontrain,) * 3),
    }[kind]


def _normal(theme: Theme, kind: Kind, state: ButtonState) -> ButtonColours:
    c = theme.colours
    fill, border, edge, title, subtitle, hint = _rest(c, kind)
    edge_height = 0 if kind in FLAT else theme.px(2)
    if state.is_down:
        pressed = {Kind.PRIMARY: c.primarydown, Kind.DANGER_SOLID: c.dangerdown}
        fill = pressed.get(kind, c.keydown)
        border = border if kind is Kind.DANGER else fill
        edge_height = 1
    box = Box(fill, border, edge, _radius(theme, kind), edge_height)
    return ButtonColours(box, title, subtitle, hint)
