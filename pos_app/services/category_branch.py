"""The branches of the shop's categories, for rules that hold for all below one."""

from __future__ import annotations

from pos_app.domain.loyalty.earn_rule import MultiplierKind
from pos_app.domain.loyalty.programme import Programme
from pos_app.services.desk import Desk


def categories_above(desk: Desk, programme: Programme) -> dict[str, tuple[str, ...]]:
    """Return by category those that it lies in, the nearest first.

    Read on the screen's thread, before a ticket's transaction: the catalogue
    belongs to that thread.

    Args:
        desk: whose catalogue is asked.
        programme: whose multipliers count; without one of a category nothing is read.
    """
    rule = programme.earn
    if rule is None or all(
        one.kind is not MultiplierKind.CATEGORY for one in rule.multipliers
    ):
        return {}
    parents = {
        one.category_id: one.parent_id
        for one in desk.catalog.categories()
        if one.parent_id
    }
    return {key: _chain(key, parents) for key in parents}


def _chain(key: str, parents: dict[str, str]) -> tuple[str, ...]:
    """Return the categories above one; a ring, which no shop can store, ends it."""
    found: list[str] = []
    while (above := parents.get(key)) is not None and above not in found:
        found.append(above)
        key = above
    return tuple(found)
