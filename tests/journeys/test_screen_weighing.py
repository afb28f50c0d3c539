"""Goods on the scale: the card, the law of one load, and a scale that is gone."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from hardware.scale.virtual import FILE
from pos_app.domain.journal import EntryKind
from pos_app.i18n import _
from pos_app.ports.devices import (
    Connection,
    ConnectionKind,
    DeviceCategory,
    DeviceSettings,
)
from pos_app.services.scan_result import Outcome, ScanResult
from pos_app.services.traced_goods import Traced, shop_today, trace_of
from tests.journeys.screen_till import BANANA, COLA_GTIN, ScreenTill
from tests.journeys.screen_training import enter_training
from ui.widgets.action_button import ActionButton


class Pan:
    """What lies on the till's scale for practice."""

    def __init__(self, till: ScreenTill, folder: Path) -> None:
        self._till, self._file = till, folder / FILE
        place = Connection(ConnectionKind.FOLDER, str(folder))
        category, driver = DeviceCategory.SCALE, "scale_virtual"
        device = DeviceSettings("scale", category, "", driver, place)
        use_device(till, device)
        till.wait(self._file.exists)

    def put(self, words: str) -> None:
        self._file.write_text(words, "ascii")

    def weighs(self, words: str) -> None:
        """Wait until the card says what the scale says."""
        self._till.wait(lambda: self._till.says(words))


def use_device(till: ScreenTill, device: DeviceSettings) -> None:
    """Add a device as the settings page does, and run it."""
    book = till.till.device_book
    stamp = till.work.counter.desk.stamp()
    book.adopt(book.begin_put(stamp, device).result())
    till.till.renew_printer()


@pytest.fixture
def pan(selling: ScreenTill, tmp_path: Path) -> Pan:
    return Pan(selling, tmp_path / "pan")


def test_goods_are_sold_by_what_lies_on_the_scale(
    selling: ScreenTill, pan: Pan
) -> None:
    selling.type(BANANA)
    selling.key(Qt.Key.Key_Return)
    assert selling.dialog == "weighingDialog"
    pan.weighs("0.000 kg")
    assert not selling.can_press("weighingTake")

    pan.put("0.382")
    pan.weighs("0.382 kg")
    selling.wait(lambda: selling.can_press("weighingTake"))
    selling.press("weighingTake")

    assert selling.dialog == ""
    assert selling.basket == [(BANANA, "0.382")]


def test_the_same_load_is_not_sold_twice(selling: ScreenTill, pan: Pan) -> None:
    pan.put("0.382")
    selling.type(BANANA)
    selling.key(Qt.Key.Key_Return)
    selling.wait(lambda: selling.can_press("weighingTake"))
    selling.key(Qt.Key.Key_Return)
    assert selling.basket == [(BANANA, "0.382")]

    selling.type(BANANA)
    selling.key(Qt.Key.Key_Return)
    pan.weighs(_("This load was sold already: take it off the scale"))
    selling.key(Qt.Key.Key_Return)
    assert len(selling.lines) == 1
    pan.put("0")
    pan.weighs(_("Put the goods on the scale"))
    pan.put("0.382")
    selling.wait(lambda: selling.can_press("weighingTake"))
    selling.key(Qt.Key.Key_Return)
    total = sum(line.quantity for line in selling.lines)
    assert total == Decimal("0.764")


def test_a_container_is_taken_off(selling: ScreenTill, pan: Pan) -> None:
    pan.put("0.392")
    selling.type(BANANA)
    selling.key(Qt.Key.Key_Return)
    pan.weighs("0.392 kg")
    take_off(selling, "10 g")
    pan.weighs("0.382 kg")
    selling.wait(lambda: selling.can_press("weighingTake"))
    selling.press("weighingTake")

    assert selling.basket == [(BANANA, "0.382")]


def take_off(till: ScreenTill, words: str) -> None:
    """Press a container's key."""
    keys = till.find("weighingTares").findChildren(ActionButton)
    key = next(x for x in keys if x.face.title == words)
    till.touch(key, key.rect().center())


def test_a_silent_scale_lets_the_weight_be_typed(selling: ScreenTill, pan: Pan) -> None:
    pan.put("silent")
    selling.type(BANANA)
    selling.key(Qt.Key.Key_Return)
    pan.weighs(_("The scale does not answer; the weight can be typed"))
    selling.press("weighingType")
    assert selling.dialog == "weightDialog"
    selling.pad("0.382⏎")

    assert selling.basket == [(BANANA, "0.382")]


def test_the_lot_of_a_scan_stays_with_what_was_weighed_after_it(
    selling: ScreenTill, pan: Pan
) -> None:
    pan.put("0.382")
    desk, sale = selling.work.counter.desk, selling.flow.sale
    found = selling.work.counter.sale.look_up(BANANA)
    assert found is not None
    unit = found.unit
    traced = Traced(trace_of("]C1010400638133393110L-7", shop_today(desk)))
    asked = ScanResult(Outcome.NEEDS_WEIGHT, BANANA, unit, Decimal(0), traced)
    sale.show_result(asked)
    selling.wait(lambda: selling.can_press("weighingTake"))
    selling.press("weighingTake")

    assert [line.trace.lot for line in selling.lines] == ["L-7"]
    assert not selling.journal(EntryKind.WEIGHT_TYPED)


def test_a_weight_typed_beside_the_working_scale_is_in_the_journal(
    selling: ScreenTill, pan: Pan
) -> None:
    pan.put("0.382")
    selling.type(BANANA)
    selling.key(Qt.Key.Key_Return)
    selling.wait(lambda: selling.can_press("weighingTake"))
    selling.press("weighingType")
    selling.pad("0.200⏎")

    assert selling.basket == [(BANANA, "0.2")]
    selling.wait(lambda: len(selling.journal(EntryKind.WEIGHT_TYPED)) == 1)


def test_scanning_on_leaves_the_card_and_says_so(selling: ScreenTill, pan: Pan) -> None:
    selling.type(BANANA)
    selling.key(Qt.Key.Key_Return)
    assert selling.dialog == "weighingDialog"
    selling.scan(COLA_GTIN)

    assert selling.dialog == ""
    assert len(selling.lines) == 1
    pan.put("0.382")
    selling.type(BANANA)
    selling.key(Qt.Key.Key_Return)
    selling.wait(lambda: selling.can_press("weighingTake"))
    selling.key(Qt.Key.Key_Escape)
    assert selling.dialog == ""
    assert len(selling.lines) == 1


def test_a_practice_weighs_on_the_counters_own_scale(
    selling: ScreenTill, pan: Pan
) -> None:
    inside = enter_training(selling)
    inside.flow.go_to_sale()
    pan.put("0.382")
    inside.type(BANANA)
    inside.key(Qt.Key.Key_Return)
    assert inside.dialog == "weighingDialog", (inside.shown, inside.dialog)
    inside.wait(lambda: inside.can_press("weighingTake"))
    inside.press("weighingTake")

    assert inside.basket == [(BANANA, "0.382")]
    assert selling.work.counter.sale.basket is None
