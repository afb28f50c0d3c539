"""Published scenarios (Sylius): their promotions and coupons."""

from __future__ import annotations

import re

from pos_app.domain.campaign.segment import (
    Comparison,
    SegmentMetric,
    SegmentRule,
    SegmentTest,
)
from pos_app.domain.promotion.occasion import Shopper, Used
from pos_app.domain.promotion.promotion import (
    Audience,
    AudienceKind,
    Limits,
    Schedule,
    Trigger,
    TriggerKind,
)
from pos_app.values.times import Period
from tests.builders_promotions import bundle, everything, slot
from tests.contract.published_sylius_facts import off_of
from tests.contract.published_sylius_shop import Shop
from tests.contract.published_sylius_steps import Q, noon, step

GIVES = r"(?:it|the promotion|this promotion) gives"


@step(
    f"there is an?( exclusive)? promotion {Q}(?: with priority (\\d+))?"
    "(?: that (applies|does not apply) to discounted products)?"
)
def _promotion(shop: Shop, exclusive: str, name: str, *rest: str) -> None:
    priority, discounted = rest
    shop.begin_promotion(
        name,
        exclusive=bool(exclusive),
        priority=int(priority or 0),
        accepts_discounted=discounted != "does not apply",
    )


@step(f"the store has promotion {Q} with coupon {Q}")
def _with_coupon(shop: Shop, name: str, code: str) -> None:
    shop.begin_promotion(name, trigger=Trigger(TriggerKind.COUPON))
    shop.coupon_codes[code] = name


@step(
    f"there is an?(?:other)?( exclusive)? catalog promotion {Q}(?: with priority (\\d+))?"
    f"(?: available in {Q} channel)? that reduces price by (?:fixed )?{Q}"
    f"(?: in the {Q} channel)? and applies on (.*)"
)
def _catalog(shop: Shop, exclusive: str, name: str, *rest: str) -> None:
    priority, _channel, off, _in, where = rest
    shop.begin_promotion(name, exclusive=bool(exclusive), priority=int(priority or 0))
    names = re.findall(Q, where)
    if where.endswith("taxon"):
        shop.give_unit(shop.of_category(*names), off_of(off))
    else:
        shop.give_unit(shop.of_products(*names), off_of(off))
    shop.has_catalog_prices = True


@step(f"it applies also on {Q} variant")
def _applies_also(shop: Shop, name: str) -> None:
    shop.also_for(f"item-{name}")


@step(f"the catalog promotion {Q} operates between {Q} and {Q}")
def _operates(shop: Shop, name: str, start: str, end: str) -> None:
    shop.promotion = name
    shop.set(schedule=Schedule(Period(noon(start), noon(end))))


@step(f"the {Q} catalog promotion is no longer available")
def _stopped(shop: Shop, name: str) -> None:
    del shop.promotions[name]


@step(f"{GIVES} {Q} discount to every order(?: with items total at least {Q})?")
def _every_order(shop: Shop, off: str, least: str | None) -> None:
    shop.whole(off, least or "")


@step(
    f"this promotion gives {Q} discount to every order in the {Q} channel "
    f"and {Q} discount to every order in the {Q} channel"
)
def _by_channel(shop: Shop, off: str, one: str, other_off: str, other: str) -> None:
    shop.whole(off)
    shop.set(channels=(one,))
    shop.begin_promotion("in the other channel", channels=(other,))
    shop.whole(other_off)


@step(f"{GIVES} {Q} discount to every order with quantity at least (\\d+)")
def _of_quantity(shop: Shop, off: str, count: str) -> None:
    """So many units of anything are one group, once."""
    shop.set(limits=Limits(per_basket=1))
    shop.give(bundle(slot(everything(), int(count)), off=off_of(off)))


@step(f"{GIVES} {Q} off if order contains a {Q} product")
def _contains(shop: Shop, off: str, product: str) -> None:
    """Off that product: a promotion of ours comes off the goods it is for."""
    shop.whole(off, chosen=shop.of_product(product))


@step(
    f"{GIVES} {Q} off if order contains products classified as {Q} "
    f"with a minimum value of {Q}"
)
def _contains_worth(shop: Shop, off: str, category: str, least: str) -> None:
    shop.whole(off, least, chosen=shop.of_category(category))


@step(f"{GIVES} {Q} off the order for customers from {Q} group")
def _group(shop: Shop, off: str, group: str) -> None:
    shop.set(audience=Audience(AudienceKind.TAG, (group,)))
    shop.whole(off)


@step(f"the customer belongs to group {Q}")
def _in_group(shop: Shop, group: str) -> None:
    shop.shopper = Shopper("member", tags=(group,))


@step(f"I am logged in as {Q}")
def _logged_in(shop: Shop, _who: str) -> None:
    shop.shopper = shop.shopper or Shopper("member")


@step(f"{GIVES} {Q} off customer's 1st order")
def _first_order(shop: Shop, off: str) -> None:
    shop.set(audience=Audience(AudienceKind.NEWCOMER))
    shop.whole(off)
    shop.shopper = Shopper("member", is_newcomer=True)


@step(f"{GIVES} {Q} off customer's (\\d+)th order")
def _nth_order(shop: Shop, off: str, nth: str) -> None:
    """For those whom a segment finds: they have been here once less than that."""
    before = int(nth) - 1
    shop.segment = SegmentRule(
        "segment",
        1,
        name=f"before order {nth}",
        tag=f"order {nth}",
        tests=(
            SegmentTest(SegmentMetric.VISITS, Comparison.AT_LEAST, before),
            SegmentTest(SegmentMetric.VISITS, Comparison.AT_MOST, before),
        ),
    )
    shop.set(audience=Audience(AudienceKind.TAG, (shop.segment.tag,)))
    shop.whole(off)


@step("I have already placed (\\d+) orders .*")
def _visited(shop: Shop, count: str) -> None:
    shop.visit(int(count))


@step("I cancelled my last order")
def _undone(shop: Shop) -> None:
    """A ticket that was undone is no visit."""
    shop.visit(shop.visits - 1)


@step(f"the customer {Q} has already placed an order .*")
def _ordered(shop: Shop, _who: str) -> None:
    shop.shopper = Shopper("member")


@step(f"the customer bought a single {Q}")
def _bought(_shop: Shop, _what: str) -> None:
    """Goods of an earlier order."""


@step(f"{GIVES} {Q} off on a {Q} product")
def _on_product(shop: Shop, off: str, product: str) -> None:
    shop.each(off, shop.of_product(product))


@step(
    f"{GIVES}(?: another)? {Q} off(?: on)? every product classified as {Q}(?: or {Q})?"
)
def _on_taxon(shop: Shop, off: str, *names: str | None) -> None:
    shop.each(off, shop.of_category(*(x for x in names if x)))


@step(
    f"{GIVES} {Q} off on every product (?:with minimum price at {Q}"
    f"|with maximum price at {Q}|priced between {Q} and {Q})"
)
def _on_range(shop: Shop, off: str, least: str, most: str, low: str, high: str) -> None:
    shop.each(off, shop.priced_between(least or low, most or high))


@step(f"{GIVES} {Q} off on every product when the item total is at least {Q}")
def _on_all(shop: Shop, off: str, least: str) -> None:
    shop.whole(off, least)


@step(
    f"it gives {Q} off on every product classified as {Q}(?: or {Q})? "
    f"if order contains any product classified as {Q}(?: or {Q})?"
)
def _beside(shop: Shop, off: str, *names: str | None) -> None:
    ours = shop.of_category(*(x for x in names[:2] if x))
    other = shop.of_category(*(x for x in names[2:] if x))
    shop.give(bundle(slot(other), slot(ours, off=off_of(off))))


@step(
    f"it gives {Q} off on every product classified as {Q} and a {Q} discount "
    f"to every order with items total equal at least {Q}"
)
def _two_actions(shop: Shop, off: str, category: str, whole: str, least: str) -> None:
    shop.whole(off, least, chosen=shop.of_category(category))
    shop.whole(whole, least)


@step("this (?:coupon|promotion) has already expired")
def _expired(shop: Shop) -> None:
    shop.set(schedule=Schedule(Period(None, noon("2026-11-01"))))


@step("this coupon is valid until tomorrow")
def _till_tomorrow(shop: Shop) -> None:
    shop.set(schedule=Schedule(Period(None, noon("2026-11-22"))))


@step("this promotion started yesterday")
def _since_yesterday(shop: Shop) -> None:
    shop.set(schedule=Schedule(Period(noon("2026-11-20"), None)))


@step("this coupon can be used (?:once|twice) per customer")
def _per_customer(shop: Shop) -> None:
    shop.shopper = Shopper("member")
    shop.set(limits=Limits(per_member=1))


@step("this coupon can be used once")
def _only_once(shop: Shop) -> None:
    shop.set(limits=Limits(in_all=1))


@step(f"I bought a single {Q} using {Q} coupon")
def _used_before(shop: Shop, _what: str, code: str) -> None:
    shop.used[shop.coupon_codes[code]] = Used(by_member=1, in_period=1, in_all=1)


@step("I cancelled this order")
def _cancelled(shop: Shop) -> None:
    """A use goes back with its sale, unless the shop says otherwise."""
    if not shop.keeps_uses:
        shop.used.clear()


@step("this coupon is set as non reusable after cancelling .*")
def _kept(shop: Shop) -> None:
    shop.keeps_uses = True


@step("this promotion has usage limit equal to (\\d+)")
def _limit(shop: Shop, count: str) -> None:
    shop.set(limits=Limits(in_all=int(count)))


@step("this promotion usage limit is already reached")
def _reached(shop: Shop) -> None:
    (one,) = shop.promotions[shop.promotion]
    shop.used[one.promotion_id] = Used(in_all=one.limits.in_all or 0)


@step(
    "this promotion is not available in any channel|"
    "the promotion was disabled for the channel .*"
)
def _nowhere(shop: Shop) -> None:
    shop.set(channels=("elsewhere",))
