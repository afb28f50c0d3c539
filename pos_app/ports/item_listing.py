"""The items as the back office lists and opens them, those not sold any more too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from pos_app.ports.catalog_editing import ItemDraft
from pos_app.values.times import Timestamp


class Standing(StrEnum):
    """Which items are listed."""

    ALL = "all"
    ON_SALE = "on_sale"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class ItemQuery:
    """What is looked for.

    Attributes:
        words: as the catalogue's search understands them; "" lists everything.
        category_ids: any of these, None in it for what stands nowhere; None for
            everywhere.
        standing: on sale, retired or both.
    """

    words: str = ""
    category_ids: tuple[str | None, ...] | None = None
    standing: Standing = Standing.ALL


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An item in a list.

    Attributes:
        item_id, sku, name, names, variant, category_id: of the item.
        barcode, unit_name, price_minor: of its first unit; minor units now, None
            for an open price.
        is_active: whether it is sold.
        is_variant: whether it belongs to another item.
        picture: the small picture's bytes; b"" for none.
    """

    item_id: str
    sku: str
    name: str
    names: tuple[tuple[str, str], ...]
    variant: str
    category_id: str | None
    barcode: str
    unit_name: str
    price_minor: int | None
    is_active: bool
    is_variant: bool
    picture: bytes = b""

    def name_in(self, language: str) -> str:
        """Return the name for a language tag, or the shop's own name."""
        return dict(self.names).get(language, self.name)


@dataclass(frozen=True, slots=True)
class ItemPage:
    """Some rows, the newest items or the best sellers first.

    Attributes:
        rows: at most as many as were asked for.
        after: give this to get the next ones; None when these are the last.
    """

    rows: tuple[ItemRow, ...]
    after: int | None


@dataclass(frozen=True, slots=True)
class ItemPicture:
    """A picture of an item, made small enough for a catalogue.

    Attributes:
        digest: SHA-256 of `image`, hex.
        image: a JPEG or PNG of at most 512 x 512 pixels.
        small: the same for tiles and lists, at most 160 x 160.
    """

    digest: str
    image: bytes
    small: bytes


class ItemListing(Protocol):
    """Read access for the thread of the catalogue it belongs to."""

    def page(
        self, query: ItemQuery, moment: Timestamp, after: int | None, limit: int
    ) -> ItemPage:
        """Return items at the prices of `moment`, `limit` at most.

        Args:
            query: which ones.
            moment: of the prices.
            after: from the page before; None for the first.
            limit: rows of a page.
        """
        ...

    def item(self, item_id: str) -> ItemDraft | None:
        """Return one item, whole."""
        ...

    def items(self, item_ids: Sequence[str]) -> Mapping[str, ItemDraft]:
        """Return items, whole, by id; those that are there."""
        ...

    def id_of_code(self, code: str) -> str | None:
        """Return which item a barcode, a scale's label, a PLU or a SKU names."""
        ...

    def family(self, item_id: str, moment: Timestamp) -> Sequence[ItemRow]:
        """Return an item with all variants of the same parent; () when it is alone."""
        ...

    def heads_of_variants(self, head_ids: Sequence[str]) -> Mapping[str, str]:
        """Return by variant the item that it is a variant of, of these items."""
        ...

    def price_levels(self) -> Sequence[str]:
        """Return the keys of the levels that any unit has prices at, in their order."""
        ...

    def picture(self, item_id: str) -> ItemPicture | None:
        """Return an item's picture."""
        ...

    def small_picture(self, item_id: str) -> bytes:
        """Return the picture for tiles and lists; b"" for none."""
        ...

    def last_code(self, first: str, last: str) -> str:
        """Return the highest barcode key from `first` to `last`; "" for none."""
        ...
