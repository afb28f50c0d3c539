"""What the list of parked sales shows, whole and frozen."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ParkedRow:
    """A parked sale in the list; every text in the cashier's language.

    Attributes:
        key: basket id; what `chosen` says.
        title: "#12 白衬衫女士". goods: "矿泉水 ×6、纸巾 ×2", may be cut.
        goods_tail: " 等 8 件", never cut; "" when all goods are named.
        origin: "14:05 · 陈晓雨". age: "27 分钟".
        total: what it came to when it was parked, already written.
        is_old: it waits for long: amber.
    """

    key: str
    title: str
    goods: str
    goods_tail: str
    origin: str
    age: str
    total: str
    is_old: bool = False


@dataclass(frozen=True, slots=True)
class ParkedState:
    """The panel.

    Attributes:
        rows: the parked sales, newest first.
        chosen: key of the chosen one; "" when there is none.
    """

    rows: tuple[ParkedRow, ...] = ()
    chosen: str = ""
