"""The drivers against a real kernel's USB stack: `python3 dev.py test --usb`.

A Debian kernel in a virtual machine (QEMU) with pretend printers, scanners and scales
that are whole USB devices to it. The lab is in the shared folder beside the checkout;
needs Debian on amd64, 2 GB of memory and some minutes. Needs the standard library only.

A new test goes into tests/usb/test_kernel_*.py: it imports `gadgets` (the lab's
README tells of each device) by `gadgets = pytest.importorskip("gadgets")`, has
`pytestmark = pytest.mark.usb`, and is in the table by its docstring. All of them run
in one pytest inside one machine; its files are the host's, its writes are lost.
"""

import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LAB = ROOT.parent / "shared" / "usblab" / "usblab"
#: One machine boots in 20 to 40 seconds and is given so many for all tests.
PATIENCE_S = 1500


def say(text: str) -> None:
    """Print one line of progress at once."""
    print(f"usb: {text}", flush=True)


def hindrance() -> str:
    """Return why the lab cannot run here; "" when it can."""
    if sys.platform != "linux" or platform.machine() != "x86_64":
        return "the lab needs Linux on amd64"
    if not LAB.exists():
        return f"there is no {LAB}"
    qemu = shutil.which("qemu-system-x86_64")
    if qemu is None and (os.geteuid() != 0 or not shutil.which("apt-get")):
        return "QEMU is missing: sudo apt-get install qemu-system-x86"
    return ""


def main(python: str, arguments: list[str]) -> int:
    """Prepare the lab, run the tests in it; return their exit code.

    Args:
        python: of the project's environment.
        arguments: for pytest; without any, all of tests/usb.
    """
    why = hindrance()
    if why:
        say(f"skipped: {why}")
        return 0
    say("preparing the lab (under a minute the first time)")
    if subprocess.run([str(LAB), "setup"], cwd=ROOT, check=False).returncode:
        say("skipped: the lab could not be set up; its own words are above")
        return 0
    say("starting the machine")
    words = ["env", "QT_QPA_PLATFORM=offscreen", python, "-B", "-m", "pytest"]
    words += ["-p", "no:cacheprovider", "-n", "0", "-m", "usb", "-q"]
    words += arguments or ["tests/usb"]
    run = [str(LAB), "run", "--timeout", str(PATIENCE_S), *words]
    return subprocess.run(run, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
