"""A report as tables: what the screen lists and what every export holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pos_app.documents.loyalty_tables import loyalty_tables
from pos_app.documents.report_cells import (
    Cell,
    CellKind,
    ReportColumn,
    ReportTable,
    TableRow,
    share_text,
    table_of,
    value_name,
)
from pos_app.domain.report import ExceptionKind, Report, Share, TaxShare
from pos_app.domain.report_rows import Figure, FigureKind
from pos_app.i18n import N_, Words
from pos_app.values.quantity import from_thousandths

__all__ = [
    "EXCEPTION_WORDS",
    "Cell",
    "CellKind",
    "ReportColumn",
    "ReportTable",
    "TableRow",
    "hour_text",
    "report_tables",
]

EXCEPTION_WORDS = {
    ExceptionKind.VOIDED: N_("Baskets voided"),
    ExceptionKind.LINE_DELETED: N_("Lines deleted"),
    ExceptionKind.QUANTITY_LOWERED: N_("Quantities lowered"),
    ExceptionKind.NO_SALE: N_("Drawer opened without a sale"),
    ExceptionKind.DISCOUNT: N_("Discounts by hand"),
    ExceptionKind.OVERRIDE: N_("Prices changed by hand"),
    ExceptionKind.ROUND_OFF: N_("Amounts rounded off"),
    ExceptionKind.REFUND: N_("Refunds"),
    ExceptionKind.REPRINT: N_("Slips printed again"),
    ExceptionKind.CORRECTION: N_("Tenders corrected"),
    ExceptionKind.APPROVAL: N_("Approvals asked for"),
}


def report_tables(report: Report, words: Words) -> tuple[ReportTable, ...]:
    """Return every table of a report, in the order of the pages."""
    return (
        _summary(report, words),
        _hours(report, words),
        _days(report, words),
        _tenders(report, words),
        _categories(report, words),
        _items(report, words),
        _promotions(report, words),
        _cashiers(report, words),
        _taxes(report, words),
        _exceptions(report, words),
        *loyalty_tables(report, words),
    )


def _summary(report: Report, words: Words) -> ReportTable:
    total = report.total
    sales, refunds = Figure(FigureKind.NET_SALES), Figure(FigureKind.REFUNDS)
    discounts, rounding = Figure(FigureKind.DISCOUNTS), Figure(FigureKind.ROUNDING)
    lines = (
        (words("Sold at shelf prices"), total.list_minor, sales),
        (words("Discounts given"), total.discount_minor, discounts),
        (words("Sold"), total.sold_minor, sales),
        (words("Returned"), total.returned_minor, refunds),
        (words("Net sales"), total.net_sales_minor, sales),
        (words("Tax in net sales"), total.tax_minor, None),
        (words("Cash rounding"), total.rounding_minor, rounding),
        (words("Money taken"), total.money_minor, sales),
        (words("Average basket"), total.average_minor, sales),
    )
    columns = ((words("Figure"), CellKind.TEXT), (words("Amount"), CellKind.MONEY))
    rows = (TableRow((title, minor), figure) for title, minor, figure in lines)
    return table_of("summary", words("Summary"), columns, rows)


def _shared(
    shares: Iterable[Share], kind: FigureKind, names: Sequence[str]
) -> Iterable[TableRow]:
    for share, name in zip(shares, names, strict=True):
        cells = (name, share.count, share.amount_minor)
        yield TableRow(cells, Figure(kind, share.key))


def _columns(words: Words, first: str, count: str) -> tuple[tuple[str, CellKind], ...]:
    return (
        (first, CellKind.TEXT),
        (count, CellKind.COUNT),
        (words("Net sales"), CellKind.MONEY),
    )


def _hours(report: Report, words: Words) -> ReportTable:
    names = [hour_text(share.key) for share in report.hours]
    columns = _columns(words, words("Hour"), words("Receipts"))
    rows = _shared(report.hours, FigureKind.HOUR, names)
    return table_of("hours", words("Hours"), columns, rows)


def _days(report: Report, words: Words) -> ReportTable:
    names = [share.key for share in report.days]
    columns = _columns(words, words("Day"), words("Receipts"))
    rows = _shared(report.days, FigureKind.DAY, names)
    return table_of("days", words("Days"), columns, rows)


def _tenders(report: Report, words: Words) -> ReportTable:
    columns = (
        (words("Payment"), CellKind.TEXT),
        (words("Count"), CellKind.COUNT),
        (words("Amount"), CellKind.MONEY),
    )
    names = [share.name for share in report.tenders]
    rows = [
        *_shared(report.tenders, FigureKind.TENDER, names),
        *(
            TableRow((value_name(share, words), share.count, share.amount_minor))
            for share in report.value
        ),
    ]
    return table_of("tenders", words("Payments"), columns, rows)


def _categories(report: Report, words: Words) -> ReportTable:
    names = [share.name or words("No category") for share in report.categories]
    columns = _columns(words, words("Category"), words("Pieces"))
    rows = _shared(report.categories, FigureKind.CATEGORY, names)
    return table_of("categories", words("Categories"), columns, rows)


def _items(report: Report, words: Words) -> ReportTable:
    columns = (
        (words("Item"), CellKind.TEXT),
        (words("Item number"), CellKind.TEXT),
        (words("Quantity"), CellKind.QUANTITY),
        (words("Sold"), CellKind.MONEY),
        (words("Returned"), CellKind.MONEY),
        (words("Net sales"), CellKind.MONEY),
    )
    rows = (
        TableRow(
            (
                item.name,
                item.sku,
                from_thousandths(item.thousandths),
                item.sold_minor,
                item.returned_minor,
                item.amount_minor,
            ),
            Figure(FigureKind.ITEM, item.item_id),
        )
        for item in report.items
    )
    return table_of("items", words("Goods"), columns, rows)


def _promotions(report: Report, words: Words) -> ReportTable:
    columns = (
        (words("Promotion"), CellKind.TEXT),
        (words("Receipts"), CellKind.COUNT),
        (words("Uses"), CellKind.COUNT),
        (words("Quantity"), CellKind.QUANTITY),
        (words("Saved"), CellKind.MONEY),
        (words("To members"), CellKind.MONEY),
        (words("Paid by suppliers"), CellKind.MONEY),
        (words("Share of sales"), CellKind.TEXT),
    )
    rows = (
        TableRow(
            (
                x.name,
                x.tickets,
                x.uses,
                from_thousandths(x.thousandths),
                x.saving_minor,
                x.members_minor,
                x.supplier_minor,
                share_text(x.sold_minor, report.total.sold_minor),
            ),
            Figure(FigureKind.PROMOTION, x.promotion_id),
        )
        for x in report.promotions
    )
    return table_of("promotions", words("Promotions"), columns, rows)


def _cashiers(report: Report, words: Words) -> ReportTable:
    names = [share.name for share in report.cashiers]
    columns = _columns(words, words("Cashier"), words("Receipts"))
    rows = _shared(report.cashiers, FigureKind.CASHIER, names)
    return table_of("cashiers", words("Cashiers"), columns, rows)


def _tax_name(tax: TaxShare) -> str:
    """Return a rate's name; with its percentage where the name does not say it."""
    rate = str(tax.percentage)
    return tax.name if rate in tax.name else f"{tax.name} {rate}"


def _taxes(report: Report, words: Words) -> ReportTable:
    columns = (
        (words("Tax rate"), CellKind.TEXT),
        (words("Before tax"), CellKind.MONEY),
        (words("Tax"), CellKind.MONEY),
    )
    rows = (
        TableRow(
            (_tax_name(tax), tax.base_minor, tax.tax_minor),
            Figure(FigureKind.TAX, tax.key),
        )
        for tax in report.taxes
    )
    return table_of("taxes", words("Taxes"), columns, rows)


def _exceptions(report: Report, words: Words) -> ReportTable:
    columns = (
        (words("Event"), CellKind.TEXT),
        (words("Person"), CellKind.TEXT),
        (words("Count"), CellKind.COUNT),
        (words("Amount"), CellKind.MONEY),
    )
    rows = (
        TableRow(
            (
                words(EXCEPTION_WORDS[x.kind]),
                x.name or words("The till"),
                x.count,
                x.amount_minor,
            ),
            Figure(FigureKind.EXCEPTION, x.key),
        )
        for x in report.exceptions
    )
    return table_of("exceptions", words("Exceptions"), columns, rows)


def hour_text(key: str) -> str:
    """Write an hour of the day: "08:00–09:00"."""
    hour = int(key)
    return f"{hour:02}:00–{(hour + 1) % 24:02}:00"
