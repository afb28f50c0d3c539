"""The two-line display: says what the customer's screen says, in two lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from pos_app.domain.sale import Sale
from pos_app.i18n import Words
from pos_app.ports.devices import DeviceCategory, DeviceSettings
from ui.feature import Feature

if TYPE_CHECKING:
    from ui.counter_flow import CounterFlow
    from ui.presenters.customer import CustomerPresenter
    from ui.presenters.line_display import Lines

#: The cashier's screen is painted first.
_BEHIND_MS = 30
#: Character sets that can show Chinese.
_CHINESE = frozenset({"gb18030", "big5"})


class LineDisplayFlow(Feature):
    """Does nothing where no such display is set up."""

    def __init__(self, flow: CounterFlow) -> None:
        super().__init__(flow)
        self._ended: Sale | None = None
        self._presenters: dict[str, CustomerPresenter] = {}
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_BEHIND_MS)
        self._later.timeout.connect(self.show_now)
        flow.rendered.connect(self.ask)
        flow.sale_shown.connect(self._on_ended)

    def ask(self) -> None:
        """Show the present state soon; asking again is free."""
        if not self._later.isActive() and self._display is not None:
            self._later.start()

    def show_now(self) -> None:
        """Show the present state; the device's own thread writes it."""
        display = self._display
        if display is not None:
            upper, lower = self.lines(display)
            self.flow.work.counter.desk.devices.line_display().show(upper, lower)

    def lines(self, display: DeviceSettings) -> Lines:
        """Return what it says."""
        # Late: a till without such a display imports nothing of it.
        from ui.presenters.customer import CustomerScene
        from ui.presenters.line_display import customer_lines, weighing_lines

        flow, shown = self.flow, self.flow.window.screen_shown
        language = self._language(display)
        weighing = flow.features.weighing
        sight, unit = weighing.sight, weighing.service.unit
        if sight is not None and unit is not None:
            currency = flow.work.currency
            return weighing_lines(unit, sight, Words(language), currency)
        is_served = flow.work.counter.desk.session.staff is not None
        if not is_served or shown is not flow.screens.done:
            self._ended = None
        is_paying = shown is flow.screens.payment
        tender = flow.payment.tender_key if is_paying else ""
        scene = CustomerScene(is_served, is_paying, tender, self._ended)
        state = self._presenter(language).state(scene)
        return customer_lines(state, is_served=is_served)

    def _presenter(self, language: str) -> CustomerPresenter:
        from ui.presenters.customer import CustomerPresenter

        if language not in self._presenters:
            made = CustomerPresenter(self.flow.work, language)
            self._presenters[language] = made
        return self._presenters[language]

    def _language(self, display: DeviceSettings) -> str:
        """Return a language whose letters the display can show."""
        from ui.presenters.customer import customer_language

        wanted = customer_language(self.flow.work)
        charset = str(display.options.get("charset", ""))
        is_virtual = display.driver == "line_display_virtual"
        shows_chinese = is_virtual or charset in _CHINESE
        return "en" if wanted.startswith("zh") and not shows_chinese else wanted

    @property
    def _display(self) -> DeviceSettings | None:
        found = self.flow.work.counter.desk.device_book.of(DeviceCategory.LINE_DISPLAY)
        return next((x for x in found if x.is_on), None)

    def _on_ended(self, sale: Sale) -> None:
        self._ended = sale
        self.ask()
