"""A ladder as it is typed: 折 in Chinese, percent off elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pos_app.domain.markdown import RUNGS_LIMIT, Ladder, LadderTarget, Rung
from pos_app.errors import UserError
from pos_app.i18n import current_language
from pos_app.values.percentage import Percentage
from ui.presenters.promotion_off import rate_text, read_rate

_HOUR_MINUTES, _DAY_HOURS = 60, 24


@dataclass(frozen=True, slots=True)
class StepDraft:
    """A step as it is typed."""

    days: str = "0"
    hour: str = "00:00"
    off: str = ""


@dataclass(frozen=True, slots=True)
class LadderDraft:
    """A ladder as it is typed; `LadderTarget` for what."""

    target: str
    steps: tuple[StepDraft, ...]
    above: str = "0"
    is_on: bool = True

    @classmethod
    def of(cls, ladder: Ladder) -> LadderDraft:
        """Return a stored ladder as it would be typed."""
        steps = (
            StepDraft(str(x.days_left), _hour_text(x.from_minute), off_text(x.off))
            for x in ladder.rungs
        )
        return cls(
            ladder.target, tuple(steps), _percent(ladder.above_cost), ladder.is_on
        )

    def of_item(self, item_id: str) -> LadderDraft:
        """Return it for one item."""
        return replace(self, target=f"{LadderTarget.ITEM}{item_id}")

    def with_step(self) -> LadderDraft:
        """Return it with one step more."""
        if len(self.steps) >= RUNGS_LIMIT:
            return self
        return replace(self, steps=(*self.steps, StepDraft()))

    def less(self) -> LadderDraft:
        """Return it without its last step."""
        return replace(self, steps=self.steps[:-1] or self.steps)

    def ladder(self) -> Ladder:
        """Return what was typed.

        Raises:
            UserError: "ladder_days", "ladder_hour", "ladder_percentage" or
                "ladder_floor" for what cannot be read.
        """
        rungs = (Rung(_days(x.days), _minute(x.hour), _off(x.off)) for x in self.steps)
        above = _rate(self.above or "0", "ladder_floor")
        return Ladder(self.target, 0, tuple(rungs), above, self.is_on)


def _hour_text(minute: int) -> str:
    return f"{minute // _HOUR_MINUTES:02d}:{minute % _HOUR_MINUTES:02d}"


def off_text(rate: Percentage) -> str:
    """Return how much comes off, as it is typed in the language in use."""
    return rate_text(rate, current_language())


def _off(text: str) -> Percentage:
    try:
        return read_rate(text.strip().removesuffix("%").strip(), current_language())
    except (UserError, ValueError):
        limit = "100%"
        raise UserError(
            "ladder_percentage", percentage=text[:10], limit=limit
        ) from None


def _percent(rate: Percentage) -> str:
    return str(rate).removesuffix("%").strip()


def _days(text: str) -> int:
    written = text.strip()
    if not (written.isascii() and written.isdecimal()):
        raise UserError("ladder_days", limit=90)
    return int(written)


def _minute(text: str) -> int:
    hours, _colon, minutes = text.strip().replace("：", ":").partition(":")
    parts = (hours, minutes or "0")
    if not all(x.isascii() and x.isdecimal() for x in parts):
        raise UserError("ladder_hour")
    hour, minute = map(int, parts)
    if hour >= _DAY_HOURS or minute >= _HOUR_MINUTES:
        raise UserError("ladder_hour")
    return hour * _HOUR_MINUTES + minute


def _rate(text: str, key: str) -> Percentage:
    try:
        return Percentage.parse(text.strip().removesuffix("%").strip())
    except (UserError, ValueError):
        raise UserError(key, percentage=text[:10], limit="100%") from None
