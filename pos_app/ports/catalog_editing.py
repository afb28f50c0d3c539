"""The catalogue as the back office and the importer change it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from pos_app.domain.item import Category, SellBy
from pos_app.domain.price import UnitPrice
from pos_app.domain.shop import Shop
from pos_app.values.percentage import Percentage


@dataclass(frozen=True, slots=True)
class UnitDraft:
    """A selling unit as it is stored.

    Attributes:
        unit_id: UUIDv7.
        unit_code: UN/ECE Rec 20/21 code. unit_name: what people call it.
        pieces: base units in it; 1 for the first unit of an item.
        sell_by: by count or weight.
        barcodes: as printed, the main one first; unique in the whole shop.
        plu: number typed at the till or on the scale; "" when none.
        prices: every price row ever in force, oldest first; none at all means
            the first unit's price times the pieces.
        cost_minor: what one unit costs the shop; None when unknown.
        floor_minor: no promotion sells one unit for less; 0 for no floor.
        level_prices: (level, minor units) from now on, such as ("member", 1180).
    """

    unit_id: str
    unit_code: str
    unit_name: str
    pieces: Decimal = Decimal(1)
    sell_by: SellBy = SellBy.COUNT
    barcodes: tuple[str, ...] = ()
    plu: str = ""
    prices: tuple[UnitPrice, ...] = ()
    cost_minor: int | None = None
    floor_minor: int = 0
    level_prices: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class ItemDraft:
    """An item with its units, as it is stored.

    Attributes:
        item_id: UUIDv7. sku: the shop's number, unique; "" when none.
        name, variant, names: as in SellingUnit.
        tax_category: key of one of the shop's tax categories.
        units: the base unit first; at least one.
        category_id: must exist; None when nowhere.
        spec: size or grade, such as 500ml; searched and shown in the back office.
        icon: icon name for tiles.
        parent_id: the item this is a variant of; None for an item of its own.
        is_active: an item no longer sold stays for old documents.
        discount_cap: how much may be let go by hand, whoever asks; None for any.
        is_returnable: whether it may come back.
        brand: "" for none. tags: the shop's own words for it.
    """

    item_id: str
    sku: str
    name: str
    tax_category: str
    units: tuple[UnitDraft, ...]
    variant: str = ""
    names: tuple[tuple[str, str], ...] = ()
    category_id: str | None = None
    spec: str = ""
    icon: str = ""
    parent_id: str | None = None
    is_active: bool = True
    discount_cap: Percentage | None = None
    is_returnable: bool = True
    brand: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QuickKeyDraft:
    """A tile as it is stored.

    Attributes:
        position: slot from 0, row by row. unit_id: what a tap sells.
        label: short name; "" for the item's own. labels: in other languages.
    """

    position: int
    unit_id: str
    label: str = ""
    labels: tuple[tuple[str, str], ...] = ()


class CatalogEditor(Protocol):
    """Write access; owned by the one thread that writes the catalogue."""

    def currency(self) -> str:
        """Return the ISO 4217 code of the shop's prices."""
        ...

    def time_zone(self) -> str:
        """Return the IANA name of the shop's time zone."""
        ...

    def tax_keys(self) -> Mapping[str, str]:
        """Return the names and rates that name a tax category -> its key.

        Holds keys, names, rate codes and percentages such as "13" and "13%".
        """
        ...

    def categories(self) -> Sequence[Category]:
        """Return every category by position."""
        ...

    def put_categories(self, categories: Sequence[Category]) -> None:
        """Add or change categories."""
        ...

    def items_by_sku(self, skus: Collection[str]) -> Mapping[str, ItemDraft]:
        """Return what is stored under these SKUs, by SKU."""
        ...

    def items_by_barcode(self, keys: Collection[str]) -> Mapping[str, ItemDraft]:
        """Return who owns these barcodes, by `gtin.barcode_key`."""
        ...

    def items_by_plu(self, plus: Collection[str]) -> Mapping[str, ItemDraft]:
        """Return who has these PLUs, by PLU without leading zeros."""
        ...

    def put_items(self, items: Sequence[ItemDraft]) -> None:
        """Add or change items in transactions short enough to disturb nobody.

        Units that an item no longer lists stop being sold; price rows are only
        added or ended, never taken away.

        Raises:
            UserError: "barcode_taken", "plu_taken" or "sku_taken" when another
                item has it, "tax_category_unknown" or "category_gone" for what was
                deleted meanwhile; the items of that transaction are not stored.
        """
        ...


class CatalogListing(Protocol):
    """The whole catalogue as it stood at one moment."""

    def shop(self) -> Shop:
        """Return the shop."""
        ...

    def categories(self) -> Sequence[Category]:
        """Return every category by position."""
        ...

    def items(self) -> Iterator[tuple[ItemDraft, str]]:
        """Yield every item that is sold, with its parent's SKU; parents first."""
        ...
