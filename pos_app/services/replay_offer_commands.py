"""Customers, coupons and promotions in the language of `guitai replay`."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from pos_app.services.replay_command import ReplayCommand


class MemberCommand(ReplayCommand):
    """The customer of the open sale is recognised; with nothing said nobody is any more.

    A phone, a code or a PIN is a member of the shop; an id alone makes one up for
    promotions only.
    """

    do: Literal["member"]
    phone: str = Field(
        default="", description="the full number or its last four digits"
    )
    typed: bool = Field(default=False, description="by the customer, on their own side")
    code: str = Field(default="", description="static, rotating, wallet pass or card")
    pin: str = Field(default="", description="typed by the customer who is recognised")
    id: str = Field(default="", description="a made-up member's id")
    tier: str = ""
    tags: tuple[str, ...] = ()
    newcomer: bool = False
    birth_month: int = Field(default=0, ge=0, le=12, description="0 for unknown")
    birth_day: int = Field(default=0, ge=0, le=31, description="0 for unknown")
    price_level: str = ""
    staff: bool = False


class EnrolCommand(ReplayCommand):
    """The customer becomes a member, and is recognised by it."""

    do: Literal["enrol"]
    phone: str = ""
    name: str = ""
    birthday: str = Field(default="", pattern="^([0-9]{2}-[0-9]{2})?$")
    source: str = ""
    referrer: str = Field(default="", description="a friend's phone, code or card")
    card: str = Field(default="", description="of another make")
    marketing: bool = False


class CouponCommand(ReplayCommand):
    """The customer shows a coupon, uses the best of their own, or keeps it after all.

    A code, or an id without a promotion, is a coupon of the shop; an id with a promotion
    makes one up for that promotion.
    """

    do: Literal["coupon"]
    id: str = Field(
        default="", description="of the coupon; two of one promotion are two uses"
    )
    code: str = Field(default="", description="as printed, or signed by the shop")
    best: bool = Field(default=False, description="those that save most together")
    promotion: str = Field(default="", description="id or name of what it unlocks")
    chosen: bool = Field(default=False, description="the customer wants this one")
    take_back: bool = False


class PromotionCommand(ReplayCommand):
    """Choose a promotion for the open sale, take one away, or neither any more."""

    do: Literal["promotion"]
    name: str = Field(description="its name or id")
    what: Literal["choose", "decline", "restore"] = "choose"
    reason: str = Field(default="", description="for one that is taken away")
