"""How strongly a customer was recognised, and what that allows.

Weak earns. Medium burns points up to a limit. Strong uses everything, and the
member's PIN makes every recognition strong.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum

from pos_app.errors import UserError
from pos_app.values.times import Timestamp


class Strength(IntEnum):
    """How hard it is to be taken for somebody else."""

    WEAK = 1
    MEDIUM = 2
    STRONG = 3


class Means(StrEnum):
    """What a customer was recognised by."""

    NAME = "name"
    LAST_FOUR = "last_four"
    PHONE_SAID = "phone_said"  # the cashier typed it
    PHONE_TYPED = "phone_typed"  # the customer typed it on the customer's side
    STATIC_CODE = "static_code"
    CARD = "card"
    NFC = "nfc"
    WALLET_PASS = "wallet_pass"  # noqa: S105  a barcode that stays the same
    ROTATING_CODE = "rotating_code"


_STRENGTH = {
    Means.PHONE_TYPED: Strength.MEDIUM,
    Means.ROTATING_CODE: Strength.STRONG,
}
#: What the customer holds, but anybody can copy.
COPYABLE = frozenset({Means.STATIC_CODE, Means.CARD, Means.NFC, Means.WALLET_PASS})


@dataclass(frozen=True, slots=True)
class RecognitionPolicy:
    """What the shop allows; points in the shop's own points.

    Attributes:
        copyable_burn_points: burnt in one sale with a code that can be copied.
        medium_burn_points: burnt in one sale after a phone number typed by the
            customer.
        fresh_s: seconds for which a recognition counts for more than weak; a sale
            parked over lunch must be shown the code again.
    """

    copyable_burn_points: int = 0
    medium_burn_points: int = 5000
    fresh_s: int = 1800

    def __post_init__(self) -> None:
        if self.copyable_burn_points < 0 or self.medium_burn_points < 0:
            raise UserError("member_limit_negative")
        if self.copyable_burn_points > self.medium_burn_points:
            raise UserError("member_limits_order")
        if self.fresh_s <= 0:
            raise UserError("member_limit_negative")


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a recognition is good for in one sale.

    Attributes:
        burn_points: how many points may be burnt; None for as many as there are.
        may_use_value: stored value and gift cards that are tied to the member.
    """

    burn_points: int | None
    may_use_value: bool


@dataclass(frozen=True, slots=True)
class Recognition:
    """One customer, recognised once.

    Attributes:
        member_id: who. means: by what. at: when.
        pin_at: when the member's PIN was right; None where none was asked for.
    """

    member_id: str
    means: Means
    at: Timestamp
    pin_at: Timestamp | None = None

    def strength(self, now: Timestamp, policy: RecognitionPolicy) -> Strength:
        """Return how strong it is now; everything but weak fades."""
        if _is_fresh(self.pin_at, now, policy):
            return Strength.STRONG
        if _is_fresh(self.at, now, policy):
            return _STRENGTH.get(self.means, Strength.WEAK)
        return Strength.WEAK

    def with_pin(self, at: Timestamp) -> Recognition:
        """Return the recognition of somebody who typed the right PIN as well."""
        return replace(self, pin_at=at)

    def allowance(self, now: Timestamp, policy: RecognitionPolicy) -> Allowance:
        """Return what it is good for; earning always is."""
        strength = self.strength(now, policy)
        if strength is Strength.STRONG:
            return Allowance(None, may_use_value=True)
        if strength is Strength.MEDIUM:
            points = policy.medium_burn_points
            return Allowance(points, may_use_value=False)
        is_shown = self.means in COPYABLE and _is_fresh(self.at, now, policy)
        points = policy.copyable_burn_points if is_shown else 0
        return Allowance(points, may_use_value=False)

    def check_burn(
        self, points: int, now: Timestamp, policy: RecognitionPolicy
    ) -> None:
        """Refuse points that this recognition may not burn.

        Args:
            points: all that one sale burns, more than zero.
            now: when.
            policy: the shop's.

        Raises:
            UserError: "member_burn_needs_more" with points, limit and `needs`
                ("medium" or "strong"): show a code, type the phone, or the PIN.
        """
        assert points > 0
        limit = self.allowance(now, policy).burn_points
        if limit is not None and points > limit:
            is_medium_enough = points <= policy.medium_burn_points
            needs = "medium" if is_medium_enough else "strong"
            raise UserError(
                "member_burn_needs_more", points=points, limit=limit, needs=needs
            )


def stronger(
    known: Recognition | None,
    fresh: Recognition,
    policy: RecognitionPolicy,
) -> Recognition:
    """Return the recognition to keep when a code is scanned in a sale.

    Another member replaces the one before; the same one scanned twice never gets
    weaker, and a PIN that was right stays right.
    """
    if known is None or known.member_id != fresh.member_id:
        return fresh
    pins = [pin for pin in (known.pin_at, fresh.pin_at) if pin is not None]
    pin_at = max(pins, default=None)
    now = max(known.at, fresh.at)

    def value(one: Recognition) -> tuple[int, int, bool, Timestamp]:
        allowed = replace(one, pin_at=None).allowance(now, policy)
        strength = replace(one, pin_at=None).strength(now, policy)
        return strength, allowed.burn_points or 0, one.means in COPYABLE, one.at

    best = max((fresh, known), key=value)
    return replace(best, pin_at=pin_at)


def _is_fresh(at: Timestamp | None, now: Timestamp, policy: RecognitionPolicy) -> bool:
    return at is not None and now < at.plus_seconds(policy.fresh_s)
