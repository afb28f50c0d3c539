"""The devices of this till: what a person set up, kept in the ledger, journalled."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import asdict, replace
from typing import Any

from pos_app.domain.journal import EntryKind
from pos_app.errors import UserError
from pos_app.ports.devices import (
    Connection,
    ConnectionKind,
    DeviceCategory,
    DeviceSettings,
    OptionValue,
)
from pos_app.ports.ledger import Ledger, Stamp, UnitOfWork
from pos_app.services.settings import SETTINGS_KEY

_log = logging.getLogger(__name__)
DEVICES_KEY = "devices"
#: The receipt printer that every till has, a virtual one at first.
RECEIPT_ID = "receipt"
#: More than any counter holds; bounds what is stored and shown.
DEVICE_LIMIT = 40
#: Widths of paper that slips are laid out for; the usual one.
PAPERS_MM = (58, 80)
PAPER_MM = 80
_TEXT_LIMIT = 200

Devices = tuple[DeviceSettings, ...]


class DeviceBook:
    """Reads and changes the devices; every change is one journal entry."""

    def __init__(self, ledger: Ledger) -> None:
        """Read the devices.

        The printer that older releases kept among the settings is taken over, once.
        """
        self._ledger = ledger
        stored = ledger.setting(DEVICES_KEY)
        older = ledger.setting(SETTINGS_KEY)
        self._current = read_devices(stored, older)
        if stored is None and older_printer(older) is not None:
            # Not waited for: a disk that is full refuses the next change of the
            # settings, too, and until then both read the same.
            taken = _written(self._current)
            ledger.submit(lambda unit: _take_over(unit, taken))

    @property
    def current(self) -> Devices:
        """All devices, the first receipt printer first."""
        return self._current

    def device(self, device_id: str) -> DeviceSettings | None:
        """Return one device; None when there is none of that id."""
        return next((x for x in self.current if x.device_id == device_id), None)

    def of(self, category: DeviceCategory) -> Devices:
        """Return the devices of a category, in order."""
        return tuple(x for x in self.current if x.category is category)

    @property
    def receipt(self) -> DeviceSettings:
        """The printer of slips."""
        found = self.device(RECEIPT_ID)
        assert found is not None
        return found

    @property
    def paper_mm(self) -> int:
        """How wide the paper of slips is: 58 or 80 mm, the usual one unless set."""
        width = self.receipt.options.get("paper_mm", PAPER_MM)
        return width if isinstance(width, int) and width in PAPERS_MM else PAPER_MM

    def begin_put(self, stamp: Stamp, device: DeviceSettings) -> Future[Devices]:
        """Add a device, or change the one of its id; `adopt` puts it in force.

        Raises:
            UserError: "device_setting_refused", "device_too_many".
        """
        _check(device)

        def work(unit: UnitOfWork) -> Devices:
            present = _present(unit)
            before = next((x for x in present if x.device_id == device.device_id), None)
            if before == device:
                return present
            if before is None and len(present) >= DEVICE_LIMIT:
                raise UserError("device_too_many", limit=DEVICE_LIMIT)
            fresh = tuple(device if x is before else x for x in present)
            fresh = (*present, device) if before is None else fresh
            unit.set_setting(DEVICES_KEY, _written(fresh))
            kind = EntryKind.DEVICE_CHANGED if before else EntryKind.DEVICE_ADDED
            unit.append(kind, _change(before, device), stamp)
            return fresh

        return self._ledger.submit(work)

    def begin_remove(self, stamp: Stamp, device_id: str) -> Future[Devices]:
        """Remove a device; the receipt printer stays.

        Raises:
            UserError: "device_is_needed"; "device_unknown" (in the future).
        """
        if device_id == RECEIPT_ID:
            raise UserError("device_is_needed")

        def work(unit: UnitOfWork) -> Devices:
            present = _present(unit)
            gone = next((x for x in present if x.device_id == device_id), None)
            if gone is None:
                raise UserError("device_unknown")
            fresh = tuple(x for x in present if x is not gone)
            unit.set_setting(DEVICES_KEY, _written(fresh))
            unit.append(EntryKind.DEVICE_REMOVED, _change(gone, None), stamp)
            return fresh

        return self._ledger.submit(work)

    def adopt(self, devices: Devices) -> Devices:
        """Put in force what is on the disk now."""
        self._current = devices
        return devices


def virtual_receipt_printer() -> DeviceSettings:
    """Return what every till begins with: slips as pictures in its folder."""
    return DeviceSettings(
        RECEIPT_ID,
        DeviceCategory.RECEIPT_PRINTER,
        "",
        "virtual",
        Connection(ConnectionKind.FOLDER),
    )


def older_printer(settings: str | None) -> DeviceSettings | None:
    """Return the receipt printer as older releases kept it, among the settings.

    Args:
        settings: their JSON: printer_kind ("virtual" or "tcp"), printer_address,
            printer_port, paper_mm, printer_profile.
    """
    found: dict[str, Any] = json.loads(settings) if settings else {}
    if "printer_kind" not in found:
        return None
    is_network = found["printer_kind"] == "tcp"
    host = str(found.get("printer_address", "")) if is_network else None
    paper_mm = found.get("paper_mm", PAPER_MM)
    profile = str(found.get("printer_profile", "china"))
    printer = plain_printer(host, found.get("printer_port", 9100))
    return replace(printer, options={"paper_mm": paper_mm, "profile": profile})


def plain_printer(host: str | None, port: int) -> DeviceSettings:
    """Return a receipt printer at a host of the network, or pictures in a folder.

    Args:
        host: name or address, "" while nobody named one; None for the folder.
        port: TCP port.
    """
    printer = virtual_receipt_printer()
    if host is None:
        return printer
    way = Connection(ConnectionKind.NETWORK, network_place(host, port))
    return replace(printer, driver="escpos", connection=way)


def network_place(host: str, port: int) -> str:
    """Return the address of a network printer, "" while nobody named a host."""
    plain = host.strip()
    inside = f"[{plain}]" if ":" in plain else plain
    return f"{inside}:{port}" if plain else ""


def _present(unit: UnitOfWork) -> Devices:
    """Return the devices as they stand behind every change before this one."""
    return read_devices(unit.setting(DEVICES_KEY), unit.setting(SETTINGS_KEY))


def _take_over(unit: UnitOfWork, devices: str) -> None:
    if unit.setting(DEVICES_KEY) is None:
        unit.set_setting(DEVICES_KEY, devices)


def read_devices(stored: str | None, older: str | None = None) -> Devices:
    """Read what is stored; a device that cannot be understood is left out.

    Args:
        stored: the devices' JSON.
        older: of the settings, where there are no devices yet.
    """
    found: dict[str, DeviceSettings] = {}
    for row in _rows(stored):
        with suppress(KeyError, TypeError, ValueError, UserError):
            device = _device(row)
            _check(device)
            found.setdefault(device.device_id, device)
    receipt = found.get(RECEIPT_ID)
    if receipt is None or receipt.category is not DeviceCategory.RECEIPT_PRINTER:
        taken = older_printer(older) if stored is None else None
        found.pop(RECEIPT_ID, None)
        return (taken or virtual_receipt_printer(), *found.values())
    return tuple(found.values())


def _rows(stored: str | None) -> list[Any]:
    try:
        rows = json.loads(stored) if stored else []
    except ValueError:
        rows = None
    if isinstance(rows, list):
        return rows
    _log.error("the list of devices cannot be read; the till has its first printer")
    return []


def _device(row: Mapping[str, Any]) -> DeviceSettings:
    way = row["connection"]
    return DeviceSettings(
        device_id=row["device_id"],
        category=DeviceCategory(row["category"]),
        name=row["name"],
        driver=row["driver"],
        connection=Connection(
            ConnectionKind(way["kind"]), way["address"], dict(way["options"])
        ),
        options=dict(row["options"]),
        is_on=row["is_on"],
    )


def _written(devices: Devices) -> str:
    return json.dumps([asdict(x) for x in devices], ensure_ascii=False)


def _change(
    before: DeviceSettings | None, after: DeviceSettings | None
) -> dict[str, object]:
    known = after or before
    assert known is not None
    return {
        "device_id": known.device_id,
        "category": known.category.value,
        "before": asdict(before) if before else None,
        "after": asdict(after) if after else None,
    }


def _check(device: DeviceSettings) -> None:
    texts = (device.device_id, device.name, device.driver, device.connection.address)
    options: list[tuple[str, OptionValue]] = [
        *device.options.items(),
        *device.connection.options.items(),
    ]
    fits = bool(device.device_id and device.driver) and all(map(_is_text, texts))
    fits = fits and isinstance(device.is_on, bool)
    fits = fits and len(options) <= 60
    fits = fits and all(_is_text(key) and _is_option(value) for key, value in options)
    if not fits:
        raise UserError("device_setting_refused", name=device.name[:40])


def _is_text(text: object) -> bool:
    return isinstance(text, str) and len(text) <= _TEXT_LIMIT and text.isprintable()


def _is_option(value: object) -> bool:
    if isinstance(value, str):
        return _is_text(value)
    return isinstance(value, bool | int)
