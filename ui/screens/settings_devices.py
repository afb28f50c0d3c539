"""The devices of the settings: list on the left, the chosen one on the right."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget
from typing_extensions import override

from pos_app.i18n import _
from ui.presenters.devices_state import DevicesMode, DevicesState
from ui.presenters.frame_state import Tone
from ui.presenters.settings_state import SettingsState
from ui.screens.device_form import DeviceForm
from ui.screens.device_found import DevicesFound
from ui.screens.device_guide import DeviceGuideView
from ui.screens.device_state import DeviceStateView
from ui.screens.settings_fields import Note
from ui.screens.settings_page import Page
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace, Kind
from ui.widgets.device_list_row import DeviceListRow
from ui.widgets.head_panel import HeadPanel

_FORMS = frozenset({DevicesMode.SETUP, DevicesMode.ADD})


class DevicesPage(Page):
    """Live: it is shown anew whenever a device is otherwise."""

    opened = Signal()
    """The page is on show."""
    left_alone = Signal()
    """The page is not on show any more."""
    chosen = Signal(str)
    """A device is to be looked at; its id."""
    test_pressed = Signal(str)
    """A device is to be tested; its id."""
    mode_wanted = Signal(str)
    """The right card is to be about something else (`DevicesMode`)."""

    def __init__(self) -> None:
        self.list = HeadPanel("card-devices", key_icon="magnifying-glass")
        self.card = HeadPanel("card-device")
        super().__init__("devices", self.list, self.card)
        self.rows: dict[str, DeviceListRow] = {}
        self.search, self.turn = self.list.key, self.card.key
        self.problem = Note("devicesProblem")
        self.problem.setProperty("tone", "danger")
        self.device, self.fields = DeviceStateView(), DeviceForm()
        self.found, self.guide = DevicesFound(), DeviceGuideView()
        row = Arrangement.ROW
        self.add_key = ActionButton(
            "deviceAdd", ButtonFace(icon="plus", arrangement=row)
        )
        self.remove = ActionButton(
            "deviceRemove",
            ButtonFace(icon="trash", kind=Kind.DANGER_QUIET, arrangement=row),
        )
        self.keep = ActionButton(
            "deviceKeep", ButtonFace(icon="check", kind=Kind.PRIMARY, arrangement=row)
        )
        self._mode, self._key = DevicesMode.STATE, ""
        self._lay_out()
        self.turn.clicked.connect(self._on_turn)
        self.device.test_pressed.connect(self._on_test)

    def _lay_out(self) -> None:
        self.form.setSpacing(0)
        self.left.add_action(self.add_key)
        self.stack = QStackedWidget()
        for part in (self.device, self.fields, self.found, self.guide):
            self.stack.addWidget(part)
        self.right.body.addWidget(self.problem)
        self.right.body.addWidget(self.stack, 1)
        self.right.add_action(self.remove)
        self.right.add_action(self.keep)

    @override
    def show_state(self, state: SettingsState) -> None:
        """Nothing here is a plain setting; see `show_devices`."""

    def show_devices(self, state: DevicesState) -> None:
        """Show the devices, and the chosen one."""
        self._mode, self._key = state.mode, state.chosen.key
        self.list.show_head(_("Devices"), "plugs-connected", _("Find new devices"))
        self.list.show_chip(state.attention, Tone.WARN)
        self._show_rows(state)
        self.add_key.retitle(_("Add a device by hand"))
        self._show_card(state)
        self.problem.setText(state.problem)
        self.problem.setVisible(bool(state.problem))
        for key in (self.add_key, self.remove, self.keep, self.search):
            key.setEnabled(state.may_change)

    def _show_rows(self, state: DevicesState) -> None:
        if [row.key for row in state.rows] != list(self.rows):
            self._build(state)
        shown = state.mode in {DevicesMode.STATE, DevicesMode.SETUP}
        for row in state.rows:
            is_chosen = shown and row.key == state.chosen.key
            self.rows[row.key].show_row(row, is_chosen=is_chosen)

    def _build(self, state: DevicesState) -> None:
        for old in self.rows.values():
            self.form.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.rows = {}
        for row in state.rows:
            made = DeviceListRow(row)
            made.chosen.connect(self.chosen)
            made.test_pressed.connect(self.test_pressed)
            self.rows[row.key] = made
            self.add(made)

    def _show_card(self, state: DevicesState) -> None:
        chosen, mode = state.chosen, state.mode
        is_form = mode in _FORMS
        title, icon, turn = {
            DevicesMode.STATE: (chosen.title, chosen.icon, _("Set up")),
            DevicesMode.SETUP: (chosen.title, chosen.icon, _("How it is")),
            DevicesMode.FOUND: (_("New devices"), "magnifying-glass", _("Back")),
            DevicesMode.ADD: (_("New device"), "plus-circle", _("Back")),
            DevicesMode.GUIDE: (_("What is on the paper?"), "printer", _("Back")),
        }[mode]
        self.card.show_head(title, icon, turn)
        is_known = mode in {DevicesMode.STATE, DevicesMode.SETUP}
        self.card.show_chip(chosen.chip if is_known else "", chosen.tone)
        part = {
            DevicesMode.STATE: self.device,
            DevicesMode.FOUND: self.found,
            DevicesMode.GUIDE: self.guide,
        }.get(mode, self.fields)
        self.stack.setCurrentWidget(part)
        if is_form:
            self.fields.show_fields(chosen.fields, may_change=state.may_change)
        elif mode is DevicesMode.STATE:
            self.device.show_device(chosen)
        elif mode is DevicesMode.GUIDE:
            self.guide.show_guide(state.guide)
        self.found.show_found(
            state, _("Looking at USB, serial ports, queues and the network")
        )
        self.remove.retitle(_("Remove this device"))
        self.remove.setVisible(mode is DevicesMode.SETUP and chosen.can_remove)
        self.keep.retitle(_("Add this device"))
        self.keep.setVisible(mode is DevicesMode.ADD)

    def _on_turn(self) -> None:
        is_state = self._mode is DevicesMode.STATE
        mode = DevicesMode.SETUP if is_state else DevicesMode.STATE
        self.mode_wanted.emit(mode.value)

    def _on_test(self) -> None:
        self.test_pressed.emit(self._key)

    @override
    def _take_sizes(self) -> None:
        super()._take_sizes()
        self.form.setSpacing(0)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Say so: devices are asked while somebody looks."""
        super().showEvent(event)
        self.opened.emit()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        """Say so: nobody looks."""
        super().hideEvent(event)
        self.left_alone.emit()
