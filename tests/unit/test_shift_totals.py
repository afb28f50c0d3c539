"""What each document adds to its shift, added up by hand."""

from dataclasses import replace
from datetime import date

import pytest

from pos_app.domain.correction import TenderCorrection
from pos_app.domain.count_hint import count_hint
from pos_app.domain.journal import EntryKind
from pos_app.domain.shift import CashCount, CashMove, CashMoveKind
from pos_app.domain.shift_facts import of_fact
from pos_app.domain.shift_totals import (
    Tally,
    TotalKind,
    of_correction,
    of_move,
    of_sale,
    tax_key,
    without_cash,
)
from pos_app.domain.tender import TenderKind
from pos_app.values.percentage import Percentage
from pos_app.values.times import Timestamp
from tests import builders_slip as make

AT = Timestamp.parse("2026-11-21T12:00:00+08:00")


def test_a_sale_adds_its_price_its_taxes_and_its_money() -> None:
    sale = make.sale(language="zh-CN")
    sums = Tally(of_sale(sale))
    assert sums.amount_minor(TotalKind.SALES) == sale.priced.total_minor
    assert sums.amount_minor(TotalKind.NET) == sale.due_minor
    assert sums.count(TotalKind.PIECES) == sale.priced.item_count
    for tax in sale.priced.taxes:
        key = tax_key(tax.code, tax.percentage)
        assert sums.amount_minor(TotalKind.TAX, key) == tax.tax_minor
        assert sums.amount_minor(TotalKind.TAX_BASE, key) == tax.base_minor
    cash = [t.amount_minor for t in sale.tenders if t.kind is TenderKind.CASH]
    flow_minor = sum(cash) - sale.change_minor
    assert sums.amount_minor(TotalKind.CASH_FLOW) == flow_minor
    taken = sum(tender.amount_minor for tender in sale.tenders)
    assert sums.amount_minor(TotalKind.TENDER) == taken


def test_a_suspect_clock_is_remembered() -> None:
    sale = make.sale(language="zh-CN")
    assert Tally(of_sale(sale)).count(TotalKind.CLOCK_SUSPECT) == 0
    late = replace(sale, clock_suspect=True)
    assert Tally(of_sale(late)).count(TotalKind.CLOCK_SUSPECT) == 1


@pytest.mark.parametrize(
    ("was", "now", "flow"),
    [
        (TenderKind.CASH, TenderKind.CARD, -500),
        (TenderKind.CODE, TenderKind.CASH, 500),
        (TenderKind.CASH, TenderKind.CASH, 0),
        (TenderKind.CARD, TenderKind.CODE, 0),
    ],
)
def test_a_correction_moves_cash_only_where_one_side_is_cash(was, now, flow) -> None:
    correction = TenderCorrection(
        *("c", "02-AC-1", "s", "02-A-1", "t", "a", "b", 500, "", "02"),
        *("1", "A", date(2026, 11, 21), AT, "shift", was, now),
    )
    sums = Tally(of_correction(correction))
    assert sums.amount_minor(TotalKind.CASH_FLOW) == flow
    assert sums.amount_minor(TotalKind.CORRECTION, "a") == -500
    assert sums.amount_minor(TotalKind.CORRECTION) == 0


@pytest.mark.parametrize(
    ("kind", "flow"),
    [
        (CashMoveKind.PAID_IN, 700),
        (CashMoveKind.PAID_OUT, -700),
        (CashMoveKind.SAFE_DROP, -700),
    ],
)
def test_a_cash_move_changes_the_drawer(kind, flow) -> None:
    move = CashMove(
        *("m", "02-ACM-1", kind, 700, "why", "", "shift", "02", "1", "A", ""),
        *(date(2026, 11, 21), AT),
    )
    sums = Tally(of_move(move))
    assert sums.amount_minor(TotalKind.CASH_FLOW) == flow
    assert sums.amount_minor(TotalKind(kind.value), "why") == 700


@pytest.mark.parametrize(
    ("kind", "body", "total"),
    [
        (EntryKind.DRAWER_OPENED, {"why": "look"}, TotalKind.NO_SALE),
        (EntryKind.DRAWER_OPENED, {"why": "sale", "sale": "1"}, None),
        (EntryKind.DRAWER_OPENED, {"why": "paid_in", "move": "1"}, None),
        (EntryKind.DRAWER_OPENED, {"why": "count", "count": True}, None),
        (EntryKind.SLIP_REPRINTED, {}, TotalKind.REPRINT),
        (EntryKind.REPORT_PRINTED, {"report": "x"}, TotalKind.X_REPORT),
        (EntryKind.REPORT_PRINTED, {"report": "z"}, TotalKind.REPRINT),
        (EntryKind.REPORT_PRINTED, {"report": "day"}, None),
        (EntryKind.LINE_VOIDED, {"total_minor": None}, TotalKind.LINE_VOID),
        (EntryKind.CLOCK_WENT_BACK, {}, TotalKind.CLOCK_SUSPECT),
        (EntryKind.SIGNED_ON, {}, None),
    ],
)
def test_entries_beside_the_documents_count_too(kind, body, total) -> None:
    found = of_fact(kind, body)
    assert [each.kind for each in found] == ([total.value] if total else [])


def test_what_comes_to_nothing_leaves_no_total() -> None:
    sums = Tally()
    sums.add(TotalKind.TENDER, "cash", 1, 500)
    sums.add(TotalKind.TENDER, "cash", -1, -500)
    assert sums.totals == ()


def test_whoever_will_count_gets_no_figure_of_the_cash() -> None:
    sums = Tally(of_sale(make.sale(language="zh-CN")))
    left = without_cash(sums.totals, {"cash"})
    assert not [x for x in left if x.kind == TotalKind.CASH_FLOW or x.key == "cash"]
    assert len(left) < len(sums.totals)


def test_one_rate_is_known_by_code_and_percentage() -> None:
    assert tax_key("VAT", Percentage(130_000)) == "VAT@13%"
    assert tax_key("VAT", Percentage(90_000)) != tax_key("VAT", Percentage(130_000))


def test_a_fifty_counted_as_a_five_is_guessed() -> None:
    count = CashCount(((5000, 0), (500, 3)))
    found = count_hint(count, -4500)
    assert found is not None
    assert (found.value_minor, found.other_minor) == (5000, 500)
    assert count_hint(count, 0) is None
    assert count.total_minor == 1500
