"""Shifts: the float, cash moves, the X, the blind close and its Z."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Future

from pos_app.documents.layout import Layout
from pos_app.domain.permission import Permission
from pos_app.domain.policy import ShiftOpening
from pos_app.domain.shift import (
    CashCount,
    CashMove,
    CashMoveKind,
    Shift,
    ShiftClose,
    ShiftCount,
    ShiftFigures,
    ShiftReview,
    ShiftTotal,
)
from pos_app.domain.shift_totals import tender_sums
from pos_app.errors import UserError
from pos_app.ports.ledger import UnitOfWork
from pos_app.ports.printing import PrintJob
from pos_app.services.cash_move import CashMoveService
from pos_app.services.desk import Desk
from pos_app.services.open_shift import drawer_of, shift_finder
from pos_app.services.shift_close import ShiftCloser, refuse_odd_count
from pos_app.services.shift_papers import ShiftPapers
from pos_app.services.slip_forms import SlipFormService
from pos_app.services.x_report import XReportService, cash_keys


class ShiftService:
    """Owns the shift of this till, or of whoever is signed on (policy.shift_scope)."""

    def __init__(self, desk: Desk, forms: SlipFormService) -> None:
        self._desk = desk
        self._papers = ShiftPapers(desk, forms)
        self._moves = CashMoveService(desk, self._papers)
        self._closer = ShiftCloser(desk, self._papers)
        self._x = XReportService(desk, self._papers)

    # ------------------------------------------------------------------ reading

    def current(self) -> Shift | None:
        """Return the open shift of the till, or of whoever is signed on."""
        return self._desk.ledger.shifts.current(self._drawer())

    @property
    def asks_to_open(self) -> bool:
        """Tell whether the float must be counted before the first sale."""
        is_asked = self._desk.shop.policy.shift_opening is ShiftOpening.ASK
        return is_asked and self.current() is None

    def open_shifts(self) -> Sequence[Shift]:
        """Return every open shift of the till, the oldest first."""
        return self._desk.ledger.shifts.open_shifts()

    def left_minor(self) -> int:
        """Return the float that the last shift of the drawer left; 0 for the first."""
        close = self.last_close()
        return close.left_minor if close else 0

    def last_close(self) -> ShiftClose | None:
        """Return how the drawer's last shift was closed."""
        return self._desk.ledger.shifts.last_close(self._drawer())

    def counts(self, shift_id: str = "") -> Sequence[ShiftCount]:
        """Return the counts stored so far; the current shift's by default."""
        found = self._shift_id(shift_id)
        return self._desk.ledger.shifts.counts(found) if found else ()

    def totals(self, shift_id: str = "") -> Sequence[ShiftTotal]:
        """Return the running totals; whoever will count must not see the cash."""
        found = self._shift_id(shift_id)
        return self._desk.ledger.shifts.totals(found) if found else ()

    def tender_sums(self, shift_id: str = "") -> Mapping[str, int]:
        """Return what each tender took, less refunds and plus corrections.

        Returns:
            Tender key -> minor units; no cash, because that is counted blind.
        """
        return tender_sums(self.totals(shift_id), cash_keys(self._desk))

    def closes(self, limit: int = 30) -> Sequence[ShiftClose]:
        """Return the latest closes, newest first."""
        return self._desk.ledger.shifts.closes(limit)

    def waiting_reviews(self) -> Sequence[ShiftClose]:
        """Return the closes that wait for a manager's review, the oldest first."""
        return self._desk.ledger.shifts.waiting_reviews()

    # ----------------------------------------------------------- open, cash moves

    def open(
        self, count: CashCount | None = None, *, print_slip: bool = True
    ) -> Future[Shift]:
        """Open the shift with its float.

        Args:
            count: the float by denomination; None for the float that the last
                shift left, uncounted.
            print_slip: whether the opening slip is printed.

        Raises:
            ApprovalNeeded: "not_permitted".
            UserError: "not_signed_on", "shift_already_open" (from the future too),
                "cash_count_odd".
        """
        if count is not None:
            refuse_odd_count(count, self._desk.shop.cash_notes_minor)
        if self.current() is not None:
            raise UserError("shift_already_open")
        staff = self._desk.allow(Permission.SHIFT_OPEN).staff
        stamp = self._desk.stamp()
        finder = shift_finder(self._desk, staff, stamp)
        form = self._papers.form()

        def work(unit: UnitOfWork) -> Shift:
            if unit.shifts.current(finder.drawer) is not None:
                raise UserError("shift_already_open")
            shift = finder.open(unit, count)
            self._desk.clock.note(unit, stamp)
            if print_slip:
                unit.add_print_job(self._papers.opening_job(shift, form))
            return shift

        future = self._desk.record(work)
        self._papers.wake_after(future)
        return future

    def move(
        self,
        kind: CashMoveKind,
        amount_minor: int,
        reason: str = "",
        reference: str = "",
        *,
        print_slip: bool = True,
    ) -> Future[CashMove]:
        """Put cash into the drawer or take some out, once it is written down.

        Args:
            kind: paid in, paid out, or a drop into the safe.
            amount_minor: above zero, whichever way it goes.
            reason: key of a reason of the use "paid_in" or "paid_out"; "" for a
                drop, and where the shop has no such reasons.
            reference: number of the bag or the receipt; may be empty.
            print_slip: whether a slip for the signature is printed.

        Raises:
            ApprovalNeeded: "not_permitted".
            UserError: "amount_missing", "amount_no_coins" with `step_minor`,
                "reason_unknown", "reference_is_card_number", "reference_too_long",
                or "drawer_too_little" (from the future): there is less than that,
                said only to those who review differences.
        """
        return self._moves.move(
            kind, amount_minor, (reason, reference), print_slip=print_slip
        )

    def paid_in(
        self, amount_minor: int, reason: str = "", reference: str = ""
    ) -> Future[CashMove]:
        """Put cash into the drawer; see `move`."""
        return self.move(CashMoveKind.PAID_IN, amount_minor, reason, reference)

    def paid_out(
        self, amount_minor: int, reason: str = "", reference: str = ""
    ) -> Future[CashMove]:
        """Pay cash out of the drawer; see `move`."""
        return self.move(CashMoveKind.PAID_OUT, amount_minor, reason, reference)

    def safe_drop(self, amount_minor: int, bag: str = "") -> Future[CashMove]:
        """Put cash from the drawer into the safe; see `move`."""
        return self.move(CashMoveKind.SAFE_DROP, amount_minor, "", bag)

    # ------------------------------------------------------------------ X report

    def x_report(self, *, print_slip: bool = True) -> Future[ShiftFigures]:
        """Return the figures of the open shift, and print them; nothing is reset.

        Whoever will count the drawer gets no figure of its cash: only roles that
        review differences do.

        Raises:
            ApprovalNeeded: "not_permitted".
            UserError: "not_signed_on" or "shift_not_open" (from the future too).
        """
        return self._x.report(self._drawer(), print_slip=print_slip)

    # --------------------------------------------------------------------- close

    def open_drawer(self) -> Future[None]:
        """Open the drawer to count it; no drawer opened without a sale.

        Raises:
            ApprovalNeeded: "not_permitted" for whoever may neither open a shift
                nor close one.
        """
        return self._closer.open_drawer()

    def count(self, count: CashCount, shift_id: str = "") -> Future[ShiftCount]:
        """Store a blind count before anybody sees what was expected.

        What should be there is read in the same transaction. When the future is
        good the difference may be shown: `difference_minor`, and
        `count_hint.count_hint(count, difference_minor)`. One recount is allowed.

        Args:
            count: by denomination, zeros included.
            shift_id: of somebody else's shift; the current one by default.

        Raises:
            ApprovalNeeded: "not_permitted".
            UserError: "shift_not_open", "shift_closed", "cash_count_odd", or
                "shift_counted_twice" (from the future too).
        """
        return self._closer.count(count, self._shift_id(shift_id))

    def close(
        self,
        left_minor: int,
        carried: Sequence[str] = (),
        bag: str = "",
        shift_id: str = "",
        *,
        print_slip: bool = True,
    ) -> Future[ShiftClose]:
        """Close the counted shift and write its Z, in one transaction.

        It waits for nobody: a difference above the limit is queued for a review.
        What was sold after the count is carried on. Whoever counted needs no
        approval again.

        Args:
            left_minor: what stays as the next float; the rest goes to the safe.
            carried: numbers of the parked sales that are knowingly carried over.
            bag: number of the bag that goes to the safe; may be empty.
            shift_id: of somebody else's shift; the current one by default.
            print_slip: whether the Z is printed.

        Raises:
            ApprovalNeeded: "not_permitted".
            UserError: "shift_not_open", "shift_closed", "shift_not_counted",
                "shift_basket_open" while goods or money wait in the open sale,
                "shift_parked_waiting" with `count` and `numbers` when `carried` is
                not what is parked, "float_too_large" with `counted_minor`, all
                from the future too; nothing is changed then.
        """
        shift = self._shift_id(shift_id)
        return self._closer.close(
            shift, left_minor, tuple(carried), bag, print_slip=print_slip
        )

    def review(self, shift_id: str, note: str = "") -> Future[ShiftReview]:
        """Look at a close that was off by too much (law 12: two people).

        Raises:
            ApprovalNeeded: "not_permitted".
            UserError: "review_unknown" when none waits (from the future too),
                "review_by_counter" for whoever counted or closed that shift.
        """
        return self._closer.review(shift_id, note)

    # -------------------------------------------------------------------- papers

    def reprint_z(self, shift_id: str) -> Future[PrintJob]:
        """Queue a copy of a Z, marked COPY n.

        Raises:
            ApprovalNeeded: "not_permitted".
            UserError: "shift_not_closed".
        """
        return self._papers.reprint_z(shift_id)

    def z_layout(self, close: ShiftClose) -> Layout:
        """Return a Z as it is printed, for the screen."""
        return self._papers.z_layout(close)

    def x_layout(self, figures: ShiftFigures) -> Layout:
        """Return an X as it is printed, for the screen."""
        return self._papers.x_layout(figures, self._papers.form())

    # --------------------------------------------------------------------- inner

    def _drawer(self) -> str:
        return drawer_of(self._desk, self._desk.session.cashier)

    def _shift_id(self, shift_id: str) -> str:
        """Return the shift that is meant; "" where none is open."""
        current = None if shift_id else self.current()
        return shift_id or (current.shift_id if current else "")
