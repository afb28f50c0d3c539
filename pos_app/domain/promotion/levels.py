"""L0: which of the prices of a unit holds for a customer: the lowest permitted."""

from __future__ import annotations

from pos_app.domain.item import LevelPrice, SellingUnit
from pos_app.domain.promotion.occasion import Shopper

#: The level that every customer who is recognised has.
MEMBER_LEVEL = "member"


def levels_of(shopper: Shopper | None) -> tuple[str, ...]:
    """Return the price levels that a customer may buy at; none for a stranger."""
    if shopper is None:
        return ()
    own = shopper.price_level
    return (MEMBER_LEVEL, own) if own and own != MEMBER_LEVEL else (MEMBER_LEVEL,)


def level_price(unit: SellingUnit, levels: tuple[str, ...]) -> LevelPrice | None:
    """Return the lowest price of a unit at any of the levels; None where none is.

    Of two equal ones the level named first holds, members' before the tier's.
    """
    found = [each for each in unit.level_prices if each.level in levels]
    if not found:
        return None
    return min(found, key=lambda each: (each.minor, levels.index(each.level)))
