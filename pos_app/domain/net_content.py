"""What a pack holds, read from what people write: "500ml", "6×330 ml", "2.5kg".

The unit price on a shelf label needs it (Directive 98/6/EC; GB 17242-like practice):
it is shown for one kilogram, litre or metre, or for 100 of the small unit.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from pos_app.values.rounding import divide


class Measure(StrEnum):
    """What is measured, by its base unit."""

    GRAM = "g"
    MILLILITRE = "ml"
    MILLIMETRE = "mm"


@dataclass(frozen=True, slots=True)
class NetContent:
    """What one pack holds.

    Attributes:
        measure: of what. thousandths: of the base unit, all packs together.
    """

    measure: Measure
    thousandths: int


#: Longer words first: "ml" before "l", "毫升" before "升".
_UNITS: dict[str, tuple[Measure, int]] = {
    "公斤": (Measure.GRAM, 1_000_000),
    "千克": (Measure.GRAM, 1_000_000),
    "毫克": (Measure.GRAM, 1),
    "毫升": (Measure.MILLILITRE, 1_000),
    "厘米": (Measure.MILLIMETRE, 10_000),
    "公克": (Measure.GRAM, 1_000),
    "公升": (Measure.MILLILITRE, 1_000_000),
    "kg": (Measure.GRAM, 1_000_000),
    "mg": (Measure.GRAM, 1),
    "ml": (Measure.MILLILITRE, 1_000),
    "cl": (Measure.MILLILITRE, 10_000),
    "dl": (Measure.MILLILITRE, 100_000),
    "cm": (Measure.MILLIMETRE, 10_000),
    "mm": (Measure.MILLIMETRE, 1_000),
    "斤": (Measure.GRAM, 500_000),
    "克": (Measure.GRAM, 1_000),
    "升": (Measure.MILLILITRE, 1_000_000),
    "米": (Measure.MILLIMETRE, 1_000_000),
    "g": (Measure.GRAM, 1_000),
    "l": (Measure.MILLILITRE, 1_000_000),
    "m": (Measure.MILLIMETRE, 1_000_000),
}
_NUMBER = r"(\d{1,6}(?:[.,]\d{1,3})?)"
_UNIT = "(" + "|".join(_UNITS) + ")"
_END = r"(?![a-z0-9])"
_TIMES = re.compile(rf"(\d{{1,4}})\s*[x×*]\s*{_NUMBER}\s*{_UNIT}{_END}")
_TIMES_AFTER = re.compile(rf"{_NUMBER}\s*{_UNIT}\s*[x×*]\s*(\d{{1,4}})(?!\d)")
_ONCE = re.compile(rf"(?<![\d.,]){_NUMBER}\s*{_UNIT}{_END}")
_LONGEST = 60


def net_content(spec: str) -> NetContent | None:
    """Read what a pack holds; None where nothing, or two different things, stand.

    Args:
        spec: as the shop wrote it beside the goods; any text.
    """
    text = unicodedata.normalize("NFKC", spec[:_LONGEST]).lower()
    after = _TIMES_AFTER.search(text)
    if after:
        return _content(after[1], after[2], after[3])
    times = _TIMES.search(text)
    if times:
        return _content(times[2], times[3], times[1])
    found = {(_content(x[1], x[2], "1")) for x in _ONCE.finditer(text)}
    return found.pop() if len(found) == 1 else None


def _content(number: str, unit: str, times: str) -> NetContent | None:
    measure, factor = _UNITS[unit]
    whole = Decimal(number.replace(",", ".")) * factor * int(times)
    return NetContent(measure, int(whole)) if whole >= 1 else None


@dataclass(frozen=True, slots=True)
class UnitPriceFact:
    """What a measure of the goods costs.

    Attributes:
        minor: minor units. count, unit: for how much: (1, "kg"), (100, "g").
    """

    minor: int
    count: int
    unit: str


_LARGE = {
    Measure.GRAM: (1_000_000, 1, "kg"),
    Measure.MILLILITRE: (1_000_000, 1, "L"),
    Measure.MILLIMETRE: (1_000_000, 1, "m"),
}
_SMALL = {
    Measure.GRAM: (100_000, 100, "g"),
    Measure.MILLILITRE: (100_000, 100, "ml"),
}
#: Packs up to this are compared by 100 g or 100 ml.
_SMALL_UP_TO = 250_000


def unit_price(price_minor: int, content: NetContent) -> UnitPriceFact:
    """Return what one kilogram, litre or metre costs; 100 g or ml of small packs."""
    ways = _SMALL if content.thousandths <= _SMALL_UP_TO else _LARGE
    whole, count, unit = ways.get(content.measure, _LARGE[content.measure])
    return UnitPriceFact(divide(price_minor * whole, content.thousandths), count, unit)
