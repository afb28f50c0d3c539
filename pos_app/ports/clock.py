"""Time and identity from outside; injected so that tests own both."""

from __future__ import annotations

from typing import Protocol

from pos_app.values.times import Timestamp


class Clock(Protocol):
    """The machine's clock. Nothing else in the project asks for the time."""

    def now(self) -> Timestamp:
        """Return the present moment by the machine's clock."""
        ...

    def monotonic_ms(self) -> int:
        """Return milliseconds of a clock that never goes back."""
        ...


class Ids(Protocol):
    """A source of UUIDv7."""

    def new(self) -> str:
        """Return a fresh UUIDv7."""
        ...
