"""PINs and badges: argon2id over a peppered PIN, a keyed digest of the badge.

A 6-digit PIN hash alone falls in a day on one core; the pepper lives in the key
ring, so a stolen database is not enough (OWASP password storage).
"""

from __future__ import annotations

import hashlib
import hmac

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from pos_app.domain.pin_rule import PIN_DIGITS
from pos_app.errors import UserError
from pos_app.services.coupon_signing import Signer, signer_of
from pos_app.values.gs1.symbology import read_identifier

#: OWASP's second recommended setting: 19 MiB, two passes, one lane.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
#: Badges carry this prefix so that a scan is known as a badge before any look-up.
BADGE_PREFIX = "GTB"


class Credentials:
    """Checks what staff prove themselves with.

    Args:
        pin_pepper: 32 bytes of the key ring. badge_key: 32 bytes of the key ring.
        signing_key: Ed25519 seed of the key ring; empty where nothing is signed.
    """

    def __init__(
        self, pin_pepper: bytes, badge_key: bytes, signing_key: bytes = b""
    ) -> None:
        self._pepper = pin_pepper
        self._badge_key = badge_key
        self._signing_key = signing_key

    def hash_pin(self, pin: str) -> str:
        """Return the argon2id hash (PHC form) of a PIN.

        Raises:
            UserError: "pin_shape" when it is not four to eight digits.
        """
        shortest, longest = PIN_DIGITS
        if not (pin.isascii() and pin.isdigit() and shortest <= len(pin) <= longest):
            raise UserError("pin_shape", shortest=shortest, longest=longest)
        return _HASHER.hash(self._peppered(pin))

    def pin_matches(self, pin_hash: str, pin: str) -> bool:
        """Tell whether a PIN matches; about 80 ms of work on purpose."""
        try:
            return _HASHER.verify(pin_hash, self._peppered(pin))
        except (VerificationError, InvalidHashError):
            return False

    def badge_digest(self, code: str) -> str:
        """Return the keyed digest that a badge is found by."""
        return hmac.new(self._badge_key, _bytes(code), hashlib.sha256).hexdigest()

    @property
    def coupon_signer(self) -> Signer | None:
        """What signs the shop's coupons; None for a till without its shop's key."""
        return signer_of(self._signing_key) if self._signing_key else None

    @property
    def coupon_keys(self) -> tuple[bytes, ...]:
        """The public keys whose coupons this shop believes."""
        signer = self.coupon_signer
        return (signer.public_key,) if signer is not None else ()

    @property
    def label_key(self) -> bytes:
        """The shop's key for the seal of labels of goods that are marked down."""
        said = b"guitai: labels of goods that are marked down, 1"
        return hmac.new(self._badge_key, said, hashlib.sha256).digest()

    def _peppered(self, pin: str) -> bytes:
        return hmac.new(self._pepper, _bytes(pin), hashlib.sha256).digest()


def _bytes(text: str) -> bytes:
    """Return what was typed as bytes, even half a surrogate pair."""
    return text.encode("utf-8", "surrogatepass")


def is_badge(code: str) -> bool:
    """Tell whether a scanned code is a staff badge, whatever case it came in."""
    return code.casefold().startswith(BADGE_PREFIX.casefold()) and len(code) >= 16


def without_identifier(code: str) -> str:
    """Return a badge as it is printed, where its scanner names the symbology first.

    Any other code is returned as it is.
    """
    data = read_identifier(code).data
    return data if is_badge(data) else code


def holds_badge(text: str) -> bool:
    """Tell whether a badge may stand anywhere in what a scanner sent."""
    found = text.casefold().find(BADGE_PREFIX.casefold())
    return found >= 0 and is_badge(text[found:])
