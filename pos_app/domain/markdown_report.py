"""What became of goods that were marked down: sold, not sold, and what it cost.

A label is known again by its goods and its last day, so copies of one label, and goods
that nobody bought by then, are seen as a difference of two counts. A piece that was
marked down a second time is the same piece.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from datetime import date

from pos_app.values.rounding import divide


@dataclass(frozen=True, slots=True)
class MarkedPieces:
    """Labels of one kind that were printed together.

    Attributes:
        sku, name: of the goods. day: their last one. count: labels, one a piece.
        is_again: the pieces had such a label before.
        before_minor, minor: shelf price of a piece, and what the label says.
        cost_minor: of a piece; None where nobody knew.
    """

    sku: str
    name: str
    day: date
    count: int
    is_again: bool
    before_minor: int
    minor: int
    cost_minor: int | None


@dataclass(frozen=True, slots=True)
class MarkedSale:
    """A piece that was sold by its label.

    Attributes:
        sku, name: of the goods. day: as the label says.
        list_minor: at the shelf price. paid_minor: what it was sold for.
        is_back: it came back since.
    """

    sku: str
    name: str
    day: date
    list_minor: int
    paid_minor: int
    is_back: bool = False


@dataclass(frozen=True, slots=True)
class MarkedShare:
    """What became of the pieces of one item; amounts in minor units.

    Attributes:
        sku, name: of the item.
        labelled: pieces. sold: of them, less what came back; came_back: those.
        waiting: not sold yet, the last day is not over. left: not sold by then.
        more: sold beyond what was labelled: a label was copied, or put on others.
        earned_minor: what those sold brought. let_go_minor: what they would have
            brought more at shelf prices.
        lost_minor: what those left had cost the shop, as far as that is known.
        unknown: pieces left whose cost nobody knew.
    """

    sku: str
    name: str
    labelled: int
    sold: int
    came_back: int
    waiting: int
    left: int
    more: int
    earned_minor: int
    let_go_minor: int
    lost_minor: int
    unknown: int


def together(shares: Iterable[MarkedShare]) -> MarkedShare:
    """Return what became of all goods."""
    numbers = [astuple(share)[2:] for share in shares]
    return MarkedShare("", "", *map(sum, zip(*numbers, strict=True)))


def marked_shares(
    labels: Sequence[MarkedPieces], sales: Sequence[MarkedSale], today: date
) -> tuple[MarkedShare, ...]:
    """Return what became of goods that were marked down, the most left first.

    Args:
        labels: of a while.
        sales: by labels with those last days.
        today: of the shop; a last day before it is over.
    """
    goods = {x.sku: x.name for x in labels} | {x.sku: x.name for x in sales}
    shares = [
        _share(
            (sku, name),
            [x for x in labels if x.sku == sku],
            [x for x in sales if x.sku == sku],
            today,
        )
        for sku, name in goods.items()
    ]
    return tuple(sorted(shares, key=lambda x: (-x.lost_minor, -x.left, x.name, x.sku)))


def _share(
    goods: tuple[str, str],
    labels: Sequence[MarkedPieces],
    sales: Sequence[MarkedSale],
    today: date,
) -> MarkedShare:
    waiting = left = more = lost_minor = unknown = 0
    for day in sorted({x.day for x in labels} | {x.day for x in sales}):
        fresh = [x for x in labels if x.day == day and not x.is_again]
        rest = _count(fresh) - sum(x.day == day for x in sales)
        more += max(0, -rest)
        rest = max(0, rest)
        if day >= today:
            waiting += rest
            continue
        left += rest
        known = [x for x in fresh if x.cost_minor is not None]
        with_cost = min(rest, _count(known))
        unknown += rest - with_cost
        if with_cost:
            costs = sum(x.count * (x.cost_minor or 0) for x in known)
            lost_minor += divide(costs * with_cost, _count(known))
    kept = [x for x in sales if not x.is_back]
    return MarkedShare(
        *goods,
        labelled=sum(x.count for x in labels if not x.is_again),
        sold=len(kept),
        came_back=len(sales) - len(kept),
        waiting=waiting,
        left=left,
        more=more,
        earned_minor=sum(x.paid_minor for x in kept),
        let_go_minor=sum(x.list_minor - x.paid_minor for x in kept),
        lost_minor=lost_minor,
        unknown=unknown,
    )


def _count(labels: Iterable[MarkedPieces]) -> int:
    return sum(x.count for x in labels)
