"""The till's sounds: what they say, and who plays them."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol


class Sound(StrEnum):
    """What a sound says; each has a twin that is seen, so nobody must hear it."""

    SCAN = "scan"  # the line that was added, and the message
    MEMBER = "member"  # the customer's strip, and the message
    ERROR = "error"  # the red message
    APPROVAL = "approval"  # the question over the ticket
    PAID = "paid"  # the screen with the change
    DRAWER = "drawer"  # the warning that the drawer stands open


#: How loud the files are; "off" plays none.
LEVELS = ("low", "normal")


class SoundPlayer(Protocol):
    """Plays sounds by way of the system; never waits for them."""

    def play(self, sound: Sound, level: str, /) -> bool:
        """Begin to play, from any thread; False where this machine cannot."""
        ...

    def close(self) -> None:
        """Play no more."""
        ...
