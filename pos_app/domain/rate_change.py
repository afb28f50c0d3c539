"""Another tax rate from a day on: what was before ends, and stays in the history."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from pos_app.domain.tax import TaxRate
from pos_app.values.percentage import Percentage
from pos_app.values.times import BusinessDay, Period, Timestamp

CODE_LIMIT = 8
NAME_LIMIT = 40


@dataclass(frozen=True, slots=True)
class RateDraft:
    """A rate as a person typed it.

    Attributes:
        percentage: exact; None takes the tax away from then on.
        code: printed beside a line ("13%", "A"); "" for the percentage itself.
        name: printed in the sums; "" for the code.
        from_day: the business day from which on it is in force.
        replaces: code of the rate that it follows; "" for one that is added.
    """

    percentage: Percentage | None
    from_day: BusinessDay
    code: str = ""
    name: str = ""
    replaces: str = ""


def ended_rates(
    rates: Iterable[TaxRate], code: str, start: Timestamp
) -> tuple[TaxRate, ...]:
    """End what a rate follows at `start`, and drop what was to come after it."""
    kept = []
    for rate in rates:
        if rate.code != code or (rate.period.end and rate.period.end <= start):
            kept.append(rate)
        elif rate.period.start is None or rate.period.start < start:
            kept.append(replace(rate, period=Period(rate.period.start, start)))
    return tuple(kept)


def fresh_rate(
    draft: RateDraft, before: Iterable[TaxRate], start: Timestamp
) -> TaxRate | None:
    """Return the rate that a draft means; None where the tax ends.

    A name that is not typed follows the one before: 增值税 13% becomes 增值税 11%.
    """
    if draft.percentage is None:
        return None
    words = str(draft.percentage)
    code = draft.code.strip()[:CODE_LIMIT] or words
    name = draft.name.strip()[:NAME_LIMIT]
    followed = next((x for x in before if x.code == draft.replaces), None)
    names: tuple[tuple[str, str], ...] = ()
    if not name and followed is not None:
        old = str(followed.percentage)
        name = followed.name.replace(old, words)
        names = tuple((tag, text.replace(old, words)) for tag, text in followed.names)
    period = Period(start, None)
    return TaxRate(code, name or code, draft.percentage, period, names)


def is_later(rate: TaxRate, moment: Timestamp) -> bool:
    """Tell whether a rate is announced for a moment to come."""
    return rate.period.start is not None and rate.period.start > moment
