"""What every way to a device can do: bytes in, bytes out, never for ever."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

#: No write hands over more than this at once, so that an offset means something.
CHUNK_BYTES = 4096


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a transport promises.

    Attributes:
        reads: whether answers can come back.
        is_exclusive: whether an open handle keeps other programs out.
        is_shared: whether other tills may wait for it: to be let go when idle.
    """

    reads: bool
    is_exclusive: bool
    is_shared: bool = False


class Transport(Protocol):
    """A way to one device. Used by the device's own thread only.

    Deadlines are moments of `time.monotonic()`, in seconds. Every method but
    `close` raises DeviceError ("device_unreachable", "device_gone") when the
    device is not there; the transport is then closed and may be opened again.
    """

    @property
    def identity(self) -> str:
        """What names the device in logs and settings: address, serial number."""
        ...

    @property
    def capabilities(self) -> Capabilities:
        """What this transport promises."""
        ...

    @property
    def is_open(self) -> bool:
        """Whether the device is held."""
        ...

    def open(self, deadline: float) -> None:
        """Reach the device; nothing happens when it is open already."""
        ...

    def close(self) -> None:
        """Let the device go; never raises, never discards what was accepted."""
        ...

    def write_some(self, chunk: bytes, deadline: float) -> int:
        """Hand over at most `CHUNK_BYTES` bytes.

        Returns:
            How many the device accepted, exactly; fewer than asked when the
            deadline came first, 0 when it takes nothing at present.
        """
        ...

    def read(self, deadline: float) -> bytes:
        """Return what has come in, waiting for it until the deadline; b"" if none."""
        ...


@runtime_checkable
class TakesDocuments(Protocol):
    """A transport that collects a document and hands it over whole, or not at all.

    The system's spoolers: half a slip in their queue would be printed. What was
    written and not finished when the transport is closed is never printed.
    """

    def finish(self, deadline: float) -> bool:
        """Hand over what was written; the next byte begins a new document.

        Returns:
            Whether the spooler took it; where it refused, nothing will be printed.

        Raises:
            DeviceError: "device_gone" when nobody knows whether it was taken.
        """
        ...


def finish_document(transport: Transport, deadline: float) -> bool:
    """Say that a document ends here; nothing to do for most transports."""
    if isinstance(transport, TakesDocuments):
        return transport.finish(deadline)
    return True
