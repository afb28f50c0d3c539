"""All promotions that may hold, prepared once: what a basket is priced against."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pos_app.domain.promotion.matching import GoodsIndex, Match
from pos_app.domain.promotion.promotion import Promotion
from pos_app.domain.promotion.selector import GoodsFacts


@dataclass(frozen=True, slots=True)
class PromotionBook:
    """The promotions of a shop at a moment; made by `compile_book`.

    Attributes:
        promotions: by priority (the higher first), then id, then version.
        parents: category id -> the category above it; those at the top are left out.
        version: digest of which promotions these are; the sale stores it.
        index: finds promotions by goods; made of the first two.
    """

    promotions: tuple[Promotion, ...] = ()
    parents: Mapping[str, str] = field(default_factory=dict)
    version: str = ""
    index: GoodsIndex = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "index", GoodsIndex(self.promotions, self.parents))

    def matching(self, goods: GoodsFacts) -> tuple[Match, ...]:
        """Return the promotions that name these goods, by rank."""
        return self.index.matching(goods)


EMPTY_BOOK = PromotionBook()


def compile_book(
    promotions: Iterable[Promotion], parents: Mapping[str, str]
) -> PromotionBook:
    """Prepare promotions for pricing.

    Args:
        promotions: in any order; one version of each at most.
        parents: category id -> id of the category above it.
    """
    ordered = tuple(sorted(promotions, key=_rank))
    if not ordered:
        return EMPTY_BOOK
    known = "\n".join(f"{one.promotion_id} {one.version}" for one in ordered)
    digest = hashlib.sha256(known.encode()).hexdigest()[:16]
    return PromotionBook(ordered, dict(parents), digest)


def _rank(promotion: Promotion) -> tuple[int, str, int]:
    return -promotion.priority, promotion.promotion_id, promotion.version
