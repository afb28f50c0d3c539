"""Equal units of a basket laid together, in an order no scan decides (P1).

Two lines of the same goods at the same price are one stack. Deals are chosen over
stacks, so the order of scanning changes nothing but which of two equal units is
called the first: within a stack units are handed out in the order of the basket.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pos_app.domain.promotion.offered import OfferedLine
from pos_app.domain.promotion.selector import GoodsFacts


@dataclass(frozen=True, slots=True)
class Stack:
    """Equal units.

    Attributes:
        goods, unit_minor: what they are, what one costs before item deals.
        thousandths: the quantity of one unit; 1000 of counted goods.
        is_counted: whole pieces.
        room_minor: how much one may be lowered at most.
        is_lowered: below the shelf already.
        count: how many.
        lines: (position in the basket, how many of its units), in basket order.
    """

    goods: GoodsFacts
    unit_minor: int
    thousandths: int
    is_counted: bool
    room_minor: int
    is_lowered: bool
    count: int
    lines: tuple[tuple[int, int], ...]


def stacks_of(lines: Iterable[tuple[int, OfferedLine, int]]) -> list[Stack]:
    """Lay equal units together.

    Args:
        lines: (position in the basket, line, how many of its units take part).
    """
    parts: dict[tuple[object, ...], list[tuple[int, int]]] = {}
    firsts: dict[tuple[object, ...], OfferedLine] = {}
    for position, line, count in lines:
        goods = line.goods
        key = (
            goods.unit_id,
            line.unit_minor,
            line.quantity_thousandths // line.count,
            line.by_weight,
            line.floor_minor,
            line.is_lowered,
            goods.item_id,
            goods.parent_id,
            goods.category_id,
            goods.brand,
            goods.tags,
            line.is_counted,
        )
        parts.setdefault(key, []).append((position, count))
        firsts.setdefault(key, line)
    return [_stack(firsts[key], tuple(parts[key])) for key in sorted(parts)]


def _stack(line: OfferedLine, lines: tuple[tuple[int, int], ...]) -> Stack:
    floor = max(0, line.floor_minor)
    return Stack(
        goods=line.goods,
        unit_minor=line.unit_minor,
        thousandths=line.quantity_thousandths // line.count,
        is_counted=line.is_counted,
        room_minor=max(0, line.unit_minor - floor),
        is_lowered=line.is_lowered,
        count=sum(count for _, count in lines),
        lines=lines,
    )
