"""A count by denomination while it is typed: pure, so that every key is a table row."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pos_app.domain.denomination import Denomination, Form
from pos_app.domain.shift import CashCount
from ui.presenters.pad_key import PadKey

#: 9 999 notes of one kind fill a drawer many times over.
DIGITS = 4


@dataclass(frozen=True, slots=True)
class CountSheet:
    """What was counted so far and where the pad types.

    Attributes:
        kinds: the denominations, in the order of the screen.
        counts: how many of each.
        selected: index of the one that the pad fills.
        is_fresh: whether the next digit begins the number anew.
        is_touched: whether anybody counted anything; a nought counts, too.
    """

    kinds: tuple[Denomination, ...]
    counts: tuple[int, ...]
    selected: int = 0
    is_fresh: bool = True
    is_touched: bool = False

    @classmethod
    def empty(cls, kinds: tuple[Denomination, ...]) -> CountSheet:
        """Return a sheet on which nothing was counted."""
        return cls(kinds, (0,) * len(kinds))

    @classmethod
    def of(cls, kinds: tuple[Denomination, ...], count: CashCount) -> CountSheet:
        """Return the sheet of a count that was stored.

        A value that is both note and coin is put to the coins: the store keeps
        values, and what matters is the sum.
        """
        left = dict(count.pieces)
        counts = [0] * len(kinds)
        for index in reversed(range(len(kinds))):
            counts[index] = left.pop(kinds[index].value_minor, 0)
        return cls(kinds, tuple(counts), is_touched=True)

    @property
    def total_minor(self) -> int:
        """What the pieces add up to, minor units."""
        pairs = zip(self.kinds, self.counts, strict=True)
        return sum(kind.value_minor * count for kind, count in pairs)

    def part_minor(self, *forms: Form) -> int:
        """Return what the notes, or the coins, add up to."""
        pairs = zip(self.kinds, self.counts, strict=True)
        return sum(k.value_minor * count for k, count in pairs if k.form in forms)

    def pieces(self, *forms: Form) -> int:
        """Return how many notes, or coins, there are."""
        pairs = zip(self.kinds, self.counts, strict=True)
        return sum(count for kind, count in pairs if kind.form in forms)

    @property
    def count(self) -> CashCount:
        """The count as it is stored: by value, the largest first."""
        values: dict[int, int] = {}
        for kind, count in zip(self.kinds, self.counts, strict=True):
            values[kind.value_minor] = values.get(kind.value_minor, 0) + count
        return CashCount(tuple(sorted(values.items(), reverse=True)))

    @property
    def kind(self) -> Denomination:
        """The denomination that the pad fills."""
        return self.kinds[self.selected]

    @property
    def typed(self) -> str:
        """The number in the entry line; "" for a nought nobody typed."""
        count = self.counts[self.selected]
        return str(count) if count or not self.is_fresh else ""

    def select(self, key: str) -> CountSheet:
        """Return the sheet with the pad at another denomination."""
        keys = [kind.key for kind in self.kinds]
        return replace(self, selected=keys.index(key), is_fresh=True)

    def move(self, step: int) -> CountSheet:
        """Return the sheet with the pad at the next denomination; it ends there."""
        index = min(max(self.selected + step, 0), len(self.kinds) - 1)
        return replace(self, selected=index, is_fresh=True)

    def step(self, key: str, step: int) -> CountSheet:
        """Return the sheet with a piece more or less of a denomination."""
        there = self.select(key)
        count = there.counts[there.selected] + step
        return there.having(min(max(count, 0), 10**DIGITS - 1))

    def press(self, key: PadKey) -> CountSheet:
        """Return the sheet after a key of the pad; Enter goes to the next."""
        typed = "" if self.is_fresh else self.typed
        if key is PadKey.ENTER:
            return self.move(1)
        if key is PadKey.CLEAR:
            return replace(self.having(0), is_fresh=True)
        if key is PadKey.BACKSPACE:
            return replace(self.having(int(self.typed[:-1] or "0")), is_fresh=False)
        if not key.value.isdecimal() or len(typed + key.value) > DIGITS:
            return self
        return replace(self.having(int(typed + key.value)), is_fresh=False)

    def having(self, count: int) -> CountSheet:
        """Return the sheet with so many pieces of the selected denomination."""
        counts = list(self.counts)
        counts[self.selected] = count
        return replace(self, counts=tuple(counts), is_touched=True)
