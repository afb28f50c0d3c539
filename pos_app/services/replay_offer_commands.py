"""Customers, coupons and promotions in the language of `guitai replay`."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from pos_app.services.replay_command import ReplayCommand


class MemberCommand(ReplayCommand):
    """The customer of the open sale is recognised; without an id nobody is any more."""

    do: Literal["member"]
    id: str = Field(default="", description="the member's id; empty for nobody")
    tier: str = ""
    tags: tuple[str, ...] = ()
    newcomer: bool = False
    birth_month: int = Field(default=0, ge=0, le=12, description="0 for unknown")
    price_level: str = ""
    staff: bool = False


class CouponCommand(ReplayCommand):
    """The customer shows a coupon, or keeps it after all."""

    do: Literal["coupon"]
    id: str = Field(description="of the coupon; two of one promotion are two uses")
    promotion: str = Field(default="", description="id or name of what it unlocks")
    chosen: bool = Field(default=False, description="the customer wants this one")
    take_back: bool = False


class PromotionCommand(ReplayCommand):
    """Choose a promotion for the open sale, take one away, or neither any more."""

    do: Literal["promotion"]
    name: str = Field(description="its name or id")
    what: Literal["choose", "decline", "restore"] = "choose"
    reason: str = Field(default="", description="for one that is taken away")
