"""A parked sale when it comes back: the catalogue of now, alone or merged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import NamedTuple

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


class Renewals(NamedTuple):
    """What must be accepted, and what the new goods then come to, if that is known."""

    intents: tuple[Intent, ...]
    total_minor: int | None


def renewals(
    desk: Desk, sale: OpenSale, rules: PricingRules, at: Timestamp
) -> Renewals:
    """Return what must be accepted so that each line has the prices of one moment.

    That is now, or the moment of the open basket that the sale is added to.

    Goods that came back in another ticket meanwhile do not come back again.

    `TakePricesOf` comes first: what is scanned later has the same prices.
    A line keeps what it has where the item is gone or has no price, where a label
    carries its total, and where a person gave the price: an override stands in the
    line beside the shelf's price. A basket that could not be sold at the prices of
    now keeps them all: it must come back, so that somebody can change it.
    """
    ids = dict.fromkeys(x.unit.unit_id for x in sale.basket.lines if x.unit)
    now = {unit_id: desk.catalog.unit(unit_id, at) for unit_id in ids}
    fresh = tuple(
        RenewUnit(line.line_id, unit)
        for line in sale.basket.lines
        if (unit := _renewed(line, now)) is not None
    )
    returned = renewed_returns(desk, sale.basket)
    renewed: tuple[Intent, ...] = (TakePricesOf(at), *_customer(desk, sale), *fresh)
    after = apply_all(sale, renewed)
    offers = offers_for(desk, after)
    try:
        priced = price_basket(after.basket, rules, desk.clock.now(), offers)
    except UserError:
        return Renewals(returned, None)
    total_minor = None if returned else priced.total_minor
    return Renewals((*renewed, *returned), total_minor)


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


def _renewed(
    line: BasketLine, now: Mapping[str, SellingUnit | None]
) -> SellingUnit | None:
    """Return the unit as it is now; None where the line keeps what it has."""
    unit = line.unit
    if unit is None or line.total_minor is not None:
        return None
    found = now[unit.unit_id]
    if found is None or found.price is None or found.sell_by != unit.sell_by:
        return None
    return None if _costs(found) == _costs(unit) else found


def _costs(unit: SellingUnit) -> tuple[object, ...]:
    price = unit.price
    row = (price.price_id, price.minor) if price else None
    return row, unit.tax_category, unit.source, unit.level_prices, unit.floor_minor


def outcome_of(
    desk: Desk,
    parked: ParkedSale,
    after: OpenSale,
    rules: PricingRules,
    renewed: Renewals,
) -> Resumed:
    """Compare what a sale comes to now with what it came to then.

    Args:
        desk: the counter.
        parked: as it lay there.
        after: as it is resumed.
        rules: the shop's.
        renewed: what was accepted; with what its new goods come to, if that is known.
    """
    total_minor, due_minor = renewed.total_minor, parked.total_minor
    with suppress(UserError):  # what refuses its price is the open sale's to say
        if total_minor is None:
            now, offers = desk.clock.now(), offers_for(desk, after)
            total_minor = price_basket(after.basket, rules, now, offers).total_minor
        due_minor = total_minor - sum(x.paid_minor for x in after.basket.returns)
    changed = changed_count(renewed.intents)
    return Resumed(parked, after, changed, due_minor - parked.total_minor)


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
