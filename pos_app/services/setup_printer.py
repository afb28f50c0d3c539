"""The devices that the wizard's answers name."""

from __future__ import annotations

from dataclasses import replace

from pos_app.ports.devices import (
    Connection,
    ConnectionKind,
    DeviceCategory,
    DeviceSettings,
)
from pos_app.services.devices import plain_printer, virtual_receipt_printer
from pos_app.services.setup_draft import SetupDraft


def devices_of(draft: SetupDraft, scale_id: str) -> tuple[DeviceSettings, ...]:
    """Return the printer, and the scale where one was found.

    Args:
        draft: the answers.
        scale_id: names the scale, UUIDv7.
    """
    printer = printer_of(draft)
    if not (draft.scale_kind and draft.scale_driver):
        return (printer,)
    way = Connection(ConnectionKind(draft.scale_kind), draft.scale_address)
    name, driver = draft.scale_name, draft.scale_driver
    scale = DeviceSettings(scale_id, DeviceCategory.SCALE, name, driver, way)
    return (printer, scale)


def printer_of(draft: SetupDraft) -> DeviceSettings:
    """Return the printer of slips as a draft has it; its port is a number already."""
    paper = {"paper_mm": draft.paper_mm, "profile": draft.profile}
    return replace(_plain(draft), options=paper)


def _plain(draft: SetupDraft) -> DeviceSettings:
    if draft.printer_kind == "found" and draft.found_driver:
        way = Connection(ConnectionKind(draft.found_kind), draft.found_address)
        printer = virtual_receipt_printer()
        return replace(printer, driver=draft.found_driver, connection=way)
    is_network = draft.printer_kind == "tcp"
    host = draft.printer_address if is_network else None
    return plain_printer(host, int(draft.printer_port.strip()))
