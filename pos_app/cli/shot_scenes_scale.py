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
        place = Connection(ConnectionKind.FOLDER, str(self._folder))
        category, driver = DeviceCategory.SCALE, "scale_virtual"
        device = DeviceSettings("practice-scale", category, "", driver, place)
        self._folder.mkdir(parents=True, exist_ok=True)
        (self._folder / "scale.txt").write_text(_LOAD, "ascii")
        # Not by way of the settings: the black box of later scenes knows none of it.
        till.devices.use((*till.device_settings(), device))
        weighing = flow.features.weighing
        self._cashier.scan(_GOODS)
        self._hand.wait(lambda: weighing.presenter.sight.can_take, "the scale")
        weighing.presenter.on_tare("10")
        yield "weighing"
        self._hand.press("dialogClose")
        till.renew_printer()
