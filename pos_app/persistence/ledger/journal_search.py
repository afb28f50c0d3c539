"""Searches the journal and reads the intents of sales (ports.black_box).

A search asks an index for the newest places of each kind, person or term and merges
them: none of them reads more entries than it shows, among a million.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Select,
    Table,
    exists,
    func,
    select,
    text,
    tuple_,
)

from pos_app.domain.codec import intent_from_plain
from pos_app.domain.journal import EntryKind, JournalEntry
from pos_app.persistence.ledger import day_tables, journal_rows, tables
from pos_app.ports.black_box import (
    EntryPage,
    EntryQuery,
    Extent,
    Place,
    StoredIntent,
)
from pos_app.values.times import BusinessDay, Timestamp

T = TypeVar("T")
_journal, _term = tables.journal, tables.journal_term
_ROWS_AT_ONCE = 500
_BEYOND: Place = (2**62, 0)
#: Days are few and entries many: each day is asked for its first and last place.
#: Days do not rise along the chain, for a sale keeps its day over midnight.
_BOUNDS = text("""
WITH RECURSIVE trading_day(day) AS (
    SELECT min(business_day) FROM journal WHERE business_day >= :first
    UNION ALL
    SELECT (SELECT min(business_day) FROM journal WHERE business_day > day)
    FROM trading_day WHERE day < :last
)
SELECT min((SELECT epoch << 40 | seq FROM journal WHERE business_day = day
            ORDER BY epoch, seq LIMIT 1)),
       max((SELECT epoch << 40 | seq FROM journal WHERE business_day = day
            ORDER BY epoch DESC, seq DESC LIMIT 1))
FROM trading_day WHERE day <= :last
""")
_ACTORS = text("""
WITH RECURSIVE person(actor) AS (
    SELECT min(actor) FROM journal
    UNION ALL
    SELECT (SELECT min(journal.actor) FROM journal WHERE journal.actor > person.actor)
    FROM person WHERE person.actor IS NOT NULL
)
SELECT actor FROM person WHERE actor IS NOT NULL
""")


class SqlBlackBox:
    """Reads on the ledger's read engine; any thread may ask."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def page(self, query: EntryQuery, before: Place | None, limit: int) -> EntryPage:
        """Return up to `limit` entries older than `before`, newest first."""
        with self._engine.begin() as connection:
            newest = _newest_places(connection, query, before, limit + 1)
            shown = newest[:limit]
            entries = tuple(_entries_at(connection, shown))
        has_more = len(newest) > limit
        return EntryPage(entries, shown[-1] if has_more else None)

    def entry(self, place: Place) -> JournalEntry | None:
        """Return one entry."""
        return next(iter(self._read(lambda c: _entries_at(c, [place]))), None)

    def actors(self) -> Sequence[str]:
        """Return whoever stands in the journal; "" is the till."""
        return self._read(lambda c: [str(row[0]) for row in c.execute(_ACTORS)])

    def numbers_of(self, sale_ids: Iterable[str]) -> Mapping[str, str]:
        """Return the numbers of sales that ended, were voided or are parked."""
        wanted = list(sale_ids)
        parked = day_tables.parked_sale
        kept = (
            (parked.c.basket_id, parked.c.number),
            (tables.voided_sale.c.sale_id, tables.voided_sale.c.number),
            (tables.sale.c.sale_id, tables.sale.c.number),
        )
        found: dict[str, str] = {}
        with self._engine.begin() as connection:
            for sale_id, number in kept:
                rows = connection.execute(
                    select(sale_id, number).where(sale_id.in_(wanted))
                )
                found.update({row[0]: row[1] for row in rows})
        return found

    def intents_of(self, basket_id: str) -> Sequence[StoredIntent]:
        """Return the intents of a sale, oldest first."""
        table = tables.intent
        query = (
            select(table.c.kind, table.c.body, table.c.accepted_at_ms)
            .where(table.c.basket_id == basket_id)
            .order_by(table.c.position)
        )
        rows = self._read(lambda c: c.execute(query).all())
        return [
            StoredIntent(intent_from_plain(kind, json.loads(body)), Timestamp(at_ms))
            for kind, body, at_ms in rows
        ]

    def days(self) -> tuple[BusinessDay, BusinessDay] | None:
        """Return the first and the last business day; None while there are none."""
        day = _journal.c.business_day
        ends = (func.min(day), func.max(day))
        # One at a time: SQLite answers each from the end of the index.
        with self._engine.begin() as connection:
            first, last = (connection.scalar(select(end)) for end in ends)
        if first is None or last is None:
            return None
        return BusinessDay.fromisoformat(first), BusinessDay.fromisoformat(last)

    def extent(self, first_day: BusinessDay, last_day: BusinessDay) -> Extent | None:
        """Return the chain from the first to the last entry of a period."""
        with self._engine.begin() as connection:
            bounds = _bounds(connection, first_day, last_day)
            if bounds is None:
                return None
            first, last = bounds
            here = _place(_journal)
            count = connection.execute(
                select(func.count())
                .select_from(_journal)
                .where(here >= tuple_(*first), here <= tuple_(*last))
            ).scalar_one()
            prev_hash = connection.execute(
                select(_journal.c.prev_hash).where(here == tuple_(*first))
            ).scalar_one()
        return Extent(first, last, count, prev_hash)

    def entries(self, extent: Extent) -> Iterator[JournalEntry]:
        """Yield every entry of a part of the chain, in order.

        No transaction stays open between batches: entries never change, and a
        long one would keep the WAL from being checkpointed.
        """
        here, at = _place(_journal), extent.first
        while True:
            query = (
                select(_journal)
                .where(here >= tuple_(*at), here <= tuple_(*extent.last))
                .order_by(_journal.c.epoch, _journal.c.seq)
                .limit(_ROWS_AT_ONCE)
            )
            with self._engine.begin() as connection:
                rows = connection.execute(query).all()
            for row in rows:
                yield journal_rows.entry_of(row)
            if len(rows) < _ROWS_AT_ONCE:
                return
            at = (rows[-1].epoch, rows[-1].seq + 1)

    def _read(self, question: Callable[[Connection], T]) -> T:
        with self._engine.begin() as connection:
            return question(connection)


def _place(table: Table) -> Any:
    return tuple_(table.c.epoch, table.c.seq)


def _bounds(
    connection: Connection, first_day: BusinessDay, last_day: BusinessDay
) -> tuple[Place, Place] | None:
    """Return the first and the last place of any of these days."""
    days = {"first": first_day.isoformat(), "last": last_day.isoformat()}
    row = connection.execute(_BOUNDS, days).one()
    if row[0] is None:
        return None
    low, high = (divmod(packed, 2**40) for packed in row)
    return low, high


def _newest_places(
    connection: Connection, query: EntryQuery, before: Place | None, limit: int
) -> list[Place]:
    """Return the newest places that a query finds, newest first."""
    low, below = (0, 0), before or _BEYOND
    if query.first_day is not None or query.last_day is not None:
        first_day = query.first_day or BusinessDay.min
        bounds = _bounds(connection, first_day, query.last_day or BusinessDay.max)
        if bounds is None:
            return []
        low, below = bounds[0], min(below, (bounds[1][0], bounds[1][1] + 1))
    found: set[Place] = set()
    for stream in _streams(query):
        here = stream.selected_columns
        place = tuple_(here.epoch, here.seq)
        bounded: Select[Any] = (
            stream.where(place >= tuple_(*low), place < tuple_(*below))
            .order_by(here.epoch.desc(), here.seq.desc())
            .limit(limit)
        )
        found.update((row.epoch, row.seq) for row in connection.execute(bounded))
    return sorted(found, reverse=True)[:limit]


def _streams(query: EntryQuery) -> Iterator[Select[tuple[int, int]]]:
    """Yield one selection of places for each range of an index."""
    days = _of_days(query)
    if query.terms is not None or query.mark:
        yield from _term_streams(query, days)
        return
    places = select(_journal.c.epoch, _journal.c.seq).where(*days)
    if query.actor is None and not query.kinds:
        yield places
        return
    if query.actor is not None:
        places = places.where(_journal.c.actor == query.actor)
    for kind in query.kinds or frozenset(EntryKind):
        yield places.where(_journal.c.kind == kind.value)


def _term_streams(
    query: EntryQuery, days: list[ColumnElement[bool]]
) -> Iterator[Select[tuple[int, int]]]:
    conditions = list(days)
    if query.actor is not None:
        # coalesce() keeps the planner at the term's index, which has the order.
        conditions.append(func.coalesce(_journal.c.actor, "") == query.actor)
    terms = query.terms if query.terms is not None else (query.mark,)
    for term in terms:
        places = select(_term.c.epoch, _term.c.seq).where(_term.c.term == term)
        if query.kinds:
            kinds = [kind.value for kind in query.kinds]
            places = places.where(_term.c.kind.in_(kinds))
        if query.mark and query.mark != term:
            places = places.where(_is_marked(query.mark))
        if conditions:
            same = (_journal.c.epoch == _term.c.epoch) & (_journal.c.seq == _term.c.seq)
            places = places.join(_journal, same).where(*conditions)
        yield places


def _is_marked(mark: str) -> ColumnElement[bool]:
    other = _term.alias("mark")
    return exists().where(
        other.c.term == mark,
        other.c.epoch == _term.c.epoch,
        other.c.seq == _term.c.seq,
    )


def _of_days(query: EntryQuery) -> list[ColumnElement[bool]]:
    """Return the conditions on the day; kept away from the day's own index."""
    day = func.coalesce(_journal.c.business_day, "")
    found = []
    if query.first_day is not None:
        found.append(day >= query.first_day.isoformat())
    if query.last_day is not None:
        found.append(day <= query.last_day.isoformat())
    return found


def _entries_at(connection: Connection, places: Sequence[Place]) -> list[JournalEntry]:
    """Return the entries of places, in their order."""
    found = []
    for epoch, seq in places:
        query = select(_journal).where(_journal.c.epoch == epoch, _journal.c.seq == seq)
        row = connection.execute(query).first()
        if row is not None:
            found.append(journal_rows.entry_of(row))
    return found
