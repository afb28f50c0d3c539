"""Reports about members on the screen: from the day's sales to one member's ticket."""

from __future__ import annotations

import pytest

from pos_app.i18n import _
from pos_app.services.members import EnrolDraft
from tests.builders_points import bring
from tests.counter_shop import finish, sign_on
from tests.journeys.screen_till import COLA, ScreenTill
from tests.journeys.test_screen_reports import await_report
from ui.presenters.report_state import MEMBER_PAGES, ReportPage


@pytest.fixture
def reporting(selling: ScreenTill) -> ScreenTill:
    """Return a till with a member's sale whose manager looks at the day."""
    counter = selling.work.counter
    sign_on(counter, "1005")
    bring(selling.till)
    counter.members.enrol(EnrolDraft("13900000001", "林可怡")).result()
    counter.members.settled()
    counter.sale.scan(COLA)
    counter.checkout.take("cash", None)
    finish(counter)
    selling.flow.go_to_sale()
    selling.settle()
    selling.press("tab_reports")
    await_report(selling)
    return selling


def test_every_page_about_members_is_one_tap_from_the_sales_and_leads_back(
    reporting: ScreenTill,
) -> None:
    flow = reporting.flow.features.reports
    reporting.press("segment-pages-members")
    assert flow.manual_name() == "reports_members"
    for page in sorted(MEMBER_PAGES):
        reporting.press(f"segment-pages-{page.value}")
        reporting.settle()
        assert flow.screen.table.isVisible()
        assert flow.screen.table.table.heads
        assert flow.screen.pages.chosen_key == page.value
    reporting.press(f"segment-pages-{ReportPage.OVERVIEW.value}")
    reporting.settle()
    assert flow.screen.overview.isVisible()
    assert flow.manual_name() == ""


def test_a_number_about_members_opens_tickets_that_name_nobody(
    reporting: ScreenTill,
) -> None:
    flow = reporting.flow.features.reports
    reporting.press("segment-pages-members")
    reporting.press("segment-pages-points")
    report = flow.presenter.report
    assert report is not None
    assert report.loyalty is not None
    earned = report.loyalty.figures.points.account.flows[0]
    flow.presenter.on_figure("point_flow:earn", _("Earned"))
    reporting.wait(lambda: flow.presenter.rows is not None)
    reporting.settle()
    rows = flow.presenter.rows
    assert (rows.count, rows.amount_minor) == (1, earned.amount)
    assert "林*怡" in rows.rows[0].detail
    assert "可" not in rows.rows[0].detail
    flow.presenter.on_row(rows.rows[0].sale_id)
    reporting.wait(lambda: flow.presenter.has_receipt)
