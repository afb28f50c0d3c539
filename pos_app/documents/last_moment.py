"""Until when something is good: as its customer understands it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, tzinfo

from pos_app.values.times import Timestamp


def last_moment(end: Timestamp, zone: tzinfo | None) -> datetime:
    """Return the last minute of what is good no more at an end, on the shop's clock.

    What ends with a day is good to that day's end, 23:59; nobody reads the midnight
    after it as "until".
    """
    local = end.at(zone or UTC)
    if local.time() == time():
        return Timestamp(end.unix_ms - 1).at(zone or UTC).replace(second=0)
    return local


def ends_within_day(end: Timestamp, zone: tzinfo | None) -> bool:
    """Tell whether something ends at a time of day, not with its day."""
    return end.at(zone or UTC).time() != time()


def last_day(end: Timestamp, zone: tzinfo | None) -> date:
    """Return the last day of what is good no more at an end."""
    return last_moment(end, zone).date()


def until_text(end: Timestamp, zone: tzinfo | None) -> str:
    """Write until when: "2026-12-23"; "2026-12-23 14:30" where it ends that day.

    Args:
        end: the first moment at which it is good no more.
        zone: of the shop; None for UTC.
    """
    form = "%Y-%m-%d %H:%M" if ends_within_day(end, zone) else "%Y-%m-%d"
    return last_moment(end, zone).strftime(form)
