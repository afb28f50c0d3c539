"""Rotating codes: a QR on the member's phone that is good for half a minute.

"M1", the member's number (8 bytes), the step (4 bytes) and an Ed25519 signature
(64 bytes) are 78 bytes, in base 32 (RFC 4648, no padding) 125 characters: capital
letters and digits, which a QR code packs tightly. Only the member's phone holds the
key that signs; a till holds public keys, and who steals a till can forge none.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass, field

from pos_app.errors import UserError
from pos_app.values.times import Timestamp

MAGIC = b"M1"
#: What every code begins with: "M1" in base 32.
CODE_BEGINNING = "JUY"
CODE_CHARACTERS = 125
CODE_BYTES = 78
STEP_S = 30
#: A phone's clock may be a step before or behind the till's.
STEPS_OFF = 1
NUMBER_BYTES, STEP_BYTES, SIGNATURE_BYTES = 8, 4, 64
PUBLIC_KEY_BYTES = 32
_SIGNED_BYTES = len(MAGIC) + NUMBER_BYTES + STEP_BYTES
#: The signed message names its use, so that no other signature passes for a code.
_CONTEXT = b"guitai member code 1\n"
_ALPHABET = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")


@dataclass(frozen=True, slots=True)
class RotatingCode:
    """A code that was read; nothing of it is believed before it is verified.

    Attributes:
        number: the member it claims to be of.
        step: half minutes since 1970-01-01 UTC on the member's phone.
        signature: Ed25519 over `message`.
    """

    number: int
    step: int
    signature: bytes = field(repr=False)

    @property
    def message(self) -> bytes:
        """What is signed."""
        return signed_message(self.number, self.step)


def step_at(moment: Timestamp) -> int:
    """Return the step of a moment."""
    return moment.unix_ms // 1000 // STEP_S


def signed_message(number: int, step: int) -> bytes:
    """Return what the member's phone signs for a step."""
    return _CONTEXT + _payload(number, step)


def write_rotating_code(number: int, step: int, signature: bytes) -> str:
    """Return the characters of the QR code."""
    assert len(signature) == SIGNATURE_BYTES
    content = _payload(number, step) + signature
    assert len(content) == CODE_BYTES
    return base64.b32encode(content).decode().rstrip("=")


def is_rotating_code(code: str) -> bool:
    """Tell whether a scan means to be a rotating code, whole or damaged.

    Nothing else that is scanned is so long, begins so and has no other signs.
    """
    plain = code.strip().upper()
    return (
        plain.startswith(CODE_BEGINNING)
        and len(plain) >= 40
        and all(sign in _ALPHABET for sign in plain)
    )


def read_rotating_code(code: str) -> RotatingCode:
    """Take a code apart.

    Raises:
        UserError: "member_code_damaged" when it is cut off, too long or misread;
            "member_code_newer" when a newer program made it.
    """
    plain = code.strip().upper()
    if len(plain) != CODE_CHARACTERS or not set(plain) <= _ALPHABET:
        raise UserError("member_code_damaged")
    content = base64.b32decode(plain + "===")
    if base64.b32encode(content).decode().rstrip("=") != plain:
        raise UserError("member_code_damaged")  # the spare bit is zero in a real one
    if content[:2] != MAGIC:
        is_newer = content[:1] == MAGIC[:1]
        raise UserError("member_code_newer" if is_newer else "member_code_damaged")
    number = int.from_bytes(content[2:10], "big")
    step = int.from_bytes(content[10:_SIGNED_BYTES], "big")
    return RotatingCode(number, step, content[_SIGNED_BYTES:])


def check_step(step: int, now: Timestamp) -> int:
    """Refuse a code of another time.

    Returns:
        How many steps the phone is ahead of the till; -1, 0 or 1.

    Raises:
        UserError: "member_code_late" or "member_code_early" with `seconds`: it is a
            picture of an old code, or one of the two clocks is wrong.
    """
    off = step - step_at(now)
    if off < -STEPS_OFF:
        raise UserError("member_code_late", seconds=-off * STEP_S)
    if off > STEPS_OFF:
        raise UserError("member_code_early", seconds=off * STEP_S)
    return off


def _payload(number: int, step: int) -> bytes:
    numbers = number.to_bytes(NUMBER_BYTES, "big") + step.to_bytes(STEP_BYTES, "big")
    return MAGIC + numbers
