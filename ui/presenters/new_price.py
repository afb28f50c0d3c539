"""The form of a new price: what is typed, what it means, what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from pos_app.errors import GuitaiError, UserError
from pos_app.i18n import _
from pos_app.services.prices import PriceDraft
from pos_app.values.money import parse_minor
from pos_app.values.wall_time import Oddity, WallTime, wall_time
from ui.format import money
from ui.messages import explain
from ui.presenters.price_words import moment_text
from ui.presenters.workplace import Workplace

_YEARS = range(2000, 2200)


@dataclass(frozen=True, slots=True)
class NewPriceText:
    """The form as typed.

    Attributes:
        price: the amount. is_now: it begins at once. is_open: it has no end.
        start_day, end_day: "2026-11-23". start_time, end_time: "08:00".
    """

    price: str = ""
    is_now: bool = True
    is_open: bool = True
    start_day: str = ""
    start_time: str = "00:00"
    end_day: str = ""
    end_time: str = "00:00"


class NewPriceForm:
    """Reads the form in the shop's currency and time."""

    def __init__(self, work: Workplace) -> None:
        self._work = work

    def first_text(self) -> NewPriceText:
        """Return what the form of a new price begins with."""
        tomorrow = self._work.local_now() + timedelta(days=1)
        week = tomorrow + timedelta(days=7)
        return NewPriceText(
            start_day=tomorrow.date().isoformat(),
            end_day=week.date().isoformat(),
        )

    def explain(self, text: NewPriceText) -> tuple[str, bool]:
        """Say what a form means, or what is wrong with it.

        Returns:
            The words, and whether it can be stored.
        """
        try:
            draft, oddities = self.draft("", text)
        except GuitaiError as error:
            return explain(error, self._work.currency).sentence, False
        price = money(draft.minor, self._work.currency)
        start = (
            _("now")
            if draft.start is None
            else moment_text(draft.start, self._work.zone)
        )
        if draft.end is None:
            words = _("{price} from {start} on.", price=price, start=start)
        else:
            end = moment_text(draft.end, self._work.zone)
            words = _(
                "{price} from {start} until {end}; then the price before it again.",
                price=price,
                start=start,
                end=end,
            )
        return " ".join((words, *oddities)), True

    def _refuse_past(self, draft: PriceDraft) -> None:
        now = self._work.counter.desk.clock.now()
        if draft.start is not None and draft.start < now:
            raise UserError("price_start_past")

    def draft(
        self, unit_id: str, text: NewPriceText
    ) -> tuple[PriceDraft, tuple[str, ...]]:
        """Return the price that a form asks for, and what is odd about its times.

        Raises:
            UserError: what cannot be read, or cannot be.
        """
        minor = parse_minor(text.price, self._work.currency)
        start = None if text.is_now else self._moment(text.start_day, text.start_time)
        end = None if text.is_open else self._moment(text.end_day, text.end_time)
        draft = PriceDraft(
            unit_id,
            minor,
            start.moment if start else None,
            end.moment if end else None,
        )
        if minor < 0:
            raise UserError("price_negative")
        begin = draft.start or self._work.counter.desk.clock.now()
        self._refuse_past(draft)
        if draft.end is not None and draft.end <= begin:
            raise UserError("price_end_first")
        odd = tuple(_odd_text(x) for x in (start, end) if x and x.oddity)
        return draft, odd

    def _moment(self, day: str, clock: str) -> WallTime:
        """Read a day and a time of the shop."""
        try:
            words = f"{day.strip()} {clock.strip()}"
            local = datetime.fromisoformat(words)
        except ValueError as error:
            raise UserError("moment_unreadable") from error
        if local.tzinfo is not None or local.year not in _YEARS:
            raise UserError("moment_unreadable")
        return wall_time(local, self._work.zone)


def _odd_text(found: WallTime) -> str:
    if found.oddity is Oddity.SKIPPED:
        return _("The clocks skip that time; it begins when they are set on.")
    return _("That time comes twice; the first one is meant.")
