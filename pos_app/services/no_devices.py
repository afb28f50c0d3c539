"""What stands for a device that a till does not have."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from pos_app.ports.devices import (
    DeviceReport,
    DeviceSettings,
    DrawerPort,
    LineDisplayPort,
)
from pos_app.ports.printing import PrinterPort
from pos_app.ports.weighing import Weighing


class NoDrawer:
    """Implements `ports.devices.DrawerPort`."""

    def kick(self) -> None:
        """Nothing opens."""

    def is_open(self) -> bool | None:
        """Nobody can tell."""
        return None


class NoLineDisplay:
    """Implements `ports.devices.LineDisplayPort`."""

    def show(self, upper: str, lower: str) -> None:
        """Nobody reads it."""


class NoDevices:
    """Implements `ports.devices.Devices`: what is from elsewhere, and nothing else.

    Args:
        printer: of slips.
        scale: returns somebody else's scale, if there is one: a practice weighs on
            the counter's own, which nothing can be done wrong on.
    """

    def __init__(
        self,
        printer: PrinterPort,
        scale: Callable[[], Weighing | None] = lambda: None,
    ) -> None:
        self._printer, self._scale = printer, scale

    def use(self, devices: Iterable[DeviceSettings]) -> None:
        """Settings make nothing here."""

    def stop(self, timeout_s: float) -> bool:
        """Nothing runs."""
        del timeout_s
        return True

    def wake(self) -> None:
        """Nothing is missing."""

    def reports(self) -> tuple[DeviceReport, ...]:
        """Nobody reports."""
        return ()

    def give_up(self, job_id: str) -> None:
        """The printer from elsewhere stalls never."""

    def receipt_printer(self) -> PrinterPort:
        """Return the printer that was given."""
        return self._printer

    def drawer(self) -> DrawerPort:
        """Return what stands for no drawer."""
        return NoDrawer()

    def drawer_level(self, device_id: str) -> bool | None:
        """Nobody can tell."""
        del device_id
        return None

    def scale(self, device_id: str = "") -> Weighing | None:
        """Return the scale from elsewhere."""
        del device_id
        return self._scale()

    def line_display(self, device_id: str = "") -> LineDisplayPort:
        """Return what stands for no display."""
        del device_id
        return NoLineDisplay()
