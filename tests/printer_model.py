"""An ESC/POS receipt printer without a wire: bytes go in, answers come out, and paper can run out.

Two shells move its bytes: `virtual_printer.VirtualPrinter` (in process, or attached to a
kernel over USB/IP) and `gadgets.PrinterGadget` of usblab (a kernel gadget inside the VM). Every fault that a test wants is a field or a
method here, so the same test runs against both.

What is modelled: a receive buffer that fills (the endpoint then NAKs), a print speed, real-time commands (DLE EOT,
DLE DC4) answered as bytes arrive, queued commands (GS r, GS a, GS I, ESC p, GS V, ESC @) carried out only when printing
reaches them, Automatic Status Back, a power cycle that loses the buffer. It draws nothing: use emupos for pictures.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from enum import Enum
from typing import Protocol

from tests.escpos_lengths import FIXED, TEXT, command_length

TICK = 0.01  # seconds between two steps of a shell's clock
_SHORT = 8  # commands up to this long are carried out whole


class Paper(Enum):
    OK = "ok"
    NEAR_END = "near end"
    OUT = "out"


class Unplugged(Exception):  # noqa: N818  # it is what happened
    """The printer left the bus at the byte that `unplug_at` names."""


class Engine(Protocol):
    """What a shell drives: `PrinterModel`, or `TcpRelay` in virtual_printer.py."""

    on_answer: Callable[[bytes], None]

    def offer(self, packet: bytes) -> bool: ...
    def step(self, seconds: float) -> None: ...


class PrinterModel:
    """The state of one printer. All public fields may be read and set from any thread."""

    def __init__(
        self, *, capacity: int = 4096, rate: int | None = None, name: str = "TM-T88V"
    ) -> None:
        self.capacity = capacity  # bytes of receive buffer
        self.rate = rate  # bytes printed per second; None prints at once
        self.name = name
        self.received = bytearray()  # every byte taken from the wire
        self.printed = bytearray()  # what the print head has worked through
        self.lost = bytearray()  # what was in the buffer at a power cycle
        self.pulses = 0  # drawer kicks
        self.power_cycles = 0
        self.stalled = False  # takes nothing, prints nothing, says nothing
        self.silent = False  # never answers
        self.noise = b""  # sent before every answer
        self.stop_taking_at: int | None = None  # NAK once this many bytes were taken
        self.unplug_at: int | None = (
            None  # leave the bus once this many bytes were taken
        )
        self.paper_ends_at: int | None = (
            None  # paper runs out once this many bytes were printed
        )
        self.on_answer: Callable[[bytes], None] = lambda answer: None
        self._paper = Paper.OK
        self._cover_open = False
        self._drawer_open = False
        self._buffer = bytearray()
        self._tail = b""  # the last bytes seen by the real-time scanner
        self._inside = 0  # bytes still to come of a long command
        self._asb = 0
        self._budget = 0.0
        self._changed = threading.Condition(threading.RLock())

    # --- faults -----------------------------------------------------------------------------------------------------
    @property
    def paper(self) -> Paper:
        return self._paper

    @paper.setter
    def paper(self, value: Paper) -> None:
        self._set("_paper", value)

    @property
    def cover_open(self) -> bool:
        return self._cover_open

    @cover_open.setter
    def cover_open(self, value: bool) -> None:
        self._set("_cover_open", value)

    @property
    def drawer_open(self) -> bool:
        return self._drawer_open

    @drawer_open.setter
    def drawer_open(self, value: bool) -> None:
        self._set("_drawer_open", value)

    @property
    def online(self) -> bool:
        return not self._cover_open and self._paper is not Paper.OUT

    def power_cycle(self) -> None:
        """Off and on again: whatever was accepted but not printed is gone. The shell also replugs the device."""
        with self._changed:
            self.lost += self._buffer
            self._buffer.clear()
            self._tail, self._inside, self._asb, self._budget = b"", 0, 0, 0.0
            self.power_cycles += 1
            self._changed.notify_all()

    # --- what a test looks at ---------------------------------------------------------------------------------------
    @property
    def receipts(self) -> list[bytes]:
        """What was printed, split after every cut; the last one is the paper still in the printer."""
        with self._changed:
            slips, start, at = [], 0, 0
            while at < len(self.printed):
                text = TEXT.match(self.printed, at)
                length = len(text[0]) if text else command_length(self.printed, at) or 1
                cut = self.printed.startswith(b"\x1dV", at)
                at += length
                if cut:
                    slips.append(bytes(self.printed[start:at]))
                    start = at
            return [*slips, bytes(self.printed[start:])]

    def wait(
        self, condition: Callable[[PrinterModel], bool], timeout: float = 60.0
    ) -> bool:
        """Block until `condition(self)` holds; False when it does not within `timeout` seconds."""
        with self._changed:
            return self._changed.wait_for(lambda: condition(self), timeout)

    # --- the shell's side -------------------------------------------------------------------------------------------
    def offer(self, packet: bytes) -> bool:
        """Take one USB packet, or refuse it (a NAK). Raises `Unplugged` on the packet that holds byte `unplug_at`."""
        with self._changed:
            if (
                self.unplug_at is not None
                and len(self.received) + len(packet) >= self.unplug_at
            ):
                self._take(packet[: self.unplug_at - len(self.received)])
                raise Unplugged
            full = len(self._buffer) + len(packet) > self.capacity
            limit = self.stop_taking_at
            beyond = limit is not None and len(self.received) + len(packet) > limit
            if self.stalled or full or beyond:
                return False
            self._take(packet)
            return True

    def step(self, seconds: float) -> None:
        """Print for this long."""
        with self._changed:
            if self.rate is not None:
                self._budget = (
                    min(self._budget, _SHORT) + self.rate * seconds
                )  # idle time is not saved up
            while self._buffer and not self.stalled and self.online:
                piece = self._next_piece(
                    len(self._buffer) if self.rate is None else int(self._budget)
                )
                if not piece:
                    return
                self._budget -= len(piece)
                self._print(piece)

    # --- inside -----------------------------------------------------------------------------------------------------
    def _set(self, field: str, value: object) -> None:
        with self._changed:
            before = self.asb()
            setattr(self, field, value)
            if self._asb and self.asb() != before:
                self._answer(self.asb())
            self._changed.notify_all()

    def _take(self, data: bytes) -> None:
        self.received += data
        self._buffer += data
        self._realtime(data)
        if self.rate is None:
            self.step(0)
        self._changed.notify_all()

    def _realtime(self, data: bytes) -> None:
        """Real-time commands count wherever they appear in the stream, as on a real printer."""
        seen = self._tail + data
        at = 0
        while (at := seen.find(b"\x10", at)) >= 0:
            if at + 3 > len(seen):
                break
            kind, parameter = seen[at + 1], seen[at + 2]
            if kind == 0x04 and 1 <= parameter <= 4:
                self._answer(bytes([self.status(parameter)]))
                at += 3
            elif kind == 0x14 and parameter == 1 and at + 5 > len(seen):
                break
            elif kind == 0x14 and parameter == 1:
                self._kick()
                at += 5
            else:
                at += 1
        self._tail = seen[at:] if at >= 0 else b""

    def _next_piece(self, budget: int) -> bytes:
        """The next text, whole short command, or as much of a long one (a picture) as is here and affordable."""
        if not self._inside and (text := TEXT.match(self._buffer, 0, budget)):
            return bytes(text[0])
        if not self._inside:
            length = command_length(self._buffer, 0)
            if length is None and len(self._buffer) < self.capacity:
                return b""  # the rest of this command has not arrived
            if length is not None and length <= _SHORT:
                return (
                    bytes(self._buffer[:length])
                    if length <= min(len(self._buffer), budget)
                    else b""
                )
            self._inside = length or 1
        piece = bytes(self._buffer[: min(self._inside, budget)])
        self._inside -= len(piece)
        return piece

    def _print(self, piece: bytes) -> None:
        del self._buffer[: len(piece)]
        self.printed += piece
        if not self._inside and piece[0] in FIXED:
            self._carry_out(piece)
        if self.paper_ends_at is not None and len(self.printed) >= self.paper_ends_at:
            self.paper_ends_at = None
            self.paper = Paper.OUT
        self._changed.notify_all()

    def _carry_out(self, command: bytes) -> None:
        head, last = command[:2], command[-1]
        if head == b"\x1bp":
            self._kick()
        elif head == b"\x1b@":
            self._asb = 0
        elif head == b"\x1dr":
            self._answer(bytes([self._sensor(last)]))
        elif head == b"\x1da":
            self._asb = last
            if last:
                self._answer(self.asb())
        elif head == b"\x1dI" and last in (66, 67):
            self._answer(b"_" + ("EPSON" if last == 66 else self.name).encode() + b"\0")

    def _kick(self) -> None:
        self.pulses += 1
        self.drawer_open = True

    def _answer(self, answer: bytes) -> None:
        if not self.silent:
            self.on_answer(self.noise + answer)

    # --- status bytes -----------------------------------------------------------------------------------------------
    def status(self, n: int) -> int:
        """The answer to DLE EOT n (1 printer, 2 cause of offline, 3 error, 4 paper)."""
        out, near = self._paper is Paper.OUT, self._paper is not Paper.OK
        bits = {
            1: 0x04 * self._drawer_open | 0x08 * (not self.online),
            2: 0x04 * self._cover_open | 0x20 * out,
            3: 0,
            4: 0x0C * near | 0x60 * out,
        }
        return 0x12 | bits[n]

    def asb(self) -> bytes:
        """The four bytes of Automatic Status Back."""
        out, near = self._paper is Paper.OUT, self._paper is not Paper.OK
        first = (
            0x10
            | 0x04 * self._drawer_open
            | 0x08 * (not self.online)
            | 0x20 * self._cover_open
        )
        return bytes([first, 0, 0x03 * near | 0x0C * out, 0])

    def _sensor(self, n: int) -> int:
        if n in (2, 50):
            return 0x01 * self._drawer_open
        return 0x03 * (self._paper is not Paper.OK) | 0x0C * (self._paper is Paper.OUT)
