"""Sign-on: PIN or badge, durable lockout, cashier switch that keeps the basket."""

from __future__ import annotations

from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass

from pos_app.domain.journal import EntryKind
from pos_app.domain.permission import Permission, Staff
from pos_app.errors import StorageError, UserError
from pos_app.ports.ledger import Stamp, UnitOfWork
from pos_app.services.badge_owner import badge_owner
from pos_app.services.credentials import Credentials
from pos_app.services.desk import Desk
from pos_app.services.pin_lockout import PinLockout, locked
from pos_app.services.trusted_clock import CLOCK_SUSPECT


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a try ended; kept even when it failed, so it is a value, not an error."""

    staff: Staff
    error: UserError | None


class SignOnService:
    """Lets staff in and out."""

    def __init__(self, desk: Desk, credentials: Credentials) -> None:
        self._desk = desk
        self._credentials = credentials
        self._pins = PinLockout(credentials)

    def by_number(self, number: str) -> Staff:
        """Return the staff member of a typed number.

        Raises:
            UserError: "staff_unknown".
        """
        for staff in self._desk.catalog.staff():
            if staff.number == number:
                return staff
        raise UserError("staff_unknown")  # it may have been a PIN

    def with_pin(self, staff_id: str, pin: str) -> Staff:
        """Sign on with a PIN.

        Raises:
            UserError: "pin_wrong" with the tries left, or "pin_locked" with the
                seconds to wait; the lockout is durable (law 12).
        """
        return self.admit(self.check_pin(staff_id, pin).result())

    def check_pin(self, staff_id: str, pin: str) -> Future[Verdict]:
        """Check a PIN on the core thread; argon2 takes its time.

        Raises:
            UserError: "staff_unknown".
        """
        staff = self._staff(staff_id)
        credential = self._desk.catalog.credential(staff_id)
        pin_hash = credential.pin_hash if credential else ""
        stamp = self._stamp(staff)

        def work(unit: UnitOfWork) -> Verdict:
            error = self._pins.refusal(unit, stamp, (pin_hash, pin), {})
            if error is None:
                self._enter(unit, "pin", stamp)
            return Verdict(staff, error)

        return self._desk.record(work)

    def admit(self, verdict: Verdict) -> Staff:
        """Begin the session of whoever was let in.

        Raises:
            UserError: why nobody was.
        """
        if verdict.error is not None:
            raise verdict.error
        self._desk.session.begin(verdict.staff)
        return verdict.staff

    def with_badge(self, code: str) -> Staff:
        """Sign on by scanning a badge; cashiers only (law 12).

        Raises:
            UserError: what `check_badge` raises, or "pin_locked".
        """
        return self.admit(self.check_badge(code).result())

    def check_badge(self, code: str) -> Future[Verdict]:
        """Check a badge; the screen does not wait for the disk.

        Raises:
            UserError: "badge_unknown", "badge_withdrawn", or "badge_needs_pin" with the staff id
                when the role is a supervisor's.
        """
        staff = self._owner(code)
        if staff.role.is_supervisor:
            raise UserError("badge_needs_pin", staff_id=staff.staff_id, name=staff.name)
        stamp = self._stamp(staff)

        def work(unit: UnitOfWork) -> Verdict:
            error = locked(unit, staff.staff_id, stamp.at)
            if error is None:
                self._enter(unit, "badge", stamp)
            return Verdict(staff, error)

        return self._desk.record(work)

    def sign_off(self, why: str = "cashier") -> None:
        """Sign off or lock; an open basket stays where it is.

        A till can always be locked: a disk that takes no entry does not keep
        the cashier signed on.
        """
        if self._desk.session.staff is None:
            return
        with suppress(StorageError):
            self.leave(why).result()

    def leave(self, why: str) -> Future[None]:
        """Sign off at once; the entry is on its way to the disk.

        A disk that takes no entry does not keep anybody signed on.
        """
        stamp = self._desk.stamp()
        self._desk.session.end()

        def work(unit: UnitOfWork) -> None:
            unit.append(EntryKind.SIGNED_OFF, {"why": why}, stamp)

        return self._desk.record(work)

    def confirm_clock(self) -> None:
        """Believe the machine's clock again: a manager looked at it.

        Raises:
            UserError: "not_permitted".
        """
        self.clock_confirmed(self.begin_clock_confirm().result())

    def begin_clock_confirm(self) -> Future[int]:
        """Journal that the clock is right; `clock_confirmed` then believes it.

        Returns:
            By how many milliseconds it was behind.

        Raises:
            UserError: "not_permitted".
        """
        self._desk.allow(Permission.CLOCK_CONFIRM)
        stamp = self._desk.stamp()
        behind_ms = self._desk.clock.behind_ms

        def work(unit: UnitOfWork) -> int:
            unit.append(EntryKind.CLOCK_CONFIRMED, {"behind_ms": behind_ms}, stamp)
            unit.set_setting(CLOCK_SUSPECT, "")
            return behind_ms

        return self._desk.record(work)

    def clock_confirmed(self, _behind_ms: int) -> None:
        """Believe the machine's clock: that it is right stands in the journal."""
        self._desk.clock.confirm()

    def _owner(self, badge: str) -> Staff:
        return badge_owner(self._desk, self._credentials, badge)

    def _staff(self, staff_id: str) -> Staff:
        for staff in self._desk.catalog.staff():
            if staff.staff_id == staff_id:
                return staff
        raise UserError("staff_unknown")

    def _stamp(self, staff: Staff) -> Stamp:
        stamp = self._desk.stamp()
        return Stamp(staff.staff_id, stamp.business_day, stamp.at)

    def _enter(self, unit: UnitOfWork, means: str, stamp: Stamp) -> None:
        unit.append(EntryKind.SIGNED_ON, {"by": means}, stamp)
        self._desk.clock.note(unit, stamp)
