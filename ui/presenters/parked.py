"""The list of parked sales: which there are, which is chosen, what is typed."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from pos_app.domain.parked_sale import ParkedSale
from pos_app.domain.pricing import price_basket
from pos_app.domain.pricing_result import PricedBasket
from pos_app.errors import UserError
from pos_app.i18n import _, current_language, plural
from ui.format import amount
from ui.presenters.entry import Entry
from ui.presenters.errand_state import ErrandView, KeyView
from ui.presenters.frame import FramePresenter
from ui.presenters.frame_state import Tone
from ui.presenters.pad_key import PadKey
from ui.presenters.parked_state import ParkedRow, ParkedState
from ui.presenters.parked_words import (
    OLD_MINUTES,
    age_words,
    band_of,
    goods_of,
    sums_of,
    title_of,
    when_of,
    who_of,
)
from ui.presenters.sale_state import SaleState
from ui.presenters.ticket_state import LineView
from ui.presenters.ticket_view import TicketView
from ui.presenters.workplace import Workplace

RESUME, MERGE, PARK = "parked_resume", "parked_merge", "parked_park"
RENAME, PRINT, VOID, NEW = "parked_rename", "parked_print", "parked_void", "parked_new"


class ParkedPresenter(QObject):
    """Reads the parked sales once per change, not for every paint."""

    state_changed = Signal()
    """The panel must show `state` anew."""

    def __init__(
        self, work: Workplace, frame: FramePresenter, ticket: TicketView
    ) -> None:
        super().__init__()
        self._work, self._frame, self._ticket = work, frame, ticket
        self._all: tuple[ParkedSale, ...] | None = None
        self._chosen = ""
        self._entry = Entry()
        self._priced: tuple[ParkedSale, PricedBasket] | None = None
        self._written: tuple[PricedBasket, str, tuple[LineView, ...]] | None = None

    @property
    def count(self) -> int:
        """How many sales are parked."""
        return len(self._parked())

    @property
    def chosen(self) -> ParkedSale | None:
        """The chosen parked sale."""
        for parked in self._parked():
            if parked.sale.basket.basket_id == self._chosen:
                return parked
        return None

    @property
    def state(self) -> ParkedState:
        """Return everything the panel shows."""
        return ParkedState(tuple(self._row(x) for x in self._parked()), self._chosen)

    def forget(self) -> None:
        """Read the parked sales anew: one came or went."""
        self._all = None
        if self.chosen is None:
            parked = self._parked()
            self._chosen = parked[0].sale.basket.basket_id if parked else ""
        self.state_changed.emit()

    def begin(self) -> None:
        """Open the list with the newest one chosen."""
        self._entry, self._chosen = Entry(), ""
        self.forget()

    def choose(self, key: str) -> None:
        """Choose a parked sale by its basket."""
        self._chosen, self._entry = key, Entry()
        self.state_changed.emit()

    def move(self, step: int) -> None:
        """Choose another one, `step` rows away."""
        keys = [each.sale.basket.basket_id for each in self._parked()]
        if keys:
            at = keys.index(self._chosen) if self._chosen in keys else 0
            self.choose(keys[min(max(at + step, 0), len(keys) - 1)])

    def press(self, value: str) -> bool:
        """Take a key of the pad; False for Enter with nothing typed."""
        key = PadKey(value)
        if key is PadKey.TIMES:
            return True  # a parked sale has no quantity
        if key is not PadKey.ENTER:
            self._entry = self._entry.press(key)
            self.state_changed.emit()
            return True
        if not self._entry.text:
            return False
        self._choose_number(self._entry.text)
        return True

    def clear(self) -> bool:
        """Clear what is typed; False when nothing was."""
        was_typed = not self._entry.is_empty
        if was_typed:
            self._entry = Entry()
            self.state_changed.emit()
        return was_typed

    def _choose_number(self, text: str) -> None:
        """Choose by the short number that people say."""
        self._entry = Entry()
        for parked in self._parked():
            if parked.short_number == text.lstrip("0"):
                self.choose(parked.sale.basket.basket_id)
                return
        self._work.beep()
        self._frame.say(_("No sale is parked as #{number}", number=text), Tone.BAD)
        self.state_changed.emit()

    def dress(self, state: SaleState) -> SaleState:
        """Show the chosen sale in the places of the open one."""
        parked = self.chosen
        current = self._work.counter.sale.current
        has_open = current is not None and not current.is_empty
        shared = replace(
            state,
            problem=None,
            quick_cash=(),
            blocked_reason="",
            selected_index=-1,
            tax_text="",
            saved_minor=0,
            entry_text=self._entry.shown,
            entry_hint=_("Number, or scan the slip"),
            errand=_errand(parked, has_open=has_open, note=self._note(parked)),
        )
        if parked is None:
            return shared
        priced = self._price(parked)
        return replace(
            shared,
            band=band_of(parked, self._work),
            lines=self._lines(parked, priced),
            sums=sums_of(parked, priced, self._work),
            amount_due_minor=parked.total_minor,
            due_label=_("Resume #{number}", number=parked.short_number),
            count_text=plural("{count} item", "{count} items", parked.item_count),
        )

    def _note(self, parked: ParkedSale | None) -> str:
        if parked is None:
            return ""
        minutes = self._work.counter.park.age_minutes(parked)
        return _("Parked for {age}", age=age_words(minutes))

    def _price(self, parked: ParkedSale) -> PricedBasket:
        """Price it as it was parked; kept, since every paint asks."""
        if self._priced is None or self._priced[0] is not parked:
            rules = self._work.counter.sale.rules
            offers = self._work.counter.park.slips.offers(parked)
            basket, at = parked.sale.basket, parked.parked_at
            try:
                priced = price_basket(basket, rules, at, offers)
            except UserError:  # it is shown without amounts, and can be resumed
                nothing = replace(parked.sale.basket, lines=(), round_off_minor=0)
                priced = price_basket(nothing, rules, at)
            self._priced = (parked, priced)
        return self._priced[1]

    def _lines(self, parked: ParkedSale, priced: PricedBasket) -> tuple[LineView, ...]:
        """Return its lines; written once, since every paint asks."""
        language, known = current_language(), self._written
        if known is None or known[0] is not priced or known[1] != language:
            lines = self._ticket.lines_of(parked.sale.basket, priced)
            known = self._written = (priced, language, lines)
        return known[2]

    def _parked(self) -> tuple[ParkedSale, ...]:
        if self._all is None:
            self._all = tuple(reversed(self._work.counter.park.all()))
        return self._all

    def _row(self, parked: ParkedSale) -> ParkedRow:
        minutes = self._work.counter.park.age_minutes(parked)
        goods, goods_tail = goods_of(parked)
        return ParkedRow(
            key=parked.sale.basket.basket_id,
            title=title_of(parked),
            goods=goods,
            goods_tail=goods_tail,
            origin=f"{when_of(parked, self._work)} · {who_of(parked, self._work)}",
            age=age_words(minutes),
            total=amount(parked.total_minor, self._work.currency),
            is_old=minutes >= OLD_MINUTES,
        )


def _errand(parked: ParkedSale | None, *, has_open: bool, note: str) -> ErrandView:
    """Return the keys beside the list."""
    is_there = parked is not None
    main = KeyView(
        RESUME,
        _("Resume this sale"),
        "tray-arrow-up",
        _("Scan on to add more"),
        hint="Enter",
        is_available=is_there and not has_open,
        reason=_("Another sale is open") if is_there and has_open else "",
        detail=_("Park it first, or merge") if is_there and has_open else "",
    )
    second = KeyView(NEW, _("New sale"), "plus")
    if has_open:
        second = KeyView(PARK, _("Park this one"), "pause-circle", hint="F8")
    merge = KeyView(
        MERGE,
        _("Merge in"),
        "arrows-merge",
        is_available=is_there and has_open,
    )
    lines = (
        KeyView(RENAME, _("Name it"), "pencil-simple", is_available=is_there),
        KeyView(PRINT, _("Print its slip"), "printer", is_available=is_there),
        KeyView(VOID, _("Void it"), "trash", is_danger=True, is_available=is_there),
    )
    return ErrandView(main, lines, (merge, second), note)
