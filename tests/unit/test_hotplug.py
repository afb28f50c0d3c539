"""Plugging is told once, soon after it is over; the watcher ends when it is told to."""

from __future__ import annotations

import errno
import threading
import time
from pathlib import Path

from hardware.hotplug import LookingSource, PlugWatch, Tempo, names_of_devices
from tests.usb_tree import UsbTree

QUICK = Tempo(quiet_s=0.02, most_s=0.5, look_s=0.01, begin_s=0)


class Ear:
    """Counts what it is told, and can be waited for."""

    def __init__(self) -> None:
        self.times = 0
        self._told = threading.Condition()

    def hear(self) -> None:
        with self._told:
            self.times += 1
            self._told.notify_all()

    def wait_for(self, times: int) -> None:
        with self._told:
            assert self._told.wait_for(lambda: self.times >= times, 100), self.times


def watch_of(tree: UsbTree, ear: Ear, begun: threading.Event) -> PlugWatch:
    def source() -> LookingSource:
        made = LookingSource(lambda: names_of_devices(tree.sys), QUICK.look_s)
        begun.set()
        return made

    return PlugWatch(ear.hear, source, QUICK)


def test_what_is_plugged_in_and_out_is_told(tmp_path: Path) -> None:
    tree, ear, begun = UsbTree(tmp_path), Ear(), threading.Event()
    watch = watch_of(tree, ear, begun)
    watch.start()
    assert begun.wait(100)
    device = tree.plug("1-1", "04b8", "0202")
    ear.wait_for(1)
    heard = ear.times
    (device / "devnum").write_text("77\n")  # pulled out and put back between two looks
    ear.wait_for(heard + 1)
    assert watch.stop(20)


def test_nothing_is_told_of_a_counter_that_stays_as_it_is(tmp_path: Path) -> None:
    tree = UsbTree(tmp_path)
    tree.plug("1-1", "04b8", "0202")
    source = LookingSource(lambda: names_of_devices(tree.sys), 0.01)
    assert not source.wait(0.1)


def test_a_watch_ends_before_anything_was_plugged(tmp_path: Path) -> None:
    ear, begun = Ear(), threading.Event()
    watch = watch_of(UsbTree(tmp_path), ear, begun)
    watch.start()
    assert watch.stop(20)
    assert ear.times == 0


def test_a_watch_that_never_began_can_be_stopped() -> None:
    assert PlugWatch(lambda: None).stop(1)


def test_many_events_of_one_device_are_one_word() -> None:
    """A printer brings its device, its interface, its node: all within a moment."""

    class Burst:
        def __init__(self) -> None:
            self.left = [True] * 12
            self.ended = threading.Event()

        def wait(self, timeout_s: float) -> bool:
            if self.left:
                return self.left.pop()
            self.ended.wait(timeout_s)
            return False

        def interrupt(self) -> None:
            self.ended.set()

        def close(self) -> None:
            self.ended.set()

    ear = Ear()
    watch = PlugWatch(ear.hear, Burst, Tempo(quiet_s=0.02, most_s=5, begin_s=0))
    watch.start()
    ear.wait_for(1)
    assert watch.stop(20)
    assert ear.times == 1


def test_the_systems_own_source_starts_and_ends() -> None:
    watch = PlugWatch(lambda: None, tempo=QUICK)
    watch.start()
    assert watch.stop(20)


class Storm:
    """Brings many events at once; the system loses some and says so."""

    def __init__(self, events: int) -> None:
        self.left = events
        self._ended = threading.Event()

    def wait(self, timeout_s: float) -> bool:
        if self.left > 0:
            self.left -= 1
            if self.left % 7 == 3:
                raise OSError(errno.ENOBUFS, "No buffer space available")
            return True
        self._ended.wait(timeout_s)
        return False

    def interrupt(self) -> None:
        self._ended.set()

    def close(self) -> None:
        assert self._ended.is_set()


def test_a_storm_of_plugging_is_told_a_few_times_and_ends_nothing() -> None:
    ear, storm = Ear(), Storm(200)
    watch = PlugWatch(ear.hear, lambda: storm, QUICK)
    watch.start()
    ear.wait_for(1)
    until = time.monotonic() + 20
    while storm.left:
        assert time.monotonic() < until
        time.sleep(0.005)
    assert watch.stop(20)
    assert ear.times < 100
