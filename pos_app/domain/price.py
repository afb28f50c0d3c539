"""A price row: what one unit costs, from when until when."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.values.times import Period


@dataclass(frozen=True, slots=True)
class UnitPrice:
    """The price in force for one selling unit.

    Attributes:
        price_id: identity of the price row; the slip records it.
        minor: minor units for one unit (one kilogram when sold by weight).
        period: when the row is in force; half-open.
    """

    price_id: str
    minor: int
    period: Period
