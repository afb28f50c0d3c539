"""What can happen to a coupon: append-only facts, each with its own id and moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeAlias

from pos_app.values.times import Period, Timestamp


@dataclass(frozen=True, slots=True)
class Stamp:
    """What every fact has.

    Attributes:
        fact_id: UUIDv7; a fact that comes twice is one fact.
        coupon_id: UUIDv7, of which coupon. at: when.
    """

    fact_id: str
    coupon_id: str
    at: Timestamp


@dataclass(frozen=True, slots=True)
class Issued:
    """A coupon came to be: from a batch, a rule, or a signed one that was shown.

    Attributes:
        template_id, template_version, batch_id: where from.
        code_digest: of its code (`code.code_digest`).
        is_bearer: nobody has to claim it.
        window: when it may be used; of one that is claimed until then.
        value_minor: of a share that came back; None for what the template says.
        parent_id: the coupon whose share it is; "" for none.
    """

    stamp: Stamp
    template_id: str
    template_version: int
    batch_id: str
    code_digest: str
    is_bearer: bool
    window: Period
    value_minor: int | None = None
    parent_id: str = ""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A member took it; its time may begin now."""

    stamp: Stamp
    member_id: str
    window: Period


@dataclass(frozen=True, slots=True)
class Reserved:
    """It lies in a basket; no other basket may take it before `until`."""

    stamp: Stamp
    basket_id: str
    till: str
    until: Timestamp
    member_id: str = ""


@dataclass(frozen=True, slots=True)
class Released:
    """It was taken out of a basket, or the basket was given up."""

    stamp: Stamp
    basket_id: str


@dataclass(frozen=True, slots=True)
class Redeemed:
    """A sale with it ended.

    Attributes:
        basket_id: that had it reserved. sale_id: the sale.
        saving_minor: what it saved; minor units, zero or more.
    """

    stamp: Stamp
    basket_id: str
    sale_id: str
    saving_minor: int


class RestoreCause(StrEnum):
    """Why a redeemed coupon came back."""

    VOID = "void"
    RETURN = "return"


@dataclass(frozen=True, slots=True)
class Restored:
    """It may be used again, within a new window."""

    stamp: Stamp
    sale_id: str
    cause: RestoreCause
    window: Period


@dataclass(frozen=True, slots=True)
class ShareGivenBack:
    """A return gave a new coupon over a share of what this one saved."""

    stamp: Stamp
    sale_id: str
    return_id: str
    new_coupon_id: str
    value_minor: int


@dataclass(frozen=True, slots=True)
class Expired:
    """Its time went by."""

    stamp: Stamp


@dataclass(frozen=True, slots=True)
class Revoked:
    """The shop took it back: a referral undone, a batch stolen."""

    stamp: Stamp
    reason: str


CouponFact: TypeAlias = (
    Issued
    | Claimed
    | Reserved
    | Released
    | Redeemed
    | Restored
    | ShareGivenBack
    | Expired
    | Revoked
)


def in_turn(stored: Sequence[CouponFact], fact: CouponFact) -> CouponFact:
    """Return the next fact of a coupon, a moment after the last one.

    Whoever gets the facts in any order sorts them by moment and id, and comes to what
    the till came to: of two in one moment, and of one after the clock was set back, the
    ids alone do not tell which came first.

    Args:
        stored: the coupon's facts so far, in their order.
        fact: what is to be added.
    """
    if not stored:
        return fact
    last = stored[-1].stamp
    if (last.at, last.fact_id) < (fact.stamp.at, fact.stamp.fact_id):
        return fact
    later = Timestamp(last.at.unix_ms + 1)
    return replace(fact, stamp=replace(fact.stamp, at=later))
