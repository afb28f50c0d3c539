"""The sale screen's presenter: intents in, one frozen state out."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from pos_app.domain.item import SellBy, SellingUnit
from pos_app.errors import GuitaiError, UserError
from pos_app.i18n import _, current_language
from pos_app.services.scan_result import Outcome, ScanResult
from pos_app.services.weighed_goods import Weighed, WeighedGoods
from pos_app.values.quantity import parse_quantity
from ui.presenters.entry import PREFIX_DIGITS, Entry
from ui.presenters.frame import FramePresenter
from ui.presenters.frame_state import Tone
from ui.presenters.line_actions import LineActions
from ui.presenters.pad_key import PadKey
from ui.presenters.priced_first import PricedFirst
from ui.presenters.sale_state import SaleState
from ui.presenters.sale_view import SaleDraft, SaleView
from ui.presenters.saving_words import changed_lines
from ui.presenters.scan_words import added_words, unweighed_words
from ui.presenters.workplace import Workplace


class SalePresenter(QObject):
    """Scans, tiles, search and the pad; lines are the affair of `lines`."""

    state_changed = Signal()
    """The screen must show `state` anew."""
    payment_wanted = Signal()
    """Everything is known and priced: go to payment."""
    quick_cash_taken = Signal(int)
    """Take this much cash and finish; minor units."""
    weight_wanted = Signal(object)
    """Goods sold by weight without a label: ask for it; the `SellingUnit`."""
    expired_refused = Signal(object, str, str)
    """Expired goods were not added: the error, the code, the prefix typed."""
    first_scan_came = Signal()
    """A new sale began: what the last one left on screen may go."""

    def __init__(self, work: Workplace, frame: FramePresenter) -> None:
        super().__init__()
        self._work = work
        self._frame = frame
        self.view = SaleView(work, frame)
        self.lines = LineActions(work, frame, self.view.ticket)
        self.lines.changed.connect(self.refresh)
        self.first = PricedFirst(work, frame)
        self._draft = SaleDraft()
        self._goods = WeighedGoods(work.counter.desk, work.counter.sale)
        self._waiting: deque[str] = deque()
        self._is_held = False

    @property
    def state(self) -> SaleState:
        """Return everything the screen shows."""
        return self.view.state(self._draft)

    @property
    def weighing(self) -> SellingUnit | None:
        """The goods whose weight is being asked for."""
        return self._draft.weighing

    def refresh(self) -> None:
        """Show the present state."""
        self.state_changed.emit()

    @property
    def is_held(self) -> bool:
        """Tell whether the sale before is being committed."""
        return self._is_held

    def hold(self) -> None:
        """Keep scans until `release`: the sale before is being committed."""
        self._is_held = True

    def release(self) -> None:
        """Serve the scans that came meanwhile, in order (law 8)."""
        self._is_held = False
        while self._waiting and not self._is_held:
            self.on_scanned(self._waiting.popleft())
        self.refresh()

    # ---------------------------------------------------------------- scanning

    def on_scanned(self, code: str) -> None:
        """A code was scanned, or typed and entered."""
        if self._is_held:
            self._waiting.append(code)
            return
        prefix = self._draft.entry.prefix
        self._change(entry=Entry(), weighing=None, weighed_line=None)
        self._add(self._scan, code, prefix)

    def _scan(self, code: str, prefix: str) -> ScanResult:
        count = parse_quantity(prefix) if prefix else None
        return self._work.sounds.of_scan(self._work.counter.sale.scan(code, count))

    def on_tile_pressed(self, key: str) -> None:
        """A quick key or a search result was pressed."""
        if self._is_held:
            return
        unit = self.view.goods.unit(key)
        if unit is None:
            self._work.beep()
            self._frame.say(_("This item is no longer sold"), Tone.BAD)
            self.refresh()
            return
        prefix = self._draft.entry.prefix
        self._change(entry=Entry(), weighing=None, weighed_line=None)
        self._add(self._add_unit, unit, prefix)

    def _add_unit(self, unit: SellingUnit, prefix: str) -> ScanResult:
        by_weight = unit.sell_by is SellBy.WEIGHT
        count = parse_quantity(prefix) if prefix and not by_weight else None
        return self._work.counter.sale.add_unit(unit, count)

    def _add(self, how: Callable[..., ScanResult], *what: Any) -> None:
        """Add to the sale, or say why not; either way the screen is shown anew."""
        before = self._work.counter.sale.priced
        try:
            result = how(*what)
        except GuitaiError as error:
            self._frame.refuse(error)
            if error.key == "goods_expired":
                self.expired_refused.emit(error, *what)
        else:
            if before is None:
                self.first_scan_came.emit()
            self.show_result(result, changed_lines(before, self._work.counter.sale))
        self.refresh()

    def show_result(self, result: ScanResult, changed: str = "") -> None:
        """Say what became of a scan, and which other lines changed with it."""
        if result.outcome is Outcome.UNKNOWN:
            self._work.beep()
            self._frame.say(_("Not found: {code}", code=result.code), Tone.BAD)
        elif result.outcome is Outcome.NEEDS_WEIGHT:
            self._change(weighing=result.unit, weighed_scan=result)
            self.weight_wanted.emit(result.unit)
        else:
            self._frame.say(*added_words(result, changed))

    # ------------------------------------------------------------------ search

    def on_tab_selected(self, key: str) -> None:
        """Show another page of tiles."""
        self._show(tab=key, search="")

    def on_search_edited(self, text: str) -> None:
        """Search while somebody types."""
        self._show(search=text.strip())

    def on_search_picked(self, key: str) -> None:
        """A result was picked: add it, or give it to the red line."""
        line_id = self._draft.resolving
        self._change(resolving=None, search="")
        unit = self.view.goods.unit(key)
        if line_id is None or unit is None:
            self.on_tile_pressed(key)
        elif unit.sell_by is SellBy.WEIGHT:
            self._change(weighing=unit, weighed_line=line_id)
            self.weight_wanted.emit(unit)
            self.refresh()
        else:
            self._resolve(line_id, unit)

    def _resolve(
        self, line_id: str, unit: SellingUnit, goods: Weighed | None = None
    ) -> None:
        try:
            if goods is None:
                self._work.counter.sale.resolve(line_id, unit)
            else:
                self._goods.resolve(line_id, goods)
        except GuitaiError as error:
            self._frame.refuse(error)
        else:
            name = unit.name_in(current_language())
            self._frame.say(_("The line is now {name}", name=name))
        self.refresh()

    def on_search_left(self) -> None:
        """Close the search."""
        self._show(search="", resolving=None)

    def on_find_pressed(self, line_id: str) -> None:
        """Find goods by name for a red line."""
        self._change(resolving=line_id)
        self._frame.say(_("Search for the item by name"), Tone.INFO)
        self.refresh()

    # --------------------------------------------------------------------- pad

    def on_pad_pressed(self, value: str) -> None:
        """A key of the pad was pressed."""
        key = PadKey(value)
        if key is PadKey.ENTER:
            self.on_enter()
            return
        self._show(entry=self._draft.entry.press(key))

    def on_enter(self) -> None:
        """Accept the entry; an empty one goes to payment."""
        entry, weighing = self._draft.entry, self._draft.weighing
        if weighing is not None and entry.text:
            self.on_weighed(entry.text)
        elif entry.text:
            self.on_scanned(entry.text)
        elif not entry.prefix and weighing is None:
            self.on_pay_pressed()

    def on_weighed(self, text: str, *, is_typed: bool = True) -> None:
        """There is a weight for the goods that asked for one."""
        unit, line_id = self._draft.weighing, self._draft.weighed_line
        if unit is None:
            return
        try:
            weight = parse_quantity(text)
        except UserError as error:
            self._change(entry=Entry())
            self._frame.refuse(error)
            self.refresh()
            return
        goods = Weighed(unit, weight, self._draft.weighed_scan, is_typed)
        self._change(entry=Entry(), weighing=None, weighed_line=None)
        if line_id is None:
            self._add(self._goods.add, goods)
        else:
            self._resolve(line_id, unit, goods)

    def say_unweighed(self, unit: SellingUnit) -> None:
        """Somebody scanned on instead of giving a weight: its goods are not sold."""
        self._work.beep()
        self._frame.say(*unweighed_words(unit))

    def on_weighing_left(self) -> None:
        """The weight was not given: nothing is added."""
        self._show(weighing=None, weighed_line=None)

    def on_quantity_pressed(self) -> None:
        """The entry becomes the selected line's quantity."""
        entry = self._draft.entry
        self._change(entry=Entry())
        self.lines.on_quantity_typed(entry.text or entry.prefix)
        self.refresh()

    def take_number(self) -> str:
        """Return what was typed before a key that needs a number, and clear it."""
        entry = self._draft.entry
        self._change(entry=Entry())
        self.refresh()
        text = entry.text or entry.prefix
        return text if len(text) <= PREFIX_DIGITS else ""

    @property
    def typed(self) -> str:
        """What is typed on the pad; "" for nothing, or for a quantity begun."""
        return "" if self._draft.entry.prefix else self._draft.entry.text

    def on_escape(self) -> bool:
        """Clear what is half done; False when there was nothing to clear."""
        if self._draft.is_idle:
            return False
        self._draft = SaleDraft(tab=self._draft.tab)
        self.refresh()
        return True

    # --------------------------------------------------------------------- pay

    def on_pay_pressed(self) -> None:
        """Go to payment if every line is known."""
        if self._is_held or not self.first.may_pay(self.on_pay_pressed):
            return
        self._draft = SaleDraft(tab=self._draft.tab)
        self.payment_wanted.emit()

    def on_quick_cash_pressed(self, amount_minor: int) -> None:
        """One tap: take this cash and finish."""
        if not self._is_held and not self.first.waits(
            lambda: self.on_quick_cash_pressed(amount_minor), at_this_price=True
        ):
            self._change(entry=Entry())
            self.quick_cash_taken.emit(amount_minor)

    def _show(self, **parts: Any) -> None:
        self._change(**parts)
        self.refresh()

    def _change(self, **parts: Any) -> None:
        self._draft = replace(self._draft, **parts)
