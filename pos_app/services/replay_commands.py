"""What a cashier does, as JSON lines: the language of `guitai replay`."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter

from pos_app.services import replay_day_commands as day
from pos_app.services import replay_offer_commands as offer
from pos_app.services import replay_value_commands as value
from pos_app.services.replay_command import ReplayCommand
from pos_app.services.setup_file import SetupFile


class SetClock(ReplayCommand):
    """Set the till's clock; it then advances a second with each command."""

    do: Literal["clock"]
    at: str = Field(description="ISO 8601 with an offset")


class SignOn(ReplayCommand):
    """Sign on with number and PIN, or by badge."""

    do: Literal["sign_on"]
    number: str = ""
    pin: str = ""
    badge: str = ""


class SignOff(ReplayCommand):
    """Sign off or lock; the basket stays."""

    do: Literal["sign_off"]


class Scan(ReplayCommand):
    """Scan or type a code: barcode, PLU or SKU."""

    do: Literal["scan"]
    code: str
    quantity: str = Field(default="", description="a `3 ×` prefix for this scan")


class Prefix(ReplayCommand):
    """Key in `3 ×` for the next scan."""

    do: Literal["prefix"]
    value: str


class Weight(ReplayCommand):
    """Enter the weight that the last scan of weighed goods asked for."""

    do: Literal["weight"]
    value: str = Field(description="kilograms")


class Quantity(ReplayCommand):
    """Give the selected line another quantity."""

    do: Literal["quantity"]
    value: str


class Note(ReplayCommand):
    """Give the selected line a note."""

    do: Literal["note"]
    text: str


class Select(ReplayCommand):
    """Select a line by its position, from 1."""

    do: Literal["select"]
    line: int = Field(ge=1)


class LineVoid(ReplayCommand):
    """Void the selected line."""

    do: Literal["line_void"]


class Undo(ReplayCommand):
    """Put the line voided last back."""

    do: Literal["undo"]


class SaleVoid(ReplayCommand):
    """Give the whole open sale up."""

    do: Literal["sale_void"]
    reason: str


class RoundOffCommand(ReplayCommand):
    """抹零: let a small amount go."""

    do: Literal["round_off"]
    amount: str


class Tender(ReplayCommand):
    """Take money; without an amount, everything still owed.

    "stored_value" is the customer's wallet, "gift_card" the card whose code is the
    reference: without an amount as much as there is and may be taken.
    """

    do: Literal["tender"]
    key: str
    amount: str = ""
    reference: str = ""


class GiveBack(ReplayCommand):
    """Give the tender taken last back."""

    do: Literal["give_back"]


class Finish(ReplayCommand):
    """End the sale."""

    do: Literal["finish"]
    print: bool = True


class CorrectTender(ReplayCommand):
    """Correct a tender of the last sale, or of a numbered one."""

    do: Literal["correct_tender"]
    to: str
    number: str = ""
    tender: int = Field(default=1, ge=1, description="position of the wrong tender")
    reference: str = ""


class Reprint(ReplayCommand):
    """Print the last slip again, marked COPY n."""

    do: Literal["reprint"]


class Resolve(ReplayCommand):
    """Give the selected red line the item of a known code."""

    do: Literal["resolve"]
    code: str
    weight: str = Field(default="", description="kilograms, for weighed goods")


class OpenDrawer(ReplayCommand):
    """Open the drawer without a sale."""

    do: Literal["open_drawer"]
    reason: str


class ConfirmClock(ReplayCommand):
    """A manager believes the machine's clock again."""

    do: Literal["confirm_clock"]


Command = Annotated[
    SetClock
    | SignOn
    | SignOff
    | Scan
    | Prefix
    | Weight
    | Quantity
    | Note
    | Select
    | LineVoid
    | Undo
    | SaleVoid
    | RoundOffCommand
    | Tender
    | GiveBack
    | Finish
    | CorrectTender
    | Reprint
    | Resolve
    | OpenDrawer
    | ConfirmClock
    | day.Approve
    | day.Discount
    | day.Override
    | day.Park
    | day.Resume
    | day.ParkedVoid
    | day.Return
    | day.ReturnItem
    | day.ReturnVoid
    | day.Refund
    | day.ReverseSale
    | day.ShiftOpen
    | day.CashMoveCommand
    | day.ShiftCountCommand
    | day.ShiftCloseCommand
    | day.XReport
    | day.ShiftReview
    | offer.MemberCommand
    | offer.EnrolCommand
    | offer.CouponCommand
    | offer.PromotionCommand
    | value.PointsCommand
    | value.TopUpCommand
    | value.GiftCardCommand
    | value.PayBackCommand
    | value.GiveCouponCommand
    | value.NightCommand,
    Field(discriminator="do"),
]

COMMANDS: TypeAdapter[Command] = TypeAdapter(Command)


def schema() -> dict[str, Any]:
    """Return the JSON Schema of one line of input.

    The set-up file's own schema stands beside it as `$defs/SetupFile`.
    """
    setup: TypeAdapter[Any] = TypeAdapter(SetupFile)
    schemas, definitions = TypeAdapter.json_schemas(
        [("line", "validation", COMMANDS), ("setup", "validation", setup)]
    )
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "One line of guitai replay",
        **schemas["line", "validation"],
        **definitions,
    }
