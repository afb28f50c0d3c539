"""Reports over a day of real sales: they agree with the Z to the cent, and each
number with the rows behind it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_app.documents.report_tables import report_tables
from pos_app.domain.report import ExceptionKind, Report
from pos_app.domain.report_period import Span
from pos_app.domain.report_rows import Figure, FigureKind
from pos_app.domain.shift_totals import Tally, TotalKind, tax_key
from pos_app.errors import UserError
from pos_app.i18n import Words
from pos_app.services.replay import ReplayClock
from tests.builders_reports import ReportDay, report_shop
from tests.counter_shop import CASHIER, MANAGER, NOON, opened, query, sell, sign_on
from tests.value_till import card, filled, wallet, with_value


@pytest.fixture
def day(tmp_path: Path) -> Iterator[ReportDay]:
    """Return a till that has lived a day."""
    clock = ReplayClock(NOON)
    with opened(report_shop(tmp_path), clock, number=MANAGER) as till:
        lived = ReportDay(till, clock)
        lived.live()
        yield lived


def z_of(day: ReportDay) -> Tally:
    """Return the running totals of the shift, as its Z will say them."""
    return Tally(day.till.counter.shift.totals())


def test_the_head_is_that_of_the_z(day: ReportDay) -> None:
    total, z = day.report().total, z_of(day)
    assert total.net_sales_minor == z.amount_minor(TotalKind.NET)
    assert total.sold_minor == z.amount_minor(TotalKind.SALES)
    assert total.returned_minor == z.amount_minor(TotalKind.RETURNS)
    assert total.refund_tickets == z.count(TotalKind.RETURNS)
    assert total.discount_minor == z.amount_minor(TotalKind.DISCOUNT)
    assert total.round_off_minor == z.amount_minor(TotalKind.ROUND_OFF)
    assert total.rounding_minor == z.amount_minor(TotalKind.CASH_ROUNDING)
    assert total.tax_minor == z.amount_minor(TotalKind.TAX)
    assert total.pieces == z.count(TotalKind.PIECES)
    assert total.tickets == z.count(TotalKind.NET) == 6
    assert total.returned_minor > 0
    assert total.discount_minor > 0


def test_every_tender_is_that_of_the_z(day: ReportDay) -> None:
    report, z = day.report(), z_of(day)
    kinds = (TotalKind.TENDER, TotalKind.REFUND, TotalKind.CORRECTION)
    assert {x.key for x in report.tenders} == set(z.keys(*kinds))
    for share in report.tenders:
        of_z = z.amount_minor(TotalKind.TENDER, share.key)
        of_z -= z.amount_minor(TotalKind.CHANGE, share.key)
        of_z -= z.amount_minor(TotalKind.REFUND, share.key)
        of_z += z.amount_minor(TotalKind.CORRECTION, share.key)
        assert share.amount_minor == of_z, share.key
    assert sum(x.amount_minor for x in report.tenders) == report.total.money_minor
    moved = query(day.till, "SELECT tender_key, amount_minor FROM money_balance")
    assert dict(moved) == {x.key: x.amount_minor for x in report.tenders}


def test_money_for_stored_value_is_beside_the_revenue_and_is_that_of_the_z(
    day: ReportDay,
) -> None:
    counter, before = day.till.counter, day.report()
    with_value(counter)
    filled(counter, 500_00)
    card(counter, amount_minor=80_00)
    account = wallet(counter).account_id
    sold, *_ = counter.desk.ledger.stored_value.documents(account)
    counter.stored_value.refund_top_up(
        account, sold.lot_id, 200_00, print_slip=False
    ).result()
    report, z = day.report(), z_of(day)
    assert report.total == before.total
    assert report.tenders == before.tenders
    found = {share.key: (share.count, share.amount_minor) for share in report.value}
    assert set(found) == {"wallet", "gift_card"}
    for key, (count, minor) in found.items():
        kinds = (TotalKind.VALUE_SOLD, TotalKind.VALUE_REFUNDED)
        assert count == sum(z.count(kind, key) for kind in kinds)
        assert minor == (
            z.amount_minor(TotalKind.VALUE_SOLD, key)
            - z.amount_minor(TotalKind.VALUE_REFUNDED, key)
            + z.amount_minor(TotalKind.VALUE_CLAWED, key)
        )
    assert found["gift_card"] == (1, 80_00)
    taken = sum(z.amount_minor(TotalKind.TENDER, x) for x in z.keys(TotalKind.TENDER))
    taken -= z.amount_minor(TotalKind.CHANGE) + z.amount_minor(TotalKind.REFUND)
    value = sum(share.amount_minor for share in report.value)
    assert taken == report.total.money_minor + value
    words = Words("en")
    (payments,) = (t for t in report_tables(report, words) if t.key == "tenders")
    names = [row.cells[0] for row in payments.rows]
    assert names[-2:] == [
        "Stored value (no revenue) · Wallet",
        "Stored value (no revenue) · Gift card",
    ]


def test_every_tax_rate_is_that_of_the_z(day: ReportDay) -> None:
    report, z = day.report(), z_of(day)
    assert len(report.taxes) == 2
    for tax in report.taxes:
        key = tax_key(tax.code, tax.percentage)
        assert tax.base_minor == z.amount_minor(TotalKind.TAX_BASE, key)
        assert tax.tax_minor == z.amount_minor(TotalKind.TAX, key)
    gross = sum(x.base_minor + x.tax_minor for x in report.taxes)
    expected = report.total.net_sales_minor + report.returned_rounding_minor
    assert gross == expected


def test_all_shares_add_up_to_net_sales(day: ReportDay) -> None:
    report = day.report()
    net = report.total.net_sales_minor
    for shares in (report.hours, report.days, report.cashiers, report.categories):
        assert sum(x.amount_minor for x in shares) == net
    assert sum(x.amount_minor for x in report.items) == net
    assert [x.key for x in report.hours] == ["12", "13"]
    assert len(report.cashiers) == 2


def figures_of(report: Report) -> list[tuple[Figure, int]]:
    total = report.total
    found = [
        (Figure(FigureKind.NET_SALES), total.net_sales_minor),
        (Figure(FigureKind.DISCOUNTS), total.discount_minor),
        (Figure(FigureKind.REFUNDS), total.returned_minor),
        (Figure(FigureKind.ROUNDING), total.rounding_minor),
    ]
    found += [
        (Figure(kind, share.key), share.amount_minor)
        for kind, shares in (
            (FigureKind.HOUR, report.hours),
            (FigureKind.DAY, report.days),
            (FigureKind.TENDER, report.tenders),
            (FigureKind.CATEGORY, report.categories),
            (FigureKind.CASHIER, report.cashiers),
        )
        for share in shares
    ]
    found += [
        (Figure(FigureKind.ITEM, x.item_id), x.amount_minor) for x in report.items
    ]
    found += [(Figure(FigureKind.TAX, x.key), x.tax_minor) for x in report.taxes]
    return found


def test_each_number_is_the_sum_of_the_rows_behind_it(day: ReportDay) -> None:
    report = day.report()
    for figure, amount_minor in figures_of(report):
        found = day.rows(figure)
        assert found.amount_minor == amount_minor, figure
        assert sum(row.amount_minor for row in found.rows) == amount_minor
        assert all(row.sale_id and row.number for row in found.rows), figure
    for share in report.exceptions:
        found = day.rows(Figure(FigureKind.EXCEPTION, share.key))
        assert (found.count, found.amount_minor) == (share.count, share.amount_minor)
        assert all(row.staff_name for row in found.rows), share


def test_exceptions_tell_who_did_what(day: ReportDay) -> None:
    found = {(x.kind, x.name): x.count for x in day.report().exceptions}
    assert found == {
        (ExceptionKind.VOIDED, "supervisor"): 1,
        (ExceptionKind.LINE_DELETED, "supervisor"): 1,
        (ExceptionKind.NO_SALE, "supervisor"): 1,
        (ExceptionKind.DISCOUNT, "manager"): 1,
        (ExceptionKind.ROUND_OFF, "manager"): 1,
        (ExceptionKind.REFUND, "manager"): 1,
        (ExceptionKind.REFUND, "supervisor"): 1,
        (ExceptionKind.REPRINT, "manager"): 1,
        (ExceptionKind.CORRECTION, "manager"): 1,
    }


def test_today_is_compared_with_the_same_weekday_up_to_the_same_minute(
    day: ReportDay,
) -> None:
    lived = day.report().total.net_sales_minor
    day.later(7 * 24 * 60 - 40)  # half past twelve: before the second hour's sales
    report = day.report()
    assert report.is_empty
    assert report.before.net_sales_minor > 0
    assert report.before.tickets == 2
    assert sum(x.amount_minor for x in report.hours_before) == lived
    assert day.report(Span.YESTERDAY).before.tickets == 0


def test_the_business_day_goes_on_after_midnight(day: ReportDay) -> None:
    before = day.report().total.tickets
    day.later(13 * 60)  # two at night, and the day begins at four
    sell(day.till.counter)
    report = day.report()
    assert report.total.tickets == before + 1
    assert report.hours[-1].key == "2"
    day.later(2 * 60)
    assert day.report().total.tickets == 0
    assert day.report(Span.YESTERDAY).total.tickets == before + 1


def test_a_cashier_sees_no_report(day: ReportDay) -> None:
    sign_on(day.till.counter, CASHIER)
    with pytest.raises(UserError, match="not_permitted"):
        day.report()


def test_a_printed_summary_is_queued_and_journalled(day: ReportDay) -> None:
    day.till.counter.reports.print_summary(day.report()).result()
    (job,) = query(day.till, "SELECT kind FROM print_job WHERE kind = 'report'")
    assert job == ("report",)
    kinds = query(day.till, "SELECT kind FROM journal ORDER BY seq DESC LIMIT 1")
    assert kinds == [("ReportPrinted",)]
