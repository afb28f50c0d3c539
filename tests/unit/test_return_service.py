"""Goods come back: what of them, for how much, and which way the money goes."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from pos_app.bootstrap import Till
from pos_app.domain.permission import Demand, Permission
from pos_app.errors import UserError
from pos_app.services.session import ApprovalNeeded
from tests.builders_returns import (
    REASON,
    SHIRT_L,
    SHIRT_M,
    YOGHURT,
    approved,
    refund,
    return_shop,
    take_back,
    without_receipt,
)
from tests.counter_shop import (
    APPLES,
    BADGES,
    CASHIER,
    COLA,
    MANAGER,
    SALT,
    SUPERVISOR,
    TEA,
    TRAINEE,
    finish,
    opened,
    pay_cash,
    prove,
    query,
    refusal,
    sell,
    sign_on,
    unit_of,
)

DAY_S = 24 * 60 * 60


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    with opened(return_shop(tmp_path)) as found:
        yield found
        prove(found)


def pay_card(counter, amount: int | None = None, reference: str = "4821"):
    counter.checkout.take("card", amount, reference)


def test_one_of_two_comes_back_for_what_it_was_paid(till: Till) -> None:
    counter = till.counter
    counter.sale.scan(TEA, Decimal(2))
    pay_card(counter)
    sale = finish(counter)
    found = take_back(counter, sale)
    assert (found.lines[0].taken, found.lines[0].left) == (0, 2)
    assert counter.refund.payment.total_minor == 1280
    assert [(w.key, w.amount_minor, w.reference) for w in counter.refund.ways()] == [
        ("card", 1280, "4821")
    ]
    ticket = refund(counter, "card")
    assert [(r.key, r.amount_minor, r.reference) for r in ticket.refunds] == [
        ("card", 1280, "4821")
    ]
    assert not ticket.refunds[0].is_verified
    assert ticket.number == "02-A-000002"
    assert counter.returns.look(sale.sale_id).lines[0].left == 1
    assert till.ledger.sale(ticket.sale_id) == ticket
    assert query(till, "SELECT sum(amount_minor) FROM money_move")[0][0] == 1280


def test_goods_go_back_to_the_shelf_unless_they_are_damaged(till: Till) -> None:
    counter = till.counter
    sale = sell(counter, TEA, COLA)
    item = sale.lines[0].item_id
    assert till.ledger.stock_thousandths(item) == -1000
    take_back(counter, sale, 1)
    here = take_back(counter, sale, 2).lines[1].here
    counter.returns.set_sellable(here.line_id, is_sellable=False)
    refund(counter)
    assert till.ledger.stock_thousandths(item) == 0
    assert till.ledger.stock_thousandths(sale.lines[1].item_id) == -1000


def test_no_more_comes_back_than_was_sold(till: Till) -> None:
    counter = till.counter
    counter.sale.scan(TEA, Decimal(3))
    sale = pay_cash(counter)
    give = counter.returns.set_quantity
    assert refusal(give, sale.sale_id, 1, Decimal(4)).params["left"] == "3"
    take_back(counter, sale, quantity=Decimal(2))
    refund(counter)
    assert refusal(give, sale.sale_id, 1, Decimal(2)).params["left"] == "1"
    take_back(counter, sale)
    refund(counter)
    assert refusal(give, sale.sale_id, 1, Decimal(1)).key == "all_returned"
    everything = refusal(counter.returns.set_all, sale.sale_id)
    assert everything.key == "nothing_left_to_return"


def test_a_part_of_a_piece_does_not_come_back(till: Till) -> None:
    sale = sell(till.counter)
    give = till.counter.returns.set_quantity
    assert refusal(give, sale.sale_id, 1, Decimal("0.5")).key == "quantity_not_whole"
    assert refusal(give, sale.sale_id, 1, Decimal(-1)).key == "quantity_absurd"
    assert refusal(give, sale.sale_id, 2, Decimal(1)).key == "line_unknown"


def test_weighed_goods_come_back_in_parts_that_sum_to_what_was_paid(till: Till) -> None:
    counter = till.counter
    counter.sale.add_unit(unit_of(counter, "5"), Decimal("1.337"))
    sale = pay_cash(counter)
    paid = sale.priced.total_minor + sale.rounding_minor
    back = 0
    for part in ("0.337", "0.5", "0.5"):
        take_back(counter, sale, quantity=Decimal(part))
        ticket = refund(counter)
        back += sum(x.amount_minor for x in ticket.refunds)
    assert back <= paid
    assert counter.returns.look(sale.sale_id).lines[0].left == 0


def test_a_receipt_is_found_as_people_describe_it(till: Till) -> None:
    counter = till.counter
    counter.sale.scan(TEA)
    pay_card(counter)
    sale = finish(counter)
    find = counter.returns.receipts
    for said in (sale.number, sale.number.lower(), "1", "000001", " 4821 "):
        assert [x.sale_id for x in find.by_code(said)] == [sale.sale_id], said
    assert find.by_code(f"urn:uuid:{sale.sale_id}")[0].number == sale.number
    assert [x.number for x in find.on_day(sale.business_day)] == [sale.number]
    assert find.with_item(sale.lines[0].item_id)[0].total_minor == 1280
    assert find.by_reference("") == ()


@pytest.mark.parametrize("said", ["03-A-000001", "77", "XX-1", "urn:uuid:00", ""])
def test_a_receipt_of_another_shop_is_not_known_here(till: Till, said: str) -> None:
    error = refusal(till.counter.returns.receipts.by_code, said)
    assert (error.key, error.params["till"]) == ("receipt_unknown", "02")


@pytest.mark.parametrize(
    "code", ["4111 1111 1111 1111", "134567890123456789", BADGES[CASHIER]]
)
def test_a_card_a_payment_code_or_a_badge_is_no_receipt_and_not_repeated(
    till: Till, code: str
) -> None:
    error = refusal(till.counter.returns.receipts.by_code, code)
    assert error.key == "receipt_unknown"
    assert error.params["number"] == "…" + code[-4:]


def test_goods_that_never_come_back_are_refused(till: Till) -> None:
    counter = till.counter
    sale = sell(counter, YOGHURT, TEA)
    found = counter.returns.begin(sale.sale_id)
    assert [row.is_returnable for row in found.lines] == [False, True]
    give = counter.returns.set_quantity
    assert refusal(give, sale.sale_id, 1, Decimal(1)).key == "not_returnable"
    found = counter.returns.set_all(sale.sale_id)
    assert [bool(row.here) for row in found.lines] == [False, True]
    unit = unit_of(counter, YOGHURT)
    back = counter.returns.add_without_receipt
    assert refusal(back, unit, Decimal(1), REASON).key == "not_returnable"


def test_a_late_return_asks_a_supervisor_once(till: Till) -> None:
    counter = till.counter
    sale = sell(counter)
    till.options.clock.set(till.options.clock.now().plus_seconds(8 * DAY_S))
    assert counter.returns.look(sale.sale_id).is_late
    error = refusal(counter.returns.begin, sale.sale_id)
    assert error.demand == Demand(Permission.RETURN_LATE, sale.sale_id)
    assert counter.sale.current is None
    approved(counter, counter.returns.begin, sale.sale_id)
    take_back(counter, sale)
    refund(counter)
    sign_on(counter, TRAINEE)
    assert refusal(counter.returns.begin, sale.sale_id).demand.action == "return"


def test_a_large_refund_asks_a_supervisor_before_any_money_moves(till: Till) -> None:
    counter = till.counter
    sale = sell(counter, SHIRT_M)
    take_back(counter, sale)
    error = refusal(counter.refund.give, "cash")
    assert isinstance(error, ApprovalNeeded)
    assert error.demand.amount_minor == 19_900
    assert not counter.sale.current.refunds
    approved(counter, counter.refund.give, "cash")
    finish(counter)


def test_money_goes_back_the_way_it_came(till: Till) -> None:
    counter = till.counter
    counter.sale.scan(TEA, Decimal(2))
    pay_card(counter, 1000)
    sale = pay_cash(counter, 2000)
    assert sale.change_minor == 440
    counter.returns.set_all(sale.sale_id)
    take_back(counter, sale, quantity=Decimal(2))
    ways = [(w.key, w.amount_minor) for w in counter.refund.ways()]
    assert ways == [("card", 1000), ("cash", 1560)]
    error = refusal(counter.refund.give, "cash", 2560)
    assert error.demand.action is Permission.REFUND_OTHER_TENDER
    assert error.demand.amount_minor == 1000
    counter.refund.give("card")
    counter.refund.give("cash")
    ticket = finish(counter)
    assert [(r.key, r.amount_minor) for r in ticket.refunds] == ways


def test_what_went_back_before_is_taken_off_its_tender(till: Till) -> None:
    counter = till.counter
    counter.sale.scan(TEA, Decimal(2))
    pay_card(counter, 1000)
    sale = pay_cash(counter)
    take_back(counter, sale)
    assert [w.amount_minor for w in counter.refund.ways()] == [1000, 280]
    counter.refund.give("card")
    counter.refund.give("cash")
    finish(counter)
    take_back(counter, sale)
    assert [(w.key, w.amount_minor) for w in counter.refund.ways()] == [("cash", 1280)]
    refund(counter)


def test_a_corrected_tender_is_the_way_back(till: Till) -> None:
    counter = till.counter
    sale = sell(counter)
    sign_on(counter, SUPERVISOR)
    wrong = sale.tenders[0].tender_id
    counter.tender_correction.correct(sale.sale_id, wrong, "card", "9999").result()
    take_back(counter, sale)
    assert [(w.key, w.reference) for w in counter.refund.ways()] == [("card", "9999")]
    error = refusal(counter.refund.give, "cash")
    assert error.demand.action is Permission.REFUND_OTHER_TENDER
    refund(counter, "card")


def test_a_tender_that_cannot_be_refunded_goes_back_another_way(till: Till) -> None:
    counter = till.counter
    counter.sale.scan(TEA)
    counter.checkout.take("voucher", None, "V-1")
    sale = finish(counter)
    take_back(counter, sale)
    assert [w.is_open for w in counter.refund.ways()] == [False]
    assert refusal(counter.refund.give, "voucher").key == "tender_not_refundable"
    assert refusal(counter.refund.give, "cash").demand.action == "refund_other_tender"
    approved(counter, counter.refund.give, "cash")
    finish(counter)


def test_no_money_goes_back_without_a_reason(till: Till) -> None:
    counter = till.counter
    sale = sell(counter)
    found = counter.returns.set_quantity(sale.sale_id, 1, Decimal(1))
    assert refusal(counter.refund.give, "cash").key == "return_reason_missing"
    line = found.lines[0].here.line_id
    assert refusal(counter.returns.set_reason, line, "x").key == "reason_unknown"
    counter.returns.set_reason(line, REASON)
    assert refusal(counter.checkout.finish, print_slip=False).key == "not_refunded"
    assert refusal(counter.checkout.take, "cash", 100).key == "nothing_due"
    counter.refund.give("cash")
    stopped = refusal(counter.returns.set_quantity, sale.sale_id, 1, Decimal(0))
    assert stopped.key == "money_already_taken"
    assert refusal(counter.sale.scan, TEA).key == "money_already_taken"
    assert refusal(counter.checkout.void_sale, "customer_left").key == (
        "money_already_taken"
    )
    refund_id = counter.refund.payment.refunds[0].tender_id
    counter.refund.take_back(refund_id)
    assert refusal(counter.refund.take_back, refund_id).key == "nothing_taken"
    counter.returns.remove(line)
    assert counter.sale.basket.is_empty


def test_a_ticket_with_a_refund_survives_a_crash(till: Till) -> None:
    counter = till.counter
    sale = sell(counter)
    take_back(counter, sale)
    counter.refund.give("cash")
    till.ledger.flush()
    assert till.ledger.open_sale() == counter.sale.current
    finish(counter)


def test_a_part_returned_in_another_ticket_meanwhile_is_refused(till: Till) -> None:
    counter = till.counter
    sign_on(counter, MANAGER)
    sale = sell(counter)
    take_back(counter, sale)
    counter.refund.give("cash")
    reverse = counter.reversal.reverse
    reverse(sale.sale_id, "rung_up_wrongly", print_slip=False).result()
    before = query(till, "SELECT count(*) FROM journal")
    error = refusal(counter.checkout.finish, print_slip=False)
    assert error.key == "not_refunded"  # nothing of it is owed any more
    assert query(till, "SELECT count(*) FROM journal") == before
    counter.refund.take_back(counter.refund.payment.refunds[0].tender_id)
    done = counter.checkout.finish(print_slip=False)
    with pytest.raises(UserError, match="returned_meanwhile"):
        done.result()
    assert query(till, "SELECT count(*) FROM journal") == before
    assert len(counter.returns.refresh()) == 1
    assert counter.sale.basket.is_empty


def test_goods_returned_from_two_tickets_come_back_once(till: Till) -> None:
    counter = till.counter
    counter.sale.scan(SHIRT_M)
    sale = pay_cash(counter)
    take_back(counter, sale)
    counter.sale.scan(SHIRT_L)
    parked = counter.park.park("等一下").result()
    counter.checkout.finished()
    found = counter.returns.begin(sale.sale_id)
    assert found.lines[0].parked == (parked.number,)
    take_back(counter, sale)
    approved(counter, counter.refund.give, "cash")
    finish(counter)
    counter.park.resume(parked.sale.basket.basket_id).result()
    counter.checkout.finished()
    assert counter.sale.basket.returns == ()
    assert counter.sale.priced.total_minor == 21_900
    till.ledger.flush()
    assert till.ledger.open_sale() == counter.sale.current
    pay_cash(counter)


def test_what_is_left_stays_in_a_ticket_that_waited(till: Till) -> None:
    counter = till.counter
    counter.sale.scan(TEA, Decimal(3))
    sale = pay_cash(counter)
    take_back(counter, sale, quantity=Decimal(2))
    parked = counter.park.park("").result()
    counter.checkout.finished()
    take_back(counter, sale, quantity=Decimal(2))
    refund(counter)
    counter.park.resume(parked.sale.basket.basket_id).result()
    counter.checkout.finished()
    (now,) = counter.sale.basket.returns
    assert (now.quantity, now.reason) == (1, REASON)
    assert counter.returns.refresh() == ()
    refund(counter)


def test_an_even_exchange_moves_no_money(till: Till) -> None:
    counter = till.counter
    sale = sell(counter, SHIRT_M)
    take_back(counter, sale)
    counter.sale.scan(SHIRT_L)
    line = counter.sale.basket.lines[0]
    assert line.exchange_for == counter.sale.basket.returns[0].line_id
    assert counter.sale.priced.total_minor == 19_900
    ticket = finish(counter)
    assert (ticket.tenders, ticket.refunds, ticket.due_minor) == ((), (), 0)
    assert till.ledger.stock_thousandths(sale.lines[0].item_id) == 0


def test_no_more_units_keep_a_price_than_came_back(till: Till) -> None:
    counter = till.counter
    sale = sell(counter, SHIRT_M)
    take_back(counter, sale)
    counter.sale.scan(SHIRT_L, Decimal(2))
    prices = [line.unit_price_minor for line in counter.sale.priced.lines]
    totals = [line.total_minor for line in counter.sale.priced.lines]
    assert totals == [19_900, 21_900], prices
    counter.sale.set_quantity(counter.sale.basket.lines[0].line_id, Decimal(2))
    assert refusal(counter.checkout.take, "cash", None).key == "exchange_over"
    counter.sale.set_quantity(counter.sale.basket.lines[0].line_id, Decimal(1))
    assert pay_cash(counter).tenders[0].amount_minor == 21_900


def test_what_was_exchanged_costs_its_price_when_the_goods_stay(till: Till) -> None:
    counter = till.counter
    sale = sell(counter, SHIRT_M)
    take_back(counter, sale)
    counter.sale.scan(SHIRT_L)
    counter.returns.remove(counter.sale.basket.returns[0].line_id)
    assert counter.sale.priced.total_minor == 21_900


def test_the_way_of_exchanged_goods_is_that_of_the_first_sale(till: Till) -> None:
    counter = till.counter
    counter.sale.scan(SHIRT_M)
    pay_card(counter)
    first = finish(counter)
    take_back(counter, first)
    counter.sale.scan(SHIRT_L)
    second = finish(counter)
    sign_on(counter, MANAGER)
    take_back(counter, second)
    assert [(w.key, w.amount_minor) for w in counter.refund.ways()] == [
        ("card", 19_900)
    ]
    refund(counter, "card")


def test_the_difference_of_an_exchange_is_paid_or_refunded(till: Till) -> None:
    counter = till.counter
    sale = sell(counter, TEA)
    take_back(counter, sale)
    counter.sale.scan(SHIRT_M)
    assert counter.checkout.payment.total_minor == 19_900 - 1280
    paid = pay_cash(counter)
    assert (paid.due_minor, paid.tenders[0].amount_minor) == (18_620, 18_620)
    take_back(counter, paid)
    counter.sale.scan(COLA)
    assert counter.refund.payment.total_minor == 19_900 - 350
    sign_on(counter, MANAGER)
    assert refund(counter).refunds[0].amount_minor == 19_550


def test_goods_without_a_receipt_come_back_at_the_lowest_price(till: Till) -> None:
    counter = till.counter
    unit = unit_of(counter, TEA)
    back = counter.returns.add_without_receipt
    assert refusal(back, unit, Decimal(1), REASON).demand.action == "return_no_receipt"
    assert counter.sale.current is None
    without_receipt(counter, TEA, Decimal(2))
    (line,) = counter.sale.basket.returns
    assert (line.paid_minor, line.net_minor, line.tax_minor) == (2560, 2265, 295)
    assert refund(counter).refunds[0].amount_minor == 2560
    assert till.ledger.stock_thousandths(unit.item_id) == 2000


def test_a_finished_sale_is_mirrored_whole(till: Till) -> None:
    counter = till.counter
    counter.sale.scan(TEA, Decimal(3))
    counter.sale.round_off(40)
    pay_card(counter, 1000)
    sale = pay_cash(counter, 10_000)
    reverse = counter.reversal.reverse
    assert refusal(reverse, sale.sale_id, "rung_wrongly").demand.action == (
        "sale_reverse"
    )
    sign_on(counter, MANAGER)
    assert refusal(reverse, sale.sale_id, "x").key == "reason_unknown"
    mirror = reverse(sale.sale_id, "rung_wrongly", print_slip=False).result()
    assert mirror.reverses == sale.sale_id
    assert [(r.key, r.amount_minor) for r in mirror.refunds] == [
        ("card", 1000),
        ("cash", 2800),
    ]
    assert query(till, "SELECT sum(amount_minor) FROM money_balance")[0][0] == 0
    assert query(till, "SELECT sum(thousandths) FROM stock_balance")[0][0] == 0
    again = refusal(reverse, sale.sale_id, "rung_wrongly")
    assert again.key == "returned_meanwhile"
    own = refusal(reverse, mirror.sale_id, "rung_wrongly")
    assert own.key == "reverse_has_returns"
    assert counter.returns.look(sale.sale_id).lines[0].left == 0
    assert till.ledger.sale(mirror.sale_id) == mirror


def test_only_a_sale_of_today_with_all_its_goods_is_mirrored(till: Till) -> None:
    counter = till.counter
    sign_on(counter, MANAGER)
    sale, other = sell(counter, TEA, COLA), sell(counter)
    take_back(counter, sale)
    refund(counter)
    reverse = counter.reversal.reverse
    assert refusal(reverse, sale.sale_id, "rung_wrongly").key == "returned_meanwhile"
    till.options.clock.set(till.options.clock.now().plus_seconds(DAY_S))
    assert refusal(reverse, other.sale_id, "rung_wrongly").key == "reverse_too_late"
    assert refusal(reverse, "x", "rung_wrongly").key == "sale_not_found"


def test_coins_never_give_back_more_than_was_paid(tmp_path: Path) -> None:
    with opened(return_shop(tmp_path, "10 half_up"), number=MANAGER) as till:
        counter = till.counter
        counter.sale.scan("S3", Decimal(7))  # 0.99 each
        pay_card(counter)
        sale = finish(counter)
        back = []
        for _ in range(7):
            take_back(counter, sale)
            back.append(refund(counter).refunds[0].amount_minor)
        assert sum(back) <= sale.priced.total_minor == 693
        assert back == [100] * 6 + [90]
        prove(till)


def test_what_coins_gave_too_much_is_taken_off_the_last_goods(tmp_path: Path) -> None:
    with opened(return_shop(tmp_path, "10 half_up"), number=MANAGER) as till:
        counter = till.counter
        counter.sale.scan("S3", Decimal(2))
        pay_card(counter)
        sale = finish(counter)
        take_back(counter, sale)
        assert refund(counter, "cash").refunds[0].amount_minor == 100
        take_back(counter, sale)
        assert counter.refund.payment.total_minor == 98
        ticket = refund(counter, "card")
        assert ticket.refunds[0].amount_minor == 98
        assert (ticket.due_minor, ticket.rounding_minor) == (-99, 1)
        prove(till)


@pytest.mark.parametrize("coins", ["10 down", "10 half_up", "5 up", "100 half_up"])
def test_what_was_paid_in_coins_comes_back_whole_however_it_is_parted(
    tmp_path: Path, coins: str
) -> None:
    with opened(return_shop(tmp_path, coins), number=MANAGER) as till:
        counter = till.counter
        counter.sale.scan(SALT, Decimal(7))
        counter.sale.add_unit(unit_of(counter, APPLES), Decimal("0.333"))
        sale = pay_cash(counter)
        back = []
        parts = ((1, "1"), (2, "0.1"), (1, "3"), (2, "0.2"), (1, "2"))
        for position, quantity in (*parts, (2, "0.033"), (1, "1")):
            take_back(counter, sale, position, Decimal(quantity))
            if not counter.refund.payment.is_settled:
                counter.refund.give("cash")
            back.append(sum(x.amount_minor for x in finish(counter).refunds))
        assert sum(back) == sale.tenders[0].amount_minor - sale.change_minor
        prove(till)
