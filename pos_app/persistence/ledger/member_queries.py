"""Reads members, their indices, consents and merges (implements ports.members)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Connection, Engine
from typing_extensions import override

from pos_app.persistence.ledger.member_admin_queries import MemberListings

T = TypeVar("T")


class SqlMemberReader(MemberListings):
    """Reads members, their indices, consents and merges, as committed."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @override
    def _read(self, question: Callable[[Connection], T]) -> T:
        with self._engine.begin() as connection:
            return question(connection)
