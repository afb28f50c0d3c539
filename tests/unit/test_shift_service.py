"""Shifts: a float, cash moves, and a drawer whose cash is always known."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_app.bootstrap import Till
from pos_app.documents.copy_mark import copy_mark
from pos_app.domain.shift import TILL_DRAWER, CashCount, CashMoveKind
from pos_app.domain.shift_totals import Tally, TotalKind
from pos_app.i18n import Words
from pos_app.ports.printing import PrintJobState
from pos_app.services.counter import Counter
from tests.builders_drawer import (
    approved,
    cash,
    close_shift,
    drawer_shop,
    expected_minor,
)
from tests.counter_shop import (
    CASHIER,
    MANAGER,
    SUPERVISOR,
    TEA,
    TRAINEE,
    finish,
    journal_kinds,
    opened,
    pay_cash,
    prove,
    query,
    refusal,
    sell,
    sign_on,
)


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    with opened(drawer_shop(tmp_path)) as opened_till:
        yield opened_till
        prove(opened_till)


@pytest.fixture
def counter(till: Till) -> Counter:
    return till.counter


def tally(counter: Counter) -> Tally:
    counter.desk.ledger.flush()
    return Tally(counter.shift.totals())


def test_selling_never_waits_for_a_shift_to_be_opened(till, counter) -> None:
    assert counter.shift.current() is None
    sale = sell(counter)
    shift = counter.shift.current()
    assert (shift.number, shift.drawer, shift.count) == (
        "02-AX-000001",
        TILL_DRAWER,
        None,
    )
    assert sale.shift_id == shift.shift_id
    assert expected_minor(counter) == 1280
    assert journal_kinds(till)[:2] == ["ShiftOpened", "SaleCompleted"]


def test_a_float_is_counted_and_the_first_one_comes_from_the_safe(counter) -> None:
    shift = counter.shift.open(cash(50_000)).result()
    assert (shift.float_minor, shift.expected_minor) == (50_000, 50_000)
    assert tally(counter).amount_minor(TotalKind.OVER_SHORT) == 0
    assert expected_minor(counter) == 50_000
    assert refusal(counter.shift.open, cash(1000)).key == "shift_already_open"


def test_a_float_unlike_the_one_left_is_booked_as_over_or_short(counter) -> None:
    counter.shift.open(cash(50_000)).result()
    close_shift(counter, left_minor=30_000)
    assert counter.shift.left_minor() == 30_000
    shift = counter.shift.open(cash(29_000)).result()
    assert (shift.expected_minor, shift.float_minor) == (30_000, 29_000)
    assert tally(counter).amount_minor(TotalKind.OVER_SHORT) == -1000
    assert expected_minor(counter) == 29_000


def test_a_shift_that_opens_by_itself_takes_over_the_float_that_was_left(
    counter,
) -> None:
    counter.shift.open(cash(50_000)).result()
    close_shift(counter, left_minor=20_000)
    sell(counter)
    assert counter.shift.current().float_minor == 20_000
    assert expected_minor(counter) == 21_280


@pytest.mark.parametrize(
    "pieces",
    [((700, 1),), ((100, -1),), ((100, 10**9),), ((100, 1), (100, 1))],
)
def test_what_is_no_count_of_this_drawer_is_refused(counter, pieces) -> None:
    error = refusal(counter.shift.open, CashCount(pieces))
    assert error.key == "cash_count_odd"
    assert counter.shift.current() is None


def test_cash_in_the_drawer_is_what_all_documents_say(till, counter) -> None:
    sign_on(counter, SUPERVISOR)
    counter.shift.open(cash(50_000)).result()
    counter.sale.scan(TEA)
    counter.checkout.take("cash", 2000)  # 12.80, change 7.20
    sale = finish(counter)
    counter.sale.scan(TEA)
    counter.checkout.take("card", None, "1234")
    card = finish(counter)
    assert expected_minor(counter) == 51_280
    correct = counter.tender_correction.correct
    correct(card.sale_id, card.tenders[0].tender_id, "cash").result()
    assert expected_minor(counter) == 52_560
    counter.shift.paid_in(5000, "coins").result()
    counter.shift.paid_out(1500, "water", "R-17").result()
    counter.shift.safe_drop(20_000, "BAG 7").result()
    assert expected_minor(counter) == 36_060
    counter.reversal.reverse(sale.sale_id, "rung_twice").result()
    assert expected_minor(counter) == 34_780
    rows = query(till, "SELECT amount_minor FROM money_balance WHERE tender_key='cash'")
    assert rows[0][0] == 34_780
    sums = tally(counter)
    assert sums.amount_minor(TotalKind.TENDER, "cash") == 2000
    assert sums.amount_minor(TotalKind.CHANGE, "cash") == 720
    assert sums.amount_minor(TotalKind.CORRECTION, "card") == -1280
    assert sums.amount_minor(TotalKind.NET) == 1280
    assert counter.shift.tender_sums() == {"card": 0}


def test_the_drawer_opens_once_the_move_is_durable(till, counter) -> None:
    move = counter.shift.paid_in(5000, "coins").result()
    assert (move.number, move.signed_minor) == ("02-ACM-000001", 5000)
    assert journal_kinds(till) == ["ShiftOpened", "CashMoved", "DrawerOpened"]
    [job] = till.ledger.print_jobs_of(move.move_id)
    assert job.kind == "cash_move"


def test_whoever_counts_blind_cannot_find_the_sum_by_trying(counter) -> None:
    sell(counter)
    counter.shift.safe_drop(1290).result()
    assert expected_minor(counter) == -10  # the close will say so


def test_more_cash_than_there_is_is_refused_to_those_who_see_it(counter) -> None:
    sell(counter)
    sign_on(counter, MANAGER)
    error = refusal(lambda: counter.shift.safe_drop(1290).result())
    assert (error.key, error.params) == ("drawer_too_little", {})
    counter.shift.safe_drop(1280).result()
    assert expected_minor(counter) == 0


@pytest.mark.parametrize(
    ("kind", "amount", "reason", "reference", "key"),
    [
        ("paid_in", 0, "coins", "", "amount_missing"),
        ("paid_in", -100, "coins", "", "amount_missing"),
        ("paid_in", 105, "coins", "", "amount_no_coins"),
        ("paid_in", 100, "water", "", "reason_unknown"),
        ("paid_in", 100, "", "", "reason_unknown"),
        ("safe_drop", 100, "coins", "", "reason_unknown"),
        ("safe_drop", 100, "", "4111111111111111", "reference_is_card_number"),
        ("safe_drop", 100, "", "x" * 41, "reference_too_long"),
    ],
)
def test_a_cash_move_that_cannot_be_is_refused(
    counter, kind, amount, reason, reference, key
) -> None:
    move = counter.shift.move
    assert refusal(move, CashMoveKind(kind), amount, reason, reference).key == key
    assert counter.shift.current() is None


def test_paying_out_needs_somebody_who_may(counter) -> None:
    sell(counter)
    assert refusal(counter.shift.paid_out, 500, "water").key == "not_permitted"
    move = approved(counter, MANAGER, counter.shift.paid_out, 500, "water").result()
    assert move.approved_by == counter.sign_on.by_number(MANAGER).staff_id
    assert move.staff_name == "cashier"


def test_words_of_a_reference_stay_out_of_the_journal(till, counter) -> None:
    sell(counter)
    counter.shift.safe_drop(500, "Frau Meier").result()
    bodies = b"".join(row[0] for row in query(till, "SELECT canonical FROM journal"))
    assert b"Frau Meier" not in bodies
    moves = till.ledger.shifts.moves(counter.shift.current().shift_id)
    assert [move.reference for move in moves] == ["Frau Meier"]


def test_a_drawer_opened_without_a_sale_counts_in_the_shift(counter) -> None:
    sign_on(counter, SUPERVISOR)
    counter.drawer.open("peek").result()  # before the first sale of the day
    sell(counter)
    counter.drawer.open("peek").result()
    counter.shift.open_drawer().result()  # to count: no no-sale
    assert tally(counter).count(TotalKind.NO_SALE, "peek") == 2


def test_voided_lines_and_reprints_count_in_the_shift(counter) -> None:
    counter.sale.scan(TEA)
    counter.sale.scan("S4")
    counter.sale.remove_line(counter.sale.basket.lines[0].line_id)
    pay_cash(counter)
    counter.slip.reprint().result()
    sums = tally(counter)
    assert sums.count(TotalKind.LINE_VOID) == 1
    assert sums.amount_minor(TotalKind.LINE_VOID) == 1280
    assert sums.count(TotalKind.REPRINT) == 1


def test_a_void_counts_in_the_shift(counter) -> None:
    counter.sale.scan(TEA)
    void = counter.checkout.void_sale("customer_left").result()
    counter.checkout.finished()
    assert void.shift_id == counter.shift.current().shift_id
    assert tally(counter).amount_minor(TotalKind.VOID) == 1280


def test_an_x_changes_nothing_and_tells_a_cashier_no_cash(till, counter) -> None:
    assert refusal(counter.shift.x_report).key == "shift_not_open"
    sell(counter)
    figures = counter.shift.x_report().result()
    assert figures.expected_minor is None
    kinds = {(each.kind, each.key) for each in figures.totals}
    assert ("net", "") in kinds
    assert not kinds & {("tender", "cash"), ("cash_flow", "")}
    sign_on(counter, SUPERVISOR)
    figures = counter.shift.x_report().result()
    assert figures.expected_minor == expected_minor(counter) == 1280
    assert (figures.first_number, figures.last_number) == ("02-A-000001",) * 2
    assert Tally(figures.totals).count(TotalKind.X_REPORT) == 2
    jobs = [job for job in till.ledger.open_print_jobs() if job.kind == "x_report"]
    assert [job.copy_number for job in jobs] == [0, 0]


def test_whoever_may_nothing_of_it_is_told_so(counter) -> None:
    sell(counter)
    sign_on(counter, TRAINEE)
    service = counter.shift
    actions = (
        lambda: service.paid_in(100, "coins"),
        service.x_report,
        service.open_drawer,
        lambda: service.count(cash(0)),
    )
    assert {refusal(each).key for each in actions} == {"not_permitted"}


def test_each_cashier_has_a_drawer_where_the_shop_says_so(tmp_path: Path) -> None:
    with opened(drawer_shop(tmp_path, shift_scope="cashier")) as till:
        counter = till.counter
        counter.shift.open(cash(10_000)).result()
        sell(counter)
        sign_on(counter, SUPERVISOR)
        assert counter.shift.current() is None
        sell(counter)
        assert expected_minor(counter) == 1280
        assert len(counter.shift.open_shifts()) == 2
        close = close_shift(counter)
        assert close.shift.opened_by_name == "supervisor"
        sign_on(counter, CASHIER)
        assert expected_minor(counter) == 11_280
        prove(till)


def test_a_shop_that_asks_says_when_the_float_is_to_be_counted(tmp_path: Path) -> None:
    with opened(drawer_shop(tmp_path, shift_opening="ask")) as till:
        counter = till.counter
        assert counter.shift.asks_to_open
        counter.shift.open(cash(10_000)).result()
        assert not counter.shift.asks_to_open


def test_a_paper_that_nobody_saw_is_printed_again_and_says_that_it_is_a_copy(
    till, counter
) -> None:
    shift = counter.shift.open(cash(100)).result()
    [job] = till.ledger.print_jobs_of(shift.shift_id)
    for number in (1, 2):
        unknown = PrintJobState.UNKNOWN
        till.ledger.set_state(job.job_id, unknown, offset_bytes=9, reason="")
        counter.slip.answer_unknown(job, printed=False).result()
        job = till.ledger.print_jobs_of(shift.shift_id)[-1]
        assert (job.copy_number, job.state) == (number, PrintJobState.QUEUED)
        marks = [copy_mark(each, Words(job.layout.language)) for each in (1, 2)]
        assert [x for x in job.layout.blocks if x in marks] == [marks[number - 1]]
