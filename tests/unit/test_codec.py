"""Documents as plain JSON and back: nothing is lost, nothing is a float."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from pos_app.domain.basket import BasketLine
from pos_app.domain.codec import (
    correction_from_journal,
    correction_to_journal,
    from_plain,
    sale_from_journal,
    sale_to_journal,
    sale_to_plain,
    to_plain,
    void_to_journal,
)
from pos_app.domain.correction import TenderCorrection, VoidedSale
from pos_app.domain.journal import canonical_json
from pos_app.domain.open_sale import OpenSale
from pos_app.domain.payment import Payment
from pos_app.domain.permission import Permission, Role, Staff
from pos_app.domain.pricing import price_basket
from pos_app.domain.sale_ending import Ending, build_sale
from pos_app.values.times import Timestamp
from tests.builders_pricing import NOON, basket, cash, line, rules

_ROLE = Role("cashier", "收银员", (), frozenset(Permission), 100, is_supervisor=False)
_CASHIER = Staff("s1", "1001", "收银一", (), _ROLE)
_DAY = date(2026, 11, 21)


def a_sale():
    """Return a sale with a weighed line, a label's total, two rates and a note."""
    lines = (
        replace(line(1280), note="冷藏 🧋"),
        line(1196, "0.515", "reduced", by_weight=True),
        line(None, "1", "exempt", total_minor=77),
    )
    goods = basket(*lines, round_off_minor=3)
    priced = price_basket(goods, rules(), NOON)
    tenders = (cash(5000),)
    current = OpenSale(goods, tenders, "s1", _DAY, NOON)
    payment = Payment(priced.total_minor, rules().cash_rounding, tenders)
    ending = Ending("02-A-000001", "02", _CASHIER, NOON, False, "zh-CN")
    return build_sale(current, priced, payment, ending)


def test_a_sale_comes_back_whole() -> None:
    sale = a_sale()
    written = canonical_json(sale_to_journal(sale))
    notes = [line.note for line in sale.lines]
    back = sale_from_journal(json.loads(written), sale.cashier_name, notes)
    assert back == sale
    back.check()
    assert canonical_json(sale_to_journal(back)) == written


def test_priced_lines_stand_once() -> None:
    plain = sale_to_plain(a_sale())
    assert "lines" not in plain["priced"]
    assert len(plain["lines"]) == 3


def test_stock_is_counted_in_thousandths() -> None:
    assert [x.pieces_thousandths for x in a_sale().lines] == [1000, 515, 1000]


_VOID = VoidedSale(
    "b", "n", "02", "s1", "收银一", _DAY, Timestamp(1), "left",
    (BasketLine("l", None, "690", Decimal("2.5"), note="李女士"), line(5)), 5,
)  # fmt: skip
_CORRECTION = TenderCorrection(
    "c", "n", "b", "02-A-000001", "t", "cash", "card", 5, "1234", "02", "s1", "收银一",
    _DAY, Timestamp(1),
)  # fmt: skip


_CORRECTED = correction_to_journal(_CORRECTION)


@pytest.mark.parametrize("document", [_VOID, _CORRECTION], ids=["void", "correction"])
def test_other_documents_come_back_whole(document) -> None:
    plain = json.loads(canonical_json(to_plain(document)))
    assert from_plain(type(document), plain) == document


def test_a_correction_comes_back_with_the_name_that_its_row_kept() -> None:
    body = json.loads(canonical_json(correction_to_journal(_CORRECTION)))
    assert correction_from_journal(body, "收银一") == _CORRECTION


@pytest.mark.parametrize(
    "body",
    [sale_to_journal(a_sale()), void_to_journal(_VOID), _CORRECTED],
    ids=["sale", "void", "correction"],
)
def test_journal_bodies_name_no_person_and_quote_nobody(body) -> None:
    written = canonical_json(body).decode()
    for word in ("收银一", "冷藏", "李女士"):
        assert word not in written
    assert '"s1"' in written
