"""Prints the guided test page on a printer that no queue knows, and reads the answers."""

from __future__ import annotations

import time
from collections.abc import Callable

from hardware.printer import escpos, star
from hardware.printer.condition import Ears
from hardware.printer.star_status import ASK_STATUS as ASK_STAR
from hardware.printer.star_status import StarReader, condition_of, count_of
from hardware.printer.status import ASK_STATUS, AnswerKind, can_print
from hardware.printer.test_page import page_bytes, questions
from hardware.printer.test_page_result import profile_from_answers
from hardware.transport.base import CHUNK_BYTES, Transport, finish_document
from hardware.transport.opening import transport_of
from pos_app.errors import DeviceError
from pos_app.ports.devices import Connection
from pos_app.ports.printer_guide import (
    GuideAnswers,
    GuideHeard,
    GuideQuestion,
    GuideResult,
)
from pos_app.ports.printing import PrinterStatus

#: Seconds: to connect, for an answer at once, for the whole page to be taken, and
#: then for the word that it is printed.
CONNECT_S, ANSWER_S, PAGE_S, DONE_S = 3.0, 1.0, 30.0, 10.0


class GuidedTestPage:
    """Implements `pos_app.ports.printer_guide.PrinterGuide`."""

    def __init__(
        self, open_transport: Callable[[Connection], Transport] = transport_of
    ) -> None:
        self._open_transport = open_transport

    def print_page(self, connection: Connection, language: str) -> GuideHeard:
        """Print the page in a printer language; waits for 45 s at most.

        Raises:
            UserError: when the connection makes no sense.
        """
        transport = self._open_transport(connection)
        try:
            transport.open(time.monotonic() + CONNECT_S)
            return _printed(transport, language)
        except DeviceError:
            return GuideHeard(PrinterStatus.UNREACHABLE)
        finally:
            transport.close()

    def questions(self, language: str) -> tuple[GuideQuestion, ...]:
        """Return what to ask; both pages have the same numbers."""
        assert language in ("escpos", "star")
        return questions()

    def result(
        self, language: str, answers: GuideAnswers, heard: GuideHeard
    ) -> GuideResult:
        """Return what the answers mean."""
        return profile_from_answers(language, answers, heard)


def _printed(transport: Transport, language: str) -> GuideHeard:
    listener = _StarListener() if language == "star" else _EscposListener()
    reads = transport.capabilities.reads
    answers = reads and _is_heard(transport, listener, listener.ask, ANSWER_S)
    status = listener.status if answers else PrinterStatus.UNKNOWN
    if not can_print(status):
        return GuideHeard(status, answers)
    if not _written(transport, page_bytes(language), time.monotonic() + PAGE_S):
        return GuideHeard(PrinterStatus.OFFLINE, answers)
    listener.begin()
    confirms = reads and _is_heard(transport, listener, listener.done, DONE_S)
    if not reads and not finish_document(transport, time.monotonic() + PAGE_S):
        return GuideHeard(PrinterStatus.OFFLINE)
    return GuideHeard(status, answers, confirms)


def _is_heard(
    transport: Transport, listener: _Listener, question: bytes, patience_s: float
) -> bool:
    deadline = time.monotonic() + patience_s
    if not _written(transport, question, deadline):
        return False
    while time.monotonic() < deadline:
        if listener.hear(transport.read(deadline), question):
            return True
    return False


def _written(transport: Transport, data: bytes, deadline: float) -> bool:
    offset = 0
    while offset < len(data):
        chunk = data[offset : offset + CHUNK_BYTES]
        taken = transport.write_some(chunk, deadline)
        offset += taken
        if not taken and time.monotonic() >= deadline:
            return False
    return True


class _EscposListener:
    ask, done = ASK_STATUS, escpos.ASK_WHEN_DONE

    def __init__(self) -> None:
        self._ears = Ears()

    @property
    def status(self) -> PrinterStatus:
        return self._ears.condition.status

    def begin(self) -> None:
        self._ears.begin()

    def hear(self, data: bytes, question: bytes) -> bool:
        answered = self._ears.times_answered
        answers = self._ears.hear(data)
        if question == self.done:
            return any(answer.kind is AnswerKind.SENSOR for answer in answers)
        return self._ears.times_answered > answered


class _StarListener:
    ask, done = ASK_STAR, star.COUNT_WHEN_DONE

    def __init__(self) -> None:
        self._reader = StarReader()
        self.status = PrinterStatus.UNKNOWN

    def begin(self) -> None:
        """Reports of the count 0 may still come; they are told apart by it."""

    def hear(self, data: bytes, question: bytes) -> bool:
        reports = self._reader.feed(data)
        for report in reports:
            self.status = condition_of(report).status
        if question == self.done:
            return any(count_of(report) for report in reports)
        return bool(reports)


_Listener = _EscposListener | _StarListener
