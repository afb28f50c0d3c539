"""What a label says beside its item: weight, count or price."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from pos_app.domain.item import PriceSource, Scanned, SellBy, SellingUnit
from pos_app.values.gs1.message import TradeItemMessage
from pos_app.values.money import exponent_of
from pos_app.values.rounding import divide

#: What a weight in kilograms is in the unit that the price is for (UN/ECE Rec 20).
_PER_KILOGRAM = {"KGM": Decimal(1), "GRM": Decimal(1000), "HGM": Decimal(10)}


def said_by(
    message: TradeItemMessage, currency: str
) -> tuple[Decimal | None, int | None]:
    """Return quantity and line total in minor units of a GS1 message."""
    count = None if message.count is None else Decimal(message.count)
    quantity = message.weight_kg if message.weight_kg is not None else count
    if message.amount is None:
        return quantity, None
    numerator, denominator = message.amount.as_integer_ratio()
    return quantity, divide(numerator * 10 ** exponent_of(currency), denominator)


def carrying(
    unit: SellingUnit, quantity: Decimal | None, total_minor: int | None
) -> Scanned:
    """Return a unit with what its label says; a price says more than a weight."""
    if unit.sell_by is SellBy.WEIGHT and quantity is not None:
        quantity = quantity * _PER_KILOGRAM.get(unit.unit_code, Decimal(1))
    source = unit.source
    if total_minor is not None:
        source = PriceSource.EMBEDDED_PRICE
    elif quantity is not None:
        source = PriceSource.EMBEDDED_WEIGHT
    return Scanned(replace(unit, source=source), quantity, total_minor)
