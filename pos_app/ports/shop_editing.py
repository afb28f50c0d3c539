"""The shop's reference data as set-up and back office change it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Protocol

from pos_app.domain.barcode_rule import BarcodeRule
from pos_app.domain.permission import Role, Staff
from pos_app.domain.price import UnitPrice
from pos_app.domain.shop import Shop
from pos_app.domain.tax import TaxCategory
from pos_app.domain.tender import TenderType
from pos_app.ports.bulk import BulkEditor
from pos_app.ports.catalog import Credential, Reason
from pos_app.ports.catalog_editing import CatalogEditor, ItemDraft, QuickKeyDraft
from pos_app.ports.item_listing import ItemPicture
from pos_app.ports.promotions import PromotionEditor
from pos_app.ports.slip_forms import SlipFormEditor
from pos_app.values.times import Timestamp


class ShopEditor(CatalogEditor, PromotionEditor, SlipFormEditor, Protocol):
    """Write access to everything that is not an item."""

    def item(self, item_id: str) -> ItemDraft | None:
        """Return an item as it is stored."""
        ...

    def has_variants(self, item_id: str) -> bool:
        """Tell whether other items are variants of this one."""
        ...

    def picture_digest(self, item_id: str) -> str:
        """Return the digest of an item's picture; "" for none."""
        ...

    def put_picture(self, item_id: str, picture: ItemPicture | None) -> None:
        """Store an item's picture in place of the old one; None takes it away."""
        ...

    def delete_item(self, item_id: str) -> None:
        """Take an item away with all that hangs on it; the caller knows it may go."""
        ...

    def setting(self, key: str) -> str | None:
        """Return a setting of the shop; None where it was never made."""
        ...

    def put_setting(self, key: str, value: str) -> None:
        """Store a setting of the shop."""
        ...

    def put_shop(self, shop: Shop) -> None:
        """Store the shop, its rules and tax categories included."""
        ...

    def put_tenders(self, tenders: Sequence[TenderType]) -> None:
        """Store the tenders accepted."""
        ...

    def shop(self) -> Shop:
        """Return the shop as it stands in this transaction."""
        ...

    def tax_categories(self) -> Sequence[TaxCategory]:
        """Return the tax categories with every rate ever in force."""
        ...

    def put_tax_categories(self, categories: Sequence[TaxCategory]) -> None:
        """Store the tax categories with every rate ever in force."""
        ...

    def items_taxed(self, tax_category: str) -> int:
        """Return how many items, former ones too, are of a tax category."""
        ...

    def known_tenders(self) -> Sequence[TenderType]:
        """Return every tender by position, those switched off too."""
        ...

    def known_reasons(self) -> Sequence[Reason]:
        """Return every reason in order, those switched off too."""
        ...

    def roles(self) -> Sequence[Role]:
        """Return every role, those of few rights last."""
        ...

    def drop_role(self, key: str) -> None:
        """Delete a role that nobody has or had."""
        ...

    def everybody(self) -> Sequence[Staff]:
        """Return active and former staff in the order of their tiles."""
        ...

    def credentials(self) -> Mapping[str, Credential]:
        """Return what checks everybody's PIN and badge, by staff id."""
        ...

    def put_withdrawn_badge(self, badge_digest: str, staff_id: str, at_ms: int) -> None:
        """Keep whose badge is no good any more."""
        ...

    def put_reasons(self, reasons: Sequence[Reason]) -> None:
        """Store reasons, in order."""
        ...

    def put_roles(self, roles: Sequence[Role]) -> None:
        """Store roles and their permissions."""
        ...

    def put_staff(self, people: Sequence[tuple[Staff, Credential | None]]) -> None:
        """Store staff in the order of their tiles, with what checks their PINs."""
        ...

    def put_barcode_rules(self, rules: Sequence[BarcodeRule]) -> None:
        """Store the rule table, replacing the old one."""
        ...

    def put_quick_keys(self, page: str, keys: Sequence[QuickKeyDraft]) -> None:
        """Store a page of tiles, replacing the old one."""
        ...

    def quick_keys(self, page: str) -> Sequence[QuickKeyDraft]:
        """Return the tiles of a page whose goods are sold, by position."""
        ...

    def count_items(self, category_id: str) -> int:
        """Return how many items that are sold stand in a category."""
        ...

    def move_items(self, category_id: str, to: str | None) -> None:
        """Move everything that stands in a category, retired items too."""
        ...

    def drop_category(self, category_id: str) -> None:
        """Take a category away with its page of tiles; nothing may stand in it."""
        ...

    def price_rows(self, unit_id: str) -> Sequence[UnitPrice]:
        """Return every price row of a unit, by its beginning."""
        ...

    def put_price(self, unit_id: str, price: UnitPrice) -> None:
        """Add a row, or give the row of this identity another end."""
        ...

    def drop_price(self, unit_id: str, price_id: str) -> None:
        """Take away a row that was never in force."""
        ...

    @property
    def bulks(self) -> BulkEditor:
        """The documents over many items."""
        ...

    def items_by_id(self, item_ids: Sequence[str]) -> Mapping[str, ItemDraft]:
        """Return items, whole, by id; those that are there."""
        ...

    def put_cost(self, unit_id: str, minor: int, since: Timestamp) -> int | None:
        """Set what a unit costs since a moment, minor units.

        Returns:
            What it cost before, −1 for nobody knew; None where nothing changed: the
            unit is gone, the cost is the same, or a later one is known.
        """
        ...

    def bump_velocity(self, sold: Mapping[str, Decimal]) -> None:
        """Add units sold, by unit id: what search ranks by."""
        ...
