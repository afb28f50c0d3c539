"""What goods belong to: the branches of categories, the items of their variants."""

from __future__ import annotations

from pos_app.domain.loyalty.earn_rule import EarnRule, MultiplierKind
from pos_app.domain.loyalty.programme import Programme
from pos_app.services.desk import Desk


def goods_above(desk: Desk, programme: Programme) -> dict[str, tuple[str, ...]]:
    """Return by category those that it lies in, and by variant the item it is one of.

    Read on the screen's thread, before a ticket's transaction: the catalogue
    belongs to that thread.

    Args:
        desk: whose catalogue is asked.
        programme: whose multipliers count; nothing is read that none of them needs.
    """
    rule = programme.earn
    if rule is None:
        return {}
    return {**_branches(desk, rule), **_variants(desk, rule)}


def _branches(desk: Desk, rule: EarnRule) -> dict[str, tuple[str, ...]]:
    if all(one.kind is not MultiplierKind.CATEGORY for one in rule.multipliers):
        return {}
    parents = {
        one.category_id: one.parent_id
        for one in desk.catalog.categories()
        if one.parent_id
    }
    return {key: _chain(key, parents) for key in parents}


def _variants(desk: Desk, rule: EarnRule) -> dict[str, tuple[str, ...]]:
    heads = [one.key for one in rule.multipliers if one.kind is MultiplierKind.ITEM]
    if not heads:
        return {}
    found = desk.catalog.listing.heads_of_variants(heads)
    return {variant: (head,) for variant, head in found.items()}


def _chain(key: str, parents: dict[str, str]) -> tuple[str, ...]:
    """Return the categories above one; a ring, which no shop can store, ends it."""
    found: list[str] = []
    while (above := parents.get(key)) is not None and above not in found:
        found.append(above)
        key = above
    return tuple(found)
