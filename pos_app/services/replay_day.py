"""Replays the shop's day: prices by hand, parked sales, goods that come back."""

from __future__ import annotations

from typing import Any

from pos_app.domain.codec import to_plain
from pos_app.domain.parked_sale import ParkedSale
from pos_app.domain.permission import Demand
from pos_app.domain.sale import Sale
from pos_app.errors import UserError
from pos_app.services import replay_day_commands as commands
from pos_app.services.counter import Counter
from pos_app.services.replay_documents import Step, document_of
from pos_app.values.money import parse_minor
from pos_app.values.percentage import Percentage
from pos_app.values.quantity import parse_quantity


class DayReplay:
    """The steps of a day beside plain selling."""

    def __init__(self, counter: Counter) -> None:
        self._counter = counter
        self._approver: commands.Approve | None = None

    def steps(self) -> dict[type[Any], Step]:
        """Return which command does what."""
        return {
            commands.Approve: self._stand_by,
            commands.Discount: self._discount,
            commands.Override: self._override,
            commands.Park: self._park,
            commands.Resume: self._resume,
            commands.ParkedVoid: self._void_parked,
            commands.Return: self._return,
            commands.ReturnItem: self._return_item,
            commands.ReturnVoid: self._return_void,
            commands.Refund: self._refund,
            commands.ReverseSale: self._reverse,
        }

    # --------------------------------------------------------------- approvals

    def _stand_by(self, command: commands.Approve) -> None:
        self._approver = command

    def approve(self, demand: Demand, reason: str) -> bool:
        """Let whoever stands by approve; whether anybody does.

        Args:
            demand: what the action asks for.
            reason: the action's own, where the approver gave none.

        Raises:
            UserError: why the approval was refused.
        """
        given = self._approver
        if given is None:
            return False
        service = self._counter.approval
        staff = self._counter.sign_on.by_number(given.number)
        known = [one.key for one in service.reasons(demand.action)]
        why = given.reason or (reason if reason in known else "")
        if known and not why:
            why = known[0]
        asked = service.approve(demand, staff.staff_id, given.pin, why)
        service.admit(asked.result())
        return True

    def gone(self) -> None:
        """Whoever stood by for the last line has left."""
        self._approver = None

    # ---------------------------------------------------------- prices by hand

    def _selected(self) -> str:
        basket = self._counter.sale.basket
        if basket is None or basket.selected is None:
            raise UserError("basket_empty")
        return basket.selected

    def _amount(self, text: str) -> int:
        return parse_minor(text, self._counter.sale.rules.currency)

    def _discount(self, command: commands.Discount) -> None:
        service = self._counter.price_by_hand
        off: Percentage | int = (
            Percentage.parse(command.percent)
            if command.percent
            else self._amount(command.amount)
        )
        if command.whole:
            service.discount_sale(off, command.reason)
        else:
            service.discount_line(self._selected(), off, command.reason)

    def _override(self, command: commands.Override) -> None:
        price_minor = self._amount(command.price)
        service = self._counter.price_by_hand
        service.override_price(self._selected(), price_minor, command.reason)

    # ------------------------------------------------------------ parked sales

    def _park(self, command: commands.Park) -> dict[str, Any]:
        parked = self._counter.park.park(command.name).result()
        self._counter.park.settled()
        return {
            "document": "parked",
            "number": parked.number,
            "name": parked.name,
            "total_minor": parked.total_minor,
            "item_count": parked.item_count,
        }

    def _parked(self, number: str) -> ParkedSale:
        """Return the parked sale of a full or short number, or the newest."""
        waiting = self._counter.park.all()
        fits = [x for x in waiting if number in (x.number, x.short_number, "")]
        if not fits:
            raise UserError("parked_gone", number=number[:40])
        return fits[-1]

    def _resume(self, command: commands.Resume) -> None:
        basket_id = self._parked(command.number).sale.basket.basket_id
        park = self._counter.park
        again = park.merge if command.merge else park.resume
        again(basket_id).result()
        park.settled()

    def _void_parked(self, command: commands.ParkedVoid) -> dict[str, Any]:
        basket_id = self._parked(command.number).sale.basket.basket_id
        void = self._counter.park.void(basket_id, command.reason).result()
        return {"document": "void", **to_plain(void)}

    # ------------------------------------------------------------ what comes back

    def _receipt(self, number: str) -> Sale:
        ledger = self._counter.desk.ledger
        if not number:
            last = ledger.last_sale()
            if last is None:
                raise UserError("sale_not_found")
            return last
        found = self._counter.returns.receipts.by_code(number)
        sale = ledger.sale(found[0].sale_id)
        assert sale is not None
        return sale

    def _return(self, command: commands.Return) -> None:
        service = self._counter.returns
        sale_id = self._receipt(command.receipt).sale_id
        found = service.begin(sale_id)
        if command.line > len(found.lines):
            raise UserError("line_unknown")
        row = found.lines[command.line - 1]
        quantity = parse_quantity(command.quantity) if command.quantity else row.left
        back = service.set_quantity(sale_id, command.line, quantity)
        here = back.lines[command.line - 1].here
        if here is None:
            name = row.line.name
            raise UserError("all_returned", name=name, number=found.sale.number)
        service.set_reason(here.line_id, command.reason)
        if command.damaged:
            service.set_sellable(here.line_id, is_sellable=False)

    def _return_item(self, command: commands.ReturnItem) -> None:
        found = self._counter.sale.look_up(command.code)
        if found is None:
            raise UserError("line_unknown")
        quantity = parse_quantity(command.quantity)
        service = self._counter.returns
        line = service.add_without_receipt(found.unit, quantity, command.reason)
        if command.damaged:
            service.set_sellable(line.line_id, is_sellable=False)

    def _return_void(self, command: commands.ReturnVoid) -> None:
        basket = self._counter.sale.basket
        if basket is None or command.line > len(basket.returns):
            raise UserError("line_unknown")
        self._counter.returns.remove(basket.returns[command.line - 1].line_id)

    def _refund(self, command: commands.Refund) -> None:
        service = self._counter.refund
        amount = self._amount(command.amount) if command.amount else None
        if command.key:
            service.give(command.key, amount, command.reference)
            return
        ways = [way for way in service.ways() if way.is_open]
        if not ways:
            raise UserError("tender_not_refundable")
        for way in ways:
            service.give(way.key, None, command.reference)

    def _reverse(self, command: commands.ReverseSale) -> dict[str, Any]:
        sale_id = self._receipt(command.receipt).sale_id
        reversal = self._counter.reversal
        return document_of(reversal.reverse(sale_id, command.reason).result())
