"""Where the customer's display is, in words for the page of devices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pos_app.i18n import _
from ui.customer_places import AUTO, OFF, ScreenPlace
from ui.presenters.frame_state import Tone


@dataclass(frozen=True, slots=True)
class DisplayStatus:
    """How the display is.

    Attributes:
        title: in short ("On screen 2"). detail: what it is, or what to do.
        tone: GOOD where it is shown, WARN where one is missing, PLAIN else.
    """

    title: str
    detail: str
    tone: Tone


def display_status(
    setting: str, places: Sequence[ScreenPlace], shown: ScreenPlace | None
) -> DisplayStatus:
    """Say how the display is.

    Args:
        setting: "auto", "off" or a screen's name.
        places: the screens there are.
        shown: where the display is; None for nowhere.
    """
    if shown is not None:
        size = f"{shown.area.width()} × {shown.area.height()}"
        title = _("On screen {number}", number=shown.number)
        return DisplayStatus(title, f"{shown.name} · {size}", Tone.GOOD)
    if setting == OFF:
        words = _("The customer sees nothing of the basket")
        return DisplayStatus(_("Switched off"), words, Tone.PLAIN)
    if setting != AUTO and not any(x.name == setting for x in places):
        title = _("Screen {name} is not connected", name=setting)
        words = _("Connect it, or choose another one")
        return DisplayStatus(title, words, Tone.WARN)
    if len(places) > 1:
        words = _("The till stands on it; move the till to another screen")
        return DisplayStatus(_("No free screen"), words, Tone.WARN)
    words = _("Connect one and let it extend the desktop: it opens by itself")
    return DisplayStatus(_("No second screen"), words, Tone.PLAIN)
