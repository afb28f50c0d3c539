"""The cards about what comes after: wrong tender, returns, exchange, shift close."""

from __future__ import annotations

from pos_app.domain.journal import EntryKind
from pos_app.domain.training.card import (
    Card,
    CardKey,
    Mistake,
    Need,
    Verdict,
    slips_of_the_finger,
    unless,
)
from pos_app.domain.training.evidence import (
    Evidence,
    Given,
    came_back,
    coming_back,
    lying,
    sold,
    wanted,
)


def check_wrong_tender(given: Given, evidence: Evidence) -> Verdict:
    """The finished sale is not touched: its tender is put right by a document."""
    mistakes = slips_of_the_finger(evidence)
    mistakes += (Mistake.REVERSED,) * sum(bool(x.reverses) for x in evidence.sales)
    found = [
        fact.body
        for fact in evidence.of(EntryKind.TENDER_CORRECTED)
        if fact.body.get("sale_id") == given.sale_id
    ]
    is_right = any(body.get("to_key") == given.tender_key for body in found)
    wrong = sum(body.get("to_key") != given.tender_key for body in found)
    mistakes += (Mistake.WRONG_TENDER,) * wrong
    return Verdict((is_right,), mistakes, bool(found) or Mistake.REVERSED in mistakes)


def check_return_no_receipt(given: Given, evidence: Evidence) -> Verdict:
    """One of the goods comes back without a receipt; money is given back."""
    right = wanted((given.goods[0], 1))
    mistakes = slips_of_the_finger(evidence)
    sale = next((x for x in evidence.sales if x.returns), None)
    if sale is None:
        mistakes += (Mistake.WRONG_GOODS,) * len(evidence.sales)
        lies = evidence.basket.basket.returns if evidence.basket else ()
        is_there = coming_back(evidence.basket) == right
        has_reason = is_there and all(line.reason for line in lies)
        return Verdict((is_there, has_reason, False), mistakes)
    is_right = came_back(sale) == right and all(x.origin is None for x in sale.returns)
    mistakes += unless(is_right and not sale.lines, Mistake.WRONG_GOODS)
    return Verdict(
        (is_right, is_right, is_right and not sale.lines), mistakes, is_over=True
    )


def check_exchange(given: Given, evidence: Evidence) -> Verdict:
    """Goods of a receipt come back and others go out, on one ticket."""
    back, out = wanted((given.goods[0], 1)), wanted((given.goods[1], 1))
    mistakes = slips_of_the_finger(evidence)
    sale = next((x for x in evidence.sales if x.returns), None)
    if sale is None:
        mistakes += (Mistake.TWO_TICKETS,) * len(evidence.sales)
        is_back = coming_back(evidence.basket) == back
        is_out = is_back and lying(evidence.basket) == out
        return Verdict((is_back, is_out, False), mistakes)
    named = {x.origin.sale_id for x in sale.returns if x.origin is not None}
    is_back = came_back(sale) == back and named == {given.sale_id}
    is_out = sold(sale) == out
    if not sale.lines:
        mistakes += (Mistake.TWO_TICKETS,)
    else:
        mistakes += unless(is_back and is_out, Mistake.WRONG_GOODS)
    return Verdict(
        (is_back, is_back and is_out, is_back and is_out), mistakes, is_over=True
    )


def check_shift_close(given: Given, evidence: Evidence) -> Verdict:
    """What lies in the drawer is counted blind, and the shift is closed."""
    mistakes = slips_of_the_finger(evidence)
    counts = evidence.of(EntryKind.SHIFT_COUNTED)
    right = [_counted_minor(x.body) == given.counted_minor for x in counts]
    mistakes += (Mistake.WRONG_COUNT,) * right.count(False)
    is_closed = evidence.count(EntryKind.SHIFT_CLOSED) > 0
    is_counted = bool(right) and right[-1]
    return Verdict((is_counted, is_counted and is_closed), mistakes, is_closed)


def _counted_minor(body: object) -> int:
    """Return what a count of the journal adds up to."""
    assert hasattr(body, "get")
    pieces = body.get("count", {}).get("pieces", ())
    return sum(int(value) * int(count) for value, count in pieces)


AFTER_SALE = (
    Card(
        CardKey.WRONG_TENDER,
        "swap",
        ("tender_corrected",),
        45,
        1,
        check_wrong_tender,
        (Need.FINISHED_SALE,),
    ),
    Card(
        CardKey.RETURN_NO_RECEIPT,
        "arrow-u-up-left",
        ("goods_back", "reason_given", "refunded"),
        90,
        1,
        check_return_no_receipt,
    ),
    Card(
        CardKey.EXCHANGE,
        "arrows-clockwise",
        ("goods_back", "goods_out", "settled"),
        90,
        2,
        check_exchange,
        (Need.FINISHED_SALE,),
    ),
)
SHIFT = Card(
    CardKey.SHIFT_CLOSE,
    "clipboard-text",
    ("counted", "closed"),
    120,
    0,
    check_shift_close,
    (Need.COUNTED_DRAWER,),
)
