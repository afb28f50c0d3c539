"""The steps from the shelf to the price paid, in the language of who reads them."""

from __future__ import annotations

from dataclasses import replace

from pos_app.documents.promotion_speech import Speech
from pos_app.documents.promotion_terms import when_words
from pos_app.documents.reduction_rows import step_words
from pos_app.domain.basket import BasketLine
from pos_app.domain.item import PriceSource, SellBy, SellingUnit
from pos_app.domain.listed_line import listed
from pos_app.domain.price import PROMOTION
from pos_app.domain.pricing_result import PricedLine
from pos_app.domain.promotion.application import Application
from pos_app.domain.reduction import PriceStep, StepKind
from pos_app.i18n import Words
from ui.format import MINUS, amount, quantity
from ui.presenters.price_words import since_text
from ui.presenters.why_deals import DealWords, LineDeal, line_deals
from ui.presenters.why_facts import (
    Explained,
    WhoWords,
    count_words,
    each_minor_of,
    each_paid_words,
    is_recomputed,
    paid_minor,
    rates_words,
)
from ui.presenters.why_price_state import StepTone, StepView
from ui.presenters.why_return import coming_back
from ui.presenters.workplace import Workplace

_ICONS = {
    StepKind.MARKED_DOWN: "timer",
    StepKind.LEVEL_PRICE: "crown",
    StepKind.OVERRIDE: "pencil-simple",
    StepKind.EXCHANGE_PRICE: "swap",
    StepKind.ITEM_DEAL: "tag",
    StepKind.LINE_DISCOUNT: "tag",
    StepKind.ORDER_DEAL: "tag",
    StepKind.SALE_DISCOUNT: "percent",
    StepKind.COUPON: "ticket",
    StepKind.POINTS: "coins",
    StepKind.ROUND_OFF: "coins",
}
_OWN_PRICE = (
    StepKind.MARKED_DOWN,
    StepKind.LEVEL_PRICE,
    StepKind.OVERRIDE,
    StepKind.EXCHANGE_PRICE,
)


class WhySteps:
    """Writes the steps.

    Args:
        work: the counter.
        words: of the reader's language.
        is_for_staff: whether names and reasons of staff are told.
    """

    def __init__(self, work: Workplace, words: Words, *, is_for_staff: bool) -> None:
        self._work, self._words = work, words
        self._is_for_staff = is_for_staff
        self._who = WhoWords(work, words if is_for_staff else None)

    def of(
        self, whole: Explained, line: BasketLine, priced: PricedLine
    ) -> tuple[StepView, ...]:
        """Return the steps of a known line, from the list price to what is paid."""
        unit = line.unit
        assert unit is not None
        shelf_minor = listed(replace(line, override=None, discount=None)).list_minor
        longest = max(shelf_minor, priced.list_minor, paid_minor(priced), 1)
        found = [self._shelf(line, unit, shelf_minor, longest)]
        deals, left = line_deals(whole.priced, priced), priced.list_minor
        told = self._deal_words(whole)
        for at, step in enumerate(priced.steps):
            if step.kind in _OWN_PRICE and priced.list_minor > shelf_minor:
                found.append(self._raised(step, shelf_minor, longest))
                continue
            for deal in deals.get(at, ()):
                found.append(self._deal(told, deal, left, longest))
                left -= deal.amount_minor
            if not deals.get(at):
                found.append(self._lowered(step, line, left, longest))
                left -= step.amount_minor
        if not whole.rules.prices_include_tax and priced.tax_minor:
            found.append(self._tax(whole, priced, left, longest))
        found.append(self._total(whole, unit, priced, longest))
        return tuple(found)

    def _deal_words(self, whole: Explained) -> DealWords:
        language = self._words.language
        names = {
            line.line_id: line.unit.name_in(language)
            for line in whole.basket.lines
            if line.unit is not None
        }
        return DealWords(whole.priced.currency, self._words, names, self._when)

    def _when(self, used: Application) -> str:
        """Say when a promotion holds, as its stored version does."""
        catalog = self._work.counter.desk.catalog
        found = catalog.promotion_version(used.promotion_id, used.version)
        if found is None:
            return ""
        language, currency = self._words.language, self._work.currency
        speech = Speech(language, currency, lambda _kind, _id: "", self._work.zone)
        return when_words(speech, found.schedule)

    def _deal(
        self, told: DealWords, deal: LineDeal, before: int, longest: int
    ) -> StepView:
        kinds = {1: "tag", 2: "tag", 3: "ticket", 4: "coins"}
        return StepView(
            told.title(deal),
            told.working(deal),
            amount(-deal.amount_minor, self._work.currency),
            StepTone.SAVING,
            kinds[deal.application.layer],
            told.goods(deal),
            _part(before - deal.amount_minor, longest),
            _part(deal.amount_minor, longest),
            self._over(deal.application),
            -deal.amount_minor,
        )

    def _over(self, used: Application) -> tuple[str, ...]:
        """Say that an offer is over by now, and why it holds all the same."""
        explanation = self._work.counter.offer_explanation
        if not used.promotion_id or explanation.holds_now(used.promotion_id):
            return ()
        return (self._words("It is over by now; this sale began before"),)

    def _shelf(
        self, line: BasketLine, unit: SellingUnit, shelf_minor: int, longest: int
    ) -> StepView:
        """Say what the shelf asks, and where that comes from."""
        words = [self._source(line, unit)]
        is_computed = line.total_minor is None or line.source is PriceSource.MARKED_DOWN
        if unit.price is not None and is_computed and line.quantity != 1:
            each = amount(unit.price.minor, self._work.currency)
            words.insert(0, f"{each} × {count_words(line, unit)}")
        return StepView(
            self._words("Shelf price"),
            " · ".join(words),
            amount(shelf_minor, self._work.currency),
            StepTone.LIST,
            bar_length=_part(shelf_minor, longest),
            minor=shelf_minor,
        )

    def _source(self, line: BasketLine, unit: SellingUnit) -> str:
        words = self._words
        if line.source is PriceSource.EMBEDDED_PRICE:
            return words("printed on the label")
        since = ""
        if unit.price and self._is_for_staff:
            since = since_text(unit.price, self._work.zone)
        if line.source is PriceSource.UNIT_FACTOR:
            said = words(
                "price of one × {pieces} in the {unit}",
                pieces=quantity(unit.pieces),
                unit=unit.unit_name,
            )
        elif line.source is PriceSource.EMBEDDED_WEIGHT:
            said = words("weight from the label")
        else:
            is_short = unit.price is not None and unit.price.priority == PROMOTION
            said = words("price for a while") if is_short else words("shop price")
        return f"{said} · {since}" if since else said

    def _raised(self, step: PriceStep, shelf_minor: int, longest: int) -> StepView:
        currency = self._work.currency
        more = step.base_minor - shelf_minor
        return StepView(
            self._words("Price raised"),
            f"{amount(shelf_minor, currency)} → {amount(step.base_minor, currency)}",
            f"+{amount(more, currency)}",
            StepTone.ADDED,
            _ICONS[step.kind],
            self._who.of(step),
            _part(shelf_minor, longest),
            _part(more, longest),
            minor=more,
        )

    def _lowered(
        self, step: PriceStep, line: BasketLine, before: int, longest: int
    ) -> StepView:
        after = before - step.amount_minor
        return StepView(
            step_words(step, self._words),
            self._working(step, line, before),
            amount(-step.amount_minor, self._work.currency)
            if step.amount_minor
            else f"{MINUS}{amount(0, self._work.currency)}",
            StepTone.SAVING,
            _ICONS[step.kind],
            self._who.of(step),
            _part(after, longest),
            _part(step.amount_minor, longest),
            minor=-step.amount_minor,
        )

    def _working(self, step: PriceStep, line: BasketLine, before: int) -> str:
        """Write a step as a person would do it on paper."""
        currency = self._work.currency
        written = amount(before, currency)
        if step.kind is StepKind.LINE_DISCOUNT or step.kind is StepKind.ITEM_DEAL:
            if step.percentage is None:
                return self._words("off {amount}", amount=written)
            return f"{amount(step.base_minor, currency)} × {step.percentage}"
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
        each_minor = each_minor_of(step, line)
        if line.quantity == 1 or each_minor is None:
            return f"{before} → {after}"
        each = amount(each_minor, currency)
        return f"{before} → {after} ({each} × {quantity(line.quantity)})"

    def _tax(
        self, whole: Explained, priced: PricedLine, left: int, longest: int
    ) -> StepView:
        currency = self._work.currency
        return StepView(
            self._words("Tax"),
            rates_words(whole, priced),
            f"+{amount(priced.tax_minor, currency)}",
            StepTone.ADDED,
            bar_start=_part(left, longest),
            bar_length=_part(priced.tax_minor, longest),
            minor=priced.tax_minor,
        )

    def _total(
        self, whole: Explained, unit: SellingUnit, priced: PricedLine, longest: int
    ) -> StepView:
        """Say what is paid, and so what a return of one piece gives back."""
        currency, words = self._work.currency, self._words
        count = sum(share.count for share in priced.shares)
        working, title = words("a return gives this back"), words("This piece costs")
        if unit.sell_by is SellBy.WEIGHT:
            title = words("This line costs")
        if count > 1:
            title = words("These {count} cost", count=count)
            each = each_paid_words(priced, currency)
            working = words("a return: {each}", each=each)
        tax = ""
        if whole.rules.prices_include_tax and priced.tax_minor:
            tax = words("incl. tax {amount}", amount=amount(priced.tax_minor, currency))
        below = [tax, rates_words(whole, priced) if tax else ""]
        if is_recomputed(whole, priced):
            below.insert(0, words("less where an offer needs what goes back"))
        return StepView(
            title,
            working,
            amount(paid_minor(priced), currency),
            StepTone.PAID,
            who=" · ".join(x for x in below if x),
            bar_length=_part(paid_minor(priced), longest),
            notes=coming_back(self._work, whole, priced, words),
            minor=paid_minor(priced),
        )


def _part(minor: int, longest: int) -> int:
    """Return an amount in thousandths of the longest bar."""
    return min(1000, minor * 1000 // longest)
