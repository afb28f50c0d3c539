"""Answers of a printer are told apart by their bits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.printer.status import (
    Answer,
    AnswerKind,
    AnswerReader,
    can_print,
    status_of_automatic,
    status_of_real_time,
)
from pos_app.ports.printing import PrinterStatus

REAL, AUTO, SENSOR = AnswerKind.REAL_TIME, AnswerKind.AUTOMATIC, AnswerKind.SENSOR


@pytest.mark.parametrize(
    ("data", "kinds"),
    [
        pytest.param(
            b"\x12\x12\x12", [REAL, REAL, REAL], id="three answers to DLE EOT"
        ),
        pytest.param(b"\x10\x00\x00\x00\x00", [AUTO, SENSOR], id="status, then GS r"),
        pytest.param(b"\x18\x00\x0c\x00\x0f", [AUTO, SENSOR], id="paper out, both"),
        pytest.param(b"\x10\x00\x12\x00\x00", [REAL, AUTO], id="one inside the other"),
        pytest.param(b"\x13\x11\xff", [], id="flow control and noise"),
    ],
)
def test_telling_apart(data: bytes, kinds: list[AnswerKind]) -> None:
    assert [answer.kind for answer in AnswerReader().feed(data)] == kinds


def test_an_answer_in_two_parts_is_one_answer() -> None:
    reader = AnswerReader()
    assert reader.feed(b"\x14\x00") == ()
    assert reader.feed(b"\x00\x00") == (Answer(AUTO, b"\x14\x00\x00\x00"),)


@given(st.binary())
def test_noise_is_survived(data: bytes) -> None:
    for answer in AnswerReader().feed(data):
        assert len(answer.data) == (4 if answer.kind is AUTO else 1)


@pytest.mark.parametrize(
    ("answers", "status"),
    [
        pytest.param((0x12, 0x12, 0x12), PrinterStatus.READY, id="ready"),
        pytest.param((0x16, 0x12, 0x12), PrinterStatus.READY, id="drawer open"),
        pytest.param((0x12, 0x12, 0x1E), PrinterStatus.PAPER_LOW, id="near end"),
        pytest.param((0x1A, 0x32, 0x7E), PrinterStatus.PAPER_OUT, id="paper out"),
        pytest.param((0x1A, 0x16, 0x12), PrinterStatus.COVER_OPEN, id="cover open"),
        pytest.param((0x1A, 0x52, 0x12), PrinterStatus.OFFLINE, id="error"),
        pytest.param((0x1A, 0x12, 0x12), PrinterStatus.OFFLINE, id="switched off line"),
    ],
)
def test_real_time_status(answers: tuple[int, int, int], status: PrinterStatus) -> None:
    assert status_of_real_time(*answers) is status


@pytest.mark.parametrize(
    ("data", "status"),
    [
        pytest.param(b"\x10\x00\x00\x00", PrinterStatus.READY, id="ready"),
        pytest.param(b"\x10\x00\x03\x00", PrinterStatus.PAPER_LOW, id="near end"),
        pytest.param(b"\x18\x00\x0f\x00", PrinterStatus.PAPER_OUT, id="paper out"),
        pytest.param(b"\x38\x00\x00\x00", PrinterStatus.COVER_OPEN, id="cover open"),
        pytest.param(b"\x18\x08\x00\x00", PrinterStatus.OFFLINE, id="cutter jammed"),
    ],
)
def test_automatic_status(data: bytes, status: PrinterStatus) -> None:
    assert status_of_automatic(data) is status


def test_who_cannot_tell_may_print() -> None:
    assert {status for status in PrinterStatus if can_print(status)} == {
        PrinterStatus.READY,
        PrinterStatus.PAPER_LOW,
        PrinterStatus.UNKNOWN,
    }
