"""The documents behind a figure of a report."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pos_app.domain.report_period import ReportPeriod
from pos_app.values.times import Timestamp

#: A person reads no more; the figure above the list still counts all.
ROW_LIMIT = 500


class FigureKind(StrEnum):
    """What can be opened. The comment says what the key is."""

    NET_SALES = "net_sales"
    DISCOUNTS = "discounts"
    REFUNDS = "refunds"
    ROUNDING = "rounding"
    HOUR = "hour"  # local hour, "0" to "23"
    DAY = "day"  # ISO day
    TENDER = "tender"  # tender key
    CATEGORY = "category"  # category id, "" for none
    ITEM = "item"  # item id
    CASHIER = "cashier"  # staff id
    TAX = "tax"  # TaxShare.key
    PROMOTION = "promotion"  # promotion id
    EXCEPTION = "exception"  # ExceptionShare.key


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of a report, as a question for its rows."""

    kind: FigureKind
    key: str = ""


@dataclass(frozen=True, slots=True)
class RowQuery:
    """Which rows are wanted.

    Attributes:
        period: of the report. figure: which number of it.
        zone_name: IANA name of the shop's time zone, for hours.
        items: for a category, the items that were counted to it though their
            rows name none (documents older than categories in them).
    """

    period: ReportPeriod
    figure: Figure
    zone_name: str
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A document, or an entry of the journal, behind a figure.

    Attributes:
        sale_id: whose receipt can be shown; "" where there is none.
        number: for people; "" where it has none.
        at: when. staff_id, staff_name: who; the name "" where only the id is kept.
        amount_minor: what it adds to the figure; minor units.
        detail: key of a reason, an item's name; "" for none.
    """

    sale_id: str
    number: str
    at: Timestamp
    staff_id: str
    staff_name: str
    amount_minor: int
    detail: str = ""


@dataclass(frozen=True, slots=True)
class ReportRows:
    """The rows behind a figure, newest first.

    Attributes:
        rows: at most `ROW_LIMIT`. count, amount_minor: of all there are.
    """

    rows: tuple[ReportRow, ...]
    count: int
    amount_minor: int
