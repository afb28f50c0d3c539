"""What a reward may be given for; the key of each says what it is given for once."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo
from enum import StrEnum

from pos_app.values.times import Timestamp


class RewardTrigger(StrEnum):
    """What makes a reward due."""

    BIRTHDAY = "birthday"
    NEWCOMER = "newcomer"
    REFERRAL = "referral"
    WIN_BACK = "win_back"
    TRY_ON = "try_on"  # 试穿即赠
    CHECK_IN = "check_in"  # 到店打卡


@dataclass(frozen=True, slots=True)
class Happening:
    """Something came to pass.

    Attributes:
        trigger: what. at: when. member_id: who is rewarded.
        key: one gift for it, whatever rule and however often it is seen.
        days: until the birthday; of absence for win-back.
        spend_minor: of the sale that it is about; minor units.
    """

    trigger: RewardTrigger
    at: Timestamp
    member_id: str
    key: str
    days: int = 0
    spend_minor: int = 0


@dataclass(frozen=True, slots=True)
class Birthday:
    """A member's birthday; the year is nobody's business here."""

    month: int
    day: int

    def __post_init__(self) -> None:
        assert 1 <= self.month <= 12
        assert 1 <= self.day <= calendar.monthrange(2000, self.month)[1]

    def next_from(self, today: date) -> date:
        """Return the next one; without a 29 February it is the 28th."""
        in_year = self._in(today.year)
        return in_year if in_year >= today else self._in(today.year + 1)

    def _in(self, year: int) -> date:
        last = calendar.monthrange(year, self.month)[1]
        return date(year, self.month, min(self.day, last))


def birthday_happening(
    member_id: str, birthday: Birthday, at: Timestamp, zone: tzinfo
) -> Happening:
    """Return a member's next birthday; one gift for each calendar year it lies in.

    Args:
        member_id: whose.
        birthday: as entered.
        at: now.
        zone: of the shop.
    """
    today = at.at(zone).date()
    day = birthday.next_from(today)
    key = f"birthday:{member_id}:{day.year}"
    days = (day - today).days
    return Happening(RewardTrigger.BIRTHDAY, at, member_id, key, days)


def newcomer_happening(member_id: str, phone_digest: str, at: Timestamp) -> Happening:
    """Return a newcomer's arrival.

    Args:
        member_id: the new member.
        phone_digest: keyed digest of the normalised phone; it outlives the member, so
            that leaving and coming again gives nothing.
        at: now.
    """
    assert phone_digest
    key = f"newcomer:{phone_digest}"
    return Happening(RewardTrigger.NEWCOMER, at, member_id, key)


def win_back_happening(
    member_id: str, last_sale_id: str, last_on: date, at: Timestamp, zone: tzinfo
) -> Happening:
    """Return an absence; one gift for each, however long it goes on.

    Args:
        member_id: who stays away.
        last_sale_id: the last purchase.
        last_on: its business day.
        at: now.
        zone: of the shop.
    """
    days = (at.at(zone).date() - last_on) // timedelta(days=1)
    key = f"win_back:{member_id}:{last_sale_id}"
    return Happening(RewardTrigger.WIN_BACK, at, member_id, key, days)


def visit_happening(
    trigger: RewardTrigger, member_id: str, at: Timestamp, zone: tzinfo
) -> Happening:
    """Return a try-on or a check-in; one gift for each a day.

    Args:
        trigger: TRY_ON or CHECK_IN.
        member_id: who is here.
        at: now.
        zone: of the shop.
    """
    assert trigger in {RewardTrigger.TRY_ON, RewardTrigger.CHECK_IN}
    key = f"{trigger.value}:{member_id}:{at.at(zone).date().isoformat()}"
    return Happening(trigger, at, member_id, key)
