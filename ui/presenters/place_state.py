"""What the settings show of the second place, whole and frozen."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.i18n import N_, _
from pos_app.ports.second_place import PlaceReport, PlaceState
from ui.presenters.frame_state import ChipView, Tone

PLACE_CHIP = "second_place"
MINUTE_S = 60
_WORDS: dict[PlaceState, tuple[str, Tone]] = {
    PlaceState.NONE: (N_("No second place yet"), Tone.INFO),
    PlaceState.CURRENT: (N_("Up to date"), Tone.GOOD),
    PlaceState.COPYING: (N_("Being copied: {percent} %"), Tone.INFO),
    PlaceState.BEHIND: (N_("Behind by {age}"), Tone.WARN),
    PlaceState.SLOW: (N_("Too slow: behind by {age}"), Tone.WARN),
    PlaceState.FULL: (N_("The disk is full"), Tone.WARN),
    PlaceState.GONE: (N_("The disk is not there"), Tone.WARN),
    PlaceState.READ_ONLY: (N_("The disk cannot be written"), Tone.WARN),
    PlaceState.FOREIGN: (N_("Belongs to another shop"), Tone.BAD),
    PlaceState.TAKEN: (N_("A restored till goes on from here"), Tone.BAD),
    PlaceState.BROKEN: (N_("The disk reports errors"), Tone.BAD),
}
_ADVICE: dict[PlaceState, str] = {
    PlaceState.NONE: N_(
        "Choose a stick, another disk or a network folder. Every sale then lies there"
        " too, encrypted, the moment it is paid."
    ),
    PlaceState.COPYING: N_("Selling goes on; nothing need be done."),
    PlaceState.BEHIND: N_("It catches up by itself. Selling goes on."),
    PlaceState.SLOW: N_("Selling goes on. If it stays so, choose a faster disk."),
    PlaceState.FULL: N_("Make room on it, or choose a larger disk. Selling goes on."),
    PlaceState.GONE: N_("Plug it in again, or choose another one. Selling goes on."),
    PlaceState.READ_ONLY: N_(
        "Take the write protection off, or choose another disk. Selling goes on."
    ),
    PlaceState.FOREIGN: N_("Nothing is written there. Choose another disk."),
    PlaceState.TAKEN: N_(
        "This shop was restored on another PC. If this till is to go on as well, choose"
        " another place; otherwise switch it off for good."
    ),
    PlaceState.BROKEN: N_("Choose another disk soon. Selling goes on."),
}


@dataclass(frozen=True, slots=True)
class DiskRow:
    """A disk to choose.

    Attributes:
        folder: what choosing it chooses. name: for people.
        detail: its room, and whether it is another piece of hardware.
        is_warned: the shop lies on the same disk.
    """

    folder: str
    name: str
    detail: str
    is_warned: bool


@dataclass(frozen=True, slots=True)
class PlaceView:
    """The page of the second place.

    Attributes:
        words, tone: how it stands. advice: what that means, or what to do.
        facts: where it is, how old, when it was copied whole.
        disks: to choose from; None while they are looked for.
        is_chosen: whether there is one to stop. is_working: a choice is under way.
        may_change: whether this person may. note, is_refused: how the last choice went.
    """

    words: str
    tone: Tone
    advice: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    disks: tuple[DiskRow, ...] | None = None
    is_chosen: bool = False
    is_working: bool = False
    may_change: bool = True
    note: str = ""
    is_refused: bool = False


def age_words(seconds: int | None) -> str:
    """Write an age: "12 s", "7 min", "3 h", "2 d"."""
    if seconds is None:
        return _("never complete")
    if seconds < MINUTE_S:
        return _("{count} s", count=seconds)
    if seconds < 60 * MINUTE_S:
        return _("{count} min", count=seconds // MINUTE_S)
    hours = seconds // (60 * MINUTE_S)
    return (
        _("{count} h", count=hours) if hours < 48 else _("{count} d", count=hours // 24)
    )


def state_words(report: PlaceReport) -> tuple[str, Tone]:
    """Return how a place stands in words, and how loud that is."""
    words, tone = _WORDS[report.state]
    return _(words, percent=report.percent, age=age_words(report.age_s)), tone


def advice_words(state: PlaceState) -> str:
    """Return what a state means for the person, or what to do."""
    return _(_ADVICE[state]) if state in _ADVICE else ""


def place_chip(report: PlaceReport) -> ChipView | None:
    """Return the chip of the status bar; None when nobody need look."""
    if not report.is_alarming:
        return None
    words, tone = state_words(report)
    text = _("Second place: {state}", state=words)
    if report.state.needs_person and report.age_s is not None:
        text += f" · {age_words(report.age_s)}"
    tone = Tone.BAD if tone is Tone.BAD else Tone.WARN
    return ChipView(PLACE_CHIP, text, "warning", tone, _("Second place"))
