"""The moves of a stored value account: append-only, numbered without gaps."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pos_app.values.times import Timestamp


class Purse(StrEnum):
    """Whose money it was."""

    PAID = "paid"
    BONUS = "bonus"


class MoveKind(StrEnum):
    """What happened."""

    TOP_UP = "top_up"  # of a gift card: it was sold
    REDEEM = "redeem"
    RETURN = "return"  # goods came back, or their sale was voided
    TOP_UP_REFUND = "top_up_refund"
    EXPIRE = "expire"


@dataclass(frozen=True, slots=True)
class Part:
    """An amount of one purse of one lot; plus comes in, minus goes out."""

    lot_id: str
    purse: Purse
    minor: int


@dataclass(frozen=True, slots=True)
class Source:
    """How much of a top-up was paid with which tender; minor units."""

    tender_key: str
    minor: int


@dataclass(frozen=True, slots=True)
class Lot:
    """What came in together.

    Attributes:
        lot_id: UUIDv7. opened_at: when.
        paid_minor, bonus_minor: what it began with.
        sources: who paid; none for a grace lot, which is never paid out.
        paid_expires_at, bonus_expires_at: the first moment without; None for never.
    """

    lot_id: str
    opened_at: Timestamp
    paid_minor: int
    bonus_minor: int
    sources: tuple[Source, ...] = ()
    paid_expires_at: Timestamp | None = None
    bonus_expires_at: Timestamp | None = None

    def expires_at(self, purse: Purse) -> Timestamp | None:
        """Return when a purse of it ends; None for never."""
        is_paid = purse is Purse.PAID
        return self.paid_expires_at if is_paid else self.bonus_expires_at


@dataclass(frozen=True, slots=True)
class Move:
    """One entry of the ledger.

    Attributes:
        move_id: UUIDv7. account_id: of which account.
        number: 1, 2, 3, ... in the account. It is unique in the ledger: of two tills
            or carts that saw the same balance only one can add its move.
        key: what it is for, unique in the account: the tender of a sale, a return, a
            top-up. The same thing cannot be booked twice under two ids.
        kind, at: see there.
        parts: what it adds and takes; their sum changes the balance.
        opens: the lot that it opens; None for none.
        of_move: RETURN: the redemption; else "".
        undone: RETURN: which parts of the redemption it undoes; as `parts`, but of
            the lots that were taken from.
        money: what was taken in (plus) or paid out (minus), by tender.
        clawed_minor: of a refund of a top-up: what was kept for bonus spent.
    """

    move_id: str
    account_id: str
    number: int
    key: str
    kind: MoveKind
    at: Timestamp
    parts: tuple[Part, ...]
    opens: Lot | None = None
    of_move: str = ""
    undone: tuple[Part, ...] = ()
    money: tuple[Source, ...] = ()
    clawed_minor: int = 0

    @property
    def minor(self) -> int:
        """What it changes the balance by."""
        return sum(part.minor for part in self.parts)

    @property
    def money_minor(self) -> int:
        """What was taken in, or paid out (below zero)."""
        return sum(source.minor for source in self.money)


@dataclass(frozen=True, slots=True)
class MoveHead:
    """What the caller gives to a new move: its id, its key and its moment."""

    move_id: str
    key: str
    at: Timestamp
