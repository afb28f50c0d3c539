"""异业合作: coupons that another business hands out, and what is settled for them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pos_app.domain.coupon.life import Coupon, CouponState
from pos_app.values.percentage import Percentage
from pos_app.values.rounding import apportion, divide

_WHOLE = 1_000_000


@dataclass(frozen=True, slots=True)
class PartnerTerms:
    """What was agreed with a partner.

    Attributes:
        partner_id: UUIDv7.
        bears: how much of what customers saved the partner pays to the shop.
        fee_minor: what the shop pays the partner for each coupon that was used.
    """

    partner_id: str
    bears: Percentage
    fee_minor: int = 0

    def __post_init__(self) -> None:
        assert 0 <= self.bears.millionths <= _WHOLE
        assert self.fee_minor >= 0


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """One coupon that was used: which, in what sale, what it saved, who bears it."""

    coupon_id: str
    sale_id: str
    saving_minor: int
    partner_minor: int


@dataclass(frozen=True, slots=True)
class Settlement:
    """What is settled with a partner; all amounts in minor units.

    Attributes:
        partner_id: with whom.
        issued, claimed, redeemed, open: coupons; `claimed` ever, the rest as now.
        saving_minor: what customers saved and kept: shares that went back as new
            coupons are not in it.
        partner_minor: what the partner bears of it. fee_minor: what the shop pays.
        rows: for each coupon used; their sums are the sums.
    """

    partner_id: str
    issued: int
    claimed: int
    redeemed: int
    open: int
    saving_minor: int
    partner_minor: int
    fee_minor: int
    rows: tuple[PartnerRow, ...]

    @property
    def due_minor(self) -> int:
        """What the partner pays to the shop; below zero, what the shop pays."""
        return self.partner_minor - self.fee_minor


def settle(terms: PartnerTerms, coupons: Iterable[Coupon]) -> Settlement:
    """Settle the coupons of a partner's batches.

    The partner's part is rounded once, on the whole, and dealt out to the coupons by
    the largest remainder.

    Args:
        terms: what was agreed.
        coupons: all of the partner's batches; those restored count as open.
    """
    every = tuple(coupons)
    used = [
        (each, each.redeemed)
        for each in every
        if each.state is CouponState.REDEEMED and each.redeemed is not None
    ]
    savings = [sale.saving_minor - each.shared_minor for each, sale in used]
    whole = divide(sum(savings) * terms.bears.millionths, _WHOLE)
    parts = apportion(whole, savings)
    rows = tuple(
        PartnerRow(each.coupon_id, sale.sale_id, saving, part)
        for (each, sale), saving, part in zip(used, savings, parts, strict=True)
    )
    ended = {CouponState.REDEEMED, CouponState.EXPIRED, CouponState.REVOKED}
    return Settlement(
        partner_id=terms.partner_id,
        issued=len(every),
        claimed=sum(1 for each in every if each.member_id),
        redeemed=len(used),
        open=sum(1 for each in every if each.state not in ended),
        saving_minor=sum(savings),
        partner_minor=whole,
        fee_minor=terms.fee_minor * len(used),
        rows=rows,
    )
