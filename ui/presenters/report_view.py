"""A report in words: the cards, the chart and the lists of the overview."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pos_app.documents.report_tables import (
    EXCEPTION_WORDS,
)
from pos_app.domain.report import Report, Share
from pos_app.domain.report_rows import Figure, FigureKind
from pos_app.domain.report_sums import change_permille
from pos_app.i18n import _, plural
from ui.format import MINUS, amount, day_text, money
from ui.presenters.frame_state import Tone
from ui.presenters.report_chart import chart_view
from ui.presenters.report_keys import figure_key
from ui.presenters.report_state import (
    BarListView,
    FigureView,
    ListBarView,
    OverviewView,
    ReportPage,
)

_LIST_ROWS = 6


def overview(report: Report, running: str) -> OverviewView:
    """Return the first page.

    Args:
        report: what it says.
        running: the hour, or the ISO day, that goes on now; "" for none.
    """
    return OverviewView(_cards(report), chart_view(report, running), _lists(report))


def _cards(report: Report) -> tuple[FigureView, ...]:
    total, before, currency = report.total, report.before, report.currency
    sales = figure_key(Figure(FigureKind.NET_SALES))
    return (
        FigureView(
            sales,
            _("Net sales"),
            money(total.net_sales_minor, currency),
            "money",
            *_compared(total.net_sales_minor, before.net_sales_minor, _against(report)),
        ),
        FigureView(
            sales,
            _("Receipts"),
            f"{total.tickets:,}",
            "receipt",
            *_compared(total.tickets, before.tickets),
        ),
        FigureView(
            sales,
            _("Average basket"),
            money(total.average_minor, currency),
            "basket",
            *_compared(total.average_minor, before.average_minor),
        ),
        FigureView(
            figure_key(Figure(FigureKind.REFUNDS)),
            _("Refunds"),
            money(total.returned_minor, currency),
            "arrow-u-up-left",
            _part(total.returned_minor, total.sold_minor, total.refund_tickets),
        ),
        FigureView(
            figure_key(Figure(FigureKind.DISCOUNTS)),
            _("Discounts"),
            money(total.discount_minor, currency),
            "percent",
            _("{share} of shelf prices", share=_percent(_permille(report))),
        ),
    )


def _permille(report: Report) -> int:
    listed = report.total.list_minor
    return report.total.discount_minor * 1000 // listed if listed else 0


def _part(returned_minor: int, sold_minor: int, tickets: int) -> str:
    share = returned_minor * 1000 // sold_minor if sold_minor > 0 else 0
    slips = plural("{count} slip", "{count} slips", tickets)
    return _("{share} of sales · {slips}", share=_percent(share), slips=slips)


def _percent(permille: int) -> str:
    sign = MINUS if permille < 0 else ""
    whole, tenth = divmod(abs(permille), 10)
    return f"{sign}{whole:,}.{tenth}%"


def _compared(now: int, before: int, against: str = "") -> tuple[str, Tone, int]:
    """Return words, tone and arrow of a comparison."""
    grown = change_permille(now, before)
    if grown is None:
        return (_("Nothing to compare with"), Tone.PLAIN, 0)
    sign = "+" if grown > 0 else ""
    words = f"{sign}{_percent(grown)} {against}".rstrip()
    if not grown:
        return (words, Tone.PLAIN, 0)
    return (words, Tone.GOOD, 1) if grown > 0 else (words, Tone.BAD, -1)


def _against(report: Report) -> str:
    """Say what a period is compared with: "vs last Sat 14:32"."""
    first = report.period.before().first
    if not report.period.is_one_day:
        weeks = report.period.weeks_back
        if weeks == 1:
            return _("vs the week before")
        return _("vs {weeks} weeks before", weeks=weeks)
    return _("vs {day}", day=day_text(first))


def _lists(report: Report) -> tuple[BarListView, ...]:
    currency = report.currency
    items = [
        (Figure(FigureKind.ITEM, x.item_id), x.name, x.amount_minor)
        for x in report.items[:_LIST_ROWS]
    ]
    exceptions = [
        (
            Figure(FigureKind.EXCEPTION, x.key),
            f"{x.name or _('The till')} · {_(EXCEPTION_WORDS[x.kind])}",
            x.count,
        )
        for x in sorted(report.exceptions, key=lambda x: -x.count)[:_LIST_ROWS]
    ]
    nobody = _("No category")
    return (
        _list(ReportPage.ITEMS, (_("Top items"), _("by sales")), items, currency),
        _list(
            ReportPage.TENDERS,
            (_("Payments"), _("all tenders")),
            _shared(report.tenders, FigureKind.TENDER),
            currency,
        ),
        _list(
            ReportPage.CATEGORIES,
            (_("Categories"), ""),
            _shared(report.categories, FigureKind.CATEGORY, nobody),
            currency,
        ),
        _list(
            ReportPage.CASHIERS,
            (_("Cashiers"), ""),
            _shared(report.cashiers, FigureKind.CASHIER),
            currency,
        ),
        _list(
            ReportPage.EXCEPTIONS,
            (_("Exceptions"), ""),
            exceptions,
            "",
            empty=_("Nothing out of the ordinary"),
        ),
    )


def _shared(
    shares: Iterable[Share], kind: FigureKind, nameless: str = ""
) -> list[tuple[Figure, str, int]]:
    rows = [(Figure(kind, x.key), x.name or nameless, x.amount_minor) for x in shares]
    return rows[:_LIST_ROWS]


def _list(
    page: ReportPage,
    titles: tuple[str, str],
    rows: Sequence[tuple[Figure, str, int]],
    currency: str,
    empty: str = "",
) -> BarListView:
    """Return a card; without a currency its numbers are counts."""
    most = max((number for _figure, _name, number in rows), default=0)
    return BarListView(
        page=page,
        title=titles[0],
        note=titles[1],
        rows=tuple(
            ListBarView(
                figure_key(figure),
                name,
                amount(number, currency) if currency else f"{number:,}",
                max(0, number) * 1000 // most if most > 0 else 0,
            )
            for figure, name, number in rows
        ),
        empty=empty or _("Nothing yet"),
    )
