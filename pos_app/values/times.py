"""Times: a UTC timestamp, an explicit business day, a period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

from typing_extensions import override


@dataclass(frozen=True, slots=True, order=True)
class Timestamp:
    """A moment in UTC.

    Attributes:
        unix_ms: milliseconds since 1970-01-01 UTC.
    """

    unix_ms: int

    @classmethod
    def of(cls, moment: datetime) -> Timestamp:
        """Take an aware datetime, truncated to milliseconds."""
        assert moment.tzinfo is not None
        seconds = moment.astimezone(UTC) - datetime(1970, 1, 1, tzinfo=UTC)
        return cls(seconds // timedelta(milliseconds=1))

    @classmethod
    def parse(cls, text: str) -> Timestamp:
        """Read ISO 8601 with an offset or Z.

        Raises:
            ValueError: when the text is no such time.
        """
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None:
            raise ValueError(text)
        return cls.of(moment)

    def at(self, zone: tzinfo) -> datetime:
        """Return the moment as wall time of `zone`."""
        moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=self.unix_ms)
        return moment.astimezone(zone)

    def plus_seconds(self, seconds: int) -> Timestamp:
        """Return the moment `seconds` later."""
        return Timestamp(self.unix_ms + 1000 * seconds)

    @override
    def __str__(self) -> str:
        return self.at(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


@dataclass(frozen=True, slots=True)
class Period:
    """A half-open span of time: from `start` on, before `end`; None is open."""

    start: Timestamp | None = None
    end: Timestamp | None = None

    def covers(self, moment: Timestamp) -> bool:
        """Tell whether the period is in force at `moment`."""
        after_start = self.start is None or self.start <= moment
        return after_start and (self.end is None or moment < self.end)


#: A trading day as the shop counts it; it does not change at midnight.
BusinessDay = date


def business_day_at(
    moment: Timestamp, zone: tzinfo, starts_at_hour: int
) -> BusinessDay:
    """Return the business day that a shop open at `moment` would call today.

    Args:
        moment: the time.
        zone: the shop's time zone.
        starts_at_hour: local hour before which it is still yesterday's day.
    """
    local = moment.at(zone)
    return (local - timedelta(hours=starts_at_hour)).date()


def zone_of(offset_minutes: int) -> tzinfo:
    """Return a fixed zone; for shops whose host has no zone database."""
    return timezone(timedelta(minutes=offset_minutes))
