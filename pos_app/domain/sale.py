"""A finished sale: the document that never changes (law 3)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pos_app.domain.item import PriceSource, SellBy
from pos_app.domain.pricing_result import PricedBasket, PricedLine
from pos_app.domain.returned_line import ReturnedLine
from pos_app.domain.tender import TenderLine
from pos_app.domain.trace import NO_TRACE, Trace
from pos_app.values.times import BusinessDay, Timestamp


class DocumentKind(StrEnum):
    """The documents that this till can end."""

    SALE = "sale"
    VOID = "void"  # an open basket given up, with its reason
    TENDER_CORRECTION = "tender_correction"
    PARKED = "parked"
    SHIFT = "shift"
    CASH_MOVE = "cash_move"
    Z_REPORT = "z_report"
    GOODS_RECEIVED = "goods_received"
    GOODS_WASTED = "goods_wasted"
    STOCK_ADJUSTED = "stock_adjusted"
    VALUE_SOLD = "value_sold"  # a wallet filled, a gift card sold
    VALUE_REFUNDED = "value_refunded"


@dataclass(frozen=True, slots=True)
class SaleLine:
    """A sold line: what was sold, and its amounts as priced.

    Attributes:
        item_id, unit_id, sku, name, variant, unit_code, unit_name: as sold.
        names: the name in other languages, for the customer's slip.
        barcode: as scanned, or the unit's own.
        sell_by: count or weight.
        source: where the price came from; price_id: the price row, "" if none.
        pieces_thousandths: base units taken from stock, in thousandths.
        note: words of the cashier.
        priced: the amounts.
        category_id: where the item stood then; "" for nowhere.
        trace: lot, serial number and dates, where the code said them.
    """

    item_id: str
    unit_id: str
    sku: str
    name: str
    variant: str
    names: tuple[tuple[str, str], ...]
    barcode: str
    unit_code: str
    unit_name: str
    sell_by: SellBy
    source: PriceSource
    price_id: str
    tax_category: str
    pieces_thousandths: int
    note: str
    priced: PricedLine
    category_id: str = ""
    trace: Trace = NO_TRACE


@dataclass(frozen=True, slots=True)
class Sale:
    """A ticket that has ended: goods sold, goods returned, or both (exchange).

    Attributes:
        sale_id: UUIDv7 (the basket's).
        number: the human number, gapless per till and series: "02-1-000162".
        till: the till's number. cashier_id, cashier_name: who sold.
        business_day: the trading day. ended_at: when it was committed.
        started_at: the first scan.
        clock_suspect: the clock stood behind the last entry (law 13).
        language: of the slip.
        lines: what was sold. priced: the whole amounts.
        tenders: money taken. change_minor: cash given back.
        rounding_minor: cash rounding, plus when the customer paid more.
        round_off_minor: 抹零, off the amount to pay; priced.discount_minor has it,
            where tax is added without the tax in it.
        round_off_by: staff id of who let it go, "" when nobody did.
        returns: goods that came back in this ticket.
        refunds: money given back, amounts above zero; none where money was taken.
        reverses: id of the finished sale that this one mirrors, "" for none.
        shift_id: of the shift that it counts in; "" before there were shifts.
        member_id: of who bought; "" for somebody unknown.
        member_means: how they were recognised (`Means`); "" where nobody was.
        member_strength: "weak", "medium" or "strong" when the ticket ended.
    """

    sale_id: str
    number: str
    till: str
    cashier_id: str
    cashier_name: str
    business_day: BusinessDay
    started_at: Timestamp
    ended_at: Timestamp
    clock_suspect: bool
    language: str
    lines: tuple[SaleLine, ...]
    priced: PricedBasket
    tenders: tuple[TenderLine, ...]
    change_minor: int
    rounding_minor: int
    round_off_minor: int
    round_off_by: str = ""
    returns: tuple[ReturnedLine, ...] = ()
    refunds: tuple[TenderLine, ...] = ()
    reverses: str = ""
    shift_id: str = ""
    member_id: str = ""
    member_means: str = ""
    member_strength: str = ""

    @property
    def returned_minor(self) -> int:
        """What the returned goods are worth to the customer, rounding apart."""
        return sum(line.paid_minor for line in self.returns)

    @property
    def due_minor(self) -> int:
        """What the ticket comes to: above zero to pay, below zero to refund."""
        return self.priced.total_minor - self.returned_minor

    def check(self) -> None:
        """Assert the proof stored with every sale (law 7).

        lines = total; total - returned + rounding = tenders - change - refunds = what
        all units paid less what came back (law 6); change only from cash. A sale
        that fails is a bug and is never committed.
        """
        self.priced.check()
        assert self.lines or self.returns
        taken = sum(tender.amount_minor for tender in self.tenders)
        given = sum(refund.amount_minor for refund in self.refunds)
        assert not (taken and given)
        money = taken - self.change_minor - given
        assert self.due_minor + self.rounding_minor == money
        cash = sum(t.amount_minor for t in self.tenders if t.kind == "cash")
        assert 0 <= self.change_minor <= cash
        units = [share for line in self.priced.lines for share in line.shares]
        paid = sum(share.count * share.paid_minor for share in units)
        back = sum(line.refunded_minor for line in self.returns)
        assert paid - back == money
        assert [x.priced for x in self.lines] == list(self.priced.lines)
