"""The public key that a member's phone shows once, to be registered at the counter.

"K1", the Ed25519 public key (32 bytes) and four bytes that check them are, in base 32
(RFC 4648, no padding), 61 capital letters and digits. The key that signs never leaves
the phone.
"""

from __future__ import annotations

import base64
import hashlib

from pos_app.domain.member.rotating_code import PUBLIC_KEY_BYTES
from pos_app.errors import UserError

MAGIC = b"K1"
#: What every shown key begins with: "K1" in base 32.
KEY_BEGINNING = "JMY"
_CHECK_BYTES = 4
KEY_CHARACTERS = 61


def write_phone_key(public_key: bytes) -> str:
    """Return what a phone shows as a QR code."""
    assert len(public_key) == PUBLIC_KEY_BYTES
    whole = MAGIC + public_key + _check(public_key)
    return base64.b32encode(whole).decode().rstrip("=")


def is_phone_key(code: str) -> bool:
    """Tell whether a scan has the shape of a phone's public key."""
    plain = code.strip().upper()
    return len(plain) == KEY_CHARACTERS and plain.startswith(KEY_BEGINNING)


def read_phone_key(code: str) -> bytes:
    """Return the public key of a scan.

    Raises:
        UserError: "member_token_shape" for anything else, or for a damaged one.
    """
    if not is_phone_key(code):
        raise UserError("member_token_shape")
    plain = code.strip().upper()
    try:
        whole = base64.b32decode(plain + "=" * (-len(plain) % 8))
    except ValueError:
        raise UserError("member_token_shape") from None
    key = whole[len(MAGIC) : len(MAGIC) + PUBLIC_KEY_BYTES]
    if not whole.startswith(MAGIC) or whole != MAGIC + key + _check(key):
        raise UserError("member_token_shape")
    return key


def _check(public_key: bytes) -> bytes:
    return hashlib.sha256(MAGIC + public_key).digest()[:_CHECK_BYTES]
