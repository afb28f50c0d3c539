"""The page of the second place: how it stands on the left, disks on the right."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout
from typing_extensions import override

from pos_app.i18n import _
from ui.presenters.doctor_state import DoctorRow
from ui.presenters.frame_state import Tone
from ui.presenters.place_state import DiskRow, PlaceView
from ui.presenters.settings_state import SettingsState
from ui.screens.settings_fields import FactRows, Note, TextField
from ui.screens.settings_page import Page, scrolled
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace, Kind
from ui.widgets.chip import Chip
from ui.widgets.doctor_row import DoctorRowWidget


class PlacePage(Page):
    """The second place."""

    opened = Signal()
    """The page is on show: look which disks there are."""
    chosen = Signal(str)
    """A folder is to be used from now on."""
    stop_asked = Signal()
    """No second place is to be used any more."""

    def __init__(self) -> None:
        super().__init__("place")
        self.chip, self.advice = Chip("placeState"), Note("placeAdvice")
        self.facts, self.note = FactRows("placeFacts"), Note("placeNote")
        self.folder = TextField("place_folder", limit=400)
        self.about, self.none = Note("placeAbout"), Note("placeNoDisk")
        self.rows: list[DoctorRowWidget] = []
        self._disks: tuple[DiskRow, ...] = ()
        row = Arrangement.ROW
        self.use = ActionButton(
            "placeUse", ButtonFace(icon="check", kind=Kind.PRIMARY, arrangement=row)
        )
        self.browse = ActionButton(
            "placeBrowse", ButtonFace(icon="usb", arrangement=row)
        )
        self.stop = ActionButton("placeStop", ButtonFace(icon="x", arrangement=row))
        self._lay_out()
        self.use.clicked.connect(self._on_use)
        self.browse.clicked.connect(self._on_browse)
        self.stop.clicked.connect(self.stop_asked)

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.addWidget(self.chip)
        line.addStretch(1)
        self.form.insertLayout(0, line)
        for field in (self.advice, self.facts, self.folder, self.note):
            self.add(field)
        for key in (self.stop, self.browse, self.use):
            self.left.add_action(key)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self.right.body.addWidget(scrolled(self._list), 1)
        self._list.insertWidget(0, self.none)
        self.right.body.addWidget(self.about)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Look which disks there are."""
        super().showEvent(event)
        self.opened.emit()

    @override
    def show_state(self, state: SettingsState) -> None:
        """Show the words around; how it stands comes by `show_place`."""
        self.show_title(state, _("Second place"), "usb")
        self.right.set_title(_("Disks of this computer"), "plugs-connected")
        self.about.setText(
            _(
                "Every sale is copied there before it counts as paid, encrypted with the"
                " shop's keys. If this computer dies, a spare one goes on from there"
                " with the recovery code: same basket, same shift, new numbers."
            )
        )
        self.folder.retitle(_("Folder on a stick, a disk or the network"))
        self.use.retitle(_("Use this folder"))
        self.browse.retitle(_("Choose a folder"))
        self.stop.retitle(_("Stop using it"))

    def show_place(self, view: PlaceView) -> None:
        """Show how it stands, and the disks."""
        self.chip.show_chip(view.words, view.tone)
        self.advice.setText(view.advice)
        self.advice.setVisible(bool(view.advice))
        self.facts.show_rows(view.facts)
        self.facts.setVisible(bool(view.facts))
        self.folder.show_problem(view.note if view.is_refused else "")
        self.note.setText("" if view.is_refused else view.note)
        self.note.setVisible(bool(view.note) and not view.is_refused)
        is_free = view.may_change and not view.is_working
        self.use.set_available(
            is_free, _("Copying") if view.is_working else "", icon="circle-notch"
        )
        self.browse.set_available(is_free)
        self.folder.setEnabled(is_free)
        self.stop.setVisible(view.is_chosen)
        self.stop.set_available(is_free)
        self._show_disks(view, is_free=is_free)

    def _show_disks(self, view: PlaceView, *, is_free: bool) -> None:
        disks = view.disks or ()
        looking, nothing = _("Looking for disks …"), _("No other disk is connected.")
        self.none.setText(looking if view.disks is None else nothing)
        self.none.setVisible(not disks)
        if len(disks) != len(self.rows):
            self._build(len(disks))
        self._disks = disks
        for made, disk in zip(self.rows, disks, strict=True):
            tone = Tone.WARN if disk.is_warned else Tone.GOOD
            key = made.row.key
            row = DoctorRow(key, disk.name, disk.detail, tone, _("Use"))
            made.show_row(row, is_free=is_free)

    def _build(self, count: int) -> None:
        for old in self.rows:
            self._list.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.rows = [DoctorRowWidget(f"disk{index}", 104) for index in range(count)]
        for index, made in enumerate(self.rows):
            made.pressed.connect(self._on_disk)
            self._list.insertWidget(index + 1, made)

    def _on_disk(self, key: str) -> None:
        self.chosen.emit(self._disks[int(key.removeprefix("disk"))].folder)

    def _on_use(self) -> None:
        self.chosen.emit(self.folder.edit.text())

    def _on_browse(self) -> None:
        asked = QFileDialog(self.window(), _("Second place"))
        asked.setFileMode(QFileDialog.FileMode.Directory)
        asked.setOption(QFileDialog.Option.ShowDirsOnly)
        asked.fileSelected.connect(self.folder.edit.setText)
        asked.finished.connect(asked.deleteLater)
        asked.open()
