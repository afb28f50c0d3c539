"""A device that is plugged in again is served at once, however long it was away."""

from __future__ import annotations

import threading

from hardware.device_worker import BackOff, DeviceWorker
from pos_app.errors import DeviceError
from pos_app.ports.devices import DeviceHealth, DeviceReport


class Socket:
    """A device that is there or not, as the test says."""

    def __init__(self) -> None:
        self.is_plugged = threading.Event()
        self.was_asked = threading.Semaphore(0)
        self.before_answer = lambda: None

    def open(self) -> None:
        is_there = self.is_plugged.is_set()
        self.before_answer()
        self.was_asked.release()
        if not is_there:
            raise DeviceError("device_unreachable", device="it")

    def turn(self) -> None:
        if not self.is_plugged.wait(0.01):
            raise DeviceError("device_gone", device="it")

    def close(self) -> None:
        pass


class Ear:
    def __init__(self) -> None:
        self.heard: list[DeviceReport] = []
        self._told = threading.Condition()

    def hear(self, report: DeviceReport) -> None:
        with self._told:
            self.heard.append(report)
            self._told.notify_all()

    def wait_for(self, health: DeviceHealth) -> None:
        with self._told:
            assert self._told.wait_for(
                lambda: any(x.health is health for x in self.heard), 20
            )


def test_a_device_away_for_long_is_served_as_soon_as_it_is_plugged_in() -> None:
    device, ear = Socket(), Ear()
    away = BackOff(first_s=600, most_s=600)
    worker = DeviceWorker("scale", device, ear.hear, away)
    worker.start()
    ear.wait_for(DeviceHealth.MISSING)
    device.is_plugged.set()
    worker.wake()
    ear.wait_for(DeviceHealth.WORKING)
    assert worker.stop(20)


def test_what_is_plugged_in_while_the_till_looks_is_not_missed() -> None:
    device, ear = Socket(), Ear()
    worker = DeviceWorker("scale", device, ear.hear, BackOff(first_s=600, most_s=600))

    def plugged_just_now() -> None:
        device.before_answer = lambda: None
        device.is_plugged.set()
        worker.wake()

    device.before_answer = plugged_just_now
    worker.start()
    ear.wait_for(DeviceHealth.WORKING)
    assert worker.stop(20)
