"""The catalogue as the core sees it: everything local and indexed (law 9)."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from pos_app.domain.barcode_rule import BarcodeRule
from pos_app.domain.item import Category, QuickKey, Scanned, SellingUnit
from pos_app.domain.permission import Role, Staff
from pos_app.domain.price import UnitPrice
from pos_app.domain.shop import Shop
from pos_app.domain.tender import TenderType
from pos_app.ports.bulk import BulkReader
from pos_app.ports.item_listing import ItemListing
from pos_app.ports.promotions import PromotionReader
from pos_app.ports.slip_forms import SlipFormReader
from pos_app.values.times import Timestamp


@dataclass(frozen=True, slots=True)
class Credential:
    """What checks a PIN: an argon2id hash over the peppered PIN, and the badge.

    Attributes:
        staff_id: whose.
        pin_hash: argon2id in PHC form; "" when no PIN is set.
        badge_digest: HMAC-SHA256 of the badge code, hex; "" when none.
    """

    staff_id: str
    pin_hash: str
    badge_digest: str


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason a person may choose, such as for a voided sale.

    Attributes:
        key: stable key. use: "sale_void". name: for people.
        is_active: whether it may be chosen; one that is switched off keeps its name
            for old documents.
    """

    key: str
    use: str
    name: str
    names: tuple[tuple[str, str], ...]
    is_active: bool = True

    def name_in(self, language: str) -> str:
        """Return the name for a language tag, or the shop's own name."""
        return dict(self.names).get(language, self.name)


class Catalog(SlipFormReader, PromotionReader, Protocol):
    """Read access for one thread; each thread opens its own."""

    @property
    def listing(self) -> ItemListing:
        """The items as the back office lists and opens them."""
        ...

    @property
    def bulks(self) -> BulkReader:
        """The documents over many items."""
        ...

    def shop(self) -> Shop:
        """Return the shop, its rules included."""
        ...

    def setting(self, key: str) -> str | None:
        """Return a setting of the shop; None where it was never made."""
        ...

    def scan(self, code: str, moment: Timestamp) -> Scanned | None:
        """Find what a barcode, PLU or SKU names, at the prices of `moment`.

        Looks for the exact barcode first (GTIN forms are one number: 8, 12, 13
        and 14 digits compare without leading zeros), then the rules for price-
        and weight-embedded codes in their order, then PLU and SKU.

        Raises:
            UserError: "barcode_check_digit" when a variable-measure label fails
                its inner or outer check digit (misread: scan again).
        """
        ...

    def unit(self, unit_id: str, moment: Timestamp) -> SellingUnit | None:
        """Return one selling unit at the prices of `moment`."""
        ...

    def lowest_price_minor(
        self, unit_id: str, since: Timestamp, until: Timestamp
    ) -> int | None:
        """Return the lowest price of a unit in force at any moment of a while.

        Minor units for one unit, `since` and `until` included; None for a unit
        without a price.
        """
        ...

    def lowest_since(
        self, unit_id: str, minor: int, since: Timestamp, until: Timestamp
    ) -> Timestamp | None:
        """Return from when on a unit had its lowest price; None for always."""
        ...

    def price_rows(self, unit_id: str) -> Sequence[UnitPrice]:
        """Return every price row of a unit, by its beginning; none for a stranger."""
        ...

    def next_price_change(self, after: Timestamp) -> Timestamp | None:
        """Return the next moment at which a row of any unit begins or ends."""
        ...

    def price_changes(
        self, since: Timestamp, until: Timestamp, limit: int
    ) -> Sequence[tuple[str, Timestamp]]:
        """Return (unit id, moment) of every beginning and end in a half-open while."""
        ...

    def search(self, text: str, moment: Timestamp, limit: int) -> Sequence[SellingUnit]:
        """Find units by name part, pinyin, SKU, barcode tail; best sellers first."""
        ...

    def categories(self) -> Sequence[Category]:
        """Return the categories in the order of their tabs."""
        ...

    def quick_keys(self, page: str, moment: Timestamp) -> Sequence[QuickKey]:
        """Return the tiles of a page, by position."""
        ...

    def tender_types(self) -> Sequence[TenderType]:
        """Return the tenders accepted, by position."""
        ...

    def known_tenders(self) -> Sequence[TenderType]:
        """Return every tender by position, those switched off too: for names."""
        ...

    def reasons(self, use: str) -> Sequence[Reason]:
        """Return the reasons that may be chosen for a use, in order."""
        ...

    def known_reasons(self) -> Sequence[Reason]:
        """Return every reason in order, those switched off too: for names."""
        ...

    def roles(self) -> Sequence[Role]:
        """Return every role, those of few rights last."""
        ...

    def withdrawn_badge(self, badge_digest: str) -> str:
        """Return whose badge this was before it was withdrawn; "" for nobody's."""
        ...

    def barcode_rules(self) -> tuple[BarcodeRule, ...]:
        """Return the table of measure-carrying barcodes, in order."""
        ...

    def staff(self) -> Sequence[Staff]:
        """Return active staff in the order of their tiles."""
        ...

    def everybody(self) -> Sequence[Staff]:
        """Return active and former staff: old documents name both."""
        ...

    def credential(self, staff_id: str) -> Credential | None:
        """Return what checks this person's PIN."""
        ...

    def staff_by_badge(self, badge_digest: str) -> Staff | None:
        """Return whose badge has this digest."""
        ...

    def beside(self) -> AbstractContextManager[Catalog]:
        """Open another one for the thread that asks first; closed at the end."""
        ...

    def version(self) -> int:
        """Return a number that differs once another program changed the catalogue."""
        ...

    def item_count(self) -> int:
        """Return how many items there are."""
        ...
