"""Slips: queued with the sale, printed again as a marked copy."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pos_app.bootstrap import Till
from pos_app.ports.printing import PrintJob, PrintJobState
from pos_app.services.counter import Counter
from tests.counter_shop import (
    CASHIER,
    MANAGER,
    SALT,
    TEA,
    TRAINEE,
    finish,
    fresh_shop,
    journal_kinds,
    opened,
    prove,
    refusal,
    sell,
    sign_on,
)


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    with opened(fresh_shop(tmp_path)) as opened_till:
        yield opened_till
        prove(opened_till)


@pytest.fixture
def counter(till: Till) -> Counter:
    return till.counter


def sell_with_slip(counter: Counter):
    counter.sale.scan(TEA)
    counter.sale.scan(SALT)
    counter.checkout.take("cash", 2000)
    return finish(counter, print_slip=True)


def test_there_is_nothing_to_print_again_before_the_first_sale(counter) -> None:
    assert refusal(counter.slip.reprint).key == "sale_not_found"
    assert refusal(counter.slip.reprint, "no such sale").key == "sale_not_found"


def test_reprints_are_numbered_copies_whoever_asks(till: Till, counter) -> None:
    sale = sell_with_slip(counter)
    copies = [counter.slip.reprint(sale.sale_id).result().copy_number for _ in "12"]
    sign_on(counter, MANAGER)
    copies.append(counter.slip.reprint().result().copy_number)
    assert copies == [1, 2, 3]
    jobs = till.ledger.print_jobs_of(sale.sale_id)
    assert [job.copy_number for job in jobs] == [0, 1, 2, 3]
    assert len({str(job.layout) for job in jobs}) == 4
    assert journal_kinds(till).count("SlipReprinted") == 3


def test_a_sale_without_a_slip_gets_a_copy_all_the_same(till: Till, counter) -> None:
    sale = sell(counter)
    assert till.ledger.print_jobs_of(sale.sale_id) == ()
    assert counter.slip.reprint().result().copy_number == 1


def test_a_copy_says_what_the_first_slip_said(till: Till, counter: Counter) -> None:
    sale = sell_with_slip(counter)
    till.settings.change(counter.desk.stamp(), slip_language="en")
    form = counter.slip.form(sale.language)
    copy = counter.slip.reprint().result()
    stored = till.ledger.sale(sale.sale_id)
    assert copy.layout == counter.slip.layout(stored, form, copy_number=1)
    assert sell_with_slip(counter).language == "en"


def settled(counter: Counter, job: PrintJob, *, printed: bool) -> list[PrintJobState]:
    counter.slip.answer_unknown(job, printed=printed).result()
    jobs = counter.desk.ledger.print_jobs_of(job.document_id)
    return [each.state for each in jobs]


def unknown_job(till: Till) -> PrintJob:
    sale = sell_with_slip(till.counter)
    job = till.ledger.print_jobs_of(sale.sale_id)[0]
    till.ledger.set_state(
        job.job_id, PrintJobState.UNKNOWN, offset_bytes=77, reason="offline"
    )
    return replace(job, state=PrintJobState.UNKNOWN, offset_bytes=77)


def test_a_slip_that_somebody_saw_is_settled(till: Till, counter: Counter) -> None:
    states = settled(counter, unknown_job(till), printed=True)
    assert states == [PrintJobState.CONFIRMED]


@pytest.mark.parametrize("number", [CASHIER, TRAINEE])
def test_a_slip_that_nobody_saw_is_printed_again(till, counter, number: str) -> None:
    job = unknown_job(till)
    sign_on(counter, number)  # a trainee may not reprint, but the printer failed
    states = settled(counter, job, printed=False)
    assert states == [PrintJobState.CANCELLED, PrintJobState.QUEUED]
    assert journal_kinds(till).count("SlipReprinted") == 1


def test_nobody_signed_on_answers_nothing(till: Till, counter: Counter) -> None:
    job = unknown_job(till)
    counter.sign_on.sign_off()
    answer = counter.slip.answer_unknown
    assert refusal(answer, job, printed=False).key == "not_signed_on"
    states = [x.state for x in till.ledger.print_jobs_of(job.document_id)]
    assert states == [PrintJobState.UNKNOWN]
