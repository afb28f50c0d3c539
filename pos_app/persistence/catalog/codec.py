"""How values stand in columns of catalog.db, and back."""

from __future__ import annotations

import json

from pos_app.persistence.catalog.tables import FOREVER
from pos_app.values.times import Period, Timestamp

Names = tuple[tuple[str, str], ...]


def names_to_text(names: Names) -> str:
    """Write names in other languages; "" when there are none."""
    return json.dumps(dict(names), ensure_ascii=False) if names else ""


def names_from_text(text: str) -> Names:
    """Read what `names_to_text` wrote."""
    return tuple(json.loads(text).items()) if text else ()


def tags_to_text(tags: tuple[str, ...]) -> str:
    """Write the shop's words for an item; "" when there are none."""
    return json.dumps(list(tags), ensure_ascii=False) if tags else ""


def tags_from_text(text: str) -> tuple[str, ...]:
    """Read what `tags_to_text` wrote."""
    return tuple(json.loads(text)) if text else ()


def period_to_numbers(period: Period) -> tuple[int, int]:
    """Return (valid_from, valid_until) in milliseconds."""
    start = 0 if period.start is None else period.start.unix_ms
    return start, FOREVER if period.end is None else period.end.unix_ms


def period_from_numbers(valid_from: int, valid_until: int) -> Period:
    """Read what `period_to_numbers` wrote."""
    return Period(
        Timestamp(valid_from) if valid_from else None,
        Timestamp(valid_until) if valid_until < FOREVER else None,
    )
