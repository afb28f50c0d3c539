"""The receipt printer that the wizard's answers name."""

from __future__ import annotations

from dataclasses import replace

from pos_app.ports.devices import Connection, ConnectionKind, DeviceSettings
from pos_app.services.devices import plain_printer, virtual_receipt_printer
from pos_app.services.setup_draft import SetupDraft


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
