"""A database cursor that belongs to one thread."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any


class OwnedCursor:
    """Belongs to the thread of its first question; may be handed over before that.

    Two threads on one cursor would read each other's rows, without any error.
    """

    def __init__(self, cursor: Any) -> None:
        self._cursor = cursor
        self._owner: int | None = None

    def execute(self, statement: str, parameters: Sequence[object] = ()) -> Any:
        """Ask; a question from another thread is a bug and asserts."""
        here = threading.get_ident()
        if self._owner is None:
            self._owner = here
        assert self._owner == here, "this cursor is another thread's"
        return self._cursor.execute(statement, parameters)

    def close(self) -> None:
        """Give the cursor back, from whichever thread ends the till."""
        self._cursor.close()
