"""What the periods and pages of a report are called."""

from __future__ import annotations

from pos_app.domain.report_period import Span
from pos_app.i18n import _
from ui.presenters.report_state import MEMBER_PAGES, ReportPage


def span_words() -> tuple[tuple[str, str], ...]:
    """Return the periods: key and words."""
    return (
        (Span.TODAY.value, _("Today")),
        (Span.YESTERDAY.value, _("Yesterday")),
        (Span.WEEK.value, _("7 days")),
        (Span.MONTH.value, _("Month")),
        (Span.OWN.value, _("From – to")),
    )


def page_words(page: ReportPage, *, has_members: bool) -> tuple[tuple[str, str], ...]:
    """Return the pages beside the one shown: key and words.

    Those about members are a row of their own; each row leads to the other.
    """
    if page in MEMBER_PAGES:
        return ((ReportPage.OVERVIEW.value, _("Sales")), *_member_words())
    members = (ReportPage.MEMBERS.value, _("Members"))
    return (*_sales_words(), members) if has_members else _sales_words()


def _member_words() -> tuple[tuple[str, str], ...]:
    return (
        (ReportPage.MEMBERS.value, _("Members")),
        (ReportPage.MEMBER_STATES.value, _("States")),
        (ReportPage.POINTS.value, _("Points")),
        (ReportPage.POINTS_DUE.value, _("Expiry")),
        (ReportPage.POINTS_AGE.value, _("Ageing")),
        (ReportPage.COUPONS.value, _("Coupons")),
        (ReportPage.CAMPAIGNS.value, _("Campaigns")),
        (ReportPage.TIERS.value, _("Tiers")),
        (ReportPage.VALUE.value, _("Stored value")),
        (ReportPage.SUSPICIONS.value, _("To look at")),
    )


def _sales_words() -> tuple[tuple[str, str], ...]:
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
