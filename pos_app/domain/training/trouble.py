"""The cards about trouble: no paper, no network, a clock that stands wrong."""

from __future__ import annotations

from pos_app.domain.journal import EntryKind
from pos_app.domain.sale import Sale
from pos_app.domain.tender import TenderKind
from pos_app.domain.training.card import (
    Card,
    CardKey,
    Mistake,
    Need,
    Verdict,
    slips_of_the_finger,
    unless,
)
from pos_app.domain.training.evidence import Evidence, Given, Good, sold, wanted

#: States of a print job that the practice printer still owes.
_WAITING = frozenset({"queued", "held", "sending"})


def check_paper_out(given: Given, evidence: Evidence) -> Verdict:
    """Selling goes on; with paper in, the waiting slip comes by itself."""
    mistakes = slips_of_the_finger(evidence)
    is_sold, wrong = _sold_one_by_one(evidence.sales, given.goods[:1])
    has_come = (
        is_sold
        and evidence.has_paper
        and not any(state in _WAITING for state in evidence.slips)
    )
    done = (is_sold, is_sold and evidence.has_paper, has_come)
    return Verdict(done, mistakes + wrong, has_come)


def check_network_down(given: Given, evidence: Evidence) -> Verdict:
    """Two customers are served in cash: what needs the network cannot be checked."""
    mistakes = slips_of_the_finger(evidence)
    first, wrong = _sold_one_by_one(evidence.sales[:1], given.goods[:1])
    second, wrong_2 = _sold_one_by_one(evidence.sales[1:2], given.goods[1:2])
    unsafe = sum(
        any(x.kind is not TenderKind.CASH for x in sale.tenders)
        for sale in evidence.sales[:2]
    )
    mistakes += (*wrong, *wrong_2, *(Mistake.WRONG_TENDER,) * unsafe)
    return Verdict((first, second), mistakes, len(evidence.sales) > 1)


def check_clock_wrong(given: Given, evidence: Evidence) -> Verdict:
    """Selling goes on; a manager looks at the clock and confirms it."""
    mistakes = slips_of_the_finger(evidence)
    is_sold, wrong = _sold_one_by_one(evidence.sales, given.goods[:1])
    is_confirmed = evidence.count(EntryKind.CLOCK_CONFIRMED) > 0
    is_over = is_confirmed and bool(evidence.sales)
    return Verdict((is_sold, is_confirmed), mistakes + wrong, is_over)


def _sold_one_by_one(
    sales: tuple[Sale, ...], goods: tuple[Good, ...]
) -> tuple[bool, tuple[Mistake, ...]]:
    """Tell whether one of the goods was sold, and which tickets were wrong."""
    right = wanted(*((good, 1) for good in goods))
    found = [sold(sale) == right for sale in sales]
    return any(found), unless(all(found), Mistake.WRONG_GOODS)


TROUBLE = (
    Card(
        CardKey.PAPER_OUT,
        "printer",
        ("sold_on", "paper_in", "slip_came"),
        60,
        1,
        check_paper_out,
        (Need.NO_PAPER,),
    ),
    Card(
        CardKey.NETWORK_DOWN,
        "cloud-slash",
        ("first_served", "second_served_cash"),
        60,
        2,
        check_network_down,
        (Need.NO_NETWORK,),
    ),
    Card(
        CardKey.CLOCK_WRONG,
        "clock",
        ("sold_on", "clock_confirmed"),
        75,
        1,
        check_clock_wrong,
        (Need.CLOCK_BEHIND,),
    ),
)
