"""Dates of item files: since when a price holds, and until when.

A day alone means the shop's own midnight: "from" at its beginning, "until" at its
end, because 11-01 to 11-30 means thirty days to everybody who writes it. A day
with a clock time is that minute.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta, tzinfo
from decimal import Decimal

from pos_app.errors import UserError
from pos_app.values.times import Timestamp

#: Day 0 of spreadsheets that count days (Excel's 1900 system, after February 1900).
_SERIAL_START = date(1899, 12, 30)
_FIRST_YEAR, _LAST_YEAR = 2000, 2199
_NEVER = "9999"
_SERIAL = re.compile(r"[3-7]\d{4}(\.\d+)?")
_DAY = re.compile(
    r"(\d{4})-?(\d{1,2})-?(\d{1,2})(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?"
)
_COMPACT = re.compile(r"\d{8}")
_MARKS = str.maketrans({"年": "-", "月": "-", "日": " ", "/": "-", ".": "-"})
_DAY_SECONDS = 24 * 3600


def parse_start(text: str, zone: tzinfo) -> Timestamp:
    """Read since when something holds.

    Args:
        text: 2026-11-22, 2026/11/22, 2026.11.22, 20261122, 2026年11月22日, each
            with a clock time or without; a spreadsheet's day number; ISO 8601
            with an offset.
        zone: the shop's.

    Raises:
        UserError: "date_unreadable" or "date_absurd".
    """
    return _parse(text, zone, days_after=0)


def parse_end(text: str, zone: tzinfo) -> Timestamp | None:
    """Read until when something holds; a day alone is counted in.

    Returns:
        The moment; None for the year 9999, in which files write that it never ends.

    Raises:
        UserError: "date_unreadable" or "date_absurd".
    """
    if unicodedata.normalize("NFKC", text).strip().startswith(_NEVER):
        return None
    return _parse(text, zone, days_after=1)


def show_start(moment: Timestamp, zone: tzinfo) -> str:
    """Write what `parse_start` reads back exactly."""
    local = moment.at(zone)
    for text in (local.date().isoformat(), f"{local:%Y-%m-%d %H:%M}"):
        if parse_start(text, zone) == moment:
            return text
    return local.isoformat(timespec="milliseconds")


def show_end(moment: Timestamp, zone: tzinfo) -> str:
    """Write what `parse_end` reads back exactly."""
    local = moment.at(zone)
    last_day = local.date() - timedelta(days=1)
    for text in (last_day.isoformat(), f"{local:%Y-%m-%d %H:%M}"):
        if parse_end(text, zone) == moment:
            return text
    return local.isoformat(timespec="milliseconds")


def _parse(text: str, zone: tzinfo, days_after: int) -> Timestamp:
    said = unicodedata.normalize("NFKC", text).strip()
    try:
        moment = _moment(said, zone, days_after)
    except (ValueError, OverflowError) as error:
        raise UserError("date_unreadable", text=text[:40]) from error
    if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        raise UserError("date_absurd", text=text[:40])
    return Timestamp.of(moment)


def _moment(said: str, zone: tzinfo, days_after: int) -> datetime:
    if _SERIAL.fullmatch(said):
        days, _, part = said.partition(".")
        day = _SERIAL_START + timedelta(days=int(days))
        seconds = round(Decimal(f"0.{part or 0}") * _DAY_SECONDS)
        if not seconds:
            return _midnight(day + timedelta(days=days_after), zone)
        return _midnight(day, zone) + timedelta(seconds=seconds)
    plain = said if "+" in said or said.endswith("Z") else said.translate(_MARKS)
    match = _DAY.fullmatch(plain.strip())
    if match is None:
        moment = datetime.fromisoformat(said)
        if moment.tzinfo is None:
            raise ValueError(said)
        return moment
    if "-" not in plain and not _COMPACT.match(plain):
        raise ValueError(said)  # 2026111 may be two days
    year, month, number, hour, minute, second = match.groups()
    day = date(int(year), int(month), int(number))
    if hour is None:
        return _midnight(day + timedelta(days=days_after), zone)
    clock = time(int(hour), int(minute), int(second or 0), tzinfo=zone)
    return datetime.combine(day, clock)


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(tzinfo=zone))
