"""Which way the drawer's switch works: seen once open and once shut, then known."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from pos_app.domain.drawer_level import OPEN_LEVEL, open_level
from pos_app.errors import GuitaiError
from pos_app.i18n import _
from pos_app.ports.devices import DeviceCategory
from pos_app.services.devices import RECEIPT_ID
from ui.presenters.frame_state import Tone
from ui.presenters.question_state import Answer, Question

if TYPE_CHECKING:
    from ui.counter_flow import CounterFlow
    from ui.dialogs.question import QuestionDialog
    from ui.screens.settings import SettingsScreen

#: The printer is asked for the pin every second; by then it has been.
_SEEN_MS = 1_800
_OPEN, _SHUT = "open", "shut"


class DrawerCalibration(QObject):
    """Begins when the drawer was opened from the page of devices.

    A printer that does not tell of the drawer is not asked about.
    """

    def __init__(self, flow: CounterFlow) -> None:
        super().__init__(flow)
        self._flow = flow
        self._is_wanted = False
        self._step = ""
        self._when_open: bool | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_SEEN_MS)
        self._later.timeout.connect(self._go_on)
        flow.screens.when_settings_made(self._hear)

    @cached_property
    def dialog(self) -> QuestionDialog:
        """The question; made once, when it is first asked."""
        from ui.dialogs.question import QuestionDialog

        made = QuestionDialog(self._flow.window, "drawerCalibration")
        made.answered.connect(self._on_answered)
        self._flow.dialogs.own(made)
        return made

    def _hear(self, settings: SettingsScreen) -> None:
        settings.devices.device.drawer_pressed.connect(self.begin)

    def begin(self) -> None:
        """The drawer is to open, to see how it works."""
        self._is_wanted = not self._has_own_drawer
        self._level()  # from now on the printer is asked for it

    def on_kicked(self) -> None:
        """The drawer took the command."""
        if self._is_wanted:
            self._is_wanted, self._step = False, ""
            self._later.start()

    def _go_on(self) -> None:
        level = self._level()
        if self._step == _SHUT:
            self._keep(level)
        elif self._step == _OPEN:
            self._when_open = level
            self._ask(
                _SHUT,
                _("Now shut the drawer"),
                _("Push it shut until it catches, then press the key."),
                _("It is shut"),
            )
        elif level is not None:
            self._ask(
                _OPEN,
                _("Does the drawer stand open?"),
                _("The till learns once how the drawer's switch works."),
                _("It stands open"),
            )

    def _ask(self, step: str, title: str, text: str, words: str) -> None:
        self._step = step
        answer = Answer(step, words, "check", is_main=True)
        self.dialog.ask(Question("cash-register", title, text, (answer,)))

    def _on_answered(self, _key: str) -> None:
        self._flow.frame.say(_("Looking at the drawer…"), Tone.INFO)
        self._later.start()

    def _keep(self, level: bool | None) -> None:
        self._step = ""
        try:
            value = open_level(when_open=self._when_open, when_shut=level)
        except GuitaiError as error:
            self._flow.frame.refuse(error)
            return
        changes = self._flow.features.hardware.presenter.changes
        printer = changes.device(RECEIPT_ID)
        options = {**printer.options, OPEN_LEVEL: value}
        changes.put(replace(printer, options=options))
        self._flow.frame.say(_("The till knows now whether the drawer is open"))

    def _level(self) -> bool | None:
        return self._flow.work.counter.desk.devices.drawer_level(RECEIPT_ID)

    @property
    def _has_own_drawer(self) -> bool:
        book = self._flow.work.counter.desk.device_book
        return any(x.is_on for x in book.of(DeviceCategory.CASH_DRAWER))
