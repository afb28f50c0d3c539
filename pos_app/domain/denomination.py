"""Which denominations of a currency are notes and which are coins, for counting.

Source: the issuers' own lists of what is in circulation (2025): PBC, CBC Taiwan,
ECB, Fed, HKMA, BoE, BoJ, AMCM, MAS.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

#: Currency: the largest coin and the smallest note, minor units. Where they meet or
#: cross, what lies between is both: a yuan, ten Hong Kong dollars.
_BORDERS = {
    "CNY": (100, 100),
    "TWD": (50, 100),
    "EUR": (200, 500),
    "USD": (50, 100),
    "HKD": (1000, 1000),
    "MOP": (1000, 1000),
    "GBP": (200, 500),
    "JPY": (500, 1000),
    "SGD": (100, 200),
}


class Form(StrEnum):
    """What a denomination is made of; CASH where the till does not know."""

    NOTE = "note"
    COIN = "coin"
    CASH = "cash"


@dataclass(frozen=True, slots=True)
class Denomination:
    """One line of a count.

    Attributes:
        form: note, coin, or unknown.
        value_minor: what one piece is worth, minor units.
    """

    form: Form
    value_minor: int

    @property
    def key(self) -> str:
        """Stable name: "note-10000"."""
        return f"{self.form.value}-{self.value_minor}"


def denominations(
    currency: str, values_minor: Sequence[int]
) -> tuple[Denomination, ...]:
    """Return what is counted, notes first, the largest first.

    Args:
        currency: ISO 4217 code; an unknown one makes a single list.
        values_minor: notes and coins in use, minor units, in any order.
    """
    values = sorted(set(values_minor), reverse=True)
    border = _BORDERS.get(currency)
    if border is None:
        return tuple(Denomination(Form.CASH, value) for value in values)
    largest_coin, smallest_note = border
    notes = [Denomination(Form.NOTE, v) for v in values if v >= smallest_note]
    coins = [Denomination(Form.COIN, v) for v in values if v <= largest_coin]
    # A value that the issuer has no piece for was written into the set-up by hand.
    strange = [
        Denomination(Form.NOTE, v) for v in values if largest_coin < v < smallest_note
    ]
    return (*notes, *strange, *coins)
