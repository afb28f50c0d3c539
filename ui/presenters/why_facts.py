"""What the explanation of a price looks up, and how it writes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pos_app.domain.basket import Basket, BasketLine
from pos_app.domain.item import SellBy, SellingUnit
from pos_app.domain.pricing_result import PricedBasket, PricedLine
from pos_app.domain.promotion.promotion import ReturnBasis
from pos_app.domain.reduction import PriceStep, StepKind
from pos_app.domain.tax import PricingRules
from pos_app.i18n import Words
from pos_app.services.price_by_hand import DISCOUNT_REASONS, OVERRIDE_REASONS
from ui.format import amount, quantity
from ui.presenters.ticket_view import unit_symbol
from ui.presenters.workplace import Workplace

_REASON_USES = {
    StepKind.OVERRIDE: OVERRIDE_REASONS,
    StepKind.LINE_DISCOUNT: DISCOUNT_REASONS,
    StepKind.SALE_DISCOUNT: DISCOUNT_REASONS,
}


@dataclass(frozen=True, slots=True)
class Explained:
    """A basket and its price, of which one line is explained."""

    basket: Basket
    priced: PricedBasket
    rules: PricingRules


class WhoWords:
    """Names who gave something, who approved it, and the reason.

    Args:
        work: the counter.
        words: of the reader's language; None for somebody who is told no names.
    """

    def __init__(self, work: Workplace, words: Words | None) -> None:
        self._work, self._words = work, words

    def of(self, step: PriceStep) -> str:
        """Return the words for a step; "" where nobody gave it."""
        if self._words is None or not (step.by or step.reason):
            return ""
        language = self._words.language
        names = self._names((step.by, step.approved_by))
        words = [names.get(step.by, "")]
        if step.approved_by:
            who = names.get(step.approved_by, step.approved_by)
            words.append(self._words("approved by {name}", name=who))
        use = _REASON_USES.get(step.kind, "")
        known = self._work.counter.desk.catalog.known_reasons()
        reasons = [x for x in known if x.use == use]
        words += [r.name_in(language) for r in reasons if r.key == step.reason]
        return " · ".join(x for x in words if x)

    def _names(self, ids: Sequence[str]) -> Mapping[str, str]:
        assert self._words is not None
        staff = self._work.counter.desk.catalog.staff()
        language = self._words.language
        return {x.staff_id: x.name_in(language) for x in staff if x.staff_id in ids}


def count_words(line: BasketLine, unit: SellingUnit) -> str:
    """Write how many or how much of its goods a line is: "2", "0.382 kg"."""
    by_weight = unit.sell_by is SellBy.WEIGHT
    return quantity(line.quantity, unit_symbol(unit) if by_weight else "")


def each_minor_of(step: PriceStep, line: BasketLine) -> int | None:
    """Return what one unit costs since a step to the line's own price."""
    if line.override is not None:
        return line.override.unit_price_minor
    if step.kind is StepKind.LEVEL_PRICE and line.unit is not None:
        levels = line.unit.level_prices
        return next((x.minor for x in levels if x.level == step.name), None)
    return None


def each_paid_words(priced: PricedLine, currency: str) -> str:
    """Write what comes back for each unit: "5.00 × 1 + 2.50 × 1"."""
    runs: dict[int, int] = {}
    for share in priced.shares:
        runs[share.paid_minor] = runs.get(share.paid_minor, 0) + share.count
    return " + ".join(f"{amount(paid, currency)} × {n}" for paid, n in runs.items())


def is_recomputed(whole: Explained, priced: PricedLine) -> bool:
    """Tell whether a return looks at what stays: the offers of the line say so."""
    return any(
        one.return_basis is ReturnBasis.RECOMPUTE
        and any(claim.line_id == priced.line_id for claim in one.claims)
        for one in whole.priced.promoted.applications
    )


def rates_words(whole: Explained, priced: PricedLine) -> str:
    """Name the tax rates of a line."""
    known = {tax.code: tax.percentage for tax in whole.priced.taxes}
    return " + ".join(
        f"{tax.code} {known[tax.code]}"
        if str(known[tax.code]) not in tax.code
        else tax.code
        for tax in priced.taxes
    )


def paid_minor(priced: PricedLine) -> int:
    """Return what is paid for a line, tax and all."""
    return priced.net_minor + priced.tax_minor
