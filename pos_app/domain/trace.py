"""What a code says of the very piece in hand: its lot, serial number and dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Trace:
    """Kept with the line that is sold.

    Attributes:
        lot: batch (GS1 AI 10); "" for none.
        serial: serial number (AI 21); "" for none.
        use_by: expiry date (AI 17, 7003): not to be sold afterwards.
        best_before: best-before date (AI 15), else sell-by date (AI 16).
    """

    lot: str = ""
    serial: str = ""
    use_by: date | None = None
    best_before: date | None = None

    @property
    def is_empty(self) -> bool:
        """Whether a code said none of it."""
        return self == NO_TRACE

    def is_expired(self, today: date) -> bool:
        """Whether its last day is over; on that day itself it may be sold."""
        return self.use_by is not None and self.use_by < today

    def is_past_best(self, today: date) -> bool:
        """Whether it may be sold, but is no longer at its best."""
        is_past = self.best_before is not None and self.best_before < today
        return is_past and not self.is_expired(today)


NO_TRACE = Trace()
