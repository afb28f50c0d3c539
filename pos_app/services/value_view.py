"""What screens know of stored value: a wallet or gift card, and what was done with it."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.domain.stored_value.account import AccountKind
from pos_app.domain.stored_value.moves import MoveKind, Source
from pos_app.values.times import Timestamp


@dataclass(frozen=True, slots=True)
class ValueView:
    """A wallet or a gift card as it stands now; minor units.

    Attributes:
        account_id: whose. kind: wallet or gift card. member_id: "" for a gift card.
        label: last four signs of a gift card's code; "" for a wallet.
        usable_minor: what may be spent, less what other open baskets hold of it.
        paid_minor, bonus_minor: of which purse; ended value is in neither.
        most_minor: what the open ticket may still take of it; 0 for nothing.
        used_minor: what the open ticket has taken of it so far.
        needs_proof: whether `most_minor` needs the member's code or PIN first.
        free_minor: what the open ticket may still take without.
        expires_at, expiring_minor: what ends first, the first moment without; None
            and 0 where nothing ends.
        opened_at: when it was sold or first filled.
    """

    account_id: str
    kind: AccountKind
    member_id: str
    label: str
    usable_minor: int
    paid_minor: int
    bonus_minor: int
    most_minor: int = 0
    used_minor: int = 0
    needs_proof: bool = False
    free_minor: int = 0
    expires_at: Timestamp | None = None
    expiring_minor: int = 0
    opened_at: Timestamp | None = None


@dataclass(frozen=True, slots=True)
class ValueMoveView:
    """A move of an account, newest first in lists.

    Attributes:
        move_id: see there. kind: what happened. at: when.
        minor: by how much the balance changed, signed. left_minor: the balance then.
        paid_minor, bonus_minor: of which purse, signed.
        number: of the document that moved it, "" where none did (expired).
        document_id: its id: a sale's or a value document's; "" for none.
    """

    move_id: str
    kind: MoveKind
    at: Timestamp
    minor: int
    left_minor: int
    paid_minor: int
    bonus_minor: int
    number: str = ""
    document_id: str = ""


@dataclass(frozen=True, slots=True)
class ValueMoney:
    """Money for a top-up or a gift card, as it is handed over.

    Attributes:
        key: tender type; no stored value buys stored value.
        amount_minor: with cash what is handed over; None for all that is still owed.
        reference: last four digits or voucher number, as with a sale's tenders.
    """

    key: str
    amount_minor: int | None = None
    reference: str = ""


@dataclass(frozen=True, slots=True)
class LotView:
    """A top-up, or the sale of a gift card, that may be paid back.

    Attributes:
        lot_id: which. at: when. number: of its document.
        paid_minor, bonus_minor: what it began with. left_minor: of what was paid,
            still there.
        sources: who paid, by tender, less what each got back.
    """

    lot_id: str
    at: Timestamp
    number: str
    paid_minor: int
    bonus_minor: int
    left_minor: int
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class RefundView:
    """What paying an amount of a top-up back comes to, before it is done.

    Attributes:
        paid_minor: taken out. bonus_minor: cancelled with it.
        clawed_minor: kept for bonus that was spent.
        money: what each source gets, by tender; amounts above zero.
    """

    paid_minor: int
    bonus_minor: int
    clawed_minor: int
    money: tuple[Source, ...]
