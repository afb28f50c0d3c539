"""What the periods and pages of a report are called."""

from __future__ import annotations

from pos_app.domain.report_period import Span
from pos_app.i18n import _
from ui.presenters.report_state import ReportPage


def span_words() -> tuple[tuple[str, str], ...]:
    """Return the periods: key and words."""
    return (
        (Span.TODAY.value, _("Today")),
        (Span.YESTERDAY.value, _("Yesterday")),
        (Span.WEEK.value, _("7 days")),
        (Span.MONTH.value, _("Month")),
        (Span.OWN.value, _("From – to")),
    )


def page_words() -> tuple[tuple[str, str], ...]:
    """Return the pages: key and words."""
    return (
        (ReportPage.OVERVIEW.value, _("Overview")),
        (ReportPage.SUMMARY.value, _("Summary")),
        (ReportPage.HOURS.value, _("Hours")),
        (ReportPage.DAYS.value, _("Days")),
        (ReportPage.TENDERS.value, _("Payments")),
        (ReportPage.CATEGORIES.value, _("Categories")),
        (ReportPage.ITEMS.value, _("Goods")),
        (ReportPage.PROMOTIONS.value, _("Promotions")),
        (ReportPage.CASHIERS.value, _("Cashiers")),
        (ReportPage.TAXES.value, _("Taxes")),
        (ReportPage.EXCEPTIONS.value, _("Exceptions")),
    )
