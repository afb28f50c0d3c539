"""The devices of the till: which are set up, as the ledger says."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from pos_app.i18n import _
from pos_app.persistence.checks.room import CheckRoom, fine
from pos_app.persistence.ledger.tables import setting
from pos_app.ports.health import Finding
from pos_app.services.device_names import CATEGORY_NAMES
from pos_app.services.devices import DEVICES_KEY, read_devices
from pos_app.services.settings import SETTINGS_KEY


def device_book(room: CheckRoom) -> Sequence[Finding]:
    """Say what is used, and how each is driven; only the running till knows more.

    The names that a shop gave them stay out: a report may go to somebody else.
    """
    query = select(setting.c.key, setting.c.value)
    wanted = setting.c.key.in_((DEVICES_KEY, SETTINGS_KEY))
    with room.ledger.connect() as connection:
        stored = {x.key: x.value for x in connection.execute(query.where(wanted))}
    used = [
        f"{_(CATEGORY_NAMES[x.category])}: {x.driver}"
        for x in read_devices(stored.get(DEVICES_KEY), stored.get(SETTINGS_KEY))
        if x.is_on
    ]
    return fine("device_book", "devices_set_up", count=len(used), names=", ".join(used))
