"""A member with a tier, its price level, coupons and points, and offers for members."""

from __future__ import annotations

from dataclasses import replace

from pos_app.domain.loyalty.tier import TierBenefits
from pos_app.domain.promotion.promotion import (
    Audience,
    AudienceKind,
    Limits,
    Promotion,
    Schedule,
    Trigger,
    TriggerKind,
)
from pos_app.services.members import EnrolDraft
from pos_app.values.times import Period, Timestamp
from tests.builders_promotions import cut, percent
from tests.builders_promotions import unit_deal as unit_deal_of
from tests.changed_items import change_item
from tests.journeys.screen_members import (
    PROGRAMME,
    MembersThere,
    open_members,
    open_programme,
)
from tests.journeys.screen_offers import SHIRT, only
from tests.journeys.screen_till import COLA, ScreenTill
from tests.promotion_in_shop import hold

#: Level of the silver tier, and what a shirt and a cola cost there.
SILVER_LEVEL, SILVER_SHIRT, MEMBER_COLA = "silver", 11_000, 280
#: For whom an offer is, by the name that it has.
FOR_WHOM = {
    "会员 95 折": Audience(AudienceKind.MEMBER),
    "银卡 94 折": Audience(AudienceKind.TIER, ("silver",)),
    "邻居 93 折": Audience(AudienceKind.TAG, ("老街坊",)),
    "生日月 92 折": Audience(AudienceKind.BIRTHDAY),
    "新客 91 折": Audience(AudienceKind.NEWCOMER),
    "员工 9 折": Audience(AudienceKind.STAFF),
}
OVER, NO_MORE, WITH_COUPON, CHOSEN, ELSEWHERE = (
    "早就结束",
    "一单零次",
    "凭券可乐",
    "手选可乐",
    "别家的",
)
_ENGLISH = {
    "会员 95 折": "Members, 5% off",
    "银卡 94 折": "Silver, 6% off",
    "邻居 93 折": "Neighbours, 7% off",
    "生日月 92 折": "Birthday month, 8% off",
    "新客 91 折": "First purchase, 9% off",
    "员工 9 折": "Staff, 10% off",
}


def offer(number: int, name: str, deal: object, **parts: object) -> Promotion:
    """Return an offer with a name in English, too."""
    key = f"018f0000-0000-7000-8000-0000000007{number:02}"
    names = (("en", _ENGLISH.get(name, name)),)
    return Promotion(key, 1, name, deal, names, **parts)  # type: ignore[arg-type]


def price_for_levels(till: ScreenTill, sku: str, levels: dict[str, int]) -> None:
    """Let goods have prices at levels, besides the shelf's."""
    prices = tuple(levels.items())
    change_item(till.till, sku, lambda unit: replace(unit, level_prices=prices))


def grant(till: ScreenTill, member_id: str) -> None:
    """Let a member be in the silver tier for a year."""
    desk = till.work.counter.desk
    at = desk.clock.now()
    term = ("silver", at.plus_seconds(365 * 86_400))
    desk.record(
        lambda unit: unit.points.grant_tier(member_id, term, desk.ids.new(), at)
    ).result()


def open_silver(till: ScreenTill) -> MembersThere:
    """Let there be members, a price for them, and one of the silver tier."""
    silver = replace(
        PROGRAMME.tiers[0], benefits=TierBenefits(price_level=SILVER_LEVEL)
    )
    found = open_members(till)
    open_programme(till, replace(PROGRAMME, tiers=(silver, PROGRAMME.tiers[1])))
    grant(till, found.lin)
    price_for_levels(till, SHIRT, {"member": 12_000, SILVER_LEVEL: SILVER_SHIRT})
    price_for_levels(till, COLA, {"member": MEMBER_COLA})
    return found


def open_for_whom(till: ScreenTill) -> None:
    """Let the shirt be cheaper for each group of customers, a little more each time."""
    found = []
    for number, (name, audience) in enumerate(FOR_WHOM.items(), 1):
        deal = unit_deal_of(only(till, SHIRT), percent(str(4 + number)))
        found.append(offer(number, name, deal, audience=audience))
    hold(till.till, *found)


def open_terms(till: ScreenTill) -> None:
    """Let there be offers for a cola that miss a term: time, limit, coupon, choice."""
    cola = only(till, COLA)
    past = Schedule(Period(None, Timestamp.parse("2021-01-01T00:00:00Z")))
    coupon, manual = Trigger(TriggerKind.COUPON), Trigger(TriggerKind.MANUAL)
    found = (
        offer(11, OVER, unit_deal_of(cola, percent("11")), schedule=past),
        offer(12, NO_MORE, unit_deal_of(cola, cut(1)), limits=Limits(per_basket=0)),
        offer(13, WITH_COUPON, unit_deal_of(cola, percent("12")), trigger=coupon),
        offer(14, CHOSEN, unit_deal_of(cola, percent("13")), trigger=manual),
        offer(15, ELSEWHERE, unit_deal_of(cola, percent("14")), stores=("another",)),
    )
    hold(till.till, *found)


def enrol_staff(till: ScreenTill, number: str, phone: str) -> str:
    """Make one of the staff a member, who is not recognised by it."""
    members = till.work.counter.members
    staff = till.work.counter.sign_on.by_number(number)
    draft = EnrolDraft(phone, "店员", staff_id=staff.staff_id)
    found = members.enrol(draft).result()
    members.settled()
    members.detach()
    return found.member_id
