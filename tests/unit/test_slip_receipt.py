"""What a slip must say, whatever it looks like."""

from dataclasses import replace
from typing import Any

import pytest

from pos_app.documents.amounts import slip_amount, slip_price
from pos_app.documents.layout import Columns, Image, Layout, QrCode
from pos_app.documents.notices import (
    NoticeFacts,
    tender_correction,
    test_page,
    voided_sale,
)
from pos_app.documents.receipt import receipt
from pos_app.documents.text import text_lines
from pos_app.domain.sale import Sale
from pos_app.domain.tender import TenderKind, TenderLine
from tests import builders_slip as make

FACTS = NoticeFacts(
    number="02-3-000007",
    till="02",
    cashier_name="陈晓雨",
    approver_name="店长",
    reason="顾客放弃",
    local_time=make.LOCAL_TIME,
)


def printed(sale: Sale, **how: Any) -> Layout:
    facts: dict[str, Any] = {
        "copy_number": 0,
        "tender_names": make.TENDER_NAMES["en"],
        "local_time": make.LOCAL_TIME,
    }
    shop = how.pop("shop", make.shop("en"))
    return receipt(sale, shop, make.words("en"), **{**facts, **how})


def text(layout: Layout) -> str:
    return "\n".join(text_lines(layout, 48))


def figures(layout: Layout) -> dict[str, str]:
    return {b.cells[0]: b.cells[1] for b in layout.blocks if isinstance(b, Columns)}


@pytest.mark.parametrize(
    ("minor", "currency", "plain", "priced"),
    [
        pytest.param(128450, "CNY", "1,284.50", "¥1,284.50", id="two decimals"),
        pytest.param(-3830, "CNY", "−38.30", "−¥38.30", id="a true minus sign"),
        pytest.param(857, "TWD", "857", "NT$857", id="no decimals in Taiwan"),
        pytest.param(1234, "KWD", "1.234", "KWD 1.234", id="three decimals, no symbol"),
        pytest.param(5, "EUR", "0.05", "€0.05", id="cents alone"),
    ],
)
def test_amounts(minor: int, currency: str, plain: str, priced: str) -> None:
    assert slip_amount(minor, currency) == plain
    assert slip_price(minor, currency) == priced


def test_only_a_reprint_says_copy() -> None:
    assert "COPY" not in text(printed(make.sale()))
    assert "COPY 2" in text(printed(make.sale(), copy_number=2))


def test_the_sums_of_the_slip_add_up() -> None:
    sale = make.sale()
    found = figures(printed(sale))
    minor = {
        title: int(found[title].translate(str.maketrans("−", "-", ",.¥")))
        for title in ("Subtotal", "Rounded off", "Total", "Change")
    }
    assert minor["Subtotal"] + minor["Rounded off"] == minor["Total"]
    assert minor["Total"] == sale.priced.total_minor
    taken = sum(tender.amount_minor for tender in sale.tenders)
    assert taken - minor["Change"] == minor["Total"]


def test_a_sale_without_discount_has_no_subtotal() -> None:
    found = figures(printed(make.sale(round_off_minor=0)))
    assert "Subtotal" not in found
    assert "Rounded off" not in found


def test_tax_on_top_is_a_line_before_the_total() -> None:
    shop = make.shop("en", prices_include_tax=False)
    titles = [
        block.cells[0]
        for block in printed(make.sale(), shop=shop).blocks
        if isinstance(block, Columns)
    ]
    assert titles.index("增值税 13%") < titles.index("Total")
    assert "Tax added" in titles


def test_weighed_goods_show_weight_and_price_of_the_kilogram() -> None:
    assert "0.482 kg × 12.80/kg" in text(printed(make.sale()))


def test_one_piece_needs_no_second_line() -> None:
    slip = text(printed(make.sale((make.line("Tea", 500),), round_off_minor=0)))
    assert "×" not in slip
    assert "13%" not in slip.split("Tea")[1].splitlines()[0]  # one rate, no code


def test_the_note_of_a_line_and_its_variant_stand_below_it() -> None:
    slip = text(printed(make.sale()))
    assert "Note: 加热" in slip
    assert "Cotton T-shirt 米白 / M" in slip


@pytest.mark.parametrize(
    ("tender", "title"),
    [
        pytest.param(
            TenderLine("t", "card", TenderKind.CARD, 1, "6222020001234455"),
            "Card *4455 (not verified)",
            id="only the tail of a number",
        ),
        pytest.param(
            TenderLine("t", "wechat", TenderKind.CODE, 1, "", is_verified=True),
            "WeChat Pay",
            id="confirmed by the provider",
        ),
        pytest.param(TenderLine("t", "cash", TenderKind.CASH, 1), "Cash", id="cash"),
        pytest.param(
            TenderLine("t", "gone", TenderKind.OTHER, 1, "V-77"),
            "gone *V-77",
            id="a tender that was renamed since",
        ),
    ],
)
def test_tenders(tender: TenderLine, title: str) -> None:
    assert title in figures(printed(replace(make.sale(), tenders=(tender,))))


def test_cash_rounding_is_shown_with_its_sign() -> None:
    rounded = replace(make.sale(), rounding_minor=-2, change_minor=0)
    found = figures(printed(rounded))
    assert found["Cash rounding"] == "−0.02"
    assert "Change" not in found


def test_the_logo_stands_on_top() -> None:
    layout = printed(make.sale(), logo_png=b"png")
    assert layout.blocks[0] == Image(b"png")


def test_the_code_finds_the_sale() -> None:
    (code,) = (b for b in printed(make.sale()).blocks if isinstance(b, QrCode))
    assert code.data == f"urn:uuid:{make.SALE_ID}"


def test_the_test_page_names_the_printer() -> None:
    page = test_page(
        make.shop(), make.words("en"), printer_name="Front", local_time=make.LOCAL_TIME
    )
    assert "Front" in text(page)


def test_a_voided_sale_charges_nothing() -> None:
    slip = voided_sale(make.shop("en"), make.words("en"), FACTS, make.BASKET)
    assert figures(slip)["Not charged"] == "¥123.27"
    assert "顾客放弃" in text(slip)


def test_a_correction_shows_both_sides() -> None:
    was, now = make.sale().tenders
    slip = tender_correction(
        make.shop("en"),
        make.words("en"),
        FACTS,
        sale_number="02-1-000162",
        was=(was,),
        now=(now,),
        tender_names=make.TENDER_NAMES["en"],
    )
    written = text(slip)
    assert written.index("Booked as") < written.index("WeChat Pay *8801")
    assert written.index("Corrected to") < written.index("  Cash ")
