"""Builds the sale screen's state from the open sale and what is half typed."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.domain.item import SellingUnit
from pos_app.domain.payment import likely_cash
from pos_app.domain.permission import Permission
from pos_app.i18n import _, current_language, plural
from pos_app.services.scan_result import ScanResult
from ui.format import amount
from ui.presenters.entry import Entry
from ui.presenters.frame import FramePresenter
from ui.presenters.frame_state import KeyHint
from ui.presenters.goods_view import FAVOURITES, GoodsView
from ui.presenters.returned_view import due_words
from ui.presenters.sale_state import (
    ProblemView,
    QuickCash,
    SaleFunction,
    SaleState,
)
from ui.presenters.ticket_view import TicketView, saved_minor, unit_symbol
from ui.presenters.workplace import Workplace

#: The function keys that a permission guards.
_GUARDED = {
    SaleFunction.DRAWER: Permission.DRAWER_OPEN,
    SaleFunction.REPRINT: Permission.REPRINT,
    SaleFunction.VOID_SALE: Permission.SALE_VOID,
    SaleFunction.PARK: Permission.PARK,
    SaleFunction.CORRECT_TENDER: Permission.TENDER_CORRECT,
    SaleFunction.SALE_DISCOUNT: Permission.DISCOUNT,
}
#: The same of the keys below the ticket.
_GUARDED_LINES = {
    "delete": Permission.LINE_VOID,
    "price": Permission.PRICE_OVERRIDE,
    "discount": Permission.DISCOUNT,
}


@dataclass(frozen=True, slots=True)
class SaleDraft:
    """What is half done on the sale screen and not worth a write to the disk.

    Attributes:
        entry: what is typed on the pad.
        weighing: the goods whose weight is being typed; None for none.
        weighed_scan: what asked for it, where a scan did.
        weighed_line: the red line that the weight is for; None adds a line.
        resolving: the red line that a search is for; None for none.
        tab: of the tiles. search: the words searched for.
    """

    entry: Entry = Entry()  # noqa: RUF009 - frozen value
    weighing: SellingUnit | None = None
    weighed_scan: ScanResult | None = None
    weighed_line: str | None = None
    resolving: str | None = None
    tab: str = FAVOURITES
    search: str = ""

    @property
    def is_idle(self) -> bool:
        """Tell whether nothing is half done."""
        idle = self.weighing is None and self.resolving is None
        return idle and self.entry.is_empty and not self.search


class SaleView:
    """Reads the services; keeps nothing but what is costly to build."""

    def __init__(self, work: Workplace, frame: FramePresenter) -> None:
        self._work = work
        self._frame = frame
        self.ticket = TicketView(work)
        self.goods = GoodsView(work)

    def state(self, draft: SaleDraft) -> SaleState:
        """Return everything the screen shows."""
        sale = self._work.counter.sale
        priced, basket = sale.priced, sale.basket
        lines = self.ticket.lines()
        unknown = basket.unknown_lines if basket else ()
        back = len(basket.returns) if basket else 0
        blocked = _("Line {line} first", line=back + unknown[0]) if unknown else ""
        selected = self.ticket.selected_index()
        locked, locked_line_keys = self._locks()
        searching = bool(draft.search) or draft.resolving is not None
        return SaleState(
            frame=self._frame.state((KeyHint("Esc", _("Back")),)),
            currency=self._work.currency,
            band=self.ticket.band(),
            lines=lines,
            selected_index=selected,
            sums=self.ticket.sums(),
            problem=self._problem(unknown),
            amount_due_minor=abs(self.ticket.due_minor),
            item_count=priced.item_count if priced else 0,
            unknown_count=len(unknown),
            saved_minor=saved_minor(priced),
            count_text=self._count_text(len(unknown)),
            due_label=self._due_label(),
            tax_text=self._tax_text(),
            entry_text=draft.entry.shown,
            entry_hint=_hint(draft.weighing),
            tabs=self.goods.tabs(),
            tab=draft.tab,
            tiles=self.goods.tiles(draft.tab),
            search_text=draft.search,
            search_results=self.goods.search(draft.search) if searching else None,
            quick_cash=self._quick_cash(
                is_blocked=bool(unknown) or draft.weighing is not None
            ),
            blocked_reason=blocked,
            blocked_detail=_("Register it, find it by name, or delete it")
            if unknown
            else "",
            can_change_line=bool(lines),
            can_change_quantity=self._can_change_quantity(),
            locked=locked,
            locked_line_keys=locked_line_keys,
        )

    def _locks(self) -> tuple[frozenset[SaleFunction], frozenset[str]]:
        """Return the function keys and the keys of lines that carry a lock."""
        guards = {*_GUARDED.values(), *_GUARDED_LINES.values()}
        asked = self._work.counter.desk.needing_approval(guards)
        return (
            frozenset(key for key, guard in _GUARDED.items() if guard in asked),
            frozenset(key for key, guard in _GUARDED_LINES.items() if guard in asked),
        )

    def _due_label(self) -> str:
        basket = self._work.counter.sale.basket
        if basket is None or not basket.returns:
            return _("To pay")
        return due_words(self.ticket.due_minor, is_exchange=bool(basket.lines))

    def _problem(self, unknown: tuple[int, ...]) -> ProblemView | None:
        basket = self._work.counter.sale.basket
        if basket is None or not unknown:
            return None
        line = basket.lines[unknown[0] - 1]
        text = _("This barcode was not found; you can go on scanning")
        needs = self._work.counter.desk.needs_approval(Permission.ITEMS)
        return ProblemView(line.line_id, text, needs)

    def _count_text(self, unknown: int) -> str:
        priced = self._work.counter.sale.priced
        count = priced.item_count if priced else 0
        words = plural("{count} item", "{count} items", count)
        if unknown:
            words += " + " + _("{count} unknown", count=unknown)
        return words

    def _tax_text(self) -> str:
        priced = self._work.counter.sale.priced
        if priced is None or not priced.tax_minor:
            return ""
        written = amount(priced.tax_minor, priced.currency)
        if self._work.counter.sale.rules.prices_include_tax:
            return _("incl. tax {amount}", amount=written)
        return _("plus tax {amount}", amount=written)

    def _quick_cash(self, *, is_blocked: bool) -> tuple[QuickCash, ...]:
        one_tap = self._work.counter.desk.settings.current.one_tap_cash
        if is_blocked or not one_tap:
            return ()
        choices = self._work.counter.checkout.cash_choices()
        found = [QuickCash(x.cash_minor, x.change_minor) for x in choices]
        if not found:
            return ()
        exact = found[0]
        notes = self._work.counter.desk.shop.cash_notes_minor
        wanted = likely_cash(exact.amount_minor, notes)
        if wanted == exact.amount_minor:
            return (exact,)
        return (QuickCash(wanted, wanted - exact.amount_minor), exact)

    def _can_change_quantity(self) -> bool:
        basket, back = self._work.counter.sale.basket, self.ticket.chosen_return
        if back is not None:
            return back.origin is not None
        if basket is None or basket.selected is None:
            return False
        return basket.line(basket.selected).total_minor is None


def _hint(weighing: SellingUnit | None) -> str:
    if weighing is None:
        return _("Quantity × barcode / number")
    name = weighing.name_in(current_language())
    return _("{name}: weight in {unit}", name=name, unit=unit_symbol(weighing))
