"""What a change of the devices is called in the black box."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pos_app.domain.journal import EntryKind
from pos_app.i18n import N_, _
from pos_app.ports.devices import ConnectionKind, DeviceCategory
from pos_app.services.device_names import CATEGORY_NAMES
from ui.presenters.device_words import CONNECTION_NAMES

DEVICE_CHANGES: Mapping[EntryKind, str] = {
    EntryKind.DEVICE_ADDED: N_("Device set up: {device}"),
    EntryKind.DEVICE_CHANGED: N_("Device changed: {device}"),
    EntryKind.DEVICE_REMOVED: N_("Device removed: {device}"),
}
_FIELDS = {
    "name": N_("Name of the device"),
    "driver": N_("How it speaks"),
    "kind": N_("How it is reached"),
    "address": N_("Address"),
    "is_on": N_("Use this device"),
    "paper_mm": N_("Paper"),
    "profile": N_("Kind of printer"),
    "failover": N_("Goes on at"),
}


def told_device(body: Mapping[str, object]) -> str:
    """Return what the device of an entry is called; "–" where it is none."""
    known = body.get("after") or body.get("before")
    if "device_id" not in body or not isinstance(known, dict):
        return "–"
    category = str(body.get("category", ""))
    is_known = category in set(DeviceCategory)
    usual = _(CATEGORY_NAMES[DeviceCategory(category)]) if is_known else category
    return str(known.get("name") or usual)


def device_changes(body: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    """Return what was set before and is since; what a driver keeps, by its key."""
    before, after = _flat(body.get("before")), _flat(body.get("after"))
    return tuple(
        (_(_FIELDS.get(key, key)), f"{before.get(key, '')} → {after.get(key, '')}")
        for key in dict.fromkeys((*before, *after))
        if before.get(key) != after.get(key)
    )


def _flat(device: object) -> dict[str, str]:
    return dict(_facts(device)) if isinstance(device, dict) else {}


def _facts(device: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for key in ("name", "driver", "is_on"):
        yield key, str(device.get(key, ""))
    way = device.get("connection")
    if isinstance(way, dict):
        kind = str(way.get("kind", ""))
        is_known = kind in set(ConnectionKind)
        yield "kind", _(CONNECTION_NAMES[ConnectionKind(kind)]) if is_known else kind
        yield "address", str(way.get("address", ""))
        yield from _options(way.get("options"))
    yield from _options(device.get("options"))


def _options(options: object) -> Iterator[tuple[str, str]]:
    if isinstance(options, dict):
        for key, value in options.items():
            yield str(key), str(value)
