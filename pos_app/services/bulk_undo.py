"""What sets a row of a document back, and what of it cannot be set back any more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pos_app.domain.bulk_edit import BulkRow, BulkWarning, Fields, Plain
from pos_app.ports.catalog import Catalog
from pos_app.ports.catalog_editing import ItemDraft
from pos_app.services.item_fields import fields_of, holds, names_of
from pos_app.values.gs1.gtin import barcode_key
from pos_app.values.times import Timestamp


class WayBack:
    """Knows which categories, taxes and numbers are still to be had."""

    def __init__(self, catalog: Catalog, now: Timestamp) -> None:
        """Take the catalogue of this thread, and the moment of the prices."""
        self._catalog, self._now = catalog, now
        self._categories = {x.category_id for x in catalog.categories()}
        self._taxes = {x.key for x in catalog.shop().rules.tax_categories}

    def of(self, row: BulkRow, item: ItemDraft | None) -> BulkRow:
        """Return the row that sets a row back; with warnings where it cannot be.

        Args:
            row: as it was applied.
            item: as it is now; None for deleted.
        """
        is_new = bool(row.added)
        was: Fields = {"is_active": True} if is_new else row.after
        will: Fields = {"is_active": False} if is_new else row.before
        warnings = [] if is_new else list(self._lost(will, row.item_id))
        if item is None:
            warnings = [BulkWarning.ITEM_GONE]
        elif not holds(fields_of(item, self._now), was):
            warnings = [BulkWarning.CHANGED]
        if BulkWarning.COST_STAYS in warnings:
            was, will = _without_costs(was, will)
            warnings += [] if will else [BulkWarning.SAME]
        names = names_of(item) if item is not None else ()
        back = replace(row, before=was, after=will, added="", line=0, names=names)
        return replace(back, warnings=tuple(dict.fromkeys(warnings)))

    def _lost(self, will: Fields, item_id: str) -> Iterator[BulkWarning]:
        """Yield what stands in the way of setting fields back."""
        for key, value in will.items():
            match key.rpartition(":")[2]:
                case "price" if value is None:
                    yield BulkWarning.FIRST_PRICE
                case "cost" if value is None:
                    yield BulkWarning.COST_STAYS
                case "category_id" if value not in {None, *self._categories}:
                    yield BulkWarning.CATEGORY_GONE
                case "tax_category" if value not in self._taxes:
                    yield BulkWarning.TAX_GONE
                case "sku" | "barcodes" if self._are_taken(value, item_id):
                    yield BulkWarning.NUMBER_TAKEN

    def _are_taken(self, numbers: Plain, item_id: str) -> bool:
        codes = numbers if isinstance(numbers, tuple) else (str(numbers or ""),)
        return any(self._is_taken(code, item_id) for code in codes if code)

    def _is_taken(self, code: str, item_id: str) -> bool:
        """Tell whether another item has exactly this number now."""
        owner_id = self._catalog.listing.id_of_code(code)
        if owner_id is None or owner_id == item_id:
            return False
        owner = self._catalog.listing.items([owner_id]).get(owner_id)
        if owner is None:
            return False
        keys = {barcode_key(x) for unit in owner.units for x in unit.barcodes}
        return owner.sku == code or barcode_key(code) in keys


def _without_costs(was: Fields, will: Fields) -> tuple[Fields, Fields]:
    """Leave the costs that were not there before: a cost is followed by others."""
    kept = [k for k, v in will.items() if not (k.endswith(":cost") and v is None)]
    return {k: was[k] for k in kept}, {k: will[k] for k in kept}
