"""Goods changed in the catalogue of a shop of the tests, as the back office would."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from pos_app.bootstrap import Till
from pos_app.ports.catalog_editing import UnitDraft
from pos_app.ports.shop_editing import ShopEditor


def same(unit: UnitDraft) -> UnitDraft:
    """Leave a unit as it is."""
    return unit


def change_item(
    till: Till,
    sku: str,
    first: Callable[[UnitDraft], UnitDraft] = same,
    **changes: object,
) -> None:
    """Change an item by its sku, and its first unit."""

    def edit(editor: ShopEditor) -> tuple[()]:
        (item,) = editor.items_by_sku((sku,)).values()
        unit, *others = item.units
        units = (first(unit), *others)
        editor.put_items((replace(item, units=units, **changes),))  # type: ignore[arg-type]
        return ()

    with till.editor() as editor:
        editor.change(edit)
