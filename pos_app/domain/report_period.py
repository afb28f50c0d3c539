"""The business days that a report is about, and the days it is compared with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from pos_app.errors import UserError
from pos_app.values.times import BusinessDay

_WEEK = timedelta(days=7)
#: A report of more days than this is a job for the back office, not for a till.
LONGEST_DAYS = 400


class Span(StrEnum):
    """The periods that one tap chooses."""

    TODAY = "today"
    YESTERDAY = "yesterday"
    WEEK = "week"  # today and the six days before
    MONTH = "month"  # this calendar month so far
    OWN = "own"  # from one day to another


@dataclass(frozen=True, slots=True)
class ReportPeriod:
    """Business days from `first` to `last`, both included."""

    first: BusinessDay
    last: BusinessDay

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    @property
    def is_one_day(self) -> bool:
        """Tell whether it is a single day, which is shown by hour."""
        return self.first == self.last

    @property
    def weeks_back(self) -> int:
        """How many whole weeks lie between this and what it is compared with.

        Whole weeks, so that each weekday is compared with its like.
        """
        return -(-self.days // 7)

    def before(self) -> ReportPeriod:
        """Return the same weekdays just before; for one day, a week earlier."""
        back = self.weeks_back * _WEEK
        return ReportPeriod(self.first - back, self.last - back)

    def each_day(self) -> tuple[BusinessDay, ...]:
        """Return its days in order."""
        return tuple(self.first + timedelta(days=n) for n in range(self.days))


def period_of(span: Span, today: BusinessDay) -> ReportPeriod:
    """Return the period of a one-tap choice, as seen on `today`."""
    match span:
        case Span.YESTERDAY:
            yesterday = today - timedelta(days=1)
            return ReportPeriod(yesterday, yesterday)
        case Span.WEEK:
            return ReportPeriod(today - timedelta(days=6), today)
        case Span.MONTH:
            return ReportPeriod(today.replace(day=1), today)
        case _:
            return ReportPeriod(today, today)


def period_between(first: date, last: date, today: BusinessDay) -> ReportPeriod:
    """Return the period of two days that a person chose, in whichever order.

    Raises:
        UserError: "period_too_long" with the most days, "period_ahead" where both
            days are still to come.
    """
    early, late = min(first, last), max(first, last)
    if early > today:
        raise UserError("period_ahead")
    period = ReportPeriod(early, min(late, today))
    if period.days > LONGEST_DAYS:
        raise UserError("period_too_long", days=LONGEST_DAYS)
    return period
