"""The shop's health as the doctor sees it: checks that report findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol


class Severity(StrEnum):
    """How bad a finding is; members stand in rising order."""

    FINE = "fine"
    NOTICE = "notice"  # worth knowing; nothing to do today
    WARNING = "warning"  # do the action soon; the till sells on
    BROKEN = "broken"  # do the action now

    @property
    def rank(self) -> int:
        """Position from 0, for sorting."""
        return list(Severity).index(self)


class Action(StrEnum):
    """The one thing a person can do about a finding."""

    NONE = "none"
    RESTORE_BACKUP = "restore_backup"
    MAKE_BACKUP = "make_backup"
    ENTER_RECOVERY_CODE = "enter_recovery_code"
    UPDATE_PROGRAM = "update_program"
    RESTART_TILL = "restart_till"
    FREE_DISK = "free_disk"
    MAKE_FOLDER_WRITABLE = "make_folder_writable"
    CHECK_DISK = "check_disk"
    SET_CLOCK = "set_clock"
    LOOK_AT_PRINTER = "look_at_printer"
    LOOK_AT_DEVICES = "look_at_devices"
    KEEP_AND_CALL = "keep_and_call"  # change nothing; the support needs it as it is
    CONFIRM_RECOVERY_CODE = "confirm_recovery_code"
    CHOOSE_SECOND_PLACE = "choose_second_place"
    LOOK_AT_SECOND_PLACE = "look_at_second_place"  # full, slow or pulled out
    PROTECT_MACHINE = "protect_machine"
    MEND_TEMPLATE = "mend_template"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found.

    Attributes:
        check: stable name of the check: "journal_chain".
        severity: how bad it is.
        key: what was found, as a stable key; the words are the doctor's.
        params: what the words need: numbers, file names; nothing personal.
        action: the one thing to do.
    """

    check: str
    severity: Severity
    key: str
    params: Mapping[str, str | int] = field(default_factory=dict)
    action: Action = Action.NONE


class HealthCheck(Protocol):
    """One question about the shop's health.

    Attributes:
        name: stable name, as in `Finding.check`.
    """

    @property
    def name(self) -> str:
        """The stable name."""
        ...

    def run(self) -> Sequence[Finding]:
        """Look, and report at least one finding; never raises for what is broken."""
        ...
