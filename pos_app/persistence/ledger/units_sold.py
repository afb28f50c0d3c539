"""What was sold since a place in the journal: the search ranks by it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from sqlalchemy import Connection, func, select, tuple_

from pos_app.persistence.ledger.tables import sale, sale_line
from pos_app.values.quantity import from_thousandths

#: Device setting that remembers how far the catalogue has counted.
COUNTED_THROUGH = "velocity_through"


def units_sold(
    connection: Connection, after: tuple[int, int]
) -> tuple[Mapping[str, Decimal], tuple[int, int]]:
    """Return units sold by unit id after (epoch, seq), and the newest such place."""
    place = (sale.c.epoch, sale.c.seq)
    newest = connection.execute(
        select(*place).order_by(sale.c.epoch.desc(), sale.c.seq.desc()).limit(1)
    ).first()
    query = (
        select(sale_line.c.unit_id, func.sum(sale_line.c.quantity_thousandths))
        .join(sale, sale.c.sale_id == sale_line.c.sale_id)
        .where(tuple_(*place) > tuple_(*after))
        .group_by(sale_line.c.unit_id)
    )
    sold = {unit: from_thousandths(count) for unit, count in connection.execute(query)}
    return sold, (newest[0], newest[1]) if newest else after
