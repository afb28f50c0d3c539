"""Every card: solved the right way, and the ways in which people usually go wrong.

What is judged is what the services of a training till wrote into its ledger.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from pos_app.domain.permission import Approval, Demand
from pos_app.domain.sale import Sale
from pos_app.domain.shift import CashCount
from pos_app.domain.training.card import CardKey, Mistake, Verdict
from pos_app.domain.training.cards import CARDS, card_of, next_card
from pos_app.domain.training.evidence import Given
from pos_app.domain.training.score import Level, level_of, score_of
from pos_app.services.session import ApprovalNeeded
from tests.builders_training import Training, opened_training, training_shop


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Training]:
    """Return one training; every card begins with a clean ticket."""
    folder = training_shop(tmp_path_factory.mktemp("training"))
    with opened_training(folder) as training:
        yield training


def begun(here: Training, key: CardKey) -> Given:
    here.begin(key)
    return here.stage.given()


def judged(here: Training, key: CardKey) -> Verdict:
    return here.verdict(card_of(key))


def scan(here: Training, *codes: str) -> None:
    for code in codes:
        here.counter.sale.scan(code)


def pay(here: Training, *tenders: tuple[str, int | None]) -> Sale:
    """Take money, exact cash by default, and finish."""
    for key, amount in tenders or (("cash", None),):
        reference = "8821" if key != "cash" else ""
        here.counter.checkout.take(key, amount, reference)
    sale = here.counter.checkout.finish(print_slip=True).result()
    here.counter.checkout.finished()
    return sale


def approve(here: Training, demand: Demand) -> None:
    desk = here.counter.desk
    desk.session.approve(
        Approval(
            approval_id=desk.ids.new(),
            demand=demand,
            requested_by=here.till.trainee.staff_id,
            approved_by=here.till.supervisor.staff_id,
            reason="",
            at=desk.clock.now(),
        )
    )


def approved(here: Training, action: object) -> object:
    """Do something; where somebody must agree, agree and do it again."""
    for _each in range(4):
        try:
            return action()  # type: ignore[operator]
        except ApprovalNeeded as asked:
            approve(here, asked.demand)
    raise AssertionError("approved four times and still refused")


def right(verdict: Verdict) -> bool:
    return verdict.is_over and all(verdict.done) and not verdict.mistakes


# ------------------------------------------------------------------------- selling


def test_a_sale_is_right_when_goods_and_tender_are(here: Training) -> None:
    given = begun(here, CardKey.SALE)
    first, second = (good.code for good in given.goods)
    scan(here, first, second)
    assert not any(judged(here, CardKey.SALE).done)
    scan(here, first)
    assert judged(here, CardKey.SALE).done == (True, False)
    pay(here)
    assert right(judged(here, CardKey.SALE))


def test_a_sale_with_one_too_few_is_over_and_wrong(here: Training) -> None:
    given = begun(here, CardKey.SALE)
    scan(here, *(good.code for good in given.goods))
    pay(here)
    verdict = judged(here, CardKey.SALE)
    assert verdict.is_over
    assert not any(verdict.done)
    assert verdict.mistakes == (Mistake.WRONG_GOODS,)


def test_a_line_taken_back_is_a_mistake_also_when_the_end_is_right(
    here: Training,
) -> None:
    given = begun(here, CardKey.SALE)
    first, second = (good.code for good in given.goods)
    scan(here, first, first, second, second)
    basket = here.counter.sale.basket
    assert basket is not None
    here.counter.sale.set_quantity(basket.lines[-1].line_id, Decimal(1))
    pay(here)
    verdict = judged(here, CardKey.SALE)
    assert all(verdict.done)
    assert verdict.mistakes == (Mistake.TAKEN_BACK,)


def test_two_tenders_are_right_to_the_amount(here: Training) -> None:
    given = begun(here, CardKey.SPLIT_TENDER)
    scan(here, *(good.code for good in given.goods))
    here.counter.checkout.take("cash", given.cash_minor)
    assert judged(here, CardKey.SPLIT_TENDER).done == (True, True, False)
    pay(here, (given.tender_key, None))
    assert right(judged(here, CardKey.SPLIT_TENDER))


def test_two_tenders_with_other_cash_is_a_wrong_amount(here: Training) -> None:
    given = begun(here, CardKey.SPLIT_TENDER)
    scan(here, *(good.code for good in given.goods))
    pay(here, ("cash", given.cash_minor - 10), (given.tender_key, None))
    verdict = judged(here, CardKey.SPLIT_TENDER)
    assert verdict.mistakes == (Mistake.WRONG_AMOUNT,)
    assert not verdict.done[-1]


def test_all_in_cash_is_neither_amount_nor_tender(here: Training) -> None:
    given = begun(here, CardKey.SPLIT_TENDER)
    scan(here, *(good.code for good in given.goods))
    pay(here)
    assert set(judged(here, CardKey.SPLIT_TENDER).mistakes) == {
        Mistake.WRONG_AMOUNT,
        Mistake.WRONG_TENDER,
    }


def test_the_first_customer_waits_and_the_second_is_served(here: Training) -> None:
    given = begun(here, CardKey.PARKED)
    first, second = (good.code for good in given.goods)
    scan(here, first)
    parked = here.counter.park.park().result()
    here.counter.park.settled()
    scan(here, second)
    pay(here)
    assert judged(here, CardKey.PARKED).done == (True, True, False, False)
    here.counter.park.resume(parked.sale.basket.basket_id).result()
    here.counter.park.settled()
    pay(here)
    assert right(judged(here, CardKey.PARKED))


def test_both_customers_on_one_ticket_is_the_end_of_the_card(here: Training) -> None:
    given = begun(here, CardKey.PARKED)
    scan(here, *(good.code for good in given.goods))
    pay(here)
    verdict = judged(here, CardKey.PARKED)
    assert verdict.is_over
    assert Mistake.MIXED in verdict.mistakes


def test_an_unknown_code_is_found_by_name(here: Training) -> None:
    given = begun(here, CardKey.UNKNOWN_BARCODE)
    scan(here, given.goods[0].code, given.unknown_code)
    assert judged(here, CardKey.UNKNOWN_BARCODE).done[0]
    basket = here.counter.sale.basket
    named = here.counter.sale.look_up(given.goods[1].code)
    assert basket is not None
    assert named is not None
    here.counter.sale.resolve(basket.lines[-1].line_id, named.unit)
    assert judged(here, CardKey.UNKNOWN_BARCODE).done[1]
    pay(here)
    assert right(judged(here, CardKey.UNKNOWN_BARCODE))


def test_deleting_the_red_line_leaves_goods_out(here: Training) -> None:
    given = begun(here, CardKey.UNKNOWN_BARCODE)
    scan(here, given.goods[0].code, given.unknown_code)
    basket = here.counter.sale.basket
    assert basket is not None
    here.counter.sale.remove_line(basket.lines[-1].line_id)
    pay(here)
    mistakes = judged(here, CardKey.UNKNOWN_BARCODE).mistakes
    assert Mistake.LEFT_OUT in mistakes


def override(here: Training, price_minor: int) -> None:
    basket = here.counter.sale.basket
    assert basket is not None
    line = basket.lines[0].line_id
    service = here.counter.price_by_hand
    approved(here, lambda: service.override_price(line, price_minor, "agreed_price"))


def test_another_price_is_right_to_the_cent(here: Training) -> None:
    given = begun(here, CardKey.PRICE_OVERRIDE)
    scan(here, given.goods[0].code)
    override(here, given.price_minor)
    assert judged(here, CardKey.PRICE_OVERRIDE).done == (True, True, False)
    pay(here)
    assert right(judged(here, CardKey.PRICE_OVERRIDE))


def test_a_second_try_at_the_price_and_no_price_at_all(here: Training) -> None:
    given = begun(here, CardKey.PRICE_OVERRIDE)
    scan(here, given.goods[0].code)
    override(here, given.price_minor + 10)
    override(here, given.price_minor)
    pay(here)
    assert judged(here, CardKey.PRICE_OVERRIDE).mistakes == (Mistake.WRONG_PRICE,)
    begun(here, CardKey.PRICE_OVERRIDE)
    scan(here, here.stage.given().goods[0].code)
    pay(here)
    verdict = judged(here, CardKey.PRICE_OVERRIDE)
    assert verdict.mistakes == (Mistake.WRONG_PRICE,)
    assert not verdict.done[-1]


# ------------------------------------------------------------------- after the sale


def correct(here: Training, sale_id: str, to_key: str) -> None:
    sale = here.counter.desk.ledger.sale(sale_id)
    assert sale is not None
    tender, service = sale.tenders[0].tender_id, here.counter.tender_correction
    approved(here, lambda: service.correct(sale_id, tender, to_key, "8821")).result()  # type: ignore[attr-defined]


def test_the_wrong_tender_is_put_right_by_a_document(here: Training) -> None:
    given = begun(here, CardKey.WRONG_TENDER)
    assert given.sale_number.startswith("T")
    correct(here, given.sale_id, given.tender_key)
    assert right(judged(here, CardKey.WRONG_TENDER))


def test_the_wrong_tender_changed_into_another_wrong_one(here: Training) -> None:
    given = begun(here, CardKey.WRONG_TENDER)
    correct(here, given.sale_id, "voucher")
    verdict = judged(here, CardKey.WRONG_TENDER)
    assert verdict.mistakes == (Mistake.WRONG_TENDER,)
    assert not any(verdict.done)


def give_back(here: Training, code: str) -> Sale:
    counter = here.counter
    named = counter.sale.look_up(code)
    assert named is not None
    unit, one = named.unit, Decimal(1)
    approved(
        here,
        lambda: counter.returns.add_without_receipt(unit, one, "changed_mind"),
    )
    approved(here, lambda: counter.refund.give("cash", None))
    sale = counter.checkout.finish(print_slip=False).result()
    counter.checkout.finished()
    return sale


def test_a_return_without_a_receipt(here: Training) -> None:
    given = begun(here, CardKey.RETURN_NO_RECEIPT)
    give_back(here, given.goods[0].code)
    assert right(judged(here, CardKey.RETURN_NO_RECEIPT))


def test_other_goods_back_are_wrong_goods(here: Training) -> None:
    given = begun(here, CardKey.RETURN_NO_RECEIPT)
    other = begun(here, CardKey.EXCHANGE).goods
    card = here.begin(CardKey.RETURN_NO_RECEIPT)
    wrong = next(x for x in other if x.sku != here.stage.given().goods[0].sku)
    give_back(here, wrong.code)
    assert here.verdict(card).mistakes == (Mistake.WRONG_GOODS,)
    assert given.goods


def exchange(here: Training, given: Given, *out: str) -> None:
    counter = here.counter
    approved(here, lambda: counter.returns.begin(given.sale_id))
    approved(here, lambda: counter.returns.set_all(given.sale_id))
    basket = counter.sale.basket
    assert basket is not None
    counter.returns.set_reason(basket.returns[0].line_id, "changed_mind")
    scan(here, *out)
    if counter.refund.payment is not None:
        approved(here, lambda: counter.refund.give("cash", None))
    elif counter.checkout.payment is not None and counter.checkout.payment.due_minor:
        counter.checkout.take("cash", None)
    counter.checkout.finish(print_slip=False).result()
    counter.checkout.finished()


def test_an_exchange_is_one_ticket(here: Training) -> None:
    given = begun(here, CardKey.EXCHANGE)
    exchange(here, given, given.goods[1].code)
    assert right(judged(here, CardKey.EXCHANGE))


def test_an_exchange_in_two_tickets_costs(here: Training) -> None:
    given = begun(here, CardKey.EXCHANGE)
    exchange(here, given)
    verdict = judged(here, CardKey.EXCHANGE)
    assert verdict.is_over
    assert verdict.mistakes == (Mistake.TWO_TICKETS,)


def count(here: Training, pieces: tuple[tuple[int, int], ...]) -> None:
    service = here.counter.shift
    counting = approved(here, lambda: service.count(CashCount(pieces)))
    counting.result()  # type: ignore[attr-defined]


def test_the_shift_is_counted_blind_and_closed(here: Training) -> None:
    given = begun(here, CardKey.SHIFT_CLOSE)
    assert sum(value * number for value, number in given.pieces) > 0
    count(here, given.pieces)
    assert judged(here, CardKey.SHIFT_CLOSE).done == (True, False)
    closing = approved(here, lambda: here.counter.shift.close(0))
    closing.result()  # type: ignore[attr-defined]
    assert right(judged(here, CardKey.SHIFT_CLOSE))


def test_there_is_cash_to_count_after_refunds_emptied_the_drawer(
    here: Training,
) -> None:
    if here.counter.shift.current() is not None:
        given = begun(here, CardKey.SHIFT_CLOSE)
        count(here, given.pieces)
        closing = approved(here, lambda: here.counter.shift.close(0))
        closing.result()  # type: ignore[attr-defined]
    begun(here, CardKey.SALE)
    opening = approved(here, lambda: here.counter.shift.open(CashCount(())))
    opening.result()  # type: ignore[attr-defined]
    given = begun(here, CardKey.SHIFT_CLOSE)
    assert sum(value * number for value, number in given.pieces) > 0
    count(here, given.pieces)
    closing = approved(here, lambda: here.counter.shift.close(0))
    closing.result()  # type: ignore[attr-defined]
    assert right(judged(here, CardKey.SHIFT_CLOSE))


def test_a_wrong_count_and_a_recount(here: Training) -> None:
    given = begun(here, CardKey.SHIFT_CLOSE)
    (value, number), *rest = given.pieces
    count(here, ((value, number + 1), *rest))
    count(here, given.pieces)
    closing = approved(here, lambda: here.counter.shift.close(0))
    closing.result()  # type: ignore[attr-defined]
    verdict = judged(here, CardKey.SHIFT_CLOSE)
    assert all(verdict.done)
    assert verdict.mistakes == (Mistake.WRONG_COUNT,)


# ------------------------------------------------------------------------- trouble


def test_out_of_paper_the_slip_waits_and_then_comes(here: Training) -> None:
    given = begun(here, CardKey.PAPER_OUT)
    scan(here, given.goods[0].code)
    pay(here)
    assert judged(here, CardKey.PAPER_OUT).done == (True, False, False)
    here.stage.put_paper_in()
    for _each in range(200):
        if judged(here, CardKey.PAPER_OUT).is_over:
            break
        here.till.ledger.flush()
        _wait()
    assert right(judged(here, CardKey.PAPER_OUT))


def test_printing_again_while_the_slip_waits_is_a_mistake(here: Training) -> None:
    given = begun(here, CardKey.PAPER_OUT)
    scan(here, given.goods[0].code)
    pay(here)
    approved(here, here.counter.slip.reprint).result()  # type: ignore[attr-defined]
    assert judged(here, CardKey.PAPER_OUT).mistakes == (Mistake.REPRINTED,)


def test_without_network_two_customers_pay_cash(here: Training) -> None:
    given = begun(here, CardKey.NETWORK_DOWN)
    assert here.stage.is_offline
    for good in given.goods:
        scan(here, good.code)
        pay(here)
    assert right(judged(here, CardKey.NETWORK_DOWN))


def test_a_phone_payment_without_network_is_unsafe(here: Training) -> None:
    given = begun(here, CardKey.NETWORK_DOWN)
    tender = given.tender_key
    for good in given.goods:
        scan(here, good.code)
        pay(here, (tender, None))
    verdict = judged(here, CardKey.NETWORK_DOWN)
    assert verdict.mistakes == (Mistake.WRONG_TENDER,) * 2


def test_with_a_wrong_clock_selling_goes_on_and_a_manager_confirms(
    here: Training,
) -> None:
    given = begun(here, CardKey.CLOCK_WRONG)
    assert here.counter.desk.clock.is_suspect
    scan(here, given.goods[0].code)
    assert pay(here).clock_suspect
    assert judged(here, CardKey.CLOCK_WRONG).done == (True, False)
    confirming = approved(here, here.counter.sign_on.begin_clock_confirm)
    confirming.result()  # type: ignore[attr-defined]
    assert right(judged(here, CardKey.CLOCK_WRONG))


def test_a_card_given_up_leaves_clock_paper_and_network_well(here: Training) -> None:
    for key in (CardKey.CLOCK_WRONG, CardKey.PAPER_OUT, CardKey.NETWORK_DOWN):
        here.begin(key)
    here.begin(CardKey.SALE)
    assert not here.counter.desk.clock.is_suspect
    assert here.stage.has_paper
    assert not here.stage.is_offline


# --------------------------------------------------------------------------- score


def test_twelve_cards_each_with_its_steps() -> None:
    assert [card.key for card in CARDS] == list(CardKey)
    assert all(card.steps and card.seconds for card in CARDS)
    keys = [CARDS[0].key]
    while len(keys) < len(CARDS):
        keys.append(next_card(keys[-1]))
    assert next_card(keys[-1]) is keys[0]
    assert len(set(keys)) == 12


@pytest.mark.parametrize(
    ("steps", "mistakes", "helps", "times", "score"),
    [
        ((3, 3), 0, 0, (30, 60), 100),
        ((3, 3), 2, 0, (30, 60), 80),
        ((3, 3), 0, 1, (30, 60), 90),
        ((3, 3), 0, 0, (61, 60), 95),
        ((3, 3), 0, 0, (90, 60), 95),
        ((3, 3), 0, 0, (91, 60), 90),
        ((1, 3), 0, 0, (30, 60), 33),
        ((0, 3), 5, 3, (900, 60), 0),
    ],
)
def test_the_score_follows_its_rule(
    steps: tuple[int, int],
    mistakes: int,
    helps: int,
    times: tuple[int, int],
    score: int,
) -> None:
    assert score_of(steps, mistakes, helps, times) == score


@pytest.mark.parametrize(
    ("best", "level"),
    [
        ([], Level.NONE),
        ([59], Level.NONE),
        ([60], Level.BASIC),
        ([70] * 7, Level.BASIC),
        ([70] * 8, Level.ADVANCED),
        ([100] * 11, Level.ADVANCED),
        ([85] * 12, Level.EXPERT),
        ([84, *[100] * 11], Level.ADVANCED),
    ],
)
def test_the_level_follows_its_rule(best: list[int], level: Level) -> None:
    assert level_of(best) is level


def _wait() -> None:
    from time import sleep

    sleep(0.05)
