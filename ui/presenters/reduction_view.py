"""Works out, without changing anything, what a price or discount would lead to."""

from __future__ import annotations

from dataclasses import replace

from pos_app.documents.reduction_rows import off_words
from pos_app.domain.letting_go import depths
from pos_app.domain.open_sale import Intent, SetDiscount, SetOverride
from pos_app.domain.permission import Demand, Permission
from pos_app.domain.pricing_result import PricedBasket
from pos_app.domain.reduction import PriceStep, StepKind
from pos_app.errors import UserError
from pos_app.i18n import _, current_language
from pos_app.values.percentage import Percentage
from ui.format import MINUS, amount, quantity
from ui.messages import explain
from ui.presenters.reduction_state import ReductionKind, ReductionState
from ui.presenters.workplace import Workplace

#: The steps before a line's own discount.
_OWN_PRICE = (StepKind.MARKED_DOWN, StepKind.OVERRIDE, StepKind.EXCHANGE_PRICE)


class ReductionView:
    """Reads the open sale; keeps nothing."""

    def __init__(self, work: Workplace) -> None:
        self._work = work

    def explain(self, error: UserError) -> str:
        """Return why a number cannot be, in one sentence."""
        return explain(error, self._work.currency).text

    def found(
        self, kind: ReductionKind, line_id: str, intent: Intent | None
    ) -> ReductionState:
        """Return what the dialog shows of an intent; None before a number.

        Raises:
            UserError: what basket and pricing refuse.
        """
        now = self._work.counter.sale.priced
        assert now is not None
        state = ReductionState(
            kind,
            title=self._title(kind),
            what=self._what(kind, line_id),
            before_label=_("Price now") if kind is ReductionKind.PRICE else _("Now"),
            before=self._before(kind, line_id, now),
            after_label=_("Becomes"),
            take=self._take(kind),
            take_back=self._take_back(kind, line_id),
        )
        if intent is None:
            return state
        basket, priced = self._work.counter.sale.preview(intent)
        change = self._change(now.total_minor, priced.total_minor)
        deep, is_above = self._deep(kind, line_id, depths(basket, priced))
        step = _sale_step(priced)
        if kind is ReductionKind.SALE and step is not None:
            state = replace(state, before=amount(step.base_minor, priced.currency))
        return replace(
            state,
            after=self._after(intent, priced),
            change=change,
            note=deep,
            is_above_cap=is_above,
        )

    def _change(self, before_minor: int, after_minor: int) -> str:
        """Say how much less, or more, the customer pays."""
        if before_minor < after_minor:
            more = amount(after_minor - before_minor, self._work.currency)
            return _("{more} more for this sale", more=more)
        less = amount(before_minor - after_minor, self._work.currency)
        return _("{less} less for this sale", less=less)

    def _deep(
        self, kind: ReductionKind, line_id: str, deep: dict[str, Percentage]
    ) -> tuple[str, bool]:
        """Return how deep it goes, in words, and whether somebody will be asked."""
        depth = deep.get(line_id, Percentage(0))
        shown = _depth_words(depth)
        if kind is ReductionKind.SALE:
            depth = max(deep.values(), default=depth)
            shown = _depth_words(depth)
            if shown and len(set(deep.values())) > 1:
                shown = _("{depth} on one line", depth=shown)
        staff = self._work.counter.desk.session.cashier
        is_price = kind is ReductionKind.PRICE
        action = Permission.PRICE_OVERRIDE if is_price else Permission.DISCOUNT
        cap = staff.role.limits.discount_cap
        if staff.meets(Demand(action, percentage=depth)):
            return shown, False
        if not staff.may(action):
            return _("{depth} needs approval", depth=shown).strip(), True
        return _("{depth}, above your limit of {cap}", depth=shown, cap=cap), True

    def _title(self, kind: ReductionKind) -> str:
        return {
            ReductionKind.PRICE: _("Change the price"),
            ReductionKind.LINE: _("Discount on the line"),
            ReductionKind.SALE: _("Discount on the whole sale"),
        }[kind]

    def _take(self, kind: ReductionKind) -> str:
        if kind is ReductionKind.PRICE:
            return _("Use this price")
        return _("Give the discount")

    def _what(self, kind: ReductionKind, line_id: str) -> str:
        basket = self._work.counter.sale.basket
        assert basket is not None
        if kind is ReductionKind.SALE:
            return _("All goods that may be discounted")
        line = basket.line(line_id)
        assert line.unit is not None
        name = line.unit.name_in(current_language())
        name = f"{name} {line.unit.variant}".rstrip()
        return f"{name} × {quantity(line.quantity)}"

    def _before(self, kind: ReductionKind, line_id: str, now: PricedBasket) -> str:
        currency = self._work.currency
        if kind is ReductionKind.SALE:
            return amount(_before_sale(now), currency)
        line = next(x for x in now.lines if x.line_id == line_id)
        if kind is ReductionKind.PRICE:
            basket = self._work.counter.sale.basket
            assert basket is not None
            override = basket.line(line_id).override
            minor = override.unit_price_minor if override else line.unit_price_minor
            return amount(minor, currency)
        first = [step for step in line.steps if step.kind in _OWN_PRICE]
        left = line.list_minor - sum(step.amount_minor for step in first)
        return amount(left, currency)

    def _after(self, intent: Intent, priced: PricedBasket) -> str:
        if isinstance(intent, SetOverride):
            assert intent.override is not None
            return amount(intent.override.unit_price_minor, priced.currency)
        if isinstance(intent, SetDiscount):
            line = next(x for x in priced.lines if x.line_id == intent.line_id)
            steps = {step.kind: step for step in line.steps}
            step = steps[StepKind.LINE_DISCOUNT]
            return amount(step.base_minor - step.amount_minor, priced.currency)
        of_all = _sale_step(priced)
        left = (
            of_all.base_minor - of_all.whole_minor if of_all else _before_sale(priced)
        )
        return amount(left, priced.currency)

    def _take_back(self, kind: ReductionKind, line_id: str) -> str:
        basket = self._work.counter.sale.basket
        assert basket is not None
        if kind is ReductionKind.SALE:
            discount = basket.discount
        else:
            discount = basket.line(line_id).discount
        if kind is ReductionKind.PRICE:
            is_given = basket.line(line_id).override is not None
            return _("Shelf price again") if is_given else ""
        if discount is None:
            return ""
        if discount.percentage is not None:
            rate = off_words(discount.percentage, current_language())
            return _("Take back {what}", what=rate)
        written = amount(-discount.amount_minor, self._work.currency)
        return _("Take back {what}", what=written)


def _depth_words(depth: Percentage) -> str:
    """Write how deep a price was lowered, to a tenth of a per cent: "−16.7%"."""
    if not depth.millionths:
        return ""
    return f"{MINUS}{Percentage(round(depth.millionths, -3))}"


def _sale_step(priced: PricedBasket) -> PriceStep | None:
    for line in priced.lines:
        for step in line.steps:
            if step.kind is StepKind.SALE_DISCOUNT:
                return step
    return None


def _before_sale(priced: PricedBasket) -> int:
    """Return what the lines come to before the discount on the whole sale."""
    step = _sale_step(priced)
    if step is not None:
        return step.base_minor
    return sum(line.total_minor for line in priced.lines)
