"""Who was perhaps enrolled twice: found by the words of names, judged by more.

Digests say which members share a word; only then are their profiles opened, a few at
a time, and nothing of them leaves this room but ids and the reason.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterator
from concurrent.futures import Future

from pos_app.domain.member.likeness import LikelyPair, Traits, likely_pairs
from pos_app.domain.permission import Permission
from pos_app.ports.ledger import UnitOfWork
from pos_app.services.desk import Desk
from pos_app.services.member_pages import MemberPages

#: Pairs that a person looks at in one go.
MOST_PAIRS = 200
#: Words asked for at once.
_WORDS = 200
#: The setting of pairs that somebody looked at: they are two people.
SETTING = "members.two_people"
_MOST_DISMISSED = 2000


class MemberDoubles:
    """Finds pairs, and remembers which of them are two people."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._pages = MemberPages(desk)

    def find(
        self, on_progress: Callable[[int], None] = lambda _words: None
    ) -> tuple[LikelyPair, ...]:
        """Return likely pairs, the likeliest first, at most `MOST_PAIRS`.

        Slow in a large shop: not on the screen's thread.

        Args:
            on_progress: told how many words were looked at.
        """
        dismissed, found = self._dismissed(), dict[tuple[str, str], LikelyPair]()
        ids_of = self._desk.ledger.members.ids_of
        for done, group in enumerate(self._groups(), start=1):
            for pair in likely_pairs([self._traits(x) for x in group]):
                both = (pair.first_id, pair.second_id)
                is_one = ids_of(pair.first_id)[0] == ids_of(pair.second_id)[0]
                if both not in dismissed and not is_one:
                    found.setdefault(both, pair)
            if done % _WORDS == 0:
                on_progress(done)
            if len(found) >= MOST_PAIRS:
                break
        return tuple(sorted(found.values(), key=_rank))[:MOST_PAIRS]

    def two_people(self, pair: LikelyPair) -> Future[None]:
        """Remember that a pair is two people; it is shown no more."""
        self._desk.allow(Permission.MEMBER_EDIT)
        both = [pair.first_id, pair.second_id]

        def work(unit: UnitOfWork) -> None:
            known = json.loads(unit.setting(SETTING) or "[]")
            if both not in known:
                kept = [*known, both][-_MOST_DISMISSED:]
                unit.set_setting(SETTING, json.dumps(kept))

        return self._desk.record(work)

    def _groups(self) -> Iterator[list[str]]:
        """Yield the members of each word that a few share."""
        after = b""
        while rows := self._desk.ledger.members.same_words(after, _WORDS):
            for _digest, group in itertools.groupby(rows, key=lambda row: row[0]):
                yield [member_id for _word, member_id in group]
            after = rows[-1][0]

    def _traits(self, member_id: str) -> Traits:
        record = self._desk.ledger.members.of(member_id)
        if record is None:
            return Traits(member_id)
        profile = self._pages.profile(record)
        born = profile.birthday
        return Traits(
            member_id=member_id,
            name="".join(profile.name.casefold().split()),
            sound=profile.name_key,
            birthday=(born.month, born.day) if born else None,
            phone=profile.phone,
        )

    def _dismissed(self) -> set[tuple[str, str]]:
        known = json.loads(self._desk.ledger.setting(SETTING) or "[]")
        return {(one, other) for one, other in known}


def _rank(pair: LikelyPair) -> tuple[int, str, str]:
    return (pair.rank, pair.first_id, pair.second_id)
