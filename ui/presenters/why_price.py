"""Why a line costs what it costs: every step, with its arithmetic and who gave it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from pos_app.documents.reduction_rows import step_words
from pos_app.domain.basket import BasketLine
from pos_app.domain.item import PriceSource, SellBy, SellingUnit
from pos_app.domain.listed_line import listed
from pos_app.domain.price import PROMOTION
from pos_app.domain.pricing_result import PricedLine
from pos_app.domain.reduction import OverrideCause, PriceStep, StepKind
from pos_app.i18n import Words, _, current_language
from pos_app.services.price_by_hand import DISCOUNT_REASONS, OVERRIDE_REASONS
from ui.format import MINUS, amount, quantity
from ui.presenters.price_words import since_text
from ui.presenters.ticket_view import unit_symbol
from ui.presenters.why_price_state import StepTone, StepView, WhyPriceState
from ui.presenters.workplace import Workplace

_ICONS = {
    StepKind.MARKED_DOWN: "timer",
    StepKind.OVERRIDE: "pencil-simple",
    StepKind.EXCHANGE_PRICE: "swap",
    StepKind.LINE_DISCOUNT: "tag",
    StepKind.SALE_DISCOUNT: "percent",
    StepKind.ROUND_OFF: "coins",
}
_OWN_PRICE = (StepKind.MARKED_DOWN, StepKind.OVERRIDE, StepKind.EXCHANGE_PRICE)
_REASON_USES = {
    StepKind.OVERRIDE: OVERRIDE_REASONS,
    StepKind.LINE_DISCOUNT: DISCOUNT_REASONS,
    StepKind.SALE_DISCOUNT: DISCOUNT_REASONS,
}


class WhyPricePresenter(QObject):
    """Explains one line of the open sale; it changes nothing."""

    state_changed = Signal()
    """The panel must show `state` anew."""

    def __init__(self, work: Workplace) -> None:
        super().__init__()
        self._work = work
        self.line_id = ""

    def begin(self, line_id: str) -> None:
        """Explain a line."""
        self.line_id = line_id
        self.state_changed.emit()

    @property
    def line(self) -> BasketLine | None:
        """The line explained; None once it is gone, or not known."""
        basket = self._work.counter.sale.basket
        for line in basket.lines if basket else ():
            if line.line_id == self.line_id and line.unit is not None:
                return line
        return None

    @property
    def state(self) -> WhyPriceState:
        """Return everything the panel shows."""
        line, priced = self.line, self._work.counter.sale.priced
        if line is None or line.unit is None or priced is None:
            return WhyPriceState()
        basket = self._work.counter.sale.basket
        assert basket is not None
        found = next(x for x in priced.lines if x.line_id == line.line_id)
        name = line.unit.name_in(current_language())
        return WhyPriceState(
            position=str(basket.lines.index(line) + 1),
            name=name,
            variant=line.unit.variant,
            quantity=f"× {self._count(line, line.unit)}",
            steps=self._steps(line, line.unit, found),
            has_note=bool(line.note),
            take_back=_taken_back(line),
        )

    def _steps(
        self, line: BasketLine, unit: SellingUnit, priced: PricedLine
    ) -> tuple[StepView, ...]:
        shelf_minor = listed(replace(line, override=None, discount=None)).list_minor
        longest = max(shelf_minor, priced.list_minor, self._paid(priced), 1)
        found = [self._shelf(line, unit, shelf_minor, longest)]
        left = priced.list_minor
        for step in priced.steps:
            if step.kind in _OWN_PRICE and priced.list_minor > shelf_minor:
                found.append(self._raised(step, shelf_minor, longest))
                continue
            found.append(self._lowered(step, line, left, longest))
            left -= step.amount_minor
        if not self._work.counter.sale.rules.prices_include_tax and priced.tax_minor:
            found.append(self._tax(priced, left, longest))
        found.append(self._total(unit, priced, longest))
        return tuple(found)

    def _shelf(
        self, line: BasketLine, unit: SellingUnit, shelf_minor: int, longest: int
    ) -> StepView:
        """Say what the shelf asks, and where that comes from."""
        words = [self._source(line, unit)]
        if unit.price is not None and line.total_minor is None and line.quantity != 1:
            each = amount(unit.price.minor, self._work.currency)
            words.insert(0, f"{each} × {self._count(line, unit)}")
        return StepView(
            _("Shelf price"),
            " · ".join(words),
            amount(shelf_minor, self._work.currency),
            StepTone.LIST,
            bar_length=_part(shelf_minor, longest),
        )

    def _source(self, line: BasketLine, unit: SellingUnit) -> str:
        if line.source is PriceSource.EMBEDDED_PRICE:
            return _("printed on the label")
        since = since_text(unit.price, self._work.zone) if unit.price else ""
        if line.source is PriceSource.UNIT_FACTOR:
            pieces = quantity(unit.pieces)
            words = _(
                "price of one × {pieces} in the {unit}",
                pieces=pieces,
                unit=unit.unit_name,
            )
        elif line.source is PriceSource.EMBEDDED_WEIGHT:
            words = _("weight from the label")
        else:
            is_short = unit.price is not None and unit.price.priority == PROMOTION
            words = _("price for a while") if is_short else _("shop price")
        return f"{words} · {since}" if since else words

    def _raised(self, step: PriceStep, shelf_minor: int, longest: int) -> StepView:
        currency = self._work.currency
        more = step.base_minor - shelf_minor
        return StepView(
            _("Price raised"),
            f"{amount(shelf_minor, currency)} → {amount(step.base_minor, currency)}",
            f"+{amount(more, currency)}",
            StepTone.ADDED,
            _ICONS[step.kind],
            self._who(step),
            _part(shelf_minor, longest),
            _part(more, longest),
        )

    def _lowered(
        self, step: PriceStep, line: BasketLine, before: int, longest: int
    ) -> StepView:
        after = before - step.amount_minor
        return StepView(
            step_words(step, Words(current_language())),
            self._working(step, line, before),
            amount(-step.amount_minor, self._work.currency)
            if step.amount_minor
            else f"{MINUS}{amount(0, self._work.currency)}",
            StepTone.SAVING,
            _ICONS[step.kind],
            self._who(step),
            _part(after, longest),
            _part(step.amount_minor, longest),
        )

    def _working(self, step: PriceStep, line: BasketLine, before: int) -> str:
        """Write a step as a person would do it on paper."""
        currency = self._work.currency
        written = amount(before, currency)
        if step.kind is StepKind.LINE_DISCOUNT:
            if step.percentage is None:
                return _("off {amount}", amount=written)
            return f"{written} × {step.percentage}"
        if step.kind in _OWN_PRICE:
            return self._own_price(step, line)
        whole = amount(step.whole_minor, currency)
        base = amount(step.base_minor, currency)
        dealt = f"{whole} × {written} ÷ {base}"
        if step.percentage is None:
            return dealt
        return f"{base} × {step.percentage} = {whole} · {dealt}"

    def _own_price(self, step: PriceStep, line: BasketLine) -> str:
        currency = self._work.currency
        before = amount(step.base_minor, currency)
        after = amount(step.base_minor - step.amount_minor, currency)
        if line.quantity == 1 or line.override is None:
            return f"{before} → {after}"
        each = amount(line.override.unit_price_minor, currency)
        return f"{before} → {after} ({each} × {quantity(line.quantity)})"

    def _tax(self, priced: PricedLine, left: int, longest: int) -> StepView:
        currency = self._work.currency
        return StepView(
            _("Tax"),
            self._rates(priced),
            f"+{amount(priced.tax_minor, currency)}",
            StepTone.ADDED,
            bar_start=_part(left, longest),
            bar_length=_part(priced.tax_minor, longest),
        )

    def _total(self, unit: SellingUnit, priced: PricedLine, longest: int) -> StepView:
        """Say what is paid, and so what a return of one piece gives back."""
        currency = self._work.currency
        count = sum(share.count for share in priced.shares)
        working, title = _("a return gives this back"), _("This piece costs")
        if unit.sell_by is SellBy.WEIGHT:
            title = _("This line costs")
        if count > 1:
            title = _("These {count} cost", count=count)
            runs: dict[int, int] = {}
            for share in priced.shares:
                runs[share.paid_minor] = runs.get(share.paid_minor, 0) + share.count
            each = " + ".join(
                f"{amount(paid, currency)} × {n}" for paid, n in runs.items()
            )
            working = _("a return: {each}", each=each)
        tax = ""
        if self._work.counter.sale.rules.prices_include_tax and priced.tax_minor:
            tax = _("incl. tax {amount}", amount=amount(priced.tax_minor, currency))
        return StepView(
            title,
            working,
            amount(self._paid(priced), currency),
            StepTone.PAID,
            who=" · ".join(x for x in (tax, self._rates(priced) if tax else "") if x),
            bar_length=_part(self._paid(priced), longest),
        )

    def _paid(self, priced: PricedLine) -> int:
        return priced.net_minor + priced.tax_minor

    def _rates(self, priced: PricedLine) -> str:
        total = self._work.counter.sale.priced
        known = {tax.code: tax.percentage for tax in total.taxes} if total else {}
        return " + ".join(
            f"{tax.code} {known[tax.code]}"
            if str(known[tax.code]) not in tax.code
            else tax.code
            for tax in priced.taxes
        )

    def _who(self, step: PriceStep) -> str:
        """Name who gave it, who approved it, and the reason."""
        names = self._names((step.by, step.approved_by))
        words = [names.get(step.by, "")]
        if step.approved_by:
            who = names.get(step.approved_by, step.approved_by)
            words.append(_("approved by {name}", name=who))
        use = _REASON_USES.get(step.kind, "")
        known = self._work.counter.desk.catalog.known_reasons()
        reasons = [x for x in known if x.use == use]
        words += [
            r.name_in(current_language()) for r in reasons if r.key == step.reason
        ]
        return " · ".join(x for x in words if x)

    def _names(self, ids: Sequence[str]) -> dict[str, str]:
        staff = self._work.counter.desk.catalog.staff()
        language = current_language()
        return {x.staff_id: x.name_in(language) for x in staff if x.staff_id in ids}

    def _count(self, line: BasketLine, unit: SellingUnit) -> str:
        by_weight = unit.sell_by is SellBy.WEIGHT
        return quantity(line.quantity, unit_symbol(unit) if by_weight else "")


def _part(minor: int, longest: int) -> int:
    """Return an amount in thousandths of the longest bar."""
    return min(1000, minor * 1000 // longest)


def _taken_back(line: BasketLine) -> str:
    """Return the words of the key that takes the last reduction back."""
    if line.discount is not None:
        return _("Take the discount back")
    if line.override is not None and line.override.cause is OverrideCause.MANUAL:
        return _("Shelf price again")
    return ""
