"""Takes the costs of goods received over into the catalogue; see services.stock_cost."""

from __future__ import annotations

from collections.abc import Callable

from pos_app.bootstrap import Till
from pos_app.ports.catalog_changes import CatalogChange
from pos_app.services.stock_cost import cost_change


def take_waiting_costs(
    till: Till, store: Callable[[CatalogChange], Callable[[], bool]]
) -> int:
    """Take over what waits; never on the screen's thread.

    Args:
        till: the open till.
        store: makes what stores a change, journalled (`TillUpkeep.catalog_change`).

    Returns:
        How many documents had their costs taken over.
    """
    desk = till.counter.desk
    taken = 0
    for document_id in desk.ledger.stock.costs_waiting():
        document = desk.ledger.stock.document(document_id)
        assert document is not None, document_id
        store(cost_change(desk, document))()
        _forget(till, document_id)
        taken += 1
    return taken


def _forget(till: Till, document_id: str) -> None:
    desk = till.counter.desk
    desk.record(lambda unit: unit.stock.costs_taken(document_id)).result()
