"""推荐有礼: who brought whom, and when that earns something.

One level only: whoever brought the friend is rewarded, and nobody above. (Rewards over
several levels are what the State Council's Regulations on Prohibition of Pyramid Selling
of 2005, article 7, forbid.) The reward waits until the friend's first order can no
longer be returned, and goes back when it is returned all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeAlias

from pos_app.domain.coupon.happening import Happening, RewardTrigger
from pos_app.errors import UserError
from pos_app.values.times import Timestamp


class ReferralRefusal(StrEnum):
    """Keys of the `UserError`s."""

    SELF = "referral_of_oneself"
    CYCLE = "referral_in_a_circle"
    TWICE = "referral_has_referrer"
    NOT_NEW = "referral_friend_not_new"


@dataclass(frozen=True, slots=True)
class Person:
    """A member as referrals know one.

    Attributes:
        member_id: UUIDv7. phone_digest: keyed digest of the normalised phone.
        has_bought: ever before.
    """

    member_id: str
    phone_digest: str
    has_bought: bool = False


@dataclass(frozen=True, slots=True)
class Referred:
    """Somebody brought a friend."""

    at: Timestamp
    referrer_id: str
    friend_id: str


def refer(
    referrer: Person, friend: Person, referrers: Mapping[str, str], at: Timestamp
) -> Referred:
    """Note who brought whom.

    Args:
        referrer: who brought.
        friend: who was brought.
        referrers: of every friend so far the member who brought him.
        at: now.

    Raises:
        UserError: "referral_of_oneself" (one member, or one phone),
            "referral_has_referrer", "referral_friend_not_new",
            "referral_in_a_circle".
    """
    is_same_phone = referrer.phone_digest == friend.phone_digest
    if referrer.member_id == friend.member_id or is_same_phone:
        raise UserError(ReferralRefusal.SELF.value)
    if friend.member_id in referrers:
        raise UserError(ReferralRefusal.TWICE.value)
    if friend.has_bought:
        raise UserError(ReferralRefusal.NOT_NEW.value)
    above: str | None = referrer.member_id
    # Members who became one person later may stand above themselves.
    seen: set[str] = set()
    while above is not None and above not in seen:
        if above == friend.member_id:
            raise UserError(ReferralRefusal.CYCLE.value)
        seen.add(above)
        above = referrers.get(above)
    return Referred(at, referrer.member_id, friend.member_id)


@dataclass(frozen=True, slots=True)
class FirstOrder:
    """The friend bought for the first time.

    Attributes:
        at: when. sale_id: what. spend_minor: paid, minor units.
        returnable_until: the first moment at which it can no longer be returned.
    """

    at: Timestamp
    sale_id: str
    spend_minor: int
    returnable_until: Timestamp


@dataclass(frozen=True, slots=True)
class FirstOrderReturned:
    """The friend's first order came back: whole, or so much that it counts no more."""

    at: Timestamp
    sale_id: str


@dataclass(frozen=True, slots=True)
class Rewarded:
    """The referrer was given the reward."""

    at: Timestamp


ReferralFact: TypeAlias = Referred | FirstOrder | FirstOrderReturned | Rewarded


class ReferralState(StrEnum):
    """Where a referral stands."""

    PENDING = "pending"  # the friend has not bought
    WAITING = "waiting"  # has bought, and may still return it
    DUE = "due"
    REWARDED = "rewarded"
    LOST = "lost"  # returned before the reward
    TO_REVERSE = "to_reverse"  # returned after it: the coupon is revoked


@dataclass(frozen=True, slots=True)
class Referral:
    """What the facts of one referral come to."""

    referred: Referred
    order: FirstOrder | None = None
    returned: FirstOrderReturned | None = None
    rewarded: Rewarded | None = None

    def state(self, now: Timestamp) -> ReferralState:
        """Return where it stands at a moment."""
        if self.returned is not None:
            was_given = self.rewarded is not None
            return ReferralState.TO_REVERSE if was_given else ReferralState.LOST
        if self.rewarded is not None:
            return ReferralState.REWARDED
        if self.order is None:
            return ReferralState.PENDING
        is_over = now >= self.order.returnable_until
        return ReferralState.DUE if is_over else ReferralState.WAITING

    def happening(self, now: Timestamp) -> Happening | None:
        """Return what the referrer is to be rewarded for; None while nothing is due."""
        if self.state(now) is not ReferralState.DUE or self.order is None:
            return None
        return Happening(
            trigger=RewardTrigger.REFERRAL,
            at=now,
            member_id=self.referred.referrer_id,
            key=f"referral:{self.referred.friend_id}",
            spend_minor=self.order.spend_minor,
        )


def referral_of(stored: Iterable[ReferralFact]) -> Referral | None:
    """Fold the facts of one friend, in whatever order they came.

    Of two orders the earlier one is the first; a return counts for that one only.
    """
    referred: Referred | None = None
    orders: list[FirstOrder] = []
    returns: list[FirstOrderReturned] = []
    rewards: list[Rewarded] = []
    for fact in stored:
        match fact:
            case Referred():
                is_first = referred is None or fact.at < referred.at
                referred = fact if is_first else referred
            case FirstOrder():
                orders.append(fact)
            case FirstOrderReturned():
                returns.append(fact)
            case Rewarded():
                rewards.append(fact)
    if referred is None:
        return None
    order = min(orders, key=lambda each: (each.at, each.sale_id), default=None)
    sale_id = order.sale_id if order is not None else ""
    mine = [each for each in returns if each.sale_id == sale_id]
    return replace(
        Referral(referred, order),
        returned=min(mine, key=lambda each: each.at, default=None),
        rewarded=min(rewards, key=lambda each: each.at, default=None),
    )
