"""A scale that runs: stable weights only, tare, silence, garbage, unplugging."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.device_worker import BackOff, DeviceWorker
from hardware.scale.answer import ScaleAnswer
from hardware.scale.cas import CasScale
from hardware.scale.device import ScaleDevice
from hardware.scale.dialog06 import Dialog06Scale, TillChecksum
from hardware.scale.hid import HidScale
from hardware.scale.kept_reading import KeptReading
from hardware.scale.line import ScaleLine
from hardware.scale.nci import NciScale
from hardware.scale.serial_scale import SerialScale
from hardware.scale.toledo import ToledoScale
from hardware.scale.virtual import FILE, VirtualScale
from hardware.system_clock import SystemClock
from pos_app.errors import DeviceError
from pos_app.ports.devices import DeviceReport
from pos_app.ports.weighing import ScaleReading, WeighingState
from tests.print_queue import SteadyClock
from tests.virtual_scales import (
    CasDevice,
    Dialog06Device,
    SpokenLine,
    ToledoDevice,
    nci_frame,
)

State = WeighingState


@contextmanager
def running(scale: ScaleDevice) -> Iterator[list[DeviceReport]]:
    """Serve a scale by the till's own worker."""
    reports: list[DeviceReport] = []
    worker = DeviceWorker("scale", scale, reports.append, BackOff(0.01, 1.0, 0.05))
    worker.start()
    try:
        yield reports
    finally:
        assert worker.stop(20)


def wait_for(condition: Callable[[], object], timeout_s: float = 60) -> None:
    deadline = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.005)


def is_stable(scale: ScaleDevice, kilograms: str) -> Callable[[], bool]:
    def check() -> bool:
        said = scale.reading()
        return said.state is State.STABLE and said.weight_kg == Decimal(kilograms)

    return check


def has_state(scale: ScaleDevice, state: State) -> Callable[[], bool]:
    return lambda: scale.reading().state is state


@pytest.mark.parametrize("piece", [1, 3, 4096])
def test_a_toledo_scale_tells_what_lies_there(piece: int) -> None:
    device = ToledoDevice(b"01.235")
    scale = SerialScale(SpokenLine(device, piece), ToledoScale(), SystemClock())

    with running(scale):
        wait_for(is_stable(scale, "1.235"))
        device.status = 1
        wait_for(has_state(scale, State.MOVING))
        device.status = 2
        wait_for(has_state(scale, State.OVER))
        device.status = 4
        wait_for(has_state(scale, State.UNDER_ZERO))
        device.status, device.weight = 0, b"00.500"
        wait_for(is_stable(scale, "0.5"))
        scale.set_zero()
        wait_for(has_state(scale, State.ZERO))


def test_a_cas_scale_tells_what_lies_there() -> None:
    device = CasDevice(b"S  1.235kg")
    scale = SerialScale(SpokenLine(device), CasScale(), SystemClock())

    with running(scale):
        wait_for(is_stable(scale, "1.235"))
        device.is_busy = True
        wait_for(has_state(scale, State.MOVING))


def test_an_nci_scale_tells_what_lies_there() -> None:
    line = SpokenLine(lambda sent: nci_frame(b"01.235kg") if sent == b"W\r" else b"")
    scale = SerialScale(line, NciScale(), SystemClock())

    with running(scale):
        wait_for(is_stable(scale, "1.235"))


def test_a_price_computing_scale_gets_price_and_tare_and_gives_the_net() -> None:
    device = Dialog06Device(1250)
    scale = SerialScale(
        SpokenLine(device), Dialog06Scale(TillChecksum(1)), SystemClock()
    )

    with running(scale):
        scale.offer_price(680)
        scale.set_tare(Decimal("0.015"))
        wait_for(is_stable(scale, "1.235"))
        assert (device.price, device.tare) == (680, 15)
        device.status = b"20"
        wait_for(has_state(scale, State.MOVING))
        device.status = b"31"
        wait_for(has_state(scale, State.UNDER_ZERO))


def test_a_scale_that_asks_for_checksums_is_served_by_a_till_that_knows_them() -> None:
    device = Dialog06Device(1250, asks_checksum=True)
    till = TillChecksum(0x1234, device.POLYNOMIAL & 0xFFFF)
    scale = SerialScale(SpokenLine(device), Dialog06Scale(till), SystemClock())

    with running(scale):
        scale.offer_price(680)
        wait_for(is_stable(scale, "1.25"))
    assert len(device.checksums) == 1


def test_a_scale_that_asks_for_checksums_is_named_where_the_till_has_none() -> None:
    device = Dialog06Device(1250, asks_checksum=True)
    scale = SerialScale(
        SpokenLine(device), Dialog06Scale(TillChecksum(1)), SystemClock()
    )

    with running(scale) as reports:
        scale.offer_price(680)
        wait_for(lambda: any(x.key == "scale_wants_checksum" for x in reports))
    assert not device.checksums


def test_a_scale_that_never_answers_is_missing_and_looked_for_again() -> None:
    line = SpokenLine(lambda _sent: b"")
    scale = SerialScale(line, ToledoScale(), SystemClock())

    with running(scale) as reports:
        wait_for(lambda: any(x.key == "scale_silent" for x in reports))
        assert scale.reading().state is State.SILENT
        line.answer = ToledoDevice(b"01.235")
        wait_for(is_stable(scale, "1.235"))


def test_a_scale_that_is_unplugged_forgets_its_weight() -> None:
    line = SpokenLine(ToledoDevice(b"01.235"))
    scale = SerialScale(line, ToledoScale(), SystemClock())

    with running(scale) as reports:
        wait_for(is_stable(scale, "1.235"))
        line.is_there = False
        wait_for(lambda: reports[-1].key in ("device_gone", "device_unreachable"))
        assert scale.reading() == ScaleReading(State.SILENT, None, Decimal(0), 0) or (
            scale.reading().weight_kg is None
        )
        line.is_there = True
        wait_for(is_stable(scale, "1.235"))


def test_one_answer_without_a_checksum_is_no_weight_yet() -> None:
    scale = SerialScale(
        SpokenLine(ToledoDevice(b"01.235")), ToledoScale(), SteadyClock()
    )

    scale.open()
    assert scale.reading().state is State.MOVING
    scale.turn()
    assert scale.reading().state is State.STABLE


def test_a_reading_older_than_two_seconds_is_silence() -> None:
    clock = SteadyClock()
    kept = KeptReading(clock)
    kept.hear(ScaleAnswer(State.STABLE, Decimal("1.235")))

    clock.ms += 2000
    assert kept.reading().state is State.STABLE
    clock.ms += 1
    assert kept.reading().state is State.SILENT
    assert kept.reading().weight_kg is None


def test_a_tare_is_taken_off_and_an_empty_scale_is_then_under_zero() -> None:
    kept = KeptReading(SteadyClock())
    kept.set_tare(Decimal("0.015"))

    kept.hear(ScaleAnswer(State.STABLE, Decimal("1.250")))
    said = kept.reading()
    assert (said.weight_kg, said.tare_kg) == (Decimal("1.235"), Decimal("0.015"))
    kept.hear(ScaleAnswer(State.STABLE, Decimal("0.015")))
    assert kept.reading().state is State.ZERO
    kept.hear(ScaleAnswer(State.ZERO, Decimal(0)))
    assert kept.reading().state is State.UNDER_ZERO


def test_a_tare_of_the_scale_itself_is_not_taken_off_twice() -> None:
    kept = KeptReading(SteadyClock())
    kept.set_tare(Decimal("0.015"))
    kept.hear(ScaleAnswer(State.STABLE, Decimal("1.235"), is_net=True))

    assert kept.reading().weight_kg == Decimal("1.235")


def test_a_hid_scale_tells_its_last_report() -> None:
    line = SpokenLine(lambda _sent: b"")
    scale = HidScale(line, SteadyClock())
    scale.open()

    line._waiting = bytes.fromhex("030402ff3930")
    scale.turn()

    assert scale.reading().weight_kg == Decimal("1.2345")
    scale.close()
    assert scale.reading().state is State.SILENT


def test_a_hid_scale_that_speaks_on_change_is_believed_while_it_is_there() -> None:
    line, clock = SpokenLine(lambda _sent: b""), SteadyClock()
    scale = HidScale(line, clock, speaks_on_change=True)
    scale.open()
    line._waiting = bytes.fromhex("030402ff3930")
    scale.turn()

    clock.ms += 60_000
    assert scale.reading().state is State.STABLE
    scale.close()
    assert scale.reading().state is State.SILENT


def test_the_scale_for_practice_reads_its_file(tmp_path: Path) -> None:
    scale = VirtualScale(tmp_path / "deep" / FILE, SystemClock())

    with running(scale):
        wait_for(has_state(scale, State.ZERO))
        (tmp_path / "deep" / FILE).write_text("1.235\n")
        wait_for(is_stable(scale, "1.235"))
        for word, state in (
            ("moving", State.MOVING),
            ("over", State.OVER),
            ("under", State.UNDER_ZERO),
            ("what?", State.UNREADABLE),
            ("9" * 5000, State.UNREADABLE),
            ("silent", State.SILENT),
        ):
            (tmp_path / "deep" / FILE).write_text(word)
            wait_for(has_state(scale, state))


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["toledo", "cas", "nci", "dialog06"]))
def test_garbage_on_the_line_neither_hangs_nor_raises_anything_else(
    garbage: bytes, name: str
) -> None:
    languages = {
        "toledo": ToledoScale(),
        "cas": CasScale(),
        "nci": NciScale(),
        "dialog06": Dialog06Scale(TillChecksum(1)),
    }
    line = ScaleLine(SpokenLine(lambda _sent: garbage), answer_s=0.02)
    line.open()
    language = languages[name]
    language.offer(680, 0)
    before = time.monotonic()

    try:
        language.ask(line)
    except DeviceError as error:
        assert error.key in ("scale_wants_checksum", "device_gone")  # noqa: PT017
    assert time.monotonic() - before < 30
