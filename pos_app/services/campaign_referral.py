"""推荐有礼: noted at the enrolment, due after the first order's return window."""

from __future__ import annotations

from collections.abc import Mapping

from pos_app.domain.coupon.happening import RewardTrigger
from pos_app.domain.coupon.referral import (
    FirstOrder,
    FirstOrderReturned,
    Person,
    Referral,
    ReferralState,
    Referred,
    Rewarded,
    refer,
    referral_of,
)
from pos_app.domain.journal import EntryKind
from pos_app.domain.loyalty.shop_calendar import days_after
from pos_app.domain.sale import Sale
from pos_app.ports.ledger import UnitOfWork
from pos_app.services.reward_giving import Gift, Giving, outcome, take_back

#: Days that a shop which takes goods back without an end waits all the same.
LONGEST_WAIT_DAYS = 90


def note_referral(giving: Giving, referrer_id: str, friend_id: str) -> Referred:
    """Note who brought a friend; at the enrolment or before the first order.

    Raises:
        UserError: what `domain.coupon.referral.refer` refuses.
    """
    unit = giving.unit
    fact = refer(
        _person(unit, referrer_id),
        _person(unit, friend_id),
        _above(unit, referrer_id, friend_id),
        giving.stamp.at,
    )
    unit.campaigns.add_referral_fact(fact.friend_id, fact)
    body = {"friend": fact.friend_id, "referrer": fact.referrer_id}
    unit.append(EntryKind.REFERRAL_NOTED, body, giving.stamp)
    return fact


def _person(unit: UnitOfWork, member_id: str) -> Person:
    ids = unit.members.ids_of(member_id)
    holdings = [each for one in ids for each in unit.members.holdings(one)]
    mine = [each.index.hex() for each in holdings if each.until is None]
    # Without a phone nobody is anybody else by it: the id stands for it.
    digest = mine[-1] if mine else ids[0]
    return Person(ids[0], digest, unit.campaigns.has_bought(ids))


def _above(unit: UnitOfWork, referrer_id: str, friend_id: str) -> Mapping[str, str]:
    """Return who brought the friend, and the chain above the referrer, by person."""
    found: dict[str, str] = {}
    (friend, *_) = unit.members.ids_of(friend_id)
    waiting = [friend, unit.members.ids_of(referrer_id)[0]]
    while waiting:
        person = waiting.pop()
        ids = unit.members.ids_of(person)
        names = [unit.campaigns.referrer_of(each) for each in ids]
        brought = next((name for name in names if name), "")
        if brought and person not in found:
            found[person] = unit.members.ids_of(brought)[0]
            waiting.append(found[person])
    return found


def note_order(giving: Giving, sale: Sale, return_days: int | None) -> None:
    """Note a friend's first order; nothing for anybody else."""
    unit = giving.unit
    friend_id = _friend(unit, sale.member_id)
    if not friend_id:
        return
    referral = referral_of(unit.campaigns.referral_facts(friend_id))
    if referral is None or referral.order is not None:
        return
    days = LONGEST_WAIT_DAYS if return_days is None else return_days
    fact = FirstOrder(
        at=sale.ended_at,
        sale_id=sale.sale_id,
        spend_minor=sale.priced.total_minor,
        returnable_until=days_after(sale.ended_at, days, giving.zone),
    )
    unit.campaigns.add_referral_fact(friend_id, fact)


def _friend(unit: UnitOfWork, member_id: str) -> str:
    """Return under which id a person was brought; "" for nobody's friend."""
    ids = unit.members.ids_of(member_id)
    return next((each for each in ids if unit.campaigns.referrer_of(each)), "")


def note_return(giving: Giving, sale_id: str, document_id: str) -> None:
    """Note that goods of a sale came back; a reward that stood on it goes back."""
    unit = giving.unit
    friend_id = unit.campaigns.friend_of_order(sale_id)
    if not friend_id:
        return
    referral = referral_of(unit.campaigns.referral_facts(friend_id))
    if referral is None or referral.order is None or referral.returned is not None:
        return
    left = unit.campaigns.left_of_sale(sale_id)
    if left > 0 and left >= _least(unit, referral):
        return
    fact = FirstOrderReturned(giving.stamp.at, sale_id)
    unit.campaigns.add_referral_fact(friend_id, fact)
    if referral.rewarded is not None:
        take_back(giving, f"referral:{friend_id}", document_id)


def _least(unit: UnitOfWork, referral: Referral) -> int:
    """Return what the order must come to: of the rule that gave, or of those running."""
    gift = unit.campaigns.gift(f"referral:{referral.referred.friend_id}")
    if gift is not None:
        for each in unit.campaigns.reward_versions():
            mine = (each.rule_id, each.version)
            if mine == (gift.given.rule_id, gift.given.version) and each.rule:
                return each.rule.condition.least_spend_minor
    rules = unit.campaigns.rewards_in_force(RewardTrigger.REFERRAL)
    return min((each.condition.least_spend_minor for each in rules), default=0)


def reward_referrer(giving: Giving, friend_id: str) -> Gift | None:
    """Reward whoever brought a friend, if that is due now; once.

    Nothing while the two are one person: nobody is rewarded for having brought himself.
    """
    unit, now = giving.unit, giving.stamp.at
    referral = referral_of(unit.campaigns.referral_facts(friend_id))
    if referral is None or referral.state(now) is not ReferralState.DUE:
        return None
    if friend_id in unit.members.ids_of(referral.referred.referrer_id):
        return None
    happening = referral.happening(now)
    assert happening is not None
    found = outcome(giving, happening)
    if not isinstance(found, Gift):
        return None
    unit.campaigns.add_referral_fact(friend_id, Rewarded(now))
    return found
