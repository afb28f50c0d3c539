"""The code of a coupon or a gift card: what is printed, scanned, typed and shown.

A letter that says what it is, 128 random bits as 26 characters of Crockford's base 32
(no I, L, O or U), and a check character: 28 in all. The letter keeps it apart from
GTINs and from the digits that a customer's phone shows to pay. All characters are of
a QR code's alphanumeric mode.

The check is a weighted sum in the field of 32 elements: character i from the right
times a^i, where a is a root of x^5 + x^2 + 1. The powers of a are all different up to
31 places and none is zero, so that any one wrong character and any two characters that
changed places are found, the check character and the letter included.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable
from enum import StrEnum
from typing import TypeAlias

from pos_app.domain.coupon.refusal import CouponRefusal
from pos_app.errors import UserError

#: So many random bytes; handed in, because chance is no business of this room.
Entropy: TypeAlias = Callable[[int], bytes]

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SECRET_BYTES = 16
_BODY = 26
CODE_LENGTH = 1 + _BODY + 1
#: As read by a person: what looks like another character is that character.
_LOOK_ALIKES = str.maketrans({"I": "1", "L": "1", "O": "0", " ": None, "-": None})
_POLYNOMIAL = 0b100101


class CodeKind(StrEnum):
    """What a code is for; the value is its first letter."""

    COUPON = "C"
    GIFT_CARD = "V"


def new_code(kind: CodeKind, entropy: Entropy) -> str:
    """Make a code.

    Args:
        kind: what it is for.
        entropy: a source of unpredictable bytes.
    """
    secret = entropy(SECRET_BYTES)
    assert len(secret) == SECRET_BYTES
    body = kind.value + base32(secret)
    return body + check_character(body)


def read_code(text: str) -> tuple[CodeKind, str]:
    """Read a code as scanned or typed: small letters, groups and look-alikes.

    Returns:
        Its kind, and the code as it was made.

    Raises:
        UserError: "coupon_code_unreadable".
    """
    code = plain_code(text)
    if not looks_like_code(code):
        raise UserError(CouponRefusal.CODE_UNREADABLE.value)
    if ALPHABET.index(code[1]) >= 1 << 3:  # more than 128 bits
        raise UserError(CouponRefusal.CODE_UNREADABLE.value)
    if check_character(code[:-1]) != code[-1]:
        raise UserError(CouponRefusal.CODE_UNREADABLE.value)
    return CodeKind(code[0]), code


def looks_like_code(code: str) -> bool:
    """Tell whether a plain code has the shape; its check is not looked at."""
    kinds = {kind.value for kind in CodeKind}
    return (
        len(code) == CODE_LENGTH
        and code[0] in kinds
        and all(character in ALPHABET for character in code)
    )


def plain_code(text: str) -> str:
    """Return capital letters without groups, look-alikes as what they stand for."""
    shown = unicodedata.normalize("NFKC", text[:512])
    return shown.upper().translate(_LOOK_ALIKES)


def grouped(code: str) -> str:
    """Return a code as people read it: groups of four."""
    return "-".join(code[i : i + 4] for i in range(0, len(code), 4))


def code_digest(code: str) -> str:
    """Return what is stored of a code: SHA-256, hex.

    128 random bits cannot be guessed from it, so it needs no key and no salt; a copied
    database lets nobody use a coupon or spend a gift card.
    """
    return hashlib.sha256(b"guitai coupon code\n" + code.encode()).hexdigest()


def base32(data: bytes) -> str:
    """Return bytes as characters, five bits each; zero bits stand before them."""
    length = -(-len(data) * 8 // 5)
    value = int.from_bytes(data, "big")
    return "".join(
        ALPHABET[value >> 5 * (length - 1 - place) & 31] for place in range(length)
    )


def from_base32(text: str, size: int) -> bytes | None:
    """Return the `size` bytes that characters stand for; None where they are not so."""
    if len(text) != -(-size * 8 // 5) or any(each not in ALPHABET for each in text):
        return None
    value = 0
    for character in text:
        value = value << 5 | ALPHABET.index(character)
    return value.to_bytes(size, "big") if value < 1 << 8 * size else None


def check_character(body: str) -> str:
    """Return the character that makes the weighted sum zero.

    Source: R. Lidl, H. Niederreiter, Finite Fields, on the primitive polynomial
    x^5 + x^2 + 1; the scheme is a Reed-Solomon code with one check symbol.
    """
    assert len(body) < 31
    total = 0
    for character in body:  # Horner: the last of them ends with weight a
        total = _times_a(total ^ ALPHABET.index(character))
    return ALPHABET[total]


def _times_a(element: int) -> int:
    doubled = element << 1
    return doubled ^ _POLYNOMIAL if doubled & 32 else doubled
