"""Cells of an exported row that somebody emptied: what that means, column by column.

An empty cell that was empty before says nothing. What may be missing is taken away;
what may not be missing is an error with words, and so is what is never taken back:
prices are ended and costs outlived, but neither was never there.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from pos_app.domain.item import MEMBER_LEVEL
from pos_app.ports.catalog_editing import ItemDraft, UnitDraft
from pos_app.services.item_columns import ItemField
from pos_app.services.item_row import LANGUAGE_OF, split_codes


def without(
    item: ItemDraft, emptied: Collection[ItemField], box: int | None
) -> ItemDraft:
    """Return an item without what the emptied cells of its row said.

    Args:
        item: as it is stored.
        emptied: fields of MAY_BE_EMPTIED; others are left alone.
        box: which of its units the row's box is; None for none.
    """
    if not emptied:
        return item
    gone = {LANGUAGE_OF[column] for column in emptied if column in LANGUAGE_OF}
    units = list(item.units)
    if ItemField.BARCODE in emptied:
        units[0] = _without_codes(units[0])
    if ItemField.PLU in emptied:
        units[0] = replace(units[0], plu="")
    if ItemField.BOX_BARCODE in emptied and box is not None:
        units[box] = _without_codes(units[box])
    if ItemField.FLOOR in emptied:
        units[0] = replace(units[0], floor_minor=0)
    if ItemField.MEMBER_PRICE in emptied:
        kept = tuple(x for x in units[0].level_prices if x[0] != MEMBER_LEVEL)
        units[0] = replace(units[0], level_prices=kept)
    return replace(
        item,
        brand="" if ItemField.BRAND in emptied else item.brand,
        tags=() if ItemField.TAGS in emptied else item.tags,
        names=tuple(pair for pair in item.names if pair[0] not in gone),
        variant="" if ItemField.VARIANT in emptied else item.variant,
        spec="" if ItemField.SPEC in emptied else item.spec,
        category_id=None if ItemField.CATEGORY in emptied else item.category_id,
        parent_id=None if ItemField.PARENT_SKU in emptied else item.parent_id,
        discount_cap=None if ItemField.DISCOUNT_CAP in emptied else item.discount_cap,
        units=tuple(units),
    )


def _without_codes(unit: UnitDraft) -> UnitDraft:
    """Return a unit without the codes that stood in its cell."""
    kept = (code for code in unit.barcodes if split_codes(code) != (code,))
    return replace(unit, barcodes=tuple(kept))
