"""Points, stored value, gift cards and nights in the language of `guitai replay`."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from pos_app.services.replay_command import ReplayCommand


class PointsCommand(ReplayCommand):
    """The customer gives points for the open sale; 0 takes them back."""

    do: Literal["points"]
    give: int | None = Field(
        default=None, ge=0, description="without a number as many as may be given"
    )


class TopUpCommand(ReplayCommand):
    """A member pays money into the wallet: whoever is recognised, or a phone number."""

    do: Literal["top_up"]
    amount: str
    phone: str = Field(default="", description="without one the customer of the sale")
    key: str = Field(default="cash", description="of the tender")
    handed: str = Field(default="", description="of cash; without it just the amount")
    reference: str = ""
    print: bool = False


class GiftCardCommand(ReplayCommand):
    """A gift card is sold under a code that nobody has yet."""

    do: Literal["gift_card"]
    code: str
    amount: str
    key: str = Field(default="cash", description="of the tender")
    handed: str = Field(default="", description="of cash; without it just the amount")
    reference: str = ""
    print: bool = False


class PayBackCommand(ReplayCommand):
    """What was paid into a wallet or for a gift card goes back, the newest first."""

    do: Literal["pay_back"]
    amount: str
    phone: str = Field(default="", description="whose wallet")
    code: str = Field(default="", description="of the gift card")
    print: bool = False


class GiveCouponCommand(ReplayCommand):
    """Somebody of the shop gives a coupon by hand; the document has its code."""

    do: Literal["give_coupon"]
    name: str = Field(description="of the template, or its id")
    phone: str = Field(default="", description="without one for whoever holds the code")


class NightCommand(ReplayCommand):
    """Members' nightly work that is due is done: what ends, what rules give."""

    do: Literal["night"]
