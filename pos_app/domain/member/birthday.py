"""Birthdays: a month and a day, no year, and no new one every month."""

from __future__ import annotations

from calendar import isleap
from dataclasses import dataclass
from datetime import date

from pos_app.errors import UserError

#: A year that has a 29 February.
_LEAP_YEAR = 2000


@dataclass(frozen=True, slots=True)
class Birthday:
    """When somebody is greeted.

    Attributes:
        month: 1 to 12. day: 1 to 31, one that the month has.
        set_on: the shop's day on which it was written down.
    """

    month: int
    day: int
    set_on: date

    def in_year(self, year: int) -> date:
        """Return the day in a year; 29 February is the 28th where there is none."""
        try:
            return date(year, self.month, self.day)
        except ValueError:
            return date(year, 2, 28)

    def is_on(self, today: date) -> bool:
        """Tell whether it is today."""
        return self.in_year(today.year) == today

    @property
    def locked_until(self) -> date:
        """The first day on which another one may be written down."""
        try:
            return self.set_on.replace(year=self.set_on.year + 1)
        except ValueError:  # written down on 29 February
            return date(self.set_on.year + 1, 3, 1)


def kept_on(today: date) -> tuple[tuple[int, int], ...]:
    """Return the birthdays (month, day) of a day: with 29 February, where it is none."""
    own = (today.month, today.day)
    is_leap_day_kept = own == (2, 28) and not isleap(today.year)
    return (own, (2, 29)) if is_leap_day_kept else (own,)


def set_birthday(known: Birthday | None, month: int, day: int, today: date) -> Birthday:
    """Return the birthday to keep; the same day again changes nothing.

    Args:
        known: what is written down; None for nothing.
        month: 1 to 12.
        day: of that month.
        today: the shop's day.

    Raises:
        UserError: "member_birthday_shape", or "member_birthday_locked" with `until`
            within twelve months of the last change (a birthday coupon a month).
    """
    try:
        date(_LEAP_YEAR, month, day)
    except ValueError:
        raise UserError("member_birthday_shape", month=month, day=day) from None
    if known is None:
        return Birthday(month, day, today)
    if (known.month, known.day) == (month, day):
        return known
    if today < known.locked_until:
        raise UserError("member_birthday_locked", until=known.locked_until)
    return Birthday(month, day, today)
