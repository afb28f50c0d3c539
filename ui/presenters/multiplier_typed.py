"""What is typed of a multiplier: how many times, and on which days."""

from __future__ import annotations

from datetime import date

from pos_app.errors import UserError
from pos_app.values.percentage import Percentage

_MOST = 1000


def times_of(text: str) -> Percentage:
    """Read per cent.

    Raises:
        UserError: "programme_number".
    """
    refusal = UserError("programme_number", field="times", least=0, most=_MOST)
    try:
        times = Percentage.parse(text.strip())
    except UserError as error:
        raise refusal from error
    if not 0 <= times.millionths <= _MOST * 10_000:
        raise refusal
    return times


def day_of(text: str, key: str) -> date | None:
    """Read a day of a field; None where nothing is typed.

    Raises:
        UserError: "programme_day" with the field.
    """
    typed = text.strip().replace("/", "-")
    try:
        day = date.fromisoformat(typed) if typed else None
    except ValueError:
        raise UserError("programme_day", field=key) from None
    if day is not None and not date(2000, 1, 1) <= day <= date(2999, 12, 31):
        raise UserError("programme_day", field=key)
    return day
