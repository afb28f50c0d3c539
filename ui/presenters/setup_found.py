"""Which of the devices that were found the wizard can use."""

from __future__ import annotations

from pos_app.ports.devices import ConnectionKind, DeviceCategory, FoundDevice

_PRINTER_WAYS = frozenset(
    {
        ConnectionKind.USB_PRINTER,
        ConnectionKind.USB,
        ConnectionKind.SERIAL,
        ConnectionKind.NETWORK,
        ConnectionKind.QUEUE,
    }
)
_SCALE_WAYS = frozenset(
    {ConnectionKind.SERIAL, ConnectionKind.HID, ConnectionKind.NETWORK}
)


def is_printer(found: FoundDevice) -> bool:
    """Tell whether a found device prints slips."""
    is_one = found.category is DeviceCategory.RECEIPT_PRINTER
    return is_one and found.connection.kind in _PRINTER_WAYS


def is_scale(found: FoundDevice) -> bool:
    """Tell whether a found device weighs, and a driver knows how."""
    is_one = found.category is DeviceCategory.SCALE and bool(found.driver)
    return is_one and found.connection.kind in _SCALE_WAYS
