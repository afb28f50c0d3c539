"""Ends of days, months and years as the shop's clocks show them."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, time, timedelta, tzinfo

from pos_app.values.times import Timestamp
from pos_app.values.wall_time import wall_time


def local_day(moment: Timestamp, zone: tzinfo) -> date:
    """Return the calendar day of the shop at a moment."""
    return moment.at(zone).date()


def start_of(day: date, zone: tzinfo) -> Timestamp:
    """Return the first moment of a day of the shop."""
    return wall_time(datetime.combine(day, time()), zone).moment


def end_of(day: date, zone: tzinfo) -> Timestamp:
    """Return the first moment after a day of the shop; ends are never in a span."""
    return start_of(day + timedelta(days=1), zone)


def months_after(day: date, months: int) -> date:
    """Return the same day of another month, or its last one (31 Jan → 28 Feb)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def month_end(day: date) -> date:
    """Return the last day of the month of a day."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def days_after(moment: Timestamp, days: int, zone: tzinfo) -> Timestamp:
    """Return the end of the day that lies so many days after a moment's day."""
    return end_of(local_day(moment, zone) + timedelta(days=days), zone)
