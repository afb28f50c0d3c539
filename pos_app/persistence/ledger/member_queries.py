"""Reads members, their indices, consents and merges (implements ports.members)."""

from __future__ import annotations

from sqlalchemy import Engine


class SqlMemberReader:
    """Reads members, their indices, consents and merges, as committed."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
