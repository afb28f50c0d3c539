"""A finished sale undone by a mirrored document (law 3: nothing is changed)."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass, replace

from pos_app.domain.journal import EntryKind
from pos_app.domain.line_rates import LineRates
from pos_app.domain.permission import Demand, Permission, Staff
from pos_app.domain.pricing_result import PricedBasket
from pos_app.domain.refund import ReturnPart, returned_part
from pos_app.domain.refund_ways import contribution_minor
from pos_app.domain.sale import DocumentKind, Sale
from pos_app.domain.tender import TenderKind, TenderLine
from pos_app.errors import UserError
from pos_app.ports.ledger import Stamp, UnitOfWork
from pos_app.services.after_sale import AfterCommit, opens_drawer
from pos_app.services.desk import Desk
from pos_app.services.open_shift import shift_finder
from pos_app.services.sale_booking import SaleBooking
from pos_app.services.sale_settlement import settle
from pos_app.services.slip import SlipService

#: The use of the reasons to choose from.
REASONS = "sale_reverse"


class ReversalService:
    """Mirrors finished sales of the same business day."""

    def __init__(self, desk: Desk, slip: SlipService) -> None:
        self._desk = desk
        self._slip = slip

    def reverse(
        self, sale_id: str, reason: str, *, print_slip: bool = True
    ) -> Future[Sale]:
        """Undo a finished sale: all goods back, all money back as it came.

        The open basket is not touched. Tenders go back as they were corrected,
        change deducted, whether they are refundable or not: it never was a sale.

        Raises:
            ApprovalNeeded: "not_permitted".
            UserError: "sale_not_found", "reason_unknown", "reverse_too_late" on
                another business day, "reverse_has_returns" for a ticket with
                returned goods, "returned_meanwhile" when goods of it came back
                or it was reversed already.
        """
        sale = self._desk.ledger.sale(sale_id)
        if sale is None:
            raise UserError("sale_not_found")
        if reason not in {x.key for x in self._desk.catalog.reasons(REASONS)}:
            raise UserError("reason_unknown", reason=reason[:20])
        if sale.returns:
            raise UserError("reverse_has_returns", number=sale.number)
        if sale.business_day != self._desk.business_day():
            raise UserError("reverse_too_late", number=sale.number)
        if self._desk.ledger.returns.taken_thousandths(sale_id):
            raise UserError("returned_meanwhile", number=sale.number)
        staff = self._desk.allow(Demand(Permission.SALE_REVERSE, sale_id)).staff
        mirrored = self._mirrored(sale, staff, reason)
        return self._commit(mirrored, sale, reason, print_slip=print_slip)

    def _commit(
        self, mirrored: _Mirrored, sale: Sale, reason: str, *, print_slip: bool
    ) -> Future[Sale]:
        form = self._slip.form()
        kicks = opens_drawer(self._desk, mirrored.refunds)
        find_shift = shift_finder(self._desk, mirrored.staff, mirrored.stamp)

        def work(unit: UnitOfWork) -> Sale:
            shift_id = find_shift(unit)
            number = unit.next_number(form.shop.till, DocumentKind.SALE)
            document = mirrored.document(number, form.shop.till, form.language)
            document = replace(document, shift_id=shift_id)
            unit.add_sale(document)
            stamp, shop = mirrored.stamp, form.shop
            facts = settle(SaleBooking(unit, document, stamp, self._desk, shop))
            self._desk.clock.note(unit, mirrored.stamp)
            body = {"sale": sale.sale_id, "by": document.sale_id, "reason": reason}
            unit.append(EntryKind.SALE_REVERSED, body, mirrored.stamp)
            if kicks:
                opened = {"why": "reversal", "sale": document.sale_id}
                unit.append(EntryKind.DRAWER_OPENED, opened, mirrored.stamp)
            if print_slip:
                unit.add_print_job(self._slip.job(document, form.telling(facts)))
            return document

        future = self._desk.record(work)
        future.add_done_callback(AfterCommit(self._desk.printer, kicks=kicks))
        return future

    def _mirrored(self, sale: Sale, staff: Staff, reason: str) -> _Mirrored:
        desk = self._desk
        corrections = {
            each.tender_id: each for each in desk.ledger.corrections_of(sale.sale_id)
        }
        kinds = {kind.key: kind.kind for kind in desk.catalog.known_tenders()}
        refunds = []
        for tender in sale.tenders:
            right = corrections.get(tender.tender_id)
            key = right.to_key if right else tender.key
            amount_minor = contribution_minor(sale, tender)
            known = kinds.get(key, TenderKind.OTHER) if right else tender.kind
            reference = right.reference if right else tender.reference
            if amount_minor:
                refund = TenderLine(desk.ids.new(), key, known, amount_minor, reference)
                refunds.append(replace(refund, account_id=tender.account_id))
        return _Mirrored(
            sale=sale,
            sale_id=desk.ids.new(),
            line_ids=tuple(desk.ids.new() for _ in sale.lines),
            refunds=tuple(refunds),
            staff=staff,
            reason=reason,
            stamp=desk.stamp(sale.business_day),
            clock_suspect=desk.clock.is_suspect,
        )


@dataclass(frozen=True, slots=True)
class _Mirrored:
    """What the mirrored document is made of, but for its number."""

    sale: Sale
    sale_id: str
    line_ids: tuple[str, ...]
    refunds: tuple[TenderLine, ...]
    staff: Staff
    reason: str
    stamp: Stamp
    clock_suspect: bool

    def document(self, number: str, till: str, language: str) -> Sale:
        """Return the document: every line comes back whole."""
        sale, rates = self.sale, LineRates(self.sale)
        returns = tuple(
            returned_part(
                sale,
                ReturnPart(position, 0, line.priced.quantity),
                line_id,
                self.reason,
                rates,
            )
            for position, (line, line_id) in enumerate(
                zip(sale.lines, self.line_ids, strict=True), 1
            )
        )
        return Sale(
            sale_id=self.sale_id,
            number=number,
            till=till,
            cashier_id=self.staff.staff_id,
            cashier_name=self.staff.name,
            business_day=sale.business_day,
            started_at=self.stamp.at,
            ended_at=self.stamp.at,
            clock_suspect=self.clock_suspect,
            language=language,
            lines=(),
            priced=PricedBasket(sale.priced.currency, (), 0, 0, 0, (), 0, 0, 0),
            tenders=(),
            change_minor=0,
            rounding_minor=0,
            round_off_minor=0,
            returns=returns,
            refunds=self.refunds,
            reverses=sale.sale_id,
        )
