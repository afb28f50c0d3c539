"""Quantities: exact decimals with a UN/ECE Rec 20 unit."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from pos_app.errors import UserError
from pos_app.values.plain_number import TEXT_LIMIT, plain_number

#: UN/ECE Rec 20 / 21 codes that the till knows by itself.
PIECE = "H87"
KILOGRAM = "KGM"
GRAM = "GRM"
BOX = "XBX"

#: A line never carries more than this many units; a mistyped barcode would.
QUANTITY_LIMIT = Decimal(99_999)
#: Scales give grams at best: three decimals of a kilogram, stored in thousandths.
QUANTITY_STEP = Decimal("0.001")
#: How many of a unit make a kilogram, for what a scale can weigh.
_OF_A_KILOGRAM = {KILOGRAM: Decimal(1), GRAM: Decimal(1000)}


def parse_quantity(text: str) -> Decimal:
    """Read a quantity that a person or a file wrote.

    Raises:
        UserError: "quantity_unreadable", "quantity_too_precise" or
            "quantity_absurd"; negative and zero are absurd on a line.
    """
    plain = plain_number(text) if len(text) <= TEXT_LIMIT else ""
    if not plain:
        raise UserError("quantity_unreadable", text=text[:TEXT_LIMIT])
    return checked_quantity(Decimal(plain))


def checked_quantity(value: Decimal) -> Decimal:
    """Return `value` in canonical form if a line may carry it.

    Raises:
        UserError: "quantity_absurd" when it is not above zero, not finite or
            above `QUANTITY_LIMIT`; "quantity_too_precise" beyond thousandths.
    """
    if not value.is_finite() or value <= 0 or value > QUANTITY_LIMIT:
        raise UserError("quantity_absurd", quantity=str(value)[:20])
    if value % QUANTITY_STEP != 0:
        raise UserError("quantity_too_precise", quantity=str(value)[:20])
    return canonical(value)


def canonical(value: Decimal) -> Decimal:
    """Drop trailing zeros without ever writing an exponent: 2, 0.5, 100."""
    plain = value.normalize()
    exponent = plain.as_tuple().exponent
    assert isinstance(exponent, int)
    return plain.quantize(Decimal(1)) if exponent > 0 else plain


def weighed_quantity(weight_kg: Decimal, unit_code: str) -> Decimal | None:
    """Return a weight in a unit that goods are sold by, to the thousandth, half up.

    Args:
        weight_kg: as the scale said it, zero or more; pounds make many decimals.
        unit_code: KILOGRAM or GRAM; None is returned for any other.
    """
    assert weight_kg >= 0
    factor = _OF_A_KILOGRAM.get(unit_code)
    if factor is None:
        return None
    exact = weight_kg * factor
    return canonical(exact.quantize(QUANTITY_STEP, rounding=ROUND_HALF_UP))


def to_thousandths(value: Decimal) -> int:
    """Return the quantity as an integer count of thousandths, exactly."""
    scaled = value * 1000
    assert scaled == scaled.to_integral_value()
    return int(scaled)


def from_thousandths(count: int) -> Decimal:
    """Return the quantity of an integer count of thousandths."""
    return canonical(Decimal(count) / 1000)
