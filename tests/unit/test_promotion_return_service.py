"""Goods of promotions come back at a real counter: panel, money, slip, proof."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from pos_app.bootstrap import Till
from pos_app.documents.text import text_lines
from pos_app.domain.promotion.promotion import Promotion, ReturnBasis
from pos_app.domain.sale import Sale
from pos_app.errors import UserError
from tests.builders_promotions import (
    FREE,
    cut,
    everything,
    nth,
    percent,
    promotion,
    spend,
    unit_deal,
)
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
    sign_on,
)
from tests.promotion_in_shop import hold

BOGO = promotion(
    nth(everything(), 2, FREE), "买一送一", return_basis=ReturnBasis.RECOMPUTE
)
SPEND = promotion(spend((2000, cut(300))), "满20减3")


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    with opened(return_shop(tmp_path, "1 half_up"), number=MANAGER) as found:
        yield found
        prove(found)


def sold(till: Till, *promotions: Promotion, tea: int = 2, cola: int = 0) -> Sale:
    """Sell tea, and cola if so wished, under promotions."""
    hold(till, *promotions)
    till.counter.sale.scan(TEA, Decimal(tea))
    if cola:
        till.counter.sale.scan(COLA, Decimal(cola))
    return pay_cash(till.counter)


def back(till: Till, sale: Sale, position: int = 1, count: int = 1) -> int:
    """Take goods back and end the ticket; return what the customer gets."""
    approved(till.counter, take_back, till.counter, sale, position, Decimal(count))
    if till.counter.refund.payment is None or not (
        till.counter.refund.payment.total_minor
    ):
        return sum(x.amount_minor for x in finish(till.counter).refunds)
    return sum(
        x.amount_minor for x in approved(till.counter, refund, till.counter).refunds
    )


def test_the_paid_one_comes_back_for_nothing_while_the_free_one_stays(
    till: Till,
) -> None:
    sale = sold(till, BOGO)
    each = sale.priced.total_minor // 2
    found = approved(till.counter, take_back, till.counter, sale)
    here = found.lines[0].here
    assert here is not None
    assert (here.paid_minor, here.kept_back_minor) == (0, each)
    ticket = finish(till.counter)
    assert ticket.refunds == ()
    assert till.ledger.sale(ticket.sale_id) == ticket
    assert query(
        till, "SELECT sum(kept_net_minor + kept_tax_minor) FROM sale_return"
    ) == [(each,)]
    assert back(till, sale) == 2 * each


def test_both_in_one_ticket_keep_nothing_back_in_whatever_order_they_are_chosen(
    till: Till,
) -> None:
    hold(till, BOGO)
    for _ in range(2):  # two lines: the note keeps them apart
        till.counter.sale.scan(TEA)
        line = till.counter.sale.basket.lines[-1]
        till.counter.sale.set_note(line.line_id, "x")
    sale = pay_cash(till.counter)
    approved(till.counter, take_back, till.counter, sale, 1)
    assert till.counter.sale.basket.returns[0].kept_back_minor > 0
    found = take_back(till.counter, sale, 2)
    assert not any(x.kept_back for x in till.counter.sale.basket.returns)
    line = found.lines[0].here
    assert line is not None
    till.counter.returns.remove(line.line_id)
    (left,) = till.counter.sale.basket.returns
    assert left.kept_back_minor > 0
    till.counter.returns.set_all(sale.sale_id)
    for each in till.counter.sale.basket.returns:
        till.counter.returns.set_reason(each.line_id, REASON)
    ticket = approved(till.counter, refund, till.counter)
    assert sum(x.amount_minor for x in ticket.refunds) == sale.priced.total_minor


def test_the_promotion_of_the_sale_decides_not_the_one_that_holds_now(
    till: Till,
) -> None:
    sale = sold(till, BOGO, tea=4)
    newer = promotion(
        unit_deal(everything(), percent("10")),
        "买一送一",
        version=2,
        return_basis=ReturnBasis.RECOMPUTE,
    )
    hold(till, newer)
    half = sale.priced.total_minor // 2
    assert [back(till, sale) for _ in range(4)] == [0, half, 0, half]


def test_goods_of_the_sale_that_came_back_meanwhile_are_looked_at_before_paying(
    till: Till,
) -> None:
    """Two parked tickets: each was worked out as if the other did not come."""
    counter = till.counter
    sale = sold(till, BOGO, tea=1, cola=1)
    approved(counter, take_back, counter, sale, 1)
    first = counter.park.park("").result()
    counter.park.settled()
    assert back(till, sale, 2) == 0
    counter.park.resume(first.sale.basket.basket_id).result()
    counter.park.settled()
    ticket = approved(counter, refund, counter)
    assert sum(x.amount_minor for x in ticket.refunds) == sale.priced.total_minor
    assert query(till, "SELECT sum(amount_minor) FROM money_move") == [(0,)]


def test_a_ticket_that_was_worked_out_before_other_goods_came_back_is_refused(
    till: Till,
) -> None:
    sale = sold(till, BOGO, tea=2, cola=1)
    back(till, sale)
    (line,) = till.ledger.last_sale().returns
    assert line.settled_at_thousandths == 0
    back(till, sale, 2)
    second = replace(line, origin=replace(line.origin, taken_before_thousandths=1000))
    ticket = replace(sale, returns=(second,))
    with pytest.raises(UserError, match="returned_meanwhile"):
        _refuse(till, ticket)
    _refuse(
        till, replace(sale, returns=(replace(second, settled_at_thousandths=2000),))
    )


def _refuse(till: Till, ticket: Sale) -> None:
    till.ledger.submit(lambda unit: unit.returns.refuse_taken(ticket)).result()


def test_a_mirrored_sale_gives_its_uses_back(till: Till) -> None:
    counter = till.counter
    sale = sold(till, SPEND)
    uses = "SELECT sum(times), sum(saving_minor) FROM promotion_use"
    assert query(till, uses) == [(1, 300)]
    counter.reversal.reverse(sale.sale_id, "rung_up_wrongly").result()
    assert query(till, uses) == [(0, 0)]


def test_a_return_gives_no_use_back_since_the_sale_stands(till: Till) -> None:
    sale = sold(till, SPEND)
    back(till, sale)
    assert query(till, "SELECT sum(times) FROM promotion_use") == [(1,)]


def test_an_order_deal_goes_back_by_each_units_share(till: Till) -> None:
    sale = sold(till, SPEND)
    paid = sale.priced.total_minor
    assert back(till, sale) + back(till, sale) == paid


def test_exchanged_goods_keep_what_they_cost_and_new_ones_take_part_in_offers(
    till: Till,
) -> None:
    counter = till.counter
    half = promotion(unit_deal(everything(), percent("50")), "半价")
    hold(till, half)
    counter.sale.scan(SHIRT_M)
    sale = pay_cash(counter)
    assert sale.priced.total_minor == 9950
    approved(counter, take_back, counter, sale)
    counter.sale.scan(SHIRT_L)
    counter.sale.scan(TEA)
    shirt, tea = counter.sale.priced.lines
    assert shirt.total_minor == 9950  # as paid, and no deal on top of it
    assert [x.kind for x in shirt.steps] == ["exchange_price"]
    assert tea.total_minor * 2 == tea.list_minor
    pay_cash(counter)


def test_exchanging_the_paid_one_for_other_goods_does_not_keep_the_free_one(
    till: Till,
) -> None:
    counter = till.counter
    hold(till, BOGO)
    counter.sale.scan(SHIRT_M, Decimal(2))
    sale = pay_cash(counter)
    approved(counter, take_back, counter, sale)
    counter.sale.scan(COLA)
    assert counter.checkout.payment is not None
    assert counter.checkout.payment.total_minor == counter.sale.priced.total_minor
    pay_cash(counter)


def test_another_size_of_a_pair_costs_nothing_and_can_come_back_for_nothing(
    till: Till,
) -> None:
    counter = till.counter
    hold(till, BOGO)
    counter.sale.scan(SHIRT_M, Decimal(2))
    sale = pay_cash(counter)
    approved(counter, take_back, counter, sale)
    counter.sale.scan(SHIRT_L)
    assert counter.sale.priced.total_minor == 0
    ticket = finish(counter)
    assert back(till, ticket) == 0
    assert back(till, sale) == sale.priced.total_minor


def test_the_slip_says_what_is_kept_back_and_why(till: Till) -> None:
    counter = till.counter
    sale = sold(till, BOGO)
    approved(counter, take_back, counter, sale)
    ticket = finish(counter)
    form = counter.slip.form()
    words = "\n".join(text_lines(counter.slip.job(ticket, form).layout, 48))
    assert "买一送一" in words
    assert f"{sale.priced.total_minor // 200}." in words


def test_the_panel_says_it_before_anything_is_paid_out(till: Till) -> None:
    from ui.presenters.return_rows import kept_words_of

    sale = sold(till, BOGO)
    found = approved(till.counter, take_back, till.counter, sale)
    title, why = kept_words_of(found, "CNY")
    assert title.startswith("买一送一")
    assert why


def test_reports_and_shift_add_up_with_what_was_kept_back(till: Till) -> None:
    sale = sold(till, BOGO, SPEND, tea=3, cola=2)
    sign_on(till.counter, MANAGER)
    total = back(till, sale, 1) + back(till, sale, 2) + back(till, sale, 1, 2)
    assert total + back(till, sale, 2) == sale.priced.total_minor
