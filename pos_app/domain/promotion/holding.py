"""Which promotions hold at an occasion: when, where, for whom, how often still."""

from __future__ import annotations

from datetime import datetime, timedelta

from pos_app.domain.member.birthday import kept_on
from pos_app.domain.promotion.explanation import RefusalCause
from pos_app.domain.promotion.occasion import Occasion, Shopper, Used
from pos_app.domain.promotion.promotion import (
    Audience,
    AudienceKind,
    Hours,
    Promotion,
    Schedule,
    TriggerKind,
)

_NEVER_USED = Used()


def cause_against(promotion: Promotion, occasion: Occasion) -> RefusalCause | None:
    """Return why a promotion does not hold, whatever lies in the basket; None if it does.

    The first cause of: taken away, another time, another place, somebody else, not
    chosen, used up. A coupon's promotion holds where a coupon in hand names it.
    """
    if promotion.promotion_id in occasion.declined:
        return RefusalCause.DECLINED
    if not is_time(promotion.schedule, occasion) or not _is_here(promotion, occasion):
        return RefusalCause.NOT_NOW
    if not is_for(promotion.audience, occasion):
        return RefusalCause.NOT_FOR_CUSTOMER
    if not _is_triggered(promotion, occasion):
        return RefusalCause.NOT_CHOSEN
    return RefusalCause.USED_UP if uses_left(promotion, occasion) == 0 else None


def holds(promotion: Promotion, occasion: Occasion) -> bool:
    """Tell whether a promotion holds at an occasion."""
    return cause_against(promotion, occasion) is None


def uses_left(promotion: Promotion, occasion: Occasion) -> int | None:
    """Return how often it may be used in this basket; None for any number of times.

    What one member used counts only where the customer is known.
    """
    limits = promotion.limits
    used = occasion.used.get(promotion.promotion_id, _NEVER_USED)
    left = [limits.per_basket] if limits.per_basket is not None else []
    if limits.per_member is not None and occasion.shopper is not None:
        left.append(limits.per_member - used.by_member)
    if limits.in_period is not None:
        left.append(limits.in_period - used.in_period)
    if limits.in_all is not None:
        left.append(limits.in_all - used.in_all)
    return max(0, min(left)) if left else None


def is_time(schedule: Schedule, occasion: Occasion) -> bool:
    """Tell whether a schedule covers the occasion's moment, by the clock on the wall.

    In the hour that a change to winter time repeats, both are that hour; one that a
    change to summer time leaves out never comes.
    """
    if not schedule.period.covers(occasion.moment):
        return False
    if not schedule.weekdays and not schedule.hours:
        return True
    local = occasion.moment.at(occasion.zone)
    if not schedule.hours:
        return _is_weekday(schedule, local)
    return any(_is_hour(schedule, hours, local) for hours in schedule.hours)


def _is_hour(schedule: Schedule, hours: Hours, local: datetime) -> bool:
    minute = local.hour * 60 + local.minute
    start, end = hours.start_minute, hours.end_minute
    if start < end:
        return start <= minute < end and _is_weekday(schedule, local)
    # Past midnight: the morning belongs to the evening before.
    if minute >= start:
        return _is_weekday(schedule, local)
    return minute < end and _is_weekday(schedule, local - timedelta(days=1))


def _is_weekday(schedule: Schedule, local: datetime) -> bool:
    return not schedule.weekdays or local.isoweekday() in schedule.weekdays


def _is_here(promotion: Promotion, occasion: Occasion) -> bool:
    in_channel = not promotion.channels or occasion.channel in promotion.channels
    return in_channel and (not promotion.stores or occasion.store in promotion.stores)


def is_for(audience: Audience, occasion: Occasion) -> bool:
    """Tell whether the customer belongs to an audience."""
    shopper = occasion.shopper
    if audience.kind is AudienceKind.EVERYONE:
        return True
    return shopper is not None and _belongs(audience, shopper, occasion)


def _belongs(  # noqa: PLR0911 - one flat case for each audience
    audience: Audience, shopper: Shopper, occasion: Occasion
) -> bool:
    match audience.kind:
        case AudienceKind.TIER:
            return bool(shopper.tier) and shopper.tier in audience.values
        case AudienceKind.TAG:
            return bool(_plain(shopper.tags) & _plain(audience.values))
        case AudienceKind.NEWCOMER:
            return shopper.is_newcomer
        case AudienceKind.BIRTHDAY:
            month = occasion.moment.at(occasion.zone).month
            return shopper.birth_month == month
        case AudienceKind.BIRTH_DATE:
            today = occasion.moment.at(occasion.zone).date()
            return (shopper.birth_month, shopper.birth_day) in kept_on(today)
        case AudienceKind.STAFF:
            return shopper.is_staff
    return True


def _plain(words: tuple[str, ...]) -> set[str]:
    return {word.strip().casefold() for word in words} - {""}


def _is_triggered(promotion: Promotion, occasion: Occasion) -> bool:
    match promotion.trigger.kind:
        case TriggerKind.MANUAL:
            return promotion.promotion_id in occasion.chosen
        case TriggerKind.COUPON:
            named = {coupon.promotion_id for coupon in occasion.coupons}
            return promotion.promotion_id in named
    return True
