"""The sale in progress as the fold of its accepted intents (law 10)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from pos_app.domain import basket as baskets
from pos_app.domain import basket_returns
from pos_app.domain.basket import Basket, BasketLine
from pos_app.domain.item import SellingUnit
from pos_app.domain.offer_intents import OfferIntent, Recognise, apply_offer
from pos_app.domain.price import TakePricesOf
from pos_app.domain.reduction import ManualDiscount, PriceOverride
from pos_app.domain.returned_line import ReturnedLine
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
    approved_by: str = ""  # staff id


@dataclass(frozen=True, slots=True)
class TakeTender:
    """Money was taken."""

    tender: TenderLine


@dataclass(frozen=True, slots=True)
class GiveBackTender:
    """Money was given back before the end."""

    tender_id: str


@dataclass(frozen=True, slots=True)
class AddReturn:
    """Goods come back in this ticket."""

    line: ReturnedLine


@dataclass(frozen=True, slots=True)
class ReplaceReturn:
    """A returned line has another quantity, reason or place."""

    line: ReturnedLine


@dataclass(frozen=True, slots=True)
class RemoveReturn:
    """Goods stay with the customer after all."""

    line_id: str


@dataclass(frozen=True, slots=True)
class SetOverride:
    """A line has another price than the shelf's; None for the shelf's again."""

    line_id: str
    override: PriceOverride | None
    exchange_for: str = ""


@dataclass(frozen=True, slots=True)
class SetDiscount:
    """A discount by hand on a line; None takes it back."""

    line_id: str
    discount: ManualDiscount | None


@dataclass(frozen=True, slots=True)
class SetSaleDiscount:
    """A discount by hand on the whole sale; None takes it back."""

    discount: ManualDiscount | None


@dataclass(frozen=True, slots=True)
class RenewUnit:
    """A resumed sale asks what the catalogue says now."""

    line_id: str
    unit: SellingUnit


@dataclass(frozen=True, slots=True)
class Reverse:
    """The ticket mirrors a finished sale; `returns` are all of its goods."""

    sale_id: str
    returns: tuple[ReturnedLine, ...]


@dataclass(frozen=True, slots=True)
class GiveRefund:
    """Money goes back to the customer."""

    refund: TenderLine


@dataclass(frozen=True, slots=True)
class TakeBackRefund:
    """A refund was taken back before the end."""

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
    | AddReturn
    | ReplaceReturn
    | RemoveReturn
    | SetOverride
    | SetDiscount
    | SetSaleDiscount
    | RenewUnit
    | TakePricesOf
    | Reverse
    | GiveRefund
    | TakeBackRefund
    | OfferIntent
)
#: Of the money, or of who pays: the price stays as it is.
MONEY_INTENTS = (TakeTender, GiveBackTender, GiveRefund, TakeBackRefund, Recognise)


@dataclass(frozen=True, slots=True)
class OpenSale:
    """A sale that has begun and not ended.

    Attributes:
        basket: what the customer is about to buy.
        tenders: money taken so far.
        cashier_id: who began it.
        business_day: fixed at the first intent; it does not move at midnight.
        started_at: the first intent.
        refunds: money given back so far, amounts above zero.
        prices_of: the moment whose prices it has; None for that of its beginning.
    """

    basket: Basket
    tenders: tuple[TenderLine, ...]
    cashier_id: str
    business_day: BusinessDay
    started_at: Timestamp
    refunds: tuple[TenderLine, ...] = ()
    prices_of: Timestamp | None = None

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing is at stake: no line and no money."""
        return self.basket.is_empty and not self.has_money

    @property
    def has_money(self) -> bool:
        """Tell whether money was taken or given back, so that prices stand still."""
        return bool(self.tenders or self.refunds)


def apply(sale: OpenSale, intent: Intent) -> OpenSale:  # noqa: PLR0911
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
        case GiveRefund(refund):
            return replace(sale, refunds=(*sale.refunds, refund))
        case TakeBackRefund(tender_id):
            kept = tuple(t for t in sale.refunds if t.tender_id != tender_id)
            return replace(sale, refunds=kept)
        case TakePricesOf(at):
            return replace(sale, prices_of=at)
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
        case RoundOff(amount_minor, by, approved_by):
            return baskets.let_go(basket, amount_minor, by, approved_by)
        case _:
            return _apply_by_hand(basket, intent)


def _apply_by_hand(basket: Basket, intent: Intent) -> Basket:  # noqa: C901, PLR0911
    match intent:
        case AddReturn(line):
            return basket_returns.add_returns(basket, (line,))
        case ReplaceReturn(line):
            return basket_returns.replace_returns(basket, (line,))
        case RemoveReturn(line_id):
            return basket_returns.remove_return(basket, line_id)
        case SetOverride(line_id, override, exchange_for):
            return basket_returns.set_override(basket, line_id, override, exchange_for)
        case SetDiscount(line_id, discount):
            return basket_returns.set_discount(basket, line_id, discount)
        case SetSaleDiscount(discount):
            return basket_returns.set_sale_discount(basket, discount)
        case RenewUnit(line_id, unit):
            return basket_returns.renew_units(basket, [(line_id, unit)])
        case Reverse(sale_id, returns):
            return replace(basket, reverses=sale_id, returns=returns)
    assert isinstance(intent, OfferIntent)
    return apply_offer(basket, intent)
