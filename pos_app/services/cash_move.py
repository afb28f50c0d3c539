"""Cash that moves without a sale: paid in, paid out, dropped into the safe."""

from __future__ import annotations

from concurrent.futures import Future

from pos_app.domain.journal import EntryKind
from pos_app.domain.permission import Demand, Permission
from pos_app.domain.sale import DocumentKind
from pos_app.domain.shift import CashMove, CashMoveKind
from pos_app.errors import UserError
from pos_app.ports.ledger import UnitOfWork
from pos_app.services.desk import Desk
from pos_app.services.open_shift import shift_finder
from pos_app.services.payment_secrets import holds_card_number
from pos_app.services.shift_papers import ShiftPapers
from pos_app.services.typed_text import typed_text

REFERENCE_LIMIT = 40
_PERMISSIONS = {
    CashMoveKind.PAID_IN: Permission.PAID_IN,
    CashMoveKind.PAID_OUT: Permission.PAID_OUT,
    CashMoveKind.SAFE_DROP: Permission.SAFE_DROP,
}


class CashMoveService:
    """Writes cash moves; the drawer opens once they are durable (law 1)."""

    def __init__(self, desk: Desk, papers: ShiftPapers) -> None:
        self._desk = desk
        self._papers = papers

    def move(
        self,
        kind: CashMoveKind,
        amount_minor: int,
        why: tuple[str, str],
        *,
        print_slip: bool,
    ) -> Future[CashMove]:
        """Move cash; see `ShiftService.move`. `why` is its reason and reference."""
        reason, reference = why[0], clean_bag(why[1])
        self._refuse_amount(amount_minor)
        self._refuse_reason(kind, reason)
        cleared = self._desk.allow(
            Demand(_PERMISSIONS[kind], amount_minor=amount_minor)
        )
        staff, stamp = cleared.staff, self._desk.stamp()
        # Whoever will count blind must not find the sum out by trying: what they
        # took is booked, and the close shows the difference.
        sees_cash = staff.may(Permission.SHIFT_REVIEW)
        find_shift = shift_finder(self._desk, staff, stamp)
        form, move_id = self._papers.form(), self._desk.ids.new()

        def work(unit: UnitOfWork) -> CashMove:
            shift_id = find_shift(unit)
            move = CashMove(
                move_id=move_id,
                number=unit.next_number(form.form.shop.till, DocumentKind.CASH_MOVE),
                kind=kind,
                amount_minor=amount_minor,
                reason=reason,
                reference=reference,
                shift_id=shift_id,
                till=form.form.shop.till,
                staff_id=staff.staff_id,
                staff_name=staff.name,
                approved_by=cleared.approved_by,
                business_day=stamp.business_day,
                at=stamp.at,
            )
            left_minor = unit.shifts.expected_minor(shift_id) + move.signed_minor
            if move.signed_minor < 0 and left_minor < 0 and sees_cash:
                raise UserError("drawer_too_little")
            unit.shifts.add_move(move)
            self._desk.clock.note(unit, stamp)
            body = {"why": kind.value, "move": move_id}
            unit.append(EntryKind.DRAWER_OPENED, body, stamp)
            if print_slip:
                unit.add_print_job(self._papers.move_job(move, form))
            return move

        future = self._desk.record(work)
        self._papers.open_drawer_after(future)
        return future

    def _refuse_amount(self, amount_minor: int) -> None:
        if amount_minor <= 0:
            raise UserError("amount_missing")
        step_minor = self._desk.shop.rules.cash_rounding.step_minor
        if amount_minor % step_minor:
            raise UserError("amount_no_coins", step_minor=step_minor)

    def _refuse_reason(self, kind: CashMoveKind, reason: str) -> None:
        known = [""]
        if kind is not CashMoveKind.SAFE_DROP:
            reasons = self._desk.catalog.reasons(kind.value)
            known = [one.key for one in reasons] or [""]
        if reason not in known:
            raise UserError("reason_unknown", reason=reason[:20])


def clean_bag(reference: str) -> str:
    """Return a bag's or receipt's number as it is kept.

    Raises:
        UserError: "reference_is_card_number" or "reference_too_long".
    """
    text = typed_text(reference, len(reference))
    if holds_card_number(text):
        raise UserError("reference_is_card_number")
    if len(text) > REFERENCE_LIMIT:
        raise UserError("reference_too_long", limit=REFERENCE_LIMIT)
    return text
