"""The cards about selling: a sale, two tenders, parked, unknown, another price."""

from __future__ import annotations

from pos_app.domain.journal import EntryKind
from pos_app.domain.tender import TenderKind
from pos_app.domain.training.card import (
    Card,
    CardKey,
    Mistake,
    Verdict,
    slips_of_the_finger,
    unless,
)
from pos_app.domain.training.evidence import (
    Evidence,
    Given,
    cash_minor,
    lying,
    sold,
    wanted,
)


def check_sale(given: Given, evidence: Evidence) -> Verdict:
    """Two of the first goods, one of the second, paid in cash."""
    right = wanted((given.goods[0], 2), (given.goods[1], 1))
    sale = evidence.sales[0] if evidence.sales else None
    if sale is None:
        is_rung = lying(evidence.basket) == right
        return Verdict((is_rung, False), slips_of_the_finger(evidence))
    is_right = sold(sale) == right
    is_cash = all(x.kind is TenderKind.CASH for x in sale.tenders)
    mistakes = (
        *slips_of_the_finger(evidence),
        *unless(is_right, Mistake.WRONG_GOODS),
        *unless(is_cash, Mistake.WRONG_TENDER),
    )
    return Verdict((is_right, is_right and is_cash), mistakes, is_over=True)


def check_split_tender(given: Given, evidence: Evidence) -> Verdict:
    """A part in cash, exactly so much, and the rest another way."""
    right = wanted((given.goods[0], 1), (given.goods[1], 1))
    sale = evidence.sales[0] if evidence.sales else None
    tenders = evidence.tenders
    has_cash = cash_minor(tenders) == given.cash_minor
    has_other = any(x.key == given.tender_key for x in tenders)
    mistakes = slips_of_the_finger(evidence)
    if sale is None:
        is_rung = lying(evidence.basket) == right
        return Verdict((is_rung, has_cash, False), mistakes)
    is_right = sold(sale) == right
    mistakes += unless(is_right, Mistake.WRONG_GOODS)
    mistakes += unless(has_cash, Mistake.WRONG_AMOUNT)
    mistakes += unless(has_other, Mistake.WRONG_TENDER)
    return Verdict((is_right, has_cash, has_cash and has_other), mistakes, is_over=True)


def check_parked(given: Given, evidence: Evidence) -> Verdict:
    """The first customer waits, the second is served, the first comes back."""
    first, second = wanted((given.goods[0], 1)), wanted((given.goods[1], 1))
    parked = evidence.count(EntryKind.SALE_PARKED) > 0
    resumed = evidence.count(EntryKind.SALE_RESUMED) > 0
    tickets = [sold(sale) for sale in evidence.sales]
    served = parked and second in tickets
    paid = served and resumed and first in tickets
    mistakes = slips_of_the_finger(evidence)
    for ticket in tickets:
        if ticket == wanted((given.goods[0], 1), (given.goods[1], 1)):
            mistakes += (Mistake.MIXED,)
        elif ticket not in {first, second}:
            mistakes += (Mistake.WRONG_GOODS,)
    is_over = paid or len(tickets) > 1 or Mistake.MIXED in mistakes
    return Verdict((parked, served, served and resumed, paid), mistakes, is_over)


def check_unknown_barcode(given: Given, evidence: Evidence) -> Verdict:
    """A barcode that nobody knows: found by name, sold with the rest."""
    right = wanted((given.goods[0], 1), (given.goods[1], 1))
    lies = lying(evidence.basket)
    is_red = given.unknown_code in dict(lies)
    mistakes = slips_of_the_finger(evidence)
    if not evidence.sales:
        named = given.goods[1].sku in dict(lies) and not is_red
        return Verdict((is_red, named, False), mistakes)
    ticket = sold(evidence.sales[0])
    is_right = ticket == right
    if given.goods[1].sku not in dict(ticket):
        mistakes += (Mistake.LEFT_OUT,)
    elif not is_right:
        mistakes += (Mistake.WRONG_GOODS,)
    return Verdict((is_right, is_right, is_right), mistakes, is_over=True)


def check_price_override(given: Given, evidence: Evidence) -> Verdict:
    """The first goods at another price, approved where the role needs it."""
    sale = evidence.sales[0] if evidence.sales else None
    if sale is None:
        lines = evidence.basket.basket.lines if evidence.basket else ()
        is_set = any(
            x.override is not None and x.override.unit_price_minor == given.price_minor
            for x in lines
        )
        return Verdict((bool(lines), is_set, False), _haggled(evidence))
    is_right = sold(sale) == wanted((given.goods[0], 1))
    paid = sum(line.priced.total_minor for line in sale.lines)
    at_price = paid == given.price_minor
    mistakes = (
        *_haggled(evidence),
        *unless(is_right, Mistake.WRONG_GOODS),
        *unless(at_price or not is_right, Mistake.WRONG_PRICE),
    )
    is_done = is_right and at_price
    return Verdict((is_right, is_done, is_done), mistakes, is_over=True)


def _haggled(evidence: Evidence) -> tuple[Mistake, ...]:
    """Every price but the last one was a wrong one."""
    more = evidence.count(EntryKind.PRICE_OVERRIDDEN) - 1
    return (*slips_of_the_finger(evidence), *(Mistake.WRONG_PRICE,) * max(0, more))


SELLING = (
    Card(CardKey.SALE, "basket", ("rung", "paid_cash"), 45, 2, check_sale),
    Card(
        CardKey.SPLIT_TENDER,
        "coins",
        ("rung", "part_cash", "rest_other"),
        60,
        2,
        check_split_tender,
    ),
    Card(
        CardKey.PARKED,
        "pause-circle",
        ("parked", "second_served", "resumed", "first_paid"),
        75,
        2,
        check_parked,
    ),
    Card(
        CardKey.UNKNOWN_BARCODE,
        "barcode",
        ("red_line", "found_by_name", "paid"),
        60,
        2,
        check_unknown_barcode,
    ),
    Card(
        CardKey.PRICE_OVERRIDE,
        "tag",
        ("rung", "price_set", "paid"),
        75,
        1,
        check_price_override,
    ),
)
