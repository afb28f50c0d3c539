"""Slips of sales with promotions, from real pricing, kept as text."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from pos_app.documents.heading import FULL_HEADING
from pos_app.documents.layout import Columns, Layout
from pos_app.documents.receipt import receipt
from pos_app.domain.basket import BasketLine
from pos_app.domain.open_sale import OpenSale
from pos_app.domain.payment import Payment
from pos_app.domain.pricing import price_basket
from pos_app.domain.promotion.deal import Deal
from pos_app.domain.promotion.occasion import CouponInHand, PointsBurn, Shopper
from pos_app.domain.promotion.promotion import Promotion
from pos_app.domain.sale import Sale
from pos_app.domain.sale_ending import Ending, build_sale
from pos_app.domain.tax import PricingRules
from pos_app.values.times import Timestamp
from tests import builders_slip as make
from tests.builders_pricing import cash, percent_off, rules
from tests.builders_promotions import (
    basket_of,
    bundle,
    by_coupon,
    cut,
    goods,
    items,
    nth,
    offers,
    percent,
    promotion,
    sold,
    spend,
)
from tests.kept_text import assert_kept, text_of

FOLDER = Path(__file__).parent / "slips"


def named(deal: Deal, name: str, english: str, taiwan: str, **more: str) -> Promotion:
    names = (("en", english), ("zh-TW", taiwan))
    return promotion(deal, name, names=names, **more)


DEALS = (
    named(
        nth(items("tea"), 2, percent("50")),
        "第二件半价",
        "Second at half price",
        "第二件五折",
    ),
    named(
        bundle(items("coffee"), items("sandwich"), off=cut(600)),
        "咖啡三明治套餐立减 6 元",
        "Coffee and sandwich together, 6 off",
        "咖啡三明治套餐折 6 元",
    ),
    named(spend((5000, cut(500))), "满 50 减 5", "5 off from 50", "滿 50 折 5"),
    replace(
        by_coupon(spend((1, percent("10")), most_minor=300), "coupon"),
        name="新店九折券",
        names=(("en", "New shop coupon 10%"), ("zh-TW", "新店九折券")),
    ),
)


def line(name: str, chinese: str, english: str, price: int, count: int) -> BasketLine:
    what = replace(goods(name, price), name=chinese, names=(("en", english),))
    return sold(what, count)


LINES = (
    line("tea", "茉莉花茶", "Jasmine tea", 1500, 3),
    line("coffee", "拿铁咖啡", "Caffè latte", 1800, 1),
    line("sandwich", "鸡肉三明治", "Chicken sandwich", 1600, 1),
    replace(
        line("socks", "棉质短袜", "Cotton socks", 2990, 1), discount=percent_off("10")
    ),
)


def sale_of(using: PricingRules, language: str, *, is_member: bool = False) -> Sale:
    at = Timestamp.of(make.LOCAL_TIME)
    lines = LINES
    if is_member:
        tea = replace(
            goods("tea", 1500, levels={"member": 1380}), names=(("en", "Jasmine tea"),)
        )
        lines = (sold(tea, 3), *LINES[1:])
    basket = replace(
        basket_of(lines),
        basket_id=make.SALE_ID,
        discount=percent_off("5"),
        round_off_minor=3,
        shopper=Shopper("member-1") if is_member else None,
    )
    held = offers(
        DEALS,
        moment=at,
        shopper=basket.shopper,
        coupons=(CouponInHand("c-1", "coupon"),),
        points=PointsBurn(120, 120) if is_member else None,
    )
    priced = price_basket(basket, using, at, held)
    day = make.LOCAL_TIME.date()
    current = OpenSale(basket, (cash(50_000),), "staff-1", day, at)
    payment = Payment(priced.total_minor, using.cash_rounding, current.tenders)
    ending = Ending(
        "02-1-000164", "02", make.CASHIER, at, clock_suspect=False, language=language
    )
    return build_sale(current, priced, payment, ending)


def slip_of(sale: Sale, using: PricingRules) -> Layout:
    return receipt(
        sale,
        make.shop(sale.language, prices_include_tax=using.prices_include_tax),
        make.words(sale.language),
        copy_number=0,
        tender_names=make.TENDER_NAMES[sale.language],
        local_time=make.LOCAL_TIME,
        style=replace(FULL_HEADING, saved=True),
    )


@pytest.mark.parametrize("language", ["zh-CN", "zh-TW", "en"])
@pytest.mark.parametrize(("paper", "columns"), [(58, 32), (80, 48)])
def test_a_slip_with_promotions_reads_as_it_did(
    language: str, paper: int, columns: int
) -> None:
    layout = slip_of(sale_of(rules(), language, is_member=True), rules())
    file = FOLDER / f"promoted_{language}_{paper}.txt"
    assert_kept(file, text_of(layout, columns))


def rows_of(sale: Sale, using: PricingRules) -> Iterator[tuple[str, str]]:
    for block in slip_of(sale, using).blocks:
        if isinstance(block, Columns):
            yield block.cells[0], block.cells[-1]


def figure(text: str) -> Decimal:
    return Decimal(text.replace("−", "-").removeprefix("¥"))


@pytest.mark.parametrize("include", [True, False])
@pytest.mark.parametrize("is_member", [True, False])
def test_the_slip_adds_up_layer_by_layer(include: bool, is_member: bool) -> None:
    using = rules(prices_include_tax=include)
    sale = sale_of(using, "en", is_member=is_member)
    rows = list(rows_of(sale, using))
    titles = [title for title, _ in rows]
    start, end = titles.index("Subtotal"), titles.index("Total")
    total = figure(rows[end][1])
    assert sum(figure(value) for _, value in rows[start:end]) == total
    assert total == Decimal(sale.priced.total_minor) / 100
    own = sum(figure(v) for t, v in rows[:start] if t.startswith("  "))
    assert own == figure(dict(rows)["Discounts on lines"])
    told = [t for t in titles[start + 1 : end] if not t.startswith("VAT")]
    points = ["120 points"] if is_member else []
    assert told == [
        "Discounts on lines",
        "5 off from 50",
        "Whole-sale discount 5%",
        "New shop coupon 10%",
        *points,
        "Rounded off",
    ]
    assert ("  Member price" in titles) is is_member


def test_what_was_saved_is_all_that_was_let_go() -> None:
    sale = sale_of(rules(), "en")
    saved = dict(rows_of(sale, rules()))["You saved"]
    assert figure(saved) * 100 == sale.priced.discount_minor
    assert sale.priced.discount_minor > sale.priced.promoted.saving_minor > 0
