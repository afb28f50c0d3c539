"""What the till remembers of its second place in its own folder, in one small file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from pos_app.errors import StorageError
from pos_app.persistence.durable_file import write_durably
from pos_app.persistence.second_place.mirrored import CleanStop
from pos_app.persistence.shop_folder import ShopFolder
from pos_app.ports.second_place import PlaceState

_FILE = "second-place.json"


@dataclass(frozen=True, slots=True)
class Remembered:
    """How the second place stood.

    Attributes:
        state: when this was written. current_at_ms: when it last had everything.
        stops: of a clean stop, by database; they hold for one start.
    """

    state: PlaceState = PlaceState.NONE
    current_at_ms: int = 0
    stops: Mapping[str, CleanStop] = field(default_factory=dict)


def remember(folder: ShopFolder, standing: Remembered) -> None:
    """Write down how it stands; a disk that takes nothing stops nobody here."""
    with suppress(StorageError):
        write_durably(_file(folder), json.dumps(asdict(standing), indent=1).encode())


def remembered(folder: ShopFolder) -> Remembered:
    """Return what was written down; nothing when nothing can be read."""
    try:
        content: dict[str, Any] = json.loads(_file(folder).read_bytes())
        stops = {name: CleanStop(**stop) for name, stop in content["stops"].items()}
        state = PlaceState(content["state"])
        return Remembered(state, int(content["current_at_ms"]), stops)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Remembered()


def take_stops(folder: ShopFolder) -> Mapping[str, CleanStop]:
    """Return the marks of the last clean stop, and let nobody use them again."""
    found = remembered(folder)
    if found.stops:
        with suppress(OSError):
            _file(folder).unlink(missing_ok=True)
        remember(folder, Remembered(found.state, found.current_at_ms))
    return found.stops


def _file(folder: ShopFolder) -> Path:
    return folder.root / _FILE
