"""The journal as it is searched, replayed and exported."""

from __future__ import annotations

from typing import Protocol


class BlackBoxReader(Protocol):
    """Read access to the journal and to the intents of any sale."""
