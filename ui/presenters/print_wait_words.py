"""What is said, and drawn, of each trouble of a printer; words are gettext msgids."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pos_app.i18n import N_
from pos_app.ports.printing import PrinterStatus
from ui.presenters.print_wait_state import TroublePicture


@dataclass(frozen=True, slots=True)
class TroubleWords:
    """One trouble: its sentence, what to do about it, the picture of that."""

    title: str
    steps: tuple[str, ...]
    picture: TroublePicture


_GOES_ON = N_("The slips then come by themselves, in order.")
FINE = TroubleWords(N_("The printer is ready"), (_GOES_ON,), TroublePicture.NONE)
STALLED = TroubleWords(
    N_("The printer takes its time"),
    (N_("Wait a moment: it has not said yet that it is done."),),
    TroublePicture.NONE,
)
NO_LABEL_PRINTER = TroubleWords(
    N_("The label printer is off or was removed"),
    (
        N_("Set one up, or switch it on: Settings, Devices."),
        N_("The labels then come by themselves."),
    ),
    TroublePicture.NONE,
)
_CABLE = TroubleWords(
    N_("Printer does not answer"),
    (
        N_("Is it switched on? A lamp shows it."),
        N_("Is its cable in, at both ends?"),
        _GOES_ON,
    ),
    TroublePicture.CABLE,
)
#: By status; a report of the printer's own (`OF_REPORT`) is more exact.
OF_STATUS: Mapping[PrinterStatus, TroubleWords] = {
    PrinterStatus.PAPER_OUT: TroubleWords(
        N_("Printer out of paper"),
        (
            N_("Open the cover and put in a new roll."),
            N_("Let the end of the paper hang out, and shut the cover."),
            _GOES_ON,
        ),
        TroublePicture.PAPER,
    ),
    PrinterStatus.COVER_OPEN: TroubleWords(
        N_("Printer cover open"),
        (N_("Shut the cover until it clicks, on both sides."), _GOES_ON),
        TroublePicture.COVER,
    ),
    PrinterStatus.OFFLINE: TroubleWords(
        N_("Printer refuses to print"),
        (
            N_("Does its lamp blink? Look for jammed paper at the cutter."),
            N_("Switch it off, count to five, and switch it on."),
            _GOES_ON,
        ),
        TroublePicture.POWER,
    ),
    PrinterStatus.UNREACHABLE: _CABLE,
}
OF_REPORT: Mapping[str, TroubleWords] = {
    "device_in_use": TroubleWords(
        N_("Another program holds the printer"),
        (
            N_("Close that program, or take the printer out of the system's queues."),
            _GOES_ON,
        ),
        TroublePicture.TAKEN,
    ),
    "device_forbidden": TroubleWords(
        N_("This machine keeps the printer from the till"),
        (N_("Whoever looks after this machine allows it once: Settings, Devices."),),
        TroublePicture.RIGHTS,
    ),
    "device_has_no_driver": TroubleWords(
        N_("This machine has no driver for the printer"),
        (N_("Whoever looks after this machine adds it once: Settings, Devices."),),
        TroublePicture.RIGHTS,
    ),
}
#: By the fault that a printer names (facts "cutter" and "fault").
OF_FAULT: Mapping[str, TroubleWords] = {
    "cutter": TroubleWords(
        N_("The printer's cutter is jammed"),
        (
            N_("Switch it off and take the jammed paper out."),
            N_("Switch it on: the blade goes back by itself."),
            _GOES_ON,
        ),
        TroublePicture.POWER,
    ),
    "resting": TroubleWords(
        N_("The printer rests: its head is hot"),
        (N_("Wait a minute; it goes on by itself."),),
        TroublePicture.NONE,
    ),
}
