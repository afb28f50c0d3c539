"""The sale in progress as the fold of its accepted intents (law 10)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from pos_app.domain import basket as baskets
from pos_app.domain.basket import Basket, BasketLine
from pos_app.domain.item import SellingUnit
from pos_app.domain.tender import TenderLine
from pos_app.values.times import BusinessDay, Timestamp


@dataclass(frozen=True, slots=True)
class AddLine:
    """A scan, a tile or a search hit was accepted."""

    line: BasketLine
    merge: bool


@dataclass(frozen=True, slots=True)
class SetQuantity:
    """A line was given another quantity."""

    line_id: str
    quantity: Decimal


@dataclass(frozen=True, slots=True)
class SetNote:
    """A line was given a note."""

    line_id: str
    note: str


@dataclass(frozen=True, slots=True)
class ResolveLine:
    """A red line was given the item that somebody found by name."""

    line_id: str
    unit: SellingUnit


@dataclass(frozen=True, slots=True)
class RemoveLine:
    """A line was voided."""

    line_id: str


@dataclass(frozen=True, slots=True)
class RestoreLine:
    """A voided line was put back."""

    line: BasketLine
    position: int


@dataclass(frozen=True, slots=True)
class SelectLine:
    """Another line was selected."""

    line_id: str


@dataclass(frozen=True, slots=True)
class RoundOff:
    """抹零: the cashier lets this much go; minor units, zero takes it back."""

    amount_minor: int
    by: str = ""  # staff id


@dataclass(frozen=True, slots=True)
class TakeTender:
    """Money was taken."""

    tender: TenderLine


@dataclass(frozen=True, slots=True)
class GiveBackTender:
    """Money was given back before the end."""

    tender_id: str


Intent = (
    AddLine
    | SetQuantity
    | SetNote
    | ResolveLine
    | RemoveLine
    | RestoreLine
    | SelectLine
    | RoundOff
    | TakeTender
    | GiveBackTender
)


@dataclass(frozen=True, slots=True)
class OpenSale:
    """A sale that has begun and not ended.

    Attributes:
        basket: what the customer is about to buy.
        tenders: money taken so far.
        cashier_id: who began it.
        business_day: fixed at the first intent; it does not move at midnight.
        started_at: the first intent.
    """

    basket: Basket
    tenders: tuple[TenderLine, ...]
    cashier_id: str
    business_day: BusinessDay
    started_at: Timestamp

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing is at stake: no line and no money."""
        return not self.basket.lines and not self.tenders


def apply(sale: OpenSale, intent: Intent) -> OpenSale:
    """Return the sale after an accepted intent.

    Raises:
        UserError: what the basket's rules refuse; the sale stays as it was.
    """
    match intent:
        case TakeTender(tender):
            return replace(sale, tenders=(*sale.tenders, tender))
        case GiveBackTender(tender_id):
            left = tuple(t for t in sale.tenders if t.tender_id != tender_id)
            return replace(sale, tenders=left)
        case _:
            return replace(sale, basket=_apply_to_basket(sale.basket, intent))


def _apply_to_basket(  # noqa: C901, PLR0911 - one flat case for each intent
    basket: Basket, intent: Intent
) -> Basket:
    match intent:
        case AddLine(line, merge):
            return baskets.add_line(basket, line, merge=merge)
        case SetQuantity(line_id, quantity):
            return baskets.set_quantity(basket, line_id, quantity)
        case SetNote(line_id, note):
            return baskets.set_note(basket, line_id, note)
        case ResolveLine(line_id, unit):
            return baskets.resolve_line(basket, line_id, unit)
        case RemoveLine(line_id):
            return baskets.remove_line(basket, line_id)
        case RestoreLine(line, position):
            return baskets.restore_line(basket, line, position)
        case SelectLine(line_id):
            return baskets.select_line(basket, line_id)
        case RoundOff(amount_minor, by):
            return baskets.let_go(basket, amount_minor, by)
        case _:
            raise AssertionError(intent)
