"""An editor of the catalogue that remembers what would be stored, and stores nothing."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from pos_app.domain.item import Category
from pos_app.errors import UserError
from pos_app.ports.catalog_editing import CatalogEditor, ItemDraft
from pos_app.values.gs1.gtin import barcode_key


class RememberingEditor:
    """Reads the catalogue and remembers what would be stored in it (CatalogEditor)."""

    def __init__(self, editor: CatalogEditor) -> None:
        self._editor = editor
        self.fresh_categories: list[Category] = []
        self._by_sku: dict[str, ItemDraft] = {}
        self._by_code: dict[str, ItemDraft] = {}
        self._by_plu: dict[str, ItemDraft] = {}

    def currency(self) -> str:
        """Return the ISO 4217 code of the shop's prices."""
        return self._editor.currency()

    def time_zone(self) -> str:
        """Return the IANA name of the shop's time zone."""
        return self._editor.time_zone()

    def tax_keys(self) -> Mapping[str, str]:
        """Return the names and rates that name a tax category."""
        return self._editor.tax_keys()

    def categories(self) -> Sequence[Category]:
        """Return every category, those remembered too."""
        return (*self._editor.categories(), *self.fresh_categories)

    def put_categories(self, categories: Sequence[Category]) -> None:
        """Remember new categories."""
        self.fresh_categories += categories

    def items_by_sku(self, skus: Collection[str]) -> Mapping[str, ItemDraft]:
        """Return what is stored or remembered under these SKUs."""
        return {**self._editor.items_by_sku(skus), **_some(self._by_sku, skus)}

    def items_by_barcode(self, keys: Collection[str]) -> Mapping[str, ItemDraft]:
        """Return who owns these barcodes."""
        return {**self._editor.items_by_barcode(keys), **_some(self._by_code, keys)}

    def items_by_plu(self, plus: Collection[str]) -> Mapping[str, ItemDraft]:
        """Return who has these PLUs."""
        return {**self._editor.items_by_plu(plus), **_some(self._by_plu, plus)}

    def put_items(self, items: Sequence[ItemDraft]) -> None:
        """Remember items; refuse numbers that another one has.

        Raises:
            UserError: "barcode_taken", "plu_taken" or "sku_taken"; then none of these
                items is remembered.
        """
        skus, codes, plus = _numbers(items)
        for kind, claimed, owners in (
            ("sku", skus, self.items_by_sku(skus.keys())),
            ("barcode", codes, self.items_by_barcode(codes.keys())),
            ("plu", plus, self.items_by_plu(plus.keys()) if plus else {}),
        ):
            for number, owner in owners.items():
                if owner.item_id != claimed[number].item_id:
                    raise UserError(f"{kind}_taken", code=number)
        self._by_sku |= skus
        self._by_code |= codes
        self._by_plu |= plus


def _numbers(
    items: Sequence[ItemDraft],
) -> tuple[dict[str, ItemDraft], dict[str, ItemDraft], dict[str, ItemDraft]]:
    """Return which item claims which SKU, barcode and PLU; one each.

    Raises:
        UserError: where two of the items claim the same.
    """
    skus: dict[str, ItemDraft] = {}
    codes: dict[str, ItemDraft] = {}
    plus: dict[str, ItemDraft] = {}
    for item in items:
        if item.sku:
            _claim(skus, "sku", item.sku, item)
        for unit in item.units:
            for code in unit.barcodes:
                _claim(codes, "barcode", barcode_key(code), item)
            if unit.plu:
                _claim(plus, "plu", unit.plu.lstrip("0") or "0", item)
    return skus, codes, plus


def _claim(
    claims: dict[str, ItemDraft], kind: str, number: str, item: ItemDraft
) -> None:
    if claims.setdefault(number, item).item_id != item.item_id:
        raise UserError(f"{kind}_taken", code=number)


def _some(
    known: Mapping[str, ItemDraft], wanted: Collection[str]
) -> dict[str, ItemDraft]:
    return {key: known[key] for key in wanted if key in known}
