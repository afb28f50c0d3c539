"""The check of the second place: whether it has everything, and what to do if not."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import func, select

from pos_app.errors import StorageError
from pos_app.persistence.checks.room import CheckRoom, trouble
from pos_app.persistence.ledger.tables import journal, setting
from pos_app.persistence.new_epoch import DEVICE_SETTING
from pos_app.persistence.second_place.choosing import SETTING, chosen_place
from pos_app.persistence.second_place.mirroring import LEDGER
from pos_app.persistence.second_place.place_copy import PlaceCopy
from pos_app.persistence.second_place.place_folder import PlaceFolder
from pos_app.persistence.second_place.remembered import remembered
from pos_app.persistence.shop_folder import running_till
from pos_app.ports.health import Action, Finding, Severity
from pos_app.ports.second_place import OLD_S, PlaceState

_CHECK = "second_place"
#: A till writes its state down once a minute.
_OLD_MS = OLD_S * 1000
_KEY_OF_ERROR = {
    "place_missing": PlaceState.GONE,
    "place_foreign": PlaceState.FOREIGN,
    "place_taken": PlaceState.TAKEN,
}


def second_place(room: CheckRoom) -> Sequence[Finding]:
    """Look at the place itself, and at what the till last said of it."""
    with room.ledger.connect() as connection:
        rows = connection.execute(select(setting.c.key, setting.c.value)).all()
        newest = select(func.max(journal.c.recorded_at_ms))
        last_ms = int(connection.execute(newest).scalar() or 0)
    settings: dict[str, str] = {row.key: row.value for row in rows}
    chosen = chosen_place(settings.get(SETTING))
    if chosen is None:
        choose = Action.CHOOSE_SECOND_PLACE
        return (trouble(_CHECK, Severity.NOTICE, "second_place_none", choose),)
    place, place_id = chosen
    device = str(settings.get(DEVICE_SETTING, ""))
    folder = str(place.root.parent)
    try:
        _require_own(place, place_id, (room.ring.ring_id, device))
        missing_ms = _missing_ms(room, place.files_of(device), last_ms)
    except (OSError, StorageError) as error:
        key = error.key if isinstance(error, StorageError) else "disk_error"
        return (_bad(_KEY_OF_ERROR.get(key, PlaceState.BROKEN), folder),)
    return (_standing(room, folder, missing_ms),)


def _standing(room: CheckRoom, folder: str, missing_ms: int | None) -> Finding:
    """Judge a place that is there and the till's own."""
    is_running = running_till(room.folder) is not None
    said = remembered(room.folder).state if is_running else PlaceState.CURRENT
    if said.needs_person:
        return _bad(said, folder)
    if said is PlaceState.COPYING:
        return _said("second_place_copying", Severity.NOTICE, folder)
    if missing_ms is None:
        return _said("second_place_empty", Severity.WARNING, folder)
    if missing_ms > _OLD_MS:
        key, minutes = "second_place_behind", missing_ms // 60_000
        return _said(key, Severity.WARNING, folder, minutes=minutes)
    return _said("second_place_current", Severity.FINE, folder)


def _said(key: str, severity: Severity, folder: str, **more: int) -> Finding:
    is_bad = severity is Severity.WARNING
    action = Action.LOOK_AT_SECOND_PLACE if is_bad else Action.NONE
    return trouble(_CHECK, severity, key, action, folder=folder, **more)


def _require_own(place: PlaceFolder, place_id: str, who: tuple[str, str]) -> None:
    """Refuse a place that is gone, another shop's, or another till's by now."""
    ring_id, device = who
    identity = place.identity()
    if identity.ring_id != ring_id:
        raise StorageError("place_foreign")
    if identity.place_id != place_id:
        raise StorageError("place_missing")
    if place.newest_claim().device != device:
        raise StorageError("place_taken")


def _missing_ms(room: CheckRoom, files: Path, last_ms: int) -> int | None:
    """Return for how long the place has not had everything; None for ever."""
    copy = PlaceCopy(files, LEDGER)
    if not copy.open() or copy.mark is None:
        return None
    if running_till(room.folder) is not None:
        newest_ms = max(remembered(room.folder).current_at_ms, copy.mark.at_ms)
        return max(0, room.clock.now().unix_ms - newest_ms)
    return max(0, last_ms - copy.mark.at_ms)


def _bad(state: PlaceState, folder: str) -> Finding:
    key = f"second_place_{state.value}"
    look = Action.LOOK_AT_SECOND_PLACE
    chooses = {PlaceState.TAKEN, PlaceState.FOREIGN, PlaceState.BROKEN}
    action = Action.CHOOSE_SECOND_PLACE if state in chooses else look
    return trouble(_CHECK, Severity.WARNING, key, action, folder=folder)
