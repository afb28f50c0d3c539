"""What only the running till can tell the doctor: its devices, clock and recovery code."""

from __future__ import annotations

from datetime import date

from pos_app import __released__, __version__
from pos_app.ports.devices import DeviceHealth
from pos_app.ports.health import Action, Finding, Severity
from pos_app.ports.printing import PrinterStatus
from pos_app.services.desk import Desk
from pos_app.services.device_names import device_name
from pos_app.services.devices import RECEIPT_ID
from pos_app.services.recovery_reminder import RECOVERY_CODE

_PRINTER = {
    PrinterStatus.READY: (Severity.FINE, "printer_ready"),
    PrinterStatus.PAPER_LOW: (Severity.NOTICE, "printer_paper_low"),
    PrinterStatus.PAPER_OUT: (Severity.WARNING, "printer_paper_out"),
    PrinterStatus.COVER_OPEN: (Severity.WARNING, "printer_cover_open"),
    PrinterStatus.OFFLINE: (Severity.WARNING, "printer_refuses"),
    PrinterStatus.UNREACHABLE: (Severity.WARNING, "printer_unreachable"),
    PrinterStatus.UNKNOWN: (Severity.FINE, "printer_silent"),
}


#: How each thing that another device says of itself is to be taken.
_DEVICE = {
    DeviceHealth.ATTENTION: (Severity.NOTICE, "device_needs_a_look"),
    DeviceHealth.WAITING: (Severity.WARNING, "device_needs_you"),
    DeviceHealth.MISSING: (Severity.WARNING, "device_is_missing"),
}

#: Half a year without an update: tax rates and rules of the country have moved on.
OLD_DAYS = 180


def live_findings(desk: Desk) -> tuple[Finding, ...]:
    """Return what the till itself knows; at once, on the screen's thread."""
    today = desk.business_day()
    return (
        *_printer(desk),
        *_devices(desk),
        *_clock(desk),
        *_recovery(desk),
        program_finding(today),
    )


def _printer(desk: Desk) -> tuple[Finding, ...]:
    severity, key = _PRINTER[desk.printer.status()]
    is_bad = severity is Severity.WARNING
    action = Action.LOOK_AT_PRINTER if is_bad else Action.NONE
    return (Finding("printer", severity, key, {}, action),)


def _devices(desk: Desk) -> tuple[Finding, ...]:
    """Return what the other devices say of themselves."""
    others = {x.device_id: x for x in desk.device_book.current if x.is_on}
    others.pop(RECEIPT_ID, None)
    reports = [x for x in desk.devices.reports() if x.device_id in others]
    found = []
    for report in reports:
        told = _DEVICE.get(report.health)
        if told is not None and report.key != "device_starting":
            severity, key = told
            params = {"device": device_name(others[report.device_id])}
            look = Action.LOOK_AT_DEVICES
            found.append(Finding("devices", severity, key, params, look))
    if not found and reports:
        count: dict[str, str | int] = {"count": len(reports)}
        return (Finding("devices", Severity.FINE, "devices_work", count),)
    return tuple(found)


def _clock(desk: Desk) -> tuple[Finding, ...]:
    if not desk.clock.is_suspect:
        return ()
    minutes = max(1, desk.clock.behind_ms // 60_000)
    params = {"minutes": minutes}
    warning = Severity.WARNING
    return (Finding("clock", warning, "clock_suspect", params, Action.SET_CLOCK),)


def _recovery(desk: Desk) -> tuple[Finding, ...]:
    if desk.ledger.setting(RECOVERY_CODE) != "waiting":
        return ()
    warning, action = Severity.WARNING, Action.CONFIRM_RECOVERY_CODE
    return (Finding("recovery_code", warning, "recovery_unconfirmed", {}, action),)


def program_finding(today: date) -> Finding:
    """Say which version this is, and whether it has grown old."""
    days = (today - date.fromisoformat(__released__)).days
    params: dict[str, str | int] = {"version": __version__, "days": max(0, days)}
    if days < OLD_DAYS:
        return Finding("program", Severity.FINE, "program_version", params)
    notice, action = Severity.NOTICE, Action.UPDATE_PROGRAM
    return Finding("program", notice, "program_old", params, action)
