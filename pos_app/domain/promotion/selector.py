"""Which goods a promotion is for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GoodsFacts:
    """What a selector looks at.

    Attributes:
        unit_id, item_id: of what is sold. parent_id: of the item it is a variant
            of; "" for none.
        category_id: where it stands; "" for nowhere.
        brand: as stored; "" for none. tags: the shop's own words for it.
    """

    unit_id: str
    item_id: str
    parent_id: str = ""
    category_id: str = ""
    brand: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GoodsSet:
    """Goods by what they are; whatever is named by any of the lists belongs to it.

    Attributes:
        everything: all goods of the shop.
        unit_ids: single selling units (the box, not the bottle).
        item_ids: items with all their units and variants.
        category_ids: with all that stands below them.
        brands, tags: compared without case and outer blanks.
    """

    everything: bool = False
    unit_ids: tuple[str, ...] = ()
    item_ids: tuple[str, ...] = ()
    category_ids: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing at all is named."""
        lists = (self.unit_ids, self.item_ids, self.category_ids)
        return not self.everything and not any((*lists, self.brands, self.tags))


NO_GOODS = GoodsSet()
ALL_GOODS = GoodsSet(everything=True)


@dataclass(frozen=True, slots=True)
class Selector:
    """Goods that are included, less those that are excluded.

    Attributes:
        include: what it is for. exclude: what it is never for.
    """

    include: GoodsSet
    exclude: GoodsSet = NO_GOODS
