"""Makes a device of its settings, whoever wrote its driver."""

from __future__ import annotations

from typing import cast

from hardware.driver import DriverContext
from hardware.printer.device import PrinterDevice
from hardware.registry import driver, made_by
from hardware.running import can_serve
from pos_app.errors import DeviceError, UserError
from pos_app.ports.devices import DeviceCategory, DeviceSettings


def make_device(settings: DeviceSettings, context: DriverContext) -> object:
    """Make a device of its settings; a worker, or a trial, looks after it.

    Raises:
        UserError: "device_driver_unknown", "device_setting_missing" and what its
            driver raises.
        DeviceError: "device_driver_failed" where a third party's makes nothing of use.
    """
    chosen = driver(settings.driver)
    device = made_by(chosen, settings, context)
    if not can_serve(device, chosen.facts.category):
        raise DeviceError("device_driver_failed")
    return device


def device_for(settings: DeviceSettings, context: DriverContext) -> object:
    """Make a device that is what its settings say, also those of another release.

    Raises:
        UserError, DeviceError: as `make_device`.
    """
    if driver(settings.driver).facts.category is not settings.category:
        raise UserError("device_driver_unknown", driver=settings.driver)
    return make_device(settings, context)


def make_printer(settings: DeviceSettings, context: DriverContext) -> PrinterDevice:
    """Make a printer, of receipts or labels.

    Raises:
        UserError: as `make_device`; "device_driver_unknown" when it is no printer.
    """
    printers = {DeviceCategory.RECEIPT_PRINTER, DeviceCategory.LABEL_PRINTER}
    if driver(settings.driver).facts.category not in printers:
        raise UserError("device_driver_unknown", driver=settings.driver)
    made = make_device(settings, context)
    return cast("PrinterDevice", made)
