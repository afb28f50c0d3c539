"""What the tables of a report are made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from pos_app.domain.report import Share
from pos_app.domain.report_rows import Figure
from pos_app.domain.stored_value.account import AccountKind
from pos_app.i18n import N_, Words
from pos_app.values.rounding import divide

_ACCOUNTS = {
    AccountKind.WALLET: N_("Wallet"),
    AccountKind.GIFT_CARD: N_("Gift card"),
}


class CellKind(StrEnum):
    """What a column holds, so that a spreadsheet can add it up."""

    TEXT = "text"
    COUNT = "count"
    MONEY = "money"  # minor units
    QUANTITY = "quantity"  # Decimal
    FIGURE = "figure"  # a number in words: "12.3%", an amount of what its row says


@dataclass(frozen=True, slots=True)
class ReportColumn:
    """A column: its title, and what it holds."""

    title: str
    kind: CellKind


#: A text, a count, minor units or a quantity, as its column says.
Cell = str | int | Decimal


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row: its cells, and the figure whose documents it opens; None for none."""

    cells: tuple[Cell, ...]
    figure: Figure | None = None


@dataclass(frozen=True, slots=True)
class ReportTable:
    """One table of a report.

    Attributes:
        key: stable name. title: for people.
        columns, rows: as shown; every row has a cell for each column.
    """

    key: str
    title: str
    columns: tuple[ReportColumn, ...]
    rows: tuple[TableRow, ...]


def table_of(
    key: str,
    title: str,
    columns: Sequence[tuple[str, CellKind]],
    rows: Iterable[TableRow],
) -> ReportTable:
    """Return a table of columns (title, kind) and rows."""
    made = tuple(ReportColumn(*column) for column in columns)
    return ReportTable(key, title, made, tuple(rows))


def share_text(part: int, whole: int) -> str:
    """Write a part of a whole: "12.3%"; a dash where there is no whole."""
    if whole <= 0:
        return "–"
    tenths = divide(part * 1000, whole)
    sign = "-" if tenths < 0 else ""
    return f"{sign}{abs(tenths) // 10}.{abs(tenths) % 10}%"


def value_name(share: Share, words: Words) -> str:
    """Return what stands before money for stored value: it is no revenue yet."""
    of = words(_ACCOUNTS[AccountKind(share.key)])
    return f"{words('Stored value (no revenue)')} · {of}"
