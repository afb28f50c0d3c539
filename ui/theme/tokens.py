"""Design tokens: colours, sizes and profiles, read once from resources/tokens.json."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from pos_app.resources import resource_path


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours of one theme, each `#RRGGBB`; what each is for is in tokens.json."""

    bg: str
    surface: str
    sunken: str
    key: str
    keydown: str
    keyedge: str
    line: str
    linestrong: str
    ink: str
    ink2: str
    ink3: str
    primary: str
    primarydown: str
    onprimary: str
    primarysoft: str
    primaryink: str
    display: str
    displayink: str
    displaydim: str
    mint: str
    displayamber: str
    save: str
    savesoft: str
    warnfill: str
    warnink: str
    warnicon: str
    danger: str
    dangerdown: str
    ondanger: str
    dangersoft: str
    info: str
    infosoft: str
    focus: str
    gold: str
    goldink: str
    train: str
    ontrain: str
    trainsoft: str
    notice: str
    onnotice: str
    onnoticeaction: str
    sel: str
    disabledink: str
    disabledbg: str


@dataclass(frozen=True, slots=True)
class Profile:
    """The sizes of one screen class, in logical pixels at scale 1.

    Attributes:
        name: "compact", "standard" or "wide".
        base: the window for which the sizes were drawn.
        column_a, column_c: widths of the ticket and of the pay column.
        top, status: heights of the two bars. row: height of a ticket line.
        key: width and height of a keypad key.
        tile, tile_columns: height of a tile, tiles in a row.
        text: text sizes by role, pixels.
        display_height, entry_height, search_height: fixed heights of column C and B.
    """

    name: str
    base: tuple[int, int]
    column_a: int
    column_c: int
    top: int
    status: int
    row: int
    key: tuple[int, int]
    tile: int
    tile_columns: int
    text: tuple[tuple[str, int], ...]
    display_height: int
    entry_height: int
    search_height: int


_BASES = {
    "compact_1024x768": ("compact", (1024, 768), (115, 46, 52)),
    "standard_1366x768": ("standard", (1366, 768), (126, 46, 52)),
    "wide_1600x900_logical": ("wide", (1600, 900), (138, 56, 52)),
}
#: How wide a key must be for people who stand (Colle & Hiszem 2004), micrometres.
KEY_UM = 20_000
#: 15.6 inches at 1366x768, which the sizes were drawn for, gives 19.7 mm.
_KEY_TOLERANCE_UM = 600
_ROLES = ("disp", "h1", "h2", "name", "num", "body", "label", "cap", "hint")


@cache
def _document() -> dict[str, Any]:
    text = resource_path("tokens.json").read_text(encoding="utf-8")
    document: dict[str, Any] = json.loads(text)
    return document


@cache
def colours(name: str) -> Colours:
    """Return the colours of the theme "light" or "dark"."""
    return Colours(**_document()[name])


@cache
def stripe_colours(name: str) -> dict[str, str]:
    """Return the tile stripe colours by category kind for "light" or "dark"."""
    stripes: dict[str, str] = _document()["stripes"][name]
    return stripes


@cache
def radius(shape: str) -> int:
    """Return the corner radius of "chip", "key", "button", "card" or "dialog"."""
    return int(_document()["radius"][shape])


@cache
def motion_ms(kind: str) -> int:
    """Return how long a motion lasts: "release", "panel" or "row_flash"."""
    return int(_document()["motion_ms"][kind])


@cache
def profile(name: str) -> Profile:
    """Return the profile "compact", "standard" or "wide"."""
    key = next(key for key, base in _BASES.items() if base[0] == name)
    sizes = _document()["profiles"][key]
    _, base, (display, entry, search) = _BASES[key]
    return Profile(
        name=name,
        base=base,
        column_a=sizes["A"],
        column_c=sizes["C"],
        top=sizes["top"],
        status=sizes["stat"],
        row=sizes["row"],
        key=(sizes["key"][0], sizes["key"][1]),
        tile=sizes["tile"],
        tile_columns=sizes["tile_cols"],
        text=tuple((role, sizes[role]) for role in _ROLES),
        display_height=display,
        entry_height=entry,
        search_height=search,
    )


def fitting(width: int, height: int, um_per_px: int = 0) -> tuple[Profile, float]:
    """Choose the profile and the scale for a window.

    Args:
        width: of the window, logical pixels.
        height: of the window, logical pixels.
        um_per_px: how wide a pixel is, micrometres; 0 for not measured. Where it
            is known the profile is the one with most room whose keys are 20 mm
            wide (design section 2), or else the one with the widest keys.

    Returns:
        The profile, and by how much its sizes are multiplied: 1920x1080 is the
        wide profile at 1.2, 1366x768 the standard one at 1.0.
    """
    if width >= 1600 and height >= 880:
        chosen = profile("wide")
    elif width >= 1200:
        chosen = profile("standard")
    else:
        chosen = profile("compact")
    if um_per_px:
        chosen = _touchable(width, height, um_per_px, chosen)
    return chosen, fit_scale(chosen, width, height)


def fit_scale(chosen: Profile, width: int, height: int) -> float:
    """Return by how much a profile is multiplied to fill a window."""
    ratio = min(width / chosen.base[0], height / chosen.base[1])
    return min(max(round(ratio, 3), 0.7), 3.0)


def key_um(chosen: Profile, scale: float, um_per_px: int) -> int:
    """Return how wide a keypad key is on the glass, micrometres."""
    return round(chosen.key[0] * scale * um_per_px)


def _touchable(width: int, height: int, um_per_px: int, usual: Profile) -> Profile:
    """Return the usual profile or the next larger one whose keys can be hit."""
    names = [base[0] for base in _BASES.values()]
    larger = [profile(x) for x in reversed(names[: names.index(usual.name) + 1])]
    widths = [
        key_um(each, fit_scale(each, width, height), um_per_px) for each in larger
    ]
    for each, wide in zip(larger, widths, strict=True):
        if wide >= KEY_UM - _KEY_TOLERANCE_UM:
            return each
    return larger[widths.index(max(widths))]
