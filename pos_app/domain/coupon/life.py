"""The life of a coupon: its facts folded; every step that may not be has a name.

issued -> claimed -> reserved -> redeemed -> restored -> reserved -> ...
                        |-> (released) as before          |-> expired, revoked
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from pos_app.domain.coupon import facts
from pos_app.domain.coupon.facts import CouponFact
from pos_app.domain.coupon.refusal import CouponRefusal
from pos_app.errors import UserError
from pos_app.values.times import Period, Timestamp


class CouponState(StrEnum):
    """Where a coupon stands."""

    ISSUED = "issued"
    CLAIMED = "claimed"
    RESERVED = "reserved"
    REDEEMED = "redeemed"
    RESTORED = "restored"
    EXPIRED = "expired"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class Coupon:
    """What a coupon's facts come to.

    Attributes:
        issued: its first fact.
        state: now; `before` is where it goes back to when it is released.
        window: when it may be used.
        member_id: who claimed it; "" for nobody.
        reserved: by which basket until when; None for none.
        redeemed: the sale that has it; None for none.
        shares: of what it saved, that returns gave back.
        times_redeemed, times_restored: ever.
    """

    issued: facts.Issued
    state: CouponState
    before: CouponState
    window: Period
    member_id: str = ""
    reserved: facts.Reserved | None = None
    redeemed: facts.Redeemed | None = None
    shares: tuple[facts.ShareGivenBack, ...] = ()
    times_redeemed: int = 0
    times_restored: int = 0

    @property
    def coupon_id(self) -> str:
        """Which coupon."""
        return self.issued.stamp.coupon_id

    @property
    def shared_minor(self) -> int:
        """What returns gave back of its saving so far."""
        return sum(share.value_minor for share in self.shares)

    def is_held(self, at: Timestamp, basket_id: str = "") -> bool:
        """Tell whether another basket than this one has it reserved."""
        held = self.reserved
        is_open = self.state is CouponState.RESERVED and held is not None
        return (
            is_open
            and held is not None
            and at < held.until
            and held.basket_id != basket_id
        )


def _refuse(refusal: CouponRefusal, coupon: Coupon | None = None) -> UserError:
    """Return the error; what is redeemed says in which sale."""
    if coupon is not None and coupon.redeemed is not None:
        return UserError(refusal.value, sale_id=coupon.redeemed.sale_id)
    return UserError(refusal.value)


_ENDED = {
    CouponState.REDEEMED: CouponRefusal.REDEEMED,
    CouponState.EXPIRED: CouponRefusal.EXPIRED,
    CouponState.REVOKED: CouponRefusal.REVOKED,
}


def _require_usable(coupon: Coupon) -> None:
    ended = _ENDED.get(coupon.state)
    if ended is not None:
        raise _refuse(ended, coupon)


def step(coupon: Coupon | None, fact: CouponFact) -> Coupon:
    """Add a fact.

    Args:
        coupon: what the facts before came to; None for none.
        fact: the next one.

    Raises:
        UserError: one of `CouponRefusal`; the coupon is as before.
    """
    if isinstance(fact, facts.Issued):
        if coupon is not None:
            raise _refuse(CouponRefusal.ISSUED_TWICE)
        state = CouponState.ISSUED
        return Coupon(issued=fact, state=state, before=state, window=fact.window)
    if coupon is None:
        raise _refuse(CouponRefusal.UNKNOWN)
    if fact.stamp.coupon_id != coupon.coupon_id:
        raise _refuse(CouponRefusal.OTHER_COUPON)
    return _next(coupon, fact)


def _next(coupon: Coupon, fact: CouponFact) -> Coupon:  # noqa: PLR0911 - one flat case for each fact
    match fact:
        case facts.Claimed():
            return _claimed(coupon, fact)
        case facts.Reserved():
            return _reserved(coupon, fact)
        case facts.Released():
            return _released(coupon, fact)
        case facts.Redeemed():
            return _redeemed(coupon, fact)
        case facts.Restored():
            return _restored(coupon, fact)
        case facts.ShareGivenBack():
            return _shared(coupon, fact)
        case facts.Expired():
            return _expired(coupon, fact)
    assert isinstance(fact, facts.Revoked)
    _require_usable(coupon)
    # A basket that holds it is told when it redeems: a stolen batch ends at once.
    return replace(coupon, state=CouponState.REVOKED, reserved=None)


def _claimed(coupon: Coupon, fact: facts.Claimed) -> Coupon:
    _require_usable(coupon)
    if coupon.state is CouponState.RESERVED:
        raise _refuse(CouponRefusal.RESERVED)
    if coupon.member_id or coupon.state is not CouponState.ISSUED:
        raise _refuse(CouponRefusal.CLAIMED)
    if _is_over(coupon, fact.stamp.at):
        raise _refuse(CouponRefusal.EXPIRED)
    state = CouponState.CLAIMED
    return replace(
        coupon,
        state=state,
        before=state,
        member_id=fact.member_id,
        window=fact.window,
    )


def _is_over(coupon: Coupon, at: Timestamp) -> bool:
    return coupon.window.end is not None and at >= coupon.window.end


def _reserved(coupon: Coupon, fact: facts.Reserved) -> Coupon:
    _require_usable(coupon)
    at = fact.stamp.at
    if coupon.is_held(at, fact.basket_id):
        raise _refuse(CouponRefusal.RESERVED)
    if not coupon.issued.is_bearer and not coupon.member_id:
        raise _refuse(CouponRefusal.NEEDS_CLAIM)
    if coupon.member_id and fact.member_id != coupon.member_id:
        raise _refuse(CouponRefusal.OF_ANOTHER_MEMBER)
    if _is_over(coupon, at):
        raise _refuse(CouponRefusal.EXPIRED)
    if not coupon.window.covers(at):
        raise _refuse(CouponRefusal.NOT_YET)
    if fact.until <= at:
        raise _refuse(CouponRefusal.RESERVED_NO_TIME)
    return replace(coupon, state=CouponState.RESERVED, reserved=fact)


def _released(coupon: Coupon, fact: facts.Released) -> Coupon:
    held = coupon.reserved
    if coupon.state is not CouponState.RESERVED or held is None:
        raise _refuse(CouponRefusal.NOT_RESERVED)
    if held.basket_id != fact.basket_id:
        raise _refuse(CouponRefusal.RESERVED)
    return replace(coupon, state=coupon.before, reserved=None)


def _redeemed(coupon: Coupon, fact: facts.Redeemed) -> Coupon:
    """Redeem; who reserved in time may pay later, as long as nobody else took it."""
    assert fact.saving_minor >= 0
    _require_usable(coupon)
    held = coupon.reserved
    if coupon.state is not CouponState.RESERVED or held is None:
        raise _refuse(CouponRefusal.NOT_RESERVED)
    if held.basket_id != fact.basket_id:
        raise _refuse(CouponRefusal.RESERVED)
    return replace(
        coupon,
        state=CouponState.REDEEMED,
        reserved=None,
        redeemed=fact,
        shares=(),
        times_redeemed=coupon.times_redeemed + 1,
    )


def _of_sale(coupon: Coupon, sale_id: str) -> facts.Redeemed:
    if coupon.state is not CouponState.REDEEMED or coupon.redeemed is None:
        raise _refuse(CouponRefusal.NOT_REDEEMED)
    if coupon.redeemed.sale_id != sale_id:
        raise _refuse(CouponRefusal.NOT_OF_SALE, coupon)
    return coupon.redeemed


def _restored(coupon: Coupon, fact: facts.Restored) -> Coupon:
    _of_sale(coupon, fact.sale_id)
    if coupon.shares:  # its value went back already, in part
        raise _refuse(CouponRefusal.PARTLY_BACK, coupon)
    state = CouponState.RESTORED
    return replace(
        coupon,
        state=state,
        before=state,
        window=fact.window,
        redeemed=None,
        times_restored=coupon.times_restored + 1,
    )


def _shared(coupon: Coupon, fact: facts.ShareGivenBack) -> Coupon:
    redeemed = _of_sale(coupon, fact.sale_id)
    assert fact.value_minor > 0
    if any(share.return_id == fact.return_id for share in coupon.shares):
        raise _refuse(CouponRefusal.BACK_TWICE, coupon)
    if coupon.shared_minor + fact.value_minor > redeemed.saving_minor:
        raise _refuse(CouponRefusal.TOO_MUCH_BACK, coupon)
    return replace(coupon, shares=(*coupon.shares, fact))


def _expired(coupon: Coupon, fact: facts.Expired) -> Coupon:
    _require_usable(coupon)
    if coupon.is_held(fact.stamp.at):
        raise _refuse(CouponRefusal.RESERVED)
    if not _is_over(coupon, fact.stamp.at):
        raise _refuse(CouponRefusal.NOT_EXPIRED)
    return replace(coupon, state=CouponState.EXPIRED, reserved=None)


@dataclass(frozen=True, slots=True)
class Merged:
    """Facts of several tills together.

    Attributes:
        coupon: what they come to; None where it was never issued.
        refused: the facts that could not be, with the reason: of two redemptions the
            later one, which is the shop's loss and is shown as such.
    """

    coupon: Coupon | None
    refused: tuple[tuple[CouponFact, CouponRefusal], ...]


def merge(all_facts: Iterable[CouponFact]) -> Merged:
    """Fold facts that came in any order, some of them twice.

    Their order is their moment, then their id: every till comes to the same answer.
    """
    once = {fact.stamp.fact_id: fact for fact in all_facts}
    order = sorted(once.values(), key=lambda f: (f.stamp.at, f.stamp.fact_id))
    coupon: Coupon | None = None
    refused: list[tuple[CouponFact, CouponRefusal]] = []
    for fact in order:
        try:
            coupon = step(coupon, fact)
        except UserError as error:
            refused.append((fact, CouponRefusal(error.key)))
    return Merged(coupon, tuple(refused))


def fold(stored: Iterable[CouponFact]) -> Coupon | None:
    """Fold facts as the ledger stored them: each was allowed when it was added."""
    coupon: Coupon | None = None
    for fact in stored:
        coupon = step(coupon, fact)
    return coupon
