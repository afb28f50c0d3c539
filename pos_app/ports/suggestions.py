"""What is bought together and by whom, as the core sees it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from pos_app.domain.suggestion import BoughtItem, ItemPair
from pos_app.values.times import BusinessDay


class SuggestionReader(Protocol):
    """Reads baskets and the pairs found in them, as committed."""

    def bought(self, member_ids: Sequence[str], sales: int) -> Sequence[BoughtItem]:
        """Return what a person bought and kept, the last bought first.

        Args:
            member_ids: all ids of the person.
            sales: how many of the newest sales are looked at.
        """
        ...

    def pairs_of(self, item_ids: Sequence[str]) -> Sequence[ItemPair]:
        """Return the pairs that begin with one of the items."""
        ...

    def last_unit(self, item_id: str) -> str:
        """Return the unit that an item was sold in last; "" for never."""
        ...

    def counted(self, day: BusinessDay) -> tuple[int, Mapping[str, int]]:
        """Return the baskets of a day, and how many of them hold each item."""
        ...

    def baskets(self, day: BusinessDay) -> Iterator[Sequence[str]]:
        """Yield the items of each basket of a day."""
        ...


class SuggestionWriter(Protocol):
    """Keeps the pairs; they are a projection and can always be made again."""

    def set_pairs(self, pairs: Sequence[ItemPair]) -> None:
        """Put pairs in the place of all that were kept."""
        ...
