"""What is wrong with a device, in plain words, and the one thing to do."""

from __future__ import annotations

from collections.abc import Mapping

from pos_app.errors import DeviceError
from pos_app.i18n import N_, _
from pos_app.ports.devices import DeviceReport
from ui.messages import Explained, explain, fill

_RELOAD = N_("Open the cover, put in a new roll, close the cover. Slips go on then.")
_SHUT = N_("Close the cover until it clicks. Slips go on then.")
_CABLE = N_("Look at power and cable. It is looked for all the time.")

#: Key of a `DeviceReport` -> (how it is, what to do now; "" for nothing).
STATE_WORDS: dict[str, tuple[str, str]] = {
    "device_works": (N_("It works."), ""),
    "device_off": (N_("It is switched off here and left alone."), ""),
    "device_starting": (N_("The till is looking for it."), ""),
    "device_gone": (N_("It was unplugged."), N_("Plug it in again; it goes on then.")),
    "device_unreachable": (N_("It does not answer."), _CABLE),
    "printer_ready": (N_("It is ready to print."), ""),
    "printer_silent": (
        N_("It prints, but has no way to tell how it is."),
        "",
    ),
    "printer_paper_low": (
        N_("Its paper will end soon."),
        N_("Lay a new roll beside it."),
    ),
    "printer_paper_out": (N_("It is out of paper; slips wait."), _RELOAD),
    "printer_cover_open": (N_("Its cover is open; slips wait."), _SHUT),
    "printer_refuses": (
        N_("It refuses to print; slips wait."),
        N_("Switch it off and on again; then look for its red light."),
    ),
    "printer_unreachable": (N_("It does not answer; slips wait."), _CABLE),
}


#: Fields of a device's settings, as their form calls them.
_FIELDS = {
    "address": N_("Address"),
    "folder": N_("Folder"),
    "paper_mm": N_("Paper"),
}


def has_state_words(key: str) -> bool:
    """Tell whether a report's key has words."""
    return key in STATE_WORDS


def explain_report(report: DeviceReport) -> Explained:
    """Say how a device is, and what to do; what failed has its error's words."""
    words = STATE_WORDS.get(report.key)
    params: Mapping[str, str] = {k: _named(str(v)) for k, v in report.params.items()}
    if words is None:
        return explain(DeviceError(report.key, **params))
    text, action = words
    return Explained(fill(text, params), fill(action, params) if action else "")


def _named(value: str) -> str:
    return _(_FIELDS[value]) if value in _FIELDS else value
