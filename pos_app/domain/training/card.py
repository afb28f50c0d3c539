"""A scenario card: a situation of the counter, and the check of how it was solved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from pos_app.domain.journal import EntryKind
from pos_app.domain.training.evidence import Evidence, Given


class CardKey(StrEnum):
    """The twelve cards, in the order in which they are best learnt."""

    SALE = "sale"
    SPLIT_TENDER = "split_tender"
    PARKED = "parked"
    UNKNOWN_BARCODE = "unknown_barcode"
    PRICE_OVERRIDE = "price_override"
    WRONG_TENDER = "wrong_tender"
    RETURN_NO_RECEIPT = "return_no_receipt"
    EXCHANGE = "exchange"
    PAPER_OUT = "paper_out"
    NETWORK_DOWN = "network_down"
    CLOCK_WRONG = "clock_wrong"
    SHIFT_CLOSE = "shift_close"


class Mistake(StrEnum):
    """What can go wrong; each costs the same."""

    WRONG_GOODS = "wrong_goods"
    WRONG_AMOUNT = "wrong_amount"
    WRONG_TENDER = "wrong_tender"
    WRONG_PRICE = "wrong_price"
    WRONG_COUNT = "wrong_count"
    WRONG_PIN = "wrong_pin"
    TAKEN_BACK = "taken_back"  # a line was deleted or lowered
    VOIDED = "voided"  # a whole sale was given up
    REVERSED = "reversed"  # a finished sale was mirrored
    REPRINTED = "reprinted"  # a second paper where one was on its way
    LEFT_OUT = "left_out"  # goods that the customer wanted were not sold
    MIXED = "mixed"  # two customers on one ticket
    TWO_TICKETS = "two_tickets"  # an exchange in two tickets


class Need(StrEnum):
    """What the till must make true before a card begins."""

    FINISHED_SALE = "finished_sale"
    NO_PAPER = "no_paper"
    NO_NETWORK = "no_network"
    CLOCK_BEHIND = "clock_behind"
    COUNTED_DRAWER = "counted_drawer"


@dataclass(frozen=True, slots=True)
class Verdict:
    """How far a card has come.

    Attributes:
        done: for each step whether it is done.
        mistakes: each as often as it was made.
        is_over: the card has ended, well or badly.
    """

    done: tuple[bool, ...]
    mistakes: tuple[Mistake, ...]
    is_over: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """One scenario.

    Attributes:
        key: which. icon: an icon's name.
        steps: keys of its steps, in order; words are the screen's.
        seconds: what a practised cashier needs.
        goods: how many different goods it gives.
        needs: what must be true before it begins.
        check: tells from the evidence how far it has come.
    """

    key: CardKey
    icon: str
    steps: tuple[str, ...]
    seconds: int
    goods: int
    check: Callable[[Given, Evidence], Verdict]
    needs: tuple[Need, ...] = ()


_SLIPS = {
    EntryKind.LINE_VOIDED: Mistake.TAKEN_BACK,
    EntryKind.QUANTITY_LOWERED: Mistake.TAKEN_BACK,
    EntryKind.SALE_VOIDED: Mistake.VOIDED,
    EntryKind.SALE_REVERSED: Mistake.REVERSED,
    EntryKind.SIGN_ON_FAILED: Mistake.WRONG_PIN,
    EntryKind.SLIP_REPRINTED: Mistake.REPRINTED,
}


def slips_of_the_finger(evidence: Evidence, *but: EntryKind) -> tuple[Mistake, ...]:
    """Return what was taken back, voided or typed wrong, whatever the card.

    Args:
        evidence: what was done.
        but: kinds that are no mistake on this card.
    """
    return tuple(
        _SLIPS[fact.kind]
        for fact in evidence.facts
        if fact.kind in _SLIPS and fact.kind not in but
    )


def unless(is_right: bool, mistake: Mistake) -> tuple[Mistake, ...]:  # noqa: FBT001
    """Return the mistake that something is unless it is right."""
    return () if is_right else (mistake,)
