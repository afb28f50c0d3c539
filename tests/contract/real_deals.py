"""What a row of a chain's file means, as a deal: figures first, words where they must."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from pos_app.domain.item import SellBy, SellingUnit
from pos_app.domain.promotion.deal import (
    Break,
    Deal,
    GiftDeal,
    NForDeal,
    NthDeal,
    Off,
    SpendDeal,
    SpendTier,
    TierDeal,
    UnitDeal,
    flat_threshold,
)
from pos_app.domain.promotion.promotion import Limits
from pos_app.domain.promotion.selector import ALL_GOODS, Selector
from pos_app.values.percentage import Percentage
from tests.contract.real_words import Words

_WHOLE = Decimal(100)
#: Percentages, and rewards that only the words tell.
_BY_RATE, _BY_WORDS = frozenset("289"), frozenset("089")
#: Nobody buys so many; such a row means a charge that is let go.
_ABSURD = 1_000
_FREE = Off(percentage=Percentage(1_000_000))


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
) -> tuple[Deal, Limits]:
    """Read the figures, and of the words what the figures do not say."""
    words = Words(row["promo_description"])
    if words.is_by_card:
        raise UnmappedError("for those who pay by the chain's own card")
    if words.is_beside:
        raise UnmappedError("beside goods that the file does not name")
    is_weighed = any(unit.sell_by is SellBy.WEIGHT for unit in goods)
    if row["coupon"] == "1":
        return _coupon(row, words, goods, chosen), Limits()
    deal = _deal(row, words, goods, chosen)
    if words.above_minor is not None:
        return _above(deal, words, chosen, is_weighed=is_weighed), Limits(1)
    return deal, _limits(deal, words, is_weighed=is_weighed)


def _deal(
    row: dict[str, Any], words: Words, goods: Sequence[SellingUnit], chosen: Selector
) -> Deal:
    minor = minor_of(row["promo_price"])
    count, rate = Decimal(row["min_qty"] or 0), _rate(row["discount_rate"])
    by_words = row["reward_type"] in _BY_WORDS or rate == _WHOLE
    if words.second_off is not None:
        return NthDeal(chosen, 2, 1, Off(percentage=_percentage(words.second_off)))
    if words.free_of and by_words:
        return NthDeal(chosen, words.free_of, 1, _FREE)
    is_rate = row["reward_type"] in _BY_RATE or words.per_cent == rate
    if is_rate or not minor:
        return _by_rate(count, rate, chosen)
    if row["reward_type"] == "0":
        raise UnmappedError("what comes off stands in its words only")
    return _by_price(count, minor, words, goods, chosen)


def _by_price(
    count: Decimal,
    minor: int,
    words: Words,
    goods: Sequence[SellingUnit],
    chosen: Selector,
) -> Deal:
    if any(unit.sell_by is SellBy.WEIGHT for unit in goods):
        return _by_weight(count, minor, goods, chosen)
    if words.head is not None and words.head[1] * 100 == minor:
        count = Decimal(words.head[0])  # the column says 1 where it is forgotten
    if count <= 1:
        return UnitDeal(chosen, Off(price_minor=minor))
    if count != count.to_integral_value():
        return _of_a_part(count, minor, words, chosen)
    return NForDeal(chosen, int(count), minor)


def _by_rate(count: Decimal, rate: Decimal, chosen: Selector) -> Deal:
    if not rate:
        raise UnmappedError("neither a price nor a percentage")
    off = Off(percentage=_percentage(rate))
    if rate == _WHOLE and not 1 < count < _ABSURD:
        raise UnmappedError("beside goods that the file does not name")
    if count <= 1:
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
        minor = round(minor / count)
    off = Off(price_minor=minor)
    return (
        UnitDeal(chosen, off) if count <= 1 else TierDeal(chosen, (Break(count, off),))
    )


def _of_a_part(count: Decimal, minor: int, words: Words, chosen: Selector) -> Deal:
    """Goods without a price in the files: the words say what a kilogram costs."""
    if words.together is not None:
        kilograms, price = words.together
        each = price * 100 / kilograms
        if min(abs(each - minor), abs(each - minor / count)) <= 1:
            off = Off(price_minor=int(each))
            return TierDeal(chosen, (Break(count, off),))
    raise UnmappedError("a part of a piece has to be bought")


def _coupon(
    row: dict[str, Any], words: Words, goods: Sequence[SellingUnit], chosen: Selector
) -> Deal:
    """A coupon: so much off the goods, a piece or several together for less."""
    minor = minor_of(row["promo_price"])
    count, rate = Decimal(row["min_qty"] or 0), _rate(row["discount_rate"])
    if words.worth_minor and (row["reward_type"] == "0" or rate == _WHOLE):
        off = Off(amount_minor=words.worth_minor)
        return SpendDeal((SpendTier(flat_threshold(off), off),), chosen)
    if words.names_several and count <= 1:
        raise UnmappedError("a number of pieces that stands in its words only")
    if words.is_given and count > 1 and rate == _WHOLE:
        return NForDeal(chosen, int(count), 0)  # so many, all of them for nothing
    if count > 1:
        return _deal(row, words, goods, chosen)
    if rate == _WHOLE:
        return UnitDeal(chosen, _FREE)
    if row["reward_type"] in _BY_RATE:
        return _by_rate(count, rate, chosen)
    if row["reward_type"] == "0" or not minor:
        raise UnmappedError("what comes off stands in its words only")
    return UnitDeal(chosen, Off(price_minor=minor))


def _above(deal: Deal, words: Words, chosen: Selector, *, is_weighed: bool) -> Deal:
    """From an amount on, so many pieces at a price: what is given beside a purchase."""
    up_to = words.up_to
    units = up_to.units or up_to.uses if up_to else 0
    is_price = isinstance(deal, UnitDeal) and deal.off.price_minor is not None
    if not (is_price and words.above_minor and units) or is_weighed:
        raise UnmappedError("groups or weights from an amount spent on")
    assert isinstance(deal, UnitDeal)
    assert deal.off.price_minor is not None
    return GiftDeal(
        Selector(ALL_GOODS, chosen.include),
        gift=chosen,
        count=0,
        threshold_minor=words.above_minor or 0,
        gift_count=units,
        price_minor=deal.off.price_minor,
    )


def _limits(deal: Deal, words: Words, *, is_weighed: bool) -> Limits:
    up_to = words.up_to
    if up_to is None:
        return Limits()
    if is_weighed or isinstance(deal, TierDeal) or not (up_to.units or up_to.uses):
        raise UnmappedError("a limit in kilograms, or one that cannot be read")
    group = deal.count if isinstance(deal, NForDeal) else 1
    group = deal.every if isinstance(deal, NthDeal) else group
    return Limits(up_to.uses or max(1, up_to.units // group))


def _percentage(rate: Decimal) -> Percentage:
    return Percentage(int(rate * 10_000))
