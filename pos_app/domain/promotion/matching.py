"""Which promotions are for which goods: an index, and what it answered, remembered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from pos_app.domain.promotion.deal import BundleDeal, Deal, GiftDeal
from pos_app.domain.promotion.promotion import Promotion
from pos_app.domain.promotion.selector import NO_GOODS, GoodsFacts, GoodsSet, Selector

#: So many kinds of goods are remembered before the memory starts afresh.
_REMEMBERED = 50_000

#: What goods go by: the kind of name, and the name.
_Name: TypeAlias = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Match:
    """A promotion that names some goods.

    Attributes:
        index: of the promotion in its book; its rank, too.
        roles: bit n is set where the deal's n-th selector (`selectors_of`) names them.
    """

    index: int
    roles: int


def selectors_of(deal: Deal) -> tuple[Selector, ...]:
    """Return a deal's selectors: its goods, its slots, or its goods and its gift."""
    if isinstance(deal, BundleDeal):
        return tuple(slot.goods for slot in deal.slots)
    if isinstance(deal, GiftDeal):
        return deal.goods, deal.gift
    return (deal.goods,)


class GoodsIndex:
    """Finds the promotions for goods without asking each of them.

    Built when first asked. What it remembers changes no answer.
    """

    def __init__(
        self, promotions: Sequence[Promotion], parents: Mapping[str, str]
    ) -> None:
        self._promotions = promotions
        self._parents = parents
        self._places: dict[_Name, list[tuple[int, int]]] | None = None
        #: By rank, what each selector excludes; only of those that exclude anything.
        self._excluded: dict[int, tuple[frozenset[_Name], ...]] = {}
        self._known: dict[GoodsFacts, tuple[Match, ...]] = {}

    def matching(self, goods: GoodsFacts) -> tuple[Match, ...]:
        """Return the promotions that name these goods, by rank."""
        known = self._known.get(goods)
        if known is None:
            known = self._find(goods)
            if len(self._known) >= _REMEMBERED:
                self._known = {}
            self._known[goods] = known
        return known

    def _find(self, goods: GoodsFacts) -> tuple[Match, ...]:
        if self._places is None:
            self._places = self._built()
        names = set(_names_of(goods, self._parents))
        found: dict[int, int] = {}
        for name in names:
            for index, role in self._places.get(name, ()):
                found[index] = found.get(index, 0) | 1 << role
        matches = []
        for index in sorted(found):
            roles = found[index]
            for role, excluded in enumerate(self._excluded.get(index, ())):
                if not excluded.isdisjoint(names):
                    roles &= ~(1 << role)
            if roles:
                matches.append(Match(index, roles))
        return tuple(matches)

    def _built(self) -> dict[_Name, list[tuple[int, int]]]:
        places: dict[_Name, list[tuple[int, int]]] = {}
        for index, promotion in enumerate(self._promotions):
            selectors = selectors_of(promotion.deal)
            for role, selector in enumerate(selectors):
                for name in _named_by(selector.include):
                    places.setdefault(name, []).append((index, role))
            if any(selector.exclude != NO_GOODS for selector in selectors):
                self._excluded[index] = tuple(
                    frozenset(_named_by(selector.exclude)) for selector in selectors
                )
        return places


def selects(selector: Selector, goods: GoodsFacts, parents: Mapping[str, str]) -> bool:
    """Tell whether a selector names some goods; for a single question."""
    names = set(_names_of(goods, parents))
    included = _names_any(selector.include, names)
    return included and not _names_any(selector.exclude, names)


def _names_any(goods_set: GoodsSet, names: set[_Name]) -> bool:
    return any(name in names for name in _named_by(goods_set))


def _named_by(goods_set: GoodsSet) -> Iterator[_Name]:
    if goods_set.everything:
        yield "everything", ""
    yield from _pairs("unit", goods_set.unit_ids)
    yield from _pairs("item", goods_set.item_ids)
    yield from _pairs("category", goods_set.category_ids)
    yield from _pairs("brand", map(_plain, goods_set.brands))
    yield from _pairs("tag", map(_plain, goods_set.tags))


def _names_of(goods: GoodsFacts, parents: Mapping[str, str]) -> Iterator[_Name]:
    """Yield every name that goods go by; a circle of categories ends where it began."""
    yield "everything", ""
    yield "unit", goods.unit_id
    yield "item", goods.item_id
    yield from _pairs("item", filter(None, (goods.parent_id,)))
    seen: set[str] = set()
    category = goods.category_id
    while category and category not in seen:
        seen.add(category)
        yield "category", category
        category = parents.get(category, "")
    yield from _pairs("brand", filter(None, (_plain(goods.brand),)))
    yield from _pairs("tag", filter(None, map(_plain, goods.tags)))


def _pairs(kind: str, keys: Iterable[str]) -> Iterator[_Name]:
    return ((kind, key) for key in keys)


def _plain(text: str) -> str:
    return text.strip().casefold()
