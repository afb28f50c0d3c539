"""Whether a folder can be the second place, and the setting that names the chosen one."""

from __future__ import annotations

import json
import os
from pathlib import Path

from pos_app.errors import StorageError
from pos_app.persistence.durable_file import file_error, write_durably
from pos_app.persistence.second_place.mirroring import Mirrored
from pos_app.persistence.second_place.place_folder import (
    PlaceFolder,
    place_name,
    places_in,
)
from pos_app.persistence.shop_folder import free_bytes

#: The setting that names the place; see `place_setting`.
SETTING = "second_place"
_PROBE = ".guitai-test"
_PROBE_BYTES = 64 * 1024
_MARGIN_BYTES = 32 * 1024 * 1024
_MEGABYTE = 1024 * 1024


def usable_place(folder: Path, mirrored: Mirrored, till: str) -> PlaceFolder:
    """Check a folder and return the till's own folder in it; nothing stays there.

    Args:
        folder: as a person chose it: a disk, or what the till made there before.
        mirrored: the till's files.
        till: its number.

    Raises:
        StorageError: "place_inside_shop", "place_foreign", "place_too_small" or what
            the disk says.
    """
    try:
        chosen = folder.expanduser().resolve(strict=True)
    except OSError as error:
        raise file_error(error, folder) from error
    shop = mirrored.folder.root.resolve()
    if chosen == shop or shop in chosen.parents:
        raise StorageError("place_inside_shop", folder=str(chosen))
    found = places_in(chosen)
    if found and found[0].root == chosen:
        chosen = chosen.parent
    for place in found:
        identity = place.identity()
        if identity.ring_id != mirrored.ring.ring_id:
            name = identity.shop_name
            raise StorageError("place_foreign", folder=str(chosen), shop=name)
    _try_to_write(chosen)
    place = PlaceFolder(chosen / place_name(till, mirrored.ring.ring_id))
    if place not in found:
        _require_room(chosen, mirrored)
    return place


def chosen_place(setting: str | None) -> tuple[PlaceFolder, str] | None:
    """Return the till's folder at the place that a setting names, and its id."""
    if not setting:
        return None
    content = json.loads(setting)
    return PlaceFolder(Path(content["place"])), str(content["place_id"])


def place_setting(place: PlaceFolder, place_id: str) -> str:
    """Return the setting that names a place."""
    return json.dumps({"place": str(place.root), "place_id": place_id})


def _require_room(chosen: Path, mirrored: Mirrored) -> None:
    """Refuse a disk that would be full from the start: half as much again is asked."""
    folder = mirrored.folder
    needed = folder.ledger.stat().st_size + folder.catalog.stat().st_size
    needed += needed // 2 + _MARGIN_BYTES
    free = free_bytes(chosen)
    if free < needed:
        raise StorageError(
            "place_too_small",
            folder=str(chosen),
            free_mb=free // _MEGABYTE,
            needed_mb=-(-needed // _MEGABYTE),
        )


def _try_to_write(folder: Path) -> None:
    """Write, read and delete a small file.

    Raises:
        StorageError: what the disk says, or "disk_error" when it gives back
            something else.
    """
    probe, content = folder / _PROBE, os.urandom(_PROBE_BYTES)
    write_durably(probe, content)
    try:
        if probe.read_bytes() != content:
            raise StorageError("disk_error", file=folder.name)
        probe.unlink()
    except OSError as error:
        raise file_error(error, probe) from error
