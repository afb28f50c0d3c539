"""The devices at the counter: their page, their chip, what was just plugged in."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from typing_extensions import override

from pos_app.errors import GuitaiError
from pos_app.i18n import _
from pos_app.ports.devices import DeviceReport, FoundDevice
from ui.feature import Feature
from ui.presenters.frame_state import ChipView, Tone

if TYPE_CHECKING:
    from ui.counter_flow import CounterFlow
    from ui.customer_flow import CustomerFlow
    from ui.presenters.devices import DevicesPresenter
    from ui.presenters.devices_state import DeviceRow, DevicesState
    from ui.screens.settings import SettingsScreen
    from ui.screens.settings_devices import DevicesPage

_log = logging.getLogger(__name__)
#: How often a page that somebody looks at asks again.
LOOK_MS = 1000
#: A device that is plugged in shows itself in parts, one after the other.
SETTLE_MS = 800
#: Keys of the chips that lead to the page.
_CHIP, _PRINTER_CHIP, _NEW_CHIP = "devices", "printer", "new_device"
_RECEIPT = "receipt"
#: The row of the customer's display; it is no device of the book.
_DISPLAY = "customer_display"


class HardwareFlow(Feature):
    """Connects the page with its presenter when the settings are first opened."""

    def __init__(self, flow: CounterFlow) -> None:
        super().__init__(flow)
        self._page: DevicesPage | None = None
        self._display: CustomerFlow | None = None
        self._shown: DevicesState | None = None
        self._told = ("", "")
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._show_page)
        self._new: tuple[FoundDevice, ...] = ()
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(SETTLE_MS)
        self._settling.timeout.connect(self._look_at_plugs)
        flow.screens.when_settings_made(self._hear_settings)

    @cached_property
    def presenter(self) -> DevicesPresenter:
        """What changes and tests; made once."""
        from ui.presenters.devices import DevicesPresenter

        made = DevicesPresenter(self.flow.work, self.flow.frame, self.flow.runner)
        made.state_changed.connect(self._show_page)
        made.changes.changed.connect(self.flow.render)  # the slips' page, the bars
        made.drawer_wanted.connect(self.flow.devices.open_drawer)
        return made

    def _hear_settings(self, settings: SettingsScreen) -> None:
        page, presenter = settings.devices, self.presenter
        self._page = page
        page.opened.connect(self._on_opened)
        page.left_alone.connect(self._timer.stop)
        page.left_alone.connect(presenter.tests.end)
        page.chosen.connect(self._on_chosen)
        page.test_pressed.connect(self._on_test)
        page.mode_wanted.connect(presenter.on_mode)
        page.search.clicked.connect(presenter.on_find)
        page.add_key.clicked.connect(presenter.on_add)
        page.remove.clicked.connect(presenter.on_remove)
        page.keep.clicked.connect(presenter.on_add_taken)
        page.fields.changed.connect(presenter.on_field)
        page.found.pressed.connect(presenter.on_found_pressed)
        page.device.drawer_pressed.connect(self.flow.devices.open_drawer)
        page.device.roll_pressed.connect(self._on_roll)
        page.guide.chosen.connect(presenter.guide.choose)
        page.guide.next_pressed.connect(presenter.guide.go_on)
        page.device.verdict.connect(presenter.on_verdict)

    def use_display(self, display: CustomerFlow) -> None:
        """Show the customer's display among the devices: it has its own page."""
        self._display = display
        display.screens_changed.connect(self._show_page)

    def _display_row(self, display: CustomerFlow) -> DeviceRow:
        from ui.presenters.device_views import display_row

        return display_row(_DISPLAY, display.status())

    def _on_chosen(self, key: str) -> None:
        from ui.presenters.settings_state import SettingsPage

        if key == _DISPLAY:
            self.flow.screens.settings.go_to(SettingsPage.CUSTOMER)
        else:
            self.presenter.select(key)

    def _on_test(self, key: str) -> None:
        if key != _DISPLAY:
            self.presenter.on_test(key)
        elif self._display is not None and not self._display.identify():
            self._display.trial()  # no second screen: in a small window here

    def _on_roll(self, kind: str) -> None:
        device = self.presenter.changes.device(self.presenter.state.chosen.key)
        self.presenter.tests.move_roll(device, kind)

    # ------------------------------------------------------------------ what is

    @property
    def is_page_shown(self) -> bool:
        """Tell whether somebody looks at the devices."""
        return self._page is not None and self._page.isVisible()

    def _on_opened(self) -> None:
        self._timer.start()
        self.presenter.begin()

    def _show_page(self) -> None:
        if self._page is None or not self._page.isVisible():
            return
        state = self.presenter.state
        if self._display is not None:
            state = replace(state, rows=(*state.rows, self._display_row(self._display)))
        if state != self._shown:  # nothing is painted anew for nothing
            self._shown = state
            self._page.show_devices(state)

    @override
    def retranslate(self) -> None:
        self._shown = None
        self._show_page()

    @override
    def chips(self) -> tuple[ChipView, ...]:
        # The receipt printer has a chip of its own: slips wait for it.
        found = []
        words, name = self._trouble()
        if words:
            found.append(ChipView(_CHIP, words, "warning", Tone.WARN, name))
        if self._new and not self._is_paying:
            new = self._new[0].name or self._new[0].connection.address
            words = _("New device: {name}. Set it up", name=new)
            found.append(ChipView(_NEW_CHIP, words, "usb", Tone.INFO, new))
        return tuple(found)

    @property
    def _is_paying(self) -> bool:
        """Tell whether a customer pays: nothing is offered then."""
        return self.flow.window.screen_shown is self.flow.screens.payment

    def _trouble(self) -> tuple[str, str]:
        # Late: the words of devices are not needed for a cold start.
        from ui.presenters.device_views import trouble_words

        return trouble_words(self.flow.work.counter.desk)

    # ------------------------------------------------------------------ intents

    def on_report(self, report: DeviceReport) -> None:
        """A device is otherwise than before."""
        if self.is_page_shown:
            self.presenter.on_report(report)
        words = self._trouble()
        if words != self._told:  # not for each scan and each gram
            self._told = words
            self.flow.frame.changed.emit()

    def on_plugged(self) -> None:
        """Something was plugged in or out: look what it is, in a moment."""
        self._settling.start()

    def _look_at_plugs(self) -> None:
        upkeep = self.flow.work.upkeep
        task = self.flow.runner.run(upkeep.plugged_devices)
        task.then(self._on_plugs_seen).otherwise(self._on_plugs_unseen)

    def _on_plugs_seen(self, found: Sequence[FoundDevice]) -> None:
        """Offer what a driver knows; the rest is found by who looks for it."""
        self._new = tuple(x for x in found if x.driver)
        self.flow.frame.changed.emit()

    def _on_plugs_unseen(self, error: GuitaiError) -> None:
        _log.warning("what is plugged in cannot be seen: %s", error)

    def open_page(self, device_id: str = "") -> None:
        """Show the page of devices, and one of them."""
        from ui.presenters.settings_state import SettingsPage

        self.flow.go_to_settings()
        if device_id:
            self.presenter.select(device_id)
        self.flow.screens.settings.go_to(SettingsPage.DEVICES)

    def on_paper(self, paper_mm: int) -> None:
        """This till prints its slips on another width."""
        self.presenter.set_paper(paper_mm)

    @override
    def takes_function(self, key: str) -> bool:
        if key not in {_CHIP, _PRINTER_CHIP, _NEW_CHIP}:
            return False
        if key == _NEW_CHIP:
            new, self._new = self._new, ()
            self.open_page()
            self.presenter.show_found(new)
            return True
        if key == _CHIP:
            self.open_troubled()
        else:
            self.open_page(_RECEIPT)
        return True

    def open_troubled(self) -> None:
        """Show the page, and the first device that somebody should look at."""
        from ui.presenters.device_views import troubled_devices

        troubled = troubled_devices(self.flow.work.counter.desk)
        self.open_page(troubled[0].device_id if troubled else _RECEIPT)

    @override
    def takes_scan(self, code: str) -> bool:
        return self.is_page_shown and self.presenter.takes_scan(code)
