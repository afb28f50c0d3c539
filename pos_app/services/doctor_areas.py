"""The doctor's findings as a person looks at them: area by area, the worst first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from pos_app.i18n import N_, Words
from pos_app.ports.health import Action, Finding, Severity
from pos_app.services.doctor import advise


class Area(StrEnum):
    """What the doctor looks at, in the order of the screen."""

    DATABASE = "database"
    BOOKS = "books"
    SECOND_PLACE = "second_place"
    BACKUP = "backup"
    DISK = "disk"
    CLOCK = "clock"
    PRINTER = "printer"
    DEVICES = "devices"
    KEYS = "keys"
    PROGRAM = "program"


AREA_NAMES = {
    Area.DATABASE: N_("Databases"),
    Area.BOOKS: N_("Journal and sums"),
    Area.SECOND_PLACE: N_("Second place"),
    Area.BACKUP: N_("Backup"),
    Area.DISK: N_("Disk"),
    Area.CLOCK: N_("Clock"),
    Area.PRINTER: N_("Receipt printer"),
    Area.DEVICES: N_("Devices"),
    Area.KEYS: N_("Keys and recovery code"),
    Area.PROGRAM: N_("Program"),
}

_AREA_OF_CHECK = {
    "databases_open": Area.DATABASE,
    "pages_sound": Area.DATABASE,
    "schema": Area.DATABASE,
    "print_jobs": Area.PRINTER,
    "printer": Area.PRINTER,
    "devices": Area.DEVICES,
    "device_book": Area.DEVICES,
    "clock": Area.CLOCK,
    "disk": Area.DISK,
    "ballast": Area.DISK,
    "backups": Area.BACKUP,
    "second_place": Area.SECOND_PLACE,
    "keys": Area.KEYS,
    "recovery_code": Area.KEYS,
    "program": Area.PROGRAM,
}
#: Checks that answer at once; the others read every page and every sum.
QUICK = frozenset(
    {
        "databases_open",
        "schema",
        "print_jobs",
        "device_book",
        "clock",
        "disk",
        "ballast",
        "backups",
        "second_place",
        "keys",
    }
)


@dataclass(frozen=True, slots=True)
class AreaReport:
    """One area: its worst finding in words, and the one action that mends it.

    Attributes:
        area: which. severity: of the worst finding.
        sentences: what was found; more than one where several need an action.
        advice: what to do, in a sentence; "" where nothing is to do.
        action: what to do, for the key beside it.
    """

    area: Area
    severity: Severity
    sentences: tuple[str, ...]
    advice: str
    action: Action


def area_of(check: str) -> Area:
    """Return the area of a check; what adds up belongs to the books."""
    return _AREA_OF_CHECK.get(check, Area.BOOKS)


def area_reports(findings: Sequence[Finding], words: Words) -> tuple[AreaReport, ...]:
    """Return the areas that were looked at, in the order of the screen."""
    by_area: dict[Area, list[Finding]] = {}
    for finding in findings:
        found = by_area.setdefault(area_of(finding.check), [])
        # A file that does not open stops many checks, but is said once.
        if not any((x.key, x.params) == (finding.key, finding.params) for x in found):
            found.append(finding)
    return tuple(_report(x, by_area[x], words) for x in Area if x in by_area)


def _report(area: Area, findings: list[Finding], words: Words) -> AreaReport:
    worst = max(findings, key=lambda x: x.severity.rank)
    if worst.severity is Severity.FINE:
        first = advise(findings[0], words).what
        return AreaReport(area, Severity.FINE, (first,), "", Action.NONE)
    bad = [x for x in findings if x.severity.rank >= worst.severity.rank]
    sentences = tuple(advise(x, words).what for x in bad)
    advice = advise(worst, words).action
    return AreaReport(area, worst.severity, sentences, advice, worst.action)
