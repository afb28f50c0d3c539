"""The second place: where everything of the till lies once more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from pos_app.ports.ledger import Stamp


class PlaceState(StrEnum):
    """How the second place stands."""

    NONE = "none"  # none was chosen
    CURRENT = "current"
    COPYING = "copying"  # it is made, or proven after it was away
    BEHIND = "behind"
    SLOW = "slow"  # it does not keep up, or does not answer
    FULL = "full"
    GONE = "gone"  # pulled out, or another disk in its place
    READ_ONLY = "read_only"
    FOREIGN = "foreign"  # it belongs to another shop
    TAKEN = "taken"  # a restored till goes on from it
    BROKEN = "broken"  # the disk reports errors

    @property
    def needs_person(self) -> bool:
        """Tell whether it stays so until somebody does something."""
        return self in _FOR_PEOPLE


_FOR_PEOPLE = frozenset(
    {
        PlaceState.FULL,
        PlaceState.GONE,
        PlaceState.READ_ONLY,
        PlaceState.FOREIGN,
        PlaceState.TAKEN,
        PlaceState.BROKEN,
    }
)
#: Older than this, the status bar says so.
OLD_S = 5 * 60


@dataclass(frozen=True, slots=True)
class PlaceReport:
    """How the second place stands now.

    Attributes:
        state: in one word.
        folder: the folder that was chosen; "" for none.
        age_s: for how many seconds it has not had everything; None for ever.
        percent: how far the copying is.
        copied_at_ms: when the newest nightly copy was made; 0 for never.
    """

    state: PlaceState = PlaceState.NONE
    folder: str = ""
    age_s: int | None = None
    percent: int = 0
    copied_at_ms: int = 0

    @property
    def is_alarming(self) -> bool:
        """Tell whether the status bar must warn."""
        if self.state in {PlaceState.NONE, PlaceState.COPYING}:
            return False
        return self.state.needs_person or self.age_s is None or self.age_s > OLD_S


@dataclass(frozen=True, slots=True)
class DiskFound:
    """A disk that may serve as the second place.

    Attributes:
        folder: where it is. name: for people.
        free_bytes, total_bytes: its room.
        is_other_disk: whether it is another piece of hardware than the shop's.
        is_removable: whether it can be pulled out.
    """

    folder: str
    name: str
    free_bytes: int
    total_bytes: int
    is_other_disk: bool
    is_removable: bool


class SecondPlaceKeeper(Protocol):
    """Keeps the second place; all but `report` is slow, so off the GUI thread."""

    def report(self) -> PlaceReport:
        """Return how it stands; at once, from any thread."""
        ...

    def disks(self) -> Sequence[DiskFound]:
        """Return the disks that may serve, other ones first."""
        ...

    def choose(self, folder: Path, stamp: Stamp) -> None:
        """Use a folder from now on, journalled.

        Raises:
            StorageError, UserError: why not; nothing has changed then.
        """
        ...

    def stop(self, stamp: Stamp) -> None:
        """Use no second place any more, journalled; what lies there stays."""
        ...
