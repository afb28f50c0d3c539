"""The open sale through the service that the screen uses."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from pos_app.bootstrap import Till
from pos_app.domain.item import PriceSource, SellBy
from pos_app.domain.permission import Demand, Permission
from pos_app.domain.price import UnitPrice
from pos_app.ports.catalog_editing import ItemDraft, UnitDraft
from pos_app.services.counter import Counter
from pos_app.services.scan_result import Outcome
from pos_app.services.session import ApprovalNeeded
from pos_app.values.gs1.check_digit import check_digit
from pos_app.values.times import Period
from tests.counter_shop import (
    APPLE_LABEL_PREFIX,
    APPLES,
    BOX,
    CAR,
    CASHIER,
    COLA,
    EMOJI_NAME,
    MANAGER,
    PEAR_LABEL_PREFIX,
    RIGHT_TO_LEFT_NAME,
    SALT,
    TEA,
    TRAINEE,
    finish,
    fresh_shop,
    journal_kinds,
    lines_of,
    opened,
    pay_cash,
    query,
    refusal,
    sign_on,
    unit_of,
)

NOBODY = "4006381333931"


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    with opened(fresh_shop(tmp_path)) as opened_till:
        yield opened_till


@pytest.fixture
def counter(till: Till) -> Counter:
    return till.counter


def label(prefix: str, measure: int) -> str:
    body = f"{prefix}{measure:05d}"
    return body + check_digit(body)


def test_nothing_is_open_before_the_first_scan(counter: Counter) -> None:
    assert counter.sale.current is None
    assert counter.sale.priced is None
    assert refusal(counter.sale.settle_unknown).key == "basket_empty"


def test_nobody_sells_without_signing_on(counter: Counter) -> None:
    counter.sale.scan(TEA)
    line = counter.sale.basket.lines[0].line_id
    tea = unit_of(counter, TEA)
    counter.sign_on.sign_off()
    sale, checkout = counter.sale, counter.checkout
    for action in (
        lambda: sale.scan(TEA),
        lambda: sale.add_unit(tea, None),
        lambda: sale.set_quantity(line, Decimal(2)),
        lambda: sale.set_note(line, "x"),
        lambda: sale.resolve(line, tea),
        lambda: sale.remove_line(line),
        sale.undo_remove,
        lambda: sale.round_off(1),
        lambda: checkout.take("cash", None),
        lambda: checkout.give_back("x"),
        lambda: checkout.finish(print_slip=False),
        lambda: checkout.void_sale("customer_left"),
        lambda: counter.drawer.open("change"),
        counter.slip.reprint,
        counter.sign_on.confirm_clock,
    ):
        assert refusal(action).key == "not_signed_on"
    assert lines_of(counter) == [("茉莉花茶", 1)]


@pytest.mark.parametrize(
    ("action", "permission"),
    [
        (lambda c, line: c.sale.remove_line(line), "line_void"),
        (lambda c, line: c.sale.round_off(1), "round_off"),
        (lambda c, line: c.checkout.void_sale("customer_left"), "sale_void"),
        (lambda c, line: c.slip.reprint(), "reprint"),
        (lambda c, line: c.drawer.open("change"), "drawer_open"),
        (lambda c, line: c.sign_on.confirm_clock(), "clock_confirm"),
        (
            lambda c, line: c.tender_correction.correct("s", "t", "card"),
            "tender_correct",
        ),
    ],
)
def test_a_trainee_may_only_sell(counter: Counter, action, permission: str) -> None:
    sign_on(counter, TRAINEE)
    counter.sale.scan(TEA)
    before = counter.sale.current
    error = refusal(action, counter, counter.sale.basket.lines[0].line_id)
    assert error.key == "not_permitted"
    assert error.params["action"] == permission
    assert counter.sale.current == before


@pytest.mark.parametrize(
    ("code", "quantity", "lines"),
    [
        (TEA, None, [("茉莉花茶", 1)]),
        (TEA, Decimal(3), [("茉莉花茶", 3)]),
        ("0" + TEA, None, [("茉莉花茶", 1)]),
        (BOX, None, [("可乐", 1)]),
        ("S3", None, [(EMOJI_NAME, 1)]),
        (SALT, Decimal(99_999), [(RIGHT_TO_LEFT_NAME, 99_999)]),
    ],
)
def test_what_a_scan_adds(counter: Counter, code, quantity, lines) -> None:
    result = counter.sale.scan(code, quantity)
    assert result.outcome is Outcome.ADDED
    assert lines_of(counter) == lines


def test_a_box_sells_at_its_own_price_and_takes_its_pieces(counter: Counter) -> None:
    counter.sale.scan(BOX, Decimal(2))
    sale = pay_cash(counter)
    assert sale.priced.total_minor == 15_980
    assert sale.lines[0].pieces_thousandths == 48_000
    item = sale.lines[0].item_id
    assert counter.desk.ledger.stock_thousandths(item) == -48_000


@pytest.mark.parametrize(
    ("code", "quantity", "key"),
    [
        (TEA, "0", "quantity_absurd"),
        (TEA, "-1", "quantity_absurd"),
        (TEA, "100000", "quantity_absurd"),
        (TEA, "1e30", "quantity_absurd"),
        (TEA, "NaN", "quantity_absurd"),
        (TEA, "Infinity", "quantity_absurd"),
        (TEA, "1.5", "quantity_not_whole"),
        (BOX, "0.5", "quantity_not_whole"),
        (TEA, "0.0001", "quantity_too_precise"),
        (NOBODY, "0", "quantity_absurd"),
        (NOBODY, "1.5", "quantity_not_whole"),
        (CAR, "99999", "amount_absurd"),
    ],
)
def test_absurd_quantities_leave_no_sale_behind(
    counter: Counter, code: str, quantity: str, key: str
) -> None:
    assert refusal(counter.sale.scan, code, Decimal(quantity)).key == key
    assert counter.sale.current is None
    counter.sale.scan(TEA)
    before = counter.sale.current
    line = before.basket.lines[0].line_id
    if code == TEA:
        found = refusal(counter.sale.set_quantity, line, Decimal(quantity)).key
        assert found in {key, "quantity_not_whole"}
    assert counter.sale.current == before


def test_merging_never_carries_a_line_beyond_the_limit(counter: Counter) -> None:
    counter.sale.scan(TEA, Decimal(99_999))
    assert refusal(counter.sale.scan, TEA).key == "quantity_absurd"
    assert lines_of(counter) == [("茉莉花茶", 99_999)]


def test_same_items_merge_by_setting(till: Till, counter: Counter) -> None:
    counter.sale.scan(TEA)
    counter.sale.scan(TEA, Decimal(2))
    assert lines_of(counter) == [("茉莉花茶", 3)]
    till.settings.change(counter.desk.stamp(), merge_same_items=False)
    counter.sale.refresh_rules()
    counter.sale.scan(TEA)
    assert lines_of(counter) == [("茉莉花茶", 3), ("茉莉花茶", 1)]


# ---------------------------------------------------------------- red lines


def test_an_unknown_barcode_blocks_payment_only(counter: Counter) -> None:
    counter.sale.scan(TEA)
    result = counter.sale.scan(NOBODY)
    assert result.outcome is Outcome.UNKNOWN
    counter.sale.scan(COLA)
    assert lines_of(counter) == [("茉莉花茶", 1), (NOBODY, 1), ("可乐", 1)]
    assert counter.sale.priced.total_minor == 1280 + 350
    for action in (
        counter.sale.settle_unknown,
        lambda: counter.checkout.take("cash", None),
        lambda: counter.checkout.finish(print_slip=False),
    ):
        error = refusal(action)
        assert (error.key, error.params) == ("unknown_lines", {"line": 2})
    counter.sale.resolve(counter.sale.basket.lines[1].line_id, unit_of(counter, SALT))
    assert pay_cash(counter).priced.total_minor == 1280 + 350 + 235


def test_a_red_line_can_be_voided(counter: Counter) -> None:
    counter.sale.scan(NOBODY)
    counter.sale.remove_line(counter.sale.basket.lines[0].line_id)
    counter.sale.scan(TEA)
    assert pay_cash(counter).priced.total_minor == 1280


def test_a_red_line_of_weighed_goods_wants_a_weight(counter: Counter) -> None:
    counter.sale.scan(NOBODY)
    line, apples = counter.sale.basket.lines[0].line_id, unit_of(counter, APPLES)
    assert refusal(counter.sale.resolve, line, apples).key == "weight_absurd"
    before = counter.sale.current
    absurd = refusal(counter.sale.resolve, line, apples, Decimal(0))
    assert absurd.key == "quantity_absurd"
    assert counter.sale.current == before
    counter.sale.resolve(line, apples, Decimal("0.5"))
    assert counter.sale.priced.total_minor == 598


def test_only_red_lines_are_resolved(counter: Counter) -> None:
    counter.sale.scan(TEA)
    tea = counter.sale.basket.lines[0].line_id
    error = refusal(counter.sale.resolve, tea, unit_of(counter, COLA))
    assert error.key == "line_unknown"


@pytest.mark.parametrize("code", ["x" * 5000, "🧋", "٣"])
def test_strange_codes_are_red_lines_that_can_be_stored(
    counter: Counter, code: str
) -> None:
    assert counter.sale.scan(code).outcome is Outcome.UNKNOWN
    counter.desk.ledger.flush()
    assert counter.desk.ledger.open_sale() == counter.sale.current
    assert len(counter.sale.basket.lines[0].scanned) <= 200


@pytest.mark.parametrize("code", ["", " ", "\x00", "\ud83d", "]Q3"])
def test_a_scan_of_nothing_adds_nothing(counter: Counter, code: str) -> None:
    assert refusal(counter.sale.scan, code).key == "code_missing"
    assert counter.sale.basket is None


# ------------------------------------------------------------------- labels


def test_weighed_goods_ask_for_their_weight(counter: Counter) -> None:
    result = counter.sale.scan(APPLES)
    assert result.outcome is Outcome.NEEDS_WEIGHT
    assert counter.sale.current is None
    counter.sale.add_unit(result.unit, Decimal("0.515"))
    counter.sale.add_unit(result.unit, Decimal("0.515"))
    assert len(counter.sale.basket.lines) == 2, "two weighings are two lines"
    assert counter.sale.priced.total_minor == 2 * 616


def test_a_weight_label_carries_its_weight(counter: Counter) -> None:
    counter.sale.scan(label(APPLE_LABEL_PREFIX, 1234))
    line = counter.sale.basket.lines[0]
    assert (line.quantity, line.source) == (
        Decimal("1.234"),
        PriceSource.EMBEDDED_WEIGHT,
    )
    assert counter.sale.priced.total_minor == 1476


def test_a_price_label_carries_its_price(counter: Counter) -> None:
    counter.sale.scan(label(PEAR_LABEL_PREFIX, 1234))
    line = counter.sale.basket.lines[0]
    assert line.source is PriceSource.EMBEDDED_PRICE
    assert counter.sale.priced.total_minor == 1234
    error = refusal(counter.sale.set_quantity, line.line_id, Decimal(2))
    assert error.key == "quantity_fixed_by_label"


def test_a_label_of_no_weight_is_not_a_kilogram(counter: Counter) -> None:
    error = refusal(counter.sale.scan, label(APPLE_LABEL_PREFIX, 0))
    assert error.key == "quantity_absurd"
    assert counter.sale.current is None


def test_a_misread_label_is_scanned_again(counter: Counter) -> None:
    good = label(APPLE_LABEL_PREFIX, 1234)
    bad = good[:-1] + str((int(good[-1]) + 1) % 10)
    assert refusal(counter.sale.scan, bad).key == "barcode_check_digit"


@pytest.mark.parametrize("prefix", [APPLE_LABEL_PREFIX, PEAR_LABEL_PREFIX])
def test_three_times_a_label_is_refused(counter: Counter, prefix: str) -> None:
    code = label(prefix, 500)
    error = refusal(counter.sale.scan, code, Decimal(3))
    assert error.key == "label_needs_own_scan"
    counter.sale.scan(code, Decimal(1))
    counter.sale.scan(code)
    assert len(counter.sale.basket.lines) == 2


# ---------------------------------------------------------- prices and looks


def test_what_has_no_price_is_not_sold(till: Till, counter: Counter) -> None:
    items = []
    for number, sell_by in ((1, SellBy.COUNT), (2, SellBy.WEIGHT)):
        later = Period(start=counter.desk.clock.now().plus_seconds(3600))
        unit = UnitDraft(
            f"u{number}",
            "H87",
            "件",
            sell_by=sell_by,
            prices=(UnitPrice(f"p{number}", 100, later),),
        )
        items.append(ItemDraft(f"i{number}", f"N{number}", "新品", "standard", (unit,)))
    with till.editor() as editor:
        editor.put_items(items)
    counter.sale.scan(NOBODY)
    before = counter.sale.current
    for code in ("N1", "N2"):
        assert refusal(counter.sale.scan, code).key == "item_without_price"
        line, unit = before.basket.lines[0].line_id, unit_of(counter, code)
        assert refusal(counter.sale.resolve, line, unit).key == "item_without_price"
    assert counter.sale.current == before
    till.options.clock.set(counter.desk.clock.now().plus_seconds(7200))
    assert counter.sale.scan("N1").outcome is Outcome.ADDED
    assert counter.sale.scan("N2").outcome is Outcome.NEEDS_WEIGHT


def test_looking_up_adds_nothing(counter: Counter) -> None:
    assert counter.sale.look_up(TEA).unit.price.minor == 1280
    assert counter.sale.look_up(NOBODY) is None
    assert counter.sale.current is None


@pytest.mark.parametrize(
    ("note", "kept"),
    [
        ("冷藏", "冷藏"),
        ("  two\nlines\t\x00 ", "twolines"),
        ("🧋👩‍👩‍👧", "🧋👩‍👩‍👧"),
        ("حليب", "حليب"),
        ("half \ud83d", "half"),
        ("x" * 200, "x" * 80),
        ("", ""),
    ],
)
def test_notes_are_kept_as_far_as_they_can_be(counter, note: str, kept: str) -> None:
    counter.sale.scan(TEA)
    line = counter.sale.basket.lines[0].line_id
    counter.sale.set_note(line, note)
    assert counter.sale.basket.lines[0].note == kept
    counter.desk.ledger.flush()
    assert counter.desk.ledger.open_sale() == counter.sale.current
    assert pay_cash(counter).lines[0].note == kept


def test_emoji_and_right_to_left_names_come_back_as_they_were(counter) -> None:
    for code in ("S3", SALT):
        counter.sale.scan(code)
    sale = pay_cash(counter)
    assert [line.name for line in sale.lines] == [EMOJI_NAME, RIGHT_TO_LEFT_NAME]
    assert counter.desk.ledger.last_sale() == sale


def test_a_tap_on_a_line_of_the_last_customer_is_refused(counter: Counter) -> None:
    counter.sale.scan(TEA)
    gone = counter.sale.basket.lines[0].line_id
    pay_cash(counter)
    sale, tea = counter.sale, unit_of(counter, TEA)
    taps = (
        lambda: sale.set_quantity(gone, Decimal(2)),
        lambda: sale.set_note(gone, "x"),
        lambda: sale.select(gone),
        lambda: sale.resolve(gone, tea),
    )
    for tap in taps:
        assert refusal(tap).key == "basket_empty"
    counter.sale.scan(COLA)
    for tap in (*taps, lambda: sale.remove_line(gone)):
        assert refusal(tap).key == "line_unknown"


# ------------------------------------------------------------------- voids


def test_a_voided_line_is_journalled_and_so_is_its_return(till, counter) -> None:
    for code in (TEA, COLA, SALT):
        counter.sale.scan(code)
    before = lines_of(counter)
    counter.sale.remove_line(counter.sale.basket.lines[1].line_id)
    assert lines_of(counter) == [before[0], before[2]]
    counter.sale.undo_remove()
    assert lines_of(counter) == before
    assert counter.sale.undo_remove() is None
    assert journal_kinds(till) == ["LineVoided", "LineRestored"]
    body = query(till, "SELECT plain(canonical) FROM journal")[0][0]
    assert '"sku":"S2"' in body
    assert '"total_minor":350' in body


def test_twenty_voids_can_be_taken_back_in_order(counter: Counter) -> None:
    for count in range(25):
        counter.sale.scan(TEA)
        counter.sale.set_note(counter.sale.basket.lines[-1].line_id, str(count))
    while counter.sale.basket.lines:
        counter.sale.remove_line(counter.sale.basket.lines[-1].line_id)
    back = 0
    while counter.sale.undo_remove() is not None:
        back += 1
    assert back == 20
    notes = [line.note for line in counter.sale.basket.lines]
    assert notes == [str(number) for number in range(20)]


def test_an_undo_that_is_refused_can_be_done_later(counter: Counter) -> None:
    counter.sale.scan(TEA)
    counter.sale.scan(COLA)
    counter.sale.remove_line(counter.sale.basket.lines[1].line_id)
    counter.checkout.take("cash", 100)
    assert refusal(counter.sale.undo_remove).key == "money_already_taken"
    tender = counter.checkout.payment.tenders[0].tender_id
    counter.checkout.give_back(tender)
    assert counter.sale.undo_remove().unit.name == "可乐"


def test_undo_does_not_reach_into_the_next_customers_basket(counter) -> None:
    counter.sale.scan(TEA)
    counter.sale.scan(COLA)
    counter.sale.remove_line(counter.sale.basket.lines[0].line_id)
    pay_cash(counter)
    counter.sale.scan(SALT)
    assert counter.sale.undo_remove() is None


@pytest.mark.parametrize(
    ("number", "cap"), [(CASHIER, 100), ("2001", 1000), (MANAGER, 10_000)]
)
def test_round_off_is_capped_by_role(counter: Counter, number: str, cap: int) -> None:
    sign_on(counter, number)
    counter.sale.scan("S9", Decimal(2))
    error = refusal(counter.sale.round_off, cap + 1)
    assert isinstance(error, ApprovalNeeded)
    assert error.demand == Demand(
        Permission.ROUND_OFF, counter.sale.basket.basket_id, amount_minor=cap + 1
    )
    assert refusal(counter.sale.round_off, -1).key == "round_off_absurd"
    counter.sale.round_off(cap)
    assert counter.sale.priced.total_minor == 20_000 - cap
    counter.sale.round_off(0)
    assert counter.sale.priced.total_minor == 20_000


def test_round_off_beyond_the_total_is_refused(counter: Counter) -> None:
    sign_on(counter, MANAGER)
    counter.sale.scan("S3")
    assert refusal(counter.sale.round_off, 100).key == "round_off_exceeds_total"
    counter.sale.round_off(99)
    assert counter.sale.priced.total_minor == 0
    assert counter.checkout.payment.is_settled
    assert finish(counter).tenders == ()


def test_another_line_takes_the_round_off_back(counter: Counter) -> None:
    counter.sale.scan(TEA)
    counter.sale.round_off(80)
    counter.sale.scan(COLA)
    assert counter.sale.priced.total_minor == 1280 + 350
