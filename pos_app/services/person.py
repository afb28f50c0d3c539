"""Whose history a member's is: all ids of one person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class KnowsMerges(Protocol):
    """The members, as a reader or as one transaction sees them."""

    def ids_of(self, member_id: str) -> Sequence[str]:
        """Return every id of the person, the kept one first."""
        ...


def person_ids(members: KnowsMerges, member_id: str) -> tuple[str, ...]:
    """Return every id of the person behind a member id, the kept one first."""
    return tuple(members.ids_of(member_id)) or (member_id,)
