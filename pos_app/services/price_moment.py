"""One basket, one price moment: whatever the clock and the back office do meanwhile.

A scheduled price begins at its minute for the next customer. The goods of an open
basket, those added later and those that came back from a crash with it, all have
the prices of the moment at which that basket began.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from pos_app.domain.basket import Basket, BasketLine
from pos_app.domain.item import PriceSource, SellingUnit
from pos_app.domain.open_sale import OpenSale
from pos_app.ports.catalog import Catalog
from pos_app.services.trusted_clock import TrustedClock
from pos_app.values.times import Timestamp

_SHELF = frozenset({PriceSource.SHELF, PriceSource.UNIT_FACTOR})


def price_moment_of(sale: OpenSale | None) -> Timestamp | None:
    """Return the moment whose prices a sale holds; None for none of its own.

    An emptied basket holds nothing: the next goods in it have the prices of now.
    """
    if sale is None or sale.is_empty:
        return None
    return sale.prices_of or sale.started_at


class PriceMoment:
    """Knows which moment's prices the counter shows and sells at."""

    def __init__(self) -> None:
        self._open_sale: Callable[[], OpenSale | None] = _nothing_open

    def follow(self, open_sale: Callable[[], OpenSale | None]) -> None:
        """Say where the open sale is found."""
        self._open_sale = open_sale

    @property
    def held(self) -> Timestamp | None:
        """The moment that the open basket holds; None between two customers."""
        return price_moment_of(self._open_sale())

    def at(self, clock: TrustedClock) -> Timestamp:
        """Return the moment: the open basket's, or now (never behind the journal)."""
        return self.held or clock.now()


def line_at(
    catalog: Catalog, basket: Basket | None, moment: Timestamp, line: BasketLine
) -> BasketLine:
    """Return a line about to be added, at the prices of its basket's moment."""
    if line.unit is None:
        return line
    unit = unit_at(catalog, basket, moment, line.unit)
    return replace(line, unit=unit, source=_source(line.source, unit.source))


def unit_at(
    catalog: Catalog, basket: Basket | None, moment: Timestamp, unit: SellingUnit
) -> SellingUnit:
    """Return a unit at the prices of a basket's moment.

    It may have been looked up before the basket began, and the catalogue may have
    been changed since: what already lies in the basket has one price, the same
    goods scanned again have it too. Goods that had no price at all then keep the
    one that somebody gave them meanwhile, so that they can be sold.
    """
    known = _twin(basket, unit) or catalog.unit(unit.unit_id, moment)
    if known is None or known.price is None:
        return unit
    return replace(
        unit,
        price=known.price,
        tax_category=known.tax_category,
        level_prices=known.level_prices,
        source=_source(unit.source, known.source),
    )


def _twin(basket: Basket | None, unit: SellingUnit) -> SellingUnit | None:
    for line in basket.lines if basket else ():
        twin = line.unit
        if twin is not None and twin.unit_id == unit.unit_id and twin.price is not None:
            return twin
    return None


def _source(said: PriceSource, known: PriceSource) -> PriceSource:
    """Return where a price comes from; what a label said stays."""
    if said not in _SHELF:
        return said
    return known if known in _SHELF else PriceSource.SHELF


def _nothing_open() -> None:
    """Between two customers."""
