"""What a device is called where nobody gave it a name."""

from __future__ import annotations

from collections.abc import Mapping

from pos_app.i18n import N_, _
from pos_app.ports.devices import DeviceCategory, DeviceSettings

CATEGORY_NAMES: Mapping[DeviceCategory, str] = {
    DeviceCategory.RECEIPT_PRINTER: N_("Receipt printer"),
    DeviceCategory.LABEL_PRINTER: N_("Label printer"),
    DeviceCategory.CASH_DRAWER: N_("Cash drawer"),
    DeviceCategory.SCANNER: N_("Barcode scanner"),
    DeviceCategory.SCALE: N_("Scale"),
    DeviceCategory.LINE_DISPLAY: N_("Two-line display"),
}


def device_name(device: DeviceSettings) -> str:
    """Return what people call a device: their own word, or the category's."""
    return device.name or _(CATEGORY_NAMES[device.category])
