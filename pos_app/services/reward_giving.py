"""Gives what a rule says, once, within cap and budget, in the caller's transaction.

Every way to a reward leads through `reward`: the counter, a ticket, an enrolment and
the night. The key of the happening is unique in a ledger that only grows, for all ids
of a person, so that whatever is tried twice gives once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from pos_app.domain.coupon.happening import (
    Happening,
    RewardTrigger,
    newcomer_happening,
)
from pos_app.domain.coupon.reward import Given, RewardRule, Withheld, decide
from pos_app.domain.journal import EntryKind
from pos_app.domain.loyalty.ticket_facts import GivenCoupon
from pos_app.domain.member.phone_holding import NewcomerGiven
from pos_app.domain.promotion.occasion import Shopper
from pos_app.errors import UserError
from pos_app.ports.campaigns import OptOut, StoredGift
from pos_app.ports.ledger import Stamp, UnitOfWork
from pos_app.services.coupon_giving import CouponGift, issue_in, revoke_in
from pos_app.services.desk import Desk
from pos_app.services.member_shopper import shopper_of
from pos_app.services.opt_out import is_opted_out

#: What the shop begins by itself; a member may want no part of it.
UNASKED = frozenset({RewardTrigger.BIRTHDAY, RewardTrigger.WIN_BACK})
#: Why its coupons exist, as their ledger keeps it.
_WHY = "reward"


@dataclass(frozen=True, slots=True)
class Giving:
    """A transaction in which something may be given.

    Attributes:
        unit: the transaction. desk: for ids and the vault.
        stamp: who, on which day, when. zone: of the shop.
    """

    unit: UnitOfWork
    desk: Desk
    stamp: Stamp
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class Gift:
    """What a happening gave.

    Attributes:
        rule_id, name: by which rule.
        coupons: that can be used now. earn_percent: of the next points; 100 for none.
    """

    rule_id: str
    name: str
    coupons: tuple[GivenCoupon, ...] = ()
    earn_percent: int = 100


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who becomes a member.

    Attributes:
        member_id: the new member.
        digest: `MemberVault.newcomer_digest` of the phone; None without a phone, and
            then there is no newcomer pack.
    """

    member_id: str
    digest: bytes | None = None


def welcome(giving: Giving, newcomer: Newcomer) -> Gift | None:
    """Give the newcomer pack: at most one for each phone number, ever.

    The digest stays when the member is erased, so that leaving and coming again
    gives nothing.
    """
    members = giving.unit.members
    if newcomer.digest is None or members.newcomer_given(newcomer.digest):
        return None
    happening = newcomer_happening(
        newcomer.member_id, newcomer.digest.hex(), giving.stamp.at
    )
    gift = reward(giving, happening)
    if gift is not None:
        members.give_newcomer(NewcomerGiven(newcomer.digest, giving.stamp.at))
    return gift


def reward(giving: Giving, happening: Happening) -> Gift | None:
    """Give what the first rule says that gives anything; None for nothing.

    Rules are asked in the order in which they were first written. Coupons of a
    template that gives no more are left out; where nothing is left, nothing is given
    and the happening may be rewarded later.
    """
    found = outcome(giving, happening)
    return found if isinstance(found, Gift) else None


def outcome(giving: Giving, happening: Happening) -> Gift | Withheld | None:
    """Give as `reward` does, or say why the last rule asked gives nothing.

    Returns:
        None where no rule of the trigger is in force.
    """
    unit = giving.unit
    rules = unit.campaigns.rewards_in_force(happening.trigger)
    if not rules:
        return None
    ids = unit.members.ids_of(happening.member_id)
    if happening.trigger in UNASKED and is_opted_out(unit, ids, OptOut.MARKETING):
        return Withheld.NOT_FOR_MEMBER
    if any(unit.campaigns.gift(key) for key in keys_of(happening, ids)):
        return Withheld.GIVEN_ALREADY
    shopper = shopper_of(giving.desk, unit.members, happening.member_id)
    withheld: Withheld | None = None
    for rule in rules:
        given = _decided(giving, rule, replace_member(happening, shopper), shopper)
        if isinstance(given, Given):
            gift = _store(giving, rule, given)
            if gift is not None:
                return gift
            withheld = Withheld.CAP
        else:
            withheld = given
    return withheld


def _shopper(giving: Giving, member_id: str) -> Shopper | None:
    try:
        return shopper_of(giving.desk, giving.unit.members, member_id)
    except UserError:
        return None  # erased, or nobody


def replace_member(happening: Happening, shopper: Shopper) -> Happening:
    """Return a happening as the person's, under the id that stands for them."""
    return replace(happening, member_id=shopper.member_id)


def keys_of(happening: Happening, member_ids: Sequence[str]) -> tuple[str, ...]:
    """Return the keys under which a person may have been rewarded for it before."""
    mine = happening.member_id
    keys = (happening.key.replace(mine, each) for each in member_ids)
    return tuple(dict.fromkeys((happening.key, *keys)))


def _decided(
    giving: Giving, rule: RewardRule, happening: Happening, shopper: Shopper
) -> Given | Withheld:
    unit, day = giving.unit, giving.stamp.business_day
    ids = unit.members.ids_of(happening.member_id)
    so_far = unit.campaigns.so_far(rule, happening, ids, day)
    return decide(rule, happening, shopper, so_far, giving.zone)


def _store(giving: Giving, rule: RewardRule, given: Given) -> Gift | None:
    unit, stamp = giving.unit, giving.stamp
    coupons = tuple(
        coupon
        for template_id in given.template_ids
        if (coupon := _coupon(giving, given, template_id)) is not None
    )
    if not coupons and given.earn_percent == 100:
        return None
    ids = tuple(each.coupon_id for each in coupons)
    unit.campaigns.put_gift(StoredGift(given, ids, stamp.business_day))
    body = {
        "key": _told(given),
        "rule": rule.rule_id,
        "version": str(rule.version),
        "name": rule.name,
        "trigger": rule.trigger.value,
        "member": given.member_id,
        "coupons": list(ids),
        "earn_percent": str(given.earn_percent),
        "cost_minor": str(given.cost_minor),
    }
    unit.append(EntryKind.REWARD_GIVEN, body, stamp)
    return Gift(rule.rule_id, rule.name, coupons, given.earn_percent)


def _told(given: Given) -> str:
    """Return the key for the journal; a phone's digest is not told there."""
    return "newcomer" if given.key.startswith("newcomer:") else given.key


def _coupon(giving: Giving, given: Given, template_id: str) -> GivenCoupon | None:
    order = CouponGift(
        template_id=template_id,
        member_id=given.member_id,
        cause=f"{given.key}:{template_id}",
        why=_WHY,
        zone=giving.zone,
    )
    try:
        return issue_in(giving.unit, giving.desk, order, giving.stamp)
    except UserError:
        return None  # ended, full, or enough of it: the rest is given all the same


def take_back(giving: Giving, key: str, document_id: str) -> None:
    """Take a gift back whose cause went away; what was redeemed stays redeemed."""
    unit, stamp = giving.unit, giving.stamp
    gift = unit.campaigns.gift(key)
    if gift is None or gift.is_taken_back:
        return
    revoked = revoke_in(unit, giving.desk, gift.coupon_ids, stamp, _WHY)
    unit.campaigns.take_gift_back(key, document_id, stamp.at)
    body = {
        "key": _told(gift.given),
        "rule": gift.given.rule_id,
        "member": gift.given.member_id,
        "document": document_id,
        "coupons": list(revoked),
    }
    unit.append(EntryKind.REWARD_TAKEN_BACK, body, stamp)
