"""A way to a printer that takes whole documents only: the system's queues."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod

from hardware.transport.base import CHUNK_BYTES, Capabilities
from hardware.transport.failures import device_gone

#: A slip with pictures has some 100 kB; what is beyond is no slip.
_MOST_BYTES = 32 * 1024 * 1024
#: How long a spooler may take to say whether it has the queue.
_ASK_S = 3.0
#: What people see in the list of the spooler's jobs.
TITLE = "Guitai"


class DocumentQueue(ABC):
    """Implements `Transport` and `TakesDocuments`; who knows the spooler does the rest.

    The till collects the slip and hands it over when it is complete: a slip that broke
    off would be printed as far as it came. Nothing can be read back, so SENT is the
    last that is known of a job.
    """

    def __init__(self, queue: str) -> None:
        self._queue = queue.strip()
        self._document: bytearray | None = None

    @property
    def identity(self) -> str:
        """The queue's name."""
        return f"queue:{self._queue}"

    @property
    def capabilities(self) -> Capabilities:
        """Nothing comes back; others may print too."""
        return Capabilities(reads=False, is_exclusive=False)

    @property
    def is_open(self) -> bool:
        """Whether a document is being collected."""
        return self._document is not None

    def open(self, deadline: float) -> None:
        """Ask the spooler whether it has the queue and takes jobs."""
        if self._document is None:
            self._check(min(_ASK_S, _left(deadline)))
            self._document = bytearray()

    def close(self) -> None:
        """Forget what was not finished."""
        self._document = None

    def write_some(self, chunk: bytes, deadline: float) -> int:
        """Keep bytes until the document is finished."""
        del deadline
        document = self._collected()
        if len(document) >= _MOST_BYTES:
            return 0
        data = chunk[:CHUNK_BYTES]
        document += data
        return len(data)

    def read(self, deadline: float) -> bytes:
        """Return nothing: a queue does not answer."""
        del deadline
        self._collected()
        return b""

    def finish(self, deadline: float) -> bool:
        """Hand the document to the spooler; see `TakesDocuments`."""
        document = self._collected()
        self._document = bytearray()
        if not document:
            return True
        try:
            return self._hand_over(bytes(document), _left(deadline))
        except TimeoutError as error:
            self._document = None
            raise device_gone(self.identity) from error

    @abstractmethod
    def _check(self, wait_s: float) -> None:
        """Raise DeviceError ("device_unreachable", ...) when the queue takes no jobs."""

    @abstractmethod
    def _hand_over(self, document: bytes, wait_s: float) -> bool:
        """Return whether the spooler took it; TimeoutError when nobody knows."""

    def _collected(self) -> bytearray:
        if self._document is None:
            raise device_gone(self.identity)
        return self._document


def _left(deadline: float) -> float:
    return max(0.1, deadline - time.monotonic())
