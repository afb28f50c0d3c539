"""Price check: what the next scan would cost, without selling it."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QObject, Signal

from pos_app.domain.item import Scanned, SellBy, SellingUnit
from pos_app.errors import GuitaiError
from pos_app.i18n import _, current_language
from pos_app.services.price_answer import PriceAnswer, PriceAnswerService
from pos_app.services.traced_goods import shop_today, trace_of
from pos_app.values.quantity import from_thousandths
from ui.format import amount, day_text, grouped_code, money, quantity, symbol_of
from ui.presenters.frame import FramePresenter
from ui.presenters.frame_state import Tone
from ui.presenters.price_check_state import (
    PriceCheckPhase,
    PriceCheckState,
    PriceFact,
)
from ui.presenters.price_deals import price_deals
from ui.presenters.ticket_view import unit_symbol
from ui.presenters.workplace import Workplace


class PriceCheckPresenter(QObject):
    """Takes one scan while it is open."""

    state_changed = Signal()
    """The panel must show `state` anew."""

    def __init__(self, work: Workplace, frame: FramePresenter) -> None:
        super().__init__()
        self._work = work
        self._frame = frame
        self._state = PriceCheckState()
        self._code = ""

    @property
    def state(self) -> PriceCheckState:
        """Return everything the panel shows."""
        return self._state

    @property
    def takes_scan(self) -> bool:
        """Tell whether the next scan is for looking up, not for selling."""
        return self._state.phase is PriceCheckPhase.WAITING

    def begin(self) -> None:
        """Wait for the next scan."""
        self._state = PriceCheckState()
        self.state_changed.emit()

    def look_again(self) -> None:
        """A price changed by the clock: show what it is now."""
        if self._state.phase is PriceCheckPhase.FOUND:
            self.on_scanned(self._code)

    def on_scanned(self, code: str) -> None:
        """Look a code up."""
        self._code = code
        try:
            found = self._work.counter.sale.look_up(code)
            state = self._found(found, code) if found else self._missing(code)
        except GuitaiError as error:
            self._frame.refuse(error)
            return
        self._state = state
        self.state_changed.emit()

    def _missing(self, code: str) -> PriceCheckState:
        self._work.beep()
        return PriceCheckState(PriceCheckPhase.NOT_FOUND, code=grouped_code(code))

    def say_price(self, code: str) -> None:
        """Say in one line what a code costs; the panel stays as it is."""
        try:
            found = self._work.counter.sale.look_up(code)
            text = self._said(found, code) if found else ""
        except GuitaiError as error:
            self._frame.refuse(error)
            return
        if not text:
            self._work.beep()
            self._frame.say(_("Not found: {code}", code=code), Tone.BAD)
            return
        self._frame.say(text, Tone.INFO)

    def _said(self, found: Scanned, code: str) -> str:
        """Return name, price, and the first deal that a little more would reach."""
        answer = self._answer(found, code)
        minor = answer.now_minor if answer.label_minor is None else answer.label_minor
        price = _("Open price")
        if minor is not None:
            price = money(minor, self._work.currency)
        name = found.unit.name_in(current_language())
        deals = price_deals(self._work, answer)
        waiting = [x.title for x in deals if x.is_open and not x.is_used]
        text = _("{name}: {price}", name=name, price=price)
        return " · ".join((text, *waiting[:1]))

    def _answer(self, found: Scanned, code: str) -> PriceAnswer:
        return PriceAnswerService(self._work.counter.desk, self._work.counter.sale).of(
            found, code
        )

    def _found(self, found: Scanned, code: str) -> PriceCheckState:
        unit, currency = found.unit, self._work.currency
        answer = self._answer(found, code)
        minor, shelf_minor = answer.now_minor, answer.list_minor
        is_lower = minor is not None and shelf_minor is not None and minor < shelf_minor
        start = unit.price.period.start if unit.price else None
        since = ""
        if start is not None:
            since = _("since {day}", day=day_text(start.at(self._work.zone).date()))
        return PriceCheckState(
            PriceCheckPhase.FOUND,
            name=unit.name_in(current_language()),
            variant=unit.variant,
            unit=_unit_words(unit),
            symbol=symbol_of(currency),
            price=self._written(minor),
            shelf=self._written(shelf_minor) if is_lower else "",
            member=self._written(answer.member_minor),
            since=since,
            facts=(*self._prices(answer), *self._facts(found, code)),
            deals=price_deals(self._work, answer),
            picture=self._work.counter.desk.catalog.listing.small_picture(unit.item_id),
        )

    def _written(self, minor: int | None) -> str:
        return "" if minor is None else amount(minor, self._work.currency)

    def _prices(self, answer: PriceAnswer) -> tuple[PriceFact, ...]:
        """Say what a label's goods cost today."""
        if answer.label_minor is None:
            return ()
        label = amount(answer.label_minor, self._work.currency)
        return (PriceFact(_("This label today"), label),)

    def _facts(self, found: Scanned, code: str) -> tuple[PriceFact, ...]:
        unit, currency = found.unit, self._work.currency
        rules, now = self._work.counter.sale.rules, self._work.counter.desk.clock.now()
        traced = self._trace_facts(code)
        shown = unit.barcode if traced else code  # a message has all of it in one
        facts = [PriceFact(_("Barcode"), grouped_code(shown)), *traced]
        if unit.sku and not traced:
            facts.append(PriceFact(_("Item number"), unit.sku))
        if found.quantity is not None:
            weight = quantity(found.quantity, unit_symbol(unit))
            facts.append(PriceFact(_("On the label"), weight))
        if found.total_minor is not None:
            total = amount(found.total_minor, currency)
            facts.append(PriceFact(_("Label's price"), total))
        if traced:
            return tuple(facts)
        rates = rules.category(unit.tax_category).rates_at(now)
        tax = ", ".join(rate.name for rate in rates) or _("no tax")
        facts.append(PriceFact(_("Tax rate"), tax))
        sold = self._sold(unit)
        if sold:
            facts.append(PriceFact(_("Sold at this till"), quantity(sold)))
        return tuple(facts)

    def _trace_facts(self, code: str) -> list[PriceFact]:
        """Say what the code says of this very piece: dates, lot, serial number."""
        today = shop_today(self._work.counter.desk)
        trace = trace_of(code, today)
        facts: list[PriceFact] = []
        if trace.use_by is not None:
            label = _("Expired") if trace.is_expired(today) else _("Use by")
            facts.append(PriceFact(label, trace.use_by.isoformat()))
        elif trace.best_before is not None:
            day = trace.best_before.isoformat()
            facts.append(PriceFact(_("Best before"), day))
        if trace.lot:
            facts.append(PriceFact(_("Lot"), trace.lot))
        if trace.serial:
            facts.append(PriceFact(_("Serial number"), trace.serial))
        return facts

    def _sold(self, unit: SellingUnit) -> Decimal:
        """Return what this till has sold; stock itself needs receiving first."""
        moved = self._work.counter.desk.ledger.stock_thousandths(unit.item_id)
        return from_thousandths(-moved) if moved < 0 else Decimal(0)


def _unit_words(unit: SellingUnit) -> str:
    if unit.sell_by is SellBy.WEIGHT:
        return f"1 {unit_symbol(unit)}"
    if unit.pieces != 1:
        return _(
            "1 {unit} = {pieces}", unit=unit.unit_name, pieces=quantity(unit.pieces)
        )
    return f"1 {unit.unit_name}"
