"""Level prices in catalog.db: one that changes ends now, and another one begins."""

from __future__ import annotations

from typing import Any

from pos_app.persistence.catalog.tables import FOREVER
from pos_app.ports.catalog_editing import UnitDraft

END_LEVEL = f"""
UPDATE level_price SET valid_until = ?
WHERE unit_key = ? AND level = ? AND valid_until = {FOREVER}
"""  # noqa: S608 - our own number
#: A second change within one moment takes the place of the first.
PUT_LEVEL = """
INSERT INTO level_price (unit_key, level, valid_from, price_id, valid_until, minor)
VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (unit_key, level, valid_from, price_id)
DO UPDATE SET valid_until = excluded.valid_until, minor = excluded.minor
"""


def gather_levels(
    ended: list[tuple[Any, ...]],
    begun: list[tuple[Any, ...]],
    place: tuple[int, int],
    unit: UnitDraft,
    old: UnitDraft | None,
) -> None:
    """Add the rows of what changed: (unit key, now in milliseconds) is the place."""
    unit_key, now_ms = place
    before, after = dict(old.level_prices) if old else {}, dict(unit.level_prices)
    for level in dict.fromkeys([*before, *after]):
        minor = after.get(level)
        if before.get(level) == minor:
            continue
        ended.append((now_ms, unit_key, level))
        if minor is not None:
            price_id = f"{unit.unit_id}/{level}/{now_ms}"
            begun.append((unit_key, level, now_ms, price_id, FOREVER, minor))
