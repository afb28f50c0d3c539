"""Every view of the settings' page of devices."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pos_app.ports.devices import (
    Connection,
    ConnectionKind,
    DeviceCategory,
    DeviceSettings,
    FoundDevice,
)
from tests.journeys.screen_till import ScreenTill

SCANNER = DeviceSettings(
    "scanner-1",
    DeviceCategory.SCANNER,
    "2",
    "scanner_virtual",
    Connection(ConnectionKind.VIRTUAL),
)
SCALE = DeviceSettings(
    "scale-1",
    DeviceCategory.SCALE,
    "3",
    "scale_virtual",
    Connection(ConnectionKind.FOLDER),
)
FOUND = (
    FoundDevice(
        DeviceCategory.RECEIPT_PRINTER,
        Connection(ConnectionKind.USB_PRINTER, "04b8:0202:X3B0012345"),
        "escpos",
        "TM-T88V",
        "device_forbidden",
    ),
    FoundDevice(
        DeviceCategory.SCALE,
        Connection(ConnectionKind.SERIAL, "0403:6001:A1"),
        "",
        "FT232",
    ),
)


def put_devices(till: ScreenTill, *devices: DeviceSettings) -> None:
    """Set devices up behind the screen."""
    book, desk = till.till.device_book, till.work.counter.desk
    for device in devices:
        book.adopt(book.begin_put(desk.stamp(), device).result())
    till.till.renew_printer()
    till.flow.features.hardware.presenter.state_changed.emit()


def remove_devices(till: ScreenTill, *devices: DeviceSettings) -> None:
    """Remove devices behind the screen."""
    book, desk = till.till.device_book, till.work.counter.desk
    for device in devices:
        book.adopt(book.begin_remove(desk.stamp(), device.device_id).result())
    till.till.renew_printer()


def choose_field(till: ScreenTill, key: str, value: str) -> None:
    """Choose one of a device's choices: a key of a few, or a row of a list."""
    segment = f"segment-choice-device-{key}-{value}"
    if till.is_there(segment):
        till.press(segment)
        return
    box = till.find(f"box-device-{key}")
    at = box.findData(value)
    assert at >= 0, value
    box.setCurrentIndex(at)
    box.activated.emit(at)
    till.settle()


def device_views(till: ScreenTill) -> Iterator[str]:
    """Show one view after the other; the devices are as before at the end."""
    presenter = till.flow.features.hardware.presenter
    till.press("go-devices")
    till.wait(lambda: presenter.knows_drivers)
    till.wait(lambda: bool(presenter.state.chosen.test.png))
    yield "devices, printer"
    till.press("card-device-key")
    yield "devices, printer set up"
    unsound = replace(SCALE, device_id="scale-2", driver="nobody_knows", name="4")
    put_devices(till, SCANNER, SCALE, unsound)
    till.press("deviceChoose_scanner-1")
    yield "devices, scanner"
    till.press("deviceChoose_scale-1")
    yield "devices, scale"
    till.press("deviceChoose_scale-2")
    yield "devices, one that cannot be made"
    till.press("deviceAdd")
    yield "devices, a new one by hand"
    presenter.show_found(FOUND)
    yield "devices, found"
    presenter.select("receipt")
    remove_devices(till, SCANNER, SCALE, unsound)
    presenter.select("receipt")
