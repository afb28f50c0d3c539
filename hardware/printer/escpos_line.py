"""The wire to an ESC/POS printer: what is asked on it, and what is heard."""

from __future__ import annotations

import time

from hardware.printer.device import Attendant
from hardware.printer.patience import Patience
from hardware.printer.status import Answer, AnswerKind
from hardware.printer.tongue import ESCPOS, Tongue
from hardware.transport.base import CHUNK_BYTES, Transport
from pos_app.ports.printing import PrinterStatus


class EscposLine:
    """Writes whole questions and counts the answers; raises DeviceError when gone.

    Attributes:
        transport: the way there. ears: what was heard.
        status: what the printer was last found to be.
    """

    def __init__(
        self, transport: Transport, patience: Patience, tongue: Tongue = ESCPOS
    ) -> None:
        self.transport = transport
        self.ears = tongue.hearing()
        self._tongue = tongue
        self.status = PrinterStatus.UNKNOWN
        self._patience = patience

    def real_time_status(self) -> PrinterStatus:
        """Ask DLE EOT 1, 2 and 4, and 3 where there is a fault."""
        deadline = time.monotonic() + self._patience.status_s
        self._drop_old_answers(deadline)
        if self.is_answered(self._tongue.ask_status, deadline):
            if self.ears.has_fault:
                self.is_answered(
                    self._tongue.ask_fault, deadline
                )  # what it is; it may not know
            return self.ears.condition.status
        # Half a question, or a late answer, must not be taken for the next one.
        self.transport.close()
        return PrinterStatus.OFFLINE

    def _drop_old_answers(self, deadline: float) -> None:
        """Forget what nobody waits for; a line that never falls silent ends too."""
        while self.transport.read(time.monotonic()):
            if time.monotonic() >= deadline:
                break
        self.ears.begin()

    def is_answered(self, question: bytes, deadline: float) -> bool:
        """Ask for a whole set of answers; whether it came in time."""
        answered = self.ears.times_answered
        if not self.write_all(question, deadline):
            return False
        while time.monotonic() < deadline:
            self.listen(deadline)
            if self.ears.times_answered > answered:
                return True
        return False

    def write_all(self, data: bytes, deadline: float) -> bool:
        """Write something short; whether the printer took all of it in time."""
        offset = 0
        while offset < len(data):
            chunk = data[offset : offset + CHUNK_BYTES]
            taken = self.transport.write_some(chunk, deadline)
            offset += taken
            if not taken and time.monotonic() >= deadline:
                return False
        return True

    def write_steadily(self, data: bytes, attendant: Attendant) -> bool:
        """Write for as long as anything moves; false at the first stall."""
        offset = 0
        while offset < len(data):
            if not attendant.may_go_on():
                return False
            chunk = data[offset : offset + CHUNK_BYTES]
            deadline = time.monotonic() + self._patience.chunk_s
            taken = self.transport.write_some(chunk, deadline)
            if not taken:
                return False
            offset += taken
        return True

    def is_silent_again(self, attendant: Attendant, answers: int) -> bool:
        """Wait for the answers to the flush, and until nothing follows them."""
        heard, last = 0, time.monotonic()
        while attendant.may_go_on():
            now = time.monotonic()
            is_answered = heard >= answers
            patience = self._patience.quiet_s if is_answered else self._patience.flush_s
            if now > last + patience:
                break
            for answer in self.listen(now + min(0.1, patience)):
                if answer.kind is AnswerKind.SENSOR:
                    heard, last = heard + 1, time.monotonic()
        return heard >= answers

    def listen(self, deadline: float) -> tuple[Answer, ...]:
        """Hear what has come in, waiting for it until the deadline."""
        said = self.ears.condition
        answers = self.ears.hear(self.transport.read(deadline))
        if self.ears.condition is not said:
            self.status = self.ears.condition.status
        return answers
