"""Reads stored value and gift cards (implements ports.stored_value)."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, Row, func, select, text
from typing_extensions import override

from pos_app.domain.codec import from_plain
from pos_app.domain.loyalty.ticket_facts import WALLET, ValueLeft
from pos_app.domain.stored_value.account import (
    Account,
    AccountKind,
    opened,
    projected,
)
from pos_app.domain.stored_value.document import ValueDocument
from pos_app.domain.stored_value.moves import Move
from pos_app.domain.stored_value.refusal import ValueRefusal
from pos_app.domain.stored_value.tender_rule import Hold
from pos_app.errors import UserError
from pos_app.persistence.ledger.value_tables import (
    value_account,
    value_balance,
    value_document,
    value_hold,
    value_lot,
    value_move,
)
from pos_app.ports.stored_value import (
    AccountLine,
    AccountRow,
    AccountSearch,
    BookedMove,
    ValueSums,
)
from pos_app.values.times import BusinessDay, Timestamp

T = TypeVar("T")
#: What an exchange gave was paid with what came back in it, and so on backwards.
_ORIGINS = """
WITH RECURSIVE origin(sale_id) AS (
  SELECT DISTINCT origin_sale_id FROM sale_return
  WHERE sale_id = :sale_id AND origin_sale_id <> ''
  UNION
  SELECT r.origin_sale_id FROM sale_return r JOIN origin o ON r.sale_id = o.sale_id
  WHERE r.origin_sale_id <> '')
SELECT sale_id FROM origin
"""
#: By how much a document moved each account, and what was there afterwards.
_VALUES = """
SELECT a.label, m.minor, (
  SELECT sum(v.paid_minor + v.bonus_minor) FROM value_move v
  WHERE v.account_id = m.account_id AND v.number <= m.last)
FROM (
  SELECT account_id, sum(paid_minor + bonus_minor) AS minor, max(number) AS last,
         min(rowid) AS first
  FROM value_move WHERE document_id = :document_id GROUP BY account_id) m
JOIN value_account a ON a.account_id = m.account_id ORDER BY m.first
"""


class ValueQueries(ABC):
    """The questions; a subclass says through which connection they are asked."""

    @abstractmethod
    def _ask(self, question: Callable[[Connection], T]) -> T:
        """Answer a question."""

    def row(self, account_id: str) -> AccountRow | None:
        """Return an account as it was opened."""
        columns = value_account.c
        query = select(value_account).where(columns.account_id == account_id)
        found = self._ask(lambda asked: asked.execute(query).first())
        return None if found is None else _read_row(found)

    def with_code(self, digest: str) -> AccountRow | None:
        """Return the gift card whose code has a digest."""
        columns = value_account.c
        query = select(value_account).where(
            columns.code_digest == digest, columns.code_digest != ""
        )
        found = self._ask(lambda asked: asked.execute(query).first())
        return None if found is None else _read_row(found)

    def wallets(self, member_ids: Sequence[str]) -> Sequence[AccountRow]:
        """Return the wallets of a person's ids, the oldest first."""
        columns = value_account.c
        query = (
            select(value_account)
            .where(columns.member_id.in_(member_ids), columns.member_id != "")
            .order_by(columns.opened_at_ms, columns.account_id)
        )
        rows = self._ask(lambda asked: asked.execute(query).all())
        return tuple(_read_row(each) for each in rows)

    def account(self, account_id: str) -> Account:
        """Return what the moves of an account come to."""
        return self._ask(lambda asked: account_of(asked, account_id))

    def holds(self, account_id: str) -> Sequence[Hold]:
        """Return what open baskets hold of an account."""
        columns = value_hold.c
        query = select(value_hold).where(columns.account_id == account_id)
        rows = self._ask(lambda asked: asked.execute(query).all())
        return tuple(
            Hold(row.basket_id, row.tender_id, row.minor, Timestamp(row.until_ms))
            for row in rows
        )

    def moves(self, account_id: str) -> Sequence[BookedMove]:
        """Return the moves of an account, oldest first."""
        return self._ask(lambda asked: moves_of(asked, account_id))

    def document(self, document_id: str) -> ValueDocument | None:
        """Return a value document."""
        columns = value_document.c
        query = select(columns.body).where(columns.document_id == document_id)
        body = self._ask(lambda asked: asked.execute(query).scalar())
        return None if body is None else from_plain(ValueDocument, json.loads(body))

    def values_of(self, document_id: str) -> Sequence[ValueLeft]:
        """Return by how much a ticket moved each account, and what was left."""
        asked = {"document_id": document_id}
        rows = self._ask(lambda room: room.execute(text(_VALUES), asked).all())
        return tuple(ValueLeft(row[0] or WALLET, row[1], row[2]) for row in rows)

    def origins(self, sale_id: str) -> Sequence[str]:
        """Return the sales that a ticket's returned goods come from, and theirs."""
        asked = {"sale_id": sale_id}
        rows = self._ask(lambda room: room.execute(text(_ORIGINS), asked).all())
        return tuple(row[0] for row in rows)


class SqlValueReader(ValueQueries):
    """Reads stored value and gift cards, as committed."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @override
    def _ask(self, question: Callable[[Connection], T]) -> T:
        with self._engine.begin() as connection:
            return question(connection)

    def search(self, search: AccountSearch) -> Sequence[AccountLine]:
        """Return accounts for a list, the last moved first."""
        columns, balance = value_account.c, value_balance.c
        query = select(value_account, value_balance).join(
            value_balance, balance.account_id == columns.account_id
        )
        if search.kind is not None:
            query = query.where(columns.kind == search.kind.value)
        if search.label:
            query = query.where(columns.label == search.label)
        if search.member_ids:
            query = query.where(columns.member_id.in_(search.member_ids))
        if search.with_value:
            query = query.where(balance.paid_minor + balance.bonus_minor > 0)
        query = query.order_by(balance.moved_at_ms.desc(), columns.account_id.desc())
        query = query.limit(search.limit).offset(search.skip)
        rows = self._ask(lambda asked: asked.execute(query).all())
        return tuple(
            AccountLine(
                row=_read_row(each),
                paid_minor=each.paid_minor,
                bonus_minor=each.bonus_minor,
                moves=each.moves,
                moved_at=Timestamp(each.moved_at_ms),
            )
            for each in rows
        )

    def sums(self) -> Mapping[AccountKind, ValueSums]:
        """Return what the shop owes to holders of wallets and of gift cards."""
        columns, balance = value_account.c, value_balance.c
        query = (
            select(
                columns.kind,
                func.count(),
                func.sum(balance.paid_minor),
                func.sum(balance.bonus_minor),
            )
            .join(value_balance, balance.account_id == columns.account_id)
            .where(balance.paid_minor + balance.bonus_minor > 0)
            .group_by(columns.kind)
        )
        rows = self._ask(lambda asked: asked.execute(query).all())
        return {AccountKind(row[0]): ValueSums(row[1], row[2], row[3]) for row in rows}

    def documents(self, account_id: str) -> Sequence[ValueDocument]:
        """Return the value documents of an account, oldest first."""
        columns = value_document.c
        return self._documents(columns.account_id == account_id)

    def documents_between(
        self, first: BusinessDay, last: BusinessDay
    ) -> Sequence[ValueDocument]:
        """Return the value documents of some business days, both included."""
        days = (first.isoformat(), last.isoformat())
        return self._documents(value_document.c.business_day.between(*days))

    def ended(self, at: Timestamp, after: str, limit: int) -> Sequence[str]:
        """Return accounts behind one that hold value which has ended by a moment."""
        columns = value_lot.c
        query = (
            select(columns.account_id)
            .where(columns.ends_at_ms <= at.unix_ms, columns.account_id > after)
            .distinct()
            .order_by(columns.account_id)
            .limit(limit)
        )
        rows = self._ask(lambda asked: asked.execute(query).all())
        return tuple(row[0] for row in rows)

    def _documents(self, chosen: Any) -> Sequence[ValueDocument]:
        columns = value_document.c
        query = select(columns.body).where(chosen).order_by(columns.epoch, columns.seq)
        rows = self._ask(lambda asked: asked.execute(query).all())
        return tuple(from_plain(ValueDocument, json.loads(row[0])) for row in rows)


def account_of(connection: Connection, account_id: str) -> Account:
    """Return what the moves of an account come to.

    Raises:
        UserError: "stored_value_unknown".
    """
    columns = value_account.c
    query = select(value_account).where(columns.account_id == account_id)
    row = connection.execute(query).first()
    if row is None:
        raise UserError(ValueRefusal.UNKNOWN_ACCOUNT.value)
    found = _read_row(row)
    empty = opened(found.account_id, found.kind, found.currency)
    return projected(empty, (one.move for one in moves_of(connection, account_id)))


def moves_of(connection: Connection, account_id: str) -> tuple[BookedMove, ...]:
    """Return the moves of an account, oldest first."""
    columns = value_move.c
    query = select(columns.body, columns.document_id, columns.document_number)
    query = query.where(columns.account_id == account_id).order_by(columns.number)
    return tuple(
        BookedMove(from_plain(Move, json.loads(row[0])), row[1], row[2])
        for row in connection.execute(query).all()
    )


def documents_of_shift(
    connection: Connection, shift_id: str
) -> tuple[ValueDocument, ...]:
    """Return the value documents of a shift, in order."""
    columns = value_document.c
    query = select(columns.body).where(columns.shift_id == shift_id)
    query = query.order_by(columns.epoch, columns.seq)
    bodies = connection.execute(query).scalars().all()
    return tuple(from_plain(ValueDocument, json.loads(body)) for body in bodies)


def _read_row(row: Row[Any]) -> AccountRow:
    return AccountRow(
        account_id=row.account_id,
        kind=AccountKind(row.kind),
        currency=row.currency,
        member_id=row.member_id,
        label=row.label,
        opened_at=Timestamp(row.opened_at_ms),
        opened_by=row.opened_by,
    )
