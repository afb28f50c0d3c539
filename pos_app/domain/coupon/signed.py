"""Signed coupons: what is written, so that a till without a line may believe it.

    "S1" + base 32 of:  key 8 | coupon 16 | template 16 | expiry 6 | signature 64 | sum 4

Ed25519 (RFC 8032) signs SIGNED_WORDS and the first 46 bytes. The key's number says
whose it is, so that a neighbour's coupon is told from a false one. The sum (the first
bytes of SHA-256 of all before it) finds what was misread or crudely changed; it proves
nothing, the signature does.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TypeAlias
from uuid import UUID

from pos_app.domain.coupon.code import base32, from_base32, plain_code
from pos_app.domain.coupon.refusal import CouponRefusal
from pos_app.errors import UserError
from pos_app.values.times import Timestamp

PREFIX = "S1"
SIGNED_WORDS = b"guitai signed coupon 1\n"
_KEY, _ID, _TIME, _SIGNATURE, _SUM = 8, 16, 6, 64, 4
_BODY = _KEY + 2 * _ID + _TIME
_SIZE = _BODY + _SIGNATURE + _SUM
#: Characters of a signed coupon's text.
TEXT_LENGTH = len(PREFIX) + -(-_SIZE * 8 // 5)

#: (public key, message, signature) -> whether it is genuine.
Verifier: TypeAlias = Callable[[bytes, bytes, bytes], bool]


@dataclass(frozen=True, slots=True)
class SignedCoupon:
    """What a signed coupon says.

    Attributes:
        coupon_id, template_id: UUIDs in their canonical form.
        expires_at: the first moment at which it is good no more.
    """

    coupon_id: str
    template_id: str
    expires_at: Timestamp


def key_number(public_key: bytes) -> bytes:
    """Return what a coupon says of the key that signed it."""
    return hashlib.sha256(b"guitai coupon key\n" + public_key).digest()[:_KEY]


def body_of(coupon: SignedCoupon, public_key: bytes) -> bytes:
    """Return the bytes that say everything but the signature."""
    return b"".join(
        (
            key_number(public_key),
            UUID(coupon.coupon_id).bytes,
            UUID(coupon.template_id).bytes,
            coupon.expires_at.unix_ms.to_bytes(_TIME, "big"),
        )
    )


def signed_message(body: bytes) -> bytes:
    """Return what the shop's key signs."""
    return SIGNED_WORDS + body


def text_of(body: bytes, signature: bytes) -> str:
    """Return the text of the QR code."""
    assert len(body) == _BODY
    assert len(signature) == _SIGNATURE
    data = body + signature
    return PREFIX + base32(data + _sum(data))


def _sum(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()[:_SUM]


def looks_signed(text: str) -> bool:
    """Tell whether a scan means to be a signed coupon."""
    return len(text) == TEXT_LENGTH and text.upper().startswith(PREFIX)


def read_signed(
    text: str, public_keys: Collection[bytes], verify: Verifier
) -> SignedCoupon:
    """Read a signed coupon and believe it only if a key of this shop made it.

    Args:
        text: as scanned.
        public_keys: Ed25519, 32 bytes each: of this shop, the old ones, too.
        verify: Ed25519's verification.

    Raises:
        UserError: "coupon_code_unreadable"; "coupon_altered" for what was changed or
            misread after it was made; "coupon_of_another_shop" for a key that is
            unknown here; "coupon_forged" for one that names the shop's key and was
            not signed by it.
    """
    code = plain_code(text)
    if len(code) != TEXT_LENGTH or not code.startswith(PREFIX):
        raise UserError(CouponRefusal.CODE_UNREADABLE.value)
    data = from_base32(code.removeprefix(PREFIX), _SIZE)
    if data is None:
        raise UserError(CouponRefusal.CODE_UNREADABLE.value)
    signed, total = data[:-_SUM], data[-_SUM:]
    if _sum(signed) != total:
        raise UserError(CouponRefusal.ALTERED.value)
    body, signature = signed[:_BODY], signed[_BODY:]
    key = next((k for k in public_keys if key_number(k) == body[:_KEY]), None)
    if key is None:
        raise UserError(CouponRefusal.FOREIGN.value)
    if not verify(key, signed_message(body), signature):
        raise UserError(CouponRefusal.FORGED.value)
    return _coupon(body)


def _coupon(body: bytes) -> SignedCoupon:
    coupon, template = body[_KEY : _KEY + _ID], body[_KEY + _ID : _BODY - _TIME]
    expires = int.from_bytes(body[-_TIME:], "big")
    return SignedCoupon(
        str(UUID(bytes=coupon)), str(UUID(bytes=template)), Timestamp(expires)
    )
