"""How far everybody has come in training, read from the real journal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pos_app.domain.journal import EntryKind, JournalEntry
from pos_app.domain.training.card import CardKey
from pos_app.domain.training.score import CardProgress, Level, level_of
from pos_app.ports.black_box import BlackBoxReader, EntryQuery, Place
from pos_app.services.training import body_of

_ENTRIES_AT_ONCE = 200
#: Older practice says little about what somebody can do today.
ENTRIES_READ = 4_000


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


def read_progress(journal: BlackBoxReader) -> tuple[PersonProgress, ...]:
    """Return how far everybody has come who ever practised; from any thread."""
    found: dict[str, dict[CardKey, CardProgress]] = {}
    for entry in _left(journal):  # newest first
        body = body_of(entry)
        cards = found.setdefault(str(body["staff"]), {})
        for drill in body["drills"]:
            if drill["card"] in _KNOWN:
                _count(cards, CardKey(drill["card"]), drill, entry)
    return tuple(
        PersonProgress(staff, level_of(x.best for x in cards.values()), cards)
        for staff, cards in sorted(found.items())
    )


def _left(journal: BlackBoxReader) -> Iterator[JournalEntry]:
    query = EntryQuery(kinds=frozenset({EntryKind.TRAINING_LEFT}))
    before: Place | None = None
    for _page in range(ENTRIES_READ // _ENTRIES_AT_ONCE):
        page = journal.page(query, before, _ENTRIES_AT_ONCE)
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
