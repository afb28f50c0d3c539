"""Returns beside the rest of the counter: slips, added tax, discounts, secrets."""

from decimal import Decimal
from pathlib import Path

import pytest

from pos_app.documents.text import text_lines
from pos_app.domain.permission import Permission
from tests.builders_returns import (
    REASON,
    SHIRT_L,
    SHIRT_M,
    approved,
    refund,
    return_shop,
    take_back,
)
from tests.counter_shop import (
    COLA,
    MANAGER,
    TEA,
    finish,
    opened,
    pay_cash,
    prove,
    query,
    refusal,
    sell,
    sign_on,
)


def test_a_slip_of_a_return_is_printed_and_printed_again(tmp_path: Path) -> None:
    with opened(return_shop(tmp_path), number=MANAGER) as till:
        counter = till.counter
        sale = sell(counter)
        take_back(counter, sale)
        counter.refund.give("cash")
        ticket = finish(counter, print_slip=True)
        copy = counter.slip.reprint().result()
        assert (copy.document_id, copy.copy_number) == (ticket.sale_id, 1)
        said = "\n".join(text_lines(copy.layout, 48))
        assert sale.number in said
        assert "12.80" in said


def test_returned_goods_carry_the_tax_that_was_added(tmp_path: Path) -> None:
    folder = return_shop(tmp_path, tax_added=True)
    with opened(folder, number=MANAGER) as till:
        counter = till.counter
        counter.sale.scan(TEA, Decimal(3))
        counter.sale.scan("S4")
        counter.sale.round_off(39)
        counter.checkout.take("card", None, "4821")
        sale = finish(counter)
        given = 0
        for position, quantity in ((1, 2), (2, 1), (1, 1)):
            take_back(counter, sale, position, Decimal(quantity))
            given += refund(counter, "card").refunds[0].amount_minor
        assert given == sale.priced.total_minor
        tax = query(till, "SELECT sum(tax_minor) FROM sale_return_tax")[0][0]
        assert tax == sale.priced.tax_minor
        prove(till)


def test_an_exchange_is_even_where_tax_is_added_too(tmp_path: Path) -> None:
    folder = return_shop(tmp_path, tax_added=True)
    with opened(folder, number=MANAGER) as till:
        counter = till.counter
        counter.sale.scan(SHIRT_M)
        counter.checkout.take("card", None, "4821")
        sale = finish(counter)
        take_back(counter, sale)
        counter.sale.scan(SHIRT_L)
        assert finish(counter).due_minor == 0
        prove(till)


def test_what_a_person_let_go_is_not_given_back(tmp_path: Path) -> None:
    with opened(return_shop(tmp_path), number=MANAGER) as till:
        counter = till.counter
        for code in (TEA, COLA):
            counter.sale.scan(code)
        counter.sale.round_off(130)
        sale = pay_cash(counter)
        counter.returns.set_all(sale.sale_id)
        for line in counter.sale.basket.returns:
            counter.returns.set_reason(line.line_id, REASON)
        assert refund(counter).refunds[0].amount_minor == 1500
        prove(till)


@pytest.mark.parametrize("reference", ["4111 1111 1111 1111", "6225760000000000"])
def test_a_refund_keeps_no_card_number(tmp_path: Path, reference: str) -> None:
    with opened(return_shop(tmp_path), number=MANAGER) as till:
        counter = till.counter
        take_back(counter, sell(counter))
        error = refusal(counter.refund.give, "card", None, reference)
        assert error.key == "reference_is_card_number"
        assert refusal(counter.refund.give, "card").key == "reference_missing"
        assert counter.refund.refusal("cash", 5).key == "cash_step"
        assert counter.refund.refusal("cash", 99_990).key == "over_refund"
        assert counter.refund.refusal("cash", 0).key == "tender_amount_absurd"
        assert counter.refund.refusal("gold").key == "tender_unknown"


def test_another_cashier_does_not_inherit_what_one_was_allowed(tmp_path: Path) -> None:
    with opened(return_shop(tmp_path)) as till:
        counter = till.counter
        sale = sell(counter)
        later = till.options.clock.now().plus_seconds(9 * 86_400)
        till.options.clock.set(later)
        approved(counter, counter.returns.begin, sale.sale_id)
        sign_on(counter, "1009")  # a trainee
        give = counter.returns.set_quantity
        error = refusal(give, sale.sale_id, 1, Decimal(1))
        assert error.demand.action is Permission.RETURN
        assert counter.sale.current is None


def test_an_approval_for_one_receipt_is_not_one_for_another(tmp_path: Path) -> None:
    with opened(return_shop(tmp_path)) as till:
        counter = till.counter
        first, second = sell(counter), sell(counter, COLA)
        later = till.options.clock.now().plus_seconds(9 * 86_400)
        till.options.clock.set(later)
        approved(counter, take_back, counter, first)
        give = counter.returns.set_quantity
        error = refusal(give, second.sale_id, 1, Decimal(1))
        assert error.demand.subject == second.sale_id
        assert len(counter.sale.basket.returns) == 1
