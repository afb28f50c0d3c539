"""Promotions in catalog.db: which hold at a moment, and how they are written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Any, NamedTuple

from sqlalchemy import Connection

from pos_app.domain.promotion.book import EMPTY_BOOK, PromotionBook, compile_book
from pos_app.domain.promotion.promotion import Promotion
from pos_app.persistence.catalog import (
    promotion_tables,  # noqa: F401 - the tables are part of the schema
)
from pos_app.persistence.catalog.codec import period_from_numbers, period_to_numbers
from pos_app.persistence.catalog.tables import FOREVER
from pos_app.ports.promotions import VERSIONS_FROM, PromotionRun, PromotionVersion
from pos_app.values.times import Period, Timestamp

Query = Callable[..., list[Any]]

_RUNS = """
SELECT promotion_id, version, starts_at, ends_at FROM promotion_run
WHERE ends_at > starts_at ORDER BY starts_at, version
"""
_TEXT = "SELECT body FROM promotion_version WHERE promotion_id = ? AND version = ?"
_PARENTS = "SELECT category_id, parent_id FROM category WHERE parent_id IS NOT NULL"
_VERSIONS = """
SELECT promotion_id, version, kind, name, body, made_at, made_by
FROM promotion_version WHERE ? IN ('', promotion_id) ORDER BY promotion_id, version
"""
_ALL_RUNS = """
SELECT run_id, promotion_id, version, starts_at, ends_at, started_by,
       started_approved_by, made_at, stopped_by, stopped_approved_by
FROM promotion_run WHERE ? IN ('', promotion_id)
ORDER BY promotion_id, starts_at, made_at, run_id
"""
_PUT_PROMOTION = (
    "INSERT OR IGNORE INTO promotion (promotion_id, made_at, made_by) VALUES (?, ?, ?)"
)
_PUT_VERSION = """
INSERT INTO promotion_version
    (promotion_id, version, kind, name, body, made_at, made_by)
VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (promotion_id, version) DO UPDATE SET kind = excluded.kind,
    name = excluded.name, body = excluded.body, made_at = excluded.made_at,
    made_by = excluded.made_by
"""
_PUT_RUN = """
INSERT INTO promotion_run (run_id, promotion_id, version, starts_at, ends_at,
    started_by, started_approved_by, made_at, stopped_by, stopped_approved_by)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_END_RUN = """
UPDATE promotion_run SET ends_at = ?, stopped_by = ?, stopped_approved_by = ?
WHERE run_id = ? AND promotion_id = ? AND version = ? AND starts_at = ?
"""


class _Window(NamedTuple):
    """A while, in milliseconds, in which the same promotions hold."""

    since: int
    until: int
    book: PromotionBook


def read_versions(query: Query, promotion_id: str) -> tuple[PromotionVersion, ...]:
    """Return the versions of one promotion, or of all."""
    rows = query(_VERSIONS, (promotion_id,))
    return tuple(
        PromotionVersion(
            promotion_id=row[0],
            version=row[1],
            kind=row[2],
            name=row[3],
            text=row[4],
            promotion=_read(row[4], row[0], row[1]),
            made_at=Timestamp(row[5]),
            made_by=row[6],
        )
        for row in rows
    )


def read_runs(query: Query, promotion_id: str) -> tuple[PromotionRun, ...]:
    """Return the runs of one promotion, or of all."""
    return tuple(
        PromotionRun(
            run_id=row[0],
            promotion_id=row[1],
            version=row[2],
            period=_period(row[3], row[4]),
            started_by=row[5],
            started_approved_by=row[6],
            made_at=Timestamp(row[7]),
            stopped_by=row[8],
            stopped_approved_by=row[9],
        )
        for row in query(_ALL_RUNS, (promotion_id,))
    )


def read_first_version(query: Query) -> int:
    """Return the least number of a new version."""
    rows = query("SELECT value FROM setting WHERE key = ?", (VERSIONS_FROM,))
    return int(rows[0][0]) if rows else 1


def _period(starts_at: int, ends_at: int) -> Period:
    """Return a run's while; its beginning is a moment, even at the very first one."""
    return Period(Timestamp(starts_at), period_from_numbers(starts_at, ends_at).end)


def _read(text: str, promotion_id: str, version: int) -> Promotion | None:
    """Return a stored promotion under its stored identity; None if not known here."""
    # Late: a shop without promotions needs no reader of them.
    from dataclasses import replace

    from pos_app.domain.promotion_plain import promotion_from_text

    found = promotion_from_text(text)
    if found is None:
        return None
    return replace(found, promotion_id=promotion_id, version=version)


class PromotionReading:
    """The part of the reader that knows promotions; of one thread."""

    def __init__(self) -> None:
        self._windows: list[_Window] = []
        self._windows_of = -1  # the catalogue's version that they were read from
        self._known: dict[tuple[str, int], Promotion | None] = {}

    def _query(
        self, _statement: str, _parameters: Sequence[object] = (), /
    ) -> list[Any]:
        """Run a SELECT and return its rows."""
        raise AssertionError(type(self).__name__)

    def version(self) -> int:
        """Return a number that differs once the catalogue was changed."""
        raise AssertionError(type(self).__name__)

    def promotion_book(self, moment: Timestamp) -> PromotionBook:
        """Return the promotions that hold at a moment; see ports.promotions."""
        version = self.version()
        if version != self._windows_of:
            self._windows, self._windows_of = [], version
        for window in self._windows:
            if window.since <= moment.unix_ms < window.until:
                return window.book
        window = self._window(moment.unix_ms)
        self._windows.append(window)
        return window.book

    def promotion_version(self, promotion_id: str, version: int) -> Promotion | None:
        """Return a version; None for one that is not there or not known here."""
        rows = self._query(_TEXT, (promotion_id, version))
        return _read(rows[0][0], promotion_id, version) if rows else None

    def promotion_versions(
        self, promotion_id: str = ""
    ) -> tuple[PromotionVersion, ...]:
        """Return the versions of one promotion, or of all, the oldest first."""
        return read_versions(self._query, promotion_id)

    def promotion_runs(self, promotion_id: str = "") -> tuple[PromotionRun, ...]:
        """Return the runs of one promotion, or of all, by their beginning."""
        return read_runs(self._query, promotion_id)

    def first_promotion_version(self) -> int:
        """Return the least number of a new version: more than 1 in a restored shop."""
        return read_first_version(self._query)

    def _window(self, now: int) -> _Window:
        since, until = 0, FOREVER
        holding: dict[str, int] = {}  # a later run takes the place of an earlier one
        for promotion_id, version, starts_at, ends_at in self._query(_RUNS):
            for moment in (starts_at, ends_at):
                if moment <= now:
                    since = max(since, moment)
                else:
                    until = min(until, moment)
            if starts_at <= now < ends_at:
                holding[promotion_id] = version
        if not holding:
            return _Window(since, until, EMPTY_BOOK)
        found = [self._started(key) for key in holding.items()]
        known = [each for each in found if each is not None]
        parents = dict(map(tuple, self._query(_PARENTS)))
        return _Window(since, until, compile_book(known, parents))

    def _started(self, key: tuple[str, int]) -> Promotion | None:
        """Return a version that has a run: it never changes, so it is read once."""
        if key not in self._known:
            self._known[key] = self.promotion_version(*key)
        return self._known[key]


class PromotionEditing:
    """The part of the writer that knows promotions; what was started stays."""

    def _writing(self) -> AbstractContextManager[Connection]:
        """Open one transaction, or join the one that is open."""
        raise AssertionError(type(self).__name__)

    def promotion_versions(
        self, promotion_id: str = ""
    ) -> tuple[PromotionVersion, ...]:
        """Return the versions of one promotion, or of all, the oldest first."""
        with self._writing() as connection:
            return read_versions(_query_of(connection), promotion_id)

    def promotion_runs(self, promotion_id: str = "") -> tuple[PromotionRun, ...]:
        """Return the runs of one promotion, or of all, by their beginning."""
        with self._writing() as connection:
            return read_runs(_query_of(connection), promotion_id)

    def first_promotion_version(self) -> int:
        """Return the least number of a new version: more than 1 in a restored shop."""
        with self._writing() as connection:
            return read_first_version(_query_of(connection))

    def put_promotion_version(self, version: PromotionVersion) -> None:
        """Add a version, or write another draft in its place."""
        made = (version.made_at.unix_ms, version.made_by)
        key = (version.promotion_id, version.version)
        with self._writing() as connection:
            connection.exec_driver_sql(_PUT_PROMOTION, (version.promotion_id, *made))
            connection.exec_driver_sql(
                _PUT_VERSION, (*key, version.kind, version.name, version.text, *made)
            )

    def drop_promotion_version(self, promotion_id: str, version: int) -> None:
        """Forget a draft, and a promotion that has no other version."""
        with self._writing() as connection:
            connection.exec_driver_sql(
                "DELETE FROM promotion_version WHERE promotion_id = ? AND version = ?",
                (promotion_id, version),
            )
            connection.exec_driver_sql(
                "DELETE FROM promotion WHERE promotion_id = ? AND promotion_id NOT IN "
                "(SELECT promotion_id FROM promotion_version)",
                (promotion_id,),
            )

    def put_promotion_run(self, run: PromotionRun) -> None:
        """Add a run, or let the one of this identity end earlier."""
        assert run.period.start is not None
        starts_at, ends_at = run.period.start.unix_ms, period_to_numbers(run.period)[1]
        ended = (ends_at, run.stopped_by, run.stopped_approved_by)
        which = (run.run_id, run.promotion_id, run.version, starts_at)
        with self._writing() as connection:
            if connection.exec_driver_sql(_END_RUN, (*ended, *which)).rowcount:
                return
            connection.exec_driver_sql(
                _PUT_RUN,
                (run.run_id, run.promotion_id, run.version, starts_at, ends_at,
                 run.started_by, run.started_approved_by, run.made_at.unix_ms,
                 run.stopped_by, run.stopped_approved_by),
            )  # fmt: skip


def _query_of(connection: Connection) -> Query:
    def query(statement: str, parameters: tuple[object, ...] = ()) -> list[Any]:
        return list(connection.exec_driver_sql(statement, parameters).fetchall())

    return query
