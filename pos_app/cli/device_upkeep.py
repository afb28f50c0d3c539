"""What the open till does for its devices: search, renew, test (see `Upkeep`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from pos_app.bootstrap import Till
from pos_app.documents.label_page import label_page
from pos_app.documents.layout import Layout
from pos_app.documents.notices import test_page
from pos_app.errors import UserError
from pos_app.i18n import Words
from pos_app.ports.devices import (
    Connection,
    DeviceCategory,
    DeviceSettings,
    DriverFacts,
    FoundDevice,
)
from pos_app.ports.printer_guide import (
    GuideAnswers,
    GuideHeard,
    GuideQuestion,
    GuideResult,
    PrinterGuide,
)
from pos_app.ports.printing import PrintJob, PrintJobState
from pos_app.services.devices import RECEIPT_ID

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

#: How long the search for devices lasts: mDNS answers within a second or two.
SEARCH_S = 5.0
#: Width of a label printer's roll where nobody set it.
LABEL_MM = 50


class DeviceUpkeep:
    """The part of the till's upkeep that looks after its devices."""

    _till: Till
    _zone: ZoneInfo

    def device_drivers(self) -> tuple[DriverFacts, ...]:
        """Return what can be set up; the first call loads drivers, so it is slow."""
        # Late: each family of drivers loads its own libraries.
        from hardware.registry import drivers

        return tuple(driver.facts for driver in drivers().values())

    def find_devices(self) -> tuple[FoundDevice, ...]:
        """Look for devices that this till could use; takes seconds.

        Those that are set up already are left out.
        """
        # Late: USB, HID and mDNS libraries, for a search that most days nobody makes.
        from hardware.discovery.search import search

        return self._new(search(SEARCH_S, asks_network=True))

    def _new(self, found: Iterable[FoundDevice]) -> tuple[FoundDevice, ...]:
        known = {
            (x.connection.kind, x.connection.address)
            for x in self._till.device_book.current
        }
        ways = ((x, (x.connection.kind, x.connection.address)) for x in found)
        return tuple(x for x, way in ways if way not in known)

    def plugged_devices(self) -> tuple[FoundDevice, ...]:
        """Look for devices at this computer alone; quick, and asks no network."""
        from hardware.discovery.hid_devices import hid_devices
        from hardware.discovery.search import arranged
        from hardware.discovery.serial_devices import serial_devices
        from hardware.discovery.usb_printers import usb_printers

        return self._new(arranged((*usb_printers(), *serial_devices(), *hid_devices())))

    def install_rule(self) -> bool:
        """Let this person use the counter's devices (Linux); asks for a password.

        Raises:
            UserError: "device_rule_refused" or "device_rule_failed".
        """
        from hardware.udev_rule import Installation, install_rule

        outcome = install_rule(self._till.folder.root / "udev")
        if outcome is Installation.REFUSED:
            raise UserError("device_rule_refused")
        if outcome is Installation.FAILED:
            raise UserError("device_rule_failed")
        return True

    def renew_devices(self) -> None:
        """Run the devices that are set up now; waits for the slip under way."""
        self._till.renew_printer()

    def test_page(self, device: DeviceSettings | None = None) -> Layout:
        """Lay out the test page of a printer; on the screen's own thread."""
        desk = self._till.counter.desk
        printer = device or desk.device_book.receipt
        language = desk.settings.current.slip_language or desk.shop.language
        words = Words(language)
        if printer.category is DeviceCategory.LABEL_PRINTER:
            width_mm = printer.options.get("width_mm", LABEL_MM)
            return label_page(
                words, width_mm if isinstance(width_mm, int) else LABEL_MM
            )
        name = printer.connection.address or words("Virtual printer")
        return test_page(
            desk.shop,
            words,
            printer_name=printer.name or name,
            local_time=desk.clock.now().at(self._zone),
        )

    def test_print(self, device: DeviceSettings) -> Callable[[], None]:
        """Lay out the test page of a printer and return what prints it.

        Returns:
            For another thread than the screen's: it waits for the disk.
        """
        desk = self._till.counter.desk
        job_id = desk.ids.new()
        job = PrintJob(
            job_id=job_id,
            document_id=job_id,
            kind="test",
            copy_number=0,
            printer=device.device_id,
            layout=self.test_page(device),
            opens_drawer=False,
            state=PrintJobState.QUEUED,
            offset_bytes=0,
            reason="",
            queued_at=desk.clock.now(),
        )

        def run() -> None:
            desk.ledger.submit(lambda unit: unit.add_print_job(job)).result()
            if device.device_id == RECEIPT_ID:
                desk.printer.wake()
            else:
                self._till.devices.wake()

        return run

    def printer_guide(self, device: DeviceSettings) -> PrinterGuide:
        """Return the guided test page of a printer, which lets go of it meanwhile."""
        # Late: it draws, which takes Pillow and fonts.
        from hardware.printer_guide import GuidedTestPage

        return LentGuide(self._till, device, GuidedTestPage())


class LentGuide:
    """Implements `ports.printer_guide.PrinterGuide` for a printer that is in use."""

    def __init__(self, till: Till, device: DeviceSettings, guide: PrinterGuide) -> None:
        self._till, self._device, self._guide = till, device, guide

    def print_page(self, connection: Connection, language: str) -> GuideHeard:
        """Print the page; slips wait while the printer is lent out.

        Raises:
            UserError: when the connection makes no sense.
        """
        till, mine = self._till, self._device.device_id
        others = (
            replace(x, is_on=False) if x.device_id == mine else x
            for x in till.device_settings()
        )
        till.devices.use(others)
        try:
            return self._guide.print_page(connection, language)
        finally:
            till.renew_printer()

    def questions(self, language: str) -> tuple[GuideQuestion, ...]:
        """Return what to ask about the page, in order."""
        return self._guide.questions(language)

    def result(
        self, language: str, answers: GuideAnswers, heard: GuideHeard
    ) -> GuideResult:
        """Return what the answers mean."""
        return self._guide.result(language, answers, heard)
