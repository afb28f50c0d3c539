"""The chart of a report: sales by hour of a day, or by day."""

from __future__ import annotations

from datetime import date

from pos_app.documents.report_tables import (
    hour_text,
)
from pos_app.domain.report import Report, Share
from pos_app.domain.report_rows import Figure, FigureKind
from pos_app.i18n import _
from ui.format import amount, day_text, money
from ui.presenters.report_keys import figure_key
from ui.presenters.report_state import (
    BarView,
    ChartView,
)


def chart_view(report: Report, running: str) -> ChartView:
    """Return the chart of a report; `running` as in `overview`."""
    one_day = report.period.is_one_day
    if one_day:
        bars, shares = _hour_bars(report, running), report.hours
        title = _("Sales by hour")
    else:
        bars, shares = _day_bars(report, running), report.days
        title = _("Sales by day")
    highest = max(shares, key=lambda x: x.amount_minor, default=None)
    peak = ""
    if highest is not None and highest.amount_minor > 0:
        label = hour_text(highest.key) if one_day else _short_day(highest.key)
        peak_money = money(highest.amount_minor, report.currency)
        peak = _("Peak {when} · {amount}", when=label, amount=peak_money)
    has_before = any(share.amount_minor for share in report.hours_before)
    before = report.period.before()
    if one_day:
        now_words = day_text(report.period.first)
        before_words = day_text(before.first) if has_before else ""
    else:
        now_words = _("This period")
        before_words = _("The weeks before") if has_before else ""
    return ChartView(title, now_words, before_words, bars, report.currency, peak)


def _hour_bars(report: Report, running: str) -> tuple[BarView, ...]:
    now = {x.key: x for x in report.hours}
    before = {x.key: x for x in report.hours_before}
    start = report.starts_at_hour
    places = sorted((int(key) - start) % 24 for key in {*now, *before})
    if not places:
        return ()
    keys = [str((at + start) % 24) for at in range(places[0], places[-1] + 1)]
    return tuple(
        _bar(
            (key, key),
            Figure(FigureKind.HOUR, key) if key in now else None,
            (now.get(key), before.get(key) if before else None),
            is_running=key == running,
            currency=report.currency,
            has_before=bool(before),
        )
        for key in keys
    )


def _day_bars(report: Report, running: str) -> tuple[BarView, ...]:
    has_before = any(x.amount_minor for x in report.days_before)
    return tuple(
        _bar(
            (share.key, _short_day(share.key)),
            Figure(FigureKind.DAY, share.key) if share.count else None,
            (share, earlier),
            is_running=share.key == running,
            currency=report.currency,
            has_before=has_before,
        )
        for share, earlier in zip(report.days, report.days_before, strict=True)
    )


def _bar(  # noqa: PLR0913 - everything a bar says
    names: tuple[str, str],
    figure: Figure | None,
    shares: tuple[Share | None, Share | None],
    *,
    is_running: bool,
    currency: str,
    has_before: bool,
) -> BarView:
    now, before = shares
    value = now.amount_minor if now else 0
    return BarView(
        key=figure_key(figure),
        label=names[1],
        value_minor=value,
        before_minor=(before.amount_minor if before else 0) if has_before else None,
        is_running=is_running,
        words=f"{names[1]} {amount(value, currency)}" if now else "",
    )


def _short_day(key: str) -> str:
    day = date.fromisoformat(key)
    return f"{day.month}-{day.day:02}"
