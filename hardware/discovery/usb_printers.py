"""Printers on USB, and why one that is there cannot be used."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from hardware.transport.sysfs import (
    DEV,
    SYS,
    SysfsDevice,
    nodes_of,
    usb_devices,
)
from hardware.transport.usb_identity import UsbIdentity, settled_identity
from hardware.vendors import PRINTER_VENDORS
from pos_app.ports.devices import Connection, ConnectionKind, FoundDevice

_PRINTER, _VENDOR = "07", "ff"


def linux_printers(sys_folder: Path = SYS, dev: Path = DEV) -> tuple[FoundDevice, ...]:
    """Return the printers of the printer class and those of known makers' own class.

    Only /sys is read; a node is opened and closed once, to learn who else holds it.
    """
    devices = usb_devices(sys_folder)
    identities = [x.identity for x in devices]
    found = []
    for device in devices:
        classes = {x.usb_class for x in device.interfaces}
        is_known = device.identity.vid in PRINTER_VENDORS
        if _PRINTER in classes or (_VENDOR in classes and is_known):
            found.append(_linux_printer(device, identities, dev))
    return tuple(found)


def _linux_printer(
    device: SysfsDevice, all_found: Iterable[UsbIdentity], dev: Path
) -> FoundDevice:
    nodes = nodes_of(device, "lp*", dev)
    printing = [x for x in device.interfaces if x.usb_class in (_PRINTER, _VENDOR)]
    if nodes:
        kind, problem = ConnectionKind.USB_PRINTER, node_problem(nodes[0])
    elif any(x.driver == "usbfs" for x in printing):
        # A program has it through libusb; a printer of the class is usblp's after it.
        is_class = any(x.usb_class == _PRINTER for x in printing)
        kind = ConnectionKind.USB_PRINTER if is_class else ConnectionKind.USB
        problem = "" if _is_held_by_us(dev / device.node) else "device_in_use"
    else:
        kind, problem = ConnectionKind.USB, _raw_problem(dev / device.node)
    address = str(settled_identity(device.identity, all_found))
    # Late: usblp is Linux' own, and this module is read on Windows too.
    from hardware.transport.usblp import ieee1284_id

    return FoundDevice(
        category=None,
        connection=Connection(kind, address),
        driver="",
        name=device.name,
        problem=problem,
        keywords=keywords_of(device) | _ieee1284(ieee1284_id(device)),
    )


def keywords_of(device: SysfsDevice) -> dict[str, str]:
    """Return the facts of a USB device that drivers recognise it by."""
    return {
        "vid": device.identity.vid,
        "pid": device.identity.pid,
        "serial_number": device.identity.serial,
        "place": device.identity.place,
        "manufacturer": device.manufacturer,
        "product": device.product,
        **class_facts({x.usb_class for x in device.interfaces}),
        "protocol": " ".join(
            sorted({x.protocol for x in device.interfaces if x.usb_class == _PRINTER})
        ),
    }


def class_facts(classes: set[str]) -> dict[str, str]:
    """Return "class", the printer class where it is one of them, and "classes"."""
    every = sorted(classes)
    first = _PRINTER if _PRINTER in classes else next(iter(every), "")
    return {"class": first, "classes": " ".join(every)}


def _ieee1284(text: str) -> dict[str, str]:
    return {"ieee1284": text, **ieee1284_fields(text)} if text else {}


def ieee1284_of(maker: str, model: str, languages: str = "") -> dict[str, str]:
    """Return the facts of a printer that says the same in other words."""
    parts = (("MFG", maker), ("MDL", model), ("CMD", languages))
    text = "".join(f"{key}:{value};" for key, value in parts if value)
    return _ieee1284(text)


def ieee1284_fields(text: str) -> dict[str, str]:
    """Return maker, model and languages of an IEEE 1284 id, any text allowed."""
    wanted = {
        "MFG": "maker",
        "MANUFACTURER": "maker",
        "MDL": "model",
        "MODEL": "model",
        "CMD": "languages",
        "COMMAND SET": "languages",
        "SN": "printer_serial",
    }
    found = {}
    for part in text.split(";"):
        key, _, value = part.partition(":")
        name = wanted.get(key.strip().upper())
        if name and value.strip():
            found[name] = value.strip()
    return found


def node_problem(node: Path) -> str:
    """Return why a node cannot be used: "device_forbidden", "device_in_use", "".

    One that the till itself holds has no problem.
    """
    if _is_held_by_us(node):
        return ""
    try:
        os.close(os.open(node, os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC))
    except OSError as error:
        known = {
            errno.EACCES: "device_forbidden",
            errno.EPERM: "device_forbidden",
            errno.EBUSY: "device_in_use",
        }
        return known.get(error.errno or 0, "")
    return ""


def _raw_problem(node: Path) -> str:
    if not node.exists():
        return ""
    return "" if os.access(node, os.R_OK | os.W_OK) else "device_forbidden"


def _is_held_by_us(node: Path) -> bool:
    """Tell whether this very process has the node open."""
    try:
        held = tuple(Path("/proc/self/fd").iterdir())
    except OSError:
        return False
    for each in held:
        try:
            if each.readlink() == node:
                return True
        except OSError:
            continue  # closed since
    return False


def libusb_printers(backend: object = None) -> tuple[FoundDevice, ...]:
    """Return the printers that libusb sees: where there is no /sys to read.

    Raises:
        DeviceError: "device_library_missing".
    """
    from hardware.transport.usb import identity_of, libusb_devices

    devices = tuple(libusb_devices(backend))
    identities = [identity_of(x, is_real=backend is None) for x in devices]
    found = []
    for device, identity in zip(devices, identities, strict=True):
        classes = _classes(device)
        is_known = identity.vid in PRINTER_VENDORS
        if _PRINTER in classes or (_VENDOR in classes and is_known):
            names = _names(device)
            found.append(
                FoundDevice(
                    category=None,
                    connection=Connection(
                        ConnectionKind.USB,
                        str(settled_identity(identity, identities)),
                    ),
                    driver="",
                    name=" ".join(x for x in names.values() if x) or str(identity),
                    problem="" if any(names.values()) else "device_forbidden",
                    keywords={
                        "vid": identity.vid,
                        "pid": identity.pid,
                        "serial_number": identity.serial,
                        "place": identity.place,
                        **class_facts(classes),
                        **names,
                    },
                )
            )
    return tuple(found)


def windows_printers() -> tuple[FoundDevice, ...]:
    """Return the printers of usbprint.sys; tried on no Windows yet."""
    from hardware.transport.windows_paths import identity_of_path
    from hardware.transport.windows_setupapi import USB_PRINT, interface_paths

    found = []
    for path in interface_paths(USB_PRINT):
        identity = identity_of_path(path)
        if identity is None:
            continue
        maker = PRINTER_VENDORS.get(identity.vid, "USB")
        found.append(
            FoundDevice(
                category=None,
                connection=Connection(ConnectionKind.USB_PRINTER, str(identity)),
                driver="",
                name=f"{maker} {identity.vid}:{identity.pid}",
                keywords={
                    "vid": identity.vid,
                    "pid": identity.pid,
                    "serial_number": identity.serial,
                    "class": _PRINTER,
                },
            )
        )
    return tuple(found)


def usb_printers() -> tuple[FoundDevice, ...]:
    """Return the printers on USB of this computer."""
    if sys.platform == "win32":
        return windows_printers()
    return linux_printers() if SYS.exists() else libusb_printers()


def _classes(device: object) -> set[str]:
    import usb.core

    try:
        return {
            f"{setting.bInterfaceClass:02x}"
            for configuration in device  # type: ignore[attr-defined] # pyusb's device
            for setting in configuration
        }
    except (usb.core.USBError, RuntimeError):
        return set()


def _names(device: object) -> Mapping[str, str]:
    """Return what the device calls itself; "" where it may not be opened."""
    import usb.core

    found = {}
    for name in ("manufacturer", "product"):
        try:
            found[name] = str(getattr(device, name) or "")
        except (usb.core.USBError, ValueError, RuntimeError):
            found[name] = ""
    return found
