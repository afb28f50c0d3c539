"""The till's receipt printer: whichever it is now, or none."""

from __future__ import annotations

from pos_app.errors import GuitaiError
from pos_app.ports.devices import DrawerPort
from pos_app.ports.printing import PrinterPort, PrinterStatus


class NoPrinter:
    """A till without a printer: jobs wait in the queue until there is one.

    Attributes:
        reason: why the printer of the settings could not be made; None when none
            was asked for.

    Args:
        reason: see above.
        says: its status; UNKNOWN before anybody has looked for the printer.
    """

    def __init__(
        self,
        reason: GuitaiError | None = None,
        says: PrinterStatus = PrinterStatus.UNREACHABLE,
    ) -> None:
        self.reason, self._says = reason, says

    def wake(self) -> None:
        """Nothing is there to wake."""

    def status(self) -> PrinterStatus:
        """Say that nothing answers, or that nobody asked yet."""
        return self._says

    def open_drawer(self) -> None:
        """No drawer hangs on a printer that is not there."""


class PrinterSwitch:
    """The receipt printer as the services know it, whichever it is now."""

    def __init__(self, printer: PrinterPort) -> None:
        self._printer = printer
        self._drawer: DrawerPort | None = None

    @property
    def reason(self) -> GuitaiError | None:
        """Why there is no printer although the settings name one."""
        return self._printer.reason if isinstance(self._printer, NoPrinter) else None

    def use(self, printer: PrinterPort, drawer: DrawerPort | None = None) -> None:
        """Hand everything to another printer from now on.

        Args:
            printer: where slips go.
            drawer: what opens the drawer; None for the printer itself.
        """
        self._printer, self._drawer = printer, drawer

    def wake(self) -> None:
        """Say that a job may be waiting."""
        self._printer.wake()

    def status(self) -> PrinterStatus:
        """Return the last status known."""
        return self._printer.status()

    def open_drawer(self) -> None:
        """Kick the drawer once: its own line first, else by way of the printer."""
        if self._drawer is not None:
            self._drawer.kick()
        else:
            self._printer.open_drawer()
