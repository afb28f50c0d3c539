"""Keeps what passes between the till and a device, and plays it back.

A recording is JSON lines. The first names the format; each other is one thing that
happened: {"ms": since the start, "out": hex, "taken": bytes that the device took},
{"ms", "in": hex}, {"ms", "open": true}, {"ms", "close": true}, {"ms", "error": key}.
It holds everything a device said, codes and weights included: it is made only when
somebody asks for it (`guitai devices record`), never by a till that sells.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from typing_extensions import override

from hardware.transport.base import Capabilities, Transport
from pos_app.errors import DeviceError, UserError

FORMAT = 1
_Answer = TypeVar("_Answer")
#: A replayed device that has nothing to say is asked again after this long.
_NOTHING_S = 0.002


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of a recording.

    Attributes:
        ms: milliseconds since the recording began.
        kind: "open", "close", "in", "out" or "error".
        data: bytes that came in, or that the device took.
        key: of an error.
    """

    ms: int
    kind: str
    data: bytes = b""
    key: str = ""


class RecordingTransport(Transport):
    """A transport that tells what passes through it; otherwise it changes nothing.

    Args:
        inner: the device's own transport.
        write_line: keeps one line of the recording.
    """

    def __init__(self, inner: Transport, write_line: Callable[[str], None]) -> None:
        self._inner, self._write_line = inner, write_line
        self._began_s = time.monotonic()
        write_line(json.dumps({"guitai_recording": FORMAT, "device": inner.identity}))

    @property
    @override
    def identity(self) -> str:
        """The device's own."""
        return self._inner.identity

    @property
    @override
    def capabilities(self) -> Capabilities:
        """The device's own."""
        return self._inner.capabilities

    @property
    @override
    def is_open(self) -> bool:
        """Whether the device is held."""
        return self._inner.is_open

    @override
    def open(self, deadline: float) -> None:
        """Reach the device."""
        if not self._inner.is_open:
            self._told(lambda: self._inner.open(deadline))
            self._tell(open=True)

    @override
    def close(self) -> None:
        """Let the device go."""
        if self._inner.is_open:
            self._tell(close=True)
        self._inner.close()

    @override
    def write_some(self, chunk: bytes, deadline: float) -> int:
        """Hand over bytes, and tell how many were taken."""
        taken = self._told(lambda: self._inner.write_some(chunk, deadline))
        if taken:
            self._tell(out=chunk[:taken].hex())
        return taken

    @override
    def read(self, deadline: float) -> bytes:
        """Return what came in, and tell it."""
        answer = self._told(lambda: self._inner.read(deadline))
        if answer:
            self._tell(**{"in": answer.hex()})
        return answer

    def _told(self, act: Callable[[], _Answer]) -> _Answer:
        try:
            return act()
        except DeviceError as error:
            self._tell(error=error.key)
            raise

    def _tell(self, **fact: object) -> None:
        ms = int((time.monotonic() - self._began_s) * 1000)
        self._write_line(json.dumps({"ms": ms, **fact}))


def read_recording(lines: Iterable[str]) -> tuple[Happening, ...]:
    """Read a recording.

    Raises:
        UserError: "recording_unreadable" with the line's number.
    """
    found: list[Happening] = []
    number = 0
    for number, line in enumerate(lines, 1):
        try:
            fact = json.loads(line)
            is_known = number > 1 or fact["guitai_recording"] == FORMAT
            if number > 1:
                found.append(_happening(fact))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise UserError("recording_unreadable", line=number) from error
        if not is_known:
            raise UserError("recording_unreadable", line=number)
    if number == 0:
        raise UserError("recording_unreadable", line=0)
    return tuple(found)


def _happening(fact: dict[str, object]) -> Happening:
    ms = int(str(fact["ms"]))
    for kind in ("in", "out"):
        if kind in fact:
            return Happening(ms, kind, bytes.fromhex(str(fact[kind])))
    if "error" in fact:
        return Happening(ms, "error", key=str(fact["error"]))
    return Happening(ms, "open" if fact.get("open") else "close")


class ReplayTransport(Transport):
    """Plays a recording to a driver: the device's side, byte for byte.

    What came in is handed over as soon as the driver has written what it wrote then.
    A driver that writes something else is told "recording_differs", with the place.
    """

    def __init__(self, happenings: Iterable[Happening]) -> None:
        self._left = [x for x in happenings if x.kind not in {"open", "close"}]
        self._written = 0
        self._is_open = False

    @property
    @override
    def identity(self) -> str:
        """A recording."""
        return "recording"

    @property
    @override
    def capabilities(self) -> Capabilities:
        """Answers come back."""
        return Capabilities(reads=True, is_exclusive=True)

    @property
    @override
    def is_open(self) -> bool:
        """Whether it plays."""
        return self._is_open

    @property
    def is_finished(self) -> bool:
        """Whether everything was played."""
        return not self._left

    @override
    def open(self, deadline: float) -> None:
        """Begin, or go on."""
        self._is_open = True

    @override
    def close(self) -> None:
        """Stop; the rest is played when it is opened again."""
        self._is_open = False

    @override
    def write_some(self, chunk: bytes, deadline: float) -> int:
        """Compare what the driver writes with what was written then."""
        self._fail_if_due()
        expected = self._left[0].data if self._left else b""
        is_due = bool(self._left) and self._left[0].kind == "out"
        part = chunk[: len(expected)] if is_due else b""
        if not is_due or part != expected[: len(part)]:
            raise DeviceError("recording_differs", offset=self._written)
        self._written += len(part)
        if len(part) == len(expected):
            del self._left[0]
        else:
            rest = expected[len(part) :]
            self._left[0] = Happening(self._left[0].ms, "out", rest)
        return len(part)

    @override
    def read(self, deadline: float) -> bytes:
        """Return what came in then, once it is its turn."""
        self._fail_if_due()
        if self._left and self._left[0].kind == "in":
            return self._left.pop(0).data
        time.sleep(max(0.0, min(_NOTHING_S, deadline - time.monotonic())))
        return b""

    def _fail_if_due(self) -> None:
        if self._left and self._left[0].kind == "error":
            self._is_open = False
            raise DeviceError(self._left.pop(0).key, device=self.identity)
