"""Goods without a label, and a scale: the card opens, and what lies there is sold."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from typing_extensions import override

from pos_app.domain.item import SellingUnit
from pos_app.services.weighing import WeighingService, WeighingSight
from ui.feature import Feature

if TYPE_CHECKING:
    from ui.counter_flow import CounterFlow
    from ui.dialogs.weighing import WeighingDialog
    from ui.presenters.weighing import WeighingPresenter

#: A scale measures some ten times a second.
_LOOK_MS = 120


class WeighingFlow(Feature):
    """Comes before the typed weight where there is a scale for the goods."""

    def __init__(self, flow: CounterFlow) -> None:
        super().__init__(flow)
        counter = flow.work.counter
        self.service = WeighingService(counter.desk, counter.sale)
        flow.dialogs.weigh_on_scale(self.ask)
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look)

    @cached_property
    def presenter(self) -> WeighingPresenter:
        """What asks the scale; made once."""
        from ui.presenters.weighing import WeighingPresenter

        made = WeighingPresenter(self.flow.work, self.flow.frame, self.service)
        made.state_changed.connect(self._on_changed)
        made.weighed.connect(self._on_weighed)
        return made

    @cached_property
    def dialog(self) -> WeighingDialog:
        """The card; made once, when something is first weighed."""
        from ui.dialogs.weighing import WeighingDialog

        made = WeighingDialog(self.flow.window)
        made.take_pressed.connect(self.presenter.on_take)
        made.tare_pressed.connect(self.presenter.on_tare)
        made.type_pressed.connect(self._on_typing)
        made.closed.connect(self._on_left)
        self.flow.dialogs.own(made)
        return made

    @property
    def sight(self) -> WeighingSight | None:
        """What lies on the scale, while the card is open."""
        is_open = self.has_made("dialog") and self.dialog.isVisible()
        return self.presenter.sight if is_open else None

    def ask(self, unit: SellingUnit) -> bool:
        """Open the card for goods; whether there is a scale that they fit on."""
        if not self.service.serves(unit):
            return False
        self.presenter.begin(unit)
        self.dialog.show_view(self.presenter.state)
        self.dialog.open()
        self._timer.start()
        return True

    def look(self) -> None:
        """Look at the scale, also after a sale until the load is gone from it."""
        self.presenter.look()
        if self.service.unit is None and not self.service.is_waiting_for_empty:
            self._timer.stop()

    def _on_changed(self) -> None:
        if self.has_made("dialog") and self.dialog.isVisible():
            self.dialog.show_view(self.presenter.state)
            self.flow.rendered.emit()  # the customer reads the weight, too

    def _on_weighed(self, quantity: str) -> None:
        before = self.flow.work.counter.sale.basket
        self.service.end()
        self.dialog.hide()
        self.flow.sale.on_weighed(quantity, is_typed=False)
        if self.flow.work.counter.sale.basket is before:
            self.service.give_back()  # refused: nothing was sold

    def _on_typing(self) -> None:
        unit = self.flow.sale.weighing
        self.service.end()
        if unit is not None:
            self.flow.dialogs.ask_typed_weight(unit)

    def _on_left(self) -> None:
        self.service.end()
        self.flow.sale.on_weighing_left()

    @override
    def retranslate(self) -> None:
        if self.has_made("dialog"):
            self.dialog.show_view(self.presenter.state)
