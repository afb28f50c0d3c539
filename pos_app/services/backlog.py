"""What the cashier saw accepted and the disk may not hold yet (law 10).

The screen is never behind the disk; when the disk refuses (it is full), the screen
is ahead of it. So accepted intents wait here, in order, and whatever transaction
comes next stores them first. The database itself says how many it holds, so no
failure, half seen or retried, can leave a gap or store anything twice.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pos_app.domain.journal import EntryKind
from pos_app.domain.open_sale import Intent, OpenSale
from pos_app.ports.ledger import Stamp, UnitOfWork
from pos_app.services.coupon_reserving import follow, release_basket
from pos_app.values.times import Timestamp


@dataclass(frozen=True, slots=True)
class Fact:
    """A journal entry that belongs to an intent, such as a voided line.

    Attributes:
        kind, body, stamp: of the entry.
        first: what is stored before the intent in the same transaction, such as a
            coupon that was never seen here; it refuses nothing. None for nothing.
    """

    kind: EntryKind
    body: Mapping[str, object]
    stamp: Stamp
    first: Callable[[UnitOfWork], None] | None = None


@dataclass(frozen=True, slots=True)
class Accepted:
    """One accepted intent.

    Attributes:
        sale: which open sale; without its lines. intent: what was accepted.
        at: when. fact: what is journalled with it, if anything.
    """

    sale: OpenSale
    intent: Intent
    at: Timestamp
    fact: Fact | None = None


class _BasketQueue:
    """The intents of one basket that may not be durable; `base` stand before."""

    def __init__(self, basket_id: str) -> None:
        self.basket_id = basket_id
        self.base: int | None = None
        self.beside: tuple[int, int] | None = None
        self.waiting: list[Accepted] = []

    def forget_durable(self, durable: int) -> None:
        """Drop what the database holds; the first look tells what stood before.

        Intents stored beside the queue count only if their transaction was good,
        and it was if the database holds as many as it would have left.
        """
        if self.base is None:
            self.base = durable
        assert durable >= self.base, self.basket_id
        beside, self.beside = self.beside, None
        passed = beside[1] if beside and durable >= sum(beside) else 0
        del self.waiting[: durable - self.base - passed]
        self.base = durable


class Backlog:
    """Accepted intents on their way to the disk; filled by one thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._queues: list[_BasketQueue] = []

    def add(self, accepted: Accepted) -> None:
        """Put an intent behind all others."""
        basket_id = accepted.sale.basket.basket_id
        with self._lock:
            if not self._queues or self._queues[-1].basket_id != basket_id:
                self._queues.append(_BasketQueue(basket_id))
            self._queues[-1].waiting.append(accepted)

    def store(self, unit: UnitOfWork) -> None:
        """Store what the database does not hold yet; first thing in a transaction.

        Runs on the core thread. What is written stays here until a later
        transaction finds it committed.
        """
        for accepted in self._not_durable(unit):
            fact = accepted.fact
            if fact is not None and fact.first is not None:
                fact.first(unit)
            basket_id = accepted.sale.basket.basket_id
            gone = unit.add_intent(accepted.sale, accepted.intent, accepted.at)
            release_basket(unit, gone, accepted.at)
            follow(unit, basket_id, accepted.intent, accepted.at)
            if fact is not None:
                unit.append(fact.kind, fact.body, fact.stamp)

    def store_beside(self, unit: UnitOfWork, *accepted: Accepted) -> None:
        """Store intents of one basket that stand or fall with this transaction.

        Behind `store`, on the core thread. They never wait here: what the
        transaction does not keep is not kept at all.
        """
        if not accepted:
            return
        basket_id = accepted[0].sale.basket.basket_id
        before = unit.intent_count(basket_id)
        for each in accepted:
            unit.add_intent(each.sale, each.intent, each.at)
        with self._lock:
            for queue in self._queues:
                if queue.basket_id == basket_id:
                    queue.beside = (before, len(accepted))

    def _not_durable(self, unit: UnitOfWork) -> list[Accepted]:
        with self._lock:
            for queue in self._queues:
                queue.forget_durable(unit.intent_count(queue.basket_id))
            # The last queue stays although empty: its basket may go on.
            self._queues = [
                queue
                for queue in self._queues
                if queue.waiting or queue is self._queues[-1]
            ]
            return [each for queue in self._queues for each in queue.waiting]
