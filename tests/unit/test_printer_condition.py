"""What a printer's bits say: paper, cover, cutter, the drawer's pin, garbage."""

import pytest

from hardware.printer.condition import (
    Ears,
    condition_of_automatic,
    condition_of_real_time,
)
from hardware.printer.status import AnswerKind
from pos_app.ports.printing import PrinterStatus


@pytest.mark.parametrize(
    ("answers", "status", "fact"),
    [
        ((0x12, 0x12, 0x12), PrinterStatus.READY, ("paper", "ok")),
        ((0x12, 0x12, 0x1E), PrinterStatus.PAPER_LOW, ("paper", "low")),
        ((0x1A, 0x32, 0x7E), PrinterStatus.PAPER_OUT, ("paper", "out")),
        ((0x1A, 0x16, 0x12), PrinterStatus.COVER_OPEN, ("cover", "open")),
        ((0x1A, 0x52, 0x12, 0x1A), PrinterStatus.OFFLINE, ("cutter", "error")),
        ((0x1A, 0x52, 0x12, 0x32), PrinterStatus.OFFLINE, ("fault", "broken")),
        ((0x1A, 0x52, 0x12, 0x52), PrinterStatus.OFFLINE, ("fault", "resting")),
        ((0x16, 0x12, 0x12), PrinterStatus.READY, ("drawer_pin", "high")),
    ],
)
def test_answers_to_the_question_of_state(answers, status, fact) -> None:
    found = condition_of_real_time(*answers)
    assert found.status is status
    assert fact in found.facts


@pytest.mark.parametrize(
    ("report", "status", "fact"),
    [
        (b"\x10\x00\x00\x00", PrinterStatus.READY, ("online", "yes")),
        (b"\x14\x00\x00\x00", PrinterStatus.READY, ("drawer_pin", "high")),
        (b"\x18\x00\x0f\x00", PrinterStatus.PAPER_OUT, ("paper", "out")),
        (b"\x38\x00\x00\x00", PrinterStatus.COVER_OPEN, ("cover", "open")),
        (b"\x18\x08\x00\x00", PrinterStatus.OFFLINE, ("cutter", "error")),
    ],
)
def test_reports_that_come_by_themselves(report, status, fact) -> None:
    found = condition_of_automatic(report)
    assert found.status is status
    assert fact in found.facts


def test_a_fault_is_named_by_a_fourth_answer() -> None:
    ears = Ears()
    ears.hear(b"\x1a\x52\x12")
    assert ears.has_fault
    ears.hear(b"\x1a")
    assert not ears.has_fault
    assert ("cutter", "error") in ears.condition.facts
    assert ears.times_answered == 2
    ears.hear(b"\x12\x12\x12")
    assert ears.condition.status is PrinterStatus.READY


def test_half_a_report_survives_a_question_and_is_no_confirmation() -> None:
    ears = Ears()
    ears.hear(b"\x18\x00")
    ears.begin_question()
    answers = ears.hear(b"\x0f\x00")
    assert [x.kind for x in answers] == [AnswerKind.AUTOMATIC]
    assert ears.condition.status is PrinterStatus.PAPER_OUT


@pytest.mark.parametrize("noise", [b"\xff", b"\x80\x12", b"\x05"])
def test_what_no_printer_says_is_noticed(noise: bytes) -> None:
    ears = Ears()
    ears.hear(noise)
    assert ears.heard_garbage


def test_what_printers_say_is_no_garbage() -> None:
    ears = Ears()
    ears.hear(b"\x12\x12\x1e\x14\x00\x00\x00\x00\x03\x0c\x0f")
    assert not ears.heard_garbage
