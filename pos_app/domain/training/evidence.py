"""What was really done in training: read from its ledger, never from clicks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from pos_app.domain.journal import EntryKind
from pos_app.domain.open_sale import OpenSale
from pos_app.domain.sale import Sale
from pos_app.domain.tender import TenderKind, TenderLine

#: (article number, quantity), sorted: what a ticket holds, however it was rung up.
Goods = tuple[tuple[str, Decimal], ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """An entry of the training journal since the card began."""

    kind: EntryKind
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What stands in the training ledger since the card began.

    Attributes:
        facts: journal entries, oldest first. sales: finished tickets, likewise.
        basket: the open sale; None between two customers.
        slips: states of the print jobs queued since.
        has_paper: whether the practice printer has paper.
    """

    facts: tuple[Fact, ...] = ()
    sales: tuple[Sale, ...] = ()
    basket: OpenSale | None = None
    slips: tuple[str, ...] = ()
    has_paper: bool = True

    def count(self, *kinds: EntryKind) -> int:
        """Return how many facts are of these kinds."""
        return sum(fact.kind in kinds for fact in self.facts)

    def of(self, kind: EntryKind) -> tuple[Fact, ...]:
        """Return the facts of a kind."""
        return tuple(fact for fact in self.facts if fact.kind is kind)

    @property
    def tenders(self) -> tuple[TenderLine, ...]:
        """Money taken: for the last finished ticket, or for the open one."""
        if self.sales:
            return self.sales[-1].tenders
        return self.basket.tenders if self.basket else ()


@dataclass(frozen=True, slots=True)
class Good:
    """Goods to scan.

    Attributes:
        sku, name: which. code: what a scanner reads off the card.
        price_minor: of one unit now.
        names: the name in other languages.
    """

    sku: str
    name: str
    code: str
    price_minor: int
    names: tuple[tuple[str, str], ...] = ()

    def name_in(self, language: str) -> str:
        """Return the name for a language tag, or the shop's own name."""
        return dict(self.names).get(language, self.name)


@dataclass(frozen=True, slots=True)
class Given:
    """What a card gives to whoever plays it.

    Attributes:
        goods: to scan, in the card's order. cash_minor: to take in cash.
        price_minor: another price for the first goods.
        sale_id, sale_number: a finished sale; "" for none.
        unknown_code: a barcode that the shop does not have.
        tender_key, tender_name: how the customer really pays or paid.
        counted_minor: what lies in the drawer; pieces: of which (value, count).
        behind_minutes: by how much the clock stands behind.
    """

    goods: tuple[Good, ...] = ()
    cash_minor: int = 0
    price_minor: int = 0
    sale_id: str = ""
    sale_number: str = ""
    unknown_code: str = ""
    tender_key: str = ""
    tender_name: str = ""
    counted_minor: int = 0
    pieces: tuple[tuple[int, int], ...] = field(default=())
    behind_minutes: int = 0


def wanted(*pairs: tuple[Good, int]) -> Goods:
    """Return the goods that a ticket should hold."""
    return tuple(sorted((good.sku, Decimal(count)) for good, count in pairs))


def sold(sale: Sale) -> Goods:
    """Return what a finished ticket sold."""
    return _goods((x.sku, x.priced.quantity) for x in sale.lines)


def came_back(sale: Sale) -> Goods:
    """Return what came back in a finished ticket."""
    return _goods((x.sku, x.quantity) for x in sale.returns)


def lying(basket: OpenSale | None) -> Goods:
    """Return what lies in the open ticket; a red line has its code for a number."""
    if basket is None:
        return ()
    return _goods(
        (x.unit.sku if x.unit else x.scanned, x.quantity) for x in basket.basket.lines
    )


def coming_back(basket: OpenSale | None) -> Goods:
    """Return what comes back in the open ticket."""
    if basket is None:
        return ()
    return _goods((x.sku, x.quantity) for x in basket.basket.returns)


def cash_minor(tenders: Iterable[TenderLine]) -> int:
    """Return what was taken in cash."""
    return sum(x.amount_minor for x in tenders if x.kind is TenderKind.CASH)


def _goods(pairs: Iterable[tuple[str, Decimal]]) -> Goods:
    found: dict[str, Decimal] = {}
    for sku, quantity in pairs:
        found[sku] = found.get(sku, Decimal(0)) + quantity
    return tuple(sorted(found.items()))
