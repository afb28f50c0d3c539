"""Items that begin: an empty card, a copy, and goods registered while selling."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from pos_app.domain.barcode_rule import BarcodeRule
from pos_app.domain.in_store_code import code_range, codes_after, free_prefix
from pos_app.errors import UserError
from pos_app.ports.catalog_changes import CatalogChange
from pos_app.ports.catalog_editing import ItemDraft
from pos_app.services.desk import Desk
from pos_app.services.item_form import CodeForm, ItemForm, UnitForm, form_of
from pos_app.services.item_merge import BOX_NAME, PIECE_NAME
from pos_app.services.item_save import ItemSave
from pos_app.services.items import ItemsService
from pos_app.values.gs1.gtin import barcode_key


@dataclass(frozen=True, slots=True)
class ShortForm:
    """What is asked at the counter of goods that nobody knows.

    Attributes:
        item_id, unit_id: UUIDv7, the same for every try: an approval is for them.
        code: as scanned. name, price: as typed. tax_category: a key.
        category_id: "" for nowhere. allows_free: a price of zero was confirmed.
    """

    item_id: str
    unit_id: str
    code: str
    name: str
    price: str
    tax_category: str
    category_id: str = ""
    allows_free: bool = False


class NewItems:
    """Makes the forms of items that are not there yet."""

    def __init__(self, desk: Desk, items: ItemsService) -> None:
        self._desk = desk
        self._items = items

    def blank(self, code: str = "") -> ItemForm:
        """Return an empty card, with the barcode that was scanned."""
        codes = (CodeForm(code, is_read=True),) if code else ()
        unit = UnitForm(self._desk.ids.new(), PIECE_NAME, codes=codes)
        return ItemForm(self._desk.ids.new(), "", self.usual_tax, (unit,))

    def unit(self) -> UnitForm:
        """Return a further unit: a box."""
        return UnitForm(self._desk.ids.new(), BOX_NAME, pieces="")

    def copy(self, item: ItemDraft) -> ItemForm:
        """Return an item like another one, without what only one may have."""
        now, currency = self._desk.clock.now(), self._desk.shop.rules.currency
        form = form_of(item, currency, now)
        units = tuple(
            replace(unit, unit_id=self._desk.ids.new(), plu="", codes=())
            for unit in form.units
        )
        return replace(form, item_id=self._desk.ids.new(), sku="", units=units)

    @property
    def usual_tax(self) -> str:
        """The tax category that the shop lists first."""
        return self._desk.shop.rules.tax_categories[0].key

    def in_store_code(self, used: Collection[str] = ()) -> str:
        """Return a barcode of the shop's own range that nothing has yet.

        Args:
            used: codes on the card that are not saved yet.

        Raises:
            UserError: "in_store_codes_used_up".
        """
        listing = self._desk.catalog.listing
        rules: tuple[BarcodeRule, ...] = self._desk.catalog.barcode_rules()
        prefix = free_prefix(rules)
        last = listing.last_code(*code_range(prefix))
        taken = {barcode_key(code) for code in used}
        return next(
            code for code in codes_after(prefix, last) if barcode_key(code) not in taken
        )

    def short(self, code: str) -> ShortForm:
        """Return what is asked of goods whose barcode nobody knows."""
        ids = self._desk.ids
        return ShortForm(ids.new(), ids.new(), code, "", "", self.usual_tax)

    def register(self, form: ShortForm) -> CatalogChange:
        """Return what adds goods that wait at the counter.

        Raises:
            ApprovalNeeded: without ITEMS.
            UserError: "barcode_of_retired", or as `ItemsService.save`.
        """
        listing = self._desk.catalog.listing
        codes = (CodeForm(form.code, is_read=True),)
        unit = UnitForm(form.unit_id, PIECE_NAME, price=form.price, codes=codes)
        item = ItemForm(
            form.item_id,
            form.name,
            form.tax_category,
            (unit,),
            category_id=form.category_id,
        )
        change = self._items.save(ItemSave(item, allows_free=form.allows_free))
        former = listing.item(listing.id_of_code(form.code) or "")
        if former is not None and not former.is_active:
            raise UserError("barcode_of_retired", name=former.name, code=form.code)
        return change
