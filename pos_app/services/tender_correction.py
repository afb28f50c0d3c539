"""A wrong tender put right by a new document, on the same business day."""

from __future__ import annotations

from concurrent.futures import Future

from pos_app.domain.correction import TenderCorrection
from pos_app.domain.permission import Demand, Permission
from pos_app.domain.refund_ways import contribution_minor
from pos_app.domain.sale import DocumentKind, Sale
from pos_app.domain.tender import LEDGER_KINDS, TenderKind, TenderLine, TenderType
from pos_app.errors import UserError
from pos_app.ports.ledger import UnitOfWork
from pos_app.services.checkout import CheckoutService
from pos_app.services.desk import Desk
from pos_app.services.open_shift import shift_finder
from pos_app.services.tender_choice import clean_reference, refuse_ledger_kind


class TenderCorrectionService:
    """Corrects which tender a finished sale was paid with."""

    def __init__(self, desk: Desk, checkout: CheckoutService) -> None:
        self._desk = desk
        self._checkout = checkout

    def correct(
        self, sale_id: str, tender_id: str, to_key: str, reference: str = ""
    ) -> Future[TenderCorrection]:
        """Move a tender's amount to the tender it should have been.

        Raises:
            UserError: "not_permitted", "sale_not_found", "correction_too_late",
                "tender_already_corrected", "tender_same", "tender_unknown",
                "cash_step_correction" for an amount that no coins make, or what
                `clean_reference` refuses.
        """
        demand = Demand(Permission.TENDER_CORRECT, tender_id)
        staff = self._desk.allow(demand).staff
        sale = self._desk.ledger.sale(sale_id)
        if sale is None:
            raise UserError("sale_not_found")
        if sale.business_day != self._desk.business_day():
            raise UserError("correction_too_late", number=sale.number)
        wrong = self._wrong(sale, tender_id)
        right = self._right(wrong, to_key)
        amount_minor = contribution_minor(sale, wrong)
        self._refuse_odd_cash(right, amount_minor)
        kept_reference = clean_reference(right, reference)
        stamp = self._desk.stamp(sale.business_day)

        find_shift = shift_finder(self._desk, staff, stamp)

        def work(unit: UnitOfWork) -> TenderCorrection:
            if unit.is_corrected(wrong.tender_id):  # by somebody quicker
                raise UserError("tender_already_corrected", number=sale.number)
            shift_id = find_shift(unit)
            correction = TenderCorrection(
                correction_id=self._desk.ids.new(),
                number=unit.next_number(sale.till, DocumentKind.TENDER_CORRECTION),
                sale_id=sale.sale_id,
                sale_number=sale.number,
                tender_id=wrong.tender_id,
                from_key=wrong.key,
                to_key=right.key,
                amount_minor=amount_minor,
                reference=kept_reference,
                till=sale.till,
                cashier_id=staff.staff_id,
                cashier_name=staff.name,
                business_day=sale.business_day,
                ended_at=stamp.at,
                shift_id=shift_id,
                from_kind=wrong.kind,
                to_kind=right.kind,
            )
            unit.add_correction(correction)
            return correction

        return self._desk.record(work)

    def _wrong(self, sale: Sale, tender_id: str) -> TenderLine:
        found = [t for t in sale.tenders if t.tender_id == tender_id]
        if not found:
            raise UserError("tender_unknown", tender="")
        done = {c.tender_id for c in self._desk.ledger.corrections_of(sale.sale_id)}
        if tender_id in done:
            raise UserError("tender_already_corrected", number=sale.number)
        if found[0].kind in LEDGER_KINDS:  # its own ledger has moved with it
            raise UserError("tender_of_ledger")
        return found[0]

    def _refuse_odd_cash(self, right: TenderType, amount_minor: int) -> None:
        """Refuse to say that an amount was paid in cash that no coins make.

        The sale was charged to the cent for another tender; cash would have been
        rounded, and the sale's rounding is part of what never changes (law 3).
        """
        step_minor = self._desk.shop.rules.cash_rounding.step_minor
        if right.kind is TenderKind.CASH and amount_minor % step_minor:
            raise UserError("cash_step_correction", step_minor=step_minor)

    def _right(self, wrong: TenderLine, to_key: str) -> TenderType:
        right = self._checkout.tender_type(to_key)
        refuse_ledger_kind(right)
        if right.key == wrong.key:
            raise UserError("tender_same", tender=right.name)
        return right
