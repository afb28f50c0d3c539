"""Reports on the screen: a figure opens its rows, a row its receipt (picture 16)."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractItemView

from pos_app.domain.journal import EntryKind
from pos_app.domain.report_rows import Figure, FigureKind
from pos_app.i18n import _
from tests.counter_shop import finish, sign_on
from tests.journeys.screen_till import COLA, COLA_GTIN, ScreenTill
from ui.format import amount
from ui.presenters.report_keys import figure_key
from ui.presenters.report_state import MEMBER_PAGES, ReportPage


def await_report(till: ScreenTill) -> None:
    presenter = till.flow.features.reports.presenter
    till.wait(lambda: not presenter.is_waiting)
    till.settle()


@pytest.fixture
def reporting(selling: ScreenTill) -> ScreenTill:
    """Return a till with three sales whose manager looks at the day."""
    counter = selling.work.counter
    for code in (COLA, COLA_GTIN, COLA):
        counter.sale.scan(code)
        counter.checkout.take("cash", None)
        finish(counter)
    sign_on(counter, "1005")
    selling.flow.go_to_sale()
    selling.settle()
    selling.press("tab_reports")
    await_report(selling)
    return selling


def holds(folder: Path, names: str) -> bool:
    return any(folder.glob(names))


def total_minor(till: ScreenTill) -> int:
    report = till.flow.features.reports.presenter.report
    assert report is not None
    assert report.total.tickets == 3
    return int(report.total.net_sales_minor)


def test_the_cards_tell_the_day(reporting: ScreenTill) -> None:
    shown = amount(total_minor(reporting), "CNY")
    card = reporting.find("figure-sales")
    assert shown in card.accessibleName()
    assert "3" in reporting.find("figure-tickets").accessibleName()


def test_a_tap_on_a_bar_shows_its_rows_and_a_row_its_receipt(
    reporting: ScreenTill,
) -> None:
    flow = reporting.flow.features.reports
    report = flow.presenter.report
    chart = flow.screen.overview.chart
    key = figure_key(Figure(FigureKind.HOUR, report.hours[-1].key))
    reporting.touch(chart, chart.bar_area(key).center())
    reporting.wait(lambda: flow.presenter.rows is not None)
    reporting.settle()
    assert flow.presenter.rows.amount_minor == report.hours[-1].amount_minor
    rows = flow.screen.rows.list.rows
    assert isinstance(rows, QAbstractItemView)
    assert rows.isVisible()
    number = flow.presenter.rows.rows[0].number
    assert number in flow.screen.rows.list.table.rows[0].cells
    reporting.touch(rows.viewport(), rows.visualRect(rows.model().index(0, 0)).center())
    reporting.wait(lambda: flow.presenter.has_receipt)
    reporting.settle()
    assert flow.screen.rows.slip.isVisible()
    reporting.key(Qt.Key.Key_Escape)
    assert flow.presenter.rows is None
    assert flow.screen.overview.isVisible()
    reporting.key(Qt.Key.Key_Escape)
    reporting.settle()
    assert reporting.flow.window.screen_shown is reporting.flow.screens.sale


def test_a_tap_on_an_item_and_on_a_head(reporting: ScreenTill) -> None:
    flow = reporting.flow.features.reports
    items = flow.screen.overview.lists[0]
    best = flow.presenter.report.items[0]
    key = figure_key(Figure(FigureKind.ITEM, best.item_id))
    reporting.touch(items, items.row_area(key).center())
    reporting.wait(lambda: flow.presenter.rows is not None)
    assert flow.presenter.rows.amount_minor == best.amount_minor
    reporting.press("panelClose")
    payments = flow.screen.overview.lists[1]
    reporting.touch(payments, QPoint(payments.width() // 2, 12))
    reporting.settle()
    assert flow.screen.table.isVisible()
    assert flow.screen.pages.chosen_key == ReportPage.TENDERS.value


@pytest.mark.parametrize(
    "page", sorted(set(ReportPage) - MEMBER_PAGES - {ReportPage.OVERVIEW})
)
def test_every_page_lists_its_table(reporting: ScreenTill, page: ReportPage) -> None:
    flow = reporting.flow.features.reports
    reporting.press(f"segment-pages-{page.value}")
    reporting.settle()
    assert flow.screen.table.isVisible()
    assert flow.screen.table.table.heads


def test_a_day_without_sales_says_so_kindly(reporting: ScreenTill) -> None:
    reporting.press("segment-spans-yesterday")
    await_report(reporting)
    reporting.sees(_("Nothing was sold in this period"))
    assert not reporting.can_press("exportReport")


def test_own_days_are_stepped_to(reporting: ScreenTill) -> None:
    reporting.press("segment-spans-own")
    await_report(reporting)
    reporting.press("step-first--7")
    await_report(reporting)
    report = reporting.flow.features.reports.presenter.report
    assert report.period.days == 8
    assert report.total.tickets == 3
    assert not reporting.can_press("step-last-1")


def test_a_report_is_saved_in_the_tills_folder_and_journalled(
    reporting: ScreenTill,
) -> None:
    reporting.press("exportReport")
    for kind in ("csv", "xlsx", "pdf"):
        if kind != "csv":
            reporting.press("exportReport")
        reporting.press(f"segment-exportKinds-{kind}")
        reporting.press("exportSave")
        wanted = f"report_*.{kind}"
        reporting.wait(partial(holds, reporting.folder.exports, wanted))
    reporting.wait(lambda: len(reporting.journal(EntryKind.REPORT_PRINTED)) == 3)
    found = [x["what"] for x in reporting.journal(EntryKind.REPORT_PRINTED)]
    assert sorted(found) == ["csv", "pdf", "xlsx"]


def test_a_cashier_has_no_tab_of_reports(selling: ScreenTill) -> None:
    assert not selling.is_there("tab_reports")
