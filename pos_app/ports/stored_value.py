"""The ledger's stored value and gift cards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from pos_app.domain.loyalty.ticket_facts import ValueLeft
from pos_app.domain.stored_value.account import Account, AccountKind
from pos_app.domain.stored_value.document import ValueDocument
from pos_app.domain.stored_value.moves import Move
from pos_app.domain.stored_value.tender_rule import Hold
from pos_app.values.times import BusinessDay, Timestamp


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account as it was opened; never changed.

    Attributes:
        account_id: UUIDv7. kind: wallet or gift card. currency: of its minor units.
        member_id: whose; "" for a gift card.
        label: last four signs of a gift card's code; "" for a wallet.
        opened_at: when. opened_by: staff id.
    """

    account_id: str
    kind: AccountKind
    currency: str
    member_id: str
    label: str
    opened_at: Timestamp
    opened_by: str


@dataclass(frozen=True, slots=True)
class AccountLine:
    """An account in a list, with its running balance.

    Attributes:
        row: see there. paid_minor, bonus_minor: in its purses, ended value included
            until its move is booked. moves: how many. moved_at: the last one.
    """

    row: AccountRow
    paid_minor: int
    bonus_minor: int
    moves: int
    moved_at: Timestamp


@dataclass(frozen=True, slots=True)
class AccountSearch:
    """Which accounts a list shows, the last moved first.

    Attributes:
        kind: None for all. label: how a gift card's code ends, or "".
        member_ids: whose; () for all. with_value: only those that hold something.
        limit, skip: at most so many, behind so many.
    """

    kind: AccountKind | None = None
    label: str = ""
    member_ids: tuple[str, ...] = ()
    with_value: bool = False
    limit: int = 100
    skip: int = 0


@dataclass(frozen=True, slots=True)
class ValueSums:
    """What the shop owes, by kind of account; minor units.

    Attributes:
        accounts: that hold something. paid_minor, bonus_minor: what they hold.
    """

    accounts: int
    paid_minor: int
    bonus_minor: int


@dataclass(frozen=True, slots=True)
class BookedMove:
    """A move and the document that made it.

    Attributes:
        move: see there. document_id: a sale's or a value document's; "" for none.
        number: of that document, "" for none.
    """

    move: Move
    document_id: str
    number: str


class ValueQuestions(Protocol):
    """What both sides of the ledger answer."""

    def row(self, account_id: str) -> AccountRow | None:
        """Return an account as it was opened."""
        ...

    def with_code(self, digest: str) -> AccountRow | None:
        """Return the gift card whose code has a digest (`code_digest`)."""
        ...

    def wallets(self, member_ids: Sequence[str]) -> Sequence[AccountRow]:
        """Return the wallets of a person's ids, the oldest first."""
        ...

    def account(self, account_id: str) -> Account:
        """Return what the moves of an account come to."""
        ...

    def holds(self, account_id: str) -> Sequence[Hold]:
        """Return what open baskets hold of an account."""
        ...

    def moves(self, account_id: str) -> Sequence[BookedMove]:
        """Return the moves of an account, oldest first."""
        ...

    def document(self, document_id: str) -> ValueDocument | None:
        """Return a value document."""
        ...

    def values_of(self, document_id: str) -> Sequence[ValueLeft]:
        """Return by how much a ticket moved each account, and what was left."""
        ...

    def origins(self, sale_id: str) -> Sequence[str]:
        """Return the sales that a ticket's returned goods come from, and theirs."""
        ...


class ValueReader(ValueQuestions, Protocol):
    """Reads stored value and gift cards, as committed."""

    def search(self, search: AccountSearch) -> Sequence[AccountLine]:
        """Return accounts for a list."""
        ...

    def sums(self) -> Mapping[AccountKind, ValueSums]:
        """Return what the shop owes to holders of wallets and of gift cards."""
        ...

    def documents(self, account_id: str) -> Sequence[ValueDocument]:
        """Return the value documents of an account, oldest first."""
        ...

    def documents_between(
        self, first: BusinessDay, last: BusinessDay
    ) -> Sequence[ValueDocument]:
        """Return the value documents of some business days, both included."""
        ...

    def ended(self, at: Timestamp, after: str, limit: int) -> Sequence[str]:
        """Return accounts behind one that hold value which has ended by a moment."""
        ...


class ValueWriter(ValueQuestions, Protocol):
    """Writes stored value and gift cards, in one transaction."""

    def open_account(self, row: AccountRow, digest: str) -> None:
        """Store a new account.

        Args:
            row: see there.
            digest: of a gift card's code; "" for a wallet.

        Raises:
            UserError: "stored_value_opened_twice" for a code that is used, or a
                member who has a wallet.
        """
        ...

    def add_move(
        self, move: Move, document: tuple[str, str], day: BusinessDay
    ) -> Account:
        """Store a move, and return the account with it.

        Args:
            move: the next of its account.
            document: id and number of what made it; ("", "") for nothing.
            day: the trading day.

        Raises:
            UserError: what `Account.add` refuses.
        """
        ...

    def add_document(self, document: ValueDocument) -> None:
        """Store a proven value document, move its money and count it in its shift."""
        ...
