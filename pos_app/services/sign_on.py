"""Sign-on: PIN or badge, durable lockout, cashier switch that keeps the basket."""

from __future__ import annotations

from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass

from pos_app.domain.journal import EntryKind
from pos_app.domain.permission import Permission, Staff
from pos_app.errors import StorageError, UserError
from pos_app.ports.ledger import Lockout, Stamp, UnitOfWork
from pos_app.services.credentials import Credentials
from pos_app.services.desk import Desk
from pos_app.services.trusted_clock import CLOCK_SUSPECT
from pos_app.values.times import Timestamp

FAILURES_ALLOWED = 5
FIRST_LOCK_S = 30
LONGEST_LOCK_S = 24 * 3600


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
            locked = _locked(unit, staff_id, stamp.at)
            if locked is not None:
                return Verdict(staff, locked)
            if self._credentials.pin_matches(pin_hash, pin):
                unit.set_lockout(staff_id, Lockout(0, None))
                self._enter(unit, "pin", stamp)
                return Verdict(staff, None)
            return Verdict(staff, _failed(unit, staff_id, stamp))

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
            UserError: "badge_unknown", or "badge_needs_pin" with the staff id
                when the role is a supervisor's.
        """
        digest = self._credentials.badge_digest(code)
        staff = self._desk.catalog.staff_by_badge(digest)
        if staff is None or not staff.is_active:
            raise UserError("badge_unknown")
        if staff.role.is_supervisor:
            raise UserError("badge_needs_pin", staff_id=staff.staff_id, name=staff.name)
        stamp = self._stamp(staff)

        def work(unit: UnitOfWork) -> Verdict:
            locked = _locked(unit, staff.staff_id, stamp.at)
            if locked is None:
                self._enter(unit, "badge", stamp)
            return Verdict(staff, locked)

        return self.admit(self._desk.record(work).result())

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
        self._desk.session.require(Permission.CLOCK_CONFIRM)
        stamp = self._desk.stamp()
        behind_ms = self._desk.clock.behind_ms

        def work(unit: UnitOfWork) -> None:
            unit.append(EntryKind.CLOCK_CONFIRMED, {"behind_ms": behind_ms}, stamp)
            unit.set_setting(CLOCK_SUSPECT, "")

        self._desk.record(work).result()
        self._desk.clock.confirm()

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


def _locked(unit: UnitOfWork, staff_id: str, now: Timestamp) -> UserError | None:
    """Tell how long somebody must wait; never longer than their lock lasts.

    A clock that ran ahead when the lock began and was put right since would
    otherwise lock them out for as long as it had been wrong.
    """
    lockout = unit.lockout(staff_id)
    if lockout.until is None or lockout.until <= now:
        return None
    wait_s = -(-(lockout.until.unix_ms - now.unix_ms) // 1000)
    whole_s = _lock_s(lockout.failures)
    if wait_s > whole_s:
        wait_s = whole_s
        fresh = Lockout(lockout.failures, now.plus_seconds(whole_s))
        unit.set_lockout(staff_id, fresh)
    return UserError("pin_locked", seconds=wait_s)


def _lock_s(failures: int) -> int:
    """Return how long a lock lasts: 30 s x 2^n from the fifth failure on."""
    beyond = max(0, failures - FAILURES_ALLOWED)
    return min(FIRST_LOCK_S << min(beyond, 16), LONGEST_LOCK_S)


def _failed(unit: UnitOfWork, staff_id: str, stamp: Stamp) -> UserError:
    """Count a failure; from the fifth on, lock for 30 s x 2^n."""
    failures = unit.lockout(staff_id).failures + 1
    unit.append(EntryKind.SIGN_ON_FAILED, {"failures": failures}, stamp)
    if failures < FAILURES_ALLOWED:
        unit.set_lockout(staff_id, Lockout(failures, None))
        return UserError("pin_wrong", tries_left=FAILURES_ALLOWED - failures)
    seconds = _lock_s(failures)
    unit.set_lockout(staff_id, Lockout(failures, stamp.at.plus_seconds(seconds)))
    return UserError("pin_locked", seconds=seconds)
