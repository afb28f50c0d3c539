"""Whether the owner has shown that the recovery code lies where it can be found."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future

from pos_app.domain.journal import EntryKind
from pos_app.domain.permission import Demand, Permission
from pos_app.ports.ledger import UnitOfWork
from pos_app.services.desk import Desk

#: A setting of the ledger; a shop made before there was one has nothing there.
RECOVERY_CODE = "recovery_code"
_WAITING, _CONFIRMED = "waiting", "confirmed"


class RecoveryReminder:
    """Warns until somebody typed the recovery code back."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._is_waiting = desk.ledger.setting(RECOVERY_CODE) == _WAITING

    @property
    def is_waiting(self) -> bool:
        """Tell whether the code was never typed back."""
        return self._is_waiting

    def allow(self) -> None:
        """Let whoever may change settings deal with the code.

        Raises:
            UserError, ApprovalNeeded: see `Desk.allow`.
        """
        self._desk.allow(Demand(Permission.SETTINGS, RECOVERY_CODE))

    def begin(self, *, is_waiting: bool) -> Future[None]:
        """Store where a new code stands, with its entry in the journal."""
        return self._desk.record(self._storing(is_waiting=is_waiting))

    def adopt(self, *, is_waiting: bool) -> None:
        """Put in force what is stored."""
        self._is_waiting = is_waiting

    def _storing(self, *, is_waiting: bool) -> Callable[[UnitOfWork], None]:
        stamp, value = self._desk.stamp(), _WAITING if is_waiting else _CONFIRMED

        def work(unit: UnitOfWork) -> None:
            before = unit.setting(RECOVERY_CODE) or ""
            unit.set_setting(RECOVERY_CODE, value)
            body = {"before": {RECOVERY_CODE: before}, "after": {RECOVERY_CODE: value}}
            unit.append(EntryKind.SETTINGS_CHANGED, body, stamp)

        return work
