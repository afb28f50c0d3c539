"""What may be asked of many members at once (implements MemberBulkLookups)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, select

from pos_app.persistence.ledger import member_tables as t
from pos_app.persistence.ledger.member_lookups import MemberLookups
from pos_app.persistence.ledger.point_tables import point_lot

#: Values of one question; SQLite takes more, SQLAlchemy gets slow.
_AT_ONCE = 500


class MemberBulkLookups(MemberLookups):
    """Asks once for many."""

    def phones_held(self, digests: Sequence[bytes]) -> Mapping[bytes, str]:
        """Return who holds each of these numbers now."""
        return self._held(t.member_phone, digests)

    def cards_held(self, digests: Sequence[bytes]) -> Mapping[bytes, str]:
        """Return whose each of these cards is, while it is good."""
        return self._held(t.member_card, digests)

    def phones_seen(self, digests: Sequence[bytes]) -> frozenset[bytes]:
        """Return which of these numbers were ever enrolled."""
        digest = t.phone_seen.c.digest
        return frozenset(
            bytes(x[0]) for x in self._asked(select(digest), digest, digests)
        )

    def opened_lots(self, event_ids: Sequence[str]) -> frozenset[str]:
        """Return which of these events brought points along already."""
        event = point_lot.c.event_id
        return frozenset(x[0] for x in self._asked(select(event), event, event_ids))

    def _held(self, table: Table, digests: Sequence[bytes]) -> Mapping[bytes, str]:
        query = (
            select(table.c.digest, t.member.c.member_id)
            .join(t.member, t.member.c.member_key == table.c.member_key)
            .where(table.c.until_ms.is_(None))
        )
        rows = self._asked(query, table.c.digest, digests)
        return {bytes(row[0]): row[1] for row in rows}

    def _asked(
        self, query: Select[Any], column: ColumnElement[Any], values: Sequence[Any]
    ) -> list[Any]:
        """Ask in parts: a question with too many values is slow."""

        def ask(connection: Connection) -> list[Any]:
            found: list[Any] = []
            for start in range(0, len(values), _AT_ONCE):
                part = values[start : start + _AT_ONCE]
                found += connection.execute(query.where(column.in_(part))).all()
            return found

        return self._read(ask)
