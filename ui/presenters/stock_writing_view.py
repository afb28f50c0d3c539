"""The lines of a document being written, as the page shows them."""

from __future__ import annotations

from collections.abc import Sequence

from pos_app.domain.item import SellingUnit
from pos_app.domain.stock_document import StockKind
from pos_app.domain.stock_draft import StockDraft, StockDraftLine
from pos_app.i18n import _, current_language, plural
from ui.format import amount, money, quantity
from ui.presenters.frame_state import Tone
from ui.presenters.report_state import ListRowView, ListTableView
from ui.presenters.stock_state import Choices
from ui.presenters.stock_words import lines_words, quantity_words, unit_words

#: Before the place of what was found by name, in a row's key.
FOUND = "found:"


def book_key(draft: StockDraft) -> tuple[str, bool]:
    """Return what the main key says, and whether it books."""
    if not draft.lines:
        return _("Scan the goods"), False
    if draft.unknown:
        count = len(draft.unknown)
        return plural("{count} unknown code", "{count} unknown codes", count), False
    lacks = any(not line.reason for line in draft.lines)
    if draft.kind is not StockKind.RECEIVED and not draft.reason and lacks:
        return _("Choose a reason"), False
    return _("Book {lines}", lines=lines_words(len(draft.lines))), True


def lines_table(
    draft: StockDraft, reasons: Choices, chosen: str, currency: str
) -> ListTableView:
    """Return the lines of a draft; red ones are not known yet."""
    named = dict(reasons)
    rows = []
    for line in draft.lines:
        is_up = draft.kind is not StockKind.WASTED and line.quantity > 0
        count = quantity_words(line.quantity, unit_name(line), goes_up=is_up)
        last = named.get(line.reason, "")
        if draft.kind is StockKind.RECEIVED:
            cost = line.cost_minor
            last = "" if cost is None else amount(cost, currency)
        tones = (Tone.BAD,) * 3 if line.unit is None else ()
        rows.append(ListRowView(line.line_id, (line_name(line), count, last), tones))
    is_delivery = draft.kind is StockKind.RECEIVED
    return ListTableView(
        title=_("Lines"),
        heads=(_("Item"), _("Quantity"), _("Cost") if is_delivery else _("Reason")),
        is_number=(False, True, is_delivery),
        weights=(52, 24, 24),
        rows=tuple(rows),
        empty=_("Scan the goods, or type a name above"),
        chosen=chosen,
    )


def found_table(found: Sequence[SellingUnit], currency: str) -> ListTableView:
    """Return what was found by name."""
    language = current_language()
    rows = [
        ListRowView(
            f"{FOUND}{at}",
            (
                f"{unit.name_in(language)} {unit.variant}".strip(),
                unit_told(unit),
                "" if unit.price is None else money(unit.price.minor, currency),
            ),
        )
        for at, unit in enumerate(found)
    ]
    return ListTableView(
        title=_("Found"),
        heads=(_("Item"), _("Unit"), _("Price")),
        is_number=(False, False, True),
        weights=(52, 24, 24),
        rows=tuple(rows),
        empty=_("Nothing found"),
    )


def unit_told(unit: SellingUnit) -> str:
    """Return which unit it is: "箱 × 24", "× 24"."""
    pieces = f"× {quantity(unit.pieces)}" if unit.pieces != 1 else ""
    return f"{unit_words(unit.unit_name)} {pieces}".strip()


def line_name(line: StockDraftLine) -> str:
    """Return what a line is called."""
    if line.unit is None:
        return _("Nobody knows {code}", code=line.scanned)
    return f"{line.unit.name_in(current_language())} {line.unit.variant}".strip()


def unit_name(line: StockDraftLine) -> str:
    """Return the name of a line's unit; "" for a code nobody knows."""
    return unit_words(line.unit.unit_name) if line.unit is not None else ""
