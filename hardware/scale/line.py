"""A line to a scale: bytes out, and the answer in, never for ever."""

from __future__ import annotations

import time
from collections.abc import Callable

from hardware.transport.base import Transport
from pos_app.errors import DeviceError

#: No frame of any scale is longer; what is longer is garbage.
FRAME_LIMIT = 128
_WRITE_S = 0.5
#: A scale that answers does it within this.
ANSWER_S = 0.4

#: Returns the length of a whole frame at the start of the bytes, 0 for not yet.
FrameEnd = Callable[[bytes], int]


class ScaleLine:
    """Asks over a transport; used by the scale's own thread only.

    Args:
        transport: to the scale.
        answer_s: how long an answer is waited for, in seconds.
    """

    def __init__(self, transport: Transport, answer_s: float = ANSWER_S) -> None:
        self._transport, self._answer_s = transport, answer_s
        self._rest = b""

    def open(self) -> None:
        """Reach the scale."""
        self._rest = b""
        self._transport.open(time.monotonic() + 2.0)

    def close(self) -> None:
        """Let it go."""
        self._transport.close()

    @property
    def identity(self) -> str:
        """What the line is called in logs and messages."""
        return self._transport.identity

    def send(self, data: bytes) -> None:
        """Forget what came unasked, and hand over a question whole.

        Raises:
            DeviceError: "device_gone" also where the line takes nothing.
        """
        self._drop()
        deadline = time.monotonic() + _WRITE_S
        while data:
            taken = self._transport.write_some(data, deadline)
            data = data[taken:]
            if data and time.monotonic() >= deadline:
                raise DeviceError("device_gone", device=self.identity)

    def frame(self, begins: bytes, end: FrameEnd) -> bytes:
        """Return the next whole frame; b"" when none came in time.

        Args:
            begins: the bytes that a frame may begin with; others before are skipped.
            end: how a frame ends.
        """
        deadline = time.monotonic() + self._answer_s
        while True:
            self._rest = _from_start(self._rest, begins)
            length = end(self._rest) if self._rest else 0
            if length:
                frame, self._rest = self._rest[:length], self._rest[length:]
                return frame
            if len(self._rest) > FRAME_LIMIT:
                # Never ends: its first byte only looked like a beginning.
                self._rest = self._rest[1:]
                continue
            if time.monotonic() >= deadline:
                self._rest = b""
                return b""
            self._rest += self._transport.read(deadline)

    def _drop(self) -> None:
        """Read away what is left of an answer nobody waited for."""
        self._rest = b""
        for _piece in range(8):  # a line that chatters for ever is not read for ever
            if not self._transport.read(time.monotonic()):
                return


def _from_start(data: bytes, begins: bytes) -> bytes:
    for at, byte in enumerate(data):
        if byte in begins:
            return data[at:]
    return b""


def ended_by(last: bytes) -> FrameEnd:
    """Return the rule of frames that end with these bytes."""

    def length(data: bytes) -> int:
        at = data.find(last)
        return 0 if at < 0 else at + len(last)

    return length


def of_length(count: int) -> FrameEnd:
    """Return the rule of frames of a fixed length, in bytes."""
    return lambda data: count if len(data) >= count else 0
