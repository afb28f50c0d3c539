"""What members bought, added up by the ledger; every sum of a segment is one of these.

A ticket counts for whoever bought it. What came back is taken off the sale that it was
bought in, whoever brought it; a ticket that was undone is no visit.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from sqlalchemy import Connection

from pos_app.domain.campaign.rfm import Bought
from pos_app.domain.campaign.segment import Measured
from pos_app.ports.segments import Measure

_PERSON = "person(absorbed, kept) AS MATERIALIZED (SELECT key, value FROM json_each(?))"
_TICKETS = """
FROM sale s {join}
LEFT JOIN person p ON p.absorbed = s.member_id
WHERE s.member_id <> '' {whose} AND s.business_day >= ? AND s.item_count > 0
AND NOT EXISTS (SELECT 1 FROM sale u WHERE u.reverses <> '' AND u.reverses = s.sale_id)
"""
#: Of a whole ticket; "back" of everybody is one pass over what came back.
_WHOLE = """
WITH {person}, back(sale_id, minor) AS {hint} (
  SELECT r.origin_sale_id, sum(r.net_minor + r.tax_minor + r.rounding_minor)
  FROM sale_return r WHERE r.origin_sale_id {returned} GROUP BY 1)
SELECT coalesce(p.kept, s.member_id), max(s.business_day), count(*),
  sum(s.total_minor - coalesce(b.minor, 0)), 0
{tickets} GROUP BY 1
"""
#: Of lines: what came back is asked line by line where few are asked for.
_LINES = """
WITH {person}, back(sale_id, position, minor, pieces) AS {hint} (
  SELECT r.origin_sale_id, r.origin_line_position,
    sum(r.net_minor + r.tax_minor + r.rounding_minor), sum(r.quantity_thousandths)
  FROM sale_return r WHERE r.origin_sale_id {returned} GROUP BY 1, 2)
SELECT coalesce(p.kept, s.member_id), max(s.business_day), count(DISTINCT s.sale_id),
  sum(l.total_minor - coalesce(b.minor, 0)),
  sum(l.quantity_thousandths - coalesce(b.pieces, 0))
{tickets} {goods} GROUP BY 1
"""
_JOIN_WHOLE = "LEFT JOIN back b ON b.sale_id = s.sale_id"
_JOIN_LINES = (
    "CROSS JOIN sale_line l ON l.sale_id = s.sale_id "
    "LEFT JOIN back b ON b.sale_id = l.sale_id AND b.position = l.position"
)
_MEMBERS = "AND s.member_id IN (SELECT value FROM json_each(?))"
_THEIR_SALES = (
    "IN (SELECT sale_id FROM sale WHERE member_id <> '' "
    "AND member_id IN (SELECT value FROM json_each(?)))"
)
_GOODS = "AND l.category_id IN (SELECT value FROM json_each(?))"


def bought(connection: Connection, measure: Measure) -> list[Bought]:
    """Return what persons bought in whole tickets."""
    return [
        Bought(member_id, date.fromisoformat(last), visits, spend_minor)
        for member_id, last, visits, spend_minor, _ in _rows(
            connection, measure, by_line=False
        )
    ]


def measured(
    connection: Connection, measure: Measure, *, by_line: bool = False
) -> dict[str, Measured]:
    """Return sums by person.

    Args:
        connection: of the ledger.
        measure: which purchases.
        by_line: pieces are asked for; a choice of categories asks for them anyway.
    """
    return {
        member_id: Measured(visits, spend_minor, pieces)
        for member_id, _, visits, spend_minor, pieces in _rows(
            connection, measure, by_line=by_line or bool(measure.category_ids)
        )
    }


def _rows(connection: Connection, measure: Measure, *, by_line: bool) -> list[Any]:
    few = bool(measure.member_ids)
    statement = (_LINES if by_line else _WHOLE).format(
        person=_PERSON,
        hint="" if few else "MATERIALIZED",
        returned=_THEIR_SALES if few else "<> ''",
        tickets=_TICKETS.format(
            join=_JOIN_LINES if by_line else _JOIN_WHOLE,
            whose=_MEMBERS if few else "",
        ),
        goods=_GOODS if measure.category_ids else "",
    )
    values: list[str] = [json.dumps(dict(measure.persons or {}))]
    if few:
        values += [json.dumps(measure.member_ids)] * 2
    values.append(measure.since.isoformat() if measure.since else "")
    if measure.category_ids:
        values.append(json.dumps(measure.category_ids))
    return connection.exec_driver_sql(statement, tuple(values)).all()  # type: ignore[return-value]
