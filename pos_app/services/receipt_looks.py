"""Looks at receipts: what of a finished sale can still come back.

Every touch looks again, and a receipt may have 10,000 lines: one of which nothing
changed since is not looked at anew.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from pos_app.domain.basket import Basket
from pos_app.domain.refund import comes_by_piece, sold_thousandths
from pos_app.domain.returned_line import ReturnedLine
from pos_app.domain.sale import Sale, SaleLine
from pos_app.services.desk import Desk
from pos_app.services.returnable import ReturnableLine, ReturnableSale, here_of
from pos_app.values.quantity import from_thousandths

#: More receipts than these are hardly ever in one ticket.
_MOST = 3

#: What a line hangs on: thousandths that came back before, what comes back here,
#: whether its goods ever come back, and the parked sales in which some of it does.
_Facts: TypeAlias = tuple[int, ReturnedLine | None, bool, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Look:
    """What was found, and the facts of each line that it was found by."""

    found: ReturnableSale
    facts: Sequence[_Facts]
    catalogue: int
    refused: Collection[str]


class ReceiptLooks:
    """Looks at receipts for one counter; used from the sale's thread."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._known: dict[str, _Look] = {}

    def at(self, sale: Sale, basket: Basket | None) -> ReturnableSale:
        """Return what can still come back; the same object while nothing changed.

        Args:
            sale: the finished sale.
            basket: the open basket; None between two customers.
        """
        desk, known = self._desk, self._known.get(sale.sale_id)
        if known is not None and known.found.sale is not sale:
            known = None
        catalogue = desk.catalog.version()
        refused = known.refused if known and known.catalogue == catalogue else None
        if refused is None:
            refused = _refused(desk, sale)
        facts = _facts(desk, sale, basket, refused)
        found = _found(desk, sale, facts, known)
        if len(self._known) > _MOST:
            self._known.clear()
        self._known[sale.sale_id] = _Look(found, facts, catalogue, refused)
        return found


def _refused(desk: Desk, sale: Sale) -> Collection[str]:
    """Return the units of a sale that never come back."""
    now, ids = desk.clock.now(), {line.unit_id for line in sale.lines}
    units = (desk.catalog.unit(unit_id, now) for unit_id in ids)
    return {x.unit_id for x in units if x is not None and not x.is_returnable}


def _facts(
    desk: Desk, sale: Sale, basket: Basket | None, refused: Collection[str]
) -> Sequence[_Facts]:
    taken = desk.ledger.returns.taken_thousandths(sale.sale_id)
    parked = _parked(desk, sale.sale_id, basket)
    here = here_of(basket, sale.sale_id)
    return [
        (
            taken.get(position, 0),
            here.get(position),
            line.unit_id not in refused,
            parked.get(position, ()),
        )
        for position, line in enumerate(sale.lines, 1)
    ]


def _found(
    desk: Desk, sale: Sale, facts: Sequence[_Facts], known: _Look | None
) -> ReturnableSale:
    days_ago = (desk.business_day() - sale.business_day).days
    limit = desk.shop.policy.return_days
    is_late = limit is not None and days_ago > limit
    if known is None:
        lines = [
            _line(at, line, fact)
            for at, (line, fact) in enumerate(zip(sale.lines, facts, strict=True), 1)
        ]
        return ReturnableSale(sale, tuple(lines), days_ago, is_late)
    lines = [
        old if fact == was else _line(old.position, old.line, fact)
        for old, was, fact in zip(known.found.lines, known.facts, facts, strict=True)
    ]
    before = known.found
    is_same = (before.days_ago, before.is_late) == (days_ago, is_late)
    if is_same and known.facts == facts:
        return before
    return ReturnableSale(sale, tuple(lines), days_ago, is_late)


def _line(position: int, line: SaleLine, fact: _Facts) -> ReturnableLine:
    sold, (gone, here, is_returnable, parked) = sold_thousandths(line), fact
    return ReturnableLine(
        position=position,
        line=line,
        sold=from_thousandths(sold),
        taken=from_thousandths(gone),
        left=from_thousandths(sold - gone),
        here=here,
        by_piece=comes_by_piece(line),
        is_returnable=is_returnable,
        parked=parked,
    )


def _parked(
    desk: Desk, sale_id: str, basket: Basket | None
) -> Mapping[int, tuple[str, ...]]:
    """Return line position -> parked sales in which some of it comes back."""
    if not desk.ledger.parked.count():
        return {}
    found: dict[int, dict[str, None]] = {}
    for parked in desk.ledger.parked.all():
        held = parked.sale.basket
        if basket is not None and held.basket_id == basket.basket_id:
            continue
        for line in held.returns:
            if line.origin is not None and line.origin.sale_id == sale_id:
                found.setdefault(line.origin.line_position, {})[parked.number] = None
    return {position: tuple(numbers) for position, numbers in found.items()}
