"""The report of promotions agrees with the documents that stand behind it."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from pos_app.documents.amounts import slip_amount
from pos_app.documents.layout import Columns
from pos_app.documents.report_slip import report_slip
from pos_app.documents.report_tables import report_tables
from pos_app.domain.offer_intents import SetShopper
from pos_app.domain.promotion.occasion import Shopper
from pos_app.domain.report_rows import Figure, FigureKind
from pos_app.domain.sale import Sale
from pos_app.i18n import Words
from pos_app.services.replay import ReplayClock
from pos_app.values.percentage import Percentage
from tests.builders_promotions import (
    cut,
    everything,
    nth,
    percent,
    promotion,
    spend,
)
from tests.builders_reports import ReportDay, report_shop
from tests.counter_shop import COLA, MANAGER, NOON, TEA, opened, pay_cash
from tests.promotion_in_shop import hold

HALF = replace(
    promotion(nth(everything(), 2, percent("50")), "第二件半价"),
    supplier_share=Percentage.parse("30"),
)
SPEND = promotion(spend((3000, cut(150))), "满30减1.5")


@pytest.fixture
def day(tmp_path: Path) -> Iterator[ReportDay]:
    clock = ReplayClock(NOON)
    with opened(report_shop(tmp_path), clock, number=MANAGER) as till:
        hold(till, HALF, SPEND)
        yield ReportDay(till, clock)


def sell_some(day: ReportDay, tea: int, cola: int = 0) -> Sale:
    for code, count in ((TEA, tea), (COLA, cola)):
        if count:
            day.till.counter.sale.scan(code, Decimal(count))
    return pay_cash(day.till.counter)


def test_every_sum_is_that_of_the_documents(day: ReportDay) -> None:
    sales = [sell_some(day, 2), sell_some(day, 3, 2), sell_some(day, 1)]
    used = [x for sale in sales for x in sale.priced.promoted.applications]
    report = day.report()
    assert {x.name for x in report.promotions} == {x.name for x in used}
    for share in report.promotions:
        own = [x for x in used if x.promotion_id == share.promotion_id]
        assert share.uses == sum(x.times for x in own)
        assert share.saving_minor == sum(x.saving_minor for x in own) > 0
        with_it = [
            sale
            for sale in sales
            if any(
                x.promotion_id == share.promotion_id
                for x in sale.priced.promoted.applications
            )
        ]
        assert share.tickets == len(with_it)
        assert share.sold_minor == sum(x.priced.total_minor for x in with_it)
        rows = day.rows(Figure(FigureKind.PROMOTION, share.promotion_id))
        assert rows.count == share.tickets
        assert rows.amount_minor == share.saving_minor
    half = next(x for x in report.promotions if x.name == "第二件半价")
    assert half.supplier_minor == (half.saving_minor * 3 + 5) // 10
    assert sum(x.saving_minor for x in report.promotions) == report.total.discount_minor


def test_goods_are_counted_once_and_a_sale_without_any_is_no_receipt(
    day: ReportDay,
) -> None:
    sell_some(day, 1)
    assert day.report().promotions == ()
    sell_some(day, 2)
    (half,) = (x for x in day.report().promotions if x.name == "第二件半价")
    assert (half.tickets, half.uses, half.thousandths) == (1, 1, 2000)


@pytest.mark.parametrize("language", ["zh-CN", "zh-TW", "en"])
def test_the_table_goes_where_all_tables_go(day: ReportDay, language: str) -> None:
    sell_some(day, 2)
    tables = {x.key: x for x in report_tables(day.report(), Words(language))}
    table = tables["promotions"]
    assert all(len(row.cells) == len(table.columns) for row in table.rows)
    (row,) = table.rows
    assert row.cells[0] == "第二件半价"
    assert row.cells[-1] == "100.0%"


@pytest.mark.parametrize("language", ["zh-CN", "zh-TW", "en"])
def test_the_printed_one_has_every_promotion_with_all_that_the_table_says(
    day: ReportDay, language: str
) -> None:
    sell_some(day, 2)
    day.till.counter.sale.scan(TEA, Decimal(3))
    day.till.counter.sale.keeper.recognise(SetShopper(Shopper("m-1")))
    to_member = pay_cash(day.till.counter)
    report, words, shop = day.report(), Words(language), day.till.counter.desk.shop
    at = report.made_at.at(ZoneInfo(shop.time_zone))
    layout = report_slip(report, shop, words, cashier="x", local_time=at)
    said = [x.cells for x in layout.blocks if isinstance(x, Columns)]
    half = next(x for x in report.promotions if x.name == "第二件半价")
    own = [
        x
        for x in to_member.priced.promoted.applications
        if x.promotion_id == half.promotion_id
    ]
    assert half.members_minor == sum(x.saving_minor for x in own) > 0
    at_half = said.index(("第二件半价 × 2", slip_amount(half.saving_minor, "CNY")))
    assert said[at_half + 1][0].strip() == f"{words('Receipts')} 2"
    shown = dict(said[at_half + 2 : at_half + 4])
    assert shown[f"  {words('To members')}"] == slip_amount(half.members_minor, "CNY")
    borne = slip_amount(half.supplier_minor, "CNY")
    assert shown[f"  {words('Paid by suppliers')}"] == borne
    whole = slip_amount(sum(x.saving_minor for x in report.promotions), "CNY")
    assert (words("Saved"), whole) in said
    assert [name for name, _x in said if "×" in name and "满30" in name]


def test_a_reversed_sale_takes_its_uses_back(day: ReportDay) -> None:
    kept, wrong = sell_some(day, 2), sell_some(day, 3, 2)
    day.till.counter.reversal.reverse(wrong.sale_id, "rung_up_wrongly").result()
    (half,) = (x for x in day.report().promotions if x.uses)
    own = sum(x.saving_minor for x in kept.priced.promoted.applications)
    assert (half.uses, half.tickets, half.thousandths) == (1, 1, 2000)
    assert (half.saving_minor, half.sold_minor) == (own, kept.priced.total_minor)
    for share in day.report().promotions:
        rows = day.rows(Figure(FigureKind.PROMOTION, share.promotion_id))
        assert rows.amount_minor == share.saving_minor
