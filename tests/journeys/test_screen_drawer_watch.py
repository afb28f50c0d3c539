"""A drawer left open: a chip, an alarm, the journal; the next sale starts all the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from hardware.cash_drawer.virtual import FILE
from pos_app.domain.journal import EntryKind
from pos_app.i18n import _
from pos_app.ports.devices import (
    Connection,
    ConnectionKind,
    DeviceCategory,
    DeviceSettings,
)
from tests.journeys.screen_till import COLA_GTIN, ScreenTill
from tests.journeys.test_screen_weighing import use_device


class Till:
    """What stands under the counter."""

    def __init__(self, till: ScreenTill, folder: Path) -> None:
        self._file = folder / FILE
        place = Connection(ConnectionKind.FOLDER, str(folder))
        category, driver = DeviceCategory.CASH_DRAWER, "drawer_virtual"
        use_device(till, DeviceSettings("drawer", category, "", driver, place))
        till.wait(lambda: chip(till) == _("Drawer shut"))

    def put(self, words: str) -> None:
        self._file.write_text(words, "ascii")


def chip(till: ScreenTill) -> str:
    chips = till.flow.frame.state().chips
    return next((x.text for x in chips if x.key == "drawer"), "")


@pytest.fixture
def drawer(selling: ScreenTill, tmp_path: Path) -> Till:
    return Till(selling, tmp_path / "drawer")


def test_a_drawer_left_open_is_said_and_journalled_and_selling_goes_on(
    selling: ScreenTill, drawer: Till
) -> None:
    selling.scan(COLA_GTIN)
    selling.pay_cash()
    selling.wait(lambda: chip(selling) == _("Drawer open"))
    selling.clock.ahead_s += 61
    too_long = _("Drawer open for {seconds} s: push it shut", seconds=60)
    selling.wait(lambda: chip(selling) == too_long)
    selling.scan(COLA_GTIN)
    assert len(selling.lines) == 1
    drawer.put("shut")
    selling.wait(lambda: chip(selling) == _("Drawer shut"))

    told = selling.journal(EntryKind.DRAWER_LEFT_OPEN)
    assert [x["is_shut"] for x in told] == [False, True]
    assert [x["why"] for x in selling.journal(EntryKind.DRAWER_OPENED)] == ["sale"]


def test_a_drawer_opened_with_its_key_is_journalled(
    selling: ScreenTill, drawer: Till
) -> None:
    drawer.put("open")
    selling.wait(lambda: chip(selling) == _("Drawer open"))
    selling.clock.ahead_s += 4
    selling.wait(lambda: bool(selling.journal(EntryKind.DRAWER_OPENED)))

    assert [x["why"] for x in selling.journal(EntryKind.DRAWER_OPENED)] == ["key"]


def test_the_till_opens_a_drawer_of_its_own(selling: ScreenTill, drawer: Till) -> None:
    selling.work.counter.desk.printer.open_drawer()
    selling.wait(lambda: chip(selling) == _("Drawer open"))
    assert selling.journal(EntryKind.DRAWER_OPENED) == []
