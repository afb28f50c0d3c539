"""Returns: goods of a finished sale, or without a receipt, come back in a ticket."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from decimal import Decimal

from pos_app.domain import open_sale as intents
from pos_app.domain.basket import Basket
from pos_app.domain.item import SellingUnit
from pos_app.domain.line_rates import LineRates
from pos_app.domain.permission import Demand, Permission
from pos_app.domain.refund import ReturnPart, returned_part
from pos_app.domain.returned_line import ReturnedLine
from pos_app.domain.sale import Sale
from pos_app.errors import UserError
from pos_app.services.desk import Desk
from pos_app.services.kept_back import Settling
from pos_app.services.no_receipt import line_without_receipt
from pos_app.services.receipt_finder import ReceiptFinder
from pos_app.services.receipt_looks import ReceiptLooks
from pos_app.services.returnable import (
    ReturnableLine,
    ReturnableSale,
    is_held,
    removal,
    renewed_returns,
)
from pos_app.services.sale import SaleService
from pos_app.values.quantity import to_thousandths

REASONS = "return"


class ReturnService:
    """Takes goods back in the open ticket; used from the sale's thread.

    Attributes:
        receipts: finds the receipt.
    """

    def __init__(self, desk: Desk, sale: SaleService) -> None:
        self._desk = desk
        self._sale = sale
        self._looks, self._settling = ReceiptLooks(desk), Settling(desk)
        self.receipts = ReceiptFinder(desk)

    def begin(self, sale_id: str) -> ReturnableSale:
        """Take a receipt up: what was sold, and what of it can come back.

        Changes nothing. May be asked again, such as after an approval.

        Raises:
            ApprovalNeeded: the cashier may not take goods back, or not so late.
            UserError: "sale_not_found", or "receipt_without_goods" for a slip on
                which nothing was sold.
        """
        found = self.look(sale_id)
        if not found.lines:
            raise UserError("receipt_without_goods", number=found.sale.number)
        self._allow(found, again=True)
        return found

    def look(self, sale_id: str) -> ReturnableSale:
        """Return a receipt as it stands now, without asking who looks.

        Raises:
            UserError: "sale_not_found".
        """
        return self._looks.at(self._finished(sale_id), self._sale.basket)

    def set_quantity(
        self, sale_id: str, position: int, quantity: Decimal
    ) -> ReturnableSale:
        """Say how much of a sold line comes back in this ticket; zero for nothing.

        Args:
            sale_id: of the sale.
            position: of its line, from 1.
            quantity: in units as sold, zero to `ReturnableLine.left`.

        Raises:
            ApprovalNeeded: see `begin`.
            UserError: "sale_not_found", "line_unknown", "not_returnable",
                "quantity_not_whole", "return_over_sold", "all_returned" when
                nothing is left, "money_already_taken", or what
                `checked_quantity` refuses.
        """
        found = self.look(sale_id)
        if not 1 <= position <= len(found.lines):
            raise UserError("line_unknown")
        row = found.lines[position - 1]
        if quantity == 0:
            if row.here is not None:
                self.remove(row.here.line_id)
            return self.look(sale_id)
        self._take(found, row, quantity)
        self._settle()
        return self.look(sale_id)

    def _take(
        self, found: ReturnableSale, row: ReturnableLine, quantity: Decimal
    ) -> None:
        if not row.is_returnable:
            raise UserError("not_returnable", name=row.line.name)
        if not row.left:
            raise UserError(
                "all_returned", name=row.line.name, number=found.sale.number
            )
        line = self._part(found, row, quantity)
        self._allow(found, again=False)
        if row.here is None:
            self._sale.add_returns(line)
        else:
            self._replace(_as_chosen(line, row.here))

    def set_all(self, sale_id: str) -> ReturnableSale:
        """Let everything of a sale come back that still can.

        Raises:
            ApprovalNeeded, UserError: as `set_quantity`; "nothing_left_to_return".
        """
        found = self.look(sale_id)
        open_lines = [row for row in found.lines if row.left and row.is_returnable]
        if not open_lines:
            raise UserError("nothing_left_to_return", number=found.sale.number)
        self._allow(found, again=False)
        rates = LineRates(found.sale)
        parts = [(row, self._part(found, row, row.left, rates)) for row in open_lines]
        wanted = [
            _as_chosen(line, row.here) if row.here else line
            for row, line in parts
            if row.here is None or line.quantity != row.here.quantity
        ]
        # Priced once, as they will lie there: a ticket of many lines waits for nobody.
        basket = self._sale.basket or Basket("")
        changes, fresh = self._settling.beside(found.sale, basket, wanted)
        if changes:
            self._sale.accept(*changes)
        self._sale.add_returns(*fresh)
        return self.look(sale_id)

    def _part(
        self,
        found: ReturnableSale,
        row: ReturnableLine,
        quantity: Decimal,
        rates: LineRates | None = None,
    ) -> ReturnedLine:
        line_id = row.here.line_id if row.here else self._desk.ids.new()
        part = ReturnPart(row.position, to_thousandths(row.taken), quantity)
        return returned_part(found.sale, part, line_id, rates=rates)

    def set_reason(self, line_id: str, reason: str) -> None:
        """Say why goods come back; see `set_reasons`."""
        self.set_reasons((line_id,), reason)

    def set_reasons(self, line_ids: Collection[str], reason: str) -> None:
        """Say why goods come back: all of them for one reason, as one step.

        Raises:
            UserError: "line_unknown", "reason_unknown", "money_already_taken".
        """
        basket, wanted = self._sale.basket, set(line_ids)
        lines = [x for x in (basket.returns if basket else ()) if x.line_id in wanted]
        if len(lines) < len(wanted):
            raise UserError("line_unknown")
        self._refuse_reason(reason)
        self._replace(*(replace(line, reason=reason) for line in lines))

    def set_sellable(self, line_id: str, *, is_sellable: bool) -> None:
        """Say whether goods go back to the shelf, or to the damaged bin.

        Raises:
            UserError: "line_unknown" or "money_already_taken".
        """
        self._replace(replace(self._line(line_id), is_sellable=is_sellable))

    def remove(self, line_id: str) -> None:
        """Leave goods with the customer; what was exchanged for them costs its price.

        Raises:
            UserError: "line_unknown" or "money_already_taken".
        """
        self._desk.session.require(Permission.SELL)
        self._line(line_id)
        basket = self._sale.basket
        assert basket is not None
        self._sale.accept(*removal(basket, line_id))
        self._settle()

    def add_without_receipt(
        self, unit: SellingUnit, quantity: Decimal, reason: str
    ) -> ReturnedLine:
        """Take goods back that nobody has a receipt for, at the lowest shelf price.

        Args:
            unit: what comes back.
            quantity: in units, above zero.
            reason: key of the reason.

        Raises:
            ApprovalNeeded: the cashier may not, or not for so much.
            UserError: "not_returnable", "item_without_price", "reason_unknown",
                "quantity_not_whole", or what `checked_quantity` refuses.
        """
        if not unit.is_returnable:
            raise UserError("not_returnable", name=unit.name)
        self._refuse_reason(reason)
        line = line_without_receipt(
            self._desk, self._sale.rules, unit, quantity, reason
        )
        current = self._sale.basket
        held = [x for x in (current.returns if current else ()) if x.origin is None]
        total_minor = line.paid_minor + sum(x.paid_minor for x in held)
        subject = current.basket_id if current else ""
        self._desk.allow_all(
            Demand(Permission.RETURN, subject),
            Demand(Permission.RETURN_NO_RECEIPT, subject, amount_minor=total_minor),
        )
        self._sale.add_returns(line)
        return line

    def refresh(self) -> tuple[ReturnedLine, ...]:
        """Bring the open ticket up to what came back in other tickets meanwhile.

        Goods that are gone are taken out; fewer are left where fewer remain.

        Returns:
            The lines that changed or went, as they were.
        """
        basket = self._sale.basket
        if basket is None:
            return ()
        renewed = renewed_returns(self._desk, basket)
        if renewed:
            self._sale.accept(*renewed)
        now = self._sale.basket
        kept = set(now.returns if now else ())
        return tuple(line for line in basket.returns if line not in kept)

    # ---------------------------------------------------------------- inside

    def _finished(self, sale_id: str) -> Sale:
        sale = self._desk.ledger.sale(sale_id)
        if sale is None:
            raise UserError("sale_not_found")
        return sale

    def _allow(self, found: ReturnableSale, *, again: bool) -> None:
        """Ask once for each receipt and ticket; its goods there say it was asked."""
        sale_id = found.sale.sale_id
        session, held = self._desk.session, is_held(self._sale.basket, sale_id)
        if held or (not again and session.has_begun(sale_id)):
            return
        demands = [Demand(Permission.RETURN, sale_id)]
        if found.is_late:
            demands.append(Demand(Permission.RETURN_LATE, sale_id))
        self._desk.allow_all(*demands)
        session.note_begun(sale_id)

    def _settle(self) -> None:
        """Let promotions keep back what they do now that something changed."""
        basket = self._sale.basket
        changes = self._settling.changes(basket) if basket else ()
        if changes:
            self._sale.accept(*changes)

    def _line(self, line_id: str) -> ReturnedLine:
        basket = self._sale.basket
        for line in basket.returns if basket else ():
            if line.line_id == line_id:
                return line
        raise UserError("line_unknown")

    def _replace(self, *lines: ReturnedLine) -> None:
        self._desk.session.require(Permission.SELL)
        self._sale.accept(*map(intents.ReplaceReturn, lines))

    def _refuse_reason(self, reason: str) -> None:
        if reason not in {x.key for x in self._desk.catalog.reasons(REASONS)}:
            raise UserError("reason_unknown", reason=reason[:20])


def _as_chosen(line: ReturnedLine, before: ReturnedLine) -> ReturnedLine:
    """Keep what a person chose for a line whose quantity changes."""
    return replace(line, reason=before.reason, is_sellable=before.is_sellable)
