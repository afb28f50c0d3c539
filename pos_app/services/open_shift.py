"""The shift that a document counts in; selling never waits for one to be opened."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.domain.permission import Staff
from pos_app.domain.policy import ShiftScope
from pos_app.domain.sale import DocumentKind
from pos_app.domain.shift import TILL_DRAWER, CashCount, Shift
from pos_app.ports.ledger import Stamp, UnitOfWork
from pos_app.services.desk import Desk


def drawer_of(desk: Desk, staff: Staff) -> str:
    """Return whose drawer somebody works with: the till's, or their own."""
    is_own = desk.shop.policy.shift_scope is ShiftScope.CASHIER
    return staff.staff_id if is_own else TILL_DRAWER


@dataclass(frozen=True, slots=True)
class ShiftFinder:
    """Finds a drawer's open shift inside a transaction; opens one where none is.

    Everything it needs is gathered on the desk's thread, before the core thread runs.

    Attributes:
        drawer, till: which one. shift_id: of a shift that may have to be opened.
        staff: who works. stamp: who, on which day, when.
    """

    drawer: str
    till: str
    shift_id: str
    staff: Staff
    stamp: Stamp

    def __call__(self, unit: UnitOfWork) -> str:
        """Return the id of the shift that a document of this transaction counts in."""
        found = unit.shifts.current(self.drawer)
        return (found or self.open(unit, None)).shift_id

    def open(self, unit: UnitOfWork, count: CashCount | None) -> Shift:
        """Open a shift, with the float as counted or as the last shift left it."""
        left_minor = unit.shifts.left_minor(self.drawer) or 0
        float_minor = left_minor if count is None else count.total_minor
        shift = Shift(
            shift_id=self.shift_id,
            number=unit.next_number(self.till, DocumentKind.SHIFT),
            till=self.till,
            drawer=self.drawer,
            business_day=self.stamp.business_day,
            opened_at=self.stamp.at,
            opened_by=self.staff.staff_id,
            opened_by_name=self.staff.name,
            expected_minor=left_minor or float_minor,
            float_minor=float_minor,
            count=count,
        )
        unit.shifts.open(shift)
        return shift


def shift_finder(desk: Desk, staff: Staff, stamp: Stamp) -> ShiftFinder:
    """Return what finds, or opens, the shift of a document about to be written."""
    return ShiftFinder(
        drawer_of(desk, staff), desk.shop.till, desk.ids.new(), staff, stamp
    )
