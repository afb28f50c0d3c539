"""A report's summary as a slip: head, tenders, taxes, promotions, members."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from pos_app.documents.amounts import counted, slip_amount, slip_price
from pos_app.documents.heading import moment, shop_heading, till_and_cashier
from pos_app.documents.layout import (
    Align,
    Block,
    Columns,
    Cut,
    Layout,
    Rule,
    RuleStyle,
    Size,
    Text,
)
from pos_app.documents.loyalty_slip import member_section
from pos_app.documents.report_cells import share_text, value_name
from pos_app.domain.report import Report
from pos_app.domain.report_period import ReportPeriod
from pos_app.domain.shop import Shop
from pos_app.i18n import Words


def report_slip(
    report: Report, shop: Shop, words: Words, *, cashier: str, local_time: datetime
) -> Layout:
    """Lay out the summary of a report.

    Args:
        report: what it says.
        shop: whose.
        words: of the slip's language.
        cashier: who printed it.
        local_time: when it was made, on the shop's clock.
    """
    parts = report_parts(report, shop, words, cashier=cashier, local_time=local_time)
    blocks = [block for part in parts.values() for block in part]
    return Layout((*blocks, Cut()), words.language)


def report_parts(
    report: Report, shop: Shop, words: Words, *, cashier: str, local_time: datetime
) -> dict[str, tuple[Block, ...]]:
    """Return the parts of a report's slip by name, in their order."""
    tenders = [
        _line(f"{x.name} × {x.count}", x.amount_minor, report) for x in report.tenders
    ]
    money_minor = report.total.money_minor
    taxes: tuple[Block, ...] = ()
    if report.taxes:
        rows = (
            _line(f"{x.name} {x.percentage}", x.tax_minor, report) for x in report.taxes
        )
        taxes = (Rule(), Text(words("Taxes"), bold=True), *rows)
    return {
        "heading": tuple(shop_heading(shop, words)),
        "title": (
            Text(words("Sales report"), Align.CENTRE, Size.TALL, bold=True),
            Text(period_text(report.period), Align.CENTRE),
        ),
        "identity": (
            till_and_cashier(shop.till, cashier, words),
            moment(local_time, words),
        ),
        "figures": (Rule(RuleStyle.DOUBLE), *_head(report, words)),
        "payments": (
            Rule(),
            Text(words("Payments"), bold=True),
            *tenders,
            _line(words("Money taken"), money_minor, report, bold=True),
            *(
                _line(f"{value_name(x, words)} × {x.count}", x.amount_minor, report)
                for x in report.value
            ),
        ),
        "taxes": taxes,
        "promotions": tuple(_promotions(report, words)),
        "members": tuple(member_section(report, words)),
        "ending": (Rule(),),
    }


def period_text(period: ReportPeriod) -> str:
    """Write a period: "2026-11-21" or "2026-11-15 – 2026-11-21"."""
    if period.is_one_day:
        return period.first.isoformat()
    return f"{period.first.isoformat()} – {period.last.isoformat()}"


def _head(report: Report, words: Words) -> Iterable[Block]:
    total = report.total
    yield Columns((words("Receipts"), counted(total.tickets)), (6,))
    yield Columns((words("Pieces"), counted(total.pieces)), (6,))
    yield _line(words("Sold"), total.sold_minor, report)
    yield _line(words("Returned"), -total.returned_minor, report)
    price = slip_price(total.net_sales_minor, report.currency)
    yield Columns((words("Net sales"), price), (0,), bold=True)
    yield _line(words("Cash rounding"), total.rounding_minor, report)
    yield _line(words("Discounts given"), total.discount_minor, report)
    if total.round_off_minor:
        yield _line(words("Of them rounded off"), total.round_off_minor, report)
    yield _line(words("Tax in net sales"), total.tax_minor, report)
    yield _line(words("Average basket"), total.average_minor, report)


def _promotions(report: Report, words: Words) -> Iterable[Block]:
    """Yield every promotion whole: uses and saving, receipts and share, who bears it."""
    if not report.promotions:
        return
    yield Rule()
    yield Text(words("Promotions"), bold=True)
    for one in report.promotions:
        yield _line(f"{one.name} × {one.uses}", one.saving_minor, report)
        share = share_text(one.sold_minor, report.total.sold_minor)
        told = words("Receipts") + f" {counted(one.tickets)}"
        yield Columns((f"  {told}", f"{words('Share of sales')} {share}"), (10,))
        for title, minor in (
            (words("To members"), one.members_minor),
            (words("Paid by suppliers"), one.supplier_minor),
        ):
            if minor:
                yield _line(f"  {title}", minor, report)
    saved_minor = sum(one.saving_minor for one in report.promotions)
    yield _line(words("Saved"), saved_minor, report, bold=True)


def _line(title: str, minor: int, report: Report, *, bold: bool = False) -> Columns:
    return Columns((title, slip_amount(minor, report.currency)), (10,), bold=bold)
