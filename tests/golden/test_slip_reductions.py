"""Slips with prices and discounts by hand, from real pricing, kept as text."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from pos_app.documents.layout import Columns
from pos_app.documents.receipt import receipt
from pos_app.documents.reduction_rows import off_words
from pos_app.domain.basket import Basket, BasketLine
from pos_app.domain.open_sale import OpenSale
from pos_app.domain.payment import Payment
from pos_app.domain.pricing import price_basket
from pos_app.domain.sale import Sale
from pos_app.domain.sale_ending import Ending, build_sale
from pos_app.domain.tax import PricingRules
from pos_app.values.percentage import Percentage
from pos_app.values.times import Timestamp
from tests import builders_slip as make
from tests.builders_pricing import (
    amount_off,
    cash,
    line,
    own_price,
    percent_off,
    reduced,
    rules,
)
from tests.kept_text import assert_kept, text_of

FOLDER = Path(__file__).parent / "slips"


def named(sold: BasketLine, name: str, english: str) -> BasketLine:
    assert sold.unit is not None
    unit = replace(sold.unit, name=name, names=(("en", english),))
    return replace(sold, unit=unit, line_id=name)


LINES = (
    named(
        reduced(line(12900), None, percent_off("20")), "纯棉圆领 T 恤", "Cotton T-shirt"
    ),
    named(reduced(line(3000, "2"), own_price(2500)), "棉质短袜", "Cotton socks"),
    named(
        reduced(line(1990), own_price(1890), amount_off(90)), "雨伞 透明", "Umbrella"
    ),
    named(reduced(line(500), own_price(600)), "茉莉花茶", "Jasmine tea"),
)


def sold(using: PricingRules, language: str, let_go_minor: int = 7) -> Sale:
    basket = Basket(
        make.SALE_ID, LINES, discount=percent_off("5"), round_off_minor=let_go_minor
    )
    at = Timestamp.of(make.LOCAL_TIME)
    priced = price_basket(basket, using, at)
    current = OpenSale(basket, (cash(50_000),), "staff-1", make.LOCAL_TIME.date(), at)
    payment = Payment(priced.total_minor, using.cash_rounding, current.tenders)
    ending = Ending(
        "02-1-000163", "02", make.CASHIER, at, clock_suspect=False, language=language
    )
    return build_sale(current, priced, payment, ending)


def slip_of(sale: Sale, using: PricingRules) -> tuple[Columns, ...]:
    layout = receipt(
        sale,
        make.shop(sale.language, prices_include_tax=using.prices_include_tax),
        make.words(sale.language),
        copy_number=0,
        tender_names=make.TENDER_NAMES[sale.language],
        local_time=make.LOCAL_TIME,
    )
    return tuple(block for block in layout.blocks if isinstance(block, Columns))


@pytest.mark.parametrize("language", ["zh-CN", "zh-TW", "en"])
@pytest.mark.parametrize(("paper", "columns"), [(58, 32), (80, 48)])
def test_a_slip_with_discounts_reads_as_it_did(
    language: str, paper: int, columns: int
) -> None:
    layout = receipt(
        sold(rules(), language),
        make.shop(language),
        make.words(language),
        copy_number=0,
        tender_names=make.TENDER_NAMES[language],
        local_time=make.LOCAL_TIME,
    )
    file = FOLDER / f"reduced_{language}_{paper}.txt"
    assert_kept(file, text_of(layout, columns))


@pytest.mark.parametrize("include", [True, False])
@pytest.mark.parametrize("let_go_minor", [0, 7, 93])
def test_what_stands_on_the_slip_adds_up_to_the_total(
    include: bool, let_go_minor: int
) -> None:
    using = rules(prices_include_tax=include)
    sale = sold(using, "en", let_go_minor)
    rows = [(block.cells[0], block.cells[-1]) for block in slip_of(sale, using)]
    titles = [title for title, _ in rows]
    start, end = titles.index("Subtotal"), titles.index("Total")
    figures = [Decimal(row[1].replace("−", "-")) for row in rows[start:end]]
    total = Decimal(rows[end][1].removeprefix("¥"))
    assert sum(figures) == total == Decimal(sale.priced.total_minor) / 100
    off = [Decimal(v.replace("−", "-")) for t, v in rows[:start] if t.startswith("  ")]
    assert sum(off) == figures[titles.index("Discounts on lines") - start]


@pytest.mark.parametrize(
    ("percent", "chinese", "english"),
    [
        ("20", "8 折", "20%"),
        ("15", "8.5 折", "15%"),
        ("12.5", "8.75 折", "12.5%"),
        ("99", "0.1 折", "99%"),
        ("100", "100%", "100%"),
    ],
)
def test_a_rate_is_written_as_people_say_it(
    percent: str, chinese: str, english: str
) -> None:
    off = Percentage.parse(percent)
    assert off_words(off, "zh-TW") == chinese
    assert off_words(off, "en") == english
