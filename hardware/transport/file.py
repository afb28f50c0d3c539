"""A folder that takes whole files: where the virtual printer's slips go."""

from __future__ import annotations

import os
from pathlib import Path

from pos_app.errors import DeviceError


class SlipFolder:
    """Writes files that are there whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def identity(self) -> str:
        """The folder."""
        return f"folder:{self._folder}"

    def check(self) -> None:
        """Make the folder if it is missing.

        Raises:
            DeviceError: "slip_folder_unwritable".
        """
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise self._unwritable() from error
        if not os.access(self._folder, os.W_OK):
            raise self._unwritable()

    def write(self, name: str, data: bytes) -> Path:
        """Write a file under its name in one step; the same name is replaced.

        Raises:
            DeviceError: "slip_folder_unwritable".
        """
        final = self._folder / name
        part = self._folder / f".{name}.part"
        try:
            part.write_bytes(data)
            part.replace(final)
        except OSError as error:
            raise self._unwritable() from error
        return final

    def _unwritable(self) -> DeviceError:
        return DeviceError("slip_folder_unwritable", folder=str(self._folder))
