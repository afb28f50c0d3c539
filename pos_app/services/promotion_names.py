"""What files call goods, looked up in the catalogue."""

from __future__ import annotations

from collections.abc import Sequence

from pos_app.domain.item import Category
from pos_app.ports.catalog import Catalog
from pos_app.ports.catalog_editing import CatalogEditor
from pos_app.values.gs1.gtin import barcode_key, clean_code
from pos_app.values.times import Timestamp


class EditorNames:
    """Looks names up within a transaction of the catalogue (GoodsNames)."""

    def __init__(self, editor: CatalogEditor) -> None:
        self._editor = editor

    def item_id(self, sku: str) -> str:
        """Return the item of a SKU; "" for nobody's."""
        item = self._editor.items_by_sku([sku]).get(sku)
        return item.item_id if item else ""

    def unit_id(self, barcode: str) -> str:
        """Return the selling unit of a barcode; "" for nobody's."""
        key = barcode_key(clean_code(barcode))
        item = self._editor.items_by_barcode([key]).get(key)
        for unit in item.units if item else ():
            if key in map(barcode_key, unit.barcodes):
                return unit.unit_id
        return ""

    def category_id(self, name: str) -> str:
        """Return the category of a name in any language, or of an id."""
        return _category(self._editor.categories(), name)


class CatalogNames:
    """Looks names up in the catalogue as it is read (GoodsNames)."""

    def __init__(self, catalog: Catalog, moment: Timestamp) -> None:
        self._catalog, self._moment = catalog, moment

    def item_id(self, sku: str) -> str:
        """Return the item of a SKU; "" for nobody's."""
        found = self._catalog.scan(sku, self._moment)
        return found.unit.item_id if found and found.unit.sku == sku else ""

    def unit_id(self, barcode: str) -> str:
        """Return the selling unit of a barcode; "" for nobody's."""
        found = self._catalog.scan(barcode, self._moment)
        return found.unit.unit_id if found else ""

    def category_id(self, name: str) -> str:
        """Return the category of a name in any language, or of an id."""
        return _category(self._catalog.categories(), name)


def _category(categories: Sequence[Category], name: str) -> str:
    for each in categories:
        words = (each.category_id, each.name, *(word for _, word in each.names))
        if name.strip() in words:
            return each.category_id
    return ""
