"""A till's folder at the second place: whose it is, and who may write there.

    CHOSEN FOLDER/guitai-02-5f0c…/   place.json  ring.json
        claims/claim-000000000007    one for each epoch that began here
        files-<device>/              ledger.base ledger.log catalog.base catalog.log
        copies/                      the nightly copies, *.guitai

Nothing readable lies here: databases are encrypted with keys that only the wrapped
ring holds.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, TypeVar

from pos_app.errors import StorageError
from pos_app.persistence.durable_file import (
    OWNER_ONLY,
    file_error,
    sync_folder,
    write_durably,
)
from pos_app.persistence.key_ring import RING_FILE

PLACE_FORMAT = 1
PLACE_FILE = "place.json"
PREFIX = "guitai-"
_SMALL_FILE_BYTES = 64 * 1024
_CLAIM = re.compile(r"claim-(\d{12})")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PlaceIdentity:
    """What place.json says.

    Attributes:
        place_id: random; a disk put in the place of another has another.
        ring_id: of the shop's key ring.
        till: its number. shop_name: for people.
        made_at_ms: when the place was chosen.
    """

    place_id: str
    ring_id: str
    till: str
    shop_name: str
    made_at_ms: int


@dataclass(frozen=True, slots=True)
class Claim:
    """A till's word that it goes on from here.

    Attributes:
        epoch: that it began. device: of which till; "" when it cannot be read.
        at_ms: when. session: the run of the till that writes now.
    """

    epoch: int
    device: str
    at_ms: int
    session: str = ""


@dataclass(frozen=True, slots=True)
class PlaceFolder:
    """One till's folder at a place.

    Attributes:
        root: the folder itself, inside the one that a person chose.
    """

    root: Path

    @property
    def ring(self) -> Path:
        """The wrapped key ring."""
        return self.root / RING_FILE

    @property
    def copies(self) -> Path:
        """The nightly copies."""
        return self.root / "copies"

    def files_of(self, device: str) -> Path:
        """Return the folder of a device's copies."""
        return self.root / f"files-{device}"

    def other_files(self, device: str) -> Sequence[Path]:
        """Return the folders of other devices' copies."""
        own = self.files_of(device)
        return [path for path in self.root.glob("files-*") if path != own]

    def identity(self) -> PlaceIdentity:
        """Return whose place this is.

        Raises:
            StorageError: "place_missing", "place_damaged" or "place_newer".
        """
        content = _read_json(self.root / PLACE_FILE)
        if content.get("format") != PLACE_FORMAT:
            raise StorageError("place_newer", folder=str(self.root.parent))
        found = _typed(PlaceIdentity, content)
        if found is None:
            raise StorageError("place_damaged", folder=str(self.root.parent))
        return found

    def make(self, identity: PlaceIdentity, ring: bytes) -> None:
        """Lay the folder; place.json comes last.

        Raises:
            StorageError: what the disk says.
        """
        try:
            for folder in (self.root, self.root / "claims", self.copies):
                folder.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise file_error(error, self.root) from error
        write_durably(self.ring, ring)
        content = {"format": PLACE_FORMAT, **asdict(identity)}
        write_durably(self.root / PLACE_FILE, json.dumps(content, indent=1).encode())

    def newest_claim(self) -> Claim:
        """Return the claim in force; epoch 0 when nobody made one.

        Raises:
            OSError: what the disk says.
        """
        epochs = [
            int(found[1])
            for path in (self.root / "claims").iterdir()
            if (found := _CLAIM.fullmatch(path.name))
        ]
        if not epochs:
            return Claim(0, "", 0)
        epoch = max(epochs)
        content: dict[str, Any] = {}
        with contextlib.suppress(StorageError):
            content = _read_json(self._claim_file(epoch))
        # A claim cut short by a power cut is somebody's, and nobody knows whose.
        return _typed(Claim, content) or Claim(epoch, "", 0)

    def claim(self, wanted: Claim) -> bool:
        """Write a claim; False when that epoch has been claimed before.

        Raises:
            OSError: what the disk says.
        """
        path = self._claim_file(wanted.epoch)
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
        except FileExistsError:
            return False
        with os.fdopen(handle, "wb") as file:
            file.write(json.dumps(asdict(wanted)).encode())
            file.flush()
            os.fsync(file.fileno())
        sync_folder(path.parent)
        return True

    def begin_session(self, claim: Claim) -> None:
        """Say in one's own claim which run of the till writes from now on.

        Raises:
            StorageError: what the disk says.
        """
        write_durably(self._claim_file(claim.epoch), json.dumps(asdict(claim)).encode())

    def _claim_file(self, epoch: int) -> Path:
        return self.root / "claims" / f"claim-{epoch:012d}"


def place_name(till: str, ring_id: str) -> str:
    """Return the name of a till's folder at any place."""
    plain = "".join(sign for sign in till if sign.isalnum()) or "till"
    return f"{PREFIX}{plain}-{ring_id[:8]}"


def places_in(folder: Path) -> Sequence[PlaceFolder]:
    """Return the tills' folders in a folder, or the folder itself if it is one.

    Raises:
        StorageError: "folder_missing" or what the disk says.
    """
    try:
        if (folder / PLACE_FILE).exists():
            return (PlaceFolder(folder),)
        found = sorted(folder.glob(f"{PREFIX}*/{PLACE_FILE}"))
        if not folder.is_dir():
            raise StorageError("folder_missing", file=folder.name)
    except OSError as error:
        raise file_error(error, folder) from error
    return tuple(PlaceFolder(path.parent) for path in found)


def _read_json(path: Path) -> dict[str, Any]:
    folder = str(path.parent.parent)
    try:
        with path.open("rb") as file:
            content = json.loads(file.read(_SMALL_FILE_BYTES))
    except (FileNotFoundError, NotADirectoryError) as error:
        raise StorageError("place_missing", folder=folder) from error
    except ValueError as error:
        raise StorageError("place_damaged", folder=folder) from error
    except OSError as error:
        raise file_error(error, path) from error
    if not isinstance(content, dict):
        raise StorageError("place_damaged", folder=folder)
    return content


def _typed(kind: type[T], content: dict[str, Any]) -> T | None:
    """Make a value of ours out of JSON; None when a field is not what it must be."""
    values = {}
    for spec in fields(kind):  # type: ignore[arg-type]
        value = content.get(spec.name)
        if type(value).__name__ != spec.type:
            return None
        values[spec.name] = value
    return kind(**values)
