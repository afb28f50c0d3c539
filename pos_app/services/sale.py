"""The open sale: from the first scan to the moment it is paid or given up.

Scan -> price -> paint happens at once on the caller's thread; each accepted
intent is made durable behind it by the core thread (law 10).
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from decimal import Decimal
from typing import Any

from pos_app.domain import open_sale as intents
from pos_app.domain.basket import Basket, BasketLine
from pos_app.domain.item import Scanned, SellBy, SellingUnit
from pos_app.domain.journal import EntryKind
from pos_app.domain.open_sale import OpenSale
from pos_app.domain.permission import Demand, Permission, Staff
from pos_app.domain.pricing_result import PricedBasket
from pos_app.domain.promotion.offers import Offers
from pos_app.domain.returned_line import ReturnedLine
from pos_app.domain.tax import PricingRules
from pos_app.domain.trace import NO_TRACE, Trace
from pos_app.errors import GuitaiError, UserError
from pos_app.services.backlog import Fact
from pos_app.services.desk import Desk
from pos_app.services.exchange import keep_price_paid
from pos_app.services.open_sale import OpenSaleKeeper
from pos_app.services.price_moment import line_at, unit_at
from pos_app.services.reductions import refuse_unowned_reductions
from pos_app.services.round_off import let_go, refuse_unowned
from pos_app.services.sale_lines import (
    RemovedLine,
    line_body,
    line_total,
    refuse_part_of_piece,
    refuse_unsettled,
    refuse_without_price,
    scanned_line,
    unit_line,
)
from pos_app.services.scan_result import Outcome, ScanResult
from pos_app.services.traced_goods import check_piece, note_sold
from pos_app.services.typed_code import clean_note, find_code

UNDO_LIMIT = 20


class SaleService:
    """Owns the open sale of this till; used from one thread.

    Args:
        desk: ports and shared state.
        on_lost: called (on the core thread) when an intent could not be made
            durable; it goes in with the next transaction that the disk takes.
    """

    def __init__(self, desk: Desk, on_lost: Callable[[GuitaiError], None]) -> None:
        self._desk = desk
        self.keeper = OpenSaleKeeper(desk, on_lost)
        self._removed: list[RemovedLine] = []

    @property
    def current(self) -> OpenSale | None:
        """The open sale; None between two customers."""
        return self.keeper.current

    @property
    def basket(self) -> Basket | None:
        """The open basket; None between two customers."""
        return self.current.basket if self.current else None

    @property
    def rules(self) -> PricingRules:
        """The shop's rules, with this till's choice of merging."""
        return self.keeper.rules

    def refresh_rules(self) -> None:
        """Read the rules anew: a setting or a tax changed."""
        self.keeper.refresh_rules()

    @property
    def offers(self) -> Offers:
        """The promotions that the open sale is priced with; none between two."""
        return self.keeper.offers

    @property
    def priced(self) -> PricedBasket | None:
        """The price of the open basket; None between two customers."""
        return self.keeper.priced

    def look_up(self, code: str) -> Scanned | None:
        """Find what a code names; refuses as `scan` does."""
        return find_code(self._desk, code)[1]

    def scan(
        self, code: str, quantity: Decimal | None = None, *, expired_too: bool = False
    ) -> ScanResult:
        """Add what a code names, or a red line when nobody knows it.

        Args:
            code: as scanned or typed.
            quantity: of the prefix `3 ×`; None for one.
            expired_too: somebody wants to sell what was refused as expired.

        Raises: what `find_code`, `check_piece`, label or basket refuse; then as before.
        """
        self._desk.session.require(Permission.SELL)
        shown, found = find_code(self._desk, code)
        piece = check_piece(self._desk, code, found, expired_too=expired_too)
        if found and found.quantity is None and found.total_minor is None:
            result = self.add_unit(found.unit, quantity, shown, piece.trace)
        else:
            line = scanned_line(self._desk.ids.new(), found, shown, quantity)
            self._add(replace(line, trace=piece.trace))
            what = Outcome.ADDED if found else Outcome.UNKNOWN
            result = ScanResult(what, shown, line.unit, line.quantity)
        if result.outcome is not Outcome.NEEDS_WEIGHT:  # asked for first, then sold
            note_sold(self._desk, piece, result.unit)
        return replace(result, traced=piece)

    def add_unit(
        self,
        unit: SellingUnit,
        quantity: Decimal | None,
        code: str = "",
        trace: Trace = NO_TRACE,
    ) -> ScanResult:
        """Add a unit by tile, search or plain barcode; weighed goods ask first."""
        self._desk.session.require(Permission.SELL)
        refuse_without_price(unit)
        if unit.sell_by is SellBy.WEIGHT and quantity is None:
            return ScanResult(Outcome.NEEDS_WEIGHT, code, unit, Decimal(0))
        line = unit_line(self._desk.ids.new(), unit, quantity, code)
        self._add(replace(line, trace=trace))
        return ScanResult(Outcome.ADDED, code, unit, line.quantity)

    def set_quantity(self, line_id: str, quantity: Decimal) -> None:
        """Give a line another quantity; a smaller one is journalled."""
        self._desk.session.require(Permission.SELL)
        line = self._line(line_id)
        refuse_part_of_piece(line.unit, quantity)
        fact = None
        if quantity < line.quantity:
            total_minor = line_total(self.priced, line_id)
            fact = self._fact(EntryKind.QUANTITY_LOWERED, line, total_minor, quantity)
        self.keeper.accept(intents.SetQuantity(line_id, quantity), fact=fact)

    def set_note(self, line_id: str, note: str) -> None:
        """Give a line a note; `clean_note` refuses what must not be kept."""
        self._desk.session.require(Permission.SELL)
        self._line(line_id)
        self.keeper.accept(intents.SetNote(line_id, clean_note(note)))

    def select(self, line_id: str) -> None:
        """Select a line; not worth a write to the disk by itself."""
        self._line(line_id)
        self.keeper.select(line_id)

    def resolve(
        self, line_id: str, unit: SellingUnit, weight: Decimal | None = None
    ) -> None:
        """Give a red line the item that the cashier found by name.

        Args:
            line_id: of the red line.
            unit: what it is.
            weight: of weighed goods, which a red line cannot know; else None.

        Raises: "item_without_price", "line_unknown", or "weight_absurd" without one.
        """
        self._desk.session.require(Permission.SELL)
        refuse_without_price(unit)
        line = self._line(line_id)
        if not line.is_unknown:
            raise UserError("line_unknown")
        moment = self.keeper.next_moment()
        unit = unit_at(self._desk.catalog, self.basket, moment, unit)
        becomes = intents.ResolveLine(line_id, unit)
        if unit.sell_by is not SellBy.WEIGHT:
            self.keeper.accept(becomes)
            return
        if weight is None:
            raise UserError("weight_absurd", quantity=str(line.quantity))
        self.keeper.accept(becomes, intents.SetQuantity(line_id, weight))

    def remove_line(self, line_id: str) -> BasketLine:
        """Void a line; journalled, and undone by `undo_remove`.

        Raises: "not_permitted", "line_unknown", "money_already_taken".
        """
        line = self._line(line_id)
        self._desk.allow(Demand(Permission.LINE_VOID, line_id))
        basket = self.keeper.going_on().basket
        position = basket.lines.index(line)
        fact = self._fact(EntryKind.LINE_VOIDED, line, line_total(self.priced, line_id))
        self.keeper.accept(intents.RemoveLine(line_id), fact=fact)
        removed = RemovedLine(basket.basket_id, line, position)
        self._removed = [*self._removed[1 - UNDO_LIMIT :], removed]
        return line

    def undo_remove(self) -> BasketLine | None:
        """Put the line voided last back where it was; None when there is none.

        Journalled, since its void was.
        """
        self._desk.session.require(Permission.SELL)
        current = self.current
        if not self._removed or current is None:
            return None
        last = self._removed[-1]
        if last.basket_id != current.basket.basket_id:
            return None
        at = current.prices_of or current.started_at
        line = line_at(self._desk.catalog, self.basket, at, last.line)
        fact = self._fact(EntryKind.LINE_RESTORED, line, None)
        self.keeper.accept(intents.RestoreLine(line, last.position), fact=fact)
        self._removed.pop()
        return last.line

    def round_off(self, amount_minor: int) -> None:
        """抹零: let a small amount go; above the role's cap it needs approval.

        Journalled with who gave it; zero takes it back.

        Raises: "not_permitted", "round_off_absurd" or what pricing refuses.
        """
        if amount_minor < 0:
            raise UserError("round_off_absurd")
        self.keeper.preview(intents.RoundOff(amount_minor))
        current = self.keeper.going_on()
        intent, fact = let_go(self._desk, current, amount_minor)
        self.keeper.accept(intent, fact=fact)

    def preview(self, *accepted: intents.Intent) -> tuple[Basket, PricedBasket]:
        """Return basket and price as intents would leave them; changes nothing."""
        return self.keeper.preview(*accepted)

    def accept(self, *accepted: intents.Intent, fact: Fact | None = None) -> None:
        """Accept what a service beside this one has checked."""
        self.keeper.accept(*accepted, fact=fact)

    def settle_unknown(self) -> None:
        """Refuse to go on with nothing or a red line; then the price is settled."""
        refuse_unsettled(self.keeper.going_on().basket)
        self.keeper.settle_price()

    def refuse_unowned(self, cashier: Staff) -> None:
        """Refuse to take money while nobody answers for something let go.

        Raises: "round_off_over_cap", "discount_unowned", "item_discount_cap".
        """
        basket, priced = self.keeper.going_on().basket, self.priced
        assert priced
        refuse_unowned(self._desk, basket, cashier)
        refuse_unowned_reductions(self._desk, basket, priced, cashier)

    @property
    def is_ending(self) -> bool:
        """Tell whether a commit is on its way that the open sale waits for."""
        return self.keeper.is_ending

    def end_with(self, ending: Future[Any], after: OpenSale | None = None) -> None:
        """Say which commit ends the open sale, and what is open after it."""
        self.keeper.end_with(ending, after)

    def ended(self) -> None:
        """Begin with the next customer, if the commit was good."""
        self.keeper.ended()

    def _line(self, line_id: str) -> BasketLine:
        """Return a line; a tap may be slower than the sale that it was for."""
        for line in self.keeper.going_on().basket.lines:
            if line.line_id == line_id:
                return line
        raise UserError("line_unknown")

    def _fact(
        self,
        kind: EntryKind,
        line: BasketLine,
        total_minor: int | None,
        becomes: Decimal | None = None,
    ) -> Fact:
        current = self.keeper.going_on()
        body = line_body(current.basket.basket_id, line, total_minor, becomes)
        return Fact(kind, body, self._desk.stamp(current.business_day))

    def add_returns(self, *lines: ReturnedLine) -> None:
        """Take goods back in the open ticket, or in a new one; others checked it."""
        self.keeper.add(None, *map(intents.AddReturn, lines))

    def _add(self, line: BasketLine) -> None:
        """Add a line; goods exchanged for others of their kind keep the price paid."""
        at = self.keeper.next_moment()
        line = line_at(self._desk.catalog, self.basket, at, line)
        for each in keep_price_paid(self._desk, self.basket, line):
            self.keeper.add(at, intents.AddLine(each, self.rules.merge_same_items))
