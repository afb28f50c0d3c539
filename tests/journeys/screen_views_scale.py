"""Every state of the weighing card, and of the drawer's chip."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from pos_app.ports.weighing import WeighingState
from pos_app.services.drawer_watch import DrawerSight
from pos_app.services.weighing import WeighingSight
from tests.journeys.screen_till import ScreenTill

_STILL = WeighingSight(
    WeighingState.STABLE,
    Decimal("12.382"),
    Decimal("0.05"),
    Decimal("12.382"),
    123_456,
)


def weighing_views(till: ScreenTill) -> Iterator[str]:
    """Show the card in each state; a weight is being asked for, and still is after."""
    flow = till.flow
    card, unit = flow.features.weighing, flow.sale.weighing
    card.service.begin(unit)
    flow.dialogs.weight.hide()
    card.dialog.open()
    sights = [WeighingSight(state) for state in WeighingState if state != "stable"]
    sold = WeighingSight(WeighingState.STABLE, Decimal(1), is_sold=True)
    for sight in (*sights, sold, _STILL):
        card.presenter.sight = sight
        card.dialog.show_view(card.presenter.state)
        yield f"weighing card, {sight.state}"
    card.dialog.hide()
    card.service.end()
    yield from _drawer_views(till)
    flow.dialogs.ask_typed_weight(unit)


def _drawer_views(till: ScreenTill) -> Iterator[str]:
    drawer = till.flow.features.drawer
    drawer._timer.stop()
    for sight in (
        DrawerSight(is_open=False),
        DrawerSight(is_open=True, open_ms=5_000),
        DrawerSight(is_open=True, open_ms=3_600_000, is_too_long=True),
    ):
        drawer._sight = sight
        till.flow.render()
        yield f"drawer, {sight.open_ms}"
    drawer._sight = DrawerSight(None)
    till.flow.render()
    drawer._timer.start()
    calibration = drawer.calibration
    for step in ("", "open"):
        calibration._step = step
        calibration._level = lambda: True
        calibration._go_on()
        yield f"drawer calibration, {calibration._step}"
    calibration._step = ""
    del calibration._level
    calibration.dialog.hide()
