"""All drivers of this till: its own, and those that other packages bring."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from functools import cache
from importlib.metadata import EntryPoint, entry_points

from hardware.driver import ENTRY_POINTS, Driver, DriverContext
from pos_app.errors import DeviceError, UserError
from pos_app.ports.devices import (
    ConnectionKind,
    DeviceCategory,
    DeviceSettings,
    DriverFacts,
    DriverOption,
    FoundDevice,
)

_log = logging.getLogger(__name__)


def built_in_drivers() -> tuple[Driver, ...]:
    """Return the till's own drivers."""
    # Late: each family loads its own libraries, and only for a till that has one.
    from hardware.built_in import DRIVERS

    return DRIVERS


@cache
def drivers() -> Mapping[str, Driver]:
    """Return every driver by its key; the till's own cannot be replaced.

    A package that cannot be loaded is logged and left out: the till sells on.
    """
    found = {driver.facts.key: driver for driver in built_in_drivers()}
    for point in entry_points(group=ENTRY_POINTS):
        driver = _loaded(point)
        if driver is None:
            continue
        if driver.facts.key in found:
            _log.warning("driver %s of %s: its key is taken", point.name, point.value)
            continue
        found[driver.facts.key] = driver
    return found


def driver(key: str) -> Driver:
    """Return one driver.

    Raises:
        UserError: "device_driver_unknown".
    """
    found = drivers().get(key)
    if found is None:
        raise UserError("device_driver_unknown", driver=key)
    return found


def drivers_of(category: DeviceCategory) -> tuple[Driver, ...]:
    """Return the drivers of a category, the till's own first."""
    return tuple(x for x in drivers().values() if x.facts.category is category)


def best_driver(found: FoundDevice) -> Driver | None:
    """Return the driver that recognises a found device best; None for none."""
    kind = found.connection.kind
    sure = [
        (_certainty(x, found), at, x)
        for at, x in enumerate(drivers().values())
        if kind in x.facts.connections
    ]
    score, _, best = max(sure, key=lambda one: (one[0], -one[1]), default=(0, 0, None))
    return best if score > 0 else None


def made_by(one: Driver, settings: DeviceSettings, context: DriverContext) -> object:
    """Return what a driver makes of settings.

    Raises:
        UserError, DeviceError: what the driver says of the settings.
        DeviceError: "device_driver_failed" where it fails in any other way.
    """
    try:
        return one.make(settings, context)
    except (UserError, DeviceError):
        raise
    except (Exception, SystemExit) as error:
        _log.exception("driver %s made no device", one.facts.key)
        raise DeviceError("device_driver_failed") from error


def _is_sound(facts: object) -> bool:
    """Tell whether facts are what the settings page makes a form of."""
    if not isinstance(facts, DriverFacts):
        return False
    kinds: list[tuple[object, type]] = [
        (facts.key, str),
        (facts.name, str),
        (facts.category, DeviceCategory),
        (facts.connections, tuple),
        (facts.options, tuple),
    ]
    if not all(isinstance(thing, kind) for thing, kind in kinds):
        return False
    kinds = [(x, ConnectionKind) for x in facts.connections]
    kinds += [(x, DriverOption) for x in facts.options]
    return bool(facts.connections) and all(isinstance(x, kind) for x, kind in kinds)


def _certainty(one: Driver, found: FoundDevice) -> int:
    try:
        return int(one.recognise(found))
    except (Exception, SystemExit):  # noqa: BLE001 - somebody else's code, likewise
        _log.exception("driver %s cannot look at what was found", one.facts.key)
        return 0


def _loaded(point: EntryPoint) -> Driver | None:
    try:
        thing = point.load()
    except (Exception, SystemExit):  # noqa: BLE001 - somebody else's, of any quality
        _log.exception("driver %s of %s cannot be loaded", point.name, point.value)
        return None
    if not (isinstance(thing, Driver) and _is_sound(thing.facts)):
        _log.warning("driver %s of %s is no Driver", point.name, point.value)
        return None
    return thing
