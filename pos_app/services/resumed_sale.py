"""A parked sale when it comes back: the catalogue of now, alone or merged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pos_app.domain.basket import Basket, BasketLine
from pos_app.domain.intents_together import apply_all
from pos_app.domain.item import SellingUnit
from pos_app.domain.offer_intents import SetShopper
from pos_app.domain.open_sale import AddLine, Intent, OpenSale, RenewUnit
from pos_app.domain.parked_sale import ParkedSale
from pos_app.domain.price import TakePricesOf
from pos_app.domain.pricing import price_basket
from pos_app.domain.tax import PricingRules
from pos_app.errors import UserError
from pos_app.services.desk import Desk
from pos_app.services.member_shopper import shopper_of
from pos_app.services.offers import offers_for
from pos_app.services.returnable import renewed_returns
from pos_app.values.times import Timestamp


@dataclass(frozen=True, slots=True)
class Resumed:
    """A parked sale that goes on, alone or in the open basket.

    Attributes:
        parked: as it was.
        sale: what is open now.
        changed_lines: how many lines have another price row or tax than then.
        difference_minor: what its goods cost more (or less) than when it was
            parked, minor units; what was let go of the amount counts.
    """

    parked: ParkedSale
    sale: OpenSale
    changed_lines: int
    difference_minor: int

    @property
    def body(self) -> dict[str, object]:
        """What the journal says of it."""
        return {
            "sale": self.parked.sale.basket.basket_id,
            "number": self.parked.number,
            "changed_lines": self.changed_lines,
            "difference_minor": self.difference_minor,
        }


def renewals(
    desk: Desk, sale: OpenSale, rules: PricingRules, at: Timestamp
) -> tuple[Intent, ...]:
    """Return what must be accepted so that each line has the prices of one moment.

    That is now, or the moment of the open basket that the sale is added to.

    Goods that came back in another ticket meanwhile do not come back again.

    `TakePricesOf` comes first: what is scanned later has the same prices.
    A line keeps what it has where the item is gone or has no price, where a label
    carries its total, and where a person gave the price: an override stands in the
    line beside the shelf's price. A basket that could not be sold at the prices of
    now keeps them all: it must come back, so that somebody can change it.
    """
    fresh = tuple(
        RenewUnit(line.line_id, unit)
        for line in sale.basket.lines
        if (unit := _renewed(desk, line, at)) is not None
    )
    returned = renewed_returns(desk, sale.basket)
    renewed: tuple[Intent, ...] = (TakePricesOf(at), *_customer(desk, sale), *fresh)
    after = apply_all(sale, renewed)
    try:
        price_basket(after.basket, rules, desk.clock.now(), offers_for(desk, after))
    except UserError:
        return returned
    return (*renewed, *returned)


def changed_count(accepted: Sequence[Intent]) -> int:
    """Return how many lines the renewals change."""
    return sum(not isinstance(one, TakePricesOf | SetShopper) for one in accepted)


def _customer(desk: Desk, sale: OpenSale) -> tuple[Intent, ...]:
    """Return what is known of the customer now: a tier may have come, or have gone.

    Recognised as then: what has faded meanwhile has faded.
    """
    known, recognition = sale.basket.shopper, sale.basket.recognition
    if known is None or recognition is None:
        return ()
    try:
        fresh = shopper_of(desk, desk.ledger.members, known.member_id)
    except UserError:  # erased meanwhile: nobody any more
        return (SetShopper(None),)
    if fresh == known:
        return ()
    return (SetShopper(fresh, replace(recognition, member_id=fresh.member_id)),)


def _renewed(desk: Desk, line: BasketLine, now: Timestamp) -> SellingUnit | None:
    """Return the unit as it is now; None where the line keeps what it has."""
    unit = line.unit
    if unit is None or line.total_minor is not None:
        return None
    found = desk.catalog.unit(unit.unit_id, now)
    if found is None or found.price is None or found.sell_by != unit.sell_by:
        return None
    return None if _costs(found) == _costs(unit) else found


def _costs(unit: SellingUnit) -> tuple[object, ...]:
    price = unit.price
    row = (price.price_id, price.minor) if price else None
    return row, unit.tax_category, unit.source, unit.level_prices, unit.floor_minor


def priced_due_minor(desk: Desk, sale: OpenSale, rules: PricingRules) -> int:
    """Return what a sale comes to, returned goods deducted; minor units."""
    now, offers = desk.clock.now(), offers_for(desk, sale)
    total_minor = price_basket(sale.basket, rules, now, offers).total_minor
    return total_minor - sum(line.paid_minor for line in sale.basket.returns)


def brought_along(into: Basket, basket: Basket, *, merge: bool) -> tuple[Intent, ...]:
    """Return what a basket brings to another: its lines, and its customer.

    Whoever is recognised in the other one stays its customer.

    A line with a price or a discount by hand stays by itself: the sum of two
    discounts is not one discount.
    """
    lines = tuple(
        AddLine(line, merge and line.override is None and line.discount is None)
        for line in basket.lines
    )
    if into.shopper is not None or basket.shopper is None:
        return lines
    return (*lines, SetShopper(basket.shopper, basket.recognition))


def without_gifts(sale: OpenSale) -> OpenSale:
    """Return a sale without what was let go of it as a whole."""
    basket = replace(sale.basket, discount=None, round_off_minor=0, round_off_by="")
    return replace(sale, basket=basket)


def parked_body(parked: ParkedSale) -> dict[str, object]:
    """Return what the journal says of a parked sale: ids and amounts only."""
    basket = parked.sale.basket
    return {
        "sale": basket.basket_id,
        "number": parked.number,
        "total_minor": parked.total_minor,
        "lines": len(basket.lines) + len(basket.returns),
    }
