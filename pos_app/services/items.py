"""Items in the back office: every change is checked, whole, and in the journal.

What the person saw is compared with what is stored when the change is made: what
somebody else did meanwhile is never overwritten unseen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pos_app.domain.permission import Demand, Permission
from pos_app.domain.stock_document import StockKind
from pos_app.errors import UserError
from pos_app.ports.catalog_changes import CatalogChange
from pos_app.ports.catalog_editing import ItemDraft
from pos_app.ports.journal_notes import JournalNote
from pos_app.ports.ledger import Stamp
from pos_app.ports.shop_editing import ShopEditor
from pos_app.services.desk import Desk
from pos_app.services.item_form import ItemForm, form_of, prices_anew
from pos_app.services.item_note import item_notes
from pos_app.services.item_reading import Reading, measure_of, read_form
from pos_app.services.item_save import ItemSave, Seen, put_picture, refuse_changed
from pos_app.services.item_variants import variant_names, variant_of
from pos_app.services.sale import SaleService
from pos_app.values.gs1.gtin import barcode_key


class ItemsService:
    """Adds, changes, retires and deletes items."""

    def __init__(self, desk: Desk, sale: SaleService) -> None:
        self._desk = desk
        self._sale = sale

    # --------------------------------------------------------------- what there is

    def seen(self, item_id: str) -> Seen | None:
        """Return an item with its picture's digest, as it is now."""
        listing = self._desk.catalog.listing
        item = listing.item(item_id)
        if item is None:
            return None
        picture = listing.picture(item_id)
        return Seen(item, picture.digest if picture else "")

    def form(self, item: ItemDraft) -> ItemForm:
        """Return what stands in the fields for an item."""
        return form_of(item, self._currency, self._desk.clock.now())

    def has_history(self, item_id: str) -> bool:
        """Tell whether an item was ever sold, returned or moved."""
        return self._desk.ledger.knows_item(item_id)

    # ------------------------------------------------------------------- changes

    def save(self, what: ItemSave) -> CatalogChange:
        """Return what adds or changes an item; barcodes taken from others with it.

        Raises:
            ApprovalNeeded: without ITEMS; for another price of a known item also
                without PRICES.
            UserError: what `read_form` refuses; "price_zero_unconfirmed"; and when
                it is made "item_changed_meanwhile", "barcode_taken", "plu_taken",
                "sku_taken"; "item_measure_fixed".
        """
        form, seen = what.form, what.seen
        self._allow(form, seen)
        now = self._desk.clock.now()
        known = seen.item if seen else None
        draft = read_form(form, Reading(self._currency, now, self._desk.ids, known))
        self._check(draft, what)
        self._refuse_other_measure(draft, known)
        stamp, taken = self._desk.stamp(), self._taken(form)
        in_basket = self._baskets([owner for _key, owner in taken])

        def edit(editor: ShopEditor) -> Sequence[JournalNote]:
            refuse_changed(editor, form.item_id, seen)
            self._refuse_other_measure(draft, known)
            notes: list[JournalNote] = []
            for key, owner_id in taken:
                notes += self._take_code(editor, stamp, (key, owner_id), in_basket)
            editor.put_items([draft])
            before = seen.digest if seen else ""
            digest = put_picture(editor, what, before)
            was = (known, before)
            return [*notes, *item_notes(self._desk, stamp, was, (draft, digest))]

        return CatalogChange(stamp, edit)

    def set_active(self, seen: Seen, *, is_active: bool) -> CatalogChange:
        """Return what retires an item, or brings it back.

        Raises:
            ApprovalNeeded: without ITEMS.
            UserError: "item_changed_meanwhile" when it is made.
        """
        item_id = seen.item.item_id
        self._desk.allow(Demand(Permission.ITEMS, item_id))
        stamp = self._desk.stamp()
        draft = replace(seen.item, is_active=is_active)

        def edit(editor: ShopEditor) -> Sequence[JournalNote]:
            refuse_changed(editor, item_id, seen)
            editor.put_items([draft])
            was, now = (seen.item, seen.digest), (draft, seen.digest)
            return item_notes(self._desk, stamp, was, now)

        return CatalogChange(stamp, edit)

    def delete(self, seen: Seen) -> CatalogChange:
        """Return what takes an item away that never did anything.

        Raises:
            ApprovalNeeded: without ITEMS.
            UserError: "item_has_history", "item_in_basket", "item_has_variants",
                "item_in_stock_draft",
                "item_changed_meanwhile".
        """
        item_id, name = seen.item.item_id, seen.item.name
        self._desk.allow(Demand(Permission.ITEMS, item_id))
        self._refuse_history(item_id, name)
        if self._baskets([item_id]):
            raise UserError("item_in_basket", name=name)
        if self._is_in_draft(item_id):
            raise UserError("item_in_stock_draft", name=name)
        stamp = self._desk.stamp()

        def edit(editor: ShopEditor) -> Sequence[JournalNote]:
            refuse_changed(editor, item_id, seen)
            self._refuse_history(item_id, name)
            if editor.has_variants(item_id):
                raise UserError("item_has_variants", name=name)
            editor.delete_item(item_id)
            return item_notes(self._desk, stamp, (seen.item, seen.digest), (None, ""))

        return CatalogChange(stamp, edit)

    def add_variants(self, seen: Seen, axes: Sequence[Sequence[str]]) -> CatalogChange:
        """Return what makes every variant of these colours and sizes that is missing.

        Raises:
            ApprovalNeeded: without ITEMS.
            UserError: "variants_missing", "variants_too_many"; when it is made
                "item_changed_meanwhile".
        """
        head = seen.item
        self._desk.allow(Demand(Permission.ITEMS, head.item_id))
        now, ids = self._desk.clock.now(), self._desk.ids
        listing = self._desk.catalog.listing
        family = listing.family(head.item_id, now)
        names = variant_names(axes, [row.variant for row in family] + [head.variant])
        drafts = [variant_of(head, name, ids, now) for name in names]
        stamp = self._desk.stamp()

        def edit(editor: ShopEditor) -> Sequence[JournalNote]:
            refuse_changed(editor, head.item_id, seen)
            editor.put_items(drafts)
            return [
                note
                for draft in drafts
                for note in item_notes(self._desk, stamp, (None, ""), (draft, ""))
            ]

        return CatalogChange(stamp, edit)

    # -------------------------------------------------------------------- inside

    @property
    def _currency(self) -> str:
        return self._desk.shop.rules.currency

    def _allow(self, form: ItemForm, seen: Seen | None) -> None:
        """Ask for ITEMS, and for PRICES where known goods cost something else."""
        demands = [Demand(Permission.ITEMS, form.item_id)]
        if seen is not None and prices_anew(form, self.form(seen.item)):
            demands.append(Demand(Permission.PRICES, form.item_id))
        self._desk.allow_all(*demands)

    def _check(self, draft: ItemDraft, what: ItemSave) -> None:
        """Refuse what only the shop can judge: free goods, taxes, shelves."""
        before = {x.unit_id: x for x in what.seen.item.units} if what.seen else {}
        for at, unit in enumerate(draft.units):
            known = (
                {row.price_id for row in before[unit.unit_id].prices}
                if (unit.unit_id in before)
                else set()
            )
            fresh = [row for row in unit.prices if row.price_id not in known]
            if any(row.minor == 0 for row in fresh) and not what.allows_free:
                raise UserError("price_zero_unconfirmed", field=f"unit{at}.price")
        rules = self._desk.shop.rules
        if draft.tax_category not in {x.key for x in rules.tax_categories}:
            raise UserError("tax_category_unknown", field="tax")
        shelves = {x.category_id for x in self._desk.catalog.categories()}
        if draft.category_id is not None and draft.category_id not in shelves:
            raise UserError("category_gone", field="category")

    def _refuse_other_measure(self, draft: ItemDraft, known: ItemDraft | None) -> None:
        """Refuse to count goods in something else than what was moved of them.

        Three bottles on the shelf are neither three boxes nor three kilograms.
        """
        if known is None or measure_of(known) == measure_of(draft):
            return
        if self._desk.ledger.knows_item(draft.item_id):
            raise UserError("item_measure_fixed", field="unit0.name", name=known.name)

    def _taken(self, form: ItemForm) -> list[tuple[str, str]]:
        """Return (barcode key, id of the item that gives it up)."""
        return [
            (barcode_key(code.code), code.takes_from)
            for code in form.codes()
            if code.takes_from
        ]

    def _take_code(
        self,
        editor: ShopEditor,
        stamp: Stamp,
        taken: tuple[str, str],
        in_basket: dict[str, str],
    ) -> list[JournalNote]:
        """Take a barcode from its item, if that still is whom the person saw."""
        key, owner_id = taken
        owner = editor.items_by_barcode([key]).get(key)
        if owner is None:
            return []  # given up meanwhile: it is free
        if owner.item_id != owner_id:
            raise UserError("barcode_taken", code=key.lstrip("0"))
        without = replace(
            owner,
            units=tuple(
                replace(
                    unit,
                    barcodes=tuple(x for x in unit.barcodes if barcode_key(x) != key),
                )
                for unit in owner.units
            ),
        )
        editor.put_items([without])
        digest = editor.picture_digest(owner_id)
        ids = {"moved_code": key}
        if owner_id in in_basket:
            ids["basket_id"] = in_basket[owner_id]
        was, now = (owner, digest), (without, digest)
        return item_notes(self._desk, stamp, was, now, **ids)

    def _baskets(self, item_ids: Sequence[str]) -> dict[str, str]:
        """Return item -> basket in which it lies now: the open one, or a parked one."""
        current = self._sale.current
        sales = [current] if current else []
        sales += [parked.sale for parked in self._desk.ledger.parked.all()]
        return {
            line.unit.item_id: sale.basket.basket_id
            for sale in sales
            for line in sale.basket.lines
            if line.unit is not None and line.unit.item_id in item_ids
        }

    def _is_in_draft(self, item_id: str) -> bool:
        """Tell whether a stock document that is being written has an item."""
        drafts = (self._desk.ledger.stock.draft(kind) for kind in StockKind)
        return any(
            line.unit is not None and line.unit.item_id == item_id
            for draft in drafts
            if draft is not None
            for line in draft.lines
        )

    def _refuse_history(self, item_id: str, name: str) -> None:
        if self._desk.ledger.knows_item(item_id):
            raise UserError("item_has_history", name=name)
