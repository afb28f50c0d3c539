"""Goods on the scale for practice."""

from __future__ import annotations

from collections.abc import Iterator

from pos_app.cli.scripted_cashier import ScriptedCashier
from pos_app.cli.scripted_till import ScriptedTill
from pos_app.ports.devices import (
    Connection,
    ConnectionKind,
    DeviceCategory,
    DeviceSettings,
)

_GOODS, _LOAD = "30002", "0.664"


class ScaleScenes:
    """Plays on the sale screen, and leaves basket and devices as they were.

    Args:
        place: an open scripted till; somebody is signed on.
        cashier: who sells there.
    """

    def __init__(self, place: ScriptedTill, cashier: ScriptedCashier) -> None:
        self._place, self._hand, self._cashier = place, place.hand, cashier
        self._folder = place.folder.root / "practice"

    def play(self) -> Iterator[str]:
        """Play the scenes; the window stands still at each `yield`."""
        till, flow = self._place.till, self._place.screen.flow
        book, desk = till.device_book, till.counter.desk
        place = Connection(ConnectionKind.FOLDER, str(self._folder))
        category, driver = DeviceCategory.SCALE, "scale_virtual"
        device = DeviceSettings("practice-scale", category, "", driver, place)
        self._folder.mkdir(parents=True, exist_ok=True)
        (self._folder / "scale.txt").write_text(_LOAD, "ascii")
        book.adopt(book.begin_put(desk.stamp(), device).result())
        till.renew_printer()
        weighing = flow.features.weighing
        self._cashier.scan(_GOODS)
        self._hand.wait(lambda: weighing.presenter.sight.can_take, "the scale")
        weighing.presenter.on_tare("10")
        yield "weighing"
        self._hand.press("dialogClose")
        book.adopt(book.begin_remove(desk.stamp(), device.device_id).result())
        till.renew_printer()
