"""Queues of CUPS, raw, by its own commands `lp` and `lpstat`."""

from __future__ import annotations

import os
import shutil
import subprocess

from typing_extensions import override

from hardware.transport.document import TITLE, DocumentQueue
from pos_app.errors import DeviceError


class CupsQueue(DocumentQueue):
    """One queue of CUPS; a filter of its own would turn commands into letters."""

    @override
    def _check(self, wait_s: float) -> None:
        try:
            said = run_cups(["lpstat", "-a", self._queue], b"", wait_s)
        except TimeoutError as error:
            raise DeviceError("device_unreachable", device=self.identity) from error
        if said.returncode or b"not accepting" in said.stdout:
            raise DeviceError("device_unreachable", device=self.identity)

    @override
    def _hand_over(self, document: bytes, wait_s: float) -> bool:
        words = ["lp", "-s", "-d", self._queue, "-o", "raw", "-t", TITLE]
        return run_cups(words, document, wait_s).returncode == 0


def run_cups(
    words: list[str], data: bytes, timeout_s: float
) -> subprocess.CompletedProcess[bytes]:
    """Run a command of CUPS for so long at most; it is killed after that.

    Raises:
        DeviceError: "device_library_missing" when CUPS is not installed.
        TimeoutError: it did not end in time.
    """
    program = shutil.which(words[0])
    if program is None:
        raise DeviceError("device_library_missing", library="CUPS")
    # Its words are read here: not in the shop's language.
    plain = {**os.environ, "LC_ALL": "C"}
    try:
        return subprocess.run(
            [program, *words[1:]],
            input=data,
            capture_output=True,
            timeout=timeout_s,
            check=False,
            env=plain,
        )
    except subprocess.TimeoutExpired as error:
        raise TimeoutError(words[0]) from error
