"""Signing coupons with the shop's own key, and believing them without a line.

A signed coupon is used once in this shop's ledger: whoever calls `accept` hands in what
the ledger knows of it, and stores the facts that come out before the basket has it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from pos_app.domain.coupon.facts import Issued, Stamp
from pos_app.domain.coupon.life import Coupon, CouponState
from pos_app.domain.coupon.refusal import CouponRefusal
from pos_app.domain.coupon.signed import (
    SignedCoupon,
    body_of,
    read_signed,
    signed_message,
    text_of,
)
from pos_app.domain.coupon.template import Template
from pos_app.errors import UserError
from pos_app.values.times import Period, Timestamp


@dataclass(frozen=True, slots=True)
class Signer:
    """The shop's key for signing.

    Attributes:
        public_key: Ed25519; 32 bytes.
        sign: returns the Ed25519 signature of a message; 64 bytes.
    """

    public_key: bytes
    sign: Callable[[bytes], bytes]


def signer_of(seed: bytes) -> Signer:
    """Return the signer of an Ed25519 seed; 32 bytes (RFC 8032, 5.1.5)."""
    # Late: loading OpenSSL's bindings is nothing for a cold start.
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key = Ed25519PrivateKey.from_private_bytes(seed)
    return Signer(key.public_key().public_bytes_raw(), key.sign)


def is_signed(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Tell whether an Ed25519 signature is of this key and message."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def sign_coupon(coupon: SignedCoupon, signer: Signer) -> str:
    """Return the text of a signed coupon's QR code."""
    body = body_of(coupon, signer.public_key)
    return text_of(body, signer.sign(signed_message(body)))


@dataclass(frozen=True, slots=True)
class Trust:
    """What a till believes without asking anybody.

    Attributes:
        public_keys: Ed25519 keys of this shop, the old ones, too.
        limit_minor: the most that one such coupon may cost; None for no limit.
    """

    public_keys: Collection[bytes]
    limit_minor: int | None = None


def read_trusted(text: str, at: Timestamp, trust: Trust) -> SignedCoupon:
    """Read a signed coupon and refuse what is false or too old.

    Raises:
        UserError: as `read_signed`; "coupon_expired".
    """
    coupon = read_signed(text, trust.public_keys, is_signed)
    if at >= coupon.expires_at:
        raise UserError(CouponRefusal.EXPIRED.value)
    return coupon


def accept(
    signed: SignedCoupon,
    template: Template | None,
    known: Coupon | None,
    stamp: Stamp,
    trust: Trust,
) -> Issued | None:
    """Return the fact that takes a signed coupon into this shop's ledger.

    Args:
        signed: of `read_trusted`.
        template: that it names; None where this shop does not know it.
        known: what the ledger has of the coupon; None for nothing.
        stamp: of the fact, with the coupon's id.
        trust: for the limit.

    Returns:
        The first fact of the coupon; None where the ledger has it and it may still be
        reserved.

    Raises:
        UserError: "coupon_unknown"; "coupon_redeemed" with `sale_id`, for one that was
            used before; "coupon_expired" or "coupon_revoked" by the ledger;
            "coupon_above_offline_limit".
    """
    if template is None or template.template_id != signed.template_id:
        raise UserError(CouponRefusal.UNKNOWN.value)
    if known is not None:
        _refuse_ended(known)
        return None
    if trust.limit_minor is not None and template.cost_minor > trust.limit_minor:
        limit = trust.limit_minor
        raise UserError(CouponRefusal.ABOVE_OFFLINE_LIMIT.value, limit_minor=limit)
    assert stamp.coupon_id == signed.coupon_id
    return Issued(
        stamp=stamp,
        template_id=template.template_id,
        template_version=template.version,
        batch_id="",
        code_digest="",
        is_bearer=True,
        window=Period(None, signed.expires_at),
    )


def _refuse_ended(known: Coupon) -> None:
    match known.state:
        case CouponState.REDEEMED:
            sale_id = known.redeemed.sale_id if known.redeemed is not None else ""
            raise UserError(CouponRefusal.REDEEMED.value, sale_id=sale_id)
        case CouponState.EXPIRED:
            raise UserError(CouponRefusal.EXPIRED.value)
        case CouponState.REVOKED:
            raise UserError(CouponRefusal.REVOKED.value)
        case _:
            return
