"""What the payment screen shows, whole and frozen."""

from __future__ import annotations

from dataclasses import dataclass

from ui.presenters.frame_state import FrameState
from ui.presenters.sale_state import QuickCash
from ui.presenters.ticket_state import BandView, LineView, SumView


@dataclass(frozen=True, slots=True)
class TenderView:
    """A way to pay.

    Attributes:
        key: the tender type's key. name: in the cashier's language.
        icon: an icon's name. is_selected: the pad types for it.
        is_available: false when it cannot be used now. reason: why not.
    """

    key: str
    name: str
    icon: str
    is_selected: bool = False
    is_available: bool = True
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """A provider behind a tender: 微信, 支付宝, a card's brand."""

    key: str
    name: str
    icon: str = ""
    is_selected: bool = False


@dataclass(frozen=True, slots=True)
class ReferenceView:
    """The reference that a tender asks for (last four, a voucher's number).

    Attributes:
        label: what to type. text: typed so far.
        is_active: the pad types here and not into the amount.
        problem: one sentence; "" for none.
        note: what the cashier should know ("手工记账，未向渠道核对").
    """

    label: str
    text: str = ""
    is_active: bool = False
    problem: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class TakenView:
    """Money already taken for this sale.

    Attributes:
        tender_id: UUIDv7. name: of the tender. detail: time, last four.
        amount_minor: minor units. is_verified: a provider confirmed it.
    """

    tender_id: str
    name: str
    detail: str
    amount_minor: int
    is_verified: bool = True


@dataclass(frozen=True, slots=True)
class RoundOffView:
    """The 抹零 key.

    Attributes:
        offer_minor: what one press lets go. taken_minor: what is let go now.
        reason: why it is refused; "" when it may be pressed.
    """

    offer_minor: int
    taken_minor: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DeductView:
    """A row of what is deducted before money is taken.

    Attributes:
        key: what its keys say. title, detail: over each other. icon: before them.
        amount: what it takes off, written; "" while it is not used.
        action: words of the main key: use all of it, or undo.
        other: words of the key for another amount; "" for no such key.
        is_used: in the basket now. is_typing: the pad types its amount.
    """

    key: str
    title: str
    icon: str
    detail: str = ""
    amount: str = ""
    action: str = ""
    other: str = ""
    is_used: bool = False
    is_typing: bool = False


@dataclass(frozen=True, slots=True)
class PaymentState:
    """Everything the payment screen shows.

    Attributes:
        frame, currency, band, lines, selected_index, sums: as on the sale screen.
        due_minor: of the sale. remaining_minor: still to take; never below zero.
        taken_minor: taken so far. change_minor: back to the customer.
        rounding_text: cash rounding in words; "" for none.
        tenders: in order; Alt+1 to Alt+6 are the first six.
        choices: providers of the selected tender; choices_label: the question.
        reference: what the selected tender asks for, or None.
        suggestions: cash the customer may give. suggested: the one typed now,
            minor units, or None.
        taken: money already taken. round_off: the 抹零 key, or None without it.
        entry_text, entry_hint, entry_problem, is_entry_active: the entry line.
        is_slip_printed: the "print slip" toggle.
        can_finish: the sale may end now.
        finish_title, finish_detail: the main key's words.
        blocked_reason, blocked_detail: in its place when it may not.
        is_waiting: being committed; nothing may be pressed twice.
        deductions: coupon, points and wallet, above the tenders.
        points_text: what this sale earns, lower right of the display.
    """

    frame: FrameState
    currency: str
    band: BandView
    lines: tuple[LineView, ...] = ()
    selected_index: int = -1
    sums: tuple[SumView, ...] = ()
    due_minor: int = 0
    remaining_minor: int = 0
    taken_minor: int = 0
    change_minor: int = 0
    rounding_text: str = ""
    tenders: tuple[TenderView, ...] = ()
    choices: tuple[ChoiceView, ...] = ()
    choices_label: str = ""
    reference: ReferenceView | None = None
    suggestions: tuple[QuickCash, ...] = ()
    suggested: int | None = None
    taken: tuple[TakenView, ...] = ()
    round_off: RoundOffView | None = None
    entry_text: str = ""
    entry_hint: str = ""
    entry_problem: str = ""
    is_entry_active: bool = False
    is_slip_printed: bool = True
    can_finish: bool = False
    finish_title: str = ""
    finish_detail: str = ""
    blocked_reason: str = ""
    blocked_detail: str = ""
    is_waiting: bool = False
    deductions: tuple[DeductView, ...] = ()
    points_text: str = ""
