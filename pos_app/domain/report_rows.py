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
    BUYERS = "buyers"  # "members" or "others"
    MEMBER_STATE = "member_state"  # MemberState
    POINT_FLOW = "point_flow"  # loyalty.lot.MoveKind
    POINTS_DUE = "points_due"  # month, "" for ever, "debt"
    COUPON = "coupon"  # template id
    CAMPAIGN = "campaign"  # reward rule id
    TIER_MOVE = "tier_move"  # TierShare.key
    TIER = "tier"  # tier key: who stands in it
    VALUE_FLOW = "value_flow"  # account kind / move kind
    SUSPICION = "suspicion"  # Suspicion.key


#: Figures of the members' ledgers: `ports.loyalty_reports` answers them.
LOYALTY_FIGURES = frozenset(
    {
        FigureKind.BUYERS,
        FigureKind.MEMBER_STATE,
        FigureKind.POINT_FLOW,
        FigureKind.POINTS_DUE,
        FigureKind.COUPON,
        FigureKind.CAMPAIGN,
        FigureKind.TIER_MOVE,
        FigureKind.TIER,
        FigureKind.VALUE_FLOW,
        FigureKind.SUSPICION,
    }
)


class Measure(StrEnum):
    """What the amounts of rows are."""

    MONEY = "money"  # minor units
    POINTS = "points"
    COUNT = "count"


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
        member_id: whose it is, where the row is about somebody; shown masked.
    """

    sale_id: str
    number: str
    at: Timestamp
    staff_id: str
    staff_name: str
    amount_minor: int
    detail: str = ""
    member_id: str = ""


@dataclass(frozen=True, slots=True)
class ReportRows:
    """The rows behind a figure, newest first.

    Attributes:
        rows: at most `ROW_LIMIT`. count, amount_minor: of all there are.
        measure: what the amounts are.
    """

    rows: tuple[ReportRow, ...]
    count: int
    amount_minor: int
    measure: Measure = Measure.MONEY
