"""What a search found, in words: what it is, and what has to be done first."""

from __future__ import annotations

from collections.abc import Sequence

from pos_app.errors import DeviceError
from pos_app.i18n import _
from pos_app.ports.devices import DeviceSettings, DriverFacts, FoundDevice
from pos_app.services.device_names import CATEGORY_NAMES
from ui.messages import explain
from ui.presenters.device_fields import Facts, fresh_device
from ui.presenters.device_words import CATEGORY_ICONS, connection_words
from ui.presenters.devices_state import FoundRow

#: Only this one the till can do something about itself.
RULE_PROBLEM = "device_forbidden"


def found_rows(found: Sequence[FoundDevice], facts: Facts) -> tuple[FoundRow, ...]:
    """Return what was found, in the order of the search."""
    return tuple(_row(str(at), x, facts) for at, x in enumerate(found))


def _row(key: str, found: FoundDevice, facts: Facts) -> FoundRow:
    own = facts.get(found.driver)
    what = _(CATEGORY_NAMES[found.category]) if found.category else _("Some device")
    parts = [what, connection_words(found.connection)]
    if own is not None:
        parts.append(_(own.name))
    problem = ""
    if found.problem:
        name = found.name or found.connection.address
        problem = explain(DeviceError(found.problem, device=name)).sentence
    return FoundRow(
        key=key,
        icon=CATEGORY_ICONS[found.category] if found.category else "usb",
        title=found.name or what,
        detail=" · ".join(dict.fromkeys(parts)),
        problem=problem,
        action=_("Allow it") if found.problem == RULE_PROBLEM else _("Set it up"),
    )


def proposed(found: FoundDevice, facts: Facts, device_id: str) -> DeviceSettings | None:
    """Return a found device as it would be set up; None where no driver fits."""
    own = facts.get(found.driver)
    if own is None and found.category is not None:
        own = next((x for x in facts.values() if _fits(x, found)), None)
    if own is None:
        return None
    device = fresh_device(device_id, own)
    return DeviceSettings(
        device_id=device.device_id,
        category=device.category,
        name=found.name.strip()[:60],
        driver=device.driver,
        connection=found.connection,
    )


def _fits(facts: DriverFacts, found: FoundDevice) -> bool:
    is_one = facts.category is found.category
    return is_one and found.connection.kind in facts.connections
