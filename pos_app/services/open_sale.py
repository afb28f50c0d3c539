"""The open sale in memory: changed by accepted intents, each on its way to the disk."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from typing import Any

from typing_extensions import override

from pos_app.domain.basket import Basket
from pos_app.domain.intents_together import apply_all
from pos_app.domain.open_sale import (
    MONEY_INTENTS,
    AddLine,
    AddReturn,
    Intent,
    OpenSale,
    SelectLine,
    apply,
)
from pos_app.domain.pricing import Pricing, price_again
from pos_app.domain.pricing_result import PricedBasket
from pos_app.domain.promotion.effort import FRAME_SEARCH
from pos_app.domain.promotion.offers import NO_OFFERS, Offers
from pos_app.domain.tax import PricingRules
from pos_app.errors import GuitaiError, UserError
from pos_app.services.backlog import Accepted, Fact
from pos_app.services.desk import Desk
from pos_app.services.offers import OpenOffers, taken_anew
from pos_app.services.open_customer import CustomerKeeping, customer_of, is_left
from pos_app.values.times import Timestamp


@dataclass(frozen=True, slots=True)
class Searched:
    """A basket priced after a search to the end, and the pricing it began with."""

    before: Pricing | None
    pricing: Pricing


class OpenSaleKeeper(CustomerKeeping):
    """Keeps the open sale, its price and the rules; used from one thread.

    Args:
        desk: ports and shared state.
        on_lost: called (on the core thread) when the disk did not take an
            intent: the sale on screen is ahead of it until it does.
    """

    def __init__(self, desk: Desk, on_lost: Callable[[GuitaiError], None]) -> None:
        self._desk = desk
        self._on_lost = on_lost
        self._open: OpenSale | None = desk.ledger.open_sale()
        self._rules: PricingRules | None = None
        self._priced: PricedBasket | None = None
        self._pricing: Pricing | None = None
        self._offers = OpenOffers(desk)
        self._is_rough = False
        self._selection: SelectLine | None = None
        self._ending: Future[Any] | None = None
        self._after_ending: OpenSale | None = None
        desk.prices.follow(lambda: self._open)

    @property
    def current(self) -> OpenSale | None:
        """The open sale; None between two customers."""
        return self._open

    @property
    def rules(self) -> PricingRules:
        """The shop's rules, with this till's choice of merging."""
        if self._rules is None:
            merge = self._desk.settings.current.merge_same_items
            self._rules = replace(self._desk.shop.rules, merge_same_items=merge)
        return self._rules

    def refresh_rules(self) -> None:
        """Read the rules anew; a price that money was taken for stays."""
        self._rules = None
        if self._open is None or not self._open.has_money:
            self._priced = None

    @property
    def priced(self) -> PricedBasket | None:
        """The price of the open basket; None between two customers."""
        if self._open is None:
            return None
        if self._priced is None:
            self._priced = self._price(self._open)
            if self._open.has_money:  # it was settled before the till stopped
                self.settle_price()
        return self._priced

    @property
    def pricing(self) -> Pricing | None:
        """The steps behind `priced`, for trials of the open basket."""
        return self._pricing

    @property
    def offers(self) -> Offers:
        """The promotions that the open sale is priced with; none between two."""
        return self._offers.of(self._open) if self._open else NO_OFFERS

    @property
    def is_rough(self) -> bool:
        """Tell whether a longer search may find better deals than those shown."""
        return self._is_rough and self._open is not None and self._priced is not None

    def search_on(self) -> Callable[[], Searched] | None:
        """Return what searches to the end, for another thread; None if that was done.

        What it returns is for `take_searched`, on the thread of the sale.
        """
        if not self.is_rough or self._open is None:
            return None
        basket, rules, before = self._open.basket, self.rules, self._pricing
        now, offers = self._desk.clock.now(), self.offers
        return lambda: Searched(before, price_again(basket, rules, now, before, offers))

    def take_searched(self, searched: Searched) -> bool:
        """Take the end of a search, unless the basket was priced anew meanwhile."""
        is_wanted = self.is_rough and searched.before is self._pricing
        if is_wanted:
            self._pricing = searched.pricing
            self._priced, self._is_rough = searched.pricing.priced, False
        return is_wanted

    def settle_price(self) -> None:
        """Search to the end now: money is never taken at a price that may change."""
        search = self.search_on()
        if search is not None:
            self.take_searched(search())

    @override
    def going_on(self) -> OpenSale:
        """Return the sale that an intent may change.

        Raises:
            UserError: "basket_empty" between two customers.
        """
        self._settle_ending()
        if self._open is None:
            raise UserError("basket_empty")
        return self._open

    def next_moment(self) -> Timestamp:
        """Return whose prices the next line will have."""
        self._settle_ending()
        return self._desk.price_moment()

    def add(self, moment: Timestamp | None, *added: AddLine | AddReturn) -> None:
        """Accept lines as one, into a new sale if the one before has ended.

        Args:
            moment: whose prices they have (`next_moment`); None for now.
            added: the lines; none for nothing at all.

        A basket that was emptied again and left is not taken up by another
        cashier or on another business day: they would inherit its day. Nor is
        one with a discount: that was given for the goods that went.
        """
        self._settle_ending()
        if not added:
            return
        at = moment or self._desk.price_moment()
        before, renewed = self._open, tuple[Intent, ...]()
        if before is None or (before.is_empty and is_left(self._desk, before)):
            renewed = customer_of(self._desk, before)
            before = self._begin(at)
        elif before.is_empty:
            renewed = taken_anew(self._desk, before, at)
        if len(added) == 1 and isinstance(added[0], AddLine):
            added = (_as_it_went(before, added[0]),)
        self._accept(before, (*renewed, *added), None)

    def accept(self, *intents: Intent, fact: Fact | None = None) -> None:
        """Accept intents as one: all of them, or none if one is refused.

        Raises:
            UserError: "money_already_taken" and what basket or pricing refuse;
                the sale stays as it was.
        """
        self._accept(self.going_on(), intents, fact)

    def preview(self, *intents: Intent) -> tuple[Basket, PricedBasket]:
        """Return basket and price as these intents would leave them.

        Raises:
            UserError: as `accept`; nothing is changed.
        """
        before = self.going_on()
        if before.has_money:
            raise UserError("money_already_taken")
        after = apply_all(before, intents)
        return after.basket, self._pricing_of(after).priced

    def select(self, line_id: str) -> None:
        """Select a line; stored with the next intent, not worth a write alone."""
        self._selection = SelectLine(line_id)
        self._open = apply(self.going_on(), self._selection)

    @property
    def is_ending(self) -> bool:
        """Tell whether a commit is on its way that the open sale waits for."""
        return self._ending is not None and not self._ending.done()

    def end_with(self, ending: Future[Any], after: OpenSale | None = None) -> None:
        """Say which commit ends the open sale; it stays until that is good.

        Args:
            ending: the commit.
            after: what is open then: a sale that was parked, or the present one
                as the commit leaves it; None between two customers.
        """
        self._ending, self._after_ending = ending, after

    @override
    def ended(self) -> None:
        """Begin with the next customer, if the commit was good."""
        self._settle_ending()

    def _settle_ending(self) -> None:
        """Wait for a commit on its way: an intent belongs before or after it."""
        ending, self._ending = self._ending, None
        after, self._after_ending = self._after_ending, None
        if ending is not None and ending.exception() is None:
            self._open, self._priced, self._selection = after, None, None
            self._offers.forget()
            self._desk.session.forget_begun()

    @override
    def _begin(self, at: Timestamp) -> OpenSale:
        self.refresh_rules()
        return OpenSale(
            basket=Basket(self._desk.ids.new()),
            tenders=(),
            cashier_id=self._desk.session.cashier.staff_id,
            business_day=self._desk.business_day(),
            started_at=at,
        )

    @override
    def _accept(
        self, before: OpenSale, intents: tuple[Intent, ...], fact: Fact | None
    ) -> None:
        """Apply, price, and hand the intents to the core thread."""
        is_tender = isinstance(intents[0], MONEY_INTENTS)
        if before.has_money and not is_tender:
            raise UserError("money_already_taken")
        if is_tender:
            self.settle_price()
        after = apply_all(before, intents)
        priced = self._priced if is_tender else self._price(after)
        self._queue(before, intents, fact)
        self._open, self._priced, self._selection = after, priced, None
        self._desk.store_backlog().add_done_callback(self._check_stored)

    def _queue(
        self, before: OpenSale, intents: tuple[Intent, ...], fact: Fact | None
    ) -> None:
        at = self._desk.clock.now()
        empty = Basket(before.basket.basket_id)
        header = replace(before, basket=empty, tenders=(), refunds=())
        chosen = (self._selection,) if self._selection and before is self._open else ()
        whole = (*chosen, *intents)
        for intent in whole:
            last_fact = fact if intent is whole[-1] else None
            self._desk.backlog.add(Accepted(header, intent, at, last_fact))

    def _price(self, sale: OpenSale) -> PricedBasket:
        """Price anew; what the last pricing knows makes it quick, not different."""
        self._pricing = self._pricing_of(sale)
        self._is_rough = not self._pricing.priced.promoted.is_optimal
        return self._pricing.priced

    def _pricing_of(self, sale: OpenSale) -> Pricing:
        now = self._desk.clock.now()
        offers = replace(self._offers.of(sale), search=FRAME_SEARCH)
        return price_again(sale.basket, self.rules, now, self._pricing, offers)


def _as_it_went(before: OpenSale, intent: AddLine) -> AddLine:
    """Return an added line that met no equal one as one that looks for none.

    The same basket comes of it; rebuilding 10,000 lines compares each with no other.
    """
    after = apply(before, intent)
    is_new = len(after.basket.lines) > len(before.basket.lines)
    return replace(intent, merge=False) if is_new else intent
