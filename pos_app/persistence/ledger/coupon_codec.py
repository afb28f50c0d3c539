"""Coupons as rows: facts as JSON and back, and the row that facts come to."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row

from pos_app.domain.codec import from_plain, to_plain
from pos_app.domain.coupon import facts
from pos_app.domain.coupon.carried import CarriedLine
from pos_app.domain.coupon.facts import CouponFact
from pos_app.domain.coupon.life import Coupon, CouponState
from pos_app.domain.coupon.partner import PartnerTerms
from pos_app.domain.coupon.template import Batch
from pos_app.ports.coupons import PartnerVersion, StoredBatch
from pos_app.values.percentage import Percentage
from pos_app.values.times import Timestamp

_KINDS: dict[str, type[Any]] = {
    kind.__name__: kind
    for kind in (
        facts.Issued,
        facts.Claimed,
        facts.Reserved,
        facts.Released,
        facts.Redeemed,
        facts.Restored,
        facts.ShareGivenBack,
        facts.Expired,
        facts.Revoked,
    )
}
#: A coupon that may still be used, now or later.
OPEN_STATES = tuple(
    state.value
    for state in (
        CouponState.ISSUED,
        CouponState.CLAIMED,
        CouponState.RESERVED,
        CouponState.RESTORED,
    )
)


def fact_row(fact: CouponFact, seq: int, cause: str) -> dict[str, Any]:
    """Return a fact as its row."""
    return {
        "coupon_id": fact.stamp.coupon_id,
        "seq": seq,
        "fact_id": fact.stamp.fact_id,
        "kind": type(fact).__name__,
        "at_ms": fact.stamp.at.unix_ms,
        "body": _text(to_plain(fact)),
        "cause": cause,
    }


def fact_of(row: Row[Any]) -> CouponFact:
    """Return the fact of a row."""
    fact: CouponFact = from_plain(_KINDS[row.kind], json.loads(row.body))
    return fact


def coupon_row(coupon: Coupon, seq: int) -> dict[str, Any]:
    """Return what stands beside a coupon's facts."""
    issued, held, used = coupon.issued, coupon.reserved, coupon.redeemed
    return {
        "coupon_id": coupon.coupon_id,
        "template_id": issued.template_id,
        "template_version": issued.template_version,
        "batch_id": issued.batch_id,
        "code_digest": issued.code_digest,
        "parent_id": issued.parent_id,
        "state": coupon.state.value,
        "member_id": coupon.member_id,
        "issued_at_ms": issued.stamp.at.unix_ms,
        "starts_at_ms": _ms(coupon.window.start),
        "ends_at_ms": _ms(coupon.window.end),
        "value_minor": issued.value_minor,
        "basket_id": held.basket_id if held else "",
        "reserved_until_ms": held.until.unix_ms if held else None,
        "sale_id": used.sale_id if used else "",
        "saving_minor": used.saving_minor if used else 0,
        "shared_minor": coupon.shared_minor,
        "redeemed_at_ms": used.stamp.at.unix_ms if used else None,
        "facts": seq,
    }


def carried_row(
    coupon_id: str, sale_id: str, position: int, line: CarriedLine
) -> dict[str, Any]:
    """Return a line that carries a saving as its row."""
    return {
        "coupon_id": coupon_id,
        "sale_id": sale_id,
        "position": position,
        "line_position": line.position,
        "first": line.first,
        "sold_thousandths": line.sold_thousandths,
        "is_by_piece": int(line.is_by_piece),
        "savings": json.dumps(line.savings, separators=(",", ":")),
    }


def carried_of(row: Row[Any]) -> CarriedLine:
    """Return the line of a row."""
    runs: Sequence[Sequence[int]] = json.loads(row.savings)
    return CarriedLine(
        row.line_position,
        row.first,
        row.sold_thousandths,
        bool(row.is_by_piece),
        tuple((count, each) for count, each in runs),
    )


def batch_of(row: Row[Any]) -> StoredBatch:
    """Return the batch of a row that has its counts."""
    batch = Batch(
        row.batch_id, row.template_id, row.template_version, row.size, row.partner_id
    )
    ended_at = None if row.ended_at_ms is None else Timestamp(row.ended_at_ms)
    return StoredBatch(
        batch,
        Timestamp(row.made_at_ms),
        row.made_by,
        row.note,
        ended_at,
        row.issued or 0,
        row.claimed or 0,
        row.redeemed or 0,
        row.open or 0,
    )


def partner_of(row: Row[Any]) -> PartnerVersion:
    """Return the partner's version of a row."""
    terms = PartnerTerms(
        row.partner_id, Percentage(row.bears_millionths), row.fee_minor
    )
    return PartnerVersion(
        terms,
        row.version,
        row.name,
        Timestamp(row.made_at_ms),
        row.made_by,
        bool(row.is_ended),
    )


def _ms(moment: Timestamp | None) -> int | None:
    return None if moment is None else moment.unix_ms


def _text(plain: object) -> str:
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))
