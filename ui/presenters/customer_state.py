"""What the customer sees on the second screen, whole and frozen.

Nothing of staff stands here: no names, no approvals, no prices that were only
looked up, no errors of the till, nothing of an earlier customer.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class CustomerMode(StrEnum):
    """Which of the four pictures is shown."""

    IDLE = "idle"  # nobody is served: pictures, or the shop's name and the time
    BASKET = "basket"
    PAYMENT = "payment"
    DONE = "done"


class CustomerTone(StrEnum):
    """How a sum below the amount is coloured."""

    PLAIN = "plain"
    SAVING = "saving"
    PAID = "paid"


@dataclass(frozen=True, slots=True)
class CustomerLine:
    """One line of the basket, in the customer's language.

    Attributes:
        line_id: UUIDv7 of the basket's line.
        name: of the goods with their variant. quantity: "×2", "0.382 kg".
        total: what it costs, already written. struck: the list price, struck
            through; "" where nothing was let go.
        reason: why it costs less, with the amount; "" for no reason.
        detail: price of one unit of what was weighed; "" for none.
        is_returned: goods that come back; all amounts below zero.
    """

    line_id: str
    name: str
    quantity: str
    total: str
    struck: str = ""
    reason: str = ""
    detail: str = ""
    is_returned: bool = False


@dataclass(frozen=True, slots=True)
class CustomerSum:
    """A sum below the amount: label, value already written, colour."""

    label: str
    value: str
    tone: CustomerTone = CustomerTone.PLAIN


@dataclass(frozen=True, slots=True)
class CustomerQr:
    """A code that a payment provider gave for this very sale.

    Attributes:
        rows: the modules without quiet zone, top first; "1" is dark (ISO/IEC 18004).
        title: what to do with it. detail: until when it holds, for whom.
    """

    rows: tuple[str, ...]
    title: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class CustomerMember:
    """Who was recognised; the name is masked where it is made.

    Attributes:
        tier: words of the badge. greeting: with the masked name ("林**，您好").
        earns, balance: points of this sale and before it, written; "" for none.
        earns_label, balance_label: what these are.
    """

    tier: str
    greeting: str
    earns: str = ""
    balance: str = ""
    earns_label: str = ""
    balance_label: str = ""


@dataclass(frozen=True, slots=True)
class CustomerAsk:
    """What the customer is to type on this screen.

    Attributes:
        title: what for. detail: what becomes of it. typed: so far, as shown.
        accept, leave: words of the keys. is_complete: enough is typed.
    """

    title: str
    detail: str
    typed: str
    accept: str
    leave: str
    is_complete: bool = False


@dataclass(frozen=True, slots=True)
class CustomerState:
    """Everything on the customer's screen.

    Attributes:
        mode: which picture. shop_name: as on the slip. language: of all words.
        clock, day: the shop's time, written.
        lines: what the customer buys or brings back, in order.
        newest: line id of the line that is highlighted and in view; "" for none.
        count: pieces as words. label: what the amount is. symbol: of the currency.
        amount: the large figure, written. is_back: it goes to the customer.
        saved: what the customer saved, as words; "" for nothing.
        sums: below the amount. hint: what to do now; "" for nothing. hint_icon: its.
        title, detail: the words of the beginning and of the end ("Thank you").
        training: the mark of training; "" at a real till.
        member: who was recognised; None for nobody.
        qr: a provider's code, or one of the shop's own; None for none.
        ask: what the customer is to type; None for nothing.
        is_explained: the lines are the steps of one line's price.
        shorter: the same explanation, each time in fewer rows; the sum stays whole.
    """

    mode: CustomerMode
    shop_name: str
    language: str
    clock: str = ""
    day: str = ""
    lines: tuple[CustomerLine, ...] = ()
    newest: str = ""
    count: str = ""
    label: str = ""
    symbol: str = ""
    amount: str = ""
    is_back: bool = False
    saved: str = ""
    sums: tuple[CustomerSum, ...] = ()
    hint: str = ""
    hint_icon: str = ""
    title: str = ""
    detail: str = ""
    training: str = ""
    member: CustomerMember | None = None
    qr: CustomerQr | None = None
    ask: CustomerAsk | None = None
    is_explained: bool = False
    shorter: tuple[tuple[CustomerLine, ...], ...] = ()
