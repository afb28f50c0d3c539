"""What devices, their connections and what was read of them are called."""

from __future__ import annotations

from collections.abc import Mapping

from pos_app.i18n import N_, _
from pos_app.ports.devices import (
    Connection,
    ConnectionKind,
    DeviceCategory,
    DeviceHealth,
    DeviceReport,
    DeviceSettings,
    DriverFacts,
)
from ui.presenters.frame_state import Tone

CATEGORY_ICONS: Mapping[DeviceCategory, str] = {
    DeviceCategory.RECEIPT_PRINTER: "printer",
    DeviceCategory.LABEL_PRINTER: "tag",
    DeviceCategory.CASH_DRAWER: "cash-register",
    DeviceCategory.SCANNER: "barcode",
    DeviceCategory.SCALE: "scales",
    DeviceCategory.LINE_DISPLAY: "monitor",
}
CONNECTION_NAMES: Mapping[ConnectionKind, str] = {
    ConnectionKind.FOLDER: N_("Folder"),
    ConnectionKind.USB_PRINTER: N_("USB printer"),
    ConnectionKind.USB: N_("USB, directly"),
    ConnectionKind.NETWORK: N_("Network"),
    ConnectionKind.SERIAL: N_("Serial port"),
    ConnectionKind.QUEUE: N_("Queue of the system"),
    ConnectionKind.HID: N_("USB HID"),
    ConnectionKind.KEYBOARD: N_("USB keyboard"),
    ConnectionKind.PRINTER: N_("At a printer"),
    ConnectionKind.VIRTUAL: N_("Practice, no device"),
}
#: What an address looks like, by connection.
ADDRESS_HINTS: Mapping[ConnectionKind, str] = {
    ConnectionKind.FOLDER: N_("Empty for the shop's own folder"),
    ConnectionKind.USB_PRINTER: N_("As the search finds it, such as {example}"),
    ConnectionKind.USB: N_("As the search finds it, such as {example}"),
    ConnectionKind.NETWORK: N_("Address and port, such as {example}"),
    ConnectionKind.SERIAL: N_("As the search finds it, such as {example}"),
    ConnectionKind.QUEUE: N_("Its name in the system, such as {example}"),
    ConnectionKind.HID: N_("As the search finds it, such as {example}"),
    ConnectionKind.KEYBOARD: N_("As the search finds it, such as {example}"),
}
_EXAMPLES: Mapping[ConnectionKind, str] = {
    ConnectionKind.USB_PRINTER: "04b8:0202:X3B0012345",
    ConnectionKind.USB: "04b8:0202@1-1.2",
    ConnectionKind.NETWORK: "192.168.1.62:9100",
    ConnectionKind.SERIAL: "1a86:7523@1-1.3",
    ConnectionKind.QUEUE: "Receipt",
    ConnectionKind.HID: "0c2e:0b61:A1B2C3",
    ConnectionKind.KEYBOARD: "05e0:1200@1-1.4",
}
_HEALTH: Mapping[DeviceHealth, tuple[str, Tone]] = {
    DeviceHealth.WORKING: (N_("Works"), Tone.GOOD),
    DeviceHealth.ATTENTION: (N_("Needs a look"), Tone.WARN),
    DeviceHealth.WAITING: (N_("Needs you"), Tone.WARN),
    DeviceHealth.MISSING: (N_("No answer"), Tone.BAD),
    DeviceHealth.OFF: (N_("Off"), Tone.PLAIN),
}
#: Words of the chip where the key says more than the health.
_CHIPS: Mapping[str, tuple[str, Tone]] = {
    "printer_ready": (N_("Ready"), Tone.GOOD),
    "printer_silent": (N_("Cannot tell"), Tone.PLAIN),
    "printer_paper_low": (N_("Paper low"), Tone.WARN),
    "printer_paper_out": (N_("Out of paper"), Tone.WARN),
    "printer_cover_open": (N_("Cover open"), Tone.WARN),
    "printer_refuses": (N_("Refuses to print"), Tone.BAD),
    "device_gone": (N_("Unplugged"), Tone.BAD),
    "device_starting": (N_("Looking for it"), Tone.PLAIN),
    "device_forbidden": (N_("Not allowed"), Tone.WARN),
    "device_in_use": (N_("In use elsewhere"), Tone.WARN),
    "device_has_no_driver": (N_("No driver"), Tone.WARN),
    "device_setting_missing": (N_("Not set up"), Tone.WARN),
}
#: A fact that was read back: (key, value) -> (words, whether that is well).
_ANSWERS: Mapping[tuple[str, str], tuple[str, bool]] = {
    ("paper", "ok"): (N_("Paper is in"), True),
    ("paper", "low"): (N_("Paper is low"), False),
    ("paper", "out"): (N_("No paper"), False),
    ("cover", "closed"): (N_("Cover is closed"), True),
    ("cover", "open"): (N_("Cover is open"), False),
    ("cutter", "ok"): (N_("Cutter is fine"), True),
    ("cutter", "error"): (N_("Cutter is stuck"), False),
    ("drawer", "shut"): (N_("Drawer is shut"), True),
    ("drawer", "open"): (N_("Drawer is open"), False),
    ("fault", "broken"): (N_("It reports a fault"), False),
    ("fault", "resting"): (N_("Its head is cooling down"), False),
    ("fault", "ribbon_out"): (N_("The ribbon has run out"), False),
    ("fault", "paused"): (N_("Paused: press its key"), False),
    ("fault", "paper_jam"): (N_("Labels are jammed"), False),
    ("labels", "ok"): (N_("Labels are in"), True),
    ("labels", "out"): (N_("No labels"), False),
    ("head", "closed"): (N_("Head is shut"), True),
    ("head", "open"): (N_("Head is open"), False),
    ("online", "yes"): (N_("Ready to print"), True),
    ("online", "no"): (N_("Not ready to print"), False),
}
_FACTS: Mapping[str, str] = {
    "serial_number": N_("Serial number"),
    "manufacturer": N_("Manufacturer"),
    "model": N_("Model"),
    "firmware": N_("Firmware"),
    "last_code": N_("Last code"),
    "last_ms": N_("Read in"),
    "symbology": N_("Symbology"),
    "weight": N_("Weight"),
    "unit": N_("Unit"),
    "paper": N_("Paper"),
    "cover": N_("Cover"),
    "cutter": N_("Cutter"),
    "drawer": N_("Drawer"),
    "queue": N_("Slips waiting"),
    "printed": N_("Printed since the start"),
    "failed": N_("Failed since the start"),
}


def connection_words(connection: Connection) -> str:
    """Return how a device is reached: "Network 192.168.1.62"."""
    way = _(CONNECTION_NAMES[connection.kind])
    shown = {ConnectionKind.NETWORK, ConnectionKind.QUEUE}
    if connection.kind in shown and connection.address:
        return f"{way} {connection.address.removesuffix(':9100')}"
    return way


def detail_words(device: DeviceSettings, facts: DriverFacts | None) -> str:
    """Return connection and driver in one line."""
    parts = [connection_words(device.connection)]
    if facts is not None:
        parts.append(_(facts.name))
    paper = device.options.get("paper_mm")
    if isinstance(paper, int) and not isinstance(paper, bool):
        parts.append(f"{paper} mm")
    return " · ".join(dict.fromkeys(parts))


def chip_words(report: DeviceReport) -> tuple[str, Tone]:
    """Return how a device is in a word or two, and how loud that is."""
    words, tone = _CHIPS.get(report.key, _HEALTH[report.health])
    return _(words), tone


def is_trouble(report: DeviceReport) -> bool:
    """Tell whether somebody should look at it."""
    quiet = {DeviceHealth.WORKING, DeviceHealth.OFF}
    return report.health not in quiet and report.key != "device_starting"


def address_hint(kind: ConnectionKind) -> str:
    """Return what an address of a connection looks like; "" where none is needed."""
    words = ADDRESS_HINTS.get(kind, "")
    return _(words, example=_EXAMPLES.get(kind, "")) if words else ""


def answer_words(fact: tuple[str, str]) -> tuple[str, bool] | None:
    """Return a fact that is well or is not; None for one that is just so."""
    found = _ANSWERS.get(fact)
    return None if found is None else (_(found[0]), found[1])


def fact_words(fact: tuple[str, str]) -> tuple[str, str]:
    """Return label and value of a fact; a driver's own fact is shown as it is."""
    key, value = fact
    label = _FACTS.get(key)
    words = _(label) if label else key.replace("_", " ")
    return words, f"{value} ms" if key == "last_ms" else value
