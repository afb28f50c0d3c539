"""What can be sold: an item in one of its selling units (ARTS: Item, SellingUnit)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from pos_app.domain.price import UnitPrice
from pos_app.values.percentage import Percentage


class SellBy(StrEnum):
    """How a unit is counted at the counter."""

    COUNT = "count"
    WEIGHT = "weight"


class PriceSource(StrEnum):
    """Where the amount of a line comes from (law 8: a barcode names it)."""

    SHELF = "shelf"  # the price row of this unit
    UNIT_FACTOR = "unit_factor"  # piece price times the pieces in the box
    EMBEDDED_PRICE = "embedded_price"  # the label carries the line's total
    EMBEDDED_WEIGHT = "embedded_weight"  # the label carries the weight
    MARKED_DOWN = "marked_down"  # a label of the shop carries its reduced total


#: The price level of every member, whatever their tier.
MEMBER_LEVEL = "member"


@dataclass(frozen=True, slots=True)
class LevelPrice:
    """What one unit costs at a price level, in force at the basket's moment.

    Attributes:
        level: key of the level, such as "member" or a tier's.
        minor: minor units for one unit. price_id: of the row.
    """

    level: str
    minor: int
    price_id: str


@dataclass(frozen=True, slots=True)
class SellingUnit:
    """One item in one unit, with the price in force: what a line sells.

    Attributes:
        item_id: UUIDv7 of the item (a variant is an item of its own).
        unit_id: UUIDv7 of the item's unit.
        sku: the shop's own number of the item.
        name: the name in the shop's language, without the variant.
        variant: "米白 / M"; empty when the item has none. Never elided.
        names: (language tag, name) pairs in other languages.
        category_id: where the item stands; None when nowhere.
        unit_code: UN/ECE Rec 20/21 code, such as H87, KGM, XBX.
        unit_name: what people call the unit: 件, 箱, kg.
        pieces: how many base units this unit holds; 1 for the base unit.
        sell_by: by count or by weight.
        tax_category: key into the shop's tax categories.
        price: the price in force; None when the unit has none (open price).
        source: how the price came about.
        barcode: the main barcode, for the slip and the screen; may be empty.
        icon: icon name for tiles; may be empty.
        discount_cap: how much may be let go of it by hand, whoever asks; zero for
            goods that are never discounted; None for any.
        is_returnable: whether it may come back (fresh food may not).
        parent_id: the item this is a variant of; None for an item of its own.
        brand: of the item; "" for none. tags: the shop's own words for it.
        level_prices: what one unit costs at a price level (members, a tier).
        floor_minor: no promotion sells one unit for less; minor units.
    """

    item_id: str
    unit_id: str
    sku: str
    name: str
    variant: str
    names: tuple[tuple[str, str], ...]
    category_id: str | None
    unit_code: str
    unit_name: str
    pieces: Decimal
    sell_by: SellBy
    tax_category: str
    price: UnitPrice | None
    source: PriceSource
    barcode: str = ""
    icon: str = ""
    discount_cap: Percentage | None = None
    is_returnable: bool = True
    parent_id: str | None = None
    brand: str = ""
    tags: tuple[str, ...] = ()
    level_prices: tuple[LevelPrice, ...] = ()
    floor_minor: int = 0

    def name_in(self, language: str) -> str:
        """Return the name for a language tag, or the shop's own name."""
        return dict(self.names).get(language, self.name)


@dataclass(frozen=True, slots=True)
class Scanned:
    """What a barcode named: a unit, and what the label said of quantity or price.

    Attributes:
        unit: the selling unit.
        quantity: weight or count carried by the label; None when it carries none.
        total_minor: line total carried by a price label; None otherwise.
    """

    unit: SellingUnit
    quantity: Decimal | None = None
    total_minor: int | None = None


@dataclass(frozen=True, slots=True)
class Category:
    """A shelf of the shop, for tabs and reports.

    Attributes:
        category_id: UUIDv7.
        name: in the shop's language; `names` has other languages.
        position: order of the tabs, from 0.
        hue: one of food drinks coffee household wear services (tile stripe).
        parent_id: the category above; None at the top.
    """

    category_id: str
    name: str
    names: tuple[tuple[str, str], ...]
    position: int
    hue: str
    parent_id: str | None = None

    def name_in(self, language: str) -> str:
        """Return the name for a language tag, or the shop's own name."""
        return dict(self.names).get(language, self.name)


@dataclass(frozen=True, slots=True)
class QuickKey:
    """A tile of the quick-key grid.

    Attributes:
        page: category id, or "" for the favourites page.
        position: slot from 0, row by row.
        unit: what a tap sells.
        label: short name; empty to use the item's name.
        labels: the short name in other languages.
    """

    page: str
    position: int
    unit: SellingUnit
    label: str = ""
    labels: tuple[tuple[str, str], ...] = ()

    def label_in(self, language: str) -> str:
        """Return the words on the tile for a language tag."""
        own = self.label or self.unit.name_in(language)
        return dict(self.labels).get(language, own)
