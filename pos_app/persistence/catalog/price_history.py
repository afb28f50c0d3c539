"""What something cost on the shelf over a while: the lowest price in force."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from pos_app.values.rounding import divide
from pos_app.values.times import Timestamp

Query = Callable[[str, Sequence[object]], list[Any]]

_UNIT = "SELECT unit_key, item_key, position, pieces FROM unit WHERE unit_id = ?"
_BASE = "SELECT unit_key FROM unit WHERE item_key = ? AND position = 0"
_LOWEST = """
SELECT min(minor) FROM price
WHERE unit_key = ? AND valid_from <= ? AND valid_until > ?
AND valid_until > valid_from
"""
_FIRST = """
SELECT min(valid_from) FROM price
WHERE minor = ? AND valid_from <= ? AND valid_until > ? AND unit_key IN
(SELECT unit_key FROM unit WHERE unit_id = ?)
"""


def lowest_price_minor(
    query: Query, unit_id: str, since: Timestamp, until: Timestamp
) -> int | None:
    """Return the lowest price of a unit in force at any moment of a while.

    A unit without prices of its own costs its pieces, as at the counter.

    Args:
        query: runs a statement on the catalogue.
        unit_id: of the unit.
        since: the while begins here.
        until: and ends here, both included.

    Returns:
        Minor units for one unit; None when it had no price at all.
    """
    rows = query(_UNIT, (unit_id,))
    if not rows:
        return None
    unit_key, item_key, position, pieces = rows[0]
    between = (until.unix_ms, since.unix_ms)
    own: int | None = query(_LOWEST, (unit_key, *between))[0][0]
    if own is not None or not position:
        return own
    base = query(_BASE, (item_key,))
    lowest = query(_LOWEST, (base[0][0], *between))[0][0] if base else None
    if lowest is None:
        return None
    numerator, denominator = Decimal(pieces).as_integer_ratio()
    return divide(lowest * numerator, denominator)


def lowest_since(
    query: Query, unit_id: str, minor: int, since: Timestamp, until: Timestamp
) -> Timestamp | None:
    """Return from when on a unit had its lowest price.

    Args:
        query: runs a statement on the catalogue.
        unit_id: of the unit.
        minor: its lowest price, minor units.
        since: the while begins here.
        until: and ends here, both included.

    Returns:
        The moment; None where it always was so, or a piece of it had that price.
    """
    began: int | None = query(_FIRST, (minor, until.unix_ms, since.unix_ms, unit_id))[
        0
    ][0]
    return Timestamp(began) if began is not None and began > 0 else None
