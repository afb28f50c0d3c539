"""Finds what a line of an item file means: stored item, parent, category."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pos_app.domain.item import Category
from pos_app.ports.catalog_editing import CatalogEditor, ItemDraft
from pos_app.ports.clock import Ids
from pos_app.services.item_numbers import (
    Number,
    SeenNumbers,
    all_codes,
    numbers_of,
    plu_number,
)
from pos_app.services.item_texts import shown_text
from pos_app.services.item_values import RowValues
from pos_app.values.gs1.gtin import barcode_key


class ItemFinder:
    """Looks up for one import; refuses lines whose numbers contradict each other.

    Attributes:
        seen: which line said a number first.
        default_tax: key of the category of items whose line names no tax.
    """

    def __init__(self, editor: CatalogEditor) -> None:
        """Take the editor of the catalogue."""
        self.seen = SeenNumbers()
        self._editor = editor
        self._categories = {
            c.category_id: shown_text(c.name) for c in editor.categories()
        }
        self._category_ids = {name: key for key, name in self._categories.items()}
        taxes = list(editor.tax_keys().values())
        self.default_tax = "standard" if "standard" in taxes else (taxes or [""])[0]

    def stored(self, sound: Sequence[RowValues]) -> dict[Number, ItemDraft]:
        """Return the stored items that a batch names, parents too."""
        numbers = [number for values in sound for number in numbers_of(values)]
        skus = {number for kind, number in numbers if kind == "sku"}
        skus |= {values.parent_sku for values in sound if values.parent_sku}
        barcodes = {number for kind, number in numbers if kind == "barcode"}
        plus = {number for kind, number in numbers if kind == "plu"}
        found: dict[Number, ItemDraft] = {}
        for kind, items in (
            ("sku", self._editor.items_by_sku(skus)),
            ("barcode", self._editor.items_by_barcode(barcodes)),
            ("plu", self._editor.items_by_plu(plus) if plus else {}),
        ):
            found |= {(kind, number): item for number, item in items.items()}
        return found

    def find(
        self, values: RowValues, known: Mapping[Number, ItemDraft]
    ) -> ItemDraft | None:
        """Return the stored item of a line; refuses when two claim it."""
        found = known.get(("sku", values.sku)) if values.sku else None
        for code in all_codes(values):
            owner = known.get(("barcode", barcode_key(code)))
            if owner is None or (found and owner.item_id == found.item_id):
                continue
            if found is None and (not values.sku or not owner.sku):
                found = owner
                continue
            values.refuse(code, "import_barcode_taken", sku=owner.sku, name=owner.name)
        if found is None and values.plu and not values.sku:
            found = known.get(("plu", plu_number(values.plu)))
        if found is not None and not values.is_refused:
            first = self.seen.same_item(values, found.item_id)
            if first is not None:
                values.refuse(found.name, "import_same_item", line=first)
        return found

    def category_id(self, values: RowValues, before: ItemDraft | None) -> str | None:
        """Return the category of that name; of several, the one it stands in."""
        own = before.category_id if before else None
        if own is not None and self._categories.get(own) == values.category:
            return own
        return self._category_ids.get(values.category)

    def parent_id(
        self,
        values: RowValues,
        before: ItemDraft | None,
        known: Mapping[Number, ItemDraft],
        *,
        is_dry_run: bool,
    ) -> str | None:
        """Return the item that a line calls its parent; it stands alone itself."""
        if not values.parent_sku:
            return None
        number = ("sku", values.parent_sku)
        parent = known.get(number)
        if values.parent_sku == values.sku or (before and parent == before):
            values.refuse(values.parent_sku, "import_parent_itself")
        elif parent is not None and parent.parent_id is not None:
            values.refuse(values.parent_sku, "import_parent_is_variant")
        elif parent is not None:
            return parent.item_id
        elif not (is_dry_run and number in self.seen):
            values.refuse(values.parent_sku, "import_parent_missing")
        return None

    def new_categories(
        self, sound: Sequence[RowValues], ids: Ids
    ) -> Sequence[Category]:
        """Return the categories that lines name and nobody made yet."""
        wanted = dict.fromkeys(v.category for v in sound if v.category)
        fresh = [
            Category(ids.new(), name, (), position, "household")
            for position, name in enumerate(wanted, start=len(self._categories))
            if name not in self._category_ids
        ]
        self._categories |= {c.category_id: c.name for c in fresh}
        self._category_ids |= {c.name: c.category_id for c in fresh}
        return fresh
