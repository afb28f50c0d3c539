"""The running till shows itself first and starts its devices then."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from pos_app.bootstrap import Options, Till
from pos_app.persistence.shop_folder import ShopFolder
from pos_app.ports.printing import PrinterStatus
from tests.builders_till import make_shop

#: What only a device that is set up may load.
HEAVY = (
    "PIL",
    "barcode",
    "qrcode",
    "serial",
    "usb",
    "pyudev",
    "evdev",
    "zeroconf",
    "biip",
)
_START = """
import sys
from pathlib import Path
from PySide6.QtCore import QEvent
from pos_app.cli.run import TillStart
from pos_app.persistence.shop_folder import ShopFolder
from ui.app import make_application
import ui.first_paint as first_paint
import pos_app.cli.run

application = make_application([])
start = TillStart(ShopFolder(Path(sys.argv[1])), is_demo=False, full_screen=False)
seen = []
pos_app.cli.run.Till.renew_printer = (
    lambda till, renew=pos_app.cli.run.Till.renew_printer: (
        seen.append(start.window is not None and start.window.window.isVisible()),
        renew(till),
    )
)
start.open()
print("before", *sorted({x.partition(".")[0] for x in sys.modules}))
while not start.till.devices.reports():
    application.processEvents()
print("seen", *seen)
while "biip.gs1_messages" not in sys.modules:
    application.processEvents()
start.close()
"""


def test_nothing_of_the_devices_is_loaded_before_the_till_is_seen(
    tmp_path: Path,
) -> None:
    folder, _ = make_shop(tmp_path / "shop")
    done = subprocess.run(
        [sys.executable, "-c", _START, str(folder.root)],
        capture_output=True,
        text=True,
        timeout=800,
        check=False,
        env={"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(Path.cwd())},
    )
    assert done.returncode == 0, done.stderr
    before, seen = done.stdout.splitlines()[-2:]
    assert not set(before.split()) & set(HEAVY)
    assert seen == "seen True"


def test_a_till_whose_devices_start_later_calls_no_printer_lost(
    tmp_path: Path,
) -> None:
    folder: ShopFolder = make_shop(tmp_path / "shop")[0]
    with Till(folder, Options(devices_later=True, ballast_bytes=4096)) as till:
        assert till.printer.status() is PrinterStatus.UNKNOWN
        assert till.devices.reports() == ()

        till.renew_printer()

        assert [x.device_id for x in till.devices.reports()] == ["receipt"]
