"""What the price check panel shows: what one scan would cost, without selling it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class PriceCheckPhase(StrEnum):
    """Where a price check stands."""

    WAITING = "waiting"  # the next scan is looked up, not sold
    FOUND = "found"
    NOT_FOUND = "not_found"


@dataclass(frozen=True, slots=True)
class PriceFact:
    """A row of the panel: what it is, and its value in words."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class PriceDeal:
    """A promotion that the goods are in.

    Attributes:
        title: its name. detail: what one does and gets, for whom, until when.
        price: what one costs with it; "" where it takes more, or the price has it.
        is_used: the price has it already. is_open: it holds now, if more is bought.
    """

    title: str
    detail: str
    is_used: bool = False
    is_open: bool = True
    price: str = ""


@dataclass(frozen=True, slots=True)
class PriceCheckState:
    """The panel, whole and frozen; every text in the cashier's language.

    Attributes:
        phase: where the check stands.
        name, variant: of the goods. unit: "1 件", "1 箱 = 24 件", "1 kg".
        symbol, price: "¥", "129.00"; an empty price is an open one.
        shelf: the shelf's price, where today's is lower; "" where it is the same.
        member: what members pay, where that is less; "" for none.
        since: "since 11-01"; "" when always.
        facts: barcode, number, tax, stock: only those that are known.
        code: what was scanned, when it was not found.
        picture: bytes of the goods' picture; b"" for none.
        deals: promotions that the goods are in.
    """

    phase: PriceCheckPhase = PriceCheckPhase.WAITING
    name: str = ""
    variant: str = ""
    unit: str = ""
    symbol: str = ""
    price: str = ""
    since: str = ""
    facts: tuple[PriceFact, ...] = ()
    code: str = ""
    picture: bytes = b""
    shelf: str = ""
    member: str = ""
    deals: tuple[PriceDeal, ...] = ()
