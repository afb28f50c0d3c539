"""Wrong PINs are counted, and whoever has too many waits; durable (law 12).

One count for each person, whatever the PIN was asked for: signing on or consent.
"""

from __future__ import annotations

from collections.abc import Mapping

from pos_app.domain.journal import EntryKind
from pos_app.errors import UserError
from pos_app.ports.ledger import Lockout, Stamp, UnitOfWork
from pos_app.services.credentials import Credentials
from pos_app.values.times import Timestamp

FAILURES_ALLOWED = 5
FIRST_LOCK_S = 30
LONGEST_LOCK_S = 24 * 3600


class PinLockout:
    """Checks PINs on the core thread, in the transaction of what they are for."""

    def __init__(self, credentials: Credentials) -> None:
        self._credentials = credentials

    def refusal(
        self,
        unit: UnitOfWork,
        stamp: Stamp,
        secret: tuple[str, str],
        asked_for: Mapping[str, object],
    ) -> UserError | None:
        """Check the PIN of whoever `stamp` names; argon2 takes its time.

        Args:
            unit: the transaction that counts the failure or forgets them.
            stamp: whose PIN it is, and when.
            secret: the hash that is kept, and the PIN that was typed.
            asked_for: stands in the journal beside a failure.

        Returns:
            None when it is right; "pin_wrong" with the tries left, or
            "pin_locked" with the seconds to wait.
        """
        waits = locked(unit, stamp.actor, stamp.at)
        if waits is not None:
            return waits
        if self._credentials.pin_matches(*secret):
            unit.set_lockout(stamp.actor, Lockout(0, None))
            return None
        return count_failure(unit, stamp, asked_for, stamp.actor)


def locked(unit: UnitOfWork, staff_id: str, now: Timestamp) -> UserError | None:
    """Tell how long somebody must wait; never longer than their lock lasts.

    A clock that ran ahead when the lock began and was put right since would
    otherwise lock them out for as long as it had been wrong.
    """
    lockout = unit.lockout(staff_id)
    if lockout.until is None or lockout.until <= now:
        return None
    wait_s = -(-(lockout.until.unix_ms - now.unix_ms) // 1000)
    whole_s = lock_s(lockout.failures)
    if wait_s > whole_s:
        wait_s = whole_s
        fresh = Lockout(lockout.failures, now.plus_seconds(whole_s))
        unit.set_lockout(staff_id, fresh)
    return UserError("pin_locked", seconds=wait_s)


def lock_s(failures: int) -> int:
    """Return how long a lock lasts: 30 s x 2^n from the fifth failure on."""
    beyond = max(0, failures - FAILURES_ALLOWED)
    return min(FIRST_LOCK_S << min(beyond, 16), LONGEST_LOCK_S)


def count_failure(
    unit: UnitOfWork, stamp: Stamp, asked_for: Mapping[str, object], subject: str
) -> UserError:
    """Count a failure and journal it; from the fifth on, lock for 30 s x 2^n.

    Args:
        unit: the transaction.
        stamp: who tried, and when.
        asked_for: stands in the journal beside the failure.
        subject: whose failures they are: a staff id, or what is guessed at.
    """
    failures = unit.lockout(subject).failures + 1
    body = {"failures": failures, **asked_for}
    unit.append(EntryKind.SIGN_ON_FAILED, body, stamp)
    if failures < FAILURES_ALLOWED:
        unit.set_lockout(subject, Lockout(failures, None))
        return UserError("pin_wrong", tries_left=FAILURES_ALLOWED - failures)
    seconds = lock_s(failures)
    unit.set_lockout(subject, Lockout(failures, stamp.at.plus_seconds(seconds)))
    return UserError("pin_locked", seconds=seconds)
