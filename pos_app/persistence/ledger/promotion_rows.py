"""How often promotions were used: written with the sale, read before a basket."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Engine, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from pos_app.domain.promotion.occasion import Used
from pos_app.domain.promotion.promotion import LimitPeriod, Limits
from pos_app.domain.sale import Sale
from pos_app.persistence.ledger.member_reading import merges_of
from pos_app.persistence.ledger.promotion_tables import (
    promotion_balance,
    promotion_use,
)
from pos_app.ports.promotion_uses import UsedInAll
from pos_app.values.times import BusinessDay

#: The span of everything that ever was.
EVER = ""
#: One seek for each sum that is asked for: (promotion, field, member, from, to).
_SUMS = """
SELECT a.value ->> 0, a.value ->> 1, (
  SELECT coalesce(sum(b.times), 0) FROM promotion_balance b
  WHERE b.promotion_id = a.value ->> 0 AND b.member_id = a.value ->> 2
  AND b.span BETWEEN a.value ->> 3 AND a.value ->> 4)
FROM json_each(?) a
"""


def insert_uses(connection: Connection, sale: Sale) -> None:
    """Write what a sale used, and what all uses add up to, in its transaction."""
    rows = _given_back(connection, sale) if sale.reverses else _used(sale)
    if not rows:
        return
    connection.execute(insert(promotion_use), rows)
    for row in rows:
        for member_id in dict.fromkeys(("", row["member_id"])):
            for span in (EVER, row["business_day"]):
                _add(connection, row, member_id, span)


def _used(sale: Sale) -> list[dict[str, Any]]:
    found: dict[tuple[str, int], tuple[int, int]] = {}
    for one in sale.priced.promoted.applications:
        key = (one.promotion_id, one.version)
        times, saving_minor = found.get(key, (0, 0))
        found[key] = (times + one.times, saving_minor + one.saving_minor)
    return [
        _row(sale, key, sums, sale.member_id)
        for key, sums in found.items()
        if key[0]  # points are no promotion
    ]


def _given_back(connection: Connection, sale: Sale) -> list[dict[str, Any]]:
    """Return what the mirrored sale used, below zero."""
    table = promotion_use
    query = select(
        table.c.promotion_id,
        table.c.version,
        table.c.times,
        table.c.saving_minor,
        table.c.member_id,
    ).where(table.c.sale_id == sale.reverses)
    return [
        _row(sale, (promotion_id, version), (-times, -saving_minor), member_id)
        for promotion_id, version, times, saving_minor, member_id in connection.execute(
            query
        ).all()
    ]


def _row(
    sale: Sale, key: tuple[str, int], sums: tuple[int, int], member_id: str
) -> dict[str, Any]:
    return {
        "sale_id": sale.sale_id,
        "promotion_id": key[0],
        "version": key[1],
        "times": sums[0],
        "saving_minor": sums[1],
        "member_id": member_id,
        "business_day": sale.business_day.isoformat(),
    }


def _add(
    connection: Connection, row: Mapping[str, Any], member_id: str, span: str
) -> None:
    table = promotion_balance
    statement = upsert(table).values(
        promotion_id=row["promotion_id"],
        member_id=member_id,
        span=span,
        times=row["times"],
        saving_minor=row["saving_minor"],
    )
    statement = statement.on_conflict_do_update(
        index_elements=[table.c.promotion_id, table.c.member_id, table.c.span],
        set_={
            "times": table.c.times + statement.excluded.times,
            "saving_minor": table.c.saving_minor + statement.excluded.saving_minor,
        },
    )
    connection.execute(statement)


class SqlPromotionUses:
    """Reads the uses (implements ports.promotion_uses.PromotionUseReader)."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def used(
        self, limited: Mapping[str, Limits], day: BusinessDay, member_id: str
    ) -> Mapping[str, Used]:
        """Return how often promotions were used before, within their limits' whiles."""
        with self._engine.begin() as connection:
            person = merges_of(connection, member_id).ids_of(member_id)
            asked = [
                (promotion_id, *whose)
                for promotion_id, limits in limited.items()
                for whose in _asked(limits, day, person if member_id else ())
            ]
            if not asked:
                return {}
            rows = connection.exec_driver_sql(_SUMS, (json.dumps(asked),)).all()
        counted: dict[str, Counter[str]] = {}
        for promotion_id, field, times in rows:
            counted.setdefault(promotion_id, Counter())[field] += times
        return {key: Used(**sums) for key, sums in counted.items()}

    def in_all(self) -> Mapping[str, UsedInAll]:
        """Return what every promotion was used for so far, by its id."""
        table = promotion_balance
        query = select(table.c.promotion_id, table.c.times, table.c.saving_minor).where(
            table.c.member_id == "", table.c.span == EVER
        )
        with self._engine.begin() as connection:
            return {
                promotion_id: UsedInAll(times, saving_minor)
                for promotion_id, times, saving_minor in connection.execute(query)
            }


def _asked(
    limits: Limits, day: BusinessDay, person: Sequence[str]
) -> list[tuple[str, str, str, str]]:
    """Return which sums a promotion's limits are held against: whose, from, to."""
    found = []
    if limits.in_all is not None:
        found.append(("in_all", "", EVER, EVER))
    if limits.in_period is not None:
        found.append(("in_period", "", *_span(limits.period, day)))
    if limits.per_member is not None:
        span = _span(limits.member_period, day)
        found += [("by_member", member_id, *span) for member_id in person]
    return found


def _span(period: LimitPeriod, day: BusinessDay) -> tuple[str, str]:
    """Return the first and the last span of a while that `day` lies in."""
    if period is LimitPeriod.EVER:
        return EVER, EVER
    first = {
        LimitPeriod.DAY: day,
        LimitPeriod.WEEK: day - timedelta(days=day.weekday()),
        LimitPeriod.MONTH: day.replace(day=1),
    }[period]
    return first.isoformat(), day.isoformat()
