"""A member's own PIN: typed on the customer's side, counted, locked (law 12)."""

from __future__ import annotations

from pos_app.domain.journal import EntryKind
from pos_app.domain.member.profile_codec import profile_of
from pos_app.errors import UserError
from pos_app.ports.ledger import Lockout, Stamp, UnitOfWork
from pos_app.services.credentials import Credentials
from pos_app.services.desk import Desk
from pos_app.services.pin_lockout import FAILURES_ALLOWED, lock_s, locked

#: Before a member's id where failures are counted, beside those of the staff.
SUBJECT = "member/"


class MemberPins:
    """Checks PINs on the core thread, in a transaction that keeps the failure."""

    def __init__(self, desk: Desk, credentials: Credentials) -> None:
        self._desk, self._credentials = desk, credentials

    def refusal(
        self, unit: UnitOfWork, member_id: str, pin: str, stamp: Stamp
    ) -> UserError | None:
        """Check what was typed; argon2 takes its time.

        Returns:
            None when it is right; "member_pin_wrong" with `tries_left`,
            "member_pin_locked" with `seconds`, or "member_pin_none".
        """
        subject = SUBJECT + member_id
        waits = locked(unit, subject, stamp.at)
        if waits is not None:
            return UserError("member_pin_locked", **waits.params)
        record = unit.members.of(member_id)
        if record is None or record.sealed.is_erased:
            return UserError("member_erased")
        kept = profile_of(self._desk.vault.open(record.sealed)).pin_hash
        if not kept:
            return UserError("member_pin_none")
        if self._credentials.pin_matches(kept, pin):
            unit.set_lockout(subject, Lockout(0, None))
            return None
        return _count(unit, subject, member_id, stamp)


def _count(unit: UnitOfWork, subject: str, member_id: str, stamp: Stamp) -> UserError:
    failures = unit.lockout(subject).failures + 1
    body = {"member": member_id, "by": "pin", "failures": failures}
    unit.append(EntryKind.MEMBER_PROOF_FAILED, body, stamp)
    if failures < FAILURES_ALLOWED:
        unit.set_lockout(subject, Lockout(failures, None))
        return UserError("member_pin_wrong", tries_left=FAILURES_ALLOWED - failures)
    seconds = lock_s(failures)
    unit.set_lockout(subject, Lockout(failures, stamp.at.plus_seconds(seconds)))
    return UserError("member_pin_locked", seconds=seconds)
