"""The two-line display follows the sale: goods, total, change, and an idle shop."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from hardware.line_display.virtual import FILE
from pos_app.i18n import Words
from pos_app.ports.devices import (
    Connection,
    ConnectionKind,
    DeviceCategory,
    DeviceSettings,
)
from tests.journeys.screen_till import BANANA, COLA_GTIN, ScreenTill
from tests.journeys.test_screen_weighing import Pan, use_device


class Pole:
    """What stands on the display for practice."""

    def __init__(self, till: ScreenTill, folder: Path) -> None:
        self._till, self._file = till, folder / FILE
        place = Connection(ConnectionKind.FOLDER, str(folder))
        category, driver = DeviceCategory.LINE_DISPLAY, "line_display_virtual"
        use_device(till, DeviceSettings("pole", category, "", driver, place))
        till.flow.render()

    def lines(self) -> list[str]:
        if not self._file.exists():
            return ["", ""]
        return self._file.read_text("utf-8").splitlines()

    def shows(self, upper: str, lower: str) -> None:
        def is_so() -> bool:
            above, below = self.lines()
            return upper in above and lower in below

        self._till.wait(is_so)


@pytest.fixture
def pole(selling: ScreenTill, tmp_path: Path) -> Pole:
    return Pole(selling, tmp_path / "pole")


def words_of(till: ScreenTill) -> Words:
    desk = till.work.counter.desk
    settings = desk.settings.current
    return Words(settings.slip_language or desk.shop.language)


def test_the_display_follows_a_sale(selling: ScreenTill, pole: Pole) -> None:
    say = words_of(selling)
    pole.shows("晴川", say("Welcome")[:6])
    selling.scan(COLA_GTIN)
    one = f"{total_minor(selling) / 100:.2f}"
    pole.shows(one, one)
    selling.scan(COLA_GTIN)
    both = f"{total_minor(selling) / 100:.2f}"
    pole.shows(both, both)
    selling.press("quickCash1")
    selling.wait(lambda: selling.shown == "paymentDoneScreen")
    change = f"{selling.last_sale.change_minor / 100:.2f}"
    pole.shows(both, change)


def total_minor(till: ScreenTill) -> int:
    priced = till.work.counter.sale.priced
    assert priced is not None
    return priced.total_minor


def test_the_display_shows_what_lies_on_the_scale(
    selling: ScreenTill, pole: Pole, tmp_path: Path
) -> None:
    pan = Pan(selling, tmp_path / "pan")
    pan.put("0.382")
    selling.type(BANANA)
    selling.key(Qt.Key.Key_Return)
    pole.shows("/kg", "0.382 kg")


def test_a_till_that_nobody_serves_is_closed(selling: ScreenTill, pole: Pole) -> None:
    selling.flow.lock()
    pole.shows("晴川", words_of(selling)("Till closed"))
