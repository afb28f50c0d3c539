"""What the counter lets through and a moment later is true no more: never stored."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pos_app.bootstrap import Till
from pos_app.domain.tender import TenderKind, TenderLine
from pos_app.services.counter import Counter
from pos_app.values.percentage import Percentage
from tests import builders_points
from tests.builders_points import TENDER, bring, give_points
from tests.builders_returns import (
    SHIRT_M,
    approved,
    paid_back,
    refund,
    return_shop,
    take_back,
)
from tests.counter_shop import TEA, finish, refusal
from tests.value_till import ANNA, BERT, RULE, filled, loyal_till, shown, wallet


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    with loyal_till(return_shop(tmp_path, "1 half_up")) as found:
        yield found


def paid(counter: Counter, account_id: str, minor: int, *, is_proven: bool) -> None:
    """Let a wallet pay as if its service had found nothing to refuse."""
    tender = TenderLine(
        tender_id=counter.desk.ids.new(),
        key="stored_value",
        kind=TenderKind.STORED_VALUE,
        amount_minor=minor,
        is_verified=is_proven,
        account_id=account_id,
    )
    counter.checkout.take_checked(tender)


def refused(counter: Counter) -> str:
    """End the sale in vain; give the money back and say why."""
    key = refusal(lambda: counter.checkout.finish(print_slip=False).result()).key
    counter.checkout.finished()
    assert counter.sale.current is not None
    for tender in counter.sale.current.tenders:
        counter.checkout.give_back(tender.tender_id)
    return key


def test_a_ticket_holds_value_to_its_owner_its_proof_and_the_rule_once_more(
    till: Till,
) -> None:
    counter = till.counter
    filled(counter, 500_00)
    filled(counter, 500_00, member_id=BERT)
    mine, theirs = wallet(counter).account_id, wallet(counter, BERT).account_id
    shown(counter)
    counter.sale.scan(SHIRT_M)
    paid(counter, theirs, 199_00, is_proven=True)
    assert refused(counter) == "stored_value_is_another"
    counter.checkout.take("cash", 148_99)
    paid(counter, mine, 50_01, is_proven=False)
    assert refused(counter) == "stored_value_not_proven"
    half = replace(RULE.tender, most_share=Percentage.parse("50"))
    bring(till, replace(TENDER, value=replace(RULE, tender=half)))
    counter.checkout.take("cash", 99_49)
    paid(counter, mine, 99_51, is_proven=True)
    assert refused(counter) == "stored_value_above_share"
    counter.checkout.take("cash", 99_50)
    paid(counter, mine, 99_50, is_proven=True)
    finish(counter)
    assert wallet(counter).usable_minor == 550_00 - 99_50
    assert wallet(counter, BERT).usable_minor == 550_00


def test_a_refund_undoes_what_its_own_sale_took_and_no_other(till: Till) -> None:
    counter = till.counter
    filled(counter, 500_00)
    account_id = wallet(counter).account_id
    sales = []
    for _ in range(2):
        shown(counter)
        counter.sale.scan(TEA)
        counter.stored_value.pay(account_id)
        sales.append(finish(counter))
    take_back(counter, sales[0])
    refund(counter, "stored_value")
    account = till.ledger.stored_value.account(account_id)
    left = {x.move.key.partition("/")[0]: x.left_minor for x in account.redeemed}
    assert (left[sales[0].sale_id], left[sales[1].sale_id]) == (0, 12_80)


def test_value_that_a_basket_holds_is_not_paid_out_to_the_cent(till: Till) -> None:
    counter = till.counter
    topped = filled(counter, 90_00)  # without a bonus
    account_id = wallet(counter).account_id
    shown(counter)
    counter.sale.scan(TEA)
    counter.stored_value.pay(account_id)
    service = counter.stored_value

    def pay_out(minor: int) -> None:
        service.refund_top_up(
            account_id, topped.lot_id, minor, print_slip=False
        ).result()

    assert refusal(pay_out, 90_00 - 12_80 + 1).key == "stored_value_held"
    pay_out(90_00 - 12_80)
    finish(counter)
    assert wallet(counter).usable_minor == 0


def test_points_that_come_back_to_an_erased_member_are_nobody_s(till: Till) -> None:
    counter = till.counter
    bring(till, TENDER)
    give_points(till, 20_000, ANNA)
    shown(counter)
    counter.sale.scan(SHIRT_M)
    counter.points.give(19_900)
    sale = finish(counter)
    shown(counter)
    counter.sale.scan(TEA)
    counter.checkout.take("cash", None)
    earned = finish(counter)
    approved(counter, counter.member_admin.erasure.erase, ANNA).result()
    for back, key in ((earned, "cash"), (sale, "points")):
        take_back(counter, back)
        approved(counter, counter.refund.give, key)
        finish(counter)
    assert builders_points.balance(till, ANNA).total == 0


def test_points_that_paid_come_back_with_each_of_two_returns(till: Till) -> None:
    counter = till.counter
    bring(till, TENDER)
    give_points(till, 30_000, ANNA)
    shown(counter)
    for code in (SHIRT_M, TEA):
        counter.sale.scan(code)
    counter.points.give(21_100)
    counter.checkout.take("cash", None)
    sale = finish(counter)
    for position in (2, 1):
        take_back(counter, sale, position)
        paid_back(counter)
    assert builders_points.balance(till, ANNA).total == 30_000
