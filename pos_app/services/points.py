"""A member's points and tier at the counter: what there is, what a basket does to it."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.domain.loyalty.burning import Burnable, BurnBound
from pos_app.domain.loyalty.programme import Programme
from pos_app.domain.loyalty.tier import Tier
from pos_app.domain.promotion.occasion import PointsBurn
from pos_app.services.desk import Desk
from pos_app.services.sale import SaleService
from pos_app.values.times import Timestamp


@dataclass(frozen=True, slots=True)
class Standing:
    """How a person stands in the programme.

    Attributes:
        active, pending, debt: points that can be given, that wait, that are owed.
        expiring, expires_on: points that end within 30 days, and the first moment
            without the next of them; None where none end.
        tier: the tier now. next_tier, missing: the one above, and what is missing to
            it (minor units, or visits).
        metric: what was reached in the window. kept_until: the end of the tier.
    """

    active: int = 0
    pending: int = 0
    debt: int = 0
    expiring: int = 0
    expires_on: Timestamp | None = None
    tier: Tier | None = None
    next_tier: Tier | None = None
    missing: int = 0
    metric: int = 0
    kept_until: Timestamp | None = None


NOTHING_TO_GIVE = Burnable(PointsBurn(0, 0), BurnBound.BALANCE)


class PointService:
    """Points of the open sale's customer; used from the sale's thread."""

    def __init__(self, desk: Desk, sale: SaleService) -> None:
        self._desk = desk
        self._sale = sale

    @property
    def programme(self) -> Programme:
        """The rules in force."""
        return self._desk.ledger.points.programme()
