"""The devices of this till: what a person set up, kept in the ledger, journalled."""

from __future__ import annotations

import json
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
from pos_app.services.settings import SettingsService, TillSettings

DEVICES_KEY = "devices"
#: The receipt printer that every till has, a virtual one at first.
RECEIPT_ID = "receipt"
#: More than any counter holds; bounds what is stored and shown.
DEVICE_LIMIT = 40
_TEXT_LIMIT = 200

Devices = tuple[DeviceSettings, ...]


class DeviceBook:
    """Reads and changes the devices; every change is one journal entry."""

    def __init__(self, ledger: Ledger, settings: SettingsService) -> None:
        self._ledger, self._settings = ledger, settings
        self._stored = ledger.setting(DEVICES_KEY)
        self._current = read_devices(self._stored)

    @property
    def current(self) -> Devices:
        """All devices, the first receipt printer first."""
        if self._stored is None:
            return (receipt_of(self._settings.current),)
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

    def begin_put(self, stamp: Stamp, device: DeviceSettings) -> Future[Devices]:
        """Add a device, or change the one of its id; `adopt` puts it in force.

        Raises:
            UserError: "device_setting_refused", "device_too_many".
        """
        _check(device)

        def work(unit: UnitOfWork) -> Devices:
            present = read_devices(unit.setting(DEVICES_KEY))
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
            present = read_devices(unit.setting(DEVICES_KEY))
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
        self._current, self._stored = devices, ""
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


def receipt_of(settings: TillSettings) -> DeviceSettings:
    """Return the receipt printer as older releases kept it, among the settings."""
    paper: dict[str, OptionValue] = {
        "paper_mm": settings.paper_mm,
        "profile": settings.printer_profile,
    }
    printer = replace(virtual_receipt_printer(), options=paper)
    if settings.printer_kind != "tcp":
        return printer
    host = settings.printer_address.strip()
    address = f"[{host}]" if ":" in host else host
    place = f"{address}:{settings.printer_port}" if host else ""
    way = Connection(ConnectionKind.NETWORK, place)
    return replace(printer, driver="escpos", connection=way)


def read_devices(stored: str | None) -> Devices:
    """Read what is stored; a device that cannot be understood is left out."""
    found: list[DeviceSettings] = []
    for row in json.loads(stored) if stored else []:
        with suppress(KeyError, TypeError, ValueError, UserError):
            device = _device(row)
            _check(device)
            found.append(device)
    if all(x.device_id != RECEIPT_ID for x in found):
        found.insert(0, virtual_receipt_printer())
    return tuple(found)


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
