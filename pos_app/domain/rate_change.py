"""Another tax rate from a day on: what was before ends, and stays in the history."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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


def changed_rates(
    rates: Sequence[TaxRate], draft: RateDraft, start: Timestamp
) -> tuple[TaxRate, ...]:
    """Return the rates once a draft is in force from `start` on.

    What the rate follows ends there, what was announced to come after it gives way,
    and the fresh one stands behind the last of them that is kept.
    """
    row = [at for at, _rate in _succession(rates, draft.replaces)]
    fresh = fresh_rate(draft, rates, start)
    found: list[TaxRate] = []
    place = len(rates)
    for at, rate in enumerate(rates):
        end, begun = rate.period.end, rate.period.start
        if at not in row or (end and end <= start):
            found.append(rate)
        elif begun is None or begun < start:
            found.append(replace(rate, period=Period(begun, start)))
        if at in row and (begun is None or begun < start):
            place = len(found)
    if fresh is not None:
        found.insert(min(place, len(found)), fresh)
    return tuple(found)


def without_planned(
    rates: Sequence[TaxRate], code: str, moment: Timestamp
) -> tuple[TaxRate, ...]:
    """Return the rates without those of a code that are announced for later.

    The rate before such a one holds on until what comes after it.
    """
    found = list(rates)
    while True:
        at = next(
            (i for i, x in enumerate(found) if x.code == code and is_later(x, moment)),
            None,
        )
        if at is None:
            return tuple(found)
        gone = found[at]
        for place, rate in enumerate(found):
            if _next_of(found, place) == at:
                period = Period(rate.period.start, gone.period.end)
                found[place] = replace(rate, period=period)
                break
        del found[at]


def _succession(rates: Sequence[TaxRate], code: str) -> list[tuple[int, TaxRate]]:
    """Return the rates of a code and those that follow each of them, with places."""
    row = [at for at, rate in enumerate(rates) if rate.code == code]
    for at in row:  # grows
        after = _next_of(rates, at)
        if after is not None and after not in row:
            row.append(after)
    return [(at, rates[at]) for at in row]


def _next_of(rates: Sequence[TaxRate], at: int) -> int | None:
    """Return the place of the rate that begins where another ends; None for none.

    Two taxes may change on one day: the one of the same code follows, else the
    nearest behind.
    """
    end = rates[at].period.end
    if end is None:
        return None
    begin = [i for i, x in enumerate(rates) if x.period.start == end and i != at]
    same = [i for i in begin if rates[i].code == rates[at].code]
    behind = [i for i in begin if i > at]
    return next(iter((*same, *behind)), None)


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
