"""Promotions at their edges, on the real screen: endless, unknown, shown, huge."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from pos_app.cli import main
from pos_app.domain.journal import EntryKind
from pos_app.domain.open_sale import AddLine
from pos_app.i18n import LANGUAGES, Words, _, use_language
from pos_app.ports.promotions import RESTORED_AT, PromotionRun
from pos_app.services.promotion_list import ListedPromotion
from pos_app.services.sale_lines import unit_line
from pos_app.values.times import Period, Timestamp
from tests.builders_promotions import everything, percent, unit_deal
from tests.journeys.screen_customer import Customer
from tests.journeys.screen_offers import (
    NEIGHBOUR,
    SEASON,
    SECOND_HALF,
    SHIRT,
    open_offers,
    promotion,
    unit_of,
)
from tests.journeys.screen_promotions import PromotionMaker
from tests.journeys.screen_till import COLA, COLA_GTIN, PINS, ScreenTill
from tests.promotion_in_shop import hold
from ui.presenters.price_words import moment_text

CASHIER, MANAGER = "1001", "1005"
NEVER_ENDS = "It never ends: somebody has to remember to stop it."
NEWER = "It comes from a newer program. It is kept and listed, but not applied."
AS_IN_THE_COPY = (
    "The shop was restored {moment}. This stands as in the copy: see whether it was "
    "stopped or changed since."
)
MANY = 10_000


def test_one_without_end_is_doubted_and_starts_all_the_same(till: ScreenTill) -> None:
    till.sign_on(MANAGER)
    make = PromotionMaker(till, by_touch=True)
    make.go()
    make.begin("Second one half price")
    make.choose("goods", "可乐味汽水 330ml")
    till.sees(_(NEVER_ENDS))
    assert till.can_press("promotionStart")
    make.start()
    (row,) = [x for x in make.part.state.rows if "可乐味汽水" in x.title]
    assert make.part.state.tab.value == "active"
    assert row.key == make.part.state.chosen
    till.press("tab_sale")
    till.scan(COLA_GTIN, COLA_GTIN)
    assert till.flow.sale.state.amount_due_minor == 450


def take_auction(till: ScreenTill, folder: Path) -> ListedPromotion:
    """Import a promotion of a kind nobody knows here, and let it run; return it."""
    file = folder / "newer.json"
    auction = {"name": "拍卖", "deal": {"kind": "auction", "bids": 3}}
    file.write_text(json.dumps([auction]), encoding="utf-8")
    shop = ("--shop", str(till.folder.root))
    assert main(["import", "promotions", str(file), *shop]) == 0
    use_language("zh-CN")
    (listed,) = [x for x in till.work.counter.promotions.list() if x.name == "拍卖"]
    since = Timestamp.parse("2020-01-01T00:00:00Z")
    run = PromotionRun("r", listed.promotion_id, 1, Period(since), "", "", since)

    def edit(editor):  # type: ignore[no-untyped-def]
        editor.put_promotion_run(run)
        return ()

    with till.till.editor() as editor:
        editor.change(edit)
    return listed


def test_one_of_an_unknown_kind_is_only_read_and_the_sale_goes_on(
    till: ScreenTill, tmp_path: Path
) -> None:
    till.sign_on(MANAGER)
    auction = take_auction(till, tmp_path)
    make = PromotionMaker(till, by_touch=True)
    make.go()
    till.press("segment-promotionTabs-stopped")
    till.sees("拍卖", _("not known here"))
    till.touch_row("promotionRows", "拍卖")
    assert make.part.state.chosen == auction.promotion_id
    till.sees(_(NEWER))
    assert make.part.state.detail.actions == ()
    assert not till.is_there("promotion-edit")
    assert not till.is_there("promotion-start")
    till.press("tab_sale")
    till.scan(COLA_GTIN, COLA_GTIN)
    till.press("lineWhy")  # a customer who asks for it is told why not
    refused = till.flow.features.price.why.state.refused
    newer = _("A newer program made it; this till cannot apply it")
    assert ("拍卖", newer) in {(x.title, x.reason) for x in refused}
    sale = till.pay_cash()
    assert sale.priced.total_minor == 600
    assert sale.priced.promoted.applications == ()


def test_what_stands_as_in_the_copy_that_was_restored_is_worth_a_look(
    till: ScreenTill,
) -> None:
    till.sign_on(MANAGER)
    open_offers(till)
    make = PromotionMaker(till, by_touch=True)
    at = till.work.counter.desk.clock.now()
    with till.till.editor() as editor:  # as a restore leaves it
        editor.put_setting(RESTORED_AT, str(at.unix_ms))
    make.go()
    till.touch_row("promotionRows", SECOND_HALF)
    said = _(AS_IN_THE_COPY, moment=moment_text(at, till.work.zone))
    assert make.part.state.detail.note == said
    till.sees(said[: len(said) // 2])  # it takes two lines


def words_of_staff(till: ScreenTill) -> set[str]:
    """Return names, PINs and what only staff talk about, in all languages."""
    people = till.work.counter.desk.catalog.everybody()
    names = {x.name for x in people} | {n for x in people for _l, n in x.names}
    talk = ("Offers that were not used", "Without this offer", "Margin", "Cost")
    return {
        *names,
        *PINS.values(),
        *(Words(language)(x) for language in LANGUAGES for x in talk),
    } - {""}


def test_the_customer_reads_why_until_the_next_action_and_no_word_of_staff(
    till: ScreenTill,
) -> None:
    till.sign_on(MANAGER)
    open_offers(till)
    customer = Customer(till)
    till.scan(COLA, COLA, SHIRT)
    till.press("lineDiscount")
    till.type("10")
    till.press("reductionReason_blemish")
    till.press("reductionTake")
    assert till.dialog == ""
    till.press("lineWhy")
    customer.reads("可乐")  # the basket still: nobody showed it yet
    till.press("whyCustomer")
    steps = till.flow.features.price.why.state.steps
    told = customer.state.lines[: len(steps)]
    assert [x.total for x in told] == [x.amount for x in steps]
    customer.reads(SEASON, *(x.amount for x in steps))
    painted = "\n".join(customer.words())
    assert "可乐" not in painted
    staff = words_of_staff(till)
    assert [x for x in staff if till.says(x)]  # the cashier does read such words
    assert not [x for x in staff if x in painted]
    till.select("可乐")  # another line is an action
    customer.reads("可乐", SECOND_HALF)
    till.select(unit_of(till, SHIRT).name)
    till.press("whyCustomer")
    assert "可乐" not in "\n".join(customer.words())
    till.key(Qt.Key.Key_Escape)
    customer.reads("可乐")
    till.press("lineWhy")
    till.press("whyCustomer")
    till.scan(COLA)
    customer.reads("可乐")


def test_a_cashier_leaves_an_offer_out_only_with_a_second_person(
    till: ScreenTill,
) -> None:
    till.sign_on(CASHIER)
    open_offers(till)
    till.scan(SHIRT)
    lowered = till.flow.sale.state.amount_due_minor
    till.press("lineWhy")
    till.press("whyDecline")
    till.press("reason_used_wrongly")
    assert till.dialog == "approvalDialog"
    assert till.flow.sale.state.amount_due_minor == lowered
    approver = till.flow.approvals.presenter.state.approvers[0]
    till.press(f"approver_{approver.staff_id}")
    till.type(PINS[approver.number])
    till.key(Qt.Key.Key_Return)
    till.wait(lambda: till.dialog == "")
    assert till.flow.sale.state.amount_due_minor == 12900
    (body,) = till.journal(EntryKind.PROMOTION_DECLINED)
    assert body["approved_by"] == approver.staff_id
    assert (body["reason"], body["is_taken_back"]) == ("used_wrongly", False)
    assert body["amount_minor"] == 12900 - lowered
    toast = till.find("toast")
    till.touch(toast, toast.undo_area().center())
    assert till.flow.sale.state.amount_due_minor == lowered
    assert till.journal(EntryKind.PROMOTION_DECLINED)[-1]["is_taken_back"]
    assert till.pay_cash().priced.promoted.applications[0].name == SEASON


@pytest.mark.slow
def test_a_storewide_promotion_over_ten_thousand_lines_is_seen_and_paid(
    till: ScreenTill,
) -> None:
    till.sign_on(CASHIER)
    deal = unit_deal(everything(), percent("10"))
    hold(till.till, promotion(1, deal, NEIGHBOUR))
    till.scan(COLA)
    unit = unit_of(till, COLA)
    lines = (unit_line(f"l{at}", unit, None, COLA) for at in range(MANY - 2))
    till.work.counter.sale.accept(*(AddLine(x, merge=False) for x in lines))
    till.scan(SHIRT)
    assert len(till.lines) == MANY
    if till.flow.deals.is_under_way:  # payment waits for the price and says so
        till.press("mainAction")
        till.wait(lambda: till.shown == "paymentScreen")
        till.key(Qt.Key.Key_Escape)
    due = 270 * (MANY - 1) + 11610
    till.wait(lambda: till.work.counter.sale.priced.total_minor == due)
    state = till.flow.sale.state
    assert state.amount_due_minor == due
    assert all(NEIGHBOUR in x.detail for x in state.lines)
    till.sees(NEIGHBOUR, f"{Decimal(due) / 100:,.2f}")
    sale = till.pay_cash()
    assert (len(sale.lines), sale.priced.total_minor) == (MANY, due)
