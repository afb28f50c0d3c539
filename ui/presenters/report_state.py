"""What the report screen shows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ui.presenters.frame_state import FrameState, Tone


class ReportPage(StrEnum):
    """The pages of a report; all but the first are its tables."""

    OVERVIEW = "overview"
    SUMMARY = "summary"
    HOURS = "hours"
    DAYS = "days"
    TENDERS = "tenders"
    CATEGORIES = "categories"
    ITEMS = "items"
    PROMOTIONS = "promotions"
    CASHIERS = "cashiers"
    TAXES = "taxes"
    EXCEPTIONS = "exceptions"
    MEMBERS = "members"
    MEMBER_STATES = "member_states"
    POINTS = "points"
    POINTS_DUE = "points_due"
    POINTS_AGE = "points_age"
    COUPONS = "coupons"
    CAMPAIGNS = "campaigns"
    TIERS = "tiers"
    VALUE = "value"
    SUSPICIONS = "suspicions"


#: The pages about members; one row of keys has not room for all.
MEMBER_PAGES = frozenset(
    {
        ReportPage.MEMBERS,
        ReportPage.MEMBER_STATES,
        ReportPage.POINTS,
        ReportPage.POINTS_DUE,
        ReportPage.POINTS_AGE,
        ReportPage.COUPONS,
        ReportPage.CAMPAIGNS,
        ReportPage.TIERS,
        ReportPage.VALUE,
        ReportPage.SUSPICIONS,
    }
)


@dataclass(frozen=True, slots=True)
class FigureView:
    """A card of the overview.

    Attributes:
        key: what its tap says. title, value: as read. icon: an icon's name.
        note: how it compares, or what it is made of. tone: of the note.
        trend: 1 up, -1 down, 0 for no arrow.
    """

    key: str
    title: str
    value: str
    icon: str
    note: str = ""
    tone: Tone = Tone.PLAIN
    trend: int = 0


@dataclass(frozen=True, slots=True)
class BarView:
    """A bar of the chart.

    Attributes:
        key: what its tap says; "" where there is nothing to open.
        label: below it. value_minor: its height; below zero is drawn as none.
        before_minor: of the dashed line; None where it has no point.
        is_running: the hour or day that goes on now. words: for assistive tools.
    """

    key: str
    label: str
    value_minor: int
    before_minor: int | None = None
    is_running: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True)
class ChartView:
    """The chart of sales by hour or day.

    Attributes:
        title: above it. now_words, before_words: of the legend.
        bars: from left to right. currency: of the axis. peak: the peak's words.
    """

    title: str
    now_words: str
    before_words: str
    bars: tuple[BarView, ...]
    currency: str
    peak: str = ""


@dataclass(frozen=True, slots=True)
class ListBarView:
    """A row of a list with bars.

    Attributes:
        key: what its tap says. name, text: left and right.
        permille: length of its bar, 0 to 1000.
    """

    key: str
    name: str
    text: str
    permille: int


@dataclass(frozen=True, slots=True)
class BarListView:
    """A card with a list of bars. page: what a tap on its head opens."""

    page: ReportPage
    title: str
    note: str
    rows: tuple[ListBarView, ...]
    empty: str = ""


@dataclass(frozen=True, slots=True)
class OverviewView:
    """The first page."""

    cards: tuple[FigureView, ...]
    chart: ChartView
    lists: tuple[BarListView, ...]


@dataclass(frozen=True, slots=True)
class ListRowView:
    """A row of a table.

    Attributes:
        key: what a tap says; "" opens nothing. cells: as read.
        tones: of the cells, where one is more than plain; () for none.
        is_ticked: whether a tap's tick stands before it; None: a tap opens something.
    """

    key: str
    cells: tuple[str, ...]
    tones: tuple[Tone, ...] = ()
    is_ticked: bool | None = None


@dataclass(frozen=True, slots=True)
class ListTableView:
    """A table on the screen.

    Attributes:
        title, note: above it. heads: of its columns.
        is_number: which columns stand on the right.
        weights: how wide each column is beside the others.
        rows: as read. empty: what an empty one says.
    """

    title: str
    heads: tuple[str, ...]
    is_number: tuple[bool, ...]
    weights: tuple[int, ...]
    rows: tuple[ListRowView, ...]
    note: str = ""
    empty: str = ""
    chosen: str = ""


@dataclass(frozen=True, slots=True)
class DayStepView:
    """One end of a period of one's own: "From", "Sat 21 Nov"."""

    key: str
    title: str
    day: str
    can_go_on: bool


@dataclass(frozen=True, slots=True)
class ReportState:
    """Everything the screen shows.

    Attributes:
        frame: the bars. title, subtitle: the period in words.
        spans: (key, words) of the periods; span: the chosen one.
        pages: (key, words) of the pages; page: the chosen one.
        steps: the two days of a period of one's own; none for the others.
        overview: the first page; None while another is shown or it is made.
        table: another page. rows: the documents behind a figure, over the page.
        slip_png: the receipt chosen among the rows.
        is_waiting: the report is being made. is_empty: nothing happened.
        can_export: whether there is a report. can_x: whether X is offered.
    """

    frame: FrameState
    title: str
    subtitle: str
    spans: tuple[tuple[str, str], ...]
    span: str
    pages: tuple[tuple[str, str], ...]
    page: str
    steps: tuple[DayStepView, ...] = ()
    overview: OverviewView | None = None
    table: ListTableView | None = None
    rows: ListTableView | None = None
    slip_png: bytes = b""
    is_waiting: bool = False
    is_empty: bool = False
    can_export: bool = False
    can_x: bool = False
