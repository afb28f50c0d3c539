"""The rule that lets the till use the counter's devices on Linux, and its installation.

Without it the system lets only root write to most USB devices ("errno 13").
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from hardware.vendors import (
    ADAPTER_VENDORS,
    PRINTER_VENDORS,
    SCALE_VENDORS,
    SCANNER_VENDORS,
)
from pos_app.ports.devices import ConnectionKind, FoundDevice
from pos_app.resources import resource_path

#: Before 73-seat-late.rules, which gives the tagged devices to who sits there.
RULE_FILE = "70-guitai.rules"
#: Where an administrator's rules lie, and where a package's do.
RULE_FOLDERS = (
    Path("/etc/udev/rules.d"),
    Path("/usr/lib/udev/rules.d"),
    Path("/lib/udev/rules.d"),
)
_SUBSYSTEMS = ("usb", "usbmisc", "tty", "hidraw", "input")
#: How long udev may take to read its rules and go over all devices.
_RELOAD_S = 30.0
#: How long somebody may take to type the administrator's password.
_PASSWORD_S = 180.0

_HEAD = """\
# Guitai: the counter's devices may be used by who sits at this computer.
# Install: sudo cp 70-guitai.rules /etc/udev/rules.d/
#          sudo udevadm control --reload && sudo udevadm trigger
# It must sort before 73-seat-late.rules. uaccess gives a device to the person at the
# screen; the groups are for a till that starts by itself, without a person.
"""
_PRINTERS = """
# Every printer of the USB printer class, whoever made it.
SUBSYSTEM=="usbmisc", KERNEL=="lp[0-9]*", MODE="0660", GROUP="lp", TAG+="uaccess"
"""
_SERIAL = """
# Serial devices: USB-COM scanners, scales, displays, printers.
SUBSYSTEM=="tty", KERNEL=="ttyACM[0-9]*", GROUP="dialout", MODE="0660", TAG+="uaccess"
SUBSYSTEM=="tty", KERNEL=="ttyUSB[0-9]*", GROUP="dialout", MODE="0660", TAG+="uaccess"
SUBSYSTEM=="tty", KERNEL=="ttyS[0-9]*", GROUP="dialout", MODE="0660"
"""
_WEDGE_NOTE = """
# Scanners that type. The till holds one for itself once it is set up so; until then
# it must go on typing, so this line is only for counters where it never should:
# SUBSYSTEM=="input", KERNEL=="event*", ATTRS{idVendor}=="xxxx", ENV{LIBINPUT_IGNORE_DEVICE}="1"
"""


class RuleState(StrEnum):
    """Whether the rule is in place."""

    NOT_NEEDED = "not_needed"  # not Linux
    MISSING = "missing"
    OUTDATED = "outdated"  # of another release
    INSTALLED = "installed"


class Installation(StrEnum):
    """How an attempt to install it ended."""

    DONE = "done"
    REFUSED = "refused"  # no password, a wrong one, or nobody who could ask for it
    FAILED = "failed"  # the system could not do it


@dataclass(frozen=True, slots=True)
class PreparedRule:
    """The rule as a file, and the one line that installs it.

    Attributes:
        path: of the file.
        command: for a terminal; asks for the administrator's password.
    """

    path: Path
    command: str


def rules_text() -> str:
    """Return the rule as this release has it (resources/udev/70-guitai.rules)."""
    hid = SCANNER_VENDORS | SCALE_VENDORS
    everybody = PRINTER_VENDORS | hid | ADAPTER_VENDORS
    device = 'SUBSYSTEM=="usb", ENV{DEVTYPE}=="usb_device", ATTR{idVendor}'
    return (
        f"{_HEAD}{_PRINTERS}"
        f"\n# Printers of a maker's own class, through libusb.\n"
        f"{_names(PRINTER_VENDORS)}"
        f"{device}=={_any_of(PRINTER_VENDORS)}, {_access('plugdev')}\n"
        f"\n# Scanners and scales that speak HID.\n{_names(hid)}"
        f'SUBSYSTEM=="hidraw", ATTRS{{idVendor}}=={_any_of(hid)}, '
        f"{_access('plugdev')}\n"
        f"{_SERIAL}"
        f"\n# None of them is a modem: ModemManager would talk to it first.\n"
        f'{device}=={_any_of(everybody)}, ENV{{ID_MM_DEVICE_IGNORE}}="1"\n'
        f"{_WEDGE_NOTE}"
        f'SUBSYSTEM=="input", KERNEL=="event*", '
        f"ATTRS{{idVendor}}=={_any_of(SCANNER_VENDORS)}, {_access('input')}\n"
    )


def _names(vendors: Mapping[str, str]) -> str:
    """Return a comment for each maker: udev knows none at the end of a line."""
    return "".join(f"#   {vid} {name}\n" for vid, name in sorted(vendors.items()))


def _any_of(vendors: Mapping[str, str]) -> str:
    return f'"{"|".join(sorted(vendors))}"'


def _access(group: str) -> str:
    return f'MODE="0660", GROUP="{group}", TAG+="uaccess"'


def rule_state(folders: tuple[Path, ...] = RULE_FOLDERS) -> RuleState:
    """Return whether the rule is installed; the administrator's own one counts."""
    if sys.platform != "linux":
        return RuleState.NOT_NEEDED
    for folder in folders:
        try:
            text = (folder / RULE_FILE).read_text("utf-8")
        except OSError:
            continue
        # Lines of makers that the list does not know may follow; see `rule_with`.
        is_ours = text.startswith(shipped_rule())
        return RuleState.INSTALLED if is_ours else RuleState.OUTDATED
    return RuleState.MISSING


def shipped_rule() -> str:
    """Return the rule's file of this release."""
    return resource_path("udev", RULE_FILE).read_text("utf-8")


def rule_with(forbidden: Iterable[FoundDevice]) -> str:
    """Return the rule and, for devices of makers it does not know, lines of their own.

    Never for a keyboard of an unknown maker: whoever may read it reads passwords.
    """
    more: dict[str, None] = {}
    for found in forbidden:
        vid = found.keywords.get("vid", "")
        kind = found.connection.kind
        if not re.fullmatch(r"[0-9a-f]{4}", vid):
            continue
        if kind is ConnectionKind.USB and vid not in PRINTER_VENDORS:
            match = 'SUBSYSTEM=="usb", ENV{DEVTYPE}=="usb_device", ATTR{idVendor}'
            more[f'{match}=="{vid}", {_access("plugdev")}'] = None
        elif kind is ConnectionKind.HID and vid not in SCANNER_VENDORS | SCALE_VENDORS:
            match = 'SUBSYSTEM=="hidraw", ATTRS{idVendor}'
            more[f'{match}=="{vid}", {_access("plugdev")}'] = None
    head = "\n# Found at this till when the rule was installed.\n" if more else ""
    return shipped_rule() + head + "".join(f"{line}\n" for line in more)


def _forbidden_here() -> tuple[FoundDevice, ...]:
    # Late: only who installs the rule looks for devices.
    from hardware.discovery.hid_devices import hid_devices
    from hardware.discovery.usb_printers import usb_printers

    found = (*usb_printers(), *hid_devices())
    return tuple(x for x in found if x.problem == "device_forbidden")


def prepare_rule(folder: Path) -> PreparedRule:
    """Write the rule where a person can install it, for what is plugged in now.

    Raises:
        OSError: the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / RULE_FILE
    path.write_text(rule_with(_forbidden_here()), "utf-8")
    return PreparedRule(path, f"sudo sh -c {shlex.quote(_script(path))}")


def install_rule(folder: Path) -> Installation:
    """Install the rule: as root at once, else after pkexec asked for a password.

    Waits for the person: not on the screen's thread.

    Args:
        folder: where the rule is written first, such as the shop's own.
    """
    if sys.platform != "linux":
        return Installation.FAILED
    try:
        script = _script(prepare_rule(folder).path)
    except OSError:
        return Installation.FAILED
    if os.geteuid() == 0:
        return _ended(["sh", "-c", script], _RELOAD_S)
    pkexec = shutil.which("pkexec")
    if pkexec is None:
        return Installation.REFUSED
    return _ended([pkexec, "sh", "-c", script], _PASSWORD_S)


def _script(path: Path) -> str:
    target = RULE_FOLDERS[0]
    matches = " ".join(f"--subsystem-match={x}" for x in _SUBSYSTEMS)
    return (
        f"mkdir -p {target} && cp {shlex.quote(str(path))} {target}/{RULE_FILE}"
        f" && chmod 644 {target}/{RULE_FILE}"
        f" && udevadm control --reload && udevadm trigger {matches}"
    )


def _ended(words: list[str], timeout_s: float) -> Installation:
    try:
        done = subprocess.run(
            words, capture_output=True, timeout=timeout_s, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return Installation.FAILED
    if done.returncode in (126, 127):  # pkexec: dismissed, or not authorised
        return Installation.REFUSED
    return Installation.FAILED if done.returncode else Installation.DONE
