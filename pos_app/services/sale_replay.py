"""A sale replayed: its stored intents, one after the other, with basket and price."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from pos_app.domain.basket import Basket
from pos_app.domain.open_sale import Intent, OpenSale, apply
from pos_app.domain.pricing import price_basket
from pos_app.domain.pricing_result import PricedBasket
from pos_app.domain.promotion.offers import NO_OFFERS, Offers
from pos_app.domain.sale import Sale
from pos_app.domain.tax import PricingRules
from pos_app.errors import UserError
from pos_app.ports.black_box import StoredIntent
from pos_app.values.times import BusinessDay, Timestamp

#: Going back folds anew from the last of these; each holds a basket of its own.
_KEPT_EVERY = 64


@dataclass(frozen=True, slots=True)
class ReplayStep:
    """One accepted intent in the list of steps."""

    at: Timestamp
    intent: Intent


@dataclass(frozen=True, slots=True)
class ReplayFrame:
    """The sale as it stood after a step.

    Attributes:
        step: what was done.
        sale: basket and money after it.
        priced: its price then, that of the document once all of it lay there; None
            where it cannot be priced any more.
    """

    step: ReplayStep
    sale: OpenSale
    priced: PricedBasket | None

    @property
    def due_minor(self) -> int:
        """What the ticket came to, goods that come back deducted; minor units."""
        total_minor = self.priced.total_minor if self.priced else 0
        return total_minor - sum(line.paid_minor for line in self.sale.basket.returns)


def _no_offers(_sale: OpenSale) -> Offers:
    return NO_OFFERS


class SaleReplay:
    """The steps of a sale; frames are folded when they are looked at.

    Args:
        sale_id: of the basket.
        stored: its intents, oldest first; at least one.
        rules: the shop's, for pricing.
        document: the finished sale, if it ended as one.
        offers_of: the promotions that a sale had; none by default.
    """

    def __init__(
        self,
        sale_id: str,
        stored: Sequence[StoredIntent],
        rules: PricingRules,
        document: Sale | None,
        offers_of: Callable[[OpenSale], Offers] = _no_offers,
    ) -> None:
        assert stored
        self.steps = tuple(ReplayStep(each.at, each.intent) for each in stored)
        self.document = document
        self._rules = rules
        self._offers_of = offers_of
        empty = OpenSale(
            basket=Basket(sale_id),
            tenders=(),
            cashier_id=document.cashier_id if document else "",
            business_day=document.business_day if document else BusinessDay.min,
            started_at=stored[0].at,
        )
        self._folded: dict[int, OpenSale] = {-1: empty}

    def frame(self, index: int) -> ReplayFrame:
        """Return the sale as it stood after step `index`, counted from 0."""
        step = self.steps[index]
        sale = self._after(index)
        if self.document is not None and sale.basket == self._sold:
            # What was paid is stored: no rule of today, and no limit, changes it.
            return ReplayFrame(step, sale, self.document.priced)
        try:
            offers = self._offers_of(sale)
            priced = price_basket(sale.basket, self._rules, step.at, offers)
        except UserError:
            priced = None  # today's rules refuse what was sold under others
        return ReplayFrame(step, sale, priced)

    @cached_property
    def _sold(self) -> Basket:
        return self._after(len(self.steps) - 1).basket

    def _after(self, index: int) -> OpenSale:
        start = max(at for at in self._folded if at <= index)
        sale = self._folded[start]
        for at in range(start + 1, index + 1):
            sale = apply(sale, self.steps[at].intent)
            if at % _KEPT_EVERY == 0:
                self._folded[at] = sale
        return sale
