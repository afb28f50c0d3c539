"""The shelf prices of the back office: what holds, what comes, what was."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import Signal
from typing_extensions import override

from pos_app.domain.item import PriceSource, SellingUnit
from pos_app.errors import GuitaiError
from pos_app.i18n import _, current_language
from pos_app.services.prices import PriceMove, PriceState
from ui.format import day_text, money, quantity
from ui.keymap import Action
from ui.messages import explain
from ui.presenters.approval_state import ApprovalWords
from ui.presenters.back_office_part import BackOfficePart, BackOfficePlace
from ui.presenters.new_price import NewPriceForm, NewPriceText
from ui.presenters.price_rows import row_views
from ui.presenters.price_words import moment_text, since_text
from ui.presenters.prices_state import PricesState, PricesTab, UnitPricesView
from ui.presenters.ticket_view import unit_symbol
from ui.presenters.two_line import TwoLineRow

_FOUND = 50
#: What may be done with a row.
_ACTIONS = {
    PriceState.TO_COME: "cancel",
    PriceState.IN_FORCE: "end",
    PriceState.BEATEN: "end",
}


class PricesPart(BackOfficePart):
    """Chooses a unit by name, scan or from what changes; adds, cancels, ends."""

    moved = Signal(int)
    """Up or down was pressed: -1 or +1 in the list that has the keyboard."""
    find_wanted = Signal()
    """The key for searching was pressed."""
    zero_asked = Signal(str)
    """A price of zero: shall the goods cost nothing? Their name."""
    refused = Signal(str)
    """The new price was refused; why."""
    stored = Signal()
    """The new price is in the catalogue."""

    def __init__(self, place: BackOfficePlace) -> None:
        super().__init__(place)
        self._catalog = self.work.counter.desk.catalog
        self._prices = self.work.counter.prices
        self.form = NewPriceForm(self.work)
        self._tab, self._search, self._unit_id = PricesTab.ITEM, "", ""
        self._row_id, self._chosen, self._days_on = "", "", 0
        self._is_seeking: Callable[[], bool] = bool
        self._asked: NewPriceText | None = None

    def ask_seeking(self, is_seeking: Callable[[], bool]) -> None:
        """Say who knows whether the search has the keyboard."""
        self._is_seeking = is_seeking

    @override
    def begin(self, subject: str = "") -> None:
        if subject:
            self._tab, self._search = PricesTab.ITEM, ""
            self.on_unit(subject)
        self.changed.emit()

    # --------------------------------------------------------------- what to show

    @property
    @override
    def state(self) -> PricesState:
        return PricesState(
            tab=self._tab,
            search=self._search,
            rows=self._rows(),
            chosen=self._chosen,
            unit=self._unit_view(),
            day=day_text(self._day),
            is_working=self.is_working,
        )

    @property
    def _day(self) -> date:
        return self.work.local_now().date() + timedelta(days=self._days_on)

    def _unit(self) -> SellingUnit | None:
        now = self.work.counter.desk.clock.now()
        return self._catalog.unit(self._unit_id, now) if self._unit_id else None

    def _rows(self) -> tuple[TwoLineRow, ...]:
        if self._tab is PricesTab.COMING:
            return tuple(map(self._move_row, self._prices.coming()))
        if self._tab is PricesTab.DAY:
            return tuple(map(self._move_row, self._prices.moves(self._day)))
        now = self.work.counter.desk.clock.now()
        if self._search:
            found = self._catalog.search(self._search, now, _FOUND)
            return tuple(map(self._unit_row, found))
        unit = self._unit()
        return (self._unit_row(unit),) if unit else ()

    def _unit_row(self, unit: SellingUnit) -> TwoLineRow:
        return TwoLineRow(
            unit.unit_id,
            _name(unit),
            unit.barcode or unit.sku,
            self._money(unit.price.minor if unit.price else None),
        )

    def _move_row(self, move: PriceMove) -> TwoLineRow:
        before, after = map(self._money, (move.before_minor, move.after_minor))
        when = moment_text(move.at, self.work.zone)
        return TwoLineRow(
            f"{move.unit.unit_id}@{move.at.unix_ms}",
            _name(move.unit),
            when,
            f"{before} → {after}",
        )

    def _money(self, minor: int | None) -> str:
        return "–" if minor is None else money(minor, self.work.currency)

    def _unit_view(self) -> UnitPricesView | None:
        unit = self._unit()
        if unit is None:
            return None
        rows = self._prices.rows(unit.unit_id)
        states = {row.price_id: state for row, state in rows}
        symbol = unit_symbol(unit)
        price = self._money(unit.price.minor if unit.price else None)
        state = states.get(self._row_id)
        return UnitPricesView(
            title=_name(unit),
            below=" · ".join(x for x in (unit.sku, unit.barcode) if x),
            price=f"{price}/{symbol}" if unit.price else _("no price"),
            note=self._note(unit),
            rows=row_views(rows, self.work.zone, self.work.currency),
            chosen=self._row_id if state else "",
            action=_ACTIONS.get(state, "") if state else "",
        )

    def _note(self, unit: SellingUnit) -> str:
        if unit.price is None:
            return _("It cannot be sold without a price.")
        words = [since_text(unit.price, self.work.zone)]
        if unit.source is PriceSource.UNIT_FACTOR:
            pieces = quantity(unit.pieces)
            words.insert(0, _("price of one piece × {pieces}", pieces=pieces))
        return " · ".join(x for x in words if x)

    # --------------------------------------------------------------- what is done

    def on_tab(self, key: str) -> None:
        """Another list was chosen."""
        self._tab, self._days_on = PricesTab(key), 0
        self.changed.emit()

    def on_search(self, text: str) -> None:
        """Something was typed into the search."""
        self._search = text.strip()
        self.changed.emit()

    def on_day(self, days: int) -> None:
        """The day of the list was moved; 0 for today."""
        self._days_on = self._days_on + days if days else 0
        self.changed.emit()

    def on_unit(self, key: str) -> None:
        """Goods were chosen: the row in force is on show.

        Args:
            key: their unit's id, with the moment of a change behind it.
        """
        unit_id = key.partition("@")[0]
        self._unit_id, self._chosen = unit_id, key
        rows = self._prices.rows(unit_id)
        holding = [x.price_id for x, state in rows if state is PriceState.IN_FORCE]
        self._row_id = holding[0] if holding else ""
        self.changed.emit()

    def on_row(self, price_id: str) -> None:
        """A price row was chosen."""
        self._row_id = price_id
        self.changed.emit()

    def on_row_action(self) -> None:
        """Cancel the chosen row, or end it now."""
        view, unit_id, row_id = self._unit_view(), self._unit_id, self._row_id
        if view is None or not view.action:
            return
        make, words = self._prices.end_now, _("Price ended: {name}", name=view.title)
        if view.action == "cancel":
            make = self._prices.cancel
            words = _("Price cancelled: {name}", name=view.title)

        def then() -> None:
            self.frame.say(words)

        self.store(lambda: make(unit_id, row_id), then, self._words())

    # ------------------------------------------------------------------ new price

    def on_new_price(self, text: NewPriceText, *, is_zero_meant: bool = False) -> None:
        """Store the price of the form; asks once where it is zero."""
        unit = self._unit()
        if unit is None:
            return
        try:
            draft, _oddities = self.form.draft(self._unit_id, text)
            draft = replace(draft, is_zero_meant=is_zero_meant)
            if draft.minor == 0 and not is_zero_meant:
                self._asked = text
                self.zero_asked.emit(_name(unit))
                return
        except GuitaiError as error:
            self.refused.emit(explain(error, self.work.currency).sentence)
            return
        self.store(
            lambda: self._prices.schedule(draft), self._then(unit), self._words()
        )

    def on_zero_meant(self) -> None:
        """The goods shall cost nothing."""
        asked, self._asked = self._asked, None
        if asked is not None:
            self.on_new_price(asked, is_zero_meant=True)

    def _then(self, unit: SellingUnit) -> Callable[[], None]:
        def then() -> None:
            self.on_unit(unit.unit_id)
            self.frame.say(_("Price stored: {name}", name=_name(unit)))
            self.stored.emit()

        return then

    def _words(self) -> ApprovalWords | None:
        return None

    # ---------------------------------------------------------------- what is asked

    @override
    def takes_scan(self, code: str) -> bool:
        """Find what is scanned while the search has the keyboard; else it is sold."""
        if not self._is_seeking():
            return False
        return self.takes_goods(code, self._take)

    def _take(self, unit: SellingUnit) -> None:
        self._tab, self._search = PricesTab.ITEM, ""
        self.on_unit(unit.unit_id)

    @override
    def takes_action(self, action: Action) -> bool:
        if action in {Action.UP, Action.DOWN}:
            self.moved.emit(-1 if action is Action.UP else 1)
            return True
        if action is Action.FIND:
            self._tab = PricesTab.ITEM
            self.changed.emit()
            self.find_wanted.emit()
            return True
        return False


def _name(unit: SellingUnit) -> str:
    words = [unit.name_in(current_language()), unit.variant]
    if unit.pieces != 1:
        words.append(f"×{quantity(unit.pieces)}")
    return " ".join(x for x in words if x)
