"""The printer's page: where slips go, what the printer says, a test slip."""

from __future__ import annotations

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout
from typing_extensions import override

from pos_app.i18n import _
from ui.presenters.settings_state import PrinterView, SettingsState, status_words
from ui.screens.settings_fields import (
    ChoiceField,
    FactRows,
    Labelled,
    Note,
    TextField,
)
from ui.screens.settings_page import Page
from ui.theme.fonts import font
from ui.theme.host import theme, theme_host
from ui.widgets.action_button import ActionButton
from ui.widgets.button_face import Arrangement, ButtonFace, Kind
from ui.widgets.chip import Chip
from ui.widgets.drawing import draw_icon
from ui.widgets.slip_preview import SlipPreview


class ListBox(QComboBox):
    """Qt's list box with the design's caret."""

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the caret over Qt's own box."""
        super().paintEvent(event)
        edge = theme().px(20)
        square = QRect(self.width() - edge - theme().px(14), 0, edge, self.height())
        with QPainter(self) as painter:
            draw_icon(painter, "caret-down", theme().colours.ink2, square)


class ProfileField(Labelled):
    """Which printer it is, from a list."""

    #: Key and the profile's key.
    changed = Signal(str, object)

    def __init__(self) -> None:
        self.box = ListBox()
        self.box.setObjectName("box-printer_profile")
        super().__init__("printer_profile", self.box)
        self.box.activated.connect(self._on_activated)
        theme_host().changed.connect(self._take_font)
        self._take_font()

    def offer(self, profiles: tuple[tuple[str, str], ...], chosen: str) -> None:
        """Show the profiles and which one is in force."""
        if [self.box.itemData(i) for i in range(self.box.count())] != [
            key for key, _words in profiles
        ]:
            self.box.clear()
            for key, words in profiles:
                self.box.addItem(words, key)
        self.box.setCurrentIndex(self.box.findData(chosen))

    def _on_activated(self, index: int) -> None:
        self.changed.emit(self.key, str(self.box.itemData(index)))

    def _take_font(self) -> None:
        self.box.setFont(font(theme(), "body"))


class PrinterPage(Page):
    """The slip printer."""

    test_asked = Signal()
    """A test slip was asked for."""

    def __init__(self) -> None:
        super().__init__("printer")
        self.kind = ChoiceField("printer_kind")
        self.address = TextField("printer_address")
        self.port = TextField("printer_port", limit=5)
        self.paper = ChoiceField("paper_mm")
        self.profile = ProfileField()
        self.folder = Note("printerFolder")
        self.facts = FactRows("printerFacts")
        self.chip = Chip("printerStatus")
        self.note = Note("printerNote")
        self.preview = SlipPreview("testPreview")
        face = ButtonFace(
            icon="printer", kind=Kind.PRIMARY, arrangement=Arrangement.ROW
        )
        self.test = ActionButton("testPrint", face)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        for field in (
            self.kind,
            self.folder,
            self.address,
            self.port,
            self.paper,
            self.profile,
        ):
            self.add(field)
        self.left.add_action(self.test)
        status = QHBoxLayout()
        status.addWidget(self.chip)
        status.addStretch(1)
        self.right.body.addLayout(status)
        self.right.body.addWidget(self.facts)
        self.right.body.addWidget(self.note)
        self.right.body.addWidget(self.preview, 1)

    def _connect(self) -> None:
        for field in (self.kind, self.address, self.profile):
            field.changed.connect(self.changed)
        self.port.changed.connect(self._on_port)
        self.paper.changed.connect(self._on_paper)
        self.test.clicked.connect(self.test_asked)

    @override
    def show_state(self, state: SettingsState) -> None:
        """Show the printer."""
        printer = state.printer
        self.show_title(state, _("Slip printer"), "printer")
        self.right.set_title(_("Test slip"), note=_("as the paper will show it"))
        self._show_fields(printer)
        for field in (self.kind, self.address, self.port, self.paper, self.profile):
            field.show_problem(state.problem_of(field.key))
            field.setEnabled(state.may_change)
        self._show_answer(printer)

    def _show_fields(self, printer: PrinterView) -> None:
        is_network = printer.kind == "tcp"
        self.kind.offer(
            _("Where slips go"),
            [
                ("virtual", _("Folder"), "file-text"),
                ("tcp", _("Network"), "plugs-connected"),
            ],
        )
        self.kind.choice.show_chosen(printer.kind)
        self.folder.setText(
            _("Slips are kept as pictures in {folder}", folder=printer.folder)
        )
        self.folder.setVisible(not is_network)
        self.address.retitle(_("Address"))
        self.address.show_text(printer.address)
        self.port.retitle(_("Port"))
        self.port.show_text(str(printer.port))
        self.address.setVisible(is_network)
        self.port.setVisible(is_network)
        self.paper.offer(_("Paper"), [("58", "58 mm", ""), ("80", "80 mm", "")])
        self.paper.choice.show_chosen(str(printer.paper_mm))
        self.profile.retitle(_("Kind of printer"))
        self.profile.offer(printer.profiles, printer.profile)

    def _show_answer(self, printer: PrinterView) -> None:
        words, tone = status_words(printer.status)
        self.chip.show_chip(words, tone)
        waiting = str(printer.waiting) if printer.waiting else _("None")
        self.facts.show_rows(((_("Slips waiting"), waiting),))
        empty = "" if printer.preview_png else _("Print one and it appears here.")
        self.note.setText(printer.test_note or empty)
        self.note.setVisible(bool(printer.test_note or empty))
        self.preview.show_slip(printer.preview_png)
        self.test.retitle(_("Print a test slip"))
        self.test.set_available(
            not printer.is_testing, _("Printing"), icon="circle-notch"
        )

    def _on_port(self, key: str, text: object) -> None:
        typed = str(text)
        is_number = typed.isascii() and typed.isdigit()
        self.changed.emit(key, int(typed) if is_number else typed)

    def _on_paper(self, key: str, paper_mm: object) -> None:
        self.changed.emit(key, int(str(paper_mm)))
