"""Wallets and gift cards at a real counter: sold, paid with, given back, paid out."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from pos_app.bootstrap import Till
from pos_app.documents.layout import Columns
from pos_app.documents.shift_sections import value_section
from pos_app.domain.member.recognition import Means
from pos_app.domain.offer_intents import SetShopper
from pos_app.domain.permission import Permission
from pos_app.domain.shift_totals import Tally, TotalKind
from pos_app.domain.stored_value.document import ValueKind
from pos_app.domain.stored_value.moves import MoveKind, Source
from pos_app.domain.stored_value.tender_rule import TenderRule
from pos_app.errors import UserError
from pos_app.services.counter import Counter
from pos_app.services.member_night import Night
from pos_app.services.session import ApprovalNeeded
from pos_app.services.value_night import night_value
from pos_app.services.value_paper import ValuePapers
from pos_app.services.value_view import ValueMoney
from pos_app.values.percentage import Percentage
from tests.builders_returns import SHIRT_M, return_shop, take_back
from tests.counter_shop import (
    COLA,
    TEA,
    finish,
    journal_kinds,
    lines_of,
    opened,
    prove,
    query,
)
from tests.value_till import (
    ANNA,
    BERT,
    CASH,
    RULE,
    able,
    card,
    filled,
    set_rule,
    shown,
    wallet,
    with_value,
)

SHIRT = 199_00


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    with opened(return_shop(tmp_path)) as opened_till:
        with_value(opened_till.counter)
        yield opened_till
        prove(opened_till)


@pytest.fixture
def counter(till: Till) -> Counter:
    return till.counter


def key_of(error: pytest.ExceptionInfo[UserError]) -> str:
    return error.value.key


def bought(counter: Counter, account_id: str, *codes: str, who: str = ANNA):  # type: ignore[no-untyped-def]
    """Sell goods to a member: as much as possible from an account, the rest cash."""
    if who:
        shown(counter, who)
    for code in codes or (SHIRT_M,):
        counter.sale.scan(code)
    counter.stored_value.pay(account_id)
    payment = counter.checkout.payment
    assert payment is not None
    if not payment.is_settled:
        counter.checkout.take("cash", None)
    return finish(counter)


def totals(counter: Counter) -> Tally:
    shifts = counter.desk.ledger.shifts
    found = [shifts.totals(one.shift_id) for one in shifts.open_shifts()]
    return Tally(found[0])


# ------------------------------------------------------------------------ sold


def test_a_top_up_fills_a_wallet_and_its_bonus_comes_on_top(counter: Counter) -> None:
    document = filled(counter, 500_00)

    found = wallet(counter)
    assert (document.kind, document.paid_minor) == (ValueKind.TOP_UP, 500_00)
    assert (found.paid_minor, found.bonus_minor) == (500_00, 50_00)
    assert document.balance_minor == found.usable_minor == 550_00
    assert found.expiring_minor == 50_00  # what was paid for never ends
    assert document.number == "02-AVS-000001"


def test_a_top_up_is_no_revenue_and_stands_on_the_z_beside_the_sales(
    counter: Counter,
) -> None:
    filled(counter, 500_00)
    tally = totals(counter)

    assert tally.amount_minor(TotalKind.VALUE_SOLD, "wallet") == 500_00
    assert tally.amount_minor(TotalKind.VALUE_BONUS, "wallet") == 50_00
    assert tally.amount_minor(TotalKind.NET) == 0
    assert tally.amount_minor(TotalKind.TENDER, "cash") == 500_00
    assert tally.expected_minor == 500_00


def test_a_top_up_is_paid_with_several_tenders_and_cash_gives_change(
    counter: Counter,
) -> None:
    money = (ValueMoney("card", 200_00, "4242"), ValueMoney("cash", 400_00))
    document = filled(counter, 500_00, money)

    assert document.change_minor == 100_00
    lot = counter.stored_value.lots(document.account_id)[0]
    assert lot.sources == (Source("card", 200_00), Source("cash", 300_00))


def test_a_top_up_with_too_little_money_is_not_stored(counter: Counter) -> None:
    with pytest.raises(UserError) as error:
        filled(counter, 500_00, (ValueMoney("cash", 100_00),))
    assert key_of(error) == "not_settled"
    assert counter.stored_value.wallet(ANNA) is None


def test_a_wallet_never_holds_more_than_the_shop_allows(counter: Counter) -> None:
    filled(counter, 1_800_00)
    with pytest.raises(UserError) as error:
        filled(counter, 200_00)
    assert key_of(error) == "stored_value_above_most"


@pytest.mark.parametrize("key", ["stored_value", "gift_card", "points"])
def test_no_stored_value_buys_stored_value(counter: Counter, key: str) -> None:
    with pytest.raises(UserError) as error:
        filled(counter, 10_00, (ValueMoney(key),))
    assert key_of(error) == "stored_value_buys_no_value"
    with pytest.raises(UserError) as error:
        counter.stored_value.sell_gift_card(
            "", 10_00, (ValueMoney(key),), print_slip=False
        )
    assert key_of(error) == "stored_value_buys_no_value"


def test_a_gift_card_earns_no_bonus(counter: Counter) -> None:
    found = card(counter, amount_minor=500_00)
    assert (found.paid_minor, found.bonus_minor) == (500_00, 0)


def test_a_gift_card_of_the_till_s_make_is_printed_once_and_its_code_stays_nowhere(
    till: Till,
) -> None:
    counter = till.counter
    done = counter.stored_value.sell_gift_card("", 100_00, CASH, print_slip=True)
    document = done.result()

    jobs = query(
        till, "SELECT kind, plain(layout) FROM print_job ORDER BY queued_at_ms"
    )
    layouts = {kind: str(layout) for kind, layout in jobs}
    assert set(layouts) == {"value_document", "gift_card"}
    code = layouts["gift_card"].partition('"data": "')[2].partition('"')[0]
    assert counter.stored_value.gift_card(code).usable_minor == 100_00
    assert counter.stored_value.is_gift_card_code(code.lower())
    assert code not in layouts["value_document"]
    journal = query(till, "SELECT plain(canonical) FROM journal")
    assert all(code not in row[0] for row in journal)
    assert document.label == code[-4:]
    copy = counter.stored_value.reprint(document.document_id).result()
    assert code not in repr(copy.layout)


def test_a_card_is_sold_once(counter: Counter) -> None:
    card(counter)
    with pytest.raises(UserError) as error:
        card(counter, "gift 0000 0001")  # the same, typed otherwise
    assert key_of(error) == "stored_value_opened_twice"


@pytest.mark.parametrize(
    "code", [TEA, "6222021234567890128", "134567890123456789", "A"]
)
def test_a_code_that_is_something_else_is_no_gift_card(
    counter: Counter, code: str
) -> None:
    with pytest.raises(UserError) as error:
        card(counter, code)
    assert key_of(error) == "stored_value_code_unfit"


def test_a_shop_without_a_programme_has_no_stored_value(tmp_path: Path) -> None:
    with opened(return_shop(tmp_path)) as till:
        counter = till.counter
        able(counter)
        assert not counter.stored_value.is_on
        assert not counter.stored_value.is_gift_card_code("GIFT-0000-0001")
        with pytest.raises(UserError) as error:
            card(counter)
        assert key_of(error) == "stored_value_off"


def test_whoever_may_not_sell_value_asks_somebody(counter: Counter) -> None:
    able(counter, Permission.STORED_VALUE)
    with pytest.raises(ApprovalNeeded):
        filled(counter)


# -------------------------------------------------------------------- paid with


def test_a_wallet_pays_and_is_booked_with_the_sale(till: Till) -> None:
    counter = till.counter
    account = filled(counter).account_id
    sale = bought(counter, account)

    assert sale.tenders[0].account_id == account
    assert wallet(counter).usable_minor == 550_00 - SHIRT
    newest = counter.stored_value.history(account)[0]
    assert (newest.kind, newest.minor) == (MoveKind.REDEEM, -SHIRT)
    assert newest.number == sale.number
    assert "ValueMoved" in journal_kinds(till)


def test_what_a_basket_took_is_held_until_it_ends_or_gives_it_back(
    counter: Counter,
) -> None:
    document = filled(counter)
    shown(counter)
    counter.sale.scan(SHIRT_M)
    payment = counter.stored_value.pay(document.account_id, 100_00)
    counter.desk.store_backlog().result()

    with pytest.raises(UserError) as error:
        counter.stored_value.refund_top_up(
            document.account_id, document.lot_id, 500_00, print_slip=False
        ).result()
    assert key_of(error) == "stored_value_held"
    counter.checkout.give_back(payment.tenders[0].tender_id)
    counter.desk.store_backlog().result()
    assert counter.desk.ledger.stored_value.holds(document.account_id) == ()
    counter.sale.remove_line(counter.sale.basket.lines[0].line_id)  # type: ignore[union-attr]


def test_a_wallet_is_not_spent_twice_by_two_tenders_of_one_sale(
    counter: Counter,
) -> None:
    account = filled(counter, 100_00).account_id  # 105.00 with the bonus
    shown(counter)
    counter.sale.scan(SHIRT_M)
    counter.stored_value.pay(account, 100_00)
    with pytest.raises(UserError) as error:
        counter.stored_value.pay(account, 6_00)
    assert key_of(error) == "stored_value_short"
    counter.stored_value.pay(account, 5_00)
    counter.checkout.take("cash", None)
    finish(counter)
    assert wallet(counter).usable_minor == 0


def test_value_that_ends_during_the_sale_stops_it_and_keeps_the_basket(
    till: Till, counter: Counter
) -> None:
    document = filled(counter)
    shown(counter)
    for _ in range(3):
        counter.sale.scan(SHIRT_M)
    payment = counter.stored_value.pay(document.account_id, 550_00)
    payment = counter.checkout.take("cash", None)
    later(till, 31)

    with pytest.raises(UserError) as error:
        counter.checkout.finish(print_slip=False).result()
    assert key_of(error) == "stored_value_short"
    counter.checkout.finished()
    assert lines_of(counter) == [("白衬衫", 3)]
    for tender in payment.tenders:
        counter.checkout.give_back(tender.tender_id)
    shown(counter)
    counter.stored_value.pay(document.account_id, 500_00)
    counter.checkout.take("cash", None)
    finish(counter)
    assert wallet(counter).usable_minor == 0


def test_a_gift_card_on_two_baskets_pays_only_once(counter: Counter) -> None:
    account = card(counter, amount_minor=150_00).account_id
    bought(counter, account, who="")
    counter.sale.scan(SHIRT_M)
    with pytest.raises(UserError) as error:
        counter.stored_value.pay(account)
    assert key_of(error) == "stored_value_short"
    counter.checkout.take("cash", None)
    finish(counter)


def test_a_gift_card_pays_many_times_until_it_is_empty(counter: Counter) -> None:
    account = card(counter, amount_minor=10_00).account_id
    for left in (6_50, 3_00, 0):
        bought(counter, account, COLA, who="")
        assert counter.stored_value.account(account).usable_minor == left


def test_two_gift_cards_and_cash_pay_one_sale(counter: Counter) -> None:
    first, second = card(counter), card(counter, "GIFT-0000-0002", 50_00)
    counter.sale.scan(SHIRT_M)
    counter.stored_value.pay(first.account_id)
    counter.stored_value.pay(second.account_id)
    counter.checkout.take("cash", None)
    sale = finish(counter)
    assert [x.amount_minor for x in sale.tenders] == [100_00, 50_00, 49_00]


def test_an_unknown_card_is_said_to_be_unknown(counter: Counter) -> None:
    with pytest.raises(UserError) as error:
        counter.stored_value.gift_card("GIFT-9999-9999")
    assert key_of(error) == "stored_value_code_unknown"
    assert not counter.stored_value.is_gift_card_code("GIFT-9999-9999")
    assert not counter.stored_value.is_gift_card_code(TEA)


@pytest.mark.parametrize(
    "means", [Means.LAST_FOUR, Means.PHONE_SAID, Means.STATIC_CODE, Means.PHONE_TYPED]
)
def test_whoever_proved_nothing_spends_only_what_needs_no_proof(
    counter: Counter, means: Means
) -> None:
    account = filled(counter).account_id
    shown(counter, means=means)
    counter.sale.scan(SHIRT_M)
    found = wallet(counter)
    assert (found.needs_proof, found.free_minor) == (True, 50_00)
    assert counter.stored_value.pay(account).due_minor == SHIRT - 50_00
    with pytest.raises(UserError) as error:  # nor in two goes
        counter.stored_value.pay(account, 1)
    assert key_of(error) == "stored_value_not_proven"
    counter.checkout.take("cash", None)
    finish(counter)


def test_a_proof_of_an_hour_ago_proves_nothing(till: Till, counter: Counter) -> None:
    account = filled(counter).account_id
    shown(counter)
    counter.sale.scan(SHIRT_M)
    till.options.clock.set(counter.desk.clock.now().plus_seconds(3600))  # type: ignore[union-attr]
    refused = counter.stored_value.refusal(account, 100_00)
    assert refused is not None
    assert refused.key == "stored_value_not_proven"
    counter.checkout.take("cash", None)
    finish(counter)


def test_somebody_else_s_wallet_pays_nothing(counter: Counter) -> None:
    account = filled(counter).account_id
    shown(counter, BERT)
    counter.sale.scan(SHIRT_M)
    refused = counter.stored_value.refusal(account, 1_00)
    assert refused is not None
    assert refused.key == "stored_value_is_another"
    counter.checkout.take("cash", None)
    finish(counter)


def test_a_member_whose_wallet_pays_stays_in_the_sale(counter: Counter) -> None:
    account = filled(counter).account_id
    shown(counter)
    counter.sale.scan(SHIRT_M)
    counter.stored_value.pay(account)
    with pytest.raises(UserError) as error:
        counter.sale.accept(SetShopper(None))
    assert key_of(error) == "money_already_taken"
    finish(counter)


def test_half_a_sale_may_be_paid_and_two_cards_do_not_pay_both_halves(
    counter: Counter,
) -> None:
    half = TenderRule(most_share=Percentage.parse("50"), free_minor=50_00)
    set_rule(counter, replace(RULE, tender=half))
    first, second = card(counter), card(counter, "GIFT-0000-0002")
    counter.sale.scan(SHIRT_M)
    assert counter.stored_value.pay(first.account_id).due_minor == SHIRT - 99_50
    with pytest.raises(UserError) as error:
        counter.stored_value.pay(second.account_id)
    assert key_of(error) == "stored_value_above_share"
    counter.checkout.take("cash", None)
    finish(counter)


def test_a_stored_value_tender_is_not_typed_like_a_card(counter: Counter) -> None:
    filled(counter)
    counter.sale.scan(SHIRT_M)
    for key in ("stored_value", "gift_card"):
        with pytest.raises(UserError) as error:
            counter.checkout.take(key, 1_00)
        assert key_of(error) == "tender_unknown"
    counter.checkout.take("cash", None)
    sale = finish(counter)
    with pytest.raises(UserError) as error:  # nor corrected into one
        counter.tender_correction.correct(
            sale.sale_id, sale.tenders[0].tender_id, "stored_value"
        )
    assert key_of(error) == "tender_unknown"


def test_a_stored_value_tender_is_not_corrected_into_money(counter: Counter) -> None:
    sale = bought(counter, filled(counter).account_id)
    with pytest.raises(UserError) as error:
        counter.tender_correction.correct(
            sale.sale_id, sale.tenders[0].tender_id, "cash"
        )
    assert key_of(error) == "tender_of_ledger"


# -------------------------------------------------------------------- given back


def test_returned_goods_give_value_back_to_the_lots_it_came_from(
    counter: Counter,
) -> None:
    set_rule(counter, replace(RULE, offers=()))
    account = filled(counter, 100_00).account_id
    filled(counter, 300_00)
    sale = bought(counter, account)
    assert [x.left_minor for x in counter.stored_value.lots(account)] == [201_00, 0]

    take_back(counter, sale)
    counter.refund.give("stored_value")
    finish(counter)
    assert [x.left_minor for x in counter.stored_value.lots(account)] == [
        300_00,
        100_00,
    ]


def test_what_stored_value_paid_is_never_refunded_as_money(counter: Counter) -> None:
    account = filled(counter).account_id
    sale = bought(counter, account)
    take_back(counter, sale)
    with pytest.raises(UserError) as error:
        counter.refund.give("cash")
    assert key_of(error) == "stored_value_not_as_money"
    counter.refund.give("stored_value")
    finish(counter)
    assert wallet(counter).usable_minor == 550_00


def test_a_sale_paid_by_two_cards_and_cash_goes_back_to_each(counter: Counter) -> None:
    first, second = card(counter), card(counter, "GIFT-0000-0002", 50_00)
    counter.sale.scan(SHIRT_M)
    counter.stored_value.pay(first.account_id)
    counter.stored_value.pay(second.account_id)
    counter.checkout.take("cash", None)
    sale = finish(counter)

    take_back(counter, sale)
    for key in ("gift_card", "gift_card", "cash"):
        counter.refund.give(key)
    ticket = finish(counter)
    assert [x.account_id for x in ticket.refunds] == [
        first.account_id,
        second.account_id,
        "",
    ]
    assert counter.stored_value.account(first.account_id).usable_minor == 100_00
    assert counter.stored_value.account(second.account_id).usable_minor == 50_00


def test_goods_returned_twice_give_value_back_once(counter: Counter) -> None:
    account = filled(counter).account_id
    shown(counter)
    counter.sale.scan(SHIRT_M)
    counter.sale.scan(SHIRT_M)
    counter.stored_value.pay(account)
    sale = finish(counter)
    for _ in range(2):
        take_back(counter, sale)
        counter.refund.give("stored_value")
        finish(counter)
    assert wallet(counter).usable_minor == 550_00
    with pytest.raises(UserError):
        take_back(counter, sale)


def test_a_mirrored_sale_gives_value_back(counter: Counter) -> None:
    account = filled(counter).account_id
    sale = bought(counter, account)
    counter.reversal.reverse(sale.sale_id, "rung_wrongly", print_slip=False).result()
    assert wallet(counter).usable_minor == 550_00


def test_an_exchange_of_exchanged_goods_gives_value_back(counter: Counter) -> None:
    account = filled(counter).account_id
    sale = bought(counter, account)
    take_back(counter, sale)
    shown(counter)
    counter.sale.scan(SHIRT_M)
    even = finish(counter)  # nothing to pay: one for the other
    take_back(counter, even)
    counter.refund.give("stored_value")
    finish(counter)
    assert wallet(counter).usable_minor == 550_00


def test_value_that_ended_meanwhile_comes_back_for_a_while(
    till: Till, counter: Counter
) -> None:
    account = filled(counter).account_id
    shown(counter)
    for _ in range(3):
        counter.sale.scan(SHIRT_M)
    counter.stored_value.pay(account, 550_00)
    counter.checkout.take("cash", None)
    sale = finish(counter)
    later(till, 31)
    for position_taken in range(3):
        take_back(counter, sale)
        counter.refund.give("cash" if position_taken == 2 else "stored_value")
        if not counter.refund.payment.is_settled:  # type: ignore[union-attr]
            counter.refund.give("stored_value")
        finish(counter)
    found = wallet(counter)
    assert found.usable_minor == 550_00
    assert found.expiring_minor == 50_00


# --------------------------------------------------------------------- paid back


def test_a_top_up_goes_back_to_its_sources_in_proportion(counter: Counter) -> None:
    money = (ValueMoney("card", 200_00, "4242"), ValueMoney("cash", 300_00))
    document = filled(counter, 500_00, money)
    back = counter.stored_value.refund_top_up(
        document.account_id, document.lot_id, 250_00, print_slip=False
    ).result()

    assert [(x.key, x.amount_minor) for x in back.money] == [
        ("card", 100_00),
        ("cash", 150_00),
    ]
    found = wallet(counter)
    assert (found.paid_minor, found.bonus_minor) == (250_00, 25_00)
    tally = totals(counter)
    assert tally.amount_minor(TotalKind.VALUE_REFUNDED, "wallet") == 250_00
    assert tally.expected_minor == 300_00 - 150_00


def test_nobody_spends_a_bonus_and_takes_all_money_back(counter: Counter) -> None:
    set_rule(counter, replace(RULE, tender=TenderRule(RULE.tender.order.BONUS_FIRST)))
    document = filled(counter)
    bought(counter, document.account_id, TEA, TEA, TEA, TEA)  # 51.20: all the bonus
    view = counter.stored_value.refund_terms(
        document.account_id, document.lot_id, 498_80
    )
    assert view.clawed_minor == 49_88  # 1.20 stays and earned 0.12
    back = counter.stored_value.refund_top_up(
        document.account_id, document.lot_id, 498_80, print_slip=False
    ).result()
    assert back.taken_minor + back.rounding_minor <= -(498_80 - 49_88) + 10


def test_a_gift_card_that_was_not_used_is_paid_back_once(counter: Counter) -> None:
    found = card(counter)
    lot = counter.stored_value.lots(found.account_id)[0]
    counter.stored_value.refund_top_up(
        found.account_id, lot.lot_id, 100_00, print_slip=True
    ).result()
    with pytest.raises(UserError) as error:
        counter.stored_value.refund_top_up(
            found.account_id, lot.lot_id, 1_00, print_slip=False
        )
    assert key_of(error) == "stored_value_too_much_back"
    assert counter.stored_value.account(found.account_id).usable_minor == 0


def test_a_payout_needs_somebody_who_may(counter: Counter) -> None:
    document = filled(counter)
    able(counter, Permission.STORED_VALUE_REFUND)
    with pytest.raises(ApprovalNeeded):
        counter.stored_value.refund_top_up(
            document.account_id, document.lot_id, 1_00, print_slip=False
        )


def test_coins_give_what_they_can_and_never_more_than_was_paid(
    counter: Counter,
) -> None:
    document = filled(counter, 500_00)
    back = counter.stored_value.refund_top_up(
        document.account_id, document.lot_id, 12_34, print_slip=False
    ).result()
    assert (back.handed_minor, back.rounding_minor) == (12_30, 4)


def later(till: Till, days: int) -> None:
    """Let days pass."""
    clock = till.options.clock
    clock.set(clock.now().plus_seconds(days * 86_400))  # type: ignore[union-attr]


def test_a_bonus_that_ended_is_taken_out_at_night_and_once(
    till: Till, counter: Counter
) -> None:
    account = filled(counter).account_id
    later(till, 30)
    desk = counter.desk
    for _ in range(2):
        zone, stamp = ZoneInfo("Asia/Shanghai"), desk.stamp()
        night_value(Night(desk, stamp.business_day, desk.clock.now(), zone, stamp))
    found = counter.stored_value.history(account)
    assert [x.kind for x in found] == [MoveKind.EXPIRE, MoveKind.TOP_UP]
    assert (found[0].minor, found[0].left_minor) == (-50_00, 500_00)


def test_a_ticket_s_slip_and_its_copy_say_what_is_left(counter: Counter) -> None:
    account = card(counter, amount_minor=10_00).account_id
    sale = bought(counter, account, COLA, who="")
    first = counter.slip.layout(sale, counter.slip.form())
    copy = counter.slip.reprint(sale.sale_id).result().layout
    for layout in (first, copy):
        rows = [x.cells for x in layout.blocks if isinstance(x, Columns)]
        assert [row[-1] for row in rows if "0001" in row[0]][-1].endswith("6.50")


def test_the_z_and_the_slip_say_what_was_sold(counter: Counter) -> None:
    done = counter.stored_value.top_up(ANNA, 500_00, CASH, print_slip=True)
    document = done.result()
    papers = ValuePapers(counter.desk, counter.slip_forms)
    assert "550.00" in repr(papers.job(document, papers.form()).layout)
    form, section = papers.form().form, []
    for block in value_section(totals(counter), form):
        section += [block.cells[1:]] if isinstance(block, Columns) else []
    assert section == [("1", "500.00"), ("1", "50.00")]
