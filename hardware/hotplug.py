"""Notices at once that something was plugged in or out, and says so to one listener.

Linux: udev's own events, else a look at /sys every two seconds. Windows: the
configuration manager's notifications, else the same looking; tried on no Windows yet.
"""

from __future__ import annotations

import logging
import sys
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from hardware.transport.sysfs import SYS

_log = logging.getLogger(__name__)
#: What the till's devices appear as.
SUBSYSTEMS = ("usb", "usbmisc", "tty", "hidraw", "input")
#: Where udev listens; without it there are no events that come after its rules.
_UDEV = Path("/run/udev/control")


@dataclass(frozen=True, slots=True)
class Tempo:
    """How quickly plugging is noticed, in seconds.

    Attributes:
        quiet_s: a device brings a dozen events; the listener hears one word when
            nothing has come for so long. most_s: or at the latest after this.
        look_s: between two looks where the system tells nothing.
        begin_s: before it begins; a till's first seconds belong to its screen.
    """

    quiet_s: float = 0.25
    most_s: float = 1.5
    look_s: float = 2.0
    begin_s: float = 3.0


class PlugSource(Protocol):
    """Where word of plugging comes from; used by the watcher's thread only."""

    def wait(self, timeout_s: float) -> bool:
        """Return whether something was plugged in or out within so long."""
        ...

    def interrupt(self) -> None:
        """End a wait under way, from any thread."""
        ...

    def close(self) -> None:
        """Stop listening."""
        ...


class PlugWatch:
    """Tells `on_change`, on its own thread, after each change of what is plugged in.

    Args:
        on_change: must return at once; a fault of it ends nothing.
        source: makes what is listened to, on the thread; None for the system's own.
        tempo: how quickly.
    """

    def __init__(
        self,
        on_change: Callable[[], None],
        source: Callable[[], PlugSource] | None = None,
        tempo: Tempo = Tempo(),  # frozen
    ) -> None:
        self._on_change = on_change
        self._make_source = source or (lambda: system_source(tempo))
        self._tempo = tempo
        self._stopping = threading.Event()
        self._source: PlugSource | None = None
        self._guard = threading.Lock()
        self._thread = threading.Thread(target=self._run, name="hotplug", daemon=True)

    def start(self) -> None:
        """Begin to listen; libraries are loaded on the thread, not here."""
        self._thread.start()

    def stop(self, timeout_s: float) -> bool:
        """End the thread; whether it ended in time."""
        self._stopping.set()
        with self._guard:
            if self._source is not None:
                self._source.interrupt()
        if self._thread.is_alive():
            self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        if self._stopping.wait(self._tempo.begin_s):
            return
        source = self._make_source()
        with ExitStack() as ending:
            ending.callback(source.close)
            with self._guard:
                self._source = source
            ending.callback(self._forget)
            while not self._stopping.is_set():
                if self._has_changed(source) and self._has_settled(source):
                    self._tell()

    def _has_changed(self, source: PlugSource) -> bool:
        try:
            return source.wait(60.0)
        except OSError as error:
            # More came at once than the system keeps (ENOBUFS), or it is at fault:
            # something did change, and what comes later is heard again.
            _log.warning("word of plugging was lost: %s", error)
            return not self._stopping.wait(self._tempo.look_s)

    def _forget(self) -> None:
        with self._guard:
            self._source = None

    def _has_settled(self, source: PlugSource) -> bool:
        """Wait until the events of one plugging are over."""
        latest = time.monotonic() + self._tempo.most_s
        with suppress(OSError):
            while time.monotonic() < latest and not self._stopping.is_set():
                if not source.wait(self._tempo.quiet_s):
                    break
        return not self._stopping.is_set()

    def _tell(self) -> None:
        try:
            self._on_change()
        except RuntimeError:
            # The screen may be closing while its till still runs.
            _log.exception("a change of what is plugged in reached nobody")


def system_source(tempo: Tempo) -> PlugSource:
    """Return the best source of this system."""
    try:
        if sys.platform == "win32":
            from hardware.windows_plugging import WindowsSource

            return WindowsSource()
        if sys.platform == "linux" and _UDEV.exists():
            from hardware.udev_plugging import UdevSource

            return UdevSource(SUBSYSTEMS)
    except (OSError, ImportError) as error:
        _log.warning("no word of plugging: %s; looking by itself", error)
    return LookingSource(names_of_devices, tempo.look_s)


class LookingSource:
    """Compares what is there with what was, again and again.

    Args:
        look: returns names of everything that is there now.
        look_s: between two looks, seconds.
    """

    def __init__(self, look: Callable[[], frozenset[str]], look_s: float) -> None:
        self._look, self._look_s = look, look_s
        self._known = look()
        self._interrupted = threading.Event()

    def wait(self, timeout_s: float) -> bool:
        """See `PlugSource.wait`."""
        deadline = time.monotonic() + timeout_s
        while not self._interrupted.is_set():
            now = self._look()
            if now != self._known:
                self._known = now
                return True
            left = deadline - time.monotonic()
            if left <= 0:
                break
            self._interrupted.wait(min(self._look_s, left))
        return False

    def interrupt(self) -> None:
        """See `PlugSource.interrupt`."""
        self._interrupted.set()

    def close(self) -> None:
        """Hold nothing."""


def names_of_devices(sys_folder: Path = SYS) -> frozenset[str]:
    """Return what is plugged in now, by names that change when it is replugged."""
    if sys.platform == "win32":
        from hardware.transport.serial_ports import serial_ports
        from hardware.transport.windows_setupapi import USB_PRINT, interface_paths

        return frozenset(
            (*(x.node for x in serial_ports()), *interface_paths(USB_PRINT))
        )
    found: set[str] = set()
    devices = sys_folder / "bus" / "usb" / "devices"
    for folder in _entries(devices):
        # Its number on the bus is new after each plugging, also of the same device.
        number = folder / "devnum"
        try:
            found.add(f"{folder.name}#{number.read_text().strip()}")
        except OSError:
            found.add(folder.name)
    for subsystem in ("usbmisc", "hidraw", "tty"):
        found.update(x.name for x in _entries(sys_folder / "class" / subsystem))
    return frozenset(found)


def _entries(folder: Path) -> Iterable[Path]:
    try:
        return tuple(folder.iterdir())
    except OSError:
        return ()
