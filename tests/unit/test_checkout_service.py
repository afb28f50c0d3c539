"""Payment, the end of a sale, and giving one up."""

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from pos_app.bootstrap import Till
from pos_app.domain.tender import TenderKind
from pos_app.errors import StorageError
from pos_app.ports.printing import PrinterStatus
from pos_app.services.counter import Counter
from tests.counter_shop import (
    CASHIER,
    COLA,
    GIFT,
    MANAGER,
    SALT,
    TEA,
    TRAINEE,
    Losses,
    fill_disk,
    finish,
    fresh_shop,
    journal_kinds,
    lines_of,
    opened,
    pay_cash,
    prove,
    query,
    refusal,
    sell,
    sign_on,
)


class DrawerPrinter:
    """A printer that remembers, and looks at the disk when its drawer opens."""

    def __init__(self) -> None:
        self.till: Till | None = None
        self.opened_with: list[int] = []
        self.woken = 0

    def wake(self) -> None:
        self.woken += 1

    def status(self) -> PrinterStatus:
        return PrinterStatus.READY

    def open_drawer(self) -> None:
        assert self.till
        self.opened_with.append(query(self.till, "SELECT count(*) FROM journal")[0][0])


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    with opened(fresh_shop(tmp_path)) as opened_till:
        yield opened_till
        prove(opened_till)


@pytest.fixture
def counter(till: Till) -> Counter:
    return till.counter


@pytest.fixture
def printer(till: Till) -> DrawerPrinter:
    found = DrawerPrinter()
    found.till = till
    till.printer.use(found)
    return found


def test_nothing_is_paid_between_two_customers(counter: Counter) -> None:
    assert counter.checkout.payment is None
    assert counter.checkout.cash_choices() == ()
    for action in (
        lambda: counter.checkout.take("cash", 100),
        lambda: counter.checkout.give_back("x"),
        lambda: counter.checkout.finish(print_slip=False),
        lambda: counter.checkout.void_sale("customer_left"),
    ):
        assert refusal(action).key == "basket_empty"


def test_cash_gives_change_and_is_rounded(counter: Counter) -> None:
    for code in (TEA, SALT):
        counter.sale.scan(code)  # 15.15: cash pays 15.10
    first = counter.checkout.cash_choices()[0]
    assert (first.cash_minor, first.change_minor) == (1510, 0)
    sale = pay_cash(counter, 2000)
    assert (sale.change_minor, sale.rounding_minor) == (490, -5)


def test_a_card_pays_to_the_cent(counter: Counter) -> None:
    for code in (TEA, SALT):
        counter.sale.scan(code)
    counter.checkout.take("card", None, "1234")
    sale = finish(counter)
    assert (sale.tenders[0].amount_minor, sale.rounding_minor) == (1515, 0)
    assert not sale.tenders[0].is_verified


@pytest.mark.parametrize(
    ("key", "amount", "reference", "error"),
    [
        ("card", 1281, "1234", "over_tender"),
        ("wechat", 100_000, "1234", "over_tender"),
        ("voucher", 1281, "V1", "over_tender"),
        ("coupon", 1281, "", "over_tender"),
        ("card", 0, "1234", "tender_amount_absurd"),
        ("card", -5, "1234", "tender_amount_absurd"),
        ("cash", 0, "", "tender_amount_absurd"),
        ("cash", 10**9, "", "tender_amount_absurd"),
        ("cash", 1285, "", "cash_step"),
        ("card", None, "", "reference_missing"),
        ("card", None, "   ", "reference_missing"),
        ("card", None, "\x00\n", "reference_missing"),
        ("wechat", None, "", "reference_missing"),
        ("gold", None, "", "tender_unknown"),
        ("", None, "", "tender_unknown"),
        ("card", None, "4111111111111111", "reference_is_card_number"),
        ("card", None, "4111 1111 1111 1111", "reference_is_card_number"),
        ("card", None, "4111-1111-1111-1111 12/29 123", "reference_is_card_number"),
        ("card", None, "４１１１１１１１１１１１１１１１", "reference_is_card_number"),
        ("card", None, "630400000000", "reference_is_card_number"),
        ("wechat", None, "134567890123456789", "reference_is_card_number"),
        ("voucher", None, "V" * 41, "reference_too_long"),
    ],
)
def test_tenders_that_are_refused(counter, key, amount, reference, error) -> None:
    counter.sale.scan(TEA)
    before = counter.sale.current
    assert refusal(counter.checkout.take, key, amount, reference).key == error
    assert counter.sale.current == before


@pytest.mark.parametrize(
    ("key", "reference", "kept"),
    [
        ("card", " 1234 ", "1234"),
        ("card", "Visa 1234, 授权 567890", "Visa 1234, 授权 567890"),
        ("voucher", "952123456789012345", "952123456789012345"),
        ("voucher", "\ud83d礼券\n7", "礼券7"),
        ("coupon", "", ""),
    ],
)
def test_references_that_are_kept(counter, key: str, reference: str, kept) -> None:
    counter.sale.scan(TEA)
    counter.checkout.take(key, None, reference)
    assert finish(counter).tenders[0].reference == kept


def test_a_card_number_reaches_neither_disk_nor_journal(till, counter) -> None:
    counter.sale.scan(TEA)
    refusal(counter.checkout.take, "card", None, "4111 1111 1111 1111")
    pay_cash(counter)
    for statement in (
        "SELECT plain(body) FROM intent",
        "SELECT plain(canonical) FROM journal",
    ):
        assert not any("4111" in row[0] for row in query(till, statement))


def test_tenders_split_in_any_mix(till: Till, counter: Counter) -> None:
    counter.sale.scan("S9")
    counter.checkout.take("card", 3001, "1234")
    counter.checkout.take("cash", 2000)
    counter.checkout.take("voucher", 1999, "V1")
    counter.checkout.take("wechat", 1000, "9876")
    assert counter.checkout.payment.due_minor == 2000
    assert refusal(counter.checkout.finish, print_slip=False).key == "not_settled"
    counter.checkout.take("cash", 5000)
    assert counter.checkout.payment.change_minor == 3000
    assert refusal(counter.checkout.take, "coupon", 1).key == "nothing_due"
    sale = finish(counter)
    moved = dict(query(till, "SELECT tender_key, amount_minor FROM money_balance"))
    assert moved == {"card": 3001, "cash": 4000, "voucher": 1999, "wechat": 1000}
    assert sum(moved.values()) == sale.priced.total_minor


def test_money_can_be_given_back_before_the_end(counter: Counter) -> None:
    counter.sale.scan(TEA)
    counter.checkout.take("coupon", 500)
    coupon = counter.checkout.payment.tenders[0].tender_id
    counter.checkout.take("cash", 1000)
    counter.checkout.give_back(coupon)
    assert refusal(counter.checkout.give_back, coupon).key == "nothing_taken"
    assert [t.key for t in counter.checkout.payment.tenders] == ["cash"]
    assert counter.checkout.payment.due_minor == 280


def test_money_taken_freezes_the_basket(counter: Counter) -> None:
    counter.sale.scan(TEA)
    line = counter.sale.basket.lines[0].line_id
    counter.checkout.take("cash", 100)
    before = counter.sale.current
    sale = counter.sale
    for action in (
        lambda: sale.scan(COLA),
        lambda: sale.scan("nobody knows"),
        lambda: sale.set_quantity(line, Decimal(2)),
        lambda: sale.set_note(line, "x"),
        lambda: sale.remove_line(line),
        lambda: sale.round_off(1),
        lambda: counter.checkout.void_sale("customer_left"),
    ):
        assert refusal(action).key == "money_already_taken"
    assert counter.sale.current == before
    counter.checkout.give_back(before.tenders[0].tender_id)
    sale.scan(COLA)
    assert len(lines_of(counter)) == 2


def test_a_changed_rule_does_not_change_what_money_was_taken_for(
    till: Till, counter: Counter
) -> None:
    counter.sale.scan(TEA)
    counter.checkout.take("cash", 2000)
    priced = counter.sale.priced
    till.settings.change(counter.desk.stamp(), merge_same_items=False)
    counter.sale.refresh_rules()
    assert counter.sale.priced is priced
    assert finish(counter).priced == priced


def test_what_costs_nothing_needs_no_money(counter: Counter) -> None:
    counter.sale.scan(GIFT)
    assert counter.checkout.cash_choices() == ()
    sale = finish(counter)
    assert (sale.priced.total_minor, sale.tenders) == (0, ())


def test_two_rates_of_one_code_stand_side_by_side(till: Till, counter: Counter) -> None:
    sell(counter, TEA, SALT)
    rows = query(till, "SELECT code, percentage_millionths FROM sale_tax ORDER BY 2")
    assert [tuple(row) for row in rows] == [("VAT", 90_000), ("VAT", 130_000)]


# --------------------------------------------------------- the end and the drawer


def test_the_drawer_opens_after_the_commit(till, counter, printer) -> None:
    counter.sale.scan(TEA)
    pay_cash(counter)
    till.ledger.flush()
    assert printer.opened_with == [3]  # shift, sale and drawer stood there
    assert journal_kinds(till) == ["ShiftOpened", "SaleCompleted", "DrawerOpened"]


def test_a_card_leaves_the_drawer_shut(till, counter, printer) -> None:
    counter.sale.scan(TEA)
    counter.checkout.take("card", None, "1234")
    finish(counter)
    till.ledger.flush()
    assert printer.opened_with == []
    assert journal_kinds(till) == ["ShiftOpened", "SaleCompleted"]


def test_each_cash_sale_opens_the_drawer_once_whatever_its_slip_does(
    till, counter, printer
) -> None:
    for kicks in range(1, 4):  # the slips wait: nobody prints here
        counter.sale.scan(TEA)
        counter.checkout.take("cash", None)
        sale = finish(counter, print_slip=True)
        till.ledger.flush()
        job = till.ledger.print_jobs_of(sale.sale_id)[0]
        assert (job.opens_drawer, job.copy_number) == (False, 0)
        assert len(printer.opened_with) == printer.woken == kicks


def test_a_sale_that_was_not_committed_moves_nothing(tmp_path: Path) -> None:
    losses = Losses()
    with opened(fresh_shop(tmp_path), losses=losses) as till:
        printer = DrawerPrinter()
        till.printer.use(printer)
        fill_disk(till)
        till.counter.sale.scan(TEA)
        till.counter.checkout.take("cash", 2000)
        failed = till.counter.checkout.finish(print_slip=False)
        with pytest.raises(StorageError, match="disk_full"):
            failed.result()
        till.ledger.flush()
        assert (printer.opened_with, printer.woken) == ([], 0)


def test_a_tender_type_deleted_meanwhile_still_ends_its_sale(till, counter) -> None:
    counter.sale.scan(TEA)
    counter.checkout.take("cash", 2000)
    kept = [t for t in counter.desk.catalog.tender_types() if t.key != "cash"]
    with till.editor() as editor:
        editor.put_tenders(kept)
    assert "cash" not in {t.key for t in counter.desk.catalog.tender_types()}
    assert finish(counter).tenders[0].kind is TenderKind.CASH


# ------------------------------------------------------------------ no sale


def test_the_drawer_opens_without_a_sale_for_a_reason(till, counter, printer) -> None:
    sign_on(counter, MANAGER)
    counter.drawer.open("change").result()
    till.ledger.flush()
    assert printer.opened_with == [1]
    body = query(till, "SELECT plain(canonical) FROM journal")[0][0]
    assert json.loads(body)["body"]["why"] == "change"


def test_the_drawer_stays_shut_without_reason_or_right(till, counter, printer) -> None:
    assert refusal(counter.drawer.open, "change").key == "not_permitted"
    sign_on(counter, MANAGER)
    for unknown in ("", "  ", "\n", "换零钱", "customer_left"):
        assert refusal(counter.drawer.open, unknown).key == "reason_unknown"
    assert journal_kinds(till) == []
    assert printer.opened_with == []


# ------------------------------------------------------------------ voids


def test_a_whole_sale_is_given_up_with_its_reason(till: Till, counter: Counter) -> None:
    counter.sale.scan(TEA)
    counter.sale.scan("nobody knows")
    void = counter.checkout.void_sale("customer_left").result()
    counter.checkout.finished()
    assert counter.sale.current is None
    assert (void.number, void.reason, void.total_minor, len(void.lines)) == (
        "02-AV-000001",
        "customer_left",
        1280,
        2,
    )
    assert journal_kinds(till) == ["ShiftOpened", "SaleVoided"]
    assert query(till, "SELECT count(*) FROM money_move")[0][0] == 0
    assert query(till, "SELECT count(*) FROM stock_move")[0][0] == 0
    assert till.ledger.open_sale() is None
    assert sell(counter).number == "02-A-000001"


@pytest.mark.parametrize("reason", ["", "because", "x" * 300])
def test_a_void_needs_a_known_reason(counter: Counter, reason: str) -> None:
    counter.sale.scan(TEA)
    assert refusal(counter.checkout.void_sale, reason).key == "reason_unknown"
    assert lines_of(counter) == [("茉莉花茶", 1)]


def test_an_emptied_basket_is_no_sale_to_give_up(counter: Counter) -> None:
    counter.sale.scan(TEA)
    counter.sale.remove_line(counter.sale.basket.lines[0].line_id)
    assert refusal(counter.checkout.void_sale, "customer_left").key == "basket_empty"


# ------------------------------------------------------------ cashiers and days


def test_another_cashier_ends_the_sale_in_their_own_name(counter: Counter) -> None:
    counter.sale.scan(TEA)
    began = counter.desk.session.cashier.staff_id
    counter.sign_on.sign_off()
    sign_on(counter, TRAINEE)
    assert lines_of(counter) == [("茉莉花茶", 1)]
    assert counter.sale.current.cashier_id == began
    assert pay_cash(counter).cashier_name == "trainee"


def test_an_emptied_basket_does_not_lend_its_day_to_tomorrow(till, counter) -> None:
    counter.sale.scan(TEA)
    counter.sale.remove_line(counter.sale.basket.lines[0].line_id)
    till.options.clock.set(till.options.clock.now().plus_seconds(86_400))
    sale = sell(counter)
    assert sale.business_day.isoformat() == "2026-11-22"
    assert sale.started_at == sale.ended_at


def test_an_emptied_basket_goes_on_for_the_same_cashier(counter: Counter) -> None:
    counter.sale.scan(TEA)
    basket_id = counter.sale.basket.basket_id
    counter.sale.remove_line(counter.sale.basket.lines[0].line_id)
    counter.sale.scan(COLA)
    assert counter.sale.basket.basket_id == basket_id
    counter.sale.undo_remove()
    assert len(lines_of(counter)) == 2
    assert sign_on(counter, CASHIER).staff_id == counter.sale.current.cashier_id
