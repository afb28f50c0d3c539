"""Queues of Windows' spooler, RAW, through pywin32. Tried on no real Windows yet."""

from __future__ import annotations

import sys
import threading

from typing_extensions import override

from hardware.transport.document import TITLE, DocumentQueue
from pos_app.errors import DeviceError

if sys.platform == "win32":
    import pywintypes
    import win32print

    _CANCEL = 5  # JOB_CONTROL_DELETE

    class WindowsQueue(DocumentQueue):
        """One printer of Windows; "Generic / Text Only" is driver enough."""

        @override
        def _check(self, wait_s: float) -> None:
            try:
                handle = win32print.OpenPrinter(self._queue)
            except pywintypes.error as error:
                key = "device_forbidden" if error.winerror == 5 else ""
                key = key or "device_unreachable"
                raise DeviceError(key, device=self.identity) from error
            win32print.ClosePrinter(handle)

        @override
        def _hand_over(self, document: bytes, wait_s: float) -> bool:
            """Spool on a thread of its own: a queue of another computer can hang."""
            took: list[bool] = []
            name = f"spool-{self._queue}"
            thread = threading.Thread(
                target=lambda: took.append(_spooled(self._queue, document)),
                name=name,
                daemon=True,
            )
            thread.start()
            thread.join(wait_s)
            if not took:
                raise TimeoutError(name)
            return took[0]

    def _spooled(queue: str, document: bytes) -> bool:
        """Return whether all of it is in the queue; what is not is taken out."""
        try:
            handle = win32print.OpenPrinter(queue)
        except pywintypes.error:
            return False
        try:
            job = win32print.StartDocPrinter(handle, 1, (TITLE, None, "RAW"))
            written = win32print.WritePrinter(handle, document)
            if written != len(document):
                win32print.SetJob(handle, job, 0, None, _CANCEL)
                return False
            win32print.EndDocPrinter(handle)
        except pywintypes.error:
            return False
        finally:
            win32print.ClosePrinter(handle)
        return True
