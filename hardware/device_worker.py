"""The thread of one device: opens it, serves it, and finds it again."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass

from hardware.running_device import RunningDevice
from pos_app.errors import DeviceError
from pos_app.ports.devices import DeviceHealth, DeviceReport

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class BackOff:
    """How long a device that is not there is left alone, in seconds."""

    first_s: float = 0.2
    factor: float = 2.0
    most_s: float = 5.0


#: What a device's error means for its health; the rest is MISSING.
WAITING_KEYS = frozenset({"device_forbidden", "device_in_use", "device_has_no_driver"})


class DeviceWorker:
    """Looks after one `RunningDevice`.

    Args:
        device_id: whose thread it is.
        device: what it serves.
        on_report: told, on the worker's thread, when the device's health changes.
        back_off: how it waits for a device that is not there.
    """

    def __init__(
        self,
        device_id: str,
        device: RunningDevice,
        on_report: Callable[[DeviceReport], None],
        back_off: BackOff = BackOff(),
    ) -> None:
        self._device_id = device_id
        self._device = device
        self._on_report = on_report
        self._back_off = back_off
        self._wait_s = back_off.first_s
        self._stopping = threading.Event()
        self._awake = threading.Event()
        self._last: DeviceReport | None = None
        self._thread = threading.Thread(
            target=self._run, name=f"device-{device_id}", daemon=True
        )

    # ------------------------------------------------- from any thread, at once
    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def wake(self) -> None:
        """Something was plugged in: try again now."""
        self._awake.set()

    def begin_stop(self, _timeout_s: float) -> None:
        """Ask the thread to end; `stop` waits for it."""
        self._stopping.set()
        self._awake.set()

    def stop(self, timeout_s: float) -> bool:
        """End after the turn under way; whether the thread ended in time."""
        self.begin_stop(timeout_s)
        if self._thread.is_alive():
            self._thread.join(timeout_s)
        return not self._thread.is_alive()

    # ------------------------------------------------------- the device's thread
    def _run(self) -> None:
        is_open = False
        while not self._stopping.is_set():
            try:
                if not is_open:
                    # What is plugged in while it is being opened counts.
                    self._awake.clear()
                    self._device.open()
                    is_open = True
                    self._tell(DeviceHealth.WORKING, "device_works", {})
                self._device.turn()
                self._wait_s = self._back_off.first_s
            except DeviceError as error:
                is_open = False
                self._lose(error)
            except (Exception, SystemExit):  # noqa: BLE001 - the loop of last resort
                # A fault of one device, or of a third party's driver, ends nothing.
                _log.exception("device %s: a turn failed", self._device_id)
                is_open = False
                self._lose(DeviceError("device_driver_failed"))
        self._close()

    def _close(self) -> None:
        try:
            self._device.close()
        except (Exception, SystemExit):  # noqa: BLE001 - a third party's, of any quality
            _log.exception("device %s: cannot be closed", self._device_id)

    def _lose(self, error: DeviceError) -> None:
        self._close()
        is_waiting = error.key in WAITING_KEYS
        health = DeviceHealth.WAITING if is_waiting else DeviceHealth.MISSING
        words = {name: str(value) for name, value in error.params.items()}
        self._tell(health, error.key, words)
        if not self._stopping.is_set() and self._awake.wait(self._wait_s):
            self._wait_s = self._back_off.first_s  # its node may take a moment more
            return
        self._wait_s = min(self._wait_s * self._back_off.factor, self._back_off.most_s)

    def _tell(self, health: DeviceHealth, key: str, params: dict[str, str]) -> None:
        report = DeviceReport(self._device_id, health, key, params)
        if report != self._last:
            self._last = report
            self._on_report(report)
