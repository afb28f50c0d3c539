"""All wallets and gift cards for the back office, masked; reads run on any thread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pos_app.domain.loyalty.programme import ValueRule
from pos_app.domain.member.masking import mask_name, mask_phone
from pos_app.domain.member.profile_codec import profile_of
from pos_app.domain.stored_value.account import AccountKind
from pos_app.errors import UserError
from pos_app.ports.member_admin import MemberQuery
from pos_app.ports.member_vault import SealedProfile
from pos_app.ports.stored_value import AccountLine, AccountSearch, ValueSums
from pos_app.services.desk import Desk
from pos_app.services.member_pages import MemberPages
from pos_app.services.shop_region import calling_code_of
from pos_app.services.value_account import digest_of, plain_card, view_of
from pos_app.services.value_history import history_of
from pos_app.services.value_view import ValueMoveView, ValueView

#: Signs of a gift card's label.
_LABEL = 4


@dataclass(frozen=True, slots=True)
class ListedAccount:
    """An account in the list. member: its masked holder; "" for cards and erased."""

    line: AccountLine
    member: str


@dataclass(frozen=True, slots=True)
class AccountList:
    """What was found, the last moved first.

    Attributes:
        rows: at most as many as asked for. has_more: whether there are further ones.
        owed: what all accounts hold together, by kind; found or not.
    """

    rows: tuple[ListedAccount, ...] = ()
    has_more: bool = False
    owed: Mapping[AccountKind, ValueSums] | None = None


@dataclass(frozen=True, slots=True)
class OpenAccount:
    """An account with all that was done with it, newest first."""

    listed: ListedAccount
    view: ValueView
    moves: tuple[ValueMoveView, ...]


class ValueList:
    """Lists the accounts of a shop; a member is shown masked (law 14).

    Made on the screen's thread, asked on any.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._ledger = desk.ledger.stored_value
        self._code = calling_code_of(desk.shop)
        self._pages = MemberPages(desk)

    def find(self, kind: AccountKind | None, words: str, limit: int) -> AccountList:
        """Return accounts for a list; on any thread.

        Args:
            kind: None for all.
            words: a gift card's code or its last four signs, or what finds a member;
                "" for all accounts.
            limit: at most so many.
        """
        if words.strip():
            lines = self._named(kind, words.strip(), limit + 1)
        else:
            search = AccountSearch(kind=kind, limit=limit + 1)
            lines = list(self._ledger.search(search))
        rows = self._masked(lines[:limit])
        return AccountList(rows, len(lines) > limit, self._ledger.sums())

    def open(self, listed: ListedAccount, rule: ValueRule) -> OpenAccount:
        """Return what was done with an account, by the shop's rule; on any thread."""
        row, now = listed.line.row, self._desk.clock.now()
        view = view_of(row, (self._ledger, rule), None, now)
        return OpenAccount(listed, view, history_of(self._ledger, row.account_id))

    def _named(
        self, kind: AccountKind | None, words: str, limit: int
    ) -> list[AccountLine]:
        """Return the card with a code; else cards and wallets that may be meant."""
        found: list[AccountLine] = []
        if kind is not AccountKind.WALLET:
            exact = self._with_code(words)
            if exact:
                return exact
            label = plain_card(words)
            if len(label) == _LABEL:
                found += self._ledger.search(AccountSearch(label=label, limit=limit))
        if kind is not AccountKind.GIFT_CARD:
            ids = self._members(words)
            if ids:
                search = AccountSearch(
                    kind=AccountKind.WALLET, member_ids=ids, limit=limit
                )
                found += self._ledger.search(search)
        found.sort(key=lambda line: line.moved_at, reverse=True)
        return found[:limit]

    def _with_code(self, words: str) -> list[AccountLine]:
        try:
            row = self._ledger.with_code(digest_of(words, self._desk.vault))
        except UserError:
            return []
        if row is None:
            return []
        lines = self._ledger.search(AccountSearch(label=row.label))
        return [line for line in lines if line.row.account_id == row.account_id]

    def _members(self, words: str) -> tuple[str, ...]:
        page = self._pages.page(MemberQuery(), words)
        members = self._desk.ledger.members
        ids = [one for row in page.rows for one in members.ids_of(row.member_id)]
        return tuple(dict.fromkeys(ids))

    def _masked(self, lines: Sequence[AccountLine]) -> tuple[ListedAccount, ...]:
        members = self._desk.ledger.members
        holders = {line.row.member_id for line in lines} - {""}
        person_of = {one: members.ids_of(one)[0] for one in holders}
        names = {
            record.member.member_id: self._name(record.sealed)
            for record in members.records(sorted(set(person_of.values())))
            if record.member.erased_at is None
        }
        return tuple(
            ListedAccount(line, names.get(person_of.get(line.row.member_id, ""), ""))
            for line in lines
        )

    def _name(self, sealed: SealedProfile) -> str:
        profile = profile_of(self._desk.vault.open(sealed))
        phone = mask_phone(profile.phone, self._code) if profile.phone else ""
        return " ".join(x for x in (mask_name(profile.name), phone) if x)
