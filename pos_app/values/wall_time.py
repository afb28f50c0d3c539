"""What a person means by a day and a time of the shop, where clocks are changed.

The rule: a time that the clocks skip means the moment they are set on (the first
moment after the gap), a time that comes twice means its first coming. So a price
"from 02:30" on the night of summer time begins at 03:00, and never a day later.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from enum import StrEnum

from pos_app.values.times import Timestamp

_SECOND = timedelta(seconds=1)


class Oddity(StrEnum):
    """How a wall time is not like others."""

    NONE = ""
    SKIPPED = "skipped"
    TWICE = "twice"


@dataclass(frozen=True, slots=True)
class WallTime:
    """A wall time as a moment.

    Attributes:
        moment: what is meant. oddity: why that had to be decided.
    """

    moment: Timestamp
    oddity: Oddity = Oddity.NONE


def wall_time(local: datetime, zone: tzinfo) -> WallTime:
    """Return the moment that a wall time means.

    Args:
        local: day and time without a zone, as typed.
        zone: the shop's.
    """
    assert local.tzinfo is None
    early = local.replace(tzinfo=zone, fold=0)
    late = local.replace(tzinfo=zone, fold=1)
    if early.utcoffset() == late.utcoffset():
        return WallTime(Timestamp.of(early))
    if early.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == local:
        return WallTime(Timestamp.of(early), Oddity.TWICE)
    return WallTime(Timestamp.of(_set_on(late, early)), Oddity.SKIPPED)


def _set_on(before: datetime, after: datetime) -> datetime:
    """Return the moment between two at which the clocks are set on.

    Args:
        before: the skipped time counted by the later offset: still before the gap.
        after: counted by the earlier one: already behind it.
    """
    zone = before.tzinfo
    low, high = before.astimezone(UTC), after.astimezone(UTC)
    offset = low.astimezone(zone).utcoffset()
    while high - low > _SECOND:
        middle = low + (high - low) // 2
        middle = middle.replace(microsecond=0)
        if middle <= low:
            break
        if middle.astimezone(zone).utcoffset() == offset:
            low = middle
        else:
            high = middle
    return high
