"""Birthdays as files write them: with a year, without one, in any order of days."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta

from pos_app.errors import UserError

_MARKS = str.maketrans({"年": "-", "月": "-", "日": " ", "/": "-", ".": "-"})
_PARTS = re.compile(r"(\d{1,4})-(\d{1,4})(?:-(\d{1,4}))?")
#: A spreadsheet's day number: from 1927 to 2036, told apart from MMDD by its length.
_SERIAL = re.compile(r"[1-4]\d{4}(\.0+)?")
_SERIAL_START = date(1899, 12, 30)
_LEAP_YEAR = 2000


def read_birthday(text: str) -> tuple[int, int]:
    """Return month and day; the year is not kept.

    Args:
        text: 1990-05-17, 1990年5月17日, 5月17日, 05-17, 17/05/1990, 0517, 19900517,
            民國79年5月17日, or a spreadsheet's day number.

    Raises:
        UserError: "member_import_birthday" for what is no day, or
            "member_import_birthday_order" where month and day may be either.
    """
    said = unicodedata.normalize("NFKC", text).strip().removeprefix("民國")
    said = said.removeprefix("民国").split("T")[0].split(" 00:00")[0].strip()
    found = _compact(said) or _written(said.translate(_MARKS).strip(" -"))
    if found is None:
        raise UserError("member_import_birthday", text=text[:40])
    try:
        date(_LEAP_YEAR, *found)
    except ValueError:
        raise UserError("member_import_birthday", text=text[:40]) from None
    return found


def _compact(said: str) -> tuple[int, int] | None:
    if re.fullmatch(r"(19|20)\d{6}", said):
        return int(said[4:6]), int(said[6:])
    if re.fullmatch(r"\d{4}", said):
        return int(said[:2]), int(said[2:])
    if _SERIAL.fullmatch(said):
        day = _SERIAL_START + timedelta(days=int(said.partition(".")[0]))
        return day.month, day.day
    return None


def _written(said: str) -> tuple[int, int] | None:
    match = _PARTS.fullmatch(said)
    if match is None:
        return None
    first, second, third = match.groups()
    if third is None:
        return _either(int(first), int(second), said, month_first=True)
    if len(first) >= 3 or int(first) > 31:  # a year, of the Republic too
        return int(second), int(third)
    if len(third) < 3 and int(third) <= 31:
        return int(second), int(third)  # 79-05-17 and 90-05-17 were years as well
    return _either(int(first), int(second), said, month_first=False)


def _either(
    first: int, second: int, said: str, *, month_first: bool
) -> tuple[int, int]:
    """Return month and day of two numbers, when only one order makes sense."""
    if first > 12:
        return second, first
    if second > 12 or first == second or month_first:
        return first, second
    raise UserError("member_import_birthday_order", text=said)
