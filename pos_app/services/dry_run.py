"""A promotion tried on sales that were, before it goes live.

Every finished sale is priced again as it was sold, under the promotions that held
then, without and with the one that is tried. Nothing is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta

from pos_app.domain.dry_run_result import DryRunResult
from pos_app.domain.promotion.promotion import Promotion
from pos_app.domain.sale import Sale
from pos_app.ports.catalog import Catalog
from pos_app.ports.ledger import Ledger
from pos_app.ports.returns import ReceiptFound
from pos_app.services.desk import Desk
from pos_app.services.dry_run_past import Past
from pos_app.services.dry_run_trial import DryRunRequest, Trial
from pos_app.values.times import BusinessDay

#: "Last week": this day and the six before it.
DAYS = 7
#: More receipts than any till gives out in a day.
_A_DAY = 100_000
#: So many sales are read together, and priced between two words about how far it is.
_STEP = 50


def last_week(desk: Desk, promotion: Promotion, days: int = DAYS) -> DryRunRequest:
    """Ask for the sales of the last days, this one included."""
    today = desk.business_day()
    return DryRunRequest(promotion, today - timedelta(days=days - 1), today, desk.shop)


def dry_run(
    desk: Desk,
    request: DryRunRequest,
    went_on: Callable[[int, int], None],
    is_unwanted: Callable[[], bool],
) -> DryRunResult | None:
    """Try a promotion on this till's own sales; on any thread, it may take a while.

    Args:
        desk: its ledger is read; its catalogue is opened beside the till's own.
        request: see there.
        went_on: told now and then how many sales were priced, and of how many.
        is_unwanted: asked after each sale whether nobody waits any more.

    Returns:
        What came out; None where nobody waits for it.
    """
    with desk.catalog.beside() as catalog:
        trial = Trial(catalog, request, Past(desk))
        ids = sale_ids(desk.ledger, request.first, request.last)
        for done in range(0, len(ids), _STEP):
            for sale in desk.ledger.sales(ids[done : done + _STEP]):
                if is_unwanted():
                    return None
                if sale.lines:
                    trial.add(sale)
            went_on(min(done + _STEP, len(ids)), len(ids))
        return trial.result


def sale_ids(ledger: Ledger, first: BusinessDay, last: BusinessDay) -> list[str]:
    """Return the tickets of some days, the oldest first.

    Those that were mirrored on any of these days never were.
    """
    found = list[ReceiptFound]()
    for ahead in range((last - first).days + 1):
        day = ledger.returns.receipts_of_day(first + timedelta(days=ahead), _A_DAY)
        found.extend(reversed(day))
    gone = {each.reverses for each in found if each.reverses}
    return [x.sale_id for x in found if x.sale_id not in gone and not x.reverses]


def own_sales(ledger: Ledger, first: BusinessDay, last: BusinessDay) -> Iterator[Sale]:
    """Yield the finished sales of some days; those that were mirrored never were."""
    ids = sale_ids(ledger, first, last)
    for done in range(0, len(ids), _STEP):
        yield from (x for x in ledger.sales(ids[done : done + _STEP]) if x.lines)


def tried_on(
    catalog: Catalog, request: DryRunRequest, past: Past, sales: Iterable[Sale]
) -> DryRunResult:
    """Try a promotion on any sales, such as those of a replay.

    Args:
        catalog: of the thread that calls.
        request: see there.
        past: knows who bought.
        sales: which.
    """
    trial = Trial(catalog, request, past)
    for sale in sales:
        trial.add(sale)
    return trial.result
