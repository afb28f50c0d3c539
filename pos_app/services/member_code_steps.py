"""Which rotating codes were taken: at once in memory, and durably behind it.

A code is written down before the intent that it led to: whoever finds the member in
an open sale after a crash finds the code used up, too.
"""

from __future__ import annotations

from pos_app.ports.ledger import UnitOfWork
from pos_app.services.desk import Desk
from pos_app.services.member_codes import StepsInMemory


class LedgerSteps:
    """Steps of this till's ledger (implements ports CodeSteps)."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._taken = StepsInMemory()

    def take(self, number: int, step: int) -> bool:
        """Remember a step; False when it is not a newer one."""
        if step <= self._desk.ledger.members.last_step(number):
            return False
        if not self._taken.take(number, step):
            return False

        def work(unit: UnitOfWork) -> None:
            unit.members.take_step(number, step)

        self._desk.record(work)
        return True
