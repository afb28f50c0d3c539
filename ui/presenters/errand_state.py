"""What an errand shows in the places of line keys, one-tap cash and the main key.

An errand is what a feature does on the sale screen beside selling: taking up a
parked sale, a return. The ticket and the display show its matter meanwhile.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KeyView:
    """A key of an errand.

    Attributes:
        key: what `errand_pressed` says. title, subtitle, icon, hint: its face.
        is_danger: crimson words; it asks before it does anything.
        is_available: whether it can be pressed.
        reason, detail: why not, in the place of title and subtitle.
        is_selected: shown as chosen. is_locked: somebody else must agree.
    """

    key: str
    title: str
    icon: str = ""
    subtitle: str = ""
    hint: str = ""
    is_danger: bool = False
    is_available: bool = True
    reason: str = ""
    detail: str = ""
    is_selected: bool = False
    is_locked: bool = False


@dataclass(frozen=True, slots=True)
class ErrandView:
    """The keys of an errand.

    Attributes:
        main: in the main key's place.
        line_keys: below the ticket, three at most; none leaves the sale's own.
        pay_keys: above the main key, two at most.
        note: lower left of the display, amber ("已挂 11 分钟").
    """

    main: KeyView
    line_keys: tuple[KeyView, ...] = ()
    pay_keys: tuple[KeyView, ...] = ()
    note: str = ""
