"""The keyboard map: one key, one meaning, on every screen (design section 10).

The application binds its keys from this table and the F1 overlay shows this table,
so that what is shown is what works.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pos_app.i18n import N_


class Action(StrEnum):
    """What a key asks for."""

    HELP = "help"
    FIND = "find"
    PRICE_CHECK = "price_check"
    SALE_DISCOUNT = "sale_discount"
    PRICE_OVERRIDE = "price_override"
    DISCOUNT = "discount"
    WHY_PRICE = "why_price"
    MEMBER = "member"
    COUPONS = "coupons"
    PARK = "park"
    PARKED = "parked"
    RETURNS = "returns"
    DRAWER = "drawer"
    PAY = "pay"
    TENDER = "tender"
    TIMES = "times"
    MORE = "more"
    LESS = "less"
    DELETE = "delete"
    UP = "up"
    DOWN = "down"
    ENTER = "enter"
    ESCAPE = "escape"
    UNDO = "undo"
    LOCK = "lock"
    LEAVE_TRAINING = "leave_training"
    REPRINT = "reprint"


class Group(StrEnum):
    """The headings of the overlay."""

    ANYWHERE = "anywhere"
    BASKET = "basket"
    PAYMENT = "payment"


GROUP_NAMES = {
    Group.ANYWHERE: N_("Anywhere"),
    Group.BASKET: N_("Basket"),
    Group.PAYMENT: N_("Payment"),
}


@dataclass(frozen=True, slots=True)
class KeyBinding:
    """One meaning and the keys that have it.

    Attributes:
        action: what is asked for.
        keys: Qt's portable names; each asks for the same.
        caps: what the overlay draws, one key cap each.
        label: msgid of the words beside them.
        group: the heading in the overlay.
        is_text: the key is a character, so a text field keeps it and a scanned
            code may hold it; it is heard only where nothing else wants it.
        number: for `Action.TENDER`, which tender, from 1.
    """

    action: Action
    keys: tuple[str, ...]
    caps: tuple[str, ...]
    label: str
    group: Group
    is_text: bool = False
    number: int = 0


_TENDERS = tuple(
    KeyBinding(
        Action.TENDER,
        (f"Alt+{number}",),
        ("Alt", "1…6") if number == 1 else (),
        N_("Choose a tender"),
        Group.PAYMENT,
        number=number,
    )
    for number in range(1, 7)
)

KEYMAP: tuple[KeyBinding, ...] = (
    KeyBinding(
        Action.HELP,
        ("F1",),
        ("F1",),
        N_("Keys; again: help for this screen"),
        Group.ANYWHERE,
    ),
    KeyBinding(
        Action.ESCAPE,
        ("Esc",),
        ("Esc",),
        N_("Clear the entry, then close the panel"),
        Group.ANYWHERE,
    ),
    KeyBinding(
        Action.DRAWER, ("F11",), ("F11",), N_("Open the drawer"), Group.ANYWHERE
    ),
    KeyBinding(
        Action.LOCK,
        ("Ctrl+L",),
        ("Ctrl", "L"),
        N_("Lock; the basket stays"),
        Group.ANYWHERE,
    ),
    KeyBinding(
        Action.LEAVE_TRAINING,
        ("Ctrl+T",),
        ("Ctrl", "T"),
        N_("Leave training"),
        Group.ANYWHERE,
    ),
    KeyBinding(
        Action.REPRINT,
        ("Ctrl+P",),
        ("Ctrl", "P"),
        N_("Print the last slip again"),
        Group.ANYWHERE,
    ),
    KeyBinding(
        Action.MEMBER, ("F2",), ("F2",), N_("Member: find or enrol"), Group.BASKET
    ),
    KeyBinding(
        Action.FIND,
        ("F3",),
        ("F3",),
        N_("Find by name, pinyin or number"),
        Group.BASKET,
    ),
    KeyBinding(
        Action.PRICE_CHECK,
        ("F4",),
        ("F4",),
        N_("Price check, next scan only"),
        Group.BASKET,
    ),
    KeyBinding(
        Action.SALE_DISCOUNT,
        ("F5",),
        ("F5",),
        N_("Discount on the whole sale"),
        Group.BASKET,
    ),
    KeyBinding(
        Action.PRICE_OVERRIDE,
        ("F6",),
        ("F6",),
        N_("Change the line's price"),
        Group.BASKET,
    ),
    KeyBinding(
        Action.DISCOUNT,
        ("/",),
        ("10", "/"),
        N_("Per cent off the line"),
        Group.BASKET,
        is_text=True,
    ),
    KeyBinding(
        Action.WHY_PRICE,
        ("Ctrl+W",),
        ("Ctrl", "W"),
        N_("Why this price?"),
        Group.BASKET,
    ),
    KeyBinding(
        Action.WHY_PRICE,
        ("?",),
        ("?",),
        N_("Why this price?"),
        Group.BASKET,
        is_text=True,
    ),
    KeyBinding(Action.COUPONS, ("F7",), ("F7",), N_("Coupons"), Group.BASKET),
    KeyBinding(Action.PARK, ("F8",), ("F8",), N_("Park this sale"), Group.BASKET),
    KeyBinding(Action.PARKED, ("F9",), ("F9",), N_("Parked sales"), Group.BASKET),
    KeyBinding(
        Action.RETURNS, ("F10",), ("F10",), N_("Returns and exchange"), Group.BASKET
    ),
    KeyBinding(
        Action.TIMES,
        ("*",),
        ("3", "*"),
        N_("Quantity for the next scan"),
        Group.BASKET,
        is_text=True,
    ),
    KeyBinding(Action.MORE, ("+",), ("+",), N_("One more"), Group.BASKET, is_text=True),
    KeyBinding(Action.LESS, ("-",), ("−",), N_("One less"), Group.BASKET, is_text=True),
    KeyBinding(Action.DELETE, ("Del",), ("Del",), N_("Delete the line"), Group.BASKET),
    KeyBinding(Action.UNDO, ("Ctrl+Z",), ("Ctrl", "Z"), N_("Take back"), Group.BASKET),
    KeyBinding(Action.UP, ("Up",), ("↑", "↓"), N_("Choose a line"), Group.BASKET),
    KeyBinding(Action.DOWN, ("Down",), (), N_("Choose a line"), Group.BASKET),
    KeyBinding(
        Action.PAY,
        ("F12",),
        ("F12",),
        N_("Take payment, then finish"),
        Group.PAYMENT,
    ),
    KeyBinding(
        Action.ENTER,
        ("Return", "Enter"),
        ("Enter",),
        N_("Accept the entry; when empty, the same as F12"),
        Group.PAYMENT,
        is_text=True,
    ),
    *_TENDERS,
)


def shown_bindings(group: Group) -> tuple[KeyBinding, ...]:
    """Return the rows of the overlay for a heading."""
    return tuple(row for row in KEYMAP if row.group is group and row.caps)
