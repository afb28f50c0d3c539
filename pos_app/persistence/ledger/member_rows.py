"""Writes members, their indices, consents and merges (implements ports.members)."""

from __future__ import annotations

from sqlalchemy import Connection


class SqlMembers:
    """Writes members, their indices, consents and merges within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
