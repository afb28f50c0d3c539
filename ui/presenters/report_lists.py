"""Tables of a report, and the documents behind a figure, as lists."""

from __future__ import annotations

from pos_app.documents.report_tables import (
    CellKind,
    ReportTable,
)
from pos_app.domain.report_rows import Measure, ReportRows
from pos_app.i18n import _, plural
from ui.format import amount, clock_text, counted, day_text, money, quantity
from ui.presenters.report_keys import figure_key
from ui.presenters.report_state import (
    ListRowView,
    ListTableView,
)
from ui.presenters.workplace import Workplace

#: Widths of tables whose columns are very unlike each other.
_WEIGHTS = {"suspicions": (7, 4, 5, 2, 3), "tiers": (4, 3, 3, 2)}
#: The column of a row's words.
_DETAIL = 3


def table_view(table: ReportTable, currency: str) -> ListTableView:
    """Return a table of a report as the screen shows it."""
    kinds = [column.kind for column in table.columns]
    return ListTableView(
        title=table.title,
        heads=tuple(column.title for column in table.columns),
        is_number=tuple(kind is not CellKind.TEXT for kind in kinds),
        weights=_WEIGHTS.get(
            table.key, tuple(3 if at == 0 else 2 for at in range(len(kinds)))
        ),
        rows=tuple(
            ListRowView(
                figure_key(row.figure),
                tuple(
                    _cell(cell, kind, currency)
                    for cell, kind in zip(row.cells, kinds, strict=True)
                ),
            )
            for row in table.rows
        ),
        empty=_("Nothing here in this period"),
    )


def _cell(cell: object, kind: CellKind, currency: str) -> str:
    if kind is CellKind.MONEY:
        assert isinstance(cell, int)
        return amount(cell, currency)
    if isinstance(cell, str):
        return cell
    if isinstance(cell, int):
        return counted(cell)
    return quantity(cell)  # type: ignore[arg-type]


def _measured(found: ReportRows, number: int, currency: str) -> str:
    """Write a row's amount: money, points or how many."""
    is_money = found.measure is Measure.MONEY
    return amount(number, currency) if is_money else counted(number)


def _sum(found: ReportRows, currency: str) -> str:
    number = found.amount_minor
    if found.measure is Measure.MONEY:
        return money(number, currency)
    if found.measure is Measure.POINTS:
        return plural("{count} point", "{count} points", number)
    return counted(number)


def rows_view(
    found: ReportRows, title: str, work: Workplace, chosen: str
) -> ListTableView:
    """Return the documents behind a figure as a list."""
    currency, zone = work.currency, work.zone
    rows = []
    for row in found.rows:
        local = row.at.at(zone)
        moment = f"{day_text(local.date())} {clock_text(local.time())}"
        shown = _measured(found, row.amount_minor, currency)
        cells = [row.number or "–", moment, row.staff_name, row.detail, shown]
        rows.append((row.sale_id, cells))
    heads = [_("Number"), _("Time"), _("Cashier"), _("Detail"), _("Amount")]
    weights = [5, 6, 4, 4, 3]
    if not any(cells[_DETAIL] for _key, cells in rows):  # its room is the others'
        del heads[_DETAIL], weights[_DETAIL]
        for _key, cells in rows:
            del cells[_DETAIL]
    note = plural("{count} row", "{count} rows", found.count)
    if found.count > len(found.rows):
        note = _("newest {shown} of {count}", shown=len(found.rows), count=found.count)
    return ListTableView(
        title=title,
        heads=tuple(heads),
        is_number=(*(False for _head in heads[1:]), True),
        weights=tuple(weights),
        rows=tuple(ListRowView(key, tuple(cells)) for key, cells in rows),
        note=f"{note} · {_sum(found, currency)}",
        empty=_("Nothing here in this period"),
        chosen=chosen,
    )
