"""Going into training and coming back: all that the real journal hears of it.

The real ledger gains two entries, TrainingEntered and TrainingLeft; what was practised
stands in the second one, as keys and figures.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pos_app.domain.journal import EntryKind, JournalEntry
from pos_app.domain.permission import Permission, Staff
from pos_app.errors import UserError
from pos_app.ports.black_box import EntryQuery
from pos_app.ports.ledger import UnitOfWork
from pos_app.services.desk import Desk
from pos_app.services.sale import SaleService

if TYPE_CHECKING:  # a start needs none of it
    from pos_app.domain.training.score import Attempt

_ENDS = frozenset({EntryKind.TRAINING_ENTERED, EntryKind.TRAINING_LEFT})
LEFT, CLOSED, KILLED = "left", "closed", "killed"


@dataclass(frozen=True, slots=True)
class Leaving:
    """The end of a training.

    Attributes:
        training_id: as at the entering. ended: LEFT or CLOSED (with the program).
        seconds: how long it took.
        is_signed_off: the training was locked, or signed on to with the PIN that its
            screen shows: nobody knows who leaves it.
    """

    training_id: str
    ended: str
    seconds: int
    is_signed_off: bool


class TrainingService:
    """Guards the door of training at the real till; one of it for each till."""

    def __init__(self, desk: Desk, sale: SaleService) -> None:
        self._desk, self._sale = desk, sale

    def admit(self) -> Staff:
        """Let the cashier in, who stays signed on at the real till.

        Raises:
            UserError: "not_signed_on", "training_basket_open" while anything lies in
                the basket or money was taken.
            ApprovalNeeded: "not_permitted".
        """
        staff = self._desk.allow(Permission.TRAINING).staff
        current = self._sale.current
        if current is not None and (not current.is_empty or current.has_money):
            raise UserError("training_basket_open")
        return staff

    def enter(self, training_id: str) -> Future[None]:
        """Journal that training begins."""
        stamp = self._desk.stamp()
        body = {"training": training_id, "staff": stamp.actor}

        def work(unit: UnitOfWork) -> None:
            unit.append(EntryKind.TRAINING_ENTERED, body, stamp)

        return self._desk.record(work)

    def leave(self, leaving: Leaving, attempts: Sequence[Attempt]) -> Future[None]:
        """Journal that training is over, and what was practised.

        Args:
            leaving: which training, and how it ended. Where nobody was signed on any
                more, whoever went in is signed off here, too, by this one entry.
            attempts: cards played to their end.
        """
        stamp = self._desk.stamp()
        body = {
            "training": leaving.training_id,
            "staff": stamp.actor,
            "ended": leaving.ended,
            "seconds": leaving.seconds,
            "signed_off": leaving.is_signed_off,
            "drills": [_drill(attempt) for attempt in attempts],
        }
        if leaving.is_signed_off:
            self._desk.session.end()

        def work(unit: UnitOfWork) -> None:
            unit.append(EntryKind.TRAINING_LEFT, body, stamp)

        return self._desk.record(work)

    def settle(self) -> Future[None] | None:
        """Journal the end of a training that was killed with the program.

        To be asked once at the start: it does nothing where the last training has
        its end in the journal.
        """
        query = EntryQuery(kinds=_ENDS)
        newest = self._desk.ledger.black_box.page(query, None, 1).entries
        if not newest or newest[0].kind is not EntryKind.TRAINING_ENTERED:
            return None
        entered = body_of(newest[0])
        stamp = self._desk.stamp()
        body = {
            "training": entered["training"],
            "staff": entered["staff"],
            "ended": KILLED,
            "seconds": 0,
            "signed_off": True,
            "drills": [],
        }

        def work(unit: UnitOfWork) -> None:
            unit.append(EntryKind.TRAINING_LEFT, body, stamp)

        return self._desk.record(work)


def _drill(attempt: Attempt) -> dict[str, object]:
    return {
        "card": attempt.card.value,
        "score": attempt.score,
        "seconds": attempt.seconds,
        "mistakes": [mistake.value for mistake in attempt.mistakes],
        "helps": attempt.helps,
        "steps_done": attempt.steps_done,
        "steps": attempt.steps,
    }


def body_of(entry: JournalEntry) -> dict[str, Any]:
    """Return the body of an entry."""
    body = json.loads(entry.canonical)["body"]
    assert isinstance(body, dict)
    return body
