"""Who was erased, kept outside the ledger: an older copy must forget them again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from pos_app.values.times import Timestamp


class ErasedIds(Protocol):
    """The ids of members whose data was destroyed; ids only, nothing personal."""

    def all(self) -> Mapping[str, Timestamp]:
        """Return every id with the moment of its erasure."""
        ...

    def add(self, erased: Mapping[str, Timestamp]) -> None:
        """Remember ids, durably; those that are known already change nothing.

        Raises:
            StorageError: "disk_full", "folder_read_only" or "disk_error".
        """
        ...


class ErasedInMemory:
    """The list of a till that has no folder: a training, which is thrown away."""

    def __init__(self) -> None:
        self._known: dict[str, Timestamp] = {}

    def all(self) -> Mapping[str, Timestamp]:
        """Return every id with the moment of its erasure."""
        return dict(self._known)

    def add(self, erased: Mapping[str, Timestamp]) -> None:
        """Remember ids."""
        self._known = {**erased, **self._known}
