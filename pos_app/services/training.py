"""Going into training and coming back: all that the real journal hears of it.

The real ledger gains two entries, TrainingEntered and TrainingLeft; what was practised
stands in the second one, as keys and figures.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from pos_app.domain.journal import EntryKind, JournalEntry
from pos_app.domain.permission import Permission, Staff
from pos_app.domain.training.card import CardKey
from pos_app.domain.training.score import Attempt, CardProgress, Level, level_of
from pos_app.errors import UserError
from pos_app.ports.black_box import EntryQuery, Place
from pos_app.ports.ledger import UnitOfWork
from pos_app.services.desk import Desk
from pos_app.services.sale import SaleService

_ENDS = frozenset({EntryKind.TRAINING_ENTERED, EntryKind.TRAINING_LEFT})
_ENTRIES_AT_ONCE = 200
#: Older practice says little about what somebody can do today.
ENTRIES_READ = 4_000
LEFT, CLOSED, KILLED = "left", "closed", "killed"


@dataclass(frozen=True, slots=True)
class PersonProgress:
    """How far somebody has come.

    Attributes:
        staff_id: whose. level: by the rule of `domain.training.score`.
        cards: by card; those never played are missing.
    """

    staff_id: str
    level: Level
    cards: Mapping[CardKey, CardProgress]


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
        entered = _body(newest[0])
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

    # ----------------------------------------------------------------- progress

    def allow_review(self) -> None:
        """Let somebody see how far everybody has come.

        Raises:
            ApprovalNeeded: "not_permitted".
        """
        self._desk.allow(Permission.TRAINING_REVIEW)

    def progress(self) -> tuple[PersonProgress, ...]:
        """Return how far everybody has come who ever practised; from any thread."""
        found: dict[str, dict[CardKey, CardProgress]] = {}
        for entry in self._left():  # newest first
            body = _body(entry)
            cards = found.setdefault(str(body["staff"]), {})
            for drill in body["drills"]:
                if drill["card"] in _KNOWN:
                    _count(cards, CardKey(drill["card"]), drill, entry)
        return tuple(
            PersonProgress(staff, level_of(x.best for x in cards.values()), cards)
            for staff, cards in sorted(found.items())
        )

    def _left(self) -> Iterator[JournalEntry]:
        reader = self._desk.ledger.black_box
        query = EntryQuery(kinds=frozenset({EntryKind.TRAINING_LEFT}))
        before: Place | None = None
        for _page in range(ENTRIES_READ // _ENTRIES_AT_ONCE):
            page = reader.page(query, before, _ENTRIES_AT_ONCE)
            yield from page.entries
            before = page.next_before
            if before is None:
                return


_KNOWN = frozenset(key.value for key in CardKey)


def _count(
    cards: dict[CardKey, CardProgress],
    key: CardKey,
    drill: Mapping[str, Any],
    entry: JournalEntry,
) -> None:
    before = cards.get(key)
    score = int(drill["score"])
    if before is None:
        cards[key] = CardProgress(score, 1, entry.recorded_at)
    else:
        best = max(before.best, score)
        cards[key] = CardProgress(best, before.attempts + 1, before.last_at)


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


def _body(entry: JournalEntry) -> dict[str, Any]:
    body = json.loads(entry.canonical)["body"]
    assert isinstance(body, dict)
    return body
