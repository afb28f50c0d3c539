"""A wrong tender is put right by a new document, once, on the same day."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest

from pos_app.bootstrap import Till
from pos_app.domain.refund_ways import contribution_minor
from pos_app.domain.sale import Sale
from pos_app.services.counter import Counter
from tests.counter_shop import (
    CASHIER,
    SUPERVISOR,
    TEA,
    finish,
    fresh_shop,
    journal_kinds,
    opened,
    prove,
    query,
    refusal,
    sell,
    sign_on,
)


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    with opened(fresh_shop(tmp_path), number=SUPERVISOR) as opened_till:
        yield opened_till
        prove(opened_till)


@pytest.fixture
def counter(till: Till) -> Counter:
    return till.counter


def money(till: Till) -> dict[str, int]:
    rows = query(till, "SELECT tender_key, amount_minor FROM money_balance")
    return {key: amount for key, amount in rows if amount}


def paid(counter: Counter) -> Sale:
    """Sell for 12.80: 5.00 by voucher, a 20 note, 12.20 back."""
    counter.sale.scan(TEA)
    counter.checkout.take("voucher", 500, "V1")
    counter.checkout.take("cash", 2000)
    return finish(counter)


def correct(counter: Counter, sale: Sale, at: int, to: str, reference: str = "1234"):
    wrong = sale.tenders[at].tender_id
    done = counter.tender_correction.correct(sale.sale_id, wrong, to, reference)
    return done.result()


def test_the_money_moves_and_the_sale_stays(till: Till, counter: Counter) -> None:
    sale = paid(counter)
    assert money(till) == {"voucher": 500, "cash": 780}
    done = correct(counter, sale, 1, "card")
    assert (done.number, done.amount_minor) == ("02-AC-000001", 780)
    assert (done.from_key, done.to_key, done.reference) == ("cash", "card", "1234")
    assert money(till) == {"voucher": 500, "card": 780}
    assert till.ledger.sale(sale.sale_id) == sale
    assert till.ledger.corrections_of(sale.sale_id) == [done]
    assert journal_kinds(till)[-1] == "TenderCorrected"


def test_each_tender_is_corrected_once(till: Till, counter: Counter) -> None:
    sale = paid(counter)
    correct(counter, sale, 1, "card")
    error = refusal(correct, counter, sale, 1, "wechat")
    assert error.key == "tender_already_corrected"
    assert correct(counter, sale, 0, "cash", "").number == "02-AC-000002"
    assert money(till) == {"card": 780, "cash": 500}


@pytest.mark.parametrize(
    ("to", "reference", "key"),
    [
        ("cash", "", "tender_same"),
        ("gold", "", "tender_unknown"),
        ("card", "", "reference_missing"),
        ("card", "4111 1111 1111 1111", "reference_is_card_number"),
        ("wechat", "134567890123456789", "reference_is_card_number"),
    ],
)
def test_corrections_that_are_refused(counter, to: str, reference: str, key) -> None:
    sale = paid(counter)
    assert refusal(correct, counter, sale, 1, to, reference).key == key


def test_what_does_not_exist_is_not_corrected(counter: Counter) -> None:
    sale = sell(counter)
    service = counter.tender_correction
    assert refusal(service.correct, "no", "no", "card").key == "sale_not_found"
    error = refusal(service.correct, sale.sale_id, "no", "card", "1234")
    assert error.key == "tender_unknown"


def test_a_cashier_may_not_correct(counter: Counter) -> None:
    sale = sell(counter)
    sign_on(counter, CASHIER)
    assert refusal(correct, counter, sale, 0, "card").key == "not_permitted"


def test_tomorrow_is_too_late(till: Till, counter: Counter) -> None:
    sale = sell(counter)
    clock = till.options.clock
    clock.set(clock.now().plus_seconds(15 * 3600))  # after midnight, same business day
    correct(counter, sale, 0, "card")
    late = sell(counter)
    clock.set(clock.now().plus_seconds(3600 * 2))
    assert refusal(correct, counter, late, 0, "card").key == "correction_too_late"


def test_contributions_of_all_tenders_make_up_what_was_paid(counter: Counter) -> None:
    counter.sale.scan("S9")
    counter.checkout.take("cash", 3000)
    counter.checkout.take("card", 3300, "1234")
    counter.checkout.take("cash", 5000)
    sale = finish(counter)
    parts = [contribution_minor(sale, tender) for tender in sale.tenders]
    assert parts == [3000, 3300, 3700]
    assert sum(parts) == sale.priced.total_minor + sale.rounding_minor


def test_what_no_coins_make_was_not_paid_in_cash(till: Till, counter: Counter) -> None:
    counter.sale.scan("S3")  # 0.99, and the smallest coin is 0.10
    counter.checkout.take("card", None, "1234")
    sale = finish(counter)
    error = refusal(correct, counter, sale, 0, "cash", "")
    assert (error.key, error.params) == ("cash_step_correction", {"step_minor": 10})
    assert money(till) == {"card": 99}


def test_of_two_corrections_at_once_the_second_is_told_so(
    till: Till, counter: Counter
) -> None:
    sale = paid(counter)
    wrong = sale.tenders[1].tender_id
    release = Event()
    till.ledger.submit(lambda _unit: release.wait(120))
    service = counter.tender_correction
    first = service.correct(sale.sale_id, wrong, "card", "1234")
    second = service.correct(sale.sale_id, wrong, "wechat", "1234")
    release.set()
    assert first.result().to_key == "card"
    assert refusal(second.result).key == "tender_already_corrected"
