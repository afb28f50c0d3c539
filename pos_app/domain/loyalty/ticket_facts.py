"""What a ticket did for its member, as slip and screen tell it; ids, never a name."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pos_app.values.times import Timestamp


@dataclass(frozen=True, slots=True)
class GivenCoupon:
    """A coupon that the ticket gave.

    Attributes:
        coupon_id, name: which. code: to be printed once; "" where it is shown on
            the member's own list only.
        until: the first moment at which it is good no more; None for never.
        value_minor: what it takes off, where it is a share of another coupon; None
            for what its name promises.
    """

    coupon_id: str
    name: str
    code: str = ""
    until: Timestamp | None = None
    value_minor: int | None = None


#: How a wallet is called in `ValueLeft`.
WALLET = "wallet"


@dataclass(frozen=True, slots=True)
class ValueLeft:
    """What is left of stored value that the ticket used or filled.

    Attributes:
        label: "wallet", or the last four signs of a gift card's code.
        moved_minor: plus when filled. left_minor: afterwards.
    """

    label: str
    moved_minor: int
    left_minor: int


@dataclass(frozen=True, slots=True)
class Exchanged:
    """Goods that went out at the price that had been paid for others.

    They take the others' place: what a coupon and points had lowered stays lowered,
    and comes back when these do.

    Attributes:
        position: of the ticket's line, from 1.
        sale_id, sale_position: of the others, as they were sold.
        thousandths: of the unit, of either.
    """

    position: int
    sale_id: str
    sale_position: int
    thousandths: int


@dataclass(frozen=True, slots=True)
class TicketFacts:
    """What a ticket did for its member.

    Attributes:
        member_id: who; "" for nobody.
        earned, burned: points of this ticket. taken_back: of what it earned before,
            by goods that came back; given_back: of what was burnt.
        active, pending, debt: points afterwards.
        tier, tier_before: keys; "" for none.
        next_tier, missing: key of the tier above and what is missing to it (minor
            units, or visits); "" at the top.
        expiring, expires_on: points that end soon, and the first moment without.
        coupons: given by rules or as shares.
        values: stored value that moved.
        exchanged: goods in the place of others that a coupon or points had lowered.
    """

    member_id: str = ""
    earned: int = 0
    burned: int = 0
    taken_back: int = 0
    given_back: int = 0
    active: int = 0
    pending: int = 0
    debt: int = 0
    tier: str = ""
    tier_before: str = ""
    next_tier: str = ""
    missing: int = 0
    expiring: int = 0
    expires_on: Timestamp | None = None
    coupons: tuple[GivenCoupon, ...] = ()
    values: tuple[ValueLeft, ...] = ()
    exchanged: tuple[Exchanged, ...] = ()

    @property
    def is_silent(self) -> bool:
        """Tell whether there is nothing that a slip or a screen would say."""
        return replace(self, exchanged=()) == TicketFacts()
