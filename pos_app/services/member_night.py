"""What the shop does once a day for its members, while the till has nothing to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from pos_app.ports.ledger import Stamp
from pos_app.services.desk import Desk
from pos_app.values.times import BusinessDay, Timestamp


@dataclass(frozen=True, slots=True)
class Night:
    """One run; steps read with `desk.ledger` and write with `desk.record`.

    They run on a thread of their own: the catalogue, the session and the open sale
    belong to another one and are not touched.

    Attributes:
        desk: for the ledger and ids.
        day: the business day that has just begun; everything before it is over.
        at: now. zone: of the shop. stamp: nobody, on that day, now.
    """

    desk: Desk
    day: BusinessDay
    at: Timestamp
    zone: ZoneInfo
    stamp: Stamp


#: A step: done whole for a day, or again; it commits in small transactions.
NightStep = Callable[[Night], None]
