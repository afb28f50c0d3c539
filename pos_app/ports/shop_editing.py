"""The shop's reference data as set-up and back office change it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Protocol

from pos_app.domain.barcode_rule import BarcodeRule
from pos_app.domain.permission import Role, Staff
from pos_app.domain.shop import Shop
from pos_app.domain.tender import TenderType
from pos_app.ports.catalog import Credential, Reason
from pos_app.ports.catalog_editing import CatalogEditor, QuickKeyDraft
from pos_app.ports.slip_forms import SlipFormEditor


class ShopEditor(CatalogEditor, SlipFormEditor, Protocol):
    """Write access to everything that is not an item."""

    def put_shop(self, shop: Shop) -> None:
        """Store the shop, its rules and tax categories included."""
        ...

    def put_tenders(self, tenders: Sequence[TenderType]) -> None:
        """Store the tenders accepted."""
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

    def bump_velocity(self, sold: Mapping[str, Decimal]) -> None:
        """Add units sold, by unit id: what search ranks by."""
        ...
