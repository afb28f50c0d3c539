"""What is refused before a promotion is stored: rules that contradict themselves.

Each refusal names the blank of the editor (and of a file) that it is about. What is
sound but perhaps not meant is a doubt (`doubts`), which a person may answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

from pos_app.domain.promotion.deal import (
    BundleDeal,
    Deal,
    GiftDeal,
    NForDeal,
    NthDeal,
    Off,
    SpendDeal,
    TierDeal,
    UnitDeal,
)
from pos_app.domain.promotion.promotion import (
    DAY_MINUTES,
    NAMED_AUDIENCES,
    Audience,
    Limits,
    Promotion,
    Schedule,
    TriggerKind,
)
from pos_app.domain.promotion.selector import GoodsSet, Selector
from pos_app.errors import UserError
from pos_app.values.percentage import Percentage

#: Longer names fit on no slip.
NAME_LIMIT = 60
#: A slip of the finger: no goods of a shop are worth more.
AMOUNT_LIMIT_MINOR = 10**10
_WHOLE = Percentage(1_000_000)


def refuse_unsound(promotion: Promotion) -> None:
    """Refuse a promotion that makes no sense.

    Raises:
        UserError: "promotion_no_name", "promotion_name_long", "promotion_no_goods",
            "promotion_excludes_all", "promotion_off_unclear", "promotion_percentage",
            "promotion_zero", "promotion_price_zero", "promotion_negative",
            "promotion_too_large", "promotion_count", "promotion_order",
            "promotion_slots", "promotion_off_too_much", "promotion_never",
            "promotion_limit", "promotion_audience_unnamed",
            "promotion_contradictory", "promotion_circular" or
            "promotion_supplier_share"; each with the `blank` that it is about.
    """
    for name in (promotion.name, *(name for _, name in promotion.names)):
        _demand(bool(name.strip()), "promotion_no_name", "name")
        _demand(len(name) <= NAME_LIMIT, "promotion_name_long", "name")
    for blank, selector in selectors_of(promotion.deal):
        _refuse_selector(selector, blank)
    is_coupon = promotion.trigger.kind is TriggerKind.COUPON
    if is_coupon and isinstance(promotion.deal, UnitDeal):
        _refuse_off(promotion.deal.off, may_be_free=True)  # of one unit a coupon
    elif is_coupon and isinstance(promotion.deal, NForDeal):
        _nfor(promotion.deal, may_be_free=True)  # so many pieces for nothing
    else:
        _CHECKS[type(promotion.deal)](promotion.deal)
    _refuse_audience(promotion.audience)
    _refuse_schedule(promotion.schedule)
    _refuse_limits(promotion.limits)
    share = promotion.supplier_share
    sound = Percentage(0) <= share <= _WHOLE
    _demand(sound, "promotion_supplier_share", "funding")


def selectors_of(deal: Deal) -> Iterator[tuple[str, Selector]]:
    """Yield every selector of a deal with the blank that it fills."""
    if isinstance(deal, BundleDeal):
        for slot in deal.slots:
            yield "slots", slot.goods
        return
    yield "goods", deal.goods
    if isinstance(deal, GiftDeal):
        yield "gift", deal.gift


def _demand(holds: bool, key: str, blank: str) -> None:  # noqa: FBT001 - an assertion
    if not holds:
        raise UserError(key, blank=blank)


def _refuse_selector(selector: Selector, blank: str) -> None:
    _demand(not selector.include.is_empty, "promotion_no_goods", blank)
    excluded = covers(selector.exclude, selector.include)
    _demand(not excluded, "promotion_excludes_all", "exclude")


def covers(wide: GoodsSet, narrow: GoodsSet) -> bool:
    """Tell whether everything that is named in `narrow` is named in `wide`, too."""
    if wide.everything:
        return True
    if narrow.everything or narrow.is_empty:
        return False
    return all(set(some) <= set(every) for some, every in _lists(narrow, wide))


def meets(one: GoodsSet, other: GoodsSet) -> bool:
    """Tell whether two sets name the same goods by the same words, or everything."""
    if one.is_empty or other.is_empty:
        return False
    if one.everything or other.everything:
        return True
    return any(set(some) & set(every) for some, every in _lists(one, other))


def _lists(
    one: GoodsSet, other: GoodsSet
) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    return (
        (one.unit_ids, other.unit_ids),
        (one.item_ids, other.item_ids),
        (one.category_ids, other.category_ids),
        (_folded(one.brands), _folded(other.brands)),
        (_folded(one.tags), _folded(other.tags)),
    )


def _folded(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word.strip().casefold() for word in words)


def _refuse_off(off: Off, blank: str = "off", *, may_be_free: bool = False) -> None:
    """Refuse an off that is none, or gives everything away."""
    said = [off.percentage, off.amount_minor, off.price_minor]
    _demand(sum(each is not None for each in said) == 1, "promotion_off_unclear", blank)
    if off.percentage is not None:
        low_enough = off.percentage < _WHOLE or (
            may_be_free and off.percentage == _WHOLE
        )
        positive = off.percentage > Percentage(0)
        _demand(positive and low_enough, "promotion_percentage", blank)
    if off.amount_minor is not None:
        _refuse_amount(off.amount_minor, blank)
    if off.price_minor is not None:
        _refuse_price(off.price_minor, blank, may_be_free=may_be_free)


def _refuse_amount(minor: int, blank: str) -> None:
    _demand(minor >= 0, "promotion_negative", blank)
    _demand(minor > 0, "promotion_zero", blank)
    _demand(minor <= AMOUNT_LIMIT_MINOR, "promotion_too_large", blank)


def _refuse_price(minor: int, blank: str, *, may_be_free: bool = False) -> None:
    _demand(minor >= 0, "promotion_negative", blank)
    _demand(minor > 0 or may_be_free, "promotion_price_zero", blank)
    _demand(minor <= AMOUNT_LIMIT_MINOR, "promotion_too_large", blank)


def _unit(deal: UnitDeal) -> None:
    _refuse_off(deal.off)


def _tier(deal: TierDeal) -> None:
    _demand(bool(deal.breaks), "promotion_order", "steps")
    for step in deal.breaks:
        _refuse_off(step.off, "steps")
        thousandths = step.quantity * 1000
        exact = thousandths == thousandths.to_integral_value()
        _demand(step.quantity > 0 and exact, "promotion_count", "steps")
    for low, high in pairwise(deal.breaks):
        _demand(low.quantity < high.quantity, "promotion_order", "steps")
        _demand(_gives_more(low.off, high.off), "promotion_order", "steps")


def _gives_more(low: Off, high: Off) -> bool:
    """Tell whether a higher step gives more, where the two can be compared."""
    if low.percentage is not None and high.percentage is not None:
        return low.percentage < high.percentage
    if low.amount_minor is not None and high.amount_minor is not None:
        return low.amount_minor < high.amount_minor
    if low.price_minor is not None and high.price_minor is not None:
        return low.price_minor > high.price_minor
    return True


def _nth(deal: NthDeal) -> None:
    _demand(deal.every >= 2, "promotion_count", "count")
    _demand(1 <= deal.cheapest < deal.every, "promotion_count", "count")
    _refuse_off(deal.off, may_be_free=True)


def _nfor(deal: NForDeal, *, may_be_free: bool = False) -> None:
    _demand(deal.count >= 2, "promotion_count", "count")
    _refuse_price(deal.price_minor, "price", may_be_free=may_be_free)


def _bundle(deal: BundleDeal) -> None:
    _demand(all(slot.count >= 1 for slot in deal.slots), "promotion_count", "slots")
    enough = sum(slot.count for slot in deal.slots) >= 2
    _demand(enough, "promotion_slots", "slots")
    of_slots = [slot.off for slot in deal.slots if slot.off is not None]
    _demand((deal.off is None) == bool(of_slots), "promotion_off_unclear", "off")
    if deal.off is not None:
        _refuse_off(deal.off)
    for off in of_slots:
        _refuse_off(off, "slots", may_be_free=True)
    is_free = len(of_slots) == len(deal.slots) and all(map(_is_free, of_slots))
    _demand(not is_free, "promotion_percentage", "slots")


def _is_free(off: Off) -> bool:
    return off.percentage == _WHOLE or off.price_minor == 0


def _gift(deal: GiftDeal) -> None:
    numbers = (deal.count, deal.threshold_minor, deal.price_minor)
    _demand(min(numbers) >= 0, "promotion_negative", "gift")
    _demand(deal.gift_count >= 1, "promotion_count", "gift")
    by_amount = deal.threshold_minor > 0
    _demand((deal.count > 0) != by_amount, "promotion_contradictory", "threshold")
    _demand(max(numbers) <= AMOUNT_LIMIT_MINOR, "promotion_too_large", "threshold")
    if by_amount:
        # Goods that make up the amount may be given again and again: a gift that is
        # one of them would bring the next one with it, without end.
        named = meets(deal.goods.include, deal.gift.include)
        excluded = covers(deal.goods.exclude, deal.gift.include)
        _demand(excluded or not named, "promotion_circular", "gift")


def _spend(deal: SpendDeal) -> None:
    _demand(bool(deal.tiers), "promotion_order", "steps")
    for tier in deal.tiers:
        _refuse_amount(tier.threshold_minor, "threshold")
        _demand(tier.off.price_minor is None, "promotion_off_unclear", "off")
        _refuse_off(tier.off)
        too_much = (tier.off.amount_minor or 0) >= tier.threshold_minor
        _demand(not too_much, "promotion_off_too_much", "off")
    for low, high in pairwise(deal.tiers):
        rises = low.threshold_minor < high.threshold_minor
        _demand(rises and _gives_more(low.off, high.off), "promotion_order", "steps")
    if deal.repeats:
        (first, *others) = deal.tiers
        fits = not others and first.off.amount_minor is not None
        _demand(fits, "promotion_contradictory", "steps")
    if deal.most_minor is not None:
        _refuse_amount(deal.most_minor, "off")
        first_minor = deal.tiers[0].off.amount_minor or 0
        _demand(deal.most_minor >= first_minor, "promotion_contradictory", "off")


def _refuse_audience(audience: Audience) -> None:
    wants = audience.kind in NAMED_AUDIENCES
    named = any(value.strip() for value in audience.values)
    _demand(named or not wants, "promotion_audience_unnamed", "audience")
    _demand(wants or not named, "promotion_contradictory", "audience")


def _refuse_schedule(schedule: Schedule) -> None:
    start, end = schedule.period.start, schedule.period.end
    if start is not None and end is not None:
        _demand(start < end, "promotion_never", "when")
    known = set(schedule.weekdays) <= set(range(1, 8))
    _demand(known, "promotion_never", "when")
    for hours in schedule.hours:
        inside = (
            0 <= hours.start_minute < DAY_MINUTES
            and 0 <= hours.end_minute <= DAY_MINUTES
        )
        lasts = hours.start_minute != hours.end_minute
        _demand(inside and lasts, "promotion_never", "hours")


def _refuse_limits(limits: Limits) -> None:
    said = (limits.per_basket, limits.per_member, limits.in_period, limits.in_all)
    sound = all(limit is None or limit >= 1 for limit in said)
    _demand(sound, "promotion_limit", "limits")


_CHECKS: dict[type, Callable[..., None]] = {
    UnitDeal: _unit,
    TierDeal: _tier,
    NthDeal: _nth,
    NForDeal: _nfor,
    BundleDeal: _bundle,
    GiftDeal: _gift,
    SpendDeal: _spend,
}
