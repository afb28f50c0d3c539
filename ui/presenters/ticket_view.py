"""Turns the open sale into ticket lines, sums and the band; shared by screens."""

from __future__ import annotations

from pos_app.domain.basket import Basket, BasketLine
from pos_app.domain.item import PriceSource, SellBy, SellingUnit
from pos_app.domain.pricing_result import PricedBasket, PricedLine
from pos_app.domain.reduction import StepKind
from pos_app.domain.refund_payment import RefundPayment
from pos_app.domain.returned_line import ReturnedLine
from pos_app.i18n import Words, _, current_language, plural
from pos_app.ports.ledger import SaleSummary
from pos_app.values.gs1.message import code_to_show
from ui.format import amount, clock_text, grouped_code, quantity
from ui.presenters.member_band import MemberBand
from ui.presenters.returned_view import ReturnedLines, exchange_sums
from ui.presenters.saving_words import (
    SavingWords,
    deal_sums,
    has_deals,
    let_go,
    line_saving,
)
from ui.presenters.ticket_state import (
    BandView,
    DetailKind,
    LineView,
    SumView,
)
from ui.presenters.workplace import Workplace

Key = tuple[BasketLine, PricedLine | None, int, str]


#: More sums than these do not fit below the lines.
_MOST_SUMS = 4


class TicketView:
    """Builds the ticket; a line that did not change is not built again."""

    def __init__(self, work: Workplace) -> None:
        self._work = work
        self._kept: dict[str, tuple[Key, LineView]] = {}
        self._returned = ReturnedLines(work)
        self._last: tuple[SaleSummary, ...] | None = None
        self._chosen: tuple[str, object, str | None] = ("", None, None)
        self.member = MemberBand(work)

    def lines(self) -> tuple[LineView, ...]:
        """Return the lines of the open sale: what comes back, then what is sold."""
        basket, priced = self._work.counter.sale.basket, self._work.counter.sale.priced
        if basket is None or priced is None:
            self._kept = {}
            return ()
        amounts = {line.line_id: line for line in priced.lines}
        language = current_language()
        fresh: dict[str, tuple[Key, LineView]] = {}
        first = len(basket.returns) + 1
        for position, line in enumerate(basket.lines, first):
            key = (line, amounts.get(line.line_id), position, language)
            known = self._kept.get(line.line_id)
            view = known[1] if known and known[0] == key else self._line(*key)
            fresh[line.line_id] = (key, view)
        self._kept = fresh
        sold = tuple(view for _key, view in fresh.values())
        return (*self._returned.of(basket.returns), *sold)

    def lines_of(self, basket: Basket, priced: PricedBasket) -> tuple[LineView, ...]:
        """Return the lines of another basket than the open one, such as a parked."""
        amounts = {line.line_id: line for line in priced.lines}
        language = current_language()
        sold = tuple(
            self._line(line, amounts.get(line.line_id), position, language)
            for position, line in enumerate(basket.lines, len(basket.returns) + 1)
            if line.unit is None or line.line_id in amounts
        )
        return (*ReturnedLines(self._work).of(basket.returns), *sold)

    def choose_return(self, line_id: str) -> None:
        """Choose goods that come back, until another line is chosen or changed."""
        basket = self._work.counter.sale.basket
        if basket is not None:
            self._chosen = (line_id, basket.lines, basket.selected)

    @property
    def chosen_return(self) -> ReturnedLine | None:
        """The chosen goods that come back; None while a sold line is selected."""
        basket = self._work.counter.sale.basket
        if basket is None or not basket.returns:
            return None
        line_id, lines, selected = self._chosen
        if lines is basket.lines and selected == basket.selected:
            for line in basket.returns:
                if line.line_id == line_id:
                    return line
        return None if basket.lines else basket.returns[-1]

    @property
    def due_minor(self) -> int:
        """What the open ticket comes to: above zero to pay, below to refund."""
        counter = self._work.counter
        basket, priced = counter.sale.basket, counter.sale.priced
        if basket is None or priced is None:
            return 0
        if not basket.returns:
            return priced.total_minor
        stands = counter.checkout.money.stands()
        if stands is None:
            return 0
        is_back = isinstance(stands, RefundPayment)
        return -stands.total_minor if is_back else stands.total_minor

    def selected_index(self) -> int:
        """Return the row of the selected line; -1 when the ticket is empty."""
        basket = self._work.counter.sale.basket
        if basket is None:
            return -1
        chosen = self.chosen_return
        if chosen is not None:  # by its id: whole lines are slow to compare
            ids = [line.line_id for line in basket.returns]
            return ids.index(chosen.line_id)
        sold = [line.line_id for line in basket.lines]
        ids = [*(line.line_id for line in basket.returns), *sold]
        return ids.index(basket.selected) if basket.selected in ids else len(ids) - 1

    def sums(self) -> tuple[SumView, ...]:
        """Return what stands below the lines: list price, let go, tax, total."""
        priced, basket = self._work.counter.sale.priced, self._work.counter.sale.basket
        if priced is not None and basket is not None and basket.returns:
            return exchange_sums(basket, priced, self.due_minor)
        if priced is None or not priced.lines:
            return ()
        if has_deals(priced):
            return deal_sums(priced)
        currency = priced.currency
        included = self._work.counter.sale.rules.prices_include_tax
        found = [SumView(_("List price"), amount(priced.list_minor, currency))]
        found += let_go(priced)
        tax = _("Tax included") if included else _("Tax")
        found.append(SumView(tax, amount(priced.tax_minor, currency)))
        if len(found) < _MOST_SUMS:
            found.append(SumView(_("Net"), amount(priced.net_minor, currency)))
        found.append(SumView(_("To pay"), amount(priced.total_minor, currency)))
        return tuple(found)

    def band(self) -> BandView:
        """Return the strip above the ticket: whose sale it is, or the last one."""
        return self.member.dress(self._band())

    def _band(self) -> BandView:
        current = self._work.counter.sale.current
        if current is not None and not current.basket.is_empty:
            begun = clock_text(current.started_at.at(self._work.zone).time())
            count = len(current.basket.lines) + len(current.basket.returns)
            title = plural(
                "This sale · {count} line", "This sale · {count} lines", count
            )
            return BandView(title, _("Begun at {time}", time=begun), "basket")
        return self._band_of_last()

    def sale_ended(self) -> None:
        """The band names another last sale from now on."""
        self._last = None

    def _band_of_last(self) -> BandView:
        if self._last is None:  # kept: a search renders with every letter
            self._last = tuple(self._work.counter.desk.ledger.recent_sales(1))
        if not self._last:
            return BandView(_("No sale yet"), _("Scan the first item"), "basket")
        last, currency = self._last[0], self._work.currency
        ended = clock_text(last.ended_at.at(self._work.zone).time())
        return BandView(
            _("Last sale {number}", number=last.number),
            _(
                "{time} · {amount}",
                time=ended,
                amount=amount(last.total_minor, currency),
            ),
            "receipt",
            # Its change, slip and tenders: a supervisor comes when it is over.
            action=_("Show"),
            action_icon="receipt",
            short=last.number,
        )

    def _line(
        self, line: BasketLine, priced: PricedLine | None, position: int, language: str
    ) -> LineView:
        if line.unit is None:
            return LineView(
                line.line_id,
                position,
                name=_(
                    "Not found {code}", code=grouped_code(code_to_show(line.scanned))
                ),
                detail=_("It keeps its line; payment waits for it"),
                quantity=quantity(line.quantity),
                is_unknown=True,
            )
        assert priced is not None
        words = Words(language)
        saving = line_saving(priced, self._work.currency, words, line)
        detail, kind = _detail(line, line.unit, priced, (self._work.currency, saving))
        struck = priced.list_minor if priced.discount_minor else None
        return LineView(
            line.line_id,
            position,
            name=line.unit.name_in(language),
            variant=line.unit.variant,
            detail=detail,
            detail_kind=kind,
            detail_forms=saving.forms if kind is DetailKind.SAVING else (),
            detail_tail=saving.tail if kind is DetailKind.SAVING else "",
            quantity=_quantity(line, line.unit),
            unit_price_minor=priced.unit_price_minor,
            total_minor=priced.total_minor,
            list_total_minor=struck,
        )


def _quantity(line: BasketLine, unit: SellingUnit) -> str:
    if unit.sell_by is SellBy.WEIGHT and line.source is not PriceSource.EMBEDDED_PRICE:
        return quantity(line.quantity, unit_symbol(unit))
    return quantity(line.quantity)


def unit_symbol(unit: SellingUnit) -> str:
    """Return how a unit is written behind a weight: kg, g."""
    return {"KGM": "kg", "GRM": "g"}.get(unit.unit_code, unit.unit_name)


def _detail(
    line: BasketLine,
    unit: SellingUnit,
    priced: PricedLine,
    told: tuple[str, SavingWords],
) -> tuple[str, DetailKind]:
    currency, saving = told
    special = _special(line, priced, saving.whole)
    if special is not None:
        return special
    if unit.sell_by is SellBy.WEIGHT:
        price = amount(priced.unit_price_minor, currency)
        weight = quantity(line.quantity, unit_symbol(unit))
        return f"{weight} × {price}", DetailKind.WEIGHT
    # A GS1 code holds lot, day and serial number, too: only its item's number is shown.
    code = code_to_show(line.scanned) or unit.sku
    if unit.pieces != 1:
        words = _(
            "{unit} of {pieces} · {code}",
            unit=unit.unit_name,
            pieces=quantity(unit.pieces),
            code=code,
        )
        return words, DetailKind.CODE
    return grouped_code(code), DetailKind.CODE


def _special(
    line: BasketLine, priced: PricedLine, saving: str
) -> tuple[str, DetailKind] | None:
    """Return what is not the same for every customer: a price by hand, a note."""
    if line.exchange_for:
        return _("Exchange keeps the price paid"), DetailKind.SAVING
    by_hand = any(step.kind is not StepKind.ROUND_OFF for step in priced.steps)
    if saving and (by_hand or not line.note):
        return " · ".join(x for x in (saving, line.note) if x), DetailKind.SAVING
    if line.note:
        return line.note, DetailKind.NOTE
    return (_("Price raised"), DetailKind.NOTE) if priced.steps else None


def saved_minor(priced: PricedBasket | None) -> int:
    """Return what the customer saved; zero or more."""
    return priced.discount_minor if priced else 0
