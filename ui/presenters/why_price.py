"""Why a line costs what it costs: every step, and the offers that were not used."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from pos_app.documents.reduction_rows import deal_words
from pos_app.domain.basket import BasketLine
from pos_app.domain.permission import Permission
from pos_app.domain.promotion.explanation import Nearly
from pos_app.domain.reduction import OverrideCause
from pos_app.i18n import Words, _, current_language
from ui.presenters.why_facts import Explained, count_words
from ui.presenters.why_not import WhyNot
from ui.presenters.why_offers import nearly_view
from ui.presenters.why_price_state import (
    NearlyView,
    OfferView,
    StepView,
    WhyPriceState,
)
from ui.presenters.why_steps import WhySteps
from ui.presenters.workplace import Workplace


class WhyPricePresenter(QObject):
    """Explains one line of the open sale; it changes nothing.

    Args:
        work: the counter.
        has_customer: tells whether the customer has a screen.
    """

    state_changed = Signal()
    """The panel must show `state` anew."""

    def __init__(self, work: Workplace, has_customer: Callable[[], bool]) -> None:
        super().__init__()
        self._work = work
        self._has_customer = has_customer
        self.line_id = ""
        self._kept: tuple[tuple[object, ...], WhyPriceState] | None = None

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
        """Return everything the panel shows; the same while nothing changed."""
        sale = self._work.counter.sale
        staff = self._work.counter.desk.session.staff
        key = (
            sale.basket,
            sale.priced,
            self.line_id,
            current_language(),
            staff,
            self._has_customer(),
        )
        if self._kept is None or self._kept[0] != key:
            self._kept = (key, self._state())
        return self._kept[1]

    def _state(self) -> WhyPriceState:
        explained = explained_line(self._work, self.line_id)
        if explained is None:
            return WhyPriceState()
        whole, line = explained
        assert line.unit is not None
        desk, words = self._work.counter.desk, Words(current_language())
        return WhyPriceState(
            position=str(whole.basket.lines.index(line) + 1),
            name=line.unit.name_in(words.language),
            variant=line.unit.variant,
            quantity=f"× {count_words(line, line.unit)}",
            steps=steps_of(self._work, whole, line, words, is_for_staff=True),
            refused=WhyNot(self._work, words, is_for_staff=True).of(line),
            has_note=bool(line.note),
            take_back=_taken_back(line),
            nearly=self._nearly(whole, line, words),
            offers=_offers(whole, line, words),
            is_guarded=desk.needs_approval(Permission.PROMOTION_DECLINE),
            has_customer=self._has_customer(),
        )

    def _nearly(
        self, whole: Explained, line: BasketLine, words: Words
    ) -> NearlyView | None:
        """Return what one more of these goods would reach, if anything."""
        explanation = self._work.counter.offer_explanation
        if not explanation.may_speak:
            return None
        for found in explanation.nearest(1, line.line_id):
            goods = goods_of(self._work, whole, found, words)
            return nearly_view(found, self._work.currency, words, goods)
        return None


def explained_line(
    work: Workplace, line_id: str
) -> tuple[Explained, BasketLine] | None:
    """Return a known line of the open sale with all that explains it."""
    sale = work.counter.sale
    basket, priced = sale.basket, sale.priced
    if basket is None or priced is None:
        return None
    for line in basket.lines:
        if line.line_id == line_id and line.unit is not None:
            return Explained(basket, priced, sale.rules), line
    return None


def steps_of(
    work: Workplace,
    whole: Explained,
    line: BasketLine,
    words: Words,
    *,
    is_for_staff: bool,
) -> tuple[StepView, ...]:
    """Return the steps of a line for the cashier, or for the customer."""
    priced = next(x for x in whole.priced.lines if x.line_id == line.line_id)
    return WhySteps(work, words, is_for_staff=is_for_staff).of(whole, line, priced)


def goods_of(work: Workplace, whole: Explained, found: Nearly, words: Words) -> str:
    """Name the goods that would reach an offer; "" where any of many would."""
    for line in whole.basket.lines:
        if line.line_id == found.line_id and line.unit is not None:
            return line.unit.name_in(words.language)
    unit = work.counter.offer_explanation.unit(found.unit_id) if found.unit_id else None
    return unit.name_in(words.language) if unit else ""


def _offers(whole: Explained, line: BasketLine, words: Words) -> tuple[OfferView, ...]:
    """Return the promotions that lowered the line, each once."""
    found = {
        used.promotion_id: deal_words(used, words)
        for used in whole.priced.promoted.applications
        if used.promotion_id
        and any(x.line_id == line.line_id and x.saving_minor for x in used.claims)
    }
    return tuple(OfferView(key, name) for key, name in found.items())


def _taken_back(line: BasketLine) -> str:
    """Return the words of the key that takes the last reduction back."""
    if line.discount is not None:
        return _("Take the discount back")
    if line.override is not None and line.override.cause is OverrideCause.MANUAL:
        return _("Shelf price again")
    return ""
