"""The drawer's switch is learned once, at the page of devices; then it is said."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from typing_extensions import override

from pos_app.domain.drawer_level import OPEN_LEVEL
from pos_app.i18n import _
from tests.journeys.screen_printer import use_network_printer
from tests.journeys.screen_till import ScreenTill
from tests.journeys.test_screen_devices import go_to_devices
from tests.journeys.test_screen_drawer_watch import chip
from tests.paper_printer import PaperPrinter
from ui.widgets.action_button import ActionButton


class DrawerPrinter(PaperPrinter):
    """A printer whose drawer can be seen; its switch may work either way."""

    def __init__(self, *, is_high_when_open: bool) -> None:
        super().__init__()
        self.stands_open = False
        self._is_high_when_open = is_high_when_open

    @property
    def _pin(self) -> int:
        return 0x04 if self.stands_open is self._is_high_when_open else 0

    @override
    def _status(self, question: int) -> int:
        pin = self._pin if question == 1 else 0
        return super()._status(question) | pin

    @override
    def _automatic(self) -> bytes:
        said = super()._automatic()
        return bytes([said[0] | self._pin]) + said[1:]


@pytest.fixture(params=[True, False], ids=["high", "low"])
def printer(request: pytest.FixtureRequest) -> Iterator[DrawerPrinter]:
    with DrawerPrinter(is_high_when_open=request.param) as made:
        yield made


def test_the_switch_is_learned_by_one_opening_and_one_shutting(
    open_till, printer: DrawerPrinter
) -> None:
    till: ScreenTill = open_till()
    till.sign_on("1005")
    use_network_printer(till, printer.port)
    go_to_devices(till)
    assert chip(till) == ""  # nothing is claimed before it is learned

    till.press("deviceDrawer")
    say_why(till)
    till.wait(lambda: printer.kicks == 1)
    printer.stands_open = True
    till.wait(lambda: till.dialog == "drawerCalibration")
    till.sees(_("Does the drawer stand open?"))
    till.press("answer-open")
    till.wait(lambda: till.is_there("answer-shut"))
    printer.stands_open = False
    till.press("answer-shut")

    till.wait(lambda: chip(till) == _("Drawer shut"))
    learned = till.till.device_book.receipt.options[OPEN_LEVEL]
    assert learned == int(printer._is_high_when_open)
    printer.stands_open = True
    till.wait(lambda: chip(till) == _("Drawer open"))
    till.till.devices.stop(5)


def say_why(till: ScreenTill) -> None:
    """Give the first reason there is, where the shop has reasons."""
    if till.dialog == "noSaleDialog":
        keys = till.find("reason").findChildren(ActionButton)
        till.touch(keys[0], keys[0].rect().center())
