"""When a promotion holds: days, hours, from when until when, as they are typed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta, tzinfo

from pos_app.documents.promotion_speech import phrases_of
from pos_app.domain.promotion.promotion import DAY_MINUTES, Hours, Schedule
from pos_app.errors import UserError
from pos_app.i18n import _, current_language
from pos_app.values.times import Period, Timestamp
from pos_app.values.wall_time import wall_time
from ui.presenters.office_form_state import FieldKind, FieldView, Option
from ui.presenters.promotions_state import PromotionCard

#: Fields between a key for less and one for more, and what a step moves them by.
_HALF_HOUR = 30
TIME_FIELDS = ("from", "to", "from2", "to2", "first_time", "last_time")
_ENDS = frozenset({"to", "to2"})
DAY_FIELDS = ("first_day", "last_day")
LIMIT_FIELDS = ("basket", "member", "period", "all")
STEP_FIELDS = frozenset((*TIME_FIELDS, *DAY_FIELDS, *LIMIT_FIELDS))
_CLOCK = re.compile(r"(\d{1,2})[:.\uff1a](\d{2})")
_YEARS = range(2000, 2200)
_WEEK = 7
#: What the first and the second span of a day begin with: an evening, a noon.
_USUAL_HOURS = (Hours(19 * 60, DAY_MINUTES), Hours(11 * 60, 13 * 60))


def when_texts(schedule: Schedule, zone: tzinfo, today: date) -> dict[str, str]:
    """Return what stands in the fields of a schedule.

    Args:
        schedule: which.
        zone: of the shop.
        today: what an empty day begins with.
    """
    spans = (*schedule.hours, *_USUAL_HOURS[len(schedule.hours) :])
    start, end = schedule.period.start, schedule.period.end
    days = ",".join(str(day) for day in schedule.weekdays)
    texts = {
        "days": days,
        "hours": ("day", "span", "two")[min(2, len(schedule.hours))],
        "from": clock_words(spans[0].start_minute),
        "to": clock_words(spans[0].end_minute),
        "from2": clock_words(spans[1].start_minute),
        "to2": clock_words(spans[1].end_minute),
        "period": "dates" if start or end else "always",
        "last": "until" if end else "open",
    }
    first = start.at(zone) if start else datetime(today.year, today.month, today.day)  # noqa: DTZ001
    last = end.at(zone) if end else first + timedelta(days=7)
    for name, moment in (("first", first), ("last", last)):
        texts[f"{name}_day"] = moment.date().isoformat()
        texts[f"{name}_time"] = f"{moment.hour:02}:{moment.minute:02}"
    return texts


def read_when(texts: Mapping[str, str], before: Schedule, zone: tzinfo) -> Schedule:
    """Read the fields.

    Args:
        texts: as typed.
        before: keeps the hours that the card cannot show.
        zone: of the shop.

    Raises:
        UserError: "moment_unreadable", "price_end_first".
    """
    days = tuple(int(x) for x in texts.get("days", "").split(",") if x)
    days = () if len(days) == _WEEK else days
    hours: tuple[Hours, ...] = ()
    if texts.get("hours") == "span":
        hours = (_span(texts, ""),)
    elif texts.get("hours") == "two":
        spans = (_span(texts, ""), _span(texts, "2"), *before.hours[2:])
        hours = tuple(sorted(spans, key=lambda one: one.start_minute))
    start = end = None
    if texts.get("period") == "dates":
        start = _moment(texts["first_day"], texts["first_time"], zone)
        if texts.get("last") == "until":
            end = _moment(texts["last_day"], texts["last_time"], zone)
            if end <= start:
                raise UserError("price_end_first")
    return Schedule(Period(start, end), days, hours)


def stepped(field: str, text: str, by: int) -> str:
    """Return a day, a time of day or a limit, moved by a day, half an hour or one.

    A limit below one is none.
    """
    if field in LIMIT_FIELDS:
        count = (int(text) if text.strip().isdecimal() else 0) + by
        return str(count) if count > 0 else ""
    if field in DAY_FIELDS:
        try:
            return (date.fromisoformat(text) + timedelta(days=by)).isoformat()
        except (ValueError, OverflowError):
            return text
    found = _CLOCK.fullmatch(text.strip())
    if not found:
        return text
    minute = int(found[1]) * 60 + int(found[2])
    step = minute // _HALF_HOUR + by
    if minute % _HALF_HOUR and by < 0:
        step += 1
    last = DAY_MINUTES if field in _ENDS else DAY_MINUTES - _HALF_HOUR
    return clock_words(max(0, min(last, step * _HALF_HOUR)))


def clock_words(minute: int) -> str:
    """Write minutes after midnight: "19:00", "24:00"."""
    return f"{minute // 60:02}:{minute % 60:02}"


def when_card(
    key: str, title: str, texts: Mapping[str, str], problem: str
) -> PromotionCard:
    """Return the card of days, hours and period."""
    chosen = {x for x in texts.get("days", "").split(",") if x}
    names = phrases_of(current_language()).days
    days = tuple(
        (
            names[at],
            not chosen or str(at + 1) in chosen,
        )
        for at in range(_WEEK)
    )
    fields = [
        _choice(
            "hours",
            texts,
            (
                ("day", _("The whole day")),
                ("span", _("Some hours")),
                ("two", _("Twice a day")),
            ),
        )
    ]
    if texts.get("hours") in {"span", "two"}:
        fields += [_field("from", _("From"), texts), _field("to", _("Until"), texts)]
    if texts.get("hours") == "two":
        fields += [
            _field("from2", _("Again from"), texts),
            _field("to2", _("Again until"), texts),
        ]
    fields.append(
        _choice(
            "period",
            texts,
            (("always", _("On any date")), ("dates", _("On some dates"))),
        )
    )
    if texts.get("period") == "dates":
        fields += _period_fields(texts)
    if problem:
        fields.append(FieldView(FieldKind.NOTE, "problem", detail=f"⊘ {problem}"))
    return PromotionCard(key, title, tuple(fields), days=days)


def _period_fields(texts: Mapping[str, str]) -> list[FieldView]:
    fields = [
        _field("first_day", _("First day"), texts),
        _field("first_time", _("Begins at"), texts),
        _choice(
            "last", texts, (("open", _("Without an end")), ("until", _("With an end")))
        ),
    ]
    if texts.get("last") == "until":
        fields += [
            _field("last_day", _("Last day"), texts),
            _field("last_time", _("Ends at"), texts),
        ]
    return fields


def _choice(
    key: str, texts: Mapping[str, str], choices: tuple[tuple[str, str], ...]
) -> FieldView:
    options = tuple(Option(name, words) for name, words in choices)
    return FieldView(FieldKind.CHOICE, key, "", texts.get(key, ""), options=options)


def _field(key: str, label: str, texts: Mapping[str, str]) -> FieldView:
    return FieldView(FieldKind.TEXT, key, label, texts.get(key, ""), limit=10)


def _span(texts: Mapping[str, str], which: str) -> Hours:
    span = Hours(_minute(texts[f"from{which}"]), _minute(texts[f"to{which}"]))
    if span.start_minute == span.end_minute:
        raise UserError("promotion_never", blank="when")
    return span


def _minute(text: str) -> int:
    found = _CLOCK.fullmatch(text.strip())
    minute = int(found[1]) * 60 + int(found[2]) if found else -1
    if not found or int(found[2]) >= 60 or not 0 <= minute <= DAY_MINUTES:
        raise UserError("moment_unreadable")
    return minute


def _moment(day: str, clock: str, zone: tzinfo) -> Timestamp:
    try:
        midnight = datetime.fromisoformat(day.strip())
    except ValueError as error:
        raise UserError("moment_unreadable") from error
    if midnight.tzinfo is not None or midnight.year not in _YEARS:
        raise UserError("moment_unreadable")
    local = midnight + timedelta(minutes=_minute(clock))
    return wall_time(local, zone).moment
