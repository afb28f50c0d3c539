"""What an `Off` takes: of an amount, or of one unit."""

from __future__ import annotations

from pos_app.domain.promotion.deal import Off
from pos_app.domain.promotion.stacks import Stack
from pos_app.values.rounding import divide

_WHOLE = 1_000_000  # hundred per cent, as Percentage counts


def taken(off: Off, base_minor: int) -> int:
    """Return what comes off an amount: zero or more, never more than it.

    A percentage is rounded half up, once. A price dearer than the amount takes
    nothing.
    """
    if off.percentage is not None:
        part = (base_minor * off.percentage.millionths * 2 + _WHOLE) // (2 * _WHOLE)
        return max(0, min(part, base_minor))
    if off.amount_minor is not None:
        return max(0, min(off.amount_minor, base_minor))
    price = off.price_minor
    return max(0, base_minor - price) if price is not None else 0


def for_quantity(off: Off, thousandths: int) -> Off:
    """Return what an off per unit of measure is for a weight."""
    if off.amount_minor is not None:
        return Off(amount_minor=divide(off.amount_minor * thousandths, 1000))
    if off.price_minor is not None:
        return Off(price_minor=divide(off.price_minor * thousandths, 1000))
    return off


def off_for_one(off: Off, stack: Stack) -> Off:
    """Return what an off of a unit (or unit of measure) is for one unit of a stack."""
    if stack.is_counted or stack.thousandths == 1000:
        return off
    return for_quantity(off, stack.thousandths)


def unit_saving(off: Off, stack: Stack) -> int:
    """Return what one unit of a stack saves; never below its floor."""
    return min(taken(off_for_one(off, stack), stack.unit_minor), stack.room_minor)
