"""Makes the shop's devices from its settings."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from hardware.printer.device import PrinterDevice
from hardware.printer.escpos_device import EscposDevice
from hardware.printer.profile import load_profile
from hardware.printer.virtual import VirtualDevice
from hardware.printer.worker import Listeners, PrinterWorker
from hardware.transport.file import SlipFolder
from hardware.transport.tcp import RAW_PORT, TcpTransport
from pos_app.errors import UserError
from pos_app.ports.clock import Clock
from pos_app.ports.printing import PrintQueue


def make_printer(
    settings: Mapping[str, object],
    *,
    queue: PrintQueue,
    clock: Clock,
    listeners: Listeners,
) -> PrinterWorker:
    """Make the worker of one printer; the caller starts and stops it.

    Args:
        settings: "name" (of the queue, default "receipt"); "kind": "virtual" with
            "folder", or "tcp" with "host" and "port" (default 9100); "paper" 80 or
            58 (default 80); "profile" (default "china").
        queue: the durable queue of print jobs.
        clock: the machine's clock.
        listeners: who is told what became of jobs.

    Raises:
        UserError: "printer_kind_unknown", "printer_profile_unknown",
            "paper_width_unknown" or "printer_setting_missing".
    """
    device = make_device(settings, clock)
    name = str(settings.get("name", "receipt"))
    return PrinterWorker(name, device, queue, clock, listeners=listeners)


def make_device(settings: Mapping[str, object], clock: Clock) -> PrinterDevice:
    """Make the device of one printer; its worker, or a trial, looks after it.

    Raises:
        UserError: as `make_printer`.
    """
    paper_mm = _number(settings, "paper", 80)
    profile = load_profile(str(settings.get("profile", "china")), paper_mm)
    match settings.get("kind"):
        case "virtual":
            folder = SlipFolder(Path(_text(settings, "folder")))
            return VirtualDevice(folder, profile, clock)
        case "tcp":
            port = _number(settings, "port", RAW_PORT)
            return EscposDevice(TcpTransport(_text(settings, "host"), port), profile)
        case kind:
            raise UserError("printer_kind_unknown", kind=str(kind))


def _text(settings: Mapping[str, object], field: str) -> str:
    value = str(settings.get(field, "")).strip()
    if not value:
        raise UserError("printer_setting_missing", field=field)
    return value


def _number(settings: Mapping[str, object], field: str, default: int) -> int:
    value = str(settings.get(field, default))
    if not value.isascii() or not value.isdecimal():
        raise UserError("printer_setting_missing", field=field)
    return int(value)
