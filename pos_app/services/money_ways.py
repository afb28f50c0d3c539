"""How the goods of a sale were paid, followed through what they were exchanged for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from pos_app.domain.refund_ways import MoneyWay, ways_left, ways_paid
from pos_app.domain.sale import Sale
from pos_app.ports.ledger import Ledger


@dataclass(frozen=True, slots=True)
class _Step:
    """What a ticket with goods of a sale did to the sale's money.

    Attributes:
        ticket_id: see there.
        moved: what it was that paid for other goods in that ticket.
        left: what is still the sale's own afterwards.
    """

    ticket_id: str
    moved: tuple[MoneyWay, ...]
    left: tuple[MoneyWay, ...]


def paid_for(sale: Sale) -> int:
    """Return what all goods of a sale were paid, cash rounding included."""
    shares = (share for line in sale.priced.lines for share in line.shares)
    return sum(share.count * share.paid_minor for share in shares)


def ways_of(ledger: Ledger, sale: Sale) -> tuple[MoneyWay, ...]:
    """Return the ways in which money may still go back for a sale.

    Goods given in exchange were paid as those that came back. What paid for them is
    theirs from that ticket on and nobody else's: in whatever order all of it comes
    back, each tender gets back what it gave, once.
    """
    left = _paid(ledger, sale)
    for step in _steps(ledger, sale, left):
        left = step.left
    return tuple(way for way in left if way.amount_minor)


def _paid(ledger: Ledger, sale: Sale) -> tuple[MoneyWay, ...]:
    """Return how a sale was paid: by its tenders, and by goods that came back."""
    ways = ways_paid(sale, ledger.corrections_of(sale.sale_id))
    for origin_id in _credits(ledger, sale):
        origin = ledger.sale(origin_id)
        assert origin is not None, origin_id
        for step in _steps(ledger, origin, _paid(ledger, origin)):
            if step.ticket_id == sale.sale_id:
                ways += tuple(way for way in step.moved if way.amount_minor)
                break
    return ways


def _steps(ledger: Ledger, sale: Sale, paid: tuple[MoneyWay, ...]) -> Iterator[_Step]:
    """Yield what each ticket with goods of a sale did to its money, oldest first."""
    returns, left = ledger.returns, paid
    tickets = zip(
        returns.tickets_of(sale.sale_id),
        returns.earlier_refunds(sale.sale_id),
        strict=True,
    )
    for ticket_id, refund in tickets:
        ticket = ledger.sale(ticket_id)
        assert ticket is not None, ticket_id
        left = ways_left(left, (refund,))
        moved = _first(left, _credits(ledger, ticket).get(sale.sale_id, 0))
        left = _without(left, moved)
        yield _Step(ticket_id, moved, left)


def _credits(ledger: Ledger, ticket: Sale) -> Mapping[str, int]:
    """Return how much of a ticket's goods the goods of each sale paid; minor units."""
    if not ticket.lines:
        return {}
    tenders = ways_paid(ticket, ledger.corrections_of(ticket.sale_id))
    credit_minor = paid_for(ticket) - sum(way.amount_minor for way in tenders)
    worth: dict[str, int] = {}
    for line in ticket.returns:
        if line.origin is not None:
            before = worth.get(line.origin.sale_id, 0)
            worth[line.origin.sale_id] = before + line.refunded_minor
    if len(worth) == 1:
        return {key: max(0, min(each, credit_minor)) for key, each in worth.items()}
    found = dict.fromkeys(worth, 0)
    held = {key: min(each, _held(ledger, key, ticket)) for key, each in worth.items()}
    for most in (held, worth):  # first the money that its refunds left, then any
        for sale_id, most_minor in most.items():
            part = max(0, min(most_minor - found[sale_id], credit_minor))
            found[sale_id] += part
            credit_minor -= part
    return found


def _held(ledger: Ledger, sale_id: str, ticket: Sale) -> int:
    """Return what the refunds of a ticket left of a sale's own money; minor units."""
    origin = ledger.sale(sale_id)
    assert origin is not None, sale_id
    left, returns = _paid(ledger, origin), ledger.returns
    tickets = returns.tickets_of(sale_id)
    for ticket_id, refund in zip(
        tickets, returns.earlier_refunds(sale_id), strict=True
    ):
        left = ways_left(left, (refund,))
        if ticket_id == ticket.sale_id:
            break
        earlier = ledger.sale(ticket_id)
        assert earlier is not None, ticket_id
        moved = _credits(ledger, earlier).get(sale_id, 0)
        left = _without(left, _first(left, moved))
    return sum(way.amount_minor for way in left)


def _first(ways: tuple[MoneyWay, ...], minor: int) -> tuple[MoneyWay, ...]:
    """Return as much of some ways, from the first on; one for each of them."""
    found = []
    for way in ways:
        part = min(way.amount_minor, minor)
        found.append(replace(way, amount_minor=part))
        minor -= part
    return tuple(found)


def _without(
    ways: tuple[MoneyWay, ...], off: tuple[MoneyWay, ...]
) -> tuple[MoneyWay, ...]:
    """Return what is left of ways once a part of each is taken off."""
    return tuple(
        replace(way, amount_minor=way.amount_minor - part.amount_minor)
        for way, part in zip(ways, off, strict=True)
    )
