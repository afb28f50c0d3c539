"""The shop's day in the language of `guitai replay`: what is beside plain selling."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from pos_app.services.replay_command import ReplayCommand

#: Cash by denomination: minor units -> how many.
Pieces = dict[int, int]


class Approve(ReplayCommand):
    """Somebody else stands by with their PIN for the next line, if it needs them."""

    do: Literal["approve"]
    number: str = Field(description="the approver's number")
    pin: str
    reason: str = ""


class Discount(ReplayCommand):
    """Give a discount on the selected line, or on the whole sale."""

    do: Literal["discount"]
    percent: str = Field(default="", description="or an amount")
    amount: str = ""
    reason: str
    whole: bool = False


class Override(ReplayCommand):
    """Give the selected line another price for each unit."""

    do: Literal["override"]
    price: str
    reason: str


class Park(ReplayCommand):
    """Set the open sale aside."""

    do: Literal["park"]
    name: str = ""


class Resume(ReplayCommand):
    """Take a parked sale up again; into the open one with `merge`."""

    do: Literal["resume"]
    number: str = Field(default="", description="of the parked slip; the newest else")
    merge: bool = False


class ParkedVoid(ReplayCommand):
    """Give a parked sale up."""

    do: Literal["parked_void"]
    number: str = ""
    reason: str


class Return(ReplayCommand):
    """Take goods back by receipt; scanning goes on in the same ticket (exchange)."""

    do: Literal["return"]
    receipt: str = Field(default="", description="number; the last sale's else")
    line: int = Field(default=1, ge=1, description="position on the receipt")
    quantity: str = Field(default="", description="all that is left else")
    reason: str
    damaged: bool = False


class ReturnItem(ReplayCommand):
    """Take goods back without a receipt."""

    do: Literal["return_item"]
    code: str
    quantity: str = "1"
    reason: str
    damaged: bool = False


class ReturnVoid(ReplayCommand):
    """Leave the goods of a returned line, by its position, with the customer."""

    do: Literal["return_void"]
    line: int = Field(default=1, ge=1)


class Refund(ReplayCommand):
    """Give money back; without a key, the way it came."""

    do: Literal["refund"]
    key: str = ""
    amount: str = ""
    reference: str = ""


class ReverseSale(ReplayCommand):
    """Void a finished sale by a mirrored document."""

    do: Literal["reverse"]
    receipt: str = ""
    reason: str


class ShiftOpen(ReplayCommand):
    """Open the shift; without pieces nobody counted the float."""

    do: Literal["shift_open"]
    pieces: Pieces | None = None


class CashMoveCommand(ReplayCommand):
    """Put cash into the drawer, take some out, or drop it into the safe."""

    do: Literal["paid_in", "paid_out", "safe_drop"]
    amount: str
    reason: str = ""
    reference: str = Field(default="", description="receipt or bag number")


class ShiftCountCommand(ReplayCommand):
    """Count the drawer blindly; the second time is the one recount."""

    do: Literal["count"]
    pieces: Pieces


class ShiftCloseCommand(ReplayCommand):
    """Close the shift with its Z; parked sales are carried on knowingly or not."""

    do: Literal["shift_close"]
    left: str = Field(default="", description="amount that stays as the next float")
    carry: bool = Field(default=False, description="carry the parked sales on")


class XReport(ReplayCommand):
    """Print the figures of the open shift."""

    do: Literal["x_report"]


class ShiftReview(ReplayCommand):
    """A manager looks at a close that was off by too much."""

    do: Literal["shift_review"]
    note: str = ""
