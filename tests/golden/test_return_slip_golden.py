"""Slips of returns, exchanges and mirrored sales as text, kept."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pos_app.documents.receipt import receipt
from pos_app.domain.basket import BasketLine
from pos_app.domain.sale import Sale
from pos_app.domain.tax import CashRounding
from pos_app.values.rounding import RoundingMode
from tests import builders_slip as make
from tests.builders_pricing import basket, line, rules
from tests.builders_refund import ended, paid_of, part
from tests.kept_text import assert_kept, text_of

FOLDER = Path(__file__).parent / "slips"
SHOP = rules()
COINS = CashRounding(10, RoundingMode.DOWN)


def goods(name: str, english: str, variant: str, sold: BasketLine) -> BasketLine:
    assert sold.unit is not None
    named = replace(sold.unit, name=name, variant=variant, names=(("en", english),))
    return replace(sold, unit=named)


BOUGHT = basket(
    goods("茉莉花茶", "Jasmine tea", "无糖 500ml", line(375, "3")),
    goods(
        "本地红富士苹果",
        "Fuji apples",
        "",
        line(1280, "0.482", "reduced", by_weight=True),
    ),
    goods("纯棉圆领 T 恤", "Cotton T-shirt", "米白 / M", line(10_320)),
    round_off_minor=7,
)
OTHER = goods("纯棉圆领 T 恤", "Cotton T-shirt", "米白 / L", line(9_900))


def bought(language: str) -> Sale:
    return replace(
        ended(BOUGHT, SHOP, COINS, number="02-A-000161", language=language),
        sale_id="019aa4e0-5b7a-7c3e-8f10-2b6c1d9e4a00",
    )


def ticket(kind: str, language: str) -> Sale:
    sale = bought(language)
    shirt = part(sale, 3)
    number = "02-A-000162"
    if kind == "return":
        back = (part(sale, 1, "2"), part(sale, 2, "0.482"), shirt)
        back = (*back, replace(part(sale, 1, "1", 2000), origin=None))
        returned = replace(basket(), returns=back)
        return ended(
            returned,
            SHOP,
            COINS,
            paid=(paid_of(sale),),
            card_minor=5_000,
            number=number,
            language=language,
        )
    if kind == "exchange":
        swap = replace(basket(OTHER, line(250)), returns=(shirt,))
        return ended(
            swap, SHOP, COINS, paid=(paid_of(sale),), number=number, language=language
        )
    if kind == "even":
        same = goods(
            "纯棉圆领 T 恤", "Cotton T-shirt", "米白 / L", line(shirt.paid_minor)
        )
        swap = replace(basket(same), returns=(shirt,))
        return ended(swap, SHOP, COINS, number=number, language=language)
    assert kind == "mirror"
    whole = (part(sale, 1, "3"), part(sale, 2, "0.482"), shirt)
    mirrored = replace(basket(), returns=whole, reverses=sale.sale_id)
    return ended(mirrored, SHOP, COINS, number=number, language=language)


@pytest.mark.parametrize("kind", ["return", "exchange", "even", "mirror"])
@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize(("paper", "columns"), [(58, 32), (80, 48)])
def test_a_slip_with_returns_reads_as_it_did(
    kind: str, language: str, paper: int, columns: int
) -> None:
    sale = replace(ticket(kind, language), business_day=date(2026, 11, 21))
    layout = receipt(
        replace(sale, sale_id=make.SALE_ID),
        make.shop(language),
        make.words(language),
        copy_number=0,
        tender_names=make.TENDER_NAMES[language],
        local_time=make.LOCAL_TIME,
    )
    file = FOLDER / f"{kind}_{language}_{paper}.txt"
    assert_kept(file, text_of(layout, columns))
