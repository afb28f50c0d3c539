"""What a row of a chain's file means, as a deal: figures first, words where they must."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from pos_app.domain.item import SellBy, SellingUnit
from pos_app.domain.promotion.deal import (
    Break,
    Deal,
    NForDeal,
    NthDeal,
    Off,
    TierDeal,
    UnitDeal,
)
from pos_app.domain.promotion.selector import Selector
from pos_app.values.percentage import Percentage

_SECOND = re.compile(r"השני\s*ב-?\s*(\d{1,3})\s*%")
_ONE_AND_ONE = re.compile(r"(?<!\d)1\+1(?!\d)")
_WHOLE = Decimal(100)


class UnmappedError(Exception):
    """A promotion that is none of ours; says why."""


def minor_of(text: str) -> int:
    return int((Decimal(text) * 100).to_integral_value()) if text else 0


def _rate(text: str) -> Decimal:
    """Return per cent; some chains write hundredths of it."""
    try:
        found = Decimal(text) if text else Decimal(0)
    except InvalidOperation:
        raise UnmappedError("a percentage that cannot be read") from None
    return found / 100 if found > _WHOLE else found


def deal_of(
    row: dict[str, Any], goods: Sequence[SellingUnit], chosen: Selector
) -> Deal:
    """Read the figures; the words only where they say what figures do not."""
    words, minor = row["promo_description"], minor_of(row["promo_price"])
    count, rate = Decimal(row["min_qty"] or 0), _rate(row["discount_rate"])
    second = _SECOND.search(words)
    if second or _ONE_AND_ONE.search(words):
        off = Decimal(second[1]) if second else _WHOLE
        return NthDeal(chosen, 2, 1, Off(percentage=_percentage(off)))
    if row["reward_type"] in {"2", "8", "9"} or not minor:
        return _by_rate(count, rate, chosen)
    if row["reward_type"] == "0":
        raise UnmappedError("what comes off stands in its words only")
    if any(unit.sell_by is SellBy.WEIGHT for unit in goods):
        return _by_weight(count, minor, goods, chosen)
    if count <= 1:
        return UnitDeal(chosen, Off(price_minor=minor))
    if count != count.to_integral_value():
        raise UnmappedError("a part of a piece has to be bought")
    return NForDeal(chosen, int(count), minor)


def _by_rate(count: Decimal, rate: Decimal, chosen: Selector) -> Deal:
    if not rate:
        raise UnmappedError("neither a price nor a percentage")
    off = Off(percentage=_percentage(rate))
    if count <= 1:
        if rate == _WHOLE:
            raise UnmappedError("free beside goods that the file does not name")
        return UnitDeal(chosen, off)
    if count != count.to_integral_value():
        raise UnmappedError("a part of a piece has to be bought")
    if rate == _WHOLE:
        return NthDeal(chosen, int(count), 1, off)
    return TierDeal(chosen, (Break(count, off),))


def _by_weight(
    count: Decimal, minor: int, goods: Sequence[SellingUnit], chosen: Selector
) -> Deal:
    """Some chains say the price of a kilogram, some of the whole least weight."""
    dearest = max(unit.price.minor for unit in goods if unit.price)
    if count > 1 and minor >= dearest:
        minor = int(minor / count)
    off = Off(price_minor=minor)
    return (
        UnitDeal(chosen, off) if count <= 1 else TierDeal(chosen, (Break(count, off),))
    )


def _percentage(rate: Decimal) -> Percentage:
    return Percentage(int(rate * 10_000))
