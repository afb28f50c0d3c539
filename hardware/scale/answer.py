"""What one answer of a scale says, in kilograms; numbers are read exactly or not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from pos_app.ports.weighing import WeighingState

#: Kilograms of one unit, exact (NIST Handbook 44, appendix C: the pound of 1959).
KILOGRAMS: dict[str, Decimal] = {
    "kg": Decimal(1),
    "g": Decimal("0.001"),
    "lb": Decimal("0.45359237"),
    "oz": Decimal("0.028349523125"),
}
#: A counter scale never says more; more is a fault of the line.
_DIGITS_LIMIT = 8
#: No counter scale counts whole kilograms: a point that was lost is a fault.
_POINTED = frozenset({"kg", "lb"})
_NUMBER = re.compile(rb"\d{1,6}(\.\d{1,4})?|\.\d{1,4}")


@dataclass(frozen=True, slots=True)
class ScaleAnswer:
    """One answer of a scale.

    Attributes:
        state: what it says; SILENT is never said, it is concluded.
        weight_kg: what lies there; None unless STABLE or ZERO.
        is_net: the scale itself has taken a tare off.
        tare_kg: that tare, where the till told it to the scale with the question; None
            where it is the scale's own affair.
    """

    state: WeighingState
    weight_kg: Decimal | None = None
    is_net: bool = False
    tare_kg: Decimal | None = None


#: An answer that nobody understands: half a frame, garbage, a wrong checksum.
UNREADABLE = ScaleAnswer(WeighingState.UNREADABLE)
MOVING = ScaleAnswer(WeighingState.MOVING)
OVER = ScaleAnswer(WeighingState.OVER)
UNDER_ZERO = ScaleAnswer(WeighingState.UNDER_ZERO)
ZERO = ScaleAnswer(WeighingState.ZERO, Decimal(0))


def plain_weight(digits: bytes) -> Decimal | None:
    """Read digits with at most one point; None for anything else.

    Never by `Decimal` alone, which also takes "1e3", "NaN" and "1_0".
    """
    bare = digits.strip(b" ")
    fits = len(bare) <= _DIGITS_LIMIT + 1
    if not fits or not _NUMBER.fullmatch(bare):
        return None
    return Decimal(bare.decode("ascii"))


def stable(digits: bytes, unit: str, *, is_net: bool = False) -> ScaleAnswer:
    """Return the answer of a scale that stands still with these digits."""
    weight = plain_weight(digits)
    if weight and unit in _POINTED and b"." not in digits:
        return UNREADABLE
    factor = KILOGRAMS.get(unit)
    if weight is None or factor is None:
        return UNREADABLE
    if weight == 0:
        return ScaleAnswer(WeighingState.ZERO, Decimal(0), is_net)
    return ScaleAnswer(WeighingState.STABLE, weight * factor, is_net)
