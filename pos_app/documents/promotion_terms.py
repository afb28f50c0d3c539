"""When, for whom, how often and by what: the terms of a promotion in words."""

from __future__ import annotations

from collections.abc import Sequence

from pos_app.documents.promotion_speech import GoodsKind, Speech
from pos_app.domain.promotion.promotion import (
    DAY_MINUTES,
    NAMED_AUDIENCES,
    Audience,
    AudienceKind,
    Hours,
    LimitPeriod,
    Limits,
    Schedule,
    Trigger,
    TriggerKind,
)
from pos_app.values.times import Timestamp

_WEEK = 7


def when_words(speech: Speech, schedule: Schedule) -> str:
    """Say when it holds; "" for always."""
    parts = (
        _period(speech, schedule.period.start, schedule.period.end),
        _days(speech, schedule.weekdays),
        speech.plain("days.join").join(_hours(speech, x) for x in schedule.hours),
    )
    return speech.plain("when.join").join(part for part in parts if part)


def audience_words(speech: Speech, audience: Audience) -> str:
    """Say for whom it is; "" for everybody."""
    if audience.kind is AudienceKind.EVERYONE:
        return ""
    named = audience.values
    if audience.kind is AudienceKind.TIER:
        named = tuple(speech.name_of(GoodsKind.TIER, x) or x for x in named)
    if audience.kind in NAMED_AUDIENCES and not named:
        return speech.plain("audience.none")
    values = speech.plain("goods.join").join(named)
    return speech.plain(f"audience.{audience.kind.value}", values=values)


def limit_words(speech: Speech, limits: Limits) -> str:
    """Say how often it may be used; "" for any number of times."""
    member = f"limits.member.{limits.member_period.value}"
    if limits.member_period is LimitPeriod.EVER:
        member = "limits.member"
    parts = (
        ("limits.basket", limits.per_basket),
        (member, limits.per_member),
        (f"limits.period.{limits.period.value}", limits.in_period),
        ("limits.all", limits.in_all),
    )
    told = [speech.plain(key, count=str(n)) for key, n in parts if n is not None]
    return speech.plain("limits.join").join(told)


def where_words(speech: Speech, stores: Sequence[str], channels: Sequence[str]) -> str:
    """Say where it holds; "" for everywhere. Shops that have no name here are counted."""
    known = speech.phrases.clauses
    places = [known.get(f"where.{each}", each) for each in channels]
    names = [speech.name_of(GoodsKind.STORE, each) for each in stores]
    places += [name for name in names if name]
    others = names.count("")
    if others:
        key = "where.other.one" if others == 1 else "where.other"
        places.append(speech.plain(key, count=str(others)))
    if not places:
        return ""
    return speech.plain("where.only", places=speech.plain("goods.join").join(places))


def trigger_words(speech: Speech, trigger: Trigger) -> str:
    """Say what makes it apply; "" where it does by itself."""
    if trigger.kind is TriggerKind.AUTO:
        return ""
    return speech.plain(f"trigger.{trigger.kind.value}")


def _period(speech: Speech, start: Timestamp | None, end: Timestamp | None) -> str:
    first = _moment(speech, start) if start else ""
    last = _moment(speech, end) if end else ""
    if first and last:
        return speech.plain("when.between", start=first, end=last)
    if first:
        return speech.plain("when.from", start=first)
    return speech.plain("when.until", end=last) if last else ""


def _moment(speech: Speech, moment: Timestamp) -> str:
    local = moment.at(speech.zone)
    day = speech.phrases.day(local.year, local.month, local.day)
    if not local.hour and not local.minute:
        return day
    return f"{day} {local.hour:02}:{local.minute:02}"


def _days(speech: Speech, weekdays: Sequence[int]) -> str:
    """Name weekdays; three and more in a row as a span."""
    chosen = sorted(set(weekdays))
    if not chosen or len(chosen) == _WEEK:
        return ""
    spans: list[list[int]] = []
    for day in chosen:
        if spans and spans[-1][-1] == day - 1:
            spans[-1].append(day)
        else:
            spans.append([day])
    names = speech.phrases.days
    words: list[str] = []
    for span in spans:
        first, last = names[span[0] - 1], names[span[-1] - 1]
        if len(span) > 2:
            words.append(speech.plain("days.span", first=first, last=last))
        else:
            words.extend(names[day - 1] for day in span)
    return speech.plain("days.join").join(words)


def _hours(speech: Speech, hours: Hours) -> str:
    start, end = _clock(hours.start_minute), _clock(hours.end_minute)
    if hours.end_minute >= DAY_MINUTES and hours.start_minute > 0:
        return speech.plain("hours.after", start=start)
    if hours.start_minute == 0 and hours.end_minute < DAY_MINUTES:
        return speech.plain("hours.before", end=end)
    key = "hours.night" if hours.end_minute < hours.start_minute else "hours.between"
    return speech.plain(key, start=start, end=end)


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
