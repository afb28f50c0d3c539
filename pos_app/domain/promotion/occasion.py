"""What decides, beside the goods, which promotions hold: when, where, for whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, tzinfo

from pos_app.values.times import Timestamp

#: The channel of this till.
SHOP_CHANNEL = "shop"


@dataclass(frozen=True, slots=True)
class Shopper:
    """What promotions know of a customer who is recognised; never a name.

    Attributes:
        member_id: UUIDv7.
        tier: key of the tier; "" for none.
        tags: the shop's words for the member.
        is_newcomer: never bought before.
        birth_month: 1 to 12; 0 where it is not known. birth_day: of it, 1 to 31.
        price_level: key of the price level that the tier gives; "" for none.
        is_staff: buys as staff.
    """

    member_id: str
    tier: str = ""
    tags: tuple[str, ...] = ()
    is_newcomer: bool = False
    birth_month: int = 0
    price_level: str = ""
    is_staff: bool = False
    birth_day: int = 0


@dataclass(frozen=True, slots=True)
class CouponInHand:
    """A coupon of the customer that names a promotion (trigger COUPON).

    Attributes:
        coupon_id: which coupon; two of one promotion are two uses.
        promotion_id: what it unlocks.
        is_chosen: the customer wants this one; the others are tried for the best.
        value_minor: of a share that came back: what it takes off in place of what
            the promotion says, whose goods and threshold stay; None for that.
        template_id: of which kind it is: only so many of one lie in a basket.
    """

    coupon_id: str
    promotion_id: str
    is_chosen: bool = False
    value_minor: int | None = None
    template_id: str = ""


@dataclass(frozen=True, slots=True)
class PointsBurn:
    """Points given as a discount: so many points for so much off (layer L4)."""

    points: int
    amount_minor: int


@dataclass(frozen=True, slots=True)
class Used:
    """How often a promotion was used before this basket, within its limits' whiles."""

    by_member: int = 0
    in_period: int = 0
    in_all: int = 0


@dataclass(frozen=True, slots=True)
class Occasion:
    """When, where and for whom a basket is priced.

    Attributes:
        moment: whose promotions hold: the basket's one price moment.
        zone: of the shop.
        store: its id; "" where there is but one. channel: see `SHOP_CHANNEL`.
        shopper: who buys; None for somebody unknown.
        coupons: in the order in which they were shown. coupon_limit: at most so
            many of them are used in one basket.
        points: given as a discount; None for none.
        chosen: ids of promotions that a person chose (trigger MANUAL).
        declined: ids of promotions that were taken away from this basket.
        used: by promotion id; those that are not in it were never used.
    """

    moment: Timestamp
    zone: tzinfo = UTC
    store: str = ""
    channel: str = SHOP_CHANNEL
    shopper: Shopper | None = None
    coupons: tuple[CouponInHand, ...] = ()
    coupon_limit: int = 1
    points: PointsBurn | None = None
    chosen: tuple[str, ...] = ()
    declined: tuple[str, ...] = ()
    used: Mapping[str, Used] = field(default_factory=dict)
