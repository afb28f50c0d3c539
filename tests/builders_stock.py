"""Stock documents as a shop books them."""

from __future__ import annotations

from decimal import Decimal

from pos_app.bootstrap import Till
from pos_app.domain.stock_document import StockDocument, StockKind
from pos_app.services.counter import Counter


def book(
    counter: Counter, kind: StockKind, *, print_slip: bool = False
) -> StockDocument:
    """Book the draft of a kind; durable when it returns."""
    document = counter.stock.book(kind, print_slip=print_slip).result()
    counter.stock_drafts.ended(kind)
    return document


def receive(
    counter: Counter, *codes: str, cost_minor: int | None = None
) -> StockDocument:
    """Receive one of each code."""
    for code in codes:
        line = counter.stock_drafts.scan(StockKind.RECEIVED, code)
        if cost_minor is not None:
            counter.stock_drafts.set_cost(StockKind.RECEIVED, line.line_id, cost_minor)
    return book(counter, StockKind.RECEIVED)


def waste(counter: Counter, code: str, quantity: str = "1") -> StockDocument:
    """Write some of a code off."""
    kind = StockKind.WASTED
    line = counter.stock_drafts.scan(kind, code)
    counter.stock_drafts.set_quantity(kind, line.line_id, Decimal(quantity))
    counter.stock_drafts.set_reason(kind, "expired")
    return book(counter, kind)


def adjust(counter: Counter, code: str, quantity: str) -> StockDocument:
    """Put the stock of a code right, up or down."""
    kind = StockKind.ADJUSTED
    line = counter.stock_drafts.scan(kind, code)
    counter.stock_drafts.set_quantity(kind, line.line_id, Decimal(quantity))
    counter.stock_drafts.set_reason(kind, "miscounted")
    return book(counter, kind)


def on_hand(till: Till, code: str) -> Decimal:
    """Return how many base units of what a code names are on the shelf."""
    till.ledger.flush()
    found = till.counter.sale.look_up(code)
    assert found is not None
    return Decimal(till.ledger.stock_thousandths(found.unit.item_id)) / 1000
