"""Codes that members show: which kind a scan is, and whether it is true.

Nothing here needs a network: a rotating code is verified with the public keys of
the member's phones, which a till may lose without any harm.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from pos_app.domain.member.card_code import card_of_pass, is_card, read_card
from pos_app.domain.member.rotating_code import (
    RotatingCode,
    check_step,
    is_rotating_code,
    read_rotating_code,
)
from pos_app.errors import UserError
from pos_app.ports.member_vault import CodeSteps, MemberKeys
from pos_app.services.credentials import is_badge
from pos_app.services.payment_secrets import is_payment_code
from pos_app.values.times import Timestamp

_CARD_LENGTHS = range(4, 65)
#: Steps that are kept in memory before old ones are let go.
_STEPS_KEPT = 4096


class CodeKind(StrEnum):
    """What a scanned code is to the members' desk."""

    ROTATING = "rotating"
    STATIC = "static"
    WALLET = "wallet"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class VerifiedCode:
    """A rotating code that is true, new and of now.

    Attributes:
        number: the member's. step: now taken.
        steps_ahead: -1, 0 or 1; how far the phone's clock is before the till's.
    """

    number: int
    step: int
    steps_ahead: int


def kind_of(code: str) -> CodeKind:
    """Tell what a scan is, before it is read; OTHER may be an item or a card."""
    if is_rotating_code(code):
        return CodeKind.ROTATING
    if card_of_pass(code):
        return CodeKind.WALLET
    return CodeKind.STATIC if is_card(code) else CodeKind.OTHER


def check_foreign_card(code: str) -> str:
    """Return a card's code as it is filed, when the shop takes over old cards.

    Args:
        code: a printed number, a barcode or a chip's serial number.

    Raises:
        UserError: "member_card_like_payment" for what a wallet or a bank card might
            show, "member_card_like_badge", or "member_card_shape".
    """
    plain = unicodedata.normalize("NFKC", code).strip().upper()
    digits = re.sub(r"[ .\-]", "", plain)
    if is_payment_code(plain):
        raise UserError("member_card_like_payment", length=len(digits))
    if is_badge(plain):
        raise UserError("member_card_like_badge")
    if len(plain) not in _CARD_LENGTHS or not (plain.isascii() and plain.isprintable()):
        raise UserError("member_card_shape")
    if is_rotating_code(plain):
        raise UserError("member_card_shape")
    if is_card(plain):
        read_card(plain)
    return plain


class MemberCodes:
    """Verifies rotating codes, offline.

    Args:
        keys: the public keys that the shop knows.
        steps: remembers what was taken; durable, or a code is good again after a
            restart within its minute and a half.
    """

    def __init__(self, keys: MemberKeys, steps: CodeSteps) -> None:
        self._keys = keys
        self._steps = steps

    def verify(self, code: str, now: Timestamp) -> VerifiedCode:
        """Take a code, once.

        A sale whose member is scanned again asks for nothing: look at the number
        (`read_rotating_code`) first, and leave the sale as it is.

        Raises:
            UserError: "member_code_damaged", "member_code_newer",
                "member_code_unknown" (no such member here), "member_code_withdrawn"
                (a phone that was reported lost), "member_code_forged",
                "member_code_late" or "member_code_early" with seconds, and
                "member_code_used" for a code that was shown before.
        """
        shown = read_rotating_code(code)
        self._check_signature(shown)
        ahead = check_step(shown.step, now)
        if not self._steps.take(shown.number, shown.step):
            raise UserError("member_code_used")
        return VerifiedCode(shown.number, shown.step, ahead)

    def _check_signature(self, shown: RotatingCode) -> None:
        good = self._keys.good_keys(shown.number)
        if any(is_signed_by(key, shown) for key in good):
            return
        withdrawn = self._keys.withdrawn_keys(shown.number)
        if any(is_signed_by(key, shown) for key in withdrawn):
            raise UserError("member_code_withdrawn")
        if not good and not withdrawn:
            raise UserError("member_code_unknown")
        raise UserError("member_code_forged")


def is_signed_by(public_key: bytes, shown: RotatingCode) -> bool:
    """Tell whether a phone's key signed a code (Ed25519, RFC 8032)."""
    # Late: loading OpenSSL's bindings is nothing for a cold start.
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        key = Ed25519PublicKey.from_public_bytes(public_key)
        key.verify(shown.signature, shown.message)
    except (InvalidSignature, ValueError):
        return False
    return True


class StepsInMemory:
    """Steps for as long as the program runs (implements ports CodeSteps).

    What is let go leaves a floor behind: no step at or below it is taken again.
    """

    def __init__(self) -> None:
        self._newest: dict[int, int] = {}
        self._floor = -1

    def take(self, number: int, step: int) -> bool:
        """Remember a step; False when it is not a newer one."""
        if step <= self._newest.get(number, self._floor):
            return False
        self._newest[number] = step
        if len(self._newest) > _STEPS_KEPT:
            self._let_go(step)
        return True

    def _let_go(self, step: int) -> None:
        # Three steps are good at a time; what is older is refused as late anyway.
        old = step - 3
        self._floor = max(self._floor, old)
        self._newest = {who: at for who, at in self._newest.items() if at > old}
