"""A /sys and /dev of USB devices in a folder: data for what reads them."""

from __future__ import annotations

from pathlib import Path


class UsbTree:
    """Writes what Linux writes under /sys for each device that is plugged in."""

    def __init__(self, root: Path) -> None:
        self.sys, self.dev = root / "sys", root / "dev"
        self.devices = self.sys / "bus" / "usb" / "devices"
        self.devices.mkdir(parents=True)
        self.dev.mkdir()

    def plug(self, place: str, vid: str, pid: str, **texts: str) -> Path:
        """Add a device: texts are serial, manufacturer, product."""
        folder = self.devices / place
        folder.mkdir()
        number = str(len(list(self.devices.iterdir())) + 1)
        bus = place.partition("-")[0]
        known = {"idVendor": vid, "idProduct": pid, "busnum": bus, "devnum": number}
        for name, text in (known | texts).items():
            (folder / name).write_text(text + "\n")
        (folder / "uevent").write_text("DEVTYPE=usb_device\n")
        raw = self.dev / "bus" / "usb" / f"{int(bus):03}" / f"{int(number):03}"
        raw.parent.mkdir(parents=True, exist_ok=True)
        raw.touch()
        return folder

    def interface(
        self,
        device: Path,
        kind: str,
        *,
        protocol: str = "02",
        driver: str = "",
        node: str = "",
        number: int = 0,
    ) -> Path:
        """Add an interface; `node` is below it as the driver's: "usbmisc/lp0"."""
        folder = device / f"{device.name}:1.{number}"
        folder.mkdir()
        (folder / "bInterfaceNumber").write_text(f"{number:02x}\n")
        (folder / "bInterfaceClass").write_text(kind + "\n")
        (folder / "bInterfaceProtocol").write_text(protocol + "\n")
        if driver:
            drivers = self.sys / "bus" / "usb" / "drivers" / driver
            drivers.mkdir(parents=True, exist_ok=True)
            (folder / "driver").symlink_to(drivers)
        if node:
            below = folder / node
            below.mkdir(parents=True)
            group, name = node.split("/")[-2:]
            path = f"usb/{name}" if group == "usbmisc" else name
            (below / "uevent").write_text(f"DEVNAME={path}\n")
            real = self.dev / path
            real.parent.mkdir(parents=True, exist_ok=True)
            real.touch()
            shown = self.sys / "class" / group
            shown.mkdir(parents=True, exist_ok=True)
            (shown / name).symlink_to(below)
            (below / "device").symlink_to(folder)
        return folder
