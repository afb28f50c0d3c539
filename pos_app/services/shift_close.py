"""The blind close: a stored count, one recount, the Z, and a review afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace

from pos_app.domain.journal import EntryKind
from pos_app.domain.permission import Demand, Permission, Staff
from pos_app.domain.sale import DocumentKind
from pos_app.domain.shift import (
    TILL_DRAWER,
    CashCount,
    Shift,
    ShiftClose,
    ShiftCount,
    ShiftReview,
)
from pos_app.domain.shift_totals import Tally, TotalKind, of_close
from pos_app.errors import UserError
from pos_app.ports.ledger import Stamp, UnitOfWork
from pos_app.services.cash_move import clean_bag
from pos_app.services.desk import Desk
from pos_app.services.shift_papers import ShiftPapers
from pos_app.services.typed_code import clean_note

#: The first count and one recount.
COUNTS_ALLOWED = 2
#: More pieces of one denomination than any drawer holds: a barcode in the field.
PIECES_LIMIT = 100_000


def refuse_odd_count(count: CashCount, values_minor: Sequence[int]) -> None:
    """Refuse a count of what is no cash of the shop.

    Raises:
        UserError: "cash_count_odd" with `value_minor` and `pieces`.
    """
    seen: set[int] = set()
    for value, pieces in count.pieces:
        is_known = value in values_minor and value not in seen
        if not is_known or not 0 <= pieces <= PIECES_LIMIT:
            raise UserError("cash_count_odd", value_minor=value, pieces=pieces)
        seen.add(value)


@dataclass(frozen=True, slots=True)
class _Closing:
    """What is known of a close before its transaction.

    Attributes:
        shift_id: of the shift. staff: who closes. stamp: who, when.
        left_minor, carried, bag: as asked for.
        limit_minor: a larger difference waits for a review.
        clock_suspect: as the clock stands now (law 13).
    """

    shift_id: str
    staff: Staff
    stamp: Stamp
    left_minor: int
    carried: tuple[str, ...]
    bag: str
    limit_minor: int
    clock_suspect: bool


class ShiftCloser:
    """Counts, closes and reviews shifts."""

    def __init__(self, desk: Desk, papers: ShiftPapers) -> None:
        self._desk = desk
        self._papers = papers

    def open_drawer(self) -> Future[None]:
        """Open the drawer to count it; see `ShiftService.open_drawer`."""
        staff = self._desk.session.cashier
        if not staff.may(Permission.SHIFT_OPEN):
            self._desk.allow(Permission.SHIFT_CLOSE)
        stamp = self._desk.stamp()

        def work(unit: UnitOfWork) -> None:
            body = {"why": "count", "count": True}
            unit.append(EntryKind.DRAWER_OPENED, body, stamp)

        future = self._desk.record(work)
        self._papers.open_drawer_after(future)
        return future

    def count(self, count: CashCount, shift_id: str) -> Future[ShiftCount]:
        """Store a blind count; see `ShiftService.count`."""
        refuse_odd_count(count, self._desk.shop.cash_notes_minor)
        shift = self._open_one(shift_id)
        if len(self._desk.ledger.shifts.counts(shift_id)) >= COUNTS_ALLOWED:
            raise UserError("shift_counted_twice")
        staff = self._desk.allow(self._demand(shift)).staff
        stamp = self._desk.stamp()

        def work(unit: UnitOfWork) -> ShiftCount:
            before = unit.shifts.counts(shift_id)
            _refuse_closed(unit, shift_id)
            if len(before) >= COUNTS_ALLOWED:
                raise UserError("shift_counted_twice")
            counted = ShiftCount(
                shift_id=shift_id,
                position=len(before) + 1,
                count=count,
                expected_minor=unit.shifts.expected_minor(shift_id),
                counted_at=stamp.at,
                counted_by=staff.staff_id,
                counted_by_name=staff.name,
            )
            unit.shifts.add_count(counted, stamp.business_day)
            self._desk.clock.note(unit, stamp)
            return counted

        return self._desk.record(work)

    def close(
        self,
        shift_id: str,
        left_minor: int,
        carried: tuple[str, ...],
        bag: str,
        *,
        print_slip: bool,
    ) -> Future[ShiftClose]:
        """Close a counted shift; see `ShiftService.close`."""
        clean = clean_bag(bag)
        shift = self._open_one(shift_id)
        counts = self._desk.ledger.shifts.counts(shift_id)
        if not counts:
            raise UserError("shift_not_counted")
        self._refuse_waiting(carried)
        staff = self._closer(shift, counts[-1])
        closing = _Closing(
            shift_id=shift_id,
            staff=staff,
            stamp=self._desk.stamp(),
            left_minor=left_minor,
            carried=carried,
            bag=clean,
            limit_minor=self._desk.shop.policy.difference_limit_minor,
            clock_suspect=self._desk.clock.is_suspect,
        )
        form = self._papers.form()

        def work(unit: UnitOfWork) -> ShiftClose:
            self._desk.clock.note(unit, closing.stamp)
            close = _closed(unit, closing)
            unit.shifts.close(close)
            if print_slip:
                corrections = unit.shifts.corrections(shift_id)
                unit.add_print_job(self._papers.z_job(close, corrections, form))
            return close

        future = self._desk.record(work)
        self._papers.wake_after(future)
        return future

    def review(self, shift_id: str, note: str) -> Future[ShiftReview]:
        """Look at a difference; see `ShiftService.review`."""
        words = clean_note(note)
        close = self._desk.ledger.shifts.close_of(shift_id)
        if close is None or not close.needs_review:
            raise UserError("review_unknown")
        own = {close.closed_by, *(count.counted_by for count in close.counts)}
        cleared = self._desk.allow(Demand(Permission.SHIFT_REVIEW, shift_id))
        reviewer = self._person(cleared.approved_by) or cleared.staff
        if reviewer.staff_id in own:
            raise UserError("review_by_counter", name=reviewer.name)
        stamp = self._desk.stamp()

        def work(unit: UnitOfWork) -> ShiftReview:
            if unit.shifts.review_of(shift_id) is not None:
                raise UserError("review_unknown")
            review = ShiftReview(
                shift_id, stamp.at, reviewer.staff_id, reviewer.name, words
            )
            unit.shifts.add_review(review, stamp.business_day)
            return review

        return self._desk.record(work)

    def _open_one(self, shift_id: str) -> Shift:
        shifts = self._desk.ledger.shifts
        shift = shifts.shift(shift_id) if shift_id else None
        if shift is None:
            raise UserError("shift_not_open")
        close = shifts.close_of(shift_id)
        if close is not None:
            raise UserError("shift_closed", number=close.z_number)
        return shift

    def _demand(self, shift: Shift) -> Demand:
        """Return what a close asks for; it depends on whose shift it is.

        The till's shift is its opener's, or nobody's where it opened by itself.
        """
        owner = shift.drawer
        if owner == TILL_DRAWER:
            owner = shift.opened_by if shift.count is not None else ""
        is_own = owner in ("", self._desk.session.cashier.staff_id)
        action = Permission.SHIFT_CLOSE if is_own else Permission.SHIFT_CLOSE_OTHER
        return Demand(action, shift.shift_id)

    def _closer(self, shift: Shift, last: ShiftCount) -> Staff:
        """Return who closes: whoever was let count needs no second approval."""
        staff = self._desk.session.cashier
        if staff.staff_id == last.counted_by:
            return staff
        return self._desk.allow(self._demand(shift)).staff

    def _refuse_waiting(self, carried: tuple[str, ...]) -> None:
        """Refuse what the ledger will refuse, before an approval is used up."""
        waiting = self._desk.ledger.parked.all()
        _refuse_uncarried(tuple(each.number for each in waiting), carried)

    def _person(self, staff_id: str) -> Staff | None:
        people = {staff.staff_id: staff for staff in self._desk.catalog.staff()}
        return people.get(staff_id)


def _closed(unit: UnitOfWork, closing: _Closing) -> ShiftClose:
    """Return the close as the ledger stands in this transaction."""
    shift_id = closing.shift_id
    _refuse_closed(unit, shift_id)
    shift, counts = unit.shifts.shift(shift_id), unit.shifts.counts(shift_id)
    assert shift is not None
    basket = unit.open_sale()
    if basket is not None and not basket.is_empty:
        raise UserError("shift_basket_open")
    parked = tuple(each.number for each in unit.parked.all())
    _refuse_uncarried(parked, closing.carried)
    before = Tally(unit.shifts.totals(shift_id))
    expected_minor = before.expected_minor
    counted_minor = expected_minor + counts[-1].difference_minor
    if not 0 <= closing.left_minor <= max(0, counted_minor):
        raise UserError("float_too_large", counted_minor=counted_minor)
    first, last = unit.shifts.sale_numbers(shift_id)
    suspect = before.count(TotalKind.CLOCK_SUSPECT) > 0
    close = ShiftClose(
        shift=shift,
        z_number=unit.next_number(shift.till, DocumentKind.Z_REPORT),
        closed_at=closing.stamp.at,
        closed_by=closing.staff.staff_id,
        closed_by_name=closing.staff.name,
        business_day=closing.stamp.business_day,
        counts=tuple(counts),
        expected_minor=expected_minor,
        counted_minor=counted_minor,
        left_minor=closing.left_minor,
        totals=(),
        first_number=first,
        last_number=last,
        carried=parked,
        needs_review=abs(counts[-1].difference_minor) > closing.limit_minor,
        clock_suspect=suspect or closing.clock_suspect,
        chain_head=unit.shifts.chain_head(),
        bag=closing.bag,
    )
    after = Tally((*before.totals, *of_close(close)))
    return replace(close, totals=after.totals)


def _refuse_closed(unit: UnitOfWork, shift_id: str) -> None:
    close = unit.shifts.close_of(shift_id)
    if close is not None:
        raise UserError("shift_closed", number=close.z_number)


def _refuse_uncarried(parked: tuple[str, ...], carried: tuple[str, ...]) -> None:
    if sorted(parked) != sorted(carried):
        shorts = (each.rsplit("-", 1)[-1].lstrip("0") for each in parked)
        raise UserError(
            "shift_parked_waiting", count=len(parked), numbers=", ".join(shorts)
        )
