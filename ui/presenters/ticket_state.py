"""The ticket as every counter screen shows it: lines, sums, who the band names."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class DetailKind(StrEnum):
    """What the second row of a ticket line says."""

    CODE = "code"  # barcode or article number: grey
    SAVING = "saving"  # why it costs less: tag and amber
    NOTE = "note"  # the cashier's words: pencil
    WEIGHT = "weight"  # 0.382 kg × 12.80


@dataclass(frozen=True, slots=True)
class LineView:
    """One line of the ticket.

    Attributes:
        line_id: UUIDv7 of the basket line.
        position: its number, from 1.
        name: of the goods, in the cashier's language; may be shortened.
        variant: "米白 / M", "500 ml"; never shortened. A red line says "没找到"
            in `name` and the scanned code here.
        detail: second row; "" shows nothing. detail_kind: what it is.
        detail_forms: shorter ways to say it, tried where it is too wide.
        detail_tail: how the last of them ends, which is never cut off.
        quantity: already written, "2" or "0.382 kg".
        unit_price_minor: minor units; None shows a dash (unknown).
        total_minor: minor units; None shows a dash.
        list_total_minor: the total before discounts, struck through when it
            differs; None for nothing.
        is_unknown: the red line that payment waits for.
        is_returned: goods that come back: quantity and total below zero, red.
        can_change_quantity: whether another quantity may be given.
    """

    line_id: str
    position: int
    name: str
    variant: str = ""
    detail: str = ""
    detail_kind: DetailKind = DetailKind.CODE
    detail_forms: tuple[str, ...] = ()
    detail_tail: str = ""
    quantity: str = "1"
    unit_price_minor: int | None = None
    total_minor: int | None = None
    list_total_minor: int | None = None
    is_unknown: bool = False
    is_returned: bool = False
    can_change_quantity: bool = True


class SumTone(StrEnum):
    """How a sum is coloured."""

    PLAIN = "plain"
    SAVING = "saving"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class SumView:
    """One sum below the lines: "原价" "218.40". The value is already written."""

    label: str
    value: str
    tone: SumTone = SumTone.PLAIN


class MarkKind(StrEnum):
    """What a mark beside a member's name tells, and so its colour."""

    TIER = "tier"  # gold
    OCCASION = "occasion"  # a birthday: as dear as a saving
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class MarkView:
    """A mark beside a name: words, icon and what it tells."""

    text: str
    icon: str = ""
    kind: MarkKind = MarkKind.PLAIN


@dataclass(frozen=True, slots=True)
class BandView:
    """The calm strip above the lines: what this sale is, and whose.

    Attributes:
        title: "本单 6 行", or the member's masked name. detail: "14:29 开单".
        short: what the title says in less room; "" for nothing shorter.
        icon: in the round mark. chips: short words at the right of the title.
        action: words of the key at the right; "" for none. action_icon: its icon.
        initial: of the member, in the icon's place; "" for nobody.
        beside: the masked phone number, behind the name.
        marks: tier and birthday, behind that.
        member_key: words of the key that asks for the member; "" for no key.
        member_hint: its key on the keyboard.
    """

    title: str
    detail: str = ""
    icon: str = "basket"
    chips: tuple[str, ...] = ()
    action: str = ""
    action_icon: str = ""
    initial: str = ""
    beside: str = ""
    marks: tuple[MarkView, ...] = ()
    member_key: str = ""
    member_hint: str = "F2"
    short: str = ""


@dataclass(frozen=True, slots=True)
class PolicyView:
    """What the shop's rules say of the goods that come back.

    Attributes:
        title: "政策核对，无需批准". rows: (icon, words, whether it needs somebody).
    """

    title: str
    rows: tuple[tuple[str, str, bool], ...] = ()
