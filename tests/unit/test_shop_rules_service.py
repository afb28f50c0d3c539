"""Taxes, tenders and reasons: history stays, and no till is left without."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from pos_app.domain.rate_change import RateDraft, changed_rates, without_planned
from pos_app.domain.stock_document import StockKind
from pos_app.domain.tax import TaxRate
from pos_app.domain.tender import TenderKind, TenderType
from pos_app.ports.catalog import Reason
from pos_app.services.stock_reasons import reason_words, stock_reasons
from pos_app.values.percentage import Percentage
from pos_app.values.times import Period
from tests.counter_shop import CASHIER, NOON, TEA, pay_cash, refusal, sell, sign_on
from tests.people_shop import PeopleShop, people_shop


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[PeopleShop]:
    with people_shop(tmp_path) as found:
        yield found


def rate(
    text: str, shop: PeopleShop, days: int = 1, replaces: str = "VAT"
) -> RateDraft:
    day = shop.desk.business_day() + timedelta(days=days)
    return RateDraft(Percentage.parse(text), day, code="VAT", replaces=replaces)


def tomorrow(shop: PeopleShop) -> None:
    shop.clock.set(shop.clock.now().plus_seconds(24 * 3600))


def tax_of(shop: PeopleShop) -> str:
    sale = sell(shop.counter, TEA)
    (line,) = sale.priced.taxes
    return str(line.percentage)


# ----------------------------------------------------------------------- taxes


def test_a_rate_from_tomorrow_leaves_today_and_old_documents(shop: PeopleShop) -> None:
    before = sell(shop.counter, TEA)
    assert shop.store(shop.counter.taxes.set_rate("standard", rate("11", shop)))
    assert tax_of(shop) == "13%"
    tomorrow(shop)
    assert tax_of(shop) == "11%"
    kept = shop.till.ledger.sale(before.sale_id)
    assert kept is not None
    assert kept.priced == before.priced


def test_a_rate_of_another_day_begins_with_the_business_day(shop: PeopleShop) -> None:
    shop.store(shop.counter.taxes.set_rate("standard", rate("11", shop)))
    midnight = 12 * 3600 - 1
    shop.clock.set(NOON.plus_seconds(midnight + 2))  # the shop's day ends at four
    assert tax_of(shop) == "13%"
    shop.clock.set(NOON.plus_seconds(midnight + 4 * 3600 + 2))
    assert tax_of(shop) == "11%"


def test_a_rate_of_a_day_gone_is_refused(shop: PeopleShop) -> None:
    draft = rate("11", shop, days=-1)
    assert (
        refusal(shop.counter.taxes.set_rate, "standard", draft).key == "tax_from_past"
    )


def test_an_announced_rate_gives_way_or_is_taken_back(shop: PeopleShop) -> None:
    taxes = shop.counter.taxes
    shop.store(taxes.set_rate("standard", rate("11", shop, days=10)))
    shop.store(taxes.set_rate("standard", rate("12", shop, days=5)))
    (category,) = [x for x in taxes.categories() if x.key == "standard"]
    assert [str(x.percentage) for x in category.rates] == ["13%", "12%"]
    assert shop.store(taxes.drop_planned("standard", "VAT"))
    (category,) = [x for x in taxes.categories() if x.key == "standard"]
    assert [str(x.percentage) for x in category.rates] == ["13%"]
    assert category.rates[0].period.end is None
    again = refusal(lambda: shop.store(taxes.drop_planned("standard", "VAT")))
    assert again.key == "tax_not_planned"


def typed(text: str, shop: PeopleShop, days: int) -> RateDraft:
    """Return a rate as the screen asks for it: with no code of its own."""
    day = shop.desk.business_day() + timedelta(days=days)
    return RateDraft(Percentage.parse(text), day, replaces="VAT")


@pytest.mark.parametrize("days", [(5, 10), (10, 5), (5, 5), (5, 0)])
def test_goods_bear_one_rate_however_often_it_was_announced(
    shop: PeopleShop, days: tuple[int, int]
) -> None:
    taxes = shop.counter.taxes
    shop.store(taxes.set_rate("standard", typed("11", shop, days[0])))
    shop.store(taxes.set_rate("standard", typed("9", shop, days[1])))
    (category,) = [x for x in taxes.categories() if x.key == "standard"]
    for day in range(1, 20):
        moment = NOON.plus_seconds(24 * 3600 * day)
        assert len(category.rates_at(moment)) == 1, (day, category.rates)
    shop.clock.set(NOON.plus_seconds(24 * 3600 * 20))
    assert tax_of(shop) == "9%"


def test_a_rate_taken_back_leaves_those_around_it_joined(shop: PeopleShop) -> None:
    taxes = shop.counter.taxes
    shop.store(taxes.set_rate("standard", typed("11", shop, 5)))
    shop.store(taxes.set_rate("standard", typed("9", shop, 10)))
    shop.store(taxes.drop_planned("standard", "11%"))
    (category,) = [x for x in taxes.categories() if x.key == "standard"]
    first, second = category.rates
    assert (str(first.percentage), str(second.percentage)) == ("13%", "9%")
    assert first.period.end == second.period.start
    assert second.period.end is None


def test_two_taxes_that_change_on_one_day_change_each_for_itself() -> None:
    change, later = NOON, NOON.plus_seconds(1000)
    rates = tuple(
        TaxRate(code, code, Percentage.parse(text), period)
        for code, text, period in (
            ("GST", "5", Period(None, change)),
            ("6%", "6", Period(change, None)),
            ("PST", "7", Period(None, change)),
            ("8%", "8", Period(change, None)),
        )
    )
    ten = RateDraft(Percentage.parse("10"), date(2027, 1, 1), replaces="GST")
    found = changed_rates(rates, ten, later)
    assert [str(x.percentage) for x in found] == ["5%", "6%", "10%", "7%", "8%"]
    after = [str(x.percentage) for x in found if x.period.covers(later)]
    assert after == ["10%", "8%"]
    back = without_planned(found, "10%", change)
    assert back == rates
    without = without_planned(rates, "6%", NOON.plus_seconds(-9))
    assert [x.code for x in without if x.period.end is None] == ["GST", "8%"]


def test_a_tax_that_ends_leaves_the_goods_untaxed(shop: PeopleShop) -> None:
    day = shop.desk.business_day() + timedelta(days=1)
    ended = RateDraft(None, day, replaces="VAT")
    shop.store(shop.counter.taxes.set_rate("standard", ended))
    tomorrow(shop)
    assert sell(shop.counter, TEA).priced.tax_minor == 0


def test_a_category_that_items_are_of_is_not_deleted(shop: PeopleShop) -> None:
    taxes = shop.counter.taxes
    error = refusal(lambda: shop.store(taxes.delete("standard")))
    assert error.key == "tax_in_use"
    assert shop.store(taxes.add("书刊", Percentage.parse("5"))[1])
    (added,) = [x for x in taxes.categories() if x.name == "书刊"]
    taken = refusal(lambda: shop.store(taxes.add("书刊", None)[1]))
    assert taken.key == "tax_name_taken"
    assert shop.store(taxes.delete(added.key))
    assert added.key not in {x.key for x in taxes.categories()}
    assert [x["before"] is None for x in shop.bodies("TaxChanged")] == [True, False]


@pytest.mark.parametrize("text", ["-1", "100.01"])
def test_a_rate_that_is_none_is_refused(shop: PeopleShop, text: str) -> None:
    draft = replace(rate("1", shop), percentage=Percentage.parse(text))
    refused = refusal(shop.counter.taxes.set_rate, "standard", draft)
    assert refused.key == "tax_rate_refused"


def test_a_cashier_changes_no_rule(shop: PeopleShop) -> None:
    counter = shop.counter
    sign_on(counter, CASHIER)
    cash = next(x for x in counter.tenders.all() if x.key == "cash")
    for asked in (
        lambda: counter.taxes.add("x", None),
        lambda: counter.taxes.delete("standard"),
        lambda: counter.tenders.put(cash),
        lambda: counter.reasons.put(counter.reasons.all()[0]),
        lambda: counter.tenders.order(["cash"]),
    ):
        assert refusal(asked).key == "not_permitted"


# --------------------------------------------------------------------- tenders


def tender(shop: PeopleShop, key: str) -> TenderType:
    return next(x for x in shop.counter.tenders.all() if x.key == key)


def test_a_tender_switched_off_is_offered_no_more_but_named(shop: PeopleShop) -> None:
    shop.counter.sale.scan(TEA)
    shop.counter.checkout.take("coupon", None)
    sale = shop.counter.checkout.finish(print_slip=False).result()
    shop.counter.checkout.finished()
    off = replace(tender(shop, "coupon"), is_active=False)
    assert shop.store(shop.counter.tenders.put(off))
    assert "coupon" not in {x.key for x in shop.desk.catalog.tender_types()}
    shop.counter.sale.scan(TEA)
    assert refusal(shop.counter.checkout.take, "coupon", None).key == "tender_unknown"
    assert shop.counter.slip.form().tender_names["coupon"] == "礼券"
    assert sale.tenders[0].key == "coupon"
    assert shop.store(shop.counter.tenders.put(replace(off, is_active=True)))
    shop.counter.checkout.take("coupon", None)


def test_the_cash_tender_stays(shop: PeopleShop) -> None:
    off = replace(tender(shop, "cash"), is_active=False)
    error = refusal(lambda: shop.store(shop.counter.tenders.put(off)))
    assert error.key == "tender_last_cash"
    second = TenderType("x", "外币", (), TenderKind.CASH, True, True, False, 9)
    error = refusal(lambda: shop.store(shop.counter.tenders.put(second)))
    assert error.key == "tender_second_cash"


def test_a_tender_that_the_open_sale_took_stays_until_it_ends(shop: PeopleShop) -> None:
    shop.counter.sale.scan(TEA)
    shop.counter.checkout.take("coupon", 100)
    shop.till.ledger.flush()
    off = replace(tender(shop, "coupon"), is_active=False)
    assert refusal(shop.counter.tenders.put, off).key == "tender_in_open_sale"
    pay_cash(shop.counter)
    assert shop.store(shop.counter.tenders.put(off))


def test_a_tender_keeps_its_kind_and_only_cash_gives_change(shop: PeopleShop) -> None:
    odd = replace(tender(shop, "card"), kind=TenderKind.CASH, gives_change=True)
    shop.store(shop.counter.tenders.put(replace(odd, name="刷卡")))
    found = tender(shop, "card")
    assert (found.kind, found.gives_change, found.name) == (
        TenderKind.CARD,
        False,
        "刷卡",
    )


def test_tenders_stand_in_the_order_that_was_chosen(shop: PeopleShop) -> None:
    keys = ["wechat", "cash", "card", "voucher", "coupon"]
    assert shop.store(shop.counter.tenders.order(keys))
    assert [x.key for x in shop.desk.catalog.tender_types()] == keys


# --------------------------------------------------------------------- reasons


def test_a_reason_is_added_renamed_and_switched_off(shop: PeopleShop) -> None:
    reasons = shop.counter.reasons
    fresh = Reason(reasons.new_key(), "no_sale", "验钞", (("en", "Check a note"),))
    assert shop.store(reasons.put(fresh))
    assert fresh in shop.desk.catalog.reasons("no_sale")
    assert shop.store(reasons.put(replace(fresh, name="验纸币")))
    shop.counter.drawer.open(fresh.key).result()
    assert shop.store(reasons.put(replace(fresh, is_active=False)))
    assert fresh.key not in {x.key for x in shop.desk.catalog.reasons("no_sale")}
    assert refusal(shop.counter.drawer.open, fresh.key).key == "reason_unknown"
    names = {x.key: x.name for x in shop.desk.catalog.known_reasons()}
    assert names[fresh.key] == "验钞"  # the last put carried the first name
    assert len(shop.bodies("ReasonChanged")) == 3


def test_the_last_reason_of_a_use_stays(shop: PeopleShop) -> None:
    (left,) = shop.desk.catalog.reasons("sale_void")
    off = replace(left, is_active=False)
    error = refusal(lambda: shop.store(shop.counter.reasons.put(off)))
    assert error.key == "reason_last"


@pytest.mark.parametrize(
    ("reason", "key"),
    [
        (Reason("n", "no_sale", " ", ()), "choice_name_missing"),
        (Reason("n", "sing", "唱歌", ()), "reason_use_unknown"),
        (Reason("n", "no_sale", "换零钱", ()), "reason_name_taken"),
    ],
)
def test_what_is_no_reason_is_refused(
    shop: PeopleShop, reason: Reason, key: str
) -> None:
    assert refusal(lambda: shop.store(shop.counter.reasons.put(reason))).key == key


def test_reasons_of_a_use_are_put_in_order_and_others_stay(shop: PeopleShop) -> None:
    before = [x.key for x in shop.counter.reasons.all() if x.use != "no_sale"]
    assert shop.store(shop.counter.reasons.order(["look", "change"]))
    assert [x.key for x in shop.desk.catalog.reasons("no_sale")] == ["look", "change"]
    after = [x.key for x in shop.counter.reasons.all() if x.use != "no_sale"]
    assert after == before


def test_a_shop_without_reasons_for_waste_begins_with_the_usual_ones(
    shop: PeopleShop,
) -> None:
    desk, reasons = shop.desk, shop.counter.reasons
    usual = [x for x in reasons.all() if x.use == "stock_waste"]
    assert [x.key for x in usual][:2] == ["expired", "broken"]
    assert usual[0].name_in("zh-TW") == "過期"
    gone = replace(usual[0], is_active=False)
    assert shop.store(reasons.put(gone))
    fresh = Reason(reasons.new_key(), "stock_waste", "给了邻居", ())
    assert shop.store(reasons.put(fresh))
    kind = StockKind.WASTED
    offered = [key for key, _words in stock_reasons(desk, kind, "zh-CN")]
    assert offered == [*(x.key for x in usual[1:]), fresh.key]
    assert reason_words(desk, kind, gone.key, "en") == "Out of date"
    assert refusal(shop.counter.stock_drafts.set_reason, kind, gone.key).key == (
        "reason_unknown"
    )


def test_a_reason_switched_off_still_names_old_stock_documents(
    shop: PeopleShop,
) -> None:
    reasons, kind = shop.counter.reasons, StockKind.ADJUSTED
    own = Reason(reasons.new_key(), "stock_adjust", "搬家", (("en", "Moved house"),))
    assert shop.store(reasons.put(own))
    assert shop.store(reasons.put(replace(own, is_active=False)))
    assert reason_words(shop.desk, kind, own.key, "en") == "Moved house"
    assert shop.counter.stock.form(kind).reason_names[own.key] == "搬家"
