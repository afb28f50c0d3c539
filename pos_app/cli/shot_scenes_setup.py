"""The first-run wizard in believable states, over a folder without a shop."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pos_app.cli.setup_port import MachineSetup
from ui.hand import Hand
from ui.presenters.setup_state import Stage
from ui.scanning.scan_meter import MeasuredScan
from ui.setup_window import SetupWindow

#: A code that the scanner of the pictures read, and how fast.
_SCAN = MeasuredScan("6901234500214", 38, "\r")
#: 15.6 inches at 1366x768, as in the design's picture.
_UM_PER_PX = 253
_COUNTRIES = {"zh-CN": "CN", "zh-TW": "TW", "en": "OTHER"}
_OWNERS = {"zh-CN": "林晓", "zh-TW": "林曉", "en": "Robin Lin"}
_SHOPS = {"zh-CN": "晴川生活", "zh-TW": "晴川生活", "en": "Corner Living"}
_FAULTY = "name,price,barcode\nTea,3.00,6901234500214\nMilk,x,12\nBread,4.50,\n"


@contextmanager
def setup_scenes(
    pixels: tuple[int, int], theme: str, language: str
) -> Iterator[SetupScenes]:
    """Open the wizard in a temporary folder; all of it is thrown away at the end."""
    with tempfile.TemporaryDirectory(
        prefix="guitai-setup-", ignore_cleanup_errors=True
    ) as folder:
        port = MachineSetup(Path(folder) / "shop")
        window = SetupWindow(port, language)
        try:
            window.wizard.on_changed("theme", theme)
            window.window.resize(*pixels)
            window.open(full_screen=False)
            window.window.resize(*pixels)
            yield SetupScenes(window, Path(folder))
        finally:
            window.close()
            port.close()


class SetupScenes:
    """Leads the wizard from page to page; yields the name of each.

    Args:
        window: with the wizard on its first page.
        folder: for the file of items.
    """

    def __init__(self, window: SetupWindow, folder: Path) -> None:
        self._wizard = window.wizard
        self._folder = folder
        self.hand = Hand(window.window)

    def play(self) -> Iterator[str]:
        """Play all scenes; the window stands still at each `yield`."""
        wizard = self._wizard
        language = wizard.draft.language
        yield "setup_welcome"
        wizard.choose("demo")
        yield "setup_demo"
        wizard.choose("restore")
        self.hand.wait(lambda: wizard.state.sources is not None, "the search")
        yield "setup_restore"
        wizard.go_back()
        wizard.choose("steps")
        wizard.on_changed("country", _COUNTRIES[language])
        yield "setup_language"
        wizard.go_on()
        wizard.on_changed("tax_number", "914403001922038217")
        wizard.go_on()
        yield "setup_shop_refused"
        self._answer_shop(language)
        yield "setup_shop"
        wizard.go_on()
        wizard.on_changed("screen_um_per_px", _UM_PER_PX)
        yield "setup_screen"
        wizard.go_on()
        yield from self._devices()
        yield from self._goods()
        yield from self._people(_OWNERS[language])

    def _answer_shop(self, language: str) -> None:
        answers = {"shop_name": _SHOPS[language], "tax_number": "", "tax_rate": "20"}
        for key, value in {**answers, "time_zone": "Europe/Vienna"}.items():
            self._wizard.on_changed(key, value)

    def _devices(self) -> Iterator[str]:
        wizard, devices = self._wizard, self._wizard.devices
        devices.try_printer()
        self.hand.wait(lambda: wizard.draft.printer_state == "passed", "the slip")
        devices.try_drawer()
        self.hand.wait(lambda: devices.drawer.stage is Stage.ASK, "the drawer")
        yield "setup_devices_asking"
        devices.answer_drawer("right")
        devices.take_scan(_SCAN)
        yield "setup_devices"
        wizard.on_changed("printer_kind", "tcp")
        wizard.on_changed("printer_address", "192.168.1.87")
        yield "setup_devices_network"
        wizard.on_changed("printer_kind", "virtual")
        wizard.go_on()

    def _goods(self) -> Iterator[str]:
        wizard = self._wizard
        yield "setup_goods"
        file = self._folder / "items.csv"
        file.write_text(_FAULTY, encoding="utf-8")
        wizard.on_changed("goods", "import")
        wizard.on_goods_file(str(file))
        self.hand.wait(lambda: not wizard.state.is_reading_goods, "the file")
        yield "setup_goods_file"
        wizard.on_changed("goods", "demo")
        wizard.go_on()

    def _people(self, owner: str) -> Iterator[str]:
        wizard = self._wizard
        wizard.on_person(0, "name", owner)
        wizard.add_person()
        wizard.go_on()
        yield "setup_people_refused"
        wizard.remove_person(1)
        wizard.on_pin(0, "7391", "7391")
        wizard.go_on()
        self.hand.wait(lambda: wizard.ending.is_made, "the shop")
        yield "setup_code"
        wizard.go_later()
        self.hand.wait(lambda: not wizard.ending.is_made, "the opening")
        yield "setup_sale"
