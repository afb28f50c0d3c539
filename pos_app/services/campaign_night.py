"""What rules make due without anybody at the counter: once for each business day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import partial

from pos_app.domain.coupon.happening import (
    Birthday,
    Happening,
    RewardTrigger,
    birthday_happening,
    win_back_happening,
)
from pos_app.domain.coupon.reward import RewardRule, SoFar, Withheld, decide
from pos_app.domain.promotion.promotion import AudienceKind
from pos_app.errors import UserError
from pos_app.ports.ledger import UnitOfWork
from pos_app.services.campaign_referral import reward_referrer
from pos_app.services.member_night import Night
from pos_app.services.member_shopper import shopper_of
from pos_app.services.reward_giving import Gift, Giving, outcome
from pos_app.services.segment_refresh import STEP, refresh_all

#: Happenings tried in one transaction; the counter waits for none longer.
BATCH = 20
#: Whoever stayed away for longer than this is not written to by itself.
LONGEST_ABSENCE_DAYS = 730
MOST_ABSENCES = 100_000
#: Audiences that every member is in.
_ALL_MEMBERS = frozenset({AudienceKind.EVERYONE, AudienceKind.MEMBER})


def night_campaigns(night: Night) -> None:
    """Refresh the segments, and give what birthdays, absences and referrals make due.

    Whatever it does twice gives once: the keys of the happenings say so.
    """
    if night.desk.ledger.campaigns.settled_on(STEP) != night.day:
        refresh_all(night.desk, night.day)
    _give(night, RewardTrigger.BIRTHDAY, _birthdays(night))
    _give(night, RewardTrigger.WIN_BACK, _absences(night))
    for friend_id in night.desk.ledger.campaigns.open_referrals(night.at):
        night.desk.record(partial(_referral, night, friend_id)).result()


def _giving(night: Night, unit: UnitOfWork) -> Giving:
    return Giving(unit, night.desk, night.stamp, night.zone)


def _referral(night: Night, friend_id: str, unit: UnitOfWork) -> Gift | None:
    return reward_referrer(_giving(night, unit), friend_id)


def _birthdays(night: Night) -> Iterator[Happening]:
    """Yield the birthdays that any rule looks ahead to, found by digests only."""
    rules = _rules(night, RewardTrigger.BIRTHDAY)
    if not rules:
        return
    today = night.at.at(night.zone).date()
    members, vault = night.desk.ledger.members, night.desk.vault
    ahead = max(each.condition.days_before for each in rules)
    for days in range(ahead + 1):
        for month, day in _celebrated(today + timedelta(days=days)):
            for member_id in members.by_birthday(vault.birthday_index(month, day)):
                born = Birthday(month, day)
                yield birthday_happening(member_id, born, night.at, night.zone)


def _celebrated(day: date) -> tuple[tuple[int, int], ...]:
    """Return the birthdays of a day: 28 February has those of the 29th, too."""
    mine = (day.month, day.day)
    is_last = (day + timedelta(days=1)).month == 3
    return (mine, (2, 29)) if mine == (2, 28) and is_last else (mine,)


def _absences(night: Night) -> Iterator[Happening]:
    rules = _rules(night, RewardTrigger.WIN_BACK)
    if not rules:
        return
    today = night.at.at(night.zone).date()
    least = min(max(1, each.condition.days_absent) for each in rules)
    before = today - timedelta(days=least - 1)
    for each in night.desk.ledger.campaigns.absent(before, MOST_ABSENCES):
        if (today - each.last_on).days > LONGEST_ABSENCE_DAYS:
            return
        yield win_back_happening(
            each.member_id,
            each.last_on.isoformat(),
            each.last_on,
            night.at,
            night.zone,
        )


def _rules(night: Night, trigger: RewardTrigger) -> Sequence[RewardRule]:
    return night.desk.ledger.campaigns.rewards_in_force(trigger)


def _give(
    night: Night, trigger: RewardTrigger, happenings: Iterator[Happening]
) -> None:
    """Give for what any rule would reward; stop where nothing is left to give."""
    rules = _rules(night, trigger)
    waiting: list[Happening] = []
    for happening in happenings:
        if not _is_likely(night, rules, happening):
            continue
        waiting.append(happening)
        if len(waiting) == BATCH:
            if not night.desk.record(partial(_batch, night, tuple(waiting))).result():
                return
            waiting.clear()
    if waiting:
        night.desk.record(partial(_batch, night, tuple(waiting))).result()


def _is_likely(night: Night, rules: Sequence[RewardRule], happening: Happening) -> bool:
    """Tell on this thread whether a rule may give, so that the counter's is free."""
    ledger = night.desk.ledger
    if ledger.campaigns.has_gift(happening.key):
        return False
    if any(rule.audience.kind in _ALL_MEMBERS for rule in rules):
        return True
    try:
        shopper = shopper_of(night.desk, ledger.members, happening.member_id)
    except UserError:
        return False
    if shopper.member_id != happening.member_id:
        return True
    found = (decide(x, happening, shopper, SoFar(), night.zone) for x in rules)
    return any(not isinstance(each, Withheld) for each in found)


def _batch(night: Night, happenings: Sequence[Happening], unit: UnitOfWork) -> bool:
    """Give for some happenings; false when cap or budget of the rules is used up."""
    giving = _giving(night, unit)
    found = [outcome(giving, each) for each in happenings]
    return not all(each in {Withheld.CAP, Withheld.BUDGET} for each in found)
