"""The till's Toledo language against a scale that somebody else wrote (emupos)."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

import pytest

from hardware.manager import DeviceListeners, DeviceManager
from hardware.system_clock import SystemClock
from pos_app.ports.devices import (
    Connection,
    ConnectionKind,
    DeviceCategory,
    DeviceSettings,
)
from pos_app.ports.weighing import Weighing, WeighingState
from tests import emupos
from tests.print_queue import MemoryQueue

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a PTY")
#: A PTY is no serial line and refuses seven bits; see test_kernel_scales for 7E1.
ON_A_PTY = {"bytesize": 8, "parity": "N"}


class ForeignScale:
    """A running emupos with one scale on a PTY."""

    def __init__(self, program: str, folder: Path) -> None:
        self._program, self._folder = program, folder
        self._api = emupos._free_port()
        #: PTYs lie side by side in one folder of the machine.
        self.name = f"scale{os.getpid()}"
        self.pty = Path("/tmp/emupos") / self.name

    @contextmanager
    def running(self) -> Iterator[ForeignScale]:
        config = self._folder / "emupos.yaml"
        config.write_text(
            f"schema: 1\napi: {{ host: 127.0.0.1, port: {self._api} }}\n"
            f"devices:\n  - id: {self.name}\n    type: scale\n"
            "    profile: toledo8217-15kg\n"
            "    connections:\n      - serial: { pty: true }\n"
        )
        clean = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
        with (self._folder / "emupos.log").open("wb") as log:
            words = [self._program, "run", "--config", str(config)]
            process = subprocess.Popen(words, stdout=log, stderr=log, env=clean)
            try:
                emupos.wait_until(self.pty.exists)
                yield self
            finally:
                process.terminate()
                process.wait(60)

    def do(self, *words: str) -> None:
        assert self.begin(*words).wait(120) == 0

    def begin(self, *words: str) -> subprocess.Popen[bytes]:
        api = f"http://127.0.0.1:{self._api}"
        asked = [self._program, "--api", api, "scale", *words]
        return subprocess.Popen(asked, stdout=subprocess.DEVNULL)


@pytest.fixture
def scale(tmp_path: Path) -> Iterator[tuple[ForeignScale, Weighing]]:
    program = emupos.command()
    manager = DeviceManager(MemoryQueue(), SystemClock(), DeviceListeners())
    with ForeignScale(program, tmp_path).running() as foreign:
        way = Connection(ConnectionKind.SERIAL, str(foreign.pty), ON_A_PTY)
        device = DeviceSettings("s", DeviceCategory.SCALE, "", "scale_toledo", way)
        manager.use([device])
        weighing = manager.scale()
        assert weighing is not None
        try:
            yield foreign, weighing
        finally:
            assert manager.stop(30)


def says(
    weighing: Weighing,
    state: WeighingState,
    kilograms: str = "",
    again: Callable[[], subprocess.Popen[bytes]] | None = None,
) -> None:
    """Wait until the till knows what lies there.

    Args:
        weighing: what the till reads. state: what is waited for.
        kilograms: the weight; "" for any.
        again: moves what lies there once more, because it comes to rest by itself:
            perhaps before the program that moves it has ended.
    """
    begun: list[subprocess.Popen[bytes]] = []

    def is_so() -> bool:
        reading = weighing.reading()
        weight = Decimal(kilograms) if kilograms else reading.weight_kg
        is_there = reading.state is state and reading.weight_kg == weight
        if again is not None and not is_there and (not begun or begun[-1].poll() == 0):
            begun.append(again())
        return is_there

    check: Callable[[], bool] = is_so
    emupos.wait_until(check, 100)
    assert all(each.wait(120) == 0 for each in begun)


def test_a_foreign_toledo_scale_is_read(scale: tuple[ForeignScale, Weighing]) -> None:
    foreign, weighing = scale
    says(weighing, WeighingState.ZERO)
    foreign.do("set", "1.234kg")  # it weighs in steps of five grams
    says(weighing, WeighingState.STABLE, "1.235")
    weighing.set_tare(Decimal("0.035"))
    says(weighing, WeighingState.STABLE, "1.2")
    weighing.set_tare(Decimal(0))
    says(
        weighing,
        WeighingState.MOVING,
        again=lambda: foreign.begin("set", "2kg", "--unstable"),
    )
    foreign.do("set", "20kg")
    says(weighing, WeighingState.OVER)
    foreign.do("set", "0.02kg")
    says(weighing, WeighingState.STABLE, "0.02")
    foreign.do("zero")  # its key: this one does not know the command
    says(weighing, WeighingState.ZERO)
