"""What stock documents, moves and figures are called on the screen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from pos_app.domain.stock_document import StockKind
from pos_app.i18n import N_, _, current_language, plural
from pos_app.ports.stock import MoveKind, StockFigures
from pos_app.values.quantity import from_thousandths
from pos_app.values.rounding import RoundingMode, divide
from ui.format import MINUS, clock_text, quantity

if TYPE_CHECKING:
    from ui.presenters.stock_state import Choices

KIND_NAMES: Mapping[StockKind, str] = {
    StockKind.RECEIVED: N_("Goods received"),
    StockKind.WASTED: N_("Goods written off"),
    StockKind.ADJUSTED: N_("Stock adjusted"),
}
KIND_ACTIONS: Mapping[StockKind, str] = {
    StockKind.RECEIVED: N_("Receive goods"),
    StockKind.WASTED: N_("Write off"),
    StockKind.ADJUSTED: N_("Adjust"),
}
KIND_ICONS: Mapping[StockKind, str] = {
    StockKind.RECEIVED: "tray-arrow-up",
    StockKind.WASTED: "trash",
    StockKind.ADJUSTED: "swap",
}
_MOVES: Mapping[MoveKind, str] = {
    MoveKind.SOLD: N_("Sold"),
    MoveKind.RETURNED: N_("Came back"),
    MoveKind.RECEIVED: N_("Goods received"),
    MoveKind.WASTED: N_("Written off"),
    MoveKind.ADJUSTED: N_("Adjusted"),
}
ALL = "all"
#: Beyond this nobody plans; it would only push the other columns aside.
_MOST_DAYS = 999
_MONTH = 28


def unit_words(unit: str) -> str:
    """Return a unit's name if the reader can read it; the shop has it in one language."""
    return unit if unit.isascii() or current_language().startswith("zh") else ""


def move_words(kind: MoveKind, *, is_mirror: bool) -> str:
    """Return what a move is called; an undone one says so."""
    words = _(_MOVES[kind])
    return _("{what} (undone)", what=words) if is_mirror else words


def move_choices() -> Choices:
    """Return the filters of a history."""
    return (
        (ALL, _("Everything")),
        *((kind.value, _(_MOVES[kind])) for kind in MoveKind),
    )


def document_choices() -> Choices:
    """Return the filters of the documents."""
    return (
        (ALL, _("Everything")),
        (StockKind.RECEIVED.value, _("Goods received")),
        (StockKind.WASTED.value, _("Written off")),
        (StockKind.ADJUSTED.value, _("Adjusted")),
    )


def signed(thousandths: int) -> str:
    """Write what moved with its sign: "+24", "−0.482"."""
    text = quantity(from_thousandths(abs(thousandths)))
    return f"{'+' if thousandths > 0 else MINUS}{text}"


def on_hand(thousandths: int, unit: str = "") -> str:
    """Write a balance; below zero it has its minus and an arrow."""
    text = quantity(from_thousandths(thousandths), unit_words(unit))
    return f"▼ {text}" if thousandths < 0 else text


def sold(thousandths: int) -> str:
    """Write what was sold in a while; a dash for nothing."""
    return quantity(from_thousandths(thousandths)) if thousandths else "–"


def cover(figures: StockFigures) -> str:
    """Return how many days the stock lasts at the last 28 days' pace."""
    if figures.sold_month <= 0:
        return "–"
    if figures.thousandths <= 0:
        return "0"
    days = divide(figures.thousandths * _MONTH, figures.sold_month, RoundingMode.FLOOR)
    return str(days) if days <= _MOST_DAYS else f"> {_MOST_DAYS}"


def day_words(day: date | None, today: date) -> str:
    """Write a day short: "11-21", with the year where that is another one."""
    if day is None:
        return "–"
    short = f"{day.month:02}-{day.day:02}"
    return short if day.year == today.year else f"{day.year}-{short}"


def when(moment: datetime, today: date) -> str:
    """Write day and time: "11-21 14:32"."""
    return f"{day_words(moment.date(), today)} {clock_text(moment.time())}"


def lines_words(count: int) -> str:
    """Return "3 lines"."""
    return plural("{count} line", "{count} lines", count)


def quantity_words(count: Decimal, unit: str, *, goes_up: bool) -> str:
    """Write a line's quantity with its sign and unit."""
    sign = "+" if goes_up else MINUS
    return f"{sign}{quantity(abs(count), unit_words(unit))}"
